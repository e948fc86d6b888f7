"""Who answers for a loan today, guarantors and members of the group, and who has had notice of the default."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout

from mikrolaan.domain.group import NetworkGroup
from mikrolaan.domain.money import Currency
from mikrolaan.i18n import _, current_language
from mikrolaan.services.guarantors import Answerer
from mikrolaan.ui.guarantors.guarantor_words import members_told, notice_state, notices_told
from mikrolaan.ui.widgets.basics import action_button, label
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel


class AnsweringCard(Card):
    """Shown where members of a group answer for each other, or where those who answer are to be told of a default."""

    chosen_changed = Signal()
    opened = Signal(object)  # the Answerer whose line was opened

    def __init__(self, currency: Currency, notify: QAction) -> None:
        super().__init__(_("Who answers for the loan today"))
        self._people: Sequence[Answerer] = ()
        self._today = date.min
        self.members = label("", "muted", wraps=True)
        self.message = InlineMessage()  # about the notices; to be shown where one sees it first
        self.model: PagedTableModel[Answerer] = PagedTableModel(
            self._columns(currency), lambda: len(self._people), lambda at, most: self._people[at : at + most]
        )
        self.table = Table(self.model, _("Who answers for the loan today"))
        self.table.row_selected.connect(lambda _row: self.chosen_changed.emit())
        self.table.row_opened.connect(self.opened)
        acts = QHBoxLayout()
        self.notify_button = action_button(notify)
        acts.addWidget(self.notify_button)
        acts.addStretch(1)
        for part in (self.members, self.table):
            self.body.addWidget(part)
        self.body.addLayout(acts)

    def show_people(self, people: Sequence[Answerer], group: NetworkGroup | None, today: date) -> None:
        """Show who answers; the card hides where that says no more than the list of guarantors."""
        self._people, self._today = people, today
        self.table.reload()
        fit_rows(self.table)
        told = "" if group is None else members_told(group)
        has_members = any(one.answering.guarantor_id is None for one in people)
        self.members.setText(told if has_members else "")
        self.members.setVisible(has_members)
        text, tone = notices_told(people, today)
        self.message.say(text, tone or "primary")
        self.notify_button.setVisible(bool(text))
        self.setVisible(has_members or bool(text))
        if people and self.chosen is None:
            self.table.setCurrentIndex(self.model.index(0, 0))

    @property
    def chosen(self) -> Answerer | None:
        """The person of the chosen line."""
        row = self.table.selected_row()
        return row if isinstance(row, Answerer) else None

    def _columns(self, currency: Currency) -> list[Column[Answerer]]:
        return [
            Column(lambda: _("Name"), lambda one: one.person.name),
            Column(lambda: _("Answers as"), _as_what, width=186),
            Column(
                lambda: _("At most, {currency}").format(currency=currency.value),
                lambda one: current_language().amount(one.answering.at_most),
                Align.END,
                width=124,
            ),
            Column(
                lambda: _("Notice of the default"),
                lambda one: state.word if (state := notice_state(one, self._today)) is not None else "–",
                state=lambda one: notice_state(one, self._today),
                width=190,
            ),
        ]


def _as_what(one: Answerer) -> str:
    return _("Guarantor") if one.answering.guarantor_id is not None else _("Member of the group")


def fit_rows(table: Table, least: int = 1, most: int | None = None) -> None:
    """As high as its rows, so that the page scrolls and not the table; `least`: room for so many, `most`: no more."""
    rows = max(table.paged().rowCount(), least)
    rows = rows if most is None else min(rows, most)
    height = rows * table.verticalHeader().defaultSectionSize() + table.horizontalHeader().sizeHint().height()
    table.setFixedHeight(height + 2 * table.frameWidth())
