"""Wrong passwords make the next try wait longer, never for ever; the wait outlives a restart of the program."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.storage.files import beside, write_whole

FREE_TRIES = 2  # a slip of the finger costs nothing
LONGEST_SECONDS = 60.0


def delay_seconds(wrong: int) -> float:
    """How long the try after `wrong` wrong ones waits: 0, 0, 1, 2, 4 … 60 seconds."""
    if wrong <= FREE_TRIES:
        return 0.0
    return min(LONGEST_SECONDS, 2.0 ** min(wrong - FREE_TRIES - 1, 10))


class Attempts:
    """The wrong tries at one office file, kept in memory and, as far as the folder lets us, beside the file."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._place = beside(path, "attempts")
        self._now = now
        self._wrong, self._last = self._read()

    def wait_seconds(self) -> float:
        """What is left of the wait; after the clock was set back it begins anew, once."""
        kept, now = self._read(), self._now()
        if kept[0] > self._wrong:  # another window of the program was tried
            self._wrong, self._last = kept
        if self._last > now:  # a last try in the future would make the wait last until then
            self._last = now
            self._keep()
        delay = delay_seconds(self._wrong)
        return max(0.0, delay - (now - self._last).total_seconds())

    def refuse(self) -> float:
        """Count one more wrong try; how long the next must wait."""
        self._wrong, self._last = self._wrong + 1, self._now()
        self._keep()
        return delay_seconds(self._wrong)

    def _keep(self) -> None:
        told = {"wrong": self._wrong, "last": self._last.astimezone(UTC).isoformat()}
        try:
            write_whole(self._place, json.dumps(told).encode(), self._place)
        except (OSError, MikrolaanError):
            pass  # without room beside the file the wait holds until the program ends

    def forget(self) -> None:
        """The right password was given."""
        self._wrong = 0
        try:
            self._place.unlink(missing_ok=True)
        except OSError:
            pass  # the next right password tries again; the wait kept there is over in a minute

    def _read(self) -> tuple[int, datetime]:
        long_ago = self._now() - timedelta(days=1)
        try:
            told = json.loads(self._place.read_text(encoding="ascii"))
            last = datetime.fromisoformat(told["last"])
            return max(0, int(told["wrong"])), last if last.tzinfo is not None else long_ago
        except (OSError, ValueError, LookupError, TypeError, ArithmeticError, RecursionError):
            return 0, long_ago
