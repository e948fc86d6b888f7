"""Random lives of a loan: what can happen to it, for the laws that every journal keeps to."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import assume
from hypothesis import strategies as st

from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.journal import (
    Entry,
    Fee,
    HolidayInterest,
    NewPlan,
    Payment,
    PaymentHoliday,
    Payout,
    RateChange,
    Recovery,
    Refund,
    Waived,
    Waiver,
    WriteOff,
)
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.loan_rules import EarlyRepayment, InterestRule, LateInterest, LateInterestBase, LoanRules, Part
from mikrolaan.domain.money import Currency, Money, Rounding
from mikrolaan.domain.statement import statement
from mikrolaan.domain.terms import (
    BusinessDayRule,
    DayCount,
    FeePaid,
    InterestMethod,
    PaymentFreeInterest,
    PeriodUnit,
    Repayment,
    Terms,
)
from tests.builders import PAID_OUT_ON, a_loan, nok, recorded, signed
from tests.domain.terms_space import by_hand, with_tranches

LIFE = timedelta(days=600)

rules = st.builds(
    LoanRules,
    interest=st.sampled_from(InterestRule),
    allocation=st.permutations(list(Part)).map(tuple),
    early_repayment=st.sampled_from(EarlyRepayment),
    late_interest=st.sampled_from((LateInterest.NONE, LateInterest.STATUTORY)),
    late_interest_base=st.sampled_from(LateInterestBase),
)
_by_form = st.builds(
    Terms,
    principal=st.just(nok(12_000)),
    annual_rate_percent=st.sampled_from((Decimal(0), Decimal("7.25"), Decimal(24))),
    disbursed_on=st.just(PAID_OUT_ON),
    instalments=st.sampled_from((3, 6, 12)),
    repayment=st.sampled_from(Repayment),
    day_count=st.sampled_from(DayCount),
    interest_only_instalments=st.sampled_from((0, 0, 1)),
    payment_free_instalments=st.sampled_from((0, 0, 1)),
    payment_free_interest=st.sampled_from(PaymentFreeInterest),
    establishment_fee_minor=st.sampled_from((0, 500_00)),
    establishment_fee_paid=st.sampled_from(FeePaid),
    instalment_fee_minor=st.sampled_from((0, 35_00)),
)


@st.composite
def _any_terms(draw: st.DrawFn) -> Terms:
    return by_hand(draw, draw(_by_form))


terms = _any_terms()
amounts = st.one_of(st.integers(1, 200_000), st.integers(1, 1_500_000)).map(lambda minor: Money(minor, Currency.NOK))
days = st.integers(0, LIFE.days).map(lambda count: PAID_OUT_ON + timedelta(days=count))
_ids = st.integers(1, 2**64).map(lambda number: UUID(int=number))
_own = {"id": _ids, "on": days, "recorded": st.just(recorded())}

payments = st.builds(
    Payment, **_own, amount=amounts, early_repayment=st.none() | st.sampled_from(EarlyRepayment)
)  # the commonest thing to happen
others: st.SearchStrategy[Entry] = st.one_of(
    st.builds(Fee, **_own, amount=amounts, due_on=days),
    st.builds(RateChange, **_own, annual_rate_percent=st.sampled_from((Decimal(0), Decimal(9), Decimal(15)))),
    st.builds(PaymentHoliday, **_own, instalments=st.integers(1, 4), interest=st.sampled_from(HolidayInterest)),
    st.builds(Waiver, **_own, of=st.sampled_from(Waived), amount=amounts),
    st.builds(WriteOff, **_own, amount=amounts),
    st.builds(Recovery, **_own, amount=amounts),
    st.builds(Refund, **_own, amount=amounts),
)
entries: st.SearchStrategy[Entry] = st.one_of(payments, payments, others)


def a_new_plan(number: int, on: date, principal: Money, base: Terms) -> NewPlan:
    """A new plan of six months from that day, for what is outstanding."""
    chosen = replace(base.by_form, principal=principal, disbursed_on=on, instalments=6, first_due_on=None, tranches=())
    chosen = replace(chosen, establishment_fee_minor=0, payment_free_instalments=0, interest_only_instalments=0)
    return NewPlan(UUID(int=number), on, chosen, recorded())


_rich_rules = st.builds(
    lambda chosen, late: replace(
        chosen, late_interest=late, late_interest_percent=Decimal(12) if late is LateInterest.AGREED else None
    ),
    rules,
    st.sampled_from(LateInterest),
)
_EVERY = {PeriodUnit.DAYS: (10, 30), PeriodUnit.WEEKS: (1, 4), PeriodUnit.MONTHS: (1, 1, 3)}
_PART = st.tuples(st.integers(0, 200), st.none() | st.integers(1, 100))  # days after, percent of the loan or the rest
_payouts = st.one_of(st.just([(0, None)]), st.lists(_PART, min_size=1, max_size=3))


@st.composite
def _rich_terms(draw: st.DrawFn) -> Terms:
    unit, rule = draw(st.sampled_from(PeriodUnit)), draw(st.sampled_from(BusinessDayRule))
    instalments = draw(st.sampled_from((1, 2, 3, 6, 12)))
    free = min(draw(st.sampled_from((0, 0, 0, 1, 2))), instalments - 1)
    chosen = replace(
        draw(_by_form),
        instalments=instalments,
        every=draw(st.sampled_from(_EVERY[unit])),
        unit=unit,
        first_due_on=draw(st.none() | st.integers(1, 100).map(lambda count: PAID_OUT_ON + timedelta(days=count))),
        interest_method=draw(st.sampled_from(InterestMethod)),
        payment_free_instalments=free,
        interest_only_instalments=min(draw(st.sampled_from((0, 0, 1, 2))), instalments - 1 - free),
        rounding=draw(st.sampled_from(Rounding)),
        instalment_multiple_minor=draw(st.sampled_from((1, 1, 5000))),
        business_day_rule=rule,
        calendar=None if rule is BusinessDayRule.NONE else "NO",
    )
    return by_hand(draw, with_tranches(chosen, draw(st.lists(st.integers(0, 60), max_size=2))))


@st.composite
def _rest(draw: st.DrawFn) -> tuple[str, date]:
    """A payment of what is asked for next, of the payoff amount or of the principal alone, or a new plan, on a day."""
    return draw(st.sampled_from(("next", "payoff", "principal", "plan"))), draw(days)


@st.composite
def whole(draw: st.DrawFn) -> Loan:
    """A loan with a life: every kind of terms and rules, paid out at once, in parts or in part only."""
    loan = signed(a_loan(terms=draw(_rich_terms()), rules=draw(_rich_rules)))
    planned = loan.plan().paid_out
    for number, (after, percent) in enumerate(draw(_payouts)):
        amount = loan.left_to_pay_out.minor if percent is None else max(1, planned.minor * percent // 100)
        with suppress(RuleError):
            on = PAID_OUT_ON + timedelta(days=after)
            part = Money(min(amount, loan.left_to_pay_out.minor), Currency.NOK)
            loan = loan.with_entry(Payout(UUID(int=2**70 + number), on, part, recorded()))
    assume(loan.paid_out_on is not None)
    for number, one in enumerate(draw(st.lists(st.one_of(payments, _rest(), others), max_size=9))):
        with suppress(RuleError):
            entry = _worked_out(loan, one, number) if isinstance(one, tuple) else one
            if entry is not None and entry.id not in {known.id for known in loan.journal.entries}:
                loan = loan.with_entry(entry)
    return loan


def _worked_out(loan: Loan, one: tuple[str, date], number: int) -> Entry | None:
    what, on = one
    told = statement(loan, on)
    if what == "plan" and told.outstanding_principal:
        return a_new_plan(2**100 + number, on, told.outstanding_principal, loan.terms)
    asked = told.next_due.unpaid if told.next_due else Money(0, Currency.NOK)
    amount = {"next": asked, "payoff": told.payoff_amount, "principal": told.outstanding_principal}.get(what)
    return Payment(UUID(int=2**101 + number), on, amount, recorded()) if amount else None
