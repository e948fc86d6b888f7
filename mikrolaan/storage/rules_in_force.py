"""The rules by which each loan lives: those of its product's version, with the office's dated rates of late interest."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from mikrolaan.domain.errors import NotFound
from mikrolaan.domain.identity import Country
from mikrolaan.domain.law_tables import OwnRate, rates_with
from mikrolaan.domain.loan_rules import LateInterest, LoanRules
from mikrolaan.domain.rate_table import RateTable
from mikrolaan.domain.shipped_tables import COUNTRY, shipped_rates
from mikrolaan.storage.law_rows import row_to_rate
from mikrolaan.storage.prepared import Prepared
from mikrolaan.storage.products import KIND, row_to_rules, rules_to_row
from mikrolaan.storage.tables import law_rates, office, products

_PRODUCTS = Prepared(select(products.c.id, *[products.c[name] for name in rules_to_row(LoanRules())]))
_RATES = Prepared(select(law_rates).where(law_rates.c.is_withdrawn.is_(False)).order_by(law_rates.c.id))


class RulesInForce:
    """Looks the rules of every product up once, at the first loan; for one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[UUID, LoanRules] = {}

    def of(self, product_version_id: UUID) -> LoanRules:
        """The rules of that version of a product; NotFound when there is none."""
        if product_version_id not in self._known:
            self._known = self._read()
        if product_version_id not in self._known:
            raise NotFound(KIND, product_version_id)
        return self._known[product_version_id]

    def forget(self) -> None:
        """Look up anew, after a rate was changed."""
        self._known = {}

    def _read(self) -> dict[UUID, LoanRules]:
        own = tuple(_RATES.raw(self._connection))
        country = self._connection.execute(select(office.c.country)).scalar_one() if own else None
        return _all_rules(tuple(_PRODUCTS.raw(self._connection)), own, country)


@lru_cache(maxsize=8)
def _all_rules(
    of_products: tuple[tuple[Any, ...], ...], own: tuple[tuple[Any, ...], ...], country: str | None
) -> dict[UUID, LoanRules]:
    """The rules of every product; the same objects for the same rows, also those of the office's own rates."""
    table = None
    if country is not None:
        table = _table(COUNTRY[Country(country).currency], tuple([row_to_rate(_RATES.row(raw)) for raw in own]))
    return {row.id: _rules(row, table) for row in map(_PRODUCTS.row, of_products)}


@lru_cache(maxsize=256)
def _rules(row: Any, rates: RateTable | None) -> LoanRules:
    """The same object for the same row and table; a row that was changed is another."""
    rules = row_to_rules(row)
    is_statutory = rules.late_interest is LateInterest.STATUTORY
    return replace(rules, statutory=rates) if is_statutory and rates is not None else rules


@lru_cache(maxsize=8)
def _table(country: str, own: tuple[OwnRate, ...]) -> RateTable:
    """The same object for the same rows: what was summed up from it is found again."""
    return rates_with(shipped_rates(country), own)
