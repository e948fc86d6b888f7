"""Founding an office as a person does it: typing, choosing, going back, and keeping the key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mikrolaan.domain.identity import Country
from mikrolaan.domain.money import Currency
from mikrolaan.i18n import use_language
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.settings.logo_field import LogoField
from mikrolaan.ui.start import key_panel
from mikrolaan.ui.start.founding_page import FoundingPage
from mikrolaan.ui.start.office_path import proposed_path, slug
from mikrolaan.ui.start.welcome_page import WelcomePage
from mikrolaan.ui.widgets.basics import button, unnamed_focusable
from tests.ui.front_door import HOSTILE, STRONG, FrontDoor, a_file_named


@pytest.fixture
def door(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FrontDoor]:
    monkeypatch.setenv("MIKROLAAN_HOME", str(tmp_path))
    made = FrontDoor(qtbot, qapp)
    made.flow.start()
    yield made
    made.close()


def press(door: FrontDoor, button) -> None:
    door.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def type_into(door: FrontDoor, field, text: str) -> None:
    field.line.clear()
    if text.isascii():
        door.qtbot.keyClicks(field.line, text)
    else:  # the test keyboard has no other keys
        QGuiApplication.clipboard().setText(text)
        field.line.paste()


def guide(door: FrontDoor) -> FoundingPage:
    press(door, door.wait_for(WelcomePage).create_card)
    page: FoundingPage = door.wait_for(FoundingPage)
    return page


def at_the_office(door: FrontDoor, country: Country = Country.NO) -> FoundingPage:
    page = guide(door)
    press(door, page.country_step.country.buttons[country])
    page.country_step.country.buttons[country].setChecked(True)
    press(door, page.next_button)
    return page


def at_the_officer(door: FrontDoor, country: Country = Country.NO) -> FoundingPage:
    page = at_the_office(door, country)
    type_into(door, page.office_step.letterhead.office_name, "Fjordfondet")
    press(door, page.next_button)
    type_into(door, page.officer_step.officer_name, "Kari Nordmann")
    return page


def give_password(door: FrontDoor, page: FoundingPage, password: str, repeated: str | None = None) -> None:
    type_into(door, page.officer_step.password.first, password)
    type_into(door, page.officer_step.password.repeated, password if repeated is None else repeated)


def at_the_key(door: FrontDoor, country: Country = Country.NO) -> FoundingPage:
    page = at_the_officer(door, country)
    give_password(door, page, STRONG)
    press(door, page.next_button)
    door.until(lambda: page.made is not None)
    return page


def test_an_empty_machine_is_welcomed_with_three_ways_on(door: FrontDoor):
    page = door.wait_for(WelcomePage)

    assert page.create_card.text() == "Create your office"
    assert page.open_card.isVisible()
    assert page.example_card.isHidden()  # nothing makes an example here
    assert unnamed_focusable(page) == []


def test_the_country_must_be_chosen(door: FrontDoor):
    page = guide(door)

    press(door, page.next_button)

    assert page.country_step.isVisible()
    assert page.country_step.country.error == "Choose the country the office works in."


def test_an_office_is_founded_and_opened(door: FrontDoor, tmp_path: Path):
    page = at_the_office(door, Country.SE)
    letterhead = page.office_step.letterhead
    type_into(door, letterhead.office_name, "Mikrofonden Väst")
    type_into(door, letterhead.postal_code, "41103")
    type_into(door, letterhead.city, "Göteborg")
    type_into(door, letterhead.email, "post@example.org")
    press(door, page.next_button)
    type_into(door, page.officer_step.officer_name, "Åsa Ek")
    give_password(door, page, STRONG)
    press(door, page.next_button)
    door.until(lambda: page.made is not None)

    assert page.key_panel is not None
    assert not page.next_button.isEnabled()
    page.key_panel.kept_box.click()
    press(door, page.next_button)

    door.wait_for(MainWindow)
    session = door.flow.session
    assert session is not None
    office = session.office.get()
    assert (office.name, office.country, office.currency) == ("Mikrofonden Väst", Country.SE, Currency.SEK)
    assert office.address.lines == ("41103 Göteborg",)
    assert office.email == "post@example.org"
    assert {product.currency for product in session.products.offered()} == {Currency.SEK}
    assert door.flow.window.windowTitle() == "Today – Mikrofonden Väst"
    assert door.settings.last_office == str(tmp_path / "data" / "mikrofonden-vast.mikrolaan")


def test_the_guide_can_be_walked_with_enter(door: FrontDoor):
    page = at_the_office(door)
    type_into(door, page.office_step.letterhead.office_name, "Fjordfondet")

    door.qtbot.keyClick(page.office_step.letterhead.office_name.line, Qt.Key.Key_Return)

    assert page.officer_step.isVisible()


def test_enter_on_a_country_goes_to_the_next_step(door: FrontDoor):
    page = guide(door)
    country = page.country_step.country
    norway = country.buttons[Country.NO]

    door.qtbot.keyClick(norway, Qt.Key.Key_Return)
    assert country.error
    assert page.country_step.isVisible()

    door.qtbot.keyClick(norway, Qt.Key.Key_Space)
    door.qtbot.keyClick(norway, Qt.Key.Key_Enter)
    assert page.office_step.isVisible()


def test_going_back_and_to_the_welcome_page_loses_nothing(door: FrontDoor):
    page = at_the_officer(door)
    give_password(door, page, STRONG)
    for _ in range(3):
        press(door, page.back_button)
    press(door, door.wait_for(WelcomePage).create_card)
    again = door.wait_for(FoundingPage)
    press(door, again.next_button)
    assert again.office_step.letterhead.office_name.text() == "Fjordfondet"
    press(door, again.next_button)

    assert again.officer_step.officer_name.text() == "Kari Nordmann"
    assert again.officer_step.password.repeated.line.text() == STRONG


def test_another_language_keeps_what_is_typed(door: FrontDoor):
    page = at_the_officer(door, Country.DK)
    give_password(door, page, STRONG)

    page.language_box.activated.emit(0)  # Norsk bokmål

    assert door.settings.language == "nb"
    assert page.officer_step.isVisible()
    assert page.officer_step.officer_name.text() == "Kari Nordmann"
    assert page.officer_step.password.first.line.text() == STRONG
    assert page.office_step.letterhead.office_name.text() == "Fjordfondet"
    assert page.office_step.letterhead.country is Country.DK
    use_language("en")
    press(door, page.next_button)
    door.until(lambda: page.made is not None)
    assert page.made is not None
    assert page.made.session.office.get().country is Country.DK


def test_the_language_can_be_chosen_inside_the_guide(door: FrontDoor):
    page = guide(door)

    page.country_step.language.box.setCurrentIndex(0)

    door.until(lambda: door.settings.language == "nb")
    assert page.country_step.language.value() == "nb"


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("kort", "The password is too short. Use at least 10 characters."),
        ("qwertyuiop", "This password is too easy to guess."),
        ("Fjordfondet1", "This password is too easy to guess."),
        ("aaaaaaaaaaaaaaaa", "This password is too easy to guess."),
    ],
)
def test_a_weak_password_is_refused_beside_the_field(door: FrontDoor, password: str, sentence: str):
    page = at_the_officer(door)
    give_password(door, page, password)

    press(door, page.next_button)

    assert page.officer_step.password.first.error.startswith(sentence)
    assert page.made is None


def test_the_two_passwords_must_be_the_same(door: FrontDoor):
    page = at_the_officer(door)
    give_password(door, page, STRONG, STRONG + "x")

    press(door, page.next_button)

    assert page.officer_step.password.repeated.error == "The two passwords are not the same. Type the password again."


def test_the_strength_is_told_in_a_word_and_advice(door: FrontDoor):
    page = at_the_officer(door)
    meter = page.officer_step.password.meter

    type_into(door, page.officer_step.password.first, "Fjordfondet1")
    assert meter.word.text() == "Weak"
    assert "your own name or the office's" in meter.advice.text()
    type_into(door, page.officer_step.password.first, STRONG)
    assert meter.word.text() == "Very strong"


def test_a_file_that_exists_is_not_overwritten(door: FrontDoor, tmp_path: Path):
    page = at_the_officer(door)
    taken = a_file_named(tmp_path, "taken.mikrolaan", b"somebody's")
    give_password(door, page, STRONG)
    type_into(door, page.officer_step.path, str(tmp_path / "taken"))

    press(door, page.next_button)

    assert "nothing is overwritten" in page.officer_step.path.error
    assert taken.read_bytes() == b"somebody's"


def test_a_letterhead_of_another_country_is_read_anew(door: FrontDoor):
    page = at_the_office(door, Country.NO)
    letterhead = page.office_step.letterhead
    type_into(door, letterhead.office_name, "Fjordfondet")
    type_into(door, letterhead.postal_code, "7010")
    press(door, page.next_button)
    type_into(door, page.officer_step.officer_name, "Kari Nordmann")
    give_password(door, page, STRONG)
    press(door, page.back_button)
    press(door, page.back_button)
    page.country_step.country.buttons[Country.SE].click()
    press(door, page.next_button)

    press(door, page.next_button)

    assert page.office_step.isVisible()
    assert letterhead.postal_code.error == "A Swedish postal code has 5 digits."


@pytest.mark.parametrize("rubbish", HOSTILE)
def test_rubbish_is_answered_with_a_sentence_or_kept_as_a_name(door: FrontDoor, rubbish: str):
    page = at_the_office(door)
    letterhead = page.office_step.letterhead
    for field in (letterhead.organisation_number, letterhead.account_number, letterhead.phone, letterhead.email):
        field.line.setText(rubbish)
    letterhead.office_name.line.setText(rubbish)

    press(door, page.next_button)
    stopped_at_office = page.office_step.isVisible()
    letterhead.clear()
    letterhead.office_name.set_value("Fjordfondet")
    if stopped_at_office:
        press(door, page.next_button)
    page.officer_step.officer_name.line.setText(rubbish)
    page.officer_step.password.first.line.setText(rubbish)
    page.officer_step.password.measure()
    page.officer_step.path.line.setText(rubbish)
    press(door, page.next_button)

    assert page.made is None
    assert page.officer_step.path.error


def test_the_key_is_copied_saved_and_taken_off_the_clipboard_by_others(
    door: FrontDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    page = at_the_key(door)
    panel, made = page.key_panel, page.made
    assert panel is not None and made is not None
    target = tmp_path / "key.pdf"
    monkeypatch.setattr(key_panel, "ask_where_to_save", lambda *_: target)

    press(door, panel.copy_button)
    assert QGuiApplication.clipboard().text() == made.key
    press(door, panel.save_button)

    assert target.read_bytes() == b"%PDF of the key"
    assert door.sheets == [("Fjordfondet", "Kari Nordmann", made.key)]
    assert str(target) in panel.message.label.text()


def test_a_folder_that_takes_no_pdf_is_told(door: FrontDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    page = at_the_key(door)
    assert page.key_panel is not None
    monkeypatch.setattr(key_panel, "ask_where_to_save", lambda *_: tmp_path / "nowhere" / "key.pdf")

    press(door, page.key_panel.save_button)

    assert page.key_panel.message.label.text() == "The PDF could not be saved there. Choose another folder."


def test_the_key_is_still_there_in_another_language(door: FrontDoor):
    page = at_the_key(door)
    assert page.key_panel is not None and page.made is not None
    page.key_panel.kept_box.click()

    page.language_box.activated.emit(0)

    assert page.key_panel.is_kept
    assert page.next_button.isEnabled()
    assert page.back_button.isHidden()  # the file is made


def test_a_name_that_cannot_be_printed_is_told_beside_its_own_field(door: FrontDoor):
    page = at_the_officer(door)
    page.office_step.letterhead.office_name.line.setText("Fjord\u0007fondet")
    give_password(door, page, STRONG)

    press(door, page.next_button)

    assert page.office_step.isVisible()
    assert page.office_step.letterhead.office_name.error


# -- the logo


def a_png(width: int = 60, height: int = 30) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide takes text, its stub says bytes
    return bytes(buffer.data().data())


def test_a_logo_is_chosen_shown_and_removed(qtbot: QtBot, tmp_path: Path):
    field = LogoField("logo", "Logo")
    qtbot.addWidget(field)
    field.show()
    png = a_png()

    field.take(a_file_named(tmp_path, "logo.png", png))
    assert field.given() == png
    assert not field.preview.pixmap().isNull()
    field.remove_button.click()

    assert field.given() is None
    assert field.preview.text() == "No logo"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This is not a PNG or JPEG image."),
        (b"GIF89a not ours", "This is not a PNG or JPEG image."),
        (b"\x89PNG\r\n\x1a\n and then nothing", "This is not a PNG or JPEG image."),
        (b"\xff\xd8\xff" + bytes(2_000_000), "This image is larger than 2 MB."),
    ],
)
def test_what_is_no_logo_is_refused_and_the_present_one_stays(
    qtbot: QtBot, tmp_path: Path, content: bytes, sentence: str
):
    field = LogoField("logo", "Logo")
    qtbot.addWidget(field)
    field.set_value(a_png())

    field.take(a_file_named(tmp_path, "logo.png", content))

    assert field.error.startswith(sentence)
    assert field.given() == a_png()


# -- where the file lies


@pytest.mark.parametrize(
    ("name", "file_name"),
    [
        ("Fjordfondet & Søn", "fjordfondet-son"),
        ("Ålesund mikrolån", "alesund-mikrolan"),
        ("😀😀", "office"),
        ("CON", "office"),
        ("../../etc", "etc"),
        ("x" * 200, "x" * 60),
    ],
)
def test_the_file_is_named_after_the_office(name: str, file_name: str):
    assert slug(name) == file_name


def test_a_taken_name_is_counted_on(tmp_path: Path):
    a_file_named(tmp_path, "fjordfondet.mikrolaan", b"")

    assert proposed_path(tmp_path, "Fjordfondet") == tmp_path / "fjordfondet-2.mikrolaan"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_first_acts_are_pressed_by_keyboard(qtbot: QtBot, key: Qt.Key) -> None:
    page = WelcomePage(offers_example=True)
    qtbot.addWidget(page)
    page.show()

    with qtbot.waitSignal(page.example_asked):
        qtbot.keyClick(page.example_card, key)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_button_is_pressed_by_keyboard(qtbot: QtBot, key: Qt.Key) -> None:
    made = button("Sign in")
    qtbot.addWidget(made)

    with qtbot.waitSignal(made.clicked):
        qtbot.keyClick(made, key)
