"""What every repository shares: reading one row, adding one, and saving one that nobody changed meanwhile."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Table, insert, select, update

from mikrolaan.domain.audit import Change
from mikrolaan.domain.errors import ConflictError, NotFound
from mikrolaan.storage.audit import difference, record_text
from mikrolaan.storage.prepared import change
from mikrolaan.storage.tables import counters

Values = dict[str, Any]

DERIVED = frozenset(
    {"search_text", "name_sort", "enterprise_sort", "city_sort", "phone_digits", "name_folded", "born_on"}
)  # made from other columns, so the audit trail leaves them out


class Work:
    """One transaction under way: its connection and what it has changed so far."""

    def __init__(self, connection: Connection, *, writes: bool) -> None:
        self._connection: Connection | None = connection
        self.writes = writes
        self.changes: list[Change] = []

    @property
    def connection(self) -> Connection:
        """The transaction's connection, for as long as it is this work's own."""
        if self._connection is None:
            raise RuntimeError("this unit of work has ended")
        return self._connection

    def end(self) -> None:
        """Touch the connection no more: from now on it serves other units."""
        self._connection, self.writes = None, False

    def row(self, table: Table, record_id: UUID, kind: str) -> Row[Any]:
        """The row with that id; NotFound when there is none."""
        row = self.connection.execute(select(table).where(table.c.id == record_id)).first()
        if row is None:
            raise NotFound(kind, record_id)
        return row

    def add(self, table: Table, values: Values, kind: str, *, told: Mapping[str, Any] | None = None) -> None:
        """A new row; `told` is what the audit trail says beyond the columns."""
        self.must_write()
        self.connection.execute(insert(table), values)
        filled = {name: value for name, value in audited(values).items() if value not in (None, "")}
        self.changes.append(Change(kind, values["id"], None, record_text({**filled, **(told or {})})))

    def save(
        self,
        table: Table,
        values: Values,
        kind: str,
        *,
        before: Mapping[str, Any] | None = None,
        told_before: Mapping[str, Any] | None = None,
        told_after: Mapping[str, Any] | None = None,
    ) -> None:
        """Change the row that was loaded as version `values["version"]`; ConflictError when the file has another.

        `before` is the row as this same unit read it and has not changed it since; without it, it is read now.
        """
        self.must_write()
        if before is None:
            before = self.row(table, values["id"], kind)._asdict()
        loaded = values["version"]
        after = {**values, "version": loaded + 1}
        if before["version"] != loaded:
            raise ConflictError(f"{kind} {values['id']}: version {loaded} is not {before['version']}")
        changed = {name: value for name, value in after.items() if before[name] != value}
        same = {"of_id": values["id"], "of_version": loaded}
        if change(table, ("id", "version"), tuple(changed)).run(self.connection, {**changed, **same}) != 1:
            raise ConflictError(f"{kind} {values['id']}: changed meanwhile")
        told_of_row = audited({name: before[name] for name in changed}), audited(changed)
        was, became = difference({**told_of_row[0], **(told_before or {})}, {**told_of_row[1], **(told_after or {})})
        self.changes.append(Change(kind, values["id"], was, became))

    def note(self, kind: str, record_id: UUID, told: Mapping[str, Any]) -> None:
        """Tell the audit trail what became of a record whose own row stays as it is."""
        self.must_write()
        self.changes.append(Change(kind, record_id, _nothing(tuple(told)), record_text(told)))

    def next_number(self, series: str) -> int:
        """The next number of a series; one that was kept never comes again."""
        self.must_write()
        counted = counters.c.series == series
        done = self.connection.execute(update(counters).where(counted).values(last=counters.c.last + 1))
        if done.rowcount == 0:
            self.connection.execute(insert(counters).values(series=series, last=1))
        return int(self.connection.execute(select(counters.c.last).where(counted)).scalar_one())

    def must_write(self) -> None:
        """A unit opened for reading, or committed, keeps nothing: to try is a mistake of the program."""
        if not self.writes:
            raise RuntimeError("this unit of work was opened for reading only, or is committed")


@lru_cache(maxsize=64)
def _nothing(names: tuple[str, ...]) -> str:
    """How a record stood that had none of these fields."""
    return record_text(dict.fromkeys(names))


def audited(values: Mapping[str, Any]) -> Values:
    """What the audit trail tells of a row: all but what follows from other columns; terms as the JSON they are."""
    told = {name: value for name, value in values.items() if name not in DERIVED}
    if "terms" in told:
        told["terms"] = json.loads(told["terms"])
    return told
