"""Finding a record while one types: with arrows and Enter, with the mouse, or by a name typed to its end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QVBoxLayout, QWidget

from mikrolaan.domain.errors import InvalidValue, RuleError
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.form_dialog import FormDialog
from mikrolaan.ui.widgets.picker import Found, PickerField
from tests.ui.lending import press, write

PEOPLE = [
    Found(UUID(int=1), "Ada Berg", "No. 1"),
    Found(UUID(int=2), "Ada Dahl", "No. 2"),
    Found(UUID(int=3), "Bea Eng", "No. 3"),
    Found(UUID(int=4), "Bea Eng", "No. 4"),
]


def search(text, most):
    return [person for person in PEOPLE if text.casefold() in person.text.casefold()][:most]


@pytest.fixture
def picker(qtbot):
    host = QWidget()
    layout = QVBoxLayout(host)
    picker = PickerField("borrower", "&Borrower", search, placeholder="Type a name")
    layout.addWidget(picker)
    qtbot.addWidget(host)
    with qtbot.waitActive(host):
        host.show()
        host.activateWindow()
    picker.line.setFocus()
    yield picker
    if popup() is not None:
        popup().hide()


def popup() -> Any:
    """The list that floats, or None."""
    shown = QApplication.activePopupWidget()
    return shown if isinstance(shown, QListView) else None


def test_arrows_and_enter_choose(picker):
    write(picker.line, "ada")
    assert popup() is not None
    assert popup().model().rowCount() == 2

    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)

    assert picker.value() == UUID(int=2)
    assert picker.line.text() == "Ada Dahl"
    assert popup() is None


def test_the_mouse_chooses_between_two_of_one_name(picker):
    write(picker.line, "bea eng")
    shown = popup()
    second = shown.visualRect(shown.model().index(1, 0)).center()

    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=second)

    assert picker.value() == UUID(int=4)


def test_a_name_typed_to_its_end_needs_no_choosing(picker):
    write(picker.line, "ada berg")

    assert picker.check()
    assert picker.value() == UUID(int=1)


def test_half_a_name_names_nobody_and_asks_for_a_choice(picker):
    write(picker.line, "ada")
    press(Qt.Key.Key_Escape)

    assert not picker.check()
    assert "Choose one from the list" in picker.error
    with pytest.raises(InvalidValue):
        picker.value()


def test_an_unknown_name_says_what_to_do(picker):
    write(picker.line, "Nobody")

    assert popup() is None
    assert not picker.check()
    assert picker.error == "Nothing is found for this. Look at the spelling, or register it first."


def test_typing_on_after_choosing_forgets_the_choice_before_anyone_hears_of_it(picker):
    heard = []
    picker.changed.connect(lambda: heard.append(picker.peek()))
    write(picker.line, "ada d")
    press(Qt.Key.Key_Return)
    QTest.keyClicks(picker.line, "x")

    assert heard[-2:] == [UUID(int=2), None]
    assert picker.chosen is None


def test_escape_closes_the_list_and_keeps_what_is_typed(picker):
    write(picker.line, "be")
    press(Qt.Key.Key_Escape)

    assert popup() is None
    assert picker.line.text() == "be"


def test_what_is_chosen_survives_being_put_back(qtbot, picker):
    picker.choose(PEOPLE[3])
    again = PickerField("borrower", "Borrower", search)
    qtbot.addWidget(again)

    again.restore_typed(picker.typed())

    assert again.value() == UUID(int=4)
    again.restore_typed("be")
    assert (again.chosen, again.line.text()) == (None, "be")


def test_an_empty_field_that_is_required_says_so(picker):
    assert not picker.check()
    assert picker.error == "Fill this in."


def test_enter_in_the_list_chooses_and_does_not_yet_do_the_dialogs_act(qtbot):
    done = []
    form = Form()
    field = form.add(PickerField("borrower", "Borrower", search))
    shown = FormDialog.ask(None, "Add a member", form, "Add", lambda: done.append(field.value()), lambda: None)
    qtbot.addWidget(shown)
    qtbot.waitUntil(shown.isActiveWindow)
    write(field.line, "ada")

    press(Qt.Key.Key_Return)
    assert (done, field.peek()) == ([], UUID(int=1))

    press(Qt.Key.Key_Return)
    assert done == [UUID(int=1)]


def test_enter_on_cancel_cancels(qtbot):
    done = []
    form = Form()
    form.add(PickerField("borrower", "Borrower", search)).choose(PEOPLE[0])
    shown = FormDialog.ask(None, "Add a member", form, "Add", lambda: done.append(1), lambda: done.append(2))
    qtbot.addWidget(shown)
    qtbot.waitUntil(shown.isActiveWindow)
    cancel = next(found for found in shown.findChildren(type(shown.act_button)) if found.text() == "Cancel")
    cancel.setFocus()

    QTest.keyClick(cancel, Qt.Key.Key_Return)

    assert done == []


def test_a_refused_act_leaves_the_dialog_open_with_the_sentence(qtbot):
    def refuse() -> None:
        raise RuleError

    done = []
    form = Form()
    form.add(PickerField("borrower", "Borrower", search)).choose(PEOPLE[0])
    shown = FormDialog.ask(None, "Add a member", form, "Add", refuse, lambda: done.append(1))
    qtbot.addWidget(shown)

    shown.act_button.click()

    assert shown.isVisible()
    assert form.message.label.text() == "The lender's rules do not allow this. Nothing was changed."
    assert done == []
