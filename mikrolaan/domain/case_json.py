"""A loan without personal data as JSON: terms, rules and journal in, the statement of a day out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.journal import (
    AlreadyReversed,
    Entry,
    EntryRefused,
    EntryUnknown,
    Fee,
    HolidayInterest,
    Journal,
    NewPlan,
    Payment,
    PaymentHoliday,
    Payout,
    RateChange,
    Recorded,
    Recovery,
    Refund,
    Reversal,
    Waived,
    Waiver,
    WriteOff,
)
from mikrolaan.domain.json_values import calendar_date, choice, decimal_number, fields_of, money, needed, whole_number
from mikrolaan.domain.loan import ContractIssued, Decision, Loan, Outcome
from mikrolaan.domain.loan_rules import EarlyRepayment, InterestRule, LateInterest, LateInterestBase, LoanRules, Part
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.replay import Replay
from mikrolaan.domain.terms import Terms
from mikrolaan.domain.terms_json import terms_from_json

MOST_ENTRIES = 5000
LONGEST_ID = 100
NOBODY = UUID(int=0)
_RECORDED = Recorded(datetime(1970, 1, 1, tzinfo=UTC), NOBODY)
_IDS = UUID("8c2ea0b6-6a0c-4b3f-9b53-6f0a2d0f4a11")  # entry ids of cases are made from their words under this one
_DIGITS = re.compile(r"([0-9]+)")

_FIELDS: dict[str, tuple[str, ...]] = {
    "payout": ("amount",),
    "payment": ("amount", "early_repayment"),
    "fee": ("amount", "due_on"),
    "rate-change": ("annual_rate_percent",),
    "new-plan": ("terms",),
    "payment-holiday": ("instalments", "interest"),
    "waiver": ("of", "amount"),
    "write-off": ("amount",),
    "recovery": ("amount",),
    "refund": ("amount",),
    "reversal": ("of", "reason"),
}


def entry_id(word: str) -> UUID:
    """An identity for the entry that a case calls by that word, while its journal is read."""
    return uuid5(_IDS, word)


def place_of(word: str) -> tuple[tuple[int, str], ...]:
    """By which entries of one day and kind stand in order: p2 before p10."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(word) if part)


def _in_order_of_words(entries: list[Entry], words: dict[UUID, str]) -> tuple[list[Entry], dict[UUID, str]]:
    """The same entries with identities that tell the order of their words, since two of a day and kind count by identity."""
    ordered = sorted(words, key=lambda known: (place_of(words[known]), words[known]))
    ranks = {known: UUID(int=place) for place, known in enumerate(ordered, start=1)}
    made: list[Entry] = []
    for entry in entries:
        if isinstance(entry, Reversal):
            entry = replace(entry, of=ranks.get(entry.of, entry.of))
        made.append(replace(entry, id=ranks[entry.id]))
    return made, {ranks[known]: word for known, word in words.items()}


def case_from_json(value: Any) -> tuple[Loan, dict[UUID, str]]:
    """The loan of a case, approved and signed, and the words by which the case calls its entries.

    InvalidValue names the first field that does not fit, such as `journal[3].amount` or `product.interest`; a journal
    whose entries cannot stand beside each other is refused by the entry that asks for too much.
    """
    given = fields_of(value, "case", ("terms", "product", "journal"))
    with _inside("terms"):
        terms = terms_from_json(needed_here(given, "terms"))
    with _inside("product"):
        rules = rules_from_json(given.get("product") or {})
    listed = given.get("journal")
    if listed is None:
        listed = []
    if not isinstance(listed, list):
        raise InvalidValue("journal", Problem.MALFORMED)
    if len(listed) > MOST_ENTRIES:
        raise InvalidValue("journal", Problem.TOO_LARGE, MOST_ENTRIES)
    words: dict[UUID, str] = {}
    entries: list[Entry] = []
    for place, told in enumerate(listed):
        with _inside(f"journal[{place}]"):
            entry = _entry(told, terms, words)
        entries.append(entry)
    entries, words = _in_order_of_words(entries, words)
    journal = _journal(entries)
    loan = Loan(
        id=NOBODY,
        number=1,
        borrower_id=NOBODY,
        product_id=NOBODY,
        terms=terms,
        applied_on=terms.disbursed_on,
        decision=Decision(terms.disbursed_on, Outcome.APPROVED, NOBODY),
        contract=ContractIssued(NOBODY, terms.disbursed_on),
        signed_on=terms.disbursed_on,
        journal=journal,
        rules=rules,
    )
    if journal.last_on is not None:
        try:
            Replay(terms, rules, journal, journal.last_on, strict=True)
        except EntryRefused as error:
            place = next(place for place, entry in enumerate(entries) if entry.id == error.entry_id)
            raise InvalidValue(f"journal[{place}].{error.field}", error.problem, error.limit) from None
    return loan, words


