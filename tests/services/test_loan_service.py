"""From application to payment through the services, on a real encrypted file."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.errors import InvalidValue
from mikrolaan.domain.group import GroupRole, NotMember
from mikrolaan.domain.loan import Loan, Outcome, Step, StepNotOpen
from mikrolaan.domain.office import Role
from mikrolaan.domain.statement import Status
from mikrolaan.services.desk import Desk, NotAllowed
from mikrolaan.services.loans import LoanService
from mikrolaan.services.queries import LoanFilter, Order, Slice
from tests.builders import a_person, nok, terms
from tests.offices import TestOffice


def an_application(office: TestOffice, **choices: UUID) -> Loan:
    borrower = office.session.borrowers.register(a_person())
    product = office.session.products.offered()[0]
    return office.session.loans.apply(borrower.id, product, terms(), purpose="Sewing machine", **choices)


def a_paid_out_loan(office: TestOffice) -> Loan:
    session = office.session
    loan = an_application(office)
    session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    session.loans.sign(loan.id, office.clock.day)
    office.clock.turn(10)
    return session.loans.pay_out(loan.id, office.clock.day)


def test_a_loan_goes_from_application_to_payment_and_survives_closing(office: TestOffice) -> None:
    loan = a_paid_out_loan(office)
    office.clock.turn(31)

    told = office.session.payments.take(loan.id, nok(1_000), date(2026, 2, 15))
    again = office.reopen().loans.get(loan.id)

    assert told.outstanding_principal == nok(11_000)
    assert office.session.loans.statement(again) == told
    assert again.step is Step.REPAYING


def test_a_reversed_payment_leaves_the_figures_as_before(office: TestOffice) -> None:
    loan = a_paid_out_loan(office)
    office.clock.turn(31)
    before = office.session.loans.statement(loan)
    office.session.payments.take(loan.id, nok(1_000), office.clock.day)
    wrong = office.session.loans.get(loan.id).journal.payments[0]

    after = office.session.payments.reverse(loan.id, wrong.id, reason="Typed on the wrong loan")

    assert (after.rows, after.outstanding_principal) == (before.rows, before.outstanding_principal)


def test_a_preview_keeps_nothing(office: TestOffice) -> None:
    loan = a_paid_out_loan(office)
    office.clock.turn(31)

    before, after = office.session.payments.preview(loan, nok(400), office.clock.day)

    assert before.due_unpaid - after.due_unpaid == nok(400)
    assert office.session.loans.get(loan.id).journal.payments == ()


def test_a_payment_of_tomorrow_is_refused(office: TestOffice) -> None:
    loan = a_paid_out_loan(office)

    with pytest.raises(InvalidValue) as refused:
        office.session.payments.take(loan.id, nok(1_000), date(2027, 1, 1))

    assert refused.value.field == "received_on"


def test_the_list_of_loans_shows_what_the_statement_says(office: TestOffice) -> None:
    loan = a_paid_out_loan(office)
    office.clock.turn(31)
    told = office.session.payments.take(loan.id, nok(2_500), office.clock.day)

    (row,) = office.session.queries.loans(LoanFilter(), Order(), Slice())

    assert (row.outstanding, row.step, row.borrower) == (told.outstanding_principal, Step.REPAYING, "Amina Ødegård")


def test_a_loan_in_a_groups_context_is_given_to_members_only(office: TestOffice) -> None:
    members = [office.session.borrowers.register(a_person(given_names=name)) for name in ("Ada", "Bea", "Cleo")]
    roles = [GroupRole.LEADER, GroupRole.MEMBER, GroupRole.MEMBER]
    group = office.session.groups.form(
        "Solsikken", office.clock.day, [(member.id, role) for member, role in zip(members, roles, strict=True)]
    )

    with pytest.raises(NotMember):
        an_application(office, group_id=group.id)

    product = office.session.products.offered()[0]
    loan = office.session.loans.apply(members[1].id, product, terms(), group_id=group.id)

    assert loan.step is Step.GROUP_VIEW
    with pytest.raises(StepNotOpen):
        office.session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)


def test_a_refused_act_changes_nothing_and_leaves_no_history(office: TestOffice) -> None:
    loan = an_application(office)
    history = office.session.queries.count_history([loan.id])

    with pytest.raises(StepNotOpen):
        office.session.loans.sign(loan.id, office.clock.day)

    assert office.session.loans.get(loan.id) == loan
    assert office.session.queries.count_history([loan.id]) == history


def test_an_auditor_sees_everything_and_changes_nothing(office: TestOffice) -> None:
    loan = an_application(office)
    desk = office.session.file.desk()
    officer = type(desk.officer)(desk.officer.id, "Aud Revisor", frozenset({Role.AUDITOR}))
    audits = LoanService(Desk(desk.open_unit, desk.queries, desk.today, desk.now, officer))

    assert audits.get(loan.id) == loan
    with pytest.raises(NotAllowed):
        audits.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    with pytest.raises(NotAllowed):
        audits.withdraw(loan.id, reason="No")


def test_what_was_issued_reopens_byte_for_byte(office: TestOffice) -> None:
    loan = an_application(office)
    office.session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)

    issued = office.session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    reopened = office.reopen().documents.open(issued.id)

    assert reopened.content == issued.content
    assert reopened.sha256_hex == issued.sha256_hex
    assert office.session.loans.get(loan.id).contract is not None


def test_a_draft_is_not_kept(office: TestOffice) -> None:
    loan = an_application(office)

    pages = office.session.documents.draft(DocumentKind.REPAYMENT_PLAN, loan)

    assert pages.startswith(b"%PDF")
    assert office.session.queries.documents(loan_id=loan.id) == []


def test_the_status_follows_the_calendar(office: TestOffice) -> None:
    loan = a_paid_out_loan(office)
    assert office.session.loans.statement(loan).status is Status.CURRENT

    office.clock.turn(60)

    assert office.session.loans.statement(loan).status is Status.OVERDUE
