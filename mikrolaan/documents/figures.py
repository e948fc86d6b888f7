"""Figures and days of a loan as paper prints them, each taken from the domain."""

from __future__ import annotations

from datetime import date

from mikrolaan.domain.effective_rate import effective_rate_of
from mikrolaan.domain.money import Money
from mikrolaan.domain.plan import Plan
from mikrolaan.domain.terms import FeePaid
from mikrolaan.i18n import Language
from mikrolaan.i18n.conventions import NO_BREAK_SPACE

NO_RATE = "–"


def effective_rate_text(plan: Plan, language: Language) -> str:
    """The effective rate with two decimals; a dash when the formula has no answer for the plan."""
    rate = effective_rate_of(plan)
    return language.percent(rate) if rate is not None else NO_RATE


def instalment_fees(plan: Plan) -> Money:
    """The sum of the instalment fees; an establishment fee due with the first instalment is not among them."""
    with_first = plan.terms.establishment_fee_paid is FeePaid.FIRST_INSTALMENT
    return plan.fees - plan.establishment_fee if with_first else plan.fees


def all_interest(plan: Plan) -> Money:
    """All interest of the loan, also what is added to the debt: what the loan costs, less its fees."""
    return plan.total_cost - plan.establishment_fee - instalment_fees(plan)


def whole_day(day: date, language: Language) -> str:
    """A day with the month's name that stays on one line of running text."""
    return language.long_date(day).replace(" ", NO_BREAK_SPACE)
