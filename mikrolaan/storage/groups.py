"""Network groups in the office file, with everybody who is or was a member."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select

from mikrolaan.domain.group import GroupRole, LiabilityForm, Membership, NetworkGroup
from mikrolaan.domain.search_text import search_text_of
from mikrolaan.storage.records import Values, Work
from mikrolaan.storage.sorting import sort_key
from mikrolaan.storage.tables import groups, memberships

KIND = "group"


class SqlGroups:
    """Keeps groups."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, record_id: UUID) -> NetworkGroup:
        return row_to_group(self._work.row(groups, record_id, KIND), self._members(record_id))

    def add(self, aggregate: NetworkGroup) -> None:
        members = members_to_rows(aggregate)
        self._work.add(groups, {**group_to_row(aggregate), "version": 1}, KIND, told={"members": told_members(members)})
        self._keep(aggregate.id, members)

    def save(self, aggregate: NetworkGroup) -> None:
        before = [row._asdict() for row in self._members(aggregate.id)]
        after = members_to_rows(aggregate)
        self._work.save(
            groups,
            group_to_row(aggregate),
            KIND,
            told_before={"members": told_members(before)},
            told_after={"members": told_members(after)},
        )
        self._keep(aggregate.id, after)

    def next_number(self) -> int:
        return self._work.next_number(KIND)

    def _members(self, group_id: UUID) -> Sequence[Row[Any]]:
        of_group = select(memberships).where(memberships.c.group_id == group_id).order_by(memberships.c.position)
        return self._work.connection.execute(of_group).all()

    def _keep(self, group_id: UUID, members: Sequence[Values]) -> None:
        self._work.connection.execute(delete(memberships).where(memberships.c.group_id == group_id))
        if members:
            self._work.connection.execute(insert(memberships), members)


def told_members(members: Sequence[Values]) -> list[Values]:
    """What the audit trail tells of the members."""
    return [{name: member[name] for name in ("borrower_id", "role", "joined_on", "left_on")} for member in members]


def group_to_row(group: NetworkGroup) -> Values:
    """The columns of a group; its members are rows of their own."""
    return {
        "id": group.id,
        "number": group.number,
        "name": group.name,
        "formed_on": group.formed_on,
        "liability_form": group.liability_form.value,
        "search_text": search_text_of(str(group.number), group.name),
        "name_sort": sort_key(group.name),
        "version": group.version,
    }


def members_to_rows(group: NetworkGroup) -> list[Values]:
    """One row per membership, in the group's own order."""
    return [
        {
            "group_id": group.id,
            "position": position,
            "borrower_id": held.borrower_id,
            "role": held.role.value,
            "joined_on": held.joined_on,
            "left_on": held.left_on,
        }
        for position, held in enumerate(group.memberships)
    ]


def row_to_group(row: Row[Any], members: Sequence[Row[Any]]) -> NetworkGroup:
    """A group from its row and its members' rows in order."""
    return NetworkGroup(
        id=row.id,
        number=row.number,
        name=row.name,
        formed_on=row.formed_on,
        memberships=tuple(
            Membership(member.borrower_id, member.joined_on, GroupRole(member.role), member.left_on)
            for member in members
        ),
        liability_form=LiabilityForm(row.liability_form),
        version=row.version,
    )
