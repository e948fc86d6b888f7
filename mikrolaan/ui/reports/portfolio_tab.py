"""The portfolio on a day: its figures with their definitions, each opening down to the loans behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.months import months_later
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.session import Session
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.reports.figure_button import FigureButton
from mikrolaan.ui.reports.portfolio_figures import BehindRow, Figure, PortfolioFacts, figures
from mikrolaan.ui.reports.report_page import Report
from mikrolaan.ui.task_runner import Cancelled, Progress, Task, TaskRunner
from mikrolaan.ui.widgets.basics import button, label
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.progress import ProgressPanel
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel
from mikrolaan.ui.widgets.value_fields import DateField

PERIOD_MONTHS = 12
COLUMNS = 6


class PortfolioTab(Report):
    """Figures as of a date; today when nothing else is chosen. The loans behind the chosen figure stand below."""

    def __init__(self, session: Session, runner: TaskRunner) -> None:
        super().__init__()
        self._session = session
        self._runner = runner
        self._task: Task | None = None
        self._again = False
        self._facts: PortfolioFacts | None = None
        self._key = ""  # of the figure whose loans are shown
        self._shown: dict[str, Figure] = {}
        self._rows: list[BehindRow] = []
        self._currency = session.portfolio.currency()
        today = session.today()
        self.as_of = DateField("as_of", _("&As of"), session.today, latest=session.today)
        self.since = DateField("since", _("&Period from"), session.today, latest=session.today)
        self.as_of.set_value(today)
        self.since.set_value(months_later(today, -PERIOD_MONTHS) + timedelta(days=1))
        self.show_button = button(_("&Show"), "primary")
        self.show_button.clicked.connect(self.refresh)
        for field in (self.as_of, self.since):
            field.setFixedWidth(170)
            field.submitted.connect(self.refresh)
        choices = QHBoxLayout()
        choices.setSpacing(16)
        for made in (self.as_of, self.since):
            choices.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addSpacing(self.as_of.label.sizeHint().height() + 6)  # beside the editors, not their labels
        beside.addWidget(self.show_button)
        beside.addStretch(1)
        choices.addLayout(beside)
        choices.addStretch(1)
        self.message = InlineMessage()
        self.progress = ProgressPanel()
        self.cards: dict[str, FigureButton] = {}
        upper = QWidget()
        self._grid = QGridLayout(upper)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self.heading = label("", "section", wraps=True)
        self.definition = label("", "muted", wraps=True)
        self.model: PagedTableModel[BehindRow] = PagedTableModel(
            self._columns(), lambda: len(self._rows), self._part, self._sort_by
        )
        empty = EmptyState("check-circle", _("No loan stands behind this figure."))
        self.table = Table(self.model, _("Loans behind the figure"), empty)
        self.table.setMinimumHeight(140)
        self.table.row_opened.connect(self._open)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 4, 0, 0)
        below.setSpacing(6)
        for word in (self.heading, self.definition):
            below.addWidget(word)
        below.addWidget(self.table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(choices)
        layout.addWidget(self.message)
        layout.addWidget(self.progress)
        layout.addWidget(upper)
        layout.addWidget(lower, 1)

    # -- computing

    @property
    def is_working(self) -> bool:
        """Whether something is under way."""
        return self._task is not None

    def refresh(self) -> None:
        """Compute the figures of the day and the period that are typed."""
        wrong = [field for field in (self.as_of, self.since) if not field.check()]
        if wrong:
            wrong[0].editor.setFocus()
            return
        if self._task is not None:
            self._again = True
            self._task.cancel()
            return
        as_of, since = self.as_of.value(), self.since.value()
        if since > as_of:
            self.since.set_error(_("The period must begin on {date} at the latest.").format(date=_day(as_of)))
            self.since.editor.setFocus()
            return
        portfolio = self._session.portfolio

        def work(progress: Progress, cancelled: Cancelled) -> object:
            facts = portfolio.facts(as_of, progress, cancelled)
            flows = portfolio.flows(since, as_of, progress, cancelled)
            if facts is None or flows is None:
                return None
            return PortfolioFacts(as_of, since, tuple(facts), tuple(flows))

        self._task = self._runner.submit(work)
        self._task.finished.connect(self._on_finished)
        self._task.failed.connect(self._on_failed)
        self._task.ended.connect(self._on_ended)
        self.progress.follow(self._task, _("Computing the figures of {date}…").format(date=_day(as_of)))

    def kept(self) -> object | None:
        return self._key

    def restore(self, kept: object | None) -> None:
        self._key = str(kept or "")
        self.refresh()  # what was computed meanwhile is of the days proposed

    def _on_finished(self, told: object) -> None:
        if isinstance(told, PortfolioFacts):
            self.message.say("")
            self._facts = told
            self._show_figures(figures(told, self._currency))

    def _on_failed(self, error: object) -> None:
        if isinstance(error, MikrolaanError):
            self.message.say(sentence_for(error), "bad")

    def _on_ended(self) -> None:
        was_cancelled = self._task is not None and self._task.is_cancelled
        self._task = None
        if self._again:
            self._again = False
            self.refresh()
        elif was_cancelled:
            self.message.say(_("Stopped. The figures shown are those computed before."), "primary")

    # -- showing

    def _show_figures(self, shown: Sequence[Figure]) -> None:
        for place, figure in enumerate(shown):
            card = self.cards.get(figure.key)
            if card is None:
                card = self.cards[figure.key] = FigureButton()
                card.clicked.connect(lambda _checked=False, key=figure.key: self.choose(key))
                self._grid.addWidget(card, place // COLUMNS, place % COLUMNS)
            card.show_figure(figure)
        for before, after in pairwise([self.show_button, *self.cards.values(), self.table]):
            QWidget.setTabOrder(before, after)
        self._shown = {figure.key: figure for figure in shown}
        self.choose(self._key or shown[0].key)

    def choose(self, key: str) -> None:
        """Show the definition of a figure and the loans behind it."""
        self._key, figure = key, self._shown[key]
        for each, card in self.cards.items():
            card.setChecked(each == key)
        speaks = current_language()
        names = self._session.portfolio.loans([amounts.loan_id for amounts in figure.behind])
        self._rows = [
            BehindRow(names[amounts.loan_id], amounts) for amounts in figure.behind if amounts.loan_id in names
        ]
        count = ngettext("{count} loan", "{count} loans", len(self._rows)).format(count=speaks.number(len(self._rows)))
        self.heading.setText(
            _("{figure}: {value}, from {loans}").format(figure=figure.word, value=figure.value, loans=count)
        )
        self.definition.setText(figure.definition)
        self.table.reload()

    def _columns(self) -> list[Column[BehindRow]]:
        currency = self._currency.value
        speaks = current_language
        return [
            Column(lambda: _("Loan"), lambda row: str(row.loan.number), Align.END, sort_key="number", width=72),
            Column(lambda: _("Borrower"), lambda row: row.loan.borrower, sort_key="borrower"),
            Column(lambda: _("Group"), lambda row: row.loan.group or "–", sort_key="group", width=150),
            Column(
                lambda: _("In the figure, {currency}").format(currency=currency),
                lambda row: speaks().amount(row.amounts.part),
                Align.END,
                sort_key="part",
                width=170,
            ),
            Column(
                lambda: _("Of, {currency}").format(currency=currency),
                lambda row: speaks().amount(row.amounts.whole) if row.amounts.whole is not None else "–",
                Align.END,
                tooltip=lambda row: _("What the amount beside it is divided by, where the figure is a ratio."),
                sort_key="whole",
                width=150,
            ),
            Column(
                lambda: _("Days past due"),
                lambda row: speaks().number(row.amounts.days) if row.amounts.days else "–",
                Align.END,
                sort_key="days",
                width=120,
            ),
        ]

    def _part(self, offset: int, limit: int) -> Sequence[BehindRow]:
        return self._rows[offset : offset + limit]

    def _sort_by(self, key: str, descending: bool) -> None:
        self._rows.sort(key=lambda row: (row.sort_value(key), row.loan.number), reverse=descending)

    def _open(self, row: object) -> None:
        if isinstance(row, BehindRow):
            self.go_to.emit(Destination("loan", row.loan.loan_id))


def _day(day: date) -> str:
    return current_language().date(day)
