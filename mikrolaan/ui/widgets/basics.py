"""The smallest parts: labels, buttons, actions and icons that follow the theme."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6 import QtGui
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from mikrolaan.ui import theme
from mikrolaan.ui import tokens as t
from mikrolaan.ui.icons import draw_icon, icon

ICON_BESIDE_WORD = QSize(22, 16)  # the drawing is as wide as it is high; what is left is air before the word
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def plain_tip(text: str) -> str:
    """A tooltip that says just this: Qt takes a text with marks in it for HTML, with pictures from anywhere."""
    if "<" not in text and "&lt;" not in text:
        return text
    return f"<span>{escape(text)}</span>".replace("\n", "<br>")


def label(text: str, role: str = "", *, wraps: bool = False) -> QLabel:
    """A text in one of the roles title, section, label, caption, muted, figure, error or strong."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if role.startswith("figure"):
        made.setFont(theme.tabular(made.font()))
    made.setWordWrap(wraps)
    return made


class Button(QPushButton):
    """A button that Enter presses as Space does, wherever it has the cursor."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.isEnabled():
            self.click()
            return
        super().keyPressEvent(event)


def button(text: str, kind: str = "", icon_name: str = "") -> QPushButton:
    """A button of a kind: "primary" (one on a page), "" (outlined), "quiet", "link" or "danger"."""
    made = Button(text)
    dress(made, kind)
    if icon_name:
        made.setIcon(icon(icon_name, {"primary": "on_primary", "link": "primary", "danger": "bad"}.get(kind, "ink")))
    return made


def dress(made: QPushButton, kind: str) -> None:
    """Give a button the looks of a kind, and leave Enter to the button that has the cursor."""
    made.setAutoDefault(False)
    set_kind(made, kind)
    made.setIconSize(ICON_BESIDE_WORD)
    made.setCursor(Qt.CursorShape.PointingHandCursor)


def icon_button(icon_name: str, name: str, *, tone: str = "ink", size: int = t.ICON_SIZE) -> QToolButton:
    """A button that shows only an icon; `name` is its tooltip and what a screen reader says."""
    made = QToolButton()
    made.setIcon(icon(icon_name, tone))
    made.setIconSize(QSize(size, size))
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def set_kind(widget: QWidget, kind: str) -> None:
    """Give a button another look from the style sheet."""
    set_look(widget, "kind", kind)


def set_look(widget: QWidget, name: str, value: str) -> None:
    """Change a property that the style sheet looks at, and show the change."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def make_action(
    parent: QWidget,
    text: str,
    triggered: Callable[[], object],
    *,
    shortcut: str = "",
    tip: str = "",
    icon_name: str = "",
) -> QAction:
    """An act with its text, shortcut and status tip, added to `parent`; its keys hold while `parent` is shown."""
    act = QAction(text, parent)
    if shortcut:
        act.setShortcut(QKeySequence(shortcut))
    act.setStatusTip(tip or plain(text))
    shown = plain(text)
    keys = act.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    act.setToolTip(f"{tip or shown} ({keys})" if keys else tip or shown)
    if icon_name:
        act.setIcon(icon(icon_name))
    act.triggered.connect(lambda _checked=False: triggered())
    parent.addAction(act)
    return act


def set_possible(act: QAction, is_possible: bool, why_not: str = "") -> None:
    """Switch an act on or off; with `why_not`, its tips and the command palette say what is in its way."""
    if act.property("own_tip") is None:
        act.setProperty("own_tip", act.toolTip())
        act.setProperty("own_status_tip", act.statusTip())
    act.setEnabled(is_possible)
    act.setProperty("why_not", why_not)
    act.setToolTip(why_not or act.property("own_tip"))
    act.setStatusTip(why_not or act.property("own_status_tip"))


def why_not(act: QAction) -> str:
    """What is in the way of an act that is switched off, where it says so."""
    return "" if act.isEnabled() else str(act.property("why_not") or "")


def plain(text: str) -> str:
    """The text of a label or act without the sign that marks its mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


class ActionButton(Button):
    """Does an act; named, enabled, shown and hidden with it. Qt ends the following when the button is gone."""

    def __init__(self, act: QAction, kind: str = "") -> None:
        super().__init__(act.text())
        dress(self, kind)
        if kind != "primary":
            self.setIcon(act.icon())
        self._act = act
        self._act_was_visible = True
        self.clicked.connect(act.trigger)
        act.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        act = self._act
        self.setText(act.text())
        self.setEnabled(act.isEnabled())
        self.setToolTip(act.toolTip())
        self.setStatusTip(act.statusTip())
        if act.isVisible() != self._act_was_visible:  # else a button that its page took away would come back
            self._act_was_visible = act.isVisible()
            self.setVisible(act.isVisible())


def action_button(act: QAction, kind: str = "") -> QPushButton:
    """A button that does the act and is enabled, named and hidden with it."""
    return ActionButton(act, kind)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout; its widgets are hidden at once and deleted when Qt is ready."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say what appeared on the screen without taking the focus (WCAG 2.1, 4.1.3)."""
    if text and QAccessible.isActive() and hasattr(QtGui, "QAccessibleAnnouncementEvent"):  # Qt 6.8 and later
        QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(widget, text))


def hairline() -> QFrame:
    """A thin line between two parts of a card."""
    made = QFrame()
    made.setProperty("role", "hairline")
    return made


class ElidedLabel(QLabel):
    """A name of any length on one line: what does not fit ends in … and stands in the tooltip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 6, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        area = self.contentsRect()
        elided = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        self.setToolTip(plain_tip(self.text()) if elided != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, self.alignment(), elided)
        painter.end()


class IconLabel(QWidget):
    """An icon that only illustrates the word beside it; drawn in the colour of a token."""

    def __init__(self, icon_name: str, tone: str = "ink", size: int = t.ICON_SIZE) -> None:
        super().__init__()
        self._icon_name = icon_name
        self._tone = tone
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, icon_name: str, tone: str) -> None:
        """Show another icon."""
        self._icon_name, self._tone = icon_name, tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_icon(painter, self.rect(), self._icon_name, theme.current().tone(self._tone))
        painter.end()


def unnamed_focusable(root: QWidget) -> list[QWidget]:
    """Visible widgets that Tab reaches but that a screen reader could not name (for tests)."""
    from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QTabBar, QTabWidget

    buddies = {made.buddy() for made in root.findChildren(QLabel) if made.buddy() is not None and made.text()}
    unnamed = []
    for widget in [root, *root.findChildren(QWidget)]:
        reached = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisibleTo(root)
        if not reached or not widget.isEnabled() or widget.focusProxy() is not None:
            continue
        if isinstance(widget, (QTabWidget, QTabBar)) or widget.accessibleName() or widget in buddies:
            continue
        if isinstance(widget, QAbstractButton) and widget.text():
            continue
        if isinstance(widget, QAbstractScrollArea) and type(widget).__name__ == "QScrollArea":
            continue
        unnamed.append(widget)
    return unnamed
