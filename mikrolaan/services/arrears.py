"""What an officer can do about arrears: see who is overdue and what comes next, record contacts, promises and steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from mikrolaan.domain.answering import answering, guarantors_notice_due_on, notice_proposed_on, still_to_tell
from mikrolaan.domain.arrears import Age, arrears_of
from mikrolaan.domain.audit import Act
from mikrolaan.domain.collection_fees import FeeTable
from mikrolaan.domain.dunning import Case, NextStep, Steps, checked_letters_from, checked_steps, fee_of, next_step
from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.domain.follow_up import (
    Contact,
    ContactKind,
    Promise,
    PromiseState,
    StepKind,
    StepTaken,
    promise_state,
)
from mikrolaan.domain.guarantee_rules import GuaranteeRules
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.money import Money
from mikrolaan.domain.office import Role
from mikrolaan.domain.unit_of_work import UnitOfWork
from mikrolaan.services.arrears_rows import AgeTotal, ArrearsFilter, ArrearsRow, FollowUp, LogLine
from mikrolaan.services.desk import Desk
from mikrolaan.services.guarantors import rules_in
from mikrolaan.services.law_tables import fees_in_force
from mikrolaan.services.queries import Order, Slice

EVERY = Slice(0, 1_000_000)
SPOKEN = frozenset({ContactKind.CALL, ContactKind.MEETING})  # what counts as the friendly call


@dataclass(eq=False)
class StepWaits(RuleError):
    """The step does not come next, or may not be taken before that day; None: it does not come at all."""

    kind: StepKind
    earliest_on: date | None
    field: str = ""


@dataclass(eq=False)
class TooLittleForLetter(RuleError):
    """Less is overdue than the office sends letters about."""

    letters_from: Money
    field: str = ""


@dataclass(frozen=True, slots=True)
class ArrearsLine:
    """One overdue loan with what comes next."""

    row: ArrearsRow
    next: NextStep | None  # None: every step has been taken
    fee: Money | None  # what the next letter costs the borrower when it is sent on its first day or today
    promise: Promise | None  # the latest that was not taken back
    promise_state: PromiseState | None
    last_contact_on: date | None
    guarantors_due_on: date | None  # the first of the last days for notice to those who answer for it
    to_tell: int  # how many of them are still to be told
    notices_from: (
        date | None
    )  # from when the office proposes to tell them; None: nobody is to be told, or of too little


@dataclass(frozen=True, slots=True)
class DueToday:
    """What a run of letters would send, the longest overdue first; a loan may stand on both lists."""

    letters: list[ArrearsLine]
    notices: list[ArrearsLine]  # with one notice or more to those who answer for the loan


class ArrearsService:
    """Overdue loans and what is done about them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # -- looking

    def count(self, chosen: ArrearsFilter) -> int:
        """How many loans are overdue today."""
        return self._desk.queries.count_arrears(chosen)

    def totals(self, search: str = "") -> dict[Age, AgeTotal]:
        """Loans and amounts by age."""
        return self._desk.queries.age_totals(search)

    def page(self, chosen: ArrearsFilter, order: Order, part: Slice) -> list[ArrearsLine]:
        """One page of overdue loans, each with its next step."""
        return self._lines(self._desk.queries.arrears(chosen, order, part))

    def line(self, loan_id: UUID) -> ArrearsLine | None:
        """The loan with its next step; None where it is not overdue."""
        return next((line for line in self.page(ArrearsFilter(), Order(), EVERY) if line.row.loan_id == loan_id), None)

    def letters_due(self) -> list[ArrearsLine]:
        """The overdue loans whose next step is a letter that may be sent today, the longest overdue first."""
        return self.due_today().letters

    def due_today(self) -> DueToday:
        """The overdue loans with a letter that may be sent today, and those whose guarantors should be told now."""
        today = self._desk.today()
        lines = self.page(ArrearsFilter(), Order(), EVERY)
        return DueToday(
            [line for line in lines if line.next and line.next.step.kind.is_letter and line.next.is_open(today)],
            [line for line in lines if line.notices_from is not None and line.notices_from <= today],
        )

    def log(self, loan_id: UUID) -> Sequence[LogLine]:
        """Everything that was done about a loan, the latest first."""
        return self._desk.queries.contact_log(loan_id)

    def steps(self) -> Steps:
        """The office's steps."""
        with self._desk.reading() as unit:
            return unit.follow_up.steps()

    def letters_from(self) -> Money:
        """The smallest overdue amount that the office sends letters about."""
        with self._desk.reading() as unit:
            return unit.follow_up.letters_from()

    # -- acting

    def record_contact(self, loan_id: UUID, kind: ContactKind, on: date, *, who: str = "", note: str = "") -> Contact:
        """Keep a line in the log; where the friendly call comes next, having spoken with the borrower is that step."""
        self._desk.require(Role.ADVISER, Role.BOOKKEEPER)
        self._not_later("on", on)
        contact = Contact(uuid4(), loan_id, on, kind, who, note, self._desk.recorded())
        with self._desk.open_unit(Act.CONTACT_RECORDED) as unit:
            loan = unit.loans.get(loan_id)
            unit.follow_up.add_contact(contact)
            coming = self.coming(unit, loan)
            if kind in SPOKEN and coming is not None and coming.step.kind is StepKind.CALL:
                unit.follow_up.add_step(StepTaken(uuid4(), loan_id, StepKind.CALL, on, self._desk.recorded()))
            unit.commit()
        return contact

    def record_promise(self, loan_id: UUID, amount: Money, due_on: date, *, note: str = "") -> Promise:
        """Keep the borrower's word to pay; the next step waits until its day has passed."""
        self._desk.require(Role.ADVISER, Role.BOOKKEEPER)
        today = self._desk.today()
        promise = Promise(uuid4(), loan_id, today, due_on, amount, note, self._desk.recorded())
        with self._desk.open_unit(Act.PROMISE_RECORDED) as unit:
            unit.loans.get(loan_id)
            unit.follow_up.add_promise(promise)
            unit.commit()
        return promise

    def take_back_promise(self, promise_id: UUID) -> Promise:
        """Let a promise count no more: it was recorded by mistake or another took its place; it stays in the log."""
        self._desk.require(Role.ADVISER, Role.BOOKKEEPER)
        with self._desk.open_unit(Act.PROMISE_TAKEN_BACK) as unit:
            promise = unit.follow_up.promise(promise_id).taken_back(self._desk.today())
            unit.follow_up.save_promise(promise)
            unit.commit()
        return promise

    def hand_over(self, loan_id: UUID, *, note: str) -> StepTaken:
        """Note that the loan was handed over to a collector or the court; StepWaits when that does not come yet."""
        self._desk.require(Role.APPROVER, Role.BOOKKEEPER)
        if not note.strip():
            raise InvalidValue("note", Problem.MISSING)
        today = self._desk.today()
        with self._desk.open_unit(Act.STEP_TAKEN) as unit:
            coming = self.coming(unit, unit.loans.get(loan_id))
            if coming is None or coming.step.kind is not StepKind.HANDING_OVER or not coming.is_open(today):
                raise StepWaits(StepKind.HANDING_OVER, coming.earliest_on if coming else None)
            taken = StepTaken(uuid4(), loan_id, StepKind.HANDING_OVER, today, self._desk.recorded(), note=note)
            unit.follow_up.add_step(taken)
            unit.commit()
        return taken

    def change_steps(self, steps: Steps) -> Steps:
        """Let the office work by other steps from now on; InvalidValue where the law forbids one."""
        self._desk.require(Role.ADMINISTRATOR)
        with self._desk.open_unit(Act.DUNNING_STEPS_CHANGED) as unit:
            unit.follow_up.keep_steps(checked_steps(steps, unit.office.get().country, self._desk.today()))
            unit.commit()
        return steps

    def change_letters_from(self, amount: Money) -> Money:
        """Let no letter be sent while less than this is overdue on a loan; zero lets every letter go."""
        self._desk.require(Role.ADMINISTRATOR)
        with self._desk.open_unit(Act.DUNNING_STEPS_CHANGED) as unit:
            unit.follow_up.keep_letters_from(checked_letters_from(amount))
            unit.commit()
        return amount

    def coming(self, unit: UnitOfWork, loan: Loan) -> NextStep | None:
        """What comes next on a loan as the unit sees it; None where nothing is overdue or every step was taken."""
        today = self._desk.today()
        case = case_of(unit, loan, today)
        return None if case is None else next_step(unit.follow_up.steps(), case, fees_in_force(unit), today)

    def _lines(self, rows: Sequence[ArrearsRow]) -> list[ArrearsLine]:
        if not rows:
            return []
        with self._desk.reading() as unit:
            steps, least, table = unit.follow_up.steps(), unit.follow_up.letters_from(), fees_in_force(unit)
            rules = rules_in(unit, self._desk.today())
        done = self._desk.queries.follow_ups([row.loan_id for row in rows])
        nothing = FollowUp()
        return [self._line(row, done.get(row.loan_id, nothing), steps, least, table, rules) for row in rows]

    def _line(
        self, row: ArrearsRow, done: FollowUp, steps: Steps, least: Money, table: FeeTable, rules: GuaranteeRules
    ) -> ArrearsLine:
        today = self._desk.today()
        case = Case(row.since, done.taken, done.promises, row.may_charge, row.overdue_minor < least.minor)
        coming = next_step(steps, case, table, today)
        people = answering(done.bindings, done.members, row.liability, row.overdue, today)
        told = (done.notices, done.told_all_on, rules)
        waiting = still_to_tell(row.since, people, *told)
        proposed = [] if case.is_small else [notice_proposed_on(one, row.since, rules) for one in waiting]
        standing = [promise for promise in done.promises if promise.taken_back_on is None]
        promise = standing[-1] if standing else None
        return ArrearsLine(
            row,
            coming,
            None if coming is None else fee_of(coming.step, case, table, max(today, coming.earliest_on)),
            promise,
            None if promise is None else promise_state(promise, done.paid, today),
            done.last_contact_on,
            guarantors_notice_due_on(row.since, people, *told),
            len(waiting),
            min(proposed, default=None),
        )

    def _not_later(self, field: str, day: date) -> None:
        if day > self._desk.today():
            raise InvalidValue(field, Problem.TOO_LATE, self._desk.today())


def case_of(unit: UnitOfWork, loan: Loan, today: date) -> Case | None:
    """What decides the next step on a loan; None where nothing is overdue."""
    arrears = arrears_of(loan, today)
    if arrears is None:
        return None
    follow_up = unit.follow_up
    return Case(
        arrears.since,
        follow_up.steps_of(loan.id),
        follow_up.promises_of(loan.id),
        loan.rules.reminder_fees,
        arrears.overdue.minor < follow_up.letters_from().minor,
    )
