"""Paper on the screen, reasons asked for, and what is told when the program errs."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from mikrolaan.ui.widgets.basics import unnamed_focusable
from mikrolaan.ui.widgets.bug_dialog import BugDialog, bug_report
from mikrolaan.ui.widgets.cards import Card, State, StateChip
from mikrolaan.ui.widgets.dialogs import Dialog, ReasonDialog
from mikrolaan.ui.widgets.pdf_view import PdfDocument, PdfView, print_pdf


@pytest.fixture(scope="module")
def paper():
    """Three A4 pages; the second has a black square in its middle."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=A4, invariant=1)
    for page in range(3):
        canvas.drawString(72, 700, f"Page {page + 1}")
        if page == 1:
            canvas.rect(A4[0] / 2 - 100, A4[1] / 2 - 100, 200, 200, fill=1)
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


def test_a_page_is_drawn_as_it_is_printed(qapp, paper):
    document = PdfDocument(paper)
    blank, square = document.draw(0, 1.0), document.draw(1, 2.0)

    assert (blank.width(), blank.height()) == (596, 842)
    assert square.width() == 1191
    assert blank.pixelColor(298, 421) == QColor("white")
    assert square.pixelColor(595, 842) == QColor("black")


def test_the_preview_goes_page_by_page_and_zooms(qtbot, paper):
    view = PdfView(paper)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    view.grab()

    assert view.page_label.text() == "Page 1 of 3"
    assert not view.before_button.isEnabled()
    view.after_button.click()
    assert view.page_label.text() == "Page 2 of 3"
    before = view.zoom
    view.larger_button.click()
    assert view.zoom > before
    assert view.page_label.text() == "Page 2 of 3"
    view.show_page(99)
    assert view.page_label.text() == "Page 3 of 3"
    assert view.content == paper
    assert unnamed_focusable(view) == []


def test_an_empty_preview_offers_neither_paper_nor_file(qtbot, paper):
    view = PdfView()
    qtbot.addWidget(view)
    view.show()

    assert view.page_label.text() == "No document"
    assert not view.print_act.isEnabled()
    view.show_content(paper)
    with qtbot.waitSignal(view.print_asked):
        view.print_act.trigger()


def test_every_page_reaches_the_printer(qapp, paper, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(150)

    print_pdf(paper, printer)

    printed = PdfDocument(Path(tmp_path / "printed.pdf").read_bytes())
    assert len(printed.sizes) == 3
    middle = printed.draw(1, 1.0)
    assert middle.pixelColor(middle.width() // 2, middle.height() // 2).lightness() < 20


def test_no_part_of_a_card_or_dialog_is_a_window_for_a_moment(qtbot, qapp):
    seen = []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                seen.append(watched)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    try:
        qtbot.addWidget(Card("Terms"))
        qtbot.addWidget(StateChip(State("Repaying", "check-circle", "good")))
        qtbot.addWidget(Dialog(None, "Pay out", "12 000 kroner is left to pay out."))
    finally:
        qapp.removeEventFilter(watch)

    assert seen == []


def test_a_reason_is_needed_before_a_write_off(qtbot):
    dialog = ReasonDialog(None, "Write off the loan", "12 000,00 kr are written off.", "Write off")
    qtbot.addWidget(dialog)
    dialog.show()

    dialog.act_button.click()
    assert dialog.isVisible()
    assert dialog.reason_field.error

    dialog.reason_field.box.setPlainText("The enterprise is bankrupt")
    with qtbot.waitSignal(dialog.accepted):
        dialog.act_button.click()
    assert dialog.reason == "The enterprise is bankrupt"


def test_a_bug_report_holds_no_names_or_amounts(qtbot, tmp_path, monkeypatch):
    def failing():
        raise ValueError("Kari Example owes 84 200 kr")

    try:
        failing()
    except ValueError as error:
        report = bug_report(error)
        dialog = BugDialog(error)
    qtbot.addWidget(dialog)

    assert "ValueError" in report
    assert "failing" in report
    assert "Kari" not in report
    assert "84 200" not in report

    target = tmp_path / "report.txt"
    monkeypatch.setattr("mikrolaan.ui.widgets.bug_dialog.ask_where_to_save", lambda *_given: target)
    dialog.save_button.click()
    assert target.read_text(encoding="utf-8") == report
