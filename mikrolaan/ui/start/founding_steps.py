"""The steps of founding an office, each a form: language and country, the office, the officer and the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mikrolaan.domain.identity import Country
from mikrolaan.i18n import OFFERED, _, current_language, language_name
from mikrolaan.ui.settings.letterhead_form import LetterheadForm
from mikrolaan.ui.start.country_field import CountryField
from mikrolaan.ui.start.new_password import NewPassword
from mikrolaan.ui.start.office_path import proposed_path
from mikrolaan.ui.start.path_field import NewPathField
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.fields import TextField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.value_fields import ChoiceField


@dataclass
class Draft:
    """What is typed in the guide so far; kept in memory only, until the office is founded."""

    country: dict[str, object] | None = None
    office: dict[str, object] | None = None
    officer: dict[str, object] | None = None
    passwords: tuple[str, str] = ("", "")
    own_path: bool = False


class Step(QWidget):
    """One step: a heading, a sentence saying why, and a form on a card."""

    submitted = Signal()

    def __init__(self, title: str, why: str, form: Form) -> None:
        super().__init__()
        self.form = form
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(title, "title", wraps=True))
        layout.addWidget(label(why, "muted", wraps=True))
        layout.addSpacing(8)
        card = Card()
        card.body.setContentsMargins(24, 24, 24, 24)
        card.body.addWidget(form)
        layout.addWidget(card)
        form.submitted.connect(self.submitted)

    def check(self) -> bool:
        """Whether the step may be left; shows what is wrong where not."""
        return self.form.check_all()


class CountryStep(Step):
    """The language of the screen and the country of the office."""

    language_chosen = Signal(str)

    def __init__(self) -> None:
        form = Form()
        self.language = form.add(
            ChoiceField(
                "language",
                _("&Language of the screen"),
                [(code, language_name(code)) for code in OFFERED],
                help_text=_("It can be changed at any time. Contracts are printed in the borrower's language."),
            )
        )
        self.language.set_value(current_language().code)
        self.country = form.add(CountryField("country", _("Co&untry the office works in")))
        super().__init__(
            _("Where does the office work?"),
            _("The country decides currency, public holidays and rate tables. It cannot be changed later."),
            form,
        )
        self.language.changed.connect(lambda: self.language_chosen.emit(self.language.value()))


class OfficeStep(Step):
    """The letterhead."""

    def __init__(self, country: Country) -> None:
        self.letterhead = LetterheadForm(country)
        super().__init__(
            _("What stands on your letters?"),
            _("Only the name is needed now. Everything here can be filled in or changed later, in Settings."),
            self.letterhead,
        )


class OfficerStep(Step):
    """The first officer, the password, and where the file lies."""

    def __init__(self, folder: Callable[[], Path], office_name: Callable[[], str]) -> None:
        self._folder = folder
        self._office_name = office_name
        form = Form()
        self.officer_name = form.add(
            TextField(
                "officer_name",
                _("&Your name"),
                longest=120,
                help_text=_("You become the office's first officer and its administrator."),
            )
        )
        self.password = NewPassword(form, self._own_words, _("&Password"))
        self.path = form.add(
            NewPathField(
                "office_file",
                _("&Where the office file is to lie"),
                help_text=_("Everything is kept in this one encrypted file, with a small key file beside it."),
            )
        )
        super().__init__(
            _("Who opens the office?"),
            _("Your password unlocks the file. Nobody else knows it, and nobody can look it up for you."),
            form,
        )

    def entered(self) -> None:
        """Propose a file named after the office, and measure the password by the names known now."""
        self.path.propose(proposed_path(self._folder(), self._office_name()))
        if self.password.first.line.text():
            self.password.measure()

    def check(self) -> bool:
        filled = self.form.check_all()
        if self.password.first.is_empty() or self.password.repeated.is_empty():
            return False
        return self.password.check() and filled

    def _own_words(self) -> list[str]:
        return [self.officer_name.text(), self._office_name(), "mikrolaan"]
