"""Writes the values of a history entry as people read them: dates, amounts, kinds and names instead of stored text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any
from uuid import UUID

from mikrolaan.domain.borrower import LegalForm
from mikrolaan.domain.budget import Part, Per
from mikrolaan.domain.contact import format_phone
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.errors import InvalidValue
from mikrolaan.domain.follow_up import ContactKind, StepKind
from mikrolaan.domain.group import GroupRole, LiabilityForm
from mikrolaan.domain.guarantee_rules import GuaranteeKind
from mikrolaan.domain.identity import Country, IdentityKind
from mikrolaan.domain.ledger_accounts import AccountRole
from mikrolaan.domain.loan import Outcome
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.office import Role
from mikrolaan.domain.payment_reference import CheckMethod, ReferenceKind
from mikrolaan.domain.terms import (
    BusinessDayRule,
    DayCount,
    FeePaid,
    InterestMethod,
    PaymentFreeInterest,
    PeriodUnit,
    Repayment,
)
from mikrolaan.i18n import _, current_language, language_name, pgettext
from mikrolaan.i18n.conventions import conventions
from mikrolaan.i18n.reference_words import check_word, kind_word
from mikrolaan.ui import words
from mikrolaan.ui.arrears.arrears_words import contact_word, dunning_step_word, step_word
from mikrolaan.ui.borrowers.identity_words import identity_kind_word
from mikrolaan.ui.budget.budget_words import part_word
from mikrolaan.ui.history.entry_lines import entry_line
from mikrolaan.ui.reports.ledger_words import role_word

NameOf = Callable[[str, UUID], str]
"""The name of the borrower or group ("borrower", "group") with that id; empty where it is not known."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_AMOUNTS = frozenset({"principal", "instalment_multiple", "establishment_fee", "instalment_fee"})


def value_word(name: str, value: Any, record: Mapping[str, Any], currency: Currency, name_of: NameOf) -> str:
    """One field's value in words; empty where it holds nothing. A value that no longer fits its kind stays as stored."""
    if value is None or value in ("", []):
        return ""
    own = _own_currency(record, currency)
    try:
        if name == "every":
            return words.period_word(int(value), PeriodUnit(record.get("unit", PeriodUnit.MONTHS.value)))
        return _by_name(name, value, own, name_of)
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation, InvalidValue):
        return str(value)


def _own_currency(record: Mapping[str, Any], currency: Currency) -> Currency:
    try:
        return Currency(record["currency"])
    except (KeyError, ValueError):
        return currency


def _by_name(name: str, value: Any, currency: Currency, name_of: NameOf) -> str:
    language = current_language()
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name in _KINDS:
        kind, word = _KINDS[name]
        return word(kind(value))
    if name in _READERS:
        return _READERS[name](str(value))
    if name == "steps":
        return "\n".join(dunning_step_word(item) for item in value)
    if name in ("members", "journal", "journal_added", "tranches", "lines"):
        lines = {"members": _member_line, "tranches": _tranche_line, "lines": _budget_line}.get(name, _entry_line)
        return "\n".join(lines(item, currency, name_of) for item in value)
    if name == "balances":
        return _balances(str(value), currency)
    if name == "months_without_principal":
        names = conventions(language.code).months
        return ", ".join(names[int(month) - 1] for month in value)
    if name == "agreed_principals":
        return "; ".join(language.amount(Money.from_decimal(amount, currency)) for amount in value)
    if name in ("as_borrower_id", "member_id"):
        return name_of("borrower", UUID(value)) or _("A borrower")
    if name == "group_id":
        return name_of("group", UUID(value))
    if name in _AMOUNTS:
        return language.money(Money.from_decimal(value, currency))
    if name.endswith("_minor"):
        return language.money(Money(int(value), currency))
    if name.endswith("_percent"):
        return language.percent(Decimal(value), None)
    if isinstance(value, str) and _DATE.fullmatch(value):
        return language.date(date.fromisoformat(value))
    return language.number(value) if isinstance(value, int) else str(value)


