"""The page of arrears, the run of letters, the log of a loan, and the office's steps, as an officer uses them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mikrolaan.domain.arrears import Age
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.dunning import DEFAULT_STEPS
from mikrolaan.domain.follow_up import ContactKind, StepKind
from mikrolaan.domain.group import GroupRole, LiabilityForm
from mikrolaan.domain.loan import Outcome, Step
from mikrolaan.i18n import use_language
from mikrolaan.ui import theme
from mikrolaan.ui.arrears import arrears_pages, letters_dialog
from mikrolaan.ui.arrears.letters_dialog import joined
from mikrolaan.ui.arrears.steps_section import StepsSection
from mikrolaan.ui.loans import loan_pages
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import unnamed_focusable
from tests.builders import nok
from tests.offices import TestOffice
from tests.ui.lending import a_loan_at, activate, an_application, dialog, no_dialog, press, register, write


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


def overdue(office: TestOffice, *names: str) -> None:
    for name in names:
        office.clock.day = date(2026, 1, 5)
        a_loan_at(office, Step.REPAYING, name)
    office.clock.day = date(2026, 3, 2)


def opened(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> Any:
    session = office.session
    window = MainWindow([*arrears_pages(session, runner), *loan_pages(session)], "Fjordfondet", "Ingrid Tangen")
    qtbot.addWidget(window)
    window.show()
    activate(window)
    window.go_to(Destination("arrears"))
    return window.current_page


def cells(page: Any, row: int) -> list[str]:
    return [page.model.data(page.model.index(row, column)) for column in range(page.model.columnCount())]


def search(qtbot: QtBot, page: Any, text: str) -> None:
    """Type over the search, and wait the moment after which it asks."""
    with qtbot.waitSignal(page.search.searched):
        write(page.search.line, text)


def colours_of(widget: QWidget) -> set[str]:
    """Every colour in which a widget is drawn."""
    picture = widget.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


def test_an_office_without_arrears_says_so(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> None:
    page = opened(qtbot, office, runner)

    assert page.none_overdue.isVisible()
    assert not page.letters_act.isEnabled()
    assert page.letters_act.text() == "0 letters due today"
    assert not page.next_act.isEnabled()


def test_the_list_shows_who_is_overdue_and_what_comes_next(
    qtbot: QtBot, office: TestOffice, runner: TaskRunner
) -> None:
    overdue(office, "Ada Berg")
    page = opened(qtbot, office, runner)

    number, name, group, amount, days, since, promise, contact, step = cells(page, 0)
    assert (name, group, amount, days) == ("Ada Berg", "–", "1\u202f000.00", "15")
    assert (number, since, promise, contact, step) == ("1", "15 Feb 2026", "–", "–", "Reminder")
    assert page.letters_act.text() == "1 letter due today"
    assert page.panel.step.text() == "Reminder"
    assert "costs the borrower NOK\u00a038.00" in page.panel.why.text()
    assert page.next_act.text() == "Send the reminder"


def test_chips_and_search_narrow_the_list(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> None:
    overdue(office, "Ada Berg", "Bea Dahl")
    page = opened(qtbot, office, runner)

    page.chips.buttons[Age.TO_60].click()
    assert page.nothing_found.isVisible()
    page.chips.buttons[Age.TO_30].click()
    assert page.model.rowCount() == 2
    assert page.total.text() == "2 loans, overdue NOK\u00a02\u202f000.00"
    page.search.line.setText("Bea")
    page.refresh()
    assert [cells(page, row)[1] for row in range(page.model.rowCount())] == ["Bea Dahl"]
    page.clear_act.trigger()
    assert page.model.rowCount() == 2


def test_a_loan_is_found_by_number_reference_name_or_group(
    qtbot: QtBot, office: TestOffice, runner: TaskRunner
) -> None:
    """The second loan's KID is 0000 0026."""
    overdue(office, "Ada Berg", "Bea Dahl")
    page = opened(qtbot, office, runner)

    for typed, expected in {
        "0000 0026": ["Bea Dahl"],
        "00000026": ["Bea Dahl"],
        "0000002": ["Bea Dahl"],
        "2": ["Bea Dahl"],
        "berg": ["Ada Berg"],
        "0000 0099": [],
    }.items():
        search(qtbot, page, typed)
        assert [cells(page, row)[1] for row in range(page.model.rowCount())] == expected, typed
        assert page.total.text().startswith(f"{len(expected)} loan")


def test_without_a_loan_in_the_list_nothing_looks_as_if_it_could_be_opened(
    qtbot: QtBot, office: TestOffice, runner: TaskRunner
) -> None:
    overdue(office, "Ada Berg")
    page = opened(qtbot, office, runner)
    primary = QColor(theme.current().primary).name()
    assert primary in colours_of(page.panel.open_button)

    search(qtbot, page, "nobody")

    assert not page.panel.open_button.isEnabled()
    assert primary not in colours_of(page.panel.open_button)


