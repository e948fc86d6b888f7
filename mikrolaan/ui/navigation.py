"""Where the officer is, was, and can go: destinations, history, and the pages that exist."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from mikrolaan.ui.widgets.page import Page

LONGEST_HISTORY = 100


@dataclass(frozen=True, slots=True)
class Destination:
    """A place in the program: a page, the record it shows where it shows one, and the tab."""

    page: str
    record_id: UUID | None = None
    tab: str = ""

    def is_same_place(self, other: Destination) -> bool:
        """Whether both show the same page of the same record, on whichever tab."""
        return (self.page, self.record_id) == (other.page, other.record_id)


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page that exists; it is made by `factory` when it is first opened."""

    key: str
    title: Callable[[], str]  # asked when shown, so that it follows the language
    icon: str
    factory: Callable[[], Page]
    under: str = ""  # a page without an entry of its own in the sidebar marks this one (a case page its list)
    at_bottom: bool = False


def page_keys(entries: Sequence[PageEntry]) -> dict[str, str]:
    """The keys that open each page of the sidebar, from Ctrl+1 downwards as it is shown; the lowest one has Ctrl+9.

    A page that is not in the sidebar has none, and neither has one for which no number is left.
    """
    above = [entry.key for entry in entries if not entry.under and not entry.at_bottom]
    below = [entry.key for entry in entries if not entry.under and entry.at_bottom]
    numbered = [*zip(above[: 9 - len(below)], range(1, 10), strict=False)]
    numbered += zip(below, range(10 - len(below), 10), strict=True)
    return {key: f"Ctrl+{number}" for key, number in numbered}


class History:
    """The places visited, with one of them the present."""

    def __init__(self) -> None:
        self._places: list[Destination] = []
        self._at = -1

    @property
    def here(self) -> Destination | None:
        """The present place, or None before the first."""
        return self._places[self._at] if self._at >= 0 else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one went back from a later place."""
        return self._at < len(self._places) - 1

    def visit(self, destination: Destination) -> None:
        """Go somewhere; what lay ahead is forgotten. The same place twice counts once."""
        if destination == self.here:
            return
        self._places = [*self._places[: self._at + 1], destination][-LONGEST_HISTORY:]
        self._at = len(self._places) - 1

    def note_tab(self, tab: str) -> None:
        """Remember that another tab of the present place is shown."""
        if self.here is not None:
            self._places[self._at] = replace(self.here, tab=tab)

    def back(self) -> Destination | None:
        """The place before, which becomes the present; None where there is none."""
        if not self.can_go_back:
            return None
        self._at -= 1
        return self.here

    def forward(self) -> Destination | None:
        """The place one went back from, which becomes the present; None where there is none."""
        if not self.can_go_forward:
            return None
        self._at += 1
        return self.here
