"""Plan and budget on a borrower's case: written by keyboard, moving while one types, saved, undone, and read by auditors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.budget import Budget, BudgetLine, Part, Per
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.office import Role
from mikrolaan.services.budgets import BudgetService
from mikrolaan.ui.borrowers.case_page import BorrowerCase
from mikrolaan.ui.borrowers.drafts import Drafts
from mikrolaan.ui.budget.budget_effect import BudgetEffect
from mikrolaan.ui.budget.budget_row import BudgetRow
from mikrolaan.ui.budget.budget_tab import BudgetTab
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import unnamed_focusable
from mikrolaan.ui.widgets.value_fields import MoneyField
from tests.builders import a_person, nok, terms
from tests.offices import TestOffice

LINES = (
    BudgetLine(Part.INCOME, "Wage", nok(20_000)),
    BudgetLine(Part.COST, "Housing", nok(12_000)),
    BudgetLine(Part.DEBT, "Student loan", nok(1_000), remaining=nok(90_000)),
    BudgetLine(Part.SALES, "Sewing", nok(20_000)),
    BudgetLine(Part.GOODS, "Cloth", nok(5_000)),
    BudgetLine(Part.BUSINESS_COST, "Rent", nok(10_000)),
)  # 12 000 left before an instalment; 15 000 gross profit


@pytest.fixture
def amina(office: TestOffice) -> Borrower:
    return office.session.borrowers.register(a_person())


@pytest.fixture
def drafts() -> Drafts:
    return Drafts()


@pytest.fixture
def open_case(
    qtbot: QtBot, qapp, office: TestOffice, amina: Borrower, drafts: Drafts
) -> Iterator[Callable[[], BorrowerCase]]:
    cases: list[BorrowerCase] = []

    def opened() -> BorrowerCase:
        case = BorrowerCase(office.session, TaskRunner(qapp), drafts)
        cases.append(case)
        case.resize(1072, 748)
        case.show()
        case.opened(Destination("borrower", amina.id, "budget"))
        case.activateWindow()
        qtbot.waitUntil(case.isActiveWindow)
        return case

    yield opened
    for case in cases:
        case.close()
        case.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def saved_budget(office: TestOffice, borrower: Borrower) -> Budget:
    return office.session.budgets.save(
        replace(office.session.budgets.begin(borrower.id, Currency.NOK), lines=LINES, notes="Tax return")
    )


def apply_for_a_loan(office: TestOffice, borrower: Borrower, amount: int = 36_000) -> None:
    """12 instalments without interest: 3 000 kroner a month."""
    product = office.session.products.offered()[0]
    office.session.loans.apply(borrower.id, product, terms(principal=nok(amount)))


def row(tab: BudgetTab, part: Part, number: int = 0) -> BudgetRow:
    return tab.form.parts[part].rows[number]


def shown(text: QLabel | MoneyField) -> str:
    """What can be read, every kind of space as one."""
    return " ".join(text.text().split())


def type_amount(qtbot: QtBot, line: BudgetRow, amount: str) -> None:
    line.amount.line.setFocus()
    line.amount.line.clear()
    qtbot.keyClicks(line.amount.line, amount)


def test_a_case_without_a_budget_says_what_will_be_here_and_begins_one(qtbot: QtBot, open_case):
    tab = open_case().budget
    assert tab.empty.isVisible()

    next(found for found in tab.empty.findChildren(QPushButton) if "budget" in found.text()).click()

    assert not tab.empty.isVisible()
    assert QApplication.focusWidget() is row(tab, Part.INCOME).name.line
    names = [line.name.line.placeholderText() for line in tab.form.parts[Part.INCOME].rows]
    assert names == ["Wage", "Benefit", "Child benefit", "Partner"]
    assert shown(tab.results.left.figure) == "–"  # nothing is written yet, so nothing is “enough”


def test_the_result_moves_with_every_digit(qtbot: QtBot, open_case):
    tab = open_case().budget
    tab.begin()

    type_amount(qtbot, row(tab, Part.INCOME), "2000")
    assert shown(tab.results.left.figure) == "NOK 2 000.00"
    qtbot.keyClicks(row(tab, Part.INCOME).amount.line, "0")

    assert shown(tab.results.left.figure) == "NOK 20 000.00"
    assert shown(tab.form.parts[Part.INCOME].sum) == "20 000.00"
    assert shown(tab.form.left.figure) == "NOK 20 000.00"


def test_enter_leads_down_the_lines_adds_one_and_goes_on_to_the_next_part(qtbot: QtBot, open_case):
    tab = open_case().budget
    tab.begin()
    income = tab.form.parts[Part.INCOME]
    focused = QApplication.focusWidget

    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert focused() is row(tab, Part.INCOME).amount.line
    qtbot.keyClicks(focused(), "18000")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert focused() is row(tab, Part.INCOME, 1).name.line
    assert row(tab, Part.INCOME).name.text() == "Wage"  # the grey word became its name

    type_amount(qtbot, row(tab, Part.INCOME, 3), "100")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert len(income.rows) == 5
    assert focused() is row(tab, Part.INCOME, 4).name.line

    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)  # in an empty last line
    assert focused() is row(tab, Part.COST).name.line


def test_enter_visits_what_is_still_owed_of_a_debt(qtbot: QtBot, open_case):
    tab = open_case().budget
    tab.begin()

    type_amount(qtbot, row(tab, Part.DEBT), "1000")
    qtbot.keyClick(row(tab, Part.DEBT).amount.line, Qt.Key.Key_Return)

    assert QApplication.focusWidget() is row(tab, Part.DEBT).remaining.line


def test_ctrl_delete_takes_a_line_away(qtbot: QtBot, office: TestOffice, amina: Borrower, open_case):
    saved_budget(office, amina)
    tab = open_case().budget
    row(tab, Part.COST).name.line.setFocus()

    qtbot.keyClick(row(tab, Part.COST).name.line, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)

    assert tab.form.parts[Part.COST].rows == []
    assert shown(tab.form.parts[Part.COST].sum) == "0.00"
    assert QApplication.focusWidget() is tab.form.parts[Part.COST].add_button


def test_tab_goes_down_the_household_then_down_the_business(
    qtbot: QtBot, office: TestOffice, amina: Borrower, open_case
):
    saved_budget(office, amina)
    case = open_case()
    tab = case.budget
    row(tab, Part.COST).name.line.setFocus()

    visited = []
    for _step in range(12):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        visited.append(QApplication.focusWidget())

    cost, debt, sales = row(tab, Part.COST), row(tab, Part.DEBT), row(tab, Part.SALES)
    assert visited == [
        cost.amount.line,
        cost.per_button,
        cost.remove_button,
        tab.form.parts[Part.COST].add_button,
        debt.name.line,
        debt.amount.line,
        debt.remaining.line,
        debt.remove_button,
        tab.form.parts[Part.DEBT].add_button,
        tab.form.left,
        sales.name.line,
        sales.amount.line,
    ]


def test_a_years_amount_counts_a_twelfth(qtbot: QtBot, office: TestOffice, amina: Borrower, open_case):
    saved_budget(office, amina)
    tab = open_case().budget
    rent = row(tab, Part.BUSINESS_COST)

    qtbot.mouseClick(rent.per_button, Qt.MouseButton.LeftButton)

    assert rent.per_button.text() == "year"
    assert shown(tab.form.parts[Part.BUSINESS_COST].sum) == "833.33"
    tab.save_act.trigger()
    budget = office.session.budgets.of(amina.id)
    assert budget is not None
    assert budget.of(Part.BUSINESS_COST) == (BudgetLine(Part.BUSINESS_COST, "Rent", nok(10_000), Per.YEAR),)


def test_ctrl_s_saves_what_was_written_and_the_cursor_stays(
    qtbot: QtBot, office: TestOffice, amina: Borrower, open_case
):
    case = open_case()
    tab = case.budget
    tab.begin()
    assert not tab.save_act.isEnabled()
    type_amount(qtbot, row(tab, Part.INCOME), "18000")
    qtbot.keyClicks(row(tab, Part.COST).name.line, "Rent")
    type_amount(qtbot, row(tab, Part.COST), "9500,50")

    with qtbot.waitSignal(case.toast):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    budget = office.session.budgets.of(amina.id)
    assert budget is not None
    assert budget.lines == (
        BudgetLine(Part.INCOME, "Wage", nok(18_000)),
        BudgetLine(Part.COST, "Rent", nok("9500.50")),
    )
    assert QApplication.focusWidget() is row(tab, Part.COST).amount.line
    assert not tab.is_touched
    assert not tab.save_act.isEnabled()
    first = case.history.model.row(0)
    assert first is not None
    assert case.history.details.heading.text() == "Saved the budget"
    told = [shown(found).replace("\u200b", "") for found in case.history.details.findChildren(QLabel)]
    assert any("Income: Wage, NOK 18 000.00 a month" in text for text in told)


def test_an_amount_that_cannot_be_read_is_said_and_nothing_is_saved(
    qtbot: QtBot, office: TestOffice, amina: Borrower, open_case
):
    saved = saved_budget(office, amina)
    tab = open_case().budget

    type_amount(qtbot, row(tab, Part.COST), "1.500")  # fifteen hundred, or one and a half?
    assert shown(tab.results.left.figure) == "–"  # no figure is better than a wrong one
    tab.save_act.trigger()

    assert "two ways" in row(tab, Part.COST).error_label.text()
    assert row(tab, Part.COST).error_label.isVisible()
    assert office.session.budgets.of(amina.id) == saved

    type_amount(qtbot, row(tab, Part.COST), "1500")
    assert not row(tab, Part.COST).error_label.isVisible()
    assert shown(tab.results.left.figure) == "NOK 22 500.00"


def test_a_named_line_without_an_amount_is_asked_for_it(qtbot: QtBot, office: TestOffice, amina: Borrower, open_case):
    saved_budget(office, amina)
    tab = open_case().budget
    tab.form.parts[Part.COST].add()
    qtbot.keyClicks(QApplication.focusWidget(), "Dentist")

    tab.save_act.trigger()

    assert row(tab, Part.COST, 1).error_label.text() == "Fill this in."
    assert QApplication.focusWidget() is row(tab, Part.COST, 1).amount.line


def test_undo_shows_what_was_last_saved(qtbot: QtBot, office: TestOffice, amina: Borrower, drafts: Drafts, open_case):
    saved_budget(office, amina)
    tab = open_case().budget
    type_amount(qtbot, row(tab, Part.COST), "1")
    assert drafts.budgets

    tab.undo_act.trigger()

    assert shown(row(tab, Part.COST).amount) == "12 000.00"
    assert not drafts.budgets
    assert not tab.undo_act.isEnabled()


def test_undoing_a_budget_just_begun_leads_back_to_the_empty_tab(open_case):
    tab = open_case().budget
    tab.begin()

    tab.undo_act.trigger()

    assert tab.empty.isVisible()


def test_what_was_typed_comes_back_after_leaving(qtbot: QtBot, office: TestOffice, amina: Borrower, open_case):
    first = open_case().budget
    first.begin()
    type_amount(qtbot, row(first, Part.INCOME), "18000")

    again = open_case().budget

    assert shown(row(again, Part.INCOME).amount) == "18 000.00"
    assert again.message.label.text() == "Unsaved draft restored"
    assert len(again.form.parts[Part.COST].rows) == 5  # the usual lines are offered still
    again.save_act.trigger()
    assert office.session.budgets.of(amina.id) is not None


def test_a_stale_save_keeps_what_was_typed_until_one_decides(
    qtbot: QtBot, office: TestOffice, amina: Borrower, open_case
):
    saved = saved_budget(office, amina)
    tab = open_case().budget
    type_amount(qtbot, row(tab, Part.COST), "9000")
    theirs = office.session.budgets.save(replace(saved, notes="Theirs"))

    tab.save_act.trigger()
    assert "Somebody else" in tab.message.label.text()
    assert office.session.budgets.of(amina.id) == theirs

    tab.show_theirs()
    assert tab.form.notes.box.toPlainText() == "Theirs"
    assert shown(row(tab, Part.COST).amount) == "12 000.00"
    next(link for link in tab.message.findChildren(QPushButton) if link.text() == "Take back what I typed").click()
    tab.save_act.trigger()

    budget = office.session.budgets.of(amina.id)
    assert budget is not None
    assert (budget.version, budget.notes, budget.of(Part.COST)[0].amount) == (3, "Tax return", nok(9_000))


# -- the result


def test_the_instalment_of_the_newest_application_counts(office: TestOffice, amina: Borrower, open_case):
    saved_budget(office, amina)
    apply_for_a_loan(office, amina)
    results = open_case().budget.results

    assert shown(results.instalment) == "3 000.00"
    assert results.source.text() == "From loan 1, the newest of the case."
    assert (shown(results.left.figure), results.left.chip.word.text()) == ("NOK 9 000.00", "Enough")
    assert (shown(results.share.figure), results.share.chip.word.text()) == ("16.0%", "Light")  # 4 000 of 25 000
    assert (shown(results.limit.figure), results.limit.chip.word.text()) == ("60.0%", "Holds")


def test_a_fall_in_sales_moves_with_the_slider(qtbot: QtBot, office: TestOffice, amina: Borrower, open_case):
    saved_budget(office, amina)
    apply_for_a_loan(office, amina)
    results = open_case().budget.results
    assert results.left_after_fall.word.text() == "Left if sales fall by 20%"
    assert shown(results.left_after_fall.figure) == "NOK 6 000.00"  # 20 % of 15 000 less

    results.fall.slider.setFocus()
    for _step in range(9):
        qtbot.keyClick(results.fall.slider, Qt.Key.Key_Right)

    assert results.fall.percent == Decimal(65)
    assert shown(results.left_after_fall.figure) == "NOK \u2212750.00"
    assert results.left_after_fall.chip.word.text() == "Too little"
    assert results.left_after_fall.chip.property("tone") == "bad"
    assert results.limit.chip.word.text() == "Does not hold"
    assert shown(results.left.figure) == "NOK 9 000.00"


def test_another_instalment_can_be_tried_without_saving_it(
    qtbot: QtBot, office: TestOffice, amina: Borrower, open_case
):
    saved_budget(office, amina)
    apply_for_a_loan(office, amina)
    case = open_case()
    results = case.budget.results

    results.instalment.line.clear()
    qtbot.keyClicks(results.instalment.line, "7000")

    assert (shown(results.left.figure), results.left.chip.word.text()) == ("NOK 5 000.00", "Tight")
    assert "not saved" in results.source.text()
    assert not case.budget.save_act.isEnabled()
    apply_for_a_loan(office, amina, 48_000)
    case.refresh()
    assert shown(results.instalment) == "7000"  # what one tries stays, though the case has a newer loan


def test_every_figure_explains_itself(open_case, office: TestOffice, amina: Borrower):
    saved_budget(office, amina)
    tab = open_case().budget
    figures = (*(getattr(tab.results, name) for name in ("left", "left_after_fall", "share", "limit")), tab.form.left)

    assert all(len(figure.toolTip()) > 40 for figure in figures)
    assert all(figure.focusPolicy() & Qt.FocusPolicy.TabFocus for figure in figures)
    assert "Enough" in tab.results.left.accessibleName()


def test_everything_that_tab_reaches_has_a_name(office: TestOffice, amina: Borrower, open_case):
    saved_budget(office, amina)

    assert unnamed_focusable(open_case().budget) == []


@pytest.mark.parametrize("width", [912, 620])
def test_nothing_is_cut_off_in_a_narrow_window(qtbot: QtBot, office: TestOffice, amina: Borrower, open_case, width):
    saved_budget(office, amina)
    case = open_case()
    case.resize(width, 560)
    QApplication.processEvents()
    tab = case.budget

    assert tab.form.minimumSizeHint().width() <= tab.area.viewport().width()
    assert tab.results.minimumSizeHint().width() <= tab.result_area.viewport().width()
    assert row(tab, Part.DEBT).name.line.width() >= 60


# -- an auditor


def test_an_auditor_reads_and_changes_nothing(
    qtbot: QtBot, office: TestOffice, amina: Borrower, open_case, monkeypatch: pytest.MonkeyPatch
):
    saved_budget(office, amina)
    desk = office.session.file.desk()
    auditor = replace(desk, officer=replace(desk.officer, roles=frozenset({Role.AUDITOR})))
    monkeypatch.setattr(office.session, "budgets", BudgetService(auditor))
    tab = open_case().budget

    wage = row(tab, Part.INCOME)
    qtbot.keyClicks(wage.amount.line, "9")
    wage.name.line.setFocus()
    qtbot.keyClick(wage.name.line, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)

    assert shown(wage.amount) == "20 000.00"
    assert tab.form.parts[Part.INCOME].rows == [wage]
    assert not tab.footer.isVisible()
    assert not wage.remove_button.isVisible()
    assert not wage.per_button.isEnabled()
    assert shown(tab.results.left.figure) == "NOK 12 000.00"


def test_an_auditor_is_not_offered_to_begin_a_budget(
    office: TestOffice, amina: Borrower, open_case, monkeypatch: pytest.MonkeyPatch
):
    desk = office.session.file.desk()
    auditor = replace(desk, officer=replace(desk.officer, roles=frozenset({Role.AUDITOR})))
    monkeypatch.setattr(office.session, "budgets", BudgetService(auditor))

    tab = open_case().budget

    assert tab.empty.isVisible()
    assert tab.empty.findChildren(QPushButton) == []


# -- the effect, for the calculator


def test_the_effect_shows_what_is_left_and_hides_without_a_budget(qtbot: QtBot, office: TestOffice, amina: Borrower):
    effect = BudgetEffect()
    qtbot.addWidget(effect)
    budget = saved_budget(office, amina)

    effect.show_effect(budget, nok(3_000))
    assert not effect.isHidden()
    assert (shown(effect.left.figure), effect.left.chip.word.text()) == ("NOK 9 000.00", "Enough")
    assert shown(effect.left_after_fall.figure) == "NOK 6 000.00"
    effect.fall.slider.setValue(80)
    assert shown(effect.left_after_fall.figure) == "NOK \u22123 000.00"

    effect.show_effect(None, Money.zero(Currency.NOK))
    assert effect.isHidden()
