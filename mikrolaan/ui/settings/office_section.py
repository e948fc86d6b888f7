"""The letterhead in the settings: changed by administrators, read by everybody."""

from __future__ import annotations

from dataclasses import replace

from mikrolaan.domain.office import Office
from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.settings.form_section import FormSection
from mikrolaan.ui.settings.letterhead_form import LetterheadForm
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.words import country_word


class OfficeSection(FormSection):
    """Name, addresses and logo of the office; its country is told and stays."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._office: Office | None = None
        card = self.add_card(_("Letterhead"), _("This stands on contracts, plans and letters."))
        office = session.office.get()
        self.form: LetterheadForm = LetterheadForm(office.country)
        card.body.addWidget(self.form)
        self.country_label = label("", "caption", wraps=True)
        card.body.addWidget(self.country_label)
        self.end_with(card)

    def show_office(self, office: Office) -> None:
        self._office = office
        self.form.show_office(office)
        self.country_label.setText(
            _("Country: {country}, currency {currency}. Both are fixed since the office was founded.").format(
                country=country_word(office.country), currency=office.currency.value
            )
        )

    def keep(self) -> Office:
        return self._session.office.change(self.form.on(self._office or self._session.office.get()))

    def note(self, office: Office) -> None:
        """Another section kept other settings: go on from there, with what is being typed here."""
        if not self.is_changed:
            self.refresh()
        elif self._office is not None:
            same = replace(self._office, settings=office.settings, version=office.version)
            self._office = office if office == same else self._office
