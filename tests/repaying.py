"""Loans that are being repaid, alone and in a group, for tests that have no window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

from mikrolaan.app import print_paper
from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.group import GroupRole, NetworkGroup
from mikrolaan.domain.loan import Loan, Outcome, Step
from mikrolaan.domain.office import Officer, Role
from mikrolaan.services.session import OpenFile, Session
from tests.builders import PAID_OUT_ON, a_person, terms
from tests.offices import TestOffice


def a_borrower_called(office: TestOffice, name: str) -> Borrower:
    given, family = name.rsplit(" ", 1)
    return office.session.borrowers.register(a_person(given_names=given, family_name=family))


def a_repaying_loan(
    office: TestOffice,
    name: str = "Amina Ødegård",
    borrower_id: UUID | None = None,
    step: Step = Step.REPAYING,
    **of: Any,
) -> Loan:
    """12 000 kroner without interest, 1 000 a month from 15 February 2026; it is then 15 January or later."""
    session = office.session
    borrower_id = borrower_id or a_borrower_called(office, name).id
    loan = session.loans.apply(borrower_id, session.products.offered()[0], terms(**of))
    if step is Step.DECISION:
        return loan
    session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    session.loans.sign(loan.id, office.clock.day)
    office.clock.day = max(office.clock.day, date(2026, 1, 15))
    return session.loans.pay_out(loan.id, max(PAID_OUT_ON, office.clock.day))


def a_group_with_loans(
    office: TestOffice, names: tuple[str, ...] = ("Ada Berg", "Bea Dahl", "Cleo Eng")
) -> tuple[NetworkGroup, list[Loan]]:
    """Three members, the first of them leader, each with a loan of 12 000 kroner."""
    people = [a_borrower_called(office, name) for name in names]
    roles = [GroupRole.LEADER, GroupRole.SECRETARY, *[GroupRole.MEMBER] * (len(people) - 2)]
    members = [(person.id, role) for person, role in zip(people, roles, strict=True)]
    group = office.session.groups.form("Solsikken", office.clock.day, members)
    return group, [a_repaying_loan(office, borrower_id=person.id) for person in people]


def auditor(office: TestOffice) -> Session:
    """The same file in the hands of an officer who may see everything and change nothing."""
    file = office.session.file
    officer = Officer(uuid4(), "Aud Revisor", frozenset({Role.AUDITOR}))
    desk = replace(file.desk(), officer=officer)
    seen = SimpleNamespace(path=file.path, officer=officer, queries=file.queries, desk=lambda: desk, close=file.close)
    return Session(cast(OpenFile, seen), print_paper)
