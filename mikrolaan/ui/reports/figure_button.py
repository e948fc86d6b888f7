"""A figure that can be chosen: its word, its value, and its definition on hover and F1."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout

from mikrolaan.ui.reports.portfolio_figures import Figure
from mikrolaan.ui.widgets.basics import label


class FigureButton(QToolButton):
    """Choosing it opens the figure down to its loans."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setProperty("kind", "figure")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.word = label("", "caption")
        self.value = label("", "figure_small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(0)
        for part in (self.word, self.value):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(part)

    def show_figure(self, figure: Figure) -> None:
        """Show another figure."""
        self.word.setText(figure.word)
        self.value.setText(figure.value)
        self.setToolTip(figure.definition)
        self.setAccessibleName(f"{figure.word}: {figure.value}")
        self.setAccessibleDescription(figure.definition)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
