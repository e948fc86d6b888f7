"""Harm done to an office file by somebody who has its key but not the program."""

from __future__ import annotations

from contextlib import contextmanager

from mikrolaan.storage.database import HeldKey, connect, open_engine
from mikrolaan.storage.keys import data_key, read_keys
from tests.offices import PASSWORD
from tests.storage.samples import Kept


@contextmanager
def raw_database(kept: Kept):
    """The driver's own connection to the database, without the program's door."""
    (slot,) = read_keys(kept.path).slots
    secret = slot.open(PASSWORD)
    assert secret is not None
    raw = connect(kept.path, data_key(secret))
    try:
        yield raw
    finally:
        raw.close()


@contextmanager
def reading(kept: Kept):
    """A connection as the program's own units have it, on one moment of the file."""
    with _engine(kept) as engine, engine.connect() as connection:
        yield connection


@contextmanager
def writing(kept: Kept):
    """A connection as a writing unit has it; kept when the block ends well."""
    with _engine(kept) as engine, engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def _engine(kept: Kept):
    (slot,) = read_keys(kept.path).slots
    secret = slot.open(PASSWORD)
    assert secret is not None
    engine = open_engine(kept.path, HeldKey(data_key(secret)))
    try:
        yield engine
    finally:
        engine.dispose()


def tamper(kept: Kept, *statements: str) -> None:
    """Take the guards away, do the harm, put the guards back."""
    with raw_database(kept) as raw:
        guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        raw.execute("PRAGMA foreign_keys = OFF")
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
        for _, sql in guards:
            raw.execute(sql)
