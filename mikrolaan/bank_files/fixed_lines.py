"""What OCR giro and BgMax share: lines of 80 signs in ISO-8859-1, fields at fixed places, numbers and dates in digits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from mikrolaan.domain.bank_file import BankTrouble, Cancelled, Problems, Progress, refuse

BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # what an editor that saves in UTF-8 may put before everything
WIDTH = 80
TELL_EVERY = 500  # lines between two looks at the cancel flag


class Fields:
    """One line: its number in the file and its fields, by their places as the bank's manual counts them (from 1)."""

    __slots__ = ("_problems", "number", "text")

    def __init__(self, number: int, text: str, problems: Problems) -> None:
        self.number = number
        self.text = text
        self._problems = problems

    def raw(self, first: int, last: int) -> str:
        """What stands from place `first` to place `last`."""
        return self.text[first - 1 : last]

    def word(self, first: int, last: int) -> str:
        """The same without the blanks around it."""
        return self.text[first - 1 : last].strip()

    def count(self, first: int, last: int, name: str) -> int:
        """A whole number; 0 and a noted problem where it is none."""
        found = self.raw(first, last)
        if found.isascii() and found.isdigit():
            return int(found)
        self._problems.note(BankTrouble.NOT_A_NUMBER, self.number, name, found=found)
        return 0

    def day(self, first: int, last: int, name: str) -> date:
        """A date as DDMMYY or YYYYMMDD, by its length; the first day there is and a noted problem where it is none."""
        found = self.raw(first, last)
        form = "%d%m%y" if last - first == 5 else "%Y%m%d"
        if found.isascii() and found.isdigit():
            try:
                return datetime.strptime(found, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                pass
        self._problems.note(BankTrouble.NOT_A_DATE, self.number, name, found=found)
        return date.min

    def note(self, trouble: BankTrouble, name: str = "", *, found: object = "", expected: object = "") -> None:
        """Keep a problem of this line."""
        self._problems.note(trouble, self.number, name, found=found, expected=expected)


def fixed_lines(
    content: bytes, problems: Problems, progress: Progress, cancelled: Cancelled, *, is_padded: bool
) -> Iterator[Fields | None]:
    """The lines that are not empty; None, and then no more, once the reading was cancelled.

    A line that is too long is a problem; one that is too short too, unless `is_padded`: some programs drop the
    blanks at the end, which mean nothing where the format fills up with blanks.
    """
    texts = _decoded(content).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, text in enumerate(texts, start=1):
        if number % TELL_EVERY == 0:
            if cancelled():
                yield None
                return
            progress(number, len(texts))
        trimmed = text.rstrip(" \x1a")
        if not trimmed:
            continue
        if len(trimmed) > WIDTH or (len(text.rstrip("\x1a")) < WIDTH and not is_padded):
            is_cut = number == len(texts) and len(trimmed) < WIDTH
            trouble = BankTrouble.CUT_OFF if is_cut else BankTrouble.WRONG_LENGTH
            problems.note(trouble, number, found=len(trimmed), expected=WIDTH)
            continue
        if not trimmed.isprintable():
            raise refuse(BankTrouble.NOT_TEXT, number)
        yield Fields(number, trimmed.ljust(WIDTH), problems)


def _decoded(content: bytes) -> str:
    """The letters as the bank wrote them, or as an editor saved them anew."""
    if not content.startswith(BYTE_ORDER_MARK):
        return content.decode("iso-8859-1")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse(BankTrouble.WRONG_ENCODING, content.count(b"\n", 0, error.start) + 1) from None


def in_main_units(minor: int) -> Decimal:
    """A sum as an officer reads it: 126050 øre are 1260.50."""
    return Decimal(minor).scaleb(-2)
