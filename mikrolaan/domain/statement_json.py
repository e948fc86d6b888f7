"""A statement as JSON: what the command line prints for other programs, and the words for its reader."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from mikrolaan.domain.case_json import KIND_OF, place_of
from mikrolaan.domain.journal import Entry, Reversal, amount_of
from mikrolaan.domain.json_values import text_of
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.particulars import Allocation, Settled
from mikrolaan.domain.plan_json import row_to_json
from mikrolaan.domain.statement import Statement


def statement_to_json(loan: Loan, told: Statement, words: Mapping[UUID, str]) -> dict[str, Any]:
    """The loan on a day; amounts as decimal strings, dates ISO, `words` the names of the entries in the case.

    Entries stand as they were given, those after the day left out; one that was reversed has no allocation.
    """
    return {
        "as_of": told.as_of.isoformat(),
        "status": told.status.value,
        "outstanding_principal": text_of(told.outstanding_principal),
        "accrued_interest": text_of(told.accrued_interest),
        "due_unpaid": text_of(told.due_unpaid),
        "days_past_due": told.days_past_due,
        "late_interest": text_of(told.late_interest),
        "credit": text_of(told.credit),
        "payoff_amount": text_of(told.payoff_amount),
        "written_off": text_of(told.written_off),
        "recovered": text_of(told.recovered),
        "restructured": told.is_restructured,
        "warnings": [
            {
                "kind": "late-interest-rate-missing",
                "country": gap.country.upper(),
                "from": gap.first.isoformat(),
                "to": gap.last.isoformat(),
            }
            for gap in told.missing_rates
        ],
        "rows": [_row(row) for row in told.rows],
        "entries": _entries(loan, told, words),
    }


def _row(row: Settled) -> dict[str, Any]:
    return {
        **row_to_json(row.instalment),
        "paid_principal": text_of(row.paid_principal),
        "paid_interest": text_of(row.paid_interest),
        "paid_fees": text_of(row.paid_fees),
        "paid_late_interest": text_of(row.paid_late_interest),
        "paid_on": _day(row.paid_on),
    }


def _entries(loan: Loan, told: Statement, words: Mapping[UUID, str]) -> list[dict[str, Any]]:
    gone = {entry.of: entry for entry in loan.journal.entries if isinstance(entry, Reversal)}
    effects = {effect.entry_id: effect for effect in told.effects}
    payments = {allocation.payment_id: allocation for allocation in told.allocations}
    entries = []
    for entry in sorted(loan.journal.entries, key=lambda each: (each.on, place_of(words[each.id]), words[each.id])):
        if entry.on > told.as_of:
            continue
        shown = _entry(entry, words)
        if entry.id in gone:
            shown["reversed_by"] = words[gone[entry.id].id]
        effect = effects.get(entry.id)
        if effect is not None:
            shown["allocation"] = {
                "fees": text_of(effect.fees),
                "late_interest": text_of(effect.late_interest),
                "interest": text_of(effect.interest),
                "principal": text_of(effect.principal),
                "credit": text_of(effect.credit),
            }
        if entry.id in payments:
            shown["allocation"] |= _shares(payments[entry.id])
        entries.append(shown)
    return entries


def _entry(entry: Entry, words: Mapping[UUID, str]) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": words[entry.id], "type": KIND_OF[type(entry)], "on": entry.on.isoformat()}
    amount = amount_of(entry)
    if amount is not None:
        shown["amount"] = text_of(amount)
    if isinstance(entry, Reversal):
        shown |= {"of": words[entry.of], "reason": entry.reason}
    return shown


def _shares(allocation: Allocation) -> dict[str, Any]:
    """Where a payment went, instalment by instalment; `early_repayment` is a part of the principal."""
    return {
        "early_repayment": text_of(allocation.early),
        "instalments": [
            {
                "n": share.instalment_number,
                "fees": text_of(share.fees),
                "late_interest": text_of(share.late_interest),
                "interest": text_of(share.interest),
                "principal": text_of(share.principal),
            }
            for share in allocation.shares
        ],
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
