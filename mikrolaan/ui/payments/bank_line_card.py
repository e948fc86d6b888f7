"""One line of a bank file in full: who paid, what it says, what it would settle, and the officer's choice of loan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.i18n import _
from mikrolaan.services.bank_import import BankReview
from mikrolaan.services.bank_matching import ReviewedLine
from mikrolaan.services.bank_rows import PayableLoan
from mikrolaan.services.session import Session
from mikrolaan.services.taking_payments import LoanWrittenOff
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.loans.allocation_words import allocation_sentences
from mikrolaan.ui.payments.bank_words import state_sentence
from mikrolaan.ui.widgets.basics import button, label
from mikrolaan.ui.widgets.picker import Found, PickerField


class BankLineCard(QFrame):
    """Below the table: the selected line."""

    accepted = Signal(object)  # the id of the loan
    left_out = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._session = session
        self._review: BankReview | None = None
        self._place = 0
        self._accepted: Mapping[int, UUID] = {}
        self._line: ReviewedLine | None = None
        self._loan: PayableLoan | None = None
        self.told = label("", wraps=True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.meaning = label("", "muted", wraps=True)
        self.preview = label("", "caption", wraps=True)
        self.picker = PickerField(
            "loan", _("Pay in on &loan"), self._search, placeholder=_("Number, borrower or reference")
        )
        self.picker.changed.connect(self._on_picked)
        self.picker.submitted.connect(self._on_accept)
        self.accept_button = button(_("&Accept"), "", "check")
        self.accept_button.clicked.connect(self._on_accept)
        self.leave_button = button(_("L&eave out"))
        self.leave_button.clicked.connect(self.left_out.emit)
        words = QVBoxLayout()
        words.setSpacing(4)
        for each in (self.told, self.meaning, self.preview):
            words.addWidget(each)
        words.addStretch(1)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self.accept_button)
        acts.addWidget(self.leave_button)
        acts.addStretch(1)
        choice = QVBoxLayout()
        choice.setSpacing(8)
        choice.addWidget(self.picker)
        choice.addLayout(acts)
        choice.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(24)
        layout.addLayout(words, 3)
        layout.addLayout(choice, 2)
        self.setMinimumHeight(132)

    def show_line(
        self, review: BankReview | None, place: int | None, loan: PayableLoan | None, accepted: Mapping[int, UUID]
    ) -> None:
        """Show another line with the loan it is, or would be, paid in on; None shows none."""
        self._review, self._loan, self._accepted = review, loan, accepted
        self._place = place or 0
        line = self._line = review.lines[place] if review is not None and place is not None else None
        is_accepted = place in accepted
        may = line is not None and line.may_be_saved
        for widget in (self.picker, self.accept_button, self.leave_button):
            widget.setVisible(may)
        self.leave_button.setEnabled(is_accepted)
        self.told.setText(_told(line) if line is not None else "")
        self.picker.choose(_found(loan) if loan is not None else None)
        self._show_preview()
        self.accept_button.setEnabled(not is_accepted and self._can_pay())

    def begin(self) -> None:
        """Take the cursor to the choice of loan."""
        if self.picker.isVisible():
            self.picker.line.setFocus()
            self.picker.line.selectAll()

    def _search(self, text: str, most: int) -> Sequence[Found]:
        if self._review is None:
            return ()
        return [_found(loan) for loan in self._session.bank_imports.find_loans(self._review, text, most)]

    def _on_picked(self) -> None:
        chosen = self.picker.chosen
        if self._review is None:
            return
        self._loan = self._review.matcher.loan(chosen.id) if chosen is not None else None
        self._show_preview()
        self.accept_button.setEnabled(self._can_pay())

    def _on_accept(self) -> None:
        if self._loan is not None and self._can_pay():
            self.accepted.emit(self._loan.loan_id)

    def _can_pay(self) -> bool:
        return self._line is not None and self._loan is not None and self._line.can_pay(self._loan)

    def _show_preview(self) -> None:
        """What the line is on the chosen loan, and where the payment would go by the same computation that saves it."""
        told, line = "", self._line
        if self._review is not None and line is not None and self._loan is not None:
            line = self._review.matcher.on_loan(line, self._loan)
            told = self._where_it_goes(self._review, line, self._loan) if line.may_be_saved else ""
        self.meaning.setText(state_sentence(line) if line is not None else "")
        self.preview.setText(told)
        self.preview.setVisible(bool(told))

    def _where_it_goes(self, review: BankReview, line: ReviewedLine, loan: PayableLoan) -> str:
        if loan.is_written_off:
            return sentence_for(LoanWrittenOff(loan.number))
        if not line.can_pay(loan):
            return _("This loan cannot take the payment: it is not paid out by then, or in another currency.")
        try:
            before, after = self._session.bank_imports.preview(review, self._accepted, self._place, loan.loan_id)
        except MikrolaanError as error:
            return sentence_for(error)
        return " · ".join(allocation_sentences(before, after))


def _told(reviewed: ReviewedLine) -> str:
    line = reviewed.line
    parts = [
        line.payer,
        _("account {account}").format(account=line.payer_account) if line.payer_account else "",
        _("reference {reference}").format(reference=line.reference) if line.reference else "",
        _("“{text}”").format(text=line.text) if line.text else "",
    ]
    told = " · ".join(part for part in parts if part)
    return told or _("The bank says nothing of who paid.")


def _found(loan: PayableLoan) -> Found:
    return Found(
        loan.loan_id, _("{number} {borrower}").format(number=loan.number, borrower=loan.borrower), loan.reference
    )
