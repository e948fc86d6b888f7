"""Every test of the windows speaks English in light colours, and leaves it so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from mikrolaan.i18n import use_language
from mikrolaan.ui.theme import apply_theme


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The program as it starts: English, light."""
    use_language("en")
    if not qapp.styleSheet():
        apply_theme(qapp, "light")
    yield
    use_language("en")
