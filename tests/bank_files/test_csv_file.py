"""Lists from internet banks: what their columns are taken for, what is read by a guide, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mikrolaan.bank_files.csv_file import amount_minor, read_csv, sample_csv
from mikrolaan.domain.bank_file import BankFile, BankFileProblem, BankFileRefused, BankTrouble
from mikrolaan.domain.csv_guide import NONE, CsvGuide
from mikrolaan.domain.errors import InvalidValue

NORWEGIAN = """Kontoutskrift for 8601 11 17947;;;;
Bokføringsdato;Rentedato;Forklaring;Inn på konto;Ut fra konto
15.02.2026;15.02.2026;Fra: Amina Ødegård;1.000,00;
16.02.2026;16.02.2026;Gebyr;;45,00
17.02.2026;17.02.2026;Vipps;250,50;
"""
SWEDISH = """Bokföringsdag,Belopp,Avsändare,Meddelande,Valuta
2026-02-15,"1 000,00",Berit Moe,12345,SEK
2026-02-16,"-45,00",Banken,Avgift,SEK
"""
DANISH = """Dato;Tekst;Beløb;Saldo
15-02-2026;Overførsel;1.000,00;2.000,00
"""
ENGLISH = """Date\tAmount\tReference\tName
15/02/2026\t1,000.00\t00000018\tAmina Odegard
"""


def read(content: bytes, guide: CsvGuide | None = None) -> BankFile:
    guide = guide or sample_csv(content).guide
    assert guide is not None
    file = read_csv(content, guide, "NOK", lambda _done, _total: None, lambda: False)
    assert file is not None
    return file


def refusal(content: bytes, guide: CsvGuide | None = None) -> BankFileProblem:
    with pytest.raises(BankFileRefused) as refused:
        read(content, guide)
    return refused.value.problems[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_norwegian_list_is_known_by_its_headings(encoding: str) -> None:
    file = read(NORWEGIAN.encode(encoding))

    assert [(line.booked_on, line.amount_minor, line.text) for line in file.lines] == [
        (date(2026, 2, 15), 100_000, "Fra: Amina Ødegård"),
        (date(2026, 2, 17), 25_050, "Vipps"),
    ]
    assert file.passed_over == 1
    assert [line.number for line in file.lines] == [3, 5]


@pytest.mark.parametrize(
    ("text", "currency", "payer", "reference"),
    [(SWEDISH, "SEK", "Berit Moe", ""), (DANISH, "NOK", "", ""), (ENGLISH, "NOK", "Amina Odegard", "00000018")],
)
def test_lists_of_other_countries_are_known_too(text: str, currency: str, payer: str, reference: str) -> None:
    (line,) = read(text.encode()).lines

    assert (line.booked_on, line.amount_minor) == (date(2026, 2, 15), 100_000)
    assert (line.currency, line.payer, line.reference) == (currency, payer, reference)


@pytest.mark.parametrize(
    ("typed", "sign", "minor"),
    [
        ("1 234,50", ",", 123_450),
        ("1.234,50", ",", 123_450),
        ("1,234.50", ".", 123_450),
        ("1234,5", ",", 123_450),
        ("kr 200", ",", 20_000),
        ("200,00 NOK", ",", 20_000),
        ("−45,00", ",", -4_500),
        ("45,00-", ",", -4_500),
        ("1.234", ",", 123_400),
        ("1.23", ",", None),
        ("1.23.45", ",", None),
        ("12,345", ",", None),
        ("", ",", None),
        ("abc", ",", None),
        ("9" * 40, ",", None),
        ("٣٤", ",", None),
    ],
)
def test_an_amount_is_read_in_one_way_or_not_at_all(typed: str, sign: str, minor: int | None) -> None:
    assert amount_minor(typed, sign) == minor


def test_an_amount_in_another_currency_is_no_amount_in_the_offices_own() -> None:
    content = "Dato;Beløp;Navn\n15.02.2026;88,00 EUR;a\n15.02.2026;€ 9,00;b\n15.02.2026;kr 1 000,00;c\n".encode()

    assert [(line.amount_minor, line.currency) for line in read(content).lines] == [
        (8_800, "EUR"),
        (900, "EUR"),
        (100_000, "NOK"),
    ]


@pytest.mark.parametrize("written", ['="00000018"', '"=""00000018"""', "'00000018", "0000 0018"])
def test_a_reference_is_found_within_the_marks_of_a_spreadsheet(written: str) -> None:
    (line,) = read(f"Dato;Inn;KID\n15.02.2026;1 000,00;{written}\n".encode()).lines

    assert line.reference == "00000018"


