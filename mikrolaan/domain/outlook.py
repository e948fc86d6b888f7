"""The outlook: what a loan still asks for after a day, in the few figures by which people compare before and after."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from mikrolaan.domain.money import Money, total
from mikrolaan.domain.statement import Statement


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is left of a loan after the day of a statement."""

    outstanding: Money  # principal
    owed_now: Money  # due and unpaid, with late interest
    instalment: Money | None  # the usual one of those left; None when none is
    instalments_left: int  # to come, with principal or interest to pay; a fee alone is none
    last_due_on: date | None
    interest_to_come: Money  # of instalments not yet due, unpaid, and what joins the principal


def outlook(told: Statement) -> Outlook:
    """The outlook on the day of a statement.

    The usual instalment is the amount that most of those left ask for; where all differ, as in a serial loan,
    the first of them.
    """
    currency = told.outstanding_principal.currency
    to_come = [row for row in told.rows if row.unpaid and row.instalment.due_on > told.as_of]
    left = [row for row in to_come if row.unpaid_without_fees]
    usual = Counter(row.instalment.due for row in left).most_common(1)
    interest = [row.instalment.interest - row.paid_interest for row in to_come]
    interest += [row.capitalised for row in told.rows]
    return Outlook(
        outstanding=told.outstanding_principal,
        owed_now=told.due_unpaid + told.late_interest,
        instalment=usual[0][0] if usual else None,
        instalments_left=len(left),
        last_due_on=max((row.instalment.due_on for row in told.rows if row.unpaid), default=None),
        interest_to_come=total(interest, currency),
    )


def interest_saved(before: Statement, after: Statement) -> Money:
    """How much less interest, paid or to come, a loan asks for after an entry than before; negative when more."""
    return _interest(before) - _interest(after)


def _interest(told: Statement) -> Money:
    rows = told.rows
    asked = [row.instalment.interest for row in rows] + [row.capitalised for row in rows]
    return total(asked, told.outstanding_principal.currency)
