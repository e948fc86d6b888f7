"""An identity number is read in every form it is typed, and a wrong one is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.identity import Country, IdentityKind, IdentityNumber, norwegian_remainder, read_identity
from mikrolaan.domain.money import Currency
from mikrolaan.domain.synthetic import synthetic_identity

TODAY = date(2026, 11, 22)
BIRTH_DATES = st.dates(date(1920, 1, 1), TODAY)
COUNTRIES = st.sampled_from(Country)


def problem_of(text: str, country: Country, today: date = TODAY) -> Problem:
    with pytest.raises(InvalidValue) as refused:
        read_identity(text, country, today)
    assert refused.value.field == "identity_number"
    return refused.value.problem


@pytest.mark.parametrize(
    ("typed", "kind", "synthetic", "born"),
    [
        ("15108695088", IdentityKind.FODSELSNUMMER, False, date(1986, 10, 15)),  # the example of python-stdnum
        ("10915596784", IdentityKind.FODSELSNUMMER, True, date(1955, 11, 10)),  # Skatteetaten, month + 80
        ("13527248013", IdentityKind.FODSELSNUMMER, True, date(1972, 12, 13)),  # NAV, month + 40
        ("68467038838", IdentityKind.D_NUMBER, True, date(1970, 6, 28)),  # day + 40, month + 40
        ("50846202355", IdentityKind.D_NUMBER, True, date(1962, 4, 10)),  # day + 40, month + 80
    ],
)
def test_norwegian_numbers_tell_kind_and_birth(typed: str, kind: IdentityKind, synthetic: bool, born: date) -> None:
    assert read_identity(typed, Country.NO, TODAY) == IdentityNumber(Country.NO, kind, typed, synthetic, born)


def test_a_norwegian_number_is_read_as_it_is_pasted() -> None:
    plain = read_identity("10915596784", Country.NO, TODAY)
    for typed in (
        "109155 96784",
        " 109155-96784 ",
        "109155\u00a096784",
        "10 91 55 967 84",
        "\u200e109155\u201396784\n",
    ):
        assert read_identity(typed, Country.NO, TODAY) == plain
    assert plain.formatted == "109155 96784"


def test_check_digits_issued_from_2032_are_taken() -> None:
    # 301082 999: 3·3+7·0+6·1+1·0+8·8+9·2+4·9+5·9+2·9 = 196 = 17·11 + 9, so k1 is 2 by the classic rule, 3 with remainder 1
    assert norwegian_remainder("3010829992") == 0
    assert norwegian_remainder("3010829993") == 1
    assert read_identity("30108299939", Country.NO, TODAY).birth_date == date(1982, 10, 30)
    assert problem_of("30108299969", Country.NO) is Problem.WRONG_CHECK_DIGIT  # remainder 4


def test_a_number_issued_from_2032_tells_no_birth_date_while_two_centuries_are_possible() -> None:
    # 010120 900: 3·0+7·1+6·0+1·1+8·2+9·0+4·9+5·0+2·0 = 60 = 5·11 + 5, so k1 is 6 by the classic rule, 7 with remainder 1;
    # 5·0+4·1+3·0+2·1+7·2+6·0+5·9+4·0+3·0+2·7 = 79 = 7·11 + 2, so k2 is 9
    digits = "01012090079"
    assert read_identity(digits, Country.NO, date(2035, 1, 1)).birth_date is None  # 115 or 15 years old
    assert read_identity(digits, Country.NO, date(2041, 1, 1)).birth_date == date(2020, 1, 1)  # 121 is too old


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Problem.MISSING),
        (" \u00a0\u200b", Problem.MISSING),
        ("1" * 41, Problem.TOO_LONG),
        ("1091559678", Problem.MALFORMED),
        ("109155967840", Problem.MALFORMED),
        ("\uff11\uff10\uff19155 96784", Problem.MALFORMED),  # full-width digits
        ("109155+96784", Problem.MALFORMED),
        ("1091559678x", Problem.MALFORMED),
        ("10915596785", Problem.WRONG_CHECK_DIGIT),
        ("10915596774", Problem.WRONG_CHECK_DIGIT),
        ("32915596784", Problem.NOT_A_DATE),
        ("90915596784", Problem.NOT_A_DATE),  # an FH-number, which tells nothing
        ("10535596784", Problem.NOT_A_DATE),
        ("02013299997", Problem.TOO_LATE),  # born 2 January 2032
    ],
)
def test_wrong_norwegian_numbers_are_refused(typed: str, problem: Problem) -> None:
    assert problem_of(typed, Country.NO) is problem


def test_a_swedish_number_means_the_same_with_ten_and_twelve_digits() -> None:
    number = read_identity("19900101-2385", Country.SE, TODAY)
    assert (number.digits, number.formatted) == ("199001012385", "19900101-2385")
    assert (number.kind, number.birth_date) == (IdentityKind.PERSONNUMMER, date(1990, 1, 1))
    for typed in ("900101-2385", "9001012385", "199001012385", "900101 2385", "900101\u22122385"):
        assert read_identity(typed, Country.SE, TODAY) == number


def test_a_plus_stands_from_the_year_of_the_hundredth_birthday() -> None:
    # Luhn of 261231 980: 2·2,6,1·2,2,3·2,1,9·2,8,0 gives 4+6+2+2+6+1+9+8+0 = 38, so the check digit is 2
    assert read_identity("261231+9802", Country.SE, TODAY).birth_date == date(1926, 12, 31)
    assert problem_of("261231-9802", Country.SE) is Problem.TOO_LATE
    assert read_identity("261231-9802", Country.SE, date(2025, 1, 1)).birth_date == date(1926, 12, 31)


def test_a_samordningsnummer_has_sixty_added_to_the_day() -> None:
    number = read_identity("701063-2391", Country.SE, TODAY)  # Skatteverket's example, meddelande 2010:3
    assert (number.kind, number.birth_date) == (IdentityKind.SAMORDNINGSNUMMER, date(1970, 10, 3))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("900101-2386", Problem.WRONG_CHECK_DIGIT),
        ("900230-2385", Problem.NOT_A_DATE),
        ("900160-2385", Problem.NOT_A_DATE),
        ("900101--2385", Problem.MALFORMED),
        ("9-00101-2385", Problem.MALFORMED),
        ("+2385", Problem.MALFORMED),
        ("18000101-2385", Problem.TOO_EARLY),
    ],
)
def test_wrong_swedish_numbers_are_refused(typed: str, problem: Problem) -> None:
    assert problem_of(typed, Country.SE) is problem


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("010137-3000", date(1937, 1, 1)),
        ("010136-4000", date(2036, 1, 1)),
        ("010137-4000", date(1937, 1, 1)),
        ("010157-5000", date(2057, 1, 1)),
        ("010136-9000", date(2036, 1, 1)),
        ("010137-9000", date(1937, 1, 1)),
    ],
)
def test_the_seventh_digit_of_a_cpr_tells_the_century(typed: str, born: date) -> None:
    assert read_identity(typed, Country.DK, date(2057, 12, 31)).birth_date == born


def test_a_cpr_needs_no_check_digit_but_a_possible_birth() -> None:
    assert read_identity("010190-0001", Country.DK, TODAY).formatted == "010190-0001"
    assert read_identity("010190-0002", Country.DK, TODAY).kind is IdentityKind.CPR
    assert problem_of("310290-0001", Country.DK) is Problem.NOT_A_DATE
    assert problem_of("010158-5000", Country.DK) is Problem.TOO_EARLY  # born 1858
    assert problem_of("010127-4000", Country.DK) is Problem.TOO_LATE


def test_a_replacement_cpr_is_known_by_its_day() -> None:
    number = read_identity("670190-0001", Country.DK, TODAY)
    assert (number.kind, number.birth_date) == (IdentityKind.REPLACEMENT_CPR, date(1990, 1, 7))


def test_an_identity_number_that_exists_is_valid() -> None:
    with pytest.raises(InvalidValue):
        IdentityNumber(Country.NO, IdentityKind.FODSELSNUMMER, "10915596785", True, None)
    with pytest.raises(InvalidValue):
        IdentityNumber(Country.NO, IdentityKind.CPR, "10915596784", True, None)


def test_each_country_lends_in_its_own_currency() -> None:
    assert [country.currency for country in Country] == [Currency.NOK, Currency.SEK, Currency.DKK]


@given(st.text() | st.text("0123456789+- \u00a0", max_size=15), COUNTRIES)
def test_any_text_is_read_or_refused(text: str, country: Country) -> None:
    try:
        number = read_identity(text, country, TODAY)
    except InvalidValue:
        return
    assert read_identity(number.formatted, country, TODAY) == number


@given(COUNTRIES, BIRTH_DATES, st.integers(0, 10**6))
def test_synthetic_numbers_read_back(country: Country, born: date, serial: int) -> None:
    number = read_identity(synthetic_identity(country, born, serial), country, TODAY)
    assert number.birth_date == born
    assert read_identity(number.formatted, country, TODAY) == number
    assert number.synthetic is (country is Country.NO)


@given(BIRTH_DATES, st.integers(0, 10**6), st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_never_passes_for_another_number(born: date, serial: int, place: int, shift: int) -> None:
    right = synthetic_identity(Country.NO, born, serial)
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    # The second check digit alone finds every single slip; the first is looser since 2032.
    with pytest.raises(InvalidValue):
        read_identity(wrong, Country.NO, TODAY)


def test_synthetic_people_born_the_same_day_differ() -> None:
    born = date(1985, 7, 9)
    assert len({synthetic_identity(Country.NO, born, serial) for serial in range(390)}) == 390
    assert len({synthetic_identity(Country.SE, born, serial) for serial in range(10)}) == 10
    assert len({synthetic_identity(Country.DK, born, serial) for serial in range(1000)}) == 1000
    assert synthetic_identity(Country.SE, born, 0) == "198507099805"  # in Skatteverket's list of test numbers
    with pytest.raises(InvalidValue):
        synthetic_identity(Country.NO, date(1899, 12, 31), 0)