def _identity(digits: str) -> str:
    cut = 6 if len(digits) == 11 else -4
    return f"{digits[:cut]}{' ' if cut == 6 else '-'}{digits[cut:]}"


def _roles(joined: str) -> str:
    return ", ".join(words.role_word(Role(role)) for role in joined.split(","))


def _outcome(outcome: Outcome) -> str:
    return {
        Outcome.APPROVED: pgettext("decision", "Approved"),
        Outcome.REFUSED: pgettext("decision", "Refused"),
    }[outcome]


_KINDS: dict[str, tuple[type[Enum], Callable[[Any], str]]] = {
    "identity_kind": (IdentityKind, identity_kind_word),
    "enterprise_legal_form": (LegalForm, words.legal_form_word),
    "liability_form": (LiabilityForm, words.liability_word),
    "guarantee_kind": (GuaranteeKind, words.guarantee_word),
    "contact_kind": (ContactKind, contact_word),
    "step_kind": (StepKind, step_word),
    "repayment": (Repayment, words.repayment_word),
    "interest_method": (InterestMethod, words.interest_method_word),
    "payment_free_interest": (PaymentFreeInterest, words.payment_free_interest_word),
    "business_day_rule": (BusinessDayRule, words.business_day_word),
    "day_count": (DayCount, words.day_count_word),
    "establishment_fee_paid": (FeePaid, words.fee_paid_word),
    "decision_outcome": (Outcome, _outcome),
    "kind": (DocumentKind, words.document_word),
    "country": (Country, words.country_word),
    "reference_kind": (ReferenceKind, kind_word),
    "reference_check": (CheckMethod, check_word),
    "role": (AccountRole, role_word),
}
_READERS: dict[str, Callable[[str], str]] = {
    "identity_digits": _identity,
    "phone": format_phone,
    "paper_language": language_name,
    "language": language_name,
    "roles": _roles,
    "due_day": lambda day: _("The last day") if day == "last" else day,
}


def _member_line(member: Mapping[str, Any], _currency: Currency, name_of: NameOf) -> str:
    language = current_language()
    left = member.get("left_on")
    told = {
        "name": name_of("borrower", UUID(member["borrower_id"])) or _("A borrower"),
        "role": words.group_role_word(GroupRole(member["role"])),
        "joined": language.date(date.fromisoformat(member["joined_on"])),
        "left": language.date(date.fromisoformat(left)) if left else "",
    }
    if left:
        return _("{name}, {role}, {joined} to {left}").format(**told)
    return _("{name}, {role}, from {joined}").format(**told)


def _budget_line(line: Mapping[str, Any], currency: Currency, _name_of: NameOf) -> str:
    language = current_language()
    told = {
        "part": part_word(Part(line["part"])),
        "name": line["name"],
        "amount": language.money(Money(line["amount_minor"], currency)),
    }
    if line.get("remaining_minor") is not None:
        remaining = language.money(Money(line["remaining_minor"], currency))
        return _("{part}: {name}, {amount} a month, {remaining} still owed").format(**told, remaining=remaining)
    if Per(line["per"]) is Per.YEAR:
        return _("{part}: {name}, {amount} a year").format(**told)
    return _("{part}: {name}, {amount} a month").format(**told)


def _balances(stored: str, currency: Currency) -> str:
    """A line for each account that had a balance, in the order of a trial balance; debit without a sign."""
    of_roles = {AccountRole(role): Money(minor, currency) for role, minor in json.loads(stored).items() if minor}
    return "\n".join(
        _("{account}: {amount}").format(account=role_word(role), amount=current_language().money(of_roles[role]))
        for role in AccountRole
        if role in of_roles
    )


def _tranche_line(part: Mapping[str, Any], currency: Currency, _name_of: NameOf) -> str:
    language = current_language()
    amount = language.money(Money.from_decimal(part["amount"], currency))
    return _("{amount} on {day}").format(amount=amount, day=language.date(date.fromisoformat(part["on"])))


def _entry_line(entry: Mapping[str, Any], currency: Currency, _name_of: NameOf) -> str:
    return entry_line(entry, _own_currency(entry, currency))
