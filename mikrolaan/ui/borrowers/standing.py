"""How a borrower stands across all loans: what is owed, what is due next, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.loan import Step
from mikrolaan.domain.money import Currency, Money, total
from mikrolaan.domain.statement import Status
from mikrolaan.i18n import _, current_language, pgettext
from mikrolaan.services.rows import LoanRow
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.cards import State
from mikrolaan.ui.words import status_state, step_state


def outstanding(loans: Sequence[LoanRow], currency: Currency) -> Money:
    """Principal outstanding on all the loans together."""
    return total([loan.outstanding for loan in loans], currency)


def next_due_on(loans: Sequence[LoanRow]) -> date | None:
    """The earliest day on which something unpaid is or was due."""
    days = [loan.next_due_on for loan in loans if loan.next_due_on is not None and loan.step is Step.REPAYING]
    return min(days, default=None)


def borrower_state(loans: Sequence[LoanRow]) -> State:
    """The case in one word: the loan that needs most attention speaks for all."""
    standing = {loan.status for loan in loans}
    for status in (Status.OVERDUE, Status.CURRENT):
        if status in standing:
            return status_state(status)
    waiting = [loan for loan in loans if loan.step is not Step.CLOSED]
    if waiting:
        return step_state(waiting[0].step)
    if loans:
        return State(pgettext("borrower state", "All loans closed"), "check-circle", "muted")
    return State(pgettext("borrower state", "No loans yet"), "circle-dashed", "muted")


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something to do, and where it is done."""

    text: str
    icon: str
    tone: str
    word: str  # of the link
    place: Destination


def next_steps(borrower: Borrower, loans: Sequence[LoanRow], today: date) -> list[NextStep]:
    """What the case waits for, the most pressing first."""
    steps = [step for loan in loans if (step := _of_loan(loan, today)) is not None]
    steps.sort(key=lambda step: step.tone != "bad")
    if borrower.person.identity_number is None:
        steps.append(
            NextStep(
                _("The identity number is not known yet."),
                "identification-card",
                "muted",
                _("Fill in"),
                Destination("borrower", borrower.id, "person"),
            )
        )
    if not loans:
        steps.append(
            NextStep(
                _("There is no loan yet."),
                "calculator",
                "primary",
                _("Work out a loan"),
                Destination("calculator", borrower.id),
            )
        )
    return steps


def _of_loan(loan: LoanRow, today: date) -> NextStep | None:
    if loan.step is Step.CLOSED:
        return None
    place = Destination("loan", loan.id)
    number = loan.number
    if loan.step is Step.REPAYING:
        due = loan.next_due_on
        if due is None:
            return None
        day = current_language().date(due)
        if due < today:
            return NextStep(
                _("Loan {number}: unpaid since {day}.").format(number=number, day=day),
                "warning",
                "bad",
                pgettext("act", "Open"),
                place,
            )
        return NextStep(
            _("Loan {number}: next payment on {day}.").format(number=number, day=day),
            "calendar-blank",
            "muted",
            pgettext("act", "Open"),
            place,
        )
    text = {
        Step.ENQUIRY: _("Loan {number}: make the application."),
        Step.APPLICATION: _("Loan {number}: make the application."),
        Step.GROUP_VIEW: _("Loan {number}: ask the group."),
        Step.DECISION: _("Loan {number}: decide on the application."),
        Step.CONTRACT: _("Loan {number}: issue the contract."),
        Step.SIGNED: _("Loan {number}: have the contract signed."),
        Step.PAID_OUT: _("Loan {number}: pay out."),
    }[loan.step]
    return NextStep(text.format(number=number), "hourglass", "warn", pgettext("act", "Open"), place)
