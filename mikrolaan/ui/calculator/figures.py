"""The figures that people compare loans by, large, each with its meaning."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from mikrolaan.domain.money import Currency
from mikrolaan.domain.terms import Repayment
from mikrolaan.i18n import Language, _, current_language
from mikrolaan.i18n.conventions import conventions
from mikrolaan.services.calculation import Calculation
from mikrolaan.ui.widgets.basics import hairline, label, set_look
from mikrolaan.ui.widgets.cards import Card, KeyFigure

GAP = 28
LEAST_WIDTH = 300
ROLES = ("figure", "title", "figure_small")  # from large to small


class LargeFigure(KeyFigure):
    """A figure in large type, its unit in small type after it, and a line below that says more."""

    def __init__(self, word: str, explanation: str) -> None:
        super().__init__(word, "–", explanation, large=True)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.removeWidget(self.figure)
        self.unit = label("", "section")
        self.note = label("", "caption")
        row = QHBoxLayout()
        row.setSpacing(5)
        row.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self.unit.setContentsMargins(0, 0, 0, 6)
        layout.addLayout(row)
        layout.addWidget(self.note)

    def show_all(self, figure: str, unit: str, note: str) -> None:
        """Show another figure with its unit and note."""
        self.figure.setText(figure)
        self.unit.setText(unit)
        self.unit.setVisible(bool(unit))
        self.note.setText(note)
        self.setAccessibleName(" ".join(part for part in (f"{self.word.text()}: {figure}", unit, note) if part))

    def wanted_width(self) -> int:
        """How wide the texts are in the present size."""
        unit = self.unit.sizeHint().width() + 5 if self.unit.text() else 0
        return max(self.figure.sizeHint().width() + unit, self.note.sizeHint().width(), self.word.sizeHint().width())

    def set_role(self, role: str) -> None:
        """Large type, or smaller where there is no room; the unit stands on the same line."""
        set_look(self.figure, "role", role)
        self.unit.setContentsMargins(0, 0, 0, {"figure": 6, "title": 2}.get(role, 0))


class Figures(Card):
    """Instalment, effective rate and total cost; below them what is paid out and back."""

    def __init__(self) -> None:
        super().__init__()
        self.body.setContentsMargins(20, 14, 20, 14)
        self.body.setSpacing(10)
        self.instalment = LargeFigure(
            _("Instalment"),
            _(
                "What the borrower pays each time: principal + interest + instalment fee. "
                "Shown is the first regular instalment; a fee that is paid only once is left out."
            ),
        )
        self.rate = LargeFigure(
            _("Effective rate"),
            _(
                "What the loan costs in a year, in percent, with all interest and all fees counted and the time of each "
                "payment taken into account. It is the rate at which everything the borrower pays is worth what the "
                "borrower receives, by the formula of the European Union. It is the figure for comparing loans."
            ),
        )
        self.cost = LargeFigure(
            _("Total cost"),
            _("Everything the borrower pays, less what the borrower receives: all interest and all fees."),
        )
        self.large = (self.instalment, self.rate, self.cost)
        self.paid_out = KeyFigure(
            _("Paid out"),
            explanation=_(
                "What the borrower receives: the amount, less an establishment fee that is deducted from it."
            ),
        )
        self.to_pay = KeyFigure(
            _("Total to pay"),
            explanation=_("The sum of all instalments, and of a fee that is paid separately."),
        )
        self.last_due = KeyFigure(_("Repaid"), explanation=_("The day on which the last instalment falls due."))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for figure in self.large:
            row.addWidget(figure)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(hairline())
        below = QHBoxLayout()
        below.setSpacing(GAP)
        for small in (self.paid_out, self.to_pay, self.last_due):
            below.addWidget(small)
        below.addStretch(1)
        self.body.addLayout(below)
        self.setMinimumWidth(LEAST_WIDTH)  # the type shrinks before the window grows

    def show_calculation(self, calculation: Calculation) -> None:
        """Show the figures of another calculation."""
        speaks = current_language()
        plan = calculation.plan
        currency = calculation.terms.currency
        mark = _mark(speaks, currency)
        self.instalment.show_all(speaks.amount(calculation.regular.due), mark, _about_the_rest(calculation, speaks))
        rate = calculation.effective_rate
        nominal = speaks.percent(calculation.terms.annual_rate_percent, decimals=None)
        self.rate.show_all(
            "–" if rate is None else speaks.percent(rate), "", _("nominal rate {rate}").format(rate=nominal)
        )
        self.cost.show_all(
            speaks.amount(plan.total_cost),
            mark,
            _("interest {interest} + fees {fees}").format(
                interest=speaks.amount(calculation.interest), fees=speaks.amount(calculation.fees)
            ),
        )
        self.paid_out.show_figure(speaks.money(plan.paid_out))
        self.to_pay.show_figure(speaks.money(calculation.to_pay))
        self.last_due.show_figure(speaks.date(calculation.last.due_on))
        self._fit()

    def _fit(self) -> None:
        """The largest type in which all three stand beside each other."""
        room = self.width() - 42 - GAP * (len(self.large) - 1)
        for role in ROLES:
            for figure in self.large:
                figure.set_role(role)
            if sum(figure.wanted_width() for figure in self.large) <= room:
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _about_the_rest(calculation: Calculation, speaks: Language) -> str:
    """How the other instalments differ from the regular one."""
    plan, terms = calculation.plan, calculation.terms
    last = calculation.last.due
    grace = terms.payment_free_instalments + terms.interest_only_instalments
    repaying = [row for row in plan.instalments[grace:] if not terms.rests(row.number - 1)]
    count = speaks.number(len(repaying))
    if len(plan.instalments) == 1:
        return _("paid once")
    if terms.is_agreed:
        least = min((row.due for row in plan.instalments if row.due), default=calculation.regular.due)
        return _("largest; smallest {least}").format(least=speaks.amount(least))
    if terms.months_without_principal and terms.repayment is Repayment.ANNUITY:
        return _("{count} times; else interest only").format(count=count)
    if grace:
        begins = speaks.date(plan.instalments[grace].due_on)
        return _("{count} times, from {date}").format(count=count, date=begins)
    if terms.repayment is Repayment.SERIAL and last < calculation.regular.due:
        return _("falling to {last}").format(last=speaks.amount(last))
    if last != calculation.regular.due:
        return _("{count} times, the last {last}").format(count=count, last=speaks.amount(last))
    return _("{count} times").format(count=count)


def _mark(speaks: Language, currency: Currency) -> str:
    """The short sign of the currency in this language."""
    habit = conventions(speaks.code)
    return (habit.currency_after[currency] or habit.currency_before[currency]).strip()
