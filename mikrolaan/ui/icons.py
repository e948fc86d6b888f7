"""Icons of one set (Phosphor, from qtawesome's fonts), drawn in the theme's colours.

Importing qtawesome loads all of its fonts; only the one that is used is loaded here, when the first icon is painted.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from mikrolaan.ui import theme

FONT_FILE = "phosphor-1.3.0.ttf"

CODES = {
    "arrow-counter-clockwise": 0xF021,
    "arrow-down": 0xF022,
    "arrow-left": 0xF03B,
    "arrow-right": 0xF044,
    "arrow-up": 0xF061,
    "arrows-clockwise": 0xF045,
    "bank": 0xF073,
    "briefcase": 0xF0A0,
    "buildings": 0xF0A8,
    "calculator": 0xF0AB,
    "calendar-blank": 0xF0AD,
    "calendar-check": 0xF0AE,
    "calendar-x": 0xF0B0,
    "caret-down": 0xF0C2,
    "caret-left": 0xF0C3,
    "caret-right": 0xF0C4,
    "caret-up": 0xF0C5,
    "chart-bar": 0xF0D2,
    "chart-line-up": 0xF0D5,
    "chats-circle": 0xF0E1,
    "check": 0xF0E7,
    "check-circle": 0xF0E8,
    "circle": 0xF0EC,
    "circle-dashed": 0xF0ED,
    "circle-half-tilt": 0xF0EF,
    "clock": 0xF0F9,
    "clock-counter-clockwise": 0xF0FC,
    "command": 0xF10F,
    "copy": 0xF114,
    "crown": 0xF11E,
    "dots-three": 0xF145,
    "download-simple": 0xF14C,
    "envelope": 0xF154,
    "export": 0xF15A,
    "eye": 0xF15B,
    "eye-slash": 0xF15E,
    "file-pdf": 0xF16C,
    "file-text": 0xF170,
    "files": 0xF16E,
    "flag": 0xF17C,
    "floppy-disk": 0xF181,
    "folder-open": 0xF18C,
    "funnel": 0xF196,
    "gear": 0xF19B,
    "globe": 0xF1B2,
    "graduation-cap": 0xF1B6,
    "handshake": 0xF1C0,
    "hourglass": 0xF1D0,
    "house": 0xF1D8,
    "identification-card": 0xF1DC,
    "info": 0xF1E0,
    "key": 0xF1E4,
    "keyboard": 0xF1E5,
    "link": 0xF1F8,
    "list": 0xF1FA,
    "lock": 0xF205,
    "magnifying-glass": 0xF20A,
    "map-pin": 0xF20D,
    "minus-magnifying-glass": 0xF20B,
    "money": 0xF21C,
    "moon": 0xF21F,
    "note": 0xF22A,
    "note-pencil": 0xF22E,
    "notebook": 0xF22C,
    "palette": 0xF257,
    "pencil": 0xF266,
    "percent": 0xF269,
    "phone": 0xF26E,
    "plus": 0xF27F,
    "plus-magnifying-glass": 0xF20C,
    "printer": 0xF288,
    "prohibit": 0xF289,
    "question": 0xF293,
    "receipt": 0xF29A,
    "scales": 0xF2AA,
    "shield-check": 0xF2B8,
    "sign-out": 0xF2C7,
    "stack": 0xF2F1,
    "star": 0xF2F3,
    "storefront": 0xF2F9,
    "sun": 0xF2FE,
    "sun-horizon": 0xF300,
    "translate": 0xF333,
    "trash": 0xF334,
    "tray": 0xF336,
    "upload-simple": 0xF345,
    "user": 0xF346,
    "user-circle": 0xF347,
    "user-plus": 0xF34F,
    "users": 0xF351,
    "users-four": 0xF352,
    "users-three": 0xF354,
    "wallet": 0xF35B,
    "warning": 0xF35C,
    "warning-circle": 0xF35D,
    "x": 0xF36D,
    "x-circle": 0xF36E,
}


def font_path() -> Path:
    """Where the icon font lies, found without importing qtawesome."""
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(FONT_FILE)
    return Path(spec.origin).parent / "fonts" / FONT_FILE


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(font_path()))
    families = QFontDatabase.applicationFontFamilies(number)
    return families[0] if families else ""


def draw_icon(painter: QPainter, where: QRect | QRectF, name: str, colour: str) -> None:
    """Paint the icon, centred and as large as fits, in a colour "#RRGGBB"."""
    area = QRectF(where)
    font = QFont(_family())
    font.setPixelSize(max(1, round(min(area.width(), area.height()))))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, chr(CODES[name]))
    painter.restore()


class _Engine(QIconEngine):
    """Draws the glyph afresh each time, so that a change of theme needs no new icons."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        tokens = theme.current()
        colour = tokens.edge if mode == QIcon.Mode.Disabled else tokens.tone(self._tone)
        draw_icon(painter, rect, self._name, colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        if picture.isNull():  # Qt asks for no size while a button has none yet
            return picture
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._tone)


def icon(name: str, tone: str = "ink") -> QIcon:
    """The icon of that name in the colour of a token (ink, muted, primary, on_primary, good, warn, bad …)."""
    if name not in CODES:
        raise KeyError(name)
    return QIcon(_Engine(name, tone))
