"""Payments in the window: shown before they are kept, undone at once or reversed with a reason later."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from mikrolaan.domain.loan import Step
from mikrolaan.ui.navigation import Destination
from tests.builders import nok
from tests.ui.lending import a_loan_at, activate, auditor, choose, dialog, no_dialog, open_window, press, write

DATE, ENTRY, AMOUNT, STATE = range(4)


@pytest.fixture
def loan(office):
    loan = a_loan_at(office, Step.REPAYING)
    office.clock.turn(31)  # 15 February: the first instalment of 1 000 is due
    return loan


@pytest.fixture
def case(qtbot, office, loan):
    window = open_window(qtbot, office.session)
    window.go_to(Destination("loan", loan.id, "payments"))
    page = window.current_page
    page.window_of_test = window
    activate(window)
    return page


def plain(text):
    """With ordinary spaces, so that a sentence can be read in a test."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def journal(case, column):
    model = case.payments.model
    return [plain(model.index(row, column).data()) for row in range(model.rowCount())]


def paid(office, loan):
    return [payment.amount for payment in office.session.loans.get(loan.id).journal.payments]


def select(case, row):
    case.payments.table.setCurrentIndex(case.payments.model.index(row, 0))


def test_what_is_due_is_proposed_with_the_cursor_in_the_amount(case):
    assert case.payments.amount.value() == nok(1_000)
    assert case.window_of_test.focusWidget() is case.payments.amount.line
    assert "Instalment 1: principal NOK 1 000.00" in plain(case.payments.preview.text())


def in_sight(part, area):
    """Whether a part of a page is wholly within what of the page can be seen."""
    return area.rect().contains(QRect(part.mapTo(area, QPoint(0, 0)), part.size()))


def test_an_early_repayment_is_shown_before_and_after_without_scrolling(qtbot, case):
    case.window_of_test.resize(1280, 800)
    write(case.payments.amount.line, "6000")
    tab = case.payments
    qtbot.waitUntil(lambda: in_sight(tab.effect, tab.area.viewport()) and in_sight(tab.take_button, tab))
    assert tab.area.verticalScrollBar().maximum() == 0


def test_in_a_small_window_the_button_stays_in_sight_and_a_choice_shows_what_it_gives(qtbot, case):
    case.window_of_test.resize(1024, 700)
    write(case.payments.amount.line, "6000")
    tab = case.payments
    qtbot.waitUntil(lambda: tab.effect.parentWidget() is tab and in_sight(tab.take_button, tab))  # beside the card

    choose(tab.early, "Lower the instalment")
    qtbot.waitUntil(lambda: in_sight(tab.effect, tab) and tab.area.verticalScrollBar().maximum() == 0)
    assert in_sight(tab.take_button, tab)


def test_the_preview_moves_with_the_amount_and_keeps_nothing(office, loan, case):
    write(case.payments.amount.line, "1500")

    told = plain(case.payments.preview.text())
    assert "Outstanding principal NOK 12 000.00 → NOK 10 500.00" in told
    assert paid(office, loan) == []

    assert told.startswith("Instalments 1, 2: principal NOK 1 500.00")
    write(case.payments.amount.line, "400")
    assert "Still due: NOK 600.00" in plain(case.payments.preview.text())
    write(case.payments.amount.line, "x")
    assert case.payments.preview.text() == ""


def test_more_than_the_loan_needs_is_said_before_it_is_kept(case):
    write(case.payments.amount.line, "12500")

    assert "NOK 500.00 more than the loan needs" in plain(case.payments.preview.text())


def test_a_payment_is_taken_with_enter_and_undone_from_the_message(qtbot, office, loan, case):
    window = case.window_of_test
    write(case.payments.amount.line, "1000")
    press(Qt.Key.Key_Return)

    assert paid(office, loan) == [nok(1_000)]
    assert plain(window.toast.label.text()) == "NOK 1 000.00 taken. Outstanding principal is now NOK 11 000.00."
    assert journal(case, ENTRY) == ["Payment · Bank", "Payout"]
    assert case.payments.amount.line.text() == ""

    window.toast.undo_button.click()

    assert paid(office, loan) == []
    assert journal(case, STATE) == ["Correction", "Reversed", "Counts"]
    assert window.toast.label.text() == "The payment is reversed."


def test_undo_after_somebody_else_reversed_it_says_so(office, loan, case):
    window = case.window_of_test
    write(case.payments.amount.line, "1000")
    press(Qt.Key.Key_Return)
    entry = office.session.loans.get(loan.id).journal.payments[0]
    office.session.payments.reverse(loan.id, entry.id, reason="Meanwhile")

    window.toast.undo_button.click()

    assert "reversed already" in window.toast.label.text()


