"""The figures of the portfolio as people read them: word, value, definition, and the loans behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from mikrolaan.domain import portfolio
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.portfolio import PAR_DAYS, LoanFacts, LoanFlows
from mikrolaan.i18n import _, current_language
from mikrolaan.services.portfolio_rows import PortfolioLoan


@dataclass(frozen=True, slots=True)
class PortfolioFacts:
    """What the figures are computed from."""

    as_of: date
    since: date  # the first day of the period that ends on `as_of`
    facts: tuple[LoanFacts, ...]
    flows: tuple[LoanFlows, ...]


@dataclass(frozen=True, slots=True)
class Amounts:
    """What one loan adds to a figure."""

    loan_id: UUID
    part: Money
    whole: Money | None = None  # of a ratio: what the loan adds below the line
    days: int = 0  # past due


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its definition and the loans behind it, the largest part first."""

    key: str
    word: str
    value: str
    definition: str
    behind: tuple[Amounts, ...]


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One loan behind a figure, with its name."""

    loan: PortfolioLoan
    amounts: Amounts

    def sort_value(self, key: str) -> int | str:
        """What the list sorts by."""
        whole = self.amounts.whole
        values: dict[str, int | str] = {
            "number": self.loan.number,
            "borrower": self.loan.borrower.casefold(),
            "group": self.loan.group.casefold(),
            "part": self.amounts.part.minor,
            "whole": whole.minor if whole is not None else 0,
            "days": self.amounts.days,
        }
        return values[key]


def figures(told: PortfolioFacts, currency: Currency) -> list[Figure]:
    """Every figure of the day and the period."""
    return [*_stock(told, currency), *_quality(told, currency), *_of_period(told, currency)]


def _stock(told: PortfolioFacts, currency: Currency) -> list[Figure]:
    speaks, facts = current_language(), told.facts
    owing = [one for one in facts if one.outstanding_minor]
    part = _outstanding(currency)
    return [
        Figure(
            "outstanding",
            _("Outstanding"),
            speaks.money(portfolio.outstanding(facts, currency)),
            _("Principal that borrowers owe. What was written off is left out."),
            _behind(owing, part),
        ),
        Figure(
            "loans",
            _("Loans"),
            speaks.number(portfolio.number_of_loans(facts)),
            _("Loans with principal outstanding."),
            _behind(owing, part),
        ),
        Figure(
            "borrowers",
            _("Borrowers"),
            speaks.number(portfolio.number_of_borrowers(facts)),
            _("Borrowers with principal outstanding; one with several loans counts once."),
            _behind(owing, part),
        ),
    ]


def _quality(told: PortfolioFacts, currency: Currency) -> list[Figure]:
    facts = told.facts
    part = _outstanding(currency)
    of_par = [
        Figure(
            f"par{days}",
            _("PAR {days}").format(days=days),
            _percent(portfolio.portfolio_at_risk(facts, days)),
            _(
                "Portfolio at risk: outstanding principal of loans with anything more than {days} days past due, "
                "divided by all outstanding principal. The whole principal of such a loan counts."
            ).format(days=days),
            _behind(portfolio.at_risk(facts, days), part),
        )
        for days in PAR_DAYS
    ]
    late = [one for one in facts if one.overdue_minor]

    def overdue_of(one: LoanFacts) -> Amounts:
        overdue = Money(one.overdue_minor, currency)
        return Amounts(one.loan_id, overdue, Money(one.outstanding_minor, currency), one.days_past_due)

    def overdue_principal(one: LoanFacts) -> Amounts:
        overdue = Money(one.overdue_principal_minor, currency)
        return Amounts(one.loan_id, overdue, Money(one.outstanding_minor, currency), one.days_past_due)

    return [
        *of_par,
        Figure(
            "overdue",
            _("Overdue"),
            current_language().money(portfolio.overdue(facts, currency)),
            _("Principal, interest and fees that fell due before the day and are unpaid. Late interest is left out."),
            _behind(late, overdue_of),
        ),
        Figure(
            "arrears-rate",
            _("Arrears rate"),
            _percent(portfolio.arrears_rate(facts)),
            _("Overdue principal, divided by all outstanding principal."),
            _behind([one for one in late if one.overdue_principal_minor], overdue_principal),
        ),
        Figure(
            "restructured",
            _("Restructured"),
            _percent(portfolio.restructured_share(facts)),
            _(
                "Outstanding principal of loans that got a new plan because of payment difficulties, divided by all "
                "outstanding principal."
            ),
            _behind([one for one in portfolio.restructured(facts) if one.outstanding_minor], part),
        ),
    ]


def _of_period(told: PortfolioFacts, currency: Currency) -> list[Figure]:
    flows = told.flows
    speaks = current_language()
    period = {"first": speaks.date(told.since), "last": speaks.date(told.as_of)}

    def paid(one: LoanFlows) -> Amounts:
        return Amounts(one.loan_id, Money(one.paid_of_it_minor, currency), Money(one.fell_due_minor, currency))

    def lost(one: LoanFlows) -> Amounts:
        average = (one.outstanding_before_minor + one.outstanding_after_minor) // 2
        return Amounts(one.loan_id, Money(one.written_off_minor, currency), Money(average, currency))

    def recovered(one: LoanFlows) -> Amounts:
        return Amounts(one.loan_id, Money(one.recovered_minor, currency))

    return [
        Figure(
            "repayment-rate",
            _("Repayment rate"),
            _percent(portfolio.repayment_rate(flows)),
            _(
                "Of the principal and interest that fell due from {first} to {last}: the share that was paid by the end. "
                "What was written off counts as due and unpaid."
            ).format(**period),
            _behind([one for one in flows if one.fell_due_minor], paid),
        ),
        Figure(
            "write-off-ratio",
            _("Write-off ratio"),
            _percent(portfolio.write_off_ratio(flows)),
            _(
                "Principal written off from {first} to {last}, divided by the average of the outstanding principal "
                "before the period and at its end."
            ).format(**period),
            _behind([one for one in flows if one.written_off_minor], lost),
        ),
        Figure(
            "recovered",
            _("Recovered"),
            speaks.money(portfolio.recovered(flows, currency)),
            _("Money that came in from {first} to {last} on what had been written off.").format(**period),
            _behind([one for one in flows if one.recovered_minor], recovered),
        ),
    ]


def _outstanding(currency: Currency) -> Callable[[LoanFacts], Amounts]:
    def of_loan(one: LoanFacts) -> Amounts:
        return Amounts(one.loan_id, Money(one.outstanding_minor, currency), days=one.days_past_due)

    return of_loan


def _behind(loans: Iterable[LoanFacts] | Iterable[LoanFlows], amounts: Callable[..., Amounts]) -> tuple[Amounts, ...]:
    return tuple(sorted(map(amounts, loans), key=lambda one: one.part.minor, reverse=True))


def _percent(ratio: Decimal | None) -> str:
    return "–" if ratio is None else current_language().percent(ratio)
