"""A plan and an effective rate as JSON: what the command line prints for other programs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from mikrolaan.domain.effective_rate import effective_rate, effective_rate_of, years_between
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.json_values import calendar_date, decimal_number, fields_of, needed, text_of
from mikrolaan.domain.plan import Instalment, Plan

MOST_FLOWS = 10_000
MOST_YEARS = 1000
_YEARS = re.compile(r"([0-9]{1,9})(?:/([0-9]{1,9})|(\.[0-9]{1,18}))?")


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Rows, totals, effective rate (two decimals, half up) and total cost; amounts as decimal strings.

    The effective rate is null where none exists between −99 % and 10 000 %.
    """
    rate = effective_rate_of(plan)
    return {
        "rows": [row_to_json(row) for row in plan.instalments],
        "totals": {
            "principal": text_of(plan.principal),
            "interest": text_of(plan.interest),
            "fees": text_of(plan.fees),
            "due": text_of(plan.due),
        },
        "effective_rate_percent": None if rate is None else str(rate.quantize(Decimal("0.01"), ROUND_HALF_UP)),
        "total_cost": text_of(plan.total_cost),
    }


def row_to_json(row: Instalment) -> dict[str, Any]:
    """One instalment of the plan."""
    return {
        "n": row.number,
        "due_on": row.due_on.isoformat(),
        "principal": text_of(row.principal),
        "interest": text_of(row.interest),
        "fees": text_of(row.fees),
        "due": text_of(row.due),
        "balance": text_of(row.balance),
    }


def effective_rate_from_json(value: Any) -> dict[str, Any]:
    """The effective rate of flows `[{"years": "1/12" | "0.5" or "on": date, "amount": "-95.50"}…]`, six decimals.

    Paid out is positive, paid back negative. Flows are all by date or all by years; dated ones are counted in months
    and days from the earliest (`years_between`). The rate is null where none exists from −99 % to 10 000 %.
    """
    if not isinstance(value, list):
        raise InvalidValue("flows", Problem.MALFORMED)
    if len(value) > MOST_FLOWS:
        raise InvalidValue("flows", Problem.TOO_LARGE, MOST_FLOWS)
    flows = [fields_of(flow, "flows", ("years", "on", "amount")) for flow in value]
    amounts = [decimal_number(needed(flow, "amount"), "amount") for flow in flows]
    rate = effective_rate(_times(flows), amounts)
    return {"effective_rate_percent": None if rate is None else str(rate.quantize(Decimal("0.000001"), ROUND_HALF_UP))}


def _times(flows: list[Mapping[str, Any]]) -> list[Fraction]:
    """When each flow happens, in years; all flows say it in the same way."""
    dated = any("on" in flow for flow in flows)
    if dated and any("years" in flow for flow in flows):
        raise InvalidValue("years", Problem.NOT_TOGETHER, "on")
    if not dated:
        return [_years(needed(flow, "years")) for flow in flows]
    days: list[date] = [calendar_date(needed(flow, "on"), "on") for flow in flows]
    first = min(days)
    return [years_between(first, day) for day in days]


def _years(value: Any) -> Fraction:
    found = _YEARS.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise InvalidValue("years", Problem.NOT_A_NUMBER)
    whole, divisor, decimals = found.groups()
    if divisor is not None and int(divisor) == 0:
        raise InvalidValue("years", Problem.NOT_A_NUMBER)
    years = Fraction(int(whole), int(divisor)) if divisor else Fraction(whole + (decimals or ""))
    if years > MOST_YEARS:
        raise InvalidValue("years", Problem.TOO_LARGE, MOST_YEARS)
    return years
