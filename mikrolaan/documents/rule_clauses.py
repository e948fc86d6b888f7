"""The clauses of the loan contract that say how the loan lives, by the rules of its product."""

from __future__ import annotations

from mikrolaan.documents.clause import Clause
from mikrolaan.domain.identity import Country
from mikrolaan.domain.loan_rules import (
    EarlyRepayment,
    InterestRule,
    LateInterest,
    LateInterestBase,
    LoanRules,
    Part,
)
from mikrolaan.i18n import Language


def use_of_payments(rules: LoanRules, language: Language) -> Clause:
    """In which order a payment settles what is due, and what day by day means for interest."""
    _, pgettext = language.gettext, language.pgettext
    words = {
        Part.FEES: pgettext("part of an instalment", "fees"),
        Part.LATE_INTEREST: pgettext("part of an instalment", "late interest"),
        Part.INTEREST: pgettext("part of an instalment", "interest"),
        Part.PRINCIPAL: pgettext("part of an instalment", "principal"),
    }
    order = [words[part] for part in rules.allocation]
    if rules.late_interest is LateInterest.NONE:
        order.remove(words[Part.LATE_INTEREST])
        text = _(
            "A payment settles what fell due first. Within one instalment it settles {first} first, then {second}, "
            "then {third}."
        )
        told = text.format(first=order[0], second=order[1], third=order[2])
    else:
        text = _(
            "A payment settles what fell due first. Within one instalment it settles {first} first, then {second}, "
            "then {third}, then {fourth}."
        )
        told = text.format(first=order[0], second=order[1], third=order[2], fourth=order[3])
    if rules.interest is InterestRule.BY_DAY:
        told += " " + _(
            "Interest is counted from day to day on what is owed, so there is less of it when the borrower pays before "
            "the due date."
        )
    return Clause(_("How a payment is used"), (told,))


def early_repayment(rules: LoanRules, language: Language) -> Clause:
    """That it is free, and what becomes of the plan."""
    _ = language.gettext
    free = _(
        "The borrower may repay the loan or a part of it at any time, at no extra cost. Interest is then owed "
        "up to and including the day of payment. The lender tells on request what is left to pay, and confirms "
        "in writing when the loan is repaid."
    )
    plan = {
        EarlyRepayment.KEEP_PLAN: _(
            "After a part is repaid early the next instalments stay as they are, and the last ones become smaller or "
            "fall away, unless the borrower and the lender agree on something else."
        ),
        EarlyRepayment.LOWER_INSTALMENT: _(
            "After a part is repaid early the last due date stays, and the instalments become smaller, unless the "
            "borrower and the lender agree on something else."
        ),
        EarlyRepayment.SHORTEN: _(
            "After a part is repaid early the instalments stay as large as they are, and the loan is repaid sooner, "
            "unless the borrower and the lender agree on something else."
        ),
    }[rules.early_repayment]
    return Clause(_("Early repayment"), (free, plan))


def late_payment(rules: LoanRules, country: Country, language: Language) -> Clause:
    """What being late costs, and that talking helps."""
    _ = language.gettext
    if rules.reminder_fees:
        fee = _(
            "For a written reminder the lender may charge a fee, never more than the law allows on the day the "
            "reminder is sent."
        )
    else:
        fee = _("The lender charges no fee for reminders.")
    talk = _(
        "A borrower who sees that an instalment will be hard to pay should tell the lender at once, so that they can "
        "look for a solution together."
    )
    return Clause(_("Late payment"), (f"{_late_interest(rules, country, language)} {fee}", talk))


def _late_interest(rules: LoanRules, country: Country, language: Language) -> str:
    _ = language.gettext
    if rules.late_interest is LateInterest.NONE:
        return _("What is not paid on its due date bears no late interest.")
    if rules.late_interest_percent is not None:
        told = _(
            "What is not paid on its due date bears late interest from the due date until it is paid, at {percent} "
            "a year."
        ).format(percent=language.percent(rules.late_interest_percent, None))
    else:
        told = {
            Country.NO: _(
                "What is not paid on its due date bears late interest from the due date until it is paid, at the rate "
                "that the Norwegian act on late interest (forsinkelsesrenteloven) gives at any time."
            ),
            Country.SE: _(
                "What is not paid on its due date bears late interest from the due date until it is paid, at the rate "
                "that the Swedish act on interest (räntelagen) gives at any time."
            ),
            Country.DK: _(
                "What is not paid on its due date bears late interest from the due date until it is paid, at the rate "
                "that the Danish act on interest (renteloven) gives at any time."
            ),
        }[country]
        told += " " + _("Where the nominal rate of the loan is higher, late interest is counted at that rate.")
    if rules.late_interest_base is LateInterestBase.PRINCIPAL:
        told += " " + _("Late interest is counted on overdue principal only.")
    return told


def changes(rules: LoanRules, language: Language) -> Clause:
    """What the lender may change, and how long before."""
    _ = language.gettext
    told = _(
        "The lender may change interest, fees or other terms to the borrower's disadvantage only for a good "
        "reason, which the written notice states."
    )
    if months := rules.rate_notice_months:
        notice = language.ngettext(
            "The change takes effect {count} month after the notice at the earliest.",
            "The change takes effect {count} months after the notice at the earliest.",
            months,
        )
        told += " " + notice.format(count=months)
    told += " " + _(
        "When the interest rate changes, the last due date stays and the instalments are computed anew. Until the "
        "change takes effect, the borrower may repay the loan at no extra cost."
    )
    return Clause(_("Changes"), (told,))
