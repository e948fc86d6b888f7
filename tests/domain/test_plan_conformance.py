"""Plans and effective rates that others have published, to the last unit; sources stand in the files."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mikrolaan.domain.plan import make_plan
from mikrolaan.domain.plan_json import effective_rate_from_json, plan_to_json
from mikrolaan.domain.terms_json import terms_from_json, terms_to_json

OWN_COPY = Path(__file__).parents[1] / "data"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "conformance"


def cases(name: str) -> list[Any]:
    """Every case of the stored copy and, where it lies beside the project, of the shared file."""
    found = []
    for kind, folder in (("copy", OWN_COPY), ("shared", SHARED)):
        if (folder / name).exists():
            rows = json.loads((folder / name).read_text(encoding="utf-8"))
            found += [pytest.param(row, id=f"{kind}-{row['id']}") for row in rows]
        else:
            missing = pytest.mark.skip(reason=f"{folder} is not here")
            found.append(pytest.param({}, id=f"{kind}-missing", marks=missing))
    return found


@pytest.mark.parametrize("case", cases("plans.json"))
def test_a_published_plan_agrees_to_the_last_unit(case):
    terms = terms_from_json(case["terms"])

    rows = plan_to_json(make_plan(terms))["rows"]

    assert [{key: row[key] for key in case["rows"][0]} for row in rows] == case["rows"]
    assert terms_from_json(terms_to_json(terms)) == terms


@pytest.mark.parametrize("case", cases("apr.json"))
def test_a_published_effective_rate_agrees_at_its_precision(case):
    expected = Decimal(case["expected_percent"])

    found = Decimal(effective_rate_from_json(case["flows"])["effective_rate_percent"])

    assert round(found, -int(expected.as_tuple().exponent)) == expected
