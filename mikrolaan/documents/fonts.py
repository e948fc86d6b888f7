"""The typeface of all paper: Noto Sans from the program's own resources, registered once per process."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from mikrolaan.paths import resource

REGULAR = "NotoSans"
STRONG = "NotoSans-SemiBold"
ITALIC = "NotoSans-Italic"

LAST_NAMEABLE = 0xFFFF
REPLACEMENT = "\ufffd"

_FILES = {REGULAR: "NotoSans-Regular.ttf", STRONG: "NotoSans-SemiBold.ttf", ITALIC: "NotoSans-Italic.ttf"}


@cache
def register_fonts() -> frozenset[int]:
    """Make the typeface known to ReportLab; returns the code points it can print. The second call costs nothing."""
    known: frozenset[int] = frozenset()
    for name, file in _FILES.items():
        font = TTFont(name, str(resource("fonts", file)))
        pdfmetrics.registerFont(font)
        known = known & frozenset(font.face.charToGlyph) if known else frozenset(font.face.charToGlyph)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=STRONG, italic=ITALIC, boldItalic=STRONG)
    return known


def printable(text: str) -> str:
    """A text as it goes on paper: letters and their accents put together, invisible format characters left out.

    Characters that the typeface lacks stay: they show as an empty box, can still be copied and searched in the PDF,
    and are told by `unprintable`. Those beyond the basic plane (emoji and the like) become the replacement character,
    since ReportLab cannot name them in the PDF.
    """
    known = register_fonts()
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(
        sign if ord(sign) <= LAST_NAMEABLE else REPLACEMENT for sign in composed if unicodedata.category(sign) != "Cf"
    )
    for sign in kept:
        if ord(sign) not in known:
            _show_as_box(ord(sign))
    return kept


def unprintable(*texts: str) -> bool:
    """Whether a text holds letters that the typeface lacks (Arabic, Ethiopic …), so that paper shows boxes."""
    known = register_fonts()
    return any(
        (ord(sign) not in known and not sign.isspace()) or sign == REPLACEMENT
        for text in texts
        for sign in printable(text)
    )


@cache
def _show_as_box(code: int) -> None:
    """Give a character the typeface's own box for what it lacks; left alone, ReportLab drops it from the text."""
    for name in _FILES:
        font: Any = pdfmetrics.getFont(name)
        face = font.face
        face.charToGlyph.setdefault(code, 0)
        face.charWidths.setdefault(code, face.defaultWidth)
