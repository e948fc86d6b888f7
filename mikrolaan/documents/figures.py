"""Figures and days of a loan as paper prints them, each taken from the domain."""

from __future__ import annotations

from datetime import date

from mikrolaan.domain.effective_rate import effective_rate_of
from mikrolaan.domain.plan import Plan
from mikrolaan.i18n import Language
from mikrolaan.i18n.conventions import NO_BREAK_SPACE

NO_RATE = "–"


def effective_rate_text(plan: Plan, language: Language) -> str:
    """The effective rate with two decimals; a dash when the formula has no answer for the plan."""
    rate = effective_rate_of(plan)
    return language.percent(rate) if rate is not None else NO_RATE


def whole_day(day: date, language: Language) -> str:
    """A day with the month's name that stays on one line of running text."""
    return language.long_date(day).replace(" ", NO_BREAK_SPACE)
