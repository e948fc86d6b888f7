"""Taking, previewing and reversing payments, through the service on a real encrypted file."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.errors import InvalidValue, NotFound
from mikrolaan.domain.journal import AlreadyReversed, PaymentMeans
from mikrolaan.domain.loan import Loan, Outcome, PaymentBeforePayout, PayoutHasPayments, Step, StepNotOpen
from tests.builders import a_person, nok, terms
from tests.offices import TestOffice

FIRST_DUE = date(2026, 2, 15)


def an_application(office: TestOffice) -> Loan:
    """12 000 kroner without interest, 1 000 a month from 15 February 2026."""
    borrower = office.session.borrowers.register(a_person())
    return office.session.loans.apply(borrower.id, office.session.products.offered()[0], terms())


def a_loan(office: TestOffice) -> Loan:
    """Paid out on 15 January; today is the first due date."""
    session, loan = office.session, an_application(office)
    session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    session.loans.sign(loan.id, office.clock.day)
    office.clock.day = date(2026, 1, 15)
    loan = session.loans.pay_out(loan.id, office.clock.day)
    office.clock.day = FIRST_DUE
    return loan


def test_a_payment_settles_what_is_due_and_keeps_its_means_and_note(office: TestOffice) -> None:
    loan = a_loan(office)

    told = office.session.payments.take(loan.id, nok(1_000), FIRST_DUE, PaymentMeans.CASH, "At the counter")

    (payment,) = office.reopen().loans.get(loan.id).journal.payments
    assert (told.outstanding_principal, told.due_unpaid) == (nok(11_000), nok(0))
    assert (payment.means, payment.note) == (PaymentMeans.CASH, "At the counter")


def test_no_payment_before_the_payout(office: TestOffice) -> None:
    loan = a_loan(office)

    with pytest.raises(PaymentBeforePayout):
        office.session.payments.take(loan.id, nok(1_000), date(2026, 1, 14))

    assert office.session.loans.get(loan.id) == loan


def test_no_payment_on_an_application(office: TestOffice) -> None:
    loan = an_application(office)

    with pytest.raises(StepNotOpen):
        office.session.payments.take(loan.id, nok(1_000), office.clock.day)


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_and_less_than_nothing_are_no_payments(office: TestOffice, amount: int) -> None:
    loan = a_loan(office)

    with pytest.raises(InvalidValue) as refused:
        office.session.payments.take(loan.id, nok(amount), FIRST_DUE)

    assert refused.value.field == "amount"
    assert office.session.loans.get(loan.id) == loan


def test_the_last_payment_closes_the_loan_and_its_reversal_opens_it_again(office: TestOffice) -> None:
    loan = a_loan(office)
    office.session.payments.take(loan.id, nok(12_000), FIRST_DUE)
    closed = office.session.loans.get(loan.id)
    assert closed.step is Step.CLOSED

    told = office.session.payments.reverse(loan.id, closed.journal.payments[0].id, reason="The bank took it back")

    assert office.session.loans.get(loan.id).step is Step.REPAYING
    assert told.due_unpaid == nok(1_000)


def test_an_entry_is_reversed_once(office: TestOffice) -> None:
    loan = a_loan(office)
    office.session.payments.take(loan.id, nok(1_000), FIRST_DUE)
    entry = office.session.loans.get(loan.id).journal.payments[0]
    office.session.payments.reverse(loan.id, entry.id, reason="Wrong loan")

    with pytest.raises(AlreadyReversed):
        office.session.payments.reverse(loan.id, entry.id, reason="Wrong loan")


def test_a_reversal_needs_its_reason(office: TestOffice) -> None:
    loan = a_loan(office)

    with pytest.raises(InvalidValue) as refused:
        office.session.payments.reverse(loan.id, loan.journal.payouts[0].id, reason="  ")

    assert refused.value.field == "reason"
    assert office.session.loans.get(loan.id) == loan


def test_a_payout_is_reversed_after_its_payments(office: TestOffice) -> None:
    loan = a_loan(office)
    office.session.payments.take(loan.id, nok(1_000), FIRST_DUE)
    payout, payment = office.session.loans.get(loan.id).journal.entries

    with pytest.raises(PayoutHasPayments):
        office.session.payments.reverse(loan.id, payout.id, reason="Wrong account")
    office.session.payments.reverse(loan.id, payment.id, reason="Wrong account")
    office.session.payments.reverse(loan.id, payout.id, reason="Wrong account")

    assert office.session.loans.get(loan.id).step is Step.PAID_OUT


def test_a_loan_that_is_not_there_takes_no_payment(office: TestOffice) -> None:
    with pytest.raises(NotFound):
        office.session.payments.take(uuid4(), nok(1_000), office.clock.day)
