"""The columns of every list of loans: the office's, a borrower's, a group's."""

from __future__ import annotations

from mikrolaan.i18n import _, current_language
from mikrolaan.services.rows import LoanRow
from mikrolaan.ui.widgets.table_model import Align, Column
from mikrolaan.ui.words import step_state, waiting_word


def loan_columns(*, borrower: bool = True, group: bool = False) -> tuple[Column[LoanRow], ...]:
    """Number, borrower and group where asked, amount, what is outstanding, next due date, state."""
    columns = [Column[LoanRow](lambda: _("No."), lambda row: str(row.number), Align.END, sort_key="number", width=64)]
    if borrower:
        columns.append(Column(lambda: _("Borrower"), lambda row: row.borrower, sort_key="borrower"))
    if group:
        columns.append(Column(lambda: _("Group"), lambda row: row.group or "–", sort_key="group", width=150))
    return (
        *columns,
        Column(
            lambda: _("Amount"),
            lambda row: current_language().money(row.principal),
            Align.END,
            sort_key="principal",
            width=140,
        ),
        Column(
            lambda: _("Outstanding"),
            lambda row: current_language().money(row.outstanding),
            Align.END,
            tooltip=lambda row: _("Principal that is not yet repaid."),
            sort_key="outstanding",
            width=140,
        ),
        Column(
            lambda: _("Next due"),
            lambda row: current_language().date(row.next_due_on) if row.next_due_on else "–",
            sort_key="next_due_on",
            width=120,
        ),
        Column(
            lambda: _("State"),
            lambda row: waiting_word(row.step),
            state=lambda row: step_state(row.step),
            sort_key="step",
            width=200,
        ),
    )
