"""One sentence for every foreseen error: what is wrong and what to do, in the officer's language.

An error class gets its sentence by a function marked `@sentence(ErrorClass)` below; a test sees that none is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from mikrolaan.domain.errors import (
    ConflictError,
    CurrencyMismatch,
    InvalidValue,
    Limit,
    MikrolaanError,
    NotFound,
    OfficeFileError,
    Problem,
    RuleError,
)
from mikrolaan.i18n import _, current_language

E = TypeVar("E", bound=MikrolaanError)
_sentences: dict[type[MikrolaanError], Callable[..., str]] = {}


def sentence(error_class: type[E]) -> Callable[[Callable[[E], str]], Callable[[E], str]]:
    """Mark the function that words an error class."""

    def remember(words: Callable[[E], str]) -> Callable[[E], str]:
        _sentences[error_class] = words
        return words

    return remember


def has_sentence(error_class: type[MikrolaanError]) -> bool:
    """Whether this class has words of its own, not only its parent's."""
    return error_class in _sentences


def sentence_for(error: BaseException) -> str:
    """What the officer reads; an error that nobody foresaw gets a sentence without details."""
    for error_class in type(error).__mro__:
        if error_class in _sentences:
            return _sentences[error_class](error)
    return _("Something went wrong inside the program. Nothing was saved; please try again.")


@sentence(MikrolaanError)
def _any(error: MikrolaanError) -> str:
    return _("This could not be done. Nothing was changed.")


@sentence(RuleError)
def _rule(error: RuleError) -> str:
    return _("The lender's rules do not allow this. Nothing was changed.")


@sentence(ConflictError)
def _conflict(error: ConflictError) -> str:
    return _("Somebody else changed this meanwhile. Press F5 to see it as it is now, then make your change again.")


@sentence(OfficeFileError)
def _office_file(error: OfficeFileError) -> str:
    return _("The office file could not be used. Check that the disk is connected and has room, then try again.")


@sentence(NotFound)
def _not_found(error: NotFound) -> str:
    return _("This record is not in the office file. Go back to the list and press F5.")


@sentence(CurrencyMismatch)
def _currency(error: CurrencyMismatch) -> str:
    return _("{first} and {second} cannot be counted together. Use one currency.").format(
        first=error.first, second=error.second
    )


@sentence(InvalidValue)
def _invalid(error: InvalidValue) -> str:
    return problem_sentence(error.problem, error.limit)


def problem_sentence(problem: Problem, limit: Limit = None) -> str:
    """What is wrong with one typed value; the limit is written as the officer's language writes it."""
    told = _limit_text(limit)
    if limit is None:
        return _without_limit().get(problem) or _plain_texts()[problem]
    return _plain_texts()[problem].format(limit=told)


def _plain_texts() -> dict[Problem, str]:
    return {
        Problem.MISSING: _("Fill this in."),
        Problem.NOT_A_NUMBER: _("Write a number with digits only."),
        Problem.NOT_A_DATE: _("Write a date as day, month and year."),
        Problem.AMBIGUOUS: _("This can be read in two ways. Write it without a thousands sign, or with two decimals."),
        Problem.TOO_SMALL: _("The smallest allowed is {limit}."),
        Problem.TOO_LARGE: _("The largest allowed is {limit}."),
        Problem.TOO_EARLY: _("The earliest allowed date is {limit}."),
        Problem.TOO_LATE: _("The latest allowed date is {limit}."),
        Problem.TOO_LONG: _("This is too long. There is room for {limit} characters."),
        Problem.TOO_MANY_DECIMALS: _("There are too many decimals. Use at most {limit}."),
        Problem.UNKNOWN_CHOICE: _("Choose one of these: {limit}."),
        Problem.UNKNOWN_FIELD: _("The program does not know a field of this name. Check how it is written."),
        Problem.NOT_TOGETHER: _("This cannot be given together with {limit}. Leave one of them empty."),
        Problem.MALFORMED: _("This is not written as expected. Check it against the example."),
        Problem.WRONG_CHECK_DIGIT: _("The check digits do not match. Look for a mistyped digit."),
        Problem.DOES_NOT_REPAY: _("With these terms the loan is never repaid. Raise the instalment or the term."),
    }


def _without_limit() -> dict[Problem, str]:
    return {
        Problem.TOO_SMALL: _("This is too small. Write a larger value."),
        Problem.TOO_LARGE: _("This is too large. Write a smaller value."),
        Problem.TOO_EARLY: _("This date is too early. Choose a later one."),
        Problem.TOO_LATE: _("This date is too late. Choose an earlier one."),
        Problem.TOO_LONG: _("This is too long. Shorten it."),
        Problem.TOO_MANY_DECIMALS: _("There are too many decimals. Use fewer."),
        Problem.UNKNOWN_CHOICE: _("Choose one of the choices offered."),
        Problem.NOT_TOGETHER: _("This cannot be given together with another field. Leave one of them empty."),
    }


def _limit_text(limit: Limit) -> str:
    if isinstance(limit, date):
        return current_language().date(limit)
    if isinstance(limit, (int, Decimal)):
        return current_language().number(limit)
    return "" if limit is None else str(limit)
