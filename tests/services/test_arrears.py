"""Arrears work on a real office file: the list, contacts, promises, and the run of letters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from mikrolaan.domain.arrears import Age, arrears_of
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.dunning import DEFAULT_STEPS, DunningStep
from mikrolaan.domain.entry_id import next_entry_id
from mikrolaan.domain.errors import InvalidValue
from mikrolaan.domain.follow_up import ContactKind, PromiseState, StepKind
from mikrolaan.domain.journal import Fee
from mikrolaan.domain.loan import Step
from mikrolaan.domain.statement import statement
from mikrolaan.services.arrears import StepWaits, TooLittleForLetter
from mikrolaan.services.arrears_rows import ArrearsFilter
from mikrolaan.services.desk import NotAllowed
from mikrolaan.services.queries import Order, Slice
from mikrolaan.storage.check import check_database
from tests.builders import nok
from tests.offices import TestOffice
from tests.ui.lending import a_loan_at, auditor

ALL = ArrearsFilter()
PART = Slice(0, 100)
SHOWN: Callable[[int, int], None] = lambda _done, _total: None  # noqa: E731 - the progress of a run nobody watches
GO_ON: Callable[[], bool] = lambda: False  # noqa: E731 - a run that nobody cancels


def overdue_loans(office: TestOffice, *names: str) -> list[UUID]:
    """Loans paid out on 15 January 2026 and never paid on; it is 2 March, fifteen days after the first due date."""
    ids = []
    for name in names:
        office.clock.day = date(2026, 1, 5)
        ids.append(a_loan_at(office, Step.REPAYING, name).id)
    office.clock.day = date(2026, 3, 2)
    return ids


def test_the_list_tells_who_is_overdue_with_how_much_and_what_comes_next(office: TestOffice) -> None:
    (loan_id,) = overdue_loans(office, "Ada Berg")

    (line,) = office.session.arrears.page(ALL, Order(), PART)

    assert (line.row.loan_id, line.row.borrower, line.row.overdue) == (loan_id, "Ada Berg", nok(1_000))
    assert (line.row.since, line.row.days, line.row.age) == (date(2026, 2, 15), 15, Age.TO_30)
    assert line.next is not None
    assert (line.next.step.kind, line.next.earliest_on, line.fee) == (StepKind.REMINDER, date(2026, 3, 1), nok(38))


def test_ages_are_filtered_counted_and_added_up(office: TestOffice) -> None:
    overdue_loans(office, "Ada Berg", "Bea Dahl")
    session = office.session
    loan_id = session.arrears.page(ArrearsFilter("Ada"), Order(), PART)[0].row.loan_id
    session.payments.take(loan_id, nok(1_000), date(2026, 2, 15))
    office.clock.day = date(2026, 4, 20)  # Ada is 36 days late with two instalments, Bea 64 with three

    totals = session.arrears.totals()

    assert (totals[Age.TO_60].loans, totals[Age.TO_60].overdue) == (1, nok(2_000))
    assert (totals[Age.TO_90].loans, totals[Age.TO_90].overdue) == (1, nok(3_000))
    assert totals[Age.OVER_90].loans == totals[Age.TO_30].loans == 0
    assert [line.row.borrower for line in session.arrears.page(ArrearsFilter(age=Age.TO_60), Order(), PART)] == [
        "Ada Berg"
    ]
    assert session.arrears.count(ArrearsFilter(age=Age.TO_90)) == 1
    assert session.arrears.count(ArrearsFilter("bea")) == 1
    by_days = session.arrears.page(ALL, Order("days", descending=True), PART)
    assert [line.row.days for line in by_days] == [64, 36]


def test_having_spoken_with_the_borrower_is_the_friendly_call(office: TestOffice) -> None:
    (loan_id,) = overdue_loans(office, "Ada Berg")
    office.clock.day = date(2026, 2, 20)
    arrears = office.session.arrears

    arrears.record_contact(loan_id, ContactKind.NO_ANSWER, date(2026, 2, 20))
    unanswered = arrears.line(loan_id)
    arrears.record_contact(loan_id, ContactKind.CALL, date(2026, 2, 20), who="Ada Berg", note="Pays on Friday")
    answered = arrears.line(loan_id)

    assert unanswered is not None and unanswered.next is not None
    assert unanswered.next.step.kind is StepKind.CALL
    assert answered is not None and answered.next is not None
    assert answered.next.step.kind is StepKind.REMINDER
    assert answered.last_contact_on == date(2026, 2, 20)
    assert [line.note for line in arrears.log(loan_id)] == ["", "Pays on Friday", ""]


def test_a_promise_holds_the_letter_back_until_its_day_has_passed_unpaid(office: TestOffice) -> None:
    (loan_id,) = overdue_loans(office, "Ada Berg")
    arrears = office.session.arrears
    promise = arrears.record_promise(loan_id, nok(1_000), date(2026, 3, 6), note="After payday")

    held = arrears.line(loan_id)
    with pytest.raises(StepWaits) as waits:
        office.session.letters.send_one(loan_id)
    office.clock.day = date(2026, 3, 7)
    broken = arrears.line(loan_id)

    assert arrears.letters_due() != []
    assert held is not None and held.next is not None
    assert (held.next.earliest_on, held.promise_state) == (date(2026, 3, 7), PromiseState.OPEN)
    assert waits.value.earliest_on == date(2026, 3, 7)
    assert broken is not None and broken.promise is not None
    assert (broken.promise.id, broken.promise_state) == (promise.id, PromiseState.BROKEN)


def test_a_promise_taken_back_stays_in_the_log(office: TestOffice) -> None:
    (loan_id,) = overdue_loans(office, "Ada Berg")
    arrears = office.session.arrears
    promise = arrears.record_promise(loan_id, nok(1_000), date(2026, 3, 20))

    arrears.take_back_promise(promise.id)

    line = arrears.line(loan_id)
    assert line is not None and line.next is not None
    assert line.promise is None
    assert line.next.is_open(office.clock.day)
    assert [told.promise.taken_back_on for told in arrears.log(loan_id) if told.promise] == [date(2026, 3, 2)]
    with pytest.raises(InvalidValue):
        arrears.record_promise(loan_id, nok(1_000), date(2026, 3, 1))


def test_a_fee_typed_after_a_letter_of_the_same_day_counts_after_the_letters(office: TestOffice) -> None:
    (loan_id,) = overdue_loans(office, "Ada Berg")
    session, today = office.session, office.clock.day
    session.letters.send_one(loan_id)
    typed = Fee(next_entry_id(), today, nok(50), today, session.life.stamp(), "Copy of the contract")

    session.life.charge_fee(loan_id, typed)

    fees = [entry for entry in session.loans.get(loan_id).journal.standing if isinstance(entry, Fee)]
    assert [fee.amount for fee in fees] == [nok(38), nok(50)]


def test_a_letter_is_issued_with_its_step_and_its_fee_in_one_act(office: TestOffice) -> None:
    (loan_id,) = overdue_loans(office, "Ada Berg")

    document = office.session.letters.send_one(loan_id)

    assert document.kind is DocumentKind.REMINDER
    loan = office.session.loans.get(loan_id)
    (fee,) = [entry for entry in loan.journal.entries if isinstance(entry, Fee)]
    assert (fee.amount, fee.on, fee.due_on, fee.note) == (
        nok(38),
        date(2026, 3, 2),
        date(2026, 3, 16),
        document.number,
    )
    (line,) = office.session.arrears.log(loan_id)
    assert (line.step, line.deadline, line.document_id) == (StepKind.REMINDER, date(2026, 3, 16), document.id)
    assert office.session.documents.open(document.id).content == document.content
    with pytest.raises(StepWaits):
        office.session.letters.send_one(loan_id)


def test_reminder_notice_and_demand_cost_what_the_law_allows_and_no_more(office: TestOffice) -> None:
    (loan_id,) = overdue_loans(office, "Ada Berg")
    letters = office.session.letters
    for day in (date(2026, 3, 2), date(2026, 3, 17), date(2026, 4, 1)):
        office.clock.day = day
        letters.send_one(loan_id)

    journal = office.session.loans.get(loan_id).journal
    assert [entry.amount for entry in journal.entries if isinstance(entry, Fee)] == [nok(38), nok(38), nok(113)]
    office.clock.day = date(2026, 4, 16)
    line = office.session.arrears.line(loan_id)
    assert line is not None and line.next is not None
    assert line.next.step.kind is StepKind.HANDING_OVER
    office.session.arrears.hand_over(loan_id, note="Fjord Inkasso")
    after = office.session.arrears.line(loan_id)
    assert after is not None and after.next is None


def test_handing_over_waits_for_its_turn(office: TestOffice) -> None:
    (loan_id,) = overdue_loans(office, "Ada Berg")

    with pytest.raises(StepWaits):
        office.session.arrears.hand_over(loan_id, note="Fjord Inkasso")


def test_a_run_sends_every_letter_and_running_again_sends_none_twice(office: TestOffice) -> None:
    ids = overdue_loans(office, "Ada Berg", "Bea Dahl", "Cleo Eng")
    session = office.session
    session.payments.take(ids[1], nok(1_100), office.clock.day)  # with late interest

    first = session.letters.send(ids, SHOWN, GO_ON)
    again = session.letters.send(ids, SHOWN, GO_ON)

    assert [document.loan_id for document in first.documents] == [ids[0], ids[2]]
    assert [loan_id for loan_id, _error in first.problems] == [ids[1]]
    assert again.documents == []
    assert len(again.problems) == 3


def test_a_run_that_is_cancelled_keeps_whole_letters_and_the_next_run_does_the_rest(office: TestOffice) -> None:
    ids = overdue_loans(office, "Ada Berg", "Bea Dahl", "Cleo Eng")
    letters = office.session.letters
    looks = iter((False, False, True))

    stopped = letters.send(ids, SHOWN, lambda: next(looks))
    due = [line.row.loan_id for line in office.session.arrears.letters_due()]
    rest = letters.send(due, SHOWN, GO_ON)

    assert (len(stopped.documents), stopped.was_cancelled) == (2, True)
    assert due == [ids[2]]
    assert len(rest.documents) == 1


class Killed(BaseException):
    """The process ends here."""


def test_a_run_killed_while_a_letter_is_printed_leaves_nothing_of_that_letter(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = overdue_loans(office, "Ada Berg", "Bea Dahl")
    letters = office.session.letters
    printed = letters._print
    calls: list[int] = []

    def print_once(kind: DocumentKind, paper: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise Killed
        return printed(kind, paper)  # type: ignore[arg-type]

    monkeypatch.setattr(letters, "_print", print_once)
    with pytest.raises(Killed):
        letters.send(ids, SHOWN, GO_ON)
    session = office.reopen()

    assert [len(session.arrears.log(loan_id)) for loan_id in ids] == [1, 0]
    assert [len(session.queries.documents(loan_id=loan_id)) for loan_id in ids] == [2, 1]  # each has its contract
    assert not [entry for entry in session.loans.get(ids[1]).journal.entries if isinstance(entry, Fee)]
    assert [line.row.loan_id for line in session.arrears.letters_due()] == [ids[1]]
    assert check_database(session.queries._engine) == []  # type: ignore[attr-defined]


def test_a_preview_keeps_nothing(office: TestOffice) -> None:
    ids = overdue_loans(office, "Ada Berg", "Bea Dahl")
    session = office.session
    shown: list[tuple[int, int]] = []

    drafts = session.letters.preview(session.arrears.letters_due(), lambda *told: shown.append(told), GO_ON)

    assert [draft.loan_id for draft in drafts] == ids
    assert all(draft.content.startswith(b"%PDF") for draft in drafts)
    assert shown[-1] == (2, 2)
    assert session.arrears.log(ids[0]) == []
    assert len(session.letters.preview(session.arrears.letters_due(), SHOWN, lambda: True)) == 0


def test_the_list_equals_the_replay_on_every_day(office: TestOffice) -> None:
    ids = overdue_loans(office, "Ada Berg", "Bea Dahl", "Cleo Eng")
    session = office.session
    session.payments.take(ids[0], nok(400), date(2026, 2, 28))
    session.payments.take(ids[1], nok(5_000), date(2026, 2, 10))
    session.letters.send_one(ids[2])
    for day in (date(2026, 3, 2), date(2026, 3, 16), date(2026, 3, 17), date(2026, 6, 16), date(2027, 5, 1)):
        office.clock.day = day
        told = {line.row.loan_id: line.row for line in session.arrears.page(ALL, Order(), PART)}
        for loan_id in ids:
            loan = session.loans.get(loan_id)
            arrears = arrears_of(loan, day)
            row = told.get(loan_id)
            assert (row.overdue, row.since) == (arrears.overdue, arrears.since) if row and arrears else not arrears
            assert (row.days if row else 0) == statement(loan, day).days_past_due


def test_only_an_administrator_changes_the_steps_and_the_law_sets_their_least(office: TestOffice) -> None:
    arrears = office.session.arrears
    assert arrears.steps() == DEFAULT_STEPS

    own = (DunningStep(StepKind.REMINDER, 20, deadline_days=21), DEFAULT_STEPS[-1])
    arrears.change_steps(own)

    assert office.reopen().arrears.steps() == own
    with pytest.raises(InvalidValue):
        office.session.arrears.change_steps((DunningStep(StepKind.NOTICE, 20, deadline_days=7),))
    with pytest.raises(NotAllowed):
        auditor(office).arrears.change_steps(DEFAULT_STEPS)


def test_no_letter_is_sent_while_less_than_the_smallest_amount_is_overdue(office: TestOffice) -> None:
    (loan_id,) = overdue_loans(office, "Ada Berg")  # with 1 000
    session = office.session
    assert session.arrears.letters_from() == nok(50)
    session.payments.take(loan_id, nok(950), date(2026, 2, 15))
    assert [line.row.overdue for line in session.arrears.letters_due()] == [nok(50)]

    session.arrears.change_letters_from(nok(51))

    line = session.arrears.line(loan_id)
    assert line is not None and line.next is not None
    assert (line.next.step.kind, line.next.is_about_too_little) == (StepKind.REMINDER, True)
    assert session.arrears.letters_due() == []
    with pytest.raises(TooLittleForLetter) as refused:
        session.letters.send_one(loan_id)
    assert refused.value.letters_from == nok(51)
    session.arrears.change_letters_from(nok(0))
    assert session.letters.send_one(loan_id).kind is DocumentKind.REMINDER


def test_only_an_administrator_changes_the_smallest_amount_of_letters(office: TestOffice) -> None:
    office.session.arrears.change_letters_from(nok(80))
    assert office.reopen().arrears.letters_from() == nok(80)
    with pytest.raises(InvalidValue):
        office.session.arrears.change_letters_from(nok(-1))
    with pytest.raises(NotAllowed):
        auditor(office).arrears.change_letters_from(nok(10))
    assert office.session.arrears.letters_from() == nok(80)


def test_an_auditor_sees_arrears_and_does_nothing_about_them(office: TestOffice) -> None:
    (loan_id,) = overdue_loans(office, "Ada Berg")
    seen = auditor(office)

    assert len(seen.arrears.page(ALL, Order(), PART)) == 1
    for act in (
        lambda: seen.letters.send_one(loan_id),
        lambda: seen.arrears.record_promise(loan_id, nok(1), date(2026, 3, 3)),
        lambda: seen.arrears.record_contact(loan_id, ContactKind.CALL, date(2026, 3, 1), note="x"),
        lambda: seen.arrears.hand_over(loan_id, note="x"),
    ):
        with pytest.raises(NotAllowed):
            act()
