"""Figures of the whole portfolio, each one function over the facts of its loans on a day or in a period.

Sources: PAR, arrears rate, write-off ratio and repayment rate as microfinance reports them: CGAP, "Microfinance
Consensus Guidelines: Definitions of Selected Financial Terms, Ratios and Adjustments" (2003); the surveys of the
European Microfinance Network use the same. A ratio is a percentage with two decimals, rounded half up; None where
there is nothing to divide by.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from mikrolaan.domain.journal import Entry, Journal, Payment, Payout, Recovery, Refund, Reversal, WriteOff
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.loan_rules import InterestRule
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.printed_plan import INTEREST, PRINCIPAL
from mikrolaan.domain.replay import Replay

PAR_DAYS = (30, 60, 90)  # the usual ones; any number of days may be asked
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class LoanFacts:
    """One loan at the end of a day; minor units of the office's currency."""

    loan_id: UUID
    borrower_id: UUID
    outstanding_minor: int  # principal
    overdue_minor: int  # principal, interest and fees that fell due before the day and are unpaid
    overdue_principal_minor: int
    days_past_due: int  # since the oldest unpaid due date; 0 where nothing is overdue
    is_restructured: bool


@dataclass(frozen=True, slots=True)
class LoanFlows:
    """What happened on one loan in a period; minor units of the office's currency."""

    loan_id: UUID
    outstanding_before_minor: int  # principal at the end of the day before the period
    outstanding_after_minor: int  # principal at the end of the period
    fell_due_minor: int  # principal and interest of the instalments that fell due in the period
    paid_of_it_minor: int  # until the end of the period
    written_off_minor: int
    recovered_minor: int  # of what was written off, then or earlier


def follows_plan_until(loan: Loan, at_the_end: Replay) -> date | None:
    """The day of the first payment that did more than pay what the plan asked for; None where more than payments came.

    Before that day, what had been paid went to the instalments in order, each with its late interest before the next,
    and where it covers whole instalments the loan follows from its rows without a replay: later payments move no
    instalment that had fallen due by then and leave the sum of the principal, and an instalment once settled bears no
    more late interest. `at_the_end` is the loan after its last entry.
    """
    terms, standing = loan.terms, loan.journal.standing
    if (
        loan.rules.interest is not InterestRule.BY_PLAN
        or terms.tranches
        or terms.payment_free_instalments
        or [entry.amount for entry in loan.journal.payouts] != [loan.plan().paid_out]
        or not all(isinstance(entry, Payout | Payment) for entry in standing)
    ):
        return None
    beyond = {*at_the_end.early, *[lot.payment_id for lot in at_the_end.settling.lots if lot.left or lot.refunded]}
    return min([entry.on for entry in standing if entry.id in beyond], default=date.max) if beyond else date.max


def facts_of(loan: Loan, as_of: date) -> LoanFacts | None:
    """The facts of a loan on a day, by replaying its journal; None where it owes neither principal nor arrears."""
    paid_out_on = loan.paid_out_on
    if paid_out_on is None or paid_out_on > as_of:
        return None
    run = Replay(loan.terms, loan.rules, loan.journal, as_of)
    overdue = overdue_principal = 0
    since = run.overdue_since
    if since is not None:
        for line in run.lines:
            if line.due_on < as_of:
                overdue += line.left
                overdue_principal += line.principal_left
        overdue += sum(claim.left for claim in run.settling.claims if claim.due_on < as_of)
    outstanding = run.outstanding
    if not outstanding and not overdue:
        return None
    return LoanFacts(
        loan.id,
        loan.borrower_id,
        outstanding,
        overdue,
        overdue_principal,
        0 if since is None else (as_of - since).days,
        run.is_restructured,
    )


def flows_of(loan: Loan, first: date, last: date) -> LoanFlows | None:
    """What happened on a loan from `first` to `last`, both included; None where it was not paid out by then.

    What was written off fell due all the same: it counts as due and unpaid.
    """
    paid_out_on = loan.paid_out_on
    if paid_out_on is None or paid_out_on > last:
        return None
    run = Replay(loan.terms, loan.rules, loan.journal, last)
    before = first - timedelta(days=1)
    earlier = Replay(loan.terms, loan.rules, loan.journal, before).outstanding if paid_out_on <= before else 0
    losses = [entry for entry in loan.journal.standing if isinstance(entry, WriteOff) and entry.on <= last]
    asked = run if not losses else Replay(loan.terms, loan.rules, _without_losses(loan.journal, run), last)
    lines = [line for line in asked.lines if first <= line.due_on <= last]
    return LoanFlows(
        loan.id,
        earlier,
        run.outstanding,
        sum(line.due[PRINCIPAL] + line.due[INTEREST] for line in lines),
        sum(line.paid[PRINCIPAL] + line.paid[INTEREST] for line in lines),
        sum(run.effects[entry.id][PRINCIPAL] for entry in losses if entry.on >= first),
        sum(
            entry.amount.minor
            for entry in loan.journal.standing
            if isinstance(entry, Recovery) and first <= entry.on <= last
        ),
    )


