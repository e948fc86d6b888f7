"""A new password typed twice, with its strength shown as a bar, a word and advice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.i18n import _, pgettext
from mikrolaan.ui import theme
from mikrolaan.ui.start.password_rules import (
    LEAST_CHARACTERS,
    PasswordsDiffer,
    Strength,
    Weakness,
    check_new_password,
    strength,
)
from mikrolaan.ui.widgets.basics import label, set_look
from mikrolaan.ui.widgets.fields import PasswordField
from mikrolaan.ui.widgets.form import Form

PARTS = 4


class StrengthBar(QWidget):
    """Four parts, filled as far as the password is strong."""

    def __init__(self) -> None:
        super().__init__()
        self._filled = 0
        self._tone = "bad"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_level(self, filled: int, tone: str) -> None:
        """Fill so many of the four parts in the colour of a token."""
        self._filled, self._tone = filled, tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap = 4.0
        part = (self.width() - gap * (PARTS - 1)) / PARTS
        for number in range(PARTS):
            painter.setBrush(QColor(colours.tone(self._tone) if number < self._filled else colours.line))
            painter.drawRoundedRect(QRectF(number * (part + gap), 0, part, self.height()), 3, 3)
        painter.end()


class StrengthMeter(QWidget):
    """Bar, word and advice for what is typed; the word tells what the colour tells."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.bar = StrengthBar()
        self.word = label("", "caption")
        row.addWidget(self.bar, 1)
        row.addWidget(self.word)
        layout.addLayout(row)
        self.advice = label("", "caption", wraps=True)
        layout.addWidget(self.advice)
        self.show_strength(Strength(0, 0, Weakness.SHORT))

    def show_strength(self, found: Strength) -> None:
        """Show how strong a password is."""
        if not found.characters:
            self.bar.show_level(0, "muted")
            self.word.setText("")
            self.advice.setText(
                _("At least {count} characters. Three or four words together are strong and easy to remember.").format(
                    count=LEAST_CHARACTERS
                )
            )
        else:
            level, tone, word = _level(found)
            self.bar.show_level(level, tone)
            self.word.setText(word)
            set_look(self.word, "tone", tone)
            self.advice.setText(_advice(found))
        self.setAccessibleName(_("Strength of the password: {word}").format(word=self.word.text() or "–"))


def _level(found: Strength) -> tuple[int, str, str]:
    if found.characters < LEAST_CHARACTERS:
        return 1, "bad", pgettext("password", "Too short")
    return (
        (1, "bad", pgettext("password", "Very weak")),
        (1, "bad", pgettext("password", "Weak")),
        (2, "warn", pgettext("password", "Fair")),
        (3, "good", pgettext("password", "Strong")),
        (4, "good", pgettext("password", "Very strong")),
    )[min(found.score, PARTS)]


def _advice(found: Strength) -> str:
    if found.is_enough and found.score > 2:
        return _("This password is well chosen.")
    return {
        Weakness.NONE: _("Add another word to make it stronger."),
        Weakness.SHORT: _("Make it longer. Three or four words together are easy to remember."),
        Weakness.OWN_NAME: _("Do not build it on your own name or the office's: both are guessed first."),
        Weakness.COMMON_WORD: _("It is built on a common word or name. Add words that have nothing to do with it."),
        Weakness.KEYBOARD: _("Keys that lie beside each other are guessed quickly. Use words instead."),
        Weakness.REPEAT: _("The same characters again add little. Use different words."),
        Weakness.SEQUENCE: _("Sequences such as abcd or 4321 are guessed quickly. Use words instead."),
        Weakness.DATE: _("Years and dates are guessed quickly. Use words instead."),
    }[found.weakness]


class NewPassword:
    """Adds the two fields and the meter to a form and reads them."""

    def __init__(self, form: Form, own_words: Callable[[], Sequence[str]], first_label: str) -> None:
        self._form = form
        self._own_words = own_words
        self.first = form.add(PasswordField("new_password", first_label))
        self.meter = StrengthMeter()
        self.repeated = PasswordField("repeated_password", _("&Repeat the password"))
        form.add_widget(self.meter)
        form.add(self.repeated)
        self.first.changed.connect(self.measure)

    def measure(self) -> None:
        """Show how strong what is typed is."""
        self.meter.show_strength(strength(self.first.line.text(), self._own_words()))

    def problem(self) -> MikrolaanError | None:
        """What is wrong with the two passwords, when both are given."""
        password = self.first.line.text()
        try:
            check_new_password(password, self._own_words())
        except MikrolaanError as error:
            return error
        return PasswordsDiffer() if password != self.repeated.line.text() else None

    def check(self) -> bool:
        """Whether the passwords may be used; shows the sentence beside the field where not."""
        problem = self.problem()
        if problem is not None:
            self._form.show_problem(problem)
        return problem is None

    def value(self) -> str:
        """The password, as checked."""
        return self.first.line.text()

    def typed(self) -> tuple[str, str]:
        """Both as typed, so that a change of language loses nothing; kept in memory only."""
        return self.first.line.text(), self.repeated.line.text()

    def restore_typed(self, typed: tuple[str, str]) -> None:
        """Put back what `typed` gave."""
        self.first.line.setText(typed[0])
        self.repeated.line.setText(typed[1])
        self.measure() if typed[0] else None
