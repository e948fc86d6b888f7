"""The head of a first page: the office's name, how it is reached, and its logo."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Table

from mikrolaan.documents.fonts import REGULAR
from mikrolaan.documents.style import LINE, TEXT_WIDTH, as_typed, paragraph
from mikrolaan.domain.contact import format_phone
from mikrolaan.domain.enterprise_numbers import format_organisation_number
from mikrolaan.domain.office import Office
from mikrolaan.i18n import Language

LARGEST_LOGO_PIXELS = 25_000_000  # a photograph of a good camera; beyond it, unpacking could fill the memory
LOGO_DOTS = 600  # the longer side in the PDF: 300 dots per inch at the printed size
LOGO_WIDTH, LOGO_HEIGHT = 50 * mm, 18 * mm


def letterhead(office: Office, language: Language) -> Flowable:
    """The office's name and where it is found, with its logo at the right when it has one."""
    _ = language.gettext
    lines = [paragraph(as_typed(office.name), "strong")]
    number = office.organisation_number
    named = (
        _("Organisation number {number}").format(number=format_organisation_number(number, office.country))
        if number
        else ""
    )
    small = (
        " · ".join(filter(None, (", ".join(office.address.lines), named))),
        " · ".join(filter(None, (format_phone(office.phone), office.email))),
    )
    lines.extend(paragraph(as_typed(line), "small") for line in small if line)
    logo = _logo_of(office.logo) if office.logo else None
    logo_width = LOGO_WIDTH + 6 * mm if logo else 0
    table = Table([[lines, logo or ""]], colWidths=[TEXT_WIDTH - logo_width, logo_width])
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("ALIGN", (1, 0), (1, 0), "RIGHT"),
            ("FONTNAME", (0, 0), (-1, -1), REGULAR),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
        ]
    )
    table.spaceAfter = 12
    return table


class _Logo(Flowable):
    """A picture, as large as fits the letterhead."""

    def __init__(self, picture: ImageReader) -> None:
        super().__init__()
        self._picture = picture
        width, height = picture.getSize()
        scale = min(LOGO_WIDTH / width, LOGO_HEIGHT / height)
        self.width, self.height = width * scale, height * scale

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.drawImage(self._picture, 0, 0, self.width, self.height)


def _logo_of(content: bytes) -> Flowable | None:
    picture = _picture(content)
    return _Logo(ImageReader(picture)) if picture is not None else None


@lru_cache(maxsize=2)
def _picture(content: bytes) -> Image.Image | None:
    """The logo on white, no finer than print shows; None when the file is damaged or far too large."""
    try:
        opened = Image.open(BytesIO(content))
        if opened.width * opened.height > LARGEST_LOGO_PIXELS:
            return None
        picture = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    picture.thumbnail((LOGO_DOTS, LOGO_DOTS))
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground
