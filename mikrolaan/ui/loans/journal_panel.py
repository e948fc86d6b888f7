"""The journal of a loan: every entry with what it did, who typed it and when, and its reversal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import NotFound
from mikrolaan.domain.journal import Entry, Reversal, amount_of
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.particulars import Allocation, Effect
from mikrolaan.domain.payout_fee import is_establishment_fee
from mikrolaan.domain.statement import Statement
from mikrolaan.i18n import _, current_language
from mikrolaan.services.session import Session
from mikrolaan.ui.loans import money_acts
from mikrolaan.ui.loans.entry_words import effect_sentence, entry_on, entry_word
from mikrolaan.ui.widgets.basics import action_button, button, label, make_action
from mikrolaan.ui.widgets.cards import EmptyState, State
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel

LINES_OF_DETAILS = 4


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One entry of the journal as the table shows it."""

    entry: Entry
    reversed_by: Reversal | None
    reverses: Entry | None  # what a reversal undid
    amount: Money | None
    allocation: Allocation | None
    effect: Effect | None
    is_to_come: bool  # it counts from a later day than today
    is_establishment_fee: bool  # asked for with the payout


class JournalPanel(QWidget):
    """The entries, the newest first; below, what the chosen one did, and its reversal."""

    recorded = Signal(str)  # a sentence about what was kept

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._loan: Loan | None = None
        self._rows: Sequence[JournalRow] = ()
        self._officers: dict[UUID, str] = {}
        self.reverse_act = make_action(self, _("Reverse the entry…"), self.reverse, icon_name="arrow-counter-clockwise")
        self.model: PagedTableModel[JournalRow] = PagedTableModel(
            _columns(session.office.get().currency),
            lambda: len(self._rows),
            lambda offset, limit: self._rows[offset : offset + limit],
        )
        self.table = Table(
            self.model,
            _("Journal"),
            EmptyState("receipt", _("Everything that happens to the loan is written here, in the order it was typed.")),
        )
        self.table.row_selected.connect(self._on_selected)
        self.details = label("", "muted", wraps=True)
        self.details.setMinimumHeight(self.details.fontMetrics().lineSpacing() * LINES_OF_DETAILS)
        self.link = button("", "link")
        self.link.clicked.connect(self._follow_link)
        head = QHBoxLayout()
        head.addWidget(label(_("Journal"), "section"), 1)
        head.addWidget(self.link)
        head.addWidget(action_button(self.reverse_act))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.details)

    def show_journal(self, loan: Loan, told: Statement) -> None:
        """Show another journal, or the same one after it grew."""
        if self._loan is None or self._loan.id != loan.id:
            self.table.setCurrentIndex(QModelIndex())  # the chosen entry was the other loan's
        self._loan = loan
        self._rows = journal_rows(loan, told)
        self.table.reload()
        self._on_selected(self.table.selected_row())

    def reverse(self) -> None:
        """Ask why, and reverse the chosen entry."""
        row = self.table.selected_row()
        if self._loan is None or not isinstance(row, JournalRow) or not _can_be_reversed(row):
            return
        told = _("The entry is reversed.")
        money_acts.reverse(self, self._session, self._loan, row.entry, lambda: self.recorded.emit(told))

    # -- the chosen entry

    def _on_selected(self, row: object) -> None:
        chosen = row if isinstance(row, JournalRow) else None
        self.reverse_act.setEnabled(chosen is not None and _can_be_reversed(chosen))
        self.link.setVisible(chosen is not None and (chosen.reversed_by or chosen.reverses) is not None)
        if chosen is None:
            self.details.setText(_("Choose an entry to see what it did, and who typed it.") if self._rows else "")
            return
        self.link.setText(_("Go to the reversal") if chosen.reversed_by is not None else _("Go to the entry reversed"))
        self.details.setText("\n".join(line for line in self._told(chosen) if line))

    def _told(self, row: JournalRow) -> list[str]:
        """The lines about one entry: what it did, why, by whom, and what became of it."""
        speaks, entry = current_language(), row.entry
        lines: list[str] = []
        if isinstance(entry, Reversal):
            if row.reverses is not None:
                lines.append(_("Reverses: {entry}").format(entry=entry_on(row.reverses)))
            lines.append(_("Reason: {reason}").format(reason=entry.reason))
        else:
            lines.append(effect_sentence(entry, row.effect, row.allocation) if row.reversed_by is None else "")
            lines.append(entry.note)
        recorded = entry.recorded
        lines.append(
            _("Typed {moment} by {officer}.").format(
                moment=speaks.moment(recorded.at), officer=self._officer(recorded.by)
            )
        )
        if row.reversed_by is not None:
            undone = row.reversed_by
            lines.append(
                _("Reversed {date} by {officer}: {reason}").format(
                    date=speaks.date(undone.on), officer=self._officer(undone.recorded.by), reason=undone.reason
                )
            )
        elif _can_be_reversed(row) and self._loan is not None:
            why = money_acts.why_not_reversed(self._session, self._loan, entry)
            lines.append(_("It cannot be reversed now: {why}").format(why=why) if why else "")
        return lines

    def _officer(self, officer_id: UUID) -> str:
        if officer_id not in self._officers:
            try:
                self._officers[officer_id] = self._session.office.officer_name(officer_id)
            except NotFound:
                self._officers[officer_id] = _("somebody unknown")
        return self._officers[officer_id]

    def _follow_link(self) -> None:
        """Choose the reversal of the chosen entry, or the entry that the chosen reversal undid."""
        row = self.table.selected_row()
        if not isinstance(row, JournalRow):
            return
        wanted = row.reversed_by or row.reverses
        for number, other in enumerate(self._rows):
            if wanted is not None and other.entry.id == wanted.id:
                self.table.setCurrentIndex(self.model.index(number, 0))
                self.table.setFocus()
                return


