"""Alternatives side by side, as an adviser and a client compare them at a table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from mikrolaan.domain.money import Currency
from mikrolaan.ui.calculator.calculator_page import CalculatorPage
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import unnamed_focusable
from tests.builders import a_person, nok
from tests.ui.calculators import allow_grace, opened, page_of, window_at, write


@pytest.fixture
def page(qtbot, office):
    return opened(qtbot, office, Destination("calculator"))


def without_interest(qtbot, page, *, amount="12000", instalments="12"):
    """Amounts that one can check by hand: 35 kroner with each instalment, 500 once."""
    write(qtbot, page.form.amount, amount)
    write(qtbot, page.form.rate, "0")
    write(qtbot, page.form.instalments, instalments)


def keep(qtbot, page: CalculatorPage):
    qtbot.keyClick(page.form.amount.line, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)


def look_at_alternatives(page: CalculatorPage):
    page.results.tabs.setCurrentIndex(2)
    QApplication.processEvents()
    return page.results.alternatives


def test_the_empty_tab_says_what_it_is_for_and_offers_the_first_act(qtbot, page):
    shown = look_at_alternatives(page)
    assert shown.empty_state.isVisible()

    page.keep_act.trigger()

    assert not shown.empty_state.isVisible()
    assert page.results.tabs.tabText(2) == "Alternatives (1)"


def test_a_longer_loan_is_less_a_month_and_dearer_in_all(qtbot, page):
    without_interest(qtbot, page)
    keep(qtbot, page)
    write(qtbot, page.form.instalments, "24")
    keep(qtbot, page)

    shown = look_at_alternatives(page)

    assert shown.difference_labels[0].text().split("\n") == [
        "NOK\u00a0500 less a month",  # 1 035 against 535
        "NOK\u00a0420 dearer in all",  # twelve more fees of 35
        "repaid 12 months later",
    ]


def test_a_smaller_loan_says_that_less_is_lent(qtbot, page):
    without_interest(qtbot, page)
    keep(qtbot, page)
    write(qtbot, page.form.amount, "6000")
    keep(qtbot, page)

    told = look_at_alternatives(page).difference_labels[0].text().split("\n")

    assert told == ["NOK\u00a06\u202f000 less is lent", "NOK\u00a0500 less a month", "costs the same in all"]


def test_the_pictures_of_the_debt_share_one_scale(qtbot, page):
    without_interest(qtbot, page)
    keep(qtbot, page)
    without_interest(qtbot, page, amount="6000", instalments="6")
    keep(qtbot, page)

    larger, smaller = look_at_alternatives(page).sketches

    assert larger.shares[0][1] == 2 * smaller.shares[0][1] == 1.0
    assert larger.shares[-1] == (1.0, 0.0)
    assert 0.45 < smaller.shares[-1][0] < 0.55  # half the time


def test_the_same_is_kept_once_and_a_fourth_not_at_all(qtbot, page):
    said: list[str] = []
    page.toast.connect(said.append)
    for count in ("12", "18", "24"):
        write(qtbot, page.form.instalments, count)
        keep(qtbot, page)
    keep(qtbot, page)
    write(qtbot, page.form.instalments, "36")
    keep(qtbot, page)

    assert said == [
        "This is alternative C already.",
        "There are 3 alternatives already. Remove one first.",
    ]
    assert page.results.tabs.current_key == "alternatives"
    assert page.results.tabs.tabText(2) == "Alternatives (3)"


def test_one_is_chosen_to_go_on_with(qtbot, page):
    write(qtbot, page.form.amount, "60000")
    keep(qtbot, page)
    write(qtbot, page.form.amount, "90000")
    keep(qtbot, page)
    shown = look_at_alternatives(page)
    assert [made.text() for made in shown.go_on_buttons] == ["Go on", "Shown now"]

    qtbot.mouseClick(shown.go_on_buttons[0], Qt.MouseButton.LeftButton)

    assert page.form.amount.value() == nok(60_000)
    assert page.calculation.terms.principal == nok(60_000)
    assert [made.text() for made in shown.go_on_buttons] == ["Shown now", "Go on"]


def test_one_that_is_removed_comes_back_with_undo(qtbot, office):
    window = window_at(qtbot, office, Destination("calculator"))
    page = page_of(window)
    for amount in ("60000", "90000"):
        write(qtbot, page.form.amount, amount)
        page.keep_act.trigger()
    shown = look_at_alternatives(page)

    qtbot.mouseClick(shown.remove_buttons[0], Qt.MouseButton.LeftButton)
    assert len(shown.go_on_buttons) == 1

    window.undo_act.trigger()
    assert len(shown.go_on_buttons) == 2
    qtbot.mouseClick(shown.go_on_buttons[0], Qt.MouseButton.LeftButton)
    assert page.form.amount.value() == nok(60_000)


def test_keeping_can_be_undone(qtbot, office):
    window = window_at(qtbot, office, Destination("calculator"))
    page_of(window).keep_act.trigger()

    window.undo_act.trigger()

    assert page_of(window).results.tabs.tabText(2) == "Alternatives"


def test_they_survive_another_language_and_leaving_the_page(qtbot, office):
    window = window_at(qtbot, office, Destination("calculator"))
    page = page_of(window)
    without_interest(qtbot, page)
    page.keep_act.trigger()
    write(qtbot, page.form.instalments, "24")
    page.keep_act.trigger()

    window.go_to(Destination("loans"))
    window.choose_language("nb")
    window.go_to(Destination("calculator"))

    shown = look_at_alternatives(page_of(window))
    assert page_of(window) is not page
    assert len(shown.go_on_buttons) == 2
    assert shown.difference_labels[0].text().split("\n")[0].startswith("500")


def test_the_next_client_does_not_see_them(qtbot, office):
    first, second = (office.session.borrowers.register(a_person(given_names=name)) for name in ("Berit", "Chiara"))
    page = opened(qtbot, office, Destination("calculator", first.id))
    page.keep_act.trigger()

    page.opened(Destination("calculator", second.id))

    assert page.results.tabs.tabText(2) == "Alternatives"


def test_nothing_is_kept_while_a_field_is_wrong(qtbot, page):
    write(qtbot, page.form.amount, "500")

    assert not page.keep_act.isEnabled()


def test_grace_is_named_among_the_instalments(qtbot, office):
    allow_grace(office)
    page = opened(qtbot, office, Destination("calculator"))
    page.form.more.toggle.click()
    write(qtbot, page.form.more.interest_only, "6")
    page.keep_act.trigger()

    texts = {made.text() for made in look_at_alternatives(page).findChildren(QLabel)}
    assert "24, 6 with interest only" in texts


@pytest.mark.parametrize("size", [(1072, 748), (961, 648)])
def test_three_of_the_largest_amounts_fit_the_window(qtbot, page, size):
    page.resize(*size)
    page.form.amount.slide_to(195)
    for place in (57, 56, 55):
        page.form.instalments.slide_to(place)
        page.keep_act.trigger()

    shown = look_at_alternatives(page)

    assert page.calculation.terms.currency is Currency.NOK
    assert shown.card.geometry().right() <= page.results.width()
    assert shown.card.minimumSizeHint().width() <= shown.width()
    assert unnamed_focusable(page) == []
