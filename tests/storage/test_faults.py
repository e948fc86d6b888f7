"""Damage, a newer version, rights and a full disk: each is told, and nothing is lost."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from mikrolaan.services.file_errors import DiskFull, FileDamaged, FileFromNewerVersion, FileMissing, FileReadOnly
from mikrolaan.storage.files import beside
from mikrolaan.storage.office_file import OfficeFileStore
from tests.builders import a_borrower
from tests.offices import CHEAP, PASSWORD
from tests.storage.samples import ALL, ANY, Kept, a_founding, a_payment, contents, names_in
from tests.storage.tampering import tamper


def test_a_file_from_a_newer_version_is_refused(kept: Kept):
    tamper(kept, "UPDATE alembic_version SET version_num = '9999'")
    kept.file.close()
    before = contents(kept.path.parent)

    with pytest.raises(FileFromNewerVersion):
        kept.store.open(kept.path, PASSWORD)

    assert contents(kept.path.parent) == before


@pytest.mark.parametrize(
    "harm",
    [
        lambda whole: b"",
        lambda whole: whole[:1000],
        lambda whole: whole[: len(whole) // 2 // 4096 * 4096],
        lambda whole: whole[:-4096],
        lambda whole: whole[:-1],
        lambda whole: b"PK\x03\x04" + b"garbage" * 10_000,
        lambda whole: whole[:4000] + bytes(96) + whole[4096:],
    ],
    ids=["empty", "shorter than a page", "half", "last page", "last byte", "another file", "first page overwritten"],
)
def test_a_damaged_file_is_refused_and_left_as_it_is(kept: Kept, harm):
    kept.add_borrowers(*(a_borrower(number) for number in range(1, 30)))
    kept.file.close()
    kept.path.write_bytes(harm(kept.path.read_bytes()))
    before = contents(kept.path.parent)

    with pytest.raises(FileDamaged):
        kept.store.open(kept.path, PASSWORD)

    assert contents(kept.path.parent) == before


def test_a_page_overwritten_deep_inside_is_told_when_it_is_read(kept: Kept):
    kept.add_borrowers(*(a_borrower(number) for number in range(1, 100)))
    kept.file.close()
    whole = bytearray(kept.path.read_bytes())
    for page in range(2, len(whole) // 4096 - 1):
        whole[page * 4096 + 100] ^= 1
    kept.path.write_bytes(whole)

    with pytest.raises(FileDamaged):
        kept.store.open(kept.path, PASSWORD)
    assert not beside(kept.path, "lock").exists()


def opened_with_a_damaged_page(kept: Kept) -> Iterator[int]:
    """The file with one page damaged, each in turn, as often as it opens nevertheless."""
    kept.file.close()
    whole = kept.path.read_bytes()
    for page in range(2, len(whole) // 4096 - 1):
        harmed = bytearray(whole)
        harmed[page * 4096 + 100] ^= 1
        kept.path.write_bytes(harmed)
        try:
            kept.file = kept.store.open(kept.path, PASSWORD)
        except FileDamaged:
            continue
        yield page
        kept.file.close()


def test_an_act_after_a_damaged_page_was_met_is_not_told_that_the_file_is_read_only(kept: Kept):
    kept.add_borrowers(*(a_borrower(number) for number in range(1, 100)))
    met = 0
    for _page in opened_with_a_damaged_page(kept):
        try:
            kept.file.queries.borrowers("", ANY, ALL)
        except FileDamaged:
            met += 1
            try:
                kept.add_borrowers(a_borrower(500))
            except FileDamaged:
                pass

    assert met


def test_a_payment_that_meets_a_damaged_page_is_told_and_the_next_act_is_not_refused_as_read_only(kept: Kept):
    loans = [kept.add_paid_out_loan() for _ in range(6)]
    met = 0
    for _page in opened_with_a_damaged_page(kept):
        for loan in loans:
            try:
                kept.save_entry(loan.id, a_payment(500, date(2026, 2, 15)))
            except FileDamaged:
                met += 1

    assert met


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
@pytest.mark.parametrize("replaced", [False, True])
def test_nothing_is_taken_into_a_file_that_was_moved_away_while_open(kept: Kept, replaced: bool):
    elsewhere = kept.path.with_name("elsewhere")
    kept.path.rename(elsewhere)
    if replaced:
        kept.path.write_bytes(elsewhere.read_bytes())

    with pytest.raises(FileMissing):
        kept.add_borrowers(a_borrower(1))

    elsewhere.replace(kept.path)
    kept.add_borrowers(a_borrower(1))
    assert len(kept.file.queries.borrowers("", ANY, ALL)) == 1


@contextmanager
def ordinary_user(folder: Path) -> Iterator[None]:
    """The superuser may write everywhere, so where tests run as that, another user does the work."""
    if os.geteuid() != 0:
        yield
        return
    nobody = 65534
    for above in folder.parents:
        if above.name.startswith(("pytest-", "popen-")):  # the test run's own folders, closed to others
            above.chmod(0o755)
    for path in [folder, *folder.iterdir()]:
        os.chown(path, nobody, nobody)
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX systems")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_file_or_folder_that_may_not_be_written_is_told(kept: Kept, what: str):
    kept.file.close()
    folder = kept.path.parent
    read_only = kept.path if what == "file" else folder
    with ordinary_user(folder):
        read_only.chmod(0o444 if what == "file" else 0o555)
        with pytest.raises(FileReadOnly):
            kept.store.open(kept.path, PASSWORD)
        if what == "folder":
            with pytest.raises(FileReadOnly):
                kept.store.create(folder / "new.mikrolaan", a_founding(), PASSWORD)
        folder.chmod(0o755)
    assert names_in(folder) == ["office.mikrolaan", "office.mikrolaan-keys", "office.mikrolaan-keys-copy"]


def leave_no_room(kept: Kept) -> None:
    """Let the database grow by a few pages only: SQLite then says what it says on a full disk."""
    engine: Any = kept.file._engine

    def limit(connection: Any) -> None:
        raw = connection.connection.driver_connection
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages + 3}")

    event.listen(engine, "begin", limit)


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_undoes_the_unit_and_keeps_what_was_saved(kept: Kept, monkeypatch):
    kept.add_borrowers(a_borrower(1))
    leave_no_room(kept)
    with pytest.raises(DiskFull):
        kept.add_borrowers(*(a_borrower(number) for number in range(2, 400)))
    assert kept.file.queries.count_borrowers() == 1
    assert kept.file.check() == []

    kept.reopen()
    kept.add_borrowers(a_borrower(2))

    assert kept.file.queries.count_borrowers() == 2


def test_a_full_disk_while_many_payments_are_kept_as_one_keeps_none_of_them_and_those_before(kept: Kept):
    loan = kept.add_paid_out_loan()
    kept.save_entry(loan.id, a_payment(500, date(2026, 2, 15)))
    leave_no_room(kept)

    with pytest.raises(DiskFull), kept.unit() as unit:
        for _ in range(100):
            unit.loans.save(unit.loans.get(loan.id).with_entry(a_payment(1, date(2026, 2, 16))))
        unit.commit()

    kept.reopen()
    assert len(kept.loan(loan.id).journal.payments) == 1
    assert kept.file.check() == []


def test_a_full_disk_leaves_nothing_of_a_new_file_behind(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(DiskFull):
        OfficeFileStore(cost=CHEAP).create(tmp_path / "a.mikrolaan", a_founding(), PASSWORD)

    assert names_in(tmp_path) == []


def test_a_full_disk_leaves_the_former_password_and_no_half_copy(kept: Kept, monkeypatch):
    copies = kept.path.parent / "copies"
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            kept.file.change_password(PASSWORD, "second password")
        with pytest.raises(DiskFull):
            kept.file.back_up(copies)

    assert names_in(copies) == []
    kept.reopen()
