"""Payment references: what a borrower writes on a payment so that it finds its loan, with a check digit.

Norway has the KID, Sweden the OCR number, Denmark the payment code of a FIK slip. A loan has one reference for life:
the office's fixed digits, the loan's number filled with zeros, in Sweden a digit for the length where the bank checks
it, and the check digit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.domain.identity import Country
from mikrolaan.domain.typed_digits import are_digits, digits_of, plain_typed

FIELD = "payment_reference"
LEAST_LENGTH, MOST_LENGTH = 4, 25  # of a KID (OCR giro, system specification 5: 2–25) and an OCR number
LEAST_ROOM = 3  # digits left for the loan's number: 999 loans at the least
CREDITOR_DIGITS = 8
BEGINS_FROM = 5  # so many digits typed into a search can begin a reference; fewer are a loan's number or an amount

_NO_DIGIT = "-"  # the check of a KID by mod11 whose remainder is 1
_NAMED = re.compile(r"\s*(?:KID|OCR|FIK)(?:[ -]?(?:nr|no|nummer|number))?[ .:]+", re.IGNORECASE)  # as papers call it
_FIK_LINE = re.compile(r"\+?\s*(\d\d)\s*<\s*([\d ]+?)\s*(?:\+\s*[\d ]+?\s*)?<?")


class ReferenceKind(Enum):
    """Which country's reference it is, and in Denmark on which card."""

    KID = "kid"
    OCR = "ocr"
    FIK_71 = "fik-71"  # 15 digits
    FIK_75 = "fik-75"  # 16 digits, and the payer may add a text
    FIK_04 = "fik-04"  # 16 digits
    FIK_15 = "fik-15"  # 16 digits

    @property
    def country(self) -> Country:
        """Where it is used."""
        return {ReferenceKind.KID: Country.NO, ReferenceKind.OCR: Country.SE}.get(self, Country.DK)

    @property
    def card(self) -> str:
        """The two digits of the Danish card ("71"); empty elsewhere."""
        return self.value.removeprefix("fik-") if self.country is Country.DK else ""

    @property
    def fixed_length(self) -> int | None:
        """How many digits it has where the kind itself says so; None where the office agrees it with its bank."""
        if self.country is not Country.DK:
            return None
        return 15 if self is ReferenceKind.FIK_71 else 16


class CheckMethod(Enum):
    """How the last digit is computed from the others."""

    MOD10 = "mod10"  # Luhn: weights 2, 1, 2, 1 … from the right, sums of digits
    MOD11 = "mod11"  # weights 2 to 7, again and again, from the right; Norway only


@dataclass(eq=False)
class ReferenceTooShort(RuleError):
    """The office's references have no room for a loan's number any more."""

    number: int
    room: int  # digits
    field: str = FIELD


@dataclass(eq=False)
class ReferenceTaken(RuleError):
    """Another loan, from a time with other rules, has the reference already."""

    digits: str
    field: str = FIELD


def check_mark(digits: str, method: CheckMethod) -> str:
    """The check of these digits: one digit, or "-" where mod11 leaves 1 (OCR giro, system specification 5).

    Published: 12345678 gives 2 by mod10 and 5 by mod11; 60224 gives 3 by mod10.
    """
    if method is CheckMethod.MOD10:
        from stdnum import luhn  # loaded when the first reference is made

        return str(luhn.calc_check_digit(digits))
    remainder = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(digits))) % 11
    return {0: "0", 1: _NO_DIGIT}.get(remainder, str(11 - remainder))


def has_right_check(reference: str, method: CheckMethod) -> bool:
    """Whether the last sign fits the digits before it."""
    return len(reference) > 1 and are_digits(reference[:-1]) and reference[-1] == check_mark(reference[:-1], method)


