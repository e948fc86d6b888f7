"""Reads camt.053 and camt.054, the account statement and the notification of ISO 20022, versions 2 to 13.

The file is parsed piece by piece by expat, which keeps nothing. A document type is refused before anything of it is
read, so no entity, no other file and no address can be reached; depth, elements and texts are bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from mikrolaan.bank_files.camt_entry import Entry, Statement, Transaction, lines_of
from mikrolaan.domain.bank_file import (
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
)

CHUNK = 512_000  # bytes between two looks at the cancel flag
DEEPEST = 40  # elements within elements; the standard needs 20
MOST_ELEMENTS = 3_000_000  # 50 MB of the shortest elements that a bank writes
MOST_LETTERS = 10_000  # in one element that is looked at
_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.05([34])\.001\.(0[2-9]|1[0-3])")
_ROOTS = {"3": ("Document", "BkToCstmrStmt", "Stmt"), "4": ("Document", "BkToCstmrDbtCdtNtfctn", "Ntfctn")}


@dataclass(slots=True)
class _Reading:
    """What has been read so far; the handlers of the parser are its methods."""

    parser: expat.XMLParserType
    problems: Problems
    path: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    letters: int = 0
    elements: int = 0
    format: BankFormat | None = None
    base: tuple[str, ...] = ()
    statement: Statement | None = None
    entry: Entry | None = None
    transaction: Transaction | None = None
    lines: list[BankLine] = field(default_factory=list)
    passed_over: int = 0
    statements: int = 0

    @property
    def line(self) -> int:
        """Where the parser is."""
        return self.parser.CurrentLineNumber

    def on_doctype(self, *_told: object) -> None:
        raise refuse(BankTrouble.FORBIDDEN_XML, self.line, "DOCTYPE")

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _space, local = name.rpartition(" ")
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise refuse(BankTrouble.TOO_MANY, self.line, local, expected=MOST_ELEMENTS)
        if len(self.path) >= DEEPEST:
            raise refuse(BankTrouble.TOO_DEEP, self.line, local, expected=DEEPEST)
        if not self.path:
            self._begin(namespace, local)
        self.path.append(local)
        self.text.clear()
        self.letters = 0
        if self.entry is not None:
            if self.path[len(self.base) :] == ["Ntry", "NtryDtls", "TxDtls"]:
                self.transaction = Transaction(self.line)
                self.entry.transactions.append(self.transaction)
            currency = attributes.get("Ccy", "")
            if currency:
                (self.transaction or self.entry).currencies["/".join(self._within())] = currency
        elif tuple(self.path) == self.base:
            self.statement = Statement()
            self.statements += 1
        elif self.statement is not None and tuple(self.path) == (*self.base, "Ntry"):
            self.entry = Entry(self.line)

    def _begin(self, namespace: str, local: str) -> None:
        known = _NAMESPACE.fullmatch(namespace)
        if known is None or local != "Document":
            raise refuse(BankTrouble.UNKNOWN_FORMAT, self.line, local, found=namespace)
        self.format = BankFormat.CAMT_053 if known[1] == "3" else BankFormat.CAMT_054
        self.base = _ROOTS[known[1]]

    def _within(self) -> list[str]:
        """The path within the transaction, the entry or the statement that is being read."""
        inner = len(self.base)
        if self.entry is not None:
            inner += 1
        if self.transaction is not None:
            inner += 2
        return self.path[inner:]

    def on_text(self, text: str) -> None:
        self.letters += len(text)
        if self.letters > MOST_LETTERS:
            raise refuse(BankTrouble.TOO_MANY, self.line, self.path[-1], expected=MOST_LETTERS)
        self.text.append(text)

    def on_end(self, _name: str) -> None:
        target = self.transaction or self.entry or self.statement
        if target is not None:
            text = "".join(self.text).strip()
            if text:
                target.texts.setdefault("/".join(self._within()), []).append(text)
        local = self.path[-1]
        if self.transaction is not None and local == "TxDtls":
            self.transaction = None
        elif self.entry is not None and self.transaction is None and tuple(self.path) == (*self.base, "Ntry"):
            self._close_entry(self.entry)
            self.entry = None
        elif self.statement is not None and tuple(self.path) == self.base:
            self.statement.compare(self.line, self.problems)
            self.statement = None
        self.path.pop()
        self.text.clear()
        self.letters = 0

    def _close_entry(self, entry: Entry) -> None:
        assert self.statement is not None  # an entry stands in one
        found = lines_of(entry, self.statement, self.problems)
        self.lines += found.lines
        refuse_beyond(self.lines)
        self.passed_over += found.passed_over


def read_camt(content: bytes, progress: Progress, cancelled: Cancelled) -> BankFile | None:
    """The credits of the file; None when cancelled; BankFileRefused when any of it is wrong."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    reading = _Reading(parser, Problems())
    parser.StartDoctypeDeclHandler = reading.on_doctype
    parser.StartElementHandler = reading.on_start
    parser.EndElementHandler = reading.on_end
    parser.CharacterDataHandler = reading.on_text
    try:
        for begin in range(0, len(content), CHUNK):
            if cancelled():
                return None
            parser.Parse(content[begin : begin + CHUNK], False)
            progress(min(begin + CHUNK, len(content)), len(content))
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise _refusal(error, reading, content) from None
    except (ValueError, LookupError):
        if reading.elements:
            raise
        raise refuse(BankTrouble.WRONG_ENCODING, 1) from None  # an encoding that neither expat nor Python knows
    reading.problems.refuse_if_any()
    if reading.format is None or not reading.statements:
        raise refuse(BankTrouble.MISSING, 0, "/".join(reading.base[1:]))
    return BankFile(reading.format, fingerprint(content), identified(reading.lines), reading.passed_over)


def _refusal(error: expat.ExpatError, reading: _Reading, content: bytes) -> BankFileRefused:
    where, codes, told = "/".join(reading.path), expat.errors.codes, expat.ErrorString(error.code)
    cut_off = ("XML_ERROR_NO_ELEMENTS", "XML_ERROR_UNCLOSED_TOKEN", "XML_ERROR_UNCLOSED_CDATA_SECTION")
    encoding = ("XML_ERROR_UNKNOWN_ENCODING", "XML_ERROR_INCORRECT_ENCODING", "XML_ERROR_PARTIAL_CHAR")
    if error.code in {codes[getattr(expat.errors, name)] for name in cut_off}:
        return refuse(BankTrouble.CUT_OFF, error.lineno, where)
    at = reading.parser.ErrorByteIndex
    is_strange_byte = told == expat.errors.XML_ERROR_INVALID_TOKEN and content[at : at + 1] >= b"\x80"
    if is_strange_byte or error.code in {codes[getattr(expat.errors, name)] for name in encoding}:
        return refuse(BankTrouble.WRONG_ENCODING, error.lineno, where)
    return refuse(BankTrouble.NOT_XML, error.lineno, where, found=told)
