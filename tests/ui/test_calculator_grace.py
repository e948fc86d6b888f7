"""Instalments without payment, or with interest only, within what the product allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from mikrolaan.domain.terms import PeriodUnit, Repayment
from mikrolaan.ui.navigation import Destination
from tests.builders import nok
from tests.ui.calculators import allow_grace, opened, page_of, window_at, worked_out, write


@pytest.fixture
def page(qtbot, office):
    allow_grace(office)
    return opened(qtbot, office, Destination("calculator"))


def test_a_product_without_grace_offers_a_season_alone(qtbot, office):
    page = opened(qtbot, office, Destination("calculator"))
    page.form.more.toggle.click()

    assert not page.form.more.interest_only.isVisible()
    assert not page.form.more.payment_free.isVisible()
    assert page.form.more.season.isVisible()


def test_the_choices_are_folded_away_until_they_are_asked_for(qtbot, page):
    more = page.form.more
    assert more.toggle.isVisible()
    assert not more.interest_only.isVisible()

    qtbot.mouseClick(more.toggle, Qt.MouseButton.LeftButton)

    assert more.interest_only.isVisible()
    assert more.payment_free.limits.text() == "From 0 to 6"
    assert more.interest_only.limits.text() == "From 0 to 12"
    assert more.note.text() == "Interest meanwhile is added to the debt."


def test_instalments_of_interest_only_put_the_principal_off(qtbot, page):
    page.form.more.toggle.click()
    write(qtbot, page.form.rate, "12")
    write(qtbot, page.form.more.interest_only, "6")

    plan = worked_out(page).plan
    assert [row.principal for row in plan.instalments[:6]] == [nok(0)] * 6
    assert plan.instalments[0].interest == nok(500)  # a month of 12 % on 50 000
    assert worked_out(page).regular.number == 7
    assert page.results.figures.instalment.note.text() == "18 times, from 5 Aug 2026"


def test_payment_free_instalments_let_the_debt_grow(qtbot, page):
    page.form.more.toggle.click()
    write(qtbot, page.form.rate, "12")
    write(qtbot, page.form.more.payment_free, "2")

    plan = worked_out(page).plan
    assert [row.due for row in plan.instalments[:2]] == [nok(0), nok(0)]
    assert plan.instalments[1].balance == nok(51_005)  # 50 000, 50 500, 51 005
    assert plan.instalments[2].due_on == date(2026, 4, 7)  # the 5th is Easter Day, the 6th Easter Monday


def test_the_arrow_keys_move_the_grace_within_its_limits(qtbot, page):
    page.form.more.toggle.click()
    field = page.form.more.payment_free
    for _press in range(8):
        qtbot.keyClick(field.line, Qt.Key.Key_Up)
    assert field.value() == 6

    qtbot.keyClick(field.line, Qt.Key.Key_Down)
    assert worked_out(page).terms.payment_free_instalments == 5


def test_the_grace_leaves_an_instalment_that_repays(qtbot, page):
    page.form.more.toggle.click()
    write(qtbot, page.form.instalments, "5")
    write(qtbot, page.form.more.payment_free, "3")
    assert page.form.more.interest_only.limits.text() == "From 0 to 1"

    write(qtbot, page.form.more.interest_only, "2")

    assert page.results.is_stale
    qtbot.waitUntil(lambda: bool(page.form.more.interest_only.error))
    assert page.form.more.interest_only.error == "The largest allowed is 1."


def test_a_field_that_is_folded_away_and_wrong_is_shown(qtbot, page):
    page.form.more.toggle.click()
    write(qtbot, page.form.more.interest_only, "6")
    page.form.more.toggle.click()
    assert page.form.more.held.text() == "6 with interest only"

    write(qtbot, page.form.instalments, "4")

    qtbot.waitUntil(lambda: bool(page.form.more.interest_only.error))
    assert page.form.more.interest_only.isVisible()


def test_they_are_open_where_the_terms_hold_something_unusual(qtbot, page):
    page.form.more.toggle.click()
    write(qtbot, page.form.more.interest_only, "6")
    page.keep_act.trigger()
    page.reset_act.trigger()
    page.form.more.toggle.click()
    assert not page.form.more.interest_only.isVisible()

    page.results.tabs.setCurrentIndex(2)
    page.results.alternatives.go_on_buttons[0].click()

    assert page.form.more.interest_only.isVisible()
    assert page.form.more.interest_only.value() == 6


def test_what_the_product_usually_gives_is_told_while_folded(qtbot, office):
    allow_grace(office, usual=3)

    page = opened(qtbot, office, Destination("calculator"))

    assert page.form.more.held.text() == "3 with interest only"
    assert not page.form.more.is_open
    assert worked_out(page).terms.interest_only_instalments == 3


def test_the_application_is_summed_up_with_its_grace(qtbot, page):
    page.form.more.toggle.click()
    write(qtbot, page.form.more.interest_only, "6")

    page.use_act.trigger()

    assert page.use_dialog.text.text().startswith("NOK\u00a050\u202f000.00, repaid in 18 instalments of ")
    assert "after 6 without repayment" in page.use_dialog.text.text()
    page.use_dialog.reject()


def test_a_product_of_other_periods_says_how_often_one_pays(qtbot, office):
    product = office.session.products.offered()[0]
    changed = replace(product, every=2, unit=PeriodUnit.WEEKS, repayments_allowed=frozenset({Repayment.ANNUITY}))
    office.session.products.change(product, changed)

    page = opened(qtbot, office, Destination("calculator"))

    assert page.form.rhythm_note.text() == "One instalment every 2 weeks"
    assert page.form.first_due_on.value() == date(2026, 1, 19)
    assert page.form.repayment.box.count() == 1
    page.keep_act.trigger()
    page.form.instalments.slide_to(40)
    page.keep_act.trigger()
    assert "less each time" in page.results.alternatives.difference_labels[0].text()


def test_another_language_keeps_the_grace_and_what_is_open(qtbot, office):
    allow_grace(office)
    window = window_at(qtbot, office, Destination("calculator"))
    page_of(window).form.more.toggle.click()
    write(qtbot, page_of(window).form.more.payment_free, "2")
    expected = worked_out(page_of(window))

    window.choose_language("nb")

    assert worked_out(page_of(window)) == expected
    assert page_of(window).form.more.payment_free.isVisible()
