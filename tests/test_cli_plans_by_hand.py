"""The command `plan` with seasons and with amounts agreed one by one, which are this program's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mikrolaan.cli import main

TERMS = {
    "principal": "12000.00",
    "currency": "NOK",
    "annual_rate_percent": "12",
    "disbursed_on": "2026-01-15",
    "instalments": 3,
}


def run(tmp_path: Path, **fields: Any) -> int:
    path = tmp_path / "terms.json"
    path.write_text(json.dumps({**TERMS, **fields}))
    return main(["plan", str(path), "--json"])


def test_agreed_amounts_and_seasons_become_plans(tmp_path, capsys):
    assert run(tmp_path, agreed_principals=["0.00", "2000.00", "10000.00"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [row["due"] for row in rows] == ["120.00", "2120.00", "10100.00"]

    assert run(tmp_path, months_without_principal=[2, 3], repayment="serial") == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [row["due"] for row in rows] == ["120.00", "120.00", "12120.00"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"agreed_principals": ["1.00"] * 90_000}, "agreed_principals.count must be at most 1200."),
        ({"agreed_principals": ["4000.00"] * 2}, "agreed_principals.count must be at least 3."),
        ({"agreed_principals": ["4000.00"] * 3, "repayment": "bullet"}, "agreed_principals does not fit"),
        ({"agreed_principals": ["4000.00", "4000.00", "3999.00"]}, "the amounts leave 1.00 of the loan over."),
        ({"agreed_principals": ["-1.00", "1.00", "12000.00"]}, "agreed_principals must be at least 0.00."),
        ({"months_without_principal": [13]}, "months_without_principal must be at most 12."),
        ({"months_without_principal": ["7"]}, "months_without_principal must be a whole number"),
        ({"months_without_principal": [2, 3, 4]}, "the loan is never repaid"),
    ],
)
def test_what_cannot_be_agreed_is_told_in_one_line(tmp_path, capsys, fields, told):
    assert run(tmp_path, **fields) == 2

    complaint = capsys.readouterr().err
    assert told in complaint
    assert complaint.count("\n") == 1


def test_a_million_agreed_amounts_are_not_even_read(tmp_path, capsys):
    assert run(tmp_path, agreed_principals=["1.00"] * 1_000_000) == 2

    assert "at most 1000000 bytes" in capsys.readouterr().err


def test_the_help_tells_of_the_fields_of_our_own(capsys):
    assert main(["plan", "--help"]) == 0

    told = capsys.readouterr().out
    assert "months_without_principal" in told
    assert "agreed_principals" in told
