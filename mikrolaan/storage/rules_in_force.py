"""The rules by which each loan lives: those of its product's version, with the office's dated rates of late interest."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Connection, select

from mikrolaan.domain.errors import NotFound
from mikrolaan.domain.identity import Country
from mikrolaan.domain.law_tables import OwnRate, rates_with
from mikrolaan.domain.loan_rules import LateInterest, LoanRules
from mikrolaan.domain.rate_table import RateTable
from mikrolaan.domain.shipped_tables import COUNTRY, shipped_rates
from mikrolaan.storage.law_rows import row_to_rate
from mikrolaan.storage.products import KIND, row_to_rules
from mikrolaan.storage.tables import law_rates, office, products


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
        rates = self._own_rates()
        known: dict[UUID, LoanRules] = {}
        for row in self._connection.execute(select(products)).all():
            rules = row_to_rules(row)
            is_statutory = rules.late_interest is LateInterest.STATUTORY
            known[row.id] = replace(rules, statutory=rates) if is_statutory and rates is not None else rules
        return known

    def _own_rates(self) -> RateTable | None:
        """The table with the office's own rows; None where it has none."""
        rows = self._connection.execute(select(law_rates).where(law_rates.c.is_withdrawn.is_(False)).order_by("id"))
        own = tuple(map(row_to_rate, rows.all()))
        if not own:
            return None
        country = Country(self._connection.execute(select(office.c.country)).scalar_one())
        return _table(COUNTRY[country.currency], own)


@lru_cache(maxsize=8)
def _table(country: str, own: tuple[OwnRate, ...]) -> RateTable:
    """The same object for the same rows: what was summed up from it is found again."""
    return rates_with(shipped_rates(country), own)
