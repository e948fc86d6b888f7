"""What the tests of guarantors in the window share: a loan with its tab open, and hands in the dialog."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from mikrolaan.domain.borrower import Person
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.group import GroupRole, LiabilityForm
from mikrolaan.domain.guarantor import Guarantor, KnownGuarantor
from mikrolaan.domain.loan import Loan, Outcome
from mikrolaan.services.session import Session
from mikrolaan.ui.navigation import Destination
from tests.builders import terms
from tests.guaranteeing import KARI, a_guarantee
from tests.offices import TestOffice
from tests.ui.lending import dialog, open_window, register, write

NAME, RELATION, KIND, AT_MOST, ON_TOP, STATE = range(6)


def opened(qtbot: QtBot, session: Session, loan: Loan, tab: str = "security") -> Any:
    """The page of the loan with a tab open; its window is `window_of_test`."""
    window = open_window(qtbot, session)
    window.go_to(Destination("loan", loan.id, tab))
    page = window.current_page
    page.window_of_test = window
    return page


def cells(table: QTableView) -> list[list[str]]:
    """What stands in the table, row by row."""
    model = table.model()
    return [
        [plain(model.index(row, at).data()) for at in range(model.columnCount())] for row in range(model.rowCount())
    ]


def plain(text: str) -> str:
    """With usual spaces."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def field(name: str) -> Any:
    """The field of the open dialog."""
    return dialog().form.fields[name]


def tick(name: str, value: object) -> None:
    """Choose among the few choices of a field."""
    field(name).buttons[value].click()


def type_kari() -> None:
    """Kari Vik, born 1 March 1970, without a number."""
    write(field("given_names").line, "Kari")
    write(field("family_name").line, "Vik")
    field("no_number").box.click()
    write(field("birth_date").line, "1.3.1970")


def add(office: TestOffice, loan: Loan, who: Person = KARI, **guarantee: Any) -> Guarantor:
    """Kari Vik, or somebody else, promises at most 12 000 kroner."""
    return office.session.guarantors.add(loan.id, who, a_guarantee(**guarantee)).guarantor


def guarantors(office: TestOffice, loan: Loan) -> Sequence[KnownGuarantor]:
    """Everybody on the loan's list."""
    return office.session.guarantors.of_loan(loan.id)


def in_default(office: TestOffice, liability: LiabilityForm = LiabilityForm.NONE) -> Loan:
    """12 000 kroner repaid by 1 000 a month; the instalment of 15 February 2026 is unpaid, and it is 1 March."""
    session = office.session
    people = register(office, "Ada Berg", "Bea Dahl", "Cleo Eng")
    group_id = None
    if liability is not LiabilityForm.NONE:
        roles = [GroupRole.LEADER, GroupRole.MEMBER, GroupRole.MEMBER]
        members = [(person.id, role) for person, role in zip(people, roles, strict=True)]
        group_id = session.groups.form("Solsikken", office.clock.day, members, liability).id
    loan = session.loans.apply(people[0].id, session.products.offered()[0], terms(), purpose="Loom", group_id=group_id)
    if group_id is not None:
        session.loans.record_group_view(loan.id, supports=True, on=office.clock.day)
    session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    session.loans.sign(loan.id, office.clock.day)
    office.clock.day = date(2026, 1, 15)
    session.loans.pay_out(loan.id, office.clock.day)
    office.clock.day = date(2026, 3, 1)
    return session.loans.get(loan.id)
