"""The part of the product form that says how a loan lives: interest, payments, early repayment, being late."""

from __future__ import annotations

from decimal import Decimal

from mikrolaan.domain.loan_rules import (
    LARGEST_LATE_PERCENT,
    LONGEST_RATE_NOTICE_MONTHS,
    NORWEGIAN_ORDER,
    EarlyRepayment,
    InterestRule,
    LateInterest,
    LateInterestBase,
    LoanRules,
    Part,
)
from mikrolaan.i18n import _
from mikrolaan.ui.loans.entry_words import early_repayment_word
from mikrolaan.ui.products.locks import Lock
from mikrolaan.ui.products.rule_words import (
    allocation_word,
    interest_rule_word,
    late_interest_base_word,
    late_interest_word,
)
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.value_fields import ChoiceField, CountField, PercentField, YesNoField

Order = tuple[Part, ...]
_FEES, _LATE, _INTEREST, _PRINCIPAL = Part
ORDERS: tuple[Order, ...] = (
    NORWEGIAN_ORDER,
    (_FEES, _INTEREST, _LATE, _PRINCIPAL),
    (_FEES, _INTEREST, _PRINCIPAL, _LATE),
    (_INTEREST, _PRINCIPAL, _FEES, _LATE),
    (_PRINCIPAL, _INTEREST, _FEES, _LATE),
)


class RulesFields:
    """Adds its fields to a form; rules in, rules out."""

    def __init__(self, form: Form) -> None:
        form.add_section(_("While the loan runs"))
        self.interest = form.add(
            ChoiceField(
                "interest_rule",
                _("Interest of an instalment"),
                [(rule, interest_rule_word(rule)) for rule in InterestRule],
            ),
            wide=True,
        )
        self.allocation = form.add(
            ChoiceField[Order](
                "allocation",
                _("A &payment settles, in this order"),
                [],
                help_text=_("The oldest instalment that is due comes first; this is the order within it."),
            ),
            wide=True,
        )
        self.early_repayment = form.add(
            ChoiceField(
                "early_repayment",
                _("When more than what is due is paid"),
                [(rule, early_repayment_word(rule)) for rule in EarlyRepayment],
                help_text=_("May be chosen anew with each payment."),
            ),
            wide=True,
        )
        self._add_late(form)

    def _add_late(self, form: Form) -> None:
        self.late_interest = form.add(
            ChoiceField("late_interest", _("&Late interest"), [(k, late_interest_word(k)) for k in LateInterest]),
            wide=True,
        )
        self.base = form.add(
            ChoiceField(
                "late_interest_base",
                _("Late interest is asked of"),
                [(base, late_interest_base_word(base)) for base in LateInterestBase],
            ),
            wide=True,
        )
        self.percent = form.add(
            PercentField("late_interest_percent", _("Agreed late interest"), largest=LARGEST_LATE_PERCENT)
        )
        self.notice = form.add(
            CountField(
                "rate_notice_months",
                _("Notice of a higher rate"),
                unit=_("months"),
                smallest=0,
                largest=LONGEST_RATE_NOTICE_MONTHS,
                help_text=_("In Norway the law asks for two. 0: none."),
            )
        )
        self.reminder_fees = form.add(
            YesNoField(
                "reminder_fees",
                _("Reminders may cost what the law allows"),
                help_text=_("The amounts stand under Rates and fees in the settings."),
            ),
            wide=True,
        )

    def locks(self) -> tuple[Lock, ...]:
        """What the choice of late interest makes needless."""
        return (
            Lock.on(
                self.percent,
                _("Locked: the contract fixes no rate of its own."),
                lambda: self.late_interest.peek() is not LateInterest.AGREED,
            ),
            Lock.on(
                self.base,
                _("Locked: no late interest is asked for."),
                lambda: self.late_interest.peek() is LateInterest.NONE,
            ),
        )

    def show(self, rules: LoanRules) -> None:
        """Put rules into the fields."""
        orders = ORDERS if rules.allocation in ORDERS else (*ORDERS, rules.allocation)
        self.interest.set_value(rules.interest)
        self.allocation.set_choices([(order, allocation_word(order)) for order in orders])
        self.allocation.set_value(rules.allocation)
        self.early_repayment.set_value(rules.early_repayment)
        self.late_interest.set_value(rules.late_interest)
        self.percent.set_value(rules.late_interest_percent)
        self.base.set_value(rules.late_interest_base)
        self.notice.set_value(rules.rate_notice_months)
        self.reminder_fees.set_value(rules.reminder_fees)

    def rules(self) -> LoanRules:
        """What is filled in; raises RuleError with the name of a field."""
        late = self.late_interest.value()
        percent: Decimal | None = self.percent.value() if late is LateInterest.AGREED else None
        return LoanRules(
            interest=self.interest.value(),
            allocation=self.allocation.value(),
            early_repayment=self.early_repayment.value(),
            late_interest=late,
            late_interest_percent=percent,
            late_interest_base=self.base.value(),
            reminder_fees=self.reminder_fees.value(),
            rate_notice_months=self.notice.value(),
        )
