"""Reading a bank file of 10 000 payments and finding their loans."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from mikrolaan.bank_files.detect import read_bank_file
from mikrolaan.domain.bank_file import BankFile
from mikrolaan.services.session import Session
from tools.benches.figure import Figure, at_most, told
from tools.benches.offices import DAY

PAYMENTS = 10_000
GOAL_S = 5.0
SAVED = 200


def measure(session: Session) -> Iterator[Figure]:
    """OCR giro, nine payments in ten with the reference of a loan; then camt.054 with the same."""
    loans = [loan for loan in session.queries.bank.payable_loans(DAY) if loan.reference]
    references = [loan.reference for loan in loans]
    paid = [references[place % len(references)] if place % 10 else f"99{place:08}" for place in range(PAYMENTS)]
    for name, content in (("OCR", _ocr_giro(paid)), ("camt.054", _camt(paid))):
        began = time.perf_counter()
        file = _read(content)
        seconds_read = time.perf_counter() - began
        review = session.bank_imports.review(file, "file")
        seconds = time.perf_counter() - began
        payments = f"{PAYMENTS:_} {name} payments".replace("_", " ")
        yield at_most(f"reading and matching {payments} among {len(loans)} loans", seconds, GOAL_S, "s")
        found = sum(1 for line in review.lines if line.loan is not None)
        yield told("  reading, matching, loans found", f"{seconds_read:.2f} s, {seconds - seconds_read:.2f} s, {found}")
    chosen = dict(list(review.proposed().items())[:SAVED])
    began = time.perf_counter()
    session.bank_imports.save(review, chosen)
    each = (time.perf_counter() - began) / len(chosen)
    yield told(f"  saving {len(chosen)} payments as one", f"{each * 1000:.1f} ms each")


def _read(content: bytes) -> BankFile:
    file = read_bank_file(content, None, "NOK", lambda _done, _total: None, lambda: False)
    assert file is not None
    return file


def _ocr_giro(references: Sequence[str]) -> bytes:
    day = f"{DAY:%d%m%y}"
    lines = ["NY000010".ljust(80, "0"), f"NY090020{'8' * 9}000000186011117947".ljust(80, "0")]
    for number, reference in enumerate(references, start=1):
        lines.append(f"NY091030{number:07}{day}13{DAY.day:02}1000010{100_000:017}{reference:>25}".ljust(80, "0"))
        lines.append(f"NY091031{number:07}{'0' * 10}{number:09}{'0' * 7}{day}12345678903".ljust(80, "0"))
    total = 100_000 * len(references)
    lines.append(f"NY090088{len(references):08}{len(lines):08}{total:017}{day * 3}".ljust(80, "0"))
    lines.append(f"NY000089{len(references):08}{len(lines) + 1:08}{total:017}{day}".ljust(80, "0"))
    return "\n".join([*lines, ""]).encode()


def _camt(references: Sequence[str]) -> bytes:
    entries = "".join(
        f'<Ntry><Amt Ccy="NOK">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
        f"<BookgDt><Dt>{DAY}</Dt></BookgDt><AcctSvcrRef>R{number}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Pty>"
        f"<Nm>Betaler {number}</Nm></Pty></Dbtr></RltdPties><RmtInf><Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf>"
        f"</Strd></RmtInf></TxDtls></NtryDtls></Ntry>"
        for number, reference in enumerate(references)
    )
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><Ntfctn><Acct><Id>'
        f"<IBAN>NO9386011117947</IBAN></Id></Acct>{entries}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    ).encode()
