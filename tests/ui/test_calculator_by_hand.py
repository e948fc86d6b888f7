"""Seasons, and amounts agreed by hand: chosen and typed as a person does it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from mikrolaan.domain.loan import Outcome
from mikrolaan.domain.terms import Repayment
from mikrolaan.i18n import current_language
from mikrolaan.ui.calculator.plan_table import PRINCIPAL, WHOLE
from mikrolaan.ui.navigation import Destination
from tests.builders import a_person, nok
from tests.ui.calculators import opened, page_of, window_at, worked_out, write

WINTER = (12, 1, 2)


@pytest.fixture
def page(qtbot, office):
    """50 000 kroner without interest in 24 instalments, the plan in front."""
    made = opened(qtbot, office, Destination("calculator"))
    write(qtbot, made.form.rate, "0")
    made.form.repayment.set_value(Repayment.SERIAL)
    write(qtbot, made.form.instalments, "10")
    made.results.tabs.show_tab("plan")
    return made


def editor_at(page, number, column=PRINCIPAL):
    page.results.table.edit_amount(number, column)
    return page.results.table.findChild(QLineEdit, "amount_editor")


def agree(qtbot, page, number, amount, column=PRINCIPAL):
    """Open the amount of an instalment, type another one and press Enter."""
    editor = editor_at(page, number, column)
    enter(qtbot, page, editor, amount)


def enter(qtbot, page, editor, amount):
    qtbot.keyClicks(editor, amount)
    with qtbot.waitSignal(page.results.table.amount_typed):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # the amount is taken once the editor is closed


def told(page):
    """The sentence above the plan, with ordinary spaces."""
    return page.by_hand.bar.label.text().replace("\u202f", " ").replace("\xa0", " ")


def principals(page):
    return [line.principal.minor // 100 for line in page.results.table.lines if line.due_on is not None]


# -- seasons


def choose(qtbot, page, *months):
    if not page.form.more.is_open:
        qtbot.mouseClick(page.form.more.toggle, Qt.MouseButton.LeftButton)
    for month in months:
        qtbot.mouseClick(page.form.more.season.buttons[month - 1], Qt.MouseButton.LeftButton)


def test_plan_and_picture_move_with_each_month_that_is_pressed(qtbot, page):
    choose(qtbot, page, *WINTER)

    terms = worked_out(page).terms
    assert terms.months_without_principal == frozenset(WINTER)
    assert page.form.more.season.held.text() == "Instalments due in these months ask for interest and fees only."
    months = [line.due_on.month for line in page.results.table.lines if line.due_on and line.principal]
    assert not set(months) & set(WINTER)
    page.results.tabs.show_tab("picture")
    choose(qtbot, page, 1)
    assert worked_out(page).terms.months_without_principal == {12, 2}


def test_what_is_folded_away_is_told(qtbot, page):
    choose(qtbot, page, 7)
    qtbot.mouseClick(page.form.more.toggle, Qt.MouseButton.LeftButton)

    assert page.form.more.held.text() == "no principal in Jul"
    assert not page.form.more.season.isVisible()


def test_all_months_leave_nothing_to_repay_with(qtbot, page):
    choose(qtbot, page, *range(1, 13))

    assert page.results.is_stale
    qtbot.waitUntil(lambda: bool(page.form.more.season.error))
    assert page.form.more.season.error == "No instalment is left that repays the loan. Leave out fewer months."


def test_the_arrow_keys_move_between_the_months_and_space_presses_one(qtbot, page):
    choose(qtbot, page)
    buttons = page.form.more.season.buttons
    buttons[0].setFocus()

    qtbot.keyClick(buttons[0], Qt.Key.Key_Down)
    qtbot.keyClick(buttons[6], Qt.Key.Key_Right)
    qtbot.keyClick(buttons[7], Qt.Key.Key_Space)

    assert page.form.more.season.value() == {8}
    assert page.form.more.season.tab_stops() == [buttons[7]]


def test_a_bullet_loan_has_no_season(qtbot, office):
    page = opened(qtbot, office, Destination("calculator"))
    choose(qtbot, page, 7)
    form = page.form.repayment
    others = [
        one for one in page.form.chosen_product.repayment_choices if one in (Repayment.BULLET, Repayment.INTEREST_ONLY)
    ]
    if not others:
        pytest.skip("the example product offers none")
    form.set_value(others[0])
    form.changed.emit()

    assert worked_out(page).terms.months_without_principal == frozenset()
    assert not page.form.more.season.buttons[0].isEnabled()


# -- amounts by hand


def test_before_anything_is_typed_the_bar_says_how(page):
    assert "press F2" in told(page)
    assert not page.by_hand.bar.acts.isVisible()


def test_what_is_left_over_is_told_and_spread(qtbot, page):
    agree(qtbot, page, 2, "500")

    assert principals(page)[:3] == [5000, 500, 5000]
    assert told(page) == "NOK 4 500.00 of the loan is left over."
    assert page.calculation is None
    assert not page.use_act.isEnabled()
    assert page.results.table.typed_places == {1}

    qtbot.mouseClick(page.by_hand.bar.spread_button, Qt.MouseButton.LeftButton)

    assert principals(page) == [5000, 500, *[5562] * 8]  # 4 500 / 8 more
    assert worked_out(page).terms.is_agreed
    assert told(page) == "The amounts are agreed by hand. They repay the loan exactly."
    assert page.use_act.isEnabled()


def test_undo_goes_back_step_by_step(qtbot, page):
    agree(qtbot, page, 2, "500")
    agree(qtbot, page, 3, "600")
    page.by_hand.spread_act.trigger()

    page.by_hand.undo_act.trigger()
    assert principals(page)[:4] == [5000, 500, 600, 5000]
    page.by_hand.undo_act.trigger()
    page.by_hand.undo_act.trigger()

    assert principals(page) == [5000] * 10
    assert not worked_out(page).terms.is_agreed
    assert not page.by_hand.undo_act.isEnabled()


def test_back_to_the_computed_plan_can_be_undone_too(qtbot, page):
    agree(qtbot, page, 2, "500")
    page.by_hand.back_act.trigger()
    assert principals(page) == [5000] * 10

    page.by_hand.undo_act.trigger()
    assert principals(page)[1] == 500


def test_a_whole_amount_settles_interest_first(qtbot, page):
    write(qtbot, page.form.rate, "12")
    agree(qtbot, page, 1, "1535", column=WHOLE)

    assert principals(page)[0] == 1000  # 500 of interest on 50 000, 35 of fee


def test_less_than_the_interest_is_refused_with_the_limit(qtbot, page):
    write(qtbot, page.form.rate, "12")
    agree(qtbot, page, 1, "400", column=WHOLE)

    assert page.by_hand.hand is None
    assert told(page) == "No. 1: Interest and fees alone are more than that. The smallest allowed is 535.00."


@pytest.mark.parametrize("nonsense", ["abc", "1.2.3", "-5x"])
def test_what_is_no_amount_stays_in_the_editor_with_a_sentence(qtbot, page, nonsense):
    before = told(page)
    editor = editor_at(page, 1)
    qtbot.keyClicks(editor, nonsense)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()

    assert editor.isVisible()
    assert told(page) not in ("", before)
    assert page.by_hand.hand is None
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert principals(page) == [5000] * 10


def test_more_than_the_loan_and_less_than_nothing_are_refused(qtbot, page):
    agree(qtbot, page, 1, "60000")
    assert told(page) == "No. 1: The largest allowed is 50 000.00."
    agree(qtbot, page, 1, "-1")
    assert page.by_hand.hand is None


def test_amounts_that_repay_too_much_by_themselves_cannot_be_spread_away(qtbot, page):
    agree(qtbot, page, 1, "40000")
    agree(qtbot, page, 10, "20000")
    page.by_hand.spread_act.trigger()

    assert "repay NOK 10 000.00 more than the loan by themselves" in told(page)
    assert page.calculation is None


def test_f2_opens_the_principal_and_enter_goes_on_to_the_next(qtbot, page):
    table = page.results.table
    table.setFocus()
    table.setCurrentIndex(table.paged().index(3, 1))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit, "amount_editor")
    enter(qtbot, page, editor, "4000")

    assert principals(page)[3] == 4000
    assert (table.currentIndex().row(), table.currentIndex().column()) == (4, PRINCIPAL)


def test_another_amount_lets_go_of_the_agreed_ones_says_so_and_brings_them_back(qtbot, office):
    window = window_at(qtbot, office, Destination("calculator"))
    page = page_of(window)
    page.results.tabs.show_tab("plan")
    agree(qtbot, page, 2, "500")
    page.by_hand.spread_act.trigger()
    agreed = principals(page)

    write(qtbot, page.form.amount, "60000")

    assert page.by_hand.hand is None
    assert "agreed by hand are gone" in window.toast.label.text()
    qtbot.mouseClick(window.toast.undo_button, Qt.MouseButton.LeftButton)
    assert principals(page) == agreed
    assert page.form.amount.value() == nok(50_000)


def test_another_rate_keeps_the_agreed_amounts(qtbot, page):
    agree(qtbot, page, 2, "500")
    page.by_hand.spread_act.trigger()
    write(qtbot, page.form.rate, "9")

    assert principals(page)[1] == 500
    assert worked_out(page).terms.is_agreed


def test_an_unfinished_plan_is_told_beside_the_picture_and_cannot_be_kept(qtbot, page):
    agree(qtbot, page, 2, "500")
    page.results.tabs.show_tab("picture")

    assert "do not repay the loan exactly yet" in page.results.stale_message.label.text()
    assert not page.keep_act.isEnabled()
    page.results.tabs.show_tab("plan")
    assert not page.results.stale_message.isVisible()


def test_alternatives_and_the_clipboard_keep_what_is_agreed(qtbot, page):
    agree(qtbot, page, 2, "500")
    page.by_hand.spread_act.trigger()
    page.keep_act.trigger()
    page.by_hand.back_act.trigger()

    page.results.alternatives.chosen.emit(0)

    assert principals(page)[:2] == [5000, 500]
    assert worked_out(page).terms.is_agreed
    page.copy_act.trigger()
    assert "Amounts agreed by hand" in QGuiApplication.clipboard().text()


def test_the_clients_language_keeps_season_and_amounts(qtbot, office):
    window = window_at(qtbot, office, Destination("calculator"))
    page = page_of(window)
    page.results.tabs.show_tab("plan")
    agree(qtbot, page, 2, "500")
    page.by_hand.spread_act.trigger()
    agreed = principals(page)

    page.language_act.trigger()
    assert current_language().code == "nb"
    page = page_of(window)
    assert (principals(page), page.results.table.typed_places) == (agreed, frozenset({1}))
    page.language_act.trigger()

    page = page_of(window)
    page.by_hand.back_act.trigger()
    choose(qtbot, page, 7)
    page.language_act.trigger()
    assert page_of(window).form.more.season.value() == {7}
    page_of(window).language_act.trigger()


def test_an_application_is_opened_again_with_what_was_agreed(qtbot, office, page):
    borrower = office.session.borrowers.register(a_person())
    agree(qtbot, page, 2, "500")
    page.by_hand.spread_act.trigger()
    loan = office.session.loans.apply(borrower.id, page.form.chosen_product, worked_out(page).terms)

    page.opened(Destination("calculator", loan.id, "loan"))
    assert principals(page)[:2] == [5000, 500]
    agree(qtbot, page, 3, "700")
    page.by_hand.spread_act.trigger()
    page.use_act.trigger()

    saved = office.session.loans.get(loan.id)
    assert saved.terms.agreed_principals_minor[1:3] == (500_00, 700_00)
    office.session.loans.decide(loan.id, Outcome.APPROVED, on=office.session.today())
