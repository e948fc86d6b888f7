"""OCR giro files of an independent writer are read whole; what is wrong in one is told with its line and field."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.bank_files.ocr_giro import read_ocr_giro
from mikrolaan.domain.bank_file import BankFile, BankFileProblem, BankFileRefused, BankFormat, BankTrouble, LineKind
from tests.bank_files.writers import OUR_ACCOUNT, Paid, ocr_giro, ocr_giro_by_hand

PAID = [
    Paid("00000018", "1000"),
    Paid("00000026", "250.50", kind=21, text="Avdrag februar"),
    Paid("1234567-", "10", kind=18),
]


def read(content: bytes) -> BankFile:
    file = read_ocr_giro(content, lambda _done, _total: None, lambda: False)
    assert file is not None
    return file


def refusal(content: bytes) -> BankFileProblem:
    with pytest.raises(BankFileRefused) as refused:
        read(content)
    return refused.value.problems[0]


def changed(row: int, first: int, text: str) -> bytes:
    """The file of three payments with `text` from that place of that line, both counted from 1."""
    lines = ocr_giro(PAID).decode("iso-8859-1").splitlines()
    line = lines[row - 1]
    lines[row - 1] = line[: first - 1] + text + line[first - 1 + len(text) :]
    return "\n".join(lines).encode("iso-8859-1")


def test_every_payment_is_read_with_its_kid_amount_day_and_account() -> None:
    file = read(ocr_giro(PAID))

    assert file.format is BankFormat.OCR_GIRO
    assert [(line.reference, line.amount_minor, line.text, line.kind) for line in file.lines] == [
        ("00000018", 100_000, "", LineKind.PAYMENT),
        ("00000026", 25_050, "Avdrag februar", LineKind.PAYMENT),
        ("1234567-", 1_000, "", LineKind.TAKEN_BACK),
    ]
    first = file.lines[0]
    assert (first.booked_on, first.account, first.payer_account) == (date(2026, 2, 15), OUR_ACCOUNT, "12345678903")
    assert (first.currency, first.number) == ("NOK", 3)
    assert file.total_minor("NOK") == 125_050, "what was taken back came not in"


payments = st.lists(
    st.builds(
        Paid,
        reference=st.text("0123456789", min_size=2, max_size=24),
        kroner=st.decimals(min_value="0.01", max_value="999999999", places=2).map(str),
        payer_account=st.text("0123456789", min_size=11, max_size=11),
        kind=st.integers(10, 21),
        text=st.text("abcæøåÆØÅ 0123456789", max_size=40).map(str.strip),
        archive=st.text("0123456789", min_size=9, max_size=9),
    ),
    max_size=12,
)


@given(payments)
def test_what_was_written_is_what_is_read(paid: list[Paid]) -> None:
    file = read(ocr_giro_by_hand(paid))

    assert [line.reference for line in file.lines] == [each.reference for each in paid]
    assert [f"{line.amount_minor / 100:.2f}" for line in file.lines] == [f"{float(each.kroner):.2f}" for each in paid]
    assert len({line.identity for line in file.lines}) == len(paid)


def test_both_writers_write_the_same_payments() -> None:
    assert [line.identity for line in read(ocr_giro(PAID)).lines] == [
        line.identity for line in read(ocr_giro_by_hand(PAID)).lines
    ]


@pytest.mark.parametrize(
    ("row", "first", "text", "trouble", "field"),
    [
        (3, 16, "310226", BankTrouble.NOT_A_DATE, "Nets date"),
        (3, 33, "0000000000001O000", BankTrouble.NOT_A_NUMBER, "amount"),
        (3, 32, "+", BankTrouble.UNEXPECTED, "sign"),
        (3, 50, "                 00X00018", BankTrouble.NOT_A_NUMBER, "KID"),
        (3, 9, "000000A", BankTrouble.NOT_A_NUMBER, "transaction"),
        (3, 5, "99", BankTrouble.UNEXPECTED, "type"),
        (3, 33, "00000000000100001", BankTrouble.WRONG_SUM, "total amount"),
        (4, 9, "0000002", BankTrouble.UNEXPECTED, "transaction"),
        (4, 42, "320226", BankTrouble.NOT_A_DATE, "bank date"),
        (4, 48, "1234567890A", BankTrouble.NOT_A_NUMBER, "payer account"),
        (4, 7, "30", BankTrouble.UNEXPECTED, "record"),
        (7, 7, "33", BankTrouble.UNEXPECTED, "record"),
        (2, 3, "77", BankTrouble.UNEXPECTED, "service"),
        (2, 25, "8601111794X", BankTrouble.NOT_A_NUMBER, "account"),
        (10, 9, "00000004", BankTrouble.WRONG_COUNT, "transactions"),
        (10, 17, "00000008", BankTrouble.WRONG_COUNT, "records"),
        (10, 25, "00000000000126051", BankTrouble.WRONG_SUM, "total amount"),
        (11, 9, "00000002", BankTrouble.WRONG_COUNT, "transactions"),
        (11, 17, "00000012", BankTrouble.WRONG_COUNT, "records"),
        (11, 25, "0000000000012605X", BankTrouble.NOT_A_NUMBER, "total amount"),
        (11, 42, "999999", BankTrouble.NOT_A_DATE, "Nets date"),
    ],
)
def test_a_wrong_field_is_told_with_its_line(row: int, first: int, text: str, trouble: BankTrouble, field: str) -> None:
    with pytest.raises(BankFileRefused) as refused:
        read(changed(row, first, text))

    told = {(problem.trouble, problem.field) for problem in refused.value.problems}
    assert (trouble, field) in told
    if trouble not in (BankTrouble.WRONG_SUM, BankTrouble.WRONG_COUNT):
        assert any(problem.line == row for problem in refused.value.problems)


@pytest.mark.parametrize("kept", range(1, 11))
def test_a_file_without_its_end_is_refused(kept: int) -> None:
    lines = ocr_giro(PAID).splitlines()

    assert refusal(b"\n".join(lines[:kept])).trouble in (BankTrouble.CUT_OFF, BankTrouble.UNEXPECTED)


def test_a_file_cut_within_a_line_is_refused() -> None:
    assert refusal(ocr_giro(PAID)[:400]).trouble is BankTrouble.CUT_OFF


def test_a_line_too_long_is_told() -> None:
    lines = ocr_giro(PAID).splitlines()

    problem = refusal(b"\n".join([*lines[:2], lines[2] + b"0", *lines[3:]]))

    assert (problem.trouble, problem.line) == (BankTrouble.WRONG_LENGTH, 3)


def test_a_payment_after_the_end_is_refused() -> None:
    content = ocr_giro(PAID)

    assert refusal(content + content.splitlines()[2]).trouble is BankTrouble.UNEXPECTED


def test_two_transmissions_in_one_file_are_both_read() -> None:
    assert len(read(ocr_giro(PAID) + ocr_giro(PAID[:1], on=date(2026, 2, 16))).lines) == 4


def test_agreements_of_avtalegiro_among_the_payments_are_passed_over() -> None:
    lines = ocr_giro(PAID[:1]).decode().splitlines()
    agreement = "NY210070" + "0000001" + "1" + "00000018".rjust(25) + "J".ljust(39, "0")
    end = "NY210088" + "00000001" + "00000003" + "0" * 56
    lines[5:5] = [lines[1].replace("NY090020", "NY212420"), agreement[:80].ljust(80, "0"), end]
    lines[-1] = "NY000089" + "00000002" + f"{len(lines):08}" + lines[-1][24:]

    file = read("\n".join(lines).encode())

    assert (len(file.lines), file.passed_over) == (1, 1)


def test_reading_stops_when_it_is_cancelled() -> None:
    many = ocr_giro_by_hand([Paid("00000018", "1")] * 1000)

    assert read_ocr_giro(many, lambda _done, _total: None, lambda: True) is None
