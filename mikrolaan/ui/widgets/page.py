"""What every page is: a title, its acts, and a body; it opens on a destination and refreshes itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.i18n import _
from mikrolaan.ui.error_sentence import sentence_for
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import ElidedLabel, action_button, empty, icon_button, label, make_action, set_look
from mikrolaan.ui.widgets.cards import Breadcrumb, KeyFigure, State, StateChip
from mikrolaan.ui.widgets.fields import Field
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.tabs import Tabs

MARGIN = 24


class Page(QWidget):
    """One page of the window. Build content into `body`; override `opened` and `refresh`."""

    go_to = Signal(object)  # Destination
    toast = Signal(str)  # a sentence saying what was done
    toast_with_undo = Signal(str, object)  # the sentence, and a callable that undoes it
    tab_changed = Signal(str)  # a page with tabs shows another, so that one comes back to it

    def __init__(self, title: str = "", *, scrolls: bool = False) -> None:
        """`scrolls`: the body may be taller than the window (forms, cards); tables scroll themselves."""
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.destination: Destination | None = None
        self.first_focus: QWidget | None = None  # what takes the cursor when the page opens
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.head = QVBoxLayout()
        self.head.setContentsMargins(MARGIN, MARGIN, MARGIN, 16)
        self.head.setSpacing(12)
        outer.addLayout(self.head)
        self._title_row = QHBoxLayout()
        self._title_row.setSpacing(8)
        self.title_label: QLabel = self._make_title(title)
        self._title_row.addWidget(self.title_label, 1)
        self._acts_row = QHBoxLayout()
        self._acts_row.setSpacing(8)
        self._title_row.addLayout(self._acts_row)
        self.head.addLayout(self._title_row)
        self.message = InlineMessage()
        self.head.addWidget(self.message)

        self.body_widget = QWidget()
        self.body_widget.setObjectName("page_body")
        self.body = QVBoxLayout(self.body_widget)
        self.body.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        self.body.setSpacing(16)
        outer.addWidget(scrolling(self.body_widget) if scrolls else self.body_widget, 1)
        self._main_button: QPushButton | None = None
        self._more_button: QToolButton | None = None

    def _make_title(self, title: str) -> QLabel:
        return label(title, "title", wraps=True)

    # -- to override

    def title(self) -> str:
        """What the window's title and the history say."""
        return self.title_label.text()

    def opened(self, destination: Destination) -> None:
        """The officer came here; load what the destination names. May be called again with another record."""
        self.destination = destination
        self.message.say("")
        self.refresh()

    def refresh(self) -> None:
        """Load again what is shown (F5, and after something changed elsewhere)."""

    # -- acts

    def add_act(
        self,
        text: str,
        triggered: Callable[[], object],
        *,
        shortcut: str = "",
        tip: str = "",
        icon_name: str = "",
    ) -> QAction:
        """An act of this page; it is found in the command palette and its shortcut holds inside the page."""
        return make_action(self, text, triggered, shortcut=shortcut, tip=tip, icon_name=icon_name)

    def set_main_action(self, act: QAction | None) -> None:
        """The one filled button at the right of the title; a cursor on the earlier one goes on to the new one."""
        had_focus = self._main_button is not None and self.window().focusWidget() is self._main_button
        if self._main_button is not None:
            self._acts_row.removeWidget(self._main_button)
            self._main_button.hide()
            self._main_button.deleteLater()
            self._main_button = None
        if act is not None:
            self._main_button = action_button(act, "primary")
            self._acts_row.addWidget(self._main_button)
            if had_focus:
                self._main_button.show()  # at once, since nothing hidden takes the cursor
                self._main_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_more_actions(self, acts: Sequence[QAction]) -> None:
        """The other acts, in a ⋯ menu left of the main button."""
        if self._more_button is None:
            self._more_button = icon_button("dots-three", _("More actions"))
            self._more_button.setProperty("kind", "outlined")
            self._more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            self._more_button.setMenu(QMenu(self._more_button))
            self._more_button.menu().setToolTipsVisible(True)  # why an act is switched off
            self._acts_row.insertWidget(0, self._more_button)
        menu = self._more_button.menu()
        menu.clear()
        menu.addActions(list(acts))
        self._more_button.setVisible(bool(acts))

    def order_head(self) -> None:
        """Let Tab visit what stands in the head before the body, whenever it was made."""
        before: QWidget = self
        for stop in _widgets_of(self.head):
            if stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(before, stop)
                before = stop

    def tell(self, error: MikrolaanError) -> None:
        """Show the sentence of an error that belongs to the page as a whole; the next `opened` clears it."""
        self.message.say(sentence_for(error), "bad")

    # -- what is typed, kept when the language changes

    def typed(self) -> dict[str, object]:
        """What stands in every field of the page, by name; the second of the same name has "#2" after it."""
        return {key: field.typed() for key, field in self._fields()}

    def restore_typed(self, typed: dict[str, object]) -> None:
        """Put back what `typed` gave; what moves with a field moves again."""
        for key, field in self._fields():
            if key in typed and typed[key] != field.typed():
                field.restore_typed(typed[key])
                field.changed.emit()

    def _fields(self) -> list[tuple[str, Field[Any]]]:
        """Every field with its key, in the order of making, which is the same in every language."""
        seen: Counter[str] = Counter()
        keyed: list[tuple[str, Field[Any]]] = []
        for field in self.findChildren(Field):
            seen[field.name] += 1
            keyed.append((field.name if seen[field.name] == 1 else f"{field.name}#{seen[field.name]}", field))
        return keyed


