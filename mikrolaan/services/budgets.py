"""What an officer can do with the budget of a case: read it, save it, and hold an instalment against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID, uuid4

from mikrolaan.domain.audit import Act
from mikrolaan.domain.budget import Budget
from mikrolaan.domain.errors import ConflictError, InvalidValue, Problem
from mikrolaan.domain.loan import Step
from mikrolaan.domain.money import Currency, Money, Rounding, rounded
from mikrolaan.domain.office import Role
from mikrolaan.domain.plan import Plan
from mikrolaan.domain.terms import PeriodUnit
from mikrolaan.services.calculation import regular_instalment
from mikrolaan.services.desk import Desk
from mikrolaan.services.queries import LoanFilter, Order, Slice

MOST_LOANS = 1000  # of one borrower
PERIODS_A_YEAR = {PeriodUnit.MONTHS: 12, PeriodUnit.WEEKS: 52, PeriodUnit.DAYS: 365}


@dataclass(frozen=True, slots=True)
class CaseInstalment:
    """What the newest open loan or application of a case asks for in a month."""

    loan_number: int
    monthly: Money
    last: Money  # the instalment that settles the loan
    other_loans: tuple[int, ...] = ()  # numbers of further loans being repaid, whose instalments are not counted here

    @property
    def ends_larger(self) -> bool:
        """Whether the last instalment is far larger than a month's, as where the principal comes at the end."""
        return self.last.minor > 2 * self.monthly.minor


class BudgetService:
    """Budgets of borrowers: one for each case, saved as often as it changes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def may_change(self) -> bool:
        """Whether the officer may save budgets; an auditor only reads them."""
        return bool(self._desk.officer.roles & {Role.ADVISER, Role.APPROVER, Role.ADMINISTRATOR})

    def of(self, borrower_id: UUID) -> Budget | None:
        """The budget of that case; None where nobody has drawn one up."""
        with self._desk.reading() as unit:
            return unit.budgets.of(borrower_id)

    def begin(self, borrower_id: UUID, currency: Currency) -> Budget:
        """A budget without lines, of today; nothing is kept before `save`."""
        return Budget(uuid4(), borrower_id, currency, self._desk.today())

    def save(self, budget: Budget) -> Budget:
        """Keep a new budget, or the change of one loaded before; ConflictError when it changed meanwhile.

        InvalidValue when it is dated after today.
        """
        self._desk.require(Role.ADVISER, Role.APPROVER)
        today: date = self._desk.today()
        if budget.drawn_up_on > today:
            raise InvalidValue("drawn_up_on", Problem.TOO_LATE, today)
        with self._desk.open_unit(Act.BUDGET_SAVED) as unit:
            kept = unit.budgets.of(budget.borrower_id)
            if (kept.id if kept is not None else None) != (budget.id if budget.version else None):
                raise ConflictError(f"budget of {budget.borrower_id}: another one was drawn up meanwhile")
            if kept is None:
                unit.budgets.add(budget)
            else:
                unit.budgets.save(budget)
            unit.commit()
        saved = self.of(budget.borrower_id)
        assert saved is not None  # it was committed just now
        return saved

    def instalment_of(self, borrower_id: UUID) -> CaseInstalment | None:
        """A month's instalment of the newest loan or application that is not closed; None where there is none."""
        rows = self._desk.queries.loans(
            LoanFilter(borrower_id=borrower_id), Order("number", True), Slice(0, MOST_LOANS)
        )
        still_open = [row for row in rows if row.step is not Step.CLOSED]
        if not still_open:
            return None
        newest, *others = still_open
        with self._desk.reading() as unit:
            plan = unit.loans.get(newest.id).plan()
        return CaseInstalment(
            newest.number,
            monthly_instalment(plan),
            plan.instalments[-1].due,
            tuple(row.number for row in others if row.step is Step.REPAYING),
        )


def monthly_instalment(plan: Plan) -> Money:
    """What the regular instalment of a plan comes to in a month; the regular one is the calculator's.

    Every N months: instalment / N; every N weeks: × 52 / 12 / N; every N days: × 365 / 12 / N. Rounded half up to the øre.
    """
    terms = plan.terms
    regular = regular_instalment(plan).due
    exact = Fraction(regular.minor * PERIODS_A_YEAR[terms.unit], 12 * terms.every)
    return Money(rounded(exact, Rounding.HALF_UP), regular.currency)
