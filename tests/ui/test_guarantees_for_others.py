"""The loans of others that a borrower answers for, seen from the borrower's case."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.group import LiabilityForm
from mikrolaan.domain.identity import Country, read_identity
from mikrolaan.domain.loan import Step
from mikrolaan.domain.synthetic import synthetic_identity
from mikrolaan.ui.borrowers.case_page import BorrowerCase
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.task_runner import TaskRunner
from tests.builders import a_person
from tests.guaranteeing import a_guarantee
from tests.offices import TestOffice
from tests.ui.lending import a_loan_at, register
from tests.ui.security import cells, in_default


def opened(qtbot, qapp, office: TestOffice, borrower: Borrower, tab: str = "loans") -> Any:
    case = BorrowerCase(office.session, TaskRunner(qapp))
    qtbot.addWidget(case)
    case.resize(1072, 748)
    case.show()
    case.opened(Destination("borrower", borrower.id, tab))
    return case


def words(widget: Any) -> list[str]:
    return [shown.text() for kind in (QPushButton, QLabel) for shown in widget.findChildren(kind)]


def test_who_answers_for_nobody_else_sees_nothing_of_it(qtbot, qapp, office):
    case = opened(qtbot, qapp, office, register(office, "Bea Dahl")[0])

    assert not case.loans.guarantees.isVisible()
    assert case.loans.table.geometry().bottom() == case.loans.rect().bottom()
    assert case.overview.guarantees.isHidden()


def test_the_loans_that_a_borrower_guarantees_stand_below_the_own_and_open_with_enter_and_double_click(
    qtbot, qapp, office
):
    bea = register(office, "Bea Dahl")[0]
    loan = a_loan_at(office, Step.REPAYING)
    office.session.guarantors.add(loan.id, bea.id, a_guarantee())
    case = opened(qtbot, qapp, office, bea)
    table = case.loans.guarantees.table
    assert cells(table) == [["1", "Amina Ødegård", "Not signed", "12 000.00", "12 000.00", "On time"]]

    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    with qtbot.waitSignal(case.go_to) as going:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert going.args == [Destination("loan", loan.id)]
    with qtbot.waitSignal(case.go_to) as going:
        where = table.visualRect(table.model().index(0, 1)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert going.args == [Destination("loan", loan.id)]


def test_the_overview_warns_of_a_guaranteed_loan_that_is_overdue_and_leads_to_it(qtbot, qapp, office):
    loan = in_default(office)
    dina = register(office, "Dina Foss")[0]
    guarantor = office.session.guarantors.add(loan.id, dina.id, a_guarantee()).guarantor
    office.session.guarantors.sign(guarantor.id, date(2026, 1, 15), on_other_paper=True)
    case = opened(qtbot, qapp, office, dina, "overview")

    card = case.overview.guarantees
    told = words(card)
    assert card.isVisible()
    assert {"Loan 1", "Ada Berg", "Overdue", "at most NOK\xa012\u202f000.00"} <= set(told)
    with qtbot.waitSignal(case.go_to) as going:
        card.findChild(QPushButton).click()
    assert going.args == [Destination("loan", loan.id)]


def test_a_guarantee_that_is_over_leaves_the_overview_and_stays_in_the_list(qtbot, qapp, office):
    loan = a_loan_at(office, Step.REPAYING)
    bea, cleo = register(office, "Bea Dahl", "Cleo Eng")
    session, today = office.session, office.clock.day
    released = session.guarantors.add(loan.id, bea.id, a_guarantee()).guarantor
    session.guarantors.sign(released.id, today, on_other_paper=True)
    session.guarantors.release(released.id, today, reason="Half of it is repaid")
    removed = session.guarantors.add(loan.id, cleo.id, a_guarantee()).guarantor
    session.guarantors.remove(removed.id)

    case = opened(qtbot, qapp, office, bea)
    assert case.overview.guarantees.isHidden()
    assert cells(case.loans.guarantees.table)[0][2] == "Released on 15 Jan 2026"
    case.opened(Destination("borrower", cleo.id, "loans"))
    assert not case.loans.guarantees.isVisible()


def test_a_member_who_answers_for_the_group_sees_the_loans_of_the_others(qtbot, qapp, office):
    loan = in_default(office, LiabilityForm.JOINT)
    members = office.session.groups.get(loan.group_id).memberships
    bea = office.session.borrowers.get(members[1].borrower_id)
    case = opened(qtbot, qapp, office, bea)

    (row,) = cells(case.loans.guarantees.table)
    assert (row[1], row[2], row[5]) == ("Ada Berg", "Member of the group", "Overdue")
    ada = office.session.borrowers.get(members[0].borrower_id)
    case.opened(Destination("borrower", ada.id, "loans"))
    assert not case.loans.guarantees.isVisible()  # the loan is Ada's own


def test_a_guarantor_typed_with_the_number_of_a_borrower_is_found_in_the_case(qtbot, qapp, office):
    number = read_identity(synthetic_identity(Country.NO, date(1988, 4, 17), 0), Country.NO, office.clock.day)
    bea = a_person(given_names="Bea", family_name="Dahl", identity_number=number, birth_date=None)
    loan = a_loan_at(office, Step.DECISION)
    office.session.guarantors.add(loan.id, bea, a_guarantee())  # before she came as a client
    borrower = office.session.borrowers.register(bea, None)

    case = opened(qtbot, qapp, office, borrower)
    assert [row[1] for row in cells(case.loans.guarantees.table)] == ["Amina Ødegård"]


def test_in_a_small_window_both_lists_are_whole_and_the_empty_one_keeps_its_words(qtbot, qapp, office):
    bea = register(office, "Bea Dahl")[0]
    for name in ("Ada Berg", "Cleo Eng", "Dina Foss", "Eli Gran", "Frøya Haug"):
        office.session.guarantors.add(a_loan_at(office, Step.DECISION, name).id, bea.id, a_guarantee())
    case = opened(qtbot, qapp, office, bea)
    case.resize(962, 649)  # what a window of 1024 × 700 has for a page

    empty = case.loans.table.empty
    qtbot.waitUntil(lambda: not empty.picture.isVisible())
    act = empty.findChild(QPushButton)
    assert empty.rect().contains(act.geometry())
    assert act.geometry().top() > empty.text.geometry().bottom()
    assert case.loans.rect().contains(case.loans.guarantees.geometry())
    case.resize(1072, 900)
    qtbot.waitUntil(empty.picture.isVisible)
