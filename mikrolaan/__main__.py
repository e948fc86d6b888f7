"""Starts the program: the window, or the command line when a command is given."""

from __future__ import annotations

import sys

from mikrolaan.cli import main, tell_bug

if __name__ == "__main__":
    sys.excepthook = tell_bug
    sys.exit(main())
