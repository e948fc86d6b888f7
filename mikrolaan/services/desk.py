"""The desk: what every service works with, for one signed-in officer and one open office file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.journal import Recorded
from mikrolaan.domain.office import Officer, Role
from mikrolaan.domain.unit_of_work import OpenUnit, UnitOfWork
from mikrolaan.services.queries import Queries


@dataclass(eq=False)
class NotAllowed(RuleError):
    """The officer holds none of the roles that this act asks for."""

    wanted: tuple[Role, ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Storage, clock and the acting officer."""

    open_unit: OpenUnit
    queries: Queries
    today: Callable[[], date]
    now: Callable[[], datetime]  # UTC
    officer: Officer

    def reading(self) -> UnitOfWork:
        """A unit for looking things up; it keeps nothing."""
        return self.open_unit(None)

    def recorded(self) -> Recorded:
        """That the acting officer types something now."""
        return Recorded(self.now(), self.officer.id)

    def require(self, *roles: Role) -> None:
        """Raise NotAllowed unless the officer holds one of the roles; an administrator may do everything."""
        if not self.officer.roles & {*roles, Role.ADMINISTRATOR}:
            raise NotAllowed(roles)
