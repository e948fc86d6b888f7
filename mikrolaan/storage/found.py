"""What a search text asks of the records: conditions shared by every list in which one looks for somebody."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, false, func, or_

from mikrolaan.domain.payment_reference import reference_typed
from mikrolaan.domain.search_text import is_signs_alone, terms_of
from mikrolaan.storage.tables import borrowers, groups, loans

Condition = ColumnElement[Any]
SHORTEST_ABROAD = 5  # digits of a phone number after 00; fewer fill up a reference, and are in many numbers by chance


def found(text: Condition, search: str) -> list[Condition]:
    """Every term of the search is a part of the record's search text; signs alone are a part of none."""
    if is_signs_alone(search):
        return [false()]
    return [text.contains(term, autoescape=True) for term in terms_of(search)]


def loan_found(search: str) -> list[Condition]:
    """The loan's number, its borrower and its group hold every term, or its payment reference begins so.

    For a query that joins `loans` with `borrowers` and, as an outer join, with `groups`.
    """
    text = borrowers.c.search_text + " " + cast(loans.c.number, String) + " " + func.coalesce(groups.c.search_text, "")
    named = found(text, search)
    reference = reference_typed(search)
    if not reference:
        return named
    begins = loans.c.payment_reference.startswith(reference, autoescape=True)
    if reference.startswith("00") and len(reference.lstrip("0")) < SHORTEST_ABROAD:
        return [begins]
    return [or_(begins, and_(*named)) if named else begins]
