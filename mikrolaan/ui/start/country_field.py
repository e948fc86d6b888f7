"""The choice of country, with what hangs on it said beside each."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QVBoxLayout, QWidget

from mikrolaan.domain.identity import Country
from mikrolaan.i18n import _
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.fields import Field
from mikrolaan.ui.words import country_word


class CountryField(Field[Country]):
    """Norway, Sweden or Denmark; nothing is chosen at first, since it cannot be changed later."""

    def __init__(self, name: str, label_text: str) -> None:
        box = QFrame()
        self.group = QButtonGroup(box)
        self.buttons: dict[Country, QRadioButton] = {}
        super().__init__(name, label_text, box)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for number, country in enumerate(Country):
            made = QRadioButton(country_word(country))
            what = label(consequences(country), "caption", wraps=True)
            what.setContentsMargins(30, 0, 0, 8)
            made.setAccessibleDescription(what.text())
            self.group.addButton(made, number)
            self.buttons[country] = made
            layout.addWidget(made)
            layout.addWidget(what)
        self.setFocusProxy(self.buttons[Country.NO])
        self.editor.setFocusProxy(self.buttons[Country.NO])
        self.label.setBuddy(self.buttons[Country.NO])
        self.group.idClicked.connect(self._on_changed)

    def tab_stops(self) -> list[QWidget]:
        return list(self.buttons.values())

    def typed(self) -> object:
        return self.group.checkedId()

    def restore_typed(self, typed: object) -> None:
        made = self.group.button(typed) if isinstance(typed, int) and typed >= 0 else None
        if made is not None:
            made.setChecked(True)

    def is_empty(self) -> bool:
        return self.group.checkedId() < 0

    def _read(self) -> Country:
        return list(Country)[self.group.checkedId()]

    def set_value(self, value: Country | None) -> None:
        if value is not None:
            self.buttons[value].setChecked(True)
        self.clear_error()

    def set_error(self, text: str) -> None:
        super().set_error(_("Choose the country the office works in.") if text else "")


def consequences(country: Country) -> str:
    """What the country decides, in one line."""
    return {
        Country.NO: _("Norwegian kroner (NOK), Norway's public holidays, Norwegian rates for late interest."),
        Country.SE: _("Swedish kronor (SEK), Sweden's public holidays, Swedish rates for late interest."),
        Country.DK: _("Danish kroner (DKK), Denmark's public holidays, Danish rates for late interest."),
    }[country]
