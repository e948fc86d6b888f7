"""Identities of journal entries: those made later sort after those made before."""

from __future__ import annotations

import secrets
import threading
import time
from uuid import UUID

_SEQUENCE_BITS = 12
_RANDOM_BITS = 62
_VERSION, _VARIANT = 7, 0b10
_lock = threading.Lock()
_last = 0  # the moment and the sequence last given, as one number


def next_entry_id() -> UUID:
    """A UUID of version 7 (RFC 9562, 5.7), larger than every other that this process made before.

    A journal replays what happened on one day in the order of the identities, so two payments of a day settle what
    is due in the order in which they were typed, and a receipt tells what its own payment settled.
    """
    global _last  # noqa: PLW0603 - a sequence is one for the process
    with _lock:
        _last = max(time.time_ns() // 1_000_000 << _SEQUENCE_BITS, _last + 1)
        moment = _last
    high = moment >> _SEQUENCE_BITS << 16 | _VERSION << _SEQUENCE_BITS | moment & (1 << _SEQUENCE_BITS) - 1
    return UUID(int=high << 64 | _VARIANT << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS))
