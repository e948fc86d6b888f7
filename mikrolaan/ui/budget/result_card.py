"""What an instalment leaves of a budget: four figures, the instalment, and a slider for a fall in sales."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mikrolaan.domain.budget import LARGEST_LINE_MINOR, Budget, Outcome, burden, outcome, room
from mikrolaan.domain.money import Currency, Money
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.budgets import CaseInstalment
from mikrolaan.ui.budget.budget_words import (
    burden_state,
    debt_share_help,
    fall_limit_help,
    fall_state,
    left_after_fall_help,
    left_after_help,
    room_state,
    share_text,
)
from mikrolaan.ui.budget.fall_slider import FallSlider
from mikrolaan.ui.budget.result_figure import ResultFigure
from mikrolaan.ui.widgets.basics import hairline, label
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.value_fields import MoneyField


class ResultCard(Card):
    """Moves with every change. The instalment is the case's own until another is typed; what is typed is not kept."""

    changed = Signal()  # another instalment was typed

    def __init__(self, currency: Currency) -> None:
        super().__init__(_("What is left, a month"))
        self.body.setContentsMargins(16, 12, 16, 16)
        self.body.setSpacing(8)
        self._currency = currency
        self._budget: Budget | None = None
        self._own: CaseInstalment | None = None
        self.shown: Outcome | None = None
        self.left = ResultFigure(_("Left after the instalment"), left_after_help(), main=True)
        self.instalment = MoneyField(
            "budget_instalment",
            _("&Instalment a month"),
            currency,
            required=False,
            largest=Money(LARGEST_LINE_MINOR, currency),
        )
        self.instalment.label.setText(_("&Instalment a month"))
        self.source = label("", "caption", wraps=True)
        self.fall = FallSlider()
        self.left_after_fall = ResultFigure(_("Left if sales fall"), left_after_fall_help())
        self.share = ResultFigure(_("Share of income for debts"), debt_share_help())
        self.limit = ResultFigure(_("Sales may fall by"), fall_limit_help())
        rows: tuple[QWidget, ...] = (
            self.left,
            self.instalment,
            self.source,
            hairline(),
            self.fall,
            self.left_after_fall,
            self.limit,
            self.share,
        )
        for widget in rows:
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.instalment.changed.connect(self._on_typed)
        self.fall.moved.connect(self._show)

    def show_case(self, own: CaseInstalment | None) -> None:
        """Take the instalment of the case's newest loan; one that was typed stays, unless it was the old one."""
        followed = self.instalment.peek() == (self._own.monthly if self._own is not None else None)
        self._own = own
        if followed:
            self.follow()
        self._show()

    def follow(self) -> None:
        """Show the instalment of the case again, instead of a typed one."""
        self.instalment.set_value(self._own.monthly if self._own is not None else None)
        self._show()

    def show_budget(self, budget: Budget | None) -> None:
        """Show what the instalment leaves of another budget; None while it cannot be read."""
        self._budget = budget
        self._show()

    @property
    def monthly(self) -> Money:
        """The instalment that counts; none typed is zero."""
        return self.instalment.peek() or Money.zero(self._currency)

    def _on_typed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.source.setText(self._about_instalment())
        if self._budget is None or not self._budget.lines:
            self.shown = None
            for figure in (self.left, self.left_after_fall, self.share, self.limit):
                figure.show_nothing()
            return
        speaks, instalment = current_language(), self.monthly
        shown = self.shown = outcome(self._budget, instalment, self.fall.percent)
        self.left.show_result(speaks.money(shown.left_after), room_state(room(shown.left_after, instalment)))
        self.left_after_fall.show_result(
            speaks.money(shown.left_after_fall),
            room_state(room(shown.left_after_fall, instalment)),
            _("Left if sales fall by {share}").format(share=speaks.percent(shown.sales_fall_percent, 0)),
        )
        self.share.show_result(share_text(shown.debt_share_percent), burden_state(burden(shown.debt_share_percent)))
        self.limit.show_result(share_text(shown.fall_until_nothing_left), fall_state(shown))

    def _about_instalment(self) -> str:
        """Where the instalment comes from, and what it leaves out."""
        own = self._own
        if own is None:
            return _("The case has no open loan or application. Type an instalment to try it.")
        if self.instalment.peek() != own.monthly:
            return _("Typed here to try it; it is not saved. Loan {number} has {amount}.").format(
                number=own.loan_number, amount=current_language().money(own.monthly)
            )
        told = [_("From loan {number}, the newest of the case.").format(number=own.loan_number)]
        if own.ends_larger:
            told.append(_("Its last instalment is {amount}.").format(amount=current_language().money(own.last)))
        if own.other_loans:
            numbers = ", ".join(str(number) for number in own.other_loans)
            told.append(
                ngettext(
                    "Loan {numbers} is being repaid too: write its instalment under other debts.",
                    "Loans {numbers} are being repaid too: write their instalments under other debts.",
                    len(own.other_loans),
                ).format(numbers=numbers)
            )
        return " ".join(told)
