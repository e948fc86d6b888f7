"""The case of a loan: from the decision to the last payment, as an officer types and reads it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from mikrolaan.domain.loan import Outcome, Step
from mikrolaan.i18n import use_language
from mikrolaan.ui.documents.paper_dialog import PaperDialog
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import unnamed_focusable
from mikrolaan.ui.widgets.cards import KeyFigure
from mikrolaan.ui.widgets.step_bar import StepBar
from tests.builders import nok
from tests.ui.lending import (
    a_group,
    a_loan_at,
    activate,
    an_application,
    choose,
    dialog,
    no_dialog,
    open_window,
    press,
    write,
)

CONTROL = Qt.KeyboardModifier.ControlModifier


def open_loan(qtbot, office, loan, tab=""):
    window = open_window(qtbot, office.session)
    window.go_to(Destination("loan", loan.id, tab))
    return window, window.current_page


def main_button(page):
    return page._main_button.text() if page._main_button is not None else ""


def figures(page):
    QApplication.processEvents()  # a layout shows what was put into it when Qt comes to it
    return {shown.word.text(): shown.figure.text() for shown in page.findChildren(KeyFigure) if not shown.isHidden()}


def reloaded(office, loan):
    return office.session.loans.get(loan.id)


def test_the_cursor_goes_on_to_the_next_act(qtbot, office):
    window, page = open_loan(qtbot, office, an_application(office))
    page._main_button.setFocus()

    page.decide_act.trigger()
    choose(dialog().form.fields["outcome"], "Approve")
    dialog().act_button.click()

    assert window.focusWidget() is page._main_button
    assert main_button(page) == "Make the contract"


def test_a_loan_goes_from_decision_to_repaid(qtbot, office):
    loan = an_application(office)
    window, page = open_loan(qtbot, office, loan)
    assert (page.chip.word.text(), main_button(page)) == ("Waits for decision", "Decide")
    assert figures(page) == {
        "Amount": "NOK\xa012\u202f000.00",
        "Instalment": "NOK\xa01\u202f000.00",
        "Effective rate": "0.00%",
    }

    page.decide_act.trigger()
    choose(dialog().form.fields["outcome"], "Approve")
    dialog().act_button.click()
    assert (page.chip.word.text(), main_button(page)) == ("Approved, no contract", "Make the contract")
    assert window.toast.label.text() == "The decision is kept."

    activate(window)
    QTest.keyClick(window, Qt.Key.Key_P, CONTROL)
    draft = page.paper
    assert isinstance(draft, PaperDialog)
    assert draft.pages.page_count >= 1
    assert office.session.queries.documents(loan_id=loan.id) == []
    activate(draft)
    QTest.keyClick(draft, Qt.Key.Key_Return, CONTROL)
    assert not draft.isVisible()
    (issued,) = office.session.queries.documents(loan_id=loan.id)
    assert issued.number in page.paper.windowTitle()
    page.paper.reject()
    assert main_button(page) == "Note the signatures"

    page.sign_act.trigger()
    dialog().act_button.click()
    office.clock.turn(10)
    page.pay_out_act.trigger()
    assert "NOK\xa012\u202f000.00" in dialog().text.text()
    dialog().act_button.click()
    assert (page.chip.word.text(), main_button(page)) == ("On time", "Take a payment")
    assert reloaded(office, loan).paid_out_on == date(2026, 1, 15)

    activate(window)
    QTest.keyClick(window, Qt.Key.Key_N, CONTROL)
    assert page.tabs.current_key == "payments"
    write(page.payments.amount.line, "12000")
    press(Qt.Key.Key_Return)

    assert page.chip.word.text() == "Repaid"
    assert main_button(page) == ""
    assert page.payments.closed.label.text() == "The loan is repaid. Nothing more is due."
    assert not page.payments.form.isVisible()
    assert reloaded(office, loan).step is Step.CLOSED


def test_the_main_button_of_a_former_step_does_not_come_back(qtbot, office):
    loan = a_loan_at(office, Step.REPAYING)
    _window, page = open_loan(qtbot, office, loan, "payments")
    write(page.payments.amount.line, "12000")
    press(Qt.Key.Key_Return)
    assert main_button(page) == ""
    qtbot.wait(1)

    for act in page.actions():
        act.setEnabled(not act.isEnabled())

    shown = [button.text() for button in page.findChildren(QPushButton) if button.isVisible()]
    assert "Take a payment" not in shown


def test_a_refusal_without_grounds_stays_open_with_the_sentence_beside_the_field(qtbot, office):
    loan = an_application(office)
    _window, page = open_loan(qtbot, office, loan)
    page.decide_act.trigger()
    shown = dialog()
    choose(shown.form.fields["outcome"], "Refuse")

    shown.act_button.click()

    assert shown.isVisible()
    assert shown.form.fields["note"].error == "Fill this in."
    assert reloaded(office, loan) == loan

    shown.form.fields["note"].box.setFocus()
    QTest.keyClicks(shown.form.fields["note"].box, "The budget does not carry it")
    shown.act_button.click()

    assert no_dialog()
    assert page.chip.word.text() == "Refused"
    assert reloaded(office, loan).decision.outcome is Outcome.REFUSED
    assert main_button(page) == ""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("6 Jan 2026", "The latest allowed date is 5 Jan 2026."),
        ("4 Jan 2026", "The earliest allowed date is 5 Jan 2026."),
        ("31.2.2026", "The calendar has no such day. Look at the day, the month and the year."),
        ("", "Fill this in."),
    ],
)
def test_a_decision_on_a_wrong_day_is_not_kept(qtbot, office, typed, sentence):
    loan = an_application(office)
    _window, page = open_loan(qtbot, office, loan)
    page.decide_act.trigger()
    shown = dialog()
    choose(shown.form.fields["outcome"], "Approve")
    write(shown.form.fields["on"].line, typed)

    press(Qt.Key.Key_Return)

    assert shown.isVisible()
    assert shown.form.fields["on"].error == sentence
    assert reloaded(office, loan) == loan


def test_escape_leaves_everything_as_it_was(qtbot, office):
    loan = an_application(office)
    _window, page = open_loan(qtbot, office, loan)
    page.decide_act.trigger()
    choose(dialog().form.fields["outcome"], "Approve")

    press(Qt.Key.Key_Escape)

    assert no_dialog()
    assert reloaded(office, loan) == loan


def test_a_contract_signed_before_it_was_issued_is_refused(qtbot, office):
    loan = a_loan_at(office, Step.SIGNED)
    _window, page = open_loan(qtbot, office, loan)
    page.sign_act.trigger()
    shown = dialog()
    write(shown.form.fields["signed_on"].line, "01.01.2026")

    press(Qt.Key.Key_Return)

    assert shown.form.fields["signed_on"].error == "The earliest allowed date is 5 Jan 2026."
    assert reloaded(office, loan).signed_on is None


def test_a_payout_on_the_first_due_date_names_the_last_day_that_is_allowed(qtbot, office):
    loan = a_loan_at(office, Step.PAID_OUT)
    office.clock.day = date(2026, 2, 15)
    _window, page = open_loan(qtbot, office, loan)
    page.pay_out_act.trigger()
    shown = dialog()

    shown.act_button.click()

    assert shown.form.fields["paid_out_on"].error == "The latest allowed date is 14 Feb 2026."
    write(shown.form.fields["paid_out_on"].line, "14.02.2026")
    press(Qt.Key.Key_Return)
    assert no_dialog()
    assert reloaded(office, loan).step is Step.REPAYING


def test_an_application_is_withdrawn_with_a_reason(qtbot, office):
    loan = an_application(office)
    _window, page = open_loan(qtbot, office, loan)
    page.withdraw_act.trigger()
    shown = dialog()
    shown.act_button.click()
    assert shown.form.fields["reason"].error == "Fill this in."

    QTest.keyClicks(shown.form.fields["reason"].box, "Found a grant instead")
    shown.act_button.click()

    assert page.chip.word.text() == "Withdrawn"
    assert reloaded(office, loan).withdrawal.reason == "Found a grant instead"
    page.tabs.show_tab("payments")
    assert page.payments.closed.label.text() == "The application was withdrawn. No money was paid out."


def test_the_step_bar_says_what_is_missing_and_does_it(qtbot, office):
    group = a_group(office)
    loan = an_application(office, group_id=group.id)
    _window, page = open_loan(qtbot, office, loan)
    (link,) = page.steps.findChildren(QPushButton)
    assert link.text() == "what the group says"

    link.click()
    choose(dialog().form.fields["supports"], "not in favour")
    dialog().act_button.click()

    assert reloaded(office, loan).group_view.supports is False
    assert main_button(page) == "Decide"
    assert page.findChild(StepBar).accessibleName() == "Step: Decision"


def test_what_another_officer_did_meanwhile_is_told_and_nothing_is_kept(qtbot, office):
    loan = an_application(office)
    _window, page = open_loan(qtbot, office, loan)
    page.decide_act.trigger()
    shown = dialog()
    choose(shown.form.fields["outcome"], "Approve")
    office.session.loans.withdraw(loan.id, reason="Meanwhile")

    shown.act_button.click()

    assert shown.isVisible()
    assert "Closed" in shown.form.message.label.text()
    assert reloaded(office, loan).decision is None


def test_one_page_shows_one_loan_after_another_and_nothing_of_the_former(qtbot, office):
    first = a_loan_at(office, Step.REPAYING, "Amina Ødegård")
    office.clock.turn(-10)
    second = a_loan_at(office, Step.REPAYING, "Bo Lie")
    window, page = open_loan(qtbot, office, first, "payments")
    write(page.payments.amount.line, "777")
    page.payments.table.setCurrentIndex(page.payments.model.index(0, 0))
    assert page.payments.reverse_act.isEnabled()

    window.go_to(Destination("loan", second.id))

    assert window.current_page is page
    assert page.title() == "Loan 2 · Bo Lie"
    assert page.payments.amount.line.text() == ""
    assert page.payments.preview.text() == ""
    assert not page.payments.reverse_act.isEnabled()


def test_a_loan_that_is_not_there_shows_the_sentence_and_nothing_of_the_former(qtbot, office):
    window, page = open_loan(qtbot, office, a_loan_at(office, Step.REPAYING))

    window.go_to(Destination("loan", uuid4()))

    assert "not in the office file" in page.message.label.text()
    assert page.title() == "Loan"
    assert not page.tabs.isVisible()
    assert figures(page) == {}
    assert main_button(page) == ""


def test_f5_shows_what_was_done_elsewhere_and_keeps_what_is_typed(qtbot, office):
    loan = a_loan_at(office, Step.REPAYING)
    _window, page = open_loan(qtbot, office, loan, "payments")
    write(page.payments.amount.line, "250")
    office.session.payments.take(loan.id, nok(1_000), office.clock.day)

    press(Qt.Key.Key_F5)

    assert figures(page)["Outstanding"] == "NOK\xa011\u202f000.00"
    assert page.payments.amount.value() == nok(250)


def test_a_payment_half_typed_stays_when_the_language_changes(qtbot, office):
    loan = a_loan_at(office, Step.REPAYING)
    window, page = open_loan(qtbot, office, loan, "payments")
    write(page.payments.amount.line, "250.5")
    write(page.payments.note.line, "At the counter")

    use_language("nb")

    again = window.current_page
    assert again is not page
    assert again.tabs.current_key == "payments"
    assert again.payments.amount.value() == nok("250.50")
    assert again.payments.note.value() == "At the counter"


@pytest.mark.parametrize("tab", ["overview", "plan", "payments", "documents", "history"])
def test_everything_that_tab_reaches_has_a_name(qtbot, office, tab):
    _window, page = open_loan(qtbot, office, a_loan_at(office, Step.REPAYING), tab)

    assert unnamed_focusable(page) == []


def test_no_two_acts_of_the_window_share_a_key(qtbot, office):
    window, page = open_loan(qtbot, office, a_loan_at(office, Step.REPAYING))
    keys = [act.shortcut().toString() for act in [*window.actions(), *page.actions()] if not act.shortcut().isEmpty()]

    assert sorted(keys) == sorted(set(keys))


def test_the_plan_ends_at_zero_and_its_totals_stand_under_their_columns(qtbot, office):
    _window, page = open_loan(qtbot, office, a_loan_at(office, Step.REPAYING), "plan")
    model = page.plan.model

    assert model.rowCount() == 12
    assert model.index(11, 6).data() == "0.00"
    assert page.plan.totals.totals == {2: "12\u202f000.00", 3: "0.00", 4: "0.00", 5: "12\u202f000.00"}
    assert "Principal 12\u202f000.00" in page.plan.totals.accessibleName()


def test_a_case_fits_the_smallest_window_with_a_name_of_sixty_characters(qtbot, office):
    name = "Wilhelmina Alexandra Konstantinopolitanska von Hohenzollern-Sigmaringen Berg"
    window, page = open_loan(qtbot, office, an_application(office, name))
    window.resize(1024, 700)

    assert (window.width(), window.minimumSizeHint().width() <= 1024) == (1024, True)
    assert page.title().endswith("Berg")


def test_the_models_keep_qts_rules(qtbot, office, qtmodeltester):
    loan = a_loan_at(office, Step.REPAYING)
    _window, page = open_loan(qtbot, office, loan, "payments")

    qtmodeltester.check(page.payments.model)
    qtmodeltester.check(page.plan.model)


def test_a_day_gone_by_is_told_as_due_since_and_not_as_the_next(qtbot, office):
    loan = a_loan_at(office, Step.REPAYING)  # 1 000 kroner due on 15 February
    office.clock.day = date(2026, 2, 15)
    _window, page = open_loan(qtbot, office, loan)
    assert figures(page)["Next due"] == "15 Feb 2026"

    office.clock.day = date(2026, 2, 16)
    page.refresh()
    assert figures(page)["Due since"] == "15 Feb 2026"
    words = [told.text() for told in page.overview.today_card.findChildren(QLabel) if not told.isHidden()]
    assert words[words.index("Oldest unpaid instalment") + 1].endswith("on 15 Feb 2026")
    assert "Next instalment" not in words
