"""Numbers that say who somebody is: the identity numbers of persons in Norway, Sweden and Denmark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import Currency
from mikrolaan.domain.typed_digits import are_digits, digits_of, plain_typed

FIELD = "identity_number"
OLDEST_AGE = 120  # years, counted by calendar year; nobody older borrows, so an older date is a slip or another century


class Country(Enum):
    """The countries whose numbers, currency and rules the program knows."""

    NO = "NO"  # Norway
    SE = "SE"  # Sweden
    DK = "DK"  # Denmark

    @property
    def currency(self) -> Currency:
        """The currency an office in this country lends in."""
        return {Country.NO: Currency.NOK, Country.SE: Currency.SEK, Country.DK: Currency.DKK}[self]


class IdentityKind(Enum):
    """What kind of number identifies a person."""

    FODSELSNUMMER = "fødselsnummer"  # Norway: registered as resident, for life
    D_NUMBER = "d-number"  # Norway: temporary or new in the country; lapses after five years, then asked for again
    PERSONNUMMER = "personnummer"  # Sweden: registered as resident, for life
    SAMORDNINGSNUMMER = "samordningsnummer"  # Sweden: never registered as resident; rests after five years unused
    CPR = "cpr"  # Denmark: registered, or an administrative number from the tax authority
    REPLACEMENT_CPR = "replacement-cpr"  # Denmark: made up by an authority for one without CPR; known to nobody else

    @property
    def country(self) -> Country:
        """The country that issues numbers of this kind."""
        if self in (IdentityKind.FODSELSNUMMER, IdentityKind.D_NUMBER):
            return Country.NO
        if self in (IdentityKind.PERSONNUMMER, IdentityKind.SAMORDNINGSNUMMER):
            return Country.SE
        return Country.DK


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A person's identity number with what can be read from it; made by `read_identity`.

    `digits` is the one form that is stored and compared: 11 digits in Norway, 12 in Sweden (with the century), 10 in
    Denmark. `synthetic` is true for the Norwegian series set aside for testing; the other countries have no series
    that is never somebody's. `birth_date` is None where the number does not tell the century.
    """

    country: Country
    kind: IdentityKind
    digits: str
    synthetic: bool
    birth_date: date | None

    def __post_init__(self) -> None:
        length = {Country.NO: 11, Country.SE: 12, Country.DK: 10}[self.country]
        if not are_digits(self.digits) or len(self.digits) != length or self.kind.country is not self.country:
            raise InvalidValue(FIELD, Problem.MALFORMED)
        _check_digits(self.digits, self.country)

    @property
    def formatted(self) -> str:
        """The number as people write it: 010190 12345, 19900101-1234, 010190-1234."""
        if self.country is Country.NO:
            return f"{self.digits[:6]} {self.digits[6:]}"
        return f"{self.digits[:-4]}-{self.digits[-4:]}"


def read_identity(text: str, country: Country, today: date) -> IdentityNumber:
    """Read an identity number as typed or pasted, with or without spaces and dashes.

    `today` settles the century of Swedish ten-digit numbers and refuses births in the future. Raises InvalidValue on
    "identity_number": MISSING, TOO_LONG, MALFORMED (wrong form or length), NOT_A_DATE, TOO_EARLY, TOO_LATE or
    WRONG_CHECK_DIGIT.
    """
    plain = plain_typed(text, FIELD)
    if country is Country.NO:
        return _read_norwegian(digits_of(plain, FIELD), today)
    if country is Country.SE:
        return _read_swedish(plain, today)
    return _read_danish(digits_of(plain, FIELD), today)


def norwegian_remainder(digits: str) -> int:
    """What the first ten digits of a Norwegian number leave modulo 11, the first check digit counted once.

    0 by the classic rule; from 2032 also 1, 2 and 3 are issued (Skatteetaten, new national identity number).
    """
    weights = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits[:10], strict=True)) % 11


def _check_digits(digits: str, country: Country) -> None:
    """Raise InvalidValue when a control digit is wrong. Danish numbers have had none that binds since October 2007."""
    if country is Country.NO:
        from stdnum.no import fodselsnummer  # here and below: loaded when the first number is read

        right = norwegian_remainder(digits) <= 3 and fodselsnummer.calc_check_digit2(digits[:10]) == digits[10]
    elif country is Country.SE:
        from stdnum import luhn

        right = luhn.is_valid(digits[-10:])
    else:
        right = True
    if not right:
        raise InvalidValue(FIELD, Problem.WRONG_CHECK_DIGIT)


