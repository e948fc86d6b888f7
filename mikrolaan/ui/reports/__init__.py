"""Reports: the figures of the whole office, each opening down to what is behind it."""

from __future__ import annotations

from collections.abc import Callable

from mikrolaan.i18n import _
from mikrolaan.services.ledger import BalancePaper
from mikrolaan.services.session import Session
from mikrolaan.ui.navigation import PageEntry
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.page import Page


def report_pages(
    session: Session, runner: TaskRunner, print_balance: Callable[[BalancePaper], bytes]
) -> list[PageEntry]:
    """The page of reports, made when it is first opened; `print_balance` puts a trial balance on paper."""

    def reports() -> Page:
        from mikrolaan.ui.reports.report_page import ReportPage
        from mikrolaan.ui.reports.report_tabs import report_tabs

        return ReportPage(report_tabs(session, runner, print_balance))

    return [PageEntry("reports", lambda: _("Reports"), "chart-bar", reports)]
