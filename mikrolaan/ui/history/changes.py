"""One history entry as changed fields in words: what each was and what it became."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mikrolaan.domain.money import Currency
from mikrolaan.services.rows import HistoryRow
from mikrolaan.ui.history.field_words import HIDDEN, field_word, reading_order
from mikrolaan.ui.history.value_words import NameOf, value_word

# What a new loan has unless it was chosen otherwise; to tell it of each would hide what was chosen.
_USUAL: Mapping[str, Any] = {
    "interest_only_instalments": 0,
    "payment_free_instalments": 0,
    "payment_free_interest": "capitalised",
    "interest_method": "declining",
    "instalment_multiple": "0.01",
    "business_day_rule": "none",
    "is_removed": False,
}

# Fields that mean something else in a record of this kind than a field of the same name elsewhere.
_MEANT: Mapping[str, Mapping[str, str]] = {"ledger closing": {"until": "closed_until"}}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record before and after; empty where it held nothing."""

    word: str
    before: str
    after: str


def changes_of(row: HistoryRow, currency: Currency, name_of: NameOf) -> list[FieldChange]:
    """The fields that the entry changed, as a person reads them; of a new record all that hold something.

    `currency` is the office's, for amounts whose own currency did not change.
    """
    before, after = _fields(row.before, row.kind), _fields(row.after, row.kind)
    changes = []
    for name in sorted({*before, *after} - HIDDEN, key=reading_order):
        was, became = before.get(name), after.get(name)
        if was == became or (row.before is None and _USUAL.get(name) == became):
            continue
        told = FieldChange(
            field_word(name),
            value_word(name, was, before, currency, name_of),
            value_word(name, became, after, currency, name_of),
        )
        if told.before != told.after:
            changes.append(told)
    return changes


def _fields(text: str | None, kind: str = "") -> Mapping[str, Any]:
    """The fields of a record's JSON by what they mean, those of a loan's terms among them."""
    if text is None:
        return {}
    try:
        told = json.loads(text)
    except ValueError:
        return {"record": text}
    if not isinstance(told, dict):
        return {"record": text}
    terms = told.pop("terms", None)
    if isinstance(terms, str):
        told.update(_fields(terms))
    elif isinstance(terms, dict):
        told.update(terms)
    meant = _MEANT.get(kind, {})
    return {meant.get(name, name): value for name, value in told.items()}