class CasePage(Page):
    """A borrower, loan or group: breadcrumb, name, key figures, state and main act above; tabs below."""

    def __init__(self) -> None:
        super().__init__()
        self.breadcrumb = Breadcrumb()
        self.breadcrumb.go_to.connect(self.go_to)
        self.head.insertWidget(0, self.breadcrumb)
        self.chip = StateChip()
        self._title_row.insertWidget(1, self.chip, 0, Qt.AlignmentFlag.AlignVCenter)
        self._title_row.setSpacing(12)
        self._title_row.insertStretch(2, 1)
        self._title_row.setStretch(0, 0)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(40)
        self.head.insertLayout(2, self._figures)
        self.tabs = Tabs()
        self.body.addWidget(self.tabs, 1)
        self.tabs.changed.connect(self.tab_changed)

    def _make_title(self, title: str) -> QLabel:
        return ElidedLabel(title, "title")

    def set_breadcrumb(self, steps: Sequence[tuple[str, Destination | None]]) -> None:
        """The way here: (text, destination or None for the case itself)."""
        self.breadcrumb.show_steps(steps)

    def set_case(self, name: str, figures: Sequence[KeyFigure] = (), state: State | None = None) -> None:
        """Show whose case this is, its two or three figures, and its state."""
        self.title_label.setText(name)
        self.chip.show_state(state)
        empty(self._figures)
        for figure in figures:
            self._figures.addWidget(figure)
        self._figures.addStretch(1)

    def add_to_head(self, widget: QWidget) -> None:
        """Put something across the head, above the tabs: the step bar of a loan."""
        self.head.insertWidget(self.head.count() - 1, widget)

    def add_tab(self, key: str, title: str, content: QWidget, *, scrolls: bool = False) -> None:
        """Add a tab; its `key` is what a destination names."""
        self.tabs.add(key, title, content, scrolls=scrolls)

    def opened(self, destination: Destination) -> None:
        self.tabs.show_tab(destination.tab)
        super().opened(destination)


def _widgets_of(layout: QLayout) -> Iterator[QWidget]:
    """All widgets of a layout and of the layouts within, in reading order."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        if widget is not None:
            yield widget
        inner = widget.layout() if widget is not None else item.layout() if item is not None else None
        if inner is not None:
            yield from _widgets_of(inner)


def scrolling(content: QWidget) -> QScrollArea:
    """The content in an area that scrolls down, never sideways."""
    return _only_down(QScrollArea(), content)


class FittingArea(QScrollArea):
    """In a card: as high as its content where there is room for it, else it scrolls, and what is below stays in sight."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        content.setObjectName("in_card")
        self.setProperty("role", "in_card")
        _only_down(self, content)
        # Its room is kept: else the words may wrap anew when it comes, be higher for that, and never let it go again.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().rangeChanged.connect(self._show_bar)
        self._show_bar(0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _show_bar(self, first: int, last: int) -> None:
        set_look(self.verticalScrollBar(), "idle", "true" if last <= first else "false")

    def sizeHint(self) -> QSize:
        content, layout = self._content, self._content.layout()
        if layout is None or not layout.hasHeightForWidth():
            return content.sizeHint()
        return QSize(content.sizeHint().width(), layout.totalHeightForWidth(self.viewport().width()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        done = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return done


def _only_down(area: QScrollArea, content: QWidget) -> QScrollArea:
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area
