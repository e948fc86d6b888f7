"""Draws every page of the program, in both languages and themes, and says what does not fit (`make screens`)."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

# Before Qt and the clock are looked at: no display, fixed time zone, pictures of one size on every machine.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["TZ"] = "Europe/Oslo"
os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "1")

from PySide6.QtWidgets import QApplication, QMainWindow

from mikrolaan.app import make_main_window, print_paper
from mikrolaan.domain.identity import Country
from mikrolaan.domain.office import Office
from mikrolaan.example.build import PASSWORD, build_example
from mikrolaan.i18n import use_language
from mikrolaan.services.office import Founding, first_officer
from mikrolaan.services.products import default_product
from mikrolaan.services.session import Session
from mikrolaan.storage.keys import KeyCost
from mikrolaan.storage.office_file import OfficeFileStore
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.theme import apply_theme
from tools.pictures.camera import Camera, Eavesdropper
from tools.pictures.contact_sheet import write_contact_sheet
from tools.pictures.office_tour import OfficeTour
from tools.pictures.papers import draw_papers
from tools.pictures.start_tour import StartTour

FOLDER = Path(__file__).resolve().parents[1] / "build" / "screens"
DAY = date(2026, 11, 20)
BORROWERS = 40
SEED = 7
CHEAP = KeyCost(memory_kib=8, passes=1, lanes=1)
LANGUAGES = ("en", "nb")
IN_LARGE = (
    "borrowers",
    "borrower-overview",
    "loan-overview",
    "loan-payments",
    "calculator",
    "dialog-decide",
    "sign-in",
)


@dataclass(frozen=True, slots=True)
class Look:
    """One set of pictures."""

    language: str
    theme: str
    width: int = 1280
    height: int = 800
    scale: int = 1

    @property
    def name(self) -> str:
        """The folder of the set."""
        size = "" if self.width == 1280 else f"-{self.width}x{self.height}"
        return f"{self.language}-{self.theme}{size}" + ("" if self.scale == 1 else f"-scale{self.scale}")


LOOKS = (
    *(Look(language, theme) for language in LANGUAGES for theme in ("light", "dark")),
    *(Look(language, "light", 1024, 700) for language in LANGUAGES),
    Look("nb", "light", scale=2),
)


def main() -> int:
    """Draw what is wanted; 1 when a page raised or Qt warned."""
    parser = argparse.ArgumentParser(description="Draw every page under build/screens/.")
    parser.add_argument("--look", choices=[look.name for look in LOOKS], help="only this set of pictures")
    parser.add_argument("--only", default="", help="only pictures whose name holds this")
    parser.add_argument("--report", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.report:
        print(json.dumps(_draw_look(_look(wanted.look), wanted.only)))
        return 0
    looks = [look for look in LOOKS if wanted.look in (None, look.name)]
    if not wanted.only:
        for gone in [FOLDER / wanted.look] if wanted.look else [FOLDER]:
            shutil.rmtree(gone, ignore_errors=True)
    began = time.perf_counter()
    findings: list[str] = []
    failures: list[str] = []
    for look in looks:
        told = _draw_apart(look, wanted.only)
        findings += told["findings"]
        failures += told["failures"]
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "findings.txt").write_text("".join(f"{line}\n" for line in findings), encoding="utf-8")
    count = sum(1 for _picture in FOLDER.glob("*/*.png"))
    summary = f"{count} pictures, {len(findings)} findings, {len(failures)} failures."
    index = write_contact_sheet(FOLDER, summary)
    for failure in failures:
        print(f"FAILED {failure}", file=sys.stderr)
    print(f"{summary} {time.perf_counter() - began:.0f} s. Look at {index.relative_to(FOLDER.parents[1])}.")
    return 1 if failures else 0


def _look(name: str) -> Look:
    return next(look for look in LOOKS if look.name == name)


def _draw_apart(look: Look, only: str) -> dict[str, list[str]]:
    """Draw one set in a process of its own: Qt's scale is fixed when it starts, and no set inherits from another."""
    command = [sys.executable, "-m", "tools.screens", "--report", "--look", look.name, "--only", only]
    environment = {**os.environ, "QT_SCALE_FACTOR": str(look.scale)}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    lines = ran.stdout.splitlines()
    if ran.returncode or not lines:
        return {"findings": [], "failures": [f"{look.name}: ended with {ran.returncode}\n{ran.stderr}"]}
    told: dict[str, list[str]] = json.loads(lines[-1])
    if ran.stderr.strip():
        told["failures"].append(f"{look.name}, said while drawing: {ran.stderr.strip()}")
    return told


