"""Whatever the bytes are, reading ends with payments or with a sentence: formats, sizes, and a storm of broken files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mikrolaan.bank_files import detect
from mikrolaan.bank_files.detect import BankFiles, read_bank_file
from mikrolaan.domain import bank_file
from mikrolaan.domain.bank_file import BankFile, BankFileRefused, BankFormat, BankLine, BankTrouble, identified
from tests.bank_files.test_csv_file import NORWEGIAN, SWEDISH
from tests.bank_files.writers import PAID_ON, Paid, bgmax, camt, entry, ocr_giro_by_hand, transaction

PAID = [Paid("00000018", "1000"), Paid("00000026", "250.50", kind=21, text="Avdrag")]
WHOLE = {
    BankFormat.OCR_GIRO: ocr_giro_by_hand(PAID),
    BankFormat.BGMAX: bgmax(PAID, PAID[:1], payer="Kalle Åkerö"),
    BankFormat.CAMT_053: camt(entry("1000", transaction("400", "11") + transaction("600", "22", name="Ødegård"))),
    BankFormat.CAMT_054: camt(entry("1000", transaction("1000", "11", version="02")), version="02", kind=54),
    BankFormat.CSV: NORWEGIAN.encode("cp1252"),
}


def read(content: bytes) -> BankFile | None:
    return read_bank_file(content, None, "NOK", lambda _done, _total: None, lambda: False)


@pytest.mark.parametrize("kind", WHOLE)
def test_each_format_is_known_by_its_first_bytes(kind: BankFormat) -> None:
    file = read(WHOLE[kind])

    assert file is not None
    assert file.format is kind


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_that_an_editor_saved_anew_says_the_same(kind: BankFormat) -> None:
    letters = "utf-8" if WHOLE[kind].startswith(b"<") else "cp1252"
    file, saved = read(WHOLE[kind]), read(WHOLE[kind].decode(letters).encode("utf-8-sig"))

    assert file is not None
    assert saved is not None
    assert saved.lines == file.lines


def test_a_file_saved_anew_and_broken_is_told() -> None:
    with pytest.raises(BankFileRefused) as refused:
        read(b"\xef\xbb\xbf" + WHOLE[BankFormat.BGMAX])

    assert refused.value.problems[0].trouble is BankTrouble.WRONG_ENCODING


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"", BankTrouble.EMPTY),
        (b" \r\n\t", BankTrouble.EMPTY),
        (b"%PDF-1.7\n%\xe2\xe3", BankTrouble.NOT_TEXT),
        (b"PK\x03\x04rest", BankTrouble.NOT_TEXT),
        (b"\x89PNG\r\n\x1a\n", BankTrouble.NOT_TEXT),
        (b"Dear officer, here are the payments.", BankTrouble.UNKNOWN_FORMAT),
        (b"<html><body>Logg inn</body></html>", BankTrouble.UNKNOWN_FORMAT),
        (ocr_giro_by_hand([]), BankTrouble.NO_LINES),
    ],
)
def test_what_is_no_bank_file_is_refused(content: bytes, trouble: BankTrouble) -> None:
    with pytest.raises(BankFileRefused) as refused:
        read(content)

    assert refused.value.problems[0].trouble is trouble


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detect, "LARGEST_BYTES", 1000)
    path = tmp_path / "large.txt"
    path.write_bytes(WHOLE[BankFormat.OCR_GIRO] * 10)

    with pytest.raises(BankFileRefused) as refused:
        BankFiles().load(path)

    assert refused.value.problems[0].trouble is BankTrouble.TOO_LARGE


@pytest.mark.parametrize("kind", [BankFormat.OCR_GIRO, BankFormat.BGMAX, BankFormat.CAMT_053, BankFormat.CSV])
def test_more_lines_than_anybody_has_are_refused(kind: BankFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bank_file, "MOST_LINES", 1)

    with pytest.raises(BankFileRefused) as refused:
        read(WHOLE[kind])

    assert refused.value.problems[0].trouble is BankTrouble.TOO_MANY


@pytest.mark.parametrize("name", ["", "gone.txt", "/dev/zero"])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BankFileRefused) as refused:
        BankFiles().load(tmp_path / name)

    assert refused.value.problems[0].trouble is BankTrouble.UNREADABLE


def reads_or_refuses(content: bytes) -> None:
    """A file gives lines that can be paid in, or BankFileRefused, and nothing else."""
    try:
        file = read(content)
    except BankFileRefused as refused:
        assert refused.problems
        return
    assert file is not None
    assert all(line.amount_minor > 0 and len(line.text) <= 200 for line in file.lines)
    assert len({line.identity for line in file.lines}) == len(file.lines)


@settings(max_examples=300)
@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"\xff\xfe<\x00")
@example(b"NY000010")
@example(b"01BGMAX")
@example(b";" * 300)
@example(b'"' * 50)
@example(b"Dato;Inn\n;\n")
def test_any_bytes_end_in_lines_or_in_a_refusal(content: bytes) -> None:
    reads_or_refuses(content)


@settings(max_examples=300)
@given(st.text(alphabet='0123456789.,;"-\n\tabcæøNY <>&/=', max_size=300))
def test_any_text_ends_in_lines_or_in_a_refusal(text: str) -> None:
    reads_or_refuses(text.encode())


@settings(max_examples=600)
@given(st.data())
def test_a_whole_file_with_a_few_changes_ends_in_lines_or_in_a_refusal(data: st.DataObject) -> None:
    content = bytearray(WHOLE[data.draw(st.sampled_from(list(WHOLE)))])
    for _change in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        what = data.draw(st.sampled_from(("put", "take", "cut", "double")))
        if what == "put":
            content[at : at + 1] = data.draw(st.binary(min_size=1, max_size=3))
        elif what == "take":
            del content[at : at + data.draw(st.integers(1, 90))]
        elif what == "cut":
            del content[at:]
        else:
            content[at:at] = content[at : at + data.draw(st.integers(1, 200))]
    reads_or_refuses(bytes(content))


@settings(max_examples=100)
@given(st.data())
def test_a_digit_changed_in_a_payment_never_goes_unseen_in_ocr_giro(data: st.DataObject) -> None:
    """Sums and counts catch a changed amount, count or total wherever it stands."""
    content = bytearray(ocr_giro_by_hand([Paid("00000018", "1000"), Paid("00000026", "250")]))
    row, first, last = data.draw(st.sampled_from([(2, 33, 49), (4, 33, 49), (6, 9, 41), (7, 9, 41)]))
    at = row * 81 + data.draw(st.integers(first, last)) - 1
    content[at] = ord(data.draw(st.sampled_from([digit for digit in "0123456789" if ord(digit) != content[at]])))

    with pytest.raises(BankFileRefused):
        read(bytes(content))


def test_equal_lines_have_identities_of_their_own_and_the_same_in_every_file() -> None:
    line = BankLine(1, 100_00, "NOK", PAID_ON, payer="Amina")

    once, twice = identified([line]), identified([line, line])

    assert once[0].identity == twice[0].identity != twice[1].identity


def test_a_swedish_list_says_its_currency_itself() -> None:
    file = read(SWEDISH.encode())

    assert file is not None
    assert file.total_minor("SEK") == 100_000
    assert file.total_minor("NOK") == 0
