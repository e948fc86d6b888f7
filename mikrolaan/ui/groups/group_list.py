"""The list of network groups."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from mikrolaan.domain.money import Currency
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.queries import Order, Slice
from mikrolaan.services.rows import GroupRow
from mikrolaan.services.session import Session
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.page import Page
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel

SEARCH_AFTER_MS = 100


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

        row = QHBoxLayout()
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search by group, leader or member"))
        self.search.setAccessibleName(_("Search groups"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(420)
        self.count = label("", "muted")
        row.addWidget(self.search, 1)
        row.addWidget(self.count)
        row.addStretch(1)
        self.body.addLayout(row)

        self._model: PagedTableModel[GroupRow] = PagedTableModel(
            _columns(session.office.get().currency), self._count, self._fetch, self._sort_by
        )
        empty = EmptyState(
            "users-three",
            _("A network group is a few borrowers who meet, support each other and have their say on each loan."),
            self.form_act,
            title=_("No groups to show"),
        )
        self.table = Table(self._model, _("Network groups"), empty)
        self.table.row_opened.connect(self._open)
        self.body.addWidget(self.table, 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(SEARCH_AFTER_MS)
        self._typing.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _text: self._typing.start())

    def refresh(self) -> None:
        self.table.reload()
        shown = self._model.rowCount()
        self.count.setText(ngettext("{count} group", "{count} groups", shown).format(count=shown))

    def _count(self) -> int:
        return self._session.queries.count_groups(self.search.text())

    def _fetch(self, offset: int, limit: int) -> Sequence[GroupRow]:
        return self._session.queries.groups(self.search.text(), self._order, Slice(offset, limit))

    def _sort_by(self, key: str, descending: bool) -> None:
        self._order = Order(key, descending)

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
