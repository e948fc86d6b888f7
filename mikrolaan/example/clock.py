"""A clock that is moved from day to day, so that an example's history has real dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

BETWEEN_ACTS = timedelta(seconds=20)
MOST_IN_A_DAY = 1500  # after that the clock stands still until the next day


class Clock:
    """Says which day and moment it is in the example; it only moves forward."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._acts = 0

    def today(self) -> date:
        """The day of the example."""
        return self._day

    def now(self) -> datetime:
        """A moment of the day in UTC, a little later at every call: offices work from seven to four."""
        self._acts = min(self._acts + 1, MOST_IN_A_DAY)
        return datetime.combine(self._day, time(7), UTC) + self._acts * BETWEEN_ACTS

    def move_to(self, day: date) -> None:
        """Let it be morning of a later day; nothing happens when it is that day already."""
        if day > self._day:
            self._day, self._acts = day, 0


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
