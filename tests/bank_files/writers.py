"""Bank files for tests, written from the banks' own descriptions, apart from the code that reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from netsgiro.enums import AssignmentType, ServiceCode, TransactionType
from netsgiro.objects import Assignment, Transaction, Transmission

OUR_ACCOUNT = "86011117947"
PAID_ON = date(2026, 2, 15)


@dataclass(frozen=True)
class Paid:
    """One payment as a bank would tell it."""

    reference: str
    kroner: str
    payer_account: str = "12345678903"
    kind: int = 10
    text: str = ""
    archive: str = ""


def ocr_giro(payments: Sequence[Paid], on: date = PAID_ON, account: str = OUR_ACCOUNT) -> bytes:
    """An OCR giro transmission of one assignment, made by the package netsgiro."""
    assignment = Assignment(
        service_code=ServiceCode.OCR_GIRO,
        type=AssignmentType.TRANSACTIONS,
        agreement_id="008888888",
        number="0000001",
        account=account,
        date=on,
    )
    for number, paid in enumerate(payments, start=1):
        assignment.transactions.append(
            Transaction(
                service_code=ServiceCode.OCR_GIRO,
                type=TransactionType(paid.kind),
                number=number,
                date=on,
                amount=Decimal(paid.kroner),
                kid=paid.reference,
                reference=paid.archive or f"{number:09}",
                text=paid.text or None,
                centre_id="13",
                day_code=on.day,
                partial_settlement_number=1,
                partial_settlement_serial_number="00001",
                sign="0",
                form_number="0000000000",
                bank_date=on,
                debit_account=paid.payer_account or "0" * 11,
                filler="0000000",
            )
        )
    whole = Transmission(number="0000001", data_transmitter="00008080", data_recipient="00123456", date=on)
    whole.assignments.append(assignment)
    return f"{whole.to_ocr()}\n".encode("iso-8859-1")


def ocr_giro_by_hand(payments: Sequence[Paid], on: date = PAID_ON, account: str = OUR_ACCOUNT) -> bytes:
    """The same, put together place by place; quick, for thousands of payments."""
    day = f"{on:%d%m%y}"
    lines = [f"NY000010{'00008080'}{'0000001'}{'00123456'}".ljust(80, "0")]
    lines.append(f"NY090020{'008888888'}{'0000001'}{account}".ljust(80, "0"))
    total = 0
    for number, paid in enumerate(payments, start=1):
        minor = int(Decimal(paid.kroner) * 100)
        total += minor
        head = f"NY09{paid.kind:02}"
        lines.append(f"{head}30{number:07}{day}13{on.day:02}1{'00001'}0{minor:017}{paid.reference:>25}".ljust(80, "0"))
        lines.append(
            f"{head}31{number:07}{'0' * 10}{paid.archive or f'{number:09}'}{'0' * 7}{day}{paid.payer_account or '0' * 11}".ljust(
                80, "0"
            )
        )
        if paid.kind in (20, 21):
            lines.append(f"{head}32{number:07}{paid.text:<40}".ljust(80, "0"))
    records = len(lines) - 1 + 1
    lines.append(f"NY090088{len(payments):08}{records:08}{total:017}{day}{day}{day}".ljust(80, "0"))
    lines.append(f"NY000089{len(payments):08}{records + 2:08}{total:017}{day}".ljust(80, "0"))
    return ("\n".join(lines) + "\n").encode("iso-8859-1")


def bgmax(
    payments: Sequence[Paid],
    deductions: Sequence[Paid] = (),
    *,
    on: date = PAID_ON,
    payee: str = "9912346",
    extra: dict[str, Sequence[str]] | None = None,
    payer: str = "",
) -> bytes:
    """A BgMax file of one deposit; `extra` gives payments more references by their own."""
    extra = extra or {}
    lines = [f"01{'BGMAX':<20}01{'20260216173035010331'}P"]
    lines.append(f"05{payee:0>10}{'':10}SEK")
    references = serial = total = 0
    for sign, record, movements in ((1, "20", payments), (-1, "21", deductions)):
        for paid in movements:
            serial += 1
            minor = int(Decimal(paid.kroner) * 100)
            total += sign * minor
            line = (
                f"{record}{paid.payer_account[-8:]:0>10}{paid.reference:>25}{minor:018}22{paid.archive or serial:0>12}0"
            )
            lines.append(line)
            for other in extra.get(paid.reference, ()):
                references += 1
                lines.append(f"22{paid.payer_account[-8:]:0>10}{other:>25}{0:018}22{serial:012}0")
            if paid.text:
                lines.append(f"25{paid.text:<50}")
            if payer:
                lines.append(f"26{payer:<35}")
                lines.append("27Storgatan 2                        12345")
                lines.append("28Storåker")
                lines.append("29005500001234")
    lines.append(f"15{58410000010098232:035}{on:%Y%m%d}{1:05}{total:018}SEK{serial:08}")
    lines.append(f"70{len(payments):08}{len(deductions):08}{references:08}{1:08}")
    return ("\r\n".join(line.ljust(80) for line in lines) + "\r\n").encode("iso-8859-1")


def camt(entries: str, *, version: str = "08", kind: int = 53, summary: str = "") -> bytes:
    """A camt.053 or camt.054 message of one account around the entries given."""
    outer, inner = ("BkToCstmrStmt", "Stmt") if kind == 53 else ("BkToCstmrDbtCdtNtfctn", "Ntfctn")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.0{kind}.001.{version}">
 <{outer}>
  <GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-02-16T06:00:00+01:00</CreDtTm></GrpHdr>
  <{inner}>
   <Id>S1</Id>
   <Acct><Id><IBAN>NO9386011117947</IBAN></Id><Ccy>NOK</Ccy></Acct>
   {summary}
   {entries}
  </{inner}>
 </{outer}>
</Document>
""".encode()


