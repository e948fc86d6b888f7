"""How paper looks: measures, colours and the styles of running text, in one place."""

from __future__ import annotations

from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph

from mikrolaan.documents.fonts import REGULAR, STRONG, printable, register_fonts
from mikrolaan.i18n.conventions import NO_BREAK_SPACE, THIN_SPACE

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN_LEFT = 25 * mm  # room for the holes of a ring binder
MARGIN_RIGHT = 18 * mm
MARGIN_TOP = 16 * mm
MARGIN_BOTTOM = 27 * mm  # the foot stands in it
CLAUSE_INDENT = 8 * mm  # the number of a clause stands in it
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT

INK: Color = HexColor("#1D2328")
MUTED: Color = HexColor("#57606A")
LINE: Color = HexColor("#C9C5BC")
GROUND: Color = HexColor("#F3F1EC")
PRIMARY: Color = HexColor("#0F5C6E")
SECOND: Color = HexColor("#8CBAC4")  # beside PRIMARY in a picture; still told apart in grey
THIRD: Color = HexColor("#B98A2F")
FAINT: Color = HexColor("#EEECE7")  # the word across a draft: seen, and never in the way of reading


@cache
def styles() -> dict[str, ParagraphStyle]:
    """The styles of running text by name."""
    register_fonts()
    body = ParagraphStyle(
        "body",
        fontName=REGULAR,
        fontSize=10,
        leading=14,
        textColor=INK,
        spaceAfter=4,
        bulletFontName=REGULAR,
        bulletFontSize=10,
        embeddedHyphenation=2,  # a double name that is too wide for its column parts at its hyphen
    )
    return {
        "body": body,
        "small": ParagraphStyle("small", body, fontSize=8.5, leading=11.5, textColor=MUTED, spaceAfter=0),
        "title": ParagraphStyle("title", body, fontName=STRONG, fontSize=20, leading=25, spaceAfter=1),
        "subtitle": ParagraphStyle("subtitle", body, textColor=MUTED, spaceAfter=8),
        "section": ParagraphStyle(
            "section", body, fontName=STRONG, fontSize=12.5, leading=16, textColor=PRIMARY, spaceBefore=10, spaceAfter=4
        ),
        "clause": ParagraphStyle(
            "clause",
            body,
            fontName=STRONG,
            fontSize=10.5,
            leading=14,
            spaceBefore=7,
            spaceAfter=2,
            keepWithNext=1,
            leftIndent=CLAUSE_INDENT,
            bulletFontName=STRONG,
            bulletFontSize=10.5,
        ),
        "clause text": ParagraphStyle("clause text", body, leftIndent=CLAUSE_INDENT, spaceAfter=3, allowWidows=0),
        "address": ParagraphStyle("address", body, spaceAfter=0),
        "label": ParagraphStyle("label", body, fontSize=9, leading=12.5, textColor=MUTED, spaceAfter=0),
        "value": ParagraphStyle("value", body, fontSize=9.5, leading=12.5, spaceAfter=0),
        "figure": ParagraphStyle("figure", body, fontSize=9.5, leading=12.5, spaceAfter=0, alignment=2),
        "strong": ParagraphStyle("strong", body, fontName=STRONG, fontSize=10, leading=13.5, spaceAfter=1),
    }


def as_typed(text: str) -> str:
    """What a person typed, made safe inside a paragraph: printed literally, its line breaks kept."""
    return escape(printable(text)).replace("\n", "<br/>")


def paragraph(text: str, style: str = "body", number: str | None = None) -> Paragraph:
    """A paragraph of text that may hold ReportLab's mark-up; typed text in it has gone through `as_typed`.

    `number` stands in the indent before it. ReportLab breaks lines at the thin space between thousands, so a full
    no-break space stands there in running text.
    """
    return Paragraph(text.replace(THIN_SPACE, NO_BREAK_SPACE), styles()[style], bulletText=number)
