"""What an officer can do with network groups: form them and keep their members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from mikrolaan.domain.audit import Act
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.group import GroupLimits, GroupRole, LiabilityForm, Membership, NetworkGroup
from mikrolaan.domain.office import Role
from mikrolaan.domain.unit_of_work import UnitOfWork
from mikrolaan.services.desk import Desk


class GroupService:
    """Network groups and their members."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def form(
        self,
        name: str,
        formed_on: date,
        members: Sequence[tuple[UUID, GroupRole]],
        liability_form: LiabilityForm = LiabilityForm.NONE,
    ) -> NetworkGroup:
        """Form a group of existing borrowers within the office's limits, one of them leader."""
        self._desk.require(Role.ADVISER, Role.APPROVER)
        self._not_later("formed_on", formed_on)
        memberships = tuple(Membership(borrower_id, formed_on, role) for borrower_id, role in members)
        with self._desk.open_unit(Act.GROUP_FORMED) as unit:
            group = NetworkGroup(uuid4(), unit.groups.next_number(), name, formed_on, memberships, liability_form)
            group.checked_when_formed(_limits(unit))
            unit.groups.add(group)
            unit.commit()
        return self.get(group.id)

    def get(self, group_id: UUID) -> NetworkGroup:
        """The group as it stands."""
        with self._desk.reading() as unit:
            return unit.groups.get(group_id)

    def limits(self) -> GroupLimits:
        """How many members the office lets a group have."""
        with self._desk.reading() as unit:
            return _limits(unit)

    def add_member(self, group_id: UUID, borrower_id: UUID, joined_on: date, role: GroupRole) -> NetworkGroup:
        """Let a borrower join."""
        self._desk.require(Role.ADVISER, Role.APPROVER)
        self._not_later("joined_on", joined_on)
        with self._desk.open_unit(Act.GROUP_CHANGED) as unit:
            unit.borrowers.get(borrower_id)
            group = unit.groups.get(group_id)
            unit.groups.save(group.with_member(Membership(borrower_id, joined_on, role), _limits(unit)))
            unit.commit()
        return self.get(group_id)

    def end_membership(self, group_id: UUID, borrower_id: UUID, left_on: date) -> NetworkGroup:
        """Note that a member left; the time in the group stays visible."""
        self._desk.require(Role.ADVISER, Role.APPROVER)
        self._not_later("left_on", left_on)
        with self._desk.open_unit(Act.GROUP_CHANGED) as unit:
            unit.groups.save(unit.groups.get(group_id).without_member(borrower_id, left_on))
            unit.commit()
        return self.get(group_id)

    def give_role(self, group_id: UUID, borrower_id: UUID, role: GroupRole) -> NetworkGroup:
        """Give a member a role."""
        self._desk.require(Role.ADVISER, Role.APPROVER)
        with self._desk.open_unit(Act.GROUP_CHANGED) as unit:
            unit.groups.save(unit.groups.get(group_id).with_role(borrower_id, role))
            unit.commit()
        return self.get(group_id)

    def _not_later(self, name: str, day: date) -> None:
        if day > self._desk.today():
            raise InvalidValue(name, Problem.TOO_LATE, self._desk.today())


def _limits(unit: UnitOfWork) -> GroupLimits:
    settings = unit.office.get().settings
    return GroupLimits(settings.group_members_least, settings.group_members_most)
