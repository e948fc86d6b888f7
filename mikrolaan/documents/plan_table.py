"""The table of a repayment plan: every instalment, sums of each year and of the whole, its head on every page."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from mikrolaan.documents.fonts import REGULAR, STRONG
from mikrolaan.documents.style import GROUND, INK, LINE, MUTED
from mikrolaan.domain.plan import Plan
from mikrolaan.i18n import Language
from mikrolaan.services.plan_lines import LineKind, PlanLine, plan_lines

ROW_HEIGHT = 15.0
HEAD_HEIGHT = 20.0
SIZE = 9.0
SMALLEST_SIZE = 5.0
CELL_GAP = 9.0  # between two columns at full size
EDGE = 3.0  # between the first and last column and the ends of the lines
LEAST_ROWS_TOGETHER = 3  # fewer rows under a head at the foot of a page look lost
BASE_LINE = 4.5  # of the text above the lower edge of its row

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One printed line; a sum has its label where an instalment has number and date."""

    cells: Cells
    is_sum: bool = False
    is_last: bool = False


class PlanTable(Flowable):
    """The plan as a table that breaks between rows only, and never between a sum and the row before it.

    Drawn cell by cell: sixty rows take a tenth of the time of ReportLab's own table, and amounts of any size shrink
    the letters before they could touch.
    """

    def __init__(self, plan: Plan, language: Language) -> None:
        super().__init__()
        self.spaceAfter = 10
        self._head = plan_head(language)
        self._rows = _rows(plan, language)
        self._natural = _natural_widths(self._head, self._rows)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width = aW
        self.height = HEAD_HEIGHT + ROW_HEIGHT * len(self._rows)
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:
        fitting = int((aH - HEAD_HEIGHT) // ROW_HEIGHT)
        if fitting >= len(self._rows):
            return [self]
        least = min(LEAST_ROWS_TOGETHER, len(self._rows))
        places = range(fitting, least - 1, -1)
        place = next((place for place in places if self._breaks_well(place)), None)
        if place is None:
            place = next((place for place in places if not self._rows[place].is_sum), None)
        if place is None:
            return []
        return [self._part(self._rows[:place]), self._part(self._rows[place:])]

    def _breaks_well(self, place: int) -> bool:
        """Whether no sum stands first on the next page, and no instalment is parted alone from its year."""
        first_of_year = self._rows[place - 1].is_sum
        alone_before = place >= 2 and self._rows[place - 2].is_sum and not self._rows[place - 1].is_sum
        alone_after = not first_of_year and place + 1 < len(self._rows) and self._rows[place + 1].is_sum
        return not (self._rows[place].is_sum or alone_before or alone_after)

    def _part(self, rows: list[_Row]) -> PlanTable:
        part = PlanTable.__new__(PlanTable)
        Flowable.__init__(part)
        part.spaceAfter = self.spaceAfter
        part._head, part._rows, part._natural = self._head, rows, self._natural
        return part

    def draw(self) -> None:
        canvas = self.canv
        between = len(self._natural) - 1
        room, natural = self.width - 2 * EDGE, sum(self._natural)
        size = max(SMALLEST_SIZE, SIZE * min(1.0, room / (natural + CELL_GAP * between)))
        scale = size / SIZE
        gap = max(0.0, room - natural * scale) / between
        edges, x = [], EDGE
        for width in self._natural:
            edges.append(x + width * scale)
            x = edges[-1] + gap
        date_left = edges[0] + gap
        y = self.height - HEAD_HEIGHT
        canvas.setFillColor(MUTED)
        canvas.setFont(STRONG, size * 0.94)
        self._draw_cells(self._head, y + 1.5, edges, date_left)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.8)
        canvas.line(0, y, self.width, y)
        for row in self._rows:
            y -= ROW_HEIGHT
            if row.is_sum:
                canvas.setFillColor(GROUND)
                canvas.rect(0, y, self.width, ROW_HEIGHT, stroke=0, fill=1)
            canvas.setFillColor(INK)
            canvas.setFont(STRONG if row.is_sum else REGULAR, size)
            self._draw_cells(row.cells, y, edges, date_left)
            canvas.setStrokeColor(INK if row.is_last else LINE)
            canvas.setLineWidth(0.8 if row.is_last else 0.35)
            canvas.line(0, y, self.width, y)

    def _draw_cells(self, cells: Cells, y: float, edges: list[float], date_left: float) -> None:
        canvas = self.canv
        for column, (cell, edge) in enumerate(zip(cells, edges, strict=True)):
            if not cell:
                continue
            if column == 1:
                canvas.drawString(date_left, y + BASE_LINE, cell)
            else:
                canvas.drawRightString(edge, y + BASE_LINE, cell)


def plan_head(language: Language) -> Cells:
    """The words above the seven columns."""
    _ = language.gettext
    return (
        language.pgettext("head of a column: the instalment's number", "No."),
        _("Due date"),
        language.pgettext("part of an instalment", "Principal"),
        language.pgettext("part of an instalment", "Interest"),
        language.pgettext("part of an instalment", "Fees"),
        language.pgettext("what is paid on one due date", "Instalment"),
        language.pgettext("principal outstanding", "Balance"),
    )


def _rows(plan: Plan, language: Language) -> list[_Row]:
    return [_row(line, language) for line in plan_lines(plan)]


def _row(line: PlanLine, language: Language) -> _Row:
    amounts = tuple(map(language.amount, (line.principal, line.interest, line.fees, line.due)))
    if line.due_on is not None and line.balance is not None:
        return _Row((str(line.number), language.date(line.due_on), *amounts, language.amount(line.balance)))
    return _Row(("", sum_label(line, language), *amounts, ""), is_sum=True, is_last=line.kind is LineKind.TOTAL)


def sum_label(line: PlanLine, language: Language) -> str:
    """What stands before the sum of a year or of all."""
    _ = language.gettext
    return _("Sum {year}").format(year=line.number) if line.kind is LineKind.YEAR else _("Total")


def _natural_widths(head: Cells, rows: list[_Row]) -> list[float]:
    """The width of each column's widest text at full size; digits are equally wide, so the longest text will do."""
    widths = [stringWidth(text, STRONG, SIZE * 0.94) for text in head]
    for column in range(len(head)):
        for is_sum, font in ((False, REGULAR), (True, STRONG)):
            longest = sorted((row.cells[column] for row in rows if row.is_sum is is_sum), key=len)[-3:]
            widths[column] = max([widths[column], *(stringWidth(text, font, SIZE) for text in longest)])
    return widths
