"""Network groups: three to five members, one leader, and a past that stays visible."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from mikrolaan.domain.errors import InvalidValue
from mikrolaan.domain.group import (
    AlreadyMember,
    GroupLimits,
    GroupNeedsOneLeader,
    GroupRole,
    GroupSize,
    Membership,
    NetworkGroup,
    NotMember,
)

LIMITS = GroupLimits(3, 5)
FORMED_ON = date(2026, 3, 1)


def a_group(members: int = 3, *, leader: bool = True) -> NetworkGroup:
    roles = [GroupRole.LEADER if leader and number == 0 else GroupRole.MEMBER for number in range(members)]
    memberships = tuple(Membership(uuid4(), FORMED_ON, role) for role in roles)
    return NetworkGroup(uuid4(), 1, "Solsikken", FORMED_ON, memberships)


def first(group: NetworkGroup) -> UUID:
    return group.memberships[0].borrower_id


@pytest.mark.parametrize("members", [3, 4, 5])
def test_a_group_of_three_to_five_with_a_leader_is_formed(members: int) -> None:
    assert a_group(members).checked_when_formed(LIMITS).leader_id is not None


@pytest.mark.parametrize("members", [1, 2, 6])
def test_a_group_of_another_size_is_refused_with_the_limits(members: int) -> None:
    with pytest.raises(GroupSize) as refused:
        a_group(members).checked_when_formed(LIMITS)

    assert (refused.value.members, refused.value.least, refused.value.most) == (members, 3, 5)


def test_a_group_without_a_leader_is_refused() -> None:
    with pytest.raises(GroupNeedsOneLeader):
        a_group(3, leader=False).checked_when_formed(LIMITS)


def test_a_full_group_takes_nobody_more() -> None:
    with pytest.raises(GroupSize):
        a_group(5).with_member(Membership(uuid4(), date(2026, 4, 1)), LIMITS)


def test_a_member_who_left_counts_no_more_and_may_come_back() -> None:
    group = a_group(5)
    left = group.without_member(first(group), date(2026, 5, 1))

    assert len(left.current) == 4
    assert left.is_member(first(group), date(2026, 5, 1))
    assert not left.is_member(first(group), date(2026, 5, 2))

    back = left.with_member(Membership(first(group), date(2026, 6, 1)), LIMITS)

    assert len(back.current) == 5
    assert len(back.memberships) == 6


def test_a_member_is_not_added_twice() -> None:
    group = a_group(3)

    with pytest.raises(AlreadyMember):
        group.with_member(Membership(first(group), date(2026, 4, 1)), LIMITS)


def test_a_new_leader_relieves_the_former_one() -> None:
    group = a_group(3)
    second = group.memberships[1].borrower_id

    changed = group.with_role(second, GroupRole.LEADER)

    assert changed.leader_id == second
    assert [held.role for held in changed.current].count(GroupRole.LEADER) == 1


def test_a_stranger_cannot_leave() -> None:
    with pytest.raises(NotMember):
        a_group().without_member(uuid4(), date(2026, 5, 1))


def test_nobody_leaves_before_joining() -> None:
    group = a_group()

    with pytest.raises(InvalidValue):
        group.without_member(first(group), date(2026, 2, 1))


def test_nobody_joins_before_the_group_was_formed() -> None:
    with pytest.raises(InvalidValue):
        a_group().with_member(Membership(uuid4(), date(2026, 2, 1)), LIMITS)