def _read_norwegian(digits: str, today: date) -> IdentityNumber:
    """Day + 40 is a D-number; month + 80 (tax administration) or + 40 (welfare administration) is synthetic."""
    if len(digits) != 11:
        raise InvalidValue(FIELD, Problem.MALFORMED)
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    kind = IdentityKind.FODSELSNUMMER
    if 40 < day < 80:
        kind, day = IdentityKind.D_NUMBER, day - 40
    synthetic = month > 40
    month -= 80 if month > 80 else 40 if month > 40 else 0
    possible = [born for century in (1900, 2000) if (born := _date(century + year, month, day))]
    if not possible:
        raise InvalidValue(FIELD, Problem.NOT_A_DATE)
    _check_digits(digits, Country.NO)
    century = _century_by_series(year, int(digits[6:9])) if norwegian_remainder(digits) == 0 else None
    if century is None:
        alive = [born for born in possible if born <= today and today.year - born.year <= OLDEST_AGE]
        birth_date = alive[0] if len(alive) == 1 else None
    else:
        birth_date = _born(_date(century + year, month, day), today)
    return IdentityNumber(Country.NO, kind, digits, synthetic, birth_date)


def _century_by_series(year: int, individual: int) -> int | None:
    """The century that the individual digits tell (folkeregisterforskriften § 2-2-1).

    None outside the series of people who may be alive; the digits issued from 2032 do not tell the century at all.
    """
    if individual < 500:
        return 1900
    if year < 40:
        return 2000
    return 1900 if individual >= 900 else None


def _read_swedish(plain: str, today: date) -> IdentityNumber:
    """Ten digits, or twelve with the century; "+" instead of "-" from the year of the hundredth birthday
    (folkbokföringslagen 1991:481 § 18). Day + 60 is a samordningsnummer (§ 18 a)."""
    squeezed = plain.replace(" ", "")
    birth, sign, serial = squeezed[:-4].rstrip("+-"), squeezed[:-4][-1:], squeezed[-4:]
    if not are_digits(birth + serial) or len(squeezed) - len(birth + serial) > 1 or len(birth) not in (6, 8):
        raise InvalidValue(FIELD, Problem.MALFORMED)
    if len(birth) == 6:
        century_start = today.year - 99 - (100 if sign == "+" else 0)
        birth = f"{century_start + (int(birth[:2]) - century_start) % 100:04d}{birth[2:]}"
    day = int(birth[6:])
    kind = IdentityKind.SAMORDNINGSNUMMER if day > 60 else IdentityKind.PERSONNUMMER
    birth_date = _born(_date(int(birth[:4]), int(birth[4:6]), day - 60 if day > 60 else day), today)
    return IdentityNumber(Country.SE, kind, birth + serial, False, birth_date)


def _read_danish(digits: str, today: date) -> IdentityNumber:
    """The seventh digit tells the century; day + 60 is a replacement number (both: CPR-kontoret, cpr.dk)."""
    from stdnum.dk import cpr
    from stdnum.exceptions import ValidationError

    if len(digits) != 10:
        raise InvalidValue(FIELD, Problem.MALFORMED)
    kind, ordinary = IdentityKind.CPR, digits
    if digits[0] in "6789":
        kind, ordinary = IdentityKind.REPLACEMENT_CPR, f"{int(digits[0]) - 6}{digits[1:]}"
    try:
        born = cpr.get_birth_date(ordinary)
    except ValidationError:
        raise InvalidValue(FIELD, Problem.NOT_A_DATE) from None
    return IdentityNumber(Country.DK, kind, digits, False, _born(born, today))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _born(born: date | None, today: date) -> date:
    """The date as a birth date of somebody alive; raises InvalidValue when it cannot be one."""
    if born is None:
        raise InvalidValue(FIELD, Problem.NOT_A_DATE)
    if born > today:
        raise InvalidValue(FIELD, Problem.TOO_LATE, today)
    if today.year - born.year > OLDEST_AGE:
        raise InvalidValue(FIELD, Problem.TOO_EARLY, date(today.year - OLDEST_AGE, 1, 1))
    return born
