"""Every option of this user on this machine, once: name, default, meaning; nothing about borrowers is kept here."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from mikrolaan.paths import config_directory

FILE_NAME = "settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program remembers between starts."""

    language: str = ""  # of the screen; empty: the system's, where it is offered
    theme: str = ""  # "light" or "dark"; empty: the system's
    last_office: str = ""  # the office file opened last
    window: str = ""  # size and place of the main window, as Qt writes it (base64)


def load_settings(folder: Path | None = None) -> Settings:
    """What was kept, with the default for whatever is missing, unknown or of the wrong type."""
    try:
        kept: Any = json.loads(((folder or config_directory()) / FILE_NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(kept, dict):
        return Settings()
    known = {field.name for field in fields(Settings)}
    return Settings(**{name: value for name, value in kept.items() if name in known and isinstance(value, str)})


def keep_settings(settings: Settings, folder: Path | None = None) -> bool:
    """Write the settings so that they are whole or as before; False when the disk refuses, which hinders nobody."""
    target = (folder or config_directory()) / FILE_NAME
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=".settings-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(settings), file, ensure_ascii=False, indent=1)
        Path(temporary).replace(target)
    except OSError:
        return False
    return True


def change_settings(folder: Path | None = None, **changes: str) -> Settings:
    """Keep some options and leave the others as they were; answers with all of them."""
    changed = replace(load_settings(folder), **changes)
    keep_settings(changed, folder)
    return changed
