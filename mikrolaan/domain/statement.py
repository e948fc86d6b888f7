"""The statement: a loan on a date, computed by replaying its journal against its plan."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID
from weakref import WeakKeyDictionary

from mikrolaan.domain.journal import NewPlan, Payment, WriteOff
from mikrolaan.domain.late_interest import MissingRate
from mikrolaan.domain.loan import Loan, Outcome
from mikrolaan.domain.money import Currency, Money, total
from mikrolaan.domain.plan import Instalment
from mikrolaan.domain.replay import Replay
from mikrolaan.domain.running_plan import FEES, INTEREST, LATE, PRINCIPAL, Line
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
class Settled:
    """One instalment as it stands, with what has been paid of it.

    Principal repaid early stands with the instalment in whose period it came, a fee beyond the plan with the first
    instalment that falls due with it or later; what was let go is no longer asked for.
    """

    instalment: Instalment
    paid_principal: Money
    paid_interest: Money
    paid_fees: Money
    paid_on: date | None  # the day the last of it was paid; None while something is left
    paid_late_interest: Money
    begins_on: date  # of its period
    capitalised: Money  # interest that will join the principal on its due date, after `as_of`

    @property
    def paid(self) -> Money:
        """All that has been paid of it, late interest left out."""
        paid = self.paid_principal.minor + self.paid_interest.minor + self.paid_fees.minor
        return Money(paid, self.paid_principal.currency)

    @property
    def unpaid(self) -> Money:
        """What is left to pay of it, late interest left out."""
        return self.instalment.due - self.paid


@dataclass(frozen=True, slots=True)
class Share:
    """The part of one payment that went to one instalment."""

    instalment_number: int
    fees: Money
    interest: Money
    principal: Money
    late_interest: Money

    @property
    def amount(self) -> Money:
        """All of the share."""
        return self.fees + self.interest + self.principal + self.late_interest


@dataclass(frozen=True, slots=True)
class Allocation:
    """Where one payment went; shares and `to_credit` add up to the payment."""

    payment_id: UUID
    shares: tuple[Share, ...]
    to_credit: Money  # what was not needed, refunded since or not
    early: Money  # of the principal, what nobody had asked for yet


@dataclass(frozen=True, slots=True)
class Effect:
    """What one entry moved: paid out, asked for, settled, let go, written off or given back, by part."""

    entry_id: UUID
    fees: Money
    late_interest: Money
    interest: Money
    principal: Money
    credit: Money


@dataclass(frozen=True, slots=True)
class Statement:
    """The loan as it stands at the end of `as_of`."""

    as_of: date
    status: Status
    rows: tuple[Settled, ...]
    allocations: tuple[Allocation, ...]  # of payments, in the order in which they count
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
    effects: tuple[Effect, ...]  # of every entry that counts until then, in the order in which they count

    @property
    def next_due(self) -> Settled | None:
        """The earliest instalment with something left to pay; None when all is paid."""
        return next((row for row in self.rows if row.unpaid), None)

    @property
    def left_to_pay(self) -> Money:
        """All that remains by the plan, with late interest, less what is paid beyond it."""
        unpaid = total([row.unpaid for row in self.rows], self.outstanding_principal.currency)
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
    amounts = _Amounts(currency)
    rows, shares = _rows(run, amounts, _jumps(loan, run)), _shares(run, amounts)
    since = run.overdue_since
    if run.is_written_off:
        status = Status.WRITTEN_OFF
    elif run.is_repaid:
        status = Status.REPAID
    else:
        status = Status.CURRENT if since is None else Status.OVERDUE
    return Statement(
        as_of=as_of,
        status=status,
        rows=rows,
        allocations=shares,
        outstanding_principal=Money(run.outstanding, currency),
        due_unpaid=Money(run.due_unpaid, currency),
        days_past_due=0 if since is None else (as_of - since).days,
        credit=Money(run.settling.credit, currency),
        paid_total=Money(run.paid_in, currency),
        accrued_interest=Money(run.accrued, currency),
        late_interest=Money(run.late_interest, currency),
        payoff_amount=Money(max(0, run.payoff - run.settling.credit), currency),
        written_off=Money(run.written_off, currency),
        recovered=Money(run.recovered, currency),
        is_restructured=run.is_restructured,
        missing_rates=run.missing_rates,
        effects=_effects(loan, run, amounts),
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
        rows=(),
        allocations=(),
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
        effects=(),
    )


def _claim_lines(run: Replay) -> list[tuple[Claim, Line]]:
    """Each claim beyond the plan with the line that shows it."""
    lines = run.lines
    days = [line.due_on for line in lines]
    return [(claim, lines[min(bisect_left(days, claim.due_on), len(lines) - 1)]) for claim in run.settling.claims]


def _jumps(loan: Loan, run: Replay) -> list[tuple[date, int]]:
    """The days on which the principal owed changed by itself: written off, or joined by what a new plan took in."""
    jumps: list[tuple[date, int]] = []
    for entry in loan.journal.standing:
        if entry.on <= run.day and isinstance(entry, WriteOff | NewPlan) and entry.id in run.effects:
            amount = run.effects[entry.id][PRINCIPAL]
            jumps.append((entry.on, -amount if isinstance(entry, WriteOff) else amount))
    return jumps


class _Amounts(dict[int, Money]):
    """The amounts of one statement by their minor units, each made once: most come again, and none more than zero."""

    def __init__(self, currency: Currency) -> None:
        super().__init__()
        self._currency = currency

    def __missing__(self, minor: int) -> Money:
        made = self[minor] = Money(minor, self._currency)
        return made


def _rows(run: Replay, amounts: _Amounts, jumps: list[tuple[date, int]]) -> tuple[Settled, ...]:
    lines = run.lines
    late = {id(line): amount for line, amount in run.settling.late_owed()}
    beyond: dict[int, list[Claim]] = {}
    for claim, line in _claim_lines(run) if run.settling.claims else ():
        beyond.setdefault(id(line), []).append(claim)
    balance = sum(line.due[PRINCIPAL] - line.capitalised - line.paid_in for line in lines)
    balance -= sum(amount for _, amount in jumps)
    rows: list[Settled] = []
    for line in lines:
        due, paid, paid_on = line.due, line.paid, line.paid_on
        if id(line) in beyond:
            due, paid, paid_on = _with_claims(line, beyond[id(line)])
        left = due[FEES] + due[INTEREST] + due[PRINCIPAL] - paid[FEES] - paid[INTEREST] - paid[PRINCIPAL]
        balance += line.paid_in + line.capitalised - due[PRINCIPAL]
        while jumps and (jumps[0][0] <= line.due_on or line is lines[-1]):
            balance += jumps.pop(0)[1]
        principal, interest, fees = amounts[due[PRINCIPAL]], amounts[due[INTEREST]], amounts[due[FEES]]
        instalment = Instalment(line.number, line.due_on, principal, interest, fees, amounts[balance])
        rows.append(
            Settled(
                instalment,
                amounts[paid[PRINCIPAL]],
                amounts[paid[INTEREST]],
                amounts[paid[FEES]],
                None if left or id(line) in late else paid_on,
                amounts[paid[LATE]],
                line.begins_on,
                amounts[line.capitalised if line.due_on > run.day else 0],
            )
        )
    return tuple(rows)


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


def _shares(run: Replay, amounts: _Amounts) -> tuple[Allocation, ...]:
    numbers = {id(claim): line.number for claim, line in _claim_lines(run)} if run.settling.claims else {}
    kept = {lot.payment_id: lot.left + lot.refunded for lot in run.settling.lots}
    allocations: list[Allocation] = []
    for payment_id, taken in run.settling.taken.items():
        parts: dict[int, list[int]] = {}
        for one, place, amount in taken:
            number = one.number if isinstance(one, Line) else numbers[id(one)]
            part = parts.get(number)
            if part is None:
                part = parts[number] = [0, 0, 0, 0]
            part[place] += amount
        shares = tuple(
            [
                Share(
                    number, amounts[part[FEES]], amounts[part[INTEREST]], amounts[part[PRINCIPAL]], amounts[part[LATE]]
                )
                for number, part in (parts.items() if len(parts) == 1 else sorted(parts.items()))
            ]
        )
        credit = kept.get(payment_id, 0) if kept else 0
        early = run.early.get(payment_id, 0) if run.early else 0
        allocations.append(Allocation(payment_id, shares, amounts[credit], amounts[early]))
    return tuple(allocations)


def _effects(loan: Loan, run: Replay, amounts: _Amounts) -> tuple[Effect, ...]:
    kept = {lot.payment_id: lot.left + lot.refunded for lot in run.settling.lots}
    effects: list[Effect] = []
    for entry in loan.journal.standing:
        if entry.on > run.day:
            break
        if isinstance(entry, Payment):
            parts = [0, 0, 0, 0, kept.get(entry.id, 0) if kept else 0]
            for _, place, amount in run.settling.taken[entry.id]:
                parts[place] += amount
        else:
            parts = run.effects[entry.id]
        effects.append(Effect(entry.id, *[amounts[part] for part in parts]))
    return tuple(effects)