def outstanding(facts: Iterable[LoanFacts], currency: Currency) -> Money:
    """The outstanding portfolio: principal that borrowers owe, what was written off left out (CGAP: gross portfolio)."""
    return Money(sum(one.outstanding_minor for one in facts), currency)


def number_of_loans(facts: Iterable[LoanFacts]) -> int:
    """How many loans have principal outstanding."""
    return sum(one.outstanding_minor > 0 for one in facts)


def number_of_borrowers(facts: Iterable[LoanFacts]) -> int:
    """How many borrowers have principal outstanding, each counted once (CGAP: active borrowers)."""
    return len({one.borrower_id for one in facts if one.outstanding_minor > 0})


def overdue(facts: Iterable[LoanFacts], currency: Currency) -> Money:
    """Principal, interest and fees that fell due before the day and are unpaid; late interest left out."""
    return Money(sum(one.overdue_minor for one in facts), currency)


def at_risk(facts: Iterable[LoanFacts], days: int) -> tuple[LoanFacts, ...]:
    """The loans with anything more than so many days past due."""
    return tuple(one for one in facts if one.days_past_due > days)


def portfolio_at_risk(facts: Sequence[LoanFacts], days: int) -> Decimal | None:
    """PAR: outstanding principal of loans with anything more than `days` past due ÷ outstanding principal.

    The whole principal of such a loan counts, not only what is overdue of it.
    """
    return _percent(_principal(at_risk(facts, days)), _principal(facts))


def arrears_rate(facts: Sequence[LoanFacts]) -> Decimal | None:
    """Overdue principal ÷ outstanding principal (CGAP: arrears rate)."""
    return _percent(sum(one.overdue_principal_minor for one in facts), _principal(facts))


def restructured_share(facts: Sequence[LoanFacts]) -> Decimal | None:
    """Outstanding principal of loans with a new plan for a borrower in difficulty ÷ outstanding principal."""
    return _percent(_principal(restructured(facts)), _principal(facts))


def restructured(facts: Iterable[LoanFacts]) -> tuple[LoanFacts, ...]:
    """The restructured loans among them."""
    return tuple(one for one in facts if one.is_restructured)


def repayment_rate(flows: Iterable[LoanFlows]) -> Decimal | None:
    """Of the principal and interest that fell due in the period, what was paid by its end (CGAP: collection rate).

    Principal that was repaid early counts as due with the instalment in whose period it came.
    """
    flows = tuple(flows)
    return _percent(sum(one.paid_of_it_minor for one in flows), sum(one.fell_due_minor for one in flows))


def written_off(flows: Iterable[LoanFlows], currency: Currency) -> Money:
    """Principal written off in the period; what was recovered is not deducted."""
    return Money(sum(one.written_off_minor for one in flows), currency)


def recovered(flows: Iterable[LoanFlows], currency: Currency) -> Money:
    """Money that came in during the period on what had been written off."""
    return Money(sum(one.recovered_minor for one in flows), currency)


def write_off_ratio(flows: Sequence[LoanFlows]) -> Decimal | None:
    """Principal written off in the period ÷ average outstanding principal (CGAP: write-off ratio).

    The average is that of the day before the period and its last day.
    """
    average_times_two = sum(one.outstanding_before_minor + one.outstanding_after_minor for one in flows)
    return _percent(2 * sum(one.written_off_minor for one in flows), average_times_two)


def _principal(facts: Iterable[LoanFacts]) -> int:
    return sum(one.outstanding_minor for one in facts)


def _percent(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) * 100 / Decimal(whole)).quantize(_HUNDREDTH, ROUND_HALF_UP) if whole else None


def _without_losses(journal: Journal, run: Replay) -> Journal:
    """The journal as if nothing had been lost; what was paid and given back by then was not paid, for it may be no credit."""
    gone = {entry.id for entry in journal.entries if isinstance(entry, WriteOff | Recovery | Refund)}
    given_back = {lot.payment_id: lot.refunded for lot in run.settling.lots}
    entries: list[Entry] = []
    for entry in journal.entries:
        if entry.id in gone or (isinstance(entry, Reversal) and entry.of in gone):
            continue
        if isinstance(entry, Payment) and given_back.get(entry.id):
            left = entry.amount.minor - given_back[entry.id]
            if not left:
                continue
            entry = replace(entry, amount=Money(left, entry.amount.currency))
        entries.append(entry)
    return Journal(tuple(entries))
