"""The statement: a loan on a date, computed by replaying its journal against its plan."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import partial
from weakref import WeakKeyDictionary

from mikrolaan.domain.journal import NewPlan, Payment, WriteOff
from mikrolaan.domain.late_interest import MissingRate
from mikrolaan.domain.loan import Loan, Outcome
from mikrolaan.domain.money import Money
from mikrolaan.domain.particulars import (
    Allocation,
    AllocationMinor,
    Effect,
    EffectMinor,
    Entries,
    Lines,
    Particulars,
    Settled,
    SettledMinor,
)
from mikrolaan.domain.printed_plan import PRINCIPAL, Line
from mikrolaan.domain.replay import Replay
from mikrolaan.domain.settling import Claim


class Status(Enum):
    """How a loan stands, in one word."""

    APPLIED = "applied"  # waiting for the group's view or the decision
    APPROVED = "approved"  # decided, not yet paid out
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CURRENT = "current"  # paid out, nothing overdue
    OVERDUE = "overdue"  # something due is unpaid
    REPAID = "repaid"
    WRITTEN_OFF = "written-off"  # all that was outstanding has been written off


@dataclass(frozen=True, slots=True)
class Statement:
    """The loan as it stands at the end of `as_of`."""

    as_of: date
    status: Status
    particulars: Particulars  # instalments, payments and entries one by one
    outstanding_principal: Money
    due_unpaid: Money  # principal, interest and fees; late interest stands by itself
    days_past_due: int
    credit: Money  # paid beyond what is owed
    paid_total: Money
    accrued_interest: Money  # run since the last due date and not yet due
    late_interest: Money  # owed on what is overdue
    payoff_amount: Money  # what closes the loan today
    written_off: Money
    recovered: Money  # of what was written off
    is_restructured: bool  # a new plan took the place of the contract's; a moved due day alone does not count
    missing_rates: tuple[MissingRate, ...]  # days for which late interest could not be computed

    @property
    def rows(self) -> tuple[Settled, ...]:
        """Every instalment as it stands; none before the payout."""
        return self.particulars.rows

    @property
    def allocations(self) -> tuple[Allocation, ...]:
        """Where each payment went, in the order in which they count."""
        return self.particulars.allocations

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What every entry that counts until then moved, in the order in which they count."""
        return self.particulars.effects

    @property
    def next_due(self) -> Settled | None:
        """The earliest instalment with something left that the borrower's credit does not pay; None when there is none."""
        credit = self.credit.minor
        for line in self.particulars.lines:
            if line.left > credit:
                return self.particulars.settled(line)
            credit -= line.left
        return None

    @property
    def proposed(self) -> Money | None:
        """What the borrower most likely pays: all that is due, else the next instalment; None when nothing is left.

        Never more than closes the loan: the last instalment paid ahead asks for interest to the day only.
        """
        due, following = self.due_unpaid + self.late_interest, self.next_due
        if due:
            return due
        return min(following.unpaid, self.payoff_amount) if following is not None else None

    @property
    def left_to_pay(self) -> Money:
        """All that remains by the plan, with late interest, less what is paid beyond it."""
        unpaid = Money(sum(line.left for line in self.particulars.lines), self.outstanding_principal.currency)
        return unpaid + self.late_interest - self.credit


def statement(loan: Loan, as_of: date) -> Statement:
    """Compute the loan on a date from terms, rules and journal alone.

    A payment settles the earliest due instalment first (finansavtaleloven § 2-9(3)), within it the parts in the
    order of the rules; after what is due, the next instalment if its period has begun; what is beyond repays
    principal early by the rule of the product or the payment. `replay` says what the rules leave open.
    """
    paid_out_on = loan.paid_out_on
    if paid_out_on is None or paid_out_on > as_of:
        return _before_payout(loan, as_of)
    run = loan.replayed(as_of)
    known = _MADE.get(run)
    if known is None:
        known = _MADE[run] = _statement_of(loan, run)
    return known


_MADE: WeakKeyDictionary[Replay, Statement] = WeakKeyDictionary()  # each replay is told once, however often it is asked


def _statement_of(loan: Loan, run: Replay) -> Statement:
    currency, as_of = loan.terms.currency, run.until
    since, credit = run.overdue_since, run.settling.credit
    fees, late_interest, interest, outstanding = run.payoff_parts
    if run.is_written_off:
        status = Status.WRITTEN_OFF
    elif run.is_repaid:
        status = Status.REPAID
    else:
        status = Status.CURRENT if since is None else Status.OVERDUE
    return Statement(
        as_of=as_of,
        status=status,
        particulars=Particulars(currency, _lines_of(loan, run), _entries_of(loan, run)),
        outstanding_principal=Money(outstanding, currency),
        due_unpaid=Money(run.due_unpaid, currency),
        days_past_due=0 if since is None else (as_of - since).days,
        credit=Money(credit, currency),
        paid_total=Money(run.paid_in, currency),
        accrued_interest=Money(run.accrued, currency),
        late_interest=Money(late_interest, currency),
        payoff_amount=Money(max(0, fees + late_interest + interest + outstanding - credit), currency),
        written_off=Money(run.written_off, currency),
        recovered=Money(run.recovered, currency),
        is_restructured=run.is_restructured,
        missing_rates=run.missing_rates,
    )


