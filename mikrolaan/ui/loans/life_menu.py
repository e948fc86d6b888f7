"""The menu of acts on a running loan: which there are, when each can be done, and what is said once it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from mikrolaan.domain.loan import Loan, Step
from mikrolaan.domain.statement import Statement
from mikrolaan.domain.terms import InterestMethod, PeriodUnit
from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.loans import money_acts, plan_acts
from mikrolaan.ui.loans.life_dialog import Done
from mikrolaan.ui.widgets.page import Page

LifeAct = Callable[[QWidget, Session, Loan, Done], None]


class LifeMenu:
    """The acts as QActions of the loan's page; each opens its dialog."""

    def __init__(self, page: Page, ask: Callable[[LifeAct, str], None]) -> None:
        """`ask(act, told)` opens a dialog for the loan shown, and says `told` once it was kept."""

        def made(text: str, icon: str, act: LifeAct, told: str) -> QAction:
            return page.add_act(text, lambda: ask(act, told), icon_name=icon)

        self.pay_out = made(_("Pay out the &next part…"), "money", money_acts.pay_out, _("The payout is noted."))
        self.fee = made(_("Charge a &fee…"), "receipt", money_acts.charge_fee, _("The fee is charged."))
        self.rate = made(_("Change the &rate…"), "percent", plan_acts.change_rate, _("The rate is changed."))
        self.holiday = made(
            _("Grant a payment &holiday…"), "calendar-x", plan_acts.grant_holiday, _("The payment holiday is granted.")
        )
        self.due_day = made(
            _("Move the &due day…"), "calendar-check", plan_acts.move_due_day, _("The due day is moved.")
        )
        self.new_plan = made(
            _("Make a new p&lan…"), "arrows-clockwise", plan_acts.make_new_plan, _("The new plan is made.")
        )
        self.waive = made(_("Let a &claim go…"), "handshake", money_acts.waive, _("The claim is let go."))
        self.write_off = made(_("&Write off…"), "x-circle", money_acts.write_off, _("The loss is written off."))
        self.recovery = made(
            _("Record a reco&vered loss…"), "wallet", money_acts.record_recovery, _("The recovered loss is recorded.")
        )
        self.refund = made(
            _("Pay &back credit…"), "arrow-counter-clockwise", money_acts.refund, _("The repayment is noted.")
        )
        self._breaks = [_separator(page) for _number in range(3)]

    @property
    def acts(self) -> list[QAction]:
        """Every act."""
        return [
            self.pay_out,
            self.fee,
            self.refund,
            self.rate,
            self.holiday,
            self.due_day,
            self.new_plan,
            self.waive,
            self.write_off,
            self.recovery,
        ]

    def offer(self, loan: Loan | None, told: Statement | None) -> list[QAction]:
        """Enable what can be done now; the acts for the menu, in groups."""
        for act in self.acts:
            act.setEnabled(False)
        if loan is None or told is None:
            return []
        runs = loan.step is Step.REPAYING
        terms = loan.terms_on(told.as_of)
        can_move = terms.unit is PeriodUnit.MONTHS and terms.interest_method is not InterestMethod.FLAT
        self.pay_out.setEnabled(bool(loan.journal.payouts) and bool(loan.left_to_pay_out))
        for act in (self.fee, self.rate, self.holiday, self.new_plan, self.waive):
            act.setEnabled(runs)
        self.due_day.setEnabled(runs and can_move and not terms.is_agreed)
        self.write_off.setEnabled(runs and bool(told.outstanding_principal))
        self.recovery.setEnabled(bool(told.written_off - told.recovered))
        self.refund.setEnabled(bool(told.credit))
        groups = (
            (self.pay_out, self.fee, self.refund),
            (self.rate, self.holiday, self.due_day, self.new_plan),
            (self.waive, self.write_off, self.recovery),
        )
        offered: list[QAction] = []
        for group, line in zip(groups, self._breaks, strict=True):
            shown = [act for act in group if act.isEnabled()]
            offered += [*shown, line] if shown else []
        return offered


def _separator(page: Page) -> QAction:
    line = QAction(page)
    line.setSeparator(True)
    return line
