"""The list of network groups."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout

from mikrolaan.domain.money import Currency
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.queries import Order, Slice
from mikrolaan.services.rows import GroupRow
from mikrolaan.services.session import Session
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.fields import SearchField
from mikrolaan.ui.widgets.page import Page
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel

SEARCH_WIDTH = 360


class GroupListPage(Page):
    """Every group with its leader, members and what they owe together."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("Network groups"))
        self._session = session
        self._order = Order()
        self.form_act = self.add_act(
            _("Form a group"), self._form, shortcut="Ctrl+N", icon_name="plus", tip=_("Form a new network group")
        )
        self.set_main_action(self.form_act)

        self.clear_act = self.add_act(
            _("Show all groups"), self.clear_search, tip=_("Clear the search and show every group"), icon_name="x"
        )
        self.search = SearchField("search", _("Search groups"), _("Name or number of the group"))
        self.search.setFixedWidth(SEARCH_WIDTH)
        self.search.searched.connect(lambda _text: self.refresh())
        self.search.submitted.connect(self._on_enter)
        self.first_focus = self.search.line
        self.count = label("", "muted")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.search)
        row.addWidget(self.count)
        row.addStretch(1)
        self.body.addLayout(row)

        self.model: PagedTableModel[GroupRow] = PagedTableModel(
            _columns(session.office.get().currency), self._count, self._fetch, self._sort_by
        )
        self.table = Table(self.model, _("Network groups"))
        self.table.row_opened.connect(self._open)
        self.body.addWidget(self.table, 1)
        self.none_yet = EmptyState(
            "users-three",
            _("A network group is a few borrowers who meet, support each other and have their say on each loan."),
            self.form_act,
            title=_("No groups yet"),
        )
        self.nothing_found = EmptyState(
            "magnifying-glass", _("Try fewer letters."), self.clear_act, title=_("No group found")
        )
        for state in (self.none_yet, self.nothing_found):
            state.cover(self.table.viewport())
        self._show_count()

    def clear_search(self) -> None:
        """Show every group again."""
        self.search.line.clear()
        self.refresh()
        self.search.line.setFocus()

    def refresh(self) -> None:
        self.table.reload()
        self._show_count()

    def _show_count(self) -> None:
        shown, searched = self.model.rowCount(), self.search.text()
        spoken = current_language().number(shown)
        self.count.setText(ngettext("{count} group", "{count} groups", shown).format(count=spoken))
        self.none_yet.setVisible(not shown and not searched)
        self.nothing_found.setVisible(not shown and bool(searched))
        self.clear_act.setVisible(bool(searched))

    def _count(self) -> int:
        return self._session.queries.count_groups(self.search.text())

    def _fetch(self, offset: int, limit: int) -> Sequence[GroupRow]:
        return self._session.queries.groups(self.search.text(), self._order, Slice(offset, limit))

    def _sort_by(self, key: str, descending: bool) -> None:
        self._order = Order(key, descending)

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

    def _form(self) -> None:
        self.go_to.emit(Destination("group_form"))

    def _open(self, row: object) -> None:
        if isinstance(row, GroupRow):
            self.go_to.emit(Destination("group", row.id))


def _columns(currency: Currency) -> tuple[Column[GroupRow], ...]:
    return (
        Column(lambda: _("No."), lambda row: str(row.number), Align.END, sort_key="number", width=64),
        Column(lambda: _("Group"), lambda row: row.name, sort_key="name"),
        Column(lambda: _("Leader"), lambda row: row.leader or _("none chosen"), sort_key="leader"),
        Column(lambda: _("Members"), lambda row: str(row.members), Align.END, sort_key="members", width=96),
        Column(lambda: _("Loans"), lambda row: str(row.loans), Align.END, sort_key="loans", width=80),
        Column(
            lambda: _("Outstanding, {currency}").format(currency=currency.value),
            lambda row: current_language().amount(row.outstanding) if row.outstanding else "–",
            Align.END,
            sort_key="outstanding",
            width=160,
        ),
        Column(
            lambda: _("Formed"),
            lambda row: current_language().date(row.formed_on),
            sort_key="formed_on",
            width=120,
        ),
    )
