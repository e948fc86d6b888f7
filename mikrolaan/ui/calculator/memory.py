"""What the calculator remembers while the office is open, also when its page is made anew in another language."""

from __future__ import annotations

from dataclasses import dataclass, field

from mikrolaan.i18n import current_language, use_language
from mikrolaan.services.alternatives import KeptAlternatives


class ClientLanguage:
    """Lets the window speak the client's language for a while; the officer's own is not forgotten."""

    def __init__(self) -> None:
        self._own = self._shown = ""
        self.is_switching = False  # pages are being made anew for the client, or for the officer again

    @property
    def is_on(self) -> bool:
        """Whether the client's language is shown."""
        return bool(self._own) and current_language().code == self._shown

    @property
    def own(self) -> str:
        """The code of the officer's language, while the client's is shown."""
        return self._own

    def show(self, code: str) -> None:
        """Speak the client's language; the settings are not told."""
        if not self.is_on:
            self._own = current_language().code
        self._shown = code
        self._use(code)

    def page_made(self) -> None:
        """A page is made anew: unless this let it, the officer chose the language that is spoken now."""
        if not self.is_switching:
            self._own = ""

    def back(self) -> None:
        """Speak the officer's language again."""
        if self.is_on:
            own, self._own = self._own, ""
            self._use(own)

    def _use(self, code: str) -> None:
        self.is_switching = True
        use_language(code)
        self.is_switching = False


@dataclass(frozen=True, slots=True)
class Memory:
    """One for each open office."""

    alternatives: KeptAlternatives = field(default_factory=KeptAlternatives)
    client: ClientLanguage = field(default_factory=ClientLanguage)
