"""The page that all documents share: letterhead, foot with number, check and page count, and the mark on a draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from io import BytesIO
from typing import Any

import segno
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from mikrolaan.documents.fonts import REGULAR, STRONG, printable, register_fonts
from mikrolaan.documents.style import (
    FAINT,
    INK,
    LINE,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TEXT_WIDTH,
)
from mikrolaan.i18n import Language

QR_SIDE = 13 * mm
CHECK_DIGITS = 16  # of a SHA-256 in hexadecimal


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the foot of every page; number and check are printed where there are any."""

    title: str
    number: str
    office_name: str
    check: str = ""
    is_draft: bool = False


def check_of(number: str, facts: Sequence[str]) -> str:
    """The check of an issued document: 16 hexadecimal digits of SHA-256 over its number and the facts that matter.

    A document cannot carry the hash of its own bytes. This one is computed from what is printed, so that paper can be
    compared with the office file: when a figure was changed on the paper, its check no longer fits.
    """
    return sha256("\n".join((number, *facts)).encode()).hexdigest()[:CHECK_DIGITS]


def build_pdf(story: list[Flowable], foot: Foot, language: Language) -> bytes:
    """The pages as PDF; the same story gives the same bytes."""
    register_fonts()
    written = BytesIO()
    template = BaseDocTemplate(
        written,
        invariant=1,
        lang=language.code,
        title=f"{foot.title} {foot.number}".strip(),
        author=printable(foot.office_name),
        creator="Mikrolaan",
        initialFontName=REGULAR,
        leftMargin=MARGIN_LEFT,
        rightMargin=MARGIN_RIGHT,
        topMargin=MARGIN_TOP,
        bottomMargin=MARGIN_BOTTOM,
    )
    frame = Frame(
        MARGIN_LEFT,
        MARGIN_BOTTOM,
        TEXT_WIDTH,
        PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    template.addPageTemplates([PageTemplate("page", [frame])])

    pages = partial(
        _CountedPages,
        draw_foot=partial(_draw_foot, foot=foot, language=language),
        draw_ground=partial(_draw_draft_mark, language=language) if foot.is_draft else None,
    )
    template.build(story, canvasmaker=pages)
    return written.getvalue()


class _CountedPages(Canvas):
    """A canvas that holds its pages back until it knows how many there are."""

    def __init__(
        self,
        *arguments: Any,
        draw_foot: Callable[[Canvas, int, int], None],
        draw_ground: Callable[[Canvas], None] | None,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        self._held: list[dict[str, Any]] = []
        self._draw_foot = draw_foot
        self._draw_ground = draw_ground
        self._begin()

    def _begin(self) -> None:
        if self._draw_ground is not None:
            self._draw_ground(self)

    def showPage(self) -> None:
        self._held.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # the stubs leave it out
        self._begin()

    def save(self) -> None:
        held = self._held
        for page, state in enumerate(held, start=1):
            self.__dict__.update(state)
            self._draw_foot(self, page, len(held))
            super().showPage()
        super().save()


def _draw_foot(canvas: Canvas, page: int, pages: int, foot: Foot, language: Language) -> None:
    _ = language.gettext
    top = MARGIN_BOTTOM - 6 * mm
    right = PAGE_WIDTH - MARGIN_RIGHT
    canvas.saveState()
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN_LEFT, top, right, top)
    left = MARGIN_LEFT
    first, second = top - 5 * mm, top - 9 * mm
    if foot.check:
        _draw_qr(canvas, f"{foot.number} {foot.check}", MARGIN_LEFT, top - 2 * mm - QR_SIDE)
        left += QR_SIDE + 4 * mm
    counted = _("Page {page} of {pages}").format(page=page, pages=pages)
    canvas.setFillColor(INK)
    canvas.setFont(REGULAR, 8.5)
    canvas.drawRightString(right, first, counted)
    canvas.setFont(STRONG, 8.5)
    canvas.drawString(left, first, f"{foot.title} {foot.number}".strip())
    canvas.setFont(REGULAR, 8)
    canvas.setFillColor(MUTED)
    if foot.is_draft:
        canvas.drawString(left, second, _("Draft – not for signature"))
    elif foot.check:
        groups = " ".join(foot.check[start : start + 4] for start in range(0, CHECK_DIGITS, 4))
        canvas.drawString(left, second, _("Check {digits}").format(digits=groups))
    name = shortened(foot.office_name, REGULAR, 8, right - left - 60 * mm)
    canvas.drawRightString(right, second, name)
    canvas.restoreState()


def _draw_qr(canvas: Canvas, text: str, left: float, bottom: float) -> None:
    """Draw a QR code, one rectangle for each run of dark squares."""
    rows = tuple(segno.make(text, error="m", micro=False).matrix)
    side = QR_SIDE / len(rows)
    draw_squares(canvas, rows, left, bottom, side)


def draw_squares(canvas: Canvas, rows: Sequence[Sequence[int]], left: float, bottom: float, side: float) -> None:
    """Fill the dark squares of a code, first row at the top, as one path without seams."""
    path = canvas.beginPath()
    height = len(rows)
    for number, row in enumerate(rows):
        start = None
        for column, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.rect(left + start * side, bottom + (height - 1 - number) * side, (column - start) * side, side)
                start = None
    canvas.setFillColor(INK)
    canvas.drawPath(path, stroke=0, fill=1)


def _draw_draft_mark(canvas: Canvas, language: Language) -> None:
    _ = language.gettext
    word = _("DRAFT")
    canvas.saveState()
    canvas.setFillColor(FAINT)
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(52)
    size = 150.0
    canvas.setFont(STRONG, size)
    canvas.drawCentredString(0, -size / 3, word)
    canvas.restoreState()


def shortened(text: str, font: str, size: float, width: float) -> str:
    """The text, cut with an ellipsis where it is wider than `width` points."""
    text = printable(text)
    if stringWidth(text, font, size) <= width:
        return text
    while text and stringWidth(text + "…", font, size) > width:
        text = text[:-1]
    return text.rstrip() + "…"
