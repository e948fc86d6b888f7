"""How the office builds the payment references of new loans, with an example that moves along."""

from __future__ import annotations

from dataclasses import replace

from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.identity import Country
from mikrolaan.domain.office import Office
from mikrolaan.domain.payment_reference import (
    LEAST_LENGTH,
    MOST_LENGTH,
    CheckMethod,
    ReferenceRule,
    kinds_of,
    reference_for,
)
from mikrolaan.i18n import _
from mikrolaan.i18n.reference_words import check_word, kind_word, reference_name, reference_text
from mikrolaan.services.session import Session
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.settings.form_section import FormSection
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.fields import TextField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.value_fields import ChoiceField, CountField, YesNoField

EXAMPLE_LOAN = 125


class PaymentSection(FormSection):
    """Kind, check digit, length and fixed digits; loans that have a reference keep it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._country = session.office.get().country
        card = self.add_card(
            _("Payment references"),
            _(
                "Every loan gets one reference when its first paper is issued, and keeps it. A change here holds for loans "
                "that have none yet. Choose what the office has agreed with its bank."
            ),
        )
        self.form = Form(columns=2)
        self.kind = self.form.add(
            ChoiceField("reference_kind", _("&Kind"), [(kind, kind_word(kind)) for kind in kinds_of(self._country)])
        )
        self.length = self.form.add(
            CountField("reference_length", _("&Length"), unit=_("digits"), smallest=LEAST_LENGTH, largest=MOST_LENGTH)
        )
        self.prefix = self.form.add(
            TextField(
                "reference_prefix",
                _("&Fixed digits in front"),
                required=False,
                longest=MOST_LENGTH,
                help_text=_("Tells the office's loans from its other payments, where the bank asks for it."),
            )
        )
        self.check_method = self.form.add(
            ChoiceField("reference_check", _("&Check digit"), [(method, check_word(method)) for method in CheckMethod])
        )
        self.has_length_digit = self.form.add(
            YesNoField("reference_has_length_digit", _("The next to &last digit tells the length"))
        )
        self.creditor = self.form.add(
            TextField(
                "reference_creditor",
                _("C&reditor number"),
                required=False,
                longest=8,
                help_text=_("Eight digits from the bank; printed in the line of the slip."),
            )
        )
        self.check_method.setVisible(self._country is Country.NO)
        self.has_length_digit.setVisible(self._country is Country.SE)
        self.creditor.setVisible(self._country is Country.DK)
        card.body.addWidget(self.form)
        self.example = label("", "muted", wraps=True)
        self.example.setAccessibleName(_("Example"))
        card.body.addWidget(self.example)
        self.kind.changed.connect(self._on_kind)
        self.form.changed.connect(self._show_example)
        self.end_with(card)

    def show_office(self, office: Office) -> None:
        rule = office.reference_rule
        self.kind.set_value(rule.kind)
        self.length.set_value(rule.length)
        self.prefix.set_value(rule.prefix)
        self.check_method.set_value(rule.check)
        self.has_length_digit.set_value(rule.has_length_digit)
        self.creditor.set_value(rule.creditor_number)
        self.length.set_read_only(not self.may_change or rule.kind.fixed_length is not None)
        self._show_example()

    def keep(self) -> Office:
        settings = replace(self._session.office.get().settings, payment_reference=self._rule())
        return self._session.office.change_settings(settings)

    def _rule(self) -> ReferenceRule:
        return ReferenceRule(
            kind=self.kind.value(),
            check=self.check_method.value(),
            length=self.length.value(),
            prefix=self.prefix.value(),
            has_length_digit=self.has_length_digit.value(),
            creditor_number=self.creditor.value(),
        )

    def _on_kind(self) -> None:
        kind = self.kind.peek()
        if kind is not None and kind.fixed_length is not None:
            self.length.set_value(kind.fixed_length)
        self._show_example()

    def _show_example(self) -> None:
        try:
            rule = self._rule()
            reference = reference_for(EXAMPLE_LOAN, rule)
        except RuleError as error:
            self.example.setText(sentence_for(error))
            return
        self.example.setText(
            _("Loan number {number} would get {name} {reference}").format(
                number=EXAMPLE_LOAN,
                name=reference_name(rule.kind),
                reference=reference_text(reference, rule.creditor_number),
            )
        )
