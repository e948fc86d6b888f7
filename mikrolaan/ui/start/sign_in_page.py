"""Signing in to an office file with a password; wrong ones make the next try wait, and nothing ever locks out."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import OfficeFileError
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.file_errors import WrongPassword
from mikrolaan.ui.error_sentence import sentence_for
from mikrolaan.ui.start.start_page import NARROW, BusyLine, StartPage
from mikrolaan.ui.task_runner import Progress, TaskRunner
from mikrolaan.ui.widgets.basics import IconLabel, button, label
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.fields import PasswordField, TextField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.messages import InlineMessage

Unlock = Callable[[str, str, Progress], object]  # password, officer's name, whom to tell how far it is → session


class SignInPage(StartPage):
    """One file, one password; the officer's name is asked for where several sign in."""

    unlocked = Signal(object)  # Session
    file_refused = Signal(object)  # OfficeFileError
    forgotten = Signal()
    other_asked = Signal()

    def __init__(
        self,
        runner: TaskRunner,
        path: Path,
        unlock: Unlock,
        *,
        officers: int = 1,
        wait_seconds: float = 0,
        note: Callable[[], str] | None = None,
        proposed: tuple[str, str] = ("", ""),
    ) -> None:
        """`note` says why one is here; `proposed` is the officer's name and the password of an example."""
        super().__init__(NARROW)
        self.path = path
        self._runner, self._unlock, self._officers, self._note = runner, unlock, officers, note
        self._wait = 0
        self._is_opening = False
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._on_second)
        self.build()
        self.officer_name.set_value(proposed[0])
        self.password.set_value(proposed[1])
        if wait_seconds > 0:
            self._start_waiting(WrongPassword(wait_seconds))

    def title(self) -> str:
        return _("Sign in – {file}").format(file=self.path.stem)

    def fill(self, column: QVBoxLayout) -> None:
        column.addStretch(2)
        self.note = InlineMessage(self._note() if self._note is not None else "", "primary")
        column.addWidget(self.note)
        card = Card()
        card.body.setContentsMargins(32, 32, 32, 8)
        card.body.setSpacing(16)
        card.body.addWidget(label(_("Sign in"), "title"))
        card.body.addLayout(self._file_row())
        self.form = Form()
        self.officer_name = self.form.add(TextField("officer_name", _("Your &name"), longest=120))
        self.officer_name.setVisible(self._officers > 1)
        self.password = self.form.add(PasswordField("password", _("&Password")))
        self.form.submitted.connect(self.sign_in)
        self.password.changed.connect(self._show_wait)
        card.body.addWidget(self.form)
        self.sign_in_button = button(_("&Sign in"), "primary")
        self.sign_in_button.clicked.connect(self.sign_in)
        card.body.addWidget(self.sign_in_button)
        self.busy_line = BusyLine("")
        card.body.addWidget(self.busy_line)
        column.addWidget(card)
        links = QHBoxLayout()
        self.forgotten_button = button(_("I have &forgotten the password"), "link")
        self.other_button = button(_("&Open another office file…"), "link")
        self.forgotten_button.clicked.connect(self.forgotten)
        self.other_button.clicked.connect(self.other_asked)
        links.addWidget(self.forgotten_button)
        links.addStretch(1)
        links.addWidget(self.other_button)
        column.addLayout(links)
        column.addStretch(3)
        for before, after in (
            (self.password.eye, self.sign_in_button),
            (self.sign_in_button, self.forgotten_button),
            (self.forgotten_button, self.other_button),
        ):
            QWidget.setTabOrder(before, after)

    def _file_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(IconLabel("bank", "muted", 24))
        words = QVBoxLayout()
        words.setSpacing(0)
        name = label(self.path.stem, "strong", wraps=True)
        words.addWidget(name)
        folder = str(self.path.parent)
        where = label("", "caption")
        where.setText(where.fontMetrics().elidedText(folder, Qt.TextElideMode.ElideMiddle, NARROW - 130))
        where.setToolTip(str(self.path))
        words.addWidget(where)
        row.addLayout(words, 1)
        return row

    def first_field(self) -> QWidget:
        if self._officers > 1 and self.officer_name.is_empty():
            return self.officer_name.editor
        return self.password.editor

    def state(self) -> object:
        return self.officer_name.text(), self.password.line.text()

    def restore(self, state: object) -> None:
        if isinstance(state, tuple):
            self.officer_name.line.setText(state[0])
            self.password.line.setText(state[1])
        if self._wait:
            self._show_wait()
        self.shown()

    # -- signing in

    def sign_in(self) -> None:
        """Try the password, unless a wrong one was just given."""
        if self._is_opening or self._wait or not self.form.check_all():
            return
        password, name = self.password.line.text(), self.officer_name.text()
        self._set_opening(True)
        task = self._runner.submit(lambda progress, _cancelled: self._unlock(password, name, progress))
        task.progressed.connect(self._on_progressed)
        task.finished.connect(self._on_unlocked)
        task.failed.connect(self._on_failed)

    def _set_opening(self, opening: bool) -> None:
        self._is_opening = opening
        for widget in (self.form, self.sign_in_button, self.forgotten_button, self.other_button, self.language_box):
            widget.setEnabled(not opening)
        if opening:
            self.busy_line.say(_("Opening the office file…"))
        else:
            self.busy_line.hide()

    def _on_progressed(self, done: int, total: int) -> None:
        """An older file is being brought up to date."""
        number = current_language().number
        told = ngettext(
            "Bringing the office file up to date: {count} of {total} loan…",
            "Bringing the office file up to date: {count} of {total} loans…",
            total,
        )
        self.busy_line.show_progress(told.format(count=number(done), total=number(total)), done, total)

    def _on_unlocked(self, session: object) -> None:
        self._set_opening(False)
        self.password.set_value(None)
        self.unlocked.emit(session)

    def _on_failed(self, error: Exception) -> None:
        self._set_opening(False)
        if isinstance(error, WrongPassword):
            self.password.line.selectAll()
            self._start_waiting(error)
            self.password.line.setFocus()
        elif isinstance(error, OfficeFileError):
            self.file_refused.emit(error)
        else:
            self.form.message.say(sentence_for(error), "bad")

    # -- waiting after a wrong password

    def _start_waiting(self, error: WrongPassword) -> None:
        self._wait = max(0, ceil(error.wait_seconds))
        self.password.set_error(sentence_for(error))
        self.sign_in_button.setEnabled(not self._wait)
        if self._wait:
            self._clock.start()

    def _on_second(self) -> None:
        self._wait = max(0, self._wait - 1)
        self._show_wait()
        if not self._wait:
            self._clock.stop()
            self.sign_in_button.setEnabled(not self._is_opening)

    def _show_wait(self) -> None:
        if self._wait:
            self.password.set_error(sentence_for(WrongPassword(self._wait)))
            self.sign_in_button.setEnabled(False)
        elif self.sender() is self._clock:
            self.password.set_error(_("You can try again now."))
