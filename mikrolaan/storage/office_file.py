"""Office files: made, unlocked with a password or the printed key, worked in, closed."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine

from mikrolaan.domain.audit import Act
from mikrolaan.domain.errors import ConflictError, InvalidValue, NotFound, Problem, RuleError
from mikrolaan.domain.long_work import Progress, no_progress
from mikrolaan.domain.office import Officer, Role
from mikrolaan.services.file_errors import (
    FileDamaged,
    FileExists,
    FileFromNewerVersion,
    FileMissing,
    WrongPassword,
    WrongRecoveryKey,
)
from mikrolaan.services.office import Founding, found
from mikrolaan.storage import keys as key_file
from mikrolaan.storage import recovery_key as paper
from mikrolaan.storage.at_hand import AtHand
from mikrolaan.storage.attempts import Attempts
from mikrolaan.storage.backup import copy_file
from mikrolaan.storage.database import HeldKey, make_database, open_engine, told
from mikrolaan.storage.file_lock import FileLock
from mikrolaan.storage.files import beside, sync_folder
from mikrolaan.storage.keys import KeyCost, data_key
from mikrolaan.storage.migrate import HEAD, REVISIONS, revision_of, upgrade
from mikrolaan.storage.open_file import OpenOfficeFile, let_go
from mikrolaan.storage.unit import SqlUnit

PAGE_BYTES = 4096  # SQLCipher's; the file is a whole number of them


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


class OfficeFileStore:
    """Makes and unlocks office files."""

    def __init__(
        self,
        today: Callable[[], date] = date.today,
        now: Callable[[], datetime] = utc_now,
        cost: KeyCost | None = None,
    ) -> None:
        self._today = today
        self._now = now
        self._cost = cost or KeyCost()
        self._attempts: dict[Path, Attempts] = {}

    def create(self, path: Path, founding: Founding, password: str) -> tuple[OpenOfficeFile, str]:
        """A new encrypted file and its recovery key; FileExists, FileReadOnly or DiskFull leave nothing behind."""
        if not password:
            raise InvalidValue("password", Problem.MISSING)
        for taken in (path, beside(path, "keys")):
            if taken.exists():
                raise FileExists(taken)
        secret = key_file.new_secret()
        officer = founding.officer
        keys = key_file.new_keys(secret).with_slot(secret, officer.id, officer.name, password, self._cost)
        lock = FileLock(path)
        new = beside(path, "making")
        made: list[Path] = []
        try:
            _remove_database(new)
            self._make(new, data_key(secret), founding)
            made += [beside(path, "keys"), beside(path, "keys-copy")]
            key_file.write_keys(path, keys)  # first: a database without its keys could not be opened again
            _give_name(new, path)
            made += [path, beside(path, "wal"), beside(path, "shm")]
            return self._unlocked(path, secret, officer.id, lock), paper.written(secret)
        except BaseException as error:
            for rest in made:
                rest.unlink(missing_ok=True)
            lock.release()
            raise told(error, path) or error from error
        finally:
            _remove_database(new)

    def open(
        self, path: Path, password: str, officer_name: str = "", progress: Progress = no_progress
    ) -> OpenOfficeFile:
        """Unlock with an officer's password.

        Without a name the password is tried on every officer. Raises WrongPassword, within the
        wait without trying, or one of the errors of the file. `progress` is told how many loans
        are done where an older file is brought up to date.
        """
        lock = self._locked(path)
        try:
            attempts = self._attempts_at(path)
            if (wait := attempts.wait_seconds()) > 0:
                raise WrongPassword(wait)
            for slot in key_file.read_keys(path).candidates(officer_name):
                secret = slot.open(password)
                if secret is not None:
                    attempts.forget()
                    return self._unlocked(path, secret, slot.officer_id, lock, progress)
            raise WrongPassword(attempts.refuse())
        except BaseException:
            lock.release()
            raise

    def recover(self, path: Path, recovery_key: str, new_password: str) -> OpenOfficeFile:
        """Unlock with the printed key, also when the key file is lost, and give the administrator a new password."""
        secret = paper.read(recovery_key)
        if not new_password:
            raise InvalidValue("password", Problem.MISSING)
        lock = self._locked(path)
        try:
            keys = _keys_for(path, secret)
            file = self._unlocked(path, secret, None, lock, only_paper=keys is None)
            base = keys or key_file.new_keys(secret)
            try:
                key_file.write_keys(
                    path, base.with_slot(secret, file.officer.id, file.officer.name, new_password, self._cost)
                )
                file.note(Act.PASSWORD_CHANGED)
            except BaseException:
                file.close()
                raise
            self._attempts_at(path).forget()
            return file
        except BaseException:
            lock.release()
            raise

    def officers(self, path: Path) -> int:
        """How many officers can sign in to the file."""
        return key_file.officers_in(path)

    def wait_seconds(self, path: Path) -> float:
        """How long the next try with a password must wait after wrong ones; 0 when it need not."""
        return self._attempts_at(path).wait_seconds()

    def _attempts_at(self, path: Path) -> Attempts:
        place = path.absolute()
        if place not in self._attempts:
            self._attempts[place] = Attempts(place, self._now)
        return self._attempts[place]

    def _locked(self, path: Path) -> FileLock:
        if not path.exists():
            raise FileMissing(path)
        if not path.is_file():
            raise FileDamaged(path)
        return FileLock(path.resolve())  # of the file itself, by whatever link it was found

    def _make(self, new: Path, key: bytes, founding: Founding) -> None:
        make_database(new, key)
        held = HeldKey(key)
        engine = open_engine(new, held)
        try:
            upgrade(engine)
            with closing(AtHand(engine)) as at_hand:
                found(lambda act: SqlUnit(at_hand, act, founding.officer.id, self._now), founding)
        finally:
            let_go(engine, held)

    def _unlocked(
        self,
        path: Path,
        secret: bytes,
        officer_id: UUID | None,
        lock: FileLock,
        progress: Progress = no_progress,
        *,
        only_paper: bool = False,
    ) -> OpenOfficeFile:
        """The open file; an officer that is not named is the first administrator."""
        _check_writable(path)
        if path.stat().st_size < PAGE_BYTES:
            raise FileDamaged(path)  # SQLite would take an empty file for a new database
        log = beside(path, "wal")
        is_written_back = not log.exists() or log.stat().st_size == 0
        key = HeldKey(data_key(secret))
        engine = open_engine(path, key)
        try:
            if is_written_back:  # else the newest pages are in the log and the file may be shorter
                _check_size(engine, path)
            self._bring_up_to_date(engine, path, key, progress)
            officer = _officer(engine, officer_id, path)
        except FileDamaged:
            let_go(engine, key)
            if only_paper:  # nothing else tells which of the two is wrong; the wrong sheet is likelier
                raise WrongRecoveryKey(mistyped=False) from None
            raise
        except BaseException:
            let_go(engine, key)
            raise
        file = OpenOfficeFile(
            path=path,
            officer=officer,
            engine=engine,
            key=key,
            secret=secret,
            lock=lock,
            attempts=self._attempts_at(path),
            today=self._today,
            now=self._now,
            cost=self._cost,
        )
        try:
            file.note(Act.SIGNED_IN)
        except BaseException:
            let_go(engine, key)
            raise
        return file

    def _bring_up_to_date(self, engine: Engine, path: Path, key: HeldKey, progress: Progress) -> None:
        revision = revision_of(engine)
        if revision == HEAD:
            return
        if revision is None:
            raise FileDamaged(path)
        if revision not in REVISIONS:
            raise FileFromNewerVersion(path)
        copy_file(path, key(), path.parent, self._now(), mark="before-upgrade-")
        try:
            upgrade(engine, progress=progress)
        except (ConflictError, NotFound, RuleError) as error:  # of a record in the file, which no officer asked for
            raise FileDamaged(path) from error


def _keys_for(path: Path, secret: bytes) -> key_file.Keys | None:
    """The key file when it belongs to the paper; None when it is lost or another file's: the paper alone decides."""
    try:
        keys = key_file.read_keys(path)
    except (FileMissing, FileDamaged):
        return None
    return keys if keys.belong_to(secret) else None


