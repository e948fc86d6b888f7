"""Bank files become payments: matched, suggested, met twice, refused, and reversed as one, on a real encrypted file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from mikrolaan.bank_files.detect import BankFiles
from mikrolaan.domain.bank_file import BankFile
from mikrolaan.domain.bank_import import ImportAlreadyReversed, LineRefused, LineTaken, NothingAccepted
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.errors import InvalidValue
from mikrolaan.domain.journal import WriteOff
from mikrolaan.domain.loan import Loan, Outcome, PaymentBeforePayout, Step
from mikrolaan.services.bank_import import BankReview
from mikrolaan.services.bank_matching import LineState
from mikrolaan.services.queries import Slice
from mikrolaan.services.taking_payments import LoanWrittenOff
from tests.bank_files.writers import OUR_ACCOUNT, Paid, bgmax, camt, entry, ocr_giro, transaction
from tests.builders import a_person, nok, terms
from tests.offices import TestOffice

PAID_ON = date(2026, 2, 15)  # the first due date
PAYER = "12345678903"


def a_running_loan(office: TestOffice, **person: Any) -> Loan:
    """12 000 kroner without interest, 1 000 a month from 15 February 2026, paid out on 15 January."""
    session = office.session
    office.clock.day = date(2026, 1, 15)
    borrower = session.borrowers.register(a_person(**person))
    loan = session.loans.apply(borrower.id, session.products.offered()[0], terms())
    session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    session.loans.sign(loan.id, office.clock.day)
    loan = session.loans.pay_out(loan.id, office.clock.day)
    office.clock.day = PAID_ON
    return loan


def kid(loan: Loan) -> str:
    assert loan.payment_reference is not None
    return loan.payment_reference.digits


def read(content: bytes) -> BankFile:
    file = BankFiles().read(content, None, "NOK", lambda _done, _total: None, lambda: False)
    assert file is not None
    return file


def booked(loan: Loan, on: date) -> str:
    """An entry of a statement of account: an instalment with its KID."""
    return entry("1000", transaction(reference=kid(loan)), bank_reference=f"{on}", on=on)


def reviewed(office: TestOffice, content: bytes) -> BankReview:
    return office.session.bank_imports.review(read(content), "ocr-2026-02-16.txt")


def states(review: BankReview) -> list[LineState]:
    return [line.state for line in review.lines]


def outstanding(office: TestOffice, loan_id: UUID) -> Any:
    loan = office.session.loans.get(loan_id)
    return office.session.loans.statement(loan).outstanding_principal


def test_a_payment_with_a_kid_finds_its_loan_and_settles_what_is_due(office: TestOffice) -> None:
    loan = a_running_loan(office)
    review = reviewed(office, ocr_giro([Paid(kid(loan), "1000")]))
    assert states(review) == [LineState.MATCHED]
    assert review.proposed() == {0: loan.id}

    office.session.bank_imports.save(review, review.proposed())

    assert outstanding(office, loan.id) == nok(11_000)
    (payment,) = office.reopen().loans.get(loan.id).journal.payments
    assert (payment.on, payment.amount, payment.note) == (PAID_ON, nok(1_000), "")


def test_a_file_met_twice_takes_nothing_the_second_time(office: TestOffice) -> None:
    loan = a_running_loan(office)
    content = ocr_giro([Paid(kid(loan), "1000")])
    first = reviewed(office, content)
    office.session.bank_imports.save(first, first.proposed())

    again = reviewed(office, content)

    assert states(again) == [LineState.ALREADY_IMPORTED]
    assert again.earlier is not None
    assert again.proposed() == {}
    with pytest.raises(LineTaken):
        office.session.bank_imports.save(first, {0: loan.id})
    assert outstanding(office, loan.id) == nok(11_000)


def test_the_same_line_in_another_file_is_known_again(office: TestOffice) -> None:
    loan = a_running_loan(office)
    paid = entry("1000", transaction(reference=kid(loan)), bank_reference="A-17")
    first = reviewed(office, camt(paid, kind=54))
    office.session.bank_imports.save(first, first.proposed())

    statement = reviewed(office, camt(paid + entry("500", bank_reference="A-18"), kind=53))

    assert states(statement) == [LineState.ALREADY_IMPORTED, LineState.UNMATCHED]
    assert statement.earlier is None


def test_a_line_imported_before_is_shown_with_the_loan_that_got_its_payment(office: TestOffice) -> None:
    named = a_running_loan(office)
    chosen = a_running_loan(office, given_names="Berit", family_name="Moe")
    content = ocr_giro([Paid(kid(named), "1000"), Paid("99999", "400")])
    office.session.bank_imports.save(reviewed(office, content), {0: chosen.id, 1: named.id})

    again = reviewed(office, content)

    assert states(again) == [LineState.ALREADY_IMPORTED] * 2
    assert [line.loan and line.loan.loan_id for line in again.lines] == [chosen.id, named.id]


def test_another_currency_is_shown_and_never_saved(office: TestOffice) -> None:
    loan = a_running_loan(office)
    review = reviewed(office, bgmax([Paid(kid(loan), "1000")]))
    assert states(review) == [LineState.WRONG_CURRENCY]

    with pytest.raises(LineRefused):
        office.session.bank_imports.save(review, {0: loan.id})

    assert office.session.loans.get(loan.id).journal.payments == ()


def test_a_repaid_loan_is_shown_as_not_open(office: TestOffice) -> None:
    loan = a_running_loan(office)
    office.session.payments.take(loan.id, nok(12_000), PAID_ON)
    assert office.session.loans.get(loan.id).step is Step.CLOSED

    assert states(reviewed(office, ocr_giro([Paid(kid(loan), "1000")]))) == [LineState.LOAN_NOT_OPEN]


def test_what_the_bank_took_back_is_shown_and_left_to_the_officer(office: TestOffice) -> None:
    loan = a_running_loan(office)

    review = reviewed(office, ocr_giro([Paid(kid(loan), "1000", kind=18)]))

    assert states(review) == [LineState.TAKEN_BACK]
    assert review.proposed() == {}


def test_a_day_that_has_not_come_is_not_saved(office: TestOffice) -> None:
    loan = a_running_loan(office)

    review = reviewed(office, ocr_giro([Paid(kid(loan), "1000")], on=date(2026, 2, 16)))

    assert states(review) == [LineState.NOT_YET]


def test_the_officer_places_an_unmatched_line_on_a_loan(office: TestOffice) -> None:
    loan = a_running_loan(office)
    review = reviewed(office, ocr_giro([Paid("99999", "400")]))
    (found,) = office.session.bank_imports.find_loans(review, "Ødegård", 8)

    made = office.session.bank_imports.save(review, {0: found.loan_id})

    assert found.loan_id == loan.id
    assert made is not None
    assert (made.lines, made.accepted, made.accepted_total) == (1, 1, nok(400))


def test_nothing_accepted_is_nothing_saved(office: TestOffice) -> None:
    review = reviewed(office, ocr_giro([Paid("99999", "400")]))

    with pytest.raises(NothingAccepted):
        office.session.bank_imports.save(review, {})


def test_a_line_on_a_loan_that_is_written_off_is_a_recovered_loss_and_no_payment(office: TestOffice) -> None:
    loan, life = a_running_loan(office), office.session.life
    life.write_off(loan.id, WriteOff(uuid4(), PAID_ON, nok(12_000), life.stamp(), "moved away"))
    office.clock.turn(1)
    review = reviewed(office, camt(booked(loan, office.clock.day)))
    assert review.lines[0].state is LineState.LOAN_NOT_OPEN
    assert review.lines[0].loan is not None
    assert not review.lines[0].can_pay(review.lines[0].loan)

    with pytest.raises(LineRefused) as refused:
        office.session.bank_imports.save(review, {0: loan.id})
    assert isinstance(refused.value.reason, LoanWrittenOff)
    assert not office.session.loans.get(loan.id).journal.payments


def test_one_refused_line_keeps_all_others_out(office: TestOffice) -> None:
    loan = a_running_loan(office)
    early = replace(read(ocr_giro([Paid(kid(loan), "200")], on=date(2026, 1, 10))).lines[0], number=5)
    file = read(ocr_giro([Paid(kid(loan), "1000")]))
    both = replace(file, lines=(*file.lines, early))
    review = office.session.bank_imports.review(both, "two.txt")

    with pytest.raises(LineRefused) as refused:
        office.session.bank_imports.save(review, {0: loan.id, 1: loan.id})

    assert (refused.value.line, refused.value.loan_number) == (5, loan.number)
    assert isinstance(refused.value.reason, PaymentBeforePayout)
    assert office.session.loans.get(loan.id) == loan
    assert office.session.bank_imports.count_imports() == 0


def test_cancelling_keeps_nothing(office: TestOffice) -> None:
    loan = a_running_loan(office)
    review = reviewed(office, ocr_giro([Paid(kid(loan), "1000")]))

    assert office.session.bank_imports.save(review, review.proposed(), cancelled=lambda: True) is None

    assert office.session.loans.get(loan.id) == loan


def test_a_whole_import_is_reversed_as_one_and_can_be_imported_again(office: TestOffice) -> None:
    loans = [a_running_loan(office), a_running_loan(office, given_names="Berit", family_name="Moe")]
    content = ocr_giro([Paid(kid(loan), "1000") for loan in loans])
    review = reviewed(office, content)
    made = office.session.bank_imports.save(review, review.proposed())
    assert made is not None

    office.session.bank_imports.reverse(made.id, reason="The file of another office")

    assert [outstanding(office, loan.id) for loan in loans] == [nok(12_000)] * 2
    (row,) = office.session.bank_imports.imports(0, 10)
    assert (row.is_reversed, row.reason, row.accepted) == (True, "The file of another office", 2)
    again = reviewed(office, content)
    assert (states(again), again.earlier) == ([LineState.MATCHED] * 2, None)
    office.session.bank_imports.save(again, again.proposed())
    assert [outstanding(office, loan.id) for loan in loans] == [nok(11_000)] * 2


def test_a_payment_reversed_before_is_left_alone_when_its_import_is_reversed(office: TestOffice) -> None:
    loan = a_running_loan(office)
    review = reviewed(office, ocr_giro([Paid(kid(loan), "1000"), Paid(kid(loan), "500")]))
    made = office.session.bank_imports.save(review, review.proposed())
    assert made is not None
    wrong = next(each for each in office.session.loans.get(loan.id).journal.payments if each.amount == nok(500))
    office.session.payments.reverse(loan.id, wrong.id, reason="Wrong loan")

    office.session.bank_imports.reverse(made.id, reason="All wrong")

    assert len(office.session.loans.get(loan.id).journal.reversed_ids) == 2


def test_a_payment_reversed_by_itself_is_not_proposed_again(office: TestOffice) -> None:
    loan = a_running_loan(office)
    content = ocr_giro([Paid(kid(loan), "1000")])
    review = reviewed(office, content)
    office.session.bank_imports.save(review, review.proposed())
    (payment,) = office.session.loans.get(loan.id).journal.payments
    office.session.payments.reverse(loan.id, payment.id, reason="It was for another loan")

    again = reviewed(office, content)

    assert (states(again), again.proposed()) == ([LineState.REVERSED_BEFORE], {})
    office.session.bank_imports.save(again, {0: loan.id})
    assert states(reviewed(office, content)) == [LineState.ALREADY_IMPORTED]


def test_an_office_without_loans_finds_none_and_no_strange_currency(office: TestOffice) -> None:
    office.clock.day = PAID_ON

    assert states(reviewed(office, ocr_giro([Paid("99999", "400")]))) == [LineState.UNMATCHED]


def test_a_file_name_of_any_kind_is_kept_as_one_line(office: TestOffice) -> None:
    loan = a_running_loan(office)
    file = read(ocr_giro([Paid(kid(loan), "1000")]))
    review = office.session.bank_imports.review(file, "a\nb\x07" + "c" * 300)

    made = office.session.bank_imports.save(review, review.proposed())

    assert made is not None
    assert made.file_name.startswith("a b c")


def test_an_import_is_reversed_once_and_with_a_reason(office: TestOffice) -> None:
    loan = a_running_loan(office)
    review = reviewed(office, ocr_giro([Paid(kid(loan), "1000")]))
    made = office.session.bank_imports.save(review, review.proposed())
    assert made is not None

    with pytest.raises(InvalidValue):
        office.session.bank_imports.reverse(made.id, reason=" ")
    office.session.bank_imports.reverse(made.id, reason="Wrong file")
    with pytest.raises(ImportAlreadyReversed):
        office.session.bank_imports.reverse(made.id, reason="Wrong file")


def test_the_file_is_whole_after_an_import_and_its_reversal(office: TestOffice) -> None:
    loan = a_running_loan(office)
    review = reviewed(office, ocr_giro([Paid(kid(loan), "1000", text="")]))
    made = office.session.bank_imports.save(review, review.proposed())
    assert made is not None
    office.session.bank_imports.reverse(made.id, reason="Wrong file")

    assert office.session.file.check() == []  # type: ignore[attr-defined]


def test_nothing_that_says_who_paid_is_kept(office: TestOffice) -> None:
    loan = a_running_loan(office)
    review = reviewed(office, camt(entry("1000", transaction(reference=kid(loan), name="Kari Vik", account=PAYER))))
    office.session.bank_imports.save(review, review.proposed())

    history = office.session.queries.history([], Slice(0, 50))

    assert not [row for row in history if row.after and ("Kari Vik" in row.after or PAYER in row.after)]


def test_how_a_list_is_read_is_kept_for_lists_with_the_same_headings(office: TestOffice) -> None:
    content = b"Dato;Belop;Merknad\n16.02.2026;1000,00;12345\n"
    sample = BankFiles().sample(content.replace(b"Belop", "Beløp".encode()))
    assert sample.guide is not None
    assert office.session.bank_imports.guide_for(sample) is None
    chosen = replace(sample.guide, reference_column=2)

    office.session.bank_imports.keep_guide(sample, chosen)
    office.session.bank_imports.keep_guide(sample, chosen)

    assert office.reopen().bank_imports.guide_for(sample) == chosen
    assert office.session.file.check() == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_a_list_that_was_explained_is_read_in_whatever_letters_the_next_one_is_written(
    office: TestOffice, encoding: str
) -> None:
    reader, heading = BankFiles(), "Dato;KID;Inn;Navn\n"
    first = reader.sample(f"{heading}15.02.2026;00000013;1000,00;Ola Berg\n".encode())
    assert first.guide is not None
    office.session.bank_imports.keep_guide(first, first.guide)

    content = f"{heading}15.03.2026;00000013;1000,00;Amina Ødegård\n".encode(encoding)
    guide = office.session.bank_imports.guide_for(reader.sample(content))

    file = reader.read(content, guide, "NOK", lambda _done, _total: None, lambda: False)
    assert file is not None
    assert [(line.payer, line.amount_minor) for line in file.lines] == [("Amina Ødegård", 100_000)]


def test_the_offices_own_account_is_told_with_each_line(office: TestOffice) -> None:
    assert reviewed(office, ocr_giro([Paid("99999", "400")])).lines[0].line.account == OUR_ACCOUNT
