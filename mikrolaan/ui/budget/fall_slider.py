"""The slider that lets sales fall."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.i18n import _, current_language
from mikrolaan.ui import theme
from mikrolaan.ui.calculator.slider import Slider
from mikrolaan.ui.widgets.basics import label, plain

USUAL_FALL = 20  # percent: a month in five fails, or every customer buys a fifth less
STEP, BIG_STEP = 5, 10


class FallSlider(QWidget):
    """From 0 to 100 percent; arrow keys move it by 5."""

    moved = Signal()

    def __init__(self, *, has_letter: bool = True) -> None:
        """`has_letter`: Alt and a letter lead here; not on pages whose letters are taken."""
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        row = QHBoxLayout()
        text = _("If sales &fall by")
        word = label(text if has_letter else plain(text), "label")
        self.figure = label("", "strong")
        self.figure.setFont(theme.tabular(self.figure.font()))
        row.addWidget(word, 1)
        row.addWidget(self.figure)
        layout.addLayout(row)
        self.slider = Slider()
        self.slider.setObjectName("sales_fall")
        self.slider.setRange(0, 100)
        self.slider.setSingleStep(STEP)
        self.slider.setPageStep(BIG_STEP)
        self.slider.setValue(USUAL_FALL)
        self.slider.mark_usual(USUAL_FALL)
        self.slider.setToolTip(_("How much less the business sells than in the budget. The arrow keys move it."))
        self.slider.setAccessibleName(plain(word.text()))
        word.setBuddy(self.slider)
        layout.addWidget(self.slider)
        self.slider.valueChanged.connect(self._on_moved)
        self._show()

    @property
    def percent(self) -> Decimal:
        """By how many percent sales fall."""
        return Decimal(self.slider.value())

    def _on_moved(self) -> None:
        self._show()
        self.moved.emit()

    def _show(self) -> None:
        text = current_language().percent(self.percent, 0)
        self.figure.setText(text)
        self.slider.setAccessibleDescription(text)
