"""The statement: a loan on a date, computed by replaying its journal against its plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from mikrolaan.domain.loan import Loan, Outcome
from mikrolaan.domain.money import Money, total
from mikrolaan.domain.plan import Instalment


class Status(Enum):
    """How a loan stands, in one word."""

    APPLIED = "applied"  # waiting for the group's view or the decision
    APPROVED = "approved"  # decided, not yet paid out
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CURRENT = "current"  # paid out, nothing overdue
    OVERDUE = "overdue"  # something due is unpaid
    REPAID = "repaid"


@dataclass(frozen=True, slots=True)
class Settled:
    """One instalment with what has been paid of it."""

    instalment: Instalment
    paid_principal: Money
    paid_interest: Money
    paid_fees: Money
    paid_on: date | None  # the day the last of it was paid; None while something is left

    @property
    def paid(self) -> Money:
        """All that has been paid of it."""
        return self.paid_principal + self.paid_interest + self.paid_fees

    @property
    def unpaid(self) -> Money:
        """What is left to pay of it."""
        return self.instalment.due - self.paid


@dataclass(frozen=True, slots=True)
class Share:
    """The part of one payment that went to one instalment."""

    instalment_number: int
    fees: Money
    interest: Money
    principal: Money

    @property
    def amount(self) -> Money:
        """All of the share."""
        return self.fees + self.interest + self.principal


@dataclass(frozen=True, slots=True)
class Allocation:
    """Where one payment went; shares and `to_credit` add up to the payment."""

    payment_id: UUID
    shares: tuple[Share, ...]
    to_credit: Money


@dataclass(frozen=True, slots=True)
class Statement:
    """The loan as it stands at the end of `as_of`."""

    as_of: date
    status: Status
    rows: tuple[Settled, ...]
    allocations: tuple[Allocation, ...]
    outstanding_principal: Money
    due_unpaid: Money
    days_past_due: int
    credit: Money  # paid ahead of what is due
    paid_total: Money

    @property
    def next_due(self) -> Settled | None:
        """The earliest instalment with something left to pay; None when all is paid."""
        return next((row for row in self.rows if row.unpaid), None)

    @property
    def left_to_pay(self) -> Money:
        """All that remains by the plan, less what is paid ahead."""
        unpaid = total([row.unpaid for row in self.rows], self.outstanding_principal.currency)
        return unpaid - self.credit


def statement(loan: Loan, as_of: date) -> Statement:
    """Compute the loan on a date from terms and journal alone.

    Interest is by plan: as the contract prints it, whatever the day of payment. A payment settles
    the earliest due instalment first (finansavtaleloven § 2-9(3)), within it fees, then interest,
    then principal; after what is due, the next instalment if its period has begun; what is beyond
    stays as credit and settles each later instalment when its period begins.
    """
    currency = loan.terms.currency
    nothing = Money.zero(currency)
    payouts = [payout for payout in loan.journal.payouts if payout.on <= as_of]
    if not payouts:
        return Statement(as_of, _status_before_payout(loan), (), (), nothing, nothing, 0, nothing, nothing)
    plan = loan.plan()
    replay = _Replay(plan.instalments, plan.terms.disbursed_on)
    payments = [payment for payment in loan.journal.payments if payment.on <= as_of]
    for payment in payments:
        replay.take(payment.id, payment.on, payment.amount.minor)
    replay.spend_credit(as_of)
    replay.settle_all_when_covered()
    rows = replay.rows(nothing)
    due_rows = [row for row in rows if row.instalment.due_on <= as_of and row.unpaid]
    overdue = [row for row in due_rows if row.instalment.due_on < as_of]
    repaid = all(not row.unpaid for row in rows)
    if repaid:
        status = Status.REPAID
    else:
        status = Status.OVERDUE if overdue else Status.CURRENT
    principal_paid = total([row.paid_principal for row in rows], currency)
    return Statement(
        as_of=as_of,
        status=status,
        rows=rows,
        allocations=replay.allocations(nothing),
        outstanding_principal=plan.principal - principal_paid,
        due_unpaid=total([row.unpaid for row in due_rows], currency),
        days_past_due=(as_of - overdue[0].instalment.due_on).days if overdue else 0,
        credit=Money(replay.credit, currency),
        paid_total=total([payment.amount for payment in payments], currency),
    )


def _status_before_payout(loan: Loan) -> Status:
    if loan.withdrawal is not None:
        return Status.WITHDRAWN
    if loan.decision is None:
        return Status.APPLIED
    return Status.APPROVED if loan.decision.outcome is Outcome.APPROVED else Status.REFUSED


class _Replay:
    """Payments poured over the plan in order; amounts are in the smallest unit of one currency."""

    def __init__(self, instalments: tuple[Instalment, ...], begins_on: date) -> None:
        self._instalments = instalments
        self._begins = [begins_on, *(row.due_on for row in instalments[:-1])]
        self._left = [[row.fees.minor, row.interest.minor, row.principal.minor] for row in instalments]
        self._paid_on: list[date | None] = [None] * len(instalments)
        self._first_open = 0
        self._shares: dict[UUID, dict[int, list[int]]] = {}
        self._credits: list[tuple[UUID, date, int]] = []

    @property
    def credit(self) -> int:
        """What has been paid and not yet used."""
        return sum(amount for _, _, amount in self._credits)

    def take(self, payment_id: UUID, on: date, amount: int) -> None:
        self._shares[payment_id] = {}
        self._credits.append((payment_id, on, amount))
        self.spend_credit(on)

    def spend_credit(self, until: date) -> None:
        """Use what is kept on every instalment whose period has begun by then."""
        while self._credits and self._first_open < len(self._instalments):
            index = self._first_open
            if self._begins[index] > until:
                return
            payment_id, on, amount = self._credits[0]
            used = self._settle(index, payment_id, amount)
            rest = [(payment_id, on, amount - used)] if used < amount else []
            self._credits = [*rest, *self._credits[1:]]
            if not any(self._left[index]):
                self._paid_on[index] = max(self._begins[index], on)
                self._first_open += 1

    def settle_all_when_covered(self) -> None:
        """When what is kept covers all that is left, the loan is repaid and nothing waits for its period."""
        if self.credit >= sum(sum(left) for left in self._left):
            self._begins = [date.min] * len(self._instalments)
            self.spend_credit(date.max)

    def _settle(self, index: int, payment_id: UUID, amount: int) -> int:
        share = self._shares[payment_id].setdefault(index, [0, 0, 0])
        used = 0
        for part, left in enumerate(self._left[index]):
            taken = min(left, amount - used)
            self._left[index][part] -= taken
            share[part] += taken
            used += taken
        return used

    def rows(self, nothing: Money) -> tuple[Settled, ...]:
        currency = nothing.currency
        return tuple(
            Settled(
                instalment=row,
                paid_principal=row.principal - Money(left[2], currency),
                paid_interest=row.interest - Money(left[1], currency),
                paid_fees=row.fees - Money(left[0], currency),
                paid_on=paid_on,
            )
            for row, left, paid_on in zip(self._instalments, self._left, self._paid_on, strict=True)
        )

    def allocations(self, nothing: Money) -> tuple[Allocation, ...]:
        currency = nothing.currency
        kept: dict[UUID, int] = {}
        for payment_id, _, amount in self._credits:
            kept[payment_id] = kept.get(payment_id, 0) + amount
        return tuple(
            Allocation(
                payment_id,
                tuple(
                    Share(
                        self._instalments[index].number,
                        Money(fees, currency),
                        Money(interest, currency),
                        Money(principal, currency),
                    )
                    for index, (fees, interest, principal) in shares.items()
                    if fees or interest or principal
                ),
                Money(kept.get(payment_id, 0), currency),
            )
            for payment_id, shares in self._shares.items()
        )
