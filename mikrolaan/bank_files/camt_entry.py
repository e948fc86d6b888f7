"""What the elements of an entry in camt.053 and camt.054 mean: one line for each payment that came in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from mikrolaan.domain.bank_file import BankLine, BankTrouble, LineKind, Problems, shortened

CREDIT, DEBIT = "CRDT", "DBIT"
LARGEST_MINOR = 10**15 - 1
_DATES = ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
_NAMES = ("RltdPties/Dbtr/Pty/Nm", "RltdPties/Dbtr/Nm", "RltdPties/UltmtDbtr/Pty/Nm", "RltdPties/UltmtDbtr/Nm")
_ACCOUNTS = ("RltdPties/DbtrAcct/Id/IBAN", "RltdPties/DbtrAcct/Id/Othr/Id", "RltdPties/DbtrAcct/Id/PrtryAcct/Id")
_AMOUNTS = ("Amt", "AmtDtls/TxAmt/Amt")  # version 8 and later, versions before
_REFERENCES = "RmtInf/Strd/CdtrRefInf/Ref"


@dataclass(slots=True)
class _Texts:
    """The texts of an element by the path within it, and the currency of each amount."""

    line: int = 0
    texts: dict[str, list[str]] = field(default_factory=dict)
    currencies: dict[str, str] = field(default_factory=dict)

    @property
    def is_return(self) -> bool:
        """Whether it sends an earlier payment back to who made it."""
        return any(path.startswith("RtrInf") for path in self.texts)

    def first(self, *paths: str) -> str:
        """The first text at the first of the paths that has any."""
        return next((self.texts[path][0] for path in paths if path in self.texts), "")


@dataclass(slots=True)
class Transaction(_Texts):
    """One payment of an entry (TxDtls)."""


@dataclass(slots=True)
class Entry(_Texts):
    """One movement of the account (Ntry), which may stand for many payments."""

    transactions: list[Transaction] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)  # how often the bank gives its payments that name

    @property
    def is_booked(self) -> bool:
        """Whether the money has moved; an entry without a status has, one with a status of the bank's own has not."""
        return self.first("Sts/Cd", "Sts", "Sts/Prtry") in ("BOOK", "")

    @property
    def currency(self) -> str:
        """The currency of the amount that was booked."""
        return self.currencies.get("Amt", "")


@dataclass(slots=True)
class Statement(_Texts):
    """One account of the message (Stmt or Ntfctn), with what its booked credits add up to."""

    credits: int = 0
    credits_minor: int = 0
    pending: int = 0

    @property
    def account(self) -> str:
        """The office's own account."""
        return shortened(self.first("Acct/Id/IBAN", "Acct/Id/Othr/Id", "Acct/Id/PrtryAcct/Id"))

    def compare(self, line: int, problems: Problems) -> None:
        """Note where the summary of the message differs; where entries are pending, banks count differently."""
        count, total = self.first("TxsSummry/TtlCdtNtries/NbOfNtries"), self.first("TxsSummry/TtlCdtNtries/Sum")
        if self.pending:
            return
        if count and (not count.isdecimal() or int(count[:12]) != self.credits):
            problems.note(BankTrouble.WRONG_COUNT, line, "TtlCdtNtries/NbOfNtries", found=count, expected=self.credits)
        if total:
            minor = amount_minor(total)
            if minor != self.credits_minor:
                expected = Decimal(self.credits_minor).scaleb(-2)
                problems.note(BankTrouble.WRONG_SUM, line, "TtlCdtNtries/Sum", found=total, expected=expected)


_Part = tuple[_Texts, int, str]  # what tells of a payment, its amount and its direction


@dataclass(frozen=True, slots=True)
class Found:
    """What an entry gave."""

    lines: tuple[BankLine, ...]
    passed_over: int


def lines_of(entry: Entry, statement: Statement, problems: Problems) -> Found:
    """The payments of one entry; a debit is passed over unless it takes back an earlier credit.

    So is a credit that undoes an earlier debit: it is the office's own money that comes back (ISO 20022, RvslInd).
    """
    amount, direction = amount_minor(entry.first("Amt")), entry.first("CdtDbtInd")
    if amount is None:
        problems.note(BankTrouble.NOT_A_NUMBER, entry.line, "Ntry/Amt", found=entry.first("Amt"))
        return Found((), 0)
    if len(entry.currency) != 3:
        problems.note(BankTrouble.MISSING, entry.line, "Ntry/Amt@Ccy")
    if direction not in (CREDIT, DEBIT):
        problems.note(BankTrouble.UNEXPECTED, entry.line, "Ntry/CdtDbtInd", found=direction, expected="CRDT, DBIT")
        return Found((), 0)
    is_reversal = entry.first("RvslInd").lower() in ("true", "1")
    if not entry.is_booked:
        statement.pending += 1
        return Found((), 1)
    if direction == CREDIT:
        statement.credits += 1
        statement.credits_minor += amount
    if direction == DEBIT and not is_reversal and not any(each.is_return for each in entry.transactions):
        return Found((), 1)
    booked_on = _day(entry.first(*_DATES))
    if booked_on is None:
        problems.note(BankTrouble.NOT_A_DATE, entry.line, "Ntry/BookgDt", found=entry.first(*_DATES))
        return Found((), 0)
    entry.names = Counter(map(_name, entry.transactions))
    parts: list[_Part] = [(entry, amount, direction)]
    if entry.transactions:
        parts = _parts(entry, amount, direction, problems)
    shown = []
    for part, part_minor, own_direction in parts:
        goes_back = is_reversal or part.is_return
        if part_minor and goes_back == (own_direction == DEBIT):
            kind = LineKind.TAKEN_BACK if goes_back else LineKind.PAYMENT
            shown.append(_line(part, entry, part_minor, booked_on, kind, statement.account))
    return Found(tuple(shown), len(parts) - len(shown))


