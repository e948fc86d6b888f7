"""Where a new office file is to lie: a proposal from the office's name, and what is typed read as a path."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.services.file_errors import FileExists

SUFFIX = ".mikrolaan"
FIELD = "office_file"
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ð": "d", "þ": "th", "ß": "ss", "đ": "d", "ł": "l"})
# Windows takes no file of these names, with whatever suffix.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")


def slug(office_name: str) -> str:
    """A file name of small letters, digits and dashes: "Fjordfondet & Søn" gives "fjordfondet-son"."""
    plain = unicodedata.normalize("NFKD", office_name.casefold().translate(_LETTERS))
    made = "-".join(re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode()))[:60].strip("-")
    return "office" if not made or _DEVICES.fullmatch(made) else made


def proposed_path(folder: Path, office_name: str) -> Path:
    """A path in the folder where nothing lies yet: office.mikrolaan, office-2.mikrolaan …"""
    name = slug(office_name)
    number = 1
    path = folder / f"{name}{SUFFIX}"
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}{SUFFIX}"
    return path


def read_new_path(text: str) -> Path:
    """The typed path, with the suffix added where it is missing.

    Raises InvalidValue on "office_file" where it is no whole path or its folder does not exist, FileExists where
    something lies there.
    """
    if not text.strip():
        raise InvalidValue(FIELD, Problem.MISSING)
    try:
        path = Path(text.strip()).expanduser()
        if path.suffix.casefold() != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        if not path.is_absolute() or not path.parent.is_dir():
            raise InvalidValue(FIELD, Problem.MALFORMED)
        exists = path.exists()
    except (OSError, ValueError, RuntimeError):  # a name too long, a null character, an unknown ~user
        raise InvalidValue(FIELD, Problem.MALFORMED) from None
    if exists:
        raise FileExists(path)
    return path
