"""The words for the rules by which a loan lives, and for the letters that may carry a fee."""

from __future__ import annotations

from mikrolaan.domain.collection_fees import CollectionLetter
from mikrolaan.domain.loan_rules import InterestRule, LateInterest, LateInterestBase, LoanRules, Part
from mikrolaan.i18n import _, current_language, ngettext, pgettext


def interest_rule_word(rule: InterestRule) -> str:
    """What the interest of an instalment is computed on while the loan runs."""
    return {
        InterestRule.BY_PLAN: _("As the plan prints it, whatever the payment day"),
        InterestRule.BY_DAY: _("By the day, on what is owed"),
    }[rule]


def part_word(part: Part) -> str:
    """A part of an instalment, inside a sentence."""
    return {
        Part.FEES: pgettext("part of an instalment", "fees"),
        Part.LATE_INTEREST: pgettext("part of an instalment", "late interest"),
        Part.INTEREST: pgettext("part of an instalment", "interest"),
        Part.PRINCIPAL: pgettext("part of an instalment", "principal"),
    }[part]


def allocation_word(order: tuple[Part, ...]) -> str:
    """What a payment settles of an instalment, one after the other."""
    told = ", ".join(map(part_word, order))
    return told[:1].upper() + told[1:]


def late_interest_word(late: LateInterest) -> str:
    """Whether late interest is asked for, and at which rate."""
    return {
        LateInterest.NONE: _("None"),
        LateInterest.STATUTORY: _("The rate of the law, or the loan's own where it is higher"),
        LateInterest.AGREED: _("A rate that the contract fixes"),
    }[late]


def late_interest_base_word(base: LateInterestBase) -> str:
    """Of which overdue money late interest is asked."""
    return {
        LateInterestBase.PRINCIPAL_AND_INTEREST: _("Overdue principal and interest"),
        LateInterestBase.PRINCIPAL: _("Overdue principal only"),
    }[base]


def late_interest_fact(rules: LoanRules) -> str:
    """The rate of late interest and what it is asked of, in two lines."""
    if rules.late_interest is LateInterest.NONE:
        return late_interest_word(rules.late_interest)
    rate = late_interest_word(rules.late_interest)
    if rules.late_interest_percent is not None:
        rate = current_language().percent(rules.late_interest_percent, decimals=None)
    return f"{rate}\n{late_interest_base_word(rules.late_interest_base)}"


def notice_word(months: int) -> str:
    """How long ahead a higher rate is told."""
    if not months:
        return _("None")
    return ngettext("{count} month", "{count} months", months).format(count=months)


def letter_word(letter: CollectionLetter) -> str:
    """The kind of letter."""
    return {
        CollectionLetter.REMINDER: _("Reminder"),
        CollectionLetter.NOTICE: _("Notice of debt collection"),
        CollectionLetter.DEMAND: _("Demand for payment"),
        CollectionLetter.INSTALMENT_PLAN: _("Agreed instalment plan"),
    }[letter]
