"""The way through everything that can be done to a running loan: its dialogs, then a loan to which much was done."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtWidgets import QDialog

from mikrolaan.domain.journal import HolidayInterest, NewPlan, PaymentHoliday, RateChange, Recovery, WriteOff
from mikrolaan.domain.loan import Step
from mikrolaan.domain.money import Money
from mikrolaan.services.new_terms import NewPlanChoices, terms_of_the_rest
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.session import Session
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination
from tools.pictures.camera import Camera
from tools.pictures.filling import fill

TYPED: dict[str, dict[str, str | int]] = {
    "fee": {"amount": "250", "note": "Kopi av låneavtalen"},
    "rate": {"annual_rate_percent": "11"},
    "holiday": {"instalments": "3", "note": "Foreldrepermisjon"},
    "new_plan": {"instalments": "48", "note": "Sykdom"},
    "waive": {},
    "write_off": {"extent": 1, "amount": "5000"},
    "due_day": {"due_day": "20"},
}


def tour_loan_life(camera: Camera, window: MainWindow, session: Session) -> None:
    """Draw every dialog over one loan, and the tabs of another with a long life."""
    rows = session.queries.loans(LoanFilter(step=Step.REPAYING), Order("number"), Slice(0, 1000))
    running = [row.id for row in rows if session.loans.get(row.id).terms.instalments > 12]
    page = _opened(window, running[0], "overview")
    for name, typed in TYPED.items():
        act = getattr(page.life, name)
        if act.isEnabled():
            camera.shoot_dialog(f"dialog-{name.replace('_', '-')}", window, act.trigger, partial(_type, typed))
    menu = page._more_button.menu()
    menu.popup(window.mapToGlobal(window.rect().center()))
    camera.shoot("loan-menu", window, menu)
    menu.hide()
    largest = max(rows, key=lambda row: row.outstanding.minor).id
    _early_repayment(camera, window, largest, session)
    _live(session, running[-1])
    for tab in ("overview", "plan", "payments"):
        page = _opened(window, running[-1], tab)
        if tab == "payments":
            page.payments.table.setCurrentIndex(page.payments.model.index(1, 0))
        camera.shoot(f"loan-restructured-{tab}", window)


def _opened(window: MainWindow, loan_id: UUID, tab: str) -> Any:
    window.go_to(Destination("loan", loan_id, tab))
    return window.current_page


def _type(typed: dict[str, str | int], dialog: QDialog) -> None:
    shown: Any = dialog
    fill(shown.form, **typed)


def _early_repayment(camera: Camera, window: MainWindow, loan_id: UUID, session: Session) -> None:
    """A payment that repays principal early, and one with a figure too many."""
    page = _opened(window, loan_id, "payments")
    told = session.loans.statement(session.loans.get(loan_id))
    half = Money(told.payoff_amount.minor // 2, told.payoff_amount.currency)
    fill(page.payments.form, amount=str(half.to_decimal().to_integral_value()))
    camera.shoot("payment-early", window)
    fill(page.payments.form, amount=str((told.payoff_amount * 10).to_decimal().to_integral_value()))
    page.payments.take()
    camera.shoot("payment-too-much", window)
    page.payments.form.clear()


def _live(session: Session, loan_id: UUID) -> None:
    """A holiday, a new plan, a loss with its recovery and a rate to come."""
    life, today = session.life, session.today()
    stamp = life.stamp()
    holiday = PaymentHoliday(uuid4(), today, 1, HolidayInterest.CARRIED, stamp, "Foreldrepermisjon")
    life.grant_holiday(loan_id, holiday)
    loan = session.loans.get(loan_id)
    chosen = NewPlanChoices(
        36, loan.terms.annual_rate_percent, today + timedelta(days=30), loan.terms.repayment, takes_in=True
    )
    life.make_new_plan(loan_id, NewPlan(uuid4(), today, terms_of_the_rest(loan, today, chosen), stamp, "Sykdom"))
    lost = Money(500_000, loan.terms.currency)
    life.write_off(loan_id, WriteOff(uuid4(), today, lost, stamp, "En del av varelageret brant"))
    life.record_recovery(loan_id, Recovery(uuid4(), today, Money(100_000, lost.currency), stamp, "Forsikring"))
    rate = loan.terms.annual_rate_percent + 1
    life.change_rate(loan_id, RateChange(uuid4(), today + timedelta(days=90), rate, stamp, "", today))
    life.reverse(loan_id, holiday.id, reason="Ble innvilget på feil lån")
