"""Figures that can be typed or slid: a field and a slider that move each other, with the limits beside them."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from mikrolaan.domain.money import Currency, Money
from mikrolaan.i18n import _, current_language
from mikrolaan.i18n.conventions import conventions
from mikrolaan.ui.calculator.scale import Scale, amount_scale, count_scale, rate_scale
from mikrolaan.ui.calculator.slider import Slider
from mikrolaan.ui.widgets.basics import label, plain
from mikrolaan.ui.widgets.fields import LineField
from mikrolaan.ui.widgets.value_fields import CountField, MoneyField, PercentField

T = TypeVar("T")
LINE_WIDTH = 7.6  # of the editor, in heights of its text: room for 200 000,00 kr
ACTIONS = {
    Qt.Key.Key_Up: QSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Down: QSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageUp: QSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageDown: QSlider.SliderAction.SliderPageStepSub,
}


class SlidingField(LineField[T]):
    """A field with its slider; up and down, Page Up and Page Down in the field move the slider too."""

    slider: Slider
    scale: Scale

    def _add_slider(self) -> None:
        """Lay the field out anew: label and editor on one line, the slider and its limits below."""
        self.slider = Slider()
        self.slider.setObjectName(f"{self.name}_slider")
        self.slider.setAccessibleName(_("{field}, slider").format(field=plain(self.label.text())))
        self.least_label, self.most_label = label("", "caption"), label("", "caption")
        self._layout.removeWidget(self.label)
        self._layout.removeWidget(self.line)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.label, 1)
        head.addWidget(self.line)
        limits = QHBoxLayout()
        limits.setContentsMargins(2, 0, 2, 0)
        limits.addWidget(self.least_label)
        limits.addStretch(1)
        limits.addWidget(self.most_label)
        self._layout.insertLayout(0, head)
        self._layout.insertWidget(1, self.slider)
        self._layout.insertLayout(2, limits)
        self._layout.setSpacing(2)
        self.line.setFixedWidth(round(self.line.fontMetrics().height() * LINE_WIDTH))
        self._is_following = False
        self.slider.valueChanged.connect(self._on_slid)
        self.line.textChanged.connect(self._follow)

    def _show_scale(self, scale: Scale, usual: Decimal, unit: str = "") -> None:
        self.scale = scale
        self._is_following = True
        self.slider.setRange(0, scale.last)
        self.slider.setPageStep(scale.big_step)
        self._is_following = False
        self.slider.mark_usual(scale.position(usual))
        speaks = current_language()
        least, most = speaks.number(scale.least), speaks.number(scale.most)
        self.least_label.setText(least + unit)
        self.most_label.setText(most + unit)
        told = _("From {least} to {most}").format(least=least + unit, most=most + unit)
        self.slider.setAccessibleDescription(told)
        self.slider.setToolTip(told)
        self._follow()

    # -- what a kind of figure answers

    def _as_decimal(self, value: T) -> Decimal:
        raise TypeError(type(self).__name__)

    def _from_decimal(self, figure: Decimal) -> T:
        raise TypeError(type(self).__name__)

    # -- moving each other

    def slide_to(self, position: int) -> None:
        """Move the slider as the officer does."""
        self.slider.setValue(position)

    def _on_slid(self, position: int) -> None:
        if self._is_following:
            return
        self._is_following = True
        self.set_value(self._from_decimal(self.scale.value(position)))
        self._is_following = False
        self._on_changed()

    def _follow(self) -> None:
        """Bring the slider to what is typed; it stays where it was while that cannot be read."""
        if self._is_following:
            return
        value = self.peek()
        if value is not None:
            self._is_following = True
            self.slider.setValue(self.scale.position(self._as_decimal(value)))
            self._is_following = False

    def tab_stops(self) -> list[QWidget]:
        return [self.line, self.slider]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and watched is self.editor and isinstance(event, QKeyEvent):
            action = ACTIONS.get(Qt.Key(event.key())) if not event.modifiers() else None
            if action is not None:
                self.slider.triggerAction(action)
                return True
        return super().eventFilter(watched, event)


class AmountField(SlidingField[Money], MoneyField):
    """How much is lent; shown without decimals where there are none."""

    def __init__(self, name: str, label_text: str, currency: Currency) -> None:
        MoneyField.__init__(self, name, label_text, currency)
        self.scale = amount_scale(Decimal(0), Decimal(100))
        self._add_slider()

    def set_limits(self, least: Decimal, most: Decimal, usual: Decimal, currency: Currency) -> None:
        """Allow other amounts, in the main unit of the currency."""
        self.set_currency(currency)
        self._smallest, self._largest = Money.from_decimal(least, currency), Money.from_decimal(most, currency)
        self._show_scale(amount_scale(least, most), usual)

    def _shown(self, value: Money) -> str:
        speaks = current_language()
        return speaks.amount(value) if value.minor % 100 else speaks.whole_amount(value)

    def _as_decimal(self, value: Money) -> Decimal:
        return value.to_decimal()

    def _from_decimal(self, figure: Decimal) -> Money:
        return Money.from_decimal(figure, self.currency)


class RateField(SlidingField[Decimal], PercentField):
    """The nominal rate of a year."""

    def __init__(self, name: str, label_text: str) -> None:
        PercentField.__init__(self, name, label_text)
        self.scale = rate_scale(Decimal(0), Decimal(100))
        self._add_slider()

    def set_limits(self, least: Decimal, most: Decimal, usual: Decimal) -> None:
        """Allow other rates, in percent."""
        self._smallest, self._largest = least, most
        self._show_scale(rate_scale(least, most), usual, conventions(current_language().code).percent_sign)

    def _as_decimal(self, value: Decimal) -> Decimal:
        return value

    def _from_decimal(self, figure: Decimal) -> Decimal:
        return figure


class InstalmentsField(SlidingField[int], CountField):
    """How many times the borrower pays."""

    def __init__(self, name: str, label_text: str) -> None:
        CountField.__init__(self, name, label_text)
        self.scale = count_scale(Decimal(1), Decimal(2))
        self._add_slider()

    def set_limits(self, least: Decimal, most: Decimal, usual: Decimal) -> None:
        """Allow other counts."""
        self._smallest, self._largest = int(least), int(most)
        self._show_scale(count_scale(least, most), usual)

    def _as_decimal(self, value: int) -> Decimal:
        return Decimal(value)

    def _from_decimal(self, figure: Decimal) -> int:
        return int(figure)
