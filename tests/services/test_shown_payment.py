"""What was shown before a payment is what is kept, and nothing else is kept for it."""

from __future__ import annotations

from typing import Any

from mikrolaan.domain.journal import Payment, PaymentMeans
from mikrolaan.domain.loan_rules import EarlyRepayment
from mikrolaan.domain.statement import statement
from mikrolaan.services.shown_payment import ShownPayment
from tests.builders import nok, payment
from tests.offices import TestOffice
from tests.repaying import a_repaying_loan


def findings(office: TestOffice) -> list[Any]:
    file: Any = office.session.file
    return list(file.check())


def payments_of(office: TestOffice, loan) -> list[Payment]:
    return list(office.session.loans.get(loan.id).journal.payments)


def test_a_payment_is_kept_with_the_figures_that_were_shown_and_the_moment_it_was_taken(office: TestOffice):
    loan = office.session.loans.get(a_repaying_loan(office).id)
    day = office.clock.day
    _, shown = office.session.taking.preview(loan, nok(1_500), day)
    office.clock.turn(1)  # the officer went home in between

    taken = office.session.taking.take(loan.id, nok(1_500), day, PaymentMeans.CASH)

    (kept,) = payments_of(office, loan)
    assert (kept.id, kept.means, kept.recorded.at) == (taken.payment_id, PaymentMeans.CASH, office.clock.now())
    reread = office.reopen().loans.get(loan.id)
    assert reread.journal.payments == (kept,)
    assert statement(reread, day) == shown
    assert findings(office) == []


def test_another_amount_day_or_way_of_early_repayment_than_shown_is_computed_anew(office: TestOffice):
    loan = office.session.loans.get(a_repaying_loan(office).id)
    payments, day = office.session.payments, office.clock.day
    payments.preview(loan, nok(3_000), day, EarlyRepayment.SHORTEN)

    told = payments.take(loan.id, nok(3_000), day, early_repayment=EarlyRepayment.LOWER_INSTALMENT, is_meant=True)

    (kept,) = payments_of(office, loan)
    assert kept.early_repayment is EarlyRepayment.LOWER_INSTALMENT
    assert told == statement(office.reopen().loans.get(loan.id), day)


def test_a_payment_taken_twice_counts_twice_also_where_it_was_shown_once(office: TestOffice):
    loan = office.session.loans.get(a_repaying_loan(office).id)
    taking, day = office.session.taking, office.clock.day
    taking.preview(loan, nok(400), day)

    first = taking.take(loan.id, nok(400), day)
    second = taking.take(loan.id, nok(400), day, is_sure=True)

    assert first.payment_id != second.payment_id
    assert [kept.amount for kept in payments_of(office, loan)] == [nok(400), nok(400)]
    assert second.told.paid_total == nok(800)
    assert findings(office) == []


def test_what_was_shown_of_a_loan_that_has_changed_since_is_not_kept(office: TestOffice):
    loan = office.session.loans.get(a_repaying_loan(office).id)
    day = office.clock.day
    office.session.taking.preview(loan, nok(400), day)
    office.session.payments.take(loan.id, nok(900), day)

    taken = office.session.taking.take(loan.id, nok(400), day)

    assert sorted(kept.amount.minor for kept in payments_of(office, loan)) == [40_000, 90_000]
    assert taken.told.paid_total == nok(1_300)
    assert findings(office) == []


def test_the_payment_shown_is_computed_once_and_another_loan_object_is_another_loan(office: TestOffice):
    loan = office.session.loans.get(a_repaying_loan(office).id)
    shown, one = ShownPayment(), payment(nok(400), office.clock.day)
    first = shown.loan_with(loan, one)

    again = shown.loan_with(loan, payment(nok(400), office.clock.day))
    of_another = shown.loan_with(office.reopen().loans.get(loan.id), payment(nok(400), office.clock.day))

    assert again.journal.entries[-1].id == one.id
    assert statement(again, office.clock.day) is statement(first, office.clock.day)
    assert of_another.journal.entries[-1].id != one.id
