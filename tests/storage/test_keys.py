"""Keys and the printed recovery key: what is written can be read again, and every slip is noticed."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.services.file_errors import FileDamaged, WrongPassword, WrongRecoveryKey
from mikrolaan.storage import recovery_key
from mikrolaan.storage.files import beside
from mikrolaan.storage.keys import KeyCost, Slot, data_key, new_keys, new_secret, read_keys
from tests.offices import CHEAP, PASSWORD
from tests.storage.samples import Kept

secrets = st.binary(min_size=32, max_size=32)


@given(secret=secrets)
def test_a_printed_key_is_read_back_as_people_type_it(secret: bytes):
    printed = recovery_key.written(secret)
    typed = printed.lower().replace("-", "  ").replace("0", "o").replace("1", "i")

    assert recovery_key.read(printed) == recovery_key.read(typed) == secret
    assert len(printed) == 14 * 4 + 13
    assert not set(printed) & set("ILOU")


@given(secret=secrets, place=st.integers(0, 55), other=st.sampled_from(recovery_key.ALPHABET))
def test_one_wrong_letter_is_noticed(secret: bytes, place: int, other: str):
    letters = recovery_key.written(secret).replace("-", "")
    wrong = letters[:place] + other + letters[place + 1 :]

    if wrong == letters:
        assert recovery_key.read(wrong) == secret
    else:
        with pytest.raises(WrongRecoveryKey):
            recovery_key.read(wrong)


def test_the_database_key_is_not_the_secret_and_depends_on_nothing_else():
    secret = new_secret()

    assert data_key(secret) == data_key(secret) != secret
    assert data_key(secret) != data_key(new_secret())


def test_the_key_file_names_nobody_and_wraps_the_secret_anew_each_time(kept: Kept):
    first = beside(kept.path, "keys").read_text()
    kept.file.change_password(PASSWORD, PASSWORD)
    told, before = json.loads(beside(kept.path, "keys").read_text()), json.loads(first)

    assert "ingrid" not in first.lower()
    assert PASSWORD not in first
    for part in ("wrapped", "nonce"):
        assert told["slots"][0][part] != before["slots"][0][part]


def test_a_slot_cannot_be_given_to_another_officer():
    secret = new_secret()
    (slot,) = new_keys(secret).with_slot(secret, uuid4(), "Ingrid Tangen", PASSWORD, CHEAP).slots
    moved = Slot(uuid4(), slot.name_tag, slot.cost, slot.salt, slot.nonce, slot.wrapped)

    assert slot.open(PASSWORD) == secret
    assert slot.open(PASSWORD + " ") is None
    assert moved.open(PASSWORD) is None


def test_the_usual_cost_is_the_recommended_one():
    assert KeyCost() == KeyCost(memory_kib=65_536, passes=3, lanes=4)  # RFC 9106, 4, second recommendation


@pytest.mark.parametrize(
    "harm",
    [
        lambda told: told.update(format=2),
        lambda told: told.pop("slots"),
        lambda told: told["slots"][0].update(wrapped="…"),
        lambda told: told["slots"][0]["argon2id"].update(memory_kib=2**40),
        lambda told: told["slots"][0].update(officer="x"),
        lambda told: told.update(slots=5),
        lambda told: told["slots"][0].update(officer=5),
        lambda told: told["slots"][0].update(nonce=""),
        lambda told: told["slots"][0]["argon2id"].update(salt="00"),
        lambda told: told["slots"][0]["argon2id"].update(passes=float("inf")),
        lambda told: told.update(name_salt="00" * 16),
    ],
)
def test_a_key_file_that_makes_no_sense_is_damaged_when_its_copy_is_gone(kept: Kept, harm):
    beside(kept.path, "keys-copy").unlink()
    own = beside(kept.path, "keys")
    told = json.loads(own.read_text())
    harm(told)
    own.write_text(json.dumps(told))

    with pytest.raises(FileDamaged):
        read_keys(kept.path)


def test_a_letter_lost_in_the_key_file_does_not_make_the_password_wrong(kept: Kept):
    kept.file.close()
    own = beside(kept.path, "keys")
    told = json.loads(own.read_text())
    salt = told["slots"][0]["argon2id"]["salt"]
    own.write_text(own.read_text().replace(salt, ("1" if salt[0] == "0" else "0") + salt[1:]))

    kept.reopen()


def test_a_key_file_nested_without_end_is_damaged(kept: Kept):
    for name in ("keys", "keys-copy"):
        beside(kept.path, name).write_text("[" * 100_000)

    with pytest.raises(FileDamaged):
        read_keys(kept.path)


def test_half_a_character_is_a_wrong_password_and_no_failure(kept: Kept):
    kept.file.close()

    with pytest.raises(WrongPassword):
        kept.store.open(kept.path, PASSWORD + "\ud83d")
