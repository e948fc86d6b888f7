"""The Payments page in the hands of a clerk who has no mouse."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.journal import PaymentMeans
from mikrolaan.domain.loan import Outcome, Step
from mikrolaan.i18n import use_language
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import unnamed_focusable
from mikrolaan.ui.widgets.dialogs import Dialog
from tests.builders import nok
from tests.offices import TestOffice
from tests.repaying import a_group_with_loans, a_repaying_loan, auditor
from tests.ui.lending import activate, dialog, no_dialog, press, write
from tests.ui.paying import Hands, open_page, taken


@pytest.fixture
def hands() -> Hands:
    return Hands()


# -- one payment


def test_a_payment_takes_its_reference_and_two_keys(office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands):
    a_repaying_loan(office)
    tab = open_page(qtbot, qapp, office.session).current
    assert QApplication.focusWidget() is tab.payer.line

    hands.type("00000018")
    hands.press(Qt.Key.Key_Return)
    assert tab.amount.value() == nok(1000)
    assert "Instalment 1, 15 Feb 2026" in tab.preview.text
    hands.press(Qt.Key.Key_Return)

    assert hands.keys == 8 + 2
    assert taken(office) == [("Amina Ødegård", 1000, False)]
    assert QApplication.focusWidget() is tab.payer.line
    assert tab.payer.is_empty()
    assert tab.taken.model.rowCount() == 1


def test_the_name_of_who_paid_has_room_in_a_window_of_usual_size(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands
):
    a_repaying_loan(office, "Amina Kristine Ødegård")
    tab = open_page(qtbot, qapp, office.session).current
    hands.type("00000018")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)

    table = tab.taken.table
    needed = table.fontMetrics().horizontalAdvance("Amina Kristine Ødegård") + 24

    assert table.columnWidth(2) >= needed
    assert tab.taken.sum.height() >= tab.taken.sum.heightForWidth(tab.taken.sum.width())


def test_a_payment_half_typed_keeps_its_day_while_another_page_is_looked_at(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands
):
    loan = a_repaying_loan(office)
    office.clock.day = date(2026, 2, 20)
    tab = open_page(qtbot, qapp, office.session).current
    hands.type("00000018")
    hands.press(Qt.Key.Key_Return)
    tab.received_on.set_value(date(2026, 2, 15))
    window = tab.window()

    window.go_to(Destination("loan", loan.id))
    window.go_back()

    assert tab.received_on.value() == date(2026, 2, 15)
    tab.take()
    assert office.session.loans.get(loan.id).journal.payments[0].on == date(2026, 2, 15)
    window.go_to(Destination("loans"))
    window.go_to(Destination("payments"))
    assert tab.received_on.value() == office.clock.day, "the next payment begins with today"


def test_what_is_proposed_follows_the_day_until_another_amount_is_typed(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands
):
    a_repaying_loan(office)
    office.clock.day = date(2026, 2, 20)
    tab = open_page(qtbot, qapp, office.session).current
    hands.type("00000018")
    hands.press(Qt.Key.Key_Return)
    assert tab.amount.value() > nok(1000), "late interest of five days"

    write(tab.received_on.editor, "15.02.2026")
    assert tab.amount.value() == nok(1000)
    assert tab.payer.model.index(0, 3).data() == "1\u202f000.00"

    write(tab.amount.line, "900")
    write(tab.received_on.editor, "16.02.2026")
    assert tab.amount.value() == nok(900)


def test_an_amount_by_which_the_loan_was_found_stays_whatever_the_day(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands
):
    a_repaying_loan(office)
    office.clock.day = date(2026, 2, 15)
    tab = open_page(qtbot, qapp, office.session).current
    hands.type("1000")
    hands.press(Qt.Key.Key_Return)
    office.clock.day = date(2026, 2, 20)

    write(tab.received_on.editor, "20.02.2026")

    assert tab.amount.value() == nok(1000)


def test_the_day_typed_for_one_payment_gives_the_figures_of_the_next(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands
):
    for name in ("Amina Ødegård", "Berit Moe"):
        a_repaying_loan(office, name)
    office.clock.day = date(2026, 2, 20)
    tab = open_page(qtbot, qapp, office.session).current
    tab.received_on.set_value(date(2026, 2, 15))
    for name in ("Amina", "Berit"):
        write(tab.payer.line, name)
        press(Qt.Key.Key_Return)
        assert tab.amount.value() == nok(1000)
        press(Qt.Key.Key_Return)

    assert taken(office) == [("Berit Moe", 1000, False), ("Amina Ødegård", 1000, False)]


def test_a_name_is_chosen_with_the_arrows_and_another_amount_typed(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands
):
    for name in ("Berit Haugen", "Bea Dahl", "Cleo Eng"):
        a_repaying_loan(office, name)
    tab = open_page(qtbot, qapp, office.session).current

    hands.type("be")
    hands.press(Qt.Key.Key_Down)  # Haugen comes after Dahl
    assert tab.payer.model.rowCount() == 2
    hands.press(Qt.Key.Key_Return)
    hands.type("1500")
    assert "Outstanding after" in tab.preview.text
    hands.press(Qt.Key.Key_Return)

    assert taken(office) == [("Berit Haugen", 1500, False)]


def test_what_is_due_now_says_how_much_of_it_is_late_interest(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands
):
    a_repaying_loan(office)
    office.clock.day = date(2026, 3, 1)
    rows = open_page(qtbot, qapp, office.session).current.payer.model

    hands.type("KID 0000 0018")
    qtbot.waitUntil(lambda: rows.rowCount() == 1)

    (found,) = office.session.taking.find("00000018")
    late = found.told.late_interest
    assert late
    assert rows.index(0, 3).data(Qt.ItemDataRole.ToolTipRole) == f"with NOK\u00a0{late.to_decimal()} of late interest"


def test_an_amount_finds_the_loan_and_is_proposed(office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands):
    a_repaying_loan(office)
    tab = open_page(qtbot, qapp, office.session).current

    hands.type("1000")
    hands.press(Qt.Key.Key_Return)

    assert tab.payer.chosen.borrower == "Amina Ødegård"
    assert tab.amount.value() == nok(1000)


def test_day_and_means_are_reached_with_tab_and_kept_for_the_next(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands
):
    a_repaying_loan(office)
    office.clock.day = date(2026, 2, 16)
    tab = open_page(qtbot, qapp, office.session).current

    hands.type("1")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is tab.means.box
    hands.press(Qt.Key.Key_Down)
    assert tab.means.value() is PaymentMeans.CASH
    write(tab.received_on.line, "15.02.2026")
    hands.press(Qt.Key.Key_Return)

    (row,) = office.session.taking.taken_on(office.clock.day)
    assert row.means is PaymentMeans.CASH
    assert office.session.loans.get(row.loan_id).journal.payments[0].on == date(2026, 2, 15)


def test_undo_reverses_what_was_just_taken(office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands):
    a_repaying_loan(office)
    page = open_page(qtbot, qapp, office.session)
    hands.type("1")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)

    hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert taken(office) == [("Amina Ødegård", 1000, True)]
    assert page.window().toast.label.text() == "The payment is reversed."


def test_an_unusual_amount_is_asked_about_and_enter_goes_back(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands
):
    a_repaying_loan(office)
    tab = open_page(qtbot, qapp, office.session).current
    hands.type("1")
    hands.press(Qt.Key.Key_Return)
    hands.type("120000")
    hands.press(Qt.Key.Key_Return)

    asked = QApplication.activeModalWidget()
    assert isinstance(asked, Dialog)
    activate(asked)
    assert "NOK\u00a012\u202f000.00 closes it" in asked.text.text()
    hands.press(Qt.Key.Key_Return)
    assert no_dialog()
    assert taken(office) == []
    activate(tab.window())
    assert QApplication.focusWidget() is tab.amount.line
    hands.press(Qt.Key.Key_Return)
    again = QApplication.activeModalWidget()
    assert again is not None
    activate(again)
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Return)  # the button "Take it anyway"

    assert taken(office) == [("Amina Ødegård", 120_000, False)]


def test_what_is_not_found_or_takes_no_payment_says_so(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands
):
    a_repaying_loan(office, step=Step.DECISION)
    tab = open_page(qtbot, qapp, office.session).current

    hands.type("nobody")
    hands.press(Qt.Key.Key_Return)
    assert tab.payer.error.startswith("No loan fits.")
    write(tab.payer.line, "1")
    hands.press(Qt.Key.Key_Return)

    assert tab.message.label.text() == "Payments can be taken when the loan is paid out."
    tab.take()
    assert taken(office) == []


def test_the_reference_of_a_contract_that_was_withdrawn_is_not_told_to_wait_for_a_payout(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands
):
    loan = a_repaying_loan(office, step=Step.DECISION)
    office.session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    office.session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    office.session.loans.withdraw(loan.id, reason="Found another lender")
    tab = open_page(qtbot, qapp, office.session).current

    hands.type("00000018")
    hands.press(Qt.Key.Key_Return)

    assert tab.message.label.text().startswith("This application became no loan")
    tab.take()
    assert taken(office) == []


def test_a_day_before_the_payout_is_refused_beside_its_field(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands
):
    a_repaying_loan(office)
    tab = open_page(qtbot, qapp, office.session).current
    hands.type("1")
    hands.press(Qt.Key.Key_Return)
    write(tab.received_on.line, "2026-01-10")
    hands.press(Qt.Key.Key_Return)

    assert tab.received_on.error.startswith("The loan was paid out on 15 Jan 2026.")
    assert taken(office) == []


def test_a_payment_of_today_gets_its_receipt_with_one_key(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands
):
    loan = a_repaying_loan(office)
    tab = open_page(qtbot, qapp, office.session).current
    hands.type("1")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)

    hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    assert tab.taken.paper.isVisible()
    qtbot.addWidget(tab.taken.paper)
    kinds = [row.kind for row in office.session.queries.documents(loan_id=loan.id)]
    assert kinds.count(DocumentKind.RECEIPT) == 1
    (row,) = office.session.taking.taken_on(office.clock.day)
    assert row.receipt_id is not None
    tab.taken.paper.reject()


def test_a_double_click_on_reverse_does_nothing_to_the_list_behind_the_dialog(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands
):
    for name in ("Berit Haugen", "Cleo Eng"):
        a_repaying_loan(office, name)
    page = open_page(qtbot, qapp, office.session)
    table = page.current.taken.table
    for number in "12":
        hands.type(number)
        hands.press(Qt.Key.Key_Return)
        hands.press(Qt.Key.Key_Return)
    assert table.currentIndex().row() == 0
    page.current.taken.reverse_act.trigger()
    asked = dialog()
    QTest.keyClicks(asked.form.fields["reason"].box, "Typed twice")

    behind = table.visualRect(page.current.taken.model.index(1, 2)).center()
    over = table.viewport().mapToGlobal(behind)
    asked.move(asked.pos() + over - asked.act_button.mapToGlobal(asked.act_button.rect().center()))
    QCursor.setPos(over)
    QTest.mouseClick(asked.act_button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=behind)

    assert [row[2] for row in taken(office)] == [True, False]
    assert page.window().current_page is page
    assert table.currentIndex().row() == 0
    qtbot.wait(QApplication.doubleClickInterval() + 50)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=behind)
    assert table.currentIndex().row() == 1


def test_an_auditor_sees_the_page_and_takes_nothing(office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands):
    a_repaying_loan(office)
    tab = open_page(qtbot, qapp, auditor(office)).current
    hands.type("1")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)

    assert tab.message.label.text()
    assert taken(office) == []


# -- the page


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("tab", ["take", "group"])
def test_everything_that_tab_reaches_has_a_name(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, language: str, tab: str
):
    use_language(language)
    group, _loans = a_group_with_loans(office)
    page = open_page(qtbot, qapp, office.session, tab)
    if tab == "group":
        page.go_to.emit(Destination("payments", group.id, tab))

    assert unnamed_focusable(page) == []


def test_a_reference_is_found_in_the_list_of_loans(office: TestOffice):
    from mikrolaan.ui.loans import loan_provider

    loan = a_repaying_loan(office)
    a_repaying_loan(office, "Bea Dahl")

    (hit,) = loan_provider(office.session)("0000 0018")

    assert hit.target == Destination("loan", loan.id)
