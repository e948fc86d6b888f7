"""A calculation of an invented office, ready for paper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mikrolaan.domain.plan import make_plan
from mikrolaan.services.calculation import CalculationPaper, calculation_of
from tests.builders import an_office
from tests.documents.paper import ISSUED_ON, some_terms


def a_calculation(terms: dict[str, Any] | None = None, **changes: Any) -> CalculationPaper:
    """24 instalments of 100 000 kroner at 8 %, for Amina Ødegård; `terms` and `changes` alter it."""
    paper = CalculationPaper(
        office=an_office(),
        product_name="Start-up loan",
        calculation=calculation_of(make_plan(some_terms(**(terms or {})))),
        borrower_name="Amina Ødegård",
        officer_name="Kari Lund",
        made_on=ISSUED_ON,
        language="en",
    )
    return replace(paper, **changes)