def test_an_entry_is_reversed_with_its_reason_and_both_stay_to_be_read(office, loan, case):
    office.session.payments.take(loan.id, nok(1_000), office.clock.day)
    press(Qt.Key.Key_F5)
    select(case, 0)
    case.payments.reverse_act.trigger()
    assert plain(dialog().windowTitle()) == "Reverse NOK 1 000.00 of 15 Feb 2026"
    dialog().act_button.click()
    assert dialog().form.fields["reason"].error == "Fill this in."
    assert paid(office, loan) == [nok(1_000)]

    QTest.keyClicks(dialog().form.fields["reason"].box, "Typed on the wrong loan")
    dialog().act_button.click()

    assert no_dialog()
    assert paid(office, loan) == []
    select(case, 1)
    assert "Typed on the wrong loan" in case.payments.details.text()
    assert not case.payments.reverse_act.isEnabled()


def test_a_payout_with_payments_is_not_reversed_and_the_reason_typed_is_not_lost(office, loan, case):
    office.session.payments.take(loan.id, nok(1_000), office.clock.day)
    press(Qt.Key.Key_F5)
    select(case, 1)
    case.payments.reverse_act.trigger()
    shown = dialog()
    QTest.keyClicks(shown.form.fields["reason"].box, "Sent to the wrong account")

    shown.act_button.click()

    assert shown.isVisible()
    assert "Reverse them before the payout" in shown.form.message.label.text()
    assert shown.form.fields["reason"].value() == "Sent to the wrong account"
    assert office.session.loans.get(loan.id).paid_out_on is not None


@pytest.mark.parametrize(
    ("amount", "day", "field", "sentence"),
    [
        ("", "15.2.2026", "amount", "Fill this in."),
        ("0", "15.2.2026", "amount", "The smallest allowed is 0.01."),
        ("-5", "15.2.2026", "amount", None),
        ("abc", "15.2.2026", "amount", "Write a number with digits only."),
        ("1.234", "15.2.2026", "amount", None),
        ("9" * 30, "15.2.2026", "amount", None),
        ("100", "16.2.2026", "received_on", "The latest allowed date is 15 Feb 2026."),
        ("100", "14.1.2026", "received_on", "The loan was paid out on 15 Jan 2026. A payment cannot be earlier."),
        ("100", "", "received_on", "Fill this in."),
        ("100", "31.2.2026", "received_on", "The calendar has no such day. Look at the day, the month and the year."),
    ],
)
def test_wrong_input_gets_its_sentence_and_changes_nothing(office, loan, case, amount, day, field, sentence):
    write(case.payments.amount.line, amount)
    write(case.payments.received_on.line, day)

    case.payments.take_act.trigger()

    shown = case.payments.form.fields[field].error
    assert shown == sentence if sentence is not None else shown
    assert paid(office, loan) == []
    assert case.payments.amount.line.text() == amount or case.payments.amount.peek() is not None


def test_spaces_and_a_comma_in_an_amount_are_read_as_written(office, loan, case):
    write(case.payments.amount.line, " 1 000,50 ")
    press(Qt.Key.Key_Return)

    assert paid(office, loan) == [nok("1000.50")]


def test_the_keyboard_alone_goes_from_amount_to_the_act_in_reading_order(office, loan, case):
    write(case.payments.amount.line, "300")
    for expected in (
        case.payments.received_on.line,
        case.payments.received_on.calendar_button,
        case.payments.means.box,
    ):
        press(Qt.Key.Key_Tab)
        assert expected.hasFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Tab)
    QTest.keyClicks(case.payments.note.line, "At the counter")
    press(Qt.Key.Key_Tab)
    assert case.payments.take_button.hasFocus()
    press(Qt.Key.Key_Space)

    assert paid(office, loan) == [nok(300)]
    assert journal(case, ENTRY)[0] == "Payment · Cash"


def test_an_auditor_reads_everything_and_changes_nothing(qtbot, office, loan):
    history = office.session.queries.count_history([loan.id])
    window = open_window(qtbot, auditor(office))
    window.go_to(Destination("loan", loan.id, "payments"))
    case = window.current_page
    write(case.payments.amount.line, "1000")
    activate(window)
    press(Qt.Key.Key_Return)

    assert case.payments.form.message.label.text().startswith("Your role does not allow this.")
    assert case.payments.amount.value() == nok(1_000)
    select(case, 0)
    case.payments.reverse_act.trigger()
    QTest.keyClicks(dialog().form.fields["reason"].box, "Because")
    dialog().act_button.click()
    assert dialog().form.message.label.text().startswith("Your role does not allow this.")
    dialog().reject()
    assert paid(office, loan) == []
    assert office.session.queries.count_history([loan.id]) == history


def test_an_auditor_may_look_at_a_draft_but_not_issue_it(qtbot, office):
    loan = a_loan_at(office, Step.CONTRACT)
    window = open_window(qtbot, auditor(office))
    window.go_to(Destination("loan", loan.id))
    case = window.current_page
    case.contract_act.trigger()
    draft = case.paper

    draft.actions()[0].trigger()

    assert draft.isVisible()
    assert "Your role does not allow this." in draft.message.label.text()
    assert office.session.queries.documents(loan_id=loan.id) == []
    draft.reject()
