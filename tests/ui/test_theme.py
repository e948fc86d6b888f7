"""Both themes can be read: text has the contrast that WCAG 2.1 asks for, and every icon exists."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontInfo

from mikrolaan.ui.icons import CODES, FONT_FILE, font_path, icon
from mikrolaan.ui.theme import apply_theme, body_font
from mikrolaan.ui.tokens import THEMES, contrast, mixed
from mikrolaan.ui.widgets.dialogs import Dialog


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == 21
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48
    assert mixed("#000000", "#FFFFFF", 0.5) == "#808080"


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_is_readable_on_everything_it_stands_on(theme):
    for under in (theme.ground, theme.surface, theme.hover, theme.selection):
        assert contrast(theme.ink, under) >= 7
        assert contrast(theme.muted, under) >= 4.5
    for tone in ("good", "warn", "bad", "primary", "muted"):
        assert contrast(theme.tone(tone), theme.surface) >= 4.5
        assert contrast(theme.tone(tone), theme.wash(tone)) >= 4.3, tone
    assert contrast(theme.on_primary, theme.primary) >= 4.5
    assert contrast(theme.on_primary, theme.primary_hover) >= 4.5
    assert contrast(theme.edge, theme.surface) >= 3


def test_every_icon_is_in_the_font_at_the_place_we_say():
    spec = importlib.util.find_spec("qtawesome")
    assert spec is not None and spec.origin is not None
    charmap = FONT_FILE.replace(".ttf", ".json").replace("phosphor-", "phosphor-charmap-")
    known = json.loads((Path(spec.origin).parent / "fonts" / charmap).read_text(encoding="utf-8"))
    codes = {int(code, 16) for code in known.values()}

    assert font_path().is_file()
    assert set(CODES.values()) <= codes
    assert len(set(CODES.values())) == len(CODES)


def test_an_icon_follows_the_theme(qapp):
    made = icon("users")
    try:
        apply_theme(qapp, "dark")
        dark = made.pixmap(QSize(40, 40)).toImage()
        apply_theme(qapp, "light")
        light = made.pixmap(QSize(40, 40)).toImage()
    finally:
        apply_theme(qapp, "light")

    assert light != dark
    with pytest.raises(KeyError):
        icon("no-such-icon")


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_dialog_has_an_edge_of_its_own(qtbot, qapp, name):
    apply_theme(qapp, name)
    dialog = Dialog(None, "Reverse the payment", "It stays visible and counts no more.")
    qtbot.addWidget(dialog)

    picture = dialog.grab().toImage()

    right, bottom = picture.width() - 1, picture.height() - 1
    corners = [(0, 0), (right, 0), (0, bottom), (right, bottom), (right // 2, 0), (0, bottom // 2)]
    assert {picture.pixelColor(*corner).name().upper() for corner in corners} == {THEMES[name].line.upper()}
    assert picture.pixelColor(1, 1).name().upper() != THEMES[name].line.upper()
    apply_theme(qapp, "light")


def test_the_bundled_typeface_is_used(qapp):
    apply_theme(qapp, "light")

    assert QFontInfo(body_font()).family() == "Noto Sans"


def test_the_shell_starts_without_heavy_modules():
    import subprocess

    heavy = "{'qtawesome', 'numpy', 'reportlab', 'pypdfium2', 'PySide6.QtPrintSupport', 'sqlalchemy', 'PIL'}"
    code = (
        "import sys, mikrolaan.ui.main_window, mikrolaan.ui.widgets.table, mikrolaan.ui.widgets.pdf_view;"
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"
