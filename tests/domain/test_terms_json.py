"""Terms, plans and flows as JSON: nothing is lost, and nothing strange gets in."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.plan import make_plan
from mikrolaan.domain.plan_json import effective_rate_from_json, plan_to_json
from mikrolaan.domain.terms import Terms
from mikrolaan.domain.terms_json import FIELDS, terms_from_json, terms_to_json
from tests.domain.terms_space import any_terms

SMALL = {
    "principal": "50000.00",
    "currency": "NOK",
    "annual_rate_percent": "8",
    "disbursed_on": "2026-01-15",
    "instalments": 24,
}


@given(any_terms())
def test_terms_survive_json(terms):
    written = json.dumps(terms_to_json(terms))

    assert terms_from_json(json.loads(written)) == terms
    assert terms_to_json(terms_from_json(json.loads(written))) == json.loads(written)


def test_fields_left_out_have_the_defaults_of_the_command_line():
    assert terms_from_json(SMALL) == Terms(Money(50_000_00, Currency.NOK), Decimal(8), date(2026, 1, 15), 24)
    assert terms_from_json({**SMALL, "due_day": None, "calendar": None}) == terms_from_json(SMALL)


def test_the_last_day_of_the_month_is_a_word():
    terms = terms_from_json({**SMALL, "due_day": "last"})

    assert terms.due_day == 31
    assert terms_to_json(terms)["due_day"] == "last"


def test_tranches_stand_instead_of_the_principal():
    given_parts = [{"on": "2026-01-15", "amount": "30000.00"}, {"on": "2026-03-01", "amount": "20000.00"}]
    fields = {key: value for key, value in SMALL.items() if key != "principal"}

    terms = terms_from_json({**fields, "tranches": given_parts})

    assert terms.principal == Money(50_000_00, Currency.NOK)
    assert terms_to_json(terms)["tranches"] == given_parts


def test_a_plan_says_its_rows_totals_effective_rate_and_cost():
    told = plan_to_json(make_plan(terms_from_json({**SMALL, "establishment_fee": "500.00", "instalment_fee": "35.00"})))

    assert told["rows"][0] == {
        "n": 1,
        "due_on": "2026-02-15",
        "principal": "1928.03",
        "interest": "333.33",
        "fees": "35.00",
        "due": "2296.36",
        "balance": "48071.97",
    }
    assert told["effective_rate_percent"] == "11.06"  # case D-1 of the reference figures
    assert told["totals"] == {"principal": "50000.00", "interest": "4272.76", "fees": "840.00", "due": "55112.76"}
    assert told["total_cost"] == "5612.76"


def test_a_season_and_agreed_amounts_are_lists():
    seasonal = terms_from_json({**SMALL, "months_without_principal": [12, 1, 2, 2]})
    agreed = terms_from_json({**SMALL, "instalments": 3, "agreed_principals": ["0.00", "20000.50", "29999.50"]})

    assert seasonal.months_without_principal == {12, 1, 2}
    assert terms_to_json(seasonal)["months_without_principal"] == [1, 2, 12]
    assert agreed.agreed_principals_minor == (0, 20_000_50, 29_999_50)
    assert terms_to_json(agreed)["agreed_principals"] == ["0.00", "20000.50", "29999.50"]
    assert terms_from_json({**SMALL, "months_without_principal": [], "agreed_principals": None}) == terms_from_json(
        SMALL
    )
    assert not {"months_without_principal", "agreed_principals"} & set(terms_to_json(terms_from_json(SMALL)))


STRANGE = [
    ({"agreed_principals": ["1.00"] * 1_000_000}, "agreed_principals.count", Problem.TOO_LARGE),
    ({"agreed_principals": ["1.00"]}, "agreed_principals.count", Problem.TOO_SMALL),
    ({"agreed_principals": ["-1.00"] * 24}, "agreed_principals", Problem.TOO_SMALL),
    ({"agreed_principals": [1.5] * 24}, "agreed_principals", Problem.NOT_A_NUMBER),
    ({"agreed_principals": ["1.00"] * 24}, "agreed_principals", Problem.DOES_NOT_REPAY),
    ({"agreed_principals": "50000.00"}, "agreed_principals", Problem.MALFORMED),
    ({"months_without_principal": [0]}, "months_without_principal", Problem.TOO_SMALL),
    ({"months_without_principal": ["7"]}, "months_without_principal", Problem.NOT_A_NUMBER),
    ({"months_without_principal": [7] * 1_000_000}, "months_without_principal.count", Problem.TOO_LARGE),
    ({"months_without_principal": list(range(1, 13))}, "months_without_principal", Problem.DOES_NOT_REPAY),
    ({"months_without_principal": 7}, "months_without_principal", Problem.MALFORMED),
    ({"currency": "USD"}, "currency", Problem.UNKNOWN_CHOICE),
    ({"currency": None}, "currency", Problem.MISSING),
    ({"principal": None}, "principal", Problem.MISSING),
    ({"principal": 50000}, "principal", Problem.NOT_A_NUMBER),
    ({"principal": 50000.5}, "principal", Problem.NOT_A_NUMBER),
    ({"principal": True}, "principal", Problem.NOT_A_NUMBER),
    ({"principal": "1e5"}, "principal", Problem.NOT_A_NUMBER),
    ({"principal": "NaN"}, "principal", Problem.NOT_A_NUMBER),
    ({"principal": "٥٠٠"}, "principal", Problem.NOT_A_NUMBER),
    ({"principal": " 500"}, "principal", Problem.NOT_A_NUMBER),
    ({"principal": "500\n"}, "principal", Problem.NOT_A_NUMBER),
    ({"principal": "9" * 5000}, "principal", Problem.NOT_A_NUMBER),
    ({"principal": "9" * 18}, "principal", Problem.TOO_LARGE),
    ({"principal": "0.001"}, "principal", Problem.TOO_MANY_DECIMALS),
    ({"principal": "-5"}, "principal", Problem.TOO_SMALL),
    ({"principal": {"amount": []}}, "principal", Problem.NOT_A_NUMBER),
    ({"annual_rate_percent": 8}, "annual_rate_percent", Problem.NOT_A_NUMBER),
    ({"annual_rate_percent": "Infinity"}, "annual_rate_percent", Problem.NOT_A_NUMBER),
    ({"disbursed_on": "2026-02-29"}, "disbursed_on", Problem.NOT_A_DATE),
    ({"disbursed_on": "20260228"}, "disbursed_on", Problem.NOT_A_DATE),
    ({"disbursed_on": "0000-01-01"}, "disbursed_on", Problem.NOT_A_DATE),
    ({"disbursed_on": 20260228}, "disbursed_on", Problem.NOT_A_DATE),
    ({"instalments": "24"}, "instalments", Problem.NOT_A_NUMBER),
    ({"instalments": True}, "instalments", Problem.NOT_A_NUMBER),
    ({"instalments": 24.0}, "instalments", Problem.NOT_A_NUMBER),
    ({"instalments": 10**100}, "instalments", Problem.TOO_LARGE),
    ({"due_day": "first"}, "due_day", Problem.UNKNOWN_CHOICE),
    ({"unit": "years"}, "unit", Problem.UNKNOWN_CHOICE),
    ({"unit": ["months"]}, "unit", Problem.UNKNOWN_CHOICE),
    ({"calendar": ["NO"]}, "calendar", Problem.UNKNOWN_CHOICE),
    ({"tranches": []}, "tranches", Problem.MALFORMED),
    ({"tranches": {}}, "tranches", Problem.MALFORMED),
    ({"tranches": [[]]}, "tranches", Problem.MALFORMED),
    ({"tranches": [{"on": "2026-01-15"}]}, "amount", Problem.MISSING),
    ({"tranches": [{"on": "2026-01-15", "amount": "1", "to": "x"}]}, "to", Problem.UNKNOWN_FIELD),
    ({"tranches": [{"on": "2026-01-15", "amount": "1.00"}] * 1000}, "tranches", Problem.TOO_LARGE),
    ({"colour": "red"}, "colour", Problem.UNKNOWN_FIELD),
]


@pytest.mark.parametrize(("changes", "field", "problem"), STRANGE)
def test_what_does_not_fit_is_refused_by_the_name_of_its_field(changes, field, problem):
    with pytest.raises(InvalidValue) as refused:
        terms_from_json({**SMALL, **changes})

    assert (refused.value.field, refused.value.problem) == (field, problem)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["8", "NO", "2026-01-15"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(FIELDS), JSON) | JSON)
def test_rubbish_is_refused_and_never_breaks_the_reader(rubbish):
    value = {**SMALL, **rubbish} if isinstance(rubbish, dict) else rubbish
    try:
        make_plan(terms_from_json(value))
    except RuleError as error:
        assert error.field


@given(JSON | st.lists(st.fixed_dictionaries({"years": JSON, "amount": JSON})))
def test_rubbish_flows_are_refused_and_never_break_the_reader(rubbish):
    try:
        effective_rate_from_json(rubbish)
    except RuleError as error:
        assert error.field


def test_dated_flows_count_whole_months_back_from_the_payment():
    flows = [{"on": "2026-01-15", "amount": "1000"}, {"on": "2026-07-15", "amount": "-1100"}]

    assert effective_rate_from_json(flows) == {"effective_rate_percent": "21.000000"}  # 1.1² − 1
    assert effective_rate_from_json(list(reversed(flows))) == {"effective_rate_percent": "21.000000"}


@pytest.mark.parametrize(
    ("flow", "field", "problem"),
    [
        ({"years": "1/0", "amount": "1"}, "years", Problem.NOT_A_NUMBER),
        ({"years": "-1", "amount": "1"}, "years", Problem.NOT_A_NUMBER),
        ({"years": "1001", "amount": "1"}, "years", Problem.TOO_LARGE),
        ({"amount": "1"}, "years", Problem.MISSING),
        ({"years": "1", "on": "2026-01-01", "amount": "1"}, "years", Problem.NOT_TOGETHER),
        ({"years": "1", "amount": 1}, "amount", Problem.NOT_A_NUMBER),
    ],
)
def test_a_flow_that_does_not_fit_is_refused(flow, field, problem):
    with pytest.raises(InvalidValue) as refused:
        effective_rate_from_json([flow])

    assert (refused.value.field, refused.value.problem) == (field, problem)
