"""Looks at the bytes of a bank file, says which format they are, and reads them."""

from __future__ import annotations

from pathlib import Path

from mikrolaan.bank_files.bgmax import read_bgmax
from mikrolaan.bank_files.camt import read_camt
from mikrolaan.bank_files.csv_file import read_csv, sample_csv
from mikrolaan.bank_files.fixed_lines import BYTE_ORDER_MARK
from mikrolaan.bank_files.ocr_giro import read_ocr_giro
from mikrolaan.domain.bank_file import (
    LARGEST_BYTES,
    BankFile,
    BankFormat,
    BankTrouble,
    Cancelled,
    Progress,
    refuse,
)
from mikrolaan.domain.csv_guide import CsvGuide, CsvSample

_XML_BEGINS = (b"<", b"\xff\xfe<\x00", b"\xfe\xff\x00<")
_BINARY = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"MZ",
    b"GIF8",
    b"\x7fELF",
)


class BankFiles:
    """Reads every format; what the window is given."""

    def load(self, path: Path) -> bytes:
        """The bytes of a file; BankFileRefused when it cannot be read, is empty or larger than any bank file."""
        try:
            if not path.is_file():  # a folder, a device that never ends
                raise refuse(BankTrouble.UNREADABLE)
            with path.open("rb") as file:
                content = file.read(LARGEST_BYTES + 1)
        except OSError:
            raise refuse(BankTrouble.UNREADABLE) from None
        check_size(content)
        return content

    def format_of(self, content: bytes) -> BankFormat | None:
        """The format as the first bytes tell it, with the two of ISO 20022 as one; None when nothing fits."""
        return format_of(content)

    def sample(self, content: bytes) -> CsvSample:
        """The beginning of a list with a guess of its columns."""
        return sample_csv(content)

    def read(
        self, content: bytes, guide: CsvGuide | None, currency: str, progress: Progress, cancelled: Cancelled
    ) -> BankFile | None:
        """All of a file; a list needs a guide, and `currency` where it names none. None when cancelled."""
        return read_bank_file(content, guide, currency, progress, cancelled)


def check_size(content: bytes) -> None:
    """Refuse nothing and too much."""
    if not content.strip():
        raise refuse(BankTrouble.EMPTY)
    if len(content) > LARGEST_BYTES:
        raise refuse(BankTrouble.TOO_LARGE, expected=LARGEST_BYTES)


def format_of(content: bytes) -> BankFormat | None:
    """Which reader the first bytes ask for; None for a picture, a packed file and the like."""
    start = content[:200].removeprefix(BYTE_ORDER_MARK).lstrip()
    if start.startswith(_BINARY):
        return None
    if start.startswith(_XML_BEGINS):
        return BankFormat.CAMT_053
    if start[:2] == b"NY" and start[2:8].isdigit():
        return BankFormat.OCR_GIRO
    if start[:7].rstrip() == b"01BGMAX":
        return BankFormat.BGMAX
    return BankFormat.CSV


def read_bank_file(
    content: bytes, guide: CsvGuide | None, currency: str, progress: Progress, cancelled: Cancelled
) -> BankFile | None:
    """Every payment of the file; None when cancelled; BankFileRefused, with every place, when any of it is wrong."""
    check_size(content)
    match format_of(content):
        case BankFormat.OCR_GIRO:
            read = read_ocr_giro(content, progress, cancelled)
        case BankFormat.BGMAX:
            read = read_bgmax(content, progress, cancelled)
        case BankFormat.CAMT_053:
            read = read_camt(content, progress, cancelled)
        case BankFormat.CSV:
            guide = guide or sample_csv(content).guide
            if guide is None:
                raise refuse(BankTrouble.UNKNOWN_FORMAT)
            read = read_csv(content, guide, currency, progress, cancelled)
        case _:
            raise refuse(BankTrouble.NOT_TEXT)
    if read is not None and not read.lines and not read.passed_over:
        raise refuse(BankTrouble.NO_LINES)
    return read
