"""A loan as it is expected to run: today's statement with the instalments that a new rate to come will ask for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from mikrolaan.domain.journal import Payment, RateChange
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.money import Money
from mikrolaan.domain.particulars import Particulars, SettledMinor
from mikrolaan.domain.replay import Replay
from mikrolaan.domain.statement import Statement, lines_of


def rates_to_come(loan: Loan, as_of: date) -> tuple[RateChange, ...]:
    """The changes of rate that are agreed for days after that one, by day; none where something else follows too."""
    later = [entry for entry in loan.journal.standing if entry.on > as_of]
    changes = tuple(entry for entry in later if isinstance(entry, RateChange))
    return changes if len(changes) == len(later) else ()


def expected(loan: Loan, told: Statement) -> Statement:
    """The statement with each instalment that falls due after a change to come as it will then be.

    What is paid, owed and overdue stays as of its day. It is supposed that all that is due is paid on every due date:
    interest by day depends on it.
    """
    changes, lines = rates_to_come(loan, told.as_of), told.particulars.lines
    if not changes or not lines:
        return told
    run = _KeptUp(loan, told.as_of, max(changes[-1].on, *(line.due_on for line in lines)))
    joining = {line.number: line.capitalised for line in run.lines}
    then = {line.number: line._replace(capitalised=joining[line.number]) for line in lines_of(loan, run)}
    told_lines = tuple([_as_it_will_be(line, then) if line.due_on > changes[0].on else line for line in lines])
    particulars = told.particulars
    return replace(told, particulars=Particulars(particulars.currency, lambda: told_lines, particulars.read_entries))


def _as_it_will_be(line: SettledMinor, then: dict[int, SettledMinor]) -> SettledMinor:
    """The line of that day, with what is paid of it by now."""
    if line.number not in then:
        return line
    later = then[line.number]
    paid = line.paid_principal + line.paid_interest + line.paid_fees
    return later._replace(
        left=later.principal + later.interest + later.fees - paid,
        paid_principal=line.paid_principal,
        paid_interest=line.paid_interest,
        paid_fees=line.paid_fees,
        paid_late=line.paid_late,
        paid_on=line.paid_on,
    )


class _KeptUp(Replay):
    """The replay of a loan of which everything is paid on its due date, from a day on."""

    def __init__(self, loan: Loan, as_of: date, until: date) -> None:
        self._as_of, self._recorded = as_of, loan.journal.payouts[0].recorded
        super().__init__(loan.terms, loan.rules, loan.journal, until)

    def _advance(self, to: date) -> None:
        for day in sorted({line.due_on for line in self.lines if max(self._as_of, self.day) < line.due_on <= to}):
            super()._advance(day)
            asked = self.due_unpaid + self.late_interest - self.settling.credit
            if asked > 0:
                amount = Money(asked, self.terms.currency)
                self._live(Payment(UUID(int=day.toordinal()), day, amount, self._recorded))
        super()._advance(to)
