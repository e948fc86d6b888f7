"""Lines of a bank file without a sure reference: which loan is suggested, and when none is."""

from __future__ import annotations

import pytest

from mikrolaan.domain.payment_reference import in_groups
from mikrolaan.services.bank_matching import LineState
from tests.bank_files.writers import Paid, camt, entry, ocr_giro, transaction
from tests.offices import TestOffice
from tests.services.test_bank_import import PAYER, a_running_loan, kid, reviewed, states


def test_the_amount_due_with_the_borrowers_name_is_a_suggestion(office: TestOffice) -> None:
    loan = a_running_loan(office)
    a_running_loan(office, given_names="Berit", family_name="Moe")
    named = transaction(name="ØDEGÅRD AMINA KRISTINE", text="avdrag februar")

    review = reviewed(office, camt(entry("1000", named)))

    assert states(review) == [LineState.SUGGESTED]
    assert review.lines[0].loan is not None
    assert review.lines[0].loan.loan_id == loan.id
    assert review.proposed() == {}, "a suggestion waits for the officer"


def test_an_account_that_paid_before_is_a_suggestion(office: TestOffice) -> None:
    loan = a_running_loan(office)
    a_running_loan(office, given_names="Berit", family_name="Moe")
    first = reviewed(office, ocr_giro([Paid(kid(loan), "1000", PAYER)]))
    office.session.bank_imports.save(first, first.proposed())

    review = reviewed(office, camt(entry("700", transaction(account=PAYER))))

    assert states(review) == [LineState.SUGGESTED]
    assert review.lines[0].loan is not None
    assert review.lines[0].loan.loan_id == loan.id


def test_an_account_whose_payment_was_placed_by_mistake_and_reversed_suggests_that_loan_no_more(
    office: TestOffice,
) -> None:
    a_running_loan(office)
    mistaken = a_running_loan(office, given_names="Berit", family_name="Moe")
    content = camt(entry("400", transaction(account=PAYER, text="avdrag")))
    first = reviewed(office, content)
    made = office.session.bank_imports.save(first, {0: mistaken.id})
    assert made is not None
    office.session.bank_imports.reverse(made.id, reason="Wrong loan")

    assert states(reviewed(office, content)) == [LineState.UNMATCHED]


def test_a_line_placed_by_hand_whose_payment_was_reversed_is_told_as_reversed_before(office: TestOffice) -> None:
    loan = a_running_loan(office)
    content = ocr_giro([Paid("99999", "400")])
    review = reviewed(office, content)
    office.session.bank_imports.save(review, {0: loan.id})
    (payment,) = office.session.loans.get(loan.id).journal.payments
    office.session.payments.reverse(loan.id, payment.id, reason="Wrong loan")

    assert states(reviewed(office, content)) == [LineState.REVERSED_BEFORE]


def test_an_amount_alone_is_no_suggestion(office: TestOffice) -> None:
    a_running_loan(office)

    assert states(reviewed(office, camt(entry("1000", transaction(name="Somebody Else"))))) == [LineState.UNMATCHED]


@pytest.mark.parametrize("written", ["{}", "000000000000000000{}"])
def test_a_reference_that_lost_its_zeros_or_got_more_is_a_suggestion(office: TestOffice, written: str) -> None:
    loan = a_running_loan(office)
    reference = written.format(kid(loan).lstrip("0"))

    review = reviewed(office, f"Dato;Inn;KID\n15.02.2026;300,00;{reference}\n".encode())

    assert states(review) == [LineState.SUGGESTED]
    assert review.lines[0].loan is not None
    assert review.lines[0].loan.loan_id == loan.id


def test_a_reference_written_into_the_message_is_a_suggestion(office: TestOffice) -> None:
    loan = a_running_loan(office)

    review = reviewed(office, camt(entry("300", transaction(text=f"Lån KID {kid(loan)} mars"))))

    assert states(review) == [LineState.SUGGESTED]


@pytest.mark.parametrize(
    "text", ["KID {groups}", "15.02 {groups} takk", "{whole}/2026", "12 {groups} 34", "{whole}-takk"]
)
def test_a_reference_in_groups_as_it_stands_on_paper_is_found_in_the_message(office: TestOffice, text: str) -> None:
    loan = a_running_loan(office)
    told = text.format(groups=in_groups(kid(loan)), whole=kid(loan))

    assert states(reviewed(office, camt(entry("300", transaction(text=told))))) == [LineState.SUGGESTED]


def test_a_loan_sought_by_its_whole_number_or_reference_comes_first(office: TestOffice) -> None:
    loan = a_running_loan(office)
    for _ in range(9):  # the last is number 10, which holds a 1 too
        other = a_running_loan(office, given_names="Bea", family_name="Dahl")
    review = reviewed(office, ocr_giro([Paid("99999", "400")]))
    find = office.session.bank_imports.find_loans

    assert [find(review, typed, 1)[0].loan_id for typed in ("1", kid(loan))] == [loan.id, loan.id]
    assert [find(review, typed, 1)[0].loan_id for typed in (str(other.number), kid(other))] == [other.id, other.id]
