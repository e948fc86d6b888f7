"""Where the program finds its own resources and keeps what is the officer's."""

from __future__ import annotations

import stat
import sys

import pytest
from reportlab.pdfbase.ttfonts import TTFont

from mikrolaan import paths

FONTS = ["NotoSans-Regular", "NotoSans-Italic", "NotoSans-SemiBold", "NotoSans-Bold"]


def test_the_office_can_keep_everything_on_one_memory_stick(tmp_path, monkeypatch):
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "stick"))
    folders = [paths.config_directory(), paths.data_directory(), paths.log_directory()]
    assert len(set(folders)) == 3
    for folder in folders:
        assert folder.is_dir()
        assert folder.is_relative_to(tmp_path / "stick")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows guards the user's folders in its own way")
def test_other_users_of_the_machine_cannot_look_into_the_folders(tmp_path, monkeypatch):
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    assert stat.S_IMODE(paths.data_directory().stat().st_mode) == 0o700


def test_a_built_program_finds_its_resources_in_its_own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource("fonts", "a.ttf") == tmp_path / "resources" / "fonts" / "a.ttf"


@pytest.mark.parametrize("name", FONTS)
def test_the_fonts_hold_the_signs_we_write_and_figures_of_one_width(name):
    widths = TTFont(name, str(paths.resource("fonts", f"{name}.ttf"))).face.charWidths
    assert {sign for sign in "æøåÆØÅäöÄÖéüß€§–−…·•×\u00a0\u2009\u202f" if ord(sign) not in widths} == set()
    assert len({widths[ord(digit)] for digit in "0123456789"}) == 1


def test_the_licence_of_the_fonts_comes_with_them():
    assert "SIL OPEN FONT LICENSE" in paths.resource("fonts", "OFL.txt").read_text(encoding="utf-8").upper()
