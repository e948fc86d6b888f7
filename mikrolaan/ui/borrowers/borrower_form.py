"""The form of a borrower: who the person is, how to reach them, and the enterprise they run or plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mikrolaan.domain.address import Address
from mikrolaan.domain.borrower import EARLIEST_BIRTH, Borrower, Enterprise, LegalForm, Person
from mikrolaan.domain.contact import format_phone, format_postal_code, read_email, read_phone, read_postal_code
from mikrolaan.domain.enterprise_numbers import format_organisation_number, read_organisation_number
from mikrolaan.domain.identity import Country, IdentityNumber, read_identity
from mikrolaan.i18n import OFFERED, _, language_name
from mikrolaan.ui.borrowers.identity_words import identity_example, identity_told
from mikrolaan.ui.widgets.basics import label, plain
from mikrolaan.ui.widgets.fields import Field, IdentityField, ReadField, TextField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.value_fields import ChoiceField, DateField, YesNoField
from mikrolaan.ui.words import country_word, legal_form_word

PAPER_LANGUAGE = {Country.NO: "nb", Country.SE: "sv", Country.DK: "da"}  # what is offered first, where it is offered


class BorrowerForm(Form):
    """Fields in; a `Person` and perhaps an `Enterprise` out."""

    def __init__(self, country: Country, today: Callable[[], date]) -> None:
        """`country` is the office's: its numbers, phones and postal codes are read first."""
        super().__init__(columns=2)
        self._country, self._today = country, today
        self._add_person()
        self._add_contact()
        self._add_enterprise()
        for field in (self.no_number, self.has_enterprise, self.not_started, self.identity_country):
            field.changed.connect(self.follow)
        self.identity_number.changed.connect(self.follow)
        self.set_borrower(None)

    # -- fields

    def _add_person(self) -> None:
        self.add_section(_("Person"))
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
        self.no_number = self.add(YesNoField("no_number", _("&No number yet")), wide=True)
        self.birth_date = self.add(
            DateField(
                "birth_date", _("&Birth date"), self._today, earliest=EARLIEST_BIRTH, latest=self._today(), in_past=True
            )
        )

    def _add_contact(self) -> None:
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

    def _add_enterprise(self) -> None:
        self.add_section(_("Enterprise"))
        self.has_enterprise = self.add(YesNoField("has_enterprise", _("Has or plans an ente&rprise")), wide=True)
        self.enterprise_name = self.add(TextField("enterprise_name", _("Name of the enterprise"), longest=160))
        self.legal_form = self.add(
            ChoiceField("legal_form", _("Legal &form"), [(form, legal_form_word(form)) for form in LegalForm])
        )
        self.organisation_number = self.add(
            ReadField(
                "organisation_number",
                _("&Organisation number"),
                lambda text: read_organisation_number(text, self._country),
                lambda number: format_organisation_number(number, self._country),
                required=False,
                longest=40,
            )
        )
        self.industry = self.add(TextField("industry", _("In&dustry"), required=False, longest=120))
        self.not_started = self.add(YesNoField("not_started", _("Not s&tarted yet")), wide=True)
        self.started_on = self.add(DateField("started_on", _("Started on"), self._today, earliest=EARLIEST_BIRTH))
        self._of_enterprise = (
            self.enterprise_name,
            self.legal_form,
            self.organisation_number,
            self.industry,
            self.not_started,
            self.started_on,
        )

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
        has_enterprise = self.has_enterprise.value()
        for field in self._of_enterprise:
            field.setVisible(has_enterprise)
        self.started_on.setVisible(has_enterprise and not self.not_started.value())

    def restore_typed(self, typed: dict[str, object]) -> None:
        super().restore_typed(typed)
        self.follow()

    # -- values

    def set_borrower(self, borrower: Borrower | None) -> None:
        """Show what the case holds; None empties the form."""
        self.clear()
        person = borrower.person if borrower is not None else None
        enterprise = borrower.enterprise if borrower is not None else None
        number = person.identity_number if person is not None else None
        self.identity_country.set_value(number.country if number is not None else self._country)
        self.no_number.set_value(person is not None and number is None)
        first_language = PAPER_LANGUAGE[self._country]
        self.paper_language.set_value(first_language if first_language in OFFERED else OFFERED[0])
        self.legal_form.set_value(LegalForm.UNDECIDED)
        self.has_enterprise.set_value(enterprise is not None)
        self.not_started.set_value(enterprise is None or enterprise.started_on is None)
        if person is not None:
            self._show_person(person)
        if enterprise is not None:
            self.enterprise_name.set_value(enterprise.name)
            self.legal_form.set_value(enterprise.legal_form)
            self.organisation_number.set_value(enterprise.organisation_number or None)
            self.industry.set_value(enterprise.industry)
            self.started_on.set_value(enterprise.started_on)
        self.follow()

    def _show_person(self, person: Person) -> None:
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

    def enterprise(self) -> Enterprise | None:
        """The enterprise typed, or None; raises RuleError naming the field that is missing or wrong."""
        if not self.has_enterprise.value():
            return None
        return Enterprise(
            name=self.enterprise_name.value(),
            legal_form=self.legal_form.value(),
            organisation_number=self.organisation_number.given() or "",
            industry=self.industry.value(),
            started_on=None if self.not_started.value() else self.started_on.value(),
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

    def word_of(self, field: Field) -> str:  # type: ignore[type-arg]  # a field of any kind of value
        """What the field is called, without the note that it may stay empty."""
        optional = _("{label} (optional)").format(label="")
        return plain(field.label.text()).removesuffix(plain(optional))

    def shown_text(self, field: Field) -> str:  # type: ignore[type-arg]  # a field of any kind of value
        """What stands in a field, in words, for putting two versions beside each other."""
        if isinstance(field, ChoiceField):
            return field.box.currentText()
        if isinstance(field, YesNoField):
            return _("Yes") if field.value() else _("No")
        return str(field.typed())
