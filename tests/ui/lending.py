"""What the tests of loans and groups share: people, loans at each step, the window, and hands on the keyboard."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mikrolaan.app import print_paper
from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.group import GroupRole, NetworkGroup
from mikrolaan.domain.loan import Loan, Outcome, Step
from mikrolaan.domain.office import Officer, Role
from mikrolaan.services.session import OpenFile, Session
from mikrolaan.ui.groups import group_pages
from mikrolaan.ui.loans import loan_pages
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.widgets.fields import SearchField
from mikrolaan.ui.widgets.form_dialog import FormDialog
from mikrolaan.ui.widgets.value_fields import ChoiceField
from tests.builders import a_person, terms
from tests.offices import TestOffice


def register(office: TestOffice, *names: str) -> list[Borrower]:
    """Borrowers called, say, "Ada Berg"."""
    people = []
    for name in names:
        given, family = name.rsplit(" ", 1)
        people.append(office.session.borrowers.register(a_person(given_names=given, family_name=family)))
    return people


def a_group(office: TestOffice, name: str = "Solsikken", people: list[Borrower] | None = None) -> NetworkGroup:
    """Three members, the first of them leader."""
    people = people or register(office, "Ada Berg", "Bea Dahl", "Cleo Eng")
    roles = [GroupRole.LEADER, GroupRole.SECRETARY, *[GroupRole.MEMBER] * (len(people) - 2)]
    members = [(person.id, role) for person, role in zip(people, roles, strict=True)]
    return office.session.groups.form(name, office.clock.day, members)


def an_application(office: TestOffice, name: str = "Amina Ødegård", group_id: UUID | None = None, **of: Any) -> Loan:
    """12 000 kroner without interest, 1 000 a month from 15 February 2026."""
    session = office.session
    borrower_id = session.groups.get(group_id).memberships[0].borrower_id if group_id else register(office, name)[0].id
    product = session.products.offered()[0]
    return session.loans.apply(borrower_id, product, terms(**of), purpose="Sewing machine", group_id=group_id)


def a_loan_at(office: TestOffice, step: Step, name: str = "Amina Ødegård") -> Loan:
    """A loan that waits for the step named; a repaying one was paid out on 15 January and it is that day."""
    session, today = office.session, office.clock.day
    loan = an_application(office, name)
    if step is not Step.DECISION:
        loan = session.loans.decide(loan.id, Outcome.APPROVED, on=today)
    if step in (Step.SIGNED, Step.PAID_OUT, Step.REPAYING):
        session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    if step in (Step.PAID_OUT, Step.REPAYING):
        loan = session.loans.sign(loan.id, today)
    if step is Step.REPAYING:
        office.clock.turn(10)
        loan = session.loans.pay_out(loan.id, office.clock.day)
    return session.loans.get(loan.id)


def auditor(office: TestOffice) -> Session:
    """The same file in the hands of an officer who may see everything and change nothing."""
    file = office.session.file
    officer = Officer(uuid4(), "Aud Revisor", frozenset({Role.AUDITOR}))
    desk = replace(file.desk(), officer=officer)
    seen = SimpleNamespace(path=file.path, officer=officer, queries=file.queries, desk=lambda: desk, close=file.close)
    return Session(cast(OpenFile, seen), print_paper)


def open_window(qtbot: QtBot, session: Session) -> Any:
    """The window with the pages of loans and groups, active; Any, because a test knows which page it opened."""
    window = MainWindow([*loan_pages(session), *group_pages(session)], "Fjordfondet", session.officer.name)
    qtbot.addWidget(window, before_close_func=_stop_searching)
    window.show()
    QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))  # windows of earlier tests take no keys
    activate(window)
    return window


def _stop_searching(window: QWidget) -> None:
    """A search that waits for a pause in typing must not outlive the office file of its test."""
    for field in window.findChildren(SearchField):
        field._pause.stop()


def dialog() -> Any:
    """The dialog that is open, with the cursor in it."""
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, FormDialog)
    activate(shown)
    return shown


def activate(window: QWidget) -> None:
    """Let the keys go to this window, which the plugin without a screen does not always do by itself."""
    for _try in range(200):
        if window.isActiveWindow():
            return
        window.activateWindow()
        QTest.qWait(5)
    raise AssertionError(window)


def no_dialog() -> bool:
    """Whether no dialog is open."""
    return QApplication.activeModalWidget() is None


def write(line: QLineEdit, text: str) -> None:
    """Type over what stands in a line."""
    activate(line.window())
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, text)


def choose(field: ChoiceField[Any], words: str) -> None:
    """Go down the list with the arrow key to the choice that begins with these words."""
    field.box.setFocus()
    QTest.keyClick(field.box, Qt.Key.Key_Home)
    for _number in range(field.box.count()):
        if field.box.currentText().startswith(words):
            return
        QTest.keyClick(field.box, Qt.Key.Key_Down)
    raise AssertionError(words)


def pick(line: QLineEdit, text: str) -> None:
    """Type into a picker and close its list without choosing."""
    write(line, text)
    popup = QApplication.activePopupWidget()
    if popup is not None:
        QTest.keyClick(popup, Qt.Key.Key_Escape)


def press(key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the cursor is: in what floats, else in what has the focus."""
    if QApplication.activePopupWidget() is None and QApplication.focusWidget() is None:
        windows = [shown for shown in QApplication.topLevelWidgets() if isinstance(shown, MainWindow)]
        activate(QApplication.activeModalWidget() or next(shown for shown in windows if shown.isVisible()))
    target = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, keys)
