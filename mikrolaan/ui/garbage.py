"""When Python may search for garbage: not while a worker works, for it may hold widgets, which only the main thread can let go of.

Python searches in whichever thread happens to make an object. All of this is called on the main thread.
"""

from __future__ import annotations

import gc

_working = 0
_is_wanted = False  # once no worker works


def work_begins() -> None:
    """No search from now on."""
    global _working, _is_wanted  # noqa: PLW0603 - the search is one for the process
    if not _working:
        _is_wanted = gc.isenabled()
        gc.disable()
    _working += 1


def work_is_over() -> None:
    """Search again, if that was so before and no other worker works."""
    global _working  # noqa: PLW0603
    _working -= 1
    if not _working and _is_wanted:
        gc.enable()


def search_again() -> None:
    """Search from now on, as soon as no worker works, but not among what is there by now."""
    global _is_wanted  # noqa: PLW0603
    gc.freeze()
    _is_wanted = True
    if not _working:
        gc.enable()