def needed_here(given: Mapping[str, Any], field: str) -> Any:
    """What the field holds; InvalidValue without a name of its own when it is missing, as the caller adds it."""
    value = given.get(field)
    if value is None:
        raise InvalidValue("", Problem.MISSING)
    return value


def rules_from_json(value: Any) -> LoanRules:
    """The rules of a product; what is left out is as Norwegian lenders have it."""
    given = fields_of(
        value, "product", ("interest", "allocation", "early_repayment", "late_interest", "late_interest_base")
    )
    rules = LoanRules()
    late, percent = _late_interest(given.get("late_interest"), rules)

    def chosen(field: str, kind: Any, usual: Any) -> Any:
        return usual if given.get(field) is None else choice(given[field], kind, field)

    return LoanRules(
        interest=chosen("interest", InterestRule, rules.interest),
        allocation=_allocation(given.get("allocation"), rules),
        early_repayment=chosen("early_repayment", EarlyRepayment, rules.early_repayment),
        late_interest=late,
        late_interest_percent=percent,
        late_interest_base=chosen("late_interest_base", LateInterestBase, rules.late_interest_base),
    )


def rules_to_json(rules: LoanRules) -> dict[str, Any]:
    """Every rule, ready for `json.dumps`."""
    late: Any = rules.late_interest.value
    if rules.late_interest_percent is not None:
        late = {"percent": f"{rules.late_interest_percent:f}"}
    return {
        "interest": rules.interest.value,
        "allocation": [part.value for part in rules.allocation],
        "early_repayment": rules.early_repayment.value,
        "late_interest": late,
        "late_interest_base": rules.late_interest_base.value,
    }


def _late_interest(value: Any, usual: LoanRules) -> tuple[LateInterest, Decimal | None]:
    if value is None:
        return usual.late_interest, usual.late_interest_percent
    if isinstance(value, dict):
        percent = needed(fields_of(value, "late_interest", ("percent",)), "percent")
        return LateInterest.AGREED, decimal_number(percent, "late_interest.percent")
    for kind in (LateInterest.NONE, LateInterest.STATUTORY):
        if value == kind.value:
            return kind, None
    raise InvalidValue("late_interest", Problem.UNKNOWN_CHOICE, 'none, statutory, {"percent": "12.00"}')


def _allocation(value: Any, usual: LoanRules) -> tuple[Part, ...]:
    if value is None:
        return usual.allocation
    if not isinstance(value, list):
        raise InvalidValue("allocation", Problem.MALFORMED)
    return tuple(choice(part, Part, "allocation") for part in value)


@contextmanager
def _inside(place: str) -> Iterator[None]:
    """Let an InvalidValue say in which part of the case its field stands."""
    try:
        yield
    except InvalidValue as error:
        own = "" if error.field in {"", place} else f".{error.field}"
        raise InvalidValue(f"{place}{own}", error.problem, error.limit) from None


def _journal(entries: list[Entry]) -> Journal:
    """The journal; a reversal of what is not there is told by its place."""
    ordered = sorted(entries, key=lambda entry: isinstance(entry, Reversal))  # the order of typing does not matter
    try:
        return Journal(tuple(ordered))
    except (EntryUnknown, AlreadyReversed) as error:
        wrong = [n for n, entry in enumerate(entries) if isinstance(entry, Reversal) and entry.of == error.entry_id]
        problem = Problem.UNKNOWN_CHOICE if isinstance(error, EntryUnknown) else Problem.NOT_TOGETHER
        limit = None if isinstance(error, EntryUnknown) else f"journal[{wrong[0]}].of"
        raise InvalidValue(f"journal[{wrong[-1]}].of", problem, limit) from None


def _entry(told: Any, terms: Terms, words: dict[UUID, str]) -> Entry:
    if not isinstance(told, dict):
        raise InvalidValue("", Problem.MALFORMED)
    kind = needed(told, "type")
    if not isinstance(kind, str) or kind not in _FIELDS:
        raise InvalidValue("type", Problem.UNKNOWN_CHOICE, ", ".join(_FIELDS))
    given = fields_of(told, "", ("id", "type", "on", "note", *_FIELDS[kind]))
    word = _word(needed(given, "id"), "id")
    identity = entry_id(word)
    if identity in words:
        raise InvalidValue("id", Problem.NOT_TOGETHER, "id")
    words[identity] = word
    on = calendar_date(needed(given, "on"), "on")
    return _MAKERS[kind](identity, on, given, terms.currency)


