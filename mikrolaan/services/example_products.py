"""The three products that a new office begins with, from dated data; the office changes them as it likes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from uuid import uuid4

from mikrolaan.domain.identity import Country
from mikrolaan.domain.loan_rules import EarlyRepayment, InterestRule, LateInterest, LateInterestBase, LoanRules, Part
from mikrolaan.domain.money import Money
from mikrolaan.domain.product import NO_GRACE, Product, Span
from mikrolaan.domain.terms import BusinessDayRule, Repayment
from mikrolaan.paths import resource

Words = Callable[[str], tuple[str, str]]
"""The name and the description of an example product, by its key in the data."""


def example_products(country: Country, words: Words) -> tuple[Product, ...]:
    """A start-up loan, a group member's first loan and an interest-free municipal loan, in the country's currency.

    The figures and where each comes from stand in `resources/products/examples.json`.
    """
    data = example_data()
    rule = data["countries"][country.value]["business_day_rule"]
    return tuple(_product({**data["rules"], **example}, country, words, rule) for example in data["products"])


def example_data() -> dict[str, Any]:
    """The examples as they ship: for each figure its value and its source."""
    loaded: dict[str, Any] = json.loads(resource("products", "examples.json").read_text(encoding="utf-8"))
    return loaded


def _product(example: Mapping[str, Any], country: Country, words: Words, rule: Mapping[str, Any]) -> Product:
    currency = country.currency
    name, description = words(example["key"])
    allowed = tuple(Repayment(form) for form in example["repayments_allowed"]["value"])

    def span(choice: str, otherwise: Span | None = None) -> Span:
        if choice not in example and otherwise is not None:
            return otherwise
        return Span(*map(Decimal, example[choice]["value"]))

    def minor(choice: str, otherwise: int) -> int:
        return Money.from_decimal(example[choice]["value"], currency).minor if choice in example else otherwise

    return Product(
        id=uuid4(),
        product_id=uuid4(),
        name=name,
        description=description,
        currency=currency,
        amount=span("amount"),
        rate_percent=span("rate_percent"),
        instalments=span("instalments"),
        interest_only=span("interest_only", NO_GRACE),
        payment_free=span("payment_free", NO_GRACE),
        repayment=allowed[0],
        repayments_allowed=frozenset(allowed),
        business_day_rule=BusinessDayRule(rule["value"]),
        calendar=rule["calendar"],
        instalment_multiple_minor=minor("instalment_multiple", 1),
        establishment_fee_minor=minor("establishment_fee", 0),
        instalment_fee_minor=minor("instalment_fee", 0),
        rules=_rules(example),
    )


def _rules(example: Mapping[str, Any]) -> LoanRules:
    return LoanRules(
        interest=InterestRule(example["interest"]["value"]),
        allocation=tuple(map(Part, example["allocation"]["value"])),
        early_repayment=EarlyRepayment(example["early_repayment"]["value"]),
        late_interest=LateInterest(example["late_interest"]["value"]),
        late_interest_base=LateInterestBase(example["late_interest_base"]["value"]),
        reminder_fees=example["reminder_fees"]["value"],
        rate_notice_months=example["rate_notice_months"]["value"],
    )
