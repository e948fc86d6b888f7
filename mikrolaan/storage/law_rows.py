"""The office's own rows of the law's tables, to and from the rows of the office file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from mikrolaan.domain.collection_fees import CollectionLetter, FeeRow
from mikrolaan.domain.law_tables import OwnFee, OwnRate
from mikrolaan.domain.rate_table import RateRow
from mikrolaan.storage.records import Values

RATE = "late-interest rate"
FEE = "collection fee"


def rate_to_row(rate: OwnRate) -> Values:
    """The columns of a rate."""
    return {
        "id": rate.id,
        "first": rate.row.first,
        "last": rate.row.last,
        "percent": str(rate.row.percent),
        "source": rate.row.source,
        "is_withdrawn": rate.is_withdrawn,
        "version": rate.version,
    }


def row_to_rate(row: Row[Any]) -> OwnRate:
    """A rate from its row."""
    kept = RateRow(row.first, row.last, Decimal(row.percent), row.source)
    return OwnRate(row.id, kept, row.is_withdrawn, row.version)


def fee_to_row(fee: OwnFee) -> Values:
    """The columns of a fee."""
    row = fee.row
    return {
        "id": fee.id,
        "letter": row.letter.value,
        "first": row.first,
        "last": row.last,
        "amount": str(row.amount),
        "waiting_days": row.waiting_days,
        "apart_days": row.apart_days,
        "most": row.most,
        "most_so_far": row.most_so_far,
        "restart_months": row.restart_months,
        "source": row.source,
        "is_withdrawn": fee.is_withdrawn,
        "version": fee.version,
    }


def row_to_fee(row: Row[Any]) -> OwnFee:
    """A fee from its row."""
    kept = FeeRow(
        letter=CollectionLetter(row.letter),
        first=row.first,
        last=row.last,
        amount=Decimal(row.amount),
        waiting_days=row.waiting_days,
        apart_days=row.apart_days,
        most=row.most,
        most_so_far=row.most_so_far,
        restart_months=row.restart_months,
        source=row.source,
    )
    return OwnFee(row.id, kept, row.is_withdrawn, row.version)
