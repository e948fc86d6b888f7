"""Settling: where money goes among what is asked for, instalment by instalment and part by part."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from typing import TypeAlias
from uuid import UUID

from mikrolaan.domain.late_interest import LATE_OF, LateRates, MissingRate
from mikrolaan.domain.loan_rules import LateInterestBase, LoanRules
from mikrolaan.domain.printed_plan import INTEREST, LATE, PLACE, PRINCIPAL, Line
from mikrolaan.domain.schedule import divided


@dataclass(slots=True, eq=False)
class Claim:
    """Something asked for beyond the plan: a fee, or interest that a new plan did not take in."""

    due_on: date
    part: int
    amount: int
    paid: int = 0
    paid_on: date | None = None

    @property
    def left(self) -> int:
        """What is left to pay of it."""
        return self.amount - self.paid


@dataclass(slots=True, eq=False)
class Lot:
    """The money of one payment that has not been used yet."""

    payment_id: UUID
    left: int
    refunded: int = 0
    taken: list[Taken] = field(default_factory=list)  # what it was used for


_due_on = attrgetter("due_on")
Taken: TypeAlias = tuple[Line | Claim, int, int]  # for what, which part, how much


@dataclass(slots=True)
class Settling:
    """What has been taken for what, and the late interest of what is overdue."""

    rules: LoanRules
    half_even: bool
    claims: list[Claim] = field(default_factory=list)
    lots: list[Lot] = field(default_factory=list)
    taken: dict[UUID, list[Taken]] = field(default_factory=dict)
    missing: tuple[date, date] | None = None
    order: tuple[int, ...] = field(init=False)
    late_lines: list[Line] = field(default_factory=list)  # with any late interest, the earliest due first
    _past: tuple[int, int, int] = (0, 0, 0)  # how many of those first owe nothing more, with their sums

    def __post_init__(self) -> None:
        self.order = tuple([PLACE[part] for part in self.rules.allocation])

    def copy(self, lines: dict[int, Line]) -> Settling:
        """The same, to live on by itself with other lines: the copy of each by the identity of the line.

        What was taken for a line that the plan has lost stays with that line.
        """
        claims = [replace(claim) for claim in self.claims]
        copies: dict[int, Line | Claim] = {**lines}
        copies |= {id(known): claim for known, claim in zip(self.claims, claims, strict=True)}
        taken = {
            payment_id: [(copies.get(id(one), one), place, amount) for one, place, amount in taken]
            for payment_id, taken in self.taken.items()
        }
        return Settling(
            self.rules,
            self.half_even,
            claims,
            [replace(lot, taken=taken[lot.payment_id]) for lot in self.lots],
            taken,
            self.missing,
            [lines.get(id(line), line) for line in self.late_lines],
            self._past,
        )

    @property
    def credit(self) -> int:
        """What has been paid and neither used nor refunded."""
        return sum([lot.left for lot in self.lots]) if self.lots else 0

    def run_late(self, lines: list[Line], rates: LateRates, start: date, end: date) -> None:
        """Let late interest run on what is overdue, from the end of `start` to the end of `end`."""
        overdue = [line for line in lines if line.due_on < end]
        if not overdue:
            return
        with_interest = self.rules.late_interest_base is LateInterestBase.PRINCIPAL_AND_INTEREST
        until_end, are_known = rates.until(end), rates.are_known(start, end)
        for line in overdue:
            due, paid = line.due, line.paid
            base = due[PRINCIPAL] - paid[PRINCIPAL]
            if with_interest:
                base += due[INTEREST] - paid[INTEREST]
            if not base:
                continue
            since = max(start, line.due_on)
            more = base * (until_end - rates.until(since))
            if more and not line.late:
                self.late_lines.append(line)
            elif line in self.late_lines[: self._past[0]]:
                self._past = (0, 0, 0)
            line.late += more
            gap = None if are_known else rates.missing(since, end)
            if gap is not None:
                known = self.missing or gap
                self.missing = (min(known[0], gap[0]), max(known[1], gap[1]))

    def missing_rate(self, country: str) -> tuple[MissingRate, ...]:
        """The days for which a rate was needed and is not in the table."""
        return () if self.missing is None else (MissingRate(country, *self.missing),)

    def late_owed(self) -> list[tuple[Line, int]]:
        """The late interest that each line still owes; rounded once, on the sum up to each line."""
        owed: list[tuple[Line, int]] = []
        past, exact, settled = self._past
        for line in self.late_lines[past:]:
            exact += line.late
            settled += line.paid[LATE] + line.waived[LATE]
            more = divided(exact, LATE_OF, half_even=self.half_even) - settled
            if more > 0:
                settled += more
                owed.append((line, more))
            elif not owed and not line.left:
                past += 1
                self._past = past, exact, settled
        return owed

    def late_left(self) -> int:
        """All late interest that is owed."""
        return sum(owed for _, owed in self.late_owed())

    def pour(self, lot: Lot, lines: list[Line], claims: list[Claim], on: date) -> None:
        """Use a lot on lines and claims, the earliest due first; of one day the claims first, as fees are."""
        owed: dict[int, int] | None = None  # late interest by line, looked up at the first that has any
        waiting = sorted([claim for claim in claims if claim.left], key=_due_on) if claims else []
        for line in lines:
            while waiting and waiting[0].due_on <= line.due_on:
                self._pay_claim(lot, waiting.pop(0), on)
            if not lot.left:
                return
            if not line.late:
                self._pay_line(lot, line, 0, on)
                continue
            if owed is None:
                owed = {id(late): amount for late, amount in self.late_owed()}
            self._pay_line(lot, line, owed.get(id(line), 0), on)
        for claim in waiting:
            self._pay_claim(lot, claim, on)

    def _pay_claim(self, lot: Lot, claim: Claim, on: date) -> None:
        amount = min(lot.left, claim.left)
        if amount:
            claim.paid += amount
            lot.left -= amount
            lot.taken.append((claim, claim.part, amount))
            if not claim.left:
                claim.paid_on = max(on, claim.paid_on or on)

    def _pay_line(self, lot: Lot, line: Line, late: int, on: date) -> None:
        left = lot.left
        due, paid = line.due, line.paid
        for place in self.order:
            asked = late if place == LATE else due[place] - paid[place]
            if not asked:
                continue
            amount = asked if asked < left else left
            paid[place] += amount
            left -= amount
            lot.taken.append((line, place, amount))
            if place == LATE:
                late -= amount
            if not left:
                break
        if left != lot.left:
            lot.left = left
            if not late and not line.left:
                line.paid_on = on

    def add_principal(self, lot: Lot, line: Line, amount: int, on: date) -> None:
        """Early repayment: the line in whose period it came asks for it and is paid it."""
        line.due[PRINCIPAL] += amount
        line.paid[PRINCIPAL] += amount
        lot.left -= amount
        lot.taken.append((line, PRINCIPAL, amount))
        line.paid_on = on

    def waive_late(self, amount: int) -> int:
        """Let go of late interest, the earliest first; how much there was to let go."""
        left = amount
        for line, owed in self.late_owed():
            gone = min(left, owed)
            line.waived[LATE] += gone
            left -= gone
        return amount - left

    def waive(self, lines: list[Line], claims: list[Claim], place: int, amount: int) -> int:
        """Let go of interest or fees, the earliest due first; how much there was to let go."""
        left = amount
        asked: list[tuple[date, int, Line | Claim]] = [(line.due_on, 1, line) for line in lines]
        asked += [(claim.due_on, 0, claim) for claim in claims if claim.part == place]
        for _, _, one in sorted(asked, key=lambda pair: pair[:2]):
            if isinstance(one, Claim):
                gone = min(left, one.left)
                one.amount -= gone
            else:
                gone = min(left, one.due[place] - one.paid[place])
                one.due[place] -= gone
                one.waived[place] += gone
            left -= gone
        return amount - left

    def refund(self, amount: int) -> None:
        """Give credit back, the oldest first."""
        for lot in self.lots:
            gone = min(amount, lot.left)
            lot.left -= gone
            lot.refunded += gone
            amount -= gone
