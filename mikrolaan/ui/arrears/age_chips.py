"""Filter chips for the age of arrears, each with how many loans and how much it holds."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from mikrolaan.domain.arrears import Age
from mikrolaan.domain.money import total
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.arrears_rows import AgeTotal
from mikrolaan.ui.arrears.arrears_words import age_word


class AgeChips(QWidget):
    """All, 1–30, 31–60, 61–90 and more days; one is chosen."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.age: Age | None = None
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[Age | None, QToolButton] = {}
        self._told: dict[Age | None, str] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for age in (None, *Age):
            chip = self.buttons[age] = QToolButton()
            chip.setCheckable(True)
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            chip.clicked.connect(lambda _checked=False, age=age: self._on_clicked(age))
            self._group.addButton(chip)
            layout.addWidget(chip)
        layout.addStretch(1)
        self.buttons[None].setChecked(True)

    @property
    def total(self) -> str:
        """How many loans the chosen age holds, and with how much together."""
        return self._told.get(self.age, "")

    def choose(self, age: Age | None) -> None:
        """Choose an age without telling."""
        self.age = age
        self.buttons[age].setChecked(True)

    def show_totals(self, totals: dict[Age, AgeTotal]) -> None:
        """Show how many loans each age holds; how much they owe stands in the tooltip and for a screen reader."""
        speaks = current_language()
        currency = next(iter(totals.values())).overdue.currency
        whole = AgeTotal(
            sum(one.loans for one in totals.values()), total([one.overdue for one in totals.values()], currency)
        )
        for age, chip in self.buttons.items():
            held = whole if age is None else totals[age]
            count, amount = speaks.number(held.loans), speaks.money(held.overdue)
            chip.setText(_("{age}: {count}").format(age=age_word(age), count=count))
            told = ngettext("{count} loan, overdue {amount}", "{count} loans, overdue {amount}", held.loans)
            chip.setToolTip(told.format(count=count, amount=amount))
            self._told[age] = chip.toolTip()
            chip.setAccessibleName(f"{age_word(age)}: {chip.toolTip()}")

    def _on_clicked(self, age: Age | None) -> None:
        self.age = age
        self.chosen.emit()
