"""A small form in a dialog: fields, an act, and the sentence beside the field when a rule says no."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.i18n import _
from mikrolaan.ui.widgets.dialogs import LONGEST_REASON, Dialog
from mikrolaan.ui.widgets.fields import MultilineField
from mikrolaan.ui.widgets.form import Form


class FormDialog(Dialog):
    """Stays open until the act succeeds or is cancelled."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        form: Form,
        act_word: str,
        act: Callable[[], object],
        text: str = "",
        *,
        kind: str = "primary",
    ) -> None:
        """`act` does the work and raises a MikrolaanError when it may not; `act_word` stands on the button.

        `kind` is the button's: "primary", or "danger" for what stays in the journal.
        """
        super().__init__(parent, title, text)
        self.form = form
        self._act = act
        self.body.addWidget(form)
        self.add_cancel()
        self.act_button = self.add_button(act_word, kind)
        self.act_button.clicked.connect(self._on_act)
        first = next(iter(form.fields.values()), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_act(self) -> None:
        if not self.form.check_all():
            self._make_room()
            return
        self.form.clear_errors()
        try:
            self._act()
        except MikrolaanError as error:
            self.form.show_problem(error)
            self._make_room()
        else:
            self.accept()

    def _make_room(self) -> None:
        """Grow by what sentences beside fields need: a dialog keeps its height when its content grows."""
        layout = self.layout()
        assert layout is not None  # a dialog lays itself out
        layout.activate()
        needed = max(layout.totalHeightForWidth(self.width()), layout.totalMinimumSize().height())
        if needed > self.height():
            self.resize(self.width(), needed)

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        title: str,
        form: Form,
        act_word: str,
        act: Callable[[], object],
        done: Callable[[], object],
        text: str = "",
        *,
        kind: str = "primary",
    ) -> FormDialog:
        """Open the dialog over its window; `done` is called once the act was done, never after Cancel."""
        dialog = cls(parent, title, form, act_word, act, text, kind=kind)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(done)
        dialog.open()
        return dialog


def ask_reason(
    parent: QWidget | None,
    title: str,
    text: str,
    act_word: str,
    act: Callable[[str], object],
    done: Callable[[], object],
) -> FormDialog:
    """Ask why before something that stays in the history; the reason typed is not lost when a rule says no."""
    form = Form()
    reason = form.add(
        MultilineField(
            "reason",
            _("&Reason"),
            lines=3,
            longest=LONGEST_REASON,
            help_text=_("Kept in the history with your name and the time."),
        )
    )
    return FormDialog.ask(parent, title, form, act_word, lambda: act(reason.value()), done, text, kind="danger")