def test_a_promise_is_typed_and_holds_the_letter_back(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> None:
    overdue(office, "Ada Berg")
    page = opened(qtbot, office, runner)

    page.panel.log.promise_act.trigger()
    asked = dialog()
    assert asked.form.fields["amount"].value() == nok(1_000)
    write(asked.form.fields["amount"].line, "0")
    write(asked.form.fields["due_on"].line, "1.3.2026")
    asked.act_button.click()
    assert asked.form.fields["amount"].error
    assert asked.form.fields["due_on"].error
    write(asked.form.fields["amount"].line, "1000")
    write(asked.form.fields["due_on"].line, "10.3.2026")
    press(Qt.Key.Key_Return)

    assert no_dialog()
    assert cells(page, 0)[6] == "10 Mar 2026"
    assert cells(page, 0)[8] == "Reminder from 11 Mar 2026"
    assert page.panel.why.text().startswith("It may be taken from 11 Mar 2026, when the day of the promise has passed.")
    assert not page.next_act.isEnabled()
    page.panel.log.table.setCurrentIndex(page.panel.log.model.index(0, 0))
    page.panel.log.take_back_act.trigger()
    assert cells(page, 0)[8] == "Reminder"


def test_the_friendly_call_is_recorded_as_the_next_step(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> None:
    overdue(office, "Ada Berg")
    office.clock.day = date(2026, 2, 20)
    page = opened(qtbot, office, runner)
    assert page.next_act.text() == "Record the call"

    page.next_act.trigger()
    asked = dialog()
    asked.act_button.click()
    assert asked.form.fields["note"].error
    asked.form.fields["note"].set_value("Pays on Friday")
    asked.act_button.click()

    assert no_dialog()
    assert cells(page, 0)[7] == "20 Feb 2026"
    assert cells(page, 0)[8] == "Reminder from 1 Mar 2026"


def test_letters_are_seen_first_and_then_issued(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> None:
    overdue(office, "Ada Berg", "Bea Dahl")
    page = opened(qtbot, office, runner)

    page.letters_act.trigger()
    shown = page.letters_dialog
    qtbot.waitUntil(shown.send_button.isEnabled, timeout=20_000)
    assert shown.pages.page_count == 2
    assert office.session.arrears.letters_due() != []
    assert shown.summary.text() == "Reminder: 2 · fees in all NOK\u00a076.00"
    shown.send_button.click()
    qtbot.waitUntil(lambda: shown.heading.text() == "Letters issued", timeout=20_000)
    assert shown.pages.page_count == 2
    qtbot.waitUntil(lambda: not runner.is_busy)
    shown.close_button.click()

    assert page.letters_act.text() == "0 letters due today"
    assert cells(page, 0)[8] == "Notice of debt collection from 17 Mar 2026"


def test_what_is_wrong_with_the_letters_stays_told_while_they_are_saved_and_sent(
    qtbot: QtBot, office: TestOffice, runner: TaskRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In 2029 the program does not know yet what late interest the law asks for."""
    overdue(office, "Ada Berg", "Bea Dahl")
    office.clock.day = date(2029, 3, 2)
    page = opened(qtbot, office, runner)
    page.letters_act.trigger()
    shown = page.letters_dialog
    qtbot.waitUntil(shown.send_button.isEnabled, timeout=20_000)
    lacking = "The rate of late interest is not known for all days"
    assert shown.warning.label.text().startswith(lacking)

    target = tmp_path / "letters.pdf"
    monkeypatch.setattr(letters_dialog, "ask_where_to_save", lambda *_asked: target)
    shown.pages.save_act.trigger()
    assert "Saved as letters.pdf" in shown.message.label.text()
    assert shown.warning.isVisible()
    assert shown.warning.label.text().startswith(lacking)

    settled = office.session.loans.get(office.session.arrears.letters_due()[1].row.loan_id)
    owed = office.session.loans.statement(settled).payoff_amount
    office.session.payments.take(settled.id, owed, office.clock.day)  # at another desk
    shown.send_button.click()
    qtbot.waitUntil(lambda: shown.heading.text() == "Letters issued", timeout=20_000)
    told = shown.warning.label.text().splitlines()
    assert told[0].startswith(lacking)
    assert told[1] == "1 letter was left out."
    shown.pages.save_act.trigger()
    assert shown.warning.label.text().splitlines() == told


def test_a_preview_that_is_cancelled_issues_nothing(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> None:
    overdue(office, "Ada Berg")
    page = opened(qtbot, office, runner)
    page.letters_act.trigger()
    shown = page.letters_dialog

    shown.reject()

    qtbot.waitUntil(lambda: not runner.is_busy, timeout=20_000)
    assert shown.message.isVisible()
    assert not shown.send_button.isEnabled()
    shown.reject()
    assert len(office.session.arrears.letters_due()) == 1


def test_members_who_answer_for_a_loan_are_named_with_the_day_of_their_notice(
    qtbot: QtBot, office: TestOffice, runner: TaskRunner
) -> None:
    session = office.session
    ada, bea, cleo = (person.id for person in register(office, "Ada Berg", "Bea Dahl", "Cleo Eng"))
    members = [(ada, GroupRole.LEADER), (bea, GroupRole.MEMBER), (cleo, GroupRole.MEMBER)]
    group = session.groups.form("Solsikken", office.clock.day, members, LiabilityForm.JOINT)
    loan = an_application(office, group_id=group.id)
    session.loans.record_group_view(loan.id, supports=True, on=office.clock.day)
    session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    session.loans.sign(loan.id, office.clock.day)
    office.clock.turn(10)
    session.loans.pay_out(loan.id, office.clock.day)
    office.clock.day = date(2026, 3, 2)
    page = opened(qtbot, office, runner)

    assert page.panel.guarantors.text().endswith("due by 8 Mar 2026.")
    page.window().resize(1024, 700)
    qtbot.wait(1)
    for told in (page.panel.why, page.panel.guarantors):
        assert told.height() >= told.heightForWidth(told.width())  # nothing is cut off in the smallest window
    session.arrears.record_contact(loan.id, ContactKind.GUARANTOR_NOTICE, date(2026, 3, 2), note="By post to both")
    page.refresh()
    assert not page.panel.guarantors.isVisible()


def test_enter_opens_the_loan_and_its_log_is_a_tab_there(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> None:
    overdue(office, "Ada Berg")
    page = opened(qtbot, office, runner)
    window = page.window()

    page.table.setFocus()
    press(Qt.Key.Key_Return)
    case = window.current_page
    case.tabs.show_tab("log")
    case.log.contact_act.trigger()
    asked = dialog()
    asked.form.fields["note"].set_value("Came by")
    asked.act_button.click()

    assert case.log.model.rowCount() == 1
    assert case.log.model.data(case.log.model.index(0, 2)) == "Ada Berg: Came by"


def test_everything_on_the_page_has_a_name(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> None:
    overdue(office, "Ada Berg")

    assert unnamed_focusable(opened(qtbot, office, runner)) == []


def test_pdfs_are_joined_in_their_order(office: TestOffice) -> None:
    overdue(office, "Ada Berg", "Bea Dahl")
    drafts = office.session.letters.preview(
        office.session.arrears.letters_due(), lambda _done, _total: None, lambda: False
    )

    whole = joined([draft.content for draft in drafts])

    import pypdfium2

    with pypdfium2.PdfDocument(whole) as read:
        texts = [page.get_textpage().get_text_range() for page in read]
    assert ["Ada Berg" in texts[0], "Bea Dahl" in texts[1], len(texts)] == [True, True, 2]


def test_steps_are_changed_moved_and_taken_back(qtbot: QtBot, office: TestOffice) -> None:
    section = StepsSection(office.session)
    qtbot.addWidget(section)
    section.show()
    section.refresh()
    undone: list[Any] = []
    section.toast_with_undo.connect(lambda _told, undo: undone.append(undo))

    section.table.setCurrentIndex(section.model.index(1, 0))
    section.change_act.trigger()
    asked: Any = QApplication.activeModalWidget()
    asked.form.fields["deadline_days"].set_value(7)
    asked.act_button.click()
    assert asked.form.fields["deadline_days"].error
    asked.form.fields["deadline_days"].set_value(21)
    asked.act_button.click()
    assert office.session.arrears.steps()[1].deadline_days == 21

    undone[-1]()
    assert office.session.arrears.steps() == DEFAULT_STEPS
    section.table.setCurrentIndex(section.model.index(0, 0))
    section.remove_act.trigger()
    assert office.session.arrears.steps()[0].kind is StepKind.REMINDER
    section.usual_act.trigger()
    assert office.session.arrears.steps() == DEFAULT_STEPS


def test_the_smallest_amount_of_letters_is_told_changed_and_taken_back(qtbot: QtBot, office: TestOffice) -> None:
    section = StepsSection(office.session)
    qtbot.addWidget(section)
    section.show()
    section.refresh()
    undone: list[Any] = []
    section.toast_with_undo.connect(lambda _told, undo: undone.append(undo))
    assert "while less than" in section.amount_told.text()

    section.amount_act.trigger()
    asked: Any = QApplication.activeModalWidget()
    asked.form.fields["letters_from"].set_value(nok(0))
    asked.act_button.click()

    assert office.session.arrears.letters_from() == nok(0)
    assert section.amount_told.text() == "Letters are sent however little is overdue."
    undone[-1]()
    assert office.session.arrears.letters_from() == nok(50)


def test_what_was_said_is_asked_for_unless_nobody_answered(
    qtbot: QtBot, office: TestOffice, runner: TaskRunner
) -> None:
    overdue(office, "Ada Berg")
    page = opened(qtbot, office, runner)

    page.panel.log.contact_act.trigger()
    asked = dialog()
    kind, note = asked.form.fields["kind"], asked.form.fields["note"]
    asked.act_button.click()
    assert note.error and note.label.text() == "What was &said"

    kind.box.setCurrentIndex(list(ContactKind).index(ContactKind.NO_ANSWER))
    assert note.label.text() == "What was &said (optional)"
    asked.act_button.click()
    assert no_dialog()
