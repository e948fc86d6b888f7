"""The office's own rows over the law's tables: what they replace, what stays, and which half-years have no rate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.collection_fees import CollectionLetter, FeeRow, fee_for
from mikrolaan.domain.errors import InvalidValue
from mikrolaan.domain.journal import Fee
from mikrolaan.domain.law_tables import (
    LawPeriodTaken,
    OwnFee,
    OwnRate,
    check_free,
    fees_with,
    half_year,
    rates_with,
    unknown_half_years,
)
from mikrolaan.domain.loan_rules import LoanRules
from mikrolaan.domain.money import Currency
from mikrolaan.domain.rate_table import RateRow, RateTable
from mikrolaan.domain.shipped_tables import shipped_fees, shipped_rates
from mikrolaan.domain.statement import statement
from tests.builders import a_loan, nok, paid_out, recorded, terms

SECOND_HALF = (date(2026, 7, 1), date(2026, 12, 31))


def own_rate(first: date, last: date, percent: str, **more) -> OwnRate:
    return OwnRate(uuid4(), RateRow(first, last, Decimal(percent), "Norges Bank"), **more)


def own_fee(first: date, last: date | None, amount: int, letter=CollectionLetter.REMINDER) -> OwnFee:
    return OwnFee(uuid4(), FeeRow(letter, first, last, Decimal(amount), source="Stortinget"))


def test_a_rate_that_the_office_enters_fills_the_half_year_that_was_not_known():
    shipped = shipped_rates("no")

    table = rates_with(shipped, [own_rate(*SECOND_HALF, "12.25")])

    row = table.on(date(2026, 11, 22))
    assert row == RateRow(*SECOND_HALF, Decimal("12.25"), "Norges Bank")
    assert table.on(date(2026, 6, 30)) == shipped.on(date(2026, 6, 30))
    assert len(table.rows) == len(shipped.rows)


def test_a_correction_of_a_part_leaves_the_rest_of_the_shipped_row():
    table = rates_with(shipped_rates("no"), [own_rate(date(2026, 2, 1), date(2026, 2, 28), "13")])

    percents = [(row.first, row.last, row.percent) for row in table.rows if row.first.year == 2026]
    assert percents[:3] == [
        (date(2026, 1, 1), date(2026, 1, 31), Decimal("12.00")),
        (date(2026, 2, 1), date(2026, 2, 28), Decimal(13)),
        (date(2026, 3, 1), date(2026, 6, 30), Decimal("12.00")),
    ]


def test_without_rows_of_its_own_the_office_has_the_shipped_table_itself():
    withdrawn = own_rate(*SECOND_HALF, "12.25", is_withdrawn=True)

    assert rates_with(shipped_rates("no"), [withdrawn]) is shipped_rates("no")
    assert fees_with(shipped_fees(Currency.NOK), []) is shipped_fees(Currency.NOK)


def test_a_fee_of_the_office_replaces_only_fees_of_its_own_kind_of_letter():
    table = fees_with(shipped_fees(Currency.NOK), [own_fee(date(2027, 1, 1), None, 40)])

    assert fee_for(table, CollectionLetter.REMINDER, date(2026, 12, 31)) == nok(38)
    assert fee_for(table, CollectionLetter.REMINDER, date(2027, 1, 1)) == nok(40)
    assert fee_for(table, CollectionLetter.NOTICE, date(2027, 1, 1)) == nok(38)


def test_two_rows_of_the_office_never_hold_for_the_same_day():
    first = own_rate(*SECOND_HALF, "12.25")

    with pytest.raises(LawPeriodTaken) as refused:
        check_free(own_rate(date(2026, 12, 31), date(2027, 6, 30), "12"), [first])
    assert (refused.value.taken_from, refused.value.taken_to) == SECOND_HALF
    check_free(own_rate(date(2027, 1, 1), date(2027, 6, 30), "12"), [first])
    check_free(first, [first])
    check_free(own_fee(date(2026, 1, 1), None, 40), [own_fee(date(2026, 1, 1), None, 120, CollectionLetter.DEMAND)])
    with pytest.raises(LawPeriodTaken):
        check_free(own_fee(date(2029, 1, 1), None, 41), [own_fee(date(2026, 1, 1), None, 40)])


def test_half_years_without_a_rate_are_told_and_never_guessed():
    shipped = shipped_rates("no")

    assert unknown_half_years(shipped, date(2026, 3, 1)) == (SECOND_HALF,)
    assert unknown_half_years(shipped, date(2026, 11, 22)) == (SECOND_HALF, half_year(date(2027, 1, 1)))
    known = rates_with(shipped, [own_rate(*SECOND_HALF, "12.25")])
    assert unknown_half_years(known, date(2026, 11, 22)) == (half_year(date(2027, 3, 3)),)
    in_part = rates_with(shipped, [own_rate(date(2026, 7, 1), date(2026, 9, 30), "12.25")])
    assert unknown_half_years(in_part, date(2026, 3, 1)) == (SECOND_HALF,)


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.lists(st.tuples(days, days, st.integers(0, 40)), max_size=4), days)
def test_on_every_day_the_office_s_own_rate_holds_and_elsewhere_the_shipped_one(spans, day):
    own: list[OwnRate] = []
    for one, other, percent in spans:
        wanted = own_rate(min(one, other), max(one, other), str(percent))
        try:
            check_free(wanted, own)
        except LawPeriodTaken:
            continue
        own.append(wanted)

    table = rates_with(shipped_rates("no"), own)

    covering = [one.row.percent for one in own if one.row.first <= day <= one.row.last]
    shipped = shipped_rates("no").on(day)
    row = table.on(day)
    assert (row.percent if row else None) == (covering[0] if covering else shipped.percent if shipped else None)
    assert all(earlier.last < later.first for earlier, later in zip(table.rows, table.rows[1:], strict=False))


def test_a_table_equals_another_with_the_same_rows_and_a_last_day_for_ever_is_refused():
    rows = (RateRow(*SECOND_HALF, Decimal("12.25")),)

    assert LoanRules(statutory=RateTable("no", rows)) == LoanRules(statutory=RateTable("no", tuple(rows)))
    assert hash(RateTable("no", rows)) == hash(RateTable("no", tuple(rows)))
    assert LoanRules(statutory=RateTable("no", rows)) != LoanRules()
    for percent, last in ((Decimal(1), date.max), (Decimal("1.23456"), date(2027, 1, 1)), (Decimal(-1), date.max)):
        with pytest.raises(InvalidValue):
            RateRow(date(2026, 7, 1), last, percent)


def test_late_interest_is_computed_with_the_rate_that_the_office_entered():
    loan = paid_out(a_loan())  # 1 000 on the 15th of every month from February 2026, none of it paid
    table = rates_with(shipped_rates("no"), [own_rate(*SECOND_HALF, "12.25")])
    known = replace(loan, rules=LoanRules(statutory=table))

    as_shipped, as_entered = statement(loan, date(2026, 7, 10)), statement(known, date(2026, 7, 10))

    (missing,) = as_shipped.missing_rates
    assert (missing.first, missing.last) == (date(2026, 7, 1), date(2026, 7, 10))
    assert as_entered.missing_rates == ()
    more = as_entered.late_interest - as_shipped.late_interest
    assert abs(more.minor - 16_78) <= 1  # 5 000 × 12.25 % × 10 / 365; the sum is rounded, not the part


def test_late_interest_after_days_without_a_rate_counts_once_whatever_happened_on_them():
    table = RateTable("no", (RateRow(date(2026, 7, 1), date(2026, 12, 31), Decimal(10)),))
    loan = paid_out(a_loan(terms=terms(principal=nok(1_000), instalments=1), rules=LoanRules(statutory=table)))
    for month in (3, 4, 5):  # due since 15 February; fees bear no late interest
        on = date(2026, month, 1)
        loan = loan.with_entry(Fee(uuid4(), on, nok(35), on, recorded()))

    assert statement(loan, date(2026, 6, 30)).late_interest == nok(0)
    assert statement(loan, date(2026, 9, 11)).late_interest == nok(20)  # 1 000 × 10 % × 73/365
