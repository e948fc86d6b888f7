"""The bar over the calculator while it is shown in the client's language, and the way into that language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from mikrolaan.domain.borrower import Borrower
from mikrolaan.i18n import OFFERED, _, current_language, language, language_name
from mikrolaan.ui.calculator.memory import ClientLanguage
from mikrolaan.ui.widgets.messages import InlineMessage


class LanguageBar(InlineMessage):
    """Says so in the client's language, and offers the way back in the officer's own; hidden otherwise."""

    def __init__(self, client: ClientLanguage) -> None:
        super().__init__()
        self._client = client
        self.back_words = ""
        self.menu: QMenu | None = None
        client.page_made()
        if client.is_on:
            here, own = current_language(), language(client.own)
            self.say(_("Shown in the client's language: {language}.").format(language=here.own_name))
            self.back_words = own.gettext("Back to {language}").format(language=own.own_name)
            self.offer(f"{self.back_words} (F8)", client.back)

    def switch(self, borrower: Borrower | None, below: QWidget) -> None:
        """To the client's language and back; where it is not known, or is the one shown, a menu `below` asks."""
        if self._client.is_on:
            self._client.back()
            return
        others = [code for code in OFFERED if code != current_language().code]
        wanted = borrower.person.paper_language if borrower is not None else ""
        if wanted in others:
            self._client.show(wanted)
        elif len(others) == 1 and not wanted:
            self._client.show(others[0])
        else:
            self._ask(others, below)

    def _ask(self, codes: Sequence[str], below: QWidget) -> None:
        self.menu = QMenu(below)
        for code in codes:
            act = self.menu.addAction(language_name(code))
            act.triggered.connect(lambda _checked=False, code=code: self._client.show(code))
        self.menu.popup(below.mapToGlobal(QPoint(0, below.height())))
