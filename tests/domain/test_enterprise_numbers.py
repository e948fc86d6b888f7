"""Organisation and account numbers are read as typed, kept in one form and shown as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.enterprise_numbers import (
    format_account_number,
    format_organisation_number,
    read_account_number,
    read_organisation_number,
)
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.identity import Country
from mikrolaan.domain.synthetic import synthetic_organisation_number

COUNTRIES = st.sampled_from(Country)


@pytest.mark.parametrize(
    ("typed", "country", "stored", "shown"),
    [
        ("310 000 019", Country.NO, "310000019", "310 000 019"),  # 3·3+2·1+2·1 = 13, 13+9 = 22 = 2·11
        ("NO 310000019 MVA", Country.NO, "310000019", "310 000 019"),
        ("402000-0008", Country.SE, "4020000008", "402000-0008"),
        ("850709-9805", Country.SE, "8507099805", "850709-9805"),  # a sole trader's own number
        ("DK 99 00 00 07", Country.DK, "99000007", "99 00 00 07"),  # 2·9+7·9+7 = 88 = 8·11
    ],
)
def test_organisation_numbers(typed: str, country: Country, stored: str, shown: str) -> None:
    assert read_organisation_number(typed, country) == stored
    assert format_organisation_number(stored, country) == shown


@pytest.mark.parametrize(
    ("typed", "country", "problem"),
    [
        ("", Country.NO, Problem.MISSING),
        ("310000018", Country.NO, Problem.WRONG_CHECK_DIGIT),
        ("31000001", Country.NO, Problem.MALFORMED),
        ("402000-0009", Country.SE, Problem.WRONG_CHECK_DIGIT),
        ("401900-0009", Country.SE, Problem.MALFORMED),  # third digit below 2 and no birth date
        ("99000008", Country.DK, Problem.WRONG_CHECK_DIGIT),
        ("00000000", Country.DK, Problem.MALFORMED),
    ],
)
def test_wrong_organisation_numbers_are_refused(typed: str, country: Country, problem: Problem) -> None:
    with pytest.raises(InvalidValue) as refused:
        read_organisation_number(typed, country)
    assert (refused.value.field, refused.value.problem) == ("organisation_number", problem)


@pytest.mark.parametrize(
    ("typed", "country", "stored", "shown"),
    [
        ("8601 11 17947", Country.NO, "86011117947", "8601.11.17947"),  # the example of python-stdnum
        ("0000.00.00000", Country.NO, "00000000000", "0000.00.00000"),  # zeros are kept
        ("5402-9681", Country.SE, "5402-9681", "5402-9681"),
        ("54029681", Country.SE, "5402-9681", "5402-9681"),
        ("28 26 82-4", Country.SE, "282682-4", "28 26 82-4"),
        ("8327-9, 123 456 789", Country.SE, "83279123456789", "8327-9123456789"),
        ("1234-567890", Country.DK, "12340000567890", "1234 0000567890"),
        ("0400 1234567890", Country.DK, "04001234567890", "0400 1234567890"),
    ],
)
def test_account_numbers(typed: str, country: Country, stored: str, shown: str) -> None:
    assert read_account_number(typed, country) == stored
    assert format_account_number(stored, country) == shown


@pytest.mark.parametrize(
    ("typed", "country", "problem"),
    [
        ("8601 11 17948", Country.NO, Problem.WRONG_CHECK_DIGIT),
        ("8601 11 1794", Country.NO, Problem.MALFORMED),
        ("5402-9682", Country.SE, Problem.WRONG_CHECK_DIGIT),
        ("282682-5", Country.SE, Problem.WRONG_CHECK_DIGIT),
        ("1234", Country.SE, Problem.MALFORMED),
        ("1234", Country.DK, Problem.MALFORMED),
        ("1234 12345678901", Country.DK, Problem.MALFORMED),
    ],
)
def test_wrong_account_numbers_are_refused(typed: str, country: Country, problem: Problem) -> None:
    with pytest.raises(InvalidValue) as refused:
        read_account_number(typed, country)
    assert (refused.value.field, refused.value.problem) == ("account_number", problem)


@given(st.text() | st.text("0123456789-. ", max_size=18), COUNTRIES)
def test_any_text_is_read_or_refused(text: str, country: Country) -> None:
    for read, shown in (
        (read_organisation_number, format_organisation_number),
        (read_account_number, format_account_number),
    ):
        try:
            number = read(text, country)
        except InvalidValue:
            continue
        assert read(shown(number, country), country) == number
        assert read(number, country) == number


@given(st.integers(0, 89_998), COUNTRIES)
def test_synthetic_organisation_numbers_read_back_and_differ(serial: int, country: Country) -> None:
    number = synthetic_organisation_number(serial, country)
    assert read_organisation_number(number, country) == number
    assert number != synthetic_organisation_number(serial + 1, country)
