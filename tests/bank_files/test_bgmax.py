"""BgMax files, Swedish payments and deductions, read whole or refused with the place."""

from __future__ import annotations

from datetime import date

import pytest

from mikrolaan.bank_files.bgmax import read_bgmax
from mikrolaan.domain.bank_file import BankFile, BankFileRefused, BankFormat, BankTrouble, LineKind
from tests.bank_files.writers import Paid, bgmax

# As in the example that Bankgirot publishes: 1 000 + 1 400 − 500 kronor are a deposit of 1 900.
PAID = [Paid("655969", "1000", "3783511"), Paid("657866", "1400", "3783511")]
DEDUCTED = [Paid("89853", "500", "3783511")]


def read(content: bytes) -> BankFile:
    file = read_bgmax(content, lambda _done, _total: None, lambda: False)
    assert file is not None
    return file


def changed(row: int, first: int, text: str) -> bytes:
    lines = bgmax(PAID, DEDUCTED, payer="Kalles Plåt AB").decode("iso-8859-1").splitlines()
    line = lines[row - 1]
    lines[row - 1] = line[: first - 1] + text + line[first - 1 + len(text) :]
    return "\n".join(lines).encode("iso-8859-1")


def test_payments_and_deductions_are_read_with_payer_and_day() -> None:
    file = read(bgmax(PAID, DEDUCTED, payer="Kalles Plåt AB"))

    assert file.format is BankFormat.BGMAX
    assert [(line.reference, line.amount_minor, line.kind) for line in file.lines] == [
        ("655969", 100_000, LineKind.PAYMENT),
        ("657866", 140_000, LineKind.PAYMENT),
        ("89853", 50_000, LineKind.TAKEN_BACK),
    ]
    first = file.lines[0]
    assert (first.payer, first.payer_account, first.account) == ("Kalles Plåt AB", "3783511", "9912346")
    assert (first.currency, first.booked_on) == ("SEK", date(2026, 2, 15))


def test_a_payment_with_several_references_is_left_to_the_officer() -> None:
    content = bgmax(PAID, extra={"657866": ["657866", "658765", "657767"]})

    second = read(content).lines[1]

    assert second.reference == ""
    assert second.text == "657767 657866 658765"


def test_one_more_record_with_another_reference_leaves_the_payment_to_the_officer() -> None:
    second = read(bgmax(PAID, extra={"657866": ["658765"]})).lines[1]

    assert (second.reference, second.text) == ("", "657866 658765")


def test_one_more_record_with_the_same_reference_changes_nothing() -> None:
    assert read(bgmax(PAID, extra={"657866": ["657866"]})).lines[1].reference == "657866"


def test_blanks_at_the_end_of_lines_may_be_missing() -> None:
    content = bgmax(PAID, DEDUCTED)
    trimmed = b"\r\n".join(line.rstrip() for line in content.splitlines())

    assert [line.identity for line in read(trimmed).lines] == [line.identity for line in read(content).lines]


@pytest.mark.parametrize(
    ("row", "first", "text", "trouble", "field"),
    [
        (1, 3, "BGMIN", BankTrouble.UNKNOWN_FORMAT, ""),
        (2, 23, "   ", BankTrouble.MISSING, "currency"),
        (3, 3, "00037835AB", BankTrouble.NOT_A_NUMBER, "payer"),
        (3, 38, "00000000000010000X", BankTrouble.NOT_A_NUMBER, "amount"),
        (3, 38, "000000000000100001", BankTrouble.WRONG_SUM, "amount"),
        (3, 1, "99", BankTrouble.UNEXPECTED, "record"),
        (18, 38, "20261301", BankTrouble.NOT_A_DATE, "date"),
        (18, 51, "000000000000190001", BankTrouble.WRONG_SUM, "amount"),
        (18, 69, "EUR", BankTrouble.UNEXPECTED, "currency"),
        (18, 72, "00000004", BankTrouble.WRONG_COUNT, "count"),
        (19, 3, "00000003", BankTrouble.WRONG_COUNT, "payments"),
        (19, 11, "00000000", BankTrouble.WRONG_COUNT, "deductions"),
        (19, 19, "00000001", BankTrouble.WRONG_COUNT, "references"),
        (19, 27, "00000002", BankTrouble.WRONG_COUNT, "deposits"),
    ],
)
def test_a_wrong_field_is_told_with_its_line(row: int, first: int, text: str, trouble: BankTrouble, field: str) -> None:
    with pytest.raises(BankFileRefused) as refused:
        read(changed(row, first, text))

    assert (trouble, field) in {(problem.trouble, problem.field) for problem in refused.value.problems}


@pytest.mark.parametrize("kept", range(1, 19))
def test_a_file_without_its_end_is_refused(kept: int) -> None:
    lines = bgmax(PAID, DEDUCTED, payer="Kalles Plåt AB").splitlines()

    with pytest.raises(BankFileRefused):
        read(b"\r\n".join(lines[:kept]))
