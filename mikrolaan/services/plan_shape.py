"""What a picture of a plan draws, on screen and paper: the steps of the debt, the bars, and the top of each scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from mikrolaan.domain.money import Money, total
from mikrolaan.domain.plan import Instalment, Plan

ROUND_TENTHS = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100)


@dataclass(frozen=True, slots=True)
class Bar:
    """One column of the picture: the instalments `first` to `last` together, and what is owed after them."""

    first: int  # number of the first instalment
    last: int
    due_on: date  # of the last
    principal: Money
    interest: Money
    fees: Money
    balance: Money

    @property
    def due(self) -> Money:
        """What falls due together."""
        return self.principal + self.interest + self.fees

    @property
    def parts(self) -> tuple[int, int, int]:
        """The heights of principal, interest and fees, from the bottom up, in minor units.

        Principal below zero, where an instalment is less than its interest, is not drawn.
        """
        return max(0, self.principal.minor), max(0, self.interest.minor), max(0, self.fees.minor)

    @property
    def height(self) -> int:
        """The height of the whole bar in minor units."""
        return sum(self.parts)


def bars_of(plan: Plan, most: int) -> tuple[Bar, ...]:
    """A bar per instalment; a bar per calendar year where there is no room for so many."""
    if len(plan.instalments) <= most:
        return tuple(_together([row]) for row in plan.instalments)
    return tuple(_together(list(rows)) for _year, rows in groupby(plan.instalments, key=lambda row: row.due_on.year))


def _together(rows: Sequence[Instalment]) -> Bar:
    last = rows[-1]
    if len(rows) == 1:
        return Bar(last.number, last.number, last.due_on, last.principal, last.interest, last.fees, last.balance)
    currency = last.balance.currency
    return Bar(
        rows[0].number,
        last.number,
        last.due_on,
        total([row.principal for row in rows], currency),
        total([row.interest for row in rows], currency),
        total([row.fees for row in rows], currency),
        last.balance,
    )


def debt_steps(plan: Plan, bars: Sequence[Bar]) -> tuple[int, ...]:
    """What is owed before the first bar and after each, in minor units."""
    return (plan.terms.principal.minor, *(bar.balance.minor for bar in bars))


def debt_top(plan: Plan) -> int:
    """The top of the scale on which the debt is drawn, in minor units."""
    return round_above(max(1, plan.terms.principal.minor, *(row.balance.minor for row in plan.instalments)))


def bars_top(bars: Sequence[Bar]) -> int:
    """The top of the scale on which the bars are drawn, in minor units."""
    return round_above(max(1, *(bar.height for bar in bars)))


def round_above(minor: int) -> int:
    """The top of a scale: a round figure, 1, 1.2, 1.5, 2, 2.5, 3 … times a power of ten, not below the amount."""
    power = 100
    while power * 10 < minor:
        power *= 10
    return next((step * power // 10 for step in ROUND_TENTHS if step * power >= minor * 10), 10 * power)
