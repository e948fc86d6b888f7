"""Loans: the list, and the case of a loan with its steps, plan and payments."""

from __future__ import annotations

from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.navigation import PageEntry
from mikrolaan.ui.widgets.page import Page


def loan_pages(session: Session) -> list[PageEntry]:
    """The pages of loans, made when they are first opened."""

    def loan_list() -> Page:
        from mikrolaan.ui.loans.loan_list import LoanListPage

        return LoanListPage(session)

    def loan_case() -> Page:
        from mikrolaan.ui.loans.loan_case import LoanCasePage

        return LoanCasePage(session)

    return [
        PageEntry("loans", lambda: _("Loans"), "money", loan_list, "Ctrl+2"),
        PageEntry("loan", lambda: _("Loan"), "money", loan_case, under="loans"),
    ]
