"""The loan calculator: change a number and the plan moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrolaan.i18n import _
from mikrolaan.services.calculation import CalculationPress
from mikrolaan.services.session import Session
from mikrolaan.ui.navigation import PageEntry
from mikrolaan.ui.widgets.page import Page

if TYPE_CHECKING:
    from mikrolaan.ui.calculator.memory import Memory


def calculator_pages(session: Session, press: CalculationPress) -> list[PageEntry]:
    """The calculator's one page, made when it is first opened, and anew with each change of language.

    Its destination may carry a borrower's id, or with the tab "loan" the id of an application whose terms change.
    """

    memory: list[Memory] = []

    def calculator() -> Page:
        from mikrolaan.ui.calculator.calculator_page import CalculatorPage
        from mikrolaan.ui.calculator.memory import Memory

        if not memory:
            memory.append(Memory())
        return CalculatorPage(session, press, memory[0])

    return [PageEntry("calculator", lambda: _("Loan calculator"), "calculator", calculator)]
