"""Budgets in the office file: one row for each case, and one row for each line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select

from mikrolaan.domain.budget import Budget, BudgetLine, Part, Per
from mikrolaan.domain.money import Currency, Money
from mikrolaan.storage.records import Values, Work
from mikrolaan.storage.tables import budget_lines, budgets

KIND = "budget"
TOLD = ("part", "name", "amount_minor", "per", "remaining_minor")


class SqlBudgets:
    """Keeps budgets."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, record_id: UUID) -> Budget:
        return row_to_budget(self._work.row(budgets, record_id, KIND), self._lines(record_id))

    def of(self, borrower_id: UUID) -> Budget | None:
        row = self._work.connection.execute(select(budgets).where(budgets.c.borrower_id == borrower_id)).first()
        return None if row is None else row_to_budget(row, self._lines(row.id))

    def add(self, aggregate: Budget) -> None:
        lines = lines_to_rows(aggregate)
        self._work.add(budgets, {**budget_to_row(aggregate), "version": 1}, KIND, told={"lines": told_lines(lines)})
        self._keep(aggregate.id, lines)

    def save(self, aggregate: Budget) -> None:
        before = [row._asdict() for row in self._lines(aggregate.id)]
        after = lines_to_rows(aggregate)
        self._work.save(
            budgets,
            budget_to_row(aggregate),
            KIND,
            told_before={"lines": told_lines(before)},
            told_after={"lines": told_lines(after)},
        )
        self._keep(aggregate.id, after)

    def _lines(self, budget_id: UUID) -> Sequence[Row[Any]]:
        of_budget = select(budget_lines).where(budget_lines.c.budget_id == budget_id).order_by(budget_lines.c.position)
        return self._work.connection.execute(of_budget).all()

    def _keep(self, budget_id: UUID, lines: Sequence[Values]) -> None:
        self._work.connection.execute(delete(budget_lines).where(budget_lines.c.budget_id == budget_id))
        if lines:
            self._work.connection.execute(insert(budget_lines), lines)


def told_lines(lines: Sequence[Values]) -> list[Values]:
    """What the audit trail tells of the lines; what remains only where it is known."""
    return [{name: line[name] for name in TOLD if line[name] is not None} for line in lines]


def budget_to_row(budget: Budget) -> Values:
    """The columns of a budget; its lines are rows of their own."""
    return {
        "id": budget.id,
        "borrower_id": budget.borrower_id,
        "currency": budget.currency.value,
        "drawn_up_on": budget.drawn_up_on,
        "notes": budget.notes,
        "version": budget.version,
    }


def lines_to_rows(budget: Budget) -> list[Values]:
    """One row per line, in the budget's own order."""
    return [
        {
            "budget_id": budget.id,
            "position": position,
            "part": line.part.value,
            "name": line.name,
            "amount_minor": line.amount.minor,
            "per": line.per.value,
            "remaining_minor": None if line.remaining is None else line.remaining.minor,
        }
        for position, line in enumerate(budget.lines)
    ]


def row_to_budget(row: Row[Any], lines: Sequence[Row[Any]]) -> Budget:
    """A budget from its row and its lines' rows in order."""
    currency = Currency(row.currency)
    return Budget(
        id=row.id,
        borrower_id=row.borrower_id,
        currency=currency,
        drawn_up_on=row.drawn_up_on,
        lines=tuple(
            BudgetLine(
                Part(line.part),
                line.name,
                Money(line.amount_minor, currency),
                Per(line.per),
                None if line.remaining_minor is None else Money(line.remaining_minor, currency),
            )
            for line in lines
        ),
        notes=row.notes,
        version=row.version,
    )
