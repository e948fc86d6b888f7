"""The recovery key on paper."""

from __future__ import annotations

from datetime import date

import pytest

from mikrolaan.documents.recovery_sheet import groups_of, recovery_sheet
from tests.documents.paper import pages_of, squeezed

KEY = "K7QM-2XWP-9RTD-4HJB-V3NC-8FYE-6ZGA-5SHT-0M1W-QQ7R-J2K9-TT4X-B8CD-EF60"


@pytest.mark.parametrize("code", ["nb", "en"])
@pytest.mark.parametrize("key", [KEY, KEY.replace("-", ""), "0123456789abcdef" * 4])
def test_the_sheet_holds_the_whole_key_on_one_page(key, code):
    pages = pages_of(recovery_sheet("Fjordfondet & <Sønn>", "Kari Lund", key, date(2026, 11, 22), code))

    (page,) = pages
    lines = [groups_of(key)[start : start + 4] for start in range(0, len(groups_of(key)), 4)]
    assert all("".join(line) in page for line in lines)
    assert squeezed("Fjordfondet & <Sønn>") in page
    assert squeezed("Kari Lund") in page


def test_a_key_is_read_in_the_groups_it_was_written_in():
    assert groups_of("ab12 cd34-ef56") == ["ab12", "cd34", "ef56"]
    assert groups_of("ab12cd34ef5") == ["ab12", "cd34", "ef5"]


def test_the_same_key_prints_the_same_bytes():
    sheets = {recovery_sheet("Fjordfondet", "Kari Lund", KEY, date(2026, 11, 22), "nb") for _ in range(2)}

    assert len(sheets) == 1
