"""What letters about an overdue claim may cost: the dated tables, days of waiting, and how many fees a claim bears."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from mikrolaan.domain.collection_fees import (
    CollectionLetter,
    FeeRow,
    FeeTable,
    SentLetter,
    chargeable,
    earliest_fee_on,
    fee_for,
    rule_for,
)
from mikrolaan.domain.errors import InvalidValue
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.shipped_tables import shipped_fees

REMINDER, NOTICE, DEMAND, PLAN = CollectionLetter
NO, SE, DK = (shipped_fees(currency) for currency in (Currency.NOK, Currency.SEK, Currency.DKK))
DUE = date(2026, 3, 2)


def after(days: int) -> date:
    return DUE + timedelta(days=days)


@pytest.mark.parametrize(
    ("table", "letter", "sent_on", "minor"),
    [
        (NO, REMINDER, date(2026, 1, 1), 38_00),  # 750 / 20 = 37.50, to the nearest krone
        (NO, NOTICE, date(2026, 5, 1), 38_00),
        (NO, DEMAND, date(2026, 5, 1), 113_00),  # 750 × 3 / 20 = 112.50
        (NO, REMINDER, date(2025, 12, 31), 35_00),
        (NO, DEMAND, date(2020, 9, 30), 210_00),
        (SE, REMINDER, date(2026, 5, 1), 60_00),
        (SE, NOTICE, date(2026, 5, 1), 180_00),
        (SE, PLAN, date(2026, 5, 1), 170_00),
        (DK, REMINDER, date(2026, 5, 1), 100_00),
    ],
)
def test_a_letter_costs_what_the_table_says_on_the_day_it_is_sent(table, letter, sent_on, minor):
    assert fee_for(table, letter, sent_on) == Money(minor, table.currency)


def test_where_the_table_knows_no_fee_none_is_asked():
    assert fee_for(NO, REMINDER, date(2008, 6, 1)) is None  # the figures of 2008 were not found
    assert fee_for(NO, PLAN, date(2026, 5, 1)) is None
    assert chargeable(NO, REMINDER, date(2008, 6, 1), date(2008, 1, 1)) is None
    assert earliest_fee_on(NO, PLAN, DUE, (), after(30)) is None
    assert shipped_fees(Currency.EUR).rows == ()


@pytest.mark.parametrize("table", [NO, SE, DK])
def test_every_shipped_row_tells_its_source_and_overlaps_no_other(table: FeeTable):
    for letter in CollectionLetter:
        rows = [row for row in table.rows if row.letter is letter]
        for earlier, later in pairwise(rows):
            assert earlier.last is not None
            assert earlier.last < later.first
    assert all(row.source for row in table.rows)
    assert rule_for(table, REMINDER, date(2026, 11, 22)) is not None


def test_in_norway_a_reminder_may_cost_from_the_fourteenth_day_after_the_due_date():
    assert earliest_fee_on(NO, REMINDER, DUE, (), after(3)) == date(2026, 3, 16)
    assert chargeable(NO, REMINDER, after(13), DUE) is None
    assert chargeable(NO, REMINDER, after(14), DUE) == Money(38_00, Currency.NOK)


def test_the_next_letter_waits_until_the_deadline_of_the_one_before_has_passed():
    first = SentLetter(REMINDER, after(14))

    assert chargeable(NO, REMINDER, after(27), DUE, [first]) is None
    assert chargeable(NO, REMINDER, after(28), DUE, [first]) == Money(38_00, Currency.NOK)


def test_in_norway_a_claim_bears_two_small_fees_and_one_for_a_demand():
    two = [SentLetter(REMINDER, after(14)), SentLetter(REMINDER, after(28))]
    both = [SentLetter(REMINDER, after(14)), SentLetter(NOTICE, after(28))]

    assert chargeable(NO, REMINDER, after(42), DUE, two) is None
    assert chargeable(NO, NOTICE, after(42), DUE, two) is None  # a third of the small fees
    for sent in (two, both):
        assert chargeable(NO, DEMAND, after(42), DUE, sent) == Money(113_00, Currency.NOK)
        assert chargeable(NO, DEMAND, after(60), DUE, [*sent, SentLetter(DEMAND, after(42))]) is None


def test_a_letter_that_went_out_without_a_fee_does_not_count_among_the_fees():
    free = [SentLetter(REMINDER, after(1), had_fee=False), SentLetter(REMINDER, after(15))]

    assert chargeable(NO, NOTICE, after(29), DUE, free) == Money(38_00, Currency.NOK)


def test_after_six_months_the_counting_begins_anew():
    two = [SentLetter(REMINDER, date(2026, 3, 16)), SentLetter(REMINDER, date(2026, 3, 30))]

    assert chargeable(NO, REMINDER, date(2026, 9, 15), DUE, two) is None
    assert chargeable(NO, REMINDER, date(2026, 9, 16), DUE, two) == Money(38_00, Currency.NOK)


def test_in_denmark_three_reminders_may_cost_ten_days_apart():
    sent = [SentLetter(REMINDER, after(1)), SentLetter(REMINDER, after(11))]

    assert chargeable(DK, REMINDER, after(20), DUE, sent) is None
    assert chargeable(DK, REMINDER, after(21), DUE, sent) == Money(100_00, Currency.DKK)
    assert chargeable(DK, REMINDER, after(40), DUE, [*sent, SentLetter(REMINDER, after(21))]) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("last", date(2025, 12, 31)),
        ("amount", Decimal("-1")),
        ("amount", Decimal("37.555")),
        ("amount", Decimal("NaN")),
        ("waiting_days", -1),
        ("most", 21),
        ("source", "x" * 501),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_names_its_field(field, value):
    values = {"last": None, "amount": Decimal(38), field: value}

    with pytest.raises(InvalidValue) as refused:
        FeeRow(REMINDER, date(2026, 1, 1), **values)

    assert refused.value.field == field
