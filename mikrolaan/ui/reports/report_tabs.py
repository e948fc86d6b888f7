"""Which reports there are, in the order of their tabs."""

from __future__ import annotations

from mikrolaan.services.session import Session
from mikrolaan.ui.reports.report_page import ReportTab
from mikrolaan.ui.task_runner import TaskRunner


def report_tabs(session: Session, runner: TaskRunner) -> list[ReportTab]:
    """Every report of the office; each is made when its tab is first shown."""
    return []
