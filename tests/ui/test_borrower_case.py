"""The case of a borrower: overview, changing, conflicts, loans and what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.group import GroupRole
from mikrolaan.domain.loan import Loan
from mikrolaan.ui.borrowers.case_page import BorrowerCase
from mikrolaan.ui.borrowers.drafts import Drafts
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import unnamed_focusable
from mikrolaan.ui.widgets.fields import LineField
from tests.builders import a_borrower, a_person, terms
from tests.offices import TestOffice
from tests.services.test_loan_service import a_paid_out_loan


@pytest.fixture
def amina(office: TestOffice) -> Borrower:
    return office.session.borrowers.register(a_person(), a_borrower().enterprise)


@pytest.fixture
def drafts() -> Drafts:
    return Drafts()


@pytest.fixture
def case(qtbot, qapp, office: TestOffice, amina: Borrower, drafts: Drafts) -> BorrowerCase:
    return opened(qtbot, qapp, office, amina, drafts)


def opened(qtbot, qapp, office: TestOffice, borrower: Borrower, drafts: Drafts, tab: str = "") -> BorrowerCase:
    made = BorrowerCase(office.session, TaskRunner(qapp), drafts)
    qtbot.addWidget(made)
    made.resize(1072, 748)
    made.show()
    made.opened(Destination("borrower", borrower.id, tab))
    return made


def write(qtbot: QtBot, field: LineField[Any], text: str) -> None:
    field.line.clear()
    qtbot.keyClicks(field.line, text)


def apply_for_a_loan(office: TestOffice, borrower: Borrower) -> Loan:
    return office.session.loans.apply(borrower.id, office.session.products.offered()[0], terms())


def words_on(widget) -> str:
    """What can be read there, once Qt has shown what was just added."""
    QApplication.processEvents()
    return "\n".join(shown.text() for shown in widget.findChildren(QLabel) if shown.isVisibleTo(widget))


def test_the_overview_tells_who_the_borrower_is(office: TestOffice, case: BorrowerCase) -> None:
    told = words_on(case.overview)

    for words in ("Storgata 12 B", "7013 Trondheim", "+47 900 00 001", "amina@example.org", "17 April 1988"):
        assert words in told
    assert "Aminas Søm" in told
    assert "Sole trader" in told
    assert "Registered the borrower – Ingrid Tangen" in told


def test_a_case_without_loans_leads_to_the_calculator(qtbot: QtBot, amina: Borrower, case: BorrowerCase) -> None:
    assert case.chip.word.text() == "No loans yet"

    with qtbot.waitSignal(case.go_to) as going:
        case.new_loan_act.trigger()

    assert going.args[0] == Destination("calculator", amina.id)


def test_an_application_is_the_next_step(qtbot: QtBot, office: TestOffice, amina: Borrower, case: BorrowerCase) -> None:
    loan = apply_for_a_loan(office, amina)
    case.refresh()

    links = [link for link in case.overview.findChildren(QPushButton) if "decide" in link.accessibleName()]
    with qtbot.waitSignal(case.go_to) as going:
        links[0].click()

    assert case.chip.word.text() == "Waits for decision"
    assert going.args[0] == Destination("loan", loan.id)


def test_an_unpaid_instalment_makes_the_case_overdue(qtbot: QtBot, qapp, office: TestOffice, drafts: Drafts) -> None:
    loan = a_paid_out_loan(office)  # 12 000 kroner, 1 000 due on 15 February 2026
    office.clock.day = date(2026, 2, 16)

    case = opened(qtbot, qapp, office, office.session.borrowers.get(loan.borrower_id), drafts)

    assert case.chip.word.text() == "Overdue"
    assert "Loan 1: unpaid since 15 Feb 2026." in words_on(case.overview)
    assert case.loans.model.index(0, case.loans.model.columnCount() - 1).data() == "Overdue"
    assert "12\u202f000.00" in words_on(case)


def test_the_groups_of_the_borrower_are_links(
    qtbot: QtBot, office: TestOffice, amina: Borrower, case: BorrowerCase
) -> None:
    others = [office.session.borrowers.register(a_person(given_names=name)) for name in ("Fatima", "Mai")]
    members = [(amina.id, GroupRole.LEADER), *((other.id, GroupRole.MEMBER) for other in others)]
    group = office.session.groups.form("Solsikken", office.clock.day, members)
    case.refresh()

    link = next(link for link in case.overview.findChildren(QPushButton) if link.text() == "Solsikken")
    with qtbot.waitSignal(case.go_to) as going:
        link.click()

    assert going.args[0] == Destination("group", group.id)


def test_a_row_of_the_loans_opens_the_loan(
    qtbot: QtBot, office: TestOffice, amina: Borrower, case: BorrowerCase
) -> None:
    loan = apply_for_a_loan(office, amina)
    case.refresh()

    with qtbot.waitSignal(case.go_to) as going:
        case.loans.table.row_opened.emit(case.loans.model.row(0))

    assert going.args[0] == Destination("loan", loan.id)


def test_f2_opens_the_form_and_a_change_is_saved(
    qtbot: QtBot, office: TestOffice, amina: Borrower, case: BorrowerCase
) -> None:
    case.edit_act.trigger()
    assert case.tabs.current_key == "person"
    assert not case.person.save_act.isEnabled()

    write(qtbot, case.person.form.city, "Oslo")
    case.person.save_act.trigger()

    assert office.session.borrowers.get(amina.id).person.address.city == "Oslo"
    assert not case.person.is_touched
    assert "Oslo" in words_on(case.overview)


def test_undo_shows_what_was_last_saved(qtbot: QtBot, case: BorrowerCase, drafts: Drafts) -> None:
    write(qtbot, case.person.form.city, "Oslo")

    case.person.undo_act.trigger()

    assert case.person.form.city.text() == "Trondheim"
    assert case.person.footer.note.text() == ""


def test_what_is_typed_survives_a_refresh_and_comes_back_after_leaving(
    qtbot: QtBot, qapp, office: TestOffice, amina: Borrower, case: BorrowerCase, drafts: Drafts
) -> None:
    write(qtbot, case.person.form.city, "Oslo")
    case.refresh()
    assert case.person.form.city.text() == "Oslo"

    again = opened(qtbot, qapp, office, amina, drafts, "person")

    assert again.person.form.city.text() == "Oslo"
    assert again.person.restored.isVisible()


def test_a_stale_save_keeps_what_was_typed_and_shows_both_values(
    qtbot: QtBot, office: TestOffice, amina: Borrower, case: BorrowerCase
) -> None:
    case.tabs.show_tab("person")
    write(qtbot, case.person.form.city, "Oslo")
    write(qtbot, case.person.form.given_names, "Aminah")
    meanwhile = replace(amina.person, address=replace(amina.person.address, city="Bergen"), email="new@example.org")
    office.session.borrowers.change(amina, meanwhile, amina.enterprise)

    case.person.save_act.trigger()
    assert case.person.stale.isVisible()
    assert case.person.form.city.text() == "Oslo"
    assert office.session.borrowers.get(amina.id).person.address.city == "Bergen"

    case.person.compare()
    told = words_on(case.person.conflict)
    assert "Oslo" in told
    assert "Bergen" in told
    assert case.person.form.email.text() == "new@example.org"  # not touched here, so the file's value is taken

    take = next(link for link in case.person.conflict.findChildren(QPushButton) if "Bergen" in link.accessibleName())
    take.click()
    case.person.save_act.trigger()

    person = office.session.borrowers.get(amina.id).person
    assert (person.given_names, person.address.city, person.email) == ("Aminah", "Bergen", "new@example.org")


def test_another_case_on_the_same_page_shows_its_own_person(
    office: TestOffice, amina: Borrower, case: BorrowerCase
) -> None:
    other = office.session.borrowers.register(a_person(given_names="Fatima", family_name="Hassan"))

    case.opened(Destination("borrower", other.id, "person"))

    assert case.title_label.text() == "Fatima Hassan"
    assert case.person.form.given_names.text() == "Fatima"
    assert not case.person.is_touched


def test_everything_in_the_case_has_a_name_for_screen_readers(case: BorrowerCase) -> None:
    for tab in ("overview", "person", "loans", "documents", "history"):
        case.tabs.show_tab(tab)

        assert unnamed_focusable(case) == []
