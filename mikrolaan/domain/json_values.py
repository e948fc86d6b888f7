"""Reading JSON strictly: each field has one type, and what does not fit is named."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import Currency, Money

Choice = TypeVar("Choice", bound=Enum)

_DECIMAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LARGEST_WHOLE = 10**9
_LONGEST_NAME_TOLD = 60


def fields_of(value: Any, name: str, known: Collection[str]) -> Mapping[str, Any]:
    """The value as an object with none but known fields."""
    if not isinstance(value, dict):
        raise InvalidValue(name, Problem.MALFORMED)
    for field in value:
        if field not in known:
            raise InvalidValue(str(field)[:_LONGEST_NAME_TOLD] or name, Problem.UNKNOWN_FIELD)
    return value


def needed(values: Mapping[str, Any], field: str) -> Any:
    """What the field holds; InvalidValue MISSING when there is no such field or it is null."""
    if values.get(field) is None:
        raise InvalidValue(field, Problem.MISSING)
    return values[field]


def whole_number(value: Any, field: str) -> int:
    """A JSON integer; neither true, 1.5 nor "1"."""
    if type(value) is not int:
        raise InvalidValue(field, Problem.NOT_A_NUMBER)
    if abs(value) > _LARGEST_WHOLE:
        raise InvalidValue(field, Problem.TOO_LARGE if value > 0 else Problem.TOO_SMALL)
    return value


def decimal_number(value: Any, field: str) -> Decimal:
    """A decimal string such as "7.25"; no exponent, no blank, no sign but minus."""
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise InvalidValue(field, Problem.NOT_A_NUMBER)
    return Decimal(value)


def money(value: Any, currency: Currency, field: str) -> Money:
    """An amount as decimal string in main units, not finer than the currency's smallest unit."""
    exact = decimal_number(value, field)
    try:
        return Money.from_decimal(exact, currency)
    except InvalidValue as error:
        raise InvalidValue(field, error.problem, error.limit) from None


def calendar_date(value: Any, field: str) -> date:
    """An ISO date, "2026-02-28"."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise InvalidValue(field, Problem.NOT_A_DATE)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InvalidValue(field, Problem.NOT_A_DATE) from None


def choice(value: Any, kind: type[Choice], field: str) -> Choice:
    """The member of the enum with that value."""
    for member in kind:
        if isinstance(value, str) and member.value == value:
            return member
    raise InvalidValue(field, Problem.UNKNOWN_CHOICE, ", ".join(str(member.value) for member in kind))


def text_of(amount: Money) -> str:
    """An amount as JSON writes it: "1500.50"."""
    return str(amount.to_decimal())
