"""Taking payments on a real encrypted file: finding the loan, doubts, a group at once, reversing, receipts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from mikrolaan.domain.audit import Act
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.journal import AlreadyReversed, EntryUnknown, PaymentMeans, WriteOff
from mikrolaan.domain.loan import Outcome, Step
from mikrolaan.domain.payment_reference import (
    CheckMethod,
    PaymentReference,
    ReferenceKind,
    ReferenceRule,
    ReferenceTaken,
)
from mikrolaan.domain.statement import Status
from mikrolaan.services.desk import NotAllowed
from mikrolaan.services.payment_rows import Match
from mikrolaan.services.taking_payments import GroupPaymentRefused, LoanWrittenOff, UnusualPayment
from tests.builders import nok
from tests.documents.paper import pages_of
from tests.offices import TestOffice
from tests.repaying import a_group_with_loans, a_repaying_loan, auditor


def balance(office: TestOffice, loan) -> int:
    return office.session.loans.statement(office.session.loans.get(loan.id)).outstanding_principal.minor // 100


def findings(office: TestOffice) -> list[Any]:
    file: Any = office.session.file
    return list(file.check())


def found(office: TestOffice, typed: str, amount=None) -> list[tuple[str, Match]]:
    return [(each.borrower, each.by) for each in office.session.taking.find(typed, amount)]


# -- references


def test_a_loan_gets_its_reference_with_its_contract_and_keeps_it(office: TestOffice):
    loan = a_repaying_loan(office)
    assert loan.payment_reference is not None
    assert loan.payment_reference.digits == "00000018"  # 1 doubled is 2, 10 − 2 = 8

    rule = ReferenceRule(ReferenceKind.KID, CheckMethod.MOD11, 12, "77")
    settings = replace(office.session.office.get().settings, payment_reference=rule)
    office.session.office.change_settings(settings)
    again = a_repaying_loan(office, "Bea Dahl")
    office.reopen()

    assert office.session.office.get().settings.payment_reference == rule
    assert office.session.loans.get(loan.id).payment_reference == loan.payment_reference
    given = office.session.loans.get(again.id).payment_reference
    assert given is not None
    assert given.digits == "770000000027"
    # mod11 of 77000000002, weights from the right: 2·2 + 7·5 + 7·6 = 81 = 7·11 + 4, and 11 − 4 = 7
    assert findings(office) == []


def test_a_reference_that_another_loan_has_is_refused_and_nothing_is_issued(office: TestOffice):
    session = office.session
    other = a_repaying_loan(office, step=Step.DECISION)
    loan = a_repaying_loan(office, "Bea Dahl", step=Step.DECISION)
    session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    with session.file.desk().open_unit(Act.EXAMPLE_MADE) as unit:  # as if given by rules of another time
        unit.loans.save(unit.loans.get(other.id).with_reference(PaymentReference(ReferenceKind.KID, "00000026")))
        unit.commit()

    with pytest.raises(ReferenceTaken) as refused:
        session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)

    assert refused.value.digits == "00000026"
    assert session.loans.get(loan.id).contract is None
    assert session.queries.documents(loan_id=loan.id) == []


# -- finding


def test_a_loan_is_found_by_reference_number_name_and_amount(office: TestOffice):
    a_repaying_loan(office, "Amina Ødegård")
    a_repaying_loan(office, "Bea Dahl")

    assert found(office, "0000 0018") == [("Amina Ødegård", Match.REFERENCE)]
    assert found(office, "00000026") == [("Bea Dahl", Match.REFERENCE)]
    assert found(office, "2") == [("Bea Dahl", Match.NUMBER)]
    assert found(office, "odegard") == [("Amina Ødegård", Match.NAME)]
    assert found(office, "00000") == [("Amina Ødegård", Match.BEGINNING), ("Bea Dahl", Match.BEGINNING)]
    # the next instalment of both is 1 000 kroner
    assert found(office, "1000", nok(1000)) == [("Amina Ødegård", Match.AMOUNT), ("Bea Dahl", Match.AMOUNT)]
    assert found(office, "") == []
    assert found(office, "nobody") == []


def test_a_whole_reference_finds_its_loan_alone_though_a_phone_number_or_a_loan_has_the_same_digits(office: TestOffice):
    a_repaying_loan(office, "Amina Ødegård")
    for number in range(2, 19):
        a_repaying_loan(office, f"Bea Dahl{number}", step=Step.DECISION)

    assert found(office, "00000018") == [("Amina Ødegård", Match.REFERENCE)]
    assert found(office, "18") == [("Bea Dahl18", Match.NUMBER)]
    assert found(office, "0000001") == [("Amina Ødegård", Match.BEGINNING)]


def test_what_is_due_is_proposed_else_the_next_instalment(office: TestOffice):
    loan = a_repaying_loan(office)
    (soon,) = office.session.taking.find("1")
    office.clock.day = date(2026, 3, 20)  # 15 February and 15 March are due, 1 000 kroner each
    (late,) = office.session.taking.find("1")

    assert (soon.due_now, soon.proposed) == (nok(0), nok(1000))
    assert late.due_now == late.told.due_unpaid + late.told.late_interest
    assert (late.told.due_unpaid, late.told.days_past_due) == (nok(2000), 33)
    assert late.loan.id == loan.id
    assert found(office, "2000", nok(2000)) == [("Amina Ødegård", Match.AMOUNT)]


def test_an_application_is_found_by_its_number_but_takes_no_payment(office: TestOffice):
    loan = a_repaying_loan(office, step=Step.DECISION)

    (hit,) = office.session.taking.find(str(loan.number))

    assert not hit.takes_payments
    assert found(office, "Amina") == []


# -- taking


def test_a_payment_is_kept_and_listed_among_those_of_the_day(office: TestOffice):
    loan = a_repaying_loan(office)

    taken = office.session.taking.take(loan.id, nok(1000), office.clock.day, PaymentMeans.CASH)

    assert balance(office, loan) == 11_000
    (row,) = office.session.taking.taken_on(office.clock.day)
    assert (row.payment_id, row.loan_number, row.borrower) == (taken.payment_id, loan.number, "Amina Ødegård")
    assert (row.amount, row.means, row.officer) == (nok(1000), PaymentMeans.CASH, "Ingrid Tangen")
    assert not row.is_reversed
    assert row.receipt_id is None
    assert office.session.taking.taken_on(office.clock.day - timedelta(days=1)) == []
    office.session.taking.reverse([taken], reason="Typed on the wrong loan")
    (row,) = office.session.taking.taken_on(office.clock.day)
    assert row.is_reversed
    assert balance(office, loan) == 12_000


def test_far_more_than_the_loan_needs_is_asked_about(office: TestOffice):
    loan = a_repaying_loan(office)
    today = office.clock.day

    with pytest.raises(UnusualPayment) as asked:
        office.session.taking.take(loan.id, nok(120_000), today)

    (doubt,) = asked.value.doubts
    assert (doubt.loan_number, doubt.borrower, doubt.amount) == (loan.number, "Amina Ødegård", nok(120_000))
    assert doubt.payoff == nok(12_000)
    assert balance(office, loan) == 12_000
    office.session.taking.take(loan.id, nok(13_200), today)  # a tenth too much is kept as credit without a question
    office.clock.turn(1)
    with pytest.raises(UnusualPayment):
        office.session.taking.take(loan.id, nok(1), office.clock.day)  # nothing is owed any more
    office.session.taking.take(loan.id, nok(1), office.clock.day, is_sure=True)


def test_the_same_amount_on_the_same_day_is_asked_about_until_the_officer_is_sure(office: TestOffice):
    loan, taking, today = a_repaying_loan(office), office.session.taking, office.clock.day
    taking.take(loan.id, nok(1000), today)

    with pytest.raises(UnusualPayment) as asked:
        taking.take(loan.id, nok(1000), today)
    assert asked.value.doubts[0].is_second
    assert asked.value.doubts[0].payoff is None
    taking.take(loan.id, nok(999), today)
    taking.take(loan.id, nok(1000), today, is_sure=True)

    assert len(taking.taken_on(today)) == 3


def test_payments_of_tomorrow_and_by_who_may_not_are_refused(office: TestOffice):
    loan, tomorrow = a_repaying_loan(office), office.clock.day + timedelta(days=1)

    with pytest.raises(InvalidValue) as refused:
        office.session.taking.take(loan.id, nok(1000), tomorrow)
    assert (refused.value.field, refused.value.problem) == ("received_on", Problem.TOO_LATE)
    with pytest.raises(NotAllowed):
        auditor(office).taking.take(loan.id, nok(1000), office.clock.day)


def test_what_is_written_off_takes_no_payment(office: TestOffice):
    loan, today = a_repaying_loan(office), office.clock.day
    life = office.session.life
    life.write_off(loan.id, WriteOff(uuid4(), today, nok(12_000), life.stamp(), "moved away"))
    office.clock.turn(1)

    for take in (office.session.taking.take, office.session.payments.take):
        with pytest.raises(LoanWrittenOff) as refused:
            take(loan.id, nok(1000), today + timedelta(days=1))
        assert refused.value.number == loan.number


# -- a group


def test_a_groups_payments_are_kept_at_once_and_reversed_at_once(office: TestOffice):
    group, loans = a_group_with_loans(office)
    taking, today = office.session.taking, office.clock.day

    named, lines = taking.group_lines(group.id)
    taken = taking.take_group([(loan.id, nok(1000)) for loan in loans[:2]], today)

    assert named.name == "Solsikken"
    assert [line.borrower for line in lines] == ["Ada Berg", "Bea Dahl", "Cleo Eng"]
    assert [balance(office, loan) for loan in loans] == [11_000, 11_000, 12_000]
    assert {row.means for row in taking.taken_on(today)} == {PaymentMeans.CASH}
    taking.reverse(taken, reason="Counted again")
    assert [balance(office, loan) for loan in loans] == [12_000, 12_000, 12_000]
    assert findings(office) == []


def test_one_payment_that_cannot_be_keeps_the_whole_sheet_out(office: TestOffice):
    _group, loans = a_group_with_loans(office)
    taking, before_payout = office.session.taking, date(2026, 1, 10)

    with pytest.raises(GroupPaymentRefused) as refused:
        taking.take_group([(loan.id, nok(1000)) for loan in loans], before_payout)
    assert refused.value.loan_id == loans[0].id
    with pytest.raises(UnusualPayment) as asked:
        taking.take_group([(loans[0].id, nok(1000)), (loans[1].id, nok(50_000))], office.clock.day)
    assert [doubt.borrower for doubt in asked.value.doubts] == ["Bea Dahl"]
    with pytest.raises(InvalidValue):
        taking.take_group([], office.clock.day)

    assert [balance(office, loan) for loan in loans] == [12_000, 12_000, 12_000]
    assert taking.taken_on(office.clock.day) == []


# -- receipts


def test_a_payment_has_one_receipt_that_says_what_it_settled(office: TestOffice):
    loan, session = a_repaying_loan(office), office.session
    office.clock.day = date(2026, 2, 15)
    taken = session.taking.take(loan.id, nok(1500), office.clock.day, PaymentMeans.CASH)

    receipt = session.documents.issue_receipt(loan.id, taken.payment_id, "en")
    again = session.documents.issue_receipt(loan.id, taken.payment_id, "en")

    assert receipt.id == again.id
    assert receipt.kind is DocumentKind.RECEIPT
    assert receipt.number == "R-00001-00001"
    (page,) = pages_of(receipt.content)
    for told in ("Receipt", "1500.00", "Cash", "00000018", "15Feb2026", "AminaØdegård", "10500.00"):
        assert told in page.replace("\u202f", "")
    (row,) = session.taking.taken_on(office.clock.day)
    assert row.receipt_id == receipt.id
    assert findings(office) == []


def test_there_is_no_receipt_for_what_does_not_count(office: TestOffice):
    loan, session = a_repaying_loan(office), office.session
    taken = session.taking.take(loan.id, nok(1000), office.clock.day)
    session.taking.reverse([taken], reason="Wrong loan")

    with pytest.raises(AlreadyReversed):
        session.documents.issue_receipt(loan.id, taken.payment_id)
    with pytest.raises(EntryUnknown):
        session.documents.issue_receipt(loan.id, loan.id)
    assert [row.kind for row in session.queries.documents(loan_id=loan.id)] == [DocumentKind.LOAN_CONTRACT]


def test_payments_of_one_day_settle_what_is_due_in_the_order_in_which_they_were_typed(office: TestOffice):
    loan, taking, today = a_repaying_loan(office), office.session.taking, office.clock.day
    typed = [nok(each) for each in (1100, 1050, 900, 1000, 950, 1020, 870, 990)]
    payments = []
    for amount in typed:
        as_it_stands = office.session.loans.get(loan.id)
        _before, foretold = taking.preview(as_it_stands, amount, today)
        payments.append(taking.take(loan.id, amount, today, is_sure=True))
        last, kept = foretold.allocations[-1], payments[-1].told.allocations[-1]
        assert (last.shares, last.to_credit) == (kept.shares, kept.to_credit)  # what was shown is what was kept

    told = office.session.loans.statement(office.session.loans.get(loan.id))
    assert [each.payment_id for each in told.allocations] == [each.payment_id for each in payments]


def test_the_last_instalment_paid_ahead_is_proposed_with_interest_to_the_day_only(office: TestOffice):
    loan = a_repaying_loan(office, instalments=2, annual_rate_percent=Decimal(12))
    first, last = loan.plan().instalments
    office.clock.day = first.due_on
    taking = office.session.taking
    taking.take(loan.id, first.due, first.due_on)
    office.clock.turn(10)

    proposed = taking.payable(loan.id).proposed

    assert proposed is not None
    assert proposed < last.due  # 6 000 kroner and ten days' interest rather than a month's
    told = taking.take(loan.id, proposed, office.clock.day).told
    assert (told.status, told.credit) == (Status.REPAID, nok(0))
