"""What a clause of a contract is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered clause: its title and its paragraphs, where what people typed is already escaped."""

    title: str
    paragraphs: tuple[str, ...]
