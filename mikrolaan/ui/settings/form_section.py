"""A part of the settings that is one form: saved or undone as a whole by administrators, read by everybody."""

from __future__ import annotations

from PySide6.QtCore import Signal

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.office import Office, Role
from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.settings.sections import Section, button_row
from mikrolaan.ui.widgets.basics import button
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.form import Form


class FormSection(Section):
    """Save and undo can be pressed once something was changed. Override `show_office` and `keep`."""

    saved = Signal(object)  # Office

    form: Form

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.may_change = Role.ADMINISTRATOR in session.officer.roles

    def end_with(self, card: Card) -> None:
        """Call last: what saves `form` and undoes changes stands at the foot of the card."""
        self.save_button = button(_("&Save"), "primary")
        self.undo_button = button(_("&Undo changes"), "quiet")
        self.save_button.clicked.connect(self.save)
        self.undo_button.clicked.connect(self.refresh)
        if self.may_change:
            card.body.addLayout(button_row(self.save_button, self.undo_button))
            self.form.changed.connect(lambda: self._set_changed(True))
            self.form.submitted.connect(self.save)
        else:
            self.say_why_read_only()
            self._lock()
        self._set_changed(False)
        self.end()

    # -- to override

    def show_office(self, office: Office) -> None:
        """Show in the fields what is kept."""
        raise TypeError(type(self).__name__)

    def keep(self) -> Office:
        """Keep what stands in the fields, all of which can be read; raises MikrolaanError."""
        raise TypeError(type(self).__name__)

    # -- what every such section does

    def refresh(self) -> None:
        """Show what is kept; what was typed and not saved goes."""
        try:
            office = self._session.office.get()
        except MikrolaanError as error:
            self.tell(error)
            return
        self.show_office(office)
        self.form.clear_errors()
        if self.may_change:
            self.message.say("")
        else:
            self._lock()
        self._set_changed(False)

    def save(self) -> None:
        """Keep what is typed."""
        if not self.may_change or not self.form.check_all():
            return
        try:
            office = self.keep()
        except MikrolaanError as error:
            self.form.show_problem(error)
            return
        self.refresh()
        self.saved.emit(office)

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.save_button.isEnabled()

    def _lock(self) -> None:
        for field in self.form.fields.values():
            field.set_read_only(True)

    def _set_changed(self, changed: bool) -> None:
        self.save_button.setEnabled(changed)
        self.undo_button.setEnabled(changed)
