"""The log of a loan in arrears: contacts, promises, letters and other steps, with the acts that add to it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.money import Money
from mikrolaan.i18n import _, current_language
from mikrolaan.services.arrears_rows import LogLine
from mikrolaan.services.session import Session
from mikrolaan.ui.arrears import arrears_acts
from mikrolaan.ui.arrears.arrears_words import log_note, log_state, log_word
from mikrolaan.ui.documents.paper_dialog import PaperDialog, show_document
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.widgets.basics import action_button, label, make_action
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.dialogs import Dialog
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Column, PagedTableModel

NARROW = 600  # a narrower log leaves out who wrote a line, so that what was done and said have room
OFFICER_COLUMN = 3
MOST_LINES = 3  # of a note in the list; Enter shows the whole of a longer one


class ContactLog(QWidget):
    """What was done about one loan, the latest first; Enter opens a letter, or shows a line with the whole of its note."""

    recorded = Signal(str)  # a sentence saying what was kept

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._loan_id: UUID | None = None
        self._owed: Money | None = None
        self._who = ""
        self._lines: Sequence[LogLine] = ()
        self.viewer: PaperDialog | None = None
        self.contact_act = make_action(
            self,
            _("Record a contact"),
            self.record_contact,
            icon_name="phone",
            tip=_("Note a call, meeting or message"),
        )
        self.promise_act = make_action(
            self, _("Record a promise"), self.record_promise, icon_name="handshake", tip=_("Note a promise to pay")
        )
        self.take_back_act = make_action(
            self,
            _("Take the promise back"),
            self.take_back,
            icon_name="arrow-counter-clockwise",
            tip=_("Let the chosen promise count no more; it stays in the log"),
        )
        self.model: PagedTableModel[LogLine] = PagedTableModel(_columns(), self._load, self._part)
        empty = EmptyState("notebook", _("Calls, promises and letters will be listed here."))
        self.table = Table(self.model, _("Log"), empty)
        self.table.wrap(MOST_LINES)
        self.table.row_opened.connect(self.open_row)
        self.table.row_selected.connect(lambda _row: self._offer())
        self.message = InlineMessage()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(8)
        for act in (self.contact_act, self.promise_act, self.take_back_act):
            self._acts.addWidget(action_button(act))
        self._acts.addStretch(1)
        layout.addLayout(self._acts)
        layout.addWidget(self.message)
        layout.addWidget(self.table, 1)
        self._offer()

    def show_loan(self, loan_id: UUID | None, owed: Money | None, who: str = "") -> None:
        """Show the log of a loan; `owed` is proposed in a promise, `who` in a contact. None shows nothing."""
        self._loan_id, self._owed, self._who = loan_id, owed, who
        self.message.say("")
        self.table.clearSelection()
        self.table.reload()
        self._offer()

    def refresh(self) -> None:
        """Load again."""
        self.table.reload()
        self._offer()

    def record_contact(self) -> None:
        """Ask for a contact."""
        if self._loan_id is not None:
            arrears_acts.record_contact(
                self.window(),
                self._session,
                self._loan_id,
                lambda: self._done(_("The contact is in the log.")),
                who=self._who,
            )

    def record_promise(self) -> None:
        """Ask for a promise."""
        if self._loan_id is not None and self._owed is not None:
            arrears_acts.record_promise(
                self.window(),
                self._session,
                self._loan_id,
                self._owed,
                lambda: self._done(_("The promise is kept in the log.")),
            )

    def take_back(self) -> None:
        """Let the chosen promise count no more."""
        line = self.table.selected_row()
        if not isinstance(line, LogLine) or line.promise is None:
            return
        try:
            arrears_acts.take_back_promise(self._session, line.promise)
        except MikrolaanError as error:
            self.message.say(sentence_for(error), "bad")
        else:
            self._done(_("The promise counts no more."))

    def open_row(self, line: LogLine) -> None:
        """Show the letter of a line, else all that the line says."""
        if line.document_id is not None:
            self.viewer = show_document(self._session, line.document_id, self.window())
            return
        by = _("{date} by {officer}").format(date=current_language().date(line.on), officer=line.officer)
        shown = Dialog(self.window(), log_word(line), by)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        note = label(log_note(line, on_one_line=False), wraps=True)
        note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.body.addWidget(note)
        shown.add_cancel(_("&Close"))
        shown.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(OFFICER_COLUMN, self.width() < NARROW)

    def _done(self, told: str) -> None:
        self.refresh()
        self.recorded.emit(told)

    def _offer(self) -> None:
        line = self.table.selected_row()
        self.contact_act.setEnabled(self._loan_id is not None)
        self.promise_act.setEnabled(self._loan_id is not None and self._owed is not None)
        can = isinstance(line, LogLine) and line.promise is not None and line.promise.taken_back_on is None
        self.take_back_act.setEnabled(can)
        self.take_back_act.setVisible(can)

    def _load(self) -> int:
        self._lines = () if self._loan_id is None else self._session.arrears.log(self._loan_id)
        return len(self._lines)

    def _part(self, offset: int, limit: int) -> Sequence[LogLine]:
        return self._lines[offset : offset + limit]


def _columns() -> list[Column[LogLine]]:
    return [
        Column(lambda: _("Date"), lambda line: current_language().date(line.on), width=112),
        Column(lambda: _("What"), log_word, state=log_state),
        Column(lambda: _("Said"), log_note, tooltip=lambda line: line.note),
        Column(lambda: _("By"), lambda line: line.officer, width=136),
    ]
