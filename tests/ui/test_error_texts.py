"""Every foreseen error has a sentence of its own."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import date
from decimal import Decimal

import pytest

import mikrolaan
from mikrolaan.domain.errors import InvalidValue, MikrolaanError, Problem
from mikrolaan.i18n import use_language
from mikrolaan.ui.error_texts import has_sentence, sentence_for

NOT_OURS = ("mikrolaan.__main__", "mikrolaan.storage.migrations")


def every_error_class():
    for module in pkgutil.walk_packages(mikrolaan.__path__, "mikrolaan."):
        if not module.name.startswith(NOT_OURS):
            importlib.import_module(module.name)
    found, waiting = [], [MikrolaanError]
    while waiting:
        error_class = waiting.pop()
        if error_class.__module__.startswith("mikrolaan."):
            found.append(error_class)
        waiting += error_class.__subclasses__()
    return found


def test_no_error_class_is_without_a_sentence():
    wordless = [f"{made.__module__}.{made.__name__}" for made in every_error_class() if not has_sentence(made)]

    assert wordless == []


@pytest.mark.parametrize("problem", list(Problem))
@pytest.mark.parametrize("limit", [None, 3, Decimal("1000.00"), date(2026, 3, 31), "the other field"])
def test_every_problem_reads_as_a_sentence(problem, limit):
    sentence = sentence_for(InvalidValue("amount", problem, limit))

    assert sentence.endswith(".")
    assert "{" not in sentence


def test_limits_are_written_as_the_language_does():
    too_large = InvalidValue("amount", Problem.TOO_LARGE, Decimal("1000.50"))
    too_early = InvalidValue("due_on", Problem.TOO_EARLY, date(2026, 3, 31))

    assert "1\u202f000.50" in sentence_for(too_large)
    use_language("nb")
    assert "1\u202f000,50" in sentence_for(too_large)
    assert "31.03.2026" in sentence_for(too_early)


def test_an_unforeseen_error_does_not_show_its_insides():
    assert "secret" not in sentence_for(ValueError("secret"))
