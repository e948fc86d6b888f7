"""The columns of the list of arrears."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mikrolaan.domain.money import Currency
from mikrolaan.i18n import _, current_language
from mikrolaan.services.arrears import ArrearsLine
from mikrolaan.ui.arrears.arrears_words import (
    age_state,
    next_state,
    next_word,
    promise_look,
    promise_short,
    promise_word,
    why_word,
)
from mikrolaan.ui.widgets.table_model import Align, Column

GROUP_COLUMN, SINCE_COLUMN, LAST_CONTACT_COLUMN = 2, 5, 7


def arrears_columns(currency: Currency, today: Callable[[], date]) -> tuple[Column[ArrearsLine], ...]:
    """Loan, borrower, group, amount, days, oldest due date, promise, last contact, next step."""
    speaks = current_language
    return (
        Column(lambda: _("Loan"), lambda line: str(line.row.number), Align.END, sort_key="number", width=64),
        Column(
            lambda: _("Borrower"),
            lambda line: line.row.borrower,
            tooltip=lambda line: f"{line.row.borrower} · {line.row.group}" if line.row.group else line.row.borrower,
            sort_key="borrower",
        ),
        Column(lambda: _("Group"), lambda line: line.row.group or "–", sort_key="group", width=110),
        Column(
            lambda: _("Overdue, {currency}").format(currency=currency.value),
            lambda line: speaks().amount(line.row.overdue),
            Align.END,
            tooltip=lambda line: _("Principal, interest and fees after their due date; late interest left out."),
            sort_key="overdue",
            width=120,
        ),
        Column(
            lambda: _("Days"),
            lambda line: speaks().number(line.row.days),
            Align.END,
            tooltip=lambda line: f"{age_state(line.row.age).word}. {_('Due since')} {speaks().date(line.row.since)}",
            state=lambda line: age_state(line.row.age),
            sort_key="days",
            width=76,
        ),
        Column(lambda: _("Due since"), lambda line: speaks().date(line.row.since), sort_key="since", width=112),
        Column(
            lambda: _("Promise"),
            lambda line: promise_short(line.promise),
            tooltip=lambda line: promise_word(line.promise, line.promise_state),
            state=lambda line: promise_look(line.promise, line.promise_state),
            width=112,
        ),
        Column(
            lambda: _("Last contact"),
            lambda line: speaks().date(line.last_contact_on) if line.last_contact_on else "–",
            width=112,
        ),
        Column(
            lambda: _("Next step"),
            lambda line: next_word(line, today()),
            tooltip=lambda line: f"{next_word(line, today())}. {why_word(line.next, today())}",
            state=lambda line: next_state(line, today()),
            width=330,
        ),
    )
