"""Bank files in the window: choose, look, decide, save, reverse; a broken file and a new list; keyboard and cancel."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mikrolaan.app import bank_reader
from mikrolaan.domain.bank_file import BankLine
from mikrolaan.domain.journal import WriteOff
from mikrolaan.i18n import use_language
from mikrolaan.services.bank_matching import LineState, ReviewedLine, Settles
from mikrolaan.ui.payments.bank_tab import BankTab
from mikrolaan.ui.payments.bank_words import settles_word, state_of, state_sentence
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import unnamed_focusable
from mikrolaan.ui.widgets.dialogs import ReasonDialog
from tests.bank_files.writers import Paid, camt, entry, ocr_giro, transaction
from tests.builders import nok
from tests.offices import TestOffice
from tests.services.test_bank_import import PAID_ON, a_running_loan, booked, kid, outstanding, reviewed
from tests.ui.bank_tab import LIST, Open, cell, wait
from tests.ui.lending import auditor


def test_a_file_is_shown_line_by_line_and_nothing_is_saved_yet(office: TestOffice, tab: Any, opened: Open) -> None:
    loan = a_running_loan(office)

    opened(ocr_giro([Paid(kid(loan), "1000"), Paid("99999", "250.50")]))

    assert tab.views.currentWidget() is tab.review
    assert [cell(tab, row, 0) for row in range(2)] == ["Accepted", "Left out"]
    assert [cell(tab, row, 1) for row in range(2)] == ["Matched", "No loan found"]
    assert (cell(tab, 0, 6), cell(tab, 0, 7), cell(tab, 0, 8)) == ("1", "Amina Ødegård", "What is due")
    side = tab.review.model.index(0, 6).data(Qt.ItemDataRole.TextAlignmentRole)
    assert Qt.AlignmentFlag(side) & Qt.AlignmentFlag.AlignRight  # a number, as in every other list
    assert office.session.loans.get(loan.id).journal.payments == ()


def test_the_totals_add_up_to_the_file(office: TestOffice, tab: Any, opened: Open) -> None:
    loan = a_running_loan(office)

    opened(ocr_giro([Paid(kid(loan), "1000"), Paid("99999", "250.50"), Paid(kid(loan), "40", kind=18)]))

    assert tab.review.totals.text().replace("\u2009", " ").replace("\u202f", " ").replace("\xa0", " ") == (
        "File NOK 1 250.50 = accepted NOK 1 000.00 + left out NOK 250.50"
    )


def test_saving_makes_the_payments_and_lists_the_file(qtbot: QtBot, office: TestOffice, tab: Any, opened: Open) -> None:
    loan = a_running_loan(office)
    opened(ocr_giro([Paid(kid(loan), "1000"), Paid("99999", "250")]))
    assert tab.review.save_button.text() == "&Save 1 payment"

    tab.review.save_button.click()
    wait(qtbot, tab)

    assert outstanding(office, loan.id) == nok(11_000)
    assert tab.views.currentWidget() is tab.start
    assert tab.start.model.rowCount() == 1
    assert "1 payment" in tab.start.message.label.text()


def test_space_leaves_a_line_out_and_takes_it_in_again(office: TestOffice, tab: Any, opened: Open) -> None:
    loan = a_running_loan(office)
    opened(ocr_giro([Paid(kid(loan), "1000")]))

    QTest.keyClick(tab.review.table, Qt.Key.Key_Space)
    assert (cell(tab, 0, 0), tab.review.save_act.isEnabled()) == ("Left out", False)
    QTest.keyClick(tab.review.table, Qt.Key.Key_Space)

    assert tab.review.accepted == {0: loan.id}


def test_a_suggestion_is_accepted_by_the_officer(office: TestOffice, tab: Any, opened: Open) -> None:
    loan = a_running_loan(office)
    opened(camt(entry("1000", transaction(name="Amina Ødegård"))), "camt.xml")
    assert cell(tab, 0, 1) == "Suggested"
    assert "NOK" in tab.review.card.preview.text()

    tab.review.card.accept_button.click()

    assert tab.review.accepted == {0: loan.id}


def test_an_unmatched_line_gets_its_loan_from_the_picker(office: TestOffice, tab: Any, opened: Open) -> None:
    loan = a_running_loan(office)
    opened(ocr_giro([Paid("99999", "400")]))
    card = tab.review.card
    assert not card.accept_button.isEnabled()
    (found,) = card._search("Ødegård", 8)

    card.picker.choose(found)
    card.picker.changed.emit()
    card.accept_button.click()

    assert tab.review.accepted == {0: loan.id}
    assert (cell(tab, 0, 6), cell(tab, 0, 8)) == ("1", "Part of what is due")


def test_a_loan_chosen_by_hand_that_has_the_payment_already_is_told_before_it_is_accepted(
    office: TestOffice, tab: Any, opened: Open
) -> None:
    loan = a_running_loan(office)
    office.session.payments.take(loan.id, nok(400), PAID_ON - timedelta(days=3))
    opened(ocr_giro([Paid("99999", "400")]))
    card = tab.review.card
    (found,) = card._search("Ødegård", 8)

    card.picker.choose(found)
    card.picker.changed.emit()

    assert "for 12 Feb 2026 already" in card.meaning.text()
    card.accept_button.click()
    assert "for 12 Feb 2026 already" in card.meaning.text()


def test_a_loan_that_is_written_off_says_what_to_do_instead_of_accepting_the_line(
    office: TestOffice, tab: Any, opened: Open
) -> None:
    loan, life = a_running_loan(office), office.session.life
    life.write_off(loan.id, WriteOff(uuid4(), PAID_ON, nok(12_000), life.stamp(), "moved away"))
    opened(ocr_giro([Paid(kid(loan), "1000")]))

    tab.review.toggle()

    assert tab.review.accepted == {}
    assert not tab.review.card.accept_button.isEnabled()
    assert "recovered loss" in tab.review.card.preview.text()
    assert cell(tab, 0, 8) == ""


def test_the_second_payment_of_a_loan_in_a_file_settles_what_the_first_leaves(
    office: TestOffice, tab: Any, opened: Open
) -> None:
    loan = a_running_loan(office)
    opened(ocr_giro([Paid(kid(loan), "1000"), Paid(kid(loan), "1000"), Paid(kid(loan), "1000")]))
    assert [cell(tab, row, 8) for row in range(3)] == ["What is due", "Next instalment", "Paid ahead"]
    tab.review.table.setCurrentIndex(tab.review.model.index(1, 0))
    assert tab.review.card.preview.text().startswith("Instalment 2:")

    tab.review.table.setCurrentIndex(tab.review.model.index(0, 0))
    tab.review.toggle()
    tab.review.table.setCurrentIndex(tab.review.model.index(1, 0))

    assert [cell(tab, row, 8) for row in range(3)] == ["What is due", "What is due", "Next instalment"]
    assert tab.review.card.preview.text().startswith("Instalment 1:")


def test_the_name_of_an_imported_file_has_room_in_a_window_of_usual_size(
    qtbot: QtBot, office: TestOffice, tab: Any, opened: Open
) -> None:
    loan = a_running_loan(office)
    name = "camt054-utvidet-2026-11-19.xml"
    opened(camt(booked(loan, PAID_ON)), name)
    tab.save()
    wait(qtbot, tab)

    table = tab.start.table

    assert table.columnWidth(1) >= table.fontMetrics().horizontalAdvance(name) + 24


def test_a_line_without_a_reference_is_not_said_to_have_one(office: TestOffice, tab: Any, opened: Open) -> None:
    a_running_loan(office)
    opened(camt(entry("400") + entry("300", transaction(reference="99999"))), "camt.xml")
    told = []
    for row in range(2):
        tab.review.table.setCurrentIndex(tab.review.model.index(row, 0))
        told.append(tab.review.card.meaning.text())

    assert told[0].startswith("Without a reference")
    assert told[1].startswith("No loan has this reference")


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_state_of_a_line_is_read_whole(tab: Any, opened: Open, language: str) -> None:
    opened(ocr_giro([Paid("99999", "400")]))
    with_icon = tab.review.table.fontMetrics().horizontalAdvance
    use_language(language)

    words = [state_of(state).word for state in LineState]

    assert max(with_icon(word) for word in words) + 48 <= tab.review.table.columnWidth(1)


def test_lines_are_shown_by_their_state(office: TestOffice, tab: Any, opened: Open) -> None:
    loan = a_running_loan(office)
    opened(ocr_giro([Paid(kid(loan), "1000"), Paid("99999", "400"), Paid("88888", "300")]))

    tab.review.filter.set_value(LineState.UNMATCHED)
    tab.review.filter.changed.emit()

    assert [cell(tab, row, 4) for row in range(tab.review.model.rowCount())] == ["99999", "88888"]
    assert tab.review.filter.box.currentText() == "No loan found (2)"


def test_a_broken_file_says_where_and_shows_nothing(tab: Any, opened: Open) -> None:
    opened(ocr_giro([Paid("99999", "400")]).replace(b"000000000000400", b"00000000000040X", 1))

    assert tab.views.currentWidget() is tab.start
    assert "Nothing was imported" in tab.start.message.label.text()
    assert "Line 3" in tab.start.message.label.text()


def test_a_file_that_was_imported_before_is_told(qtbot: QtBot, office: TestOffice, tab: Any, opened: Open) -> None:
    loan = a_running_loan(office)
    content = ocr_giro([Paid(kid(loan), "1000")])
    opened(content)
    tab.save()
    wait(qtbot, tab)

    opened(content)

    assert "imported on" in tab.review.message.label.text()
    assert (cell(tab, 0, 1), tab.review.save_act.isEnabled()) == ("Imported before", False)
    assert not tab.review.card.accept_button.isVisible()


def test_a_refused_line_is_told_and_the_decisions_stay(
    qtbot: QtBot, office: TestOffice, tab: Any, opened: Open
) -> None:
    loan = a_running_loan(office)
    opened(ocr_giro([Paid(kid(loan), "1000")]))
    office.session.payments.reverse(loan.id, loan.journal.payouts[0].id, reason="Never left the bank")

    tab.save()
    wait(qtbot, tab)

    assert "loan 1" in tab.review.message.label.text()
    assert tab.review.accepted == {0: loan.id}
    assert tab.review.save_act.isEnabled()


def test_the_line_that_kept_a_file_from_being_saved_is_chosen(
    qtbot: QtBot, office: TestOffice, tab: Any, opened: Open
) -> None:
    loans = [a_running_loan(office, given_names=name, family_name="Moe") for name in ("Amina", "Berit", "Cecilie")]
    on_one_line = camt("".join(booked(loan, PAID_ON) for loan in loans)).replace(b"\n", b" ")
    opened(on_one_line, "camt.xml")
    office.session.payments.take(loans[2].id, nok(1_000), PAID_ON)
    tab.review.filter.set_value(LineState.UNMATCHED)
    tab.review.filter.changed.emit()

    tab.save()
    wait(qtbot, tab)

    assert "loan 3" in tab.review.message.label.text()
    assert tab.review.place == 2
    tab.review.toggle()
    tab.save()
    wait(qtbot, tab)
    assert [outstanding(office, loan.id) for loan in loans] == [nok(11_000)] * 3


def test_a_whole_import_is_reversed_with_a_reason(
    qtbot: QtBot, office: TestOffice, tab: Any, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    loan = a_running_loan(office)
    opened(ocr_giro([Paid(kid(loan), "1000")]))
    tab.save()
    wait(qtbot, tab)
    assert not tab.reverse_act.isEnabled()
    tab.start.table.setCurrentIndex(tab.start.model.index(0, 0))
    asked: list[str] = []

    def ask(_parent: object, _title: str, text: str, _word: str) -> str:
        asked.append(text)
        return "Another office's file"

    monkeypatch.setattr(ReasonDialog, "ask", ask)

    tab.reverse_act.trigger()
    wait(qtbot, tab)

    assert "1 payment" in asked[0]
    assert outstanding(office, loan.id) == nok(12_000)
    assert tab.start.model.index(0, 5).data() == "Reversed"
    tab.start.table.setCurrentIndex(tab.start.model.index(0, 0))
    assert not tab.reverse_act.isEnabled()


def test_payments_in_another_currency_are_told_beside_the_sums(office: TestOffice, opened: Open, tab: Any) -> None:
    loan = a_running_loan(office)

    opened(camt(entry("1000", transaction(reference=kid(loan))) + entry("70", currency="EUR")), "camt.xml")

    assert tab.review.totals.text().endswith("1 payment in another currency is not in the sums")


def test_a_file_is_dropped_on_the_card(qtbot: QtBot, office: TestOffice, tab: Any, tmp_path: Path) -> None:
    path = tmp_path / "ocr.txt"
    path.write_bytes(ocr_giro([Paid("99999", "400")]))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction

    tab.start.zone.dropEvent(QDropEvent(QPointF(5, 5), copy, data, Qt.MouseButton.LeftButton, none))
    wait(qtbot, tab)

    assert tab.review.name.text() == "ocr.txt"


def test_reading_can_be_cancelled(qtbot: QtBot, tab: Any, tmp_path: Path) -> None:
    path = tmp_path / "ocr.txt"
    path.write_bytes(ocr_giro([Paid("99999", "400")]))

    tab.read(path)
    tab.progress.cancel_button.click()
    wait(qtbot, tab)

    assert tab.views.currentWidget() is tab.start
    assert tab.choose_act.isEnabled()


def test_a_cancel_that_came_too_late_shows_what_was_saved(
    qtbot: QtBot, office: TestOffice, tab: Any, opened: Open
) -> None:
    loan = a_running_loan(office)
    opened(ocr_giro([Paid(kid(loan), "1000")]))
    save = tab._session.bank_imports.save

    def save_and_cancel(*given: Any) -> Any:
        made = save(*given)
        tab.task.cancel()
        return made

    tab._session.bank_imports.save = save_and_cancel
    tab.save()
    wait(qtbot, tab)
    qtbot.waitUntil(lambda: cell(tab, 0, 1) == "Imported before", timeout=10_000)

    assert outstanding(office, loan.id) == nok(11_000)


def test_closing_a_file_saves_nothing(office: TestOffice, tab: Any, opened: Open) -> None:
    loan = a_running_loan(office)
    opened(ocr_giro([Paid(kid(loan), "1000")]))

    tab.review.close_act.trigger()

    assert tab.views.currentWidget() is tab.start
    assert office.session.loans.get(loan.id) == loan


def test_an_auditor_sees_the_imports_and_imports_nothing(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> None:
    loan = a_running_loan(office)
    review = reviewed(office, ocr_giro([Paid(kid(loan), "1000")]))
    office.session.bank_imports.save(review, review.proposed())
    tab = BankTab(auditor(office), runner, bank_reader())
    qtbot.addWidget(tab)

    tab.start.table.setCurrentIndex(tab.start.model.index(0, 0))

    assert tab.start.chosen is not None
    assert not tab.choose_act.isEnabled()
    assert not tab.reverse_act.isEnabled()


def test_everything_that_tab_reaches_has_a_name(office: TestOffice, tab: Any, opened: Open) -> None:
    assert unnamed_focusable(tab) == []
    loan = a_running_loan(office)
    opened(ocr_giro([Paid(kid(loan), "1000")]))
    assert unnamed_focusable(tab) == []
    tab.show_start()
    opened(LIST.format(reference="1").encode(), "liste.csv")
    assert unnamed_focusable(tab.guide_dialog) == []
    tab.guide_dialog.reject()


def test_a_line_that_seems_paid_tells_the_day_of_the_payment_and_waits(
    office: TestOffice, tab: Any, opened: Open
) -> None:
    loan = a_running_loan(office)
    office.session.payments.take(loan.id, nok(1_000), PAID_ON - timedelta(days=3))
    opened(ocr_giro([Paid(kid(loan), "1000")]))

    assert "12 Feb 2026" in tab.review.card.meaning.text()
    assert tab.review.accepted == {}


def test_every_state_has_a_word_an_icon_and_a_sentence() -> None:
    assert len({state_of(state).word for state in LineState}) == len(LineState)
    line = BankLine(1, 1_000_00, "NOK", PAID_ON)
    assert all(state_sentence(ReviewedLine(line, state)).endswith(".") for state in LineState)
    assert len({settles_word(each) for each in Settles}) == len(Settles)


def test_the_lists_hold_what_qt_asks_of_them(office: TestOffice, tab: Any, opened: Open, qtmodeltester: Any) -> None:
    loan = a_running_loan(office)
    opened(ocr_giro([Paid(kid(loan), "1000"), Paid("99999", "250")]))

    qtmodeltester.check(tab.review.model)
    qtmodeltester.check(tab.start.model)
