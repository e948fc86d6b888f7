"""Long lists: the true number of rows, pages read when painted, Enter opens."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QHelpEvent, QTextDocumentFragment
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton, QStyleOptionViewItem, QToolTip

from mikrolaan.ui.widgets.basics import unnamed_focusable
from mikrolaan.ui.widgets.cards import EmptyState, State
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import PAGE_SIZE, PAGES_KEPT, Align, Column, PagedTableModel


@dataclass
class Borrowers:
    """A query over numbered borrowers that remembers what it was asked."""

    total: int
    descending: bool = False
    shrunk_by: int = 0

    def __post_init__(self):
        self.asked = []

    def count(self):
        return self.total

    def fetch(self, offset, limit):
        self.asked.append(offset)
        rows = range(self.total - self.shrunk_by)
        return list(reversed(rows) if self.descending else rows)[offset : offset + limit]

    def sort_by(self, key, descending):
        assert key == "name"
        self.descending = descending


def model_of(borrowers):
    columns: list[Column[int]] = [
        Column(lambda: "Name", lambda row: f"Borrower {row}", sort_key="name", tooltip=lambda row: f"Number {row}"),
        Column(
            lambda: "State", lambda row: "Repaying", state=lambda row: State("Repaying", "check", "good"), width=120
        ),
        Column(lambda: "Balance", lambda row: f"{row},00", Align.END, width=120),
    ]
    return PagedTableModel(columns, borrowers.count, borrowers.fetch, borrowers.sort_by)


@pytest.mark.parametrize("total", [0, 1, 99, 100, 101, 250])
def test_the_model_keeps_qts_rules(qtbot, total):
    model = model_of(Borrowers(total))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    model.reload()
    model.sort(0, Qt.SortOrder.DescendingOrder)

    assert model.rowCount() == total
    tester.deleteLater()


def test_ten_thousand_rows_are_known_and_one_page_is_read(qtbot):
    borrowers = Borrowers(10_000)
    table = Table(model_of(borrowers), "Borrowers")
    qtbot.addWidget(table)
    table.resize(800, 600)
    table.show()
    table.grab()

    assert table.model().rowCount() == 10_000
    assert borrowers.asked == [0]

    table.scrollToBottom()
    table.grab()
    assert table.model().index(9_999, 0).data() == "Borrower 9999"
    assert borrowers.asked[-1] == 9_900
    assert len(borrowers.asked) <= 3


def test_pages_long_unseen_are_forgotten(qtbot):
    borrowers = Borrowers(PAGE_SIZE * (PAGES_KEPT + 5))
    model = model_of(borrowers)
    for page in range(PAGES_KEPT + 5):
        model.index(page * PAGE_SIZE, 0).data()

    model.row(0)

    assert borrowers.asked.count(0) == 2


def test_a_list_that_became_shorter_shows_empty_rows_until_reloaded(qtbot):
    model = model_of(Borrowers(10, shrunk_by=4))

    assert model.index(9, 0).data() == ""
    assert model.row(9) is None
    assert model.row(-1) is None


def test_a_click_on_the_heading_sorts_in_the_query(qtbot):
    borrowers = Borrowers(50)
    table = Table(model_of(borrowers), "Borrowers")
    qtbot.addWidget(table)
    table.resize(800, 400)
    table.show()
    header = table.horizontalHeader()

    def click(section):
        where = header.viewport().rect().topLeft()
        where.setX(header.sectionViewportPosition(section) + 20)
        where.setY(header.height() // 2)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)

    click(0)
    assert table.model().index(0, 0).data() == "Borrower 0"
    click(0)
    assert table.model().index(0, 0).data() == "Borrower 49"
    click(2)
    assert table.model().index(0, 0).data() == "Borrower 49"


def test_enter_opens_the_chosen_row(qtbot):
    table = Table(model_of(Borrowers(50)), "Borrowers")
    qtbot.addWidget(table)
    table.show()
    table.selectRow(7)

    with qtbot.waitSignal(table.row_opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)

    assert opened.args == [7]
    assert table.selected_row() == 7
    table.reload()
    assert table.selected_row() == 7


def test_an_empty_list_says_what_will_be_here(qtbot):
    borrowers = Borrowers(0)
    empty = EmptyState("users", "Borrowers will be listed here.")
    table = Table(model_of(borrowers), "Borrowers", empty)
    qtbot.addWidget(table)
    table.show()
    assert empty.isVisible()

    borrowers.total = 3
    table.reload()
    assert not empty.isVisible()
    assert unnamed_focusable(table) == []


def test_a_low_empty_list_leaves_out_the_picture_before_the_words_lie_over_each_other(qtbot):
    act = QAction("New borrower")
    empty = EmptyState("users", "Borrowers will be listed here.", act, "No borrowers yet")
    table = Table(model_of(Borrowers(0)), "Borrowers", empty)
    qtbot.addWidget(table)
    table.resize(600, 400)
    table.show()
    assert empty.picture.isVisible()

    table.resize(600, 180)
    assert not empty.picture.isVisible()
    (button,) = empty.findChildren(QPushButton)
    qtbot.waitUntil(lambda: empty.rect().contains(button.geometry()))
    assert button.geometry().top() > empty.text.geometry().bottom()

    table.resize(600, 400)
    assert empty.picture.isVisible()


def test_what_a_payer_calls_himself_is_told_in_letters_and_never_as_marks(qtbot, monkeypatch):
    shown = []
    monkeypatch.setattr(QToolTip, "showText", lambda _pos, text, _view: shown.append(text))
    name = '<img src="file://stranger/a.png">A rather long name'
    column: Column[int] = Column(lambda: "Paid by", lambda _row: name, width=80)
    table = Table(PagedTableModel([column], lambda: 1, lambda _offset, _limit: [0]), "Lines")
    qtbot.addWidget(table)
    table.show()
    asked = QHelpEvent(QEvent.Type.ToolTip, QPoint(10, 10), QPoint(10, 10))
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 80, 32)

    table.itemDelegate().helpEvent(asked, table, option, table.model().index(0, 0))

    (told,) = shown
    assert "<img" not in told
    assert QTextDocumentFragment.fromHtml(told).toPlainText() == name
