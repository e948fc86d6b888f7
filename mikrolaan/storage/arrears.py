"""What is done about arrears, in the office file: the office's steps, contacts, promises and the steps taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, delete, insert, select

from mikrolaan.domain.audit import Change
from mikrolaan.domain.dunning import DEFAULT_STEPS, LETTERS_FROM_MINOR, CountedFrom, DunningStep, Steps
from mikrolaan.domain.follow_up import Contact, ContactKind, Promise, StepKind, StepTaken
from mikrolaan.domain.identity import Country
from mikrolaan.domain.journal import Recorded
from mikrolaan.domain.money import Currency, Money
from mikrolaan.storage.audit import record_text
from mikrolaan.storage.records import Values, Work
from mikrolaan.storage.tables import contacts, dunning_amounts, dunning_steps, office, promises, steps_taken

CONTACT, PROMISE, STEP_TAKEN, STEPS = "contact", "promise", "step taken", "dunning steps"


class SqlFollowUps:
    """Keeps the steps of the office, and what was done on each loan; only a promise ever changes."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def steps(self) -> Steps:
        """The office's own steps in order; the usual ones where it has none."""
        rows = self._work.connection.execute(select(dunning_steps).order_by(dunning_steps.c.position)).all()
        return tuple(map(row_to_step, rows)) or DEFAULT_STEPS

    def keep_steps(self, steps: Steps) -> None:
        """Put these in place of the office's steps."""
        self._work.must_write()
        before = self.steps()
        self._work.connection.execute(delete(dunning_steps))
        rows = [{"position": position, **step_to_row(step)} for position, step in enumerate(steps, start=1)]
        self._work.connection.execute(insert(dunning_steps), rows)
        office_id = self._work.connection.execute(select(office.c.id)).scalar_one()
        self._work.changes.append(Change(STEPS, office_id, told_steps(before), told_steps(steps)))

    def letters_from(self) -> Money:
        """The smallest overdue amount that letters are sent about; the usual one where the office has none."""
        kept = self._work.connection.execute(select(dunning_amounts.c.letters_from_minor)).scalar()
        country = Country(self._work.connection.execute(select(office.c.country)).scalar_one())
        return Money(LETTERS_FROM_MINOR if kept is None else kept, country.currency)

    def keep_letters_from(self, amount: Money) -> None:
        """Put this in place of the office's smallest amount."""
        self._work.must_write()
        before = self.letters_from()
        self._work.connection.execute(delete(dunning_amounts))
        self._work.connection.execute(insert(dunning_amounts), [{"id": 1, "letters_from_minor": amount.minor}])
        office_id = self._work.connection.execute(select(office.c.id)).scalar_one()
        self._work.changes.append(Change(STEPS, office_id, _told_amount(before), _told_amount(amount)))

    def add_contact(self, contact: Contact) -> None:
        self._work.add(contacts, contact_to_row(contact), CONTACT)

    def add_promise(self, promise: Promise) -> None:
        self._work.add(promises, {**promise_to_row(promise), "version": 1}, PROMISE)

    def add_step(self, step: StepTaken) -> None:
        self._work.add(steps_taken, step_taken_to_row(step), STEP_TAKEN)

    def promise(self, promise_id: UUID) -> Promise:
        """The promise; NotFound when there is none."""
        return row_to_promise(self._work.row(promises, promise_id, PROMISE))

    def save_promise(self, promise: Promise) -> None:
        self._work.save(promises, promise_to_row(promise), PROMISE)

    def contacts_of(self, loan_id: UUID) -> Sequence[Contact]:
        return [row_to_contact(row) for row in self._of_loan(contacts, loan_id)]

    def promises_of(self, loan_id: UUID) -> Sequence[Promise]:
        return [row_to_promise(row) for row in self._of_loan(promises, loan_id)]

    def steps_of(self, loan_id: UUID) -> Sequence[StepTaken]:
        return [row_to_step_taken(row) for row in self._of_loan(steps_taken, loan_id)]

    def _of_loan(self, table: Table, loan_id: UUID) -> Sequence[Row[Any]]:
        of_loan = select(table).where(table.c.loan_id == loan_id)
        return self._work.connection.execute(of_loan.order_by(table.c.recorded_at)).all()


def step_to_row(step: DunningStep) -> Values:
    """The columns of one of the office's steps, its position left out."""
    return {
        "kind": step.kind.value,
        "days": step.days,
        "counted_from": step.counted_from.value,
        "deadline_days": step.deadline_days,
        "has_fee": step.has_fee,
    }


def row_to_step(row: Row[Any]) -> DunningStep:
    """One of the office's steps from its row."""
    return DunningStep(StepKind(row.kind), row.days, CountedFrom(row.counted_from), row.deadline_days, row.has_fee)


def told_steps(steps: Steps) -> str:
    """What the audit trail tells of the office's steps."""
    return record_text({"steps": [step_to_row(step) for step in steps]})


def _told_amount(amount: Money) -> str:
    return record_text({"letters_from_minor": amount.minor, "currency": amount.currency.value})


def contact_to_row(contact: Contact) -> Values:
    """The columns of a line of the contact log."""
    return {
        "id": contact.id,
        "loan_id": contact.loan_id,
        "on": contact.on,
        "contact_kind": contact.kind.value,
        "who": contact.who,
        "note": contact.note,
        **_recorded(contact.recorded),
    }


def row_to_contact(row: Row[Any]) -> Contact:
    """A line of the contact log from its row."""
    recorded = Recorded(row.recorded_at, row.recorded_by)
    return Contact(row.id, row.loan_id, row.on, ContactKind(row.contact_kind), row.who, row.note, recorded)


def promise_to_row(promise: Promise) -> Values:
    """The columns of a promise."""
    return {
        "id": promise.id,
        "loan_id": promise.loan_id,
        "made_on": promise.made_on,
        "due_on": promise.due_on,
        "amount_minor": promise.amount.minor,
        "currency": promise.amount.currency.value,
        "note": promise.note,
        "taken_back_on": promise.taken_back_on,
        **_recorded(promise.recorded),
        "version": promise.version,
    }


def row_to_promise(row: Row[Any]) -> Promise:
    """A promise from its row."""
    return Promise(
        row.id,
        row.loan_id,
        row.made_on,
        row.due_on,
        Money(row.amount_minor, Currency(row.currency)),
        row.note,
        Recorded(row.recorded_at, row.recorded_by),
        row.taken_back_on,
        row.version,
    )


def step_taken_to_row(step: StepTaken) -> Values:
    """The columns of a step taken on a loan."""
    return {
        "id": step.id,
        "loan_id": step.loan_id,
        "step_kind": step.kind.value,
        "on": step.on,
        "deadline": step.deadline,
        "document_id": step.document_id,
        "fee_entry_id": step.fee_entry_id,
        "note": step.note,
        **_recorded(step.recorded),
    }


def row_to_step_taken(row: Row[Any]) -> StepTaken:
    """A step taken on a loan from its row."""
    return StepTaken(
        row.id,
        row.loan_id,
        StepKind(row.step_kind),
        row.on,
        Recorded(row.recorded_at, row.recorded_by),
        row.deadline,
        row.document_id,
        row.fee_entry_id,
        row.note,
    )


def _recorded(recorded: Recorded) -> Values:
    return {"recorded_at": recorded.at, "recorded_by": recorded.by}
