"""The list of loans and applications."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from mikrolaan.domain.loan import Step
from mikrolaan.i18n import _, ngettext
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.rows import LoanRow
from mikrolaan.services.session import Session
from mikrolaan.ui.loans.loan_columns import loan_columns
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.page import Page
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import PagedTableModel
from mikrolaan.ui.widgets.value_fields import ComboBox
from mikrolaan.ui.words import waiting_word

SEARCH_AFTER_MS = 100
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

        row = QHBoxLayout()
        row.setSpacing(16)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search by number, borrower or group"))
        self.search.setAccessibleName(_("Search loans"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(420)
        self.step_box = ComboBox()
        self.step_box.setAccessibleName(_("Show loans at this step"))
        self.step_box.addItem(_("All steps"))
        self.step_box.addItems([waiting_word(step) for step in WAITING_STEPS])
        self.count = label("", "muted")
        row.addWidget(self.search, 1)
        row.addWidget(self.step_box)
        row.addWidget(self.count)
        row.addStretch(1)
        self.body.addLayout(row)

        self.model: PagedTableModel[LoanRow] = PagedTableModel(
            loan_columns(session.office.get().currency, session.today, group=True),
            self._count,
            self._fetch,
            self._sort_by,
        )
        empty = EmptyState(
            "money",
            _("Applications and loans are listed here. A loan begins in the calculator, together with the client."),
            self.new_act,
            title=_("No loans to show"),
        )
        self.table = Table(self.model, _("Loans"), empty)
        self.table.row_opened.connect(self._open)
        self.body.addWidget(self.table, 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(SEARCH_AFTER_MS)
        self._typing.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.step_box.currentIndexChanged.connect(lambda _index: self.refresh())

    def refresh(self) -> None:
        self.table.reload()
        shown = self.model.rowCount()
        self.count.setText(ngettext("{count} loan", "{count} loans", shown).format(count=shown))

    def _filter(self) -> LoanFilter:
        at = self.step_box.currentIndex()
        return LoanFilter(self.search.text(), WAITING_STEPS[at - 1] if at > 0 else None)

    def _count(self) -> int:
        return self._session.queries.count_loans(self._filter())

    def _fetch(self, offset: int, limit: int) -> Sequence[LoanRow]:
        return self._session.queries.loans(self._filter(), self._order, Slice(offset, limit))

    def _sort_by(self, key: str, descending: bool) -> None:
        self._order = Order(key, descending)

    def _open(self, row: object) -> None:
        if isinstance(row, LoanRow):
            self.go_to.emit(Destination("loan", row.id))
