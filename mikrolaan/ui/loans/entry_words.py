"""The entries of a journal in words: what kind they are, and what each of them did."""

from __future__ import annotations

from mikrolaan.domain.journal import (
    Entry,
    Fee,
    HolidayInterest,
    NewPlan,
    NewPlanFor,
    Payment,
    PaymentHoliday,
    Payout,
    RateChange,
    Recovery,
    Refund,
    Reversal,
    Waived,
    Waiver,
    WriteOff,
)
from mikrolaan.domain.loan_rules import EarlyRepayment
from mikrolaan.domain.particulars import Allocation, Effect
from mikrolaan.i18n import _, current_language, ngettext, pgettext
from mikrolaan.ui.loans.allocation_words import allocation_sentence
from mikrolaan.ui.words import means_word


def entry_word(entry: Entry) -> str:
    """What kind of entry it is."""
    if isinstance(entry, Payment):
        return _("Payment · {means}").format(means=means_word(entry.means))
    if isinstance(entry, NewPlan) and entry.purpose is NewPlanFor.DUE_DAY:
        return pgettext("journal entry", "Other due day")
    if isinstance(entry, RateChange):
        return _("New rate {rate}").format(rate=current_language().percent(entry.annual_rate_percent))
    return {
        Payout: _("Payout"),
        Reversal: _("Reversal"),
        Fee: pgettext("journal entry", "Fee"),
        NewPlan: pgettext("journal entry", "New plan"),
        PaymentHoliday: pgettext("journal entry", "Payment holiday"),
        Waiver: pgettext("journal entry", "Waiver"),
        WriteOff: pgettext("journal entry", "Write-off"),
        Recovery: pgettext("journal entry", "Recovered loss"),
        Refund: pgettext("journal entry", "Refund"),
    }[type(entry)]


def entry_on(entry: Entry) -> str:
    """The entry with its day: "Write-off of 5 May 2026"."""
    return _("{entry} of {date}").format(entry=entry_word(entry), date=current_language().date(entry.on))


def waived_word(of: Waived) -> str:
    """What a waiver lets go."""
    return {
        Waived.LATE_INTEREST: _("Late interest"),
        Waived.INTEREST: _("Interest"),
        Waived.FEES: _("Fees"),
    }[of]


def holiday_interest_word(kept: HolidayInterest) -> str:
    """What becomes of the interest of a payment holiday."""
    return {
        HolidayInterest.CARRIED: _("Paid with the first instalment after it"),
        HolidayInterest.CAPITALISED: _("Added to the principal on each due date left out"),
        HolidayInterest.WAIVED: _("Not asked for"),
    }[kept]


def early_repayment_word(rule: EarlyRepayment) -> str:
    """What becomes of the plan when principal is repaid early."""
    return {
        EarlyRepayment.KEEP_PLAN: _("Keep the plan, the last instalments go"),
        EarlyRepayment.LOWER_INSTALMENT: _("Lower the instalment, same last due date"),
        EarlyRepayment.SHORTEN: _("Shorten the loan, same instalment"),
    }[rule]


def effect_sentence(entry: Entry, effect: Effect | None, allocation: Allocation | None) -> str:
    """What the entry did; empty where it did nothing yet."""
    speaks = current_language()
    if isinstance(entry, Payment):
        return allocation_sentence(allocation) if allocation is not None else ""
    if isinstance(entry, Payout):
        return _("Paid to {payee}").format(payee=entry.payee) if entry.payee else _("Paid to the borrower")
    if isinstance(entry, Fee):
        return _("Falls due {date}").format(date=speaks.date(entry.due_on))
    if isinstance(entry, RateChange):
        told = _("{rate} from that day; the borrower was told {date}") if entry.told_on else _("{rate} from that day")
        rate = speaks.percent(entry.annual_rate_percent, None)
        return told.format(rate=rate, date=speaks.date(entry.told_on) if entry.told_on else "")
    if isinstance(entry, NewPlan):
        return _new_plan(entry, effect)
    if isinstance(entry, PaymentHoliday):
        count = ngettext("{count} instalment put off", "{count} instalments put off", entry.instalments)
        return f"{count.format(count=entry.instalments)}. {holiday_interest_word(entry.interest)}"
    if isinstance(entry, Waiver):
        return _("Let go: {what}").format(what=waived_word(entry.of))
    if isinstance(entry, WriteOff):
        return _parts(effect)
    return ""


def _new_plan(entry: NewPlan, effect: Effect | None) -> str:
    speaks, terms = current_language(), entry.terms
    told = ngettext(
        "{count} instalment at {rate}, due {first}",
        "{count} instalments at {rate}, the first due {first}",
        terms.instalments,
    ).format(
        count=terms.instalments,
        rate=speaks.percent(terms.annual_rate_percent, None),
        first=speaks.date(terms.first_nominal_due_on),
    )
    if effect is not None and effect.principal:
        told += ". " + _("Taken into the principal: {amount}").format(amount=speaks.money(effect.principal))
    return told


def _parts(effect: Effect | None) -> str:
    if effect is None:
        return ""
    speaks = current_language()
    parts = (
        (_("principal {amount}"), effect.principal),
        (_("interest {amount}"), effect.interest),
        (_("late interest {amount}"), effect.late_interest),
        (_("fees {amount}"), effect.fees),
    )
    told = ", ".join(words.format(amount=speaks.money(amount)) for words, amount in parts if amount)
    return told[:1].upper() + told[1:]