def _parts(entry: Entry, amount: int, direction: str, problems: Problems) -> list[_Part]:
    """Each payment of the entry; together they must be the entry, unless charges lie between."""
    _compare_count(entry, problems)
    is_alone = len(entry.transactions) == 1
    parts: list[_Part] = []
    total = 0
    for each in entry.transactions:
        path = next((path for path in _AMOUNTS if path in each.texts), "")
        if is_alone and (not path or each.currencies.get(path, entry.currency) != entry.currency):
            return [(each, amount, direction)]
        own = amount_minor(each.first(path)) if path else None
        if own is None:
            trouble = BankTrouble.NOT_A_NUMBER if path else BankTrouble.MISSING
            problems.note(trouble, each.line, "TxDtls/Amt", found=each.first(path))
            continue
        if each.currencies.get(path, entry.currency) != entry.currency:
            problems.note(
                BankTrouble.UNEXPECTED,
                each.line,
                "TxDtls/Amt@Ccy",
                found=each.currencies[path],
                expected=entry.currency,
            )
        own_direction = (each.first("CdtDbtInd") or direction) if not is_alone else direction
        total += own if own_direction == direction else -own
        parts.append((each, own, own_direction))
    has_charges = any(path.startswith("Chrgs/") for each in (entry, *entry.transactions) for path in each.texts)
    if total != amount and not has_charges:
        expected, found = Decimal(total).scaleb(-2), Decimal(amount).scaleb(-2)
        problems.note(BankTrouble.WRONG_SUM, entry.line, "Ntry/Amt", found=found, expected=expected)
    return [(entry.transactions[0], amount, direction)] if is_alone else parts


def _compare_count(entry: Entry, problems: Problems) -> None:
    """Note where the batches of an entry together say another number of payments than there are."""
    told = entry.texts.get("NtryDtls/Btch/NbOfTxs", [])
    if told and (
        not all(each.isdecimal() for each in told) or sum(int(each[:12]) for each in told) != len(entry.transactions)
    ):
        found, expected = " + ".join(told), len(entry.transactions)
        problems.note(BankTrouble.WRONG_COUNT, entry.line, "Btch/NbOfTxs", found=found, expected=expected)


def _line(part: _Texts, entry: Entry, amount: int, booked_on: date, kind: LineKind, account: str) -> BankLine:
    references = {"".join(text.split()) for text in part.texts.get(_REFERENCES, ())}
    several = len(references) > 1
    texts = [*part.texts.get("RmtInf/Ustrd", ()), *(sorted(references) if several else ())]
    return BankLine(
        number=part.line,
        amount_minor=amount,
        currency=entry.currency,
        booked_on=booked_on,
        reference="" if several else shortened("".join(references), 35),
        payer=shortened(part.first(*_NAMES)),
        payer_account=shortened(part.first(*_ACCOUNTS), 34),
        text=shortened(" ".join(texts) or part.first("AddtlTxInf") or entry.first("AddtlNtryInf")),
        account=account,
        kind=kind,
        bank_reference=_bank_reference(part, entry),
    )


def _bank_reference(part: _Texts, entry: Entry) -> str:
    """What the bank calls the payment; a name that several have, such as that of a whole batch, names none of them."""
    own, shared, is_alone = _name(part), _name(entry), len(entry.transactions) <= 1
    if own and (is_alone or entry.names[own] == 1):
        return shortened(own)
    if shared and is_alone:
        return shortened(shared)
    if shared or own:
        told = (shared or own, part.first("Refs/EndToEndId"), part.first("Refs/TxId"), part.first(_REFERENCES))
        return "/".join(map(shortened, told))
    return ""


def _name(part: _Texts) -> str:
    """The bank's own name for an entry or a payment; empty where it gives none."""
    name = part.first("AcctSvcrRef" if isinstance(part, Entry) else "Refs/AcctSvcrRef")
    return "" if name == "NOTPROVIDED" else name


def amount_minor(text: str) -> int | None:
    """An amount of the standard (digits, a point, at most two decimals that count) in øre; None where it is none."""
    if not 0 < len(text) <= 30 or not text.isascii() or not text.replace(".", "", 1).isdigit():
        return None
    try:
        minor = Decimal(text).scaleb(2)
    except InvalidOperation:
        return None
    whole = int(minor)
    return whole if minor == whole and whole <= LARGEST_MINOR else None


def _day(text: str) -> date | None:
    """The day of a date (2026-02-15, with or without a zone) or of a moment as it is written."""
    try:
        return date.fromisoformat(text[:10]) if len(text) >= 10 and text[4] == text[7] == "-" else None
    except ValueError:
        return None
