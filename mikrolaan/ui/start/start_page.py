"""What every page before the office is open has in common: the brand, the choice of language, a column in the middle."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mikrolaan.i18n import OFFERED, _, current_language, language_name
from mikrolaan.ui import theme
from mikrolaan.ui import tokens as t
from mikrolaan.ui.icons import draw_icon
from mikrolaan.ui.widgets.basics import ENTER, IconLabel, label
from mikrolaan.ui.widgets.page import scrolling
from mikrolaan.ui.widgets.value_fields import ComboBox

WIDE = 680  # the column of a guide
NARROW = 440  # the column of a single form


class StartPage(QWidget):
    """Override `fill`, `state` and `restore`; `retranslate` makes the column anew and keeps what is typed."""

    language_chosen = Signal(str)

    def __init__(self, column_width: int = WIDE) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column_width = column_width
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._top())
        holder = QWidget()
        holder.setObjectName("page_body")
        row = QHBoxLayout(holder)
        row.setContentsMargins(24, 8, 24, 24)
        row.addStretch(1)
        self._slot = QVBoxLayout()
        self._slot.setContentsMargins(0, 0, 0, 0)
        row.addLayout(self._slot, 100)
        row.addStretch(1)
        self._area = scrolling(holder)
        outer.addWidget(self._area, 1)
        self._content: QWidget | None = None

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setContentsMargins(24, 16, 24, 16)
        top.setSpacing(8)
        self.brand = label("Mikrolaan", "brand")
        top.addWidget(self.brand)
        top.addStretch(1)
        top.addWidget(IconLabel("globe", "muted"))
        self.language_box = ComboBox()
        self.language_box.addItems([language_name(code) for code in OFFERED])
        self.language_box.setMinimumWidth(160)
        self.language_box.activated.connect(lambda index: self.language_chosen.emit(OFFERED[index]))
        top.addWidget(self.language_box)
        return top

    # -- to override

    def fill(self, column: QVBoxLayout) -> None:
        """Put the page's content into the column, in the present language."""

    def state(self) -> object:
        """What must survive a change of language."""
        return None

    def restore(self, state: object) -> None:
        """Put back what `state` gave."""

    def first_field(self) -> QWidget | None:
        """What has the focus when the page is shown."""
        return None

    # -- what the flow calls

    def build(self) -> None:
        """Make the content; called once by the page when it is ready."""
        content = QWidget()
        content.setMaximumWidth(self._column_width)
        content.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.fill(column)
        self._slot.addWidget(content)
        if self.isVisible():
            content.show()  # now, not with the next event: something in it may be given the focus
        self._content = content
        self.language_box.setAccessibleName(_("Language"))
        self.language_box.setToolTip(_("Language"))
        self.language_box.setCurrentIndex(OFFERED.index(current_language().code))

    def retranslate(self) -> None:
        """Make the content anew in the present language, with what was typed."""
        state = self.state()
        self.clear()
        self.build()
        self.restore(state)

    def clear(self) -> None:
        """Take the content away."""
        if self._content is not None:
            self._slot.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
            self._content = None

    def title(self) -> str:
        """What the window is called while this page is shown."""
        return "Mikrolaan"

    def shown(self) -> None:
        """Put the cursor where typing begins, and the page at its top."""
        self._area.verticalScrollBar().setValue(0)
        first = self.first_field()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def scroll_to_focus(self) -> None:
        """Show the field that the cursor was put into, with the sentence under it."""
        focused = self.focusWidget()
        if focused is not None:
            self._area.ensureWidgetVisible(focused, 0, 80)


class BusyLine(QWidget):
    """A moving bar with a sentence saying what is being done; it keeps its place while hidden."""

    def __init__(self, text: str) -> None:
        super().__init__()
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.label = label(text, "caption", wraps=True)
        layout.addWidget(self.bar)
        layout.addWidget(self.label)
        self.hide()

    def say(self, text: str) -> None:
        """Show what is being done."""
        self.show_progress(text, 0, 0)

    def show_progress(self, text: str, done: int, total: int) -> None:
        """Show what is being done and how much of it; of 0 the bar only moves."""
        self.label.setText(text)
        self.bar.setAccessibleName(text)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.show()


class ActCard(QAbstractButton):
    """A large button: icon, name of the act, and what it does in a sentence."""

    def __init__(
        self, icon_name: str, title: str, text: str, act: Callable[[], object], *, is_main: bool = False
    ) -> None:
        super().__init__()
        self._icon_name, self._text, self._is_main = icon_name, text, is_main
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda _checked=False: act())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.isEnabled():
            self.click()
            return
        super().keyPressEvent(event)

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(self.font().pointSizeF() * t.SECTION_PT / t.BODY_PT)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _words_width(self, width: int) -> int:
        return max(60, width - 72 - 56)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, self._words_width(width), 10_000)
        wrap = Qt.TextFlag.TextWordWrap.value
        title = QFontMetrics(self._title_font()).boundingRect(room, wrap, self.text()).height()
        text = self.fontMetrics().boundingRect(room, wrap, self._text).height()
        return 20 + title + 2 + text + 20

    def sizeHint(self) -> QSize:
        return QSize(WIDE, self.heightForWidth(WIDE))

    def minimumSizeHint(self) -> QSize:
        return QSize(280, self.heightForWidth(self.width() if self.width() > 280 else WIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = self.underMouse() and self.isEnabled()
        if self._is_main:
            ground, ink, second = (
                colours.primary_hover if hovered else colours.primary,
                colours.on_primary,
                colours.on_primary,
            )
            edge, mark = ground, colours.on_primary
        else:
            ground, ink, second = colours.hover if hovered else colours.surface, colours.ink, colours.muted
            edge, mark = colours.line, colours.primary
        pen = QPen(QColor(edge), 1)
        if self.hasFocus():
            pen = QPen(QColor(colours.ink if self._is_main else colours.primary), 2)
        painter.setPen(pen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), t.RADIUS, t.RADIUS)
        middle = self.height() / 2
        draw_icon(painter, QRectF(24, middle - 14, 28, 28), self._icon_name, mark)
        draw_icon(painter, QRectF(self.width() - 40, middle - 8, 16, 16), "caret-right", second)
        words = QRect(72, 20, self._words_width(self.width()), self.height())
        wrap = Qt.TextFlag.TextWordWrap.value
        painter.setFont(self._title_font())
        painter.setPen(QColor(ink))
        drawn = painter.boundingRect(words, wrap, self.text())
        painter.drawText(words, wrap, self.text())
        painter.setFont(self.font())
        painter.setPen(QColor(second))
        painter.drawText(words.translated(0, drawn.height() + 2), wrap, self._text)
        painter.end()
