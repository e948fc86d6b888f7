"""Reads OCR giro: what Nets tells a Norwegian creditor of payments with a KID.

Source of the places: Nets, «OCR giro systemspesifikasjon», section 5. A transmission (records 10 and 89) holds
assignments (20 and 88), an assignment payments: 30 and 31, and 32 for the types that carry a text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mikrolaan.bank_files.fixed_lines import Fields, fixed_lines, in_main_units
from mikrolaan.domain.bank_file import (
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
)

MARK = "NY"
OCR, NETS, AVTALEGIRO = "09", "00", "21"  # services; of the last, agreements may stand among the payments
TYPES = {f"{kind}" for kind in range(10, 22)}
TAKEN_BACK = {"18", "20"}
WITH_TEXT = {"20", "21"}
LARGEST_MINOR = 10**15 - 1


@dataclass(slots=True)
class _Counted:
    """What an end record is compared with; every end record counts itself."""

    transactions: int = 0
    records: int = 0
    total_minor: int = 0


@dataclass(slots=True)
class _Payment:
    """A payment of which not every record has been read."""

    line: BankLine
    number: str
    kind: str
    awaits: str  # the record that must come next; "" once none need
    counts: bool  # False for one of nothing


@dataclass(slots=True)
class _State:
    """Where in the file the reading is."""

    transmission: _Counted | None = None
    assignment: _Counted | None = None
    service: str = ""
    account: str = ""
    payment: _Payment | None = None
    lines: list[BankLine] = field(default_factory=list)
    passed_over: int = 0


def read_ocr_giro(content: bytes, progress: Progress, cancelled: Cancelled) -> BankFile | None:
    """The payments of the file; None when cancelled; BankFileRefused when any of it is wrong."""
    problems, state, last = Problems(), _State(), 0
    for fields in fixed_lines(content, problems, progress, cancelled, is_padded=False):
        if fields is None:
            return None
        last = fields.number
        if fields.raw(1, 2) != MARK:
            raise refuse(BankTrouble.UNEXPECTED, fields.number, "record", found=fields.raw(1, 8), expected=MARK)
        _take(fields, state)
    problems.refuse_if_any()
    if state.transmission is not None:
        raise refuse(BankTrouble.CUT_OFF, last, expected="88" if state.assignment is not None else "89")
    return BankFile(BankFormat.OCR_GIRO, fingerprint(content), identified(state.lines), state.passed_over)


def _take(fields: Fields, state: _State) -> None:
    service, kind, record = fields.raw(3, 4), fields.raw(5, 6), fields.raw(7, 8)
    if state.payment is not None and record != state.payment.awaits:
        if state.payment.awaits == "31" or (state.payment.awaits and record not in ("30", "88")):
            fields.note(BankTrouble.UNEXPECTED, "record", found=record, expected=state.payment.awaits)
        _finish(state)
    if record == "10" and state.transmission is None:
        state.transmission = _Counted(records=1)
        return
    if state.transmission is None:
        raise refuse(BankTrouble.UNEXPECTED, fields.number, "record", found=record, expected="10")
    state.transmission.records += 1
    if record == "89" and state.assignment is None:
        _compare(fields, state.transmission)
        state.transmission = None
    elif record == "20" and state.assignment is None:
        state.assignment = _Counted(records=1)
        state.service, state.account = service, fields.word(25, 35)
        if service not in (OCR, AVTALEGIRO):
            fields.note(BankTrouble.UNEXPECTED, "service", found=service, expected=OCR)
        elif service == OCR:
            fields.count(25, 35, "account")
    elif state.assignment is None:
        raise refuse(BankTrouble.UNEXPECTED, fields.number, "record", found=record, expected="20, 89")
    else:
        state.assignment.records += 1
        _in_assignment(fields, state, state.assignment, service, kind, record)


def _in_assignment(fields: Fields, state: _State, assignment: _Counted, service: str, kind: str, record: str) -> None:
    if service != state.service:
        fields.note(BankTrouble.UNEXPECTED, "service", found=service, expected=state.service)
    if record == "88":
        assert state.transmission is not None  # an assignment stands in one
        state.transmission.transactions += assignment.transactions
        state.transmission.total_minor += assignment.total_minor
        _compare(fields, assignment, has_total=service == OCR)
        state.assignment = None
    elif service != OCR:
        assignment.transactions += record == "70"  # an agreement: no money moves
        state.passed_over += record == "70"
    elif record == "30":
        assignment.transactions += 1
        _first_item(fields, state, assignment, kind)
    elif record == "31" and state.payment is not None and state.payment.awaits == "31":
        _second_item(fields, state.payment)
        if not state.payment.awaits:
            _finish(state)
    elif record == "32" and state.payment is not None and state.payment.awaits == "32":
        _same_payment(fields, state.payment)
        state.payment.line = replace(state.payment.line, text=fields.word(16, 55))
        _finish(state)
    else:
        fields.note(BankTrouble.UNEXPECTED, "record", found=record, expected="30, 88")


def _first_item(fields: Fields, state: _State, assignment: _Counted, kind: str) -> None:
    if kind not in TYPES:
        fields.note(BankTrouble.UNEXPECTED, "type", found=kind, expected="10–21")
    fields.count(9, 15, "transaction")
    paid_on = fields.day(16, 21, "Nets date")
    amount = fields.count(33, 49, "amount")
    if fields.raw(32, 32) not in "-0":
        fields.note(BankTrouble.UNEXPECTED, "sign", found=fields.raw(32, 32), expected="- 0")
    if amount > LARGEST_MINOR:
        fields.note(BankTrouble.NOT_A_NUMBER, "amount", found=fields.raw(33, 49))
    reference = fields.word(50, 74)
    if reference and not (reference.isascii() and (reference[:-1] + reference[-1].replace("-", "0")).isdigit()):
        fields.note(BankTrouble.NOT_A_NUMBER, "KID", found=reference)
    assignment.total_minor += amount
    taken_back = kind in TAKEN_BACK or fields.raw(32, 32) == "-"
    line = BankLine(
        number=fields.number,
        amount_minor=max(amount, 1),
        currency="NOK",
        booked_on=paid_on,
        reference=reference,
        account=state.account,
        kind=LineKind.TAKEN_BACK if taken_back else LineKind.PAYMENT,
    )
    state.payment = _Payment(line, fields.raw(9, 15), kind, "31", counts=amount > 0)


def _second_item(fields: Fields, payment: _Payment) -> None:
    _same_payment(fields, payment)
    payer = fields.word(48, 58)
    if payer.strip("0") and not (payer.isascii() and payer.isdigit()):
        fields.note(BankTrouble.NOT_A_NUMBER, "payer account", found=payer)
    bank_date = fields.raw(42, 47)
    if bank_date.strip("0 "):
        fields.day(42, 47, "bank date")
    payment.line = replace(payment.line, payer_account=payer if payer.strip("0") else "")
    if fields.raw(16, 34).strip("0 "):
        # The archive reference comes again after some time; with the days and the KID it says which payment it is.
        told = (payment.line.booked_on.isoformat(), bank_date, fields.raw(16, 34), payment.line.reference, payer)
        payment.line = replace(payment.line, bank_reference="/".join(told))
    payment.awaits = "32" if payment.kind in WITH_TEXT else ""


def _same_payment(fields: Fields, payment: _Payment) -> None:
    if fields.raw(9, 15) != payment.number:
        fields.note(BankTrouble.UNEXPECTED, "transaction", found=fields.raw(9, 15), expected=payment.number)
    if fields.raw(5, 6) != payment.kind:
        fields.note(BankTrouble.UNEXPECTED, "type", found=fields.raw(5, 6), expected=payment.kind)


def _finish(state: _State) -> None:
    if state.payment is not None:
        if state.payment.counts:
            state.lines.append(state.payment.line)
            refuse_beyond(state.lines)
        else:
            state.passed_over += 1
    state.payment = None


def _compare(fields: Fields, counted: _Counted, *, has_total: bool = True) -> None:
    """Whether an end record says what was counted; the amounts of what was taken back are added, not deducted."""
    told = fields.count(9, 16, "transactions"), fields.count(17, 24, "records")
    for name, says, own in (
        ("transactions", told[0], counted.transactions),
        ("records", told[1], counted.records),
    ):
        if says != own:
            fields.note(BankTrouble.WRONG_COUNT, name, found=says, expected=own)
    if has_total:
        total_minor = fields.count(25, 41, "total amount")
        if total_minor != counted.total_minor:
            found, expected = in_main_units(total_minor), in_main_units(counted.total_minor)
            fields.note(BankTrouble.WRONG_SUM, "total amount", found=found, expected=expected)
        fields.day(42, 47, "Nets date")
