"""The effective rate: what a loan costs in a year with every fee counted, by the formula of the European Union."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import exp, expm1, fsum, isfinite, log
from operator import mul

from mikrolaan.domain.months import is_month_end, months_later
from mikrolaan.domain.plan import CashFlow, Plan, payout_flows
from mikrolaan.domain.terms import PeriodUnit

SMALLEST_PERCENT = -99
LARGEST_PERCENT = 10_000
_EDGE = 1e-12  # the limits themselves are rates too, whatever floating point makes of them
_LOW, _HIGH = log(1 + SMALLEST_PERCENT / 100) - _EDGE, log(1 + LARGEST_PERCENT / 100) + _EDGE
_GRID = 240  # points looked at where flows change direction more than once
_NEWTON_STEPS = 40
_BISECTIONS = 80


def years_between(first: date, on: date, unit: PeriodUnit = PeriodUnit.MONTHS) -> Fraction:
    """The time from the first drawdown to a payment, in years.

    Whole periods of the payment frequency are counted back from the payment (a month is 1/12, a week 1/52 of a
    year), then the days that remain, first day excluded and last included, over the length, 365 or 366 days, of the
    year that ends with the last of them. Payments every so many days are counted in whole years and days.

    Month ends, which the text leaves open: a payment on the day of the month of the first drawdown is whole months
    after it; so is one on the last day of a month too short for that day; and so is one on the last day of its month
    when the first drawdown was on the last day of its own. 31 January to 28 February is 1/12, and 28 February to
    31 March too.

    Source: directive 2008/48/EC annex I, directive 2014/17/EU annex I; finansavtaleforskriften §§ 1-4 and 1-5.
    """
    numerator, denominator = _years(first, on, unit)
    return Fraction(numerator, denominator)


def _years(first: date, on: date, unit: PeriodUnit) -> tuple[int, int]:
    if unit is PeriodUnit.WEEKS:
        whole, days = divmod((on - first).days, 7)
        if not days:
            return whole, 52
        length = _year_ending(on - timedelta(days=7 * whole))
        return whole * length + 52 * days, 52 * length
    months = (on.year - first.year) * 12 + on.month - first.month
    if on.day < first.day and not is_month_end(on):
        months -= 1
    if unit is PeriodUnit.DAYS:
        months -= months % 12
    elif on.day == first.day or (is_month_end(on) and (on.day < first.day or is_month_end(first))):
        return months, 12
    start = months_later(on, -months)
    if start < first:
        months -= 12 if unit is PeriodUnit.DAYS else 1
        start = months_later(on, -months)
    days = (start - first).days
    if not days:
        return months, 12
    length = _year_ending(start)
    return months * length + 12 * days, 12 * length


def _year_ending(on: date) -> int:
    """365, or 366 when the year that ends on the date holds a 29 February."""
    return (on - months_later(on, -12)).days


def effective_rate(years: Sequence[Fraction | float], amounts: Sequence[Decimal | int | float]) -> Decimal | None:
    """The rate X in percent, ten decimals, for which all flows are worth nothing: Σ a_k (1 + X)^(−t_k) = 0.

    `years` holds t_k, `amounts` a_k: paid out positive, paid back negative. None when no rate from −99 % to
    10 000 % does it. Should several do it, which takes flows that change direction more than once, the one nearest
    to zero is meant. The search is in floating point and ends after a bounded number of steps.
    """
    return _in_percent(_root([float(t) for t in years], [float(a) for a in amounts]))


def effective_rate_of_flows(flows: Sequence[CashFlow], unit: PeriodUnit = PeriodUnit.MONTHS) -> Decimal | None:
    """The effective rate of dated flows in one currency; `unit` is the frequency of payment (`years_between`)."""
    return _dated_rate([flow.on for flow in flows], [float(flow.amount.minor) for flow in flows], unit)


def effective_rate_of(plan: Plan) -> Decimal | None:
    """The effective rate of a plan that is kept, all fees counted, default costs not (`cash_flows` names the flows)."""
    days, amounts = [], []
    for flow in payout_flows(plan):
        days.append(flow.on)
        amounts.append(float(flow.amount.minor))
    for row in plan.instalments:
        due = row.principal.minor + row.interest.minor + row.fees.minor
        if due:
            days.append(row.due_on)
            amounts.append(-float(due))
    return _dated_rate(days, amounts, plan.terms.unit)


def _dated_rate(days: list[date], amounts: list[float], unit: PeriodUnit) -> Decimal | None:
    if not days:
        return None
    first = min(days)
    by_months = unit is PeriodUnit.MONTHS
    year, month, day_kept = first.year, first.month, first.day
    times: list[float] = []
    for on in days:
        if by_months and on.day == day_kept:  # the usual case, told apart here because it is most of the work
            times.append(((on.year - year) * 12 + on.month - month) / 12)
        else:
            numerator, denominator = _years(first, on, unit)
            times.append(numerator / denominator)
    return _in_percent(_root(times, amounts))


def _in_percent(force: float | None) -> Decimal | None:
    """ln(1 + X) as a percentage with ten decimals; None stays None."""
    if force is None:
        return None
    return Decimal(f"{100 * expm1(force):.10f}") + 0  # the sum turns −0 into 0


def _root(times: list[float], amounts: list[float]) -> float | None:
    """The v = ln(1 + X) for which Σ a_k e^(−v t_k) is zero."""
    if not times or not all(map(isfinite, times)) or not all(map(isfinite, amounts)):
        return None
    start = min(times)
    if start:
        times = [t - start for t in times]
    changes = _changes_of_direction(times, amounts)
    if not changes:
        return None
    if changes == 1:
        found = _newton(times, amounts)
        if found is not None:
            return found if _LOW <= found <= _HIGH else None
    value = _value_of(times, amounts)
    return _nearest_root(value)


def _changes_of_direction(times: list[float], amounts: list[float]) -> int:
    """How often the flows, in order of time, turn from paid out to paid back or the other way."""
    if times[0] == 0 and amounts[0] > 0 and max(times) > 0 and max(amounts[1:], default=0) <= 0:
        later = fsum(amounts[n] for n, t in enumerate(times) if t == 0)
        if later > 0:
            return 1  # one payout, then only repayments: nearly every loan
    together: dict[float, float] = {}
    for t, amount in zip(times, amounts, strict=True):
        together[t] = together.get(t, 0.0) + amount
    directions = [amount > 0 for _, amount in sorted(together.items()) if amount]
    return sum(a != b for a, b in pairwise(directions))


def _newton(times: list[float], amounts: list[float]) -> float | None:
    """Newton's method; with one change of direction the root is the only one there is.

    Begins at the rate that would hold if all were paid back at once, at the average time of what is paid back.
    """
    weighted = list(map(mul, times, amounts))
    out = fsum(a for a in amounts if a > 0)
    back = out - fsum(amounts)
    middle = abs(fsum(weighted)) / back if back > 0 else 0.0
    v: float = log(back / out) / middle if out > 0 and back > 0 and middle > 0 else 0.1
    v = max(_LOW, min(_HIGH, v))
    step: float = 0.0
    for _ in range(_NEWTON_STEPS):
        minus = -v
        try:
            powers = [exp(minus * t) for t in times]
        except OverflowError:
            return None
        slope = sum(map(mul, weighted, powers))
        if not slope or not isfinite(slope):
            return None
        last_step = step
        step = sum(map(mul, amounts, powers)) / slope
        v += step
        if abs(step) < 1e-13:
            return v
        if not -50 < v < 50 or (last_step and abs(step) > 1e3 * abs(last_step)):
            return None
    return None


def _value_of(times: list[float], amounts: list[float]) -> Callable[[float], float]:
    """The sum as a function of v, scaled so that it cannot overflow; its sign is what counts."""
    end = max(times)

    def value(v: float) -> float:
        if v < 0:
            return fsum([a * exp(v * (end - t)) for t, a in zip(times, amounts, strict=True)])
        return fsum([a * exp(-v * t) for t, a in zip(times, amounts, strict=True)])

    return value


def _nearest_root(value: Callable[[float], float]) -> float | None:
    """The root nearest to zero between the limits, found by looking at a grid and halving."""
    grid = [_LOW + (_HIGH - _LOW) * n / _GRID for n in range(_GRID + 1)]
    values = [value(v) for v in grid]
    roots = [v for v, found in zip(grid, values, strict=True) if found == 0]
    for low, high, at_low, at_high in zip(grid, grid[1:], values, values[1:], strict=False):
        if at_low * at_high < 0:
            roots.append(_halved(value, low, high, at_low < 0))
    return min(roots, key=abs, default=None)


def _halved(value: Callable[[float], float], low: float, high: float, negative_at_low: bool) -> float:
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if (value(middle) < 0) is negative_at_low:
            low = middle
        else:
            high = middle
    return (low + high) / 2
