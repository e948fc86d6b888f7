"""Terms as JSON: the form in which a case without personal data can be sent to a colleague."""

from __future__ import annotations

from typing import Any

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.json_values import (
    calendar_date,
    choice,
    decimal_number,
    fields_of,
    money,
    needed,
    text_of,
    whole_number,
)
from mikrolaan.domain.money import Currency, Money, Rounding, total
from mikrolaan.domain.terms import (
    CALENDARS,
    MOST_INSTALMENTS,
    MOST_TRANCHES,
    BusinessDayRule,
    DayCount,
    FeePaid,
    InterestMethod,
    PaymentFreeInterest,
    PeriodUnit,
    Repayment,
    Terms,
    Tranche,
)

LAST_DAY = "last"  # due_day: the last day of the month; kept as 31
FIELDS = (
    "principal",
    "currency",
    "annual_rate_percent",
    "disbursed_on",
    "instalments",
    "every",
    "unit",
    "first_due_on",
    "due_day",
    "repayment",
    "interest_method",
    "day_count",
    "interest_only_instalments",
    "payment_free_instalments",
    "payment_free_interest",
    "instalment_multiple",
    "rounding",
    "business_day_rule",
    "calendar",
    "establishment_fee",
    "establishment_fee_paid",
    "instalment_fee",
    "tranches",
    "months_without_principal",
    "agreed_principals",
)
_DEFAULTS: dict[str, Any] = {
    "every": 1,
    "unit": "months",
    "repayment": "annuity",
    "interest_method": "declining",
    "day_count": "30/360",
    "interest_only_instalments": 0,
    "payment_free_instalments": 0,
    "payment_free_interest": "capitalised",
    "instalment_multiple": "0.01",
    "rounding": "half-up",
    "business_day_rule": "none",
    "establishment_fee": "0.00",
    "establishment_fee_paid": "deducted",
    "instalment_fee": "0.00",
}


def terms_from_json(value: Any) -> Terms:
    """Terms from parsed JSON; InvalidValue names the first field that does not fit.

    Fields left out have the defaults of the command line; null is the same as left out. With `tranches` the
    principal is their sum; the disbursement is the day of the first. `months_without_principal` (numbers from 1 to 12)
    and `agreed_principals` (one amount for each instalment) are this program's own; an empty list is as left out.
    """
    given = {**_DEFAULTS, **{k: v for k, v in fields_of(value, "terms", FIELDS).items() if v is not None}}
    currency = choice(needed(given, "currency"), Currency, "currency")

    def minor(field: str) -> int:
        return money(given[field], currency, field).minor

    tranches = _tranches(given.get("tranches"), currency)
    if "principal" in given or not tranches:
        principal = money(needed(given, "principal"), currency, "principal")
    else:
        principal = total([tranche.amount for tranche in tranches], currency)
    if "disbursed_on" in given or not tranches:
        disbursed_on = calendar_date(needed(given, "disbursed_on"), "disbursed_on")
    else:
        disbursed_on = tranches[0].on
    first = given.get("first_due_on")
    return Terms(
        principal=principal,
        annual_rate_percent=decimal_number(needed(given, "annual_rate_percent"), "annual_rate_percent"),
        disbursed_on=disbursed_on,
        instalments=whole_number(needed(given, "instalments"), "instalments"),
        every=whole_number(given["every"], "every"),
        unit=choice(given["unit"], PeriodUnit, "unit"),
        first_due_on=None if first is None else calendar_date(first, "first_due_on"),
        due_day=_due_day(given.get("due_day")),
        repayment=choice(given["repayment"], Repayment, "repayment"),
        interest_method=choice(given["interest_method"], InterestMethod, "interest_method"),
        day_count=choice(given["day_count"], DayCount, "day_count"),
        interest_only_instalments=whole_number(given["interest_only_instalments"], "interest_only_instalments"),
        payment_free_instalments=whole_number(given["payment_free_instalments"], "payment_free_instalments"),
        payment_free_interest=choice(given["payment_free_interest"], PaymentFreeInterest, "payment_free_interest"),
        instalment_multiple_minor=minor("instalment_multiple"),
        rounding=choice(given["rounding"], Rounding, "rounding"),
        business_day_rule=choice(given["business_day_rule"], BusinessDayRule, "business_day_rule"),
        calendar=_calendar(given.get("calendar")),
        establishment_fee_minor=minor("establishment_fee"),
        establishment_fee_paid=choice(given["establishment_fee_paid"], FeePaid, "establishment_fee_paid"),
        instalment_fee_minor=minor("instalment_fee"),
        tranches=tranches,
        months_without_principal=_months(given.get("months_without_principal")),
        agreed_principals_minor=_agreed(given.get("agreed_principals"), currency),
    )


