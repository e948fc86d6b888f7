"""The columns of every list of loans: the office's, a borrower's, a group's."""

from __future__ import annotations

from mikrolaan.domain.money import Currency
from mikrolaan.i18n import _, current_language
from mikrolaan.services.rows import LoanRow
from mikrolaan.ui.widgets.table_model import Align, Column
from mikrolaan.ui.words import loan_state


def loan_columns(currency: Currency, *, borrower: bool = True, group: bool = False) -> tuple[Column[LoanRow], ...]:
    """Number, borrower and group where asked, amount, what is outstanding, next due date, state."""
    columns: list[Column[LoanRow]] = [
        Column(lambda: _("No."), lambda row: str(row.number), Align.END, sort_key="number", width=64)
    ]
    if borrower:
        columns.append(
            Column(
                lambda: _("Borrower"),
                lambda row: row.borrower,
                tooltip=lambda row: f"{row.borrower} · {row.group}" if row.group else row.borrower,
                sort_key="borrower",
            )
        )
    if group:
        columns.append(Column(lambda: _("Group"), lambda row: row.group or "–", sort_key="group", width=120))
    return (
        *columns,
        Column(
            lambda: _("Amount, {currency}").format(currency=currency.value),
            lambda row: current_language().amount(row.principal),
            Align.END,
            sort_key="principal",
            width=120,
        ),
        Column(
            lambda: _("Outstanding, {currency}").format(currency=currency.value),
            lambda row: current_language().amount(row.outstanding) if row.outstanding else "–",
            Align.END,
            tooltip=lambda row: _("Principal that is not yet repaid."),
            sort_key="outstanding",
            width=150,
        ),
        Column(
            lambda: _("Next due"),
            lambda row: current_language().date(row.next_due_on) if row.next_due_on else "–",
            sort_key="next_due_on",
            width=110,
        ),
        Column(
            lambda: _("State"),
            lambda row: loan_state(row.step, row.status).word,
            state=lambda row: loan_state(row.step, row.status),
            sort_key="step",
            width=204,
        ),
    )
