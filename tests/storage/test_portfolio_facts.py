"""The portfolio of any day, from rows where they hold, equals the replay of every loan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from mikrolaan.app import print_paper
from mikrolaan.domain.arrears import arrears_of
from mikrolaan.domain.follow_up import ContactKind
from mikrolaan.domain.journal import WriteOff
from mikrolaan.domain.portfolio import LoanFlows, facts_of, flows_of
from mikrolaan.example.build import FILE_NAME, PASSWORD, build_example
from mikrolaan.services.arrears_rows import ArrearsFilter
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.session import Session
from mikrolaan.storage.check import check_database
from mikrolaan.storage.office_file import OfficeFileStore
from tests.builders import nok
from tests.offices import CHEAP, TestOffice
from tests.repaying import a_repaying_loan

DAY = date(2026, 11, 20)
ALL = Slice(0, 1000)


def quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


def go_on() -> bool:
    """Nobody cancels."""
    return False


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("example")
    build_example(folder, borrowers=30, seed=11, today=DAY, documents=0)
    store = OfficeFileStore(today=lambda: DAY, now=lambda: datetime(2026, 11, 20, 9, tzinfo=UTC), cost=CHEAP)
    made = Session(store.open(folder / FILE_NAME, PASSWORD), print_paper)
    yield made
    made.close()


def test_the_facts_of_any_day_equal_the_replay(session: Session) -> None:
    loans = [session.loans.get(row.id) for row in session.queries.loans(LoanFilter(), Order(), ALL)]
    seen = 0
    for weeks in range(0, 130, 3):
        day = DAY - timedelta(weeks=weeks)
        told = session.portfolio.facts(day, quiet, go_on)
        assert told is not None
        truth = {one.loan_id: one for one in (facts_of(loan, day) for loan in loans) if one is not None}
        assert {one.loan_id: one for one in told} == truth
        seen += len(truth)
    assert seen > 100


def test_what_happened_in_a_period_equals_the_replay(session: Session) -> None:
    loans = {row.id: session.loans.get(row.id) for row in session.queries.loans(LoanFilter(), Order(), ALL)}
    for first, last in ((date(2025, 11, 21), DAY), (date(2026, 1, 1), date(2026, 3, 31)), (DAY, DAY)):
        told = session.portfolio.flows(first, last, quiet, go_on)
        assert told is not None
        assert all(one == flows_of(loans[one.loan_id], first, last) for one in told)


def test_a_last_instalment_paid_ahead_counts_in_the_period_in_which_it_falls_due(office: TestOffice) -> None:
    loan = a_repaying_loan(office)
    office.clock.day = date(2026, 2, 10)
    office.session.payments.take(loan.id, nok(12_000), office.clock.day)
    office.clock.day = DAY

    months = [(date(2026, 2, 1), date(2026, 2, 12)), (date(2026, 2, 13), date(2026, 2, 28))]
    told = [office.session.portfolio.flows(first, last, quiet, go_on) or [] for first, last in months]

    repaid = 12_000_00  # all of it with the instalment of 15 February, in whose period it came
    assert [[(one.fell_due_minor, one.paid_of_it_minor) for one in flows] for flows in told] == [
        [(0, 0)],
        [(repaid, repaid)],
    ]


def test_what_was_written_off_before_the_period_falls_due_in_it_all_the_same(office: TestOffice) -> None:
    loan = a_repaying_loan(office)
    office.clock.day = date(2026, 3, 20)
    lost = WriteOff(uuid4(), office.clock.day, nok(12_000), office.session.life.stamp(), "shop burnt")
    office.session.life.write_off(loan.id, lost)
    office.clock.day = DAY

    told = office.session.portfolio.flows(date(2026, 4, 1), date(2026, 4, 30), quiet, go_on)

    assert told == [LoanFlows(loan.id, 0, 0, 1_000_00, 0, 0, 0)]  # 1 000 on 15 April, whether or not more comes in


def test_the_list_of_arrears_holds_every_overdue_loan_as_replayed(session: Session) -> None:
    told = {row.loan_id: row for row in session.queries.arrears(ArrearsFilter(), Order(), ALL)}
    for row in session.queries.loans(LoanFilter(), Order(), ALL):
        arrears = arrears_of(session.loans.get(row.id), DAY)
        if arrears is None:
            assert row.id not in told
        else:
            assert (told[row.id].overdue, told[row.id].since) == (arrears.overdue, arrears.since)


def test_cancelling_gives_nothing(session: Session) -> None:
    assert session.portfolio.facts(date(2026, 6, 1), quiet, lambda: True) is None
    assert session.portfolio.flows(date(2026, 1, 1), date(2026, 6, 1), quiet, lambda: True) is None


def test_what_was_done_about_arrears_agrees_with_the_audit_trail(session: Session) -> None:
    loan_id = session.queries.arrears(ArrearsFilter(), Order(), ALL)[0].loan_id
    session.arrears.record_contact(loan_id, ContactKind.CALL, DAY, who="Ada", note="Pays on Friday")
    promise = session.arrears.record_promise(loan_id, nok(500), DAY)
    session.arrears.take_back_promise(promise.id)
    session.arrears.change_steps(session.arrears.steps())

    assert check_database(session.queries._engine) == []  # type: ignore[attr-defined]