def entry(
    kroner: str,
    details: str = "",
    *,
    direction: str = "CRDT",
    status: str = "<Sts><Cd>BOOK</Cd></Sts>",
    reversal: str = "",
    bank_reference: str = "",
    currency: str = "NOK",
    on: date = PAID_ON,
) -> str:
    """One Ntry."""
    reference = f"<AcctSvcrRef>{bank_reference}</AcctSvcrRef>" if bank_reference else ""
    return (
        f'<Ntry><Amt Ccy="{currency}">{kroner}</Amt><CdtDbtInd>{direction}</CdtDbtInd>{reversal}{status}'
        f"<BookgDt><Dt>{on.isoformat()}</Dt></BookgDt><ValDt><Dt>{on.isoformat()}</Dt></ValDt>{reference}"
        f"<BkTxCd><Domn><Cd>PMNT</Cd></Domn></BkTxCd>{f'<NtryDtls>{details}</NtryDtls>' if details else ''}</Ntry>"
    )


def transaction(
    kroner: str = "",
    reference: str = "",
    *,
    name: str = "",
    account: str = "",
    text: str = "",
    bank_reference: str = "",
    version: str = "08",
    more: str = "",
) -> str:
    """One TxDtls, as version 2 or as version 8 writes it."""
    amount = f'<Amt Ccy="NOK">{kroner}</Amt>' if kroner else ""
    if kroner and version == "02":
        amount = f'<AmtDtls><TxAmt><Amt Ccy="NOK">{kroner}</Amt></TxAmt></AmtDtls>'
    person = f"<Nm>{name}</Nm>" if version == "02" else f"<Pty><Nm>{name}</Nm></Pty>"
    refs = f"<Refs><AcctSvcrRef>{bank_reference}</AcctSvcrRef></Refs>" if bank_reference else ""
    held = f"<DbtrAcct><Id><Othr><Id>{account}</Id></Othr></Id></DbtrAcct>" if account else ""
    parties = f"<RltdPties><Dbtr>{person}</Dbtr>{held}</RltdPties>" if name or account else ""
    structured = (
        f"<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>{reference}</Ref></CdtrRefInf></Strd>"
        if reference
        else ""
    )
    free = f"<Ustrd>{text}</Ustrd>" if text else ""
    told = f"<RmtInf>{free}{structured}</RmtInf>" if free or structured else ""
    return f"<TxDtls>{refs}{amount}{parties}{told}{more}</TxDtls>"
