"""The choice of a period: a month, a quarter or a year to step through, or two days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mikrolaan.domain.errors import InvalidValue
from mikrolaan.domain.trial_balance import Period
from mikrolaan.i18n import _
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.reports.ledger_words import Span, period_of, period_words, span_word
from mikrolaan.ui.widgets.basics import icon_button, label
from mikrolaan.ui.widgets.value_fields import ChoiceField, DateField

_DAY = timedelta(days=1)
KIND_WIDTH = 168
DATE_WIDTH = 152
WORDS_WIDTH = 136


class PeriodBar(QWidget):
    """Begins with the month of today; arrows step to the period before and after."""

    changed = Signal(object)  # Period

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.span = Span.MONTH
        self.period = period_of(Span.MONTH, today())
        self.kind: ChoiceField[Span] = ChoiceField("span", _("&Period"), [(span, span_word(span)) for span in Span])
        self.kind.set_value(Span.MONTH)
        self.kind.setFixedWidth(KIND_WIDTH)
        self.kind.changed.connect(self._on_kind)
        self.back = icon_button("caret-left", _("The period before"))
        self.forward = icon_button("caret-right", _("The period after"))
        self.back.clicked.connect(lambda: self._step(self.period.first - _DAY))
        self.forward.clicked.connect(lambda: self._step(self.period.last + _DAY))
        self.words = label("", "strong")
        self.words.setMinimumWidth(WORDS_WIDTH)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.first = DateField("first", _("Fro&m"), today, in_past=True)
        self.last = DateField("last", _("&To"), today, in_past=True)
        for day in (self.first, self.last):
            day.setFixedWidth(DATE_WIDTH)
            day.changed.connect(self._on_days)
        self._steps = QWidget()
        steps = QHBoxLayout(self._steps)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(4)
        for widget in (self.back, self.words, self.forward):
            steps.addWidget(widget)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._steps, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addWidget(self.first, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.last, 0, Qt.AlignmentFlag.AlignTop)
        layout.addStretch(1)
        self._show()

    @property
    def told(self) -> str:
        """The period in words."""
        return period_words(self.span, self.period)

    def choose(self, span: Span, day: date) -> None:
        """Choose the period of that kind in which a day falls."""
        self.kind.set_value(span)
        self.span = span
        self._step(day)

    def _on_kind(self) -> None:
        chosen = self.kind.peek()
        if chosen is None:
            return
        self.span = chosen
        if chosen is Span.FREE:
            self.first.set_value(self.period.first)
            self.last.set_value(self.period.last)
            self._show()
            self.first.line.setFocus()
        else:
            self._step(self.period.first)

    def _step(self, day: date) -> None:
        self.period = period_of(self.span, day)
        self._show()
        self.changed.emit(self.period)

    def _on_days(self) -> None:
        first, last = self.first.peek(), self.last.peek()
        if first is None or last is None:
            return
        try:
            period = Period(first, last)
        except InvalidValue as error:
            self.last.set_error(sentence_for(error))
            return
        self.last.clear_error()
        if period != self.period:
            self.period = period
            self.changed.emit(period)

    def _show(self) -> None:
        is_free = self.span is Span.FREE
        self._steps.setVisible(not is_free)
        self.first.setVisible(is_free)
        self.last.setVisible(is_free)
        self.words.setText(self.told)
