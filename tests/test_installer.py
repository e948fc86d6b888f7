"""The installer: what it names exists, what it leaves out is not used, and the self-test finds what is missing."""

from __future__ import annotations

import ast
import re
import struct
from pathlib import Path

import pytest

from mikrolaan import app
from mikrolaan.cli import main
from mikrolaan.domain.calendars import BANK_CLOSINGS
from mikrolaan.domain.identity import Country
from mikrolaan.i18n import OFFERED
from tools.icu_data import IcuData, UnknownForm, is_needed, read, smaller, written

HOUSE = Path(__file__).parents[1]
SPEC = ast.parse((HOUSE / "build_installer.spec").read_text(encoding="utf-8"))
NORDIC = ("en", "nb", "no")


@pytest.fixture
def in_english(monkeypatch):
    """The system asks for English; what the self-test sets for Qt is forgotten afterwards."""
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


def named_in_spec(name):
    """The value that the installer gives to one of its lists."""
    values = [node.value for node in SPEC.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name]
    return ast.literal_eval(values[0])


def test_every_part_of_qt_that_the_windows_import_is_packed():
    imported = {
        part
        for file in (HOUSE / "mikrolaan").rglob("*.py")
        for part in re.findall(r"PySide6\.(Qt\w+)", file.read_text(encoding="utf-8"))
    }

    assert imported == set(named_in_spec("QT_BINDINGS"))
    assert {part.removeprefix("Qt") for part in imported} <= set(named_in_spec("QT_MODULES"))


def test_every_language_and_country_of_the_program_is_packed():
    assert set(OFFERED) <= set(named_in_spec("LANGUAGES"))
    assert {country.value for country in Country} <= set(named_in_spec("COUNTRIES"))
    assert {closing.country for closing in BANK_CLOSINGS} <= set(named_in_spec("COUNTRIES"))


@pytest.mark.parametrize(
    ("item", "needed"),
    [
        ("icudt73l/root.res", True),
        ("icudt73l/coll/nb.res", True),
        ("icudt73l/coll/ucadata.icu", True),
        ("icudt73l/coll/res_index.res", True),
        ("icudt73l/zone/nb_NO.res", True),
        ("icudt73l/zoneinfo64.res", True),
        ("icudt73l/supplementalData.res", True),
        ("icudt73l/ibm-37_P100-1995.cnv", True),
        ("icudt73l/cnvalias.icu", True),
        ("icudt73l/coll/zh.res", False),
        ("icudt73l/zh_Hant.res", False),
        ("icudt73l/unit/nb.res", False),
        ("icudt73l/brkitr/cjdict.dict", False),
        ("icudt73l/unames.icu", False),
    ],
)
def test_of_icu_stays_what_qt_asks_for_in_our_languages(item, needed):
    assert is_needed(item, NORDIC) is needed


def made_up_data(items):
    """Data with a header as ICU writes it."""
    fields = struct.pack("<HBBHHBBBB4s4B", 32, 0xDA, 0x27, 20, 0, 0, 0, 2, 0, b"CmnD", 1, 0, 0, 0)
    return written(IcuData(fields.ljust(32, b"\0"), items))


def test_what_is_left_of_the_data_is_found_in_order_at_whole_places():
    whole = made_up_data({"p/zh.res": b"Z" * 5, "p/nb.res": b"N" * 20, "p/coll/nb.res": b"C" * 3})

    left = smaller(whole, lambda name: "nb" in name)

    assert {name: item.rstrip(b"\0") for name, item in read(left).items.items()} == {
        "p/coll/nb.res": b"C" * 3,
        "p/nb.res": b"N" * 20,
    }
    assert list(read(left).items) == sorted(read(left).items)
    assert left.index(b"CCC") % 16 == left.index(b"NNN") % 16 == 0
    assert len(left) < len(whole)


def test_data_of_another_form_is_refused():
    with pytest.raises(UnknownForm):
        read(b"\x7fELF".ljust(200, b"\0"))


def test_the_self_test_says_one_line_per_check_and_names_every_page(capsys, in_english):
    assert main(["--self-test"]) == 0

    told = capsys.readouterr().out.splitlines()
    for page in ("Borrowers", "Loans", "Loan calculator", "Network groups", "Settings"):
        assert f"The page opens: {page}" in told
    assert told[-1] == "The self-test passed."


def test_the_self_test_fails_when_a_page_breaks_while_it_opens(capsys, in_english, monkeypatch):
    from mikrolaan.ui.settings import settings_page

    def broken(*arguments, **named):
        raise ImportError("a module that was left out")

    monkeypatch.setattr(settings_page, "SettingsPage", broken)

    assert main(["--self-test"]) == 1
    assert "a module that was left out" in capsys.readouterr().err


def test_the_self_test_fails_when_a_page_breaks_while_it_is_painted(capsys, in_english, monkeypatch):
    from PySide6.QtCore import QTimer

    opened = app.make_main_window

    def broken():
        raise LookupError("only Qt hears this")

    def window_with_trouble(session, runner):
        QTimer.singleShot(0, broken)
        return opened(session, runner)

    monkeypatch.setattr(app, "make_main_window", window_with_trouble)

    assert main(["--self-test"]) == 1
    assert "only Qt hears this" in capsys.readouterr().err
