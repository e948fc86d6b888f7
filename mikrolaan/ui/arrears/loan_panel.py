"""Below the list of arrears: the chosen loan's next step with its reason, what it owes, and its log."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.arrears import ArrearsLine
from mikrolaan.services.session import Session
from mikrolaan.ui.arrears.arrears_words import next_word, step_act, why_word
from mikrolaan.ui.arrears.contact_log import ContactLog
from mikrolaan.ui.widgets.basics import action_button, label

LEFT_WIDTH = 320


class LoanPanel(QFrame):
    """What one does now about one loan."""

    def __init__(self, session: Session, next_act: QAction, notify_act: QAction, open_act: QAction) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._session = session
        self._next_act = next_act
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 14, 20, 14)
        row.setSpacing(24)
        self._left = left = QWidget()
        left.setFixedWidth(LEFT_WIDTH)
        self._column = column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.name = label("", "strong", wraps=True)
        self.owed = label("", "muted", wraps=True)
        self.step = label("", "section", wraps=True)
        self.why = label("", wraps=True)
        self.guarantors = label("", "error", wraps=True)
        for made in (self.name, self.owed, self.step, self.why, self.guarantors):
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        self.notify_button = action_button(notify_act)
        column.addWidget(self.notify_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        acts = QHBoxLayout()
        acts.setSpacing(16)
        self.next_button = action_button(next_act, "primary")
        acts.addWidget(self.next_button)
        self.open_button = action_button(open_act, "link")
        acts.addWidget(self.open_button)
        acts.addStretch(1)
        column.addLayout(acts)
        self.log = ContactLog(session)
        row.addWidget(left)
        row.addWidget(self.log, 1)

    def show_line(self, line: ArrearsLine | None) -> None:
        """Show what there is to do about a loan; None shows nothing."""
        self.setEnabled(line is not None)
        if line is None:
            for emptied in (self.name, self.owed, self.step, self.why, self.guarantors):
                emptied.setText("")
            self._left.setMinimumHeight(0)
            self._next_act.setText(_("Take the next step"))
            self.log.show_loan(None, None)
            return
        speaks, today, row = current_language(), self._session.today(), line.row
        told = _("Loan {number} · {name}").format(number=row.number, name=row.borrower)
        self.name.setText(f"{told} · {row.group}" if row.group else told)
        owed = ngettext("{amount} overdue, for {count} day", "{amount} overdue, for {count} days", row.days)
        self.owed.setText(owed.format(amount=speaks.money(row.overdue), count=speaks.number(row.days)))
        self.step.setText(next_word(line, today))
        why = why_word(line.next, today)
        if line.next is not None and line.next.step.kind.is_letter:
            why += " " + (
                _("The letter costs the borrower {fee}.").format(fee=speaks.money(line.fee))
                if line.fee is not None
                else _("The letter costs the borrower nothing.")
            )
        self.why.setText(why)
        self._next_act.setText(step_act(line.next.step.kind) if line.next else _("Take the next step"))
        due = line.guarantors_due_on
        self.guarantors.setVisible(due is not None)
        if due is not None:
            told = (
                _("Others answer for this loan: written notice to them is due by {date}.")
                if due >= today
                else _("Others answer for this loan: written notice to them was due by {date}. Send it now.")
            )
            self.guarantors.setText(told.format(date=speaks.date(due)))
        self._column.activate()  # wrapped sentences do not count in the least height that a splitter heeds
        self._left.setMinimumHeight(self._column.totalHeightForWidth(LEFT_WIDTH))
        self.log.show_loan(row.loan_id, row.overdue, row.borrower)
