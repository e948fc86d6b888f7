"""`mikrolaan statement`: a loan on a day from JSON, and bad input answered by the name of its field."""

from __future__ import annotations

import json

import pytest

from mikrolaan.cli import main
from mikrolaan.i18n import use_language

TERMS = {
    "principal": "12000.00",
    "currency": "NOK",
    "annual_rate_percent": "12",
    "disbursed_on": "2025-04-15",
    "instalments": 12,
    "repayment": "serial",
    "instalment_fee": "35.00",
}
JOURNAL = [
    {"id": "out", "type": "payout", "on": "2025-04-15", "amount": "12000.00"},
    {"id": "p1", "type": "payment", "on": "2025-05-15", "amount": "1155.00"},
    {"id": "p2", "type": "payment", "on": "2025-07-05", "amount": "1152.56"},
]
ANY = {"id": "x", "on": "2025-06-01"}


@pytest.fixture(autouse=True)
def in_english(monkeypatch):
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    yield
    use_language("en")


@pytest.fixture
def case(tmp_path):
    def write(journal=JOURNAL, *, product=None, terms=TERMS) -> str:
        path = tmp_path / "case.json"
        value = {"terms": terms, "journal": journal} | ({} if product is None else {"product": product})
        path.write_text(json.dumps(value), encoding="utf-8")
        return str(path)

    return write


