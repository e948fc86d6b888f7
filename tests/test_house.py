"""The house itself: what every file of the program keeps to, whoever wrote it."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path
from typing import get_args

import pytest

from mikrolaan.domain.journal import Entry

HOUSE = Path(__file__).resolve().parent.parent
PROGRAM = sorted((HOUSE / "mikrolaan").rglob("*.py"))
CODE = PROGRAM + sorted((HOUSE / "tools").rglob("*.py")) + sorted((HOUSE / "tests").rglob("*.py"))
# Spelled in parts so that this file does not find itself.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|NotImplemented" r"Error)\b")
REGISTRIES = re.compile(
    r"files\.python" r"hosted|py" r"pi\.(org|python)|(extra-)?index-" r"url\s*[=h]|find-" r"links\s*[=/]", re.I
)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def _kept_files() -> list[Path]:
    """Every file that git keeps, or would keep with the next commit."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=HOUSE,
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this copy of the program is not kept by git")
    paths = [HOUSE / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_every_module_opens_with_one_sentence_saying_what_it_is_for():
    without = [_name(path) for path in PROGRAM if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]

    assert without == []


def test_no_file_of_code_is_longer_than_500_lines():
    too_long = {_name(path): len(_lines(path)) for path in CODE if len(_lines(path)) > 500}

    assert too_long == {}


def test_nothing_in_the_program_is_left_unfinished():
    unfinished = [
        f"{_name(path)}:{number}: {line.strip()}"
        for path in PROGRAM
        for number, line in enumerate(_lines(path), start=1)
        if UNFINISHED.search(line)
    ]

    assert unfinished == []


def test_every_entry_of_a_journal_gets_an_identity_that_tells_the_order_of_typing():
    entries = {kind.__name__ for kind in get_args(Entry)}
    without = [
        f"{_name(path)}:{call.lineno}"
        for path in PROGRAM
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in entries
        if call.args and "uuid4" in ast.unparse(call.args[0])
    ]

    assert without == []


def test_no_kept_file_names_the_address_of_a_package_registry():
    naming = []
    for path in _kept_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # pictures and fonts
        if REGISTRIES.search(text):
            naming.append(_name(path))

    assert naming == []
