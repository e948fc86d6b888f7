"""Money of a bank file that is counted already: by a payment typed by hand, by another file, or by a line above."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mikrolaan.domain.bank_import import PaidMeanwhile
from mikrolaan.domain.journal import PaymentMeans
from mikrolaan.services.bank_matching import LineState
from tests.bank_files.writers import Paid, camt, entry, ocr_giro, transaction
from tests.builders import nok
from tests.offices import TestOffice
from tests.services.test_bank_import import PAID_ON, a_running_loan, booked, kid, outstanding, reviewed, states


def test_two_equal_payments_of_one_day_are_two(office: TestOffice) -> None:
    loan = a_running_loan(office)
    review = reviewed(office, camt(entry("500", transaction(reference=kid(loan))) * 2))

    office.session.bank_imports.save(review, review.proposed())

    assert outstanding(office, loan.id) == nok(11_000)


@pytest.mark.parametrize("is_statement", [True, False])
def test_a_payment_that_the_file_tells_twice_by_the_banks_own_name_is_proposed_once(
    office: TestOffice, is_statement: bool
) -> None:
    loan = a_running_loan(office)
    content = camt(booked(loan, PAID_ON) * 2) if is_statement else ocr_giro([Paid(kid(loan), "1000")]) * 2

    review = reviewed(office, content)

    assert states(review) == [LineState.MATCHED, LineState.REPEATED]
    assert review.proposed() == {0: loan.id}
    office.session.bank_imports.save(review, {0: loan.id, 1: loan.id})
    assert outstanding(office, loan.id) == nok(10_000), "the officer may say that there were two"


def test_a_line_without_a_loan_that_the_file_tells_twice_is_told_as_such(office: TestOffice) -> None:
    a_running_loan(office)

    review = reviewed(office, camt(entry("400", bank_reference="A-17") * 2))

    assert states(review) == [LineState.UNMATCHED, LineState.REPEATED]


def test_movements_that_the_bank_names_apart_or_not_at_all_are_no_repetition(office: TestOffice) -> None:
    loan = a_running_loan(office)
    paid = transaction(reference=kid(loan))
    apart = entry("500", paid, bank_reference="A-17") + entry("500", paid, bank_reference="A-18")
    unnamed = ocr_giro([Paid(kid(loan), "500", archive="0" * 9)] * 2)

    assert states(reviewed(office, camt(apart))) == [LineState.MATCHED] * 2
    assert states(reviewed(office, unnamed)) == [LineState.MATCHED] * 2


def test_a_file_met_again_with_everything_in_it_twice_takes_nothing_by_itself(office: TestOffice) -> None:
    loan = a_running_loan(office)
    once = ocr_giro([Paid(kid(loan), "1000")])
    first = reviewed(office, once)
    office.session.bank_imports.save(first, first.proposed())

    again = reviewed(office, once * 2)

    assert states(again) == [LineState.ALREADY_IMPORTED, LineState.REPEATED]
    assert again.proposed() == {}


def test_a_payment_typed_by_hand_is_not_taken_once_more(office: TestOffice) -> None:
    loan = a_running_loan(office)
    office.session.payments.take(loan.id, nok(1_000), PAID_ON)

    assert states(reviewed(office, ocr_giro([Paid(kid(loan), "1000")]))) == [LineState.SEEMS_TAKEN]


@pytest.mark.parametrize("days", [-6, -3, 2, 6])
def test_a_payment_typed_by_hand_some_days_before_or_after_the_banks_day_is_not_taken_once_more(
    office: TestOffice, days: int
) -> None:
    loan = a_running_loan(office)
    office.clock.turn(days=14)
    office.session.payments.take(loan.id, nok(1_000), PAID_ON + timedelta(days=days))

    review = reviewed(office, ocr_giro([Paid(kid(loan), "1000")], on=PAID_ON))

    assert states(review) == [LineState.SEEMS_TAKEN]
    assert review.lines[0].known is not None
    assert review.lines[0].known.on == PAID_ON + timedelta(days=days)
    assert review.proposed() == {}, "the officer decides"
    office.session.bank_imports.save(review, {0: loan.id})
    assert outstanding(office, loan.id) == nok(10_000)


def test_a_payment_typed_by_hand_while_the_file_was_on_the_screen_is_not_taken_once_more(office: TestOffice) -> None:
    loan = a_running_loan(office)
    other = a_running_loan(office, given_names="Berit", family_name="Moe")
    review = reviewed(office, ocr_giro([Paid(kid(loan), "1000"), Paid(kid(other), "1000")]))
    office.session.payments.take(loan.id, nok(1_000), PAID_ON - timedelta(days=2))

    with pytest.raises(PaidMeanwhile) as refused:
        office.session.bank_imports.save(review, review.proposed())

    assert (refused.value.line, refused.value.loan_number) == (3, loan.number)
    assert refused.value.paid_on == PAID_ON - timedelta(days=2)
    assert outstanding(office, other.id) == nok(12_000), "nothing of the file was saved"
    office.session.bank_imports.save(review, {1: other.id})
    assert outstanding(office, loan.id) == nok(11_000)


def test_an_officer_who_read_the_file_again_may_say_that_there_were_two_payments(office: TestOffice) -> None:
    loan = a_running_loan(office)
    content = ocr_giro([Paid(kid(loan), "1000")])
    reviewed(office, content)
    office.session.payments.take(loan.id, nok(1_000), PAID_ON)

    office.session.bank_imports.save(reviewed(office, content), {0: loan.id})

    assert outstanding(office, loan.id) == nok(10_000)


@pytest.mark.parametrize("days", [-7, 7])
def test_a_week_apart_is_the_next_payment_of_a_loan_repaid_by_the_week(office: TestOffice, days: int) -> None:
    loan = a_running_loan(office)
    office.clock.turn(days=14)
    office.session.payments.take(loan.id, nok(1_000), PAID_ON + timedelta(days=days))

    assert states(reviewed(office, ocr_giro([Paid(kid(loan), "1000")], on=PAID_ON))) == [LineState.MATCHED]


def test_cash_seems_to_be_the_banks_line_on_its_own_day_only(office: TestOffice) -> None:
    carried, kept = a_running_loan(office), a_running_loan(office, given_names="Berit", family_name="Moe")
    office.session.payments.take(carried.id, nok(1_000), PAID_ON, PaymentMeans.CASH)
    office.session.payments.take(kept.id, nok(1_000), PAID_ON - timedelta(days=1), PaymentMeans.CASH)

    review = reviewed(office, ocr_giro([Paid(kid(carried), "1000"), Paid(kid(kept), "1000")]))

    assert states(review) == [LineState.SEEMS_TAKEN, LineState.MATCHED]


def test_a_payment_typed_by_hand_explains_one_line_and_that_of_its_own_day_first(office: TestOffice) -> None:
    loan = a_running_loan(office)
    office.clock.turn(days=14)
    office.session.payments.take(loan.id, nok(1_000), PAID_ON)
    both = booked(loan, PAID_ON - timedelta(days=4)) + booked(loan, PAID_ON)

    assert states(reviewed(office, camt(both))) == [LineState.MATCHED, LineState.SEEMS_TAKEN]


def test_two_payments_typed_by_hand_explain_two_lines_in_the_order_of_days(office: TestOffice) -> None:
    loan = a_running_loan(office)
    office.clock.turn(days=14)
    for days in (4, 10):
        office.session.payments.take(loan.id, nok(1_000), PAID_ON + timedelta(days=days))

    review = reviewed(office, camt(booked(loan, PAID_ON + timedelta(days=5)) + booked(loan, PAID_ON)))

    assert [line.known.on for line in review.lines if line.known] == [
        PAID_ON + timedelta(days=10),
        PAID_ON + timedelta(days=4),
    ]


def test_what_came_by_another_bank_file_seems_the_same_on_the_same_day_only(office: TestOffice) -> None:
    loan = a_running_loan(office)
    office.clock.turn(days=14)
    first = reviewed(office, ocr_giro([Paid(kid(loan), "1000")], on=PAID_ON))
    office.session.bank_imports.save(first, first.proposed())
    statement = camt(booked(loan, PAID_ON) + booked(loan, PAID_ON + timedelta(days=1)))

    assert states(reviewed(office, statement)) == [LineState.SEEMS_TAKEN, LineState.MATCHED]


def test_a_line_imported_before_explains_its_own_payment_and_no_other_line(office: TestOffice) -> None:
    loan = a_running_loan(office)
    paid = entry("1000", transaction(reference=kid(loan)), bank_reference="A-17")
    first = reviewed(office, camt(paid))
    office.session.bank_imports.save(first, first.proposed())

    review = reviewed(office, camt(paid + entry("1000", transaction(reference=kid(loan)), bank_reference="A-18")))

    assert states(review) == [LineState.ALREADY_IMPORTED, LineState.MATCHED]


def test_a_line_placed_on_a_loan_by_hand_seems_paid_where_the_loan_has_that_payment(office: TestOffice) -> None:
    loan = a_running_loan(office)
    other = a_running_loan(office, given_names="Berit", family_name="Moe")
    office.session.payments.take(loan.id, nok(400), PAID_ON - timedelta(days=2))
    review = reviewed(office, ocr_giro([Paid("99999", "400"), Paid("99999", "300")]))
    chosen, elsewhere = (review.matcher.loan(each.id) for each in (loan, other))
    assert chosen is not None
    assert elsewhere is not None

    told = review.matcher.on_loan(review.lines[0], chosen)

    assert (told.state, told.known and told.known.on) == (LineState.SEEMS_TAKEN, PAID_ON - timedelta(days=2))
    assert review.matcher.on_loan(review.lines[0], elsewhere).state is LineState.UNMATCHED
    assert review.matcher.on_loan(review.lines[1], chosen).state is LineState.UNMATCHED


def test_a_payment_that_explains_a_line_by_itself_explains_none_placed_by_hand(office: TestOffice) -> None:
    loan = a_running_loan(office)
    office.session.payments.take(loan.id, nok(1_000), PAID_ON)
    review = reviewed(office, ocr_giro([Paid(kid(loan), "1000"), Paid("99999", "1000")]))
    chosen = review.matcher.loan(loan.id)
    assert chosen is not None

    assert [review.matcher.on_loan(line, chosen).state for line in review.lines] == [
        LineState.SEEMS_TAKEN,
        LineState.UNMATCHED,
    ]
