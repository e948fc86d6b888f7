"""Small files beside the office file: written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from mikrolaan.storage.failures import told_by_system


def beside(path: Path, what: str) -> Path:
    """A companion of the office file: `beside(X.mikrolaan, "keys")` is X.mikrolaan-keys."""
    return path.with_name(f"{path.name}-{what}")


def write_whole(path: Path, content: bytes, about: Path) -> None:
    """Replace a file in one step, on the disk before it returns; a full or read-only disk leaves the former one.

    `about` is the office file that an error then names.
    """
    new = beside(path, "new")
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise told_by_system(error, about) or error from error


def sync_folder(folder: Path) -> None:
    """Bring a folder's list of names to the disk, where the system can (Windows does it by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
