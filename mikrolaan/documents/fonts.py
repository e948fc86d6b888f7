"""The typeface of all paper: Noto Sans from the program's own resources, registered once per process."""

from __future__ import annotations

import unicodedata
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from mikrolaan.paths import resource

REGULAR = "NotoSans"
STRONG = "NotoSans-SemiBold"
ITALIC = "NotoSans-Italic"

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
    and are told by `unprintable`.
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign for sign in composed if unicodedata.category(sign) != "Cf")


def unprintable(*texts: str) -> bool:
    """Whether a text holds letters that the typeface lacks (Arabic, Ethiopic …), so that paper shows boxes."""
    known = register_fonts()
    return any(ord(sign) not in known and not sign.isspace() for text in texts for sign in printable(text))
