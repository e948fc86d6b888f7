"""Where things live: the program's own resources, and the officer's settings, data and logs on this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PROGRAM = "Mikrolaan"
HOME_VARIABLE = "MIKROLAAN_HOME"  # when set, everything the officer owns lies under this folder (memory stick, tests)


def resource(*parts: str) -> Path:
    """The path of a file or folder that ships with the program, such as `resource("fonts", "NotoSans-Bold.ttf")`.

    Run from source, resources lie beside the package; in a built program the installer has put them in its own folder.
    """
    bundle: str | None = getattr(sys, "_MEIPASS", None)
    base = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return base.joinpath("resources", *parts)


def config_directory() -> Path:
    """Where settings of this user on this machine are kept; made when it is not there yet."""
    return _own("config")


def data_directory() -> Path:
    """Where an office file is proposed to lie, with drafts and backups beside it; made when it is not there yet."""
    return _own("data")


def log_directory() -> Path:
    """Where the logs are written; made when it is not there yet."""
    return _own("log")


def _own(kind: str) -> Path:
    """One of the user's own folders, readable by this user only where the system knows such rights."""
    chosen = os.environ.get(HOME_VARIABLE)
    folder = Path(chosen).expanduser() / kind if chosen else _of_platform(kind)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _of_platform(kind: str) -> Path:
    from platformdirs import PlatformDirs

    folders = PlatformDirs(PROGRAM, appauthor=False)
    return {"config": folders.user_config_path, "data": folders.user_data_path, "log": folders.user_log_path}[kind]
