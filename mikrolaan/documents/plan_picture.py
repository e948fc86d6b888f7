"""The picture of a plan: how the debt falls, and what each instalment consists of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportlab.graphics.shapes import Drawing, Line, Path, Rect, String
from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth

from mikrolaan.documents.facts import COLUMN_GAP, HALF_WIDTH
from mikrolaan.documents.fonts import REGULAR, STRONG, register_fonts
from mikrolaan.documents.style import INK, LINE, MUTED, PRIMARY, SECOND, TEXT_WIDTH, THIRD
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.plan import Plan
from mikrolaan.i18n import Language

HEIGHT = 128.0
PLOT_BOTTOM = 16.0
PLOT_TOP = 96.0
CAPTION = 7.5


@dataclass(frozen=True, slots=True)
class _Panel:
    """A place to draw in: from `left` to `right`, amounts from 0 to `top_minor` between PLOT_BOTTOM and PLOT_TOP."""

    left: float
    right: float
    top_minor: int

    def x(self, share: float) -> float:
        return self.left + share * (self.right - self.left)

    def y(self, minor: int) -> float:
        return PLOT_BOTTOM + max(0, minor) / self.top_minor * (PLOT_TOP - PLOT_BOTTOM)


def plan_picture(plan: Plan, language: Language) -> Drawing:
    """Two small drawings beside each other: the balance left, the parts of each instalment right."""
    register_fonts()
    drawing = Drawing(TEXT_WIDTH, HEIGHT, initialFontName=REGULAR)
    _balance(drawing, plan, language)
    _parts(drawing, plan, language)
    return drawing


def _balance(drawing: Drawing, plan: Plan, language: Language) -> None:
    _ = language.gettext
    balances = [plan.terms.principal.minor, *(row.balance.minor for row in plan.instalments)]
    panel = _panel(drawing, 0, max(balances), plan.terms.currency, language)
    drawing.add(String(0, HEIGHT - 10, _("The debt after each instalment"), fontName=STRONG, fontSize=9, fillColor=INK))
    points = [(panel.x(number / (len(balances) - 1)), panel.y(minor)) for number, minor in enumerate(balances)]
    steps = [points[0]]
    for (_x, before), (x, after) in pairwise(points):
        steps += [(x, before), (x, after)]
    area = Path(fillColor=SECOND, strokeColor=None)
    area.moveTo(panel.left, PLOT_BOTTOM)
    edge = Path(fillColor=None, strokeColor=PRIMARY, strokeWidth=1.2)
    edge.moveTo(*steps[0])
    for x, y in steps:
        area.lineTo(x, y)
        edge.lineTo(x, y)
    area.lineTo(panel.right, PLOT_BOTTOM)
    area.closePath()
    drawing.add(area)
    drawing.add(edge)
    _dates(drawing, panel, language.month(plan.terms.disbursed_on), language.month(plan.instalments[-1].due_on))


def _parts(drawing: Drawing, plan: Plan, language: Language) -> None:
    parts: tuple[tuple[str, Color, list[int]], ...] = (
        (
            language.pgettext("part of an instalment", "Principal"),
            PRIMARY,
            [max(0, row.principal.minor) for row in plan.instalments],
        ),
        (
            language.pgettext("part of an instalment", "Interest"),
            SECOND,
            [row.interest.minor for row in plan.instalments],
        ),
        (language.pgettext("part of an instalment", "Fees"), THIRD, [row.fees.minor for row in plan.instalments]),
    )
    parts = tuple(part for part in parts if any(part[2]))
    count = len(plan.instalments)
    highest = max(sum(part[2][number] for part in parts) for number in range(count))
    panel = _panel(drawing, HALF_WIDTH + COLUMN_GAP, highest, plan.terms.currency, language)
    _ = language.gettext
    drawing.add(
        String(
            HALF_WIDTH + COLUMN_GAP,
            HEIGHT - 10,
            _("What each instalment consists of"),
            fontName=STRONG,
            fontSize=9,
            fillColor=INK,
        )
    )
    step = (panel.right - panel.left) / count
    width = step * (0.72 if step > 3 else 1.0)
    for number in range(count):
        left, bottom = panel.left + number * step + (step - width) / 2, PLOT_BOTTOM
        for _label, colour, amounts in parts:
            height = panel.y(amounts[number]) - PLOT_BOTTOM
            if height > 0:
                drawing.add(_filled(left, bottom, width, height, colour))
                bottom += height
    _legend(drawing, panel, [(label, colour) for label, colour, _amounts in parts])
    first, last = plan.instalments[0].due_on, plan.instalments[-1].due_on
    _dates(drawing, panel, language.month(first), language.month(last) if count > 1 else "")


def _panel(drawing: Drawing, left: float, highest: int, currency: Currency, language: Language) -> _Panel:
    """Lines and amounts at zero, half and top, the top a round figure."""
    top = _round_above(max(1, highest))
    labels = [language.whole_amount(Money(top * part // 2, currency)) for part in range(3)]
    gutter = max(stringWidth(label, REGULAR, CAPTION) for label in labels) + 5
    panel = _Panel(left + gutter, left + HALF_WIDTH, top)
    for part, label in enumerate(labels):
        y = panel.y(top * part // 2)
        drawing.add(Line(panel.left, y, panel.right, y, strokeColor=LINE, strokeWidth=0.5))
        drawing.add(
            String(
                panel.left - 4, y - 2.6, label, fontName=REGULAR, fontSize=CAPTION, fillColor=MUTED, textAnchor="end"
            )
        )
    return panel


def _round_above(minor: int) -> int:
    """The smallest of 2, 4, 6, 8 or 10 times a power of ten that is not below the amount; at least 2 kroner."""
    power = 100
    while power * 10 < minor:
        power *= 10
    return next(step * power for step in (2, 4, 6, 8, 10) if step * power >= minor)


def _filled(x: float, y: float, width: float, height: float, colour: Color) -> Rect:
    shape = Rect(x, y, width, height)
    shape.fillColor, shape.strokeColor = colour, None
    return shape


def _legend(drawing: Drawing, panel: _Panel, entries: Sequence[tuple[str, Color]]) -> None:
    x = panel.left
    y = HEIGHT - 23
    for label, colour in entries:
        drawing.add(_filled(x, y, 6, 6, colour))
        drawing.add(String(x + 9, y, label, fontName=REGULAR, fontSize=CAPTION, fillColor=MUTED))
        x += 9 + stringWidth(label, REGULAR, CAPTION) + 12


def _dates(drawing: Drawing, panel: _Panel, first: str, last: str) -> None:
    drawing.add(String(panel.left, 4, first, fontName=REGULAR, fontSize=CAPTION, fillColor=MUTED))
    drawing.add(String(panel.right, 4, last, fontName=REGULAR, fontSize=CAPTION, fillColor=MUTED, textAnchor="end"))
