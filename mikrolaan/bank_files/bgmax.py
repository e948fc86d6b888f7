"""Reads BgMax: what Bankgirot tells a Swedish payee.

Source of the places: Bankgirot, «Bankgiro Inbetalningar, teknisk manual», section on the file format. A file (records 01
and 70) holds deposits (05 and 15), a deposit payments (20) and deductions (21), each with more about it (22–29).
The day stands in the record that closes the deposit.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mikrolaan.bank_files.fixed_lines import Fields, fixed_lines, in_main_units
from mikrolaan.domain.bank_file import (
    MOST_LINES,
    BankFile,
    BankFormat,
    BankLine,
    BankTrouble,
    Cancelled,
    LineKind,
    Problems,
    Progress,
    fingerprint,
    identified,
    refuse,
    refuse_beyond,
    shortened,
)

LAYOUT = "BGMAX"
PAYMENT, DEDUCTION = "20", "21"
SEVERAL_REFERENCES = "3"  # reference code: the payer named more than one
LARGEST_MINOR = 10**15 - 1


@dataclass(slots=True)
class _Movement:
    """A payment or deduction of which more may follow."""

    number: int
    kind: LineKind
    amount_minor: int
    reference: str
    bank_reference: str
    payer_account: str
    others: list[str] = field(default_factory=list)
    payer: str = ""
    texts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Deposit:
    """A deposit that has not been closed."""

    account: str
    currency: str
    movements: list[_Movement] = field(default_factory=list)

    @property
    def total_minor(self) -> int:
        """Payments less deductions: what reached the account."""
        return sum(
            each.amount_minor if each.kind is LineKind.PAYMENT else -each.amount_minor for each in self.movements
        )


@dataclass(slots=True)
class _State:
    """Where in the file the reading is, and what the end record is compared with."""

    has_begun: bool = False
    has_ended: bool = False
    deposit: _Deposit | None = None
    lines: list[BankLine] = field(default_factory=list)
    passed_over: int = 0
    payments: int = 0
    deductions: int = 0
    references: int = 0
    deposits: int = 0


def read_bgmax(content: bytes, progress: Progress, cancelled: Cancelled) -> BankFile | None:
    """The payments of the file; None when cancelled; BankFileRefused when any of it is wrong."""
    problems, state, last = Problems(), _State(), 0
    for fields in fixed_lines(content, problems, progress, cancelled, is_padded=True):
        if fields is None:
            return None
        last = fields.number
        if state.has_ended:
            raise refuse(BankTrouble.UNEXPECTED, last, "record", found=fields.raw(1, 2))
        _take(fields, state)
    problems.refuse_if_any()
    if not state.has_ended:
        raise refuse(BankTrouble.CUT_OFF, last, expected="15" if state.deposit is not None else "70")
    return BankFile(BankFormat.BGMAX, fingerprint(content), identified(state.lines), state.passed_over)


def _take(fields: Fields, state: _State) -> None:
    record = fields.raw(1, 2)
    if record == "01" and not state.has_begun:
        if fields.word(3, 22) != LAYOUT:
            raise refuse(BankTrouble.UNKNOWN_FORMAT, fields.number, found=fields.word(3, 22), expected=LAYOUT)
        state.has_begun = True
    elif not state.has_begun:
        raise refuse(BankTrouble.UNEXPECTED, fields.number, "record", found=record, expected="01")
    elif record == "70" and state.deposit is None:
        _compare(fields, state)
        state.has_ended = True
    elif record == "05" and state.deposit is None:
        account = fields.word(3, 12).lstrip("0") or fields.word(13, 22).lstrip("0")
        state.deposit = _Deposit(account, fields.word(23, 25))
        if len(state.deposit.currency) != 3:
            fields.note(BankTrouble.MISSING, "currency")
    elif state.deposit is None:
        raise refuse(BankTrouble.UNEXPECTED, fields.number, "record", found=record, expected="05, 70")
    elif record == "15":
        _close(fields, state, state.deposit)
        state.deposit = None
    elif record in (PAYMENT, DEDUCTION):
        _movement(fields, state, state.deposit, record)
    elif state.deposit.movements and record in ("22", "23", "25", "26", "27", "28", "29"):
        _more(fields, state, state.deposit.movements[-1], record)
    else:
        fields.note(BankTrouble.UNEXPECTED, "record", found=record, expected="15, 20, 21")


def _movement(fields: Fields, state: _State, deposit: _Deposit, record: str) -> None:
    amount = fields.count(38, 55, "amount")
    if amount > LARGEST_MINOR:
        fields.note(BankTrouble.NOT_A_NUMBER, "amount", found=fields.raw(38, 55))
    payer = fields.word(3, 12)
    if payer and not (payer.isascii() and payer.isdigit()):
        fields.note(BankTrouble.NOT_A_NUMBER, "payer", found=payer)
    is_payment = record == PAYMENT
    state.payments += is_payment
    state.deductions += not is_payment
    named = fields.word(13, 37)
    movement = _Movement(
        number=fields.number,
        kind=LineKind.PAYMENT if is_payment else LineKind.TAKEN_BACK,
        amount_minor=amount,
        reference=named,
        bank_reference=fields.word(58, 69),
        payer_account=payer.lstrip("0"),
    )
    if fields.raw(56, 56) == SEVERAL_REFERENCES and " " in named:
        movement.reference, movement.others = "", named.split()
    deposit.movements.append(movement)
    if len(deposit.movements) > MOST_LINES:
        raise refuse(BankTrouble.TOO_MANY, fields.number, expected=MOST_LINES)


def _more(fields: Fields, state: _State, movement: _Movement, record: str) -> None:
    if record in ("22", "23"):
        state.references += 1
        if reference := fields.word(13, 37):
            movement.others.append(reference)
    elif record == "25":
        movement.texts.append(fields.word(3, 52))
    elif record == "26":
        movement.payer = shortened(f"{fields.word(3, 37)} {fields.word(38, 72)}")


def _close(fields: Fields, state: _State, deposit: _Deposit) -> None:
    """Compare a deposit with its closing record, and make its lines with the day that stands there."""
    state.deposits += 1
    booked_on = fields.day(38, 45, "date")
    serial = fields.word(46, 50)
    total_minor, count = fields.count(51, 68, "amount"), fields.count(72, 79, "count")
    if fields.word(69, 71) != deposit.currency:
        fields.note(BankTrouble.UNEXPECTED, "currency", found=fields.word(69, 71), expected=deposit.currency)
    if total_minor != deposit.total_minor:
        found, expected = in_main_units(total_minor), in_main_units(deposit.total_minor)
        fields.note(BankTrouble.WRONG_SUM, "amount", found=found, expected=expected)
    if count != len(deposit.movements):
        fields.note(BankTrouble.WRONG_COUNT, "count", found=count, expected=len(deposit.movements))
    for each in deposit.movements:
        if not each.amount_minor:
            state.passed_over += 1
            continue
        references = {each.reference, *each.others} - {""}
        several = len(references) > 1
        texts = [*each.texts, *(sorted(references) if several else ())]
        line = BankLine(
            number=each.number,
            amount_minor=each.amount_minor,
            currency=deposit.currency,
            booked_on=booked_on,
            reference="" if several else "".join(references),
            payer=each.payer,
            payer_account=each.payer_account,
            text=shortened(" ".join(texts)),
            account=deposit.account,
            kind=each.kind,
        )
        told = (booked_on.isoformat(), serial, each.bank_reference, line.reference, line.payer_account)
        state.lines.append(replace(line, bank_reference="/".join(told)) if each.bank_reference else line)
        refuse_beyond(state.lines)


def _compare(fields: Fields, state: _State) -> None:
    counted = (
        ("payments", fields.count(3, 10, "payments"), state.payments),
        ("deductions", fields.count(11, 18, "deductions"), state.deductions),
        ("references", fields.count(19, 26, "references"), state.references),
        ("deposits", fields.count(27, 34, "deposits"), state.deposits),
    )
    for name, says, own in counted:
        if says != own:
            fields.note(BankTrouble.WRONG_COUNT, name, found=says, expected=own)
