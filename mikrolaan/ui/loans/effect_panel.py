"""Before and after: what an act not yet kept would change in a loan, figure by figure."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from mikrolaan.domain.money import Money
from mikrolaan.domain.outlook import interest_saved, outlook
from mikrolaan.domain.statement import Statement
from mikrolaan.i18n import _, current_language
from mikrolaan.ui.widgets.basics import announce, empty, label

Line = tuple[str, str, str]  # word, before, after
END = Qt.AlignmentFlag.AlignRight
NOTHING = "–"


class EffectPanel(QFrame):
    """Three columns: the figure, before, after; what changes is written strong."""

    def __init__(self, *, is_brief: bool = False) -> None:
        """A brief one leaves the balances to a text beside it."""
        super().__init__()
        self._is_brief = is_brief
        self._waiting = _("Fill in the form to see what changes.")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.lines: list[Line] = []
        self.saved = ""
        self.show_none()

    def show_none(self, why: str = "") -> None:
        """Show no figures, and why there are none."""
        self.lines, self.saved = [], ""
        empty(self._grid)
        self._grid.addWidget(label(why or self._waiting, "muted", wraps=True), 0, 0, 1, 3)
        self.setAccessibleName(why or self._waiting)

    def show_effect(self, before: Statement, after: Statement) -> None:
        """Show what one statement says and the other."""
        lines = effect_lines(before, after)
        self.lines = [line for line in lines if line[0] in brief_words()] if self._is_brief else lines
        self.saved = saving_sentence(before, after)
        empty(self._grid)
        currency = before.outstanding_principal.currency.value
        self._grid.addWidget(label(_("Amounts in {currency}").format(currency=currency), "caption"), 0, 0)
        for column, word in ((1, _("Before")), (2, _("After"))):
            self._grid.addWidget(label(word, "caption"), 0, column, END)
        for row, (word, old, new) in enumerate(self.lines, start=1):
            self._grid.addWidget(label(word, "muted"), row, 0)
            self._grid.addWidget(label(old, "muted"), row, 1, END)
            self._grid.addWidget(label(new, "strong" if new != old else "muted"), row, 2, END)
        if self.saved:
            self._grid.addWidget(label(self.saved, "strong", wraps=True), len(self.lines) + 1, 0, 1, 3)
        told = [
            _("{figure}: {before} → {after}").format(figure=w, before=b, after=a) for w, b, a in self.lines if b != a
        ]
        self.setAccessibleName(". ".join([*told, self.saved]) or _("Nothing changes."))
        announce(self, self.accessibleName())

    def after(self, word: str) -> str:
        """What stands under "After" in the line of that word."""
        return next(new for name, _old, new in self.lines if name == word)


def brief_words() -> tuple[str, str, str]:
    """The figures by which one chooses among ways of early repayment."""
    return _("Instalment"), _("Last due date"), _("Outstanding")


def effect_lines(before: Statement, after: Statement) -> list[Line]:
    """The figures that people compare, on the day of both statements; lines that say nothing are left out."""
    old, new = outlook(before), outlook(after)
    lines = [
        (_("Instalment"), _money(old.instalment), _money(new.instalment)),
        (_("Instalments left"), str(old.instalments_left), str(new.instalments_left)),
        (_("Last due date"), _day(old.last_due_on), _day(new.last_due_on)),
        (_("Outstanding"), _money(old.outstanding), _money(new.outstanding)),
        (_("Interest to come"), _money(old.interest_to_come), _money(new.interest_to_come)),
        (_("Due and unpaid now"), _money(old.owed_now), _money(new.owed_now)),
        (_("To repay everything"), _money(before.payoff_amount), _money(after.payoff_amount)),
    ]
    for word, amounts in (
        (_("Late interest"), (before.late_interest, after.late_interest)),
        (_("Written off"), (before.written_off, after.written_off)),
        (_("Recovered"), (before.recovered, after.recovered)),
        (_("Credit"), (before.credit, after.credit)),
    ):
        if amounts[0] != amounts[1]:
            lines.append((word, _money(amounts[0]), _money(amounts[1])))
    always = brief_words()
    return [line for line in lines if line[1] != line[2] or (line[0] in always and line[1] != NOTHING)]


def saving_sentence(before: Statement, after: Statement) -> str:
    """How much interest is saved or added; empty where it stays."""
    saved = interest_saved(before, after)
    if not saved or after.written_off != before.written_off:
        return ""
    if saved.minor > 0:
        return _("Interest saved: {amount}").format(amount=current_language().money(saved))
    return _("More interest: {amount}").format(amount=current_language().money(-saved))


def _money(amount: Money | None) -> str:
    return current_language().amount(amount) if amount is not None else NOTHING


def _day(day: date | None) -> str:
    return current_language().date(day) if day is not None else NOTHING
