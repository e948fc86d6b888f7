"""Network groups: a few borrowers who meet, decide on and support each other's loans."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from uuid import UUID

from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.domain.text import checked_text


class GroupRole(Enum):
    """What a member does for the group."""

    LEADER = "leader"  # calls the meetings; a group has one
    SECRETARY = "secretary"  # writes the minutes
    TREASURER = "treasurer"  # keeps the savings
    MEMBER = "member"


class LiabilityForm(Enum):
    """What members owe for each other."""

    NONE = "none"  # each answers for the own loan only
    MORAL = "moral"  # the group helps, nobody pays for another
    SAVINGS_BACKED = "savings-backed"  # the group's savings stand in
    PRO_RATA = "pro rata"  # each answers for an equal share
    JOINT = "joint and several"  # each answers for all


@dataclass(eq=False)
class GroupSize(RuleError):
    """The group would have fewer or more members than the office allows."""

    members: int
    least: int
    most: int
    field: str = "members"


@dataclass(eq=False)
class GroupNeedsOneLeader(RuleError):
    """A group has exactly one leader."""

    leaders: int
    field: str = "members"


@dataclass(eq=False)
class AlreadyMember(RuleError):
    """The borrower is a member of this group already."""

    borrower_id: UUID
    field: str = "members"


@dataclass(eq=False)
class NotMember(RuleError):
    """The borrower is not a member of the group on that day."""

    borrower_id: UUID
    field: str = "group"


@dataclass(frozen=True, slots=True)
class GroupLimits:
    """How many members the office lets a group have."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Membership:
    """One borrower's time in the group; `left_on` is the last day."""

    borrower_id: UUID
    joined_on: date
    role: GroupRole = GroupRole.MEMBER
    left_on: date | None = None

    def __post_init__(self) -> None:
        if self.left_on is not None and self.left_on < self.joined_on:
            raise InvalidValue("left_on", Problem.TOO_EARLY, self.joined_on)

    def holds_on(self, day: date) -> bool:
        """Whether the borrower is a member on that day."""
        return self.joined_on <= day and (self.left_on is None or day <= self.left_on)


@dataclass(frozen=True, slots=True)
class NetworkGroup:
    """A group with everybody who is or was a member."""

    id: UUID
    number: int
    name: str
    formed_on: date
    memberships: tuple[Membership, ...]
    liability_form: LiabilityForm = LiabilityForm.NONE
    version: int = 0

    def __post_init__(self) -> None:
        checked_text("group_name", self.name, longest=120, needed=True)
        current = [membership.borrower_id for membership in self.current]
        for borrower_id in current:
            if current.count(borrower_id) > 1:
                raise AlreadyMember(borrower_id)

    @property
    def current(self) -> tuple[Membership, ...]:
        """The memberships that have not ended."""
        return tuple(membership for membership in self.memberships if membership.left_on is None)

    @property
    def leader_id(self) -> UUID | None:
        """The borrower who leads the group now; None after the leader left and none was chosen."""
        leaders = [membership.borrower_id for membership in self.current if membership.role is GroupRole.LEADER]
        return leaders[0] if leaders else None

    def checked_when_formed(self, limits: GroupLimits) -> NetworkGroup:
        """The group itself when it may be formed: members within the limits, one leader."""
        members = len(self.current)
        if not limits.least <= members <= limits.most:
            raise GroupSize(members, limits.least, limits.most)
        self._check_one_leader(needed=True)
        return self

    def with_member(self, joining: Membership, limits: GroupLimits) -> NetworkGroup:
        """The group after a borrower joined."""
        if joining.joined_on < self.formed_on:
            raise InvalidValue("joined_on", Problem.TOO_EARLY, self.formed_on)
        if len(self.current) + 1 > limits.most:
            raise GroupSize(len(self.current) + 1, limits.least, limits.most)
        changed = replace(self, memberships=(*self.memberships, joining))
        changed._check_one_leader(needed=False)
        return changed

    def without_member(self, borrower_id: UUID, left_on: date) -> NetworkGroup:
        """The group after a member left; it may then have fewer members than a new group needs."""
        self._current_of(borrower_id)
        return replace(
            self,
            memberships=tuple(
                replace(held, left_on=left_on) if held.borrower_id == borrower_id and held.left_on is None else held
                for held in self.memberships
            ),
        )

    def with_role(self, borrower_id: UUID, role: GroupRole) -> NetworkGroup:
        """The group after a member took a role; a new leader makes the former one an ordinary member."""
        self._current_of(borrower_id)

        def changed(held: Membership) -> Membership:
            if held.left_on is not None:
                return held
            if held.borrower_id == borrower_id:
                return replace(held, role=role)
            if role is GroupRole.LEADER and held.role is GroupRole.LEADER:
                return replace(held, role=GroupRole.MEMBER)
            return held

        return replace(self, memberships=tuple(changed(held) for held in self.memberships))

    def is_member(self, borrower_id: UUID, day: date) -> bool:
        """Whether the borrower is a member on that day."""
        return any(held.borrower_id == borrower_id and held.holds_on(day) for held in self.memberships)

    def _current_of(self, borrower_id: UUID) -> Membership:
        for membership in self.current:
            if membership.borrower_id == borrower_id:
                return membership
        raise NotMember(borrower_id)

    def _check_one_leader(self, *, needed: bool) -> None:
        leaders = sum(membership.role is GroupRole.LEADER for membership in self.current)
        if leaders > 1 or (needed and leaders == 0):
            raise GroupNeedsOneLeader(leaders)
