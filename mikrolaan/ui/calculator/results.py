"""The right side of the calculator: figures, picture, plan and alternatives; greyed while a field is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QVBoxLayout, QWidget

from mikrolaan.domain.budget import Budget
from mikrolaan.domain.plan import Plan
from mikrolaan.i18n import _
from mikrolaan.services.budgets import monthly_instalment
from mikrolaan.services.calculation import Calculation
from mikrolaan.ui.budget.budget_effect import BudgetEffect
from mikrolaan.ui.calculator.alternatives import Alternatives
from mikrolaan.ui.calculator.figures import Figures
from mikrolaan.ui.calculator.plan_picture import PlanPicture
from mikrolaan.ui.calculator.plan_table import PlanTable
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.tabs import Tabs

FADED = 0.35
ALTERNATIVES_TAB = 2


class Results(QWidget):
    """Shows one calculation; `show_stale` keeps the last one in sight, faded, while there is no right one."""

    def __init__(self, keep_act: QAction) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.live = QWidget()
        outer.addWidget(self.live)
        layout = QVBoxLayout(self.live)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.figures = Figures()
        layout.addWidget(self.figures)
        self.effect = BudgetEffect()
        layout.addWidget(self.effect)
        self.tabs = Tabs()
        layout.addWidget(self.tabs, 1)
        self.picture = PlanPicture()
        self.picture.chosen.connect(self._show_instalment)
        frame = Card()
        frame.body.setContentsMargins(16, 12, 12, 8)
        frame.body.addWidget(self.picture, 1)
        self.tabs.add("picture", _("Picture"), frame)
        self.picture_frame = frame
        self.table = PlanTable()
        self.plan_tab = QWidget()
        column = QVBoxLayout(self.plan_tab)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        self.tabs.add("plan", _("Repayment plan"), self.plan_tab)
        self.alternatives = Alternatives(keep_act)
        self.tabs.add("alternatives", _("Alternatives"), self.alternatives, scrolls=True)
        self.stale_message = InlineMessage()
        self.stale_message.setParent(self)
        self.is_stale = False
        self._calculation: Calculation | None = None
        self._table_plan: Plan | None = None
        self._draft: Plan | None = None  # amounts by hand that do not repay the loan yet
        self._budget: Budget | None = None
        self.tabs.currentChanged.connect(self._show_tab)

    def show_calculation(self, calculation: Calculation, by_hand: Plan | None = None) -> None:
        """Show another calculation in full strength; in the table all instalments of a plan by hand, where it is one."""
        self._table_plan = by_hand or calculation.plan
        self.figures.show_calculation(calculation)
        self._calculation = calculation
        self._set_draft(None)
        self._show_effect()
        self._show_tab()
        self._be_right()

    def add_above_plan(self, bar: QWidget) -> None:
        """Let this stand above the table of the plan."""
        layout = self.plan_tab.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, bar)

    def show_draft(self, plan: Plan) -> None:
        """Show a plan by hand that does not repay the loan yet; all but the table fades."""
        self._be_right()
        self._set_draft(plan)
        self._show_tab()

    def _set_draft(self, plan: Plan | None) -> None:
        was_draft, self._draft = self._draft is not None, plan
        if was_draft is (plan is not None):
            return
        for shown in (self.figures, self.effect, self.picture_frame):
            if plan is None:
                shown.setGraphicsEffect(None)  # type: ignore[arg-type]  # Qt takes none for no effect
            else:
                fade = QGraphicsOpacityEffect(shown)
                fade.setOpacity(FADED)
                shown.setGraphicsEffect(fade)
        if plan is None:
            self.stale_message.say("")

    def _be_right(self) -> None:
        if self.is_stale:
            self.is_stale = False
            self.live.setGraphicsEffect(None)  # type: ignore[arg-type]  # Qt takes none for no effect
            self.stale_message.say("")

    def show_budget(self, budget: Budget | None) -> None:
        """Hold every calculation against this budget; None where nobody, or nobody with a budget, is calculated for."""
        self._budget = budget
        self._show_effect()

    def _show_effect(self) -> None:
        if self._calculation is not None:
            has_lines = self._budget is not None and self._budget.lines
            self.effect.show_effect(self._budget if has_lines else None, monthly_instalment(self._calculation.plan))

    def _show_tab(self) -> None:
        """Fill the tab in front; the other waits until it is looked at."""
        if self._draft is not None:
            self._show_draft_tab(self._draft)
            return
        if self._calculation is None:
            return
        if self.tabs.current_key == "plan":
            self.table.show_plan(self._table_plan or self._calculation.plan)
        elif self.tabs.current_key == "picture":
            self.picture.show_plan(self._calculation.plan)

    def _show_draft_tab(self, draft: Plan) -> None:
        if self.tabs.current_key == "plan":
            self.stale_message.say("")
            self.table.show_plan(draft)
        else:
            told = _("The amounts agreed by hand do not repay the loan exactly yet. Mend them in the repayment plan.")
            self.stale_message.say(told, "warn")
            self._place_message()

    def show_alternatives(self, kept: Sequence[Calculation]) -> None:
        """Show what is kept, and how many in the word of the tab."""
        self.alternatives.show_all(kept)
        title = _("Alternatives ({count})").format(count=len(kept)) if kept else _("Alternatives")
        self.tabs.setTabText(ALTERNATIVES_TAB, title)

    def show_stale(self) -> None:
        """Fade what is shown: it belongs to numbers that are no longer in the fields."""
        if self.is_stale:
            return
        self._set_draft(None)
        self.is_stale = True
        fade = QGraphicsOpacityEffect(self.live)
        fade.setOpacity(FADED)
        self.live.setGraphicsEffect(fade)
        self.stale_message.say(_("Correct the marked fields. Then the figures move again."), "warn")
        self._place_message()

    def _show_instalment(self, number: int) -> None:
        self.tabs.setCurrentIndex(1)
        self.table.show_instalment(number)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_message(self) -> None:
        """Over the middle of the picture, so that nothing jumps when it comes and goes."""
        message = self.stale_message
        message.adjustSize()
        width = min(self.width() - 32, max(360, message.sizeHint().width()))
        message.resize(width, max(message.sizeHint().height(), message.heightForWidth(width)))
        top = self.tabs.y() + (self.tabs.height() - message.height()) // 2
        message.move((self.width() - width) // 2, top)
        message.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_stale or self._draft is not None:
            self._place_message()
