"""The connections of one open file, each kept ready between two acts.

To be given one by the pool and to give it back costs an act about as much as reading three pages; one that has just ended
without a fault can serve the next as it is, with the pages that it has at hand.
"""

from __future__ import annotations

from threading import Lock

from sqlalchemy import Connection, Engine

from mikrolaan.storage.database import is_in_transaction

MOST = 2  # ready at once: one for the window's thread, one for work in the background


class Connections:
    """Connections outside any transaction; usable from any thread, each connection in one at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._ready: list[Connection] = []  # the one used last at the end
        self._are_kept = True
        self._lock = Lock()

    def take(self) -> Connection:
        """One that is ready, else one from the pool; to be given back. RuntimeError once the file is being closed."""
        with self._lock:
            if not self._are_kept:
                raise RuntimeError("the office file is closed")
            if self._ready:
                return self._ready.pop()
        return self._engine.connect()

    def give_back(self, connection: Connection, *, is_sound: bool) -> None:
        """Undo what was not committed, and keep a connection ready that met no fault."""
        is_ready = False
        try:
            if not connection.invalidated:
                connection.rollback()
                if is_in_transaction(connection):  # a commit failed: the pool would hand it on as it is
                    connection.invalidate()
                elif is_sound:
                    is_ready = self._keep(connection)
        finally:
            if not is_ready:
                connection.close()

    def _keep(self, connection: Connection) -> bool:
        with self._lock:
            is_wanted = self._are_kept and len(self._ready) < MOST
            if is_wanted:
                self._ready.append(connection)
            return is_wanted

    def close(self) -> None:
        """Keep none from now on: those that are ready are closed, the others when they are given back."""
        with self._lock:
            self._are_kept = False
            ready, self._ready = self._ready, []
        for connection in ready:
            connection.close()
