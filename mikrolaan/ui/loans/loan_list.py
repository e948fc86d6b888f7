"""The list of loans and applications."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent

from mikrolaan.domain.loan import Step
from mikrolaan.i18n import _, ngettext
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.rows import LoanRow
from mikrolaan.services.session import Session
from mikrolaan.ui.loans.loan_columns import loan_columns
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.fields import SearchField
from mikrolaan.ui.widgets.list_page import ListPage
from mikrolaan.ui.widgets.value_fields import ChoiceField
from mikrolaan.ui.words import waiting_word

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


class LoanListPage(ListPage[LoanRow]):
    """Every loan of the office with its state; found by number, borrower or group."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("Loans"))
        self._session = session
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
        steps: list[tuple[Step | None, str]] = [(None, _("All steps"))]
        self.step: ChoiceField[Step | None] = ChoiceField(
            "step", _("Show loans at this step"), [*steps, *((step, waiting_word(step)) for step in WAITING_STEPS)]
        )
        self.step.label.hide()
        self.step.set_value(None)
        self.step.setFixedWidth(STEP_WIDTH)
        self.step.changed.connect(self.refresh)
        self.lay_out_list(
            SearchField("search", _("Search loans"), _("Number, reference, borrower or group")),
            loan_columns(session.office.get().currency, group=True),
            EmptyState(
                "money",
                _("Applications and loans are listed here. A loan begins in the calculator, together with the client."),
                self.new_act,
                title=_("No loans yet"),
            ),
            EmptyState(
                "magnifying-glass", _("Try fewer letters, or another step."), self.clear_act, title=_("No loan found")
            ),
            [self.step],
        )

    def how_many(self) -> int:
        return self._session.queries.count_loans(self._filter())

    def how_many_in_all(self) -> int:
        return self._session.queries.count_loans(LoanFilter())

    def rows(self, order: Order, part: Slice) -> Sequence[LoanRow]:
        return self._session.queries.loans(self._filter(), order, part)

    def open_row(self, row: object) -> None:
        if isinstance(row, LoanRow):
            self.go_to.emit(Destination("loan", row.id))

    def counted(self, rows: int) -> str:
        return ngettext("{count} loan", "{count} loans", rows)

    @property
    def is_narrowed(self) -> bool:
        return super().is_narrowed or self.step.peek() is not None

    def clear_search(self) -> None:
        self.step.set_value(None)
        super().clear_search()

    def _filter(self) -> LoanFilter:
        return LoanFilter(self.search.text(), self.step.peek())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(GROUP_COLUMN, self.width() < NARROW)
