"""A connection serves one act after another, and none of them meets what another left behind."""

from __future__ import annotations

from datetime import date
from threading import Thread
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2

from mikrolaan.domain.errors import NotFound
from mikrolaan.domain.unit_of_work import UnitOfWork
from mikrolaan.storage import open_file
from mikrolaan.storage.audit import ChainEnd
from mikrolaan.storage.connections import MOST
from mikrolaan.storage.database import BUSY_SECONDS
from mikrolaan.storage.unit import SqlUnit
from tests.builders import a_borrower
from tests.offices import PASSWORD
from tests.storage.samples import Kept, a_payment


def taken_from_the_pool(kept: Kept) -> list[object]:
    """Grows by one with each connection that the pool gives from now on."""
    engine: Any = kept.file._engine
    taken: list[object] = []
    event.listen(engine, "checkout", lambda raw, *_: taken.append(raw))
    return taken


def test_acts_one_after_another_use_one_connection(kept: Kept):
    kept.add_borrowers(a_borrower(1))
    taken = taken_from_the_pool(kept)

    kept.add_borrowers(a_borrower(2))
    with kept.unit(None) as unit:
        assert unit.office.get().name
    kept.add_borrowers(a_borrower(3))

    assert taken == []


def test_what_an_act_did_not_commit_is_gone_for_the_next(kept: Kept):
    with kept.unit() as unit:
        unit.borrowers.add(one := a_borrower(1))

    with kept.unit() as unit, pytest.raises(NotFound):
        unit.borrowers.get(one.id)
    assert kept.file.queries.count_borrowers() == 0


def test_an_act_that_has_ended_neither_reads_nor_keeps_anything_more(kept: Kept):
    loan = kept.add_paid_out_loan()
    with kept.unit() as unit:
        unit.borrowers.add(a_borrower(2))

    for attempt in (
        lambda: unit.loans.get(loan.id),
        lambda: unit.loans.save(loan.with_entry(a_payment(500, date(2026, 2, 15)))),
        lambda: unit.borrowers.add(a_borrower(3)),
        unit.commit,
    ):
        with pytest.raises(RuntimeError):
            attempt()
    assert kept.loan(loan.id) == loan
    assert kept.file.check() == []


def test_the_connection_of_an_act_that_failed_goes_back_to_the_pool(kept: Kept):
    with pytest.raises(ZeroDivisionError), kept.unit() as unit:
        unit.borrowers.add(a_borrower(1))
        raise ZeroDivisionError
    taken = taken_from_the_pool(kept)

    kept.add_borrowers(a_borrower(2))

    assert len(taken) == 1
    assert kept.file.queries.count_borrowers() == 1


@pytest.mark.parametrize("failure", [dbapi2.OperationalError("disk I/O error"), MemoryError(), KeyboardInterrupt()])
def test_after_an_act_whose_commit_failed_the_next_one_begins_anew(kept: Kept, monkeypatch, failure):
    def fail(_raw: object) -> None:
        raise failure

    engine: Any = kept.file._engine
    with monkeypatch.context() as patch:
        patch.setattr(engine.dialect, "do_commit", fail)
        with pytest.raises((OperationalError, MemoryError, KeyboardInterrupt)):
            kept.add_borrowers(a_borrower(1))

    kept.add_borrowers(a_borrower(2))

    assert kept.file.queries.count_borrowers() == 1
    assert kept.file.check() == []


def test_an_act_interrupted_as_it_begins_does_not_keep_the_next_from_writing(kept: Kept, monkeypatch):
    def interrupted(_act: object) -> int:
        raise KeyboardInterrupt

    unit = kept.unit()
    with monkeypatch.context() as patch:
        patch.setattr(ChainEnd, "begun", interrupted)
        with pytest.raises(KeyboardInterrupt):
            unit.__enter__()

    kept.add_borrowers(a_borrower(1))  # while the one before is still held by whoever looks at what happened

    assert kept.file.queries.count_borrowers() == 1


