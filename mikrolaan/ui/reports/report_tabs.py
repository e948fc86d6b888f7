"""Which reports there are, in the order of their tabs."""

from __future__ import annotations

from collections.abc import Callable

from mikrolaan.i18n import _
from mikrolaan.services.ledger import BalancePaper
from mikrolaan.services.session import Session
from mikrolaan.ui.reports.report_page import Report, ReportTab
from mikrolaan.ui.task_runner import TaskRunner


def _portfolio(session: Session, runner: TaskRunner) -> ReportTab:
    def made() -> Report:
        from mikrolaan.ui.reports.portfolio_tab import PortfolioTab

        return PortfolioTab(session, runner)

    return ReportTab("portfolio", lambda: _("Portfolio"), made)


def _ledger(session: Session, runner: TaskRunner, print_balance: Callable[[BalancePaper], bytes]) -> ReportTab:
    def made() -> Report:
        from mikrolaan.ui.reports.ledger_tab import LedgerTab

        return LedgerTab(session, runner, print_balance)

    return ReportTab("ledger", lambda: _("Ledger"), made)


def report_tabs(
    session: Session, runner: TaskRunner, print_balance: Callable[[BalancePaper], bytes]
) -> list[ReportTab]:
    """Every report of the office; each is made when its tab is first shown."""
    return [_portfolio(session, runner), _ledger(session, runner, print_balance)]
