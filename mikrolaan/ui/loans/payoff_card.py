"""What if the borrower repays everything on a day: the payoff amount, part by part."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.payoff import Payoff
from mikrolaan.i18n import _, current_language
from mikrolaan.services.session import Session
from mikrolaan.ui.error_sentence import sentence_for
from mikrolaan.ui.widgets.basics import empty, label
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.value_fields import DateField

END = Qt.AlignmentFlag.AlignRight


class PayoffCard(Card):
    """A date to choose, and what closes the loan on it."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("What if everything is repaid?"))
        self._session = session
        self._loan: Loan | None = None
        self.on = DateField("payoff_on", _("Repay &all on"), session.today)
        self.on.changed.connect(self._follow)
        self.body.addWidget(self.on)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.lines: list[tuple[str, str]] = []

    def show_loan(self, loan: Loan) -> None:
        """Ask about another loan, or the same one after it changed; the day typed stays for the same loan."""
        if self._loan is None or self._loan.id != loan.id or self.on.is_empty():
            self.on.set_value(self._session.today())
        self._loan = loan
        self.on.set_limits(
            max(loan.journal.payouts[0].on, self._session.today()) if loan.journal.payouts else None, None
        )
        self._follow()

    def _follow(self) -> None:
        empty(self._grid)
        self.lines = []
        day = self.on.peek()
        if self._loan is None or day is None:
            return
        try:
            told = self._session.life.payoff(self._loan, day)
        except RuleError as error:
            self.on.set_error(sentence_for(error))
            return
        self.lines = payoff_lines(told)
        for row, (word, figure) in enumerate(self.lines):
            last = row == len(self.lines) - 1
            self._grid.addWidget(label(word, "strong" if last else "muted"), row, 0)
            self._grid.addWidget(label(figure, "strong" if last else ""), row, 1, END)
        note = _("If nothing is paid before that day.") if day > self._session.today() else ""
        if told.missing_rates:
            note = _("The statutory rate of late interest is not known for all of these days; it is left out for them.")
        if note:
            self._grid.addWidget(label(note, "caption", wraps=True), len(self.lines), 0, 1, 2)


def payoff_lines(told: Payoff) -> list[tuple[str, str]]:
    """The parts of a payoff with their amounts; the last is what is to be paid."""
    speaks = current_language()
    lines = [
        (_("Principal"), speaks.money(told.principal)),
        (_("Interest to that day"), speaks.money(told.interest)),
        (_("Late interest"), speaks.money(told.late_interest)),
        (_("Fees"), speaks.money(told.fees)),
    ]
    if told.credit:
        lines.append((_("Less what is paid beyond"), speaks.money(-told.credit)))
    return [*lines, (_("To pay"), speaks.money(told.amount))]