def _before_payout(loan: Loan, as_of: date) -> Statement:
    none = Money.zero(loan.terms.currency)
    if loan.withdrawal is not None:
        status = Status.WITHDRAWN
    elif loan.decision is None:
        status = Status.APPLIED
    else:
        status = Status.APPROVED if loan.decision.outcome is Outcome.APPROVED else Status.REFUSED
    return Statement(
        as_of=as_of,
        status=status,
        particulars=Particulars(loan.terms.currency),
        outstanding_principal=none,
        due_unpaid=none,
        days_past_due=0,
        credit=none,
        paid_total=none,
        accrued_interest=none,
        late_interest=none,
        payoff_amount=none,
        written_off=none,
        recovered=none,
        is_restructured=False,
        missing_rates=(),
    )


def _claim_lines(run: Replay) -> list[tuple[Claim, Line]]:
    """Each claim beyond the plan with the line that shows it: the first that falls due then or later.

    A line of an old plan that was paid in part may fall due with the first of the new plan, or after it: then the new one.
    """
    lines = sorted(run.lines, key=lambda line: (line.due_on, -line.number)) if run.plan.before else run.lines
    days = [line.due_on for line in lines]
    last = run.lines[-1]
    shown = [bisect_left(days, claim.due_on) for claim in run.settling.claims]
    return [
        (claim, lines[place] if place < len(lines) else last)
        for claim, place in zip(run.settling.claims, shown, strict=True)
    ]


def _jumps(loan: Loan, run: Replay) -> list[tuple[date, int]]:
    """The days on which the principal owed changed by itself: written off, or joined by what a new plan took in."""
    jumps: list[tuple[date, int]] = []
    for entry in loan.journal.standing:
        if entry.on <= run.day and isinstance(entry, WriteOff | NewPlan) and entry.id in run.effects:
            amount = run.effects[entry.id][PRINCIPAL]
            jumps.append((entry.on, -amount if isinstance(entry, WriteOff) else amount))
    return jumps


def lines_of(loan: Loan, run: Replay) -> Lines:
    """Every instalment of a replayed loan, with the fees beyond the plan that are shown with it."""
    return _lines_of(loan, run)()


def _lines_of(loan: Loan, run: Replay) -> Callable[[], Lines]:
    """Gathers the instalments; of the replay it holds what that needs, as `_entries_of` does."""
    late = {id(line) for line, _ in run.settling.late_owed()}
    beyond: dict[int, list[Claim]] = {}
    for claim, line in _claim_lines(run) if run.settling.claims else ():
        beyond.setdefault(id(line), []).append(claim)
    return partial(_settled_lines, run.lines, _jumps(loan, run), run.day, late, beyond)


def _settled_lines(
    lines: list[Line], jumps: list[tuple[date, int]], today: date, late: set[int], beyond: dict[int, list[Claim]]
) -> Lines:
    jumps = [*jumps]
    balance = sum([line.due[PRINCIPAL] - line.capitalised - line.paid_in for line in lines])
    balance -= sum([amount for _, amount in jumps])
    found: list[SettledMinor] = []
    for line in lines:
        due, paid, paid_on, due_on = line.due, line.paid, line.paid_on, line.due_on
        if beyond and id(line) in beyond:
            due, paid, paid_on = _with_claims(line, beyond[id(line)])
        fees, _, interest, principal = due
        paid_fees, paid_late, paid_interest, paid_principal = paid
        left = fees + interest + principal - paid_fees - paid_interest - paid_principal
        if paid_on is not None and (left or id(line) in late):
            paid_on = None
        balance += line.paid_in + line.capitalised - principal
        while jumps and (jumps[0][0] <= due_on or line is lines[-1]):
            balance += jumps.pop(0)[1]
        found.append(
            SettledMinor(
                line.number,
                line.begins_on,
                due_on,
                principal,
                interest,
                fees,
                balance,
                paid_principal,
                paid_interest,
                paid_fees,
                paid_late,
                paid_on,
                line.capitalised if due_on > today else 0,
                left,
            )
        )
    return tuple(found)


def _with_claims(line: Line, claims: list[Claim]) -> tuple[list[int], list[int], date | None]:
    """What a line asks for and has been paid, and when, together with the claims that it shows."""
    due, paid = [*line.due], [*line.paid]
    days = [] if line.paid_on is None else [line.paid_on]
    for claim in claims:
        due[claim.part] += claim.amount
        paid[claim.part] += claim.paid
        if claim.paid_on is not None:
            days.append(claim.paid_on)
    return due, paid, max(days, default=None)


def _entries_of(loan: Loan, run: Replay) -> Callable[[], Entries]:
    """Gathers what each entry moved; of the replay it holds what that needs, and never the replay itself.

    A replay keeps the statement that was made of it (`_MADE`), and the two would keep each other for good.
    """
    settling, early, effects, day, standing = run.settling, run.early, run.effects, run.day, loan.journal.standing
    shown_with = {id(claim): line.number for claim, line in _claim_lines(run)} if settling.claims else {}

    def entries() -> Entries:
        kept = {lot.payment_id: lot.left + lot.refunded for lot in settling.lots}
        found: list[AllocationMinor | EffectMinor] = []
        for entry in standing:
            if entry.on > day:
                break
            if isinstance(entry, Payment):
                uses = [
                    (one.number if isinstance(one, Line) else shown_with[id(one)], place, amount)
                    for one, place, amount in settling.taken[entry.id]
                ]
                found.append(AllocationMinor(entry.id, tuple(uses), kept.get(entry.id, 0), early.get(entry.id, 0)))
            else:
                found.append(EffectMinor(entry.id, tuple(effects[entry.id])))
        return tuple(found)

    return entries
