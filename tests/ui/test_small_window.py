"""At 1024 × 700 the words of lists are whole: what has least to say makes room for them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from mikrolaan import app
from mikrolaan.domain.follow_up import ContactKind
from mikrolaan.domain.journal import HolidayInterest, NewPlan, NewPlanFor, PaymentHoliday, RateChange, WriteOff
from mikrolaan.i18n import use_language
from mikrolaan.services.new_terms import terms_with_due_day
from mikrolaan.ui.arrears import arrears_pages
from mikrolaan.ui.loans import loan_pages
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.payments import payment_pages
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.cards import State, StateChip
from mikrolaan.ui.widgets.dialogs import Dialog
from mikrolaan.ui.widgets.messages import Toast
from mikrolaan.ui.widgets.table import Table
from tests.builders import nok
from tests.offices import TestOffice
from tests.repaying import a_group_with_loans, a_repaying_loan
from tests.ui.lending import activate, no_dialog, press, write
from tests.ui.security import add, in_default


@pytest.fixture(params=["en", "nb"])
def window(request: Any, qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> Any:
    use_language(request.param)
    session = office.session
    pages = [*arrears_pages(session, runner), *loan_pages(session)]
    pages += payment_pages(session, runner, app.bank_reader, app.print_group_sheet)
    made = MainWindow(pages, "Fjordfondet", "Ingrid Tangen")
    qtbot.addWidget(made)
    made.resize(1024, 700)
    made.show()
    return made


def cut_off(table: Table) -> list[str]:
    """The words in the table that do not fit their column."""
    option = QStyleOptionViewItem()
    model = table.model()
    cells = [
        model.index(row, column)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        if not table.isColumnHidden(column)
    ]
    return [
        str(cell.data())
        for cell in cells
        if table.itemDelegate().sizeHint(option, cell).width() - 2 > table.columnWidth(cell.column())
    ]


def test_a_guarantor_of_usual_name_is_whole_in_the_list(office, window):
    loan = in_default(office)
    guarantor = add(office, loan)
    office.session.guarantors.sign(guarantor.id, date(2026, 1, 15), on_other_paper=True)
    window.go_to(Destination("loan", loan.id, "security"))
    page = window.current_page
    page.security.model.row(0)

    assert page.security.table.columnWidth(0) >= 200
    assert cut_off(page.security.table) == []
    assert page.security.table.isColumnHidden(2)
    assert "Kari Vik" in page.security.details.text()  # where the kind is told
    window.resize(1280, 800)
    assert not page.security.table.isColumnHidden(2)


def test_what_an_early_repayment_changes_is_whole_beside_the_payment(qtbot, office, window):
    loan = a_repaying_loan(office)
    window.go_to(Destination("loan", loan.id, "payments"))
    tab = window.current_page.payments
    write(tab.amount.line, "5000")

    for size in ((1024, 700), (1280, 1000), (1024, 700)):
        window.resize(*size)
        has_room = size == (1280, 1000)
        qtbot.waitUntil(lambda in_card=has_room: tab.area.isAncestorOf(tab.effect) == in_card)
        qtbot.waitUntil(lambda: tab.effect.visibleRegion().boundingRect() == tab.effect.rect())
        qtbot.waitUntil(lambda: tab.area.verticalScrollBar().maximum() == 0)
        assert tab.table.height() > 4 * tab.table.rowHeight(0)
    write(tab.amount.line, "1000")  # as the plan asks
    assert not tab.effect.isVisible()
    qtbot.waitUntil(tab.details.isVisible)


def test_the_marks_of_a_loan_with_a_long_life_are_whole(office, window):
    loan = a_repaying_loan(office)
    life, today = office.session.life, office.clock.day
    terms = terms_with_due_day(loan, today, 28)
    life.move_due_day(loan.id, NewPlan(uuid4(), today, terms, life.stamp(), "", NewPlanFor.DUE_DAY))
    life.grant_holiday(loan.id, PaymentHoliday(uuid4(), today, 1, HolidayInterest.CARRIED, life.stamp(), "Ill"))
    life.write_off(loan.id, WriteOff(uuid4(), today, nok(1_000), life.stamp(), "Fire"))
    life.change_rate(loan.id, RateChange(uuid4(), today + timedelta(days=90), Decimal(5), life.stamp(), "", today))
    window.go_to(Destination("loan", loan.id, "overview"))
    QApplication.processEvents()

    marks = window.current_page.overview.marks
    assert len(marks.shown) == 4
    missing = State("Forsinkelsesrenten er ikke kjent for alle dager", "warning", "warn")
    marks.show_marks([*marks.shown, missing])
    QApplication.processEvents()
    chips = [chip for chip in marks.findChildren(StateChip) if chip.isVisible()]
    assert len(chips) == 5
    assert all(chip.visibleRegion().boundingRect() == chip.rect() for chip in chips)


def test_what_was_done_about_a_loan_in_arrears_is_whole_in_its_log(qtbot, office, window):
    loan = in_default(office)
    guarantor = add(office, loan)
    office.session.guarantors.sign(guarantor.id, date(2026, 1, 15), on_other_paper=True)
    office.session.guarantors.record_notice(loan.id, office.clock.day, guarantor_id=guarantor.id)
    window.go_to(Destination("arrears"))
    log = window.current_page.panel.log

    qtbot.waitUntil(lambda: log.model.rowCount() == 1)
    assert log.model.index(0, 1).data() in ("Notice of default", "Varsel om mislighold")
    assert cut_off(log.table) == []


def test_a_note_in_the_log_of_arrears_goes_on_below_itself_and_enter_shows_all_of_it(qtbot, office, window):
    loan = in_default(office)
    said = "Wants to pay half on Friday and the rest when the customer in Molde has paid. "
    for note in (said, said * 6):
        office.session.arrears.record_contact(loan.id, ContactKind.CALL, office.clock.day, who="Ada Berg", note=note)
    due = office.clock.day + timedelta(days=7)
    office.session.arrears.record_promise(loan.id, nok(13_097), due)
    window.go_to(Destination("arrears"))
    table = window.current_page.panel.log.table
    qtbot.waitUntil(lambda: table.model().rowCount() == 3)

    line = table.fontMetrics().lineSpacing()
    promise, short, long = sorted(range(3), key=lambda row: len(table.model().index(row, 2).data()))
    assert table.rowHeight(promise) >= 2 * line
    assert table.rowHeight(short) >= 3 * line
    assert table.rowHeight(long) == table.rowHeight(short)  # three lines at most, for what lies below
    activate(window)
    table.setCurrentIndex(table.model().index(long, 0))
    table.setFocus()
    press(Qt.Key.Key_Return)
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, Dialog)
    assert any((said * 6).strip() in told.text() for told in shown.findChildren(QLabel))
    activate(shown)
    press(Qt.Key.Key_Escape)
    assert no_dialog()


def test_the_next_step_with_its_day_is_whole_in_the_list_of_arrears(office, window):
    loan = in_default(office)
    office.session.letters.send_one(loan.id)
    window.go_to(Destination("arrears"))
    page = window.current_page

    assert page.model.rowCount() == 1
    assert cut_off(page.table) == []
    assert page.table.columnWidth(1) >= 180


def test_how_long_a_loan_is_overdue_is_whole_where_payments_are_taken(qtbot, office, window):
    in_default(office)
    office.clock.day = date(2026, 12, 1)
    window.go_to(Destination("payments", tab="take"))
    tab = window.current_page.current
    write(tab.payer.line, "Ada")
    qtbot.waitUntil(lambda: tab.payer.table.model().rowCount() == 1)

    assert cut_off(tab.payer.table) == []


def test_a_long_sentence_takes_the_width_that_a_message_has(qtbot, window):
    toast: Toast = window.toast
    toast.say("NOK 13,183.78 from Anne-Margrethe Wilhelmine Elisabeth Christoffersen taken. " * 2, lambda: None)

    assert toast.geometry().left() >= 0
    assert toast.undo_button.geometry().left() - toast.label.geometry().right() <= 20
    assert toast.height() < 4 * toast.label.fontMetrics().height() + 20
    toast.say("Saved.")
    assert toast.width() < 300


def test_what_is_said_in_passing_covers_no_button_of_the_page(qtbot, office, window):
    group, _loans = a_group_with_loans(office)
    window.go_to(Destination("payments", group.id, "group"))
    tab = window.current_page.current
    tab.lines.fill()
    tab.save_act.trigger()
    toast: Toast = window.toast
    assert toast.undo_button.isVisible()

    QApplication.processEvents()
    for button in tab._buttons:
        assert not toast.geometry().intersects(QRect(button.mapTo(window, QPoint(0, 0)), button.size())), button.text()
    assert window.rect().contains(toast.geometry())
    window.go_to(Destination("loans"))
    toast.say("Saved.")
    QApplication.processEvents()
    assert toast.geometry().bottom() > window.height() - 40  # where nothing stands below it


def test_what_is_said_in_passing_leaves_the_buttons_of_a_tab_opened_since(qtbot, office, window):
    group, _loans = a_group_with_loans(office)
    window.go_to(Destination("payments"))
    toast: Toast = window.toast
    toast.say("NOK 903.50 from Amina Ødegård taken. " * 3, lambda: None)
    QApplication.processEvents()

    window.go_to(Destination("payments", group.id, "group"))

    buttons = [button for button in window.current_page.current._buttons if button.isVisible()]
    assert buttons

    def covers_none() -> bool:
        places = [QRect(button.mapTo(window, QPoint(0, 0)), button.size()) for button in buttons]
        return not any(toast.geometry().intersects(place) for place in places)

    qtbot.waitUntil(covers_none, timeout=3_000)
    assert toast.isVisible()