def _draw_look(look: Look, only: str) -> dict[str, list[str]]:
    """All pictures of one set; the answer is what was found and what failed."""
    heard = Eavesdropper()
    app = QApplication([])
    app.setCursorFlashTime(0)  # the cursor stands still
    use_language(look.language)
    apply_theme(app, look.theme)
    runner = TaskRunner(app)
    work = FOLDER / look.name / "office"
    shutil.rmtree(work, ignore_errors=True)

    def settle() -> None:
        for _turn in range(4):
            app.processEvents()
        while runner.is_busy:
            app.processEvents()
        app.processEvents()

    camera = Camera(FOLDER / look.name, settle, _chooser(look, only))
    files = OfficeFileStore(
        today=lambda: DAY, now=lambda: datetime(DAY.year, DAY.month, DAY.day, 8, 30, tzinfo=UTC), cost=CHEAP
    )
    try:
        _draw_start(camera, look, runner, files, work)
        _draw_office(camera, look, runner, files, work)
        _draw_new_office(camera, look, runner, files, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    settle()
    return {"findings": camera.findings, "failures": [*camera.failures, *(f"{look.name}: {h}" for h in heard.heard)]}


def _chooser(look: Look, only: str) -> Callable[[str], bool] | None:
    if only:
        return lambda name: only in name
    return (lambda name: name in IN_LARGE) if look.scale > 1 else None


def _draw_start(camera: Camera, look: Look, runner: TaskRunner, files: OfficeFileStore, work: Path) -> None:
    window = QMainWindow()
    window.resize(look.width, look.height)
    window.show()
    work.mkdir(parents=True)

    def found(path: Path, founding: Founding) -> Session:
        return Session(files.create(path, founding, PASSWORD)[0], print_paper)

    StartTour(camera, window, runner, found, work, DAY).whole()
    window.close()


def _draw_office(camera: Camera, look: Look, runner: TaskRunner, files: OfficeFileStore, work: Path) -> None:
    example = build_example(work / "example", BORROWERS, SEED, DAY, CHEAP)
    session = Session(files.open(example.path, PASSWORD), print_paper)
    window = make_main_window(session, runner)
    window.resize(look.width, look.height)
    window.show()
    OfficeTour(camera, window, session).whole()
    window.close()
    if (look.theme, look.width, look.scale) == ("light", 1280, 1):
        with camera.watching("paper"):
            draw_papers(session, DAY, look.language, FOLDER / "paper")
    session.close()


def _draw_new_office(camera: Camera, look: Look, runner: TaskRunner, files: OfficeFileStore, work: Path) -> None:
    founding = Founding(
        Office(id=UUID(int=1), name="Nyfondet", country=Country.NO),
        first_officer("Solfrid Eksempel"),
        (default_product(Country.NO, "Oppstartslån"),),
    )
    file, _key = files.create(work / "new.mikrolaan", founding, PASSWORD)
    session = Session(file, print_paper)
    window = make_main_window(session, runner)
    window.resize(look.width, look.height)
    window.show()
    OfficeTour(camera, window, session).empty()
    window.close()
    session.close()


if __name__ == "__main__":
    sys.exit(main())