def journal_rows(loan: Loan, told: Statement) -> list[JournalRow]:
    """The rows of a journal, the newest first."""
    entries = {entry.id: entry for entry in loan.journal.entries}
    reversals = {entry.of: entry for entry in loan.journal.entries if isinstance(entry, Reversal)}
    allocations = {allocation.payment_id: allocation for allocation in told.allocations}
    effects = {effect.entry_id: effect for effect in told.effects}

    def row(entry: Entry) -> JournalRow:
        reverses = entries[entry.of] if isinstance(entry, Reversal) else None
        return JournalRow(
            entry,
            reversals.get(entry.id),
            reverses,
            amount_of(reverses or entry),
            allocations.get(entry.id),
            effects.get(entry.id),
            entry.on > told.as_of,
            is_establishment_fee(loan, entry),
        )

    return [row(entry) for entry in reversed(loan.journal.entries)]


def _word(row: JournalRow) -> str:
    return _("Establishment fee") if row.is_establishment_fee else entry_word(row.entry)


def _can_be_reversed(row: JournalRow) -> bool:
    return row.reversed_by is None and not isinstance(row.entry, Reversal)


def _standing(row: JournalRow) -> State:
    if isinstance(row.entry, Reversal):
        return State(_("Correction"), "arrow-counter-clockwise", "muted")
    if row.reversed_by is not None:
        return State(_("Reversed"), "x-circle", "muted")
    if row.is_to_come:
        return State(_("To come"), "hourglass", "primary")
    return State(_("Counts"), "check-circle", "good")


def _columns(currency: Currency) -> tuple[Column[JournalRow], ...]:
    def is_reversed(row: JournalRow) -> bool:
        return row.reversed_by is not None

    def tip(row: JournalRow) -> str:
        effect = effect_sentence(row.entry, row.effect, row.allocation)
        return f"{_word(row)}. {effect}" if effect else _word(row)

    return (
        Column(lambda: _("Date"), lambda row: current_language().date(row.entry.on), width=114, struck=is_reversed),
        Column(lambda: _("Entry"), _word, tooltip=tip, struck=is_reversed),
        Column(
            lambda: _("Amount, {currency}").format(currency=currency.value),
            lambda row: current_language().amount(row.amount) if row.amount is not None else "",
            Align.END,
            width=112,
            struck=is_reversed,
        ),
        Column(lambda: _("State"), lambda row: _standing(row).word, state=_standing, width=126),
    )
