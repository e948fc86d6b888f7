"""The sheet of a network group's meeting: filled in, printed and saved as a whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mikrolaan.ui.navigation import Destination
from tests.builders import nok
from tests.documents.paper import pages_of
from tests.offices import TestOffice
from tests.repaying import a_group_with_loans
from tests.ui.lending import press, write
from tests.ui.paying import Hands, open_page, taken


@pytest.fixture
def hands() -> Hands:
    return Hands()


def test_a_groups_sheet_is_filled_in_and_saved_at_once(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands
):
    a_group_with_loans(office)
    tab = open_page(qtbot, qapp, office.session, "group").current
    assert QApplication.focusWidget() is tab.group.line

    hands.type("sol")
    hands.press(Qt.Key.Key_Return)
    assert [field.text() for field in tab.lines.fields] == ["", "", ""]
    hands.type("1000")
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down)
    hands.type("500")
    assert tab.sum.text() == "2 payments, NOK\u00a01\u202f500.00"
    hands.press(Qt.Key.Key_Return)  # in the last row it saves

    assert sorted(taken(office)) == [("Ada Berg", 1000, False), ("Cleo Eng", 500, False)]
    assert [field.text() for field in tab.lines.fields] == ["", "", ""]
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert all(is_reversed for _name, _amount, is_reversed in taken(office))


def test_the_sheet_sums_what_is_typed_below_its_column_while_all_of_it_can_be_read(
    office: TestOffice, qtbot: QtBot, qapp: QApplication, hands: Hands
):
    group, _loans = a_group_with_loans(office)
    page = open_page(qtbot, qapp, office.session, "group")
    page.go_to.emit(Destination("payments", group.id, "group"))
    tab = page.current
    assert tab.lines.sum.text() == "0.00"

    write(tab.lines.fields[0].line, "1,250.50")
    write(tab.lines.fields[2].line, "500")
    assert tab.lines.sum.text() == "1\u202f750.50"
    assert tab.sum.text() == "2 payments, NOK\u00a01\u202f750.50"
    assert tab.lines.sum.geometry().right() == tab.lines.fields[0].geometry().right()

    write(tab.lines.fields[1].line, "abc")
    assert (tab.lines.sum.text(), tab.sum.text()) == ("–", "")
    write(tab.lines.fields[1].line, "0")
    assert tab.lines.sum.text() == "1\u202f750.50"
    write(tab.received_on.line, "14 Jan 2026")  # another day shows the rows anew
    assert tab.lines.sum.text() == "1\u202f750.50"


def test_one_wrong_row_keeps_every_row_out_and_says_where(office: TestOffice, qtbot: QtBot, qapp: QApplication):
    group, _loans = a_group_with_loans(office)
    page = open_page(qtbot, qapp, office.session, "group")
    page.go_to.emit(Destination("payments", group.id, "group"))
    tab = page.current
    tab.fill()
    assert [field.value() for field in tab.lines.fields] == [nok(1000)] * 3
    write(tab.received_on.line, "10.01.2026")

    tab.save()

    assert tab.lines.fields[0].error.startswith("The loan was paid out on 15 Jan 2026.")
    assert taken(office) == []
    write(tab.received_on.line, "15.01.2026")
    write(tab.lines.fields[1].line, "abc")
    tab.save()
    assert tab.lines.fields[1].error
    assert taken(office) == []
    for field in tab.lines.fields:
        field.set_value(None)
    tab.save()
    assert tab.message.label.text().startswith("Type at least one amount.")


def test_the_sheet_is_printed_with_what_is_due_on_the_day_of_the_meeting(
    office: TestOffice, qtbot: QtBot, qapp: QApplication
):
    group, _loans = a_group_with_loans(office)
    page = open_page(qtbot, qapp, office.session, "group")
    page.go_to.emit(Destination("payments", group.id, "group"))
    tab = page.current
    write(tab.received_on.line, "20.02.2026")
    press(Qt.Key.Key_Tab)

    tab.print_sheet()

    (text,) = pages_of(tab.paper.pages.content)
    for told in ("Paymentsheet", "Solsikken·meetingof20February2026", "AdaBerg", "BeaDahl", "CleoEng", "Signature"):
        assert told in text
    assert text.count("15Mar2026") == 3
    tab.paper.reject()
    qtbot.addWidget(tab.paper)
