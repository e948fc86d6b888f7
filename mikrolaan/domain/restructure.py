"""A new plan of what is outstanding: the old one ends on that day, and unpaid interest and fees can join it."""

from __future__ import annotations

from dataclasses import replace

from mikrolaan.domain.money import Money
from mikrolaan.domain.printed_plan import FEES, INTEREST, LATE, PRINCIPAL
from mikrolaan.domain.running_loan import RunningLoan
from mikrolaan.domain.running_plan import RunningPlan
from mikrolaan.domain.settling import Claim
from mikrolaan.domain.terms import Terms


def new_running_plan(loan: RunningLoan, terms: Terms, taken_in: int) -> tuple[RunningPlan, list[int], Claim | None]:
    """The plan by the new terms, what it took in (fees, late interest, interest), and interest left as a claim.

    `taken_in` joins the principal: first interest that is due, then what has run since, then fees, then late interest.
    What is left of the interest since the last due date is asked for with the first new instalment; what was paid ahead of
    it, for days that the new plan counts, is taken off the next. Lines of the old
    plan that have fallen due or were paid stay, without their unpaid principal; the others are gone.
    """
    outstanding, accrued, ahead = loan.outstanding, loan.accrued, loan.interest_ahead(terms.disbursed_on)
    principal = outstanding + taken_in  # less than was typed, where a payment was typed late
    multiple = min(terms.instalment_multiple_minor, principal)
    terms = replace(terms, principal=Money(principal, terms.currency), tranches=(), instalment_multiple_minor=multiple)
    plan = RunningPlan(terms)
    loan.settling.waive(plan.lines, [], INTEREST, ahead)
    first_due_on = plan.lines[0].due_on
    settling, left = loan.settling, taken_in
    joined = [0, 0, 0]
    due = [line for line in loan.lines if line.due_on <= loan.day]
    own_claims = list(settling.claims)

    def join(place: int, most: int) -> int:
        nonlocal left
        amount = min(left, most)
        left -= amount
        joined[place] += amount
        return amount

    join(INTEREST, sum(line.interest_left for line in due))
    join(INTEREST, sum(claim.left for claim in own_claims if claim.part == INTEREST))
    settling.waive(due, own_claims, INTEREST, joined[INTEREST])
    rest = accrued - join(INTEREST, accrued)
    most = sum(line.due[FEES] - line.paid[FEES] for line in due)
    most += sum(claim.left for claim in own_claims if claim.part == FEES)
    settling.waive(due, own_claims, FEES, join(FEES, most))
    settling.waive_late(join(LATE, loan.late_interest))
    for line in loan.lines:
        line.due[PRINCIPAL] = line.paid[PRINCIPAL]
        if line.due_on > loan.day:
            line.capitalised = 0
            line.due[INTEREST], line.due[FEES] = line.paid[INTEREST], line.paid[FEES]
    before = [line for line in loan.lines if line.due_on <= loan.day or line.is_touched]
    for number, line in enumerate([*before, *plan.lines], start=1):
        line.number = number
    plan.before = before
    return plan, joined, Claim(first_due_on, INTEREST, rest) if rest else None
