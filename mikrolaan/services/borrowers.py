"""What an officer can do with borrowers: register, change, find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from mikrolaan.domain.audit import Act
from mikrolaan.domain.borrower import Borrower, Enterprise, Person
from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.domain.office import Role
from mikrolaan.services.desk import Desk
from mikrolaan.services.rows import SimilarBorrower


@dataclass(eq=False)
class IdentityNumberTaken(RuleError):
    """Another borrower has this identity number."""

    borrower_id: UUID
    number: int
    name: str
    field: str = "identity_number"


class BorrowerService:
    """Cases of borrowers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, person: Person, enterprise: Enterprise | None = None) -> Borrower:
        """Open a case; an identity number belongs to one borrower only."""
        self._desk.require(Role.ADVISER, Role.APPROVER)
        self._check(person, None)
        with self._desk.open_unit(Act.BORROWER_REGISTERED) as unit:
            borrower = Borrower(uuid4(), unit.borrowers.next_number(), person, self._desk.today(), enterprise)
            unit.borrowers.add(borrower)
            unit.commit()
        return self.get(borrower.id)

    def change(self, borrower: Borrower, person: Person, enterprise: Enterprise | None) -> Borrower:
        """Keep what was typed on a case that was loaded before; ConflictError when it changed meanwhile."""
        self._desk.require(Role.ADVISER, Role.APPROVER)
        self._check(person, borrower.id)
        with self._desk.open_unit(Act.BORROWER_CHANGED) as unit:
            unit.borrowers.save(replace(borrower, person=person, enterprise=enterprise))
            unit.commit()
        return self.get(borrower.id)

    def get(self, borrower_id: UUID) -> Borrower:
        """The case as it stands."""
        with self._desk.reading() as unit:
            return unit.borrowers.get(borrower_id)

    def similar(self, person: Person | None, name: str, without: UUID | None = None) -> Sequence[SimilarBorrower]:
        """Borrowers that resemble what is being typed, likest first; `without` leaves out the case itself."""
        digits = person.identity_number.digits if person and person.identity_number else ""
        born_on = person.born_on if person else None
        phone = person.phone if person else ""
        return self._desk.queries.similar_borrowers(name, digits, born_on, phone, without)

    def _check(self, person: Person, without: UUID | None) -> None:
        today = self._desk.today()
        born_on = person.born_on
        if born_on is not None and born_on > today:
            raise InvalidValue("birth_date", Problem.TOO_LATE, today)
        if person.identity_number is None:
            return
        for found in self.similar(person, person.name, without):
            if found.same_identity_number:
                raise IdentityNumberTaken(found.id, found.number, found.name)
