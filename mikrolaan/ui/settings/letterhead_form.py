"""The office's letterhead: who the lender is and how it is reached; asked when founding, changed in the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mikrolaan.domain.address import Address
from mikrolaan.domain.contact import format_phone, format_postal_code, read_email, read_phone, read_postal_code
from mikrolaan.domain.enterprise_numbers import (
    format_account_number,
    format_organisation_number,
    read_account_number,
    read_organisation_number,
)
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.identity import Country
from mikrolaan.domain.office import Office
from mikrolaan.i18n import _
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.settings.logo_field import LogoField
from mikrolaan.ui.widgets.fields import ReadField, TextField
from mikrolaan.ui.widgets.form import Form

_FORMS = {  # how each number is written, with zeros for digits
    Country.NO: ("000 000 000", "0000.00.00000", "00 00 00 00", "0000"),
    Country.SE: ("000000-0000", "0000-0000", "00-000 00 00", "000 00"),
    Country.DK: ("00 00 00 00", "0000 0000000000", "00 00 00 00", "0000"),
}


class NumberField(ReadField[str]):
    """A number of the country's own form; one that is not of that form is answered with what the form is."""

    def __init__(
        self,
        name: str,
        label_text: str,
        reader: Callable[[str], str],
        shower: Callable[[str], str],
        form_in_words: Callable[[], str],
    ) -> None:
        super().__init__(name, label_text, reader, shower, required=False, longest=260)
        self._form_in_words = form_in_words

    def check(self) -> bool:
        try:
            self.given()
        except InvalidValue as error:
            is_form = error.problem in (Problem.MALFORMED, Problem.NOT_A_NUMBER)
            self.set_error(self._form_in_words() if is_form else sentence_for(error))
            return False
        self.clear_error()
        return True


class LetterheadForm(Form):
    """Name, numbers, address, contact and logo; the numbers are read as the office's country writes them."""

    def __init__(self, country: Country) -> None:
        super().__init__(columns=2)
        self.country = country
        self.office_name = self.add(TextField("office_name", _("&Name of the office"), longest=120), wide=True)
        self.organisation_number = self.add(
            NumberField(
                "organisation_number",
                _("&Organisation number"),
                lambda text: read_organisation_number(text, self.country),
                lambda number: format_organisation_number(number, self.country),
                lambda: _organisation_number_form(self.country),
            )
        )
        self.account_number = self.add(
            NumberField(
                "account_number",
                _("&Account number for repayments"),
                lambda text: read_account_number(text, self.country),
                lambda number: format_account_number(number, self.country),
                lambda: _account_number_form(self.country),
            )
        )
        self.street = self.add(TextField("street", _("Stree&t or post box"), required=False), wide=True)
        self.postal_code = self.add(
            NumberField(
                "postal_code",
                _("&Postal code"),
                lambda text: read_postal_code(text, self.country),
                lambda code: format_postal_code(code, self.country),
                lambda: _postal_code_form(self.country),
            )
        )
        self.city = self.add(TextField("city", _("Pla&ce"), required=False, longest=100))
        self.phone = self.add(
            NumberField(
                "phone",
                _("P&hone"),
                lambda text: read_phone(text, self.country),
                format_phone,
                lambda: _("Write the number with area code, or with + and the country's code in front."),
            )
        )
        self.email = self.add(
            NumberField(
                "email", _("&E-mail"), read_email, str, lambda: _("Write a whole address, such as name@example.org.")
            )
        )
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


def _organisation_number_form(country: Country) -> str:
    return {
        Country.NO: _("A Norwegian organisation number has 9 digits."),
        Country.SE: _("A Swedish organisation number has 10 digits."),
        Country.DK: _("A Danish CVR number has 8 digits."),
    }[country]


def _account_number_form(country: Country) -> str:
    return {
        Country.NO: _("A Norwegian account number has 11 digits."),
        Country.SE: _("Write a bankgiro, a plusgiro, or clearing number and account number."),
        Country.DK: _("Write the 4 digits of the branch and up to 10 digits of the account."),
    }[country]


def _postal_code_form(country: Country) -> str:
    if country is Country.SE:
        return _("A Swedish postal code has 5 digits.")
    return _("A postal code here has 4 digits.")
