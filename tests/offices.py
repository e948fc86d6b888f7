"""Real encrypted office files for tests, with a clock that tests can turn and passwords that cost little."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from mikrolaan.app import print_paper
from mikrolaan.services.office import Founding, first_officer
from mikrolaan.services.session import Session
from mikrolaan.storage.keys import KeyCost
from mikrolaan.storage.office_file import OfficeFileStore
from tests.builders import a_product, an_office

PASSWORD = "fjord og fjell 7010"
CHEAP = KeyCost(memory_kib=8, passes=1, lanes=1)


@dataclass
class Clock:
    """The calendar and the clock of a test."""

    day: date = date(2026, 1, 5)

    def today(self) -> date:
        return self.day

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 9, 30, tzinfo=UTC)

    def turn(self, days: int) -> None:
        self.day += timedelta(days=days)


@dataclass
class TestOffice:
    """An office file with its session, its clock and the ways to open it again."""

    __test__ = False
    path: Path
    clock: Clock
    files: OfficeFileStore
    session: Session
    recovery_key: str

    def reopen(self) -> Session:
        """Close the file and unlock it with the password."""
        self.session.close()
        self.session = Session(self.files.open(self.path, PASSWORD), print_paper)
        return self.session


def make_office(folder: Path) -> TestOffice:
    """A new office file of one officer with every right."""
    clock = Clock()
    files = OfficeFileStore(today=clock.today, now=clock.now, cost=CHEAP)
    path = folder / "fjordfondet.mikrolaan"
    founding = Founding(an_office(), first_officer("Ingrid Tangen"), (a_product(),))
    file, recovery_key = files.create(path, founding, PASSWORD)
    return TestOffice(path, clock, files, Session(file, print_paper), recovery_key)
