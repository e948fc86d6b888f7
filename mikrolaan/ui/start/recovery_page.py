"""A new password with the printed recovery key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.i18n import _
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.start.new_password import NewPassword
from mikrolaan.ui.start.start_page import BusyLine, StartPage
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import button, label
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.fields import MultilineField
from mikrolaan.ui.widgets.form import Form

Recover = Callable[[str, str], object]  # recovery key, new password → session


class RecoveryPage(StartPage):
    """The key is read tolerantly; a mistyped one is told apart from another file's."""

    recovered = Signal(object)  # Session
    left = Signal()

    def __init__(self, runner: TaskRunner, path: Path, recover: Recover) -> None:
        super().__init__(560)
        self.path = path
        self._runner, self._recover = runner, recover
        self._is_opening = False
        self.build()

    def title(self) -> str:
        return _("Recovery key – {file}").format(file=self.path.stem)

    def fill(self, column: QVBoxLayout) -> None:
        column.addStretch(2)
        column.addWidget(label(_("Open with the recovery key"), "title", wraps=True))
        column.addWidget(
            label(
                _(
                    "The key stands on the paper that was printed when the office was created. It opens {file} and gives "
                    "the administrator a new password."
                ).format(file=self.path.name),
                "muted",
                wraps=True,
            )
        )
        card = Card()
        card.body.setContentsMargins(24, 24, 24, 24)
        self.form = Form()
        self.key = self.form.add(
            MultilineField(
                "recovery_key",
                _("&Recovery key"),
                help_text=_("Small letters will do, and dashes and spaces may be left out."),
                lines=2,  # all of it in sight, to be compared with the paper
            )
        )
        self.password = NewPassword(self.form, lambda: [self.path.stem, "mikrolaan"], _("&New password"))
        self.form.submitted.connect(self.open)
        card.body.addWidget(self.form)
        column.addWidget(card)
        row = QHBoxLayout()
        self.back_button = button(_("&Back"), "", "arrow-left")
        self.open_button = button(_("&Open the office"), "primary")
        self.back_button.clicked.connect(self.left)
        self.open_button.clicked.connect(self.open)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.open_button)
        column.addLayout(row)
        self.busy_line = BusyLine(_("Opening the office file…"))
        column.addWidget(self.busy_line)
        column.addStretch(3)

    def first_field(self) -> QWidget:
        return self.key.editor

    def state(self) -> object:
        return self.key.typed(), self.password.typed()

    def restore(self, state: object) -> None:
        if isinstance(state, tuple):
            self.key.restore_typed(state[0])
            self.password.restore_typed(state[1])
        self.shown()

    def open(self) -> None:
        """Try the key and keep the new password."""
        if self._is_opening or not self.form.check_all() or not self.password.check():
            return
        key, password = "".join(self.key.value().split()), self.password.value()
        self._set_opening(True)
        task = self._runner.submit(lambda _progress, _cancelled: self._recover(key, password))
        task.finished.connect(self._on_recovered)
        task.failed.connect(self._on_failed)

    def _set_opening(self, opening: bool) -> None:
        self._is_opening = opening
        for widget in (self.form, self.back_button, self.open_button, self.language_box):
            widget.setEnabled(not opening)
        self.busy_line.setVisible(opening)

    def _on_recovered(self, session: object) -> None:
        self._set_opening(False)
        self.recovered.emit(session)

    def _on_failed(self, error: Exception) -> None:
        self._set_opening(False)
        if isinstance(error, MikrolaanError):
            self.form.show_problem(error)
        else:
            self.form.message.say(sentence_for(error), "bad")
