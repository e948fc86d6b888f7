"""The menu of acts on a running loan: which there are, when each can be done, and what is said once it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.loan import Loan, Step
from mikrolaan.domain.statement import Statement
from mikrolaan.i18n import _
from mikrolaan.services.new_terms import instalments_left, terms_with_due_day
from mikrolaan.services.session import Session
from mikrolaan.ui.error_sentence import sentence_for
from mikrolaan.ui.loans import money_acts, plan_acts
from mikrolaan.ui.loans.life_dialog import Done
from mikrolaan.ui.loans.money_acts import claims
from mikrolaan.ui.widgets.basics import set_possible
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
        """Enable what can be done now; the acts for the menu, in groups.

        A loan that is repaid now shows every act, with what is in its way; any other only what can be done.
        """
        if loan is None or told is None:
            for act in self.acts:
                set_possible(act, False)
            return []
        runs = loan.step is Step.REPAYING
        for act, reason in self._in_the_way(loan, told).items():
            also_when_closed = act in (self.pay_out, self.recovery, self.refund)
            set_possible(act, not reason and (runs or also_when_closed), reason if runs else "")
        groups = (
            (self.pay_out, self.fee, self.refund),
            (self.rate, self.holiday, self.due_day, self.new_plan),
            (self.waive, self.write_off, self.recovery),
        )
        offered: list[QAction] = []
        for group, line in zip(groups, self._breaks, strict=True):
            shown = [act for act in group if runs or act.isEnabled()]
            offered += [*shown, line] if shown else []
        return offered

    def _in_the_way(self, loan: Loan, told: Statement) -> dict[QAction, str]:
        """Why each act could not change anything on the day of the statement; empty where it could."""
        left = instalments_left(told)
        reasons = dict.fromkeys(self.acts, "")
        if not loan.journal.payouts or not loan.left_to_pay_out:
            reasons[self.pay_out] = _("The whole loan is paid out.")
        if not told.credit:
            reasons[self.refund] = _("The borrower has paid nothing too much.")
        if not left:
            reasons[self.holiday] = _("No instalment is left that could be put off.")
        reasons[self.due_day] = _why_not_moved(loan, told)
        if not claims(told):
            reasons[self.waive] = _("No late interest, interest or fee is asked for today.")
        if not told.outstanding_principal:
            reasons[self.write_off] = _("Nothing is outstanding.")
        if not told.written_off:
            reasons[self.recovery] = _("Nothing is written off.")
        elif told.recovered >= told.written_off:
            reasons[self.recovery] = _("All that was written off has come in.")
        return reasons


def _why_not_moved(loan: Loan, told: Statement) -> str:
    try:
        terms_with_due_day(loan, told.as_of, told.as_of.day)
    except RuleError as error:
        return sentence_for(error)
    return ""


def _separator(page: Page) -> QAction:
    line = QAction(page)
    line.setSeparator(True)
    return line
