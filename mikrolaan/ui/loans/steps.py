"""A loan's steps as the step bar shows them, and what the present one waits for."""

from __future__ import annotations

from mikrolaan.domain.loan import Loan, Outcome, Step
from mikrolaan.i18n import _
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.step_bar import Missing, StepState
from mikrolaan.ui.widgets.step_bar import Step as ShownStep
from mikrolaan.ui.words import step_word

NEXT = "next"  # the tab of a destination that means: do the next act
ANEW = "anew"  # and: make the contract once more


def shown_steps(loan: Loan) -> list[ShownStep]:
    """Every step from enquiry to closed; the group's view only where the loan is given in a group's context."""
    steps = [step for step in Step if step is not Step.GROUP_VIEW or loan.group_id is not None]
    at = steps.index(_reached(loan))
    return [ShownStep(step_word(step), _state(number, at, loan.step)) for number, step in enumerate(steps)]


def _reached(loan: Loan) -> Step:
    """The step that is marked as the present one; a loan that ended early stays marked where it ended."""
    if loan.step is not Step.CLOSED or loan.is_settled:
        return loan.step
    if loan.decision is not None and loan.decision.outcome is Outcome.REFUSED:
        return Step.DECISION
    if loan.signed_on is not None:
        return Step.PAID_OUT
    if loan.contract is not None:
        return Step.SIGNED
    return Step.CONTRACT if loan.decision is not None else Step.DECISION


def _state(number: int, at: int, step: Step) -> StepState:
    if number < at or (number == at and step is Step.CLOSED):
        return StepState.DONE
    return StepState.CURRENT if number == at else StepState.AHEAD


def missing(loan: Loan, *, contract_is_current: bool = True) -> list[Missing]:
    """What the present step waits for, as a link that does it."""
    if not contract_is_current:
        return [Missing(_("a contract with the guarantors as they are now"), Destination("loan", loan.id, ANEW))]
    words = {
        Step.GROUP_VIEW: _("what the group says"),
        Step.DECISION: _("the office's decision"),
        Step.CONTRACT: _("a contract on paper"),
        Step.SIGNED: _("everybody's signature"),
        Step.PAID_OUT: _("the payout"),
    }.get(loan.step)
    return [Missing(words, Destination("loan", loan.id, NEXT))] if words else []
