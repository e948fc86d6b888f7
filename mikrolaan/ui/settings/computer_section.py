"""What this computer remembers: the language of the screen and its colours."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer

from mikrolaan.i18n import OFFERED, _, current_language, language_name
from mikrolaan.ui.settings.sections import Section
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.value_fields import ChoiceField


class ComputerSection(Section):
    """Both choices hold at once; nothing is to be saved."""

    def __init__(
        self, theme_name: str, choose_language: Callable[[str], object], choose_theme: Callable[[str], object]
    ) -> None:
        """`theme_name` is "light", "dark" or empty for the system's colours."""
        super().__init__()
        self._choose_language, self._choose_theme = choose_language, choose_theme
        card = self.add_card(
            _("This computer"), _("These choices hold for you on this computer, in every office file.")
        )
        form = Form(columns=2)
        self.language = form.add(
            ChoiceField(
                "screen_language",
                _("&Language of the screen"),
                [(code, language_name(code)) for code in OFFERED],
                help_text=_("Contracts are printed in the borrower's language."),
            )
        )
        self.theme = form.add(
            ChoiceField(
                "screen_theme",
                _("&Colours"),
                [("", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))],
            )
        )
        self.language.set_value(current_language().code)
        self.theme.set_value(theme_name)
        card.body.addWidget(form)
        # Later: a change of language makes this page anew, and with it the field that is speaking.
        self.language.changed.connect(lambda: self._later(self._choose_language, self.language.value()))
        self.theme.changed.connect(lambda: self._later(self._choose_theme, self.theme.value()))
        self.end()

    def _later(self, choose: Callable[[str], object], value: str) -> None:
        QTimer.singleShot(0, lambda: choose(value))
