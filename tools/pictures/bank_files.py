"""The way through bank files: a broken one, one with every kind of line, a new list, and the reversal of an import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Any

from PySide6.QtWidgets import QApplication

from mikrolaan.domain.loan import Step
from mikrolaan.services.bank_rows import PayableLoan
from mikrolaan.services.session import Session
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination
from tools.pictures.camera import Camera

LONGEST_WAIT_S = 60
BROKEN = b"NY000010000080800000001001234560000000000000000000000000000000000000000000000000\nNY0900200088888880"
LIST = (
    "Bokføringsdato;Rentedato;Forklaring;Inn på konto;Ut fra konto;Arkivref\n"
    "19.11.2026;19.11.2026;Fra: Kari Vik Betalt 19.11.26;1.000,00;;99123\n"
    "19.11.2026;19.11.2026;Gebyr;;45,00;99124\n"
)


def tour_bank_files(camera: Camera, window: MainWindow, session: Session) -> None:
    """Draw the tab in every state; what is saved is reversed again."""
    window.go_to(Destination("payments", None, "bank"))
    page: Any = window.current_page
    tab = page.work_tabs["bank"]
    window.toast.hide()  # it would lie over what is drawn next
    camera.shoot("bank-files-begin", window)
    with TemporaryDirectory() as folder:
        _read(tab, Path(folder) / "ocr-2026-11-19.txt", BROKEN)
        camera.shoot("bank-file-broken", window)
        loans = [loan for loan in session.queries.bank.payable_loans(session.today()) if loan.reference]
        _read(tab, Path(folder) / "camt054-2026-11-19.xml", _camt(loans, session.today()))
        camera.shoot("bank-file-lines", window)
        for row, name in ((1, "suggested"), (2, "unmatched")):
            tab.review.table.setCurrentIndex(tab.review.model.index(row, 0))
            camera.shoot(f"bank-file-{name}", window)
        tab.save()
        _settle(tab)
        tab.start.table.setCurrentIndex(tab.start.model.index(0, 0))
        camera.shoot("bank-files-saved", window)
        camera.shoot_dialog("dialog-reverse-import", window, tab.reverse_act.trigger)
        session.bank_imports.reverse(tab.start.chosen.id, reason="Filen hører til et annet kontor")
        tab.refresh()
        _read(tab, Path(folder) / "kontoutskrift.csv", LIST.encode("cp1252"))
        if tab.guide_dialog is not None:
            camera.shoot("dialog-bank-columns", window, tab.guide_dialog)
            tab.guide_dialog.reject()
    tab.show_start()


def _read(tab: Any, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    tab.read(path)
    _settle(tab)


def _settle(tab: Any) -> None:
    until = monotonic() + LONGEST_WAIT_S
    while tab.task is not None and monotonic() < until:
        QApplication.processEvents()
        sleep(0.005)


def _camt(loans: Sequence[PayableLoan], day: date) -> bytes:
    """A line of each kind that the loans allow, the first three matched, suggested and unmatched."""
    running = [loan for loan in loans if loan.step is Step.REPAYING and loan.paid_out_on and loan.paid_out_on < day]
    closed = [loan for loan in loans if loan.step is Step.CLOSED]
    first, second = running[0], running[1]
    entries = [
        _entry(first.due_minor or first.next_minor, day, first.reference, first.borrower),
        _entry(second.due_minor or second.next_minor, day, "", second.borrower.upper(), "avdrag november"),
        _entry(75_000, day, "99999999", "Ukjent Innbetaler AS", "Faktura 2231 gjelder bord og stoler til kafeen"),
        *(_entry(loan.next_minor or 50_000, day, loan.reference, loan.borrower) for loan in running[2:8]),
        *(_entry(40_000, day, loan.reference, loan.borrower) for loan in closed[:1]),
        _entry(9_000, day, "", "Somebody Abroad", currency="EUR"),
        _entry(100_000, day, first.reference, "", is_back=True),
    ]
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><Ntfctn><Acct><Id>'
        f"<IBAN>NO9386011117947</IBAN></Id></Acct>{''.join(entries)}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    ).encode()


def _entry(
    minor: int, day: date, reference: str, payer: str, text: str = "", *, currency: str = "NOK", is_back: bool = False
) -> str:
    structured = f"<Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd>" if reference else ""
    named = f"<RltdPties><Dbtr><Pty><Nm>{payer}</Nm></Pty></Dbtr></RltdPties>" if payer else ""
    way = "DBIT</CdtDbtInd><RvslInd>true</RvslInd>" if is_back else "CRDT</CdtDbtInd>"
    return (
        f'<Ntry><Amt Ccy="{currency}">{minor // 100}.{minor % 100:02}</Amt><CdtDbtInd>{way}'
        f"<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><NtryDtls><TxDtls>{named}"
        f"<RmtInf><Ustrd>{text}</Ustrd>{structured}</RmtInf></TxDtls></NtryDtls></Ntry>"
    )
