"""Payments: the page on which they are taken, one by one, for a whole group, or from the bank's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrolaan.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from mikrolaan.services.bank_import import BankFileReader
    from mikrolaan.services.group_sheet import PrintGroupSheet
    from mikrolaan.services.session import Session
    from mikrolaan.ui.navigation import PageEntry
    from mikrolaan.ui.task_runner import TaskRunner
    from mikrolaan.ui.widgets.page import Page


def payment_pages(
    session: Session, runner: TaskRunner, bank_reader: Callable[[], BankFileReader], print_group_sheet: PrintGroupSheet
) -> list[PageEntry]:
    """The page of payments, made when it is first opened."""
    from mikrolaan.ui.navigation import PageEntry

    def payments() -> Page:
        from mikrolaan.ui.payments.bank_tab import BankTab
        from mikrolaan.ui.payments.group_tab import GroupTab
        from mikrolaan.ui.payments.payments_page import PaymentsPage
        from mikrolaan.ui.payments.take_tab import TakeTab

        return PaymentsPage(
            [TakeTab(session), GroupTab(session, print_group_sheet), BankTab(session, runner, bank_reader())]
        )

    return [PageEntry("payments", lambda: _("Payments"), "receipt", payments)]
