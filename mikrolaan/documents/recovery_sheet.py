"""The recovery sheet: the key that opens the office file when every password is forgotten, on one page."""

from __future__ import annotations

import re
from datetime import date

import segno
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from mikrolaan.documents.fonts import REGULAR, STRONG
from mikrolaan.documents.page import Foot, build_pdf, draw_squares
from mikrolaan.documents.style import GROUND, INK, MUTED, as_typed, paragraph
from mikrolaan.i18n import Language, language

GROUPS_A_LINE = 4
KEY_SIZE = 21.0
LINE_HEIGHT = 40.0
NUMBER_WIDTH = 26.0  # of the line's own number
QR_SIDE = 38 * mm


def recovery_sheet(office_name: str, officer_name: str, recovery_key: str, made_on: date, language_code: str) -> bytes:
    """One page with the key in large groups and as QR code, how to use it and where to keep it; nothing else secret.

    The groups are those of the key itself, parted by hyphens or spaces; a key without them is parted by four.
    """
    speech = language(language_code)
    _ = speech.gettext
    title = _("Recovery key")
    told = _("{office} · made for {officer} on {date}").format(
        office=office_name, officer=officer_name, date=speech.long_date(made_on)
    )
    story: list[Flowable] = [
        paragraph(title, "title"),
        paragraph(as_typed(told), "subtitle"),
        paragraph(_("This key opens the office file when every password is forgotten. Whoever holds it can open it.")),
        _Key(groups_of(recovery_key)),
        _Code(recovery_key, speech),
        paragraph(_("How it is used"), "section"),
        *_steps(
            [
                _("Start Mikrolaan and choose the office file."),
                _("Choose to open it with the recovery key, and type the key line by line."),
                _("Choose a new password. The office file opens as it was, with everything in it."),
            ]
        ),
        paragraph(_("Where to keep it"), "section"),
        *_steps(
            [
                _("On paper, in a safe or a locked cabinet, away from the computer with the office file."),
                _("Not as a photograph, not in e-mail and not in a file: then it is no longer yours alone."),
                _("At least two people in the office know where it lies."),
                _(
                    "Without a password and without this key nobody can open the office file, not even those who made "
                    "the program."
                ),
            ]
        ),
    ]
    return build_pdf(story, Foot(title, "", office_name), speech)


def groups_of(recovery_key: str) -> list[str]:
    """The groups in which a key is read aloud and typed."""
    parts = [part for part in re.split(r"[\s-]+", recovery_key.strip()) if part]
    if len(parts) > 1:
        return parts
    whole = "".join(parts)
    return [whole[start : start + 4] for start in range(0, len(whole), 4)]


def _steps(sentences: list[str]) -> list[Flowable]:
    return [paragraph(sentence, "clause text", f"{number}.") for number, sentence in enumerate(sentences, start=1)]


class _Key(Flowable):
    """The key, a few groups to a numbered line, so that the eye finds its place again."""

    def __init__(self, groups: list[str]) -> None:
        super().__init__()
        self._lines = [groups[start : start + GROUPS_A_LINE] for start in range(0, len(groups), GROUPS_A_LINE)]
        self.spaceBefore, self.spaceAfter = 10, 14

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width, self.height = aW, LINE_HEIGHT * len(self._lines) + 8
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFillColor(GROUND)
        canvas.roundRect(0, 0, self.width, self.height, 4, stroke=0, fill=1)
        column = (self.width - NUMBER_WIDTH - 12) / GROUPS_A_LINE
        widest = max(stringWidth(group, STRONG, KEY_SIZE) for line in self._lines for group in line)
        size = min(KEY_SIZE, KEY_SIZE * (column - 12) / widest)
        for number, line in enumerate(self._lines, start=1):
            y = self.height - 4 - number * LINE_HEIGHT + (LINE_HEIGHT - size * 0.7) / 2
            canvas.setFillColor(MUTED)
            canvas.setFont(REGULAR, 9)
            canvas.drawString(12, y, str(number))
            canvas.setFillColor(INK)
            canvas.setFont(STRONG, size)
            for position, group in enumerate(line):
                canvas.drawString(NUMBER_WIDTH + 12 + position * column, y, group)


class _Code(Flowable):
    """The key as a QR code with a line beside it."""

    def __init__(self, recovery_key: str, language: Language) -> None:
        super().__init__()
        self._rows = tuple(segno.make(recovery_key, error="m", micro=False).matrix)
        self._told = paragraph(
            language.gettext("The code holds the same key, for those who would rather read it with a scanner."), "small"
        )

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width, self.height = aW, QR_SIDE
        return self.width, self.height

    def draw(self) -> None:
        draw_squares(self.canv, self._rows, 0, 0, QR_SIDE / len(self._rows))
        beside = QR_SIDE + 6 * mm
        _width, height = self._told.wrap(self.width - beside, QR_SIDE)
        self._told.drawOn(self.canv, beside, (QR_SIDE - height) / 2)
