"""The payoff: what closes a loan on a day, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mikrolaan.domain.late_interest import MissingRate
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.money import Money


@dataclass(frozen=True, slots=True)
class Payoff:
    """What is to be paid so that nothing more is owed; `amount` is less what was paid beyond the plan."""

    on: date
    principal: Money
    interest: Money  # due, and run since the last due date
    late_interest: Money
    fees: Money
    credit: Money
    missing_rates: tuple[MissingRate, ...]  # days for which late interest could not be computed

    @property
    def amount(self) -> Money:
        """The payoff amount, as the statement tells it."""
        asked = self.principal + self.interest + self.late_interest + self.fees - self.credit
        return max(asked, Money.zero(asked.currency))


def payoff(loan: Loan, on: date) -> Payoff:
    """The payoff at the end of a day, if nothing else happens before."""
    run = loan.replayed(on, keep=False)
    fees, late, interest, principal = (Money(part, loan.terms.currency) for part in run.payoff_parts)
    credit = Money(run.settling.credit, loan.terms.currency)
    return Payoff(on, principal, interest, late, fees, credit, run.missing_rates)
