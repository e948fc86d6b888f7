"""The office files as sign-in sees them: who may enter is known at once, the database is loaded when a file is opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mikrolaan.domain.long_work import Progress, no_progress
from mikrolaan.storage.attempts import Attempts
from mikrolaan.storage.keys import officers_in

if TYPE_CHECKING:
    from mikrolaan.services.office import Founding
    from mikrolaan.storage.office_file import OfficeFileStore
    from mikrolaan.storage.open_file import OpenOfficeFile


class OfficeDoor:
    """Makes and unlocks office files like `OfficeFileStore`, to which it hands everything that needs a database."""

    def __init__(self, today: Callable[[], date], now: Callable[[], datetime]) -> None:
        self._today, self._now = today, now
        self._is_store_loaded = False

    def create(self, path: Path, founding: Founding, password: str) -> tuple[OpenOfficeFile, str]:
        """A new encrypted file and its recovery key."""
        return self._store.create(path, founding, password)

    def open(
        self, path: Path, password: str, officer_name: str = "", progress: Progress = no_progress
    ) -> OpenOfficeFile:
        """Unlock with an officer's password."""
        return self._store.open(path, password, officer_name, progress)

    def recover(self, path: Path, recovery_key: str, new_password: str) -> OpenOfficeFile:
        """Unlock with the printed key and give the administrator a new password."""
        return self._store.recover(path, recovery_key, new_password)

    def officers(self, path: Path) -> int:
        """How many officers can sign in to the file."""
        return officers_in(path)

    def wait_seconds(self, path: Path) -> float:
        """How long the next try with a password must wait after wrong ones; 0 when it need not."""
        if self._is_store_loaded:  # it also remembers wrong tries that could not be written beside the file
            return self._store.wait_seconds(path)
        return Attempts(path.absolute(), self._now).wait_seconds()

    @cached_property
    def _store(self) -> OfficeFileStore:
        from mikrolaan.storage.office_file import OfficeFileStore

        self._is_store_loaded = True
        return OfficeFileStore(self._today, self._now)
