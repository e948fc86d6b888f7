"""The terms of a loan in plain words: repayment, frequency, interest, fees, and who somebody is."""

from __future__ import annotations

from mikrolaan.domain.borrower import LegalForm
from mikrolaan.domain.identity import IdentityKind
from mikrolaan.domain.money import Money
from mikrolaan.domain.plan import Plan
from mikrolaan.domain.terms import DayCount, FeePaid, PeriodUnit, Repayment, Terms
from mikrolaan.i18n import Language
from mikrolaan.i18n.conventions import conventions
from mikrolaan.services.calculation import regular_instalment


def identity_label(kind: IdentityKind, language: Language) -> str:
    """What an identity number is called."""
    _ = language.gettext
    return {
        IdentityKind.FODSELSNUMMER: _("National identity number"),
        IdentityKind.D_NUMBER: _("D-number"),
        IdentityKind.PERSONNUMMER: _("Swedish identity number"),
        IdentityKind.SAMORDNINGSNUMMER: _("Swedish coordination number"),
        IdentityKind.CPR: _("CPR number"),
        IdentityKind.REPLACEMENT_CPR: _("Replacement CPR number"),
    }[kind]


def legal_form(form: LegalForm, language: Language) -> str:
    """The legal form of an enterprise."""
    _ = language.gettext
    return {
        LegalForm.SOLE_TRADER: _("sole trader"),
        LegalForm.LIMITED_COMPANY: _("limited company"),
        LegalForm.COOPERATIVE: _("cooperative"),
        LegalForm.PARTNERSHIP: _("partnership"),
        LegalForm.ASSOCIATION: _("association"),
        LegalForm.FOUNDATION: _("foundation"),
        LegalForm.UNDECIDED: _("legal form not chosen yet"),
    }[form]


def repayment_name(terms: Terms, language: Language) -> str:
    """The name of the repayment form, for a table of facts."""
    _ = language.gettext
    if terms.is_agreed:
        return _("Amounts agreed one by one")
    return {
        Repayment.ANNUITY: _("Annuity loan"),
        Repayment.SERIAL: _("Serial loan"),
        Repayment.BULLET: _("Bullet loan"),
        Repayment.INTEREST_ONLY: _("Interest-only loan"),
    }[terms.repayment]


def repayment_in_words(terms: Terms, language: Language) -> str:
    """How the principal comes back, in a sentence or two."""
    _ = language.gettext
    if terms.is_agreed:
        return _(
            "The principal of each instalment is agreed one by one, as the repayment plan shows; interest and fees come "
            "on top of it."
        )
    told = _without_interest(terms, language) if not terms.annual_rate_percent else _with_interest(terms, language)
    if not terms.months_without_principal:
        return told
    rests = _(
        "No principal is repaid with instalments that fall due in these months: {months}. Only interest and fees are "
        "paid then."
    ).format(months=months_in_words(terms, language))
    return f"{told} {rests}"


def _without_interest(terms: Terms, language: Language) -> str:
    """No interest falls as the debt becomes smaller, and none is paid on a due date."""
    _ = language.gettext
    if terms.repayment in (Repayment.ANNUITY, Repayment.SERIAL):
        return _("The same principal is repaid with every instalment.")
    return _("The whole principal is paid on the last due date.")


def _with_interest(terms: Terms, language: Language) -> str:
    _ = language.gettext
    return {
        Repayment.ANNUITY: _(
            "It is an annuity loan: the instalments are equally large; at first more of each is interest, later more "
            "is principal."
        ),
        Repayment.SERIAL: _(
            "It is a serial loan: the same principal is repaid with every instalment, and the interest falls as the "
            "debt becomes smaller."
        ),
        Repayment.BULLET: _("It is a bullet loan: the whole principal and all interest are paid on the last due date."),
        Repayment.INTEREST_ONLY: _(
            "It is an interest-only loan: interest is paid on every due date, and the whole principal on the last."
        ),
    }[terms.repayment]


def months_in_words(terms: Terms, language: Language) -> str:
    """The months without principal by name, in the order of the year; empty where there are none."""
    names = conventions(language.code).months
    return ", ".join(names[month - 1] for month in sorted(terms.months_without_principal))


def frequency(terms: Terms, language: Language) -> str:
    """How often an instalment falls due: "every month", "every 2 weeks"."""
    every = terms.every
    if terms.unit is PeriodUnit.MONTHS:
        text = language.ngettext("every month", "every {count} months", every)
    elif terms.unit is PeriodUnit.WEEKS:
        text = language.ngettext("every week", "every {count} weeks", every)
    else:
        text = language.ngettext("every day", "every {count} days", every)
    return text.format(count=every)


def day_count_in_words(day_count: DayCount, language: Language) -> str:
    """One sentence on how days become parts of a year."""
    _ = language.gettext
    return {
        DayCount.THIRTY_360: _(
            "Every whole month counts as 30 days and a year as 360 days; the days of a part of a month are counted "
            "one by one."
        ),
        DayCount.ACTUAL_365: _("Days are counted one by one, and a year as 365 days."),
        DayCount.ACTUAL_360: _("Days are counted one by one, and a year as 360 days."),
        DayCount.ACTUAL_364: _("Days are counted one by one, and a year as 364 days."),
        DayCount.ACTUAL_ACTUAL: _(
            "Days are counted one by one, and a year by its own length: 365 days, or 366 in a leap year."
        ),
        DayCount.PERIOD: _(
            "The interest of a year is shared equally between its instalments; for a part of a period, days are "
            "counted one by one and a year as 365 days."
        ),
    }[day_count]


def day_count_name(day_count: DayCount, language: Language) -> str:
    """The short name of a day count, for a table of facts."""
    _ = language.gettext
    return {
        DayCount.THIRTY_360: _("30/360 (30-day months)"),
        DayCount.ACTUAL_365: _("actual days / 365"),
        DayCount.ACTUAL_360: _("actual days / 360"),
        DayCount.ACTUAL_364: _("actual days / 364"),
        DayCount.ACTUAL_ACTUAL: _("actual days / actual year"),
        DayCount.PERIOD: _("equal periods"),
    }[day_count]


def establishment_fee_in_words(plan: Plan, language: Language) -> str:
    """One sentence on the establishment fee; empty when there is none."""
    _ = language.gettext
    if not plan.establishment_fee:
        return ""
    text = {
        FeePaid.DEDUCTED: _("The establishment fee is {fee}. It is kept back from the payout."),
        FeePaid.ADDED: _("The establishment fee is {fee}. It is added to the debt and repaid with it."),
        FeePaid.FIRST_INSTALMENT: _("The establishment fee is {fee}. It falls due with the first instalment."),
        FeePaid.SEPARATELY: _("The establishment fee is {fee}. It is paid by itself on the day of the payout."),
    }[plan.terms.establishment_fee_paid]
    return text.format(fee=language.money(plan.establishment_fee))


def instalment_figure(plan: Plan, language: Language) -> tuple[str, Money]:
    """The one instalment to show in large figures, and what to call it.

    It is the usual one when at least half of the instalments that follow any grace are as large, else the first.
    """
    _ = language.gettext
    terms = plan.terms
    amount = regular_instalment(plan).due
    if terms.is_agreed:
        return _("Largest instalment"), amount
    grace = terms.payment_free_instalments + terms.interest_only_instalments
    repaying = [row for row in plan.instalments[grace:] if not terms.rests(row.number - 1)]
    times = sum(row.due == amount for row in repaying)
    if times > 1 and 2 * times >= len(repaying):
        return _("Usual instalment"), amount
    return _("First full instalment") if grace else _("First instalment"), amount
