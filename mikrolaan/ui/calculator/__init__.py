"""The loan calculator: change a number and the plan moves."""

from __future__ import annotations

from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.navigation import PageEntry
from mikrolaan.ui.widgets.page import Page


def calculator_pages(session: Session) -> list[PageEntry]:
    """The calculator's one page, made when it is first opened.

    Its destination may carry a borrower's id, or with the tab "loan" the id of an application whose terms change.
    """

    def calculator() -> Page:
        from mikrolaan.ui.calculator.calculator_page import CalculatorPage

        return CalculatorPage(session)

    return [PageEntry("calculator", lambda: _("Loan calculator"), "calculator", calculator, "Ctrl+3")]
