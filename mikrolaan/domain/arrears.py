"""Arrears: what of a loan has fallen due and is unpaid on a day, since when, and how old that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from mikrolaan.domain.journal import Fee, NewPlan, Refund
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.loan_rules import InterestRule
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.printed_plan import FEES, INTEREST, PRINCIPAL
from mikrolaan.domain.replay import Replay
from mikrolaan.domain.statement import Statement


class Age(Enum):
    """How old arrears are, by the days since the oldest unpaid due date: first and last day, as lists group them."""

    TO_30 = (1, 30)
    TO_60 = (31, 60)
    TO_90 = (61, 90)
    OVER_90 = (91, None)

    @property
    def least_days(self) -> int:
        """The fewest days past due."""
        least: int = self.value[0]
        return least

    @property
    def most_days(self) -> int | None:
        """The most days past due; None where there is no end."""
        most: int | None = self.value[1]
        return most


def age_of(days: int) -> Age:
    """The age group of so many days past due, one or more."""
    return next(age for age in reversed(Age) if days >= age.least_days)


class Owed(NamedTuple):
    """What stands unpaid once that day has come; minor units of the loan's currency."""

    due_on: date
    left_minor: int  # principal, interest and fees; late interest is computed, not kept
    principal_minor: int  # of it
    interest_minor: int  # of it


@dataclass(frozen=True, slots=True)
class Arrears:
    """What of a loan is overdue on a day: due before it and unpaid."""

    as_of: date
    overdue: Money  # principal, interest and fees, late interest left out
    principal: Money  # of it
    since: date  # the oldest due date with anything unpaid

    @property
    def days(self) -> int:
        """Days past due."""
        return (self.as_of - self.since).days

    @property
    def age(self) -> Age:
        """The age group."""
        return age_of(self.days)


@dataclass(frozen=True, slots=True)
class OverdueLine:
    """What is unpaid of one instalment, or of something asked for beyond the plan, such as the fee of a reminder."""

    number: int | None  # of the instalment; None beyond the plan
    due_on: date
    principal: Money
    interest: Money
    fees: Money

    @property
    def unpaid(self) -> Money:
        """All of it; late interest left out."""
        return self.principal + self.interest + self.fees


def coming_due(loan: Loan, at_the_end: Statement) -> tuple[Owed, ...]:
    """What will be unpaid on each due date, by date, if nothing more happens to the loan after its last entry.

    `at_the_end` is the statement on the day of the last entry. What holds on a later day follows from these alone:
    money that was paid ahead has been used by its due date, and by day the interest is what will have run by then.
    """
    if not loan.journal.payouts:
        return ()
    standing, lines = loan.journal.standing, at_the_end.particulars.lines
    is_simple = (
        loan.rules.interest is InterestRule.BY_PLAN
        and not at_the_end.credit
        and not any(isinstance(entry, Fee | NewPlan | Refund) for entry in standing)
        and sum(payout.amount.minor for payout in loan.journal.payouts) == loan.plan().paid_out.minor
    )
    if is_simple:
        return _owed(
            [
                Owed(line.due_on, line.left, line.principal - line.paid_principal, line.interest - line.paid_interest)
                for line in lines
            ]
        )
    days = [line.due_on for line in lines]
    days += [entry.due_on for entry in standing if isinstance(entry, Fee)]
    run = loan.replayed(max([at_the_end.as_of, *days]) + timedelta(days=1), keep=False)
    parts = [Owed(line.due_on, line.left, line.principal_left, line.interest_left) for line in run.lines]
    parts += [
        Owed(claim.due_on, claim.left, 0, claim.left if claim.part == INTEREST else 0) for claim in run.settling.claims
    ]
    return _owed(parts)


def arrears_on(owed: Iterable[Owed], as_of: date, currency: Currency) -> Arrears | None:
    """The arrears on a day, from what `coming_due` gives; None when nothing is overdue.

    What falls due on the day itself is not overdue yet.
    """
    overdue = [one for one in owed if one.due_on < as_of]
    if not overdue:
        return None
    return Arrears(
        as_of,
        Money(sum(one.left_minor for one in overdue), currency),
        Money(sum(one.principal_minor for one in overdue), currency),
        min(one.due_on for one in overdue),
    )


def overdue_lines(loan: Loan, as_of: date) -> tuple[OverdueLine, ...]:
    """What is overdue on a day, by due date, by replaying the journal until then; none before the payout."""
    paid_out_on = loan.paid_out_on
    if paid_out_on is None or paid_out_on > as_of:
        return ()
    run = Replay(loan.terms, loan.rules, loan.journal, as_of)
    parts: list[tuple[date, int, list[int]]] = [
        (line.due_on, line.number, [line.due[place] - line.paid[place] for place in (PRINCIPAL, INTEREST, FEES)])
        for line in run.lines
    ]
    parts += [
        (claim.due_on, 0, [claim.left * (claim.part == place) for place in (PRINCIPAL, INTEREST, FEES)])
        for claim in run.settling.claims
    ]
    overdue = sorted((part for part in parts if part[0] < as_of and any(part[2])), key=lambda part: part[:2])
    currency = loan.terms.currency
    return tuple(
        OverdueLine(number or None, due_on, *(Money(minor, currency) for minor in amounts))
        for due_on, number, amounts in overdue
    )


def arrears_of(loan: Loan, as_of: date) -> Arrears | None:
    """The arrears of a loan on any day, by replaying its journal until then."""
    owed = [
        Owed(line.due_on, line.unpaid.minor, line.principal.minor, line.interest.minor)
        for line in overdue_lines(loan, as_of)
    ]
    return arrears_on(owed, as_of, loan.terms.currency)


def _owed(parts: Iterable[Owed]) -> tuple[Owed, ...]:
    """By due date what is left then; several instalments may fall due on one day."""
    owed: dict[date, Owed] = {}
    for part in parts:
        if part.left_minor:
            known = owed.get(part.due_on)
            owed[part.due_on] = part if known is None else _added(known, part)
    return tuple([owed[day] for day in sorted(owed)])


def _added(known: Owed, other: Owed) -> Owed:
    return Owed(
        known.due_on,
        known.left_minor + other.left_minor,
        known.principal_minor + other.principal_minor,
        known.interest_minor + other.interest_minor,
    )
