"""Dresses the whole program in light or dark: palette, style sheet and the bundled typeface."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from mikrolaan.paths import resource
from mikrolaan.ui import tokens as t
from mikrolaan.ui.style_sheet import style_sheet

FAMILY = "Noto Sans"


class _Announcer(QObject):
    changed = Signal()


_state = {"tokens": t.LIGHT}


@cache
def announcer() -> _Announcer:
    """Emits `changed` after the theme changed, for what paints itself."""
    return _Announcer()


def current() -> t.Tokens:
    """The tokens in use now."""
    return _state["tokens"]


def apply_theme(app: QApplication, name: str, type_scale: float = 1.0) -> None:
    """Show all windows in the theme "light" or "dark", with type `type_scale` times its usual size."""
    _load_bundled_fonts()
    tokens = t.THEMES.get(name, t.LIGHT)
    _state["tokens"] = tokens
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setFont(body_font(type_scale))
    app.setPalette(_palette(tokens))
    app.setStyleSheet(style_sheet(tokens, type_scale))
    announcer().changed.emit()


def body_font(type_scale: float = 1.0) -> QFont:
    """Noto Sans at the size of body text."""
    font = QFont(FAMILY)
    font.setPointSizeF(t.BODY_PT * type_scale)
    return font


def tabular(font: QFont) -> QFont:
    """The same font with figures of equal width, so that amounts line up."""
    lined_up = QFont(font)
    if hasattr(lined_up, "setFeature"):  # Qt 6.7 and later
        lined_up.setFeature(QFont.Tag("tnum"), 1)
    return lined_up


@cache
def _load_bundled_fonts() -> None:
    for path in sorted(resource("fonts").glob("NotoSans-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def _palette(tokens: t.Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for where, colour in (
        (role.Window, tokens.ground),
        (role.WindowText, tokens.ink),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.hover),
        (role.Text, tokens.ink),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.ink),
        (role.PlaceholderText, tokens.muted),
        (role.Highlight, tokens.primary),
        (role.HighlightedText, tokens.on_primary),
        (role.Accent, tokens.primary),
        (role.Link, tokens.primary),
        (role.LinkVisited, tokens.primary),
        (role.ToolTipBase, tokens.ink),
        (role.ToolTipText, tokens.surface),
        (role.Light, tokens.surface),
        (role.Midlight, tokens.line),
        (role.Mid, tokens.line),
        (role.Dark, tokens.edge),
        (role.Shadow, tokens.ink),
    ):
        palette.setColor(where, QColor(colour))
    for where in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(tokens.muted))
    return palette
