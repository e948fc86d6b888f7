"""Statements compiled once and sent straight to the driver, for what is read and written with every payment.

Values pass through the same column types as everywhere else; what is saved is SQLAlchemy's own work for each
execution: finding the text that it compiled before, and the objects around an answer.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Table, Update, bindparam, delete, insert, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine

from mikrolaan.storage.database import fetch, write

_DIALECT = sqlite.dialect()
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
        found = fetch(connection, self._text, self._given(values))
        columns = [  # column by column, since most have nothing to be done to them
            column if way is None else [None if value is None else way(value) for value in column]
            for way, column in zip(self._from_driver, zip(*found, strict=True), strict=False)
        ]
        return zip(*columns, strict=True)

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Write once; how many rows it touched."""
        return write(connection, self._text, self._given(values))

    def run_many(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write once for each of the given values; none is allowed."""
        for values in rows:
            write(connection, self._text, self._given(values))

    def _given(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        given: list[Any] = []
        for name, way in self._bound:
            value = values[name] if name in values else self._fixed.get(name)
            given.append(value if way is None or value is None else way(value))
        return tuple(given)


def _to_driver(kind: TypeEngine[Any]) -> _Passing | None:
    return kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _from_driver(kind: TypeEngine[Any]) -> _Passing | None:
    way = kind.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
    return None if way is None else lru_cache(maxsize=4096)(way)  # the same days and officers come again and again


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


def bring_up_to_date(
    connection: Connection, table: Table, kept: Iterable[tuple[Any, ...]], wanted: Sequence[Mapping[str, Any]]
) -> None:
    """Turn the rows that are kept, whole and in the order of the columns, into those that are wanted.

    Nothing is touched that is the same in both.
    """
    names, keys, whole, key_of = _shape(table)
    before = {key_of(row): row for row in kept}
    new: list[Mapping[str, Any]] = []
    for values in wanted:
        row = whole(values)
        old = before.pop(key_of(row), None)
        if old is None:
            new.append(values)
        elif old != row:
            differing = tuple([name for name, was, now in zip(names, old, row, strict=True) if was != now])
            changed = {name: values[name] for name in differing} | {f"of_{name}": values[name] for name in keys}
            change(table, keys, differing).run(connection, changed)
    gone = [dict(zip(names, row, strict=True)) for row in before.values()]
    deletion(table, keys).run_many(connection, gone)
    insertion(table).run_many(connection, new)


@lru_cache(maxsize=64)
def _shape(table: Table) -> tuple[tuple[str, ...], tuple[str, ...], _Passing, _Passing]:
    """The names of a table's columns and of its key, a row's values in their order, and the key of such a row."""
    names = tuple(column.name for column in table.columns)
    keys = tuple(column.name for column in table.primary_key)
    return names, keys, itemgetter(*names), itemgetter(*[names.index(key) for key in keys])
