"""The Plan tab of a loan: every instalment, what is paid of it, and the totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.money import Money
from mikrolaan.domain.plan import Instalment, Plan
from mikrolaan.domain.statement import Settled, Statement
from mikrolaan.i18n import _, current_language
from mikrolaan.ui.widgets.cards import KeyFigure, State
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel


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

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[PlanRow] = ()
        self.model: PagedTableModel[PlanRow] = PagedTableModel(
            _columns(), lambda: len(self._rows), lambda offset, limit: self._rows[offset : offset + limit]
        )
        self.table = Table(self.model, _("Repayment plan"))
        self.totals = {
            name: KeyFigure(word)
            for name, word in (
                ("principal", _("Principal")),
                ("interest", _("Interest")),
                ("fees", _("Fees")),
                ("due", _("Total to pay")),
            )
        }
        row = QHBoxLayout()
        row.setSpacing(40)
        for figure in self.totals.values():
            row.addWidget(figure)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)

    def show_plan(self, plan: Plan, told: Statement) -> None:
        """Show another plan."""
        settled: Sequence[Settled | None] = told.rows or (None,) * len(plan.instalments)
        self._rows = [
            PlanRow(instalment, paid, told.as_of) for instalment, paid in zip(plan.instalments, settled, strict=True)
        ]
        self.table.reload()
        for name, amount in _totals(plan).items():
            self.totals[name].show_figure(current_language().money(amount))


def _totals(plan: Plan) -> dict[str, Money]:
    return {"principal": plan.principal, "interest": plan.interest, "fees": plan.fees, "due": plan.due}


def _columns() -> tuple[Column[PlanRow], ...]:
    def amount(part: str) -> Column[PlanRow]:
        words = {
            "principal": lambda: _("Principal"),
            "interest": lambda: _("Interest"),
            "fees": lambda: _("Fees"),
            "due": lambda: _("Instalment"),
            "balance": lambda: _("Balance"),
        }
        return Column(
            words[part], lambda row: current_language().amount(getattr(row.instalment, part)), Align.END, width=118
        )

    return (
        Column(lambda: _("No."), lambda row: str(row.instalment.number), Align.END, width=56),
        Column(lambda: _("Due"), lambda row: current_language().date(row.instalment.due_on), width=116),
        amount("principal"),
        amount("interest"),
        amount("fees"),
        amount("due"),
        amount("balance"),
        Column(lambda: _("State"), lambda row: row.state.word if row.state else "–", state=lambda row: row.state),
    )
