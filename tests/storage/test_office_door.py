"""The office files as sign-in sees them: what is known before the database is loaded is what the store itself would say."""

from __future__ import annotations

from pathlib import Path

import pytest

from mikrolaan.services.file_errors import FileMissing, WrongPassword
from mikrolaan.storage.office_door import OfficeDoor
from tests.offices import PASSWORD, TestOffice


@pytest.fixture
def door(office: TestOffice) -> OfficeDoor:
    office.session.close()
    return OfficeDoor(office.clock.today, office.clock.now)


def test_it_knows_how_many_officers_sign_in(door: OfficeDoor, office: TestOffice) -> None:
    assert door.officers(office.path) == 1


def test_a_file_that_is_not_there_is_missing(door: OfficeDoor, tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        door.officers(tmp_path / "none.mikrolaan")


def test_the_password_opens_the_file(door: OfficeDoor, office: TestOffice) -> None:
    file = door.open(office.path, PASSWORD)
    file.close()

    assert file.officer.name == "Ingrid Tangen"


def test_the_wait_after_wrong_passwords_is_known_now_and_after_a_restart(door: OfficeDoor, office: TestOffice) -> None:
    for _slip in range(4):
        with pytest.raises(WrongPassword):
            office.files.open(office.path, "a wrong one")
        office.clock.turn(1)
    with pytest.raises(WrongPassword) as refused:
        door.open(office.path, "a wrong one")
    again = OfficeDoor(office.clock.today, office.clock.now)

    assert door.wait_seconds(office.path) == again.wait_seconds(office.path) == refused.value.wait_seconds > 0
