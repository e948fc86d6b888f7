"""The calculator as an officer uses it: typing and sliding, looking, and making an application."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.group import GroupRole
from mikrolaan.domain.loan import Loan, Outcome
from mikrolaan.domain.terms import Repayment
from mikrolaan.i18n import current_language, use_language
from mikrolaan.services.calculation import calculate
from mikrolaan.services.plan_lines import LineKind
from mikrolaan.ui.calculator.calculator_page import CalculatorPage
from mikrolaan.ui.calculator.use_dialog import UseDialog
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import unnamed_focusable
from tests.builders import a_person, nok, terms
from tests.offices import TestOffice
from tests.ui.calculators import opened, page_of, window_at, worked_out, write


@pytest.fixture
def amina(office: TestOffice) -> Borrower:
    return office.session.borrowers.register(a_person())


@pytest.fixture
def page(qtbot: QtBot, office: TestOffice) -> CalculatorPage:
    return opened(qtbot, office, Destination("calculator"))


def use(page: CalculatorPage) -> UseDialog:
    page.use_act.trigger()
    assert page.use_dialog is not None
    return page.use_dialog


def instalment_shown(page: CalculatorPage) -> str:
    return page.results.figures.instalment.figure.text()


def apply_for_a_loan(office: TestOffice, borrower: Borrower, group_id: Any = None) -> Loan:
    product = office.session.products.offered()[0]
    return office.session.loans.apply(borrower.id, product, terms(), group_id=group_id)


def network_group(office: TestOffice, first: Borrower) -> Any:
    others = [office.session.borrowers.register(a_person(given_names=name)) for name in ("Berit", "Chiara")]
    members = [(first.id, GroupRole.LEADER), *((other.id, GroupRole.MEMBER) for other in others)]
    return office.session.groups.form("Fjordgruppa", office.clock.day, members)


# -- numbers that move


def test_the_page_opens_on_the_usual_values_of_the_product(page):
    assert page.form.choices().amount == nok(50_000)
    assert page.form.instalments.line.text() == "24"
    assert page.results.figures.paid_out.figure.text() == "NOK\u00a049\u202f500.00"


def test_a_loan_without_interest_shows_figures_one_can_check_by_hand(qtbot, page):
    write(qtbot, page.form.amount, "12000")
    write(qtbot, page.form.rate, "0")
    write(qtbot, page.form.instalments, "12")

    figures = page.results.figures
    assert instalment_shown(page) == "1\u202f035.00"
    assert figures.cost.figure.text() == "920.00"
    assert figures.cost.note.text() == "interest 0.00 + fees 920.00"
    assert figures.to_pay.figure.text() == "NOK\u00a012\u202f420.00"


def test_typing_moves_the_slider_and_the_slider_moves_the_field(qtbot, page):
    write(qtbot, page.form.amount, "80000")
    assert page.form.amount.slider.value() == 75  # thousands above the least, 5 000

    qtbot.keyClick(page.form.amount.slider, Qt.Key.Key_Right)
    assert page.form.amount.value() == nok(81_000)
    qtbot.keyClick(page.form.amount.slider, Qt.Key.Key_PageUp)
    assert page.form.amount.value() == nok(91_000)


def test_arrow_keys_in_the_field_move_it_by_a_step(qtbot, page):
    qtbot.keyClick(page.form.rate.line, Qt.Key.Key_Up)
    assert page.form.rate.value() == Decimal("6.25")

    qtbot.keyClick(page.form.rate.line, Qt.Key.Key_PageDown)
    assert page.form.rate.value() == Decimal("5.25")


def test_a_press_on_the_groove_takes_the_slider_there(qtbot, page):
    slider = page.form.instalments.slider

    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 2, slider.height() // 2))
    assert page.form.instalments.value() == 60
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(1, slider.height() // 2))
    assert page.form.instalments.value() == 3


def test_a_serial_loan_says_what_the_instalment_falls_to(page):
    page.form.repayment.box.setCurrentIndex(list(Repayment).index(Repayment.SERIAL))

    last = worked_out(page).last.due
    assert page.results.figures.instalment.note.text() == f"falling to {current_language().amount(last)}"


def test_the_limits_of_the_product_stand_beside_each_slider(page):
    shown = [
        (field.least_label.text(), field.most_label.text())
        for field in (page.form.amount, page.form.rate, page.form.instalments)
    ]

    assert shown == [("5\u202f000", "200\u202f000"), ("0%", "15%"), ("3", "60")]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 195),
    st.integers(0, 60),
    st.integers(0, 57),
    st.integers(0, 3),
    st.dates(date(2020, 1, 1), date(2080, 1, 1)),
)
def test_wherever_the_sliders_stand_the_figures_shown_are_the_domains(page, amount, rate, count, form, paid_out):
    page.form.amount.slide_to(amount)
    page.form.rate.slide_to(rate)
    page.form.instalments.slide_to(count)
    page.form.repayment.box.setCurrentIndex(form)
    page.form.disbursed_on.line.setText(current_language().date(paid_out))
    page.form.disbursed_on.line.textEdited.emit("")

    expected = calculate(page.form.choices())
    speaks = current_language()
    assert page.calculation == expected
    assert page.form.choices().disbursed_on == paid_out
    assert instalment_shown(page) == speaks.amount(expected.regular.due)
    assert expected.effective_rate is not None
    assert page.results.figures.rate.figure.text() == speaks.percent(expected.effective_rate)
    assert page.results.figures.cost.figure.text() == speaks.amount(expected.plan.total_cost)
    page.results.picture.grab()


# -- dates


def test_the_first_due_date_follows_the_payout_until_it_is_set(qtbot, page):
    write(qtbot, page.form.disbursed_on, "31.01.2026")
    assert page.form.first_due_on.value() == date(2026, 2, 28)

    write(qtbot, page.form.first_due_on, "15.03.2026")
    write(qtbot, page.form.disbursed_on, "10.02.2026")
    assert page.form.first_due_on.value() == date(2026, 3, 15)
    assert worked_out(page).plan.instalments[0].due_on == date(2026, 3, 16)  # the 15th is a Sunday

    page.form.first_due_on.line.clear()
    page.form.first_due_on.line.textEdited.emit("")
    write(qtbot, page.form.disbursed_on, "11.02.2026")
    assert page.form.first_due_on.value() == date(2026, 3, 11)


def test_the_page_says_when_a_first_due_date_moves_to_a_banking_day(qtbot, page):
    write(qtbot, page.form.first_due_on, "15.03.2026")

    assert page.form.moved_note.isVisible()
    assert "16 Mar 2026" in page.form.moved_note.text()

    write(qtbot, page.form.first_due_on, "16.03.2026")
    assert not page.form.moved_note.isVisible()


# -- picture and plan


def test_the_picture_has_a_bar_for_each_instalment_and_tells_it_in_words(page):
    page.form.instalments.slide_to(57)

    assert len(page.results.picture.bars) == 60
    words = page.results.picture.accessibleDescription()
    assert "NOK\u00a050\u202f000.00 falls to zero in 60 instalments" in words


def test_the_mouse_and_the_arrow_keys_mark_an_instalment(qtbot, page):
    picture = page.results.picture
    qtbot.mouseMove(picture, QPoint(round(picture._middle(5)), picture.height() // 2))
    assert picture.marked_bar.first == 6

    picture.setFocus()
    qtbot.keyClick(picture, Qt.Key.Key_Right)
    assert picture.marked_bar.first == 7
    qtbot.keyClick(picture, Qt.Key.Key_End)
    assert picture.marked_bar.balance == nok(0)
    qtbot.keyClick(picture, Qt.Key.Key_Home)
    assert picture.marked_bar.first == 1


def test_enter_on_a_bar_opens_its_line_in_the_plan(qtbot, page):
    page.results.picture.mark(13)

    qtbot.keyClick(page.results.picture, Qt.Key.Key_Return)

    assert page.results.tabs.current_key == "plan"
    assert page.results.table.selected_row().number == 14


def test_the_plan_has_a_sum_for_each_year_and_for_all(page):
    page.results.tabs.setCurrentIndex(1)

    lines = page.results.table.lines
    years = [line for line in lines if line.kind is LineKind.YEAR]
    total = lines[-1]
    assert [line.number for line in years] == [2026, 2027, 2028]
    assert total.kind is LineKind.TOTAL
    assert total.principal == nok(50_000)
    assert sum(line.due.minor for line in years) == total.due.minor == worked_out(page).plan.due.minor


def test_an_amount_slid_while_the_plan_is_in_front_moves_the_plan(page):
    page.results.tabs.setCurrentIndex(1)
    page.form.amount.slide_to(0)

    assert page.results.table.lines[-1].principal == nok(5_000)


def test_the_plan_model_keeps_the_rules_of_models(qtmodeltester, page):
    page.results.tabs.setCurrentIndex(1)
    qtmodeltester.check(page.results.table.paged())


def test_copying_gives_the_figures_and_the_plan_as_a_spreadsheet_reads_them(qtbot, page):
    use_language("nb")
    write(qtbot, page.form.amount, "12000")
    write(qtbot, page.form.rate, "0")
    write(qtbot, page.form.instalments, "12")

    page.copy_act.trigger()

    rows = [line.split("\t") for line in QApplication.clipboard().text().splitlines()]
    plan = rows[rows.index([""]) + 2 :]
    assert plan[0][0] == "1"
    assert plan[0][2:] == ["1000,00", "0,00", "35,00", "1035,00", "11000,00"]
    assert [row[1] for row in plan if not row[0]] == ["2026", "2027", "I alt"]
    assert plan[11][2:6] == ["11000,00", "0,00", "385,00", "11385,00"]  # eleven instalments in 2026
    assert plan[-1][5] == "12420,00"


# -- use this


def test_a_calculation_for_a_borrower_becomes_an_application(qtbot, office, amina):
    page = opened(qtbot, office, Destination("calculator", amina.id))
    assert page.whom_link.text() == "For Amina Ødegård"
    write(qtbot, page.form.amount, "60000")

    dialog = use(page)
    qtbot.keyClicks(dialog.purpose.box, "Sewing machine")
    with qtbot.waitSignal(page.go_to) as gone:
        qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)

    destination = gone.args[0]
    loan = office.session.loans.get(destination.record_id)
    assert destination.page == "loan"
    assert (loan.borrower_id, loan.purpose, loan.group_id) == (amina.id, "Sewing machine", None)
    assert loan.terms == worked_out(page).terms
    assert loan.terms.principal == nok(60_000)


def test_a_member_of_a_group_is_asked_whether_it_is_the_groups_loan(qtbot, office, amina):
    group = network_group(office, amina)
    page = opened(qtbot, office, Destination("calculator", amina.id))
    dialog = use(page)
    assert dialog.group.isVisible()

    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert dialog.group.error == "Fill this in."  # never silently one or the other
    dialog.group.box.setCurrentIndex(0)
    with qtbot.waitSignal(page.go_to) as gone:
        qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)

    assert office.session.loans.get(gone.args[0].record_id).group_id == group.id


def test_without_a_borrower_one_is_found_by_name(qtbot, office, amina, page):
    dialog = use(page)
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert dialog.picker.error == "Fill this in."

    qtbot.keyClicks(dialog.picker.line, "Amina Ødegård")
    with qtbot.waitSignal(page.go_to) as gone:
        qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)

    assert office.session.loans.get(gone.args[0].record_id).borrower_id == amina.id


def test_registering_a_borrower_first_keeps_the_numbers(qtbot, office, page):
    write(qtbot, page.form.amount, "77000")
    page.use_act.trigger()
    with qtbot.waitSignal(page.go_to) as gone:
        qtbot.mouseClick(page.use_dialog.new_borrower, Qt.MouseButton.LeftButton)
    assert gone.args[0] == Destination("borrower_form")

    newcomer = office.session.borrowers.register(a_person())
    page.opened(Destination("calculator", newcomer.id))

    assert page.form.amount.value() == nok(77_000)
    assert page.whom.isVisible()


# -- new terms for an application


def test_an_application_gets_new_terms(qtbot, office, amina):
    loan = apply_for_a_loan(office, amina)
    page = opened(qtbot, office, Destination("calculator", loan.id, "loan"))
    assert page.form.choices().terms() == replace(
        loan.terms,
        business_day_rule=worked_out(page).terms.business_day_rule,
        calendar="NO",
        establishment_fee_minor=500_00,
        instalment_fee_minor=35_00,
    )
    assert page.use_act.text() == "Save new terms"

    write(qtbot, page.form.amount, "15000")
    with qtbot.waitSignal(page.go_to) as gone:
        page.use_act.trigger()

    assert gone.args[0] == Destination("loan", loan.id)
    assert office.session.loans.get(loan.id).terms.principal == nok(15_000)


def test_half_made_changes_are_kept_when_one_comes_back_to_the_application(qtbot, office, amina):
    loan = apply_for_a_loan(office, amina)
    page = opened(qtbot, office, Destination("calculator", loan.id, "loan"))
    write(qtbot, page.form.amount, "15000")

    page.opened(Destination("calculator", loan.id, "loan"))

    assert page.form.amount.value() == nok(15_000)


def test_a_decided_loan_keeps_its_terms(qtbot, office, amina):
    loan = apply_for_a_loan(office, amina)
    office.session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)

    page = opened(qtbot, office, Destination("calculator", loan.id, "loan"))

    assert not page.use_act.isEnabled()
    assert page.message.label.text() == "This loan is decided. Its terms can no longer change."


def test_the_officer_is_told_that_the_group_will_be_asked_again(qtbot, office, amina):
    group = network_group(office, amina)
    loan = apply_for_a_loan(office, amina, group.id)
    office.session.loans.record_group_view(loan.id, supports=True, on=office.clock.day)

    page = opened(qtbot, office, Destination("calculator", loan.id, "loan"))
    assert page.message.isVisible()
    page.use_act.trigger()

    assert office.session.loans.get(loan.id).group_view is None


# -- the page in the window


def test_another_language_keeps_what_is_typed(qtbot, office):
    window = window_at(qtbot, office, Destination("calculator"))
    before = page_of(window)
    write(qtbot, before.form.amount, "61500.50")
    write(qtbot, before.form.disbursed_on, "10.02.2026")
    write(qtbot, before.form.first_due_on, "20.03.2026")
    expected = before.calculation
    assert expected is not None

    window.choose_language("nb")

    after = page_of(window)
    assert after is not before
    assert after.calculation == expected
    assert instalment_shown(after) == current_language().amount(expected.regular.due)


def test_every_control_has_a_name_and_tab_follows_reading_order(qtbot, page):
    assert unnamed_focusable(page) == []

    names = []
    page.form.amount.line.setFocus()
    for _stop in range(6):
        names.append(page.focusWidget().objectName())
        page.focusNextChild()
    assert names == [
        "principal_editor",
        "principal_slider",
        "annual_rate_percent_editor",
        "annual_rate_percent_slider",
        "instalments_editor",
        "instalments_slider",
    ]


@pytest.mark.parametrize("size", [(1072, 748), (961, 648), (577, 428)])
def test_the_page_fits_its_window(qtbot, page, size):
    page.resize(*size)
    page.form.amount.slide_to(195)
    page.form.instalments.slide_to(57)
    QApplication.processEvents()

    area = page.results.parentWidget()
    assert page.results.geometry().right() <= area.width()
    page.results.tabs.setCurrentIndex(1)
    QApplication.processEvents()
    if size[0] > 900:
        assert not page.results.table.horizontalScrollBar().isVisible()


def test_start_again_goes_back_to_the_usual_values(qtbot, page):
    write(qtbot, page.form.amount, "300")

    page.reset_act.trigger()

    assert page.form.amount.value() == nok(50_000)
    assert not page.results.is_stale


def test_a_year_that_begins_right_after_the_first_instalment_is_named_below_the_picture(
    qtbot: QtBot, page: CalculatorPage
) -> None:
    """Paid out in November, 24 instalments from December 2026: one bar in 2026, twelve in 2027, eleven in 2028."""
    write(qtbot, page.form.disbursed_on, "05.11.2026")
    write(qtbot, page.form.instalments, "24")
    page.results.tabs.show_tab("picture")

    assert worked_out(page).plan.instalments[0].due_on.year == 2026
    assert [text for text, _left, _tick in page.results.picture.date_labels()] == ["2027", "2028"]
