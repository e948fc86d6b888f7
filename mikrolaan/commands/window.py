"""Opens the window, or says in one sentence why there can be none."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from mikrolaan.commands.output import CommandFailed, Exit, quoted
from mikrolaan.i18n import _


def open_window(file: str | None) -> Exit:
    """Open the window, with an office file when one is named, and stay until it is closed."""
    if file is not None and not Path(file).exists():
        raise CommandFailed(
            _("There is no command and no file {name}; mikrolaan --help shows the commands.").format(name=quoted(file))
        )
    if not has_display():
        raise CommandFailed(
            _("There is no display here, so no window can open; mikrolaan --help shows what works without one."),
            Exit.NO_DISPLAY,
        )
    gc.disable()  # while modules are loaded nothing becomes garbage; `early_loading` turns it on again
    try:
        import PySide6.QtWidgets  # noqa: F401  # its libraries may be missing on this machine
    except ImportError as error:
        raise CommandFailed(
            _("The window cannot open, because a part of the system is missing: {part}.").format(
                part=quoted(str(error))
            ),
            Exit.NO_DISPLAY,
        ) from None
    from mikrolaan.app import run_window

    arguments = [sys.argv[0] if sys.argv else "", *([file] if file is not None else [])]
    return Exit.DONE if run_window(arguments) == 0 else Exit.DIFFERS


def has_display() -> bool:
    """Whether a window could be seen, or is to be drawn without being seen (as tests do)."""
    if sys.platform in ("win32", "darwin"):
        return True
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal", "vnc", "linuxfb", "eglfs"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
