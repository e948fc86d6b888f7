"""The form of a borrower: who the person is, how to reach them, and the enterprise they run or plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mikrolaan.domain.borrower import EARLIEST_BIRTH, Borrower, Enterprise, LegalForm
from mikrolaan.domain.enterprise_numbers import format_organisation_number, read_organisation_number
from mikrolaan.domain.identity import Country
from mikrolaan.i18n import _
from mikrolaan.ui.borrowers.person_form import PersonForm
from mikrolaan.ui.widgets.basics import plain
from mikrolaan.ui.widgets.fields import Field, ReadField, TextField
from mikrolaan.ui.widgets.value_fields import ChoiceField, DateField, YesNoField
from mikrolaan.ui.words import legal_form_word


class BorrowerForm(PersonForm):
    """Fields in; a `Person` and perhaps an `Enterprise` out."""

    def __init__(self, country: Country, today: Callable[[], date]) -> None:
        """`country` is the office's: its numbers, phones and postal codes are read first."""
        super().__init__(country, today)
        self.add_person(_("Person"))
        self.add_contact()
        self._add_enterprise()
        for field in (self.has_enterprise, self.not_started):
            field.changed.connect(self.follow)
        self.set_borrower(None)

    # -- fields

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

    # -- what depends on what is typed

    def follow(self) -> None:
        super().follow()
        has_enterprise = self.has_enterprise.value()
        for field in self._of_enterprise:
            field.setVisible(has_enterprise)
        self.started_on.setVisible(has_enterprise and not self.not_started.value())

    # -- values

    def set_borrower(self, borrower: Borrower | None) -> None:
        """Show what the case holds; None empties the form."""
        self.clear()
        enterprise = borrower.enterprise if borrower is not None else None
        self.set_person(borrower.person if borrower is not None else None)
        self.legal_form.set_value(LegalForm.UNDECIDED)
        self.has_enterprise.set_value(enterprise is not None)
        self.not_started.set_value(enterprise is None or enterprise.started_on is None)
        if enterprise is not None:
            self.enterprise_name.set_value(enterprise.name)
            self.legal_form.set_value(enterprise.legal_form)
            self.organisation_number.set_value(enterprise.organisation_number or None)
            self.industry.set_value(enterprise.industry)
            self.started_on.set_value(enterprise.started_on)
        self.follow()

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

    # -- in words

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
