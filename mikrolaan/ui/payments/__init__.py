"""Payments: the page on which they are taken, one by one, for a whole group, or from the bank's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrolaan.i18n import _

if TYPE_CHECKING:
    from mikrolaan.services.group_sheet import PrintGroupSheet
    from mikrolaan.services.session import Session
    from mikrolaan.ui.navigation import PageEntry
    from mikrolaan.ui.payments.work_tab import WorkTab
    from mikrolaan.ui.task_runner import TaskRunner
    from mikrolaan.ui.widgets.page import Page


def payment_pages(session: Session, runner: TaskRunner, print_group_sheet: PrintGroupSheet) -> list[PageEntry]:
    """The page of payments, made when it is first opened."""
    from mikrolaan.ui.navigation import PageEntry

    def payments() -> Page:
        from mikrolaan.ui.payments.payments_page import PaymentsPage

        return PaymentsPage(_tabs(session, runner, print_group_sheet))

    return [PageEntry("payments", lambda: _("Payments"), "receipt", payments, "Ctrl+5")]


def _tabs(session: Session, runner: TaskRunner, print_group_sheet: PrintGroupSheet) -> list[WorkTab]:
    """Every tab in its order."""
    from mikrolaan.ui.payments.group_tab import GroupTab
    from mikrolaan.ui.payments.take_tab import TakeTab

    return [TakeTab(session), GroupTab(session, print_group_sheet)]
