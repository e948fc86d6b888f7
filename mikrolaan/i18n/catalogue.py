"""The translations: which languages there are, and the catalogue of each, compiled in memory where need be."""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from mikrolaan.paths import resource

DOMAIN = "mikrolaan"
SOURCE_LANGUAGE = "en"  # the language the texts are written in; it needs no catalogue


def catalogue_folder(code: str) -> Path:
    """The folder that holds the catalogue of one language."""
    return resource("locale", code, "LC_MESSAGES")


def languages_with_catalogue() -> tuple[str, ...]:
    """The languages that have a folder with a catalogue, in alphabetical order."""
    root = resource("locale")
    if not root.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in root.iterdir() if any(_files(entry.name))))


@cache
def catalogue(code: str) -> NullTranslations:
    """The translations into `code`; without a catalogue every text stays as it was written, in English.

    A compiled catalogue (.mo) is used when it is at least as new as its source (.po), else the source is compiled in
    memory: a program run from source needs no build step, an installed one needs no parser.
    """
    if code == SOURCE_LANGUAGE:
        return NullTranslations()
    source, compiled = _files(code)
    if compiled and not (source and source.stat().st_mtime > compiled.stat().st_mtime):
        return GNUTranslations(io.BytesIO(compiled.read_bytes()))
    if source:
        return GNUTranslations(io.BytesIO(compile_catalogue(source)))
    return NullTranslations()


def compile_catalogue(source: Path) -> bytes:
    """The compiled form (.mo) of a catalogue (.po); entries marked fuzzy are left out."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        texts = read_po(file, domain=DOMAIN)
    compiled = io.BytesIO()
    write_mo(compiled, texts)
    return compiled.getvalue()


def _files(code: str) -> tuple[Path | None, Path | None]:
    """The source and the compiled catalogue, each None where it does not exist."""
    source, compiled = (catalogue_folder(code) / f"{DOMAIN}.{kind}" for kind in ("po", "mo"))
    return source if source.is_file() else None, compiled if compiled.is_file() else None
