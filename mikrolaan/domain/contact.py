"""Ways to reach a borrower: phone numbers, e-mail addresses and postal codes as they are read, stored and shown."""

from __future__ import annotations

import re

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.identity import Country
from mikrolaan.domain.typed_digits import are_digits, digits_of, plain_typed

LONGEST_EMAIL = 254  # characters; RFC 5321 as corrected by RFC 3696 erratum 1690

_CALLING_CODES = {Country.NO: "47", Country.SE: "46", Country.DK: "45"}
_LOCAL_PART = re.compile(r"[^\s@<>()\[\]\\,;:\"]{1,64}")
_DOMAIN_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")


def read_phone(text: str, country: Country) -> str:
    """A phone number as "+" and digits with the calling code, as in E.164; a number without one is `country`'s own.

    Norwegian and Danish numbers have 8 digits and do not begin with 0 or 1; Swedish ones are typed with a 0 in front
    and have 7 to 13 digits then; others are written "+" or "00" and 7 to 15 digits. Raises InvalidValue on "phone".
    """
    plain = plain_typed(text, "phone").replace("(0)", "")
    abroad = plain.lstrip("( ").startswith(("+", "00"))
    digits = digits_of(plain.lstrip("( ").removeprefix("+"), "phone", " -./()")
    if abroad:
        whole = digits if "+" in plain else digits[2:]
    else:
        whole = _with_calling_code(digits, country)
    if not 7 <= len(whole) <= 15 or whole[0] == "0":
        raise InvalidValue("phone", Problem.MALFORMED)
    for home in (Country.NO, Country.DK):
        code = _CALLING_CODES[home]
        if whole.startswith(code) and (len(whole) != 10 or whole[2] in "01"):
            raise InvalidValue("phone", Problem.MALFORMED)
    if whole.startswith("46"):
        subscriber = whole[2:].removeprefix("0")  # +46 070… is often written for +46 70…
        if not 6 <= len(subscriber) <= 12 or subscriber[0] == "0":
            raise InvalidValue("phone", Problem.MALFORMED)
        whole = f"46{subscriber}"
    return f"+{whole}"


def _with_calling_code(digits: str, country: Country) -> str:
    code = _CALLING_CODES[country]
    if country is Country.SE:
        if digits[0] != "0":
            raise InvalidValue("phone", Problem.MALFORMED)
        return code + digits[1:]
    if len(digits) == 10 and digits.startswith(code):
        return digits
    if len(digits) != 8:
        raise InvalidValue("phone", Problem.MALFORMED)
    return code + digits


def format_phone(phone: str) -> str:
    """A number from `read_phone` in groups: +47 912 34 567, +47 22 12 34 56, +46 70 123 45 67; others unchanged."""
    code, subscriber = phone[:3], phone[3:]
    if code not in {f"+{known}" for known in _CALLING_CODES.values()}:
        return phone
    if code == "+47" and subscriber[0] in "489":
        groups = [subscriber[:3], subscriber[3:5], subscriber[5:]]
    elif code == "+46" and len(subscriber) == 9 and subscriber[0] == "7":
        groups = [subscriber[:2], subscriber[2:5], subscriber[5:7], subscriber[7:]]
    else:
        first = 2 + len(subscriber) % 2
        groups = [subscriber[:first], *(subscriber[start : start + 2] for start in range(first, len(subscriber), 2))]
    return " ".join([code, *groups])


def read_email(text: str) -> str:
    """An e-mail address of the usual form, its domain in lower case; whether it exists nobody checks.

    Raises InvalidValue on "email": MISSING, TOO_LONG above 254 characters, MALFORMED.
    """
    address = text.strip().removeprefix("mailto:").strip()
    if not address:
        raise InvalidValue("email", Problem.MISSING)
    if len(address) > LONGEST_EMAIL:
        raise InvalidValue("email", Problem.TOO_LONG, LONGEST_EMAIL)
    local, _, domain = address.rpartition("@")
    domain = domain.lower()
    labels = domain.split(".")
    right = (
        address.isprintable()
        and _LOCAL_PART.fullmatch(local)
        and "" not in local.split(".")
        and len(labels) >= 2
        and all(_DOMAIN_LABEL.fullmatch(label) for label in labels)
        and len(labels[-1]) >= 2
        and not are_digits(labels[-1])
    )
    if not right:
        raise InvalidValue("email", Problem.MALFORMED)
    return f"{local}@{domain}"


def read_postal_code(text: str, country: Country) -> str:
    """The digits of a postal code: 4 in Norway and Denmark, 5 in Sweden; a country in front ("SE-") is taken off.

    Raises InvalidValue on "postal_code".
    """
    plain = plain_typed(text, "postal_code").upper()
    plain = re.sub(rf"^(?:{country.value}|{country.value[0]})[ -]", "", plain)
    digits = digits_of(plain, "postal_code", " ")
    if len(digits) != (5 if country is Country.SE else 4) or not digits.strip("0"):
        raise InvalidValue("postal_code", Problem.MALFORMED)
    if country is Country.SE and digits[0] == "0":
        raise InvalidValue("postal_code", Problem.MALFORMED)
    return digits


def format_postal_code(code: str, country: Country) -> str:
    """A code from `read_postal_code` as it stands on a letter: 0150, 2100, and 123 45 in Sweden."""
    return f"{code[:3]} {code[3:]}" if country is Country.SE else code
