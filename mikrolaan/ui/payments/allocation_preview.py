"""Where a payment would go, shown while it is typed: instalment by instalment, then the loan before and after."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mikrolaan.domain.money import Money, total
from mikrolaan.domain.particulars import Allocation, Share
from mikrolaan.domain.statement import Statement
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.ui.widgets.basics import announce, empty, hairline, label
from mikrolaan.ui.widgets.cards import Card

MOST_SHARES = 4  # instalments told one by one; what a large payment does to more is told as their number


class AllocationPreview(Card):
    """A quiet card; `say` shows a sentence in place of the figures."""

    def __init__(self) -> None:
        super().__init__(_("Where it goes"))
        self.body.setSpacing(8)
        self._sentence = label("", "muted", wraps=True)
        self.body.addWidget(self._sentence)
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.body.addWidget(self._holder)
        self.body.addStretch(1)
        self.setAccessibleName(_("Where the payment goes"))

    @property
    def text(self) -> str:
        """All that is shown, line by line."""
        if not self._holder.isHidden():
            shown = [item.widget() for n in range(self._grid.count()) if (item := self._grid.itemAt(n)) is not None]
            return "\n".join(each.text() for each in shown if isinstance(each, QLabel))
        return self._sentence.text()

    def say(self, text: str) -> None:
        """Show a sentence instead of figures."""
        self._holder.hide()
        self._sentence.setText(text)
        self._sentence.show()

    def show_payment(self, before: Statement, after: Statement) -> None:
        """Show what the payment does, from the loan before and after it."""
        known = {allocation.payment_id for allocation in before.allocations}
        empty(self._grid)
        for allocation in after.allocations:
            if allocation.payment_id not in known:
                self._add_shares(allocation, after)
        self._add_end(before, after)
        self._sentence.hide()
        self._holder.show()
        announce(self, self.text)

    def _add_shares(self, allocation: Allocation, after: Statement) -> None:
        due = {row.instalment.number: row.instalment.due_on for row in after.rows}
        speaks = current_language()
        for share in allocation.shares[:MOST_SHARES]:
            number = share.instalment_number
            day = speaks.date(due[number]) if number in due else ""
            words = _("Instalment {number}, {date}").format(number=number, date=day)
            self._line(words, share.amount)
            self._note(_parts(share))
        rest = allocation.shares[MOST_SHARES:]
        if rest:
            words = ngettext("{count} more instalment", "{count} more instalments", len(rest))
            amount = total([share.amount for share in rest], allocation.to_credit.currency)
            self._line(words.format(count=len(rest)), amount)
        if allocation.early:
            early = speaks.money(allocation.early)
            self._note(_("{amount} of the principal is repaid early").format(amount=early))
        if allocation.to_credit:
            self._line(_("Credit: more than the loan needs"), allocation.to_credit, "warn")

    def _add_end(self, before: Statement, after: Statement) -> None:
        speaks = current_language()
        self._grid.addWidget(hairline(), self._grid.rowCount(), 0, 1, 2)
        self._line(_("Outstanding before"), before.outstanding_principal)
        self._line(_("Outstanding after"), after.outstanding_principal, "strong")
        left = after.due_unpaid + after.late_interest
        if left:
            self._line(_("Still due"), left, "strong")
        elif after.next_due is not None:
            day = speaks.date(after.next_due.instalment.due_on)
            self._note(_("Nothing more is due until {date}.").format(date=day))
        else:
            self._note(_("The loan is repaid with this."))

    def _line(self, words: str, amount: Money, role: str = "") -> None:
        row = self._grid.rowCount()
        told = label(words, role if role == "strong" else "", wraps=True)
        figure = label(current_language().amount(amount), "strong" if role else "")
        self._grid.addWidget(told, row, 0)
        self._grid.addWidget(figure, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)

    def _note(self, words: str) -> None:
        self._grid.addWidget(label(words, "caption", wraps=True), self._grid.rowCount(), 0, 1, 2)


def _parts(share: Share) -> str:
    """Of what an instalment's share consists."""
    amount = current_language().amount
    parts = (
        (_("fees {amount}"), share.fees),
        (_("late interest {amount}"), share.late_interest),
        (_("interest {amount}"), share.interest),
        (_("principal {amount}"), share.principal),
    )
    return ", ".join(words.format(amount=amount(part)) for words, part in parts if part)
