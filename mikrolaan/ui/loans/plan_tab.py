"""The Plan tab of a loan: every instalment, what is paid of it, and the totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mikrolaan.domain.money import Currency, total
from mikrolaan.domain.plan import Instalment, Plan
from mikrolaan.domain.statement import Settled, Statement
from mikrolaan.i18n import _, current_language
from mikrolaan.ui.loans.totals_row import TotalsRow
from mikrolaan.ui.widgets.cards import State
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel

FIRST_AMOUNT = 2  # the column after number and due date


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One instalment, with what has been paid once the loan is paid out."""

    instalment: Instalment
    settled: Settled | None
    as_of: date

    @property
    def state(self) -> State | None:
        """Paid, part-paid, overdue or due later; none before payout."""
        if self.settled is None:
            return None
        if not self.settled.unpaid:
            paid_on = current_language().date(self.settled.paid_on) if self.settled.paid_on else ""
            return State(_("Paid {date}").format(date=paid_on), "check-circle", "good")
        if self.instalment.due_on < self.as_of:
            return State(_("Overdue"), "warning", "bad")
        if self.settled.paid:
            return State(_("Partly paid"), "hourglass", "warn")
        return State(_("Not due yet"), "circle", "muted")


class PlanTab(QWidget):
    """The plan as the contract prints it, with paid rows marked."""

    def __init__(self, currency: Currency) -> None:
        super().__init__()
        self._rows: Sequence[PlanRow] = ()
        self._plan: Plan | None = None
        self.model: PagedTableModel[PlanRow] = PagedTableModel(
            _columns(currency), lambda: len(self._rows), lambda offset, limit: self._rows[offset : offset + limit]
        )
        self.table = Table(self.model, _("Repayment plan"))
        self.totals = TotalsRow(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.totals)

    def show_plan(self, plan: Plan, told: Statement) -> None:
        """Show another plan."""
        if told.rows:
            self._rows = [PlanRow(settled.instalment, settled, told.as_of) for settled in told.rows]
        else:
            self._rows = [PlanRow(instalment, None, told.as_of) for instalment in plan.instalments]
        if self._plan != plan:
            self.table.setCurrentIndex(QModelIndex())
            self.table.scrollToTop()
        self._plan = plan
        self.table.reload()
        speaks = current_language()
        rows = [row.instalment for row in self._rows]
        currency = plan.terms.currency
        amounts = [
            total([getattr(row, part) for row in rows], currency) for part in ("principal", "interest", "fees", "due")
        ]
        self.totals.show_totals({FIRST_AMOUNT + at: speaks.amount(amount) for at, amount in enumerate(amounts)})


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
        Column(lambda: _("No."), lambda row: str(row.instalment.number), Align.END, width=56),
        Column(lambda: _("Due"), lambda row: current_language().date(row.instalment.due_on), width=108),
        amount("principal", 100),
        amount("interest", 96),
        amount("fees", 84),
        amount("due", 120),
        amount("balance", 104),
        Column(lambda: _("State"), lambda row: row.state.word if row.state else "–", state=lambda row: row.state),
    )
