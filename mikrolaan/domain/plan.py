"""The plan: the instalments that the terms give, with dates and exact amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mikrolaan.domain.due_dates import DueDates, due_dates
from mikrolaan.domain.edited_plan import columns_of, drafted
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import LARGEST_MINOR, Money
from mikrolaan.domain.schedule import Columns
from mikrolaan.domain.terms import FeePaid, Terms


@dataclass(frozen=True, slots=True)
class Instalment:
    """One row of a plan: what falls due on one date, and what is owed after it."""

    number: int
    due_on: date
    principal: Money
    interest: Money
    fees: Money
    balance: Money  # principal outstanding after the instalment is paid

    @property
    def due(self) -> Money:
        """What the borrower pays: principal + interest + fees."""
        return Money(self.principal.minor + self.interest.minor + self.fees.minor, self.principal.currency)


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole repayment plan of one loan.

    Kept as columns of whole numbers, one place per instalment; the instalments themselves are made when they are
    first asked for, since most plans are made for a figure or two.
    """

    terms: Terms
    due_on: tuple[date, ...]
    principals_minor: tuple[int, ...]
    interests_minor: tuple[int, ...]
    fees_minor: tuple[int, ...]
    balances_minor: tuple[int, ...]  # principal outstanding after each instalment is paid
    _instalments: tuple[Instalment, ...] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def instalments(self) -> tuple[Instalment, ...]:
        """The rows of the plan."""
        if self._instalments is None:
            object.__setattr__(self, "_instalments", tuple(map(self._instalment, range(len(self.due_on)))))
        assert self._instalments is not None
        return self._instalments

    def _instalment(self, place: int) -> Instalment:
        currency = self.terms.currency
        return Instalment(
            place + 1,
            self.due_on[place],
            Money(self.principals_minor[place], currency),
            Money(self.interests_minor[place], currency),
            Money(self.fees_minor[place], currency),
            Money(self.balances_minor[place], currency),
        )

    @property
    def principal(self) -> Money:
        """What is to be repaid: the sum of all principal, capitalised interest and added fee included."""
        return Money(sum(self.principals_minor), self.terms.currency)

    @property
    def interest(self) -> Money:
        """The sum of all interest."""
        return Money(sum(self.interests_minor), self.terms.currency)

    @property
    def fees(self) -> Money:
        """The sum of the fees that fall due with instalments."""
        return Money(sum(self.fees_minor), self.terms.currency)

    @property
    def due(self) -> Money:
        """The sum of all that falls due."""
        return self.principal + self.interest + self.fees

    @property
    def largest_due(self) -> Money:
        """The largest of all that falls due on one day."""
        dues = map(sum, zip(self.principals_minor, self.interests_minor, self.fees_minor, strict=True))
        return Money(max(dues), self.terms.currency)

    @property
    def paid_out(self) -> Money:
        """What the borrower receives: the principal, less an establishment fee that is kept back."""
        if self.terms.establishment_fee_paid is FeePaid.DEDUCTED:
            return self.terms.principal - self.establishment_fee
        return self.terms.principal

    @property
    def establishment_fee(self) -> Money:
        """The establishment fee, however it is paid."""
        return Money(self.terms.establishment_fee_minor, self.terms.currency)

    @property
    def paid_separately(self) -> Money:
        """The part of the establishment fee that is paid by itself on the day of payout."""
        if self.terms.establishment_fee_paid is FeePaid.SEPARATELY:
            return self.establishment_fee
        return Money.zero(self.terms.currency)

    @property
    def total_cost(self) -> Money:
        """What the loan costs: all interest (capitalised included) and all fees, the establishment fee too.

        All that is paid, in instalments and by itself, less what was received.
        """
        return self.due + self.paid_separately - self.paid_out


@dataclass(frozen=True, slots=True)
class CashFlow:
    """Money that changes hands on a date: positive to the borrower, negative to the lender."""

    on: date
    amount: Money


def payout_flows(plan: Plan) -> tuple[CashFlow, ...]:
    """What changes hands apart from the instalments.

    A fee kept back lowers the first payout; a fee paid separately falls on the day of disbursement.
    """
    terms = plan.terms
    flows = [CashFlow(tranche.on, tranche.amount) for tranche in terms.tranches]
    if not flows:
        flows = [CashFlow(terms.disbursed_on, terms.principal)]
    if terms.establishment_fee_paid is FeePaid.DEDUCTED and terms.establishment_fee_minor:
        flows[0] = CashFlow(flows[0].on, flows[0].amount - plan.establishment_fee)
    if plan.paid_separately:
        flows.append(CashFlow(terms.disbursed_on, -plan.paid_separately))
    return tuple(flows)


def cash_flows(plan: Plan) -> tuple[CashFlow, ...]:
    """All that the borrower receives and pays when the plan is kept; default costs have no part in it."""
    return (*payout_flows(plan), *(CashFlow(row.due_on, -row.due) for row in plan.instalments if row.due))


def make_plan(terms: Terms, dates: DueDates | None = None) -> Plan:
    """The plan that the terms give.

    Interest of each instalment is rounded once, by the rounding of the terms; the regular instalment is a multiple
    of its rounding unit and the last one settles what is left (`schedule` states the formulas, `edited_plan` those of
    seasons and of agreed principals). An establishment fee due with the first instalment goes with the first that
    pays; the instalment fee with each that pays anything. InvalidValue when all that falls due is more than an amount
    can hold. `dates` are the due dates of the terms, where they are known already.
    """
    dates = dates or due_dates(terms)
    return _plan_of(terms, dates, columns_of(terms, dates))


def draft_plan(terms: Terms, principals_minor: Sequence[int]) -> Plan:
    """The plan with those principals, one for each instalment, whether or not they repay the loan.

    What is left over, or repaid too much, is its last balance. InvalidValue when all that falls due is more than an
    amount can hold.
    """
    dates = due_dates(terms)
    return _plan_of(terms, dates, drafted(terms, dates, principals_minor))


def _plan_of(terms: Terms, dates: DueDates, columns: Columns) -> Plan:
    principals, interests = columns.principals, columns.interests
    asked = sum(principals) + sum(interests) + terms.instalment_fee_minor * terms.instalments
    if asked + terms.establishment_fee_minor > LARGEST_MINOR:
        raise InvalidValue("principal", Problem.DOES_NOT_REPAY, Decimal(LARGEST_MINOR).scaleb(-2))
    fees: tuple[int, ...] = (0,) * len(principals)
    if terms.instalment_fee_minor:
        usual, pairs = terms.instalment_fee_minor, zip(principals, interests, strict=True)
        fees = tuple([usual if principal or interest else 0 for principal, interest in pairs])
    if terms.establishment_fee_minor and terms.establishment_fee_paid is FeePaid.FIRST_INSTALMENT:
        place = columns.first_paying
        fees = (*fees[:place], fees[place] + terms.establishment_fee_minor, *fees[place + 1 :])
    return Plan(terms, dates.due[: len(principals)], tuple(principals), tuple(interests), fees, tuple(columns.balances))
