"""Plans made by hand: agreed and seasonal amounts, accepted only if they repay the loan exactly."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from mikrolaan.domain.due_dates import due_dates
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import Money
from mikrolaan.domain.plan import Plan, plan_of_rows
from mikrolaan.domain.schedule import Row, divided, grace_of, lending_of
from mikrolaan.domain.terms import Terms


def edited_plan(terms: Terms, principals: Sequence[Money]) -> Plan:
    """The plan with an agreed principal in each instalment; interest and fees follow from the terms.

    `principals` has one amount per instalment, zero where only interest is paid; in payment-free instalments it must
    be zero. Interest is computed on the balance that is left (or all lent, when flat) and rounded once per
    instalment. InvalidValue DOES_NOT_REPAY, with what would be left over, unless the loan is repaid exactly, and
    TOO_LARGE where an instalment repays more than is owed then.
    """
    if len(principals) != terms.instalments:
        raise InvalidValue("instalments", Problem.NOT_TOGETHER, terms.instalments)
    dates = due_dates(terms)
    lending = lending_of(terms, dates)
    grace = grace_of(terms, lending, terms.payment_free_instalments)
    rows, balance, carried = grace.rows, grace.balance, grace.carried
    for period, agreed in enumerate(principals):
        if agreed.currency is not terms.currency:
            raise InvalidValue("principal", Problem.NOT_TOGETHER, "currency")
        if agreed.minor < 0:
            raise InvalidValue("principal", Problem.TOO_SMALL, Decimal(0))
        if period < terms.payment_free_instalments:
            if agreed.minor:
                raise InvalidValue("principal", Problem.NOT_TOGETHER, "payment_free_instalments")
            continue
        interest = lending.rounded(lending.accrued(period, balance) + carried)
        carried = 0
        balance += lending.paid_in[period]
        if agreed.minor > balance:
            raise InvalidValue("principal", Problem.TOO_LARGE, Money(balance, terms.currency).to_decimal())
        balance -= agreed.minor
        rows.append(Row(agreed.minor, interest, balance))
    if balance:
        raise InvalidValue("principal", Problem.DOES_NOT_REPAY, Money(balance, terms.currency).to_decimal())
    return plan_of_rows(terms, dates, rows)


def seasonal_plan(terms: Terms, months_without_principal: Collection[int]) -> Plan:
    """Equal shares of principal, none in instalments due in the given months (1–12) or in the grace of the terms.

    The share is a multiple of the terms' rounding unit; the last paying instalment settles what is left. With
    tranches each share is of what has been paid out by then. InvalidValue when no month is left for repaying.
    """
    dates = due_dates(terms)
    lending = lending_of(terms, dates)
    begins = terms.payment_free_instalments + terms.interest_only_instalments
    paying = [n for n, on in enumerate(dates.nominal) if n >= begins and on.month not in months_without_principal]
    if not paying or any(lending.paid_in[paying[-1] + 1 :]):
        raise InvalidValue("instalments", Problem.DOES_NOT_REPAY)
    balance = grace_of(terms, lending, terms.payment_free_instalments).balance
    principals = [Money.zero(terms.currency)] * terms.instalments
    left = len(paying)
    share = 0
    for period in range(terms.payment_free_instalments, terms.instalments):
        balance += lending.paid_in[period]
        if not left or period != paying[-left]:
            share = 0 if lending.paid_in[period] else share
            continue
        if not share or lending.paid_in[period]:
            unit = terms.instalment_multiple_minor
            share = unit * max(1, divided(balance, left * unit, half_even=lending.half_even))
        amount = balance if left == 1 else min(share, balance)
        principals[period] = Money(amount, terms.currency)
        balance -= amount
        left -= 1
    return edited_plan(terms, principals)
