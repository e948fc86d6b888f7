"""The next step on an overdue loan, with dates that can be checked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.collection_fees import CollectionLetter, FeeTable, earliest_fee_on
from mikrolaan.domain.dunning import (
    DEFAULT_STEPS,
    Case,
    CountedFrom,
    DunningStep,
    WaitsFor,
    checked_steps,
    fee_of,
    least_deadline_days,
    next_step,
)
from mikrolaan.domain.errors import InvalidValue
from mikrolaan.domain.follow_up import Promise, PromiseOver, PromiseState, StepKind, StepTaken, promise_state
from mikrolaan.domain.identity import Country
from mikrolaan.domain.letter import letter_about
from mikrolaan.domain.money import Currency
from mikrolaan.domain.shipped_tables import shipped_fees
from tests.builders import a_loan, nok, paid_out, recorded

NORWAY = shipped_fees(Currency.NOK)
DENMARK = shipped_fees(Currency.DKK)
DUE = date(2026, 2, 15)


def taken(kind: StepKind, on: date, deadline_days: int = 0, *, fee: bool = True) -> StepTaken:
    deadline = on + timedelta(days=deadline_days) if deadline_days else None
    fee_id = uuid4() if fee and kind.is_letter else None
    return StepTaken(uuid4(), uuid4(), kind, on, recorded(), deadline, uuid4() if kind.is_letter else None, fee_id)


def promised(due_on: date, made_on: date = DUE) -> Promise:
    return Promise(uuid4(), uuid4(), made_on, due_on, nok(1_000), "", recorded())


def a_case(*steps: StepTaken, promises: Sequence[Promise] = (), since: date = DUE, may_charge: bool = True) -> Case:
    return Case(since, steps, promises, may_charge)


def on_day(case: Case, today: date, table: FeeTable = NORWAY) -> tuple[StepKind, date, WaitsFor]:
    coming = next_step(DEFAULT_STEPS, case, table, today)
    assert coming is not None
    return coming.step.kind, coming.earliest_on, coming.waits_for


def test_first_comes_a_friendly_call_five_days_after_the_due_date() -> None:
    assert on_day(a_case(), date(2026, 2, 17)) == (StepKind.CALL, date(2026, 2, 20), WaitsFor.OFFICE)


def test_a_call_that_was_not_made_does_not_hold_up_the_reminder() -> None:
    assert on_day(a_case(), date(2026, 2, 28))[0] is StepKind.CALL
    assert on_day(a_case(), date(2026, 3, 1))[:2] == (StepKind.REMINDER, date(2026, 3, 1))


def test_in_norway_a_reminder_with_a_fee_goes_out_fourteen_days_after_the_due_date() -> None:
    steps = (DunningStep(StepKind.REMINDER, 7, CountedFrom.DUE_DATE, 14, has_fee=True),)

    coming = next_step(steps, a_case(), NORWAY, date(2026, 2, 22))

    assert coming is not None
    assert (coming.earliest_on, coming.waits_for) == (date(2026, 3, 1), WaitsFor.LAW)
    assert fee_of(steps[0], a_case(), NORWAY, date(2026, 3, 1)) == nok(38)
    assert fee_of(steps[0], a_case(), NORWAY, date(2026, 2, 28)) is None


def test_without_a_fee_the_law_keeps_no_reminder_back() -> None:
    steps = (DunningStep(StepKind.REMINDER, 7, CountedFrom.DUE_DATE, 14),)
    coming = next_step(steps, a_case(), NORWAY, date(2026, 2, 22))
    free = next_step(
        (DunningStep(StepKind.REMINDER, 7, CountedFrom.DUE_DATE, 14, has_fee=True),),
        a_case(may_charge=False),
        NORWAY,
        date(2026, 2, 22),
    )

    assert coming is not None
    assert free is not None
    assert coming.earliest_on == free.earliest_on == date(2026, 2, 22)


def test_the_notice_waits_until_the_deadline_of_the_reminder_has_passed() -> None:
    case = a_case(taken(StepKind.REMINDER, date(2026, 3, 1), 20))

    assert on_day(case, date(2026, 3, 17)) == (StepKind.NOTICE, date(2026, 3, 22), WaitsFor.DEADLINE)


def test_reminder_notice_and_demand_follow_each_other_and_then_comes_handing_over() -> None:
    case = a_case(taken(StepKind.REMINDER, date(2026, 3, 1), 14))
    assert on_day(case, date(2026, 3, 2))[:2] == (StepKind.NOTICE, date(2026, 3, 16))
    case = a_case(*case.taken, taken(StepKind.NOTICE, date(2026, 3, 16), 14))
    assert on_day(case, date(2026, 3, 17))[:2] == (StepKind.DEMAND, date(2026, 3, 31))
    case = a_case(*case.taken, taken(StepKind.DEMAND, date(2026, 3, 31), 14))
    assert on_day(case, date(2026, 4, 1))[:2] == (StepKind.HANDING_OVER, date(2026, 4, 15))
    case = a_case(*case.taken, taken(StepKind.HANDING_OVER, date(2026, 4, 15)))
    assert next_step(DEFAULT_STEPS, case, NORWAY, date(2026, 5, 1)) is None


def test_when_the_oldest_debt_is_paid_the_letters_before_a_later_due_date_count_no_more() -> None:
    letters = (taken(StepKind.REMINDER, date(2026, 3, 1), 14), taken(StepKind.NOTICE, date(2026, 3, 16), 14))

    assert on_day(a_case(*letters, since=date(2026, 3, 15)), date(2026, 3, 20))[0] is StepKind.DEMAND
    assert on_day(a_case(*letters, since=date(2026, 4, 15)), date(2026, 4, 30))[0] is StepKind.REMINDER


def test_a_promise_holds_back_the_next_step_until_its_day_has_passed() -> None:
    case = a_case(promises=[promised(date(2026, 3, 10))])

    assert on_day(case, date(2026, 3, 5)) == (StepKind.REMINDER, date(2026, 3, 11), WaitsFor.PROMISE)
    assert on_day(case, date(2026, 3, 10))[1] == date(2026, 3, 11)
    assert on_day(case, date(2026, 3, 11))[:2] == (StepKind.REMINDER, date(2026, 3, 1))


def test_a_promise_that_was_taken_back_holds_nothing_back() -> None:
    gone = promised(date(2026, 3, 10)).taken_back(date(2026, 3, 2))

    assert on_day(a_case(promises=[gone]), date(2026, 3, 5))[1] == date(2026, 3, 1)
    with pytest.raises(PromiseOver):
        gone.taken_back(date(2026, 3, 3))


def test_a_promise_is_kept_by_what_came_in_until_its_day() -> None:
    promise = promised(date(2026, 3, 10), made_on=date(2026, 3, 1))

    assert promise_state(promise, [], date(2026, 3, 10)) is PromiseState.OPEN
    assert promise_state(promise, [], date(2026, 3, 11)) is PromiseState.BROKEN
    before = [(date(2026, 2, 28), 100_000), (date(2026, 3, 5), 99_999)]
    assert promise_state(promise, before, date(2026, 3, 11)) is PromiseState.BROKEN
    paid = [(date(2026, 3, 5), 60_000), (date(2026, 3, 10), 40_000)]
    assert promise_state(promise, paid, date(2026, 3, 10)) is PromiseState.KEPT


def test_in_denmark_three_reminders_ten_days_apart_may_cost_and_a_fourth_not() -> None:
    step = DunningStep(StepKind.REMINDER, 5, CountedFrom.STEP_BEFORE, 5, has_fee=True)
    letters = [taken(StepKind.REMINDER, DUE + timedelta(days=days)) for days in (5, 15)]
    third = next_step((step, step, step), a_case(*letters), DENMARK, DUE + timedelta(days=20))

    assert third is not None
    assert (third.earliest_on, third.waits_for) == (DUE + timedelta(days=25), WaitsFor.LAW)
    assert fee_of(step, a_case(*letters), DENMARK, DUE + timedelta(days=24)) is None
    assert fee_of(step, a_case(*letters), DENMARK, DUE + timedelta(days=25)) is not None
    letters.append(taken(StepKind.REMINDER, DUE + timedelta(days=25)))
    assert fee_of(step, a_case(*letters), DENMARK, DUE + timedelta(days=60)) is None


steps_of_an_office = st.lists(
    st.builds(
        DunningStep,
        kind=st.sampled_from((StepKind.REMINDER, StepKind.NOTICE, StepKind.DEMAND)),
        days=st.integers(0, 40),
        counted_from=st.sampled_from(CountedFrom),
        deadline_days=st.integers(14, 30),
        has_fee=st.booleans(),
    ),
    min_size=1,
    max_size=5,
).map(tuple)


@given(
    steps=steps_of_an_office,
    gaps=st.lists(st.integers(0, 20), max_size=5),
    promise_days=st.none() | st.integers(0, 60),
    country=st.sampled_from((Currency.NOK, Currency.SEK, Currency.DKK)),
)
def test_no_letter_goes_out_or_costs_before_law_deadline_and_promise_allow(
    steps: tuple[DunningStep, ...], gaps: list[int], promise_days: int | None, country: Currency
) -> None:
    table = shipped_fees(country)
    promises = [] if promise_days is None else [promised(DUE + timedelta(days=promise_days))]
    done: list[StepTaken] = []
    today = DUE + timedelta(days=1)
    for gap in gaps:
        case = a_case(*done, promises=promises)
        coming = next_step(steps, case, table, today)
        if coming is None:
            return
        today = max(today, coming.earliest_on) + timedelta(days=gap)
        coming = next_step(steps, case, table, today)
        assert coming is not None
        assert coming.is_open(today)
        assert all(today > promise.due_on for promise in promises)
        assert all(step.deadline is not None and today > step.deadline for step in done)
        fee = fee_of(coming.step, case, table, today)
        if fee is not None:
            letter = CollectionLetter(coming.step.kind.value)
            allowed = earliest_fee_on(table, letter, DUE, case.sent, today)
            assert allowed is not None
            assert today >= allowed
        elif coming.step.has_fee:
            earliest = [row for row in table.rows if row.letter.value == coming.step.kind.value]
            assert not earliest or case.sent  # only a claim that bears its fees already goes without
        done.append(taken(coming.step.kind, today, coming.step.deadline_days, fee=fee is not None))


def test_an_office_in_norway_gives_fourteen_days_at_least() -> None:
    assert least_deadline_days(Country.NO, StepKind.NOTICE, date(2026, 1, 1)) == 14
    assert least_deadline_days(Country.DK, StepKind.NOTICE, date(2026, 1, 1)) == 10
    short = (DunningStep(StepKind.REMINDER, 14, CountedFrom.DUE_DATE, 13),)

    with pytest.raises(InvalidValue) as refused:
        checked_steps(short, Country.NO, date(2026, 1, 1))

    assert (refused.value.field, refused.value.limit) == ("1.deadline_days", 14)


def test_nothing_comes_after_handing_over() -> None:
    swapped = (DEFAULT_STEPS[-1], DEFAULT_STEPS[1])

    with pytest.raises(InvalidValue):
        checked_steps(swapped, Country.NO, date(2026, 1, 1))
    assert checked_steps(DEFAULT_STEPS, Country.NO, date(2026, 1, 1)) == DEFAULT_STEPS


def test_only_letters_have_deadlines_and_fees() -> None:
    with pytest.raises(InvalidValue):
        DunningStep(StepKind.CALL, 5, deadline_days=14)
    with pytest.raises(InvalidValue):
        DunningStep(StepKind.HANDING_OVER, 5, has_fee=True)
    with pytest.raises(InvalidValue):
        DunningStep(StepKind.REMINDER, 5)


def test_a_deadline_on_a_sunday_is_moved_to_the_monday_after_it():
    loan = paid_out(a_loan())  # the first instalment falls due on 15 February 2026

    letter = letter_about(
        loan, StepKind.REMINDER, date(2026, 3, 8), deadline_days=14, fee=None, letter_before_on=None, country="NO"
    )

    assert date(2026, 3, 22).weekday() == 6
    assert letter.deadline == date(2026, 3, 23)
