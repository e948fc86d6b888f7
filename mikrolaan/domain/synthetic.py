"""Made-up numbers of the right form for example offices and tests; as far as the countries allow, nobody's own."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from stdnum import luhn

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.identity import Country

EARLIEST = date(1920, 1, 1)
LATEST = date(2036, 12, 31)  # the Danish series for this century ends here


def synthetic_identity(country: Country, birth_date: date, serial: int) -> str:
    """An identity number for somebody invented, as digits that `read_identity` takes.

    Serials 0, 1, 2 … give different people born on the same day, as far as the series goes: about 400 in Norway, 10 in
    Sweden (2 for births from 1990) and 1000 in Denmark; then it begins again. Norway: month + 80, as the tax
    administration's test persons. Sweden: the serials Skatteverket publishes for tests (980–989, from 1990 238 and
    239). Denmark: day + 60, which cannot be a person's CPR. Raises InvalidValue on "birth_date" outside 1920–2036.
    """
    if birth_date < EARLIEST:
        raise InvalidValue("birth_date", Problem.TOO_EARLY, EARLIEST)
    if birth_date > LATEST:
        raise InvalidValue("birth_date", Problem.TOO_LATE, LATEST)
    if country is Country.NO:
        series = _norwegian_endings(birth_date)
        return f"{_norwegian_start(birth_date)}{series[serial % len(series)]}"
    if country is Country.SE:
        birth_number = 980 + serial % 10 if birth_date.year < 1990 else 238 + serial % 2
        front = f"{birth_date:%Y%m%d}{birth_number:03d}"
        return front + luhn.calc_check_digit(front[2:])
    century_digit = 0 if birth_date.year < 2000 else 4
    return f"{birth_date.day + 60:02d}{birth_date:%m%y}{century_digit}{serial % 1000:03d}"


def _norwegian_start(birth_date: date) -> str:
    return f"{birth_date.day:02d}{birth_date.month + 80:02d}{birth_date.year % 100:02d}"


@lru_cache(maxsize=2048)
def _norwegian_endings(birth_date: date) -> tuple[str, ...]:
    """The individual digits of the birth year's series, each with its two check digits, where both exist."""
    start = [int(digit) for digit in _norwegian_start(birth_date)]
    first = sum(weight * digit for weight, digit in zip((3, 7, 6, 1, 8, 9), start, strict=True))
    second = sum(weight * digit for weight, digit in zip((5, 4, 3, 2, 7, 6), start, strict=True))
    endings = []
    for individual in range(500) if birth_date.year < 2000 else range(500, 1000):
        hundreds, tens, ones = individual // 100, individual // 10 % 10, individual % 10
        check_1 = -(first + 4 * hundreds + 5 * tens + 2 * ones) % 11
        check_2 = -(second + 5 * hundreds + 4 * tens + 3 * ones + 2 * check_1) % 11
        if check_1 < 10 and check_2 < 10:
            endings.append(f"{individual:03d}{check_1}{check_2}")
    return tuple(endings)


def synthetic_organisation_number(serial: int, country: Country) -> str:
    """An organisation number of the right form; serials 0 to 89 999 give different numbers.

    Norway: from 31, as the tax administration's synthetic enterprises. Sweden: from 40, a group not given to any
    legal form. Denmark has no series of its own for tests: a number from the far end, from 99.
    """
    if country is Country.SE:
        front = f"402{serial % 1_000_000:06d}"
        return front + luhn.calc_check_digit(front)
    weights = (3, 2, 7, 6, 5, 4, 3, 2) if country is Country.NO else (2, 7, 6, 5, 4, 3, 2)
    # Numbers that differ in their last free digit only: at most one of ten would need the check digit 10, nine are left.
    decade, place = divmod(serial % 90_000, 9)
    start = f"31{decade:05d}" if country is Country.NO else f"99{decade:04d}"
    usable = [f"{start}{last}{check}" for last in range(10) if (check := _mod_11(f"{start}{last}", weights)) < 10]
    return usable[place]


def _mod_11(front: str, weights: tuple[int, ...]) -> int:
    return -sum(weight * int(digit) for weight, digit in zip(weights, front, strict=True)) % 11
