"""Reads lists exported from an internet bank, by a guide that says which column is which; guesses such a guide."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from itertools import islice

from mikrolaan.domain.bank_file import (
    LONGEST_TEXT,
    BankFile,
    BankFileRefused,
    BankFormat,
    BankLine,
    BankTrouble,
    Cancelled,
    Problems,
    Progress,
    fingerprint,
    identified,
    refuse,
    refuse_beyond,
    shortened,
)
from mikrolaan.domain.csv_guide import DATE_FORMS, DECIMAL_SIGNS, DELIMITERS, ENCODINGS, NONE, CsvGuide, CsvSample

SAMPLE_BYTES = 200_000
SAMPLE_ROWS = 30
HEADINGS_WITHIN = 15  # rows that may stand above the headings
MOST_COLUMNS = 200
LARGEST_MINOR = 10**15 - 1
TELL_EVERY = 500

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]")

# Headings as Nordic banks write them, folded; the first word that fits wins, so the surest come first.
_HEADINGS: dict[str, tuple[str, ...]] = {
    "date": (
        "bokføringsdato", "bokført", "bokføringsdag", "bokföringsdatum", "bokföringsdag", "bokført dato", "bogføringsdato",
        "booking date", "booked", "transaksjonsdato", "transaktionsdatum", "dato", "datum", "date", "rentedato",
        "valutadato", "valuteringsdatum", "value date",
    ),
    "amount": (
        "inn på konto", "inn", "innbetaling", "innskudd", "insättning", "insatt", "insättningar", "indbetaling", "indsat",
        "kreditbeløp", "kredit", "credit", "paid in", "beløp inn", "beløp", "belopp", "beløb", "amount",
    ),
    "reference": (
        "kid", "kid-nummer", "kid nummer", "kidnummer", "ocr", "ocr-nummer", "betalings-id", "betalingsid", "fik",
        "referansenummer", "referanse", "referens", "reference", "payment reference",
    ),
    "payer": (
        "betaler", "avsender", "fra navn", "navn", "betalare", "avsändare", "namn", "afsender", "indbetaler", "payer",
        "name", "sender", "counterparty", "motpart",
    ),
    "account": (
        "fra konto", "frakonto", "fra kontonummer", "betalers konto", "avsenderkonto", "motkonto", "från konto",
        "avsändarkonto", "fra kontonr", "payer account", "from account",
    ),
    "text": (
        "melding", "beskjed", "tekst", "forklaring", "beskrivelse", "meddelande", "text", "beskrivning", "meddelelse",
        "message", "description", "details",
    ),
    "currency": ("valuta", "valutakode", "currency"),
}  # fmt: skip
_CURRENCY_AROUND = re.compile(r"^(?:kr\.?|nok|sek|dkk|eur|€)|(?:kr\.?|nok|sek|dkk|eur|€|,-)$", re.IGNORECASE)
_CURRENCIES = {"NOK": "NOK", "SEK": "SEK", "DKK": "DKK", "EUR": "EUR", "€": "EUR"}
_BLANKS = dict.fromkeys(map(ord, " \u00a0\u2009\u202f'’"))
_MINUS = str.maketrans("−–", "--")
_GROUPED = {
    ",": re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d{1,2})?", re.ASCII),
    ".": re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?", re.ASCII),
}


def sample_csv(content: bytes) -> CsvSample:
    """The first rows and the best guess; BankFileRefused when the bytes are no list."""
    encoding = _encoding(content)
    whole = len(content) <= SAMPLE_BYTES
    text = content[:SAMPLE_BYTES].decode(encoding, errors="strict" if whole else "ignore")
    _refuse_if_not_text(text)
    best: tuple[int, str, list[list[str]]] | None = None
    for delimiter in DELIMITERS:
        rows = _first_rows(text, delimiter)
        score = _evenness(rows)
        if score and (best is None or score > best[0]):
            best = score, delimiter, rows
    if best is None:
        raise refuse(BankTrouble.UNKNOWN_FORMAT)
    _score, delimiter, rows = best
    at = _heading_row(rows)
    below = rows[at + 1 : at + 1 + SAMPLE_ROWS]
    headings = rows[at] if at != NONE else [""] * max(len(row) for row in rows)
    guide = _guess(encoding, delimiter, at, headings, below)
    return CsvSample(tuple(headings), tuple(tuple(row) for row in below), guide, encoding, delimiter, heading_row=at)


def read_csv(
    content: bytes, guide: CsvGuide, currency: str, progress: Progress, cancelled: Cancelled
) -> BankFile | None:
    """What came in, by the guide; `currency` is meant where the list has no column for it. None when cancelled."""
    problems = Problems()
    lines: list[BankLine] = []
    passed_over = 0
    try:
        text = content.decode(guide.encoding)
    except UnicodeDecodeError as error:
        raise refuse(BankTrouble.WRONG_ENCODING, content[: error.start].count(b"\n") + 1) from None
    _refuse_if_not_text(text)
    total = text.count("\n") + 1
    widest = 0
    number, row = 0, list[str]()
    for place, (number, row) in enumerate(_rows(text, guide.delimiter)):
        if place % TELL_EVERY == 0:
            if cancelled():
                return None
            progress(min(number, total), total)
        if place == guide.heading_row:
            _check_headings(guide, number, row)
        if place <= guide.heading_row:
            continue
        line = _line(number, row, guide, currency, problems)
        if line is None:
            passed_over += 1
        else:
            lines.append(line)
            refuse_beyond(lines)
        widest = max(widest, len(row))
    if len(row) < widest and not text.endswith(("\n", "\r")):  # so much stood in other rows: 1 000,00 may end at 1
        problems.note(BankTrouble.CUT_OFF, number, found=len(row), expected=widest)
    problems.refuse_if_any()
    return BankFile(BankFormat.CSV, fingerprint(content), identified(lines), passed_over)


def _line(number: int, row: Sequence[str], guide: CsvGuide, currency: str, problems: Problems) -> BankLine | None:
    """One payment; None for a row of nothing or of money that went out."""
    if len(row) <= max(guide.date_column, guide.amount_column):
        problems.note(
            BankTrouble.CUT_OFF, number, found=len(row), expected=max(guide.date_column, guide.amount_column) + 1
        )
        return None
    typed = row[guide.amount_column].strip()
    if not typed:
        return None
    amount = amount_minor(typed, guide.decimal_sign)
    if amount is None:
        problems.note(BankTrouble.NOT_A_NUMBER, number, "amount", found=typed)
        return None
    if amount <= 0:
        return None
    booked_on = _day(row[guide.date_column], guide.date_form)
    if booked_on is None:
        problems.note(BankTrouble.NOT_A_DATE, number, "date", found=row[guide.date_column])
        return None

    def cell(column: int, longest: int = LONGEST_TEXT) -> str:
        return shortened(row[column], longest) if 0 <= column < len(row) else ""

    return BankLine(
        number=number,
        amount_minor=amount,
        currency=cell(guide.currency_column, 3).upper() or currency_beside(typed) or currency,
        booked_on=booked_on,
        reference="".join(_bare(cell(guide.reference_column)).split()),
        payer=cell(guide.payer_column),
        payer_account=_bare(cell(guide.account_column, 40))[:34],
        text=cell(guide.text_column),
    )


def amount_minor(typed: str, decimal_sign: str) -> int | None:
    """An amount as banks write it ("1 234,50", "1.234,50-", "kr 200") in øre; None where it cannot be read one way."""
    text = _CURRENCY_AROUND.sub("", typed.translate(_BLANKS).translate(_MINUS))
    if text.endswith("-") and not text.startswith("-"):
        text = f"-{text[:-1]}"
    if len(text) > 30 or _GROUPED[decimal_sign].fullmatch(text) is None:
        return None
    grouping = "." if decimal_sign == "," else ","
    minor = int(Decimal(text.replace(grouping, "").replace(",", ".")).scaleb(2))
    return minor if abs(minor) <= LARGEST_MINOR else None


def currency_beside(typed: str) -> str:
    """The currency that an amount names itself ("88,00 EUR"); empty for none, and for kroner of whichever country."""
    return next((code for sign, code in _CURRENCIES.items() if sign in typed.upper()), "")


def _bare(digits: str) -> str:
    """Digits without the marks by which spreadsheets are kept from taking them for an amount: ="0018" or '0018."""
    return digits.removeprefix("=").strip("\"'")


