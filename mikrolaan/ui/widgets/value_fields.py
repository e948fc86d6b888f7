"""Fields for amounts, rates, counts, days and choices, read and written as the officer's language does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from PySide6.QtCore import QDate, QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import Currency, Money
from mikrolaan.i18n import _, current_language
from mikrolaan.i18n.conventions import conventions
from mikrolaan.ui import theme
from mikrolaan.ui.icons import draw_icon, icon
from mikrolaan.ui.widgets.basics import icon_button, plain
from mikrolaan.ui.widgets.fields import FIELD_ICON, Field, LineField

T = TypeVar("T")
N = TypeVar("N", int, Decimal)


class _FigureField(LineField[T]):
    """A figure with its unit; leaving the field writes it the way the language does."""

    def __init__(self, name: str, label_text: str, *, required: bool, help_text: str, unit: str) -> None:
        super().__init__(name, label_text, required=required, help_text=help_text, longest=40, unit=unit)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.setFont(theme.tabular(self.line.font()))

    def _shown(self, value: T) -> str:
        raise TypeError(type(self).__name__)

    def set_value(self, value: T | None) -> None:
        self.line.setText("" if value is None else self._shown(value))
        self.clear_error()

    def restore_typed(self, typed: object) -> None:
        self.line.setText(str(typed))
        self._write_tidily()

    def _on_left(self) -> None:
        super()._on_left()
        self._write_tidily()

    def _write_tidily(self) -> None:
        value = self.peek()
        if value is not None:
            self.line.setText(self._shown(value))


class MoneyField(_FigureField[Money]):
    """An amount in one currency, read to the øre; `smallest` and `largest` are allowed themselves."""

    def __init__(
        self,
        name: str,
        label_text: str,
        currency: Currency,
        *,
        required: bool = True,
        help_text: str = "",
        smallest: Money | None = None,
        largest: Money | None = None,
    ) -> None:
        super().__init__(name, label_text, required=required, help_text=help_text, unit=_mark(currency))
        self.currency = currency
        self._smallest = Money.zero(currency) if smallest is None else smallest
        self._largest = largest

    def set_currency(self, currency: Currency) -> None:
        """Count in another currency; limits of the old one fall away."""
        self.currency = currency
        self._smallest, self._largest = Money.zero(currency), None
        self.set_unit(_mark(currency))

    def _read(self) -> Money:
        money = current_language().read_money(self.text(), self.currency)
        if money < self._smallest:
            raise InvalidValue(self.name, Problem.TOO_SMALL, self._smallest.to_decimal())
        if self._largest is not None and money > self._largest:
            raise InvalidValue(self.name, Problem.TOO_LARGE, self._largest.to_decimal())
        return money

    def _shown(self, value: Money) -> str:
        return current_language().amount(value)


class PercentField(_FigureField[Decimal]):
    """A rate in percent, exact: "8,25" is Decimal("8.25")."""

    def __init__(
        self,
        name: str,
        label_text: str,
        *,
        required: bool = True,
        help_text: str = "",
        smallest: Decimal = Decimal(0),
        largest: Decimal = Decimal(100),
    ) -> None:
        super().__init__(name, label_text, required=required, help_text=help_text, unit="%")
        self._smallest, self._largest = smallest, largest

    def _read(self) -> Decimal:
        return _within(self.name, self._smallest, self._largest, lambda: current_language().read_percent(self.text()))

    def _shown(self, value: Decimal) -> str:
        return current_language().number(value)


class CountField(_FigureField[int]):
    """A whole number of something: months, members, days."""

    def __init__(
        self,
        name: str,
        label_text: str,
        *,
        required: bool = True,
        help_text: str = "",
        unit: str = "",
        smallest: int = 0,
        largest: int = 1_000_000,
    ) -> None:
        super().__init__(name, label_text, required=required, help_text=help_text, unit=unit)
        self._smallest, self._largest = smallest, largest

    def _read(self) -> int:
        return _within(self.name, self._smallest, self._largest, lambda: current_language().read_count(self.text()))

    def _shown(self, value: int) -> str:
        return current_language().number(value)


def _within(name: str, smallest: N, largest: N, read: Callable[[], N]) -> N:
    """What is read; outside the limits of the field InvalidValue names them, and not those of any number at all."""
    try:
        value = read()
    except InvalidValue as error:
        limit = {Problem.TOO_SMALL: smallest, Problem.TOO_LARGE: largest}.get(error.problem, error.limit)
        raise InvalidValue(error.field, error.problem, limit) from None
    if value < smallest:
        raise InvalidValue(name, Problem.TOO_SMALL, smallest)
    if value > largest:
        raise InvalidValue(name, Problem.TOO_LARGE, largest)
    return value


def _mark(currency: Currency) -> str:
    """How the language writes the currency: kr, €, or its code."""
    habit = conventions(current_language().code)
    return (habit.currency_after[currency] or habit.currency_before[currency]).strip()


class DateField(_FigureField[date]):
    """A day, typed in any usual way or chosen in a calendar; `earliest` and `latest` are allowed themselves.

    A field that stays open for days is given its latest day as a function, which is asked anew each time.
    """

    def __init__(
        self,
        name: str,
        label_text: str,
        today: Callable[[], date],
        *,
        required: bool = True,
        help_text: str = "",
        earliest: date | None = None,
        latest: date | Callable[[], date] | None = None,
        in_past: bool = False,
    ) -> None:
        """`in_past`: a day without a year, or with two digits of it, lies before today (a birth date)."""
        self.calendar_button = icon_button(
            "calendar-blank",
            _("Choose {field} in a calendar").format(field=plain(label_text)),
            tone="muted",
            size=FIELD_ICON,
        )
        super().__init__(name, label_text, required=required, help_text=help_text, unit="")
        self._today, self._in_past = today, in_past
        self._earliest, self._latest = earliest, latest
        self.line.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.line.setPlaceholderText(current_language().date(today()))
        self.calendar_button.clicked.connect(self.open_calendar)
        self._calendar: CalendarPopup | None = None

    def _editor_row(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.calendar_button)
        return row

    def tab_stops(self) -> list[QWidget]:
        return [self.line, self.calendar_button]

    def set_limits(self, earliest: date | None, latest: date | None) -> None:
        """Allow other days than before."""
        self._earliest, self._latest = earliest, latest

    @property
    def latest(self) -> date | None:
        """The latest day that is allowed now."""
        return self._latest() if callable(self._latest) else self._latest

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.calendar_button.setEnabled(not read_only)

    def open_calendar(self) -> None:
        """Show a month to choose from, beginning at the day typed."""
        self._calendar = CalendarPopup(self, self.peek() or self._today(), self._earliest, self.latest)
        self._calendar.calendar.clicked.connect(self._on_chosen)
        self._calendar.calendar.activated.connect(self._on_chosen)
        self._calendar.open_below(self.line)

    def _on_chosen(self, day: QDate) -> None:
        popup, self._calendar = self._calendar, None
        if popup is None:
            return  # the second click of a double click
        self.set_value(date(day.year(), day.month(), day.day()))
        popup.close()
        self.line.setFocus()
        self._on_changed()

    def _read(self) -> date:
        day = current_language().read_date(self.text(), self._today(), self._in_past)
        if self._earliest is not None and day < self._earliest:
            raise InvalidValue(self.name, Problem.TOO_EARLY, self._earliest)
        latest = self.latest
        if latest is not None and day > latest:
            raise InvalidValue(self.name, Problem.TOO_LATE, latest)
        return day

    def _shown(self, value: date) -> str:
        return current_language().date(value)


class CalendarPopup(QFrame):
    """A month that floats under a date field until a day is chosen or Esc pressed."""

    def __init__(self, parent: QWidget, day: date, earliest: date | None, latest: date | None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "floating")
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(_("Calendar"))
        self.calendar.setLocale(QLocale(current_language().code))
        self.calendar.setGridVisible(False)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._dress()
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        if earliest is not None:
            self.calendar.setMinimumDate(QDate(earliest.year, earliest.month, earliest.day))
        if latest is not None:
            self.calendar.setMaximumDate(QDate(latest.year, latest.month, latest.day))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.calendar)

    def _dress(self) -> None:
        """Our icons and colours instead of Qt's black arrows and red weekends, and room for six weeks."""
        for button_name, icon_name in (("prevmonth", "caret-left"), ("nextmonth", "caret-right")):
            arrow = self.calendar.findChild(QToolButton, f"qt_calendar_{button_name}")
            if arrow is not None:
                arrow.setIcon(icon(icon_name))
                arrow.setAccessibleName(_("Previous month") if button_name == "prevmonth" else _("Next month"))
        weekend = QTextCharFormat()
        weekend.setForeground(QColor(theme.current().muted))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, weekend)
        line = self.calendar.fontMetrics().height()
        self.calendar.setMinimumSize(line * 18, line * 13)

    def open_below(self, anchor: QWidget) -> None:
        """Show under the anchor, kept inside its screen."""
        self.adjustSize()
        where = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        room = anchor.screen().availableGeometry()
        where.setX(max(room.left(), min(where.x(), room.right() - self.width())))
        if where.y() + self.height() > room.bottom():
            where.setY(anchor.mapToGlobal(QPoint(0, 0)).y() - self.height() - 2)
        self.move(where)
        self.show()
        self.calendar.setFocus()


