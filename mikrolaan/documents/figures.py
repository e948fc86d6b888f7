"""Figures of a loan as paper prints them, each taken from the domain."""

from __future__ import annotations

from mikrolaan.domain.effective_rate import effective_rate_of
from mikrolaan.domain.plan import Plan
from mikrolaan.i18n import Language


def effective_rate_text(plan: Plan, language: Language) -> str:
    """The effective rate with two decimals; in words when the formula has no answer for the plan."""
    rate = effective_rate_of(plan)
    return language.percent(rate) if rate is not None else language.gettext("cannot be computed")
