"""The way through the Payments page: one payment from the search to its receipt, and a group's sheet."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from mikrolaan.domain.loan import Step
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.session import Session
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination
from tools.pictures.camera import Camera


def tour_payments(camera: Camera, window: MainWindow, session: Session) -> None:
    """Draw every state of the two tabs, and what they ask and show."""
    tab: Any = _opened(window, "take")
    camera.shoot("payments-begin", window)
    tab.payer.line.setText("a")
    tab.payer.search()
    camera.shoot("payments-found", window)
    tab.payer.line.setText("qzx")
    tab.payer.search()
    tab.payer.pick()
    camera.shoot("payments-nothing-found", window)
    (row,) = session.queries.loans(LoanFilter(step=Step.REPAYING), Order("number"), Slice(0, 1))
    tab.opened(row.id)
    camera.shoot("payments-chosen", window)
    proposed = tab.amount.value()
    tab.amount.set_value(proposed * 1000)
    camera.shoot_dialog("dialog-unusual-payment", window, tab.take)
    tab.amount.set_value(proposed)
    tab.take()
    camera.shoot("payments-taken", window)
    camera.shoot_dialog("dialog-receipt", window, tab.taken.show_receipt)
    camera.shoot_dialog("dialog-reverse-payment", window, tab.taken.reverse)

    sheet: Any = _opened(window, "group")
    camera.shoot("group-sheet-begin", window)
    for group in session.queries.groups("", Order(), Slice(0, 20)):
        sheet.opened(group.id)
        if sheet.lines.count:
            break
    sheet.fill()
    camera.shoot("group-sheet", window)
    camera.shoot_dialog("dialog-group-sheet", window, sheet.print_sheet)
    sheet.lines.clear()
    sheet.save()
    camera.shoot("group-sheet-nothing-typed", window)


def _opened(window: MainWindow, tab: str) -> QWidget:
    window.go_to(Destination("payments", None, tab))
    page: Any = window.current_page
    return page.current  # type: ignore[no-any-return]