class CheckBox(QCheckBox):
    """A box to tick, with a tick of our icon set."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        where = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        draw_icon(painter, where.adjusted(2, 2, -2, -2), "check", theme.current().on_primary)
        painter.end()


class ComboBox(QComboBox):
    """A choice list with an arrow of our icon set, which the wheel does not change in passing."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(15)
        self.setItemDelegate(QStyledItemDelegate(self))  # Qt's own for choice lists does not heed the style sheet

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        where = QRect(self.width() - 26, (self.height() - 16) // 2, 16, 16)
        draw_icon(painter, where, "caret-down", theme.current().muted)
        painter.end()


class ChoiceField(Field[T]):
    """One of a few values, each shown by its words."""

    def __init__(
        self,
        name: str,
        label_text: str,
        choices: Sequence[tuple[T, str]],
        *,
        required: bool = True,
        help_text: str = "",
        placeholder: str = "",
    ) -> None:
        """`choices` pairs each value with its words; nothing is chosen until `set_value`."""
        self.box = ComboBox()
        super().__init__(name, label_text, self.box, required=required, help_text=help_text)
        self._placeholder = placeholder or _("Choose…")
        self._values: list[T] = []
        self._is_filling = False
        self.set_choices(choices)
        self.box.currentIndexChanged.connect(self._on_index)

    def set_choices(self, choices: Sequence[tuple[T, str]]) -> None:
        """Offer other values; the present one stays chosen where it is among them."""
        before = self._values[self.box.currentIndex()] if self.box.currentIndex() >= 0 else None
        self._is_filling = True
        self.box.clear()
        self._values = [value for value, _words in choices]
        self.box.addItems([words for _value, words in choices])
        self.box.setPlaceholderText(self._placeholder)
        self.box.setCurrentIndex(self._values.index(before) if before in self._values else -1)
        self._is_filling = False

    def typed(self) -> object:
        return self.box.currentIndex()

    def restore_typed(self, typed: object) -> None:
        self.box.setCurrentIndex(typed if isinstance(typed, int) and typed < self.box.count() else -1)

    def is_empty(self) -> bool:
        return self.box.currentIndex() < 0

    def _read(self) -> T:
        return self._values[self.box.currentIndex()]

    def set_value(self, value: T | None) -> None:
        self._is_filling = True
        self.box.setCurrentIndex(self._values.index(value) if value in self._values else -1)
        self._is_filling = False
        self.clear_error()

    def _on_index(self, index: int) -> None:
        if not self._is_filling:
            self._on_changed()


class YesNoField(Field[bool]):
    """Something that is so or not: a box to tick, with its label beside it."""

    def __init__(self, name: str, label_text: str, *, help_text: str = "") -> None:
        self.box = CheckBox(label_text)
        super().__init__(name, label_text, self.box, required=True, help_text=help_text)
        self.label.hide()
        self.box.toggled.connect(self._on_changed)

    def typed(self) -> object:
        return self.box.isChecked()

    def restore_typed(self, typed: object) -> None:
        self.box.setChecked(bool(typed))

    def is_empty(self) -> bool:
        return False

    def _read(self) -> bool:
        return self.box.isChecked()

    def set_value(self, value: bool | None) -> None:
        self.box.blockSignals(True)
        self.box.setChecked(bool(value))
        self.box.blockSignals(False)
