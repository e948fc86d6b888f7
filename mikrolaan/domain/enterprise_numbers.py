"""Numbers of enterprises and of their bank accounts in Norway, Sweden and Denmark."""

from __future__ import annotations

import re
from datetime import date

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.identity import Country
from mikrolaan.domain.typed_digits import digits_of, plain_typed

ORGANISATION_FIELD = "organisation_number"
ACCOUNT_FIELD = "account_number"

_BANKGIRO = re.compile(r"\d{3,4}-\d{4}")
_PLUSGIRO = re.compile(r"\d{1,7}-\d")


def read_organisation_number(text: str, country: Country) -> str:
    """The digits of an organisation number: 9 in Norway, 10 in Sweden, 8 (CVR) in Denmark.

    "NO" … "MVA" and "DK" around it, as on invoices, are taken off. A Swedish sole trader's own personnummer is taken
    too, since that is the enterprise's number. Raises InvalidValue on "organisation_number".
    """
    plain = plain_typed(text, ORGANISATION_FIELD).upper()
    if country is not Country.SE:
        plain = plain.removeprefix(country.value).removesuffix("MVA" if country is Country.NO else "")
    digits = digits_of(plain, ORGANISATION_FIELD, " -.")
    if len(digits) != {Country.NO: 9, Country.SE: 10, Country.DK: 8}[country]:
        raise InvalidValue(ORGANISATION_FIELD, Problem.MALFORMED)
    if country is Country.SE and digits[2] < "2" and not _begins_with_a_birth_date(digits):
        raise InvalidValue(ORGANISATION_FIELD, Problem.MALFORMED)
    if country is Country.DK and digits[0] == "0":
        raise InvalidValue(ORGANISATION_FIELD, Problem.MALFORMED)
    if country is Country.NO:
        from stdnum.no import orgnr  # here and below: loaded when the first number is read

        right = orgnr.checksum(digits) == 0
    elif country is Country.SE:
        from stdnum import luhn

        right = luhn.is_valid(digits)
    else:
        from stdnum.dk import cvr

        right = cvr.checksum(digits) == 0
    if not right:
        raise InvalidValue(ORGANISATION_FIELD, Problem.WRONG_CHECK_DIGIT)
    return digits


def _begins_with_a_birth_date(digits: str) -> bool:
    """Whether a Swedish ten-digit number can be a person's: yymmdd, the day + 60 in a samordningsnummer."""
    day = int(digits[4:6])
    try:
        date(2000 + int(digits[:2]), int(digits[2:4]), day - 60 if day > 60 else day)
    except ValueError:
        return False
    return True


def format_organisation_number(number: str, country: Country) -> str:
    """A number from `read_organisation_number` as people write it: 923 609 016, 556036-0793, 13 58 56 28."""
    if country is Country.NO:
        return f"{number[:3]} {number[3:6]} {number[6:]}"
    if country is Country.SE:
        return f"{number[:6]}-{number[6:]}"
    return " ".join(number[start : start + 2] for start in range(0, len(number), 2))


def read_account_number(text: str, country: Country) -> str:
    """An account number in its one stored form, zeros in front kept. Raises InvalidValue on "account_number".

    Norway: 11 digits, the last by modulus 11. Denmark: 14 digits, 4 of the branch and 10 of the account, which is
    filled up with zeros. Sweden: bankgiro "5402-9681", plusgiro "282682-4" (both by Luhn), or 9–15 digits of clearing
    and account number, whose check digits differ from bank to bank and are not looked at; 7 or 8 digits without a
    dash are a bankgiro.
    """
    plain = plain_typed(text, ACCOUNT_FIELD)
    if country is Country.NO:
        return _norwegian_account(digits_of(plain, ACCOUNT_FIELD, " -."))
    if country is Country.SE:
        return _swedish_account(plain)
    digits = digits_of(plain, ACCOUNT_FIELD, " -.")
    if not 5 <= len(digits) <= 14:
        raise InvalidValue(ACCOUNT_FIELD, Problem.MALFORMED)
    return digits[:4] + digits[4:].zfill(10)


def _norwegian_account(digits: str) -> str:
    if len(digits) != 11:
        raise InvalidValue(ACCOUNT_FIELD, Problem.MALFORMED)
    weights = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    if sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11:
        raise InvalidValue(ACCOUNT_FIELD, Problem.WRONG_CHECK_DIGIT)
    return digits


def _swedish_account(plain: str) -> str:
    digits = digits_of(plain, ACCOUNT_FIELD, " -.,")
    squeezed = plain.replace(" ", "")
    if _BANKGIRO.fullmatch(squeezed) or (squeezed == digits and len(digits) in (7, 8)):
        giro = f"{digits[:-4]}-{digits[-4:]}"
    elif _PLUSGIRO.fullmatch(squeezed):
        giro = f"{digits[:-1]}-{digits[-1]}"
    elif 9 <= len(digits) <= 15:
        return digits
    else:
        raise InvalidValue(ACCOUNT_FIELD, Problem.MALFORMED)
    from stdnum import luhn

    if not luhn.is_valid(digits):
        raise InvalidValue(ACCOUNT_FIELD, Problem.WRONG_CHECK_DIGIT)
    return giro


def format_account_number(number: str, country: Country) -> str:
    """A number from `read_account_number` as people write it: 8601.11.17947, 28 26 82-4, 1234 0000567890."""
    if country is Country.NO:
        return f"{number[:4]}.{number[4:6]}.{number[6:]}"
    if country is Country.DK:
        return f"{number[:4]} {number[4:]}"
    if _BANKGIRO.fullmatch(number):
        return number
    if _PLUSGIRO.fullmatch(number):
        front = number[:-2]
        odd = len(front) % 2
        pairs = [front[:odd], *(front[start : start + 2] for start in range(odd, len(front), 2))]
        return " ".join(filter(None, pairs)) + number[-2:]
    return f"{number[:4]}-{number[4:]}"
