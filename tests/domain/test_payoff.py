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
from tests.builders import a_loan, nok, paid_out, payment, recorded, terms

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


def test_a_repaid_loan_has_nothing_to_come() -> None:
    told = outlook(statement(LOAN.with_entry(payment(nok(12_120), date(2026, 2, 15))), date(2026, 2, 15)))

    assert (told.instalment, told.last_due_on, told.interest_to_come) == (None, None, nok(0))
