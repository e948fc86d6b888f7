"""The bar above the plan: how to agree amounts by hand, what they leave over, and the ways on and back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.i18n import _, current_language
from mikrolaan.services.hand_plan import HandPlan
from mikrolaan.ui.widgets.basics import IconLabel, action_button, announce, label, set_look
from mikrolaan.ui.widgets.messages import ICONS


class HandBar(QFrame):
    """One sentence, and the acts where amounts were changed; while none was, only how it is done."""

    def __init__(self, spread: QAction, back: QAction, undo: QAction) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._icon = IconLabel("info", "muted")
        self.label = label("", wraps=True)
        row.addWidget(self._icon)
        row.addWidget(self.label, 1)
        column.addLayout(row)
        self.acts = QWidget()
        lines = QVBoxLayout(self.acts)
        lines.setContentsMargins(28, 0, 0, 0)
        lines.setSpacing(2)
        acts = QHBoxLayout()
        acts.setSpacing(20)
        self.spread_button, self.undo_button, self.back_button = (
            action_button(act, "link") for act in (spread, undo, back)
        )
        lines.addWidget(self.spread_button, 0, Qt.AlignmentFlag.AlignLeft)
        acts.addWidget(self.undo_button)
        acts.addWidget(self.back_button)
        acts.addStretch(1)
        lines.addLayout(acts)
        column.addWidget(self.acts)
        self.setProperty("role", "message")

    def show_hint(self, *, may_edit: bool) -> None:
        """Nothing was changed by hand."""
        self._say(
            _("Double-click an amount, or press F2, to agree another one by hand.")
            if may_edit
            else _("In loans with equal instalments or equal principal, single amounts can be agreed by hand here."),
            "muted",
        )
        self.acts.hide()

    def show_hand(self, hand: HandPlan, problem: str = "") -> None:
        """What the amounts leave over, or that they are right; or what is wrong with what is being typed."""
        speaks, left = current_language(), hand.left
        self.spread_button.setVisible(bool(left))
        self.acts.show()
        if problem:
            self._say(problem, "bad")
        elif left.minor > 0:
            self._say(_("{amount} of the loan is left over.").format(amount=speaks.money(left)), "warn")
        elif left:
            self._say(_("The amounts repay {amount} too much.").format(amount=speaks.money(-left)), "warn")
        else:
            self._say(_("The amounts are agreed by hand. They repay the loan exactly."), "good")

    def show_problem(self, problem: str) -> None:
        """What is wrong with what is being typed."""
        self._say(problem, "bad")

    def _say(self, text: str, tone: str) -> None:
        if text == self.label.text():
            return
        self.label.setText(text)
        self.setAccessibleName(text)
        self._icon.show_icon(ICONS[tone], tone)
        set_look(self, "tone", "" if tone == "muted" else tone)  # a hint has no frame
        announce(self, text)
