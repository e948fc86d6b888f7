"""The office files that are measured: invented offices, built once and kept until their recipe changes."""

from __future__ import annotations

import json
import shutil
import time
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from mikrolaan.app import print_paper
from mikrolaan.example.build import FILE_NAME, PASSWORD, build_example
from mikrolaan.services.session import Session
from mikrolaan.storage.office_file import OfficeFileStore

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "bench"
DAY = date(2026, 11, 20)
SEED = 7
INGREDIENTS = (
    "mikrolaan/example/*.py",
    "mikrolaan/storage/tables.py",
    "mikrolaan/storage/migrations/versions/*.py",
    "mikrolaan/domain/search_text.py",
)


def office_of(borrowers: int) -> Path:
    """The file of an office with so many borrowers and no printed paper; 10 000 take over a minute the first time."""
    folder = FOLDER / f"office-{borrowers}"
    note = folder / "recipe.json"
    recipe = {"borrowers": borrowers, "seed": SEED, "day": DAY.isoformat(), "made by": _ingredients()}
    if note.exists() and json.loads(note.read_text()) == recipe:
        return folder / FILE_NAME
    print(f"Building an office of {borrowers} borrowers under build/bench/ …", flush=True)
    making = FOLDER / f"making-{borrowers}"  # the one before stays until this one is whole
    shutil.rmtree(making, ignore_errors=True)
    began = time.perf_counter()
    build_example(making, borrowers, SEED, DAY, documents=0)
    (making / note.name).write_text(json.dumps(recipe, indent=1))
    shutil.rmtree(folder, ignore_errors=True)
    making.rename(folder)
    print(f"  built in {time.perf_counter() - began:.0f} s and kept for the next run", flush=True)
    return folder / FILE_NAME


def copy_of(borrowers: int, name: str) -> Path:
    """A copy that may be written to, with its keys; the kept office stays as it was built."""
    source = office_of(borrowers).parent
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    return folder / FILE_NAME


def open_session(path: Path) -> Session:
    """The first officer at work on the fixed day."""
    return Session(store().open(path, PASSWORD), print_paper)


def store() -> OfficeFileStore:
    """Office files with the clock of the fixed day and the full cost of passwords."""
    return OfficeFileStore(today=lambda: DAY, now=lambda: datetime(2026, 11, 20, 9, 0, tzinfo=UTC))


def _ingredients() -> str:
    """A hash over everything that decides what the file holds."""
    mixed = sha256()
    for pattern in INGREDIENTS:
        for path in sorted(ROOT.glob(pattern)):
            mixed.update(path.read_bytes())
    return mixed.hexdigest()
