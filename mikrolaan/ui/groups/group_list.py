"""The list of network groups."""

from __future__ import annotations

from collections.abc import Sequence

from mikrolaan.domain.money import Currency
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.queries import Order, Slice
from mikrolaan.services.rows import GroupRow
from mikrolaan.services.session import Session
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.fields import SearchField
from mikrolaan.ui.widgets.list_page import ListPage
from mikrolaan.ui.widgets.table_model import Align, Column


class GroupListPage(ListPage[GroupRow]):
    """Every group with its leader, members and what they owe together."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("Network groups"))
        self._session = session
        self.form_act = self.add_act(
            _("Form a group"), self._form, shortcut="Ctrl+N", icon_name="plus", tip=_("Form a new network group")
        )
        self.set_main_action(self.form_act)
        self.clear_act = self.add_act(
            _("Show all groups"), self.clear_search, tip=_("Clear the search and show every group"), icon_name="x"
        )
        self.lay_out_list(
            SearchField("search", _("Search groups"), _("Name or number of the group")),
            _columns(session.office.get().currency),
            EmptyState(
                "users-three",
                _("A network group is a few borrowers who meet, support each other and have their say on each loan."),
                self.form_act,
                title=_("No groups yet"),
            ),
            EmptyState("magnifying-glass", _("Try fewer letters."), self.clear_act, title=_("No group found")),
        )

    def how_many(self) -> int:
        return self._session.queries.count_groups(self.search.text())

    def how_many_in_all(self) -> int:
        return self._session.queries.count_groups()

    def rows(self, order: Order, part: Slice) -> Sequence[GroupRow]:
        return self._session.queries.groups(self.search.text(), order, part)

    def open_row(self, row: object) -> None:
        if isinstance(row, GroupRow):
            self.go_to.emit(Destination("group", row.id))

    def counted(self, rows: int) -> str:
        return ngettext("{count} group", "{count} groups", rows)

    def _form(self) -> None:
        self.go_to.emit(Destination("group_form"))


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
