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
    before, after = _fields(row.before), _fields(row.after)
    changes = []
    for name in sorted({*before, *after} - HIDDEN, key=reading_order):
        was, became = before.get(name), after.get(name)
        if was == became:
            continue
        told = FieldChange(
            field_word(name),
            value_word(name, was, before, currency, name_of),
            value_word(name, became, after, currency, name_of),
        )
        if told.before != told.after:
            changes.append(told)
    return changes


def _fields(text: str | None) -> Mapping[str, Any]:
    """The fields of a record's JSON, those of a loan's terms among them."""
    if text is None:
        return {}
    try:
        told = json.loads(text)
    except ValueError:
        return {"record": text}
    if not isinstance(told, dict):
        return {"record": text}
    terms = told.get("terms")
    if isinstance(terms, str):
        told = {name: value for name, value in told.items() if name != "terms"}
        told.update(_fields(terms))
    return told
