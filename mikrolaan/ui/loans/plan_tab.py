"""The Plan tab of a loan: every instalment, what is paid of it, and the totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.expected import rates_to_come
from mikrolaan.domain.journal import NewPlan, PaymentHoliday, RateChange, WriteOff
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.money import Currency, total
from mikrolaan.domain.particulars import Settled
from mikrolaan.domain.plan import Instalment, Plan
from mikrolaan.domain.statement import Statement
from mikrolaan.i18n import _, current_language
from mikrolaan.ui.loans.entry_words import entry_on
from mikrolaan.ui.loans.totals_row import TotalsRow
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.cards import State
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel
from mikrolaan.ui.widgets.value_fields import YesNoField

CHANGES = (NewPlan, RateChange, PaymentHoliday, WriteOff)  # what makes another plan than the contract's
FIRST_AMOUNT = 2  # the column after number and due date


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One instalment, with what has been paid once the loan is paid out."""

    instalment: Instalment
    settled: Settled | None
    as_of: date
    replaced: bool = False  # an instalment of a plan that a new one took the place of
    at_new_rate: bool = False  # it falls due after a new rate to come, and is shown as it will be then

    @property
    def state(self) -> State | None:
        """Paid, part-paid, overdue or due later; none before payout."""
        if self.settled is None:
            return None
        speaks, settled = current_language(), self.settled
        if not settled.unpaid:
            if settled.paid_on is not None and settled.paid:
                return State(_("Paid {date}").format(date=speaks.date(settled.paid_on)), "check-circle", "good")
            if self.replaced:
                return State(_("Replaced"), "arrows-clockwise", "muted")
            return State(_("Nothing to pay"), "circle-dashed", "muted")
        if self.instalment.due_on < self.as_of:
            if settled.paid:
                return State(_("Partly overdue"), "warning", "bad")
            return State(_("Overdue"), "warning", "bad")
        if settled.paid:
            return State(_("Partly paid"), "hourglass", "warn")
        if self.instalment.due_on == self.as_of:
            return State(_("Due today"), "clock", "warn")
        if self.at_new_rate:
            return State(_("At the new rate"), "percent", "primary")
        return State(_("Not due yet"), "circle", "muted")


class PlanTab(QWidget):
    """The plan as it stands, with paid rows marked; the contract's plan beside it once they differ."""

    def __init__(self, currency: Currency) -> None:
        super().__init__()
        self._rows: Sequence[PlanRow] = ()
        self._plan: Plan | None = None
        self._told: Statement | None = None
        self._loan: Loan | None = None
        self.note = label("", "muted", wraps=True)
        self.contract = YesNoField("contract_plan", _("&Show the plan as the contract printed it"))
        self.contract.changed.connect(self._show)
        self.model: PagedTableModel[PlanRow] = PagedTableModel(
            _columns(currency), lambda: len(self._rows), lambda offset, limit: self._rows[offset : offset + limit]
        )
        self.table = Table(self.model, _("Repayment plan"))
        self.totals = TotalsRow(self.table)
        above = QHBoxLayout()
        above.setSpacing(16)
        above.addWidget(self.note, 1)
        above.addWidget(self.contract)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(above)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.totals)

    def show_plan(self, loan: Loan, plan: Plan, told: Statement) -> None:
        """Show another plan, or the same one after something happened."""
        if self._plan != plan:
            self.contract.set_value(False)
            self.table.setCurrentIndex(QModelIndex())
            self.table.scrollToTop()
        self._plan, self._told, self._loan = plan, told, loan
        differs = bool(told.rows) and [row.instalment for row in told.rows] != list(plan.instalments)
        self.contract.setVisible(differs)
        changed = _changes(loan, told) if differs and _is_changed_already(loan, plan, told) else ""
        note = " ".join(text for text in (changed, _to_come(loan, told)) if text)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._show()

    def _show(self) -> None:
        plan, told = self._plan, self._told
        loan = self._loan
        if plan is None or told is None or loan is None:
            return
        if told.rows and not (self.contract.peek() and not self.contract.isHidden()):
            new_from, changes = _new_plan_from(loan, told), rates_to_come(loan, told.as_of)
            self._rows = [
                PlanRow(
                    row.instalment,
                    row,
                    told.as_of,
                    new_from is not None and row.begins_on < new_from,
                    bool(changes) and row.instalment.due_on > changes[0].on,
                )
                for row in told.rows
            ]
        else:
            self._rows = [PlanRow(instalment, None, told.as_of) for instalment in plan.instalments]
        self.table.reload()
        speaks, currency = current_language(), plan.terms.currency
        rows = [row.instalment for row in self._rows]
        amounts = [
            total([getattr(row, part) for row in rows], currency) for part in ("principal", "interest", "fees", "due")
        ]
        self.totals.show_totals({FIRST_AMOUNT + at: speaks.amount(amount) for at, amount in enumerate(amounts)})


def _new_plan_from(loan: Loan, told: Statement) -> date | None:
    """The day from which the latest new plan counts; None where none took effect yet."""
    days = [entry.on for entry in loan.journal.standing if isinstance(entry, NewPlan) and entry.on <= told.as_of]
    return days[-1] if days else None


def _is_changed_already(loan: Loan, plan: Plan, told: Statement) -> bool:
    """Whether the plan differs from the contract's apart from a new rate that is still to come."""
    changes = rates_to_come(loan, told.as_of)
    rows = [row.instalment for row in told.rows if not changes or row.instalment.due_on <= changes[0].on]
    return rows != list(plan.instalments[: len(rows)]) or len(told.rows) != len(plan.instalments)


def _to_come(loan: Loan, told: Statement) -> str:
    """What is agreed from a later day; a new rate is in the instalments that fall due after it."""
    entries = [entry for entry in loan.journal.standing if isinstance(entry, CHANGES) and entry.on > told.as_of]
    if not told.rows or not entries:
        return ""
    listed = ", ".join(entry_on(entry) for entry in entries)
    if rates_to_come(loan, told.as_of):
        text = _("Instalments that fall due later are shown as they will be: {changes}.")
    else:
        text = _("Still to come, and not in these instalments yet: {changes}.")
    return text.format(changes=listed)


def _changes(loan: Loan, told: Statement) -> str:
    """Why the plan is not the contract's any more, by day."""
    entries = [entry for entry in loan.journal.standing if isinstance(entry, CHANGES) and entry.on <= told.as_of]
    if not entries:
        return _("Early repayment or a fee has changed the plan of the contract.")
    listed = ", ".join(entry_on(entry) for entry in entries)
    return _("Not the contract's plan any more: {changes}.").format(changes=listed)


def _columns(currency: Currency) -> tuple[Column[PlanRow], ...]:
    def amount(part: str, width: int) -> Column[PlanRow]:
        words = {
            "principal": lambda: _("Principal"),
            "interest": lambda: _("Interest"),
            "fees": lambda: _("Fees"),
            "due": lambda: _("Instalment, {currency}").format(currency=currency.value),
            "balance": lambda: _("Balance"),
        }
        return Column(
            words[part], lambda row: current_language().amount(getattr(row.instalment, part)), Align.END, width=width
        )

    return (
        Column(lambda: _("No."), lambda row: str(row.instalment.number), Align.END, width=48),
        Column(lambda: _("Due"), lambda row: current_language().date(row.instalment.due_on), width=118),
        amount("principal", 96),
        amount("interest", 88),
        amount("fees", 76),
        amount("due", 120),
        amount("balance", 98),
        Column(lambda: _("State"), lambda row: row.state.word if row.state else "–", state=lambda row: row.state),
    )
