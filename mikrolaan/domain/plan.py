"""The plan: the instalments that the terms give, with dates and exact amounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mikrolaan.domain.money import Money
from mikrolaan.domain.terms import Terms


@dataclass(frozen=True, slots=True)
class Instalment:
    """One row of a plan: what falls due on one date, and what is owed after it."""

    number: int
    due_on: date
    principal: Money
    interest: Money
    fees: Money
    balance: Money  # principal outstanding after the instalment is paid

    @property
    def due(self) -> Money:
        """What the borrower pays: principal + interest + fees."""
        return self.principal + self.interest + self.fees


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole repayment plan of one loan."""

    terms: Terms
    instalments: tuple[Instalment, ...]

    @property
    def principal(self) -> Money:
        """What is to be repaid: the sum of all principal, capitalised interest and added fee included."""
        return sum((row.principal for row in self.instalments), start=Money.zero(self.terms.currency))

    @property
    def interest(self) -> Money:
        """The sum of all interest."""
        return sum((row.interest for row in self.instalments), start=Money.zero(self.terms.currency))

    @property
    def fees(self) -> Money:
        """The sum of the fees that fall due with instalments."""
        return sum((row.fees for row in self.instalments), start=Money.zero(self.terms.currency))

    @property
    def due(self) -> Money:
        """The sum of all that falls due."""
        return sum((row.due for row in self.instalments), start=Money.zero(self.terms.currency))


# make_plan(terms: Terms) -> Plan is written below.
