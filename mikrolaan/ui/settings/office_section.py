"""The letterhead in the settings: changed by administrators, read by everybody."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.office import Office, Role
from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.settings.letterhead_form import LetterheadForm
from mikrolaan.ui.settings.sections import Section, button_row
from mikrolaan.ui.widgets.basics import button, label
from mikrolaan.ui.words import country_word


class OfficeSection(Section):
    """Save and undo appear when something was changed."""

    saved = Signal(object)  # Office

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._office: Office | None = None
        self.may_change = Role.ADMINISTRATOR in session.officer.roles
        card = self.add_card(_("Letterhead"), _("This stands on contracts, plans and letters."))
        office = session.office.get()
        self.form = LetterheadForm(office.country)
        card.body.addWidget(self.form)
        self.country_label = label("", "caption", wraps=True)
        card.body.addWidget(self.country_label)
        self.save_button = button(_("&Save"), "primary")
        self.undo_button = button(_("&Undo changes"), "quiet")
        self.save_button.clicked.connect(self.save)
        self.undo_button.clicked.connect(self.refresh)
        if self.may_change:
            card.body.addLayout(button_row(self.save_button, self.undo_button))
            self.form.changed.connect(self._on_changed)
            self.form.submitted.connect(self.save)
        else:
            self.say_why_read_only()
            for field in self.form.fields.values():
                field.set_read_only(True)
        self._set_changed(False)
        self.end()

    def refresh(self) -> None:
        """Show what is kept; what was typed and not saved goes."""
        try:
            self._office = self._session.office.get()
        except MikrolaanError as error:
            self.tell(error)
            return
        self.form.show_office(self._office)
        self.country_label.setText(
            _("Country: {country}, currency {currency}. Both are fixed since the office was founded.").format(
                country=country_word(self._office.country), currency=self._office.currency.value
            )
        )
        if self.may_change:
            self.message.say("")
        else:
            for field in self.form.fields.values():
                field.set_read_only(True)
        self._set_changed(False)

    def save(self) -> None:
        """Keep what is typed."""
        if self._office is None or not self.may_change or not self.form.check_all():
            return
        try:
            office = self._session.office.change(self.form.on(self._office))
        except MikrolaanError as error:
            self.form.show_problem(error)
            return
        self.refresh()
        self.saved.emit(office)

    def note(self, office: Office) -> None:
        """Another section kept other settings: go on from there, with what is being typed here."""
        if not self.is_changed:
            self.refresh()
        elif self._office is not None:
            same = replace(self._office, settings=office.settings, version=office.version)
            self._office = office if office == same else self._office

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.save_button.isEnabled()

    def _on_changed(self) -> None:
        self._set_changed(True)

    def _set_changed(self, changed: bool) -> None:
        self.save_button.setEnabled(changed)
        self.undo_button.setEnabled(changed)
