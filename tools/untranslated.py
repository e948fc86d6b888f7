"""Says how many texts of a catalogue still have no translation, and which."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.pofile import read_po


def main(paths: list[str]) -> int:
    """Print the texts without a translation, one per line, and a count for each catalogue."""
    for path in map(Path, paths):
        with path.open("rb") as file:
            catalogue = read_po(file)
        texts = [message for message in catalogue if message.id]
        missing = [message for message in texts if message.fuzzy or not all(_strings(message.string))]
        for message in missing:
            print(f"  {_strings(message.id)[0]!r}")
        print(f"{path}: {len(texts) - len(missing)} of {len(texts)} texts translated")
    return 0


def _strings(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ("",))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
