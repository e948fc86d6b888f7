"""The lines of a bank file before they are saved: what each is, for which loan, and what the officer decides."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.bank_file import BankFormat, LineKind
from mikrolaan.domain.money import Money
from mikrolaan.i18n import _, current_language, ngettext, pgettext
from mikrolaan.services.bank_import import BankReview
from mikrolaan.services.bank_matching import LineState, ReviewedLine, settles
from mikrolaan.services.bank_rows import PayableLoan
from mikrolaan.services.session import Session
from mikrolaan.ui.payments.bank_line_card import BankLineCard
from mikrolaan.ui.payments.bank_words import format_word, settles_word, state_of
from mikrolaan.ui.widgets.basics import ElidedLabel, action_button, label, make_action
from mikrolaan.ui.widgets.cards import EmptyState, State
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel
from mikrolaan.ui.widgets.value_fields import ChoiceField

# A narrower tab leaves out the reference, then who paid: the card below the table says both.
WIDE, NARROW = 1180, 960
REFERENCE_COLUMN, PAYER_COLUMN = 4, 5


class BankReviewView(QWidget):
    """Shows one file; keeps the officer's decisions until they are saved or let go."""

    save_asked = Signal()
    closed = Signal()
    columns_asked = Signal()  # a list whose columns are to be chosen anew

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._currency = session.office.get().currency
        self.review: BankReview | None = None
        self.accepted: dict[int, UUID] = {}
        self._shown: list[int] = []
        self._paid_before: dict[int, int] = {}  # by place, in øre: what lines above that are accepted pay on its loan
        self.save_act = make_action(
            self, _("&Save"), self.save_asked.emit, shortcut="Ctrl+S", tip=_("Make payments of the accepted lines")
        )
        self.close_act = make_action(
            self, _("Close the file"), self.closed.emit, tip=_("Leave the file without saving anything"), icon_name="x"
        )
        self.columns_act = make_action(
            self, _("Columns…"), self.columns_asked.emit, tip=_("Say which column is which"), icon_name="list"
        )
        self.toggle_act = make_action(
            self, _("Accept or leave out"), self.toggle, tip=_("Space, on a line: accept it or leave it out")
        )
        self.name = ElidedLabel("", "section")
        self.about = ElidedLabel("", "muted")
        self.message = InlineMessage()
        self.filter: ChoiceField[LineState | None] = ChoiceField("state", _("Show lines"), [(None, _("All lines"))])
        self.filter.label.hide()
        self.filter.setFixedWidth(240)
        self.filter.changed.connect(self._show_lines)
        self.model: PagedTableModel[int] = PagedTableModel(
            self._columns(), lambda: len(self._shown), lambda offset, limit: self._shown[offset : offset + limit]
        )
        self.table = Table(self.model, _("Lines of the file"), EmptyState("funnel", _("No line is in this state.")))
        self.table.row_selected.connect(self._on_selected)
        self.card = BankLineCard(session)
        self.table.row_opened.connect(lambda _place: self.card.begin())
        self.table.installEventFilter(self)
        self.card.accepted.connect(self._on_accepted)
        self.card.left_out.connect(self._on_left_out)
        self.totals = label("", wraps=True)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.name)
        names.addWidget(self.about)
        head.addLayout(names, 1)
        head.addWidget(self.filter, 0, Qt.AlignmentFlag.AlignVCenter)
        self.columns_button = action_button(self.columns_act)
        head.addWidget(self.columns_button, 0, Qt.AlignmentFlag.AlignVCenter)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.totals, 1)
        foot.addWidget(action_button(self.close_act))
        self.save_button = action_button(self.save_act, "primary")
        foot.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.message)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.card)
        layout.addLayout(foot)
        QWidget.setTabOrder(self.filter.box, self.columns_button)
        QWidget.setTabOrder(self.columns_button, self.table)

    def show_review(self, review: BankReview, accepted: dict[int, UUID] | None = None) -> None:
        """Begin with another file; `accepted` is what was decided about it before, by the place of the line."""
        self.review = review
        self.accepted = review.proposed() if accepted is None else dict(accepted)
        self.name.setText(review.file_name)
        self.about.setText(self._told(review))
        self.columns_act.setVisible(review.file.format is BankFormat.CSV)
        self.columns_button.setVisible(review.file.format is BankFormat.CSV)
        if review.earlier is not None:
            self.message.say(
                _("This very file was imported on {day}. Lines saved then are not taken again.").format(
                    day=current_language().moment(review.earlier.at)
                ),
                "warn",
            )
        else:
            self.message.say("")
        counts = Counter(each.state for each in review.lines)
        choices: list[tuple[LineState | None, str]] = [(None, _named(_("All lines"), len(review.lines)))]
        choices += [(state, _named(state_of(state).word, counts[state])) for state in LineState if counts[state]]
        self.filter.set_choices(choices)
        self.filter.set_value(None)
        self._count_above()
        self._show_lines()
        self._show_totals()
        if self._shown:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus()

    def show_again(self, state: LineState | None, place: int | None) -> None:
        """Show the lines of that state, with that line selected, as they were shown before."""
        self.filter.set_value(state)
        self._show_lines()
        self._choose(place)

    def select(self, place: int | None) -> None:
        """Choose the line of which something is told, also where lines of its state were not asked for."""
        if place is not None and place not in self._shown:
            self.filter.set_value(None)
            self._show_lines()
        self._choose(place)

    def _choose(self, place: int | None) -> None:
        if place in self._shown:
            self.table.setCurrentIndex(self.model.index(self._shown.index(place), 0))

    def _told(self, review: BankReview) -> str:
        lines = ngettext("{count} line", "{count} lines", len(review.lines)).format(
            count=current_language().number(len(review.lines))
        )
        parts = [format_word(review.file.format), lines]
        account = next((each.line.account for each in review.lines if each.line.account), "")
        if account:
            parts.append(_("account {account}").format(account=account))
        if review.file.passed_over:
            parts.append(
                ngettext(
                    "{count} entry that pays no loan passed over",
                    "{count} entries that pay no loan passed over",
                    review.file.passed_over,
                ).format(count=current_language().number(review.file.passed_over))
            )
        return " · ".join(parts)

    # -- the table

    def _columns(self) -> list[Column[int]]:
        return [
            Column(
                lambda: _("Decision"),
                lambda place: self._decision(place).word,
                state=self._decision,
                width=112,
            ),
            Column(
                lambda: _("State"),
                lambda place: state_of(self._line(place).state).word,
                state=lambda place: state_of(self._line(place).state),
                width=172,
            ),
            Column(
                lambda: _("Day"), lambda place: current_language().date(self._line(place).line.booked_on), width=112
            ),
            Column(lambda: _("Amount"), self._amount, Align.END, width=112),
            Column(lambda: _("Reference"), lambda place: self._line(place).line.reference, width=104),
            Column(lambda: _("Paid by"), lambda place: self._line(place).line.payer),
            Column(lambda: _("Loan"), self._loan_text, Align.END, width=64),
            Column(lambda: _("Borrower"), lambda place: loan.borrower if (loan := self._loan(place)) else ""),
            Column(lambda: _("Settles"), self._settles, width=150),
        ]

    def _line(self, place: int) -> ReviewedLine:
        assert self.review is not None  # rows are shown of a file
        return self.review.lines[place]

    def _loan(self, place: int) -> PayableLoan | None:
        """The loan that the officer chose, else the one that the line points to."""
        assert self.review is not None  # rows are shown of a file
        chosen = self.accepted.get(place)
        return self.review.matcher.loan(chosen) if chosen is not None else self._line(place).loan

    def _decision(self, place: int) -> State:
        if place in self.accepted:
            return State(pgettext("bank line", "Accepted"), "check", "good")
        return State(pgettext("bank line", "Left out"), "circle-dashed", "muted")

    def _amount(self, place: int) -> str:
        line = self._line(place).line
        sign = "−" if line.kind is LineKind.TAKEN_BACK else ""
        shown = current_language().amount(Money(line.amount_minor, self._currency))
        return f"{sign}{shown}" + ("" if line.currency == self._currency.value else f" {line.currency}")

    def _loan_text(self, place: int) -> str:
        loan = self._loan(place)
        return str(loan.number) if loan is not None else ""

    def _settles(self, place: int) -> str:
        reviewed, loan = self._line(place), self._loan(place)
        if loan is None or not reviewed.can_pay(loan):
            return ""
        return settles_word(settles(reviewed.line.amount_minor, loan, self._paid_before.get(place, 0)))

    def _show_lines(self) -> None:
        if self.review is None:
            return
        wanted = self.filter.given()
        self._shown = [place for place, each in enumerate(self.review.lines) if wanted in (None, each.state)]
        self.model.reload()
        if self._shown:
            self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self.card.show_line(None, None, None, self.accepted)

    def _on_selected(self, place: object) -> None:
        if self.review is not None and isinstance(place, int):
            self.card.show_line(self.review, place, self._loan(place), self.accepted)

    @property
    def place(self) -> int | None:
        """The line that is selected."""
        place = self.table.selected_row()
        return place if isinstance(place, int) else None

    # -- deciding

    def toggle(self) -> None:
        """Accept the selected line on its loan, or leave it out."""
        place = self.place
        if place is None:
            return
        if place in self.accepted:
            self._on_left_out()
            return
        loan = self._line(place).loan
        if loan is not None and self._line(place).can_pay(loan):
            self._on_accepted(loan.loan_id)
        elif self._line(place).may_be_saved:
            self.card.begin()

    def _count_above(self) -> None:
        """What lines above pay on a line's loan first; a loan that is met once has nothing."""
        assert self.review is not None  # lines are of a file
        paid: Counter[UUID] = Counter()
        self._paid_before = {}
        for place, each in enumerate(self.review.lines):
            loan = self._loan(place)
            if loan is not None and paid[loan.loan_id]:
                self._paid_before[place] = paid[loan.loan_id]
            if loan is not None and place in self.accepted:
                paid[loan.loan_id] += each.line.amount_minor

    def _on_accepted(self, loan_id: UUID) -> None:
        if self.place is not None:
            self.accepted[self.place] = loan_id
            self._decided()

    def _on_left_out(self) -> None:
        if self.place is not None:
            self.accepted.pop(self.place, None)
            self._decided()

    def _decided(self) -> None:
        self._count_above()
        self.table.reload()
        self._on_selected(self.place)
        self._show_totals()
        self.table.setFocus()

    def _show_totals(self) -> None:
        """Tell the file, what is accepted and what is left out; the last two add up to the first."""
        assert self.review is not None  # totals are of a file
        money = current_language().money
        total = Money(self.review.file.total_minor(self._currency.value), self._currency)
        taken = Money(sum(self._line(place).line.amount_minor for place in self.accepted), self._currency)
        told = _("File {total} = accepted {accepted} + left out {left_out}").format(
            total=money(total), accepted=money(taken), left_out=money(total - taken)
        )
        foreign = self.review.file.foreign(self._currency.value)
        if foreign:
            not_counted = ngettext(
                "{count} payment in another currency is not in the sums",
                "{count} payments in other currencies are not in the sums",
                foreign,
            )
            told += " · " + not_counted.format(count=current_language().number(foreign))
        self.totals.setText(told)
        count = len(self.accepted)
        self.save_act.setText(
            ngettext("&Save {count} payment", "&Save {count} payments", count).format(
                count=current_language().number(count)
            )
        )
        self.save_act.setEnabled(count > 0)

    # -- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key()
        if watched is self.table and pressed == Qt.Key.Key_Space:
            self.toggle()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(REFERENCE_COLUMN, self.width() < WIDE)
        self.table.setColumnHidden(PAYER_COLUMN, self.width() < NARROW)

    def acts(self) -> list[QAction]:
        """What can be done with the whole file."""
        return [self.save_act, self.close_act, self.columns_act]


def _named(word: str, count: int) -> str:
    return _("{state} ({count})").format(state=word, count=current_language().number(count))
