"""The sentences of errors about a running loan; `ui/error_texts.py` takes them in."""

from __future__ import annotations

from mikrolaan.domain.loan import DueBeforePayout, LaterEntryRests, Step
from mikrolaan.i18n import _, current_language
from mikrolaan.services.loan_life import RateRaisedTooSoon
from mikrolaan.services.new_terms import DueDayFixed, NothingOutstanding, SettleFirst
from mikrolaan.services.payments import SeemsTooMuch


def rate_raised_too_soon(error: RateRaisedTooSoon) -> str:
    """The earliest day."""
    return _("A higher rate must be told in time. It can hold from {date}.").format(
        date=current_language().date(error.earliest)
    )


def due_before_payout(error: DueBeforePayout) -> str:
    """The first due date, and how to get a later one."""
    if error.step is Step.DECISION:
        text = _("The first instalment falls due {date}, before the loan can be paid out. Change the terms first.")
    else:
        text = _(
            "The first instalment falls due {date}, before the loan can be paid out. Withdraw the application, and make "
            "a new one with later dates."
        )
    return text.format(date=current_language().date(error.first_due_on))


def due_day_fixed(_error: DueDayFixed) -> str:
    """What to do instead."""
    return _("The due day of this loan cannot be moved by itself. Make a new plan instead.")


def nothing_outstanding(_error: NothingOutstanding) -> str:
    """Why there is nothing to move."""
    return _("Nothing is outstanding.")


def settle_first(error: SettleFirst) -> str:
    """How much is overdue."""
    return _("{amount} is due and unpaid. Take the payment first, or make a new plan.").format(
        amount=current_language().money(error.overdue)
    )


def seems_too_much(error: SeemsTooMuch) -> str:
    """What closes the loan, and what would be left over."""
    speaks = current_language()
    return _("{needed} closes the loan; {credit} would be left over. Look at the amount again.").format(
        needed=speaks.money(error.needed), credit=speaks.money(error.credit)
    )


def later_entry_rests(error: LaterEntryRests) -> str:
    """Which entry is to be reversed first."""
    from mikrolaan.ui.loans.entry_words import entry_on  # it uses widgets' words, which use the sentences

    later = error.later
    if later is None:
        return _("A later entry rests on this one. Reverse that one first.")
    return _("{entry} rests on this entry. Reverse that one first.").format(entry=entry_on(later))