def test_a_loan_paid_late_is_told_as_json(case, capsys):
    assert main(["statement", case(), "--as-of", "2025-07-10", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)

    figures = {name: value for name, value in told.items() if name not in {"rows", "entries"}}
    assert figures == {
        "as_of": "2025-07-10",
        "status": "current",
        "outstanding_principal": "10000.00",
        "accrued_interest": "83.33",  # 10 000 × 12 % × 25 days of 360
        "due_unpaid": "0.00",
        "days_past_due": 0,
        "late_interest": "0.00",
        "credit": "0.00",
        "payoff_amount": "10083.33",
        "written_off": "0.00",
        "recovered": "0.00",
        "restructured": False,
        "warnings": [],
    }
    assert told["rows"][1] == {
        "n": 2,
        "due_on": "2025-06-15",
        "principal": "1000.00",
        "interest": "110.00",
        "fees": "35.00",
        "due": "1145.00",
        "balance": "10000.00",
        "paid_principal": "1000.00",
        "paid_interest": "110.00",
        "paid_fees": "35.00",
        "paid_late_interest": "7.56",  # 1 110 × (15 days at 12.50 % + 5 at 12.25 %) / 365
        "paid_on": "2025-07-05",
    }
    assert told["entries"][2]["allocation"]["instalments"] == [
        {"n": 2, "fees": "35.00", "late_interest": "7.56", "interest": "110.00", "principal": "1000.00"}
    ]


def test_the_table_says_the_same(case, capsys):
    assert main(["statement", case(), "--as-of", "2025-07-10"]) == 0
    told = capsys.readouterr().out

    assert "10083.33" in told
    assert "2025-07-05" in told


def test_a_half_year_without_a_rate_is_warned_about_and_not_guessed(case, capsys):
    terms = {**TERMS, "disbursed_on": "2026-05-15"}
    journal = [{**JOURNAL[0], "on": "2026-05-15"}]
    assert main(["statement", case(journal, terms=terms), "--as-of", "2026-07-10", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)

    assert told["late_interest"] == "5.52"  # 1 120 × 12.00 % × the 15 days of June / 365
    assert told["warnings"] == [
        {"kind": "late-interest-rate-missing", "country": "NO", "from": "2026-07-01", "to": "2026-07-10"}
    ]


def test_the_order_in_which_entries_are_given_does_not_matter(case, capsys):
    assert main(["statement", case(), "--as-of", "2025-07-10", "--json"]) == 0
    told = capsys.readouterr().out
    assert main(["statement", case(JOURNAL[::-1]), "--as-of", "2025-07-10", "--json"]) == 0

    assert capsys.readouterr().out == told


@pytest.mark.parametrize(
    ("first", "second"), [("p1", "p2"), ("p2", "p10"), ("a", "b"), (9, 10), ("payment-1", "payment-2"), ("1a", "1b")]
)
@pytest.mark.parametrize("backwards", [False, True])
def test_two_payments_of_one_day_count_in_the_order_of_their_ids(case, capsys, first, second, backwards):
    payments = [
        {"id": first, "type": "payment", "on": "2025-05-15", "amount": "155.00"},
        {"id": second, "type": "payment", "on": "2025-05-15", "amount": "1000.00"},
    ]
    journal = [JOURNAL[0], *(payments[::-1] if backwards else payments)]
    assert main(["statement", case(journal), "--as-of", "2025-05-15", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["entries"]

    assert [entry["id"] for entry in told[1:]] == [str(first), str(second)]
    assert [told[1]["allocation"][part] for part in ("fees", "interest", "principal")] == ["35.00", "120.00", "0.00"]
    assert [told[2]["allocation"][part] for part in ("fees", "interest", "principal")] == ["0.00", "0.00", "1000.00"]


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ({**ANY, "type": "payment", "amount": "-5.00"}, "journal[3].amount"),
        ({**ANY, "type": "payment", "amount": "0.005"}, "journal[3].amount"),
        ({**ANY, "type": "payment", "amount": 5}, "journal[3].amount"),
        ({**ANY, "type": "payment"}, "journal[3].amount"),
        ({**ANY, "type": "payment", "amount": "5.00", "on": "2025-02-30"}, "journal[3].on"),
        ({**ANY, "type": "payment", "amount": "5.00", "on": "2025-04-01"}, "journal[3].on"),
        ({**ANY, "type": "payment", "amount": "5.00", "early_repayment": "hop"}, "journal[3].early_repayment"),
        ({**ANY, "type": "gift", "amount": "5.00"}, "journal[3].type"),
        ({**ANY, "type": "payment", "amount": "5.00", "id": "p1"}, "journal[3].id"),
        ({**ANY, "type": "payment", "amount": "5.00", "id": "\ud800"}, "journal[3].id"),  # half of a letter
        ({**ANY, "type": "payment", "amount": "5.00", "id": "p\n2"}, "journal[3].id"),
        ({**ANY, "type": "reversal", "of": "\ud800", "reason": "wrong"}, "journal[3].of"),
        ({**ANY, "type": "payment", "amount": "5.00", "colour": "red"}, "journal[3].colour"),
        ({**ANY, "type": "payout", "amount": "5.00"}, "journal[3].amount"),
        ({**ANY, "type": "refund", "amount": "5.00"}, "journal[3].amount"),
        ({**ANY, "type": "recovery", "amount": "5.00"}, "journal[3].amount"),
        ({**ANY, "type": "write-off", "amount": "11000.01"}, "journal[3].amount"),
        ({**ANY, "type": "waiver", "of": "late-interest", "amount": "5.00"}, "journal[3].amount"),
        ({**ANY, "type": "waiver", "of": "rent", "amount": "5.00"}, "journal[3].of"),
        ({**ANY, "type": "fee", "amount": "5.00", "due_on": "soon"}, "journal[3].due_on"),
        ({**ANY, "type": "rate-change", "annual_rate_percent": "-1"}, "journal[3].annual_rate_percent"),
        ({**ANY, "type": "payment-holiday", "instalments": 0, "interest": "carried"}, "journal[3].instalments"),
        ({**ANY, "type": "payment-holiday", "instalments": 3, "interest": "lost"}, "journal[3].interest"),
        ({**ANY, "type": "reversal", "of": "nothing", "reason": "wrong"}, "journal[3].of"),
        ({**ANY, "type": "reversal", "of": "p1"}, "journal[3].reason"),
        ({**ANY, "type": "new-plan"}, "journal[3].terms"),
        ({**ANY, "type": "new-plan", "terms": {**TERMS, "instalments": 0}}, "journal[3].terms.instalments"),
        ({**ANY, "type": "new-plan", "terms": {**TERMS, "disbursed_on": "2025-06-01"}}, "journal[3].terms.principal"),
        ("payment", "journal[3]"),
    ],
)
def test_an_entry_that_does_not_fit_is_named_by_its_place(case, capsys, entry, named):
    assert main(["statement", case([*JOURNAL, entry]), "--as-of", "2025-07-10"]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(named + " ")
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    ("product", "named"),
    [
        ({"interest": "by-moon"}, "product.interest"),
        ({"allocation": ["fees", "principal"]}, "product.allocation"),
        ({"allocation": "fees"}, "product.allocation"),
        ({"early_repayment": "never"}, "product.early_repayment"),
        ({"late_interest": "much"}, "product.late_interest"),
        ({"late_interest": {"percent": "-1"}}, "product.late_interest.percent"),
        ({"late_interest_base": "fees"}, "product.late_interest_base"),
        ({"colour": "red"}, "product.colour"),
        ([], "product"),
    ],
)
def test_a_rule_that_does_not_fit_is_named(case, capsys, product, named):
    assert main(["statement", case(product=product or "none"), "--as-of", "2025-07-10"]) == 2

    assert capsys.readouterr().err.startswith(named + " ")


def test_terms_and_day_are_named_too(case, capsys):
    assert main(["statement", case(terms={**TERMS, "instalments": "12"}), "--as-of", "2025-07-10"]) == 2
    assert capsys.readouterr().err == "terms.instalments must be a whole number without quotation marks.\n"
    assert main(["statement", case(), "--as-of", "tomorrow"]) == 2
    assert capsys.readouterr().err.startswith("--as-of ")
