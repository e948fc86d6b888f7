"""Registering a borrower: fields, messages beside them, similar borrowers and drafts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mikrolaan.domain.borrower import LegalForm
from mikrolaan.domain.identity import Country, IdentityKind, read_identity
from mikrolaan.domain.synthetic import synthetic_identity, synthetic_organisation_number
from mikrolaan.services.queries import Order, Slice
from mikrolaan.ui.borrowers.drafts import Drafts
from mikrolaan.ui.borrowers.new_page import NewBorrowerPage
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import unnamed_focusable
from mikrolaan.ui.widgets.fields import LineField
from tests.builders import a_person
from tests.offices import TestOffice

BORN = date(1988, 4, 17)
DIGITS = synthetic_identity(Country.NO, BORN, 0)


@pytest.fixture
def drafts() -> Drafts:
    return Drafts()


@pytest.fixture
def page(qtbot, qapp, office: TestOffice, drafts: Drafts) -> NewBorrowerPage:
    return opened(qtbot, qapp, office, drafts)


def opened(qtbot, qapp, office: TestOffice, drafts: Drafts) -> NewBorrowerPage:
    made = NewBorrowerPage(office.session, TaskRunner(qapp), drafts)
    qtbot.addWidget(made)
    made.resize(1072, 748)
    made.show()
    made.opened(Destination("borrower_new"))
    return made


def write(qtbot: QtBot, field: LineField[Any], text: str) -> None:
    field.line.clear()
    qtbot.keyClicks(field.line, text)


def all_names(office: TestOffice) -> list[str]:
    return [row.name for row in office.session.queries.borrowers("", Order(), Slice())]


def fill_in_amina(qtbot: QtBot, page: NewBorrowerPage) -> None:
    write(qtbot, page.form.given_names, "Amina")
    write(qtbot, page.form.family_name, "Ødegård")
    write(qtbot, page.form.identity_number, DIGITS)


def test_a_person_with_an_enterprise_is_registered(qtbot: QtBot, office: TestOffice, page: NewBorrowerPage) -> None:
    form = page.form
    fill_in_amina(qtbot, page)
    write(qtbot, form.street, "Storgata 12 B")
    write(qtbot, form.postal_code, "7013")
    write(qtbot, form.city, "Trondheim")
    write(qtbot, form.phone, "900 00 001")
    write(qtbot, form.email, "amina@example.org")
    form.interpreter_needed.box.click()
    form.has_enterprise.box.click()
    write(qtbot, form.enterprise_name, "Aminas Søm")
    write(qtbot, form.organisation_number, synthetic_organisation_number(3, Country.NO))
    form.legal_form.box.setCurrentIndex(0)
    form.not_started.box.click()
    write(qtbot, form.started_on, "01.08.2025")

    with qtbot.waitSignal(page.go_to) as going:
        page.save_act.trigger()

    borrower = office.session.borrowers.get(going.args[0].record_id)
    assert going.args[0].page == "borrower"
    assert borrower.name == "Amina Ødegård"
    assert borrower.person.born_on == BORN
    assert borrower.person.address.lines == ("Storgata 12 B", "7013 Trondheim")
    assert borrower.person.phone == "+4790000001"
    assert borrower.person.interpreter_needed
    assert borrower.person.paper_language == "nb"
    assert borrower.enterprise is not None
    assert borrower.enterprise.legal_form is LegalForm.SOLE_TRADER
    assert borrower.enterprise.started_on == date(2025, 8, 1)


def test_a_recognised_number_is_told_in_words(qtbot: QtBot, page: NewBorrowerPage) -> None:
    write(qtbot, page.form.identity_number, f"{DIGITS[:6]} {DIGITS[6:]}")

    told = page.form.recognised.text()

    assert told.startswith("Norwegian national identity number, born 17 Apr 1988")
    assert "synthetic" in told


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("12345", "not written as expected"),
        (f"{DIGITS[:-1]}{(int(DIGITS[-1]) + 1) % 10}", "check digits"),
        ("12345678901", "No birth date is in this number"),  # the 34th month
        ("abc", "not written as expected"),
    ],
)
def test_a_wrong_identity_number_is_told_beside_its_field_and_nothing_is_saved(
    qtbot: QtBot, office: TestOffice, page: NewBorrowerPage, typed: str, sentence: str
) -> None:
    fill_in_amina(qtbot, page)
    write(qtbot, page.form.identity_number, typed)

    page.save_act.trigger()

    assert sentence in page.form.identity_number.error
    assert all_names(office) == []


def test_everything_missing_is_told_at_once(office: TestOffice, page: NewBorrowerPage) -> None:
    page.form.has_enterprise.box.click()

    page.save_act.trigger()

    wrong = [name for name, field in page.form.fields.items() if field.error]
    assert wrong == ["given_names", "family_name", "identity_number", "enterprise_name"]
    assert all_names(office) == []


def test_without_a_number_the_birth_date_is_asked_for(qtbot: QtBot, office: TestOffice, page: NewBorrowerPage) -> None:
    write(qtbot, page.form.given_names, "Per")
    write(qtbot, page.form.family_name, "Vik")
    assert not page.form.birth_date.isVisible()

    page.form.no_number.box.click()
    assert page.form.birth_date.isVisible()
    assert not page.form.identity_number.isVisible()
    write(qtbot, page.form.birth_date, "17.04.1988")
    with qtbot.waitSignal(page.go_to) as going:
        page.save_act.trigger()

    person = office.session.borrowers.get(going.args[0].record_id).person
    assert (person.identity_number, person.birth_date) == (None, BORN)


def test_a_birth_date_of_tomorrow_is_refused(qtbot: QtBot, office: TestOffice, page: NewBorrowerPage) -> None:
    write(qtbot, page.form.given_names, "Per")
    write(qtbot, page.form.family_name, "Vik")
    page.form.no_number.box.click()
    write(qtbot, page.form.birth_date, "06.01.2026")

    page.save_act.trigger()

    assert "latest" in page.form.birth_date.error
    assert all_names(office) == []


def test_a_child_of_today_can_be_typed_into_a_form_that_was_opened_yesterday(
    qtbot: QtBot, office: TestOffice, page: NewBorrowerPage
) -> None:
    form = page.form
    form.no_number.box.click()
    office.clock.turn(1)
    today = office.clock.day

    write(qtbot, form.birth_date, today.strftime("%d.%m.%Y"))
    assert form.birth_date.check()
    assert form.birth_date.value() == today

    write(qtbot, form.birth_date, (today + timedelta(days=1)).strftime("%d.%m.%Y"))
    assert not form.birth_date.check()


def test_a_number_that_does_not_tell_the_birth_date_asks_for_it(qtbot: QtBot, page: NewBorrowerPage) -> None:
    number = next(
        digits
        for serial in range(100_000)
        if (digits := _issued_from_2032(f"170420{serial // 100:03d}", serial % 100)) is not None
    )

    write(qtbot, page.form.identity_number, number)

    assert page.form.typed_birth_date is None
    assert page.form.birth_date.isVisible()


def _issued_from_2032(front: str, check: int) -> str | None:
    """The number when its digits fit the rule of 2032 only, and its century stays open."""
    try:
        number = read_identity(f"{front}{check:02d}", Country.NO, date(2026, 1, 5))
    except Exception:  # noqa: BLE001 - any refusal means that the digits do not fit
        return None
    return number.digits if number.birth_date is None else None


def test_numbers_of_the_neighbouring_countries_are_read_when_chosen(qtbot: QtBot, page: NewBorrowerPage) -> None:
    countries = [page.form.identity_country.box.itemText(row) for row in range(3)]
    page.form.identity_country.box.setCurrentIndex(countries.index("Sweden"))

    write(qtbot, page.form.identity_number, synthetic_identity(Country.SE, BORN, 0))

    number = page.form.typed_number
    assert number is not None
    assert number.kind is IdentityKind.PERSONNUMMER
    assert "Swedish personnummer" in page.form.recognised.text()


def test_somebody_similar_is_shown_while_typing_and_the_case_can_be_opened(
    qtbot: QtBot, office: TestOffice, page: NewBorrowerPage
) -> None:
    known = office.session.borrowers.register(a_person(given_names="Aase", family_name="Ødegård"))
    write(qtbot, page.form.given_names, "Åse")
    write(qtbot, page.form.family_name, "Odegaard")
    qtbot.waitUntil(lambda: bool(page.similar.found), timeout=2000)

    links = [link for link in page.similar.findChildren(QPushButton) if link.accessibleName()]
    with qtbot.waitSignal(page.go_to) as going:
        qtbot.mouseClick(links[0], Qt.MouseButton.LeftButton)

    assert going.args[0] == Destination("borrower", known.id)


def test_the_same_identity_number_is_refused_with_a_way_to_that_case(
    qtbot: QtBot, office: TestOffice, page: NewBorrowerPage
) -> None:
    number = read_identity(DIGITS, Country.NO, office.clock.day)
    office.session.borrowers.register(a_person(identity_number=number, birth_date=None))
    write(qtbot, page.form.given_names, "Somebody")
    write(qtbot, page.form.family_name, "Else")
    write(qtbot, page.form.identity_number, DIGITS)

    page.save_act.trigger()

    assert page.similar.taken.isVisible()
    assert "belongs to Amina Ødegård, case 1" in page.form.identity_number.error
    assert all_names(office) == ["Amina Ødegård"]


def test_what_was_typed_comes_back_as_a_draft_and_can_be_discarded(
    qtbot: QtBot, qapp, office: TestOffice, drafts: Drafts, page: NewBorrowerPage
) -> None:
    fill_in_amina(qtbot, page)
    with qtbot.waitSignal(page.go_to) as going:
        page.cancel_act.trigger()
    assert going.args[0] == Destination("borrowers")

    again = opened(qtbot, qapp, office, drafts)
    assert again.restored.isVisible()
    assert again.form.given_names.text() == "Amina"

    again.discard()
    assert not again.restored.isVisible()
    assert again.form.given_names.text() == ""
    assert drafts.get(None) is None


def test_leaving_an_untouched_form_leaves_no_draft(qtbot: QtBot, drafts: Drafts, page: NewBorrowerPage) -> None:
    with qtbot.assertNotEmitted(page.toast):
        page.cancel_act.trigger()

    assert drafts.get(None) is None


def test_saving_leaves_no_draft_behind(
    qtbot: QtBot, qapp, office: TestOffice, drafts: Drafts, page: NewBorrowerPage
) -> None:
    fill_in_amina(qtbot, page)
    page.save_act.trigger()

    again = opened(qtbot, qapp, office, drafts)

    assert all_names(office) == ["Amina Ødegård"]
    assert not again.restored.isVisible()
    assert not again.is_touched


def test_what_was_searched_for_in_vain_is_the_beginning(qtbot: QtBot, qapp, office: TestOffice, drafts: Drafts) -> None:
    drafts.search_to_register = "Thi Mai Nguyen"

    page = opened(qtbot, qapp, office, drafts)

    assert page.form.given_names.text() == "Thi Mai"
    assert page.form.family_name.text() == "Nguyen"


@pytest.mark.parametrize("hostile", ["x" * 5000, "Robert'); DROP TABLE borrowers;--", "مريم", "李", "A\tB\nC"])
def test_any_text_as_a_name_is_kept_as_typed_or_refused_beside_the_field(
    qtbot: QtBot, office: TestOffice, page: NewBorrowerPage, hostile: str
) -> None:
    fill_in_amina(qtbot, page)
    page.form.family_name.line.setText(hostile)

    page.save_act.trigger()

    kept = " ".join(hostile.split())[:120]
    assert all_names(office) == [f"Amina {kept}"] or page.form.family_name.error


def test_a_form_out_of_sight_asks_nothing_of_a_locked_file(
    qtbot: QtBot, office: TestOffice, page: NewBorrowerPage
) -> None:
    write(qtbot, page.form.given_names, "Amina")
    page.hide()
    office.session.close()

    with qtbot.captureExceptions() as raised:
        qtbot.wait(400)  # longer than the pause before similar borrowers are looked up

    assert raised == []


def test_everything_in_the_form_has_a_name_for_screen_readers(page: NewBorrowerPage) -> None:
    page.form.has_enterprise.box.click()
    page.form.no_number.box.click()

    assert unnamed_focusable(page) == []
