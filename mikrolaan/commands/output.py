"""How commands speak: lines and JSON on standard output, one sentence on standard error, and the exit status."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import TextIO

from mikrolaan.domain.errors import InvalidValue, Limit, Problem
from mikrolaan.domain.terms import AgreedAmountsOff
from mikrolaan.i18n import _

LONGEST_QUOTE = 60  # characters of somebody else's text that a sentence repeats
WHOLE_NUMBERS = (
    "instalments",
    "every",
    "due_day",
    "interest_only_instalments",
    "payment_free_instalments",
    "months_without_principal",
)


class Exit(IntEnum):
    """What the program tells the one who started it."""

    DONE = 0
    DIFFERS = 1  # a check found something, or the work could not be done
    BAD_INPUT = 2
    NO_DISPLAY = 3


class CommandFailed(Exception):
    """The command ends here, with one sentence for the reader and an exit status."""

    def __init__(self, sentence: str, status: Exit = Exit.BAD_INPUT) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


def say(text: str = "") -> None:
    """Write a line for the reader; a program built without a console has nobody to tell."""
    _write(sys.stdout, text)


def complain(sentence: str) -> None:
    """Write a sentence about what went wrong."""
    _write(sys.stderr, sentence)


def say_json(value: Mapping[str, object]) -> None:
    """Write a value as JSON text, readable by people too."""
    say(json.dumps(value, indent=1, ensure_ascii=False))


def say_table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, foot: Sequence[str] = ()) -> None:
    """Write rows in columns that end at the same place, as figures are read; `foot` stands below a line."""
    lines = [heads, *rows, *([foot] if foot else [])]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    rule = "  ".join("-" * width for width in widths)
    told = ["  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    told.insert(1, rule)
    if foot:
        told.insert(-1, rule)
    say("\n".join(told))


def quoted(text: str) -> str:
    """Somebody else's text made fit for one line: control characters written out, the rest cut off."""
    if len(text) > LONGEST_QUOTE:
        text = text[: LONGEST_QUOTE - 1] + "…"
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text)


def invalid_value_sentence(error: InvalidValue) -> str:
    """One sentence about one field, by its name in the JSON, with the limit as JSON would write it."""
    if error.problem is Problem.NOT_A_NUMBER and error.field.rpartition(".")[2] in WHOLE_NUMBERS:
        return _("{field} must be a whole number without quotation marks.").format(field=error.field)
    if isinstance(error, AgreedAmountsOff):
        return _("{field}: the amounts leave {left} of the loan over.").format(field=error.field, left=error.limit)
    limit = _limit_text(error.limit)
    if limit and error.problem in _with_limit():
        return _with_limit()[error.problem].format(field=quoted(error.field), limit=limit)
    return _without_limit()[error.problem].format(field=quoted(error.field))


def _with_limit() -> dict[Problem, str]:
    return {
        Problem.TOO_SMALL: _("{field} must be at least {limit}."),
        Problem.TOO_LARGE: _("{field} must be at most {limit}."),
        Problem.TOO_EARLY: _("{field} must not be before {limit}."),
        Problem.TOO_LATE: _("{field} must not be after {limit}."),
        Problem.TOO_LONG: _("{field} must be no longer than {limit}."),
        Problem.TOO_MANY_DECIMALS: _("{field} must have no more than {limit} decimals."),
        Problem.UNKNOWN_CHOICE: _("{field} must be one of: {limit}."),
        Problem.NOT_TOGETHER: _("{field} does not fit together with {limit}."),
        Problem.MALFORMED: _("{field} must be written as {limit}."),
        Problem.MISSING: _("{field} is missing ({limit})."),
        Problem.UNKNOWN_FIELD: _("{field} is not a field that is known here; known are: {limit}."),
    }


def _without_limit() -> dict[Problem, str]:
    return {
        Problem.MISSING: _("{field} is missing."),
        Problem.NOT_A_NUMBER: _('{field} must be a number in quotation marks, such as "1500.50".'),
        Problem.NOT_A_DATE: _('{field} must be a date such as "2026-12-31".'),
        Problem.NO_SUCH_DAY: _("{field} is a day that the calendar does not have."),
        Problem.AMBIGUOUS: _("{field} can be read in two ways."),
        Problem.TOO_SMALL: _("{field} is too small."),
        Problem.TOO_LARGE: _("{field} is too large."),
        Problem.TOO_EARLY: _("{field} is too early."),
        Problem.TOO_LATE: _("{field} is too late."),
        Problem.TOO_LONG: _("{field} is too long."),
        Problem.TOO_MANY_DECIMALS: _("{field} has too many decimals."),
        Problem.UNKNOWN_CHOICE: _("{field} is not one of the known choices."),
        Problem.UNKNOWN_FIELD: _("{field} is not a field that is known here."),
        Problem.NOT_TOGETHER: _("{field} does not fit together with another field."),
        Problem.MALFORMED: _("{field} is not written as it should be."),
        Problem.WRONG_CHECK_DIGIT: _("{field} has a check digit that does not match."),
        Problem.DOES_NOT_REPAY: _("{field}: with these terms the loan is never repaid."),
    }


def _limit_text(limit: Limit) -> str:
    """The limit as the JSON writes it: ISO dates, a point before decimals, no thousands sign."""
    return "" if limit is None else str(limit)


def _write(stream: TextIO | None, text: str) -> None:
    if stream is not None:
        stream.write(text + "\n")
