"""The windows of borrowers: the list, the form and the case."""

from __future__ import annotations

from mikrolaan.i18n import _, current_language
from mikrolaan.services.queries import Order, Slice
from mikrolaan.services.session import Session
from mikrolaan.ui.commands import Hit, Provider
from mikrolaan.ui.navigation import Destination, PageEntry
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.page import Page

HITS = 8


def borrower_pages(session: Session, runner: TaskRunner) -> list[PageEntry]:
    """The list, the form for a new borrower and the case; drafts live as long as these entries."""
    from mikrolaan.ui.borrowers.drafts import Drafts

    drafts = Drafts()

    def borrower_list() -> Page:
        from mikrolaan.ui.borrowers.list_page import BorrowersPage

        return BorrowersPage(session, runner, drafts)

    def new_borrower() -> Page:
        from mikrolaan.ui.borrowers.new_page import NewBorrowerPage

        return NewBorrowerPage(session, runner, drafts)

    def borrower_case() -> Page:
        from mikrolaan.ui.borrowers.case_page import BorrowerCase

        return BorrowerCase(session, runner, drafts)

    return [
        PageEntry("borrowers", lambda: _("Borrowers"), "users", borrower_list),
        PageEntry("borrower_new", lambda: _("New borrower"), "user-plus", new_borrower, under="borrowers"),
        PageEntry("borrower", lambda: _("Borrower"), "user", borrower_case, under="borrowers"),
    ]


def borrower_provider(session: Session) -> Provider:
    """Finds borrowers for the command palette, by name, number, phone or enterprise."""

    def find(typed: str) -> list[Hit]:
        if not typed.strip():
            return []
        rows = session.queries.borrowers(typed, Order(), Slice(0, HITS))
        speaks = current_language()
        return [
            Hit(
                row.name,
                " · ".join(filter(None, (speaks.date(row.birth_date) if row.birth_date else "", row.enterprise))),
                "user",
                Destination("borrower", row.id),
            )
            for row in rows
        ]

    return find
