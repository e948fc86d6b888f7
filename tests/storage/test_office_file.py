"""Making, unlocking and recovering an office file, and every way in which that is refused."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from mikrolaan.domain.audit import Act
from mikrolaan.domain.errors import InvalidValue
from mikrolaan.services.file_errors import (
    FileDamaged,
    FileExists,
    FileInUse,
    FileMissing,
    WrongPassword,
    WrongRecoveryKey,
)
from mikrolaan.storage import recovery_key
from mikrolaan.storage.attempts import Attempts, delay_seconds
from mikrolaan.storage.files import beside
from mikrolaan.storage.keys import read_keys, write_keys
from mikrolaan.storage.office_file import OfficeFileStore
from tests.builders import a_borrower
from tests.offices import CHEAP, PASSWORD
from tests.storage.samples import ALL, Kept, a_founding, contents, names_in

HOUSE = Path(__file__).resolve().parents[2]


def test_a_closed_file_is_the_database_and_its_keys_and_nothing_else(kept: Kept):
    kept.add_borrowers(a_borrower())
    kept.file.close()

    assert names_in(kept.path.parent) == ["office.mikrolaan", "office.mikrolaan-keys", "office.mikrolaan-keys-copy"]


def test_the_password_opens_the_file_for_its_officer(kept: Kept):
    kept.add_borrowers(a_borrower())
    file = kept.reopen()

    assert file.officer.name == "Ingrid Tangen"
    assert file.queries.count_borrowers() == 1
    assert kept.store.officers(kept.path) == 1


def test_the_same_password_from_another_keyboard_opens_the_file(tmp_path: Path):
    store = OfficeFileStore(cost=CHEAP)
    file, _ = store.create(tmp_path / "a.mikrolaan", a_founding(), "smørbrød på A\u030alesund")
    file.close()

    store.open(tmp_path / "a.mikrolaan", "smørbrød på Ålesund").close()


def test_an_empty_password_is_no_password(tmp_path: Path):
    with pytest.raises(InvalidValue):
        OfficeFileStore(cost=CHEAP).create(tmp_path / "a.mikrolaan", a_founding(), "")

    assert names_in(tmp_path) == []


def test_a_file_is_never_made_over_another(kept: Kept, tmp_path: Path):
    kept.file.close()
    before = contents(tmp_path)

    with pytest.raises(FileExists):
        kept.store.create(kept.path, a_founding(), PASSWORD)
    kept.path.rename(tmp_path / "moved")
    with pytest.raises(FileExists):  # the keys of a file that was moved away
        kept.store.create(kept.path, a_founding(), PASSWORD)

    (tmp_path / "moved").rename(kept.path)
    assert contents(tmp_path) == before


def test_wrong_passwords_wait_longer_and_longer_and_never_lock_out(kept: Kept):
    kept.file.close()
    waits = []
    for _ in range(11):
        with pytest.raises(WrongPassword) as refused:
            kept.store.open(kept.path, "wrong")
        waits.append(refused.value.wait_seconds)
        kept.clock.turn(1)

    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    kept.reopen()
    assert kept.store.wait_seconds(kept.path) == 0
    kept.file.close()
    with pytest.raises(WrongPassword) as refused:
        kept.store.open(kept.path, "wrong")
    assert refused.value.wait_seconds == 0


def test_within_the_wait_not_even_the_right_password_is_tried_also_after_a_restart(kept: Kept):
    kept.file.close()
    for _ in range(5):
        with pytest.raises(WrongPassword):
            kept.store.open(kept.path, "wrong")
        moment = kept.clock.now()
        kept.clock.turn(1)
    after = {"seconds": 1.0}
    restarted = OfficeFileStore(kept.clock.today, lambda: moment + timedelta(seconds=after["seconds"]), CHEAP)

    assert restarted.wait_seconds(kept.path) == 3
    with pytest.raises(WrongPassword) as refused:
        restarted.open(kept.path, PASSWORD)
    assert refused.value.wait_seconds == 3
    after["seconds"] = 4.0
    restarted.open(kept.path, PASSWORD).close()


def test_a_clock_set_back_does_not_make_the_wait_longer(tmp_path: Path, kept: Kept):
    attempts = Attempts(tmp_path / "x", kept.clock.now)
    for _ in range(20):
        attempts.refuse()
    kept.clock.turn(-365)

    assert attempts.wait_seconds() == 60
    assert delay_seconds(10**6) == 60


def test_a_clock_set_back_does_not_lock_the_officer_out(tmp_path: Path, kept: Kept):
    moment = {"now": datetime(2027, 1, 1, 9, 0, tzinfo=UTC)}
    for _ in range(3):
        Attempts(tmp_path / "x", lambda: moment["now"]).refuse()
    moment["now"] = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)

    assert Attempts(tmp_path / "x", lambda: moment["now"]).wait_seconds() == 1
    moment["now"] += timedelta(seconds=1)
    assert Attempts(tmp_path / "x", lambda: moment["now"]).wait_seconds() == 0


@pytest.mark.parametrize(
    "written", ['{"wrong": 1e999, "last": "2026-01-01T00:00:00+00:00"}', "[" * 100_000, '{"last": []}']
)
def test_a_note_of_wrong_tries_that_makes_no_sense_hinders_nobody(tmp_path: Path, kept: Kept, written: str):
    beside(tmp_path / "x", "attempts").write_text(written)

    assert Attempts(tmp_path / "x", kept.clock.now).wait_seconds() == 0


def test_the_officer_changes_the_password(kept: Kept):
    with pytest.raises(WrongPassword):
        kept.file.change_password("wrong", "fjell og vidde 9900")
    kept.file.change_password(PASSWORD, "fjell og vidde 9900")
    kept.file.close()

    with pytest.raises(WrongPassword):
        kept.store.open(kept.path, PASSWORD)
    kept.file = kept.store.open(kept.path, "fjell og vidde 9900")
    assert Act.PASSWORD_CHANGED in [row.act for row in kept.file.queries.history([], ALL)]


def test_one_of_several_officers_signs_in_by_name(kept: Kept):
    with kept.unit(Act.OFFICER_ADDED) as unit:
        second = replace(kept.founding.officer, id=uuid4(), name="Åse Wiik")
        unit.officers.add(second)
        unit.commit()
    keys = read_keys(kept.path)
    secret = keys.slots[0].open(PASSWORD)
    assert secret is not None
    write_keys(kept.path, keys.with_slot(secret, second.id, second.name, "second password", CHEAP))
    kept.file.close()

    assert kept.store.officers(kept.path) == 2
    kept.file = kept.store.open(kept.path, "second password", "aase wiik")
    assert kept.file.officer == replace(second, version=1)
    kept.file.close()
    with pytest.raises(WrongPassword):
        kept.store.open(kept.path, "second password", "Ingrid Tangen")
    kept.reopen()
    assert kept.file.officer.name == "Ingrid Tangen"


@pytest.mark.parametrize("lost", [[], ["keys"], ["keys", "keys-copy"]])
def test_the_printed_key_opens_the_file_and_gives_a_new_password_also_when_the_keys_are_lost(kept: Kept, lost):
    kept.add_borrowers(a_borrower())
    kept.file.change_password(PASSWORD, "second password")
    kept.file.close()
    for what in lost:
        beside(kept.path, what).unlink()
    typed = kept.recovery_key.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    kept.file = kept.store.recover(kept.path, typed, "new password")
    assert kept.file.queries.count_borrowers() == 1
    assert kept.file.officer.name == "Ingrid Tangen"
    kept.file.close()
    with pytest.raises(WrongPassword):
        kept.store.open(kept.path, "second password")
    kept.file = kept.store.open(kept.path, "new password")


def test_a_damaged_key_file_falls_back_to_its_copy_which_a_former_password_does_not_open(kept: Kept):
    kept.file.change_password(PASSWORD, "second password")
    kept.file.close()
    beside(kept.path, "keys").write_bytes(b'{"format": 1, "slots"')

    with pytest.raises(WrongPassword):
        kept.store.open(kept.path, PASSWORD)
    kept.file = kept.store.open(kept.path, "second password")


@pytest.mark.parametrize("keys_lost", [False, True])
def test_another_files_recovery_key_is_refused(kept: Kept, tmp_path: Path, keys_lost: bool):
    kept.file.close()
    other, key = kept.store.create(tmp_path / "other.mikrolaan", a_founding(), PASSWORD)
    other.close()
    if keys_lost:
        beside(kept.path, "keys").unlink()
    before = contents(tmp_path)

    with pytest.raises(WrongRecoveryKey) as refused:
        kept.store.recover(kept.path, key, "new password")

    assert not refused.value.mistyped
    assert contents(tmp_path) == before


def test_the_printed_key_wins_over_another_files_keys(kept: Kept, tmp_path: Path):
    kept.file.close()
    other, _ = kept.store.create(tmp_path / "other.mikrolaan", a_founding(), "other password")
    other.close()
    beside(kept.path, "keys").write_bytes(beside(other.path, "keys").read_bytes())

    with pytest.raises(FileDamaged):
        kept.store.open(kept.path, "other password")
    kept.file = kept.store.recover(kept.path, kept.recovery_key, "new password")
    kept.file.close()
    kept.file = kept.store.open(kept.path, "new password")


def test_a_mistyped_recovery_key_says_so(kept: Kept):
    wrong = ("8" if kept.recovery_key[0] != "8" else "9") + kept.recovery_key[1:]
    swapped = kept.recovery_key[5:9] + "-" + kept.recovery_key[:4] + kept.recovery_key[9:]
    for typed in (wrong, swapped, kept.recovery_key[:-1], "", "ÆØÅ", kept.recovery_key * 2):
        with pytest.raises(WrongRecoveryKey) as refused:
            recovery_key.read(typed)
        assert refused.value.mistyped


def test_a_file_without_its_keys_is_told_apart_from_no_file(kept: Kept, tmp_path: Path):
    kept.file.close()
    beside(kept.path, "keys").unlink()
    beside(kept.path, "keys-copy").unlink()

    with pytest.raises(FileMissing) as refused:
        kept.store.open(kept.path, PASSWORD)
    assert refused.value.keys
    with pytest.raises(FileMissing) as refused:
        kept.store.open(tmp_path / "none.mikrolaan", PASSWORD)
    assert not refused.value.keys


OPEN_FROM_OUTSIDE = """
import sys
from pathlib import Path
from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.storage.office_file import OfficeFileStore
try:
    OfficeFileStore().open(Path(sys.argv[1]), sys.argv[2]).close()
    print("opened")
