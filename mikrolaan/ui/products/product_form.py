"""The rules of a product as fields, in seven groups; gives the draft of a version."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mikrolaan.domain.errors import InvalidValue, MikrolaanError, RuleError
from mikrolaan.domain.money import Money, Rounding
from mikrolaan.domain.product import LONGEST_DESCRIPTION, LONGEST_NAME, Product, Span
from mikrolaan.domain.terms import (
    CALENDARS,
    LARGEST_RATE_PERCENT,
    MOST_INSTALMENTS,
    BusinessDayRule,
    DayCount,
    FeePaid,
    InterestMethod,
    PaymentFreeInterest,
    PeriodUnit,
    Repayment,
)
from mikrolaan.i18n import _
from mikrolaan.ui import words
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.products.locks import Lock
from mikrolaan.ui.products.product_facts import multiple_word, rounding_word, unit_word
from mikrolaan.ui.products.rules_fields import RulesFields
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.fields import MultilineField, TextField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.value_fields import ChoiceField, ComboBox, CountField, MoneyField, PercentField, YesNoField

MULTIPLES = (1, 100, 10_00, 50_00, 100_00)  # øre, krone, ten, fifty, a hundred
BOUNDS = ("least", "usual", "most")
SPANS = ("amount", "rate_percent", "instalments", "payment_free", "interest_only")


class ProductForm(Form):
    """Fields in, a draft out. What cannot be together is told beside the field that the domain names."""

    def __init__(self, product: Product) -> None:
        """`product` gives the currency and what stands in the fields at first."""
        super().__init__(columns=3)
        self._product = product
        self._read_only = False
        self._add_purpose()
        self._add_limits()
        self._add_repayment()
        self._add_interest()
        self._add_days()
        self._add_fees()
        self.rules = RulesFields(self)
        self._let_shrink()
        self._locks = self._make_locks()
        self.changed.connect(self._follow)
        self.show_product(product)

    # -- building

    def _add_purpose(self) -> None:
        self.add_section(_("What it is for"))
        self.product_name = self.add(
            TextField(
                "product_name",
                _("&Name"),
                longest=LONGEST_NAME,
                help_text=_("Stands in the calculator and on the loan."),
            ),
            wide=True,
        )
        self.description = self.add(
            MultilineField(
                "description",
                _("For whom and for what"),
                required=False,
                lines=3,
                longest=LONGEST_DESCRIPTION,
                help_text=_("For officers only."),
            ),
            wide=True,
        )

    def _add_limits(self) -> None:
        self.add_section(_("Limits and defaults"))
        currency = self._product.currency
        largest_rate = LARGEST_RATE_PERCENT
        usually, to = _("usually"), _("to")
        for name, first, whole in (
            ("amount", _("&Amount from"), _("Amount")),
            ("rate_percent", _("Nominal &rate from"), _("Nominal rate")),
            ("instalments", _("&Instalments from"), _("Instalments")),
            ("payment_free", _("Free of payment from"), _("Payment-free instalments")),
            ("interest_only", _("Interest only from"), _("Interest-only instalments")),
        ):
            for bound, shown in zip(BOUNDS, (first, usually, to), strict=True):
                field_name = f"{name}_{bound}"
                field: MoneyField | PercentField | CountField
                if name == "amount":
                    field = MoneyField(field_name, shown, currency)
                elif name == "rate_percent":
                    field = PercentField(field_name, shown, largest=largest_rate)
                else:
                    field = CountField(field_name, shown, largest=MOST_INSTALMENTS)
                if bound != "least":
                    field.editor.setAccessibleName(f"{whole}, {shown}")
                self.add(field)
        self.add_widget(
            label(
                _(
                    "Free of payment: the first instalments, in which nothing is paid. Interest only: the instalments "
                    "after them, in which the principal does not yet come back."
                ),
                "caption",
                wraps=True,
            )
        )
        self.payment_free_interest = self.add(
            ChoiceField(
                "payment_free_interest",
                _("Interest in payment-free time"),
                [(kept, words.payment_free_interest_word(kept)) for kept in PaymentFreeInterest],
            ),
            wide=True,
        )

    def _add_repayment(self) -> None:
        self.add_section(_("Repayment"))
        self.every = self.add(CountField("every", _("One instalment &every"), smallest=1, largest=3660))
        self.unit = self.add(ChoiceField("unit", _("Unit of time"), [(unit, unit_word(unit)) for unit in PeriodUnit]))
        self.add_widget(label(_("Repayment forms that may be chosen"), "label"))
        self.allowed = {
            form: self.add(YesNoField(f"allow_{form.name.lower()}", words.repayment_word(form)), wide=True)
            for form in Repayment
        }
        self.repayment = self.add(
            ChoiceField("repayment", _("Repayment &form proposed"), [(f, words.repayment_word(f)) for f in Repayment]),
            wide=True,
        )

    def _add_interest(self) -> None:
        self.add_section(_("Interest"))
        self.interest_method = self.add(
            ChoiceField(
                "interest_method",
                _("How interest is counted"),
                [(method, words.interest_method_word(method)) for method in InterestMethod],
            ),
            wide=True,
        )
        self.day_count = self.add(
            ChoiceField(
                "day_count", _("Counting of &days"), [(count, words.day_count_word(count)) for count in DayCount]
            ),
            wide=True,
        )

    def _add_days(self) -> None:
        self.add_section(_("Rounding and days"))
        self.multiple = self.add(ChoiceField[int]("instalment_multiple", _("Round instalments to"), []))
        self.rounding = self.add(
            ChoiceField("rounding", _("Half an øre"), [(rule, rounding_word(rule)) for rule in Rounding])
        )
        self.business_day_rule = self.add(
            ChoiceField(
                "business_day_rule",
                _("Due date on a &closed day"),
                [(rule, words.business_day_word(rule)) for rule in BusinessDayRule],
                help_text=_("In Norway the law moves it to the next open day."),
            ),
            wide=True,
        )
        self.calendar = self.add(
            ChoiceField("calendar", _("Public holidays of"), [(name, words.calendar_word(name)) for name in CALENDARS]),
            wide=True,
        )

    def _add_fees(self) -> None:
        currency = self._product.currency
        self.add_section(_("Fees"))
        self.establishment_fee = self.add(MoneyField("establishment_fee", _("E&stablishment fee"), currency))
        self.establishment_fee_percent = self.add(PercentField("establishment_fee_percent", _("Percent of the amount")))
        self.instalment_fee = self.add(MoneyField("instalment_fee", _("Instalment fee"), currency))
        self.establishment_fee_paid = self.add(
            ChoiceField(
                "establishment_fee_paid",
                _("How the establishment fee is paid"),
                [(paid, words.fee_paid_word(paid)) for paid in FeePaid],
            ),
            wide=True,
        )

    def _let_shrink(self) -> None:
        """Labels break and choices are cut before the form grows wider than its place."""
        for field in self.fields.values():
            field.label.setWordWrap(True)
            if isinstance(field, ChoiceField):
                field.box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                field.box.setMinimumContentsLength(8)

    def _make_locks(self) -> tuple[Lock, ...]:
        return (
            Lock.on(
                self.payment_free_interest,
                _("Locked: no instalment of this product is free of payment."),
                lambda: not self.fields["payment_free_most"].peek(),
            ),
            Lock.on(
                self.repayment,
                _("Locked: only one form may be chosen."),
                lambda: sum(field.value() for field in self.allowed.values()) == 1,
            ),
            Lock.on(
                self.calendar,
                _("Locked: no due date is moved, so no holidays are looked at."),
                lambda: self.business_day_rule.peek() is BusinessDayRule.NONE,
            ),
            Lock.on(
                self.establishment_fee_paid,
                _("Locked: there is no establishment fee."),
                lambda: not self.establishment_fee.peek() and not self.establishment_fee_percent.peek(),
            ),
            *self.rules.locks(),
        )

    # -- values

    def show_product(self, product: Product) -> None:
        """Show the rules of a product, in its own currency."""
        self._product = product
        for field in (self.establishment_fee, self.instalment_fee, *(self._money(bound) for bound in BOUNDS)):
            field.set_currency(product.currency)
        self.product_name.set_value(product.name)
        self.description.set_value(product.description)
        for name in SPANS:
            span: Span = getattr(product, name)
            for bound in BOUNDS:
                value: Decimal = getattr(span, bound)
                self.fields[f"{name}_{bound}"].set_value(
                    Money.from_decimal(value, product.currency)
                    if name == "amount"
                    else value
                    if name == "rate_percent"
                    else int(value)
                )
        self.payment_free_interest.set_value(product.payment_free_interest)
        self.every.set_value(product.every)
        self.unit.set_value(product.unit)
        for form, box in self.allowed.items():
            box.set_value(form in product.repayments_allowed)
        self.repayment.set_value(product.repayment)
        self.interest_method.set_value(product.interest_method)
        self.day_count.set_value(product.day_count)
        multiples = sorted({*MULTIPLES, product.instalment_multiple_minor})
        self.multiple.set_choices([(minor, multiple_word(minor, product)) for minor in multiples])
        self.multiple.set_value(product.instalment_multiple_minor)
        self.rounding.set_value(product.rounding)
        self.business_day_rule.set_value(product.business_day_rule)
        self.calendar.set_value(product.calendar)
        self.establishment_fee.set_value(Money(product.establishment_fee_minor, product.currency))
        self.establishment_fee_percent.set_value(product.establishment_fee_percent)
        self.instalment_fee.set_value(Money(product.instalment_fee_minor, product.currency))
        self.establishment_fee_paid.set_value(product.establishment_fee_paid)
        self.rules.show(product.rules)
        self.clear_errors()
        self._follow()

    def draft(self, name: str = "") -> Product:
        """What is filled in, as a version of the product shown; raises RuleError. `name` stands in for a missing one."""
        moves = self.business_day_rule.value() is not BusinessDayRule.NONE
        return replace(
            self._product,
            name=self.product_name.value() if self.product_name.text() or not name else name,
            description=self.description.value(),
            amount=self._span("amount"),
            rate_percent=self._span("rate_percent"),
            instalments=self._span("instalments"),
            payment_free=self._span("payment_free"),
            interest_only=self._span("interest_only"),
            payment_free_interest=self.payment_free_interest.value(),
            every=self.every.value(),
            unit=self.unit.value(),
            repayments_allowed=frozenset(form for form, field in self.allowed.items() if field.value()),
            repayment=self.repayment.value(),
            interest_method=self.interest_method.value(),
            day_count=self.day_count.value(),
            instalment_multiple_minor=self.multiple.value(),
            rounding=self.rounding.value(),
            business_day_rule=self.business_day_rule.value(),
            calendar=self.calendar.value() if moves else None,
            establishment_fee_minor=self.establishment_fee.value().minor,
            establishment_fee_percent=self.establishment_fee_percent.value(),
            establishment_fee_paid=self.establishment_fee_paid.value(),
            instalment_fee_minor=self.instalment_fee.value().minor,
            rules=self.rules.rules(),
        )

    def _money(self, bound: str) -> MoneyField:
        field = self.fields[f"amount_{bound}"]
        assert isinstance(field, MoneyField)
        return field

    def _span(self, name: str) -> Span:
        values = {}
        for bound in BOUNDS:
            value = self.fields[f"{name}_{bound}"].value()
            values[bound] = value.to_decimal() if isinstance(value, Money) else Decimal(value)
        try:
            return Span(**values)
        except InvalidValue as error:
            raise InvalidValue(f"{name}_{error.field}", error.problem, error.limit) from None

    # -- what follows what

    def set_read_only(self, read_only: bool) -> None:
        """Show everything without letting anyone change it."""
        self._read_only = read_only
        for field in self.fields.values():
            field.set_read_only(read_only)
        self._follow()

    def _follow(self) -> None:
        """Lock what another choice makes needless; a single form allowed is the one proposed."""
        allowed = [form for form, field in self.allowed.items() if field.value()]
        if len(allowed) == 1:
            self.repayment.set_value(allowed[0])
        if self.business_day_rule.peek() is not BusinessDayRule.NONE and self.calendar.is_empty():
            self.calendar.set_value(self._product.calendar)
        for lock in self._locks:
            lock.follow(read_only=self._read_only)

    def check_all(self) -> bool:
        """Check every field; one that is locked is right as it is."""
        locked = [lock.field for lock in self._locks if lock.holds()]
        right = super().check_all()
        for field in locked:
            field.clear_error()
        return right or self.first_error is None

    def show_problem(self, error: MikrolaanError) -> None:
        if isinstance(error, RuleError) and error.field == "repayments_allowed":
            self.set_error("allow_annuity", _("Tick at least one form."))
        elif isinstance(error, InvalidValue) and error.field == "repayment":
            self.set_error("repayment", _("Choose one of the forms that are ticked above."))
        else:
            super().show_problem(error)

    def mark(self, error: RuleError) -> None:
        """Show a sentence beside the field without moving the cursor; nothing where the field is not here."""
        field = self.fields.get(error.field)
        if field is not None:
            field.set_error(sentence_for(error))
