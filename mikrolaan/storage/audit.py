"""The audit trail: one entry for every record that a unit of work changed, each chained to the one before by its hash."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from hashlib import sha256
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from mikrolaan.domain.audit import Act, AuditEntry, Change
from mikrolaan.storage.prepared import Prepared, insertion
from mikrolaan.storage.tables import audit

_LAST = Prepared(select(audit.c.sequence, audit.c.hash).order_by(audit.c.sequence.desc()).limit(1))
FIRST_PREVIOUS = "0" * 64  # what stands before the first entry


def _plain(value: Any) -> Any:
    """What JSON has for a value that it does not know."""
    if isinstance(value, date | UUID):
        return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
    if isinstance(value, bytes):
        return {"sha256": sha256(value).hexdigest()}
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no form in the audit trail")


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def record_text(values: Mapping[str, Any]) -> str:
    """A record's fields as JSON text, in one order; bytes are told by their SHA-256."""
    return canonical(dict(values))


def canonical(value: Any) -> str:
    """The one way of writing a value as JSON: keys in order, no spaces, letters as they are."""
    return _CANONICAL.encode(value)


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, str]:
    """The fields that differ, as they were and as they became; every other field stands in an earlier entry."""
    changed = [name for name in after if before.get(name) != after[name]]
    return record_text({name: before.get(name) for name in changed}), record_text(
        {name: after[name] for name in changed}
    )


def entry_hash(sequence: int, at: datetime, officer_id: UUID, act: str, change: Change, previous_hash: str) -> str:
    """SHA-256, in hex, over the canonical JSON of the entry and the hash of the one before."""
    told = {
        "sequence": sequence,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "officer": str(officer_id),
        "act": act,
        "kind": change.kind,
        "record": str(change.record_id),
        "before": change.before,
        "after": change.after,
        "previous": previous_hash,
    }
    return sha256(canonical(told).encode()).hexdigest()


class ChainEnd:
    """The last entry of an open file's trail, its number and its hash, as its own program knows it without looking.

    Acts that write follow each other, also from different threads: each takes the end when it is going to commit, and brings
    the new one once that is done, unless the next act has begun by then and looks for itself.
    """

    def __init__(self) -> None:
        self._end: tuple[int, str] | None = None
        self._acts = 0
        self._lock = Lock()

    def begun(self) -> int:
        """The number of an act, which is the only one that writes from now on."""
        with self._lock:
            self._acts += 1
            return self._acts

    def take(self, connection: Connection) -> tuple[int, str]:
        """The end, looked for where it is not known; until it is brought, it is not known any more."""
        with self._lock:
            end, self._end = self._end, None
        return end or next(iter(_LAST.raw(connection)), (0, FIRST_PREVIOUS))

    def bring(self, number: int, end: tuple[int, str]) -> None:
        """Know the end that the act of that number has committed."""
        with self._lock:
            if number == self._acts:
                self._end = end


def write(
    connection: Connection,
    act: Act,
    officer_id: UUID,
    at: datetime,
    changes: Sequence[Change],
    end: tuple[int, str],
) -> tuple[int, str]:
    """Chain the changes to the last entry, within the unit's own transaction; the end of the chain after them."""
    sequence, previous = end
    rows = []
    for change in changes:
        sequence += 1
        own = entry_hash(sequence, at, officer_id, act.value, change, previous)
        rows.append(
            {
                "sequence": sequence,
                "at": at,
                "officer_id": officer_id,
                "act": act.value,
                "kind": change.kind,
                "record_id": change.record_id,
                "before": change.before,
                "after": change.after,
                "previous_hash": previous,
                "hash": own,
            }
        )
        previous = own
    insertion(audit).run_many(connection, rows)
    return sequence, previous


def entries(connection: Connection) -> Iterator[AuditEntry]:
    """Every entry in the order of its number."""
    for row in connection.execute(select(audit).order_by(audit.c.sequence)):
        change = Change(row.kind, row.record_id, row.before, row.after)
        yield AuditEntry(row.sequence, row.at, row.officer_id, Act(row.act), change, row.previous_hash, row.hash)


def first_broken(chain: Iterator[AuditEntry]) -> int | None:
    """The number of the first entry that was altered, is missing or does not follow; None when the chain is whole."""
    expected, previous = 1, FIRST_PREVIOUS
    for entry in chain:
        right = entry_hash(entry.sequence, entry.at, entry.officer_id, entry.act.value, entry.change, previous)
        if entry.sequence != expected or entry.previous_hash != previous or entry.hash != right:
            return expected
        expected, previous = expected + 1, entry.hash
    return None
