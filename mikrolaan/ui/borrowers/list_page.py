"""The list of borrowers: search in any spelling, open a case, register a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from mikrolaan.domain.contact import format_phone
from mikrolaan.domain.money import Currency
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.queries import Order, Slice
from mikrolaan.services.rows import BorrowerRow
from mikrolaan.services.session import Session
from mikrolaan.ui.borrowers.drafts import Drafts
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import action_button
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.fields import SearchField
from mikrolaan.ui.widgets.list_page import ListPage
from mikrolaan.ui.widgets.table_model import Align, Column

NARROW = 1060  # a narrower page leaves out the place, so that names have room
ENTERPRISE_COLUMN, PLACE_COLUMN = 3, 5
ENTERPRISE_WIDTH = 152  # at least; names get the rest
OTHER_COLUMNS = 768  # pixels that all columns but name and enterprise take


class BorrowersPage(ListPage[BorrowerRow]):
    """All borrowers. The identity number is searched but not shown: others may look on."""

    search_width = 400

    def __init__(self, session: Session, runner: TaskRunner, drafts: Drafts | None = None) -> None:
        super().__init__(_("Borrowers"))
        self._session = session
        self._drafts = drafts or Drafts()
        self.new_act = self.add_act(
            _("&New borrower"), self.new, shortcut="Ctrl+N", tip=_("Register a borrower"), icon_name="user-plus"
        )
        self.set_main_action(self.new_act)
        self.clear_act = self.add_act(
            _("Clear the search"), self.clear_search, tip=_("Show all borrowers again"), icon_name="x"
        )
        self.register_act = self.add_act("", self.register_searched, icon_name="user-plus")
        nothing_found = EmptyState(
            "magnifying-glass", _("Try fewer letters, or a number."), self.clear_act, _("Nobody found")
        )
        layout = nothing_found.layout()
        assert isinstance(layout, QVBoxLayout)
        register = action_button(self.register_act)
        layout.insertWidget(layout.count() - 1, register, 0, Qt.AlignmentFlag.AlignHCenter)
        self.lay_out_list(
            SearchField("search", _("Search borrowers"), _("Name, number, phone or enterprise, in any spelling")),
            _columns(session.office.get().currency),
            EmptyState(
                "users",
                _("Everybody with a case will be listed here, before, during and after a loan."),
                self.new_act,
                _("No borrowers yet"),
            ),
            nothing_found,
        )

    # -- acts

    def new(self) -> None:
        """Open the form for a new borrower."""
        self.go_to.emit(Destination("borrower_new"))

    def register_searched(self) -> None:
        """Open the form for a new borrower with what was searched for."""
        self._drafts.search_to_register = self.search.text()
        self.new()

    # -- the list

    def how_many(self) -> int:
        return self._session.queries.count_borrowers(self.search.text())

    def how_many_in_all(self) -> int:
        return self._session.queries.count_borrowers()

    def rows(self, order: Order, part: Slice) -> Sequence[BorrowerRow]:
        return self._session.queries.borrowers(self.search.text(), order, part)

    def open_row(self, row: object) -> None:
        if isinstance(row, BorrowerRow):
            self.go_to.emit(Destination("borrower", row.id))

    def counted(self, rows: int) -> str:
        return ngettext("{count} borrower", "{count} borrowers", rows)

    def show_count(self) -> None:
        super().show_count()
        searched = self.search.text()
        self.register_act.setText(_("Register “{name}”").format(name=searched))
        self.register_act.setVisible(bool(searched) and not self.model.rowCount())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(PLACE_COLUMN, self.width() < NARROW)
        self.table.setColumnWidth(ENTERPRISE_COLUMN, max(ENTERPRISE_WIDTH, (self.width() - OTHER_COLUMNS) // 2))


def _columns(currency: Currency) -> tuple[Column[BorrowerRow], ...]:
    def born(row: BorrowerRow) -> str:
        return current_language().date(row.birth_date) if row.birth_date else ""

    return (
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
            lambda: _("Outstanding, {currency}").format(currency=currency.value),
            lambda row: current_language().amount(row.outstanding) if row.loans else "",
            Align.END,
            sort_key="outstanding",
            width=140,
        ),
    )