@dataclass(frozen=True, slots=True)
class ReferenceRule:
    """How an office builds its references, as agreed with its bank."""

    kind: ReferenceKind
    check: CheckMethod = CheckMethod.MOD10
    length: int = 8  # with the check digit
    prefix: str = ""  # fixed digits at the front
    has_length_digit: bool = False  # Sweden: the last digit of the length stands before the check digit
    creditor_number: str = ""  # Denmark: the office's own number at the bank; empty until it has one

    def __post_init__(self) -> None:
        length = self.kind.fixed_length
        if length is not None:
            if self.length != length:
                raise InvalidValue(
                    "reference_length", Problem.TOO_LARGE if self.length > length else Problem.TOO_SMALL, length
                )
        elif self.length < LEAST_LENGTH:
            raise InvalidValue("reference_length", Problem.TOO_SMALL, LEAST_LENGTH)
        elif self.length > MOST_LENGTH:
            raise InvalidValue("reference_length", Problem.TOO_LARGE, MOST_LENGTH)
        if self.prefix and not are_digits(self.prefix):
            raise InvalidValue("reference_prefix", Problem.MALFORMED)
        if self.room < LEAST_ROOM:
            longest = max(0, self.length - 1 - self.has_length_digit - LEAST_ROOM)
            if not self.prefix:
                raise InvalidValue("reference_length", Problem.TOO_SMALL, LEAST_ROOM + 1 + self.has_length_digit)
            raise InvalidValue("reference_prefix", Problem.TOO_LONG, longest)
        if self.check is CheckMethod.MOD11 and self.kind is not ReferenceKind.KID:
            raise InvalidValue("reference_check", Problem.NOT_TOGETHER, "reference_kind")
        if self.has_length_digit and self.kind is not ReferenceKind.OCR:
            raise InvalidValue("reference_has_length_digit", Problem.NOT_TOGETHER, "reference_kind")
        if self.creditor_number:
            if self.kind.country is not Country.DK:
                raise InvalidValue("reference_creditor", Problem.NOT_TOGETHER, "reference_kind")
            if not are_digits(self.creditor_number) or len(self.creditor_number) != CREDITOR_DIGITS:
                raise InvalidValue("reference_creditor", Problem.MALFORMED)

    @property
    def room(self) -> int:
        """How many digits are left for the loan's number."""
        return self.length - len(self.prefix) - 1 - self.has_length_digit


@dataclass(frozen=True, slots=True)
class PaymentReference:
    """The reference of one loan, given once: its kind and its digits, the check last."""

    kind: ReferenceKind
    digits: str  # 0-9, and "-" as the check of some KIDs

    def __post_init__(self) -> None:
        body, mark = self.digits[:-1], self.digits[-1:]
        if not are_digits(body) or not (are_digits(mark) or (mark == _NO_DIGIT and self.kind is ReferenceKind.KID)):
            raise InvalidValue(FIELD, Problem.MALFORMED)


def usual_rule(country: Country) -> ReferenceRule:
    """What an office has that has not chosen: eight digits in Norway and Sweden, card 71 in Denmark."""
    kind = {Country.NO: ReferenceKind.KID, Country.SE: ReferenceKind.OCR, Country.DK: ReferenceKind.FIK_71}[country]
    return ReferenceRule(kind, length=kind.fixed_length or 8)


def kinds_of(country: Country) -> tuple[ReferenceKind, ...]:
    """The kinds an office in that country can choose between."""
    return tuple(kind for kind in ReferenceKind if kind.country is country)


def reference_for(number: int, rule: ReferenceRule) -> PaymentReference:
    """The reference that the rule gives the loan of that number; ReferenceTooShort when the number has no room.

    Two loans never get the same one by one rule, since their numbers differ at the same places.
    """
    body = f"{rule.prefix}{number:0{rule.room}}"
    if len(body) > len(rule.prefix) + rule.room:
        raise ReferenceTooShort(number, rule.room)
    if rule.has_length_digit:
        body += str(rule.length % 10)
    return PaymentReference(rule.kind, body + check_mark(body, rule.check))


def read_reference(text: str, field: str = FIELD) -> str:
    """The digits of a reference as typed or scanned, spaces and its name before it left out; of a Danish line the code only.

    Whether a loan has it, and whether its check is right, is for the caller to ask. Raises InvalidValue on `field`.
    """
    named = _NAMED.match(text)
    text = text[named.end() :] if named else text
    if line := _FIK_LINE.fullmatch(text.strip()):
        return line[2].replace(" ", "")
    plain = plain_typed(text, field)
    mark = _NO_DIGIT if plain.endswith(_NO_DIGIT) else ""
    return digits_of(plain.removesuffix(mark), field, " ") + mark


def reference_typed(text: str) -> str:
    """What was typed into a search as the beginning of a reference; empty when it is too short or none."""
    try:
        reference = read_reference(text)
    except InvalidValue:
        return ""
    return reference if len(reference) >= BEGINS_FROM else ""


def in_groups(digits: str, space: str = " ") -> str:
    """The digits in groups of four for reading, counted from the left: 0000 0125."""
    return space.join(digits[start : start + 4] for start in range(0, len(digits), 4))


def fik_line(reference: PaymentReference, creditor_number: str) -> str:
    """The line at the foot of a Danish slip, as a bank asks for it: +71<000000000000018+12345678<.

    Empty for other countries, and while the office has no creditor number.
    """
    if not reference.kind.card or not creditor_number:
        return ""
    return f"+{reference.kind.card}<{reference.digits}+{creditor_number}<"
