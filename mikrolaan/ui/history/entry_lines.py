"""One line of the history for one entry of a loan's journal, from what the audit trail tells of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from mikrolaan.domain.journal import HolidayInterest, NewPlanFor, PaymentMeans, Waived
from mikrolaan.domain.money import Currency, Money
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.ui import words
from mikrolaan.ui.loans.entry_words import holiday_interest_word, waived_word


def entry_line(entry: Mapping[str, Any], currency: Currency) -> str:
    """The entry as people read it; KeyError or ValueError where it does not fit its kind."""
    line = _by_kind(entry, currency)
    note = "" if entry["kind"] == "reversal" else str(entry.get("note", ""))
    return f"{line}: {note}" if note else line


def _by_kind(entry: Mapping[str, Any], currency: Currency) -> str:
    language, kind = current_language(), entry["kind"]
    day = language.date(date.fromisoformat(entry["on"]))
    details: dict[str, Any] = json.loads(entry["details"]) if entry.get("details") else {}
    if kind == "reversal":
        return _("Reversal on {day}: {reason}").format(day=day, reason=entry.get("note", ""))
    if kind == "rate-change":
        rate = language.percent(Decimal(details["annual_rate_percent"]), None)
        return _("Rate of {rate} from {day}").format(rate=rate, day=day)
    if kind == "new-plan":
        return _new_plan(details, day)
    if kind == "payment-holiday":
        count = int(details["instalments"])
        told = ngettext(
            "Payment holiday of {count} instalment on {day} ({interest})",
            "Payment holiday of {count} instalments on {day} ({interest})",
            count,
        )
        return told.format(count=count, day=day, interest=holiday_interest_word(HolidayInterest(details["interest"])))
    amount = language.money(Money(entry["amount_minor"], currency))
    if kind == "payment":
        means = words.means_word(PaymentMeans(entry["means"]))
        return _("Payment of {amount} on {day} ({means})").format(amount=amount, day=day, means=means)
    if kind == "waiver":
        return _("{what} let go, {amount} on {day}").format(
            what=waived_word(Waived(details["of"])), amount=amount, day=day
        )
    if kind == "payout" and details.get("payee"):
        return _("Payout of {amount} on {day} to {payee}").format(amount=amount, day=day, payee=details["payee"])
    told = {
        "payout": _("Payout of {amount} on {day}"),
        "fee": _("Fee of {amount}, due {due}"),
        "write-off": _("Write-off of {amount} on {day}"),
        "recovery": _("Recovered loss of {amount} on {day}"),
        "refund": _("Refund of {amount} on {day}"),
    }[kind]
    due = language.date(date.fromisoformat(entry["due_on"])) if entry.get("due_on") else day
    return told.format(amount=amount, day=day, due=due)


def _new_plan(details: Mapping[str, Any], day: str) -> str:
    terms, language = details["terms"], current_language()
    if details.get("purpose") == NewPlanFor.DUE_DAY.value:
        first = language.date(date.fromisoformat(terms["first_due_on"]))
        return _("Other due day from {day}, first due {first}").format(day=day, first=first)
    count = int(terms["instalments"])
    return ngettext(
        "New plan on {day}: {count} instalment at {rate}", "New plan on {day}: {count} instalments at {rate}", count
    ).format(day=day, count=count, rate=language.percent(Decimal(terms["annual_rate_percent"]), None))
