"""The office's letterhead: who the lender is and how it is reached; asked when founding, changed in the settings."""

from __future__ import annotations

from dataclasses import replace

from mikrolaan.domain.address import Address
from mikrolaan.domain.contact import format_phone, format_postal_code, read_email, read_phone, read_postal_code
from mikrolaan.domain.enterprise_numbers import (
    format_account_number,
    format_organisation_number,
    read_account_number,
    read_organisation_number,
)
from mikrolaan.domain.identity import Country
from mikrolaan.domain.office import Office
from mikrolaan.i18n import _
from mikrolaan.ui.settings.logo_field import LogoField
from mikrolaan.ui.widgets.fields import ReadField, TextField
from mikrolaan.ui.widgets.form import Form

_FORMS = {  # how each number is written, with zeros for digits
    Country.NO: ("000 000 000", "0000.00.00000", "00 00 00 00", "0000"),
    Country.SE: ("000000-0000", "0000-0000", "00-000 00 00", "000 00"),
    Country.DK: ("00 00 00 00", "0000 0000000000", "00 00 00 00", "0000"),
}


class LetterheadForm(Form):
    """Name, numbers, address, contact and logo; the numbers are read as the office's country writes them."""

    def __init__(self, country: Country) -> None:
        super().__init__(columns=2)
        self.country = country
        self.office_name = self.add(TextField("office_name", _("&Name of the office"), longest=120), wide=True)
        self.organisation_number = self.add(
            ReadField(
                "organisation_number",
                _("&Organisation number"),
                lambda text: read_organisation_number(text, self.country),
                lambda number: format_organisation_number(number, self.country),
                required=False,
                longest=40,
            )
        )
        self.account_number = self.add(
            ReadField(
                "account_number",
                _("&Account number for repayments"),
                lambda text: read_account_number(text, self.country),
                lambda number: format_account_number(number, self.country),
                required=False,
                longest=40,
            )
        )
        self.street = self.add(TextField("street", _("&Street or post box"), required=False), wide=True)
        self.postal_code = self.add(
            ReadField(
                "postal_code",
                _("&Postal code"),
                lambda text: read_postal_code(text, self.country),
                lambda code: format_postal_code(code, self.country),
                required=False,
                longest=20,
            )
        )
        self.city = self.add(TextField("city", _("&City"), required=False, longest=100))
        self.phone = self.add(
            ReadField(
                "phone",
                _("P&hone"),
                lambda text: read_phone(text, self.country),
                format_phone,
                required=False,
                longest=40,
            )
        )
        self.email = self.add(ReadField("email", _("&E-mail"), read_email, required=False, longest=260))
        self.logo = self.add(LogoField("logo", _("Logo")), wide=True)
        self.set_country(country)

    def set_country(self, country: Country) -> None:
        """Read the numbers as another country writes them; what is typed stays and is checked anew when saved."""
        if country is not self.country:
            self.clear_errors()
        self.country = country
        numbers = (self.organisation_number, self.account_number, self.phone, self.postal_code)
        for field, form in zip(numbers, _FORMS[country], strict=True):
            field.line.setPlaceholderText(form)

    def show_office(self, office: Office) -> None:
        """Show a kept letterhead."""
        self.set_country(office.country)
        self.office_name.set_value(office.name)
        self.organisation_number.set_value(office.organisation_number or None)
        self.account_number.set_value(office.account_number or None)
        self.street.set_value(office.address.street)
        self.postal_code.line.setText(office.address.postal_code)
        self.city.set_value(office.address.city)
        self.phone.set_value(office.phone or None)
        self.email.set_value(office.email or None)
        self.logo.set_value(office.logo)
        self.clear_errors()

    def on(self, office: Office) -> Office:
        """The office with what is typed; raises RuleError, so call `check_all` first."""
        return replace(
            office,
            name=self.office_name.value(),
            organisation_number=self.organisation_number.given() or "",
            address=Address(self.street.value(), self.postal_code.given() or "", self.city.value()),
            account_number=self.account_number.given() or "",
            phone=self.phone.given() or "",
            email=self.email.given() or "",
            logo=self.logo.given(),
        )
