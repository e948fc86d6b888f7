"""The settings as an administrator changes them and as others read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from mikrolaan.domain.office import Role
from mikrolaan.services.session import Session
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.settings.settings_page import SettingsPage
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import unnamed_focusable
from tests.offices import PASSWORD, TestOffice
from tests.ui.front_door import HOSTILE, STRONG


class Chosen:
    """What the page asked the program to do."""

    def __init__(self) -> None:
        self.languages: list[str] = []
        self.themes: list[str] = []


def a_page(qtbot: QtBot, qapp: QApplication, session: Session, chosen: Chosen) -> SettingsPage:
    page = SettingsPage(
        session,
        TaskRunner(qapp),
        theme_name=lambda: "",
        choose_language=chosen.languages.append,
        choose_theme=chosen.themes.append,
    )
    qtbot.addWidget(page)
    page.resize(1072, 740)
    page.show()
    page.opened(Destination("settings"))
    return page


@pytest.fixture
def chosen() -> Chosen:
    return Chosen()


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, office: TestOffice, chosen: Chosen) -> Iterator[SettingsPage]:
    yield a_page(qtbot, qapp, office.session, chosen)


def open_tab(page: SettingsPage, tab: str) -> None:
    page.opened(Destination("settings", tab=tab))


def type_into(qtbot: QtBot, field: Any, text: str) -> None:
    field.line.clear()
    qtbot.keyClicks(field.line, text)


def test_the_letterhead_is_changed_and_saved(qtbot: QtBot, page: SettingsPage, office: TestOffice):
    said: list[str] = []
    page.toast.connect(said.append)
    form = page.office.form
    assert form.office_name.text() == "Fjordfondet"
    assert form.account_number.line.text() == "8601.11.17947"
    assert not page.office.save_button.isEnabled()

    type_into(qtbot, form.office_name, "Fjordfondet AL")
    type_into(qtbot, form.phone, "22123456")
    with qtbot.waitSignal(page.office_changed) as changed:
        qtbot.mouseClick(page.office.save_button, Qt.MouseButton.LeftButton)

    kept = office.session.office.get()
    assert (kept.name, kept.phone, kept.account_number) == ("Fjordfondet AL", "+4722123456", "86011117947")
    assert changed.args == [kept]
    assert said == ["Saved."]
    assert not page.office.save_button.isEnabled()


def test_undo_brings_back_what_is_kept(qtbot: QtBot, page: SettingsPage, office: TestOffice):
    type_into(qtbot, page.office.form.office_name, "Something else")

    page.office.undo_button.click()

    assert page.office.form.office_name.text() == "Fjordfondet"
    assert office.session.office.get().name == "Fjordfondet"


def test_a_refresh_leaves_alone_what_is_being_typed(qtbot: QtBot, page: SettingsPage):
    type_into(qtbot, page.office.form.office_name, "Half a na")

    page.refresh()

    assert page.office.form.office_name.text() == "Half a na"


@pytest.mark.parametrize("rubbish", HOSTILE)
def test_rubbish_is_answered_and_not_kept(page: SettingsPage, office: TestOffice, rubbish: str):
    before = office.session.office.get()
    for field in (page.office.form.account_number, page.office.form.phone, page.office.form.postal_code):
        field.line.setText(rubbish)
    for count in (page.groups.least, page.security.minutes):
        count.line.setText(rubbish)
        count.changed.emit()

    page.office.save()
    page.groups.save()
    page.security.save_minutes()

    after = office.session.office.get()
    assert (after.account_number in (before.account_number, ""), after.settings) == (True, before.settings)
    assert page.groups.least.error and page.security.minutes.error


def test_a_change_meanwhile_is_told_and_not_overwritten(qtbot: QtBot, page: SettingsPage, office: TestOffice):
    type_into(qtbot, page.office.form.city, "Bergen")
    office.session.office.change(replace(office.session.office.get(), name="Changed by another"))

    page.office.save()

    assert "Somebody else changed this" in page.office.form.message.label.text()
    assert office.session.office.get().address.city == "Trondheim"


def test_language_and_colours_are_chosen_at_once(qtbot: QtBot, page: SettingsPage, chosen: Chosen):
    open_tab(page, "computer")
    assert page.computer.theme.value() == ""

    page.computer.language.box.setCurrentIndex(0)
    page.computer.theme.box.setCurrentIndex(2)

    qtbot.waitUntil(lambda: (chosen.languages, chosen.themes) == (["nb"], ["dark"]))


def test_the_password_is_changed_when_the_present_one_is_right(qtbot: QtBot, page: SettingsPage, office: TestOffice):
    open_tab(page, "security")
    security = page.security
    for field, text in ((security.old, PASSWORD), (security.new.first, STRONG), (security.new.repeated, STRONG)):
        type_into(qtbot, field, text)

    qtbot.mouseClick(security.password_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not security.password_form.message.isHidden(), timeout=20_000)

    assert security.password_form.message.label.text() == "The password is changed. Use the new one from now on."
    assert security.old.is_empty() and security.new.first.is_empty()
    office.session.close()
    office.files.open(office.path, STRONG).close()


def test_a_wrong_present_password_is_told_beside_it(qtbot: QtBot, page: SettingsPage):
    open_tab(page, "security")
    security = page.security
    for field, text in ((security.old, "not it"), (security.new.first, STRONG), (security.new.repeated, STRONG)):
        type_into(qtbot, field, text)

    qtbot.mouseClick(security.password_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(security.old.error), timeout=20_000)

    assert security.old.error.startswith("This is not the password.")
    assert security.password_button.isEnabled()


def test_the_minutes_of_the_lock_are_kept(qtbot: QtBot, page: SettingsPage, office: TestOffice):
    open_tab(page, "security")
    type_into(qtbot, page.security.minutes, "300")
    page.security.save_minutes()
    assert page.security.minutes.error == "The largest allowed is 240."

    type_into(qtbot, page.security.minutes, "25")
    page.security.lock_button.click()

    assert office.session.office.get().settings.auto_lock_minutes == 25


def test_a_backup_is_made_and_can_be_opened(
    qtbot: QtBot, page: SettingsPage, office: TestOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "memory stick"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    open_tab(page, "security")

    page.security.backup_button.click()
    qtbot.waitUntil(page.security.backup_button.isEnabled, timeout=20_000)

    copies = list(folder.rglob("*.mikrolaan"))
    assert len(copies) == 1
    assert copies[0].name in page.security.backup_message.label.text().replace("\u200b", "")
    office.files.open(copies[0], PASSWORD).close()


def test_a_backup_into_a_folder_that_is_gone_is_told(
    qtbot: QtBot, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    stands_in_the_way = tmp_path / "a file"
    stands_in_the_way.write_bytes(b"")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stands_in_the_way / "folder"))

    page.security.backup_button.click()
    qtbot.waitUntil(page.security.backup_button.isEnabled, timeout=20_000)

    assert page.security.backup_message.property("tone") == "bad"


def test_the_size_of_groups_is_kept_and_its_order_is_checked(qtbot: QtBot, page: SettingsPage, office: TestOffice):
    open_tab(page, "groups")
    type_into(qtbot, page.groups.least, "6")
    page.groups.save_button.click()
    assert page.groups.most.error == "The smallest allowed is 6."

    type_into(qtbot, page.groups.most, "8")
    page.groups.save_button.click()

    settings = office.session.office.get().settings
    assert (settings.group_members_least, settings.group_members_most) == (6, 8)


def test_saving_one_part_leaves_alone_what_is_typed_in_another(qtbot: QtBot, page: SettingsPage, office: TestOffice):
    type_into(qtbot, page.office.form.city, "Bergen")
    open_tab(page, "groups")
    type_into(qtbot, page.groups.most, "8")
    page.groups.save_button.click()

    page.office.save()

    kept = office.session.office.get()
    assert (kept.address.city, kept.settings.group_members_most) == ("Bergen", 8)


def test_products_are_shown_with_limits_and_fees(page: SettingsPage):
    open_tab(page, "products")

    told = " | ".join(shown.text() for shown in page.products.findChildren(QLabel)).replace("\u202f", " ")

    assert "Start-up loan" in told
    assert "NOK 5 000.00 to NOK 200 000.00, usually NOK 50 000.00" in told.replace("\u00a0", " ")
    assert "0.00% to 15.00%, usually 6.00%" in told
    assert "3 to 60, usually 24" in told
    assert "NOK 35.00" in told.replace("\u00a0", " ")


def test_others_than_administrators_read_and_are_told_why(
    qtbot: QtBot, qapp: QApplication, office: TestOffice, chosen: Chosen
):
    officer = replace(office.session.officer, roles=frozenset({Role.ADVISER}))
    office.session.officer = officer
    page = a_page(qtbot, qapp, office.session, chosen)

    assert page.office.form.office_name.line.isReadOnly()
    assert page.office.form.logo.choose_button.isHidden()
    assert page.office.save_button.parent() is None
    assert page.office.message.label.text().startswith("Only an administrator can change this.")
    open_tab(page, "groups")
    assert page.groups.least.line.isReadOnly()
    assert page.groups.message.label.text().startswith("Only an administrator can change this.")


def test_every_field_has_a_name_for_a_screen_reader(page: SettingsPage):
    for tab in ("office", "computer", "security", "groups", "products", "about"):
        open_tab(page, tab)
        assert unnamed_focusable(page) == []