def _day(typed: str, form: str) -> date | None:
    text = typed.strip()
    if not text.isascii() or len(text) > 10:
        text = text.split(" ")[0].split("T")[0]  # a moment: its day
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _first_that_decodes(content, ("utf-16",))
    if content.startswith(b"\xef\xbb\xbf"):
        return _first_that_decodes(content, ("utf-8-sig",))
    return _first_that_decodes(content, ("utf-8", "cp1252", "iso-8859-1"))


def _first_that_decodes(content: bytes, encodings: Sequence[str]) -> str:
    for encoding in encodings:
        assert encoding in ENCODINGS
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise refuse(BankTrouble.WRONG_ENCODING)


def _refuse_if_not_text(text: str) -> None:
    strange = _CONTROL.search(text)
    if strange is not None:
        raise refuse(BankTrouble.NOT_TEXT, text.count("\n", 0, strange.start()) + 1)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with the line on which it begins; BankFileRefused where quotes do not close."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                if len(row) > MOST_COLUMNS:
                    raise refuse(BankTrouble.TOO_MANY, begins, expected=MOST_COLUMNS)
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error:
        raise refuse(BankTrouble.WRONG_LENGTH, begins) from None


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    """The rows that are looked at for a guess; none where this delimiter makes no rows of the text."""
    try:
        return [row for _number, row in islice(_rows(text, delimiter), HEADINGS_WITHIN + SAMPLE_ROWS)]
    except BankFileRefused:
        return []


