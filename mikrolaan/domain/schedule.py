"""The schedule: how principal and interest of a loan spread over its instalments, in exact whole numbers.

Interest of period k is B·r·s_k, where B is the balance (declining) or all that was paid out (flat), r the annual
rate and s_k the share of a year; it is kept as a whole number over one denominator and rounded once per instalment
by the rounding rule of the terms.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mikrolaan.domain.day_count import interest_dates, share_between, year_shares
from mikrolaan.domain.due_dates import DueDates
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import LARGEST_MINOR, Rounding
from mikrolaan.domain.terms import FeePaid, InterestMethod, PaymentFreeInterest, Repayment, Terms

_SCALE = 1 << 192  # fixed point of the annuity factor: far finer than any rounding of an amount
_MOST_TRIALS = 100  # a bound for the search of the regular instalment; a handful is what it takes


@dataclass(slots=True)
class Row:
    """One instalment in minor units; `pays` is False where the terms ask for nothing."""

    principal: int
    interest: int
    balance: int
    pays: bool = True


@dataclass(slots=True)
class _Run:
    """What one trial of a regular instalment gives: principal and interest per row, and how far off the last is."""

    principals: list[int]
    interests: list[int]
    off: int  # last instalment minus the regular one; what was paid too much before counts as negative


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
    lent: list[int] = field(init=False)  # all lent at the start of each period

    def __post_init__(self) -> None:
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
    if terms.establishment_fee_paid is FeePaid.ADDED:
        opening += terms.establishment_fee_minor
    return Lending(
        factors=tuple([rate * part for part in shares.parts]),
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


def schedule(terms: Terms, dates: DueDates) -> list[Row]:
    """The rows of the plan in minor units, establishment and instalment fees left out.

    Payment-free instalments come first, then those of interest only, then the repaying ones; with tranches the
    regular instalment is found anew from each instalment before which money was paid out.
    """
    lending = lending_of(terms, dates)
    last = terms.instalments - 1
    repaying_from = terms.payment_free_instalments + terms.interest_only_instalments
    if terms.repayment in (Repayment.INTEREST_ONLY, Repayment.BULLET):
        repaying_from = last
    grace = grace_of(terms, lending, repaying_from)
    return [*grace.rows, *repaying_rows(terms, lending, repaying_from, grace.balance, grace.carried)]


def repaying_rows(terms: Terms, lending: Lending, repaying_from: int, balance: int, carried: int = 0) -> list[Row]:
    """The rows that repay a balance from that period to the last of the lending.

    `carried` is interest of earlier periods (over the lending's `of`), paid with the first of these rows.
    """
    rows: list[Row] = []
    periods = len(lending.factors)
    first = repaying_from
    while first < periods:
        until = next((k for k in range(first + 1, periods) if lending.paid_in[k]), periods)
        run = _regular(terms, lending, first, balance)
        opening = balance
        balance += lending.paid_in[first]
        for period in range(first, until):
            principal, interest = run.principals[period - first], run.interests[period - first]
            if period == repaying_from and carried:
                interest = lending.rounded(lending.accrued(period, opening) + carried)
            balance -= principal
            rows.append(Row(principal, interest, balance))
        first = until
    return rows


def _regular(terms: Terms, lending: Lending, first: int, balance: int) -> _Run:
    """The repaying instalments from `first` to the end, as if nothing more were paid out later."""
    count = len(lending.factors) - first
    multiple = terms.instalment_multiple_minor
    if terms.repayment is Repayment.SERIAL:
        whole = balance + lending.paid_in[first]
        share = multiple * max(1, divided(whole, count * multiple, half_even=lending.half_even))
        return _serial(lending, first, count, balance, share)

    def trial(level: int) -> _Run:
        return _level(lending, first, count, balance, level)

    if count == 1:
        return trial(0)
    numerator, denominator, steepness = _exact_annuity(lending, first, count, balance)
    start = multiple * max(1, divided(numerator, denominator * multiple, half_even=lending.half_even))
    return _closest(trial, start, multiple, steepness)


def _exact_annuity(lending: Lending, first: int, count: int, balance: int) -> tuple[int, int, int]:
    """The level instalment as a fraction, and by how much the last instalment falls for each unit the others rise.

    Declining: A = B·Π(1+f_k) / Σ_k Π_(j>k)(1+f_j), with f_k = r·s_k; for equal periods this is the textbook annuity
    A = B·f / (1 − (1+f)^−N), for f = 0 it is B/N. (Apache Fineract, progressive loans, uses the same.) Here it is
    written with discount factors, so that a money paid in during the first period counts with its own interest.
    Flat: (B + all interest)/N.
    """
    if lending.flat:
        interest = sum(_flat_interest(lending, first, count))
        return balance + lending.paid_in[first] + interest, count, count
    of = lending.of
    owed = (balance + lending.paid_in[first]) * of + lending.accrued(first, balance)
    discount = annuity = _SCALE
    for factor in lending.factors[first + 1 : first + count]:
        discount = discount * of // (of + factor)
        annuity += discount
    return owed * _SCALE, of * annuity, annuity // max(1, discount)


def _closest(trial: Callable[[int], _Run], start: int, multiple: int, steepness: int) -> _Run:
    """The run whose regular instalment, a multiple of its unit and at least one, brings the last closest to it.

    Begins at the rounded exact annuity and leaves it only for something strictly closer: secant steps, halved while
    they bring no gain. Two trials are usual; more are needed where interest exceeds the regular instalment.
    """
    level, best = start, trial(start)
    jump = max(1, abs(best.off) // (multiple * steepness))
    for _ in range(_MOST_TRIALS):
        if not best.off or not jump:
            break
        other = max(multiple, level + jump * multiple * (1 if best.off > 0 else -1))
        run = trial(other) if other != level else best
        moved = abs(run.off - best.off)
        if abs(run.off) < abs(best.off):
            level, best = other, run
            jump = max(1, jump * abs(best.off) // moved)
        else:
            jump = min(jump // 2, max(1, jump * abs(best.off) // max(1, moved)))
    return best


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
    principals.append(left)
    return _Run(principals, interests, left + interests[-1] - beyond - level)


def _serial(lending: Lending, first: int, count: int, balance: int, share: int) -> _Run:
    """Equal shares of principal, the last taking what is left, and the interest of each period on top."""
    principals: list[int] = []
    interests: list[int] = []
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
        principals.append(principal)
        interests.append(interest)
    return _Run(principals, interests, 0)
