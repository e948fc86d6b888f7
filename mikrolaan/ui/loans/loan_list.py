"""The list of loans and applications."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from mikrolaan.domain.loan import Step
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.rows import LoanRow
from mikrolaan.services.session import Session
from mikrolaan.ui.loans.loan_columns import loan_columns
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.fields import SearchField
from mikrolaan.ui.widgets.page import Page
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import PagedTableModel
from mikrolaan.ui.widgets.value_fields import ChoiceField
from mikrolaan.ui.words import waiting_word

SEARCH_WIDTH = 360
STEP_WIDTH = 220
NARROW = 1040  # a narrower page leaves out the group, so that names have room; the name's tooltip tells it
GROUP_COLUMN = 2
WAITING_STEPS = (
    Step.GROUP_VIEW,
    Step.DECISION,
    Step.CONTRACT,
    Step.SIGNED,
    Step.PAID_OUT,
    Step.REPAYING,
    Step.CLOSED,
)


class LoanListPage(Page):
    """Every loan of the office with its state; found by number, borrower or group."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("Loans"))
        self._session = session
        self._order = Order()
        self.new_act = self.add_act(
            _("New loan"),
            lambda: self.go_to.emit(Destination("calculator")),
            shortcut="Ctrl+N",
            icon_name="plus",
            tip=_("Calculate a loan and make an application"),
        )
        self.set_main_action(self.new_act)
        self.clear_act = self.add_act(
            _("Show all loans"), self.clear_search, tip=_("Clear the search and show every step"), icon_name="x"
        )

        self.search = SearchField("search", _("Search loans"), _("Number, reference, borrower or group"))
        self.search.setFixedWidth(SEARCH_WIDTH)
        self.search.searched.connect(lambda _text: self.refresh())
        self.search.submitted.connect(self._on_enter)
        self.first_focus = self.search.line
        steps: list[tuple[Step | None, str]] = [(None, _("All steps"))]
        self.step: ChoiceField[Step | None] = ChoiceField(
            "step", _("Show loans at this step"), [*steps, *((step, waiting_word(step)) for step in WAITING_STEPS)]
        )
        self.step.label.hide()
        self.step.set_value(None)
        self.step.setFixedWidth(STEP_WIDTH)
        self.step.changed.connect(self.refresh)
        self.count = label("", "muted")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.search)
        row.addWidget(self.step)
        row.addWidget(self.count)
        row.addStretch(1)
        self.body.addLayout(row)

        self.model: PagedTableModel[LoanRow] = PagedTableModel(
            loan_columns(session.office.get().currency, group=True),
            self._count,
            self._fetch,
            self._sort_by,
        )
        self.table = Table(self.model, _("Loans"))
        self.table.row_opened.connect(self._open)
        self.body.addWidget(self.table, 1)
        self.none_yet = EmptyState(
            "money",
            _("Applications and loans are listed here. A loan begins in the calculator, together with the client."),
            self.new_act,
            title=_("No loans yet"),
        )
        self.nothing_found = EmptyState(
            "magnifying-glass", _("Try fewer letters, or another step."), self.clear_act, title=_("No loan found")
        )
        for state in (self.none_yet, self.nothing_found):
            state.cover(self.table.viewport())
        self._show_count()

    def clear_search(self) -> None:
        """Show every loan again."""
        self.search.line.clear()
        self.step.set_value(None)
        self.refresh()
        self.search.line.setFocus()

    def refresh(self) -> None:
        self.table.reload()
        self._show_count()

    def _show_count(self) -> None:
        shown = self.model.rowCount()
        chosen = self._filter()
        narrowed = bool(chosen.search) or chosen.step is not None
        spoken = current_language().number(shown)
        self.count.setText(ngettext("{count} loan", "{count} loans", shown).format(count=spoken))
        self.none_yet.setVisible(not shown and not narrowed)
        self.nothing_found.setVisible(not shown and narrowed)
        self.clear_act.setVisible(narrowed)

    def _filter(self) -> LoanFilter:
        return LoanFilter(self.search.text(), self.step.peek())

    def _count(self) -> int:
        return self._session.queries.count_loans(self._filter())

    def _fetch(self, offset: int, limit: int) -> Sequence[LoanRow]:
        return self._session.queries.loans(self._filter(), self._order, Slice(offset, limit))

    def _sort_by(self, key: str, descending: bool) -> None:
        self._order = Order(key, descending)

    def _open(self, row: object) -> None:
        if isinstance(row, LoanRow):
            self.go_to.emit(Destination("loan", row.id))

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
        self.table.setColumnHidden(GROUP_COLUMN, self.width() < NARROW)
