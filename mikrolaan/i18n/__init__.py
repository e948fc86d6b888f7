"""How the program speaks: words, amounts and dates in the screen's language, or in one that a document asks for.

Screens mark texts with `_`, `ngettext`, `pgettext` and `N_` from here: these follow the language of the screen, looked up
at every call. Documents hold their own `Language` and bind `_ = language.gettext`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mikrolaan.i18n.catalogue import SOURCE_LANGUAGE, languages_with_catalogue
from mikrolaan.i18n.language import Language, language

__all__ = [
    "N_",
    "OFFERED",
    "Language",
    "_",
    "best_language",
    "current_language",
    "language",
    "language_name",
    "ngettext",
    "npgettext",
    "on_language_changed",
    "pgettext",
    "use_language",
]

OFFERED: tuple[str, ...] = (*(code for code in languages_with_catalogue() if code != SOURCE_LANGUAGE), SOURCE_LANGUAGE)
"""The languages one can choose: every folder under resources/locale with a catalogue, and English."""


class _Screen:
    language: Language = language(SOURCE_LANGUAGE)


_screen = _Screen()
_listeners: list[Callable[[], None]] = []


def current_language() -> Language:
    """The language of the screen; English until `use_language` is called."""
    return _screen.language


def use_language(code: str) -> None:
    """Switch the screen to a language of `OFFERED` and tell all listeners; raises InvalidValue for any other."""
    chosen = language(code)
    if chosen is _screen.language:
        return
    _screen.language = chosen
    for listener in tuple(_listeners):
        listener()


def on_language_changed(callback: Callable[[], None]) -> Callable[[], None]:
    """Call `callback` after each switch of the screen's language; returns what ends it, which may be called twice."""
    _listeners.append(callback)

    def unsubscribe() -> None:
        if callback in _listeners:
            _listeners.remove(callback)

    return unsubscribe


def best_language(wanted: Iterable[str]) -> str:
    """The offered language that suits the system's wishes ("nb-NO", "no", "sv_SE"), best wish first; else English.

    Norwegians without an offered form of their own get the other form: "no" and "nn" fall back to Bokmål.
    """
    for tag in wanted:
        code = tag.replace("_", "-").split("-")[0].lower()
        candidates = [code, "nb"] if code in {"no", "nn"} else [code]
        for candidate in candidates:
            if candidate in OFFERED:
                return candidate
    return SOURCE_LANGUAGE


def language_name(code: str) -> str:
    """What a language calls itself, with a capital letter: "Norsk bokmål", "English"."""
    return language(code).own_name


def N_(text: str) -> str:
    """Mark a text for translation and return it as it is; it is translated with `_` when it is shown."""
    return text


def _(text: str) -> str:
    """The text in the language of the screen."""
    return _screen.language.gettext(text)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of the text that suits `count`, in the language of the screen; the caller fills in the fields."""
    return _screen.language.ngettext(singular, plural, count)


def pgettext(context: str, text: str) -> str:
    """The text in the language of the screen, where `context` tells apart words that English does not."""
    return _screen.language.pgettext(context, text)


def npgettext(context: str, singular: str, plural: str, count: int) -> str:
    """As `ngettext`, for a word that `context` tells apart."""
    return _screen.language.npgettext(context, singular, plural, count)
