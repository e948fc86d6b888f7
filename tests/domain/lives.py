"""Random lives of a loan: what can happen to it, for the laws that every journal keeps to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import strategies as st

from mikrolaan.domain.journal import (
    Entry,
    Fee,
    HolidayInterest,
    NewPlan,
    Payment,
    PaymentHoliday,
    RateChange,
    Recovery,
    Refund,
    Waived,
    Waiver,
    WriteOff,
)
from mikrolaan.domain.loan_rules import EarlyRepayment, InterestRule, LateInterest, LateInterestBase, LoanRules, Part
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.terms import DayCount, FeePaid, PaymentFreeInterest, Repayment, Terms
from tests.builders import PAID_OUT_ON, nok, recorded
from tests.domain.terms_space import by_hand

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