except MikrolaanError as error:
    print(type(error).__name__)
"""


def outside(kept: Kept) -> str:
    """What a process of its own hears when it opens the file."""
    command = [sys.executable, "-c", OPEN_FROM_OUTSIDE, str(kept.path), PASSWORD]
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)
    return done.stdout.strip() or done.stderr


def test_a_second_process_is_refused_until_the_first_is_done(kept: Kept):
    assert outside(kept) == "FileInUse"
    with pytest.raises(FileInUse):
        kept.store.open(kept.path, PASSWORD)

    kept.file.close()

    assert outside(kept) == "opened"


@pytest.mark.skipif(sys.platform == "win32", reason="making a link needs rights of its own there")
def test_a_file_that_is_open_is_in_use_by_whatever_link_it_is_found(kept: Kept):
    link = kept.path.with_name("link.mikrolaan")
    link.symlink_to(kept.path)
    beside(link, "keys").symlink_to(beside(kept.path, "keys"))

    with pytest.raises(FileInUse):
        kept.store.open(link, PASSWORD)

    kept.file.close()
    kept.store.open(link, PASSWORD).close()


def test_a_killed_process_leaves_no_lock(kept: Kept):
    kept.file.close()
    holding = OPEN_FROM_OUTSIDE.replace(".close()", "; print('held', flush=True); sys.stdin.read()")
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(kept.path), PASSWORD],
        cwd=HOUSE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(FileInUse):
            kept.store.open(kept.path, PASSWORD)
        holder.kill()
        holder.communicate()

    kept.reopen()


def test_a_copy_opens_with_the_same_password_and_says_the_same(kept: Kept):
    kept.add_borrowers(a_borrower())
    copy = kept.file.back_up(kept.path.parent / "copies")
    kept.add_borrowers(a_borrower(2))

    assert copy.name == f"office-{kept.clock.now().astimezone():%Y-%m-%d-%H%M%S}.mikrolaan"
    assert names_in(copy.parent) == [copy.name, copy.name + "-keys"]
    opened = kept.store.open(copy, PASSWORD)
    assert opened.queries.count_borrowers() == 1
    assert opened.check() == []
    opened.close()
    with pytest.raises(FileExists):
        kept.file.back_up(copy.parent)


def test_closing_waits_for_work_in_another_thread(kept: Kept):
    begun, done = threading.Event(), threading.Event()

    def work() -> None:
        with kept.unit() as unit:
            unit.borrowers.add(a_borrower())
            begun.set()
            done.wait(5)
            unit.commit()

    thread = threading.Thread(target=work)
    thread.start()
    begun.wait(5)
    threading.Timer(0.2, done.set).start()
    kept.reopen()
    thread.join()

    assert kept.file.queries.count_borrowers() == 1


def test_a_closed_file_does_no_more_work(kept: Kept):
    kept.file.close()
    kept.file.close()

    with pytest.raises(RuntimeError):
        kept.unit(None)
    with pytest.raises(RuntimeError):  # a page that outlives the session has no key either
        kept.file.queries.count_borrowers()
    with pytest.raises(RuntimeError):
        kept.file.back_up(kept.path.parent)


def test_opening_a_known_file_loads_no_migration_machinery(kept: Kept):
    kept.file.close()
    opening = OPEN_FROM_OUTSIDE + "print('alembic' in sys.modules)"

    told = subprocess.run(
        [sys.executable, "-c", opening, str(kept.path), PASSWORD],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.split() == ["opened", "False"]