def terms_to_json(terms: Terms) -> dict[str, Any]:
    """Every field of the terms, defaults too, ready for `json.dumps`; what is not set is left out."""

    def amount(minor: int) -> str:
        return text_of(Money(minor, terms.currency))

    fields: dict[str, Any] = {
        "principal": text_of(terms.principal),
        "currency": terms.currency.value,
        "annual_rate_percent": f"{terms.annual_rate_percent:f}",
        "disbursed_on": terms.disbursed_on.isoformat(),
        "instalments": terms.instalments,
        "every": terms.every,
        "unit": terms.unit.value,
        "first_due_on": None if terms.first_due_on is None else terms.first_due_on.isoformat(),
        "due_day": LAST_DAY if terms.due_day == 31 else terms.due_day,
        "repayment": terms.repayment.value,
        "interest_method": terms.interest_method.value,
        "day_count": terms.day_count.value,
        "interest_only_instalments": terms.interest_only_instalments,
        "payment_free_instalments": terms.payment_free_instalments,
        "payment_free_interest": terms.payment_free_interest.value,
        "instalment_multiple": amount(terms.instalment_multiple_minor),
        "rounding": terms.rounding.value,
        "business_day_rule": terms.business_day_rule.value,
        "calendar": terms.calendar,
        "establishment_fee": amount(terms.establishment_fee_minor),
        "establishment_fee_paid": terms.establishment_fee_paid.value,
        "instalment_fee": amount(terms.instalment_fee_minor),
        "tranches": [{"on": part.on.isoformat(), "amount": text_of(part.amount)} for part in terms.tranches] or None,
        "months_without_principal": sorted(terms.months_without_principal) or None,
        "agreed_principals": [amount(agreed) for agreed in terms.agreed_principals_minor] or None,
    }
    if terms.tranches:
        del fields["principal"]
    return {field: value for field, value in fields.items() if value is not None}


def _due_day(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, str):
        if value == LAST_DAY:
            return 31
        raise InvalidValue("due_day", Problem.UNKNOWN_CHOICE, f"1–31, {LAST_DAY}")
    return whole_number(value, "due_day")


def _calendar(value: Any) -> str | None:
    if value is None or (isinstance(value, str) and value in CALENDARS):
        return value
    raise InvalidValue("calendar", Problem.UNKNOWN_CHOICE, ", ".join(CALENDARS))


def _months(value: Any) -> frozenset[int]:
    name = "months_without_principal"
    return frozenset(whole_number(month, name) for month in _listed(value, name, 12))


def _agreed(value: Any, currency: Currency) -> tuple[int, ...]:
    name = "agreed_principals"
    return tuple([money(amount, currency, name).minor for amount in _listed(value, name, MOST_INSTALMENTS)])


def _listed(value: Any, name: str, most: int) -> list[Any]:
    """A list that is not too long, before anything in it is read; empty where nothing is given."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise InvalidValue(name, Problem.MALFORMED)
    if len(value) > most:
        raise InvalidValue(f"{name}.count", Problem.TOO_LARGE, most)
    return value


def _tranches(value: Any, currency: Currency) -> tuple[Tranche, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not value:
        raise InvalidValue("tranches", Problem.MALFORMED)
    if len(value) > MOST_TRANCHES:
        raise InvalidValue("tranches", Problem.TOO_LARGE, MOST_TRANCHES)
    tranches: list[Tranche] = []
    for part in value:
        fields = fields_of(part, "tranches", ("on", "amount"))
        on = calendar_date(needed(fields, "on"), "tranches.on")
        tranches.append(Tranche(on, money(needed(fields, "amount"), currency, "tranches.amount")))
    return tuple(tranches)
