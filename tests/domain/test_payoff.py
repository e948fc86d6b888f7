"""What closes a loan on a day, part by part: 12 000 kroner at 12 %, 1 000 of principal a month, 1 % a month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

from mikrolaan.domain.journal import Fee
from mikrolaan.domain.outlook import outlook
from mikrolaan.domain.payoff import payoff
from mikrolaan.domain.statement import statement
from mikrolaan.domain.terms import Repayment
from tests.builders import PAID_OUT_ON, a_loan, nok, paid_out, payment, recorded, terms

LOAN = paid_out(a_loan(terms=terms(annual_rate_percent=Decimal(12), repayment=Repayment.SERIAL)))


def test_the_parts_of_a_payoff_ten_days_after_a_missed_instalment() -> None:
    fee = Fee(uuid4(), date(2026, 2, 20), nok(38), date(2026, 3, 6), recorded())

    told = payoff(LOAN.with_entry(fee), date(2026, 2, 25))

    assert told.principal == nok(12_000)
    assert told.interest == nok("156.67")  # 120 due, and 11 000 × 12 % × 10/360
    assert told.late_interest == nok("3.68")  # 1 120 × 12 % × 10/365
    assert told.fees == nok(38)  # not yet due, but owed
    assert told.amount == nok("12198.35")


def test_credit_is_taken_off_the_payoff() -> None:
    loan = LOAN.with_entry(payment(nok(12_620), date(2026, 2, 15)))  # 12 120 close it
    loan = loan.with_entry(Fee(uuid4(), date(2026, 3, 1), nok(700), date(2026, 3, 10), recorded()))

    told = payoff(loan, date(2026, 3, 1))

    assert (told.fees, told.credit, told.amount) == (nok(700), nok(500), nok(200))


def test_the_outlook_names_the_usual_instalment_and_the_end() -> None:
    annuity = paid_out(a_loan(terms=terms(annual_rate_percent=Decimal(12))))

    told = outlook(statement(annuity, date(2026, 2, 15)))

    assert told.instalment == nok("1066.19")  # the last one differs by some øre
    assert (told.instalments_left, told.last_due_on) == (11, date(2027, 1, 15))
    assert told.owed_now == nok("1066.19")


def test_a_fee_on_an_instalment_that_was_paid_ahead_makes_it_no_instalment_left() -> None:
    # 1 000 a month without interest: the instalment of 15 February was paid on 1 February, then a fee of 38 was charged.
    loan = paid_out(a_loan()).with_entry(payment(nok(1_000), date(2026, 2, 1)))
    loan = loan.with_entry(Fee(uuid4(), date(2026, 2, 2), nok(38), date(2026, 2, 10), recorded()))

    told = outlook(statement(loan, date(2026, 2, 2)))

    assert (told.instalments_left, told.instalment) == (11, nok(1_000))
    assert statement(loan, date(2026, 2, 2)).rows[0].unpaid == nok(38)


def test_a_payment_free_month_with_a_fee_is_no_instalment_left() -> None:
    # Two of the twelve months ask for nothing; a fee of 38 falls due in the first of them. 1 200 in each of the others.
    loan = paid_out(a_loan(terms=terms(payment_free_instalments=2)))
    loan = loan.with_entry(Fee(uuid4(), PAID_OUT_ON, nok(38), date(2026, 2, 1), recorded()))

    told = outlook(statement(loan, PAID_OUT_ON))

    assert (told.instalments_left, told.instalment) == (10, nok(1_200))


def test_a_repaid_loan_has_nothing_to_come() -> None:
    told = outlook(statement(LOAN.with_entry(payment(nok(12_120), date(2026, 2, 15))), date(2026, 2, 15)))

    assert (told.instalment, told.last_due_on, told.interest_to_come) == (None, None, nok(0))
