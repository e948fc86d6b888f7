"""Figures of small portfolios, checked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from mikrolaan.domain.journal import NewPlan, Recovery, Refund, WriteOff
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.loan_rules import LateInterest, LoanRules
from mikrolaan.domain.money import Currency
from mikrolaan.domain.portfolio import (
    LoanFacts,
    arrears_rate,
    at_risk,
    facts_of,
    flows_of,
    number_of_borrowers,
    number_of_loans,
    outstanding,
    overdue,
    portfolio_at_risk,
    recovered,
    repayment_rate,
    restructured_share,
    write_off_ratio,
    written_off,
)
from tests.builders import a_loan, nok, paid_out, payment, recorded, terms

AMINA = uuid4()


def a_running_loan(**changes: object) -> Loan:
    """12 000 kroner, 1 000 a month from 15 February 2026, without interest."""
    return paid_out(a_loan(id=uuid4(), rules=LoanRules(late_interest=LateInterest.NONE), **changes))


def facts(*loans: Loan, on: date) -> list[LoanFacts]:
    return [one for one in (facts_of(loan, on) for loan in loans) if one is not None]


def on_time(until: int, **changes: object) -> Loan:
    loan = a_running_loan(**changes)
    for month in range(2, until + 1):
        loan = loan.with_entry(payment(nok(1_000), date(2026, month, 15)))
    return loan


def test_par_counts_the_whole_principal_of_a_loan_that_is_more_than_so_many_days_late() -> None:
    # On 17 March: paid two months (10 000 owed), never paid (12 000 owed, 30 days late since 15 February).
    loans = [on_time(3), a_running_loan()]

    on_the_day = facts(*loans, on=date(2026, 3, 17))
    day_after = facts(*loans, on=date(2026, 3, 18))

    assert outstanding(on_the_day, Currency.NOK) == nok(22_000)
    assert portfolio_at_risk(on_the_day, 30) == Decimal("0.00")  # 30 days past due are not more than 30
    assert portfolio_at_risk(day_after, 30) == Decimal("54.55")  # 12 000 ÷ 22 000
    assert portfolio_at_risk(day_after, 60) == Decimal("0.00")
    assert portfolio_at_risk(day_after, 10) == Decimal("54.55")
    assert [one.outstanding_minor for one in at_risk(day_after, 30)] == [1_200_000]


def test_the_arrears_rate_counts_overdue_principal_only() -> None:
    loans = facts(on_time(3), a_running_loan(), on=date(2026, 3, 18))

    assert overdue(loans, Currency.NOK) == nok(2_000)
    assert arrears_rate(loans) == Decimal("9.09")  # 2 000 ÷ 22 000


def test_a_borrower_with_two_loans_counts_once() -> None:
    loans = facts(
        on_time(3, borrower_id=AMINA), a_running_loan(borrower_id=AMINA), a_running_loan(), on=date(2026, 3, 18)
    )

    assert number_of_loans(loans) == 3
    assert number_of_borrowers(loans) == 2


def test_a_loan_counts_from_its_payout_until_it_is_repaid() -> None:
    repaid = a_running_loan().with_entry(payment(nok(12_000), date(2026, 3, 1)))

    assert facts_of(repaid, date(2026, 1, 14)) is None
    assert facts(repaid, on=date(2026, 2, 28))[0].outstanding_minor == 1_200_000
    assert facts_of(repaid, date(2026, 3, 1)) is None


def test_without_loans_there_is_nothing_to_divide_by() -> None:
    assert portfolio_at_risk([], 30) is None
    assert arrears_rate([]) is None
    assert write_off_ratio([]) is None
    assert repayment_rate([]) is None


def test_a_restructured_loan_stays_visible() -> None:
    loan = a_running_loan()
    plan = NewPlan(
        uuid4(),
        date(2026, 4, 1),
        terms(principal=nok(12_000), disbursed_on=date(2026, 4, 1), instalments=24),
        recorded(),
    )
    loans = facts(loan.with_entry(plan), on_time(4), on=date(2026, 4, 20))

    assert restructured_share(loans) == Decimal("57.14")  # 12 000 ÷ 21 000


def test_the_repayment_rate_is_what_was_paid_of_what_fell_due() -> None:
    # From 1 February to 31 March two instalments of 1 000 fall due on each: 2 000 of 2 000 and 500 of 2 000 are paid.
    late = a_running_loan().with_entry(payment(nok(500), date(2026, 2, 20)))
    flows = [flows_of(loan, date(2026, 2, 1), date(2026, 3, 31)) for loan in (on_time(3), late)]

    assert repayment_rate([one for one in flows if one]) == Decimal("62.50")


def test_the_write_off_ratio_divides_by_the_average_of_before_and_after() -> None:
    # 12 000 + 12 000 are owed before, 9 000 + 0 after: 12 000 written off ÷ 16 500.
    lost = a_running_loan().with_entry(WriteOff(UUID(int=5), date(2026, 4, 1), nok(12_000), recorded()))
    lost = lost.with_entry(Recovery(UUID(int=6), date(2026, 4, 10), nok(700), recorded()))
    period = (date(2026, 2, 1), date(2026, 4, 30))
    flows = [one for one in (flows_of(loan, *period) for loan in (on_time(4), lost)) if one]

    assert written_off(flows, Currency.NOK) == nok(12_000)
    assert recovered(flows, Currency.NOK) == nok(700)
    assert write_off_ratio(flows) == Decimal("72.73")
    # What was written off fell due all the same: 3 000 of 6 000.
    assert repayment_rate(flows) == Decimal("50.00")


def test_money_given_back_after_a_part_was_lost_was_not_paid_of_what_fell_due() -> None:
    # 2 000 of 12 000 are lost, and 10 100 paid of the 10 000 that are owed; without the loss two more months of 1 000.
    loan = a_running_loan().with_entry(WriteOff(UUID(int=5), date(2026, 1, 20), nok(2_000), recorded()))
    loan = loan.with_entry(payment(nok(10_100), date(2026, 1, 21)))
    loan = loan.with_entry(Refund(UUID(int=6), date(2026, 1, 25), nok(100), recorded()))

    flows = flows_of(loan, date(2026, 1, 1), date(2026, 12, 31))

    assert flows is not None
    assert (flows.fell_due_minor, flows.paid_of_it_minor) == (12_000_00, 10_000_00)


def test_what_was_written_off_before_the_period_is_not_written_off_in_it() -> None:
    lost = a_running_loan().with_entry(WriteOff(UUID(int=5), date(2026, 4, 1), nok(12_000), recorded()))

    flows = flows_of(lost, date(2026, 4, 2), date(2026, 4, 30))

    assert flows is not None
    assert flows.written_off_minor == 0
