"""The page of arrears: overdue loans by age, what comes next on each, and what was done about it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSplitter

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.follow_up import StepKind
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.arrears import ArrearsLine, DueToday
from mikrolaan.services.arrears_rows import ArrearsFilter
from mikrolaan.services.queries import Order, Slice
from mikrolaan.services.session import Session
from mikrolaan.ui.arrears import arrears_acts
from mikrolaan.ui.arrears.age_chips import AgeChips
from mikrolaan.ui.arrears.arrears_columns import GROUP_COLUMN, LAST_CONTACT_COLUMN, SINCE_COLUMN, arrears_columns
from mikrolaan.ui.arrears.letters_dialog import LettersDialog
from mikrolaan.ui.arrears.loan_panel import LoanPanel
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.fields import SearchField
from mikrolaan.ui.widgets.page import Page
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import PagedTableModel

SEARCH_WIDTH = 248
LEAVES_OUT = {
    GROUP_COLUMN: 1294,
    SINCE_COLUMN: 1184,
    LAST_CONTACT_COLUMN: 1072,
}  # on narrower pages; the panel below tells what is left out, and a tooltip on the days since when


class ArrearsPage(Page):
    """Who is overdue, for how long and with how much; the chosen loan's next step and log below."""

    def __init__(self, session: Session, runner: TaskRunner) -> None:
        super().__init__(_("Arrears"))
        self._session = session
        self._runner = runner
        self._order = Order()
        self.letters_dialog: LettersDialog | None = None
        self._due = DueToday([], [])
        self.letters_act = self.add_act(
            _("Letters due today"),
            self.open_letters,
            shortcut="Ctrl+P",
            icon_name="envelope",
            tip=_("See all letters that may be sent today, and send them"),
        )
        self.set_main_action(self.letters_act)
        self.next_act = self.add_act(
            _("Take the next step"), self.take_next_step, shortcut="Ctrl+Return", icon_name="arrow-right"
        )
        self.notify_act = self.add_act(
            _("Notify guarantors"),
            self.notify_guarantors,
            icon_name="shield-check",
            tip=_("See the notices to those who answer for the chosen loan, and send them"),
        )
        self.open_act = self.add_act(_("Open the loan"), self.open_loan, shortcut="Ctrl+O", icon_name="money")
        self.clear_act = self.add_act(_("Show all arrears"), self.clear_search, icon_name="x")

        self.search = SearchField("search", _("Search arrears"), _("Number, reference or name"))
        self.search.setFixedWidth(SEARCH_WIDTH)
        self.search.searched.connect(lambda _text: self.refresh())
        self.first_focus = self.search.line
        self.chips = AgeChips()
        self.chips.chosen.connect(self._on_age)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.search)
        row.addWidget(self.chips, 1)
        self.body.addLayout(row)

        self.total = label("", "muted")
        self.body.addWidget(self.total)
        self.model: PagedTableModel[ArrearsLine] = PagedTableModel(
            arrears_columns(session.office.get().currency, session.today),
            lambda: session.arrears.count(self._filter()),
            self._fetch,
            self._sort_by,
        )
        self.table = Table(self.model, _("Arrears"))
        self.table.setMinimumHeight(120)
        self.table.row_opened.connect(lambda _row: self.open_loan())
        self.table.row_selected.connect(self._show_loan)
        self.panel = LoanPanel(session, self.next_act, self.notify_act, self.open_act)
        self.panel.log.recorded.connect(self._recorded)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        split.addWidget(self.table)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.body.addWidget(split, 1)
        self.none_overdue = EmptyState(
            "check-circle",
            _("Loans with something unpaid after its due date are listed here, the longest overdue first."),
            title=_("Nobody is overdue"),
        )
        self.nothing_found = EmptyState(
            "magnifying-glass", _("Try fewer letters, or another age."), self.clear_act, title=_("No loan found")
        )
        for state in (self.none_overdue, self.nothing_found):
            state.cover(self.table.viewport())
        self._show_loan(None)

    # -- showing

    def refresh(self) -> None:
        at = self.table.selected_row()
        try:
            self.chips.show_totals(self._session.arrears.totals(self.search.text()))
            self.total.setText(self.chips.total)
            self.table.reload()
            self._due = self._session.arrears.due_today()
        except MikrolaanError as error:
            self.tell(error)
            return
        shown = self.model.rowCount()
        narrowed = bool(self.search.text()) or self.chips.age is not None
        self.none_overdue.setVisible(not shown and not narrowed)
        self.nothing_found.setVisible(not shown and narrowed)
        self.clear_act.setVisible(narrowed)
        self._name_letters()
        self._choose_again(at if isinstance(at, ArrearsLine) else None)

    def clear_search(self) -> None:
        """Show every overdue loan again."""
        self.search.line.clear()
        self.chips.choose(None)
        self.refresh()

    @property
    def chosen(self) -> ArrearsLine | None:
        """The loan chosen in the list."""
        row = self.table.selected_row()
        return row if isinstance(row, ArrearsLine) else None

    def _name_letters(self) -> None:
        count = len(self._due.letters) + sum(line.to_tell for line in self._due.notices)
        told = ngettext("{count} letter due today", "{count} letters due today", count)
        self.letters_act.setText(told.format(count=current_language().number(count)))
        self.letters_act.setEnabled(count > 0)

    def _choose_again(self, line: ArrearsLine | None) -> None:
        """The same loan where the list still shows it near its place, else the first."""
        rows = range(min(self.model.rowCount(), 100))
        same = next((n for n in rows if line and self._loan_at(n) == line.row.loan_id), 0 if rows else -1)
        self.table.setCurrentIndex(self.model.index(same, 0) if same >= 0 else QModelIndex())
        self._show_loan(self.chosen)

    def _loan_at(self, number: int) -> object:
        row = self.model.row(number)
        return row.row.loan_id if row else None

    def _show_loan(self, line: object) -> None:
        shown = line if isinstance(line, ArrearsLine) else None
        can = shown is not None and shown.next is not None and shown.next.is_open(self._session.today())
        self.next_act.setEnabled(can)
        self.notify_act.setVisible(shown is not None and shown.to_tell > 0)
        self.open_act.setEnabled(shown is not None)
        self.panel.show_line(shown)

    # -- acting

    def take_next_step(self) -> None:
        """Do what comes next on the chosen loan: record the call, see and send the letter, or hand over."""
        line = self.chosen
        if line is None or line.next is None or not line.next.is_open(self._session.today()):
            return
        kind = line.next.step.kind
        if kind.is_letter:
            self._show_letters([line])
        elif kind is StepKind.CALL:
            told = _("The contact is in the log.")
            arrears_acts.record_contact(
                self.window(), self._session, line.row.loan_id, lambda: self._recorded(told), who=line.row.borrower
            )
        else:
            told = _("The handing over is noted.")
            arrears_acts.hand_over(self.window(), self._session, line.row.loan_id, lambda: self._recorded(told))

    def open_letters(self) -> None:
        """All letters that may be sent today, and the notices that are due."""
        self._show_letters(self._due.letters, [line.row.loan_id for line in self._due.notices])

    def notify_guarantors(self) -> None:
        """The notices to everybody who answers for the chosen loan and was not told of its default."""
        if self.chosen is not None and self.chosen.to_tell:
            self._show_letters([], [self.chosen.row.loan_id])

    def open_loan(self) -> None:
        """Go to the case of the chosen loan."""
        if self.chosen is not None:
            self.go_to.emit(Destination("loan", self.chosen.row.loan_id))

    def _show_letters(self, lines: Sequence[ArrearsLine], told_of: Sequence[UUID] = ()) -> None:
        """Show these letters, with the notices that are to be given of the loans `told_of`."""
        try:
            notices = self._session.notices.to_tell(told_of)
        except MikrolaanError as error:
            self.tell(error)
            return
        if lines or notices:
            self.letters_dialog = LettersDialog(self.window(), self._session, self._runner, lines, notices)
            self.letters_dialog.finished.connect(lambda _result: self.refresh())
            self.letters_dialog.open()
            self.letters_dialog.preview()

    def _recorded(self, told: str) -> None:
        self.refresh()
        self.toast.emit(told)

    # -- the query

    def _filter(self) -> ArrearsFilter:
        return ArrearsFilter(self.search.text(), self.chips.age)

    def _fetch(self, offset: int, limit: int) -> Sequence[ArrearsLine]:
        return self._session.arrears.page(self._filter(), self._order, Slice(offset, limit))

    def _sort_by(self, key: str, descending: bool) -> None:
        self._order = Order(key, descending)

    def _on_age(self) -> None:
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, width in LEAVES_OUT.items():
            self.table.setColumnHidden(column, self.width() < width)
