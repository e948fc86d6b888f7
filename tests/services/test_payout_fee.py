"""An establishment fee of 500 paid by itself: asked for with the payout, paid, posted and taken back, on a real file."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from mikrolaan.domain.effective_rate import effective_rate_of
from mikrolaan.domain.journal import Fee, Payout, Reversal
from mikrolaan.domain.ledger_accounts import AccountRole
from mikrolaan.domain.loan import Loan, PayoutHasPayments
from mikrolaan.domain.statement import statement
from mikrolaan.domain.terms import FeePaid
from mikrolaan.domain.trial_balance import Period, TrialBalance
from tests.builders import PAID_OUT_ON, nok
from tests.offices import TestOffice
from tests.services.test_loan_life import a_loan

JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31))


def a_signed_loan(office: TestOffice, **of: Any) -> Loan:
    """12 000 kroner, signed; today is the day of the payout, 15 January."""
    paid = {"establishment_fee_minor": 500_00, "establishment_fee_paid": FeePaid.SEPARATELY}
    return a_loan(office, pay_out=False, **{**paid, **of})


def fees(loan: Loan) -> list[Fee]:
    return [entry for entry in loan.journal.standing if isinstance(entry, Fee)]


def posted(office: TestOffice, role: AccountRole) -> int:
    """What January moved on the account of a role, in kroner, debit positive."""
    balance = office.session.ledger.trial_balance(JANUARY)
    assert isinstance(balance, TrialBalance)
    number = office.session.ledger.chart().of(role).number
    return sum(row.debit.minor - row.credit.minor for row in balance.rows if row.number == number) // 100


def test_the_fee_falls_due_with_the_payout_beside_the_plan(office: TestOffice) -> None:
    loan = a_signed_loan(office)

    paid_out = office.session.loans.pay_out(loan.id, PAID_OUT_ON)

    (fee,) = fees(paid_out)
    assert (fee.amount, fee.on, fee.due_on) == (nok(500), PAID_OUT_ON, PAID_OUT_ON)
    told = statement(paid_out, PAID_OUT_ON)
    assert (told.due_unpaid, told.outstanding_principal, told.payoff_amount) == (nok(500), nok(12_000), nok(12_500))
    assert paid_out.plan() == loan.plan()  # its cost and effective rate had the fee before, and have it once
    assert effective_rate_of(paid_out.plan()) == effective_rate_of(loan.plan())


@pytest.mark.parametrize("paid", [FeePaid.DEDUCTED, FeePaid.ADDED, FeePaid.FIRST_INSTALMENT])
def test_a_fee_paid_in_another_way_is_not_asked_for_once_more(office: TestOffice, paid: FeePaid) -> None:
    loan = a_signed_loan(office, establishment_fee_paid=paid)

    assert fees(office.session.loans.pay_out(loan.id, PAID_OUT_ON)) == []


def test_it_is_asked_for_with_the_first_part_only(office: TestOffice) -> None:
    loan, life = a_signed_loan(office), office.session.life
    first = Payout(uuid4(), PAID_OUT_ON, nok(7_500), life.stamp())

    _before, after = life.preview(loan, first)
    life.pay_out(loan.id, first)
    life.pay_out(loan.id, Payout(uuid4(), PAID_OUT_ON, nok(4_500), life.stamp()))

    assert after.due_unpaid == nok(500)  # the dialog shows what is kept
    assert len(fees(office.session.loans.get(loan.id))) == 1


def test_what_the_borrower_pays_that_day_settles_it_and_the_ledger_has_it(office: TestOffice) -> None:
    loan = office.session.loans.pay_out(a_signed_loan(office).id, PAID_OUT_ON)
    assert (posted(office, AccountRole.FEES), posted(office, AccountRole.FEES_DUE)) == (-500, 500)

    told = office.session.payments.take(loan.id, nok(500), PAID_OUT_ON)

    assert (told.due_unpaid, told.outstanding_principal, told.credit) == (nok(0), nok(12_000), nok(0))
    assert (posted(office, AccountRole.FEES), posted(office, AccountRole.FEES_DUE)) == (-500, 0)
    assert posted(office, AccountRole.BANK) == 500 - 12_000


def test_a_payout_that_was_wrong_takes_the_fee_back_with_it(office: TestOffice) -> None:
    loan = office.session.loans.pay_out(a_signed_loan(office).id, PAID_OUT_ON)
    (payout,), life = loan.journal.payouts, office.session.life

    life.preview(loan, Reversal(uuid4(), PAID_OUT_ON, payout.id, "…", life.stamp()))
    life.reverse(loan.id, payout.id, reason="The wrong account")

    undone = office.reopen().loans.get(loan.id)
    assert undone.journal.standing == ()
    assert {entry.reason for entry in undone.journal.entries if isinstance(entry, Reversal)} == {"The wrong account"}
    again = office.session.loans.pay_out(loan.id, PAID_OUT_ON)
    assert [fee.amount for fee in fees(again)] == [nok(500)]


def test_a_payout_whose_fee_was_paid_stands(office: TestOffice) -> None:
    loan = office.session.loans.pay_out(a_signed_loan(office).id, PAID_OUT_ON)
    office.session.payments.take(loan.id, nok(500), PAID_OUT_ON)

    with pytest.raises(PayoutHasPayments):
        office.session.life.reverse(loan.id, loan.journal.payouts[0].id, reason="The wrong account")

    assert len(fees(office.session.loans.get(loan.id))) == 1
