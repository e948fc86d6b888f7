"""The first page on a machine without an office: found one, open one, or look around in an invented one."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.i18n import _
from mikrolaan.ui.error_sentence import sentence_for
from mikrolaan.ui.start.start_page import ActCard, BusyLine, StartPage
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.messages import InlineMessage


class WelcomePage(StartPage):
    """Three acts, the first of them the one most people came for."""

    create_asked = Signal()
    open_asked = Signal()
    example_asked = Signal()

    def __init__(self, *, offers_example: bool = True) -> None:
        super().__init__()
        self._offers_example = offers_example
        self._problem: MikrolaanError | None = None
        self.build()

    def title(self) -> str:
        return _("Welcome to Mikrolaan")

    def fill(self, column: QVBoxLayout) -> None:
        column.addStretch(1)
        heading = label(_("Welcome to Mikrolaan"), "figure", wraps=True)
        column.addWidget(heading)
        intro = label(
            _(
                "Loans, repayment plans and contracts for small lenders. Everything is kept in one encrypted file on "
                "this computer; nothing is sent anywhere."
            ),
            "muted",
            wraps=True,
        )
        column.addWidget(intro)
        column.addSpacing(16)
        self.message = InlineMessage()
        column.addWidget(self.message)
        self.create_card = ActCard(
            "buildings",
            _("Create your office"),
            _("Name, letterhead and a password: about three minutes."),
            self.create_asked.emit,
            is_main=True,
        )
        self.open_card = ActCard(
            "folder-open",
            _("Open an office file…"),
            _("For an office that exists already, on this computer, a memory stick or a shared disk."),
            self.open_asked.emit,
        )
        self.example_card = ActCard(
            "graduation-cap",
            _("Try it with example data"),
            _("Invented borrowers, groups and loans to practise on, in a file of their own."),
            self.example_asked.emit,
        )
        cards = [self.create_card, self.open_card, self.example_card]
        for card in cards:
            column.addWidget(card)
        self.example_card.setVisible(self._offers_example)
        self.busy_line = BusyLine("")
        column.addWidget(self.busy_line)
        column.addStretch(2)
        for before, after in pairwise(cards):
            QWidget.setTabOrder(before, after)
        self._show_problem()

    def first_field(self) -> QWidget:
        return self.create_card

    def shown(self) -> None:
        super().shown()
        self.create_card.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, error: MikrolaanError | None) -> None:
        """Show what went wrong with the last act; None takes it away."""
        self._problem = error
        self._show_problem()

    def _show_problem(self) -> None:
        self.message.say(sentence_for(self._problem) if self._problem is not None else "", "bad")

    def set_making_example(self, making: bool) -> None:
        """Say that the example is being made, and let nothing be pressed meanwhile."""
        for card in (self.create_card, self.open_card, self.example_card):
            card.setEnabled(not making)
        self.language_box.setEnabled(not making)
        if making:
            self.busy_line.say(_("Making the example office…"))
        else:
            self.busy_line.hide()
