"""The whole space of terms, for laws that hold for every loan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import Currency, Money, Rounding
from mikrolaan.domain.plan import make_plan
from mikrolaan.domain.terms import (
    CALENDARS,
    LONGEST_CLOSING,
    BusinessDayRule,
    DayCount,
    FeePaid,
    InterestMethod,
    PaymentFreeInterest,
    PeriodUnit,
    Repayment,
    Terms,
    Tranche,
)

ORDINARY_RATES = st.decimals(min_value=0, max_value=60, places=3)
EVERY = {PeriodUnit.DAYS: 45, PeriodUnit.WEEKS: 8, PeriodUnit.MONTHS: 6}


@st.composite
def any_terms(draw: st.DrawFn, most_instalments: int = 48, rates: st.SearchStrategy[Decimal] = ORDINARY_RATES) -> Terms:
    """Terms of every combination, each valid."""
    currency = draw(st.sampled_from(Currency))
    principal = draw(st.integers(100_000, 100_000_000))
    disbursed_on = draw(st.dates(date(1999, 1, 1), date(2040, 12, 31)))
    unit = draw(st.sampled_from(PeriodUnit))
    instalments = draw(st.integers(1, most_instalments))
    free = draw(st.integers(0, min(6, instalments - 1)))
    interest_only = draw(st.integers(0, min(6, instalments - free - 1)))
    first_after = draw(st.none() | st.integers(1, 120))
    rule = draw(st.sampled_from(BusinessDayRule))
    calendar = draw(st.sampled_from(CALENDARS) if rule is not BusinessDayRule.NONE else st.none())
    parts = draw(st.lists(st.integers(1, 90), max_size=3)) if draw(st.booleans()) else []
    plain = Terms(
        principal=Money(principal, currency),
        annual_rate_percent=draw(rates),
        disbursed_on=disbursed_on,
        instalments=instalments,
        every=draw(st.integers(1, EVERY[unit])),
        unit=unit,
        first_due_on=None if first_after is None else disbursed_on + timedelta(days=first_after),
        due_day=draw(st.none() | st.integers(1, 31)) if unit is PeriodUnit.MONTHS else None,
        repayment=draw(st.sampled_from(Repayment)),
        interest_method=draw(st.sampled_from(InterestMethod)),
        day_count=draw(st.sampled_from(DayCount)),
        interest_only_instalments=interest_only,
        payment_free_instalments=free,
        payment_free_interest=draw(st.sampled_from(PaymentFreeInterest)),
        instalment_multiple_minor=draw(st.sampled_from((1, 100, 1000, 5000, 10000))),
        rounding=draw(st.sampled_from(Rounding)),
        business_day_rule=rule,
        calendar=calendar,
        establishment_fee_minor=draw(st.sampled_from((0, 50_00))),
        establishment_fee_paid=draw(st.sampled_from(FeePaid)),
        instalment_fee_minor=draw(st.sampled_from((0, 35_00))),
    )
    return by_hand(draw, with_tranches(plain, parts))


def by_hand(draw: st.DrawFn, terms: Terms) -> Terms:
    """The same loan with a season, or with principals agreed one by one, where its form allows it."""
    way = draw(st.sampled_from(("form", "season", "agreed")))
    if way == "form" or terms.repayment not in (Repayment.ANNUITY, Repayment.SERIAL):
        return terms
    if way == "agreed":
        principals = list(make_plan(terms).principals_minor)
        for first, later in draw(st.lists(st.tuples(st.integers(0, 47), st.integers(0, 47)), max_size=8)):
            sooner, then = sorted((first % terms.instalments, later % terms.instalments))
            part = principals[sooner] // 3  # put off: never more than is owed, wherever the loan is paid out in parts
            principals[sooner] -= part
            principals[then] += part
        return replace(terms, agreed_principals_minor=tuple(principals))
    try:
        seasonal = replace(terms, months_without_principal=draw(st.frozensets(st.integers(1, 12), max_size=11)))
        make_plan(seasonal)
    except InvalidValue as error:
        assert (error.field, error.problem) == ("months_without_principal", Problem.DOES_NOT_REPAY)
        return terms
    return seasonal


def with_tranches(terms: Terms, days_after: list[int]) -> Terms:
    """The same loan paid out in parts, the later ones so many days after the one before, where dates allow it."""
    days = [terms.disbursed_on]
    for gap in days_after:
        days.append(days[-1] + timedelta(days=gap))
    days = [day for day in days if day < terms.last_nominal_due_on - LONGEST_CLOSING]
    if len(days) < 2:
        return terms
    share = terms.principal.minor // len(days)
    amounts = [terms.principal.minor - share * (len(days) - 1), *([share] * (len(days) - 1))]
    tranches = tuple(Tranche(day, Money(amount, terms.currency)) for day, amount in zip(days, amounts, strict=True))
    fields = {name: getattr(terms, name) for name in Terms.__dataclass_fields__}
    return Terms(**{**fields, "tranches": tranches})
