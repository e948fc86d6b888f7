"""Signing in, forgetting the password, locking and coming back, in the one window."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mikrolaan import app
from mikrolaan.domain.errors import OfficeFileError
from mikrolaan.services.file_errors import (
    DiskFull,
    FileDamaged,
    FileFromNewerVersion,
    FileInUse,
    FileMissing,
    FileReadOnly,
    WrongPassword,
)
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.start.password_rules import Weakness, strength
from mikrolaan.ui.start.problem_page import ProblemPage
from mikrolaan.ui.start.recovery_page import RecoveryPage
from mikrolaan.ui.start.sign_in_page import SignInPage
from mikrolaan.ui.start.waiting_page import WaitingPage
from mikrolaan.ui.start.welcome_page import WelcomePage
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import unnamed_focusable
from mikrolaan.ui.widgets.dialogs import Dialog
from tests.offices import PASSWORD, make_office
from tests.ui.front_door import HOSTILE, STRONG, FrontDoor

OFFICE_OF_0001 = Path(__file__).parents[1] / "data" / "offices" / "0001"  # the program knew only revision 0001


@pytest.fixture
def door(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FrontDoor]:
    monkeypatch.setenv("MIKROLAAN_HOME", str(tmp_path))
    made = FrontDoor(qtbot, qapp)
    yield made
    made.close()


@pytest.fixture
def closed_office(tmp_path: Path):
    """An office file that nobody has open."""
    made = make_office(tmp_path)
    made.session.close()
    return made


def press(door: FrontDoor, button) -> None:
    door.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def try_password(door: FrontDoor, password: str) -> SignInPage:
    page: SignInPage = door.wait_for(SignInPage)
    page.password.line.clear()
    door.qtbot.keyClicks(page.password.line, password)
    door.qtbot.keyClick(page.password.line, Qt.Key.Key_Return)
    return page


def signed_in(door: FrontDoor, path: Path) -> MainWindow:
    door.flow.start(path)
    try_password(door, PASSWORD)
    main: MainWindow = door.wait_for(MainWindow)
    return main


# -- signing in


def test_the_password_and_enter_open_the_office(door: FrontDoor, closed_office):
    main = signed_in(door, closed_office.path)

    assert main.header.office_label.text() == "Fjordfondet"
    assert door.settings.last_office == str(closed_office.path)


def test_the_office_used_last_is_offered_at_the_next_start(door: FrontDoor, closed_office):
    door.settings = type(door.settings)(last_office=str(closed_office.path), language="en")

    door.flow.start()

    page = door.wait_for(SignInPage)
    assert page.path == closed_office.path
    assert page.officer_name.isHidden()  # one officer: the password tells who it is
    assert unnamed_focusable(page) == []


def test_a_wrong_password_is_told_beside_the_field_and_never_locks_out(door: FrontDoor, closed_office):
    door.flow.start(closed_office.path)
    page = try_password(door, "not the password")
    door.until(lambda: bool(page.password.error))
    assert page.password.error == "This is not the password. Look at Caps Lock and try again."
    assert page.sign_in_button.isEnabled()

    for _ in range(2):
        page.password.clear_error()
        try_password(door, "not the password")
        door.until(lambda: bool(page.password.error))
    assert page.password.error == "This is not the password. You can try again in 1 second."
    assert not page.sign_in_button.isEnabled()

    door.until(page.sign_in_button.isEnabled)
    assert page.password.error == "You can try again now."
    door.clock.turn(days=1)
    try_password(door, PASSWORD)
    assert door.wait_for(MainWindow)


def test_opening_an_older_file_counts_the_loans_that_are_brought_up_to_date(door: FrontDoor, tmp_path: Path):
    shutil.copytree(OFFICE_OF_0001, tmp_path / "older")
    door.flow.start(tmp_path / "older" / "fjordfondet.mikrolaan")
    page = try_password(door, PASSWORD)
    line = page.busy_line
    told = [(line.label.text(), line.bar.maximum())]
    (opening,) = door.runner._tasks
    opening.progressed.connect(lambda _done, _total: told.append((line.label.text(), line.bar.maximum())))
    door.wait_for(MainWindow)

    assert told == [("Opening the office file…", 0), ("Bringing the office file up to date: 0 of 1 loan…", 1)]


def test_the_wait_is_counted_down(qtbot: QtBot, qapp: QApplication, tmp_path: Path):
    def refuse(password: str, name: str, progress: object) -> object:
        raise WrongPassword(2.2)

    page = SignInPage(TaskRunner(qapp), tmp_path / "a.mikrolaan", refuse)
    qtbot.addWidget(page)
    page.show()
    qtbot.keyClicks(page.password.line, "wrong")
    page.sign_in()

    seen: list[str] = []
    until = time.monotonic() + 20
    while "You can try again now." not in seen and time.monotonic() < until:
        qtbot.wait(50)
        if page.password.error and page.password.error not in seen:
            seen.append(page.password.error)

    assert [sentence[-27:] for sentence in seen[:-1]] == [
        "You can try again in 3 seconds."[-27:],
        "You can try again in 2 seconds."[-27:],
        "You can try again in 1 second."[-27:],
    ]


def test_a_wait_left_from_before_is_shown_at_once(qtbot: QtBot, qapp: QApplication, tmp_path: Path):
    page = SignInPage(TaskRunner(qapp), tmp_path / "a.mikrolaan", lambda *_: None, wait_seconds=30)
    qtbot.addWidget(page)

    assert "30 seconds" in page.password.error
    assert not page.sign_in_button.isEnabled()


def test_the_name_is_asked_where_several_officers_sign_in(qtbot: QtBot, qapp: QApplication, tmp_path: Path):
    tried: list[tuple[str, str]] = []
    page = SignInPage(TaskRunner(qapp), tmp_path / "a.mikrolaan", lambda *given: tried.append(given[:2]), officers=2)
    qtbot.addWidget(page)
    page.show()
    qtbot.keyClicks(page.password.line, "secret")

    page.sign_in()
    assert page.officer_name.error == "Fill this in."
    qtbot.keyClicks(page.officer_name.line, "Kari")
    page.sign_in()

    qtbot.waitUntil(lambda: tried == [("secret", "Kari")])


@pytest.mark.parametrize("rubbish", HOSTILE)
def test_rubbish_is_only_a_wrong_password(door: FrontDoor, closed_office, rubbish: str):
    door.flow.start(closed_office.path)
    page = door.wait_for(SignInPage)
    page.password.line.setText(rubbish)

    page.sign_in()

    door.until(lambda: bool(page.password.error))
    assert page.password.error.startswith("This is not the password.")


def test_another_language_keeps_the_password_typed(door: FrontDoor, closed_office):
    door.flow.start(closed_office.path)
    page = door.wait_for(SignInPage)
    door.qtbot.keyClicks(page.password.line, "half a pass")

    page.language_box.activated.emit(0)

    assert door.settings.language == "nb"
    assert page.password.line.text() == "half a pass"


# -- what can be wrong with a file


FILE = Path("/somewhere/office.mikrolaan")
PROBLEMS: list[OfficeFileError] = [
    FileInUse(FILE),
    FileFromNewerVersion(FILE),
    FileDamaged(FILE),
    FileMissing(FILE),
    FileMissing(FILE, keys=True),
    FileReadOnly(FILE),
    DiskFull(FILE),
]


def test_every_problem_has_its_own_words_and_a_way_on(qtbot: QtBot):
    told = set()
    for error in PROBLEMS:
        page = ProblemPage(FILE, error)
        qtbot.addWidget(page)
        told.add((page.title(), page.sentence.text()))
        assert not page.other_button.isHidden()
        assert page.key_button.isHidden() is not (isinstance(error, FileMissing) and error.keys)

    assert len(told) == len(PROBLEMS)


def test_a_file_that_is_gone_leads_back_to_the_start_page(door: FrontDoor, tmp_path: Path):
    door.flow.start(tmp_path / "gone.mikrolaan")

    page = door.wait_for(ProblemPage)
    assert page.title() == "The office file is not there"
    press(door, page.back_button)

    assert door.wait_for(WelcomePage)


def test_a_file_in_use_opens_on_a_second_try_when_it_is_free(door: FrontDoor, tmp_path: Path):
    busy = make_office(tmp_path)
    door.flow.start(busy.path)
    try_password(door, PASSWORD)
    page = door.wait_for(ProblemPage)
    assert page.title() == "The office file is in use"

    busy.session.close()
    press(door, page.again_button)
    try_password(door, PASSWORD)

    assert door.wait_for(MainWindow)


def test_a_damaged_file_is_refused_and_left_as_it_is(door: FrontDoor, closed_office):
    broken = bytes(reversed(closed_office.path.read_bytes()))
    closed_office.path.write_bytes(broken)
    door.flow.start(closed_office.path)
    if isinstance(door.flow.page, SignInPage):
        try_password(door, PASSWORD)

    assert door.wait_for(ProblemPage).title() == "The office file cannot be read"
    assert closed_office.path.read_bytes() == broken


# -- the recovery key


def test_the_recovery_key_gives_a_new_password(door: FrontDoor, closed_office):
    door.flow.start(closed_office.path)
    press(door, door.wait_for(SignInPage).forgotten_button)
    page = door.wait_for(RecoveryPage)
    page.key.box.setPlainText(closed_office.recovery_key.lower().replace("-", " "))
    door.qtbot.keyClicks(page.password.first.line, STRONG)
    door.qtbot.keyClicks(page.password.repeated.line, STRONG)

    press(door, page.open_button)

    door.wait_for(MainWindow)
    door.flow.lock()
    try_password(door, STRONG)
    assert door.wait_for(MainWindow)


def test_a_mistyped_key_is_told_apart_from_another_files(door: FrontDoor, closed_office, tmp_path: Path):
    (tmp_path / "other").mkdir()
    other = make_office(tmp_path / "other")
    other.session.close()
    door.flow.start(closed_office.path)
    press(door, door.wait_for(SignInPage).forgotten_button)
    page = door.wait_for(RecoveryPage)
    for field in (page.password.first, page.password.repeated):
        door.qtbot.keyClicks(field.line, STRONG)

    page.key.box.setPlainText("1234-" + closed_office.recovery_key[5:])
    press(door, page.open_button)
    door.until(lambda: bool(page.key.error))
    assert page.key.error.startswith("Something in the key is mistyped.")

    page.key.clear_error()
    page.key.box.setPlainText(other.recovery_key)
    press(door, page.open_button)
    door.until(lambda: bool(page.key.error))
    assert page.key.error.startswith("This key belongs to another office file.")


# -- locking


def test_locking_closes_the_file_and_signing_in_leads_back_to_the_same_place(door: FrontDoor, closed_office):
    main = signed_in(door, closed_office.path)
    main.go_to(Destination("settings", tab="about"))

    door.qtbot.keyClick(door.flow.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    page = door.wait_for(SignInPage)
    assert page.note.label.text().startswith("Locked.")
    assert door.flow.session is None
    app.unlock(door.files, closed_office.path, PASSWORD).close()  # nobody holds the file
    try_password(door, PASSWORD)
    again = door.wait_for(MainWindow)
    assert again is not main
    assert again.history.here == Destination("settings", tab="about")


def test_the_keys_that_lock_are_heard_in_a_dialog_too(door: FrontDoor, closed_office):
    main = signed_in(door, closed_office.path)
    dialog = Dialog(main, "Open")
    dialog.open()
    door.qtbot.waitExposed(dialog)
    door.idle_watch.look()

    pressed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(dialog.windowHandle(), pressed)

    door.wait_for(SignInPage)
    assert door.flow.session is None


def test_locking_waits_until_the_work_under_way_is_done(door: FrontDoor, closed_office):
    signed_in(door, closed_office.path)
    free: list[bool] = []

    def work(_progress: object, _cancelled: object) -> None:
        until = time.monotonic() + 20
        while not free and time.monotonic() < until:
            time.sleep(0.01)

    door.runner.submit(work)
    door.flow.lock()
    door.wait_for(WaitingPage)
    door.qtbot.wait(250)
    assert door.flow.session is not None

    free.append(True)

    door.wait_for(SignInPage)
    assert door.flow.session is None


def test_nobody_at_the_machine_is_warned_and_then_locked_out_of_sight(door: FrontDoor, closed_office):
    signed_in(door, closed_office.path)  # locks after ten minutes

    door.seconds = 9 * 60 - 1
    door.idle_watch.look()
    assert door.flow.banner.isHidden()
    door.seconds = 9 * 60 + 20
    door.idle_watch.look()
    assert door.flow.banner.label.text().startswith("This locks in 40 seconds")
    door.seconds = 10 * 60
    door.idle_watch.look()

    assert "nobody used it" in door.wait_for(SignInPage).note.label.text()
    assert door.flow.banner.isHidden()


def test_a_moved_mouse_keeps_the_office_open(door: FrontDoor, closed_office):
    signed_in(door, closed_office.path)
    door.seconds = 9 * 60 + 20
    door.idle_watch.look()

    place = QPointF(300, 300)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, place, place, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier(0)
    )
    QApplication.sendEvent(door.flow.window.windowHandle(), moved)

    assert door.flow.banner.isHidden()
    door.seconds += 9 * 60 - 1
    door.idle_watch.look()
    assert isinstance(door.flow.page, MainWindow)


# -- the example, and the end


def test_the_example_opens_with_its_password_filled_in(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MIKROLAAN_HOME", str(tmp_path))

    def build(folder: Path) -> tuple[Path, str]:
        folder.mkdir(parents=True)
        made = make_office(folder)
        made.session.close()
        return made.path, PASSWORD

    door = FrontDoor(qtbot, qapp, build_example=build)
    door.flow.start()
    press(door, door.wait_for(WelcomePage).example_card)
    page = door.wait_for(SignInPage)
    assert PASSWORD in page.note.label.text()

    press(door, page.sign_in_button)

    door.wait_for(MainWindow)
    door.close()


def test_an_example_that_cannot_be_made_is_told(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MIKROLAAN_HOME", str(tmp_path))

    def build(folder: Path) -> tuple[Path, str]:
        raise DiskFull(folder)

    door = FrontDoor(qtbot, qapp, build_example=build)
    door.flow.start()
    page = door.wait_for(WelcomePage)

    press(door, page.example_card)

    door.until(lambda: not page.message.isHidden())
    assert page.message.label.text().startswith("The disk is full.")
    assert page.create_card.isEnabled()
    door.close()


def test_closing_the_window_closes_the_file_and_remembers_the_window(door: FrontDoor, closed_office):
    signed_in(door, closed_office.path)

    door.flow.window.close()

    assert door.flow.session is None
    assert door.settings.window
    app.unlock(door.files, closed_office.path, PASSWORD).close()


# -- passwords


@pytest.mark.parametrize(
    ("password", "is_enough", "weakness"),
    [
        ("", False, Weakness.SHORT),
        ("k9#Qv", False, Weakness.SHORT),
        ("qwertyuiop", False, Weakness.COMMON_WORD),
        ("Fjordfondet1", False, Weakness.OWN_NAME),
        ("zzzzzzzzzzzzz", False, Weakness.REPEAT),
        (STRONG, True, Weakness.COMMON_WORD),
        ("x7$Lq9!vTz2#pW", True, Weakness.NONE),
    ],
)
def test_what_is_easily_guessed_is_refused(password: str, is_enough: bool, weakness: Weakness):
    found = strength(password, ["Fjordfondet", "Kari Nordmann"])

    assert (found.is_enough, found.weakness) == (is_enough, weakness)


@pytest.mark.parametrize("rubbish", HOSTILE)
def test_every_text_has_a_strength(rubbish: str):
    assert 0 <= strength(rubbish, [rubbish]).score <= 4
