"""The main job in the real window: first start, borrower, calculator, contract, payout, payment, and reopening."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from mikrolaan.app import make_flow
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.effective_rate import effective_rate_of
from mikrolaan.domain.statement import Statement
from mikrolaan.i18n import Language, language, use_language
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.session import Session
from mikrolaan.storage.office_file import OfficeFileStore
from mikrolaan.ui.documents.paper_dialog import PaperDialog
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.window_flow import WindowFlow
from tests.end_to_end.officer import OfficerAtScreen
from tests.offices import CHEAP, PASSWORD, Clock


class Desk:
    """The program as one officer starts it, again and again, on one machine."""

    def __init__(self, qtbot: QtBot, qapp: QApplication) -> None:
        self.clock = Clock()
        self._qtbot, self._qapp = qtbot, qapp
        self.flow: WindowFlow | None = None

    def start(self) -> OfficerAtScreen:
        files = OfficeFileStore(today=self.clock.today, now=self.clock.now, cost=CHEAP)
        self.flow = make_flow(TaskRunner(self._qapp), files)
        self.flow.start()
        use_language("en")
        self._qtbot.waitExposed(self.flow.window)
        return OfficerAtScreen(self._qtbot, self.flow.window)

    def stop(self) -> None:
        if self.flow is not None:
            self.flow.window.close()
            self.flow.window.deleteLater()
        self.flow = None

    @property
    def session(self) -> Session:
        assert self.flow is not None
        assert self.flow.session is not None
        return self.flow.session


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("MIKROLAAN_HOME", str(tmp_path / "home"))
    made = Desk(qtbot, qapp)
    yield made
    made.stop()
    use_language("en")


def found_the_office(officer: OfficerAtScreen) -> None:
    officer.click("Create your office")
    officer.click("Norway")
    officer.click("Continue")
    officer.type("office_name", "Fjordfondet")
    officer.type("account_number", "1234 56 78903")
    officer.click("Continue")
    officer.type("officer_name", "Ingrid Tangen")
    officer.type("new_password", PASSWORD)
    officer.type("repeated_password", PASSWORD)
    officer.click("Create the office")
    officer.click("I have put the key in a safe place")
    officer.click("Start")


def register_amina(officer: OfficerAtScreen) -> None:
    officer.click("New borrower")
    officer.type("given_names", "Amina")
    officer.type("family_name", "Ødegård")
    officer.tick("no_number")
    officer.type("birth_date", "17.04.1988")
    officer.type("street", "Storgata 12 B")
    officer.type("phone", "900 00 001")
    officer.choose("paper_language", "English")
    officer.tick("has_enterprise")
    officer.type("enterprise_name", "Aminas Søm")
    officer.choose("legal_form", "Sole trader")
    officer.click("Save")


def apply_for_50_000(officer: OfficerAtScreen) -> None:
    officer.click("New loan")
    officer.type("principal", "50 000")
    officer.type("annual_rate_percent", "8")
    officer.type("instalments", "24")

    def confirm(dialog: QDialog) -> None:
        officer.type("purpose", "Sewing machine", dialog)
        officer.click("Make the application", dialog)

    officer.click_and_answer("Use this", confirm)


def keep(officer: OfficerAtScreen, act: str, word: str, **choices: str) -> None:
    def fill(dialog: QDialog) -> None:
        for name, words in choices.items():
            officer.choose(name, words, dialog)
        officer.click(word, dialog)

    officer.click_and_answer(act, fill)


def issue_the_contract(officer: OfficerAtScreen) -> bytes:
    officer.click("Make the contract")
    draft = cast(PaperDialog, officer.open_dialog())
    officer.click("Issue", draft)
    issued = cast(PaperDialog, officer.wait_for(lambda: officer.open_dialog() is not draft and officer.open_dialog()))
    content = issued.pages.content
    officer.click("Close", issued)
    assert content is not None
    return content


def test_an_adviser_goes_from_an_empty_machine_to_a_paid_instalment(desk: Desk) -> None:
    officer = desk.start()
    found_the_office(officer)
    register_amina(officer)
    officer.waits_to_read("Amina Ødegård")
    apply_for_50_000(officer)
    officer.waits_to_read("Loan 1 · Amina Ødegård")
    keep(officer, "Decide", "Keep the decision", outcome="Approve")
    contract = issue_the_contract(officer)
    keep(officer, "Note the signatures", "Note the signatures")
    keep(officer, "Pay out", "Note the payout")
    desk.clock.turn(40)
    officer.click("Take a payment")
    officer.type("amount", "2296.36")
    officer.click("Take the payment")
    officer.waits_to_read("taken. Outstanding principal is now")
    before = the_loan(desk.session)

    desk.stop()
    officer = desk.start()
    officer.type("password", PASSWORD)
    officer.click("Sign in")
    officer.waits_to_read("Borrowers")

    assert the_loan(desk.session) == before
    assert before[2].paid_total.minor == 2_296_36
    assert_contract_says_everything(desk.session, contract)


def the_loan(session: Session) -> tuple[object, object, Statement]:
    (row,) = session.queries.loans(LoanFilter(), Order(), Slice())
    loan = session.loans.get(row.id)
    return row, loan, session.loans.statement(loan)


def assert_contract_says_everything(session: Session, content: bytes) -> None:
    (row,) = session.queries.loans(LoanFilter(), Order(), Slice())
    loan = session.loans.get(row.id)
    plan, english = loan.plan(), language("en")
    text = text_of(content)
    rate = effective_rate_of(plan)
    assert rate is not None
    assert "Amina Ødegård" in text
    assert english.percent(rate) in text
    assert amount(english, loan.terms.principal.minor) in text
    for instalment in plan.instalments:
        assert english.date(instalment.due_on) in text
    assert len(plan.instalments) == 24
    assert amount(english, plan.due.minor // 100 * 100) in text
    (kept,) = [
        document
        for document in session.queries.documents(loan_id=loan.id)
        if document.kind is DocumentKind.LOAN_CONTRACT
    ]
    assert session.documents.open(kept.id).content == content


def amount(speaks: Language, minor: int) -> str:
    return flat(speaks.number(minor // 100))


def text_of(content: bytes) -> str:
    pdf = pypdfium2.PdfDocument(content)
    try:
        return flat("\n".join(page.get_textpage().get_text_range() for page in pdf))
    finally:
        pdf.close()


def flat(text: str) -> str:
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())
