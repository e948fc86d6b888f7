"""The law's rules of guarantees in words, each part with where it is from; read, and not changed by the office."""

from __future__ import annotations

from mikrolaan.domain.guarantee_rules import GuaranteeKind, GuaranteeRules
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.ui import words


def guarantee_facts(rules: GuaranteeRules) -> list[tuple[str, str]]:
    """What is told to whom by when, how long a guarantee holds, what a consumer may promise, since when, and the sources."""
    rows = [
        (_("Notice to guarantors"), _months(rules.notice_months)),
        (_("Notice to members of a group"), _member_weeks(rules)),
        (_("Needs no notice"), _short(rules)),
        (_("Longest guarantee"), _longest(rules)),
        (_("A consumer may promise"), ", ".join(words.guarantee_word(kind) for kind in _kinds(rules))),
        (_("From"), current_language().date(rules.first)),
        (_("Source"), rules.source),
    ]
    if rules.member_source:
        rows.append((_("Source for members"), rules.member_source))
    return rows


def _months(months: int) -> str:
    text = ngettext(
        "Within {count} month after the default began", "Within {count} months after the default began", months
    )
    return text.format(count=months)


def _member_weeks(rules: GuaranteeRules) -> str:
    weeks = rules.member_weeks
    if weeks is None:
        return _("As to guarantors")
    text = ngettext(
        "Within {count} week after the default began", "Within {count} weeks after the default began", weeks
    )
    return text.format(count=weeks)


def _short(rules: GuaranteeRules) -> str:
    months = rules.short_months
    if months is None:
        return _("No such delay is known")
    text = ngettext(
        "A delay that was over within {count} month (guarantors only)",
        "A delay that was over within {count} months (guarantors only)",
        months,
    )
    return text.format(count=months)


def _longest(rules: GuaranteeRules) -> str:
    years = rules.longest_years
    if years is None:
        return _("No limit is known")
    return ngettext("{count} year from the signature", "{count} years from the signature", years).format(count=years)


def _kinds(rules: GuaranteeRules) -> list[GuaranteeKind]:
    return [kind for kind in GuaranteeKind if kind in rules.consumer_kinds]