def _officer(engine: Engine, officer_id: UUID | None, path: Path) -> Officer:
    with (
        closing(AtHand(engine)) as at_hand,
        SqlUnit(at_hand, None, officer_id or UUID(int=0), utc_now) as unit,
    ):
        if officer_id is not None:
            return unit.officers.get(officer_id)
        everyone = unit.officers.all()
    administrators = [officer for officer in everyone if Role.ADMINISTRATOR in officer.roles]
    if not everyone:
        raise FileDamaged(path)
    return (administrators or list(everyone))[0]


def _check_writable(path: Path) -> None:
    try:
        with path.open("r+b"):
            pass
    except OSError as error:
        raise told(error, path) or error from error


def _check_size(engine: Engine, path: Path) -> None:
    """Refuse a file that was cut off, before anything is written to it."""
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    if path.stat().st_size != pages * PAGE_BYTES:
        raise FileDamaged(path)


def _give_name(new: Path, path: Path) -> None:
    """Let a finished file have its name, never another file's."""
    try:
        os.link(new, path)
    except FileExistsError:
        raise FileExists(path) from None
    except OSError:  # a disk that knows no links, such as a memory stick
        if path.exists():
            raise FileExists(path) from None
        new.rename(path)
    sync_folder(path.parent)


def _remove_database(path: Path) -> None:
    for rest in (path, beside(path, "wal"), beside(path, "shm")):
        rest.unlink(missing_ok=True)
