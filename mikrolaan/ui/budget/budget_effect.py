"""What an instalment leaves of a borrower's budget, in one row, for pages that move an instalment."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy

from mikrolaan.domain.budget import Budget, Outcome, outcome, room
from mikrolaan.domain.money import Money
from mikrolaan.i18n import _, current_language
from mikrolaan.ui.budget.budget_words import left_after_fall_help, left_after_help, room_state
from mikrolaan.ui.budget.fall_slider import FallSlider
from mikrolaan.ui.budget.result_figure import ResultFigure
from mikrolaan.ui.widgets.cards import Card

GAP = 28
SLIDER_WIDTH = 220
LEAST_WIDTH = 300
WIDEST = 16_777_215  # Qt's word for no limit


class BudgetEffect(Card):
    """Hidden until `show_effect` gives it a budget. The instalment is a month's: see `services.budgets`."""

    def __init__(self) -> None:
        super().__init__()
        self.body.setContentsMargins(20, 10, 20, 10)
        self._budget: Budget | None = None
        self._instalment: Money | None = None
        self.shown: Outcome | None = None
        self.left = ResultFigure(_("Left after the instalment"), left_after_help())
        self.left_after_fall = ResultFigure(_("Left if sales fall"), left_after_fall_help())
        self.fall = FallSlider(has_letter=False)
        self.fall.moved.connect(self._show)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(GAP)
        self._figures.addWidget(self.left)
        self._figures.addWidget(self.left_after_fall)
        self._figures.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.addLayout(self._figures, 1)
        self._row.addWidget(self.fall)
        self.body.addLayout(self._row)
        self.setMinimumWidth(LEAST_WIDTH)  # the slider goes below before the window grows
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(_("Effect on the budget"))
        self.hide()

    def show_effect(self, budget: Budget | None, instalment: Money) -> None:
        """Show what an instalment of a month leaves of the budget; without a budget, nothing is shown."""
        self._budget, self._instalment = budget, instalment
        self.setVisible(budget is not None)
        self._show()

    def _show(self) -> None:
        if self._budget is None or self._instalment is None:
            return
        speaks, instalment = current_language(), self._instalment
        shown = self.shown = outcome(self._budget, instalment, self.fall.percent)
        self.left.show_result(speaks.money(shown.left_after), room_state(room(shown.left_after, instalment)))
        self.left_after_fall.show_result(
            speaks.money(shown.left_after_fall),
            room_state(room(shown.left_after_fall, instalment)),
            _("Left if sales fall by {share}").format(share=speaks.percent(shown.sales_fall_percent, 0)),
        )
        self._fit()

    def _fit(self) -> None:
        """The slider beside the figures, or below them where there is no room."""
        margins = self.body.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        beside = self._figures.sizeHint().width() + SLIDER_WIDTH <= room
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.fall.setMaximumWidth(SLIDER_WIDTH if beside else WIDEST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
