"""The list of borrowers, as an officer uses it: search, sort, open, register."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mikrolaan.domain.borrower import Enterprise
from mikrolaan.domain.identity import Country, read_identity
from mikrolaan.domain.synthetic import synthetic_identity
from mikrolaan.ui.borrowers.drafts import Drafts
from mikrolaan.ui.borrowers.list_page import BorrowersPage
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import unnamed_focusable
from tests.builders import a_person
from tests.offices import TestOffice

BORN = date(1988, 4, 17)


@pytest.fixture
def page(qtbot, qapp, office: TestOffice) -> BorrowersPage:
    made = BorrowersPage(office.session, TaskRunner(qapp), Drafts())
    qtbot.addWidget(made)
    made.resize(1072, 748)
    made.show()
    made.opened(Destination("borrowers"))
    return made


def register(office: TestOffice, given: str, family: str, enterprise: str = "", **changes) -> None:
    person = a_person(given_names=given, family_name=family, **changes)
    office.session.borrowers.register(person, Enterprise(enterprise) if enterprise else None)


def three(office: TestOffice) -> None:
    register(office, "Amina", "Ødegård", "Aminas Søm", phone="+4790000001")
    register(office, "Per", "Bjørnson", "Sykkelverkstedet", phone="+4790000002", birth_date=date(1970, 1, 2))
    register(office, "Åse", "Vik", phone="+4790000003", birth_date=date(1999, 12, 31))


def names(page: BorrowersPage) -> list[str]:
    return [page.model.index(row, 1).data() for row in range(page.model.rowCount())]


def search(qtbot: QtBot, page: BorrowersPage, text: str) -> None:
    with qtbot.waitSignal(page.search.searched):
        qtbot.keyClicks(page.search.line, text)


def test_an_empty_office_offers_to_register_the_first_borrower(page: BorrowersPage) -> None:
    assert page.none_yet.isVisible()
    assert not page.nothing_found.isVisible()
    assert page.count.text() == ""


def test_the_list_counts_everybody(office: TestOffice, page: BorrowersPage) -> None:
    three(office)
    page.refresh()

    assert page.count.text() == "3 borrowers"
    assert not page.none_yet.isVisible()


@pytest.mark.parametrize("typed", ["odegard", "Ødegård", "oedegaard", "aminas som", "90000001", "900 00 001"])
def test_a_borrower_is_found_in_any_spelling_and_by_phone_or_enterprise(
    qtbot: QtBot, office: TestOffice, page: BorrowersPage, typed: str
) -> None:
    three(office)
    page.refresh()

    search(qtbot, page, typed)

    assert names(page) == ["Amina Ødegård"]
    assert page.count.text() == "1 of 3"


def test_an_identity_number_finds_its_borrower_but_is_not_shown_in_the_list(
    qtbot: QtBot, office: TestOffice, page: BorrowersPage
) -> None:
    number = read_identity(synthetic_identity(Country.NO, BORN, 0), Country.NO, office.clock.day)
    three(office)
    register(office, "Fatima", "Hassan", identity_number=number, birth_date=None)
    page.refresh()

    search(qtbot, page, number.digits)

    shown = [page.model.index(0, column).data() for column in range(page.model.columnCount())]
    assert names(page) == ["Fatima Hassan"]
    assert not any(number.digits[-5:] in text for text in shown)


def test_nothing_found_offers_to_clear_or_to_register_that_name(
    qtbot: QtBot, office: TestOffice, page: BorrowersPage
) -> None:
    three(office)
    page.refresh()

    search(qtbot, page, "Bjarne Ukjent")

    assert page.nothing_found.isVisible()
    assert page.register_act.text() == "Register “Bjarne Ukjent”"
    page.clear_act.trigger()
    assert len(names(page)) == 3


@pytest.mark.parametrize("typed", ["!!!", "-", "*"])
def test_signs_alone_find_nobody(qtbot: QtBot, office: TestOffice, page: BorrowersPage, typed: str) -> None:
    three(office)
    page.refresh()

    search(qtbot, page, typed)

    assert names(page) == []
    assert page.nothing_found.isVisible()


def test_sorting_by_birth_date_is_done_by_the_query(office: TestOffice, page: BorrowersPage) -> None:
    three(office)
    page.refresh()

    page.model.sort(2, Qt.SortOrder.DescendingOrder)

    assert names(page) == ["Åse Vik", "Amina Ødegård", "Per Bjørnson"]


def test_enter_opens_the_only_borrower_found(qtbot: QtBot, office: TestOffice, page: BorrowersPage) -> None:
    three(office)
    page.refresh()
    qtbot.keyClicks(page.search.line, "vik")

    with qtbot.waitSignal(page.go_to) as going:
        qtbot.keyClick(page.search.line, Qt.Key.Key_Return)

    assert going.args[0].page == "borrower"
    assert office.session.borrowers.get(going.args[0].record_id).name == "Åse Vik"


def test_enter_on_a_row_opens_its_case(qtbot: QtBot, office: TestOffice, page: BorrowersPage) -> None:
    three(office)
    page.refresh()
    qtbot.keyClick(page.search.line, Qt.Key.Key_Return)

    with qtbot.waitSignal(page.go_to) as going:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)

    assert office.session.borrowers.get(going.args[0].record_id).name == names(page)[0]


def test_a_new_borrower_is_one_key_away(qtbot: QtBot, page: BorrowersPage) -> None:
    with qtbot.waitSignal(page.go_to) as going:
        page.new_act.trigger()

    assert page.new_act.shortcut().toString() == "Ctrl+N"
    assert going.args[0] == Destination("borrower_new")


def test_a_narrow_window_leaves_out_the_place_so_that_names_have_room(page: BorrowersPage) -> None:
    page.resize(968, 650)

    assert page.table.isColumnHidden(5)
    assert page.table.columnWidth(1) >= 160


def test_the_model_of_the_list_keeps_to_the_rules_of_models(
    office: TestOffice, page: BorrowersPage, qtmodeltester: ModelTester
) -> None:
    three(office)
    page.refresh()

    qtmodeltester.check(page.model)


def test_everything_in_the_list_has_a_name_for_screen_readers(page: BorrowersPage) -> None:
    assert unnamed_focusable(page) == []
