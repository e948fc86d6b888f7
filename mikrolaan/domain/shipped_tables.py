"""The law's dated tables as they ship with the program, read once from `resources/`."""

from __future__ import annotations

from functools import lru_cache

from mikrolaan.domain.collection_fees import FeeTable, read_fees
from mikrolaan.domain.money import Currency
from mikrolaan.domain.rate_table import RateTable, read_rates
from mikrolaan.paths import resource

COUNTRY = {Currency.NOK: "no", Currency.SEK: "se", Currency.DKK: "dk"}  # the euro has no country of its own


@lru_cache(maxsize=8)
def shipped_rates(country: str) -> RateTable:
    """The late-interest rates of a country (`resources/late_interest`); empty when there is no such table.

    Sources stand in the table: forsinkelsesrenteloven § 3, räntelagen § 6, renteloven § 5.
    """
    path = resource("late_interest", f"{country}.tsv")
    if not country or not path.is_file():
        return RateTable(country, ())
    with path.open(encoding="utf-8", newline="") as file:
        return RateTable(country, read_rates(file))


@lru_cache(maxsize=8)
def shipped_fees(currency: Currency) -> FeeTable:
    """What letters may cost in the country of a currency (`resources/collection_fees`); empty without a table.

    Sources stand in the table: inkassoforskriften ch. 1, lag (1981:739), renteloven § 9 b.
    """
    country = COUNTRY.get(currency, "")
    path = resource("collection_fees", f"{country}.tsv")
    if not country or not path.is_file():
        return FeeTable(country, currency, ())
    with path.open(encoding="utf-8", newline="") as file:
        return FeeTable(country, currency, read_fees(file))
