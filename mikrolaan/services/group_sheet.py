"""What a group's payment sheet holds for the meeting: the members' loans and what is due on each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from mikrolaan.domain.group import NetworkGroup
from mikrolaan.domain.office import Office
from mikrolaan.services.taking_payments import PayableLoan


@dataclass(frozen=True, slots=True)
class GroupSheetPaper:
    """Everything that the sheet prints."""

    office: Office
    group: NetworkGroup
    lines: Sequence[PayableLoan]
    on: date  # of the meeting; the figures are of that day
    language: str


PrintGroupSheet = Callable[[GroupSheetPaper], bytes]
