"""Every text of the program is translated, with the same fields, into every language that is offered."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

import mikrolaan
from mikrolaan.i18n.catalogue import DOMAIN, catalogue_folder, languages_with_catalogue

PACKAGE = Path(mikrolaan.__file__).parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


@cache
def texts_in_the_program() -> Catalog:
    found = Catalog(domain=DOMAIN)
    for path in sorted(PACKAGE.rglob("*.py")):
        with path.open("rb") as file:
            for line, text, comments, context in extract(
                "python", file, keywords=KEYWORDS, comment_tags=["Translators:"]
            ):
                found.add(
                    text, None, [(str(path.relative_to(PACKAGE.parent)), line)], (), comments, (), "", None, context
                )
    return found


@cache
def translations(code: str) -> Catalog:
    with (catalogue_folder(code) / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=code, domain=DOMAIN)


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def fields(text: str) -> set[str]:
    return {name for _text, name, _format, _conversion in Formatter().parse(text) if name is not None}


def told(message: Message) -> str:
    place = ", ".join(f"{path}:{line}" for path, line in message.locations[:2])
    return f"{forms(message.id)[0]!r} ({place})"


def messages() -> list[Message]:
    return [message for message in texts_in_the_program() if message.id]


@pytest.mark.parametrize("code", languages_with_catalogue())
def test_every_text_is_translated(code):
    known = translations(code)
    missing = []
    for message in messages():
        translated = known.get(forms(message.id)[0], message.context)
        wanted = known.num_plurals if isinstance(message.id, (tuple, list)) else 1
        if translated is None or translated.fuzzy:
            missing.append(told(message))
            continue
        given = forms(translated.string)
        if len(given) != wanted or not all(form.strip() for form in given):
            missing.append(told(message))
    assert not missing, f"{len(missing)} texts without a translation into {code}:\n" + "\n".join(missing)


@pytest.mark.parametrize("code", languages_with_catalogue())
def test_a_translation_has_the_fields_of_its_text(code):
    known = translations(code)
    wrong = []
    for message in messages():
        translated = known.get(forms(message.id)[0], message.context)
        originals = [fields(form) for form in forms(message.id)]
        for form in forms(translated.string) if translated else ():
            try:
                fitting = not form or fields(form) in originals
            except ValueError:
                fitting = False
            if not fitting:
                wrong.append(f"{told(message)} became {form!r}")
    assert not wrong, "\n".join(wrong)


def test_a_text_has_named_fields_only():
    unnamed = []
    for message in messages():
        for form in forms(message.id):
            names = fields(form)
            if any(not name or name[0].isdigit() for name in names):
                unnamed.append(told(message))
    assert not unnamed, "\n".join(unnamed)


@pytest.mark.parametrize("code", languages_with_catalogue())
def test_a_catalogue_holds_no_text_that_the_program_has_lost(code):
    used = {(forms(message.id)[0], message.context) for message in messages()}
    stale = [
        forms(message.id)[0]
        for message in translations(code)
        if message.id and (forms(message.id)[0], message.context) not in used
    ]
    assert not stale, "\n".join(stale)


def test_each_language_writes_the_three_dots_in_its_own_way():
    english = [form for message in messages() for form in forms(message.id) if form.endswith((" …", "..."))]
    assert not english, english
    known = translations("nb")
    norwegian = [
        form
        for message in messages()
        if forms(message.id)[0].endswith("…") and (translated := known.get(forms(message.id)[0], message.context))
        for form in forms(translated.string)
        if not form.endswith(" …")
    ]
    assert not norwegian, norwegian
