"""What the ledger's kinds of accounts, vouchers and periods are called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum

from mikrolaan.domain.ledger_accounts import AccountRole
from mikrolaan.domain.ledger_replay import VoucherKind
from mikrolaan.domain.trial_balance import Period
from mikrolaan.i18n import _, current_language
from mikrolaan.i18n.conventions import MINUS, THIN_SPACE


class Span(Enum):
    """How long a period is chosen."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FREE = "free"


def span_word(span: Span) -> str:
    """The kind of period, for a choice."""
    return {
        Span.MONTH: _("Month"),
        Span.QUARTER: _("Quarter"),
        Span.YEAR: _("Year"),
        Span.FREE: _("From day to day"),
    }[span]


def period_of(span: Span, day: date) -> Period:
    """The month, quarter or year in which a day falls; a free period begins as the month."""
    if span is Span.YEAR:
        return Period(date(day.year, 1, 1), date(day.year, 12, 31))
    months = 3 if span is Span.QUARTER else 1
    first_month = day.month - (day.month - 1) % months
    first = date(day.year, first_month, 1)
    after = first_month + months
    next_first = date(day.year + after // 13, after - 12 * (after // 13), 1)
    return Period(first, next_first - timedelta(days=1))


def period_words(span: Span, period: Period) -> str:
    """The period in words: "November 2026", "Quarter 4, 2026", "2026", or its first and last day."""
    speaks = current_language()
    if span is Span.YEAR:
        return str(period.first.year)
    if span is Span.QUARTER:
        return _("Quarter {number}, {year}").format(number=(period.first.month + 2) // 3, year=period.first.year)
    if span is Span.MONTH:
        month = speaks.month(period.first)
        return month[:1].upper() + month[1:]
    return _("{first} to {last}").format(first=speaks.date(period.first), last=speaks.date(period.last))


def role_word(role: AccountRole) -> str:
    """What an account is for."""
    return {
        AccountRole.CASH: _("Payments in cash"),
        AccountRole.BANK: _("Payouts and payments by bank"),
        AccountRole.OTHER_MEANS: _("Payments by other means"),
        AccountRole.LOANS: _("Outstanding principal of the loans"),
        AccountRole.INTEREST_DUE: _("Interest due and unpaid"),
        AccountRole.FEES_DUE: _("Fees due and unpaid"),
        AccountRole.ACCRUED_INTEREST: _("Accrued interest at the end of a month"),
        AccountRole.CREDIT: _("Paid beyond what is owed"),
        AccountRole.EARLIER_RESULT: _("Result of earlier years"),
        AccountRole.INTEREST: _("Interest income"),
        AccountRole.LATE_INTEREST: _("Late interest received"),
        AccountRole.FEES: _("Fee income"),
        AccountRole.RECOVERED: _("Recovered after write-off"),
        AccountRole.WAIVED: _("Interest and fees waived"),
        AccountRole.LOSS: _("Losses on loans"),
    }[role]


def voucher_word(kind: VoucherKind) -> str:
    """Why something was posted."""
    return {
        VoucherKind.PAYOUT: _("Payout"),
        VoucherKind.PAYMENT: _("Payment"),
        VoucherKind.FEE: _("Fee"),
        VoucherKind.RATE_CHANGE: _("Change of rate"),
        VoucherKind.NEW_PLAN: _("New plan"),
        VoucherKind.HOLIDAY: _("Payment holiday"),
        VoucherKind.WAIVER: _("Waiver"),
        VoucherKind.WRITE_OFF: _("Write-off"),
        VoucherKind.RECOVERY: _("Recovery"),
        VoucherKind.REFUND: _("Refund"),
        VoucherKind.REVERSAL: _("Reversal"),
        VoucherKind.FALLEN_DUE: _("Fallen due"),
        VoucherKind.ACCRUED: _("Accrued interest"),
        VoucherKind.ACCRUED_BACK: _("Accrued interest taken back"),
    }[kind]


def for_spreadsheet(lines: Sequence[Sequence[str]]) -> str:
    """Lines with tabs; amounts without a space between thousands and with a plain minus, so that they are numbers."""
    text = "\n".join("\t".join(line) for line in lines)
    return text.replace(THIN_SPACE, "").replace(MINUS, "-") + "\n"
