"""The names and descriptions of the products that a new office begins with, by the keys of their data."""

from __future__ import annotations

from collections.abc import Callable

from mikrolaan.i18n import N_, _

_WORDS = {
    "start-up": (
        N_("Start-up loan"),
        N_(
            "For a borrower with a plan for an enterprise, alone or in a network group: the first equipment, stock or "
            "marketing. Up to six instalments of interest alone where the enterprise needs time to get started."
        ),
    ),
    "group-first": (
        N_("Group member's first loan"),
        N_(
            "The first loan of a network group's member, after the group has given its view. Instalments are round "
            "amounts, so that they are easy to follow in meetings."
        ),
    ),
    "municipal": (
        N_("Interest-free municipal loan"),
        N_(
            "For residents who begin an enterprise after a course or guidance. Without interest and without fees; the "
            "first months are free of payment, then the instalments are small."
        ),
    ),
}


def product_words(key: str, gettext: Callable[[str], str] = _) -> tuple[str, str]:
    """The name and the description of an example product, by default in the language of the screen."""
    name, description = _WORDS[key]
    return gettext(name), gettext(description)
