"""What every test stands on: no display needed, and one set of rules for searched examples."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.offices import TestOffice, make_office

# Windows and macOS always have a display; elsewhere these two variables tell.
if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A busy machine must not fail a law of lending, so no deadline; a failing example prints the line that repeats it.
settings.register_profile("ci", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", parent=settings.get_profile("ci"), max_examples=20)
settings.register_profile("thorough", parent=settings.get_profile("ci"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TestOffice]:
    """A real encrypted office file, closed when the test ends."""
    made = make_office(tmp_path)
    yield made
    made.session.close()
