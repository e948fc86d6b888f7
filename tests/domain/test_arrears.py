"""Arrears on a day: what is overdue, since when, and who must be told."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.arrears import (
    Age,
    age_of,
    arrears_of,
    arrears_on,
    coming_due,
    overdue_lines,
)
from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.journal import Entry, Fee
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.loan_rules import LateInterest, LoanRules
from mikrolaan.domain.statement import statement
from mikrolaan.domain.terms import Terms
from tests.builders import PAID_OUT_ON, a_loan, nok, paid_out, payment, recorded
from tests.domain import lives

FEBRUARY, MARCH = date(2026, 2, 15), date(2026, 3, 15)


@pytest.mark.parametrize(
    ("days", "age"),
    [(1, Age.TO_30), (30, Age.TO_30), (31, Age.TO_60), (60, Age.TO_60), (90, Age.TO_90), (91, Age.OVER_90)],
)
def test_arrears_are_grouped_by_the_days_past_due(days: int, age: Age) -> None:
    assert age_of(days) is age


def test_what_falls_due_today_is_not_overdue_before_tomorrow() -> None:
    loan = paid_out(a_loan())

    assert arrears_of(loan, FEBRUARY) is None
    tomorrow = arrears_of(loan, FEBRUARY + timedelta(days=1))
    assert tomorrow is not None
    assert (tomorrow.overdue, tomorrow.since, tomorrow.days) == (nok(1_000), FEBRUARY, 1)


def test_a_part_payment_lowers_the_arrears_and_leaves_their_age() -> None:
    loan = paid_out(a_loan(rules=LoanRules(late_interest=LateInterest.NONE)))
    loan = loan.with_entry(payment(nok(400), date(2026, 2, 20)))

    arrears = arrears_of(loan, date(2026, 3, 16))

    assert arrears is not None
    assert (arrears.overdue, arrears.since, arrears.days) == (nok(1_600), FEBRUARY, 29)


def test_a_reminder_fee_is_overdue_from_its_own_day() -> None:
    loan = paid_out(a_loan()).with_entry(payment(nok(1_000), FEBRUARY))
    loan = loan.with_entry(Fee(UUID(int=9), date(2026, 2, 20), nok(38), date(2026, 3, 1), recorded()))

    lines = overdue_lines(loan, date(2026, 3, 2))

    assert [(line.number, line.due_on, line.unpaid) for line in lines] == [(None, date(2026, 3, 1), nok(38))]
    assert statement(loan, date(2026, 3, 2)).days_past_due == 1


@st.composite
def lived(draw: st.DrawFn) -> Loan:
    terms: Terms = draw(lives.terms)
    rules: LoanRules = draw(lives.rules)
    loan = paid_out(a_loan(terms=terms, rules=rules))
    happened: list[Entry] = draw(st.lists(lives.entries, max_size=6))
    for entry in happened:
        try:
            loan = loan.with_entry(entry)
        except RuleError:
            continue
    return loan


@given(loan=lived(), later=st.integers(0, 900))
def test_rows_made_at_the_last_entry_tell_the_arrears_of_every_later_day(loan: Loan, later: int) -> None:
    last = loan.journal.last_on
    assert last is not None
    day = last + timedelta(days=later)

    told = arrears_on(coming_due(loan, statement(loan, last)), day, loan.terms.currency)

    assert told == arrears_of(loan, day)
    assert (told.days if told else 0) == statement(loan, day).days_past_due


@given(loan=lived(), days=st.integers(0, 900))
def test_overdue_lines_add_up_to_what_is_due_less_what_falls_due_today(loan: Loan, days: int) -> None:
    day = PAID_OUT_ON + timedelta(days=days)
    lines = overdue_lines(loan, day)

    due_today = sum(line.unpaid.minor for line in overdue_lines(loan, day + timedelta(days=1)) if line.due_on == day)
    assert sum(line.unpaid.minor for line in lines) <= statement(loan, day).due_unpaid.minor
    assert all(line.due_on < day and line.unpaid.minor > 0 for line in lines)
    assert due_today >= 0
