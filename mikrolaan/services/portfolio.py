"""The figures of the portfolio on a day and in a period, and the loans behind each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from mikrolaan.domain.long_work import Cancelled, Progress
from mikrolaan.domain.money import Currency
from mikrolaan.domain.portfolio import LoanFacts, LoanFlows, facts_of, flows_of
from mikrolaan.services.desk import Desk
from mikrolaan.services.portfolio_rows import PortfolioLoan

TOLD_EVERY = 50  # loans between two looks at the cancel flag


class PortfolioService:
    """Facts from the projections where they hold on the day asked for, else by replaying the loan."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def facts(self, as_of: date, progress: Progress, cancelled: Cancelled) -> list[LoanFacts] | None:
        """Every loan that owes principal or arrears at the end of the day, as it is known now; None when cancelled."""
        facts, changed = self._desk.queries.kept_facts(as_of)
        for number, loan in enumerate(self._desk.queries.loans_until(changed, as_of)):
            if number % TOLD_EVERY == 0:
                if cancelled():
                    return None
                progress(number, len(changed))
            one = facts_of(loan, as_of)
            if one is not None:
                facts.append(one)
        return None if cancelled() else facts

    def flows(self, first: date, last: date, progress: Progress, cancelled: Cancelled) -> list[LoanFlows] | None:
        """What happened in the period, both days included, on every loan alive in it; None when cancelled."""
        before = self.facts(first - timedelta(days=1), _quiet, cancelled)
        after = self.facts(last, _quiet, cancelled)
        if before is None or after is None:
            return None
        owed_before = {one.loan_id: one.outstanding_minor for one in before}
        owed_after = {one.loan_id: one.outstanding_minor for one in after}
        kept, replayed = self._desk.queries.kept_flows(first, last)
        flows = [
            LoanFlows(
                one.loan_id,
                owed_before.get(one.loan_id, 0),
                owed_after.get(one.loan_id, 0),
                one.fell_due_minor,
                one.paid_of_it_minor,
                0,
                0,
            )
            for one in kept
        ]
        for number, loan in enumerate(self._desk.queries.loans_until(replayed, last)):
            if number % TOLD_EVERY == 0:
                if cancelled():
                    return None
                progress(number, len(replayed))
            one_more = flows_of(loan, first, last)
            if one_more is not None:
                flows.append(one_more)
        return None if cancelled() else flows

    def loans(self, loan_ids: Sequence[UUID]) -> dict[UUID, PortfolioLoan]:
        """Whose loans they are."""
        return self._desk.queries.portfolio_loans(loan_ids)

    def currency(self) -> Currency:
        """What the office lends in."""
        with self._desk.reading() as unit:
            return unit.office.get().currency


def _quiet(_done: int, _total: int) -> None:
    """The progress of a part that is short beside the whole."""
