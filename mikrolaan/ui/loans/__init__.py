"""Loans: the list, and the case of a loan with its steps, plan and payments."""

from __future__ import annotations

from mikrolaan.i18n import _
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.session import Session
from mikrolaan.ui.commands import Hit, Provider
from mikrolaan.ui.navigation import Destination, PageEntry
from mikrolaan.ui.widgets.page import Page
from mikrolaan.ui.words import loan_state

HITS = 5


def loan_pages(session: Session) -> list[PageEntry]:
    """The pages of loans, made when they are first opened."""

    def loan_list() -> Page:
        from mikrolaan.ui.loans.loan_list import LoanListPage

        return LoanListPage(session)

    def loan_case() -> Page:
        from mikrolaan.ui.loans.loan_case import LoanCasePage

        return LoanCasePage(session)

    return [
        PageEntry("loans", lambda: _("Loans"), "money", loan_list),
        PageEntry("loan", lambda: _("Loan"), "money", loan_case, under="loans"),
    ]


def loan_provider(session: Session) -> Provider:
    """Finds loans for the command palette, by number, borrower or group."""

    def find(typed: str) -> list[Hit]:
        word = _("Loan {number}").format(number="").strip()
        first, _space, rest = typed.strip().partition(" ")
        searched = rest.strip() if first.casefold() == word.casefold() else typed  # "Loan 12", as the page calls it
        if not searched.strip():
            return []
        return [
            Hit(
                _("Loan {number} · {name}").format(number=row.number, name=row.borrower),
                loan_state(row.step, row.status).word,
                "money",
                Destination("loan", row.id),
            )
            for row in session.queries.loans(LoanFilter(searched), Order(), Slice(0, HITS))
        ]

    return find
