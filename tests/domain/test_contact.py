"""Phone numbers, e-mail addresses and postal codes are read as typed, stored in one form and shown in groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.contact import format_phone, format_postal_code, read_email, read_phone, read_postal_code
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.identity import Country

COUNTRIES = st.sampled_from(Country)


@pytest.mark.parametrize(
    ("typed", "country", "stored", "shown"),
    [
        ("912 34 567", Country.NO, "+4791234567", "+47 912 34 567"),
        ("0047 91234567", Country.SE, "+4791234567", "+47 912 34 567"),
        ("4791234567", Country.NO, "+4791234567", "+47 912 34 567"),
        ("22\u00a012\u00a034\u00a056", Country.NO, "+4722123456", "+47 22 12 34 56"),
        ("12345678", Country.SE, None, None),
        ("070-123 45 67", Country.SE, "+46701234567", "+46 70 123 45 67"),
        ("+46 (0)70-123 45 67", Country.NO, "+46701234567", "+46 70 123 45 67"),
        ("+46 070 123 45 67", Country.NO, "+46701234567", "+46 70 123 45 67"),
        ("20 12 34 56", Country.DK, "+4520123456", "+45 20 12 34 56"),
        ("+48 600 123 456", Country.NO, "+48600123456", "+48600123456"),
        ("(+48) 600 123 456", Country.NO, "+48600123456", "+48600123456"),
    ],
)
def test_phone_numbers(typed: str, country: Country, stored: str | None, shown: str | None) -> None:
    if stored is None or shown is None:
        with pytest.raises(InvalidValue):
            read_phone(typed, country)
        return
    assert read_phone(typed, country) == stored
    assert format_phone(stored) == shown
    assert read_phone(shown, country) == stored


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Problem.MISSING),
        ("9123456", Problem.MALFORMED),
        ("112", Problem.MALFORMED),
        ("01234567", Problem.MALFORMED),
        ("+47 9123456", Problem.MALFORMED),
        ("+1234567890123456", Problem.MALFORMED),
        ("+0 123 456 789", Problem.MALFORMED),
        ("912 34 567 (Kari)", Problem.MALFORMED),
        ("9" * 50, Problem.TOO_LONG),
    ],
)
def test_wrong_phone_numbers_are_refused(typed: str, problem: Problem) -> None:
    with pytest.raises(InvalidValue) as refused:
        read_phone(typed, Country.NO)
    assert (refused.value.field, refused.value.problem) == ("phone", problem)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Kari.Nordmann@Example.NO ", "Kari.Nordmann@example.no"),
        ("mailto:kari+lån@eksempel-øst.no", "kari+lån@eksempel-øst.no"),
        ("a@b.co", "a@b.co"),
    ],
)
def test_email_addresses(typed: str, stored: str) -> None:
    assert read_email(typed) == stored


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Problem.MISSING),
        ("kari", Problem.MALFORMED),
        ("kari@localhost", Problem.MALFORMED),
        ("kari@@example.no", Problem.MALFORMED),
        ("kari nordmann@example.no", Problem.MALFORMED),
        ("kari..n@example.no", Problem.MALFORMED),
        ("kari@-example.no", Problem.MALFORMED),
        ("kari@example..no", Problem.MALFORMED),
        ("kari@127.0.0.1", Problem.MALFORMED),
        ("kari@example.no\u0000", Problem.MALFORMED),
        ("Kari <kari@example.no>", Problem.MALFORMED),
        ("k" * 65 + "@example.no", Problem.MALFORMED),
        ("kari@" + "e" * 250 + ".no", Problem.TOO_LONG),
    ],
)
def test_wrong_email_addresses_are_refused(typed: str, problem: Problem) -> None:
    with pytest.raises(InvalidValue) as refused:
        read_email(typed)
    assert (refused.value.field, refused.value.problem) == ("email", problem)


@pytest.mark.parametrize(
    ("typed", "country", "stored", "shown"),
    [
        ("0150", Country.NO, "0150", "0150"),
        ("NO-0150", Country.NO, "0150", "0150"),
        ("N-0150", Country.NO, "0150", "0150"),
        ("12345", Country.SE, "12345", "123 45"),
        ("SE-123 45", Country.SE, "12345", "123 45"),
        ("2100", Country.DK, "2100", "2100"),
    ],
)
def test_postal_codes(typed: str, country: Country, stored: str, shown: str) -> None:
    assert read_postal_code(typed, country) == stored
    assert format_postal_code(stored, country) == shown


@pytest.mark.parametrize(
    ("typed", "country"),
    [("150", Country.NO), ("0000", Country.NO), ("01234", Country.SE), ("1234", Country.SE), ("21OO", Country.DK)],
)
def test_wrong_postal_codes_are_refused(typed: str, country: Country) -> None:
    with pytest.raises(InvalidValue) as refused:
        read_postal_code(typed, country)
    assert (refused.value.field, refused.value.problem) == ("postal_code", Problem.MALFORMED)


@given(st.text() | st.text("0123456789+-() ", max_size=18), COUNTRIES)
def test_any_text_is_read_or_refused(text: str, country: Country) -> None:
    try:
        phone = read_phone(text, country)
        assert read_phone(format_phone(phone), country) == phone
    except InvalidValue as refused:
        assert refused.field == "phone"
    try:
        code = read_postal_code(text, country)
        assert read_postal_code(format_postal_code(code, country), country) == code
    except InvalidValue as refused:
        assert refused.field == "postal_code"


@given(st.text() | st.from_regex(r"\w{1,5}@\w{1,5}\.\w{1,5}") | st.emails())
def test_any_address_is_read_or_refused(text: str) -> None:
    try:
        address = read_email(text)
    except InvalidValue:
        return
    assert read_email(address) == address
