"""An office file at work: units, lists, password, copies and check, from unlocking to closing."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine, QueuePool, event
from sqlalchemy.pool import ConnectionPoolEntry
from sqlcipher3 import dbapi2

from mikrolaan.domain.audit import Act
from mikrolaan.domain.errors import OfficeFileError
from mikrolaan.domain.office import Officer
from mikrolaan.domain.unit_of_work import UnitOfWork
from mikrolaan.services.desk import Desk
from mikrolaan.services.file_errors import WrongPassword
from mikrolaan.services.queries import Queries
from mikrolaan.storage import keys as key_file
from mikrolaan.storage.at_hand import AtHand
from mikrolaan.storage.attempts import Attempts
from mikrolaan.storage.backup import copy_file
from mikrolaan.storage.check import Finding, check_database
from mikrolaan.storage.database import HeldKey
from mikrolaan.storage.file_lock import FileLock
from mikrolaan.storage.keys import KeyCost
from mikrolaan.storage.offices import OFFICER
from mikrolaan.storage.queries import SqlQueries
from mikrolaan.storage.unit import SqlUnit

WORK_SECONDS = 10.0  # how long closing waits for work in another thread


class OpenOfficeFile:
    """An unlocked office file; usable from any thread, each unit of work in one."""

    def __init__(
        self,
        *,
        path: Path,
        officer: Officer,
        engine: Engine,
        key: HeldKey,
        secret: bytes,
        lock: FileLock,
        attempts: Attempts,
        today: Callable[[], date],
        now: Callable[[], datetime],
        cost: KeyCost,
    ) -> None:
        self.path = path
        self.officer = officer
        self.queries: Queries = SqlQueries(engine, today)
        self._engine: Engine | None = engine
        self._key = key
        self._secret = secret
        self._lock = lock
        self._attempts = attempts
        self._today = today
        self._now = now
        self._cost = cost
        self._at_hand = AtHand(engine)

    def desk(self) -> Desk:
        """Storage, clock and officer, for the services."""
        return Desk(self.unit, self.queries, self._today, self._now, self.officer)

    def unit(self, act: Act | None) -> UnitOfWork:
        """One unit of work of the signed-in officer; None: for reading only."""
        return self._unit(act)

    def note(self, act: Act) -> None:
        """Write an act without a record into the audit trail."""
        with self._unit(act) as unit:
            unit.note(OFFICER, self.officer.id)
            unit.commit()

    def change_password(self, old: str, new: str) -> None:
        """Give the signed-in officer another password; WrongPassword when `old` is not the present one."""
        if (wait := self._attempts.wait_seconds()) > 0:
            raise WrongPassword(wait)
        keys = key_file.read_keys(self.path)
        own = [slot for slot in keys.slots if slot.officer_id == self.officer.id]
        if not any(slot.open(old) == self._secret for slot in own):
            raise WrongPassword(self._attempts.refuse())
        self._attempts.forget()
        officer = self.officer
        key_file.write_keys(self.path, keys.with_slot(self._secret, officer.id, officer.name, new, self._cost))
        self.note(Act.PASSWORD_CHANGED)

    def check(self) -> list[Finding]:
        """Everything that is wrong with the file; empty when it is whole."""
        if self._engine is None:
            raise RuntimeError("the office file is closed")
        return check_database(self._engine)

    def back_up(self, folder: Path) -> Path:
        """Write an encrypted, dated copy (with its keys), verify it, and return where it lies."""
        return copy_file(self.path, self._key(), folder, self._now())

    def close(self) -> None:
        """Finish writing, let go of the file and forget the key; closing twice is harmless."""
        if self._engine is None:
            return
        engine, self._engine = self._engine, None
        with ExitStack() as at_last:  # all of it, also when the waiting is interrupted
            at_last.callback(self._lock.release)
            at_last.callback(let_go, engine, self._key)
            self._secret = b""
            self._at_hand.close()
            _wait_for_work(engine)

    def _unit(self, act: Act | None) -> SqlUnit:
        if self._engine is None:
            raise RuntimeError("the office file is closed")
        return SqlUnit(self._at_hand, act, self.officer.id, self._now)


def _wait_for_work(engine: Engine) -> None:
    """Let units of work in other threads come to their end; one that hangs must not keep the program from closing."""
    pool = engine.pool
    assert isinstance(pool, QueuePool)
    give_up_at = time.monotonic() + WORK_SECONDS
    while pool.checkedout() and time.monotonic() < give_up_at:
        time.sleep(0.01)


def let_go(engine: Engine, key: HeldKey) -> None:
    """Bring the write-ahead log into the file, close every connection and forget the key."""
    try:
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA busy_timeout = 0")  # work that hangs was waited for already
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            raw.close()
    except (dbapi2.Error, OfficeFileError):
        pass  # what is committed is safe in the log beside the file; the next opening brings it in
    finally:
        event.listen(engine.pool, "checkin", _close)  # of work that hangs: nobody else would ever close it
        key.forget()  # first: nobody connects from now on
        engine.dispose()


def _close(_raw: object, record: ConnectionPoolEntry) -> None:
    record.close()
