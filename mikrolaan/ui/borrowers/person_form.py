"""The fields of a person: name, identity number or birth date, how to reach them, and the language of their paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from mikrolaan.domain.address import Address
from mikrolaan.domain.borrower import EARLIEST_BIRTH, Person
from mikrolaan.domain.contact import format_phone, format_postal_code, read_email, read_phone, read_postal_code
from mikrolaan.domain.identity import Country, IdentityNumber, read_identity
from mikrolaan.i18n import OFFERED, _, language_name
from mikrolaan.ui.borrowers.identity_words import identity_example, identity_told
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.fields import IdentityField, ReadField, TextField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.value_fields import ChoiceField, DateField, YesNoField
from mikrolaan.ui.words import country_word

PAPER_LANGUAGE = {Country.NO: "nb", Country.SE: "sv", Country.DK: "da"}  # what is offered first, where it is offered


class PersonForm(Form):
    """Fields in, a `Person` out; who extends it says what stands before and after the two parts of a person."""

    def __init__(self, country: Country, today: Callable[[], date]) -> None:
        """`country` is the office's: its numbers, phones and postal codes are read first."""
        super().__init__(columns=2)
        self._country, self._today = country, today

    # -- fields

    def add_person(self, title: str, about_number: QWidget | None = None) -> None:
        """The part that says who it is; `about_number` stands below the identity number."""
        self.add_section(title)
        self.given_names = self.add(TextField("given_names", _("&Given names"), longest=120))
        self.family_name = self.add(TextField("family_name", _("Famil&y name"), longest=120))
        self.identity_number = self.add(
            IdentityField(
                "identity_number",
                _("&Identity number"),
                self._read_identity,
                lambda number: number.formatted,
                placeholder=identity_example(self._country),
            )
        )
        self.identity_country = self.add(
            ChoiceField(
                "identity_country",
                _("Country of the number"),
                [(country, country_word(country)) for country in self._countries()],
            )
        )
        self.recognised = label("", "caption", wraps=True)
        self.add_widget(self.recognised)
        if about_number is not None:
            self.add_widget(about_number)
        self.no_number = self.add(YesNoField("no_number", _("&No number yet")), wide=True)
        self.birth_date = self.add(
            DateField(
                "birth_date", _("&Birth date"), self._today, earliest=EARLIEST_BIRTH, latest=self._today, in_past=True
            )
        )
        for field in (self.no_number, self.identity_country, self.identity_number):
            field.changed.connect(self.follow)

    def add_contact(self) -> None:
        """The part that says how to reach the person, and in which language."""
        self.add_section(_("Contact and language"))
        self.street = self.add(TextField("street", _("&Address"), required=False), wide=True)
        self.postal_code = self.add(
            ReadField(
                "postal_code",
                _("&Postal code"),
                lambda text: read_postal_code(text, self._country),
                lambda code: format_postal_code(code, self._country),
                required=False,
                placeholder="000 00" if self._country is Country.SE else "0000",
                longest=12,
            )
        )
        self.city = self.add(TextField("city", _("Pla&ce"), required=False, longest=100))
        self.phone = self.add(
            ReadField(
                "phone",
                _("P&hone"),
                lambda text: read_phone(text, self._country),
                format_phone,
                required=False,
                placeholder="00-000 00 00" if self._country is Country.SE else "00 00 00 00",
            )
        )
        self.email = self.add(ReadField("email", _("&E-mail"), read_email, required=False, longest=254))
        self.paper_language = self.add(
            ChoiceField(
                "paper_language",
                _("&Language for contract and letters"),
                [(code, language_name(code)) for code in OFFERED],
            )
        )
        self.interpreter_needed = self.add(YesNoField("interpreter_needed", _("Interpreter needed")), wide=True)

    def _countries(self) -> list[Country]:
        return [self._country, *(country for country in Country if country is not self._country)]

    def _read_identity(self, text: str) -> IdentityNumber:
        return read_identity(text, self.identity_country.peek() or self._country, self._today())

    # -- what depends on what is typed

    def follow(self) -> None:
        """Show just the fields that what is typed asks for, and say which number was recognised."""
        without = self.no_number.value()
        self.identity_number.setVisible(not without)
        self.identity_country.setVisible(not without)
        self.identity_number.line.setPlaceholderText(identity_example(self.identity_country.peek() or self._country))
        number = None if without else self.identity_number.peek()
        self.recognised.setText(identity_told(number) if number is not None else "")
        self.recognised.setVisible(number is not None)
        self.birth_date.setVisible(without or (number is not None and number.birth_date is None))

    def restore_typed(self, typed: dict[str, object]) -> None:
        super().restore_typed(typed)
        self.follow()

    # -- values

    def set_person(self, person: Person | None) -> None:
        """Show a person in fields that are empty; None proposes what is usual in the country."""
        number = person.identity_number if person is not None else None
        self.identity_country.set_value(number.country if number is not None else self._country)
        self.no_number.set_value(person is not None and number is None)
        first_language = PAPER_LANGUAGE[self._country]
        self.paper_language.set_value(first_language if first_language in OFFERED else OFFERED[0])
        if person is None:
            return
        self.given_names.set_value(person.given_names)
        self.family_name.set_value(person.family_name)
        self.identity_number.set_value(person.identity_number)
        self.birth_date.set_value(person.birth_date)
        self.street.set_value(person.address.street)
        self.postal_code.set_value(person.address.postal_code or None)
        self.city.set_value(person.address.city)
        self.phone.set_value(person.phone or None)
        self.email.set_value(person.email or None)
        if person.paper_language in OFFERED:
            self.paper_language.set_value(person.paper_language)
        self.interpreter_needed.set_value(person.interpreter_needed)

    def person(self) -> Person:
        """The person typed; raises RuleError naming the field that is missing or wrong."""
        number = None if self.no_number.value() else self.identity_number.value()
        return Person(
            given_names=self.given_names.value(),
            family_name=self.family_name.value(),
            identity_number=number,
            birth_date=None if self.birth_date.isHidden() else self.birth_date.value(),
            address=Address(self.street.value(), self.postal_code.given() or "", self.city.value()),
            phone=self.phone.given() or "",
            email=self.email.given() or "",
            paper_language=self.paper_language.value(),
            interpreter_needed=self.interpreter_needed.value(),
        )

    # -- while typing

    @property
    def typed_name(self) -> str:
        """Given names and family name as far as they are typed."""
        return f"{self.given_names.text()} {self.family_name.text()}".strip()

    @property
    def typed_number(self) -> IdentityNumber | None:
        """The identity number, where a whole one is typed."""
        return None if self.no_number.value() else self.identity_number.peek()

    @property
    def typed_birth_date(self) -> date | None:
        """The birth date as far as it is known from what is typed."""
        if not self.birth_date.isHidden():
            return self.birth_date.peek()
        number = self.typed_number
        return number.birth_date if number is not None else None
