"""Encrypted copies of an office file with its keys, each proved by opening it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from mikrolaan.services.file_errors import FileDamaged, FileExists
from mikrolaan.storage.database import connect, told
from mikrolaan.storage.files import beside, sync_folder, write_whole


def copy_file(path: Path, data_key: bytes, folder: Path, now: datetime, *, mark: str = "") -> Path:
    """Write a copy named after the file and the moment into `folder`, with its keys; where it lies.

    The copy is under the same key and the same passwords. It is opened and its every page verified
    before its name becomes a copy's; whatever fails leaves nothing in the folder.
    """
    name = f"{path.stem}-{mark}{now.astimezone().strftime('%Y-%m-%d-%H%M%S')}{path.suffix}"
    target = folder / name
    new = beside(target, "new")
    if target.exists():
        raise FileExists(target)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        _vacuum_into(path, data_key, new, target)
        _prove(path, new, data_key)
        keys = beside(path, "keys")
        if keys.exists():  # without it the recovery key still opens the copy
            write_whole(beside(target, "keys"), keys.read_bytes(), target)
        new.replace(target)
        sync_folder(folder)
    except OSError as error:
        raise told(error, target) or error from error
    finally:
        if not target.exists():
            beside(target, "keys").unlink(missing_ok=True)
        for rest in (new, beside(new, "wal"), beside(new, "shm")):
            rest.unlink(missing_ok=True)
    return target


def _vacuum_into(path: Path, data_key: bytes, new: Path, target: Path) -> None:
    raw = connect(path, data_key)
    try:
        raw.execute("VACUUM INTO ?", (str(new),))
    except dbapi2.Error as error:
        raise told(error, target) or error from error
    finally:
        raw.close()


def _prove(path: Path, copy: Path, data_key: bytes) -> None:
    """Raise FileDamaged unless the copy opens, every page is whole, and as many records are there."""
    kept, copied = connect(path, data_key), connect(copy, data_key)
    try:
        if copied.execute("PRAGMA cipher_integrity_check").fetchall():
            raise FileDamaged(copy)
        if copied.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise FileDamaged(copy)
        count = "SELECT count(*) FROM audit"
        if copied.execute(count).fetchone()[0] > kept.execute(count).fetchone()[0]:
            raise FileDamaged(copy)
        copied.execute("PRAGMA journal_mode = DELETE").fetchone()  # one file, nothing beside it
    except dbapi2.Error as error:
        raise told(error, copy) or error from error
    finally:
        kept.close()
        copied.close()
