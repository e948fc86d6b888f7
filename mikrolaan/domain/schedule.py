"""The schedule: how principal and interest of a loan spread over its instalments, in exact whole numbers.

Interest of period k is B·r·s_k, where B is the balance (declining) or all that was paid out (flat), r the annual
rate and s_k the share of a year; it is kept as a whole number over one denominator and rounded once per instalment
by the rounding rule of the terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat
from math import gcd, isfinite

from mikrolaan.domain.day_count import interest_dates, share_between, year_shares
from mikrolaan.domain.due_dates import DueDates
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import LARGEST_MINOR, Rounding
from mikrolaan.domain.terms import FeePaid, InterestMethod, PaymentFreeInterest, Repayment, Terms

_AT_THE_END = (Repayment.INTEREST_ONLY, Repayment.BULLET)
_SCALE = 1 << 192  # fixed point of the annuity factor: far finer than any rounding of an amount
_LARGEST_POWER = 20_000  # bits of a power that is still faster to raise than its factors are to multiply one by one
_MOST_TRIALS = 100  # a bound for the search of the regular instalment; two or three are what it takes


@dataclass(slots=True)
class Row:
    """One instalment in minor units; `pays` is False where the terms ask for nothing."""

    principal: int
    interest: int
    balance: int
    pays: bool = True


@dataclass(slots=True)
class Columns:
    """The instalments of a plan column by column, in minor units."""

    principals: list[int]
    interests: list[int]
    balances: list[int]  # after each instalment
    first_paying: int = 0  # the place of the first instalment for which the terms ask for anything

    @classmethod
    def of_rows(cls, rows: Sequence[Row]) -> Columns:
        """The same instalments, given row by row."""
        return cls(
            [row.principal for row in rows],
            [row.interest for row in rows],
            [row.balance for row in rows],
            next((place for place, row in enumerate(rows) if row.pays), len(rows)),
        )


@dataclass(slots=True)
class _Run:
    """What one trial of a regular instalment gives, and how far off the last instalment is."""

    principals: list[int]
    balances: list[int]
    interests: list[int]
    off: int  # last instalment minus the regular one; what was paid too much before counts as negative
    repays_each_time: bool = False  # every instalment, even one unit less, repays something and none too much


@dataclass(slots=True)
class Lending:
    """The loan as numbers: rates per period, payouts per period, and the way interest is rounded."""

    factors: tuple[int, ...]  # rate × share of a year of each period, over `of`
    of: int
    opening: int  # lent at the start, an added fee included
    paid_in: list[int]  # paid out inside each period, after its start
    paid_in_interest: list[int]  # the interest of those, over `of`, up to the end of their period
    flat: bool
    half_even: bool
    in_parts: bool = field(init=False)  # whether anything is paid out after the start
    lent: list[int] = field(init=False)  # all lent at the start of each period

    def __post_init__(self) -> None:
        self.in_parts = self.paid_in.count(0) != len(self.paid_in)
        if not self.in_parts:
            self.lent = [self.opening] * len(self.paid_in)
            return
        so_far, self.lent = self.opening, []
        for amount in self.paid_in:
            self.lent.append(so_far)
            so_far += amount

    def rounded(self, numerator: int) -> int:
        """An amount given over `of`, to the nearest minor unit; ties away from zero or to even."""
        return divided(numerator, self.of, half_even=self.half_even)

    def accrued(self, period: int, balance: int) -> int:
        """The exact interest of a period over `of`, given the balance at its start."""
        base = self.lent[period] if self.flat else balance
        return base * self.factors[period] + self.paid_in_interest[period]


def divided(numerator: int, denominator: int, *, half_even: bool) -> int:
    """The nearest whole number to a fraction that is not negative."""
    quotient, rest = divmod(2 * numerator + denominator, 2 * denominator)
    if half_even and rest == 0 and quotient & 1:
        return quotient - 1
    return quotient


def lending_of(terms: Terms, dates: DueDates) -> Lending:
    """Turn terms into numbers: factors per period and payouts per period."""
    shares = year_shares(terms, dates)
    rate, rate_of = terms.annual_rate_percent.as_integer_ratio()
    paid_in = [0] * terms.instalments
    paid_in_interest = [0] * terms.instalments
    opening = terms.principal.minor
    if terms.tranches:
        opening = 0
        ends = interest_dates(terms, dates)
        period, start = 0, terms.disbursed_on
        for tranche in terms.tranches:
            while dates.due[period] <= tranche.on:
                start = dates.due[period]
                period += 1
            amount = tranche.amount.minor
            if tranche.on == terms.disbursed_on:
                opening += amount
                continue
            paid_in[period] += amount
            whole = tranche.on == start
            share = shares.parts[period] if whole else share_between(terms, tranche.on, ends[period])
            paid_in_interest[period] += amount * rate * share
    if terms.establishment_fee_minor and terms.establishment_fee_paid is FeePaid.ADDED:
        opening += terms.establishment_fee_minor
    parts = shares.parts
    alike = parts.count(parts[0]) == len(parts)
    return Lending(
        factors=(rate * parts[0],) * len(parts) if alike else tuple([rate * part for part in parts]),
        of=shares.of * rate_of * 100,
        opening=opening,
        paid_in=paid_in,
        paid_in_interest=paid_in_interest,
        flat=terms.interest_method is InterestMethod.FLAT,
        half_even=terms.rounding is Rounding.HALF_EVEN,
    )


@dataclass(slots=True)
class Grace:
    """The rows before repayment begins, what is owed then, and the interest not yet asked for (over `of`)."""

    rows: list[Row]
    balance: int
    carried: int


def grace_of(terms: Terms, lending: Lending, repaying_from: int) -> Grace:
    """The payment-free instalments, then those of interest only, up to the one where repayment begins."""
    rows: list[Row] = []
    balance, carried = lending.opening, 0
    free = terms.payment_free_instalments
    pays_until = terms.instalments
    if terms.repayment is Repayment.BULLET:
        pays_until = free + terms.interest_only_instalments
    for period in range(repaying_from):
        interest = lending.accrued(period, balance) + carried
        balance += lending.paid_in[period]
        carried = 0
        pays = free <= period < pays_until
        if pays:
            rows.append(Row(0, lending.rounded(interest), balance))
        elif period < free and terms.payment_free_interest is PaymentFreeInterest.CAPITALISED:
            balance += lending.rounded(interest)
        else:
            carried = interest
        if not pays:
            rows.append(Row(0, 0, balance, pays=False))
        if balance > LARGEST_MINOR:
            raise InvalidValue("annual_rate_percent", Problem.DOES_NOT_REPAY)
    return Grace(rows, balance, carried)


def schedule(terms: Terms, dates: DueDates) -> Columns:
    """The instalments of the plan in minor units, establishment and instalment fees left out.

    Payment-free instalments come first, then those of interest only, then the repaying ones; with tranches the
    regular instalment is found anew from each instalment before which money was paid out.
    """
    lending = lending_of(terms, dates)
    last = terms.instalments - 1
    repaying_from = terms.payment_free_instalments + terms.interest_only_instalments
    if terms.repayment in _AT_THE_END:
        repaying_from = last
    if not repaying_from:
        return repaying(terms, lending, 0, lending.opening)
    grace = grace_of(terms, lending, repaying_from)
    before, rest = Columns.of_rows(grace.rows), repaying(terms, lending, repaying_from, grace.balance, grace.carried)
    return Columns(
        before.principals + rest.principals,
        before.interests + rest.interests,
        before.balances + rest.balances,
        before.first_paying,
    )


def repaying(terms: Terms, lending: Lending, repaying_from: int, balance: int, carried: int = 0) -> Columns:
    """The instalments that repay a balance from that period to the last of the lending.

    `carried` is interest of earlier periods (over the lending's `of`), paid with the first of these instalments.
    """
    columns = _regular(terms, lending, repaying_from, balance)
    if carried:
        columns.interests[0] = lending.rounded(lending.accrued(repaying_from, balance) + carried)
    if lending.in_parts:
        for first in range(repaying_from + 1, len(lending.factors)):
            if lending.paid_in[first]:
                done = first - repaying_from
                anew = _regular(terms, lending, first, columns.balances[done - 1])
                columns.principals[done:] = anew.principals
                columns.interests[done:] = anew.interests
                columns.balances[done:] = anew.balances
    return columns


def _regular(terms: Terms, lending: Lending, first: int, balance: int) -> Columns:
    """The repaying instalments from `first` to the end, as if nothing more were paid out later."""
    count = len(lending.factors) - first
    multiple = terms.instalment_multiple_minor
    if terms.repayment is Repayment.SERIAL:
        owed = balance + lending.paid_in[first]
        share = multiple * max(1, divided(owed, count * multiple, half_even=lending.half_even))
        return _serial(lending, first, count, balance, share)
    if count == 1:
        run = _level(lending, first, 1, balance, 0)
    else:
        run = _Search(lending, first, balance, multiple).closest()
    return Columns(run.principals, run.interests, run.balances)


class _Search:
    """The search for the regular instalment of the periods from `first` on, given the balance at their start."""

    __slots__ = (
        "accrued",
        "alike",
        "balance",
        "count",
        "dearest",
        "first",
        "later",
        "lending",
        "multiple",
        "owed",
    )

    def __init__(self, lending: Lending, first: int, balance: int, multiple: int) -> None:
        self.lending = lending
        self.first = first
        self.balance = balance
        self.multiple = multiple  # of which the regular instalment is one
        self.owed = balance + lending.paid_in[first]
        self.accrued = lending.accrued(first, balance)
        self.later = later = lending.factors[first + 1 :]
        self.alike = later.count(later[0]) == len(later)
        self.dearest = later[0] if self.alike else max(later)
        self.count = len(later) + 1

    def closest(self) -> _Run:
        """What the multiple, at least one, gives that brings the last instalment closest to it.

        Begins at the rounded exact annuity, or where interest exceeds that at what `_where_interest_waits` finds, and
        leaves it only for something strictly closer: secant steps, halved while they bring no gain. One trial or two
        are usual.
        """
        multiple = self.multiple
        numerator, denominator, steepness = self._exact()
        level = multiple * max(1, divided(numerator, denominator * multiple, half_even=self.lending.half_even))
        of = self.lending.of
        if not self.lending.flat and (self.owed * self.dearest > level * of or self.accrued > level * of):
            level, steepness = self._where_interest_waits(level, steepness)
        best = self._trial(level)
        if best.repays_each_time and 2 * abs(best.off) <= self.count * multiple:
            # Where each instalment repays something, `multiple` more or less in each moves the last by at least
            # `count` times as much, for rounded interest never rises while the balance falls: nothing is closer.
            return best
        jump = max(1, abs(best.off) // (multiple * steepness))
        for _ in range(_MOST_TRIALS):
            if not best.off or not jump:
                break
            other = max(multiple, level + jump * multiple * (1 if best.off > 0 else -1))
            if other == level:
                break
            run = self._trial(other)
            moved = abs(run.off - best.off)
            if abs(run.off) < abs(best.off):
                level, best = other, run
                jump = max(1, jump * abs(best.off) // moved)
            else:
                jump = min(jump // 2, max(1, jump * abs(best.off) // max(1, moved)))
        return best

    def _exact(self) -> tuple[int, int, int]:
        """The level instalment as a fraction, and by how much the last falls for each unit the others rise.

        Declining: A = B·Π(1+f_k) / Σ_k Π_(j>k)(1+f_j), with f_k = r·s_k; for equal periods this is the textbook
        annuity A = B·f / (1 − (1+f)^−N), for f = 0 it is B/N. (Apache Fineract, progressive loans, uses the same.)
        Here it is written with discount factors, so that a money paid in during the first period counts with its own
        interest. Flat: (B + all interest)/N.
        """
        lending, count = self.lending, self.count
        if lending.flat:
            return self.owed + sum(_flat_interest(lending, self.first, count)), count, count
        of = lending.of
        owed = self.owed * of + self.accrued
        if self.alike and self.later[0]:
            common = gcd(self.later[0], of)
            part, whole = self.later[0] // common, of // common
            if whole.bit_length() * count <= _LARGEST_POWER:
                # With q = whole and p = part: Σ_k (q/(q+p))^k = ((q+p)^N − q^N) / (p·(q+p)^(N−1)).
                grown, still = (whole + part) ** (count - 1), whole ** (count - 1)
                span = grown * (whole + part) - still * whole
                return owed * grown * part, of * span, span // (still * part)
        discount = annuity = _SCALE
        for factor in self.later:
            discount = discount * of // (of + factor)
            annuity += discount
        return owed * _SCALE, of * annuity, annuity // max(1, discount)

    def _where_interest_waits(self, level: int, steepness: int) -> tuple[int, int]:
        """The multiple near which an instalment repays the loan though some interest is larger than it; and how steep.

        Such a period repays nothing, so that less is left for the others than `_exact` takes for granted. What is left
        at last is then made of straight pieces and bends downwards as the instalment rises: Newton's steps come down
        to the root from above and end on its piece. Floating point will do, for `closest` tries what is found.
        """
        factors = [factor / self.lending.of for factor in self.later]
        final, multiple = factors.pop(), self.multiple
        opening = self.accrued / self.lending.of
        found: float = level
        for _ in range(_MOST_TRIALS):
            left, falls = float(self.owed), 0.0
            if opening < found:
                left, falls = left + opening - found, 1.0
            for factor in factors:
                interest = left * factor
                if interest < found:
                    left += interest - found
                    falls += falls * factor + 1.0
            slope = 1.0 + falls * (1.0 + final)
            step = (left + left * final - found) / slope
            if not isfinite(step):
                break
            found += step
            steepness = int(slope)
            if abs(step) < multiple / 2 or found < multiple:
                break
        return multiple * max(1, round(found / multiple)), steepness

    def _trial(self, level: int) -> _Run:
        """What a regular instalment gives.

        Usually every instalment, even one `multiple` less, repays something and none more than is owed; then interest
        is ⌊(2·B·f + of) / (2·of)⌋, which rounds a half up, and what is left is B + interest − level. All else is
        followed with care.
        """
        lending, multiple = self.lending, self.multiple
        opening = lending.rounded(self.accrued)
        left = self.owed + opening - level
        if not lending.flat and not lending.half_even and level - multiple >= opening:
            common = gcd(2 * self.dearest, lending.of) if self.alike else 1  # smaller numbers are quicker to divide
            half, last = lending.of // common, 2 * self.later[-1] // common
            whole = 2 * half
            if left * (2 * self.dearest // common) + half < (level - multiple) * whole:
                principals, balances, interests = [level - opening], [left], [opening]
                for factor in (
                    repeat(last, self.count - 2) if self.alike else [2 * factor for factor in self.later[:-1]]
                ):
                    interest = (left * factor + half) // whole
                    principal = level - interest
                    left -= principal
                    principals.append(principal)
                    balances.append(left)
                    interests.append(interest)
                if left >= 0:
                    interest = (left * last + half) // whole
                    principals.append(left)
                    balances.append(0)
                    interests.append(interest)
                    return _Run(principals, balances, interests, left + interest - level, repays_each_time=True)
        return _level(lending, self.first, self.count, self.balance, level)


def _flat_interest(lending: Lending, first: int, count: int) -> list[int]:
    """The rounded interest of each period from `first` on, on all lent up to and inside `first`."""
    lent = lending.lent[first] + lending.paid_in[first]
    later = lending.factors[first + 1 : first + count]
    return [lending.rounded(lending.accrued(first, 0)), *(lending.rounded(lent * factor) for factor in later)]


def _level(lending: Lending, first: int, count: int, balance: int, level: int) -> _Run:
    """Instalments of `level` until the last, which takes what is left; principal is never below zero.

    What a level too high would repay beyond the loan is not asked for, but counts against the last instalment.
    """
    principals: list[int] = []
    balances: list[int] = []
    interests = _flat_interest(lending, first, count) if lending.flat else []
    left = balance + lending.paid_in[first]
    beyond = 0
    half_even = lending.half_even
    half, whole = lending.of, 2 * lending.of
    numerator = lending.accrued(first, balance)
    factors: Sequence[int] = lending.factors
    for period in range(first, first + count):
        if lending.flat:
            interest = interests[period - first]
        else:
            if period > first:
                numerator = left * factors[period]
            interest, rest = divmod(2 * numerator + half, whole)
            if half_even and rest == 0 and interest & 1:
                interest -= 1
            interests.append(interest)
        if period == first + count - 1:
            break
        principal = level - interest
        if principal < 0:
            principal = 0
        elif principal > left:
            beyond += principal - left
            principal = left
        left -= principal
        principals.append(principal)
        balances.append(left)
    principals.append(left)
    balances.append(0)
    return _Run(principals, balances, interests, left + interests[-1] - beyond - level)


def _serial(lending: Lending, first: int, count: int, balance: int, share: int) -> Columns:
    """Equal shares of principal, the last taking what is left, and the interest of each period on top."""
    found = Columns([], [], [])
    flat = _flat_interest(lending, first, count) if lending.flat else None
    left = balance + lending.paid_in[first]
    for index in range(count):
        if flat is not None:
            interest = flat[index]
        elif index == 0:
            interest = lending.rounded(lending.accrued(first, balance))
        else:
            interest = lending.rounded(left * lending.factors[first + index])
        principal = left if index == count - 1 else min(share, left)
        left -= principal
        found.principals.append(principal)
        found.interests.append(interest)
        found.balances.append(left)
    return found
