"""Figures at a glance: the band of key figures, and tables of labels and values in one or two columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph, Table

from mikrolaan.documents.fonts import REGULAR, STRONG
from mikrolaan.documents.style import GROUND, INK, LINE, MUTED, PRIMARY, TEXT_WIDTH, as_typed, paragraph
from mikrolaan.documents.words import instalment_figure
from mikrolaan.domain.plan import Plan
from mikrolaan.i18n import Language

COLUMN_GAP = 8 * mm
HALF_WIDTH = (TEXT_WIDTH - COLUMN_GAP) / 2
Fact = tuple[str, str]  # label and value; neither holds mark-up


class KeyFigures(Flowable):
    """A band of large figures with a caption over each; the second, the effective rate, is the largest."""

    HEIGHT = 50.0
    LARGEST = 19.0
    LARGE = 14.0
    PADDING = 9.0

    def __init__(self, figures: Sequence[Fact], stressed: int) -> None:
        super().__init__()
        self._figures = figures
        self._stressed = stressed
        self.spaceBefore = 2
        self.spaceAfter = 8

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width, self.height = aW, self.HEIGHT
        return aW, self.HEIGHT

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFillColor(GROUND)
        canvas.roundRect(0, 0, self.width, self.HEIGHT, 3, stroke=0, fill=1)
        cell = self.width / len(self._figures)
        room = cell - 2 * self.PADDING
        for position, (label, value) in enumerate(self._figures):
            left = position * cell + self.PADDING
            stressed = position == self._stressed
            canvas.setFillColor(MUTED)
            canvas.setFont(REGULAR, _fitting(label, REGULAR, 8.5, room))
            canvas.drawString(left, self.HEIGHT - 16, label)
            canvas.setFillColor(PRIMARY if stressed else INK)
            canvas.setFont(STRONG, _fitting(value, STRONG, self.LARGEST if stressed else self.LARGE, room))
            canvas.drawString(left, 12, value)
            if position:
                canvas.setStrokeColor(LINE)
                canvas.setLineWidth(0.5)
                canvas.line(position * cell, 10, position * cell, self.HEIGHT - 10)


def _fitting(text: str, font: str, size: float, room: float) -> float:
    return min(size, size * room / max(1.0, stringWidth(text, font, size)))


def key_figures(plan: Plan, effective_rate: str, language: Language) -> Flowable:
    """Loan amount, effective rate, instalment and all that is to be paid."""
    _ = language.gettext
    label, instalment = instalment_figure(plan, language)
    return KeyFigures(
        (
            (_("Loan amount"), language.money(plan.terms.principal)),
            (_("Effective rate"), effective_rate),
            (label, language.money(instalment)),
            (_("Total to pay"), language.money(plan.due + plan.paid_separately)),
        ),
        stressed=1,
    )


def two_columns(left: Sequence[Fact], right: Sequence[Fact]) -> Flowable:
    """Two columns of facts, values at the right edge of each, a hairline under every row."""
    rows: list[list[Paragraph | str]] = []
    for number in range(max(len(left), len(right))):
        cells: list[Paragraph | str] = []
        for column in (left, right):
            label, value = column[number] if number < len(column) else ("", "")
            cells += [paragraph(as_typed(label), "label"), paragraph(as_typed(value), "figure")] if label else ["", ""]
        rows.append([*cells[:2], "", *cells[2:]])
    shares = (0.43, 0.57, 0.58, 0.42)  # labels left are short and values long; right it is the other way round
    widths = [HALF_WIDTH * share for share in shares]
    table = Table(rows, colWidths=[*widths[:2], COLUMN_GAP, *widths[2:]])
    style: list[Any] = [*_TIGHT, ("VALIGN", (0, 0), (-1, -1), "TOP")]
    for first, column in ((0, left), (3, right)):
        style.append(("LINEBELOW", (first, 0), (first + 1, len(column) - 1), 0.35, LINE))
    table.setStyle(style)
    table.spaceAfter = 6
    return table


def side_by_side(left: list[Flowable], right: list[Flowable]) -> Flowable:
    """Two blocks beside each other, such as the parties of a contract."""
    table = Table([[left, "", right]], colWidths=[HALF_WIDTH, COLUMN_GAP, HALF_WIDTH])
    table.setStyle([*_TIGHT, ("VALIGN", (0, 0), (-1, -1), "TOP")])
    table.spaceAfter = 6
    return table


_TIGHT: list[Any] = [
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 2.2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2),
]
