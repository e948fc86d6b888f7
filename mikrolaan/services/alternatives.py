"""Up to three calculations kept side by side, and what tells them apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from mikrolaan.domain.money import Money
from mikrolaan.services.calculation import Calculation, Choices

MOST_ALTERNATIVES = 3


class KeptAlternatives:
    """The choices that an officer keeps while the office is open; those of one client are never shown to the next."""

    def __init__(self) -> None:
        self._choices: list[Choices] = []
        self._whose: UUID | None = None

    @property
    def choices(self) -> tuple[Choices, ...]:
        """What is kept, in the order of keeping."""
        return tuple(self._choices)

    @property
    def is_full(self) -> bool:
        """Whether one must go before another can be kept."""
        return len(self._choices) >= MOST_ALTERNATIVES

    def open_for(self, borrower_id: UUID | None) -> None:
        """Forget what belongs to another borrower. What was worked out for nobody goes with the one who comes."""
        if borrower_id is None or borrower_id == self._whose:
            return
        if self._whose is not None:
            self._choices.clear()
        self._whose = borrower_id

    def keep(self, choices: Choices) -> int:
        """Keep these and give their place, 0 to 2; the same choices again keep the place they have."""
        if choices not in self._choices:
            self._choices.append(choices)
        return self._choices.index(choices)

    def remove(self, place: int) -> Choices:
        """Let go of the one at that place, and give it."""
        return self._choices.pop(place)

    def put_back(self, place: int, choices: Choices) -> None:
        """Undo `remove`, where there is room."""
        if not self.is_full and choices not in self._choices:
            self._choices.insert(place, choices)


@dataclass(frozen=True, slots=True)
class Difference:
    """How another calculation differs from the first: its figures less the first one's."""

    instalment: Money
    cost: Money
    rate: Decimal | None  # percentage points; None where either has no effective rate
    first_repaid_on: date
    repaid_on: date

    @property
    def is_none(self) -> bool:
        """Whether both come to the same."""
        return not (self.instalment or self.cost or self.rate) and self.first_repaid_on == self.repaid_on


def difference(first: Calculation, other: Calculation) -> Difference | None:
    """What sets `other` apart from `first`; None where they are in different currencies."""
    if first.terms.currency is not other.terms.currency:
        return None
    rates = (first.effective_rate, other.effective_rate)
    return Difference(
        other.regular.due - first.regular.due,
        other.plan.total_cost - first.plan.total_cost,
        rates[1] - rates[0] if rates[0] is not None and rates[1] is not None else None,
        first.last.due_on,
        other.last.due_on,
    )
