"""What the parts of the settings have in common: a heading, words, and a row of buttons on a card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mikrolaan.i18n import _
from mikrolaan.services.desk import NotAllowed
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.messages import InlineMessage

WIDEST = 760


class Section(QWidget):
    """One tab of the settings: cards under each other in a column of comfortable width."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        column = QWidget()
        column.setMaximumWidth(WIDEST)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(column, 100)
        row.addStretch(1)
        self.column = QVBoxLayout(column)
        self.column.setContentsMargins(0, 0, 0, 24)
        self.column.setSpacing(16)
        self.message = InlineMessage()
        self.column.addWidget(self.message)

    def add_card(self, title: str, explanation: str = "") -> Card:
        """A card with a heading and a sentence."""
        card = Card(title)
        card.body.setContentsMargins(24, 20, 24, 24)
        card.body.setSpacing(16)
        if explanation:
            card.body.addWidget(label(explanation, "muted", wraps=True))
        self.column.addWidget(card)
        return card

    def end(self) -> None:
        """Call after the last card."""
        self.column.addStretch(1)

    def say_why_read_only(self) -> None:
        """Say why nothing here can be changed by this officer."""
        self.message.say(
            _("Only an administrator can change this. You can read it; ask an administrator for a change."), "primary"
        )

    def tell(self, error: Exception) -> None:
        """Show the sentence of an error that belongs to the section as a whole."""
        if isinstance(error, NotAllowed):
            self.say_why_read_only()
        else:
            self.message.say(sentence_for(error), "bad")


def button_row(*buttons: QPushButton) -> QHBoxLayout:
    """Buttons under a form, the main one first."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for made in buttons:
        row.addWidget(made)
    row.addStretch(1)
    return row


def facts(rows: list[tuple[str, str]]) -> QWidget:
    """Words with what they stand for, in two columns."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, 180)
    grid.setColumnStretch(1, 1)
    for number, (word, fact) in enumerate(rows):
        grid.addWidget(label(word, "muted", wraps=True), number, 0, Qt.AlignmentFlag.AlignTop)
        shown = label(fact, wraps=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setMinimumWidth(0)
        shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        grid.addWidget(shown, number, 1, Qt.AlignmentFlag.AlignTop)
    return holder


def breakable(path: str) -> str:
    """A path that may be broken over lines after its separators, and after every 60 characters of a long name."""
    parts = path.replace("/", "/\u200b").replace("\\", "\\\u200b").split("\u200b")
    return "\u200b".join("\u200b".join(part[at : at + 60] for at in range(0, len(part), 60)) for part in parts)
