"""The calculator as tests open it, and what an officer's hands do there."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from pytestqt.qtbot import QtBot

from mikrolaan.app import calculation_press
from mikrolaan.domain.product import Product, Span
from mikrolaan.services.calculation import Calculation
from mikrolaan.ui.calculator import calculator_pages
from mikrolaan.ui.calculator.calculator_page import CalculatorPage
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination, PageEntry
from mikrolaan.ui.widgets.fields import LineField
from mikrolaan.ui.widgets.page import Page
from tests.offices import TestOffice


def opened(qtbot: QtBot, office: TestOffice, destination: Destination) -> CalculatorPage:
    """The page alone, in the room it has in a window of 1280 × 800."""
    made = CalculatorPage(office.session, calculation_press())
    qtbot.addWidget(made)
    made.resize(1072, 748)
    with qtbot.waitActive(made):  # else no shortcut is heard
        made.show()
        made.activateWindow()
    made.opened(destination)
    return made


def window_at(qtbot: QtBot, office: TestOffice, destination: Destination) -> MainWindow:
    """A window with the calculator and another page to go to."""
    other = PageEntry("loans", lambda: "Loans", "money", lambda: Page("Loans"))
    window = MainWindow([*calculator_pages(office.session, calculation_press()), other], "Fjordfondet", "Ingrid Tangen")
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.go_to(destination)
    return window


def page_of(window: MainWindow) -> CalculatorPage:
    """The calculator as it stands in the window now."""
    page = window.current_page
    assert isinstance(page, CalculatorPage)
    return page


def allow_grace(office: TestOffice, *, interest_only: int = 12, payment_free: int = 6, usual: int = 0) -> Product:
    """Let the office's product begin with instalments of interest only, or without any payment."""
    product = office.session.products.offered()[0]
    return office.session.products.change(
        product,
        replace(
            product,
            interest_only=Span(Decimal(0), Decimal(interest_only), Decimal(usual)),
            payment_free=Span(Decimal(0), Decimal(payment_free), Decimal(0)),
        ),
    )


def write(qtbot: QtBot, field: LineField[Any], text: str) -> None:
    """Type into a field from the beginning."""
    field.line.clear()
    qtbot.keyClicks(field.line, text)


def worked_out(page: CalculatorPage) -> Calculation:
    """What the page shows, which is right."""
    assert page.calculation is not None
    return page.calculation
