"""The connection to the encrypted database, and the door at which its failures become errors the program foresaw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, QueuePool, create_engine, event
from sqlalchemy.engine import Connection, ExceptionContext, RootTransaction
from sqlalchemy.pool import ConnectionPoolEntry
from sqlcipher3 import dbapi2

from mikrolaan.domain.errors import ConflictError, MikrolaanError
from mikrolaan.services.file_errors import DiskFull, FileDamaged, FileInUse, FileMissing, FileReadOnly
from mikrolaan.storage.failures import told_by_system

_WRITES = "mikrolaan_writes"  # what a connection knows of itself from its unit on: that it is going to write
_PATH = "mikrolaan_path"  # what a pooled connection knows of itself: which file it reads
BUSY_SECONDS = 15.0  # how long one thread waits for the other's transaction
CACHE_KIB = 64_000  # pages kept in memory at most: one that is read again is proved and decrypted again


def connect(path: Path, data_key: bytes) -> Any:
    """A connection to the database under its raw key; raises FileDamaged, FileReadOnly … instead of the driver's errors.

    One thread at a time uses a connection: the pool sees to it, so the driver's own check is off.
    """
    if not path.exists():
        raise FileMissing(path)
    return _connect(path, data_key)


def make_database(path: Path, data_key: bytes) -> None:
    """A new empty database, already encrypted."""
    _connect(path, data_key).close()


def _connect(path: Path, data_key: bytes) -> Any:
    try:
        raw = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS)
    except dbapi2.Error as error:
        raise told(error, path) or error from error
    try:
        raw.execute("PRAGMA cipher_log_level = NONE")  # its log names pages, on the standard error stream
        raw.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()  # a wrong key or a damaged page shows here
        raw.execute("PRAGMA journal_mode = WAL").fetchone()
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA temp_store = MEMORY")  # no temporary file, encrypted or not
        raw.execute("PRAGMA secure_delete = ON").fetchone()
        raw.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    except dbapi2.Error as error:
        raw.close()
        raise told(error, path) or error from error
    return raw


class HeldKey:
    """The database's key while the file is open; once forgotten, nobody who still holds the engine can connect."""

    def __init__(self, data_key: bytes) -> None:
        self._bytes = bytearray(data_key)

    def __call__(self) -> bytes:
        if not self._bytes:
            raise RuntimeError("the office file is closed")
        return bytes(self._bytes)

    def forget(self) -> None:
        """Overwrite the key."""
        self._bytes[:] = bytes(len(self._bytes))
        self._bytes.clear()


def open_engine(path: Path, key: HeldKey) -> Engine:
    """SQLAlchemy's engine over the database: one connection per unit of work, whichever thread it runs in.

    A unit that reads begins plainly and sees one moment of the file; one that writes begins at once as the only writer.
    """

    opened = _where(path)

    def connecting() -> Any:
        return connect(path, key())

    engine = create_engine(
        "sqlite://",
        creator=connecting,
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=4,
        pool_use_lifo=True,  # the pages that a connection has at hand serve the next unit
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def connected(_raw: object, record: ConnectionPoolEntry) -> None:
        record.info[_PATH] = path

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.info.pop(_WRITES, False)  # of this transaction alone: the connection is used again
        if writes and _where(path) != opened:
            raise FileMissing(path)  # moved away, deleted or replaced: what is written now nobody would find again
        write(connection, "BEGIN IMMEDIATE" if writes else "BEGIN", ())

    @event.listens_for(engine, "handle_error")
    def tell(context: ExceptionContext) -> None:
        known = told(context.original_exception, path)
        if known is not None:
            # A connection that met a damaged page takes the whole file for read-only from then on: let go of it.
            context.is_disconnect = isinstance(known, FileDamaged)
            raise known

    return engine


def fetch(connection: Connection, text: str, given: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """The rows of a selection sent to the driver itself, past SQLAlchemy; failures are told as everywhere.

    Nothing here begins a transaction: outside one, each statement sees the file as it is at its moment.
    """
    try:
        rows: list[tuple[Any, ...]] = _driver(connection).execute(text, given).fetchall()
    except dbapi2.Error as error:
        _tell(connection, error)
        raise
    return rows


def write(connection: Connection, text: str, given: tuple[Any, ...]) -> int:
    """Write once, sent to the driver itself; how many rows it touched."""
    try:
        touched: int = _driver(connection).execute(text, given).rowcount
    except dbapi2.Error as error:
        _tell(connection, error)
        raise
    return touched


def begun_to_write(connection: Connection) -> RootTransaction:
    """A transaction of a connection that is the only writer until it ends."""
    connection.info[_WRITES] = True
    return connection.begin()


def is_in_transaction(connection: Connection) -> bool:
    """Whether the driver has begun a transaction that has not ended, whatever SQLAlchemy knows of it."""
    return bool(_driver(connection).in_transaction)


@contextmanager
def without_references(connection: Connection) -> Iterator[Callable[[], None]]:
    """A connection outside any transaction that does not look where rows point, for as long as tables are made anew.

    What it gives is called before the commit: it raises FileDamaged where a row points nowhere.
    """

    def prove() -> None:
        if fetch(connection, "PRAGMA foreign_key_check", ()):
            raise FileDamaged(connection.info[_PATH])

    write(connection, "PRAGMA foreign_keys = OFF", ())
    try:
        yield prove
    finally:
        if not connection.invalidated:
            write(connection, "PRAGMA foreign_keys = ON", ())


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _tell(connection: Connection, error: dbapi2.Error) -> None:
    known = told(error, connection.info[_PATH])
    if isinstance(known, FileDamaged):
        connection.invalidate(error)  # let go of, as where SQLAlchemy handles the failure
    if known is not None:
        raise known from error


def _where(path: Path) -> tuple[int, int] | None:
    """Which file the name stands for now; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def told(error: BaseException | None, path: Path) -> MikrolaanError | None:
    """The error the program foresaw for a failure of the database or the disk; None when it is none: a bug."""
    if isinstance(error, OSError):
        return told_by_system(error, path)
    if not isinstance(error, dbapi2.Error):
        return None
    name = getattr(error, "sqlite_errorname", "") or ""
    text = str(error).lower()
    if "not a database" in text or "malformed" in text or name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return FileDamaged(path)
    if name.startswith("SQLITE_FULL"):
        return DiskFull(path)
    if name.startswith("SQLITE_READONLY"):
        return FileReadOnly(path)
    if name.startswith("SQLITE_CANTOPEN"):
        return FileReadOnly(path) if path.exists() else FileMissing(path)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return FileInUse(path)
    if text.startswith("unique constraint failed"):
        return ConflictError(text)
    if name.startswith("SQLITE_IOERR"):
        return _of_disk(path)
    return None


def _of_disk(path: Path) -> MikrolaanError:
    """What a failed read or write means: trying to write beside the file tells a full disk from a broken one."""
    if not path.exists():
        return FileMissing(path)
    probe = path.with_name(path.name + "-probe")
    try:
        with probe.open("wb") as file:
            file.write(b"\0" * 65_536)
    except OSError as error:
        return told_by_system(error, path) or FileDamaged(path)
    finally:
        probe.unlink(missing_ok=True)
    return FileDamaged(path)
