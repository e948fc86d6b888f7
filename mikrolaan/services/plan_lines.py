"""The lines of a plan as every table shows them: its instalments, a sum for each year, and the sum of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import groupby

from mikrolaan.domain.money import Money
from mikrolaan.domain.plan import Instalment, Plan


class LineKind(Enum):
    """What a line of the table stands for."""

    INSTALMENT = "instalment"
    YEAR = "year"  # the sum of the instalments due in a calendar year
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line; its words are looked up when it is shown."""

    kind: LineKind
    number: int  # of the instalment; the year; 0 for the sum of all
    due_on: date | None  # of an instalment
    principal: Money
    interest: Money
    fees: Money
    due: Money
    balance: Money | None  # None in the sum of all


def plan_lines(plan: Plan) -> tuple[PlanLine, ...]:
    """All lines; a plan within one year needs no sum for it."""
    by_year = [(year, list(rows)) for year, rows in groupby(plan.instalments, key=lambda row: row.due_on.year)]
    lines: list[PlanLine] = []
    for year, rows in by_year:
        lines.extend(_instalment(row) for row in rows)
        if len(by_year) > 1:
            lines.append(_sum_of(LineKind.YEAR, year, rows, rows[-1].balance))
    lines.append(_sum_of(LineKind.TOTAL, 0, plan.instalments, None))
    return tuple(lines)


def _sum_of(kind: LineKind, number: int, rows: Sequence[Instalment], balance: Money | None) -> PlanLine:
    currency = rows[0].balance.currency
    principal = sum(row.principal.minor for row in rows)
    interest = sum(row.interest.minor for row in rows)
    fees = sum(row.fees.minor for row in rows)
    return PlanLine(
        kind,
        number,
        None,
        Money(principal, currency),
        Money(interest, currency),
        Money(fees, currency),
        Money(principal + interest + fees, currency),
        balance,
    )


def _instalment(row: Instalment) -> PlanLine:
    return PlanLine(
        LineKind.INSTALMENT,
        row.number,
        row.due_on,
        row.principal,
        row.interest,
        row.fees,
        row.due,
        row.balance,
    )
