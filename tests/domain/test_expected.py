"""A new rate that is agreed for a later day: 12 000 kroner at 12 %, 1 000 of principal a month, 1 % a month."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mikrolaan.domain.expected import expected
from mikrolaan.domain.journal import RateChange, WriteOff
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.loan_rules import InterestRule, LateInterest, LoanRules
from mikrolaan.domain.outlook import outlook
from mikrolaan.domain.statement import Statement, statement
from mikrolaan.domain.terms import DayCount, Repayment
from tests.builders import a_loan, nok, paid_out, payment, recorded, terms
from tests.domain import lives

TODAY, APRIL, MAY = date(2026, 2, 15), date(2026, 4, 15), date(2026, 5, 1)


def a_running_loan(**rules: Any) -> Loan:
    chosen = terms(annual_rate_percent=Decimal(12), repayment=Repayment.SERIAL, day_count=DayCount.THIRTY_360)
    return paid_out(a_loan(terms=chosen, rules=LoanRules(late_interest=LateInterest.NONE, **rules)))


def to_eighteen_percent(loan: Loan, on: date) -> Loan:
    return loan.with_entry(RateChange(uuid4(), on, Decimal(18), recorded(), told_on=TODAY))


def interests(told: Statement) -> list[str]:
    return [str(row.instalment.interest.to_decimal()) for row in told.rows[:5]]


def test_instalments_due_after_the_new_rate_are_told_as_they_will_be() -> None:
    # To 15 April at 1 %; then 9 000 and 8 000 at 1.5 %.
    loan = to_eighteen_percent(a_running_loan(), APRIL)
    today = statement(loan, TODAY)

    told = expected(loan, today)

    assert interests(today) == ["120.00", "110.00", "100.00", "90.00", "80.00"]
    assert interests(told) == ["120.00", "110.00", "100.00", "135.00", "120.00"]
    assert [row.instalment.balance for row in told.rows] == [row.instalment.balance for row in today.rows]
    assert told.left_to_pay == today.left_to_pay + nok(225)  # half a per cent of 9 000, 8 000 … 1 000
    assert (told.due_unpaid, told.payoff_amount) == (today.due_unpaid, today.payoff_amount)
    assert outlook(told).interest_to_come == outlook(today).interest_to_come + nok(225)


def test_the_instalment_in_which_the_day_falls_has_both_rates() -> None:
    # 15 April to 1 May are 16 days at 12 %, 14 to 15 May at 18 %: 9 000 × (16 × 12 + 14 × 18) / 36 000 = 111.
    loan = to_eighteen_percent(a_running_loan(), MAY)

    assert interests(expected(loan, statement(loan, TODAY)))[2:] == ["100.00", "111.00", "120.00"]


def test_by_day_it_is_supposed_that_everything_is_paid_when_due() -> None:
    loan = to_eighteen_percent(a_running_loan(interest=InterestRule.BY_DAY), APRIL)

    assert interests(expected(loan, statement(loan, TODAY)))[3:] == ["135.00", "120.00"]


def test_what_was_paid_ahead_stays_paid() -> None:
    loan = a_running_loan().with_entry(payment(nok(1_120), TODAY))
    loan = to_eighteen_percent(loan, APRIL)

    told = expected(loan, statement(loan, TODAY))

    assert (told.rows[0].paid, told.rows[0].paid_on, told.rows[1].paid) == (nok(1_120), TODAY, nok(0))


def test_on_its_day_the_statement_says_the_same_by_itself() -> None:
    loan = to_eighteen_percent(a_running_loan(), APRIL)
    told = statement(loan, APRIL)

    assert expected(loan, told) == told


def test_a_look_back_tells_nothing_of_what_happened_since() -> None:
    loan = to_eighteen_percent(a_running_loan(), APRIL)
    loan = loan.with_entry(WriteOff(uuid4(), date(2026, 3, 1), nok(2_000), recorded()))
    told = statement(loan, TODAY)

    assert expected(loan, told) == told


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(lives.whole(), st.integers(1, 200))
def test_every_loan_that_waits_for_a_rate_expects_what_it_has_paid_and_owes_unchanged(loan: Loan, days: int) -> None:
    last_on = loan.journal.last_on
    assert last_on is not None  # it was paid out
    on = last_on + timedelta(days=days)
    assume(on < loan.plan().instalments[-1].due_on)
    told = statement(loan, last_on)
    waiting = loan.with_entry(RateChange(UUID(int=2**103), on, Decimal(7), recorded()))

    later = expected(waiting, statement(waiting, last_on))

    assert [row.instalment.due_on for row in later.rows] == [row.instalment.due_on for row in told.rows]
    assert (later.due_unpaid, later.payoff_amount, later.credit) == (told.due_unpaid, told.payoff_amount, told.credit)
    assert [row.paid for row in later.rows] == [row.paid for row in told.rows]
    before = [row.instalment for row in told.rows if row.instalment.due_on <= on]
    assert [row.instalment for row in later.rows][: len(before)] == before
