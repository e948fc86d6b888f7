"""One process at a time: a lock of the operating system's on a file beside, gone when the process is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from mikrolaan.services.file_errors import FileInUse
from mikrolaan.storage.failures import told_by_system
from mikrolaan.storage.files import beside

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """Holds an office file for this process from its making until `release`."""

    def __init__(self, path: Path) -> None:
        """Take the lock; FileInUse when another holds it, FileReadOnly or DiskFull when none can be made."""
        self._place = beside(path, "lock")
        while True:
            try:
                handle = os.open(self._place, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError as error:
                raise told_by_system(error, path) or error from error
            try:
                _take(handle)
            except OSError:
                os.close(handle)
                raise FileInUse(path) from None
            if self._still_there(handle):
                self._handle: int | None = handle
                return
            os.close(handle)  # the holder before took the file away as we came

    def release(self) -> None:
        """Let go; the lock file goes too. Doing it twice is harmless."""
        if self._handle is None:
            return
        if sys.platform == "win32":
            os.close(self._handle)  # an open file cannot be removed there
        try:
            self._place.unlink(missing_ok=True)
        except OSError:
            pass  # an empty file that stays is no lock
        if sys.platform != "win32":
            os.close(self._handle)
        self._handle = None

    def _still_there(self, handle: int) -> bool:
        if sys.platform == "win32":
            return True
        try:
            return os.path.samestat(os.fstat(handle), self._place.stat())
        except FileNotFoundError:
            return False
