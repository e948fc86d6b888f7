"""Which lines of a bank file may be money counted already: by a payment typed by hand, or by a line above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from mikrolaan.domain.bank_file import BankLine
from mikrolaan.domain.journal import PaymentMeans
from mikrolaan.services.bank_rows import KnownPayment

# How many days a bank's day and the one an officer typed may lie apart. Easter takes five from the banks; with seven,
# the next payment of a loan that is repaid every week would be taken for the one before.
DAYS_APART = 6

Placed = tuple[int, BankLine, UUID]  # a line's place in its file, the line, and the loan it points to


def doubles(lines: Iterable[Placed], known: Sequence[KnownPayment]) -> dict[int, KnownPayment]:
    """By the place of each line that seems paid already, the payment it may be; a payment explains one line at most.

    It must be on the same loan, of the same amount and on the same day, by whatever means: cash may have been carried
    to the bank. What came by bank or otherwise and was typed may be dated DAYS_APART days before or after the bank's
    line. What came by another bank file has the bank's own day.

    Payments of a line's own day explain it first; what is left over is compared in the order of days.
    """
    payments: dict[tuple[UUID, int], list[KnownPayment]] = defaultdict(list)
    for payment in known:
        payments[payment.loan_id, payment.amount_minor].append(payment)
    left: dict[tuple[UUID, int], list[tuple[int, date]]] = defaultdict(list)
    found: dict[int, KnownPayment] = {}
    for place, line, loan_id in lines:
        alike = payments[loan_id, line.amount_minor]
        same_day = [payment for payment in alike if payment.on == line.booked_on]
        if same_day:
            found[place] = min(same_day, key=_cash_last)
            alike.remove(found[place])
        else:
            left[loan_id, line.amount_minor].append((place, line.booked_on))
    for key, waiting in left.items():
        alike = sorted(payments[key], key=lambda payment: payment.on)
        for place, day in sorted(waiting, key=lambda each: each[1]):
            fitting = next((payment for payment in alike if _may_be(payment, day)), None)
            if fitting is not None:
                found[place] = fitting
                alike.remove(fitting)
    return found


def repetitions(lines: Iterable[BankLine]) -> set[int]:
    """The places of lines that say all that a line above says, with the bank's own name for the movement.

    A file holds them that was put together from two, or a message with two statements of one day. Where the bank names
    no movement, equal lines may well be two payments.
    """
    told: set[BankLine] = set()
    found: set[int] = set()
    for place, line in enumerate(lines):
        if not line.bank_reference:
            continue
        bare = replace(line, number=0, identity="")
        if bare in told:
            found.add(place)
        told.add(bare)
    return found


def _cash_last(payment: KnownPayment) -> bool:
    return payment.means is PaymentMeans.CASH


def _may_be(payment: KnownPayment, day: date) -> bool:
    """Whether a payment of another day may be what the bank booked on that day."""
    was_typed = not payment.identity and payment.means is not PaymentMeans.CASH
    return was_typed and abs((payment.on - day).days) <= DAYS_APART