def test_a_list_without_known_headings_is_shown_to_the_officer() -> None:
    sample = sample_csv(b"A;B;C\n15.02.2026;x;100,00\n")

    assert (sample.headings, sample.guide) == (("A", "B", "C"), None)
    guide = CsvGuide("utf-8", ";", 0, 0, 2, "%d.%m.%Y", ",")
    assert [line.amount_minor for line in read(b"A;B;C\n15.02.2026;x;100,00\n", guide).lines] == [10_000]


def test_a_list_without_headings_loses_no_payment() -> None:
    content = b"15.02.2026;100,00;Amina\n16.02.2026;200,00;Berit\n"
    sample = sample_csv(content)
    assert sample.heading_row == NONE

    guide = CsvGuide("utf-8", ";", NONE, 0, 1, "%d.%m.%Y", ",")

    assert [line.amount_minor for line in read(content, guide).lines] == [10_000, 20_000]
    assert refusal(content, replace(guide, heading_row=0)).trouble is BankTrouble.UNEXPECTED


@pytest.mark.parametrize(
    ("before", "after", "trouble", "line"),
    [
        ("15.02.2026;15", "31.02.2026;15", BankTrouble.NOT_A_DATE, 3),
        ("1.000,00", "1.000.00", BankTrouble.NOT_A_NUMBER, 3),
        ("250,50", "to hundre", BankTrouble.NOT_A_NUMBER, 5),
        ("17.02.2026;17.02.2026;Vipps;250,50;", "17.02.2026;17.02", BankTrouble.CUT_OFF, 5),
        ("Vipps", '"Vipps', BankTrouble.WRONG_LENGTH, 5),
    ],
)
def test_a_wrong_cell_is_told_with_its_line(before: str, after: str, trouble: BankTrouble, line: int) -> None:
    guide = sample_csv(NORWEGIAN.encode()).guide

    problem = refusal(NORWEGIAN.replace(before, after).encode(), guide)

    assert (problem.trouble, problem.line) == (trouble, line)


def test_a_list_that_ends_within_a_row_is_refused() -> None:
    whole = b"Dato;Inn;KID\n15.02.2026;1 000,00;00000018\n16.02.2026;2 000,00;00000026"
    assert len(read(whole).lines) == 2

    problem = refusal(whole[: whole.rindex(b" 000,00")], sample_csv(whole).guide)

    assert (problem.trouble, problem.line) == (BankTrouble.CUT_OFF, 3)


def test_a_message_on_two_lines_within_quotes_is_one_row() -> None:
    content = b'Dato;Amount;Tekst\n15.02.2026;10,00;"to\nlinjer"\n16.02.2026;20,00;x\n'

    assert [(line.number, line.text) for line in read(content).lines] == [(2, "to linjer"), (4, "x")]


def test_the_wrong_encoding_is_told() -> None:
    guide = sample_csv(NORWEGIAN.encode()).guide

    assert refusal(NORWEGIAN.encode("cp1252"), guide).trouble is BankTrouble.WRONG_ENCODING


@pytest.mark.parametrize("content", [b"\x00\x01\x02;\x03\n", b"only one column\nand more\n"])
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(BankFileRefused):
        sample_csv(content)


def test_lists_with_the_same_headings_are_known_again() -> None:
    assert sample_csv(DANISH.encode()).key == sample_csv(DANISH.replace("Overførsel", "Løn").encode()).key
    assert sample_csv(DANISH.encode()).key != sample_csv(ENGLISH.encode()).key


def test_day_and_amount_are_two_columns() -> None:
    with pytest.raises(InvalidValue):
        CsvGuide("utf-8", ";", 0, 1, 1, "%d.%m.%Y", ",")
    with pytest.raises(InvalidValue):
        CsvGuide("utf-8", ";", 0, NONE, 1, "%d.%m.%Y", ",")
