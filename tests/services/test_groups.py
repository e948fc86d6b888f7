"""Forming network groups and keeping their members, through the service on a real encrypted file."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from mikrolaan.domain.errors import InvalidValue, NotFound, Problem
from mikrolaan.domain.group import (
    AlreadyMember,
    GroupNeedsOneLeader,
    GroupRole,
    GroupSize,
    LiabilityForm,
    NetworkGroup,
    NotMember,
)
from tests.builders import a_person
from tests.offices import TestOffice


def people(office: TestOffice, count: int) -> list[tuple[object, GroupRole]]:
    """So many borrowers, the first of them leader."""
    made = [office.session.borrowers.register(a_person(given_names=f"Member {chr(65 + n)}")) for n in range(count)]
    return [(one.id, GroupRole.MEMBER if n else GroupRole.LEADER) for n, one in enumerate(made)]


def formed(office: TestOffice, count: int = 3) -> NetworkGroup:
    return office.session.groups.form("Solsikken", office.clock.day, people(office, count))  # type: ignore[arg-type]


def test_a_group_is_kept_with_its_members_and_survives_closing(office: TestOffice) -> None:
    members = people(office, 3)

    group = office.session.groups.form("Solsikken", office.clock.day, members, LiabilityForm.JOINT)  # type: ignore[arg-type]

    assert office.reopen().groups.get(group.id) == group
    assert group.leader_id == members[0][0]
    assert group.liability_form is LiabilityForm.JOINT


@pytest.mark.parametrize("count", [0, 2, 6])
def test_a_group_of_another_size_is_refused_and_nothing_is_kept(office: TestOffice, count: int) -> None:
    with pytest.raises(GroupSize) as refused:
        formed(office, count)

    assert (refused.value.members, refused.value.least, refused.value.most) == (count, 3, 5)
    assert office.session.queries.count_groups() == 0


def test_a_group_without_a_leader_is_refused(office: TestOffice) -> None:
    members = [(borrower_id, GroupRole.MEMBER) for borrower_id, _role in people(office, 3)]

    with pytest.raises(GroupNeedsOneLeader):
        office.session.groups.form("Solsikken", office.clock.day, members)  # type: ignore[arg-type]


def test_no_group_is_formed_tomorrow(office: TestOffice) -> None:
    with pytest.raises(InvalidValue) as refused:
        office.session.groups.form("Solsikken", office.clock.day + timedelta(days=1), people(office, 3))  # type: ignore[arg-type]

    assert (refused.value.field, refused.value.problem) == ("formed_on", Problem.TOO_LATE)


def test_numbers_follow_each_other(office: TestOffice) -> None:
    assert [formed(office).number, formed(office).number] == [1, 2]


def test_a_member_joins_and_leaves_and_the_time_in_the_group_stays(office: TestOffice) -> None:
    groups, group = office.session.groups, formed(office)
    newcomer = office.session.borrowers.register(a_person(given_names="Dina"))
    office.clock.turn(30)
    groups.add_member(group.id, newcomer.id, date(2026, 1, 20), GroupRole.TREASURER)

    after = groups.end_membership(group.id, newcomer.id, date(2026, 2, 1))

    assert after.is_member(newcomer.id, date(2026, 2, 1))
    assert not after.is_member(newcomer.id, date(2026, 2, 2))
    assert len(after.current) == 3


def test_nobody_joins_or_leaves_tomorrow(office: TestOffice) -> None:
    groups, group = office.session.groups, formed(office)
    newcomer = office.session.borrowers.register(a_person(given_names="Dina"))
    tomorrow = office.clock.day + timedelta(days=1)

    with pytest.raises(InvalidValue) as joins:
        groups.add_member(group.id, newcomer.id, tomorrow, GroupRole.MEMBER)
    with pytest.raises(InvalidValue) as leaves:
        groups.end_membership(group.id, group.memberships[1].borrower_id, tomorrow)

    assert (joins.value.field, leaves.value.field) == ("joined_on", "left_on")
    assert groups.get(group.id) == group


def test_a_member_joins_once(office: TestOffice) -> None:
    groups, group = office.session.groups, formed(office)

    with pytest.raises(AlreadyMember):
        groups.add_member(group.id, group.memberships[0].borrower_id, office.clock.day, GroupRole.MEMBER)

    assert groups.get(group.id) == group


def test_only_borrowers_of_the_office_join(office: TestOffice) -> None:
    group = formed(office)

    with pytest.raises(NotFound):
        office.session.groups.add_member(group.id, uuid4(), office.clock.day, GroupRole.MEMBER)


def test_a_role_is_given_to_members_only_and_a_group_has_one_leader(office: TestOffice) -> None:
    groups, group = office.session.groups, formed(office)
    first, second = group.memberships[0].borrower_id, group.memberships[1].borrower_id

    after = groups.give_role(group.id, second, GroupRole.LEADER)

    assert after.leader_id == second
    assert {held.borrower_id: held.role for held in after.memberships}[first] is GroupRole.MEMBER
    with pytest.raises(NotMember):
        groups.give_role(group.id, uuid4(), GroupRole.SECRETARY)


def test_the_list_counts_members_who_are_there_now(office: TestOffice) -> None:
    from mikrolaan.services.queries import Order, Slice

    group = formed(office, 4)
    office.session.groups.end_membership(group.id, group.memberships[3].borrower_id, office.clock.day)

    (row,) = office.session.queries.groups("", Order(), Slice())

    assert (row.name, row.members, row.leader) == ("Solsikken", 3, "Member A Ødegård")
