"""The calculator holds each calculation against the budget of the borrower it is made for."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from mikrolaan.app import calculation_press
from mikrolaan.domain.budget import BudgetLine, Part
from mikrolaan.domain.money import Currency
from mikrolaan.ui.calculator.calculator_page import CalculatorPage
from mikrolaan.ui.navigation import Destination
from tests.builders import a_person, nok
from tests.offices import TestOffice


def test_the_effect_follows_the_sliders_and_is_for_borrowers_with_a_budget_only(qtbot: QtBot, office: TestOffice):
    amina = office.session.borrowers.register(a_person())
    other = office.session.borrowers.register(a_person(given_names="Mai"))
    wage = BudgetLine(Part.INCOME, "Wage", nok(10_000))
    office.session.budgets.save(replace(office.session.budgets.begin(amina.id, Currency.NOK), lines=(wage,)))
    page = CalculatorPage(office.session, calculation_press())
    qtbot.addWidget(page)
    page.resize(1072, 748)
    page.show()

    page.opened(Destination("calculator", amina.id))
    effect = page.results.effect
    assert effect.isVisible()
    assert effect.shown is not None
    assert page.calculation is not None
    assert effect.shown.left_after == nok(10_000) - page.calculation.regular.due

    before = effect.shown.left_after
    page.form.amount.slide_to(page.form.amount.slider.maximum())
    assert effect.shown.left_after < before

    page.opened(Destination("calculator", other.id))
    assert not effect.isVisible()
    page.opened(Destination("calculator"))
    assert not effect.isVisible()
