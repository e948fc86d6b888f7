"""Statements compiled once and sent straight to the driver, for what is read and written with every payment.

Values pass through the same column types as everywhere else, days and identities by the quicker of Python's own ways
to the same text; what is saved is SQLAlchemy's own work for each execution: finding the text that it compiled before,
and the objects around an answer.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import (
    Connection,
    Date,
    Delete,
    Insert,
    Select,
    Table,
    Update,
    Uuid,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine

from mikrolaan.storage.database import fetch, write
from mikrolaan.storage.types import UtcTime

_DIALECT = sqlite.dialect()
_UTC_TIME = UtcTime()
_DAYS = 16_384  # forty years: the same days come again and again
_day_to_driver = lru_cache(maxsize=_DAYS)(date.isoformat)
_day_from_driver = lru_cache(maxsize=_DAYS)(date.fromisoformat)
_Passing = Callable[[Any], Any]


class Prepared:
    """One statement; what differs between executions are its bound parameters, given by name."""

    def __init__(self, statement: Select[Any] | Insert | Update | Delete) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        names: Sequence[str] = compiled.positiontup or ()
        self._text = str(compiled)
        self._bound = [(name, _to_driver(compiled.binds[name].type)) for name in names]
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self._from_driver: list[_Passing | None] = []
        if isinstance(statement, Select):
            columns = statement.selected_columns
            row: Any = namedtuple("PreparedRow", [column.name for column in columns])  # type: ignore[misc]  # known at run time
            self._made: Callable[[Iterable[Any]], Any] = row._make
            self._from_driver = [_from_driver(column.type) for column in columns]

    def all(self, connection: Connection, **values: Any) -> list[Any]:
        """The rows of a selection, each with its columns by name."""
        return [self._made(row) for row in self.tuples(connection, **values)]

    def tuples(self, connection: Connection, **values: Any) -> Iterable[tuple[Any, ...]]:
        """The same rows, their columns by place only."""
        return self._passed(self.raw(connection, **values))

    def row(self, raw: tuple[Any, ...]) -> Any:
        """A row that the driver gave, with its columns by name."""
        return self._made(next(iter(self._passed([raw]))))

    def _passed(self, found: Sequence[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
        columns = [  # column by column, since most have nothing to be done to them
            column if way is None else [None if value is None else way(value) for value in column]
            for way, column in zip(self._from_driver, zip(*found, strict=True), strict=False)
        ]
        return zip(*columns, strict=True)

    def raw(self, connection: Connection, **values: Any) -> list[tuple[Any, ...]]:
        """The same rows as the driver gives them: days and identities are texts."""
        return fetch(connection, self._text, self.given(values))

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Write once; how many rows it touched."""
        return write(connection, self._text, self.given(values))

    def send(self, connection: Connection, given: tuple[Any, ...]) -> int:
        """Write once, with the values in their order and as the driver has them; how many rows it touched."""
        return write(connection, self._text, given)

    def run_many(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write once for each of the given values; none is allowed."""
        for values in rows:
            write(connection, self._text, self.given(values))

    def given(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values that the statement asks for, in its order and as the driver has them."""
        given: list[Any] = []
        for name, way in self._bound:
            value = values[name] if name in values else self._fixed.get(name)
            given.append(value if way is None or value is None else way(value))
        return tuple(given)


def _to_driver(kind: TypeEngine[Any]) -> _Passing | None:
    if isinstance(kind, Date):
        return _day_to_driver
    if isinstance(kind, Uuid):
        return attrgetter("hex")
    if isinstance(kind, UtcTime):
        return _moment_to_driver
    return kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _moment_to_driver(moment: datetime) -> str:
    """As SQLAlchemy writes a moment into SQLite, once `UtcTime` has proved that it has a zone."""
    in_utc: datetime = _UTC_TIME.process_bind_param(moment, _DIALECT)  # type: ignore[assignment]  # None gives None only
    return in_utc.isoformat(" ", "microseconds")


def _from_driver(kind: TypeEngine[Any]) -> _Passing | None:
    if isinstance(kind, Date):
        return _day_from_driver
    way = kind.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
    return None if way is None else lru_cache(maxsize=4096)(way)  # the same officers and moments come again and again


@lru_cache(maxsize=64)
def insertion(table: Table) -> Prepared:
    """A new row of a table, all its columns given."""
    return Prepared(insert(table))


@lru_cache(maxsize=256)
def change(table: Table, keys: tuple[str, ...], names: tuple[str, ...]) -> Prepared:
    """Other values in those columns, and no others, of the row with those keys; a key is bound as `of_…`."""
    found = [table.c[key] == bindparam(f"of_{key}", type_=table.c[key].type) for key in keys]
    return Prepared(update(table).where(*found).values({name: bindparam(name) for name in names}))


@lru_cache(maxsize=64)
def deletion(table: Table, keys: tuple[str, ...]) -> Prepared:
    """The row with those keys goes."""
    return Prepared(delete(table).where(*[table.c[key] == bindparam(key) for key in keys]))


class RowsOf:
    """The rows of a table that belong to one record, which its first column names: read, and written where they differ."""

    def __init__(self, table: Table) -> None:
        owner, *columns = table.columns
        self._kept = Prepared(select(*columns).where(owner == bindparam("owner")))
        self._insertion, self._deletion = insertion(table), deletion(table, tuple(table.primary_key.columns.keys()))
        self._table, self._names = table, tuple(column.name for column in columns)
        self._owner_to_driver = _to_driver(owner.type) or _as_it_is
        self._to_driver = [(_to_driver(column.type), bool(column.nullable)) for column in columns]
        keys = [place for place, column in enumerate(columns) if column.primary_key]  # beside the owner
        self._key_of = itemgetter(slice(keys[0], keys[-1] + 1)) if keys else itemgetter(slice(0, 0))

    def bring_up_to_date(self, connection: Connection, owner: Any, wanted: Sequence[tuple[Any, ...]]) -> None:
        """Turn the rows that the file has into those that are wanted, given without the owner in the order of the columns.

        Nothing is touched that is the same in both.
        """
        key_of = self._key_of
        before = {key_of(row): row for row in self._kept.raw(connection, owner=owner)}
        named = self._owner_to_driver(owner)
        new: list[tuple[Any, ...]] = []
        for row in self._driven(wanted):
            old = before.pop(key_of(row), None)
            if old is None:
                new.append(row)
            elif old != row:
                self._change(connection, named, old, row)
        for row in before.values():
            self._deletion.send(connection, (named, *key_of(row)))
        for row in new:
            self._insertion.send(connection, (named, *row))

    def _driven(self, wanted: Sequence[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
        columns: list[Iterable[Any]] = []
        for (way, is_nullable), column in zip(self._to_driver, zip(*wanted, strict=True), strict=False):
            if way is None:
                columns.append(column)
            elif is_nullable:
                columns.append([None if value is None else way(value) for value in column])
            else:
                columns.append(map(way, column))
        return zip(*columns, strict=True)

    def _change(self, connection: Connection, owner: Any, old: tuple[Any, ...], row: tuple[Any, ...]) -> None:
        differing = [place for place, value in enumerate(row) if value != old[place]]
        keys = tuple(self._table.primary_key.columns.keys())
        changing = change(self._table, keys, tuple([self._names[place] for place in differing]))
        changing.send(connection, (*[row[place] for place in differing], owner, *self._key_of(row)))


def _as_it_is(value: Any) -> Any:
    return value
