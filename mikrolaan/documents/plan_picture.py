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
from mikrolaan.services.plan_shape import bars_of, bars_top, debt_steps, debt_top

HEIGHT = 128.0
PLOT_BOTTOM = 16.0
PLOT_TOP = 96.0
CAPTION = 7.5
MOST_BARS = 120  # a bar is at least a point and a half wide


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
    balances = debt_steps(plan, bars_of(plan, MOST_BARS))
    panel = _panel(drawing, 0, debt_top(plan), plan.terms.currency, language)
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
    bars = bars_of(plan, MOST_BARS)
    names = (
        (language.pgettext("part of an instalment", "Principal"), PRIMARY),
        (language.pgettext("part of an instalment", "Interest"), SECOND),
        (language.pgettext("part of an instalment", "Fees"), THIRD),
    )
    panel = _panel(drawing, HALF_WIDTH + COLUMN_GAP, bars_top(bars), plan.terms.currency, language)
    by_year = len(bars) < len(plan.instalments)
    _ = language.gettext
    drawing.add(
        String(
            HALF_WIDTH + COLUMN_GAP,
            HEIGHT - 10,
            _("What falls due in each year") if by_year else _("What each instalment consists of"),
            fontName=STRONG,
            fontSize=9,
            fillColor=INK,
        )
    )
    step = (panel.right - panel.left) / len(bars)
    width = step * (0.72 if step > 3 else 1.0)
    for number, bar in enumerate(bars):
        left, bottom = panel.left + number * step + (step - width) / 2, PLOT_BOTTOM
        for (_label, colour), minor in zip(names, bar.parts, strict=True):
            height = panel.y(minor) - PLOT_BOTTOM
            if height > 0:
                drawing.add(_filled(left, bottom, width, height, colour))
                bottom += height
    shown = [name for at, name in enumerate(names) if any(bar.parts[at] for bar in bars)]
    _legend(drawing, panel, shown)
    first, last = plan.instalments[0].due_on, plan.instalments[-1].due_on
    _dates(drawing, panel, language.month(first), language.month(last) if len(plan.instalments) > 1 else "")


def _panel(drawing: Drawing, left: float, top: int, currency: Currency, language: Language) -> _Panel:
    """Lines and amounts at zero, half and top."""
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
