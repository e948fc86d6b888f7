"""Rows that no repayment form gives: principals agreed one by one, and months without principal.

What becomes of them later in the life of a loan is told in docs/decisions/0011-plans-by-hand.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from mikrolaan.domain.due_dates import DueDates
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import Money
from mikrolaan.domain.schedule import Columns, Lending, Row, divided, grace_of, lending_of, repaying, schedule
from mikrolaan.domain.terms import AgreedAmountsOff, SeasonTakesAll, Terms


def columns_of(terms: Terms, dates: DueDates) -> Columns:
    """The instalments of every plan in minor units, establishment and instalment fees left out.

    AgreedAmountsOff where agreed principals do not repay the loan, SeasonTakesAll where a season leaves no instalment
    that could.
    """
    if terms.is_agreed:
        return _exact(terms, drafted(terms, dates, terms.agreed_principals_minor))
    if not terms.months_without_principal:
        return schedule(terms, dates)
    lending = lending_of(terms, dates)
    first = terms.payment_free_instalments + terms.interest_only_instalments
    grace = grace_of(terms, lending, first)
    resting = [day.month in terms.months_without_principal for day in dates.nominal]
    rows = seasonal_rows(terms, lending, first, grace.balance, grace.carried, resting)
    return Columns.of_rows([*grace.rows, *rows])


def drafted(terms: Terms, dates: DueDates, principals_minor: Sequence[int]) -> Columns:
    """The instalments with those principals, one for each, and interest on what is left (or on all lent, when flat).

    Interest is rounded once per instalment. Not checked: what they leave over, or repay too much, is the last balance,
    which is below zero where they repay more than is owed; that bears no interest. Payment-free instalments stay so.
    """
    lending = lending_of(terms, dates)
    free = terms.payment_free_instalments
    grace = grace_of(terms, lending, free)
    rows, balance, carried = grace.rows, grace.balance, grace.carried
    for period, principal in enumerate(principals_minor[free:], start=free):
        interest = lending.rounded(max(0, lending.accrued(period, balance)) + carried)
        carried = 0
        balance += lending.paid_in[period] - principal
        rows.append(Row(principal, interest, balance))
    return Columns.of_rows(rows)


def _exact(terms: Terms, columns: Columns) -> Columns:
    """The columns up to the last that repays, where none repays more than is owed then and nothing is left over."""
    for principal, balance in zip(columns.principals, columns.balances, strict=True):
        if balance < 0:
            owed = Money(balance + principal, terms.currency).to_decimal()
            raise InvalidValue("agreed_principals", Problem.TOO_LARGE, owed)
    if columns.balances[-1]:
        raise AgreedAmountsOff.by(Money(columns.balances[-1], terms.currency))
    count = max(place for place, principal in enumerate(columns.principals, start=1) if principal)
    return Columns(
        columns.principals[:count], columns.interests[:count], columns.balances[:count], columns.first_paying
    )


def seasonal_rows(
    terms: Terms, lending: Lending, repaying_from: int, balance: int, carried: int, resting: Sequence[bool]
) -> list[Row]:
    """The rows from a period on that repay a balance, with interest alone in those that rest.

    Principal comes as if the resting periods were not there: since their interest is paid when it falls due, the
    balance goes through them unchanged. Annuity: equal instalments in all others; serial: equal shares of principal.
    The last that does not rest settles what is left and is the last of all rows. `carried` is as in `repaying`.
    SeasonTakesAll where every period rests, or money is paid out after the last that does not.
    """
    paying = [period for period in range(repaying_from, len(lending.factors)) if not resting[period]]
    if not paying or any(lending.paid_in[paying[-1] + 1 :]):
        raise SeasonTakesAll.found()
    repaid = repaying(terms, _without_rest(lending, repaying_from, resting), 0, balance)
    principals = dict(zip(paying, repaid.principals, strict=True))
    rows: list[Row] = []
    for period in range(repaying_from, paying[-1] + 1):
        principal = principals.get(period, 0)
        interest = lending.rounded(lending.accrued(period, balance) + carried)
        carried = 0
        balance += lending.paid_in[period] - principal
        rows.append(Row(principal, interest, balance))
    return rows


def _without_rest(lending: Lending, first: int, resting: Sequence[bool]) -> Lending:
    """The lending from a period on, of those that repay; what is paid out in the others begins the next that repays."""
    factors: list[int] = []
    paid_in: list[int] = []
    paid_in_interest: list[int] = []
    moved = 0
    for period in range(first, len(lending.factors)):
        if resting[period]:
            moved += lending.paid_in[period]
            continue
        factor = lending.factors[period]
        factors.append(factor)
        paid_in.append(lending.paid_in[period] + moved)
        paid_in_interest.append(lending.paid_in_interest[period] + moved * factor)
        moved = 0
    return Lending(
        factors=tuple(factors),
        of=lending.of,
        opening=lending.lent[first],
        paid_in=paid_in,
        paid_in_interest=paid_in_interest,
        flat=lending.flat,
        half_even=lending.half_even,
    )


def shared_rows(lending: Lending, repaying_from: int, balance: int, carried: int, shares: Sequence[int]) -> list[Row]:
    """The rows from a period on that repay a balance in the proportion of `shares`, the principals agreed before.

    Rounded so that all rounded shares up to an instalment are the rounded share of all up to it: shares that repay the
    balance exactly come back unchanged, and what is left is never more than half an øre off. The last settles the rest.
    """
    rows: list[Row] = []
    last = len(lending.factors) - 1
    whole, weight = balance + sum(lending.paid_in[repaying_from:]), sum(shares)
    repaid = passed = 0
    for period, share in enumerate(shares, start=repaying_from):
        interest = lending.rounded(lending.accrued(period, balance) + carried)
        carried = 0
        balance += lending.paid_in[period]
        passed += share
        wanted = divided(whole * passed, weight, half_even=lending.half_even) - repaid if weight else 0
        principal = balance if period == last else min(wanted, balance)
        repaid += principal
        balance -= principal
        rows.append(Row(principal, interest, balance))
    return rows