def _word(value: Any, field: str) -> str:
    if isinstance(value, str) and value.strip() and value.isprintable() and len(value) <= LONGEST_ID:
        return value
    if type(value) is int:
        return str(value)
    raise InvalidValue(field, Problem.MALFORMED)


def _note(given: Mapping[str, Any]) -> str:
    note = given.get("note")
    if note is None:
        return ""
    if not isinstance(note, str):
        raise InvalidValue("note", Problem.MALFORMED)
    return note


def _amount(given: Mapping[str, Any], currency: Currency) -> Money:
    amount = money(needed(given, "amount"), currency, "amount")
    if amount.minor <= 0:
        raise InvalidValue("amount", Problem.TOO_SMALL, Decimal("0.01"))
    return amount


def _moving(kind: type[Payout | WriteOff | Recovery | Refund]) -> Callable[..., Entry]:
    def make(identity: UUID, on: date, given: Mapping[str, Any], currency: Currency) -> Entry:
        return kind(identity, on, _amount(given, currency), _RECORDED, note=_note(given))

    return make


def _payment(identity: UUID, on: date, given: Mapping[str, Any], currency: Currency) -> Entry:
    early = given.get("early_repayment")
    rule = None if early is None else choice(early, EarlyRepayment, "early_repayment")
    return Payment(identity, on, _amount(given, currency), _RECORDED, note=_note(given), early_repayment=rule)


def _fee(identity: UUID, on: date, given: Mapping[str, Any], currency: Currency) -> Entry:
    due_on = on if given.get("due_on") is None else calendar_date(given["due_on"], "due_on")
    return Fee(identity, on, _amount(given, currency), due_on, _RECORDED, _note(given))


def _rate_change(identity: UUID, on: date, given: Mapping[str, Any], _: Currency) -> Entry:
    rate = decimal_number(needed(given, "annual_rate_percent"), "annual_rate_percent")
    return RateChange(identity, on, rate, _RECORDED, _note(given))


def _new_plan(identity: UUID, on: date, given: Mapping[str, Any], currency: Currency) -> Entry:
    with _inside("terms"):
        terms = terms_from_json(needed_here(given, "terms"))
        if terms.currency is not currency:
            raise InvalidValue("currency", Problem.NOT_TOGETHER, "terms.currency")
    return NewPlan(identity, on, terms, _RECORDED, _note(given))


def _holiday(identity: UUID, on: date, given: Mapping[str, Any], _: Currency) -> Entry:
    count = whole_number(needed(given, "instalments"), "instalments")
    interest = choice(needed(given, "interest"), HolidayInterest, "interest")
    return PaymentHoliday(identity, on, count, interest, _RECORDED, _note(given))


def _waiver(identity: UUID, on: date, given: Mapping[str, Any], currency: Currency) -> Entry:
    of = choice(needed(given, "of"), Waived, "of")
    return Waiver(identity, on, of, _amount(given, currency), _RECORDED, _note(given))


def _reversal(identity: UUID, on: date, given: Mapping[str, Any], _: Currency) -> Entry:
    reason = needed(given, "reason")
    if not isinstance(reason, str):
        raise InvalidValue("reason", Problem.MALFORMED)
    return Reversal(identity, on, entry_id(_word(needed(given, "of"), "of")), reason, _RECORDED)


_MAKERS: dict[str, Callable[..., Entry]] = {
    "payout": _moving(Payout),
    "payment": _payment,
    "fee": _fee,
    "rate-change": _rate_change,
    "new-plan": _new_plan,
    "payment-holiday": _holiday,
    "waiver": _waiver,
    "write-off": _moving(WriteOff),
    "recovery": _moving(Recovery),
    "refund": _moving(Refund),
    "reversal": _reversal,
}
KIND_OF: dict[type[Entry], str] = {
    Payout: "payout",
    Payment: "payment",
    Fee: "fee",
    RateChange: "rate-change",
    NewPlan: "new-plan",
    PaymentHoliday: "payment-holiday",
    Waiver: "waiver",
    WriteOff: "write-off",
    Recovery: "recovery",
    Refund: "refund",
    Reversal: "reversal",
}
