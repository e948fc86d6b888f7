"""An invented guarantor for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from mikrolaan.domain.guarantee_rules import guarantee_rules
from mikrolaan.domain.guarantor import Guarantee, Guarantor
from mikrolaan.domain.identity import Country
from tests.builders import a_person, nok, recorded

NO = guarantee_rules(Country.NO, date(2026, 1, 5))
SIGNED_ON = date(2026, 1, 10)
KARI = a_person(given_names="Kari", family_name="Vik", birth_date=date(1970, 3, 1))


def a_guarantee(**changes: Any) -> Guarantee:
    """At most 12 000 kroner, with interest and costs on top."""
    return replace(Guarantee(nok(12_000), interest_and_costs_on_top=True), **changes)


def a_guarantor(**changes: Any) -> Guarantor:
    """Kari Vik, who has not signed."""
    return replace(Guarantor(uuid4(), uuid4(), a_guarantee(), recorded(), person=KARI), **changes)


def bound(**changes: Any) -> Guarantor:
    """Kari Vik, who signed on 10 January 2026."""
    return a_guarantor(**changes).signed(SIGNED_ON, NO)