def _evenness(rows: Sequence[Sequence[str]]) -> int:
    """How much the rows look like a list: most of them have the same number of columns, and several."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return count * 100 + min(width, 99)


def _heading_row(rows: Sequence[Sequence[str]]) -> int:
    """The row that names a date and an amount; else the first that holds neither, of a list that goes on below."""
    for at, row in enumerate(rows[:HEADINGS_WITHIN]):
        if _column(row, "date") != NONE and _column(row, "amount") != NONE:
            return at
    width = Counter(len(row) for row in rows).most_common(1)[0][0]
    at, row = next((at, row) for at, row in enumerate(rows) if len(row) == width)
    has_date = any(_day(cell, form) for cell in row for form in DATE_FORMS)
    return NONE if has_date else at


def _guess(
    encoding: str, delimiter: str, at: int, headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> CsvGuide | None:
    columns = {meaning: _column(headings, meaning) for meaning in _HEADINGS}
    forms = [form for form in DATE_FORMS if _all_fit(rows, columns["date"], partial(_day, form=form))]
    amounts = [row[columns["amount"]].strip() for row in rows if 0 <= columns["amount"] < len(row)]
    signs = [
        sign
        for sign in DECIMAL_SIGNS
        if any(amounts) and all(amount_minor(cell, sign) is not None for cell in amounts if cell)
    ]
    if columns["date"] == NONE or columns["amount"] == NONE or not forms or not signs:
        return None
    return CsvGuide(
        encoding=encoding,
        delimiter=delimiter,
        heading_row=at,
        date_column=columns["date"],
        amount_column=columns["amount"],
        date_form=forms[0],
        decimal_sign=signs[0],
        reference_column=columns["reference"],
        payer_column=columns["payer"],
        account_column=columns["account"],
        text_column=columns["text"],
        currency_column=columns["currency"],
    )


def _all_fit(rows: Sequence[Sequence[str]], column: int, reads: Callable[[str], object]) -> bool:
    cells = [row[column].strip() for row in rows if 0 <= column < len(row)]
    return any(cells) and all(reads(cell) is not None for cell in cells if cell)


def _column(headings: Sequence[str], meaning: str) -> int:
    """The column whose heading means that; NONE where there is none."""
    folded = [heading.strip().casefold().removeprefix("\ufeff") for heading in headings]
    for word in _HEADINGS[meaning]:
        if word in folded:
            return folded.index(word)
    return NONE


def _check_headings(guide: CsvGuide, number: int, row: Sequence[str]) -> None:
    """Refuse headings that are a payment (it would be lost) or that lack a column of the guide."""
    columns = (guide.date_column, guide.amount_column, guide.reference_column, guide.payer_column)
    if max(columns) >= len(row):
        raise refuse(BankTrouble.MISSING, number, found=len(row), expected=max(columns) + 1)
    date_cell, amount_cell = row[guide.date_column], row[guide.amount_column]
    if _day(date_cell, guide.date_form) and amount_minor(amount_cell, guide.decimal_sign) is not None:
        raise refuse(BankTrouble.UNEXPECTED, number, "headings", found=date_cell)
