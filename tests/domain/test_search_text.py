"""A borrower is found however the name is spelt and the number typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.search_text import (
    SIMILAR_FROM,
    folded,
    folded_digits,
    is_signs_alone,
    search_text_of,
    similarity,
    terms_of,
)

NAMES = st.text(max_size=30)


def finds(query: str, *parts: str | None) -> bool:
    line = search_text_of(*parts)
    return all(term in line for term in terms_of(query))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Odegaard", "Martin Ødegård"),
        ("Ødegård", "Martin Ødegaard"),
        ("ødegaard", "Martin Ødegård"),
        ("odegard", "Martin Ødegård"),
        ("odeg", "Martin Ødegård"),
        ("ØDEG", "Martin Ødegård"),
        ("ase", "Åse Berg"),
        ("Aase", "Åse Berg"),
        ("åse", "Aase Berg"),
        ("Soren", "Søren Holm"),
        ("Soren", "Sören Holm"),
        ("Søren", "Sören Holm"),
        ("Soeren", "Søren Holm"),
        ("Baerum", "Bærum Bakeri"),
        ("Bärum", "Bærum Bakeri"),
        ("Muller", "Jürgen Müller"),
        ("Mueller", "Jürgen Müller"),
        ("myller", "Jürgen Müller"),
        ("andre", "André Dahl"),
        ("gudrun", "Guðrún Þórsdóttir"),
        ("thorsdottir", "Guðrún Þórsdóttir"),
        ("o'brien", "Sean O’Brien"),
        ("obrien", "Sean O’Brien"),
        ("anne marie", "Anne-Marie  Lie"),
        ("lie anne", "Anne-Marie  Lie"),
        ("أحمد", "احمد"),
        ("مُحَمَّد", "محمد"),
        ("АННА", "Анна"),
        ("joe", "Joel Strand"),
        ("strasse", "Straße"),
    ],
)
def test_a_name_is_found_in_any_spelling(query: str, name: str) -> None:
    assert finds(query, name)


@pytest.mark.parametrize(("query", "name"), [("Hanne", "Hans Berg"), ("berg lie", "Hans Berg"), ("bryn", "Brun")])
def test_another_name_is_not_found(query: str, name: str) -> None:
    assert not finds(query, name)


@pytest.mark.parametrize(
    "query",
    [
        "912 34 567",
        "91234567",
        "+47 91234567",
        "004791234567",
        "+4791234567",
        "912-34-567",
        "+47 912",
        "(+47) 912 34 567",
        "912 34",
        "kari 912 34 567",
    ],
)
def test_a_phone_is_found_with_and_without_the_country(query: str) -> None:
    assert finds(query, "Kari", "+4791234567")
    assert finds(query, "Kari", "912 34 567")


def test_a_swedish_phone_is_found_with_its_zero() -> None:
    assert finds("070-123 45 67", "+46701234567")
    assert finds("+46 70 123", "0701234567")


@pytest.mark.parametrize("query", ["109155 96784", "10915596784", "109155-96784", "109155", "96784"])
def test_an_identity_number_is_found_however_it_is_spaced(query: str) -> None:
    assert finds(query, "Kari", "109155 96784")


def test_a_short_swedish_number_finds_the_stored_long_one() -> None:
    assert finds("900101-2385", "199001012385")
    assert finds("000101+9801", "190001019801")


def test_house_numbers_and_postal_codes_stay_apart() -> None:
    assert terms_of("Storgata 12 0150") == ["storgata", "12", "150"]
    assert finds("storgata 12", "Storgata 12B", "0150 Oslo")
    assert finds("0150", "Storgata 12B", "0150 Oslo")
    assert finds("123 45", "12345 Lund")
    assert finds("12345", "123 45")


def test_nothing_asked_for_asks_for_all() -> None:
    assert terms_of("") == terms_of("  - ") == terms_of("+47") == []


@pytest.mark.parametrize(("typed", "are_signs"), [("!!!", True), ("—", True), ("☺", True), ("", False), (" ", False)])
def test_signs_alone_ask_for_what_nobody_has(typed: str, are_signs: bool) -> None:
    assert is_signs_alone(typed) is are_signs
    assert not is_signs_alone(f"{typed} 0")
    assert not is_signs_alone(f"{typed}å")


def test_absent_parts_leave_nothing() -> None:
    assert search_text_of(None, "", "Kari", None) == "kari"


def test_digits_lose_separators_code_and_leading_zeros() -> None:
    assert folded_digits("+47 912 34 567") == "91234567"
    assert folded_digits("0048 600 123 456") == folded_digits("+48 600 123 456") == "48600123456"
    assert folded_digits("010190 12345") == "1019012345"
    assert folded_digits("Kari") == ""


def test_the_same_names_in_another_order_or_spelling_are_alike() -> None:
    assert similarity("Kari Ødegård", "Odegaard Kari") == 1.0
    assert similarity("Anne Marie Lie", "Annemarie Lie") > 0.9
    assert similarity("Kari Nordman", "Kari Nordmann") > 0.9
    assert similarity("K. Nordmann", "Kari Nordmann") > 0.9
    assert similarity("Kari Anne Nordmann", "Kari Nordmann") > SIMILAR_FROM
    assert similarity("Kari Nordmann", "Ola Hansen") < 0.5
    assert similarity("Kari Hansen", "Ola Hansen") < SIMILAR_FROM  # a shared family name is not enough
    assert similarity("", "Kari") == 0.0


@given(NAMES)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text("aeouåøæäöü nry-'", max_size=12) | NAMES, st.integers(0, 30))
def test_what_is_being_typed_finds_what_it_begins(text: str, length: int) -> None:
    assert folded(text).startswith(folded(text[:length]))


@given(NAMES)
def test_what_is_stored_is_found_by_itself(text: str) -> None:
    assert finds(text, text)


@given(NAMES, NAMES)
def test_similarity_is_a_share_and_the_same_both_ways(a: str, b: str) -> None:
    assert 0.0 <= similarity(a, b) <= 1.0
    assert similarity(a, b) == similarity(b, a)
