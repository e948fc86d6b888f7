"""What a list exported from an internet bank looks like: which column is which, and how dates and amounts are written."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from mikrolaan.domain.errors import InvalidValue, Problem

ENCODINGS = ("utf-8-sig", "utf-8", "cp1252", "iso-8859-1", "utf-16")
DELIMITERS = (";", ",", "\t", "|")
DATE_FORMS = ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y", "%d/%m/%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d/%m/%y")
DECIMAL_SIGNS = (",", ".")
NONE = -1  # a column that the list does not have


@dataclass(frozen=True, slots=True)
class CsvGuide:
    """How to read one kind of list; columns count from 0, NONE where there is no such column."""

    encoding: str
    delimiter: str
    heading_row: int  # which row holds the headings, from 0; what stands above is passed over; NONE: there are none
    date_column: int
    amount_column: int  # what came in; rows without it, or below nothing, are passed over
    date_form: str
    decimal_sign: str
    reference_column: int = NONE
    payer_column: int = NONE
    account_column: int = NONE
    text_column: int = NONE
    currency_column: int = NONE

    def __post_init__(self) -> None:
        choices = (
            ("encoding", self.encoding, ENCODINGS),
            ("delimiter", self.delimiter, DELIMITERS),
            ("date_form", self.date_form, DATE_FORMS),
            ("decimal_sign", self.decimal_sign, DECIMAL_SIGNS),
        )
        for name, value, allowed in choices:
            if value not in allowed:
                raise InvalidValue(name, Problem.UNKNOWN_CHOICE)
        for name in ("date_column", "amount_column"):
            if getattr(self, name) < 0:
                raise InvalidValue(name, Problem.MISSING)
        if self.date_column == self.amount_column:
            raise InvalidValue("amount_column", Problem.NOT_TOGETHER)

    def to_json(self) -> dict[str, Any]:
        """The guide as the office file keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> CsvGuide:
        """The guide as it was kept."""
        return cls(**kept)


@dataclass(frozen=True, slots=True)
class CsvSample:
    """The beginning of a list, with what the program takes its columns to be."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # the first rows below the headings
    guide: CsvGuide | None  # the best guess; None where date or amount could not be found
    encoding: str
    delimiter: str
    heading_row: int

    @property
    def columns(self) -> int:
        """How many columns the list has."""
        return len(self.headings)

    @property
    def key(self) -> str:
        """By which lists of the same headings are known again."""
        folded = "\x1f".join(heading.strip().casefold() for heading in self.headings)
        return sha256(folded.encode()).hexdigest()
