"""Safety in the settings: the officer's password, when the file locks itself, and backups."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.office import Role
from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.settings.sections import Section, breakable, button_row
from mikrolaan.ui.start.new_password import NewPassword
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import button, label
from mikrolaan.ui.widgets.fields import PasswordField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.value_fields import CountField


class SecuritySection(Section):
    """Three cards, each with its own act."""

    saved = Signal(object)  # Office
    password_changed = Signal()

    def __init__(self, session: Session, runner: TaskRunner) -> None:
        super().__init__()
        self._session, self._runner = session, runner
        self.may_change = Role.ADMINISTRATOR in session.officer.roles
        self._office_name = session.office.get().name
        self._add_password()
        self._add_lock()
        self._add_backup()
        self.end()

    def _add_password(self) -> None:
        card = self.add_card(
            _("Your password"),
            _("The recovery key stays as it is. Nobody can look the password up for you."),
        )
        self.password_form = Form()
        self.old = self.password_form.add(PasswordField("password", _("&Present password")))
        self.new = NewPassword(self.password_form, self._own_words, _("&New password"))
        self.password_button = button(_("&Change the password"))
        self.password_button.clicked.connect(self.change_password)
        self.password_form.submitted.connect(self.change_password)
        card.body.addWidget(self.password_form)
        card.body.addLayout(button_row(self.password_button))

    def _add_lock(self) -> None:
        card = self.add_card(
            _("Automatic lock"),
            _("After so many minutes without mouse or keyboard the file is locked. You are warned a minute before."),
        )
        self.lock_form = Form(columns=2)
        self.minutes = self.lock_form.add(
            CountField(
                "auto_lock_minutes",
                _("&Minutes without use"),
                unit=_("minutes"),
                smallest=1,
                largest=240,
            )
        )
        self.lock_button = button(_("&Save the minutes"))
        self.lock_button.setEnabled(False)
        self.lock_button.clicked.connect(self.save_minutes)
        card.body.addWidget(self.lock_form)
        if self.may_change:
            self.lock_form.submitted.connect(self.save_minutes)
            self.lock_form.changed.connect(lambda: self.lock_button.setEnabled(True))
            card.body.addLayout(button_row(self.lock_button))
        else:
            self.minutes.set_read_only(True)
            card.body.addWidget(label(_("Only an administrator can change this."), "caption", wraps=True))

    def _add_backup(self) -> None:
        card = self.add_card(
            _("Backup"),
            _(
                "A dated copy of the office file with its key file, encrypted like the file itself. Keep it on another "
                "disk or memory stick."
            ),
        )
        self.backup_message = InlineMessage()
        card.body.addWidget(self.backup_message)
        self.backup_button = button(_("Make a &backup now…"), icon_name="floppy-disk")
        self.backup_button.clicked.connect(self.back_up)
        card.body.addLayout(button_row(self.backup_button))

    def refresh(self) -> None:
        """Show what is kept."""
        try:
            office = self._session.office.get()
        except MikrolaanError as error:
            self.tell(error)
            return
        self.minutes.set_value(office.settings.auto_lock_minutes)
        self.lock_button.setEnabled(False)

    @property
    def is_changed(self) -> bool:
        """Whether other minutes are typed that are not saved."""
        return self.lock_button.isEnabled()

    # -- password

    def change_password(self) -> None:
        """Give the officer the new password, when the present one is right."""
        if not self.password_button.isEnabled() or not self.password_form.check_all() or not self.new.check():
            return
        old, new, file = self.old.value(), self.new.value(), self._session.file
        self._set_busy(True)
        task = self._runner.submit(lambda _progress, _cancelled: file.change_password(old, new))
        task.finished.connect(self._on_password_changed)
        task.failed.connect(self._on_password_refused)

    def _set_busy(self, busy: bool) -> None:
        self.password_form.setEnabled(not busy)
        self.password_button.setEnabled(not busy)
        self.password_button.setText(_("Changing the password…") if busy else _("&Change the password"))

    def _on_password_changed(self, _nothing: object) -> None:
        self._set_busy(False)
        self.password_form.clear()
        self.new.measure()
        self.password_form.message.say(_("The password is changed. Use the new one from now on."), "good")
        self.password_changed.emit()

    def _on_password_refused(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, MikrolaanError):
            self.password_form.show_problem(error)
        else:
            self.password_form.message.say(sentence_for(error), "bad")

    def _own_words(self) -> list[str]:
        return [self._session.officer.name, self._office_name, "mikrolaan"]

    # -- lock

    def save_minutes(self) -> None:
        """Keep the minutes."""
        if not self.may_change or not self.lock_form.check_all():
            return
        try:
            settings = self._session.office.get().settings
            office = self._session.office.change_settings(replace(settings, auto_lock_minutes=self.minutes.value()))
        except MikrolaanError as error:
            self.lock_form.show_problem(error)
            return
        self.lock_form.clear_errors()
        self.refresh()
        self.saved.emit(office)

    # -- backup

    def back_up(self) -> None:
        """Write a backup into a folder that the officer chooses."""
        chosen = QFileDialog.getExistingDirectory(
            self, _("Where the backup is to lie"), str(Path(self._session.file.path).parent)
        )
        if not chosen:
            return
        self.backup_message.say(_("Making the backup…"), "primary")
        self.backup_button.setEnabled(False)
        folder, file = Path(chosen), self._session.file
        task = self._runner.submit(lambda _progress, _cancelled: file.back_up(folder))
        task.finished.connect(self._on_backed_up)
        task.failed.connect(self._on_backup_failed)

    def _on_backed_up(self, path: Path) -> None:
        self.backup_button.setEnabled(True)
        self.backup_message.say(_("The backup lies in {path}").format(path=breakable(str(path))), "good")

    def _on_backup_failed(self, error: Exception) -> None:
        self.backup_button.setEnabled(True)
        self.backup_message.say(sentence_for(error), "bad")
