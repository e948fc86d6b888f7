"""The list of borrowers: search in any spelling, open a case, register a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from mikrolaan.domain.contact import format_phone
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.queries import Order, Slice
from mikrolaan.services.rows import BorrowerRow
from mikrolaan.services.session import Session
from mikrolaan.ui.borrowers.drafts import Drafts
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import action_button, label
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.fields import SearchField
from mikrolaan.ui.widgets.page import Page
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel

SEARCH_WIDTH = 400
NARROW = 1060  # a narrower page leaves out the place, so that names have room
ENTERPRISE_COLUMN, PLACE_COLUMN = 3, 5
ENTERPRISE_WIDTH = 152  # at least; names get the rest
OTHER_COLUMNS = 768  # pixels that all columns but name and enterprise take


class BorrowersPage(Page):
    """All borrowers. The identity number is searched but not shown: others may look on."""

    def __init__(self, session: Session, runner: TaskRunner, drafts: Drafts | None = None) -> None:
        super().__init__(_("Borrowers"))
        self._session = session
        self._drafts = drafts or Drafts()
        self._order = Order()
        self._currency = session.office.get().currency
        self.new_act = self.add_act(
            _("&New borrower"), self.new, shortcut="Ctrl+N", tip=_("Register a borrower"), icon_name="user-plus"
        )
        self.set_main_action(self.new_act)
        self.clear_act = self.add_act(
            _("Clear the search"), self.clear_search, tip=_("Show all borrowers again"), icon_name="x"
        )
        self.register_act = self.add_act("", self.register_searched, icon_name="user-plus")
        self.search = SearchField(
            "search", _("Search borrowers"), _("Name, number, phone or enterprise, in any spelling")
        )
        self.search.setMinimumWidth(SEARCH_WIDTH)
        self.search.searched.connect(self._on_searched)
        self.search.submitted.connect(self._on_enter)
        self.first_focus = self.search.line
        self.count_label = label("", "muted")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.search)
        row.addWidget(self.count_label)
        row.addStretch(1)
        self.body.addLayout(row)
        self.model = PagedTableModel(self._columns(), self._count, self._part, self._sort)
        self.table = Table(self.model, _("Borrowers"))
        self.table.row_opened.connect(self._open)
        self.body.addWidget(self.table, 1)
        self._make_empty_states()
        self._show_counts()

    def _make_empty_states(self) -> None:
        self.none_yet = EmptyState(
            "users",
            _("Everybody with a case will be listed here, before, during and after a loan."),
            self.new_act,
            _("No borrowers yet"),
        )
        self.nothing_found = EmptyState(
            "magnifying-glass", _("Try fewer letters, or a number."), self.clear_act, _("Nobody found")
        )
        register = action_button(self.register_act)
        layout = self.nothing_found.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, register, 0, Qt.AlignmentFlag.AlignHCenter)
        for state in (self.none_yet, self.nothing_found):
            state.cover(self.table.viewport())
            state.hide()

    # -- acts

    def new(self) -> None:
        """Open the form for a new borrower."""
        self.go_to.emit(Destination("borrower_new"))

    def clear_search(self) -> None:
        """Show everybody again."""
        self.search.line.clear()
        self.refresh()
        self.search.line.setFocus()

    def register_searched(self) -> None:
        """Open the form for a new borrower with what was searched for."""
        self._drafts.search_to_register = self.search.text()
        self.new()

    def refresh(self) -> None:
        self.table.reload()
        self._show_counts()

    # -- the list

    def _columns(self) -> list[Column[BorrowerRow]]:
        def born(row: BorrowerRow) -> str:
            return current_language().date(row.birth_date) if row.birth_date else ""

        return [
            Column(lambda: _("No."), lambda row: str(row.number), Align.END, sort_key="number", width=64),
            Column(lambda: _("Name"), lambda row: row.name, sort_key="name"),
            Column(lambda: _("Born"), born, sort_key="birth_date", width=116),
            Column(lambda: _("Enterprise"), lambda row: row.enterprise, sort_key="enterprise", width=ENTERPRISE_WIDTH),
            Column(
                lambda: _("Phone"),
                lambda row: format_phone(row.phone) if row.phone else "",
                sort_key="phone",
                width=140,
            ),
            Column(lambda: _("Place"), lambda row: row.city, sort_key="city", width=112),
            Column(
                lambda: _("Loans"),
                lambda row: str(row.loans) if row.loans else "",
                Align.END,
                sort_key="loans",
                width=72,
            ),
            Column(
                lambda: _("Outstanding, {currency}").format(currency=self._currency.value),
                lambda row: current_language().amount(row.outstanding) if row.loans else "",
                Align.END,
                sort_key="outstanding",
                width=140,
            ),
        ]

    def _count(self) -> int:
        return self._session.queries.count_borrowers(self.search.text())

    def _part(self, offset: int, limit: int) -> Sequence[BorrowerRow]:
        return self._session.queries.borrowers(self.search.text(), self._order, Slice(offset, limit))

    def _sort(self, key: str, descending: bool) -> None:
        self._order = Order(key, descending)

    def _show_counts(self) -> None:
        found, searched = self.model.rowCount(), self.search.text()
        total = self._session.queries.count_borrowers("") if searched else found
        speaks = current_language()
        if searched:
            told = _("{count} of {total}").format(count=speaks.number(found), total=speaks.number(total))
        else:
            told = ngettext("{count} borrower", "{count} borrowers", total).format(count=speaks.number(total))
        self.count_label.setText(told if total else "")
        self.none_yet.setVisible(total == 0)
        self.nothing_found.setVisible(bool(total) and found == 0)
        self.register_act.setText(_("Register “{name}”").format(name=searched))
        self.register_act.setVisible(bool(searched) and found == 0)
        self.clear_act.setVisible(bool(searched))

    def _open(self, row: BorrowerRow) -> None:
        self.go_to.emit(Destination("borrower", row.id))

    def _on_searched(self, _text: str) -> None:
        """A pause that ends out of sight asks nothing: the office file may be locked by then."""
        if self.isVisible():
            self.refresh()

    def _on_enter(self) -> None:
        """Enter opens the only one found, else it goes into the list."""
        self.refresh()
        first = self.model.row(0)
        if first is None:
            return
        if self.model.rowCount() == 1:
            self._open(first)
            return
        self.table.setFocus()
        self.table.setCurrentIndex(self.model.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(PLACE_COLUMN, self.width() < NARROW)
        self.table.setColumnWidth(ENTERPRISE_COLUMN, max(ENTERPRISE_WIDTH, (self.width() - OTHER_COLUMNS) // 2))