def test_an_act_sees_what_was_committed_before_its_first_look_and_the_next_one_what_was_since(kept: Kept):
    kept_meanwhile = a_borrower(1)
    with kept.unit(None) as before:
        assert before.office.get().name
        in_another_thread(lambda: kept.add_borrowers(kept_meanwhile))
        with pytest.raises(NotFound):
            before.borrowers.get(kept_meanwhile.id)

    with kept.unit(None) as after:
        assert after.borrowers.get(kept_meanwhile.id).number == 1


def test_many_acts_at_once_leave_no_more_than_a_few_connections_ready(kept: Kept):
    units: list[UnitOfWork] = [kept.unit(None) for _ in range(MOST + 3)]
    for unit in units:
        unit.__enter__()
    engine: Any = kept.file._engine
    assert engine.pool.checkedout() == MOST + 3

    for unit in units:
        unit.__exit__(None, None, None)

    assert engine.pool.checkedout() == MOST


def test_a_closed_file_leaves_no_connection_behind(kept: Kept):
    kept.add_borrowers(a_borrower(1))
    engine: Any = kept.file._engine

    kept.file.close()

    assert engine.pool.checkedout() == 0
    with pytest.raises(RuntimeError, match="closed"):
        kept.unit(None)


def test_no_act_begins_once_its_file_is_being_closed(kept: Kept, monkeypatch):
    unit = kept.unit()
    wait_for_work = open_file._wait_for_work

    def meanwhile(engine: Engine) -> None:
        with pytest.raises(RuntimeError, match="closed"):
            unit.__enter__()
        wait_for_work(engine)

    monkeypatch.setattr(open_file, "_wait_for_work", meanwhile)
    kept.file.close()


def test_nobody_connects_to_a_file_whose_connections_were_closed(kept: Kept):
    engine: Any = kept.file._engine
    refused: list[RuntimeError] = []

    @event.listens_for(engine, "engine_disposed")
    def at_once(_engine: Engine) -> None:
        with pytest.raises(RuntimeError, match="closed") as error:
            engine.connect()
        refused.append(error.value)

    kept.file.close()

    assert len(refused) == 1


def test_closing_that_is_interrupted_as_it_waits_for_work_forgets_the_key_and_lets_go_of_the_file(
    kept: Kept, monkeypatch
):
    def interrupted(_engine: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(open_file, "_wait_for_work", interrupted)
    with pytest.raises(KeyboardInterrupt):
        kept.file.close()

    with pytest.raises(RuntimeError, match="closed"):
        kept.file.queries.count_borrowers()
    monkeypatch.undo()
    kept.file = kept.store.open(kept.path, PASSWORD)


def test_work_that_hangs_is_waited_for_once_when_the_file_is_closed(kept: Kept, monkeypatch):
    monkeypatch.setattr(open_file, "WORK_SECONDS", 0.1)
    with kept.unit(None) as hanging:
        assert hanging.office.get().name
        kept.add_borrowers(a_borrower(1))  # what is newer than the moment it sees cannot be brought into the file

        began = monotonic()
        kept.file.close()

        assert monotonic() - began < BUSY_SECONDS / 2


def test_work_that_ends_after_its_file_was_closed_leaves_no_connection_open(kept: Kept, monkeypatch):
    monkeypatch.setattr(open_file, "WORK_SECONDS", 0.1)
    with kept.unit() as unit:
        unit.borrowers.add(a_borrower(1))
        assert isinstance(unit, SqlUnit)
        raw: Any = unit._connection.connection.driver_connection

        kept.file.close()
        unit.commit()

    with pytest.raises(dbapi2.ProgrammingError, match="closed"):
        raw.execute("SELECT 1")
    kept.file = kept.store.open(kept.path, PASSWORD)
    assert kept.file.queries.count_borrowers() == 1


def in_another_thread(work: Any) -> None:
    thread = Thread(target=work)
    thread.start()
    thread.join()
