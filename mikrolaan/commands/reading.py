"""Reads the JSON that a command is given, within bounds, so that no input can keep it busy or fill the memory."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from mikrolaan.commands.output import CommandFailed, quoted
from mikrolaan.i18n import _

LARGEST_BYTES = 1_000_000  # a plan's terms take less than two kilobytes, a thousand flows less than a hundred
MOST_LEVELS = 16  # lists or objects inside each other; what is read here needs two
LONGEST_NUMBER = 40  # digits of a number written without quotation marks
STANDARD_INPUT = "-"


def read_json(source: str) -> object:
    """The value in the file, or on standard input for "-"; CommandFailed with a sentence for anything else.

    A whole number becomes an int, any other a Decimal with the digits as written, since a float would change them.
    """
    content = _read_bytes(source)
    name = _("Standard input") if source == STANDARD_INPUT else quoted(source)
    if len(content) > LARGEST_BYTES:
        raise CommandFailed(_("{name} must be at most {limit} bytes long.").format(name=name, limit=LARGEST_BYTES))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandFailed(_("{name} is not a text in UTF-8.").format(name=name)) from None
    _check_levels(text, name)
    try:
        value: object = json.loads(
            text, parse_float=_as_written, parse_int=_whole, parse_constant=_no_number, object_pairs_hook=_no_twice
        )
    except json.JSONDecodeError as error:
        raise CommandFailed(
            _("{name} is not JSON: something is wrong at line {line}, column {column}.").format(
                name=name, line=error.lineno, column=error.colno
            )
        ) from None
    return value


def _read_bytes(source: str) -> bytes:
    """At most one byte more than is allowed: enough to see that it is too much."""
    try:
        if source == STANDARD_INPUT:
            return b"" if sys.stdin is None else sys.stdin.buffer.read(LARGEST_BYTES + 1)
        path = Path(source)
        if not path.is_file() and not path.is_fifo():
            raise CommandFailed(_("There is no file {name}.").format(name=quoted(source)))
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError):  # ValueError: a name that no system can hold
        raise CommandFailed(_("The file {name} cannot be read.").format(name=quoted(source))) from None


def _check_levels(text: str, name: str) -> None:
    """Refuse deep nesting before the parser follows it; brackets inside strings do not count."""
    levels = 0
    in_string = escaped = False
    for sign in text:
        if in_string:
            if escaped:
                escaped = False
            elif sign == "\\":
                escaped = True
            elif sign == '"':
                in_string = False
        elif sign == '"':
            in_string = True
        elif sign in "[{":
            levels += 1
            if levels > MOST_LEVELS:
                raise CommandFailed(
                    _("{name} must not hold more than {limit} lists or objects inside each other.").format(
                        name=name, limit=MOST_LEVELS
                    )
                )
        elif sign in "]}":
            levels -= 1


def _as_written(number: str) -> Decimal:
    if len(number) > LONGEST_NUMBER:
        _number_too_long(number)
    return Decimal(number)


def _whole(number: str) -> int:
    if len(number) > LONGEST_NUMBER:
        _number_too_long(number)
    return int(number)


def _number_too_long(number: str) -> NoReturn:
    raise CommandFailed(
        _("The number {number} must be no longer than {limit} digits.").format(
            number=quoted(number), limit=LONGEST_NUMBER
        )
    )


def _no_number(word: str) -> NoReturn:
    raise CommandFailed(_("{word} is not a number that can be used here.").format(word=word))


def _no_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object; a field that is given twice would leave it open which one counts."""
    found: dict[str, object] = {}
    for field, value in pairs:
        if field in found:
            raise CommandFailed(_("{field} is given twice.").format(field=quoted(field)))
        found[field] = value
    return found
