"""A small form in a dialog: fields, an act, and the sentence beside the field when a rule says no."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.ui.widgets.dialogs import Dialog
from mikrolaan.ui.widgets.form import Form


class FormDialog(Dialog):
    """Stays open until the act succeeds or is cancelled."""

    def __init__(
        self, parent: QWidget | None, title: str, form: Form, act_word: str, act: Callable[[], object], text: str = ""
    ) -> None:
        """`act` does the work and raises a MikrolaanError when it may not; `act_word` stands on the button."""
        super().__init__(parent, title, text)
        self.form = form
        self._act = act
        self.body.addWidget(form)
        self.add_cancel()
        self.act_button = self.add_button(act_word, "primary")
        self.act_button.clicked.connect(self._on_act)
        form.submitted.connect(self._on_act)

    def _on_act(self) -> None:
        if not self.form.check_all():
            return
        try:
            self._act()
        except MikrolaanError as error:
            self.form.show_problem(error)
        else:
            self.accept()

    @classmethod
    def ask(
        cls, parent: QWidget | None, title: str, form: Form, act_word: str, act: Callable[[], object], text: str = ""
    ) -> bool:
        """Whether the act was done."""
        return cls(parent, title, form, act_word, act, text).exec() == int(QDialog.DialogCode.Accepted)
