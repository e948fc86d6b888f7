"""Finds texts that have less room than they need."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QHeaderView, QLabel, QPushButton, QScrollArea, QTableView, QWidget

from mikrolaan.ui.widgets.basics import ElidedLabel

SLACK = 1  # pixels by which rounding may differ
HEADING_PADDING = 16  # at least so much of a column is not text


def what_does_not_fit(root: QWidget) -> list[str]:
    """One sentence for every visible text that is cut off or lies outside what holds it."""
    return [*_labels(root), *_buttons(root), *_areas(root), *_headings(root)]


def _shown(root: QWidget, kind: type[QWidget]) -> Iterator[QWidget]:
    for widget in root.findChildren(kind):
        if widget.isVisibleTo(root) and not widget.visibleRegion().isEmpty():
            yield widget


def _labels(root: QWidget) -> Iterator[str]:
    for widget in _shown(root, QLabel):
        assert isinstance(widget, QLabel)
        text = widget.text()
        if not text or isinstance(widget, ElidedLabel):
            continue
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            if needed > widget.height() + SLACK:
                yield f"“{_short(text)}” needs a height of {needed} and has {widget.height()}"
        else:
            hint = widget.sizeHint()
            if hint.width() > widget.width() + SLACK or hint.height() > widget.height() + SLACK:
                have = f"{widget.width()} × {widget.height()}"
                yield f"“{_short(text)}” needs {hint.width()} × {hint.height()} and has {have}"
        yield from _outside(root, widget, text)


def _buttons(root: QWidget) -> Iterator[str]:
    for widget in _shown(root, QPushButton):
        assert isinstance(widget, QPushButton)
        needed = widget.minimumSizeHint().width()
        if widget.text() and needed > widget.width() + SLACK:
            yield f"button “{_short(widget.text())}” needs a width of {needed} and has {widget.width()}"


def _outside(root: QWidget, widget: QWidget, text: str) -> Iterator[str]:
    """Whether a text is cut by the side of what it lies in; what scrolls may be cut above and below."""
    holder = widget.parentWidget()
    while holder is not None and holder is not root.parentWidget():
        place = QRect(widget.mapTo(holder, QPoint(0, 0)), widget.size())
        if place.left() < -SLACK or place.right() > holder.width() + SLACK:
            yield f"“{_short(text)}” is cut off at the side of {type(holder).__name__}"
            return
        if isinstance(holder.parentWidget(), QAbstractScrollArea):
            return
        if place.top() < -SLACK or place.bottom() > holder.height() + SLACK:
            yield f"“{_short(text)}” is cut off above or below by {type(holder).__name__}"
            return
        if holder is root:
            return
        holder = holder.parentWidget()


def _areas(root: QWidget) -> Iterator[str]:
    for widget in _shown(root, QScrollArea):
        assert isinstance(widget, QScrollArea)
        content = widget.widget()
        never = widget.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if content is not None and never and content.width() > widget.viewport().width() + SLACK:
            yield f"content of width {content.width()} cannot scroll sideways in {widget.viewport().width()}"


def _headings(root: QWidget) -> Iterator[str]:
    for table in _shown(root, QTableView):
        assert isinstance(table, QTableView)
        header: QHeaderView = table.horizontalHeader()
        for section in range(header.count()):
            if header.isSectionHidden(section):
                continue
            text = str(table.model().headerData(section, Qt.Orientation.Horizontal) or "")
            needed = header.fontMetrics().horizontalAdvance(text) + HEADING_PADDING
            if text and needed > header.sectionSize(section):
                yield f"column “{text}” needs a width of {needed} and has {header.sectionSize(section)}"
        if table.horizontalScrollBar().maximum() > 0:
            yield f"table “{table.accessibleName()}” is {table.horizontalScrollBar().maximum()} pixels too wide"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "…"
