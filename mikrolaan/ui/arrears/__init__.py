"""Arrears: who is overdue, what comes next, and what was done about it."""

from __future__ import annotations

from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.navigation import PageEntry
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.page import Page


def arrears_pages(session: Session, runner: TaskRunner) -> list[PageEntry]:
    """The page of arrears, made when it is first opened."""

    def arrears() -> Page:
        from mikrolaan.ui.arrears.arrears_page import ArrearsPage

        return ArrearsPage(session, runner)

    return [PageEntry("arrears", lambda: _("Arrears"), "warning-circle", arrears)]
