"""What sets one alternative apart from the first, in words."""

from __future__ import annotations

from mikrolaan.domain.money import Money
from mikrolaan.domain.terms import PeriodUnit, Terms
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.i18n.conventions import conventions
from mikrolaan.services.alternatives import Difference, difference
from mikrolaan.services.calculation import Calculation
from mikrolaan.ui.words import months_told

LETTERS = "ABC"


def difference_words(first: Calculation, other: Calculation) -> list[str]:
    """Short sentences, the most felt first: what is lent, the instalment, the cost, the end."""
    found = difference(first, other)
    if found is None:
        return [_("In another currency; the amounts cannot be compared.")]
    told = [_lent(first, other), _instalment(found, first.terms, other.terms), _cost(found), _end(found)]
    said = [text for text in told if text]
    return said or [_("Comes to the same")]


def _lent(first: Calculation, other: Calculation) -> str:
    more = other.terms.principal - first.terms.principal
    if not more:
        return ""
    text = _("{amount} more is lent") if more.minor > 0 else _("{amount} less is lent")
    return text.format(amount=_amount(more))


def _instalment(found: Difference, *terms: Terms) -> str:
    amount = found.instalment
    monthly = all((one.every, one.unit) == (1, PeriodUnit.MONTHS) for one in terms)
    if not amount:
        return ""
    if monthly:
        text = _("{amount} more a month") if amount.minor > 0 else _("{amount} less a month")
    else:
        text = _("{amount} more each time") if amount.minor > 0 else _("{amount} less each time")
    return text.format(amount=_amount(amount))


def _cost(found: Difference) -> str:
    amount = found.cost
    if not amount:
        return "" if not found.instalment else _("costs the same in all")
    text = _("{amount} dearer in all") if amount.minor > 0 else _("{amount} cheaper in all")
    return text.format(amount=_amount(amount))


def _end(found: Difference) -> str:
    first, other = found.first_repaid_on, found.repaid_on
    if first == other:
        return ""
    months = 12 * (other.year - first.year) + other.month - first.month
    if months:
        count = abs(months)
        text = (
            ngettext("repaid {count} month later", "repaid {count} months later", count)
            if months > 0
            else ngettext("repaid {count} month earlier", "repaid {count} months earlier", count)
        )
    else:
        count = abs((other - first).days)
        text = (
            ngettext("repaid {count} day later", "repaid {count} days later", count)
            if other > first
            else ngettext("repaid {count} day earlier", "repaid {count} days earlier", count)
        )
    return text.format(count=current_language().number(count))


def _amount(difference: Money) -> str:
    """Its size with the currency, without øre where there are none."""
    speaks, habit = current_language(), conventions(current_language().code)
    size = difference if difference.minor > 0 else -difference
    if size.minor % 100:
        return speaks.money(size)
    return habit.currency_before[size.currency] + speaks.whole_amount(size) + habit.currency_after[size.currency]


def instalments_in_words(terms: Terms) -> str:
    """How many instalments, and the grace among them."""
    speaks = current_language()
    parts = [speaks.number(terms.instalments)]
    if terms.payment_free_instalments:
        parts.append(_("{count} payment-free").format(count=speaks.number(terms.payment_free_instalments)))
    if terms.interest_only_instalments:
        parts.append(_("{count} with interest only").format(count=speaks.number(terms.interest_only_instalments)))
    if terms.months_without_principal:
        parts.append(months_told(terms))
    return ", ".join(parts)
