"""What can be done to a running loan, as an officer does it: from the menu, through the dialog, figures before and after."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.journal import (
    Fee,
    HolidayInterest,
    NewPlan,
    NewPlanFor,
    PaymentHoliday,
    Payout,
    RateChange,
    Recovery,
    Refund,
    Waiver,
    WriteOff,
)
from mikrolaan.domain.loan import Outcome, Step
from mikrolaan.domain.loan_rules import EarlyRepayment
from mikrolaan.domain.statement import Status
from mikrolaan.domain.terms import FeePaid, Repayment
from mikrolaan.ui.history.history_tab import HistoryTab
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import unnamed_focusable
from tests.builders import nok
from tests.ui.lending import activate, an_application, auditor, choose, dialog, no_dialog, open_window, press, write


def a_running_loan(office):
    """12 000 kroner at 12 %, 1 000 of principal a month; today its first instalment, 1 120, falls due."""
    session = office.session
    loan = an_application(office, annual_rate_percent=Decimal(12), repayment=Repayment.SERIAL)
    session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    session.loans.sign(loan.id, office.clock.day)
    office.clock.day = date(2026, 1, 15)
    session.loans.pay_out(loan.id, office.clock.day)
    office.clock.day = date(2026, 2, 15)
    return session.loans.get(loan.id)


@pytest.fixture
def loan(office):
    return a_running_loan(office)


@pytest.fixture
def case(qtbot, office, loan):
    return opened(qtbot, office, loan)


def opened(qtbot, office, loan, tab="overview"):
    window = open_window(qtbot, office.session)
    window.go_to(Destination("loan", loan.id, tab))
    page = window.current_page
    page.window_of_test = window
    activate(window)
    return page


def plain(text):
    return text.replace("\u202f", " ").replace("\xa0", " ")


def menu_lines(case):
    return [act for act in case._more_button.menu().actions() if not act.isSeparator()]


def menu_of(case):
    return [act.text().replace("&", "") for act in menu_lines(case)]


def panel(case):
    """The lines of the open dialog: word → (before, after)."""
    return {word: (plain(before), plain(after)) for word, before, after in dialog().panel.lines}


def type_reason(text="Agreed with the board"):
    QTest.keyClicks(dialog().form.fields["note"].box, text)


def field(name):
    return dialog().form.fields[name]


def last_entry(office, loan):
    return office.session.loans.get(loan.id).journal.entries[-1]


def told(office, loan):
    return office.session.loans.statement(office.session.loans.get(loan.id))


def test_a_fee_is_charged(office, loan, case):
    case.life.fee.trigger()
    write(field("amount").line, "250")
    assert panel(case)["To repay everything"] == ("12 120.00", "12 370.00")
    type_reason("Copy of the contract")
    dialog().act_button.click()

    fee = last_entry(office, loan)
    assert isinstance(fee, Fee)
    assert (no_dialog(), fee.amount, fee.due_on, fee.note) == (
        True,
        nok(250),
        date(2026, 3, 1),
        "Copy of the contract",
    )
    assert case.window_of_test.toast.label.text() == "The fee is charged."


def test_a_higher_rate_too_soon_is_said_beside_the_day(office, loan, case):
    case.life.rate.trigger()
    write(field("annual_rate_percent").line, "18")
    assert panel(case)["Instalment"] == ("1 090.00", "1 135.00")  # 1 000 and 9 000 at 1 %, then at 1.5 %
    write(field("on").line, "1.4.2026")
    dialog().act_button.click()
    assert "from 15 Apr 2026" in field("on").error

    write(field("on").line, "15.4.2026")
    dialog().act_button.click()
    change = last_entry(office, loan)
    assert isinstance(change, RateChange)
    assert (change.on, change.told_on) == (date(2026, 4, 15), date(2026, 2, 15))
    assert [mark.word for mark in case.overview.marks.shown] == ["18.00% from 15 Apr 2026"]
    assert plain(case.plan.note.text()) == (
        "Instalments that fall due later are shown as they will be: New rate 18.00% of 15 Apr 2026."
    )
    assert not case.plan.note.isHidden()
    rows = [[plain(case.plan.model.index(row, column).data()) for column in (1, 5, 7)] for row in (2, 3, 4)]
    assert rows == [
        ["15 Apr 2026", "1 100.00", "Not due yet"],
        ["15 May 2026", "1 135.00", "At the new rate"],  # 1 000 and 9 000 at 1.5 %
        ["15 Jun 2026", "1 120.00", "At the new rate"],
    ]


def test_a_payment_holiday_is_granted_with_its_reason(office, loan, case):
    case.life.holiday.trigger()
    write(field("instalments").line, "3")
    assert panel(case)["Last due date"] == ("15 Jan 2027", "15 Apr 2027")
    dialog().act_button.click()
    assert field("note").error == "Fill this in."

    type_reason("Parental leave")
    dialog().act_button.click()
    holiday = last_entry(office, loan)
    assert isinstance(holiday, PaymentHoliday)
    assert (holiday.instalments, holiday.interest) == (3, HolidayInterest.CARRIED)
    assert [mark.word for mark in case.overview.marks.shown] == ["Payment holiday"]


def test_the_due_day_is_moved_once_nothing_is_due(office, loan, case):
    case.life.due_day.trigger()
    assert no_dialog()

    office.session.payments.take(loan.id, nok(1_120), office.clock.day)
    case.refresh()
    case.life.due_day.trigger()
    write(field("due_day").line, "20")
    assert panel(case)["Last due date"] == ("15 Jan 2027", "20 Jan 2027")
    dialog().act_button.click()

    assert told(office, loan).rows[1].instalment.due_on == date(2026, 3, 20)
    assert [mark.word for mark in case.overview.marks.shown] == ["Due day moved"]


def test_a_new_plan_is_made_and_the_old_rows_are_marked(qtbot, office, loan):
    office.clock.day = date(2026, 4, 5)
    case = opened(qtbot, office, loan)
    case.life.new_plan.trigger()
    write(field("instalments").line, "24")
    assert panel(case)["Instalments left"] == ("10", "24")
    type_reason("Illness")
    dialog().act_button.click()

    assert isinstance(last_entry(office, loan), NewPlan)
    assert told(office, loan).is_restructured
    assert [mark.word for mark in case.overview.marks.shown] == ["Restructured"]
    case.tabs.show_tab("plan")
    states = [case.plan.model.index(row, 7).data() for row in range(4)]
    assert states == ["Replaced", "Replaced", "Not due yet", "Not due yet"]
    case.plan.contract.box.click()
    assert case.plan.model.rowCount() == 12
    assert plain(case.plan.model.index(0, 5).data()) == "1 120.00"


def test_a_claim_is_let_go_for_what_is_owed(office, loan, case):
    case.life.waive.trigger()
    assert plain(field("of").box.currentText()) == "Interest, NOK 230.00"  # 120 due, and 110 of the month that runs
    write(field("amount").line, "120")
    assert panel(case)["Due and unpaid now"] == ("1 120.00", "1 000.00")
    type_reason()
    dialog().act_button.click()

    assert isinstance(last_entry(office, loan), Waiver)
    assert told(office, loan).due_unpaid == nok(1_000)


def test_a_part_is_written_off_then_everything_and_the_loan_says_so(office, loan, case):
    case.life.write_off.trigger()
    assert field("amount").isHidden()
    choose(field("extent"), "A part")
    write(field("amount").line, "2000")
    assert panel(case)["Outstanding"] == ("12 000.00", "10 000.00")
    type_reason("Shop burnt")
    dialog().act_button.click()
    assert [plain(mark.word) for mark in case.overview.marks.shown] == ["NOK 2 000.00 written off"]

    case.life.write_off.trigger()
    type_reason("Moved away")
    dialog().act_button.click()
    assert isinstance(last_entry(office, loan), WriteOff)
    assert (told(office, loan).status, case.chip.word.text()) == (Status.WRITTEN_OFF, "Written off")
    assert "written off" in case.payments.closed.label.text()
    assert menu_of(case)[0] == "Record a recovered loss…"

    case.life.recovery.trigger()
    write(field("amount").line, "12001")
    dialog().act_button.click()
    assert plain(field("amount").error) == "The largest allowed is 12 000.00."
    write(field("amount").line, "3000")
    assert panel(case)["Recovered"] == ("0.00", "3 000.00")
    dialog().act_button.click()
    assert isinstance(last_entry(office, loan), Recovery)


def test_credit_is_paid_back(office, loan, case):
    office.session.payments.take(loan.id, nok(12_620), office.clock.day)
    press(Qt.Key.Key_F5)
    assert "NOK 500.00 is left over" in plain(case.payments.closed.label.text())
    case.life.refund.trigger()
    assert field("amount").value() == nok(500)
    dialog().act_button.click()

    assert isinstance(last_entry(office, loan), Refund)
    assert case.payments.closed.label.text() == "The loan is repaid. Nothing more is due."


def test_a_loan_is_paid_out_in_two_parts_one_to_a_supplier(qtbot, office):
    session = office.session
    loan = an_application(office)
    session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    session.loans.sign(loan.id, office.clock.day)
    case = opened(qtbot, office, loan)
    case.pay_out_act.trigger()
    write(field("amount").line, "7500")
    write(field("payee").line, "Nordsøm AS")
    dialog().act_button.click()
    assert office.session.loans.get(loan.id).left_to_pay_out == nok(4_500)

    case.life.pay_out.trigger()
    assert field("amount").value() == nok(4_500)
    dialog().act_button.click()
    assert not case.life.pay_out.isEnabled()
    case.tabs.show_tab("payments")
    case.payments.table.setCurrentIndex(case.payments.model.index(1, 0))
    assert "Paid to Nordsøm AS" in case.payments.details.text()


# -- payments and journal


def test_early_repayment_lets_one_choose_and_shows_what_each_way_gives(qtbot, office, loan):
    office.clock.day = date(2026, 2, 16)
    case = opened(qtbot, office, loan, "payments")
    assert case.payments.early.isHidden()
    write(case.payments.amount.line, "4620")  # 1 120 late by a day, 1 110 of March, and more

    assert case.payments.early.isVisible()
    assert case.payments.early.value() is EarlyRepayment.SHORTEN
    shortened = case.payments.effect.after("Last due date")
    choose(case.payments.early, "Lower the instalment")
    assert case.payments.effect.after("Last due date") == "15 Jan 2027"
    assert shortened == "15 Nov 2026"
    assert "Interest saved" in case.payments.effect.saved
    case.payments.take_act.trigger()

    assert last_entry(office, loan).early_repayment is EarlyRepayment.LOWER_INSTALMENT


def test_an_amount_with_a_figure_too_many_asks_first(qtbot, office, loan):
    case = opened(qtbot, office, loan, "payments")
    write(case.payments.amount.line, "112000")
    press(Qt.Key.Key_Return)
    assert "would be left over" in case.payments.doubt.label.text()
    assert told(office, loan).paid_total == nok(0)

    write(case.payments.amount.line, "1120")
    assert case.payments.doubt.isHidden()
    press(Qt.Key.Key_Return)
    assert told(office, loan).paid_total == nok(1_120)


def test_an_amount_that_is_meant_is_taken_all_the_same(qtbot, office, loan):
    case = opened(qtbot, office, loan, "payments")
    write(case.payments.amount.line, "112000")
    press(Qt.Key.Key_Return)
    case.payments.sure_button.click()

    assert told(office, loan).credit == nok(99_880)


def test_every_entry_tells_who_typed_it_and_its_reversal_is_one_click_away(qtbot, office, loan):
    office.session.payments.take(loan.id, nok(1_120), office.clock.day)
    payment = last_entry(office, loan)
    office.session.life.reverse(loan.id, payment.id, reason="Another borrower's")
    case = opened(qtbot, office, loan, "payments")
    table = case.payments.table
    table.setCurrentIndex(case.payments.model.index(1, 0))

    assert "by Ingrid Tangen: Another borrower's" in case.payments.details.text()
    assert case.payments.model.columns[1].struck(table.selected_row())
    case.payments.journal.link.click()
    assert table.currentIndex().row() == 0
    assert "Reverses: Payment · Bank of 15 Feb 2026" in case.payments.details.text()
    case.payments.journal.link.click()
    assert table.currentIndex().row() == 1


def test_an_entry_that_cannot_be_reversed_says_why(qtbot, office, loan):
    office.session.payments.take(loan.id, nok(1_120), office.clock.day)
    case = opened(qtbot, office, loan, "payments")
    case.payments.table.setCurrentIndex(case.payments.model.index(1, 0))

    assert "It cannot be reversed now: Payments have been taken on this loan." in case.payments.details.text()


def test_a_new_plan_is_reversed_with_its_figures_shown_first(qtbot, office, loan):
    case = opened(qtbot, office, loan)
    case.life.new_plan.trigger()
    write(field("instalments").line, "24")
    type_reason("Illness")
    dialog().act_button.click()
    case.tabs.show_tab("payments")
    case.payments.table.setCurrentIndex(case.payments.model.index(0, 0))
    case.payments.reverse_act.trigger()

    assert dialog().windowTitle() == "Reverse: New plan of 15 Feb 2026"
    assert panel(case)["Instalments left"] == ("24", "11")
    QTest.keyClicks(field("reason").box, "Signed by the wrong borrower")
    dialog().act_button.click()
    assert not told(office, loan).is_restructured


# -- the overview


def test_the_payoff_of_any_day_is_split_into_its_parts(qtbot, office, loan):
    office.session.payments.take(loan.id, nok(1_120), office.clock.day)
    case = opened(qtbot, office, loan)
    write(case.overview.payoff_card.on.line, "25.2.2026")

    assert [plain(figure) for _word, figure in case.overview.payoff_card.lines] == [
        "NOK 11 000.00",
        "NOK 36.67",  # 11 000 × 12 % × 10/360
        "NOK 0.00",
        "NOK 0.00",
        "NOK 11 036.67",
    ]


def test_the_picture_tells_each_day_to_the_keyboard(qtbot, office, loan):
    office.session.payments.take(loan.id, nok(1_120), office.clock.day)
    case = opened(qtbot, office, loan)
    picture = case.overview.picture
    picture.setFocus()
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Right)

    assert picture.marked_on == date(2026, 2, 15)
    assert [(word, plain(figure)) for word, figure in picture.figures_on(picture.marked_on)] == [
        ("15 Feb 2026", ""),
        ("Planned", "11 000.00"),
        ("Actual", "11 000.00"),
    ]
    press(Qt.Key.Key_End)
    assert picture.marked_on == date(2027, 1, 15)


def test_everything_in_every_dialog_has_a_name(office, loan, case):
    for act in case.life.acts:
        if act.isEnabled():
            act.trigger()
            assert unnamed_focusable(dialog()) == []
            dialog().reject()


def test_a_loss_of_everything_before_the_payout_is_refused_beside_its_day(office, loan, case):
    case.life.write_off.trigger()
    write(field("on").line, "14.1.2026")
    type_reason("Bankrupt")
    dialog().act_button.click()

    assert field("on").error == "The earliest allowed date is 15 Jan 2026."
    assert dialog().panel.accessibleName() == field("on").error
    assert not dialog().form.message.isVisible()
    dialog().reject()
    assert not isinstance(last_entry(office, loan), WriteOff)


def test_an_auditor_may_look_but_not_write_off(qtbot, office, loan):
    window = open_window(qtbot, auditor(office))
    window.go_to(Destination("loan", loan.id, "overview"))
    window.current_page.life.write_off.trigger()
    type_reason("Curious")
    dialog().act_button.click()

    assert "Your role does not allow this" in dialog().form.message.label.text()
    assert office.session.loans.get(loan.id).step is Step.REPAYING
    dialog().reject()


def test_what_was_done_is_told_in_the_history(office, loan, case):
    case.life.holiday.trigger()
    type_reason("Parental leave")
    dialog().act_button.click()
    case.tabs.show_tab("history")
    shown = case.findChild(HistoryTab)

    assert shown.model.index(0, 2).data() == "Granted a payment holiday"
    case.life.fee.trigger()
    write(field("amount").line, "38")
    type_reason("Copy")
    dialog().act_button.click()
    assert shown.model.index(0, 2).data() == "Charged a fee"


def test_a_fee_paid_by_itself_is_told_with_the_payout_and_named_in_the_journal(qtbot, office):
    session = office.session
    loan = an_application(office, establishment_fee_minor=500_00, establishment_fee_paid=FeePaid.SEPARATELY)
    session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    session.loans.sign(loan.id, office.clock.day)
    case = opened(qtbot, office, loan)
    case.pay_out_act.trigger()
    assert "The establishment fee of NOK 500.00 falls due on the same day." in plain(dialog().text.text())
    assert panel(case)["Due and unpaid now"] == ("0.00", "500.00")
    dialog().act_button.click()

    case.tabs.show_tab("payments")
    journal = case.payments.model
    assert [plain(journal.index(row, 1).data()) for row in range(2)] == ["Establishment fee", "Payout"]


def test_a_rest_that_was_never_paid_out_is_told_and_a_new_plan_of_what_was_lent_is_offered(qtbot, office):
    session = office.session
    loan = an_application(office, annual_rate_percent=Decimal(12), repayment=Repayment.SERIAL)
    session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    session.loans.sign(loan.id, office.clock.day)
    office.clock.day = date(2026, 1, 15)
    session.life.pay_out(loan.id, Payout(uuid4(), office.clock.day, nok(7_500), session.life.stamp()))
    office.clock.day = date(2026, 2, 16)
    session.payments.take(loan.id, nok(1_120), date(2026, 2, 15))
    case = opened(qtbot, office, loan)
    assert plain(case.unpaid_rest.label.text()).startswith("NOK 4 500.00 is not paid out, and the plan asks for")

    (link,) = [made for made in case.unpaid_rest.findChildren(QPushButton) if made.text() == "Make a new plan"]
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert field("purpose").value() is NewPlanFor.LENT_LESS
    type_reason("Bought less")
    dialog().act_button.click()

    assert isinstance(last_entry(office, loan), NewPlan)
    assert [mark.word for mark in case.overview.marks.shown] == ["Not all was paid out"]
    assert case.unpaid_rest.isHidden()
    assert not told(office, loan).is_restructured


def test_the_reason_for_a_new_plan_of_a_loan_paid_out_wholly_is_no_choice(office, loan, case):
    case.life.new_plan.trigger()

    assert field("purpose").isHidden()
    assert field("purpose").value() is NewPlanFor.RESTRUCTURING
