"""The Documents tab and the paper viewer: what was issued reopens as it was, to save and print."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mikrolaan.domain.document import Document, DocumentKind
from mikrolaan.ui.documents import paper_dialog
from mikrolaan.ui.documents.documents_tab import DocumentsTab
from mikrolaan.ui.documents.paper_dialog import PaperDialog, safe_file_name
from mikrolaan.ui.widgets.basics import unnamed_focusable
from tests.builders import a_person
from tests.offices import TestOffice
from tests.services.test_loan_service import a_paid_out_loan


@pytest.fixture
def plan(office: TestOffice) -> Document:
    loan = a_paid_out_loan(office)
    return office.session.documents.issue(DocumentKind.REPAYMENT_PLAN, loan.id, "en")


@pytest.fixture
def tab(qtbot, office: TestOffice, plan: Document) -> DocumentsTab:
    made = DocumentsTab(office.session, borrower_id=plan.borrower_id)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    return made


def test_issued_documents_are_listed_newest_first(tab: DocumentsTab) -> None:
    rows = [[tab.model.index(row, column).data() for column in (0, 1, 4)] for row in range(tab.model.rowCount())]

    assert rows == [
        ["P-00001-00001", "Repayment plan", "English"],
        ["K-00001-00001", "Loan contract", "Norsk bokmål"],
    ]


def test_a_borrower_without_documents_reads_what_will_be_here(office: TestOffice, tab: DocumentsTab) -> None:
    other = office.session.borrowers.register(a_person(given_names="Fatima"))

    tab.show_record(borrower_id=other.id)

    assert tab.model.rowCount() == 0
    assert tab.table.empty is not None
    assert tab.table.empty.isVisible()


def test_enter_opens_the_pages_exactly_as_they_were_printed(qtbot: QtBot, tab: DocumentsTab, plan: Document) -> None:
    tab.table.setCurrentIndex(tab.model.index(0, 0))

    qtbot.keyClick(tab.table, Qt.Key.Key_Return)

    assert tab.viewer is not None
    assert tab.viewer.windowTitle() == "Repayment plan P-00001-00001"
    assert tab.viewer.pages.content == plan.content
    assert unnamed_focusable(tab.viewer) == []
    tab.viewer.close()


def test_saving_writes_the_same_bytes_and_warns_that_the_copy_is_not_encrypted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, plan: Document
) -> None:
    dialog = PaperDialog("Repayment plan", plan.content)
    qtbot.addWidget(dialog)
    monkeypatch.setattr(paper_dialog, "ask_where_to_save", lambda *_args: tmp_path / "plan.pdf")

    dialog.pages.save_act.trigger()

    assert (tmp_path / "plan.pdf").read_bytes() == plan.content
    assert "not encrypted" in dialog.message.label.text()


def test_a_folder_that_cannot_be_written_to_is_told(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, plan: Document
) -> None:
    dialog = PaperDialog("Repayment plan", plan.content)
    qtbot.addWidget(dialog)
    monkeypatch.setattr(paper_dialog, "ask_where_to_save", lambda *_args: tmp_path / "gone" / "plan.pdf")

    dialog.pages.save_act.trigger()

    assert "could not be written" in dialog.message.label.text()


def test_cancelling_the_save_says_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, plan: Document) -> None:
    dialog = PaperDialog("Repayment plan", plan.content)
    qtbot.addWidget(dialog)
    monkeypatch.setattr(paper_dialog, "ask_where_to_save", lambda *_args: None)

    dialog.pages.save_act.trigger()

    assert not dialog.message.isVisibleTo(dialog)


def test_printing_goes_through_the_systems_dialog(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, plan: Document
) -> None:
    printed: list[bytes] = []

    def press(content: bytes, _name: str, _parent: object) -> bool:
        printed.append(content)
        return True

    monkeypatch.setattr(paper_dialog, "ask_and_print", press)
    dialog = PaperDialog("Repayment plan", plan.content)
    qtbot.addWidget(dialog)

    dialog.pages.print_act.trigger()

    assert printed == [plan.content]
    assert dialog.message.label.text() == "Sent to the printer."


def test_a_draft_offers_its_own_act(qtbot: QtBot, plan: Document) -> None:
    done: list[str] = []
    dialog = PaperDialog("Loan contract", plan.content, note="Draft")
    qtbot.addWidget(dialog)

    act = dialog.add_act("&Issue contract", lambda: done.append("issued"))
    act.trigger()

    assert done == ["issued"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [('Plan P-1/2: "a"?', "Plan P-1-2- -a-"), ("...", "document"), ("Æ ø å", "Æ ø å"), ("x" * 300, "x" * 120)],
)
def test_a_files_name_is_fit_for_every_system(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe
