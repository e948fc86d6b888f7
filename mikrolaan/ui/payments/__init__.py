"""Payments: the page on which they are taken, one by one, for a whole group, or from the bank's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.navigation import PageEntry
from mikrolaan.ui.widgets.page import Page

if TYPE_CHECKING:
    from mikrolaan.ui.payments.work_tab import WorkTab
    from mikrolaan.ui.task_runner import TaskRunner


def payment_pages(session: Session, runner: TaskRunner) -> list[PageEntry]:
    """The page of payments, made when it is first opened."""

    def payments() -> Page:
        from mikrolaan.ui.payments.payments_page import PaymentsPage

        return PaymentsPage(_tabs(session, runner))

    return [PageEntry("payments", lambda: _("Payments"), "receipt", payments, "Ctrl+5")]


def _tabs(session: Session, runner: TaskRunner) -> list[WorkTab]:
    """Every tab in its order."""
    return []
