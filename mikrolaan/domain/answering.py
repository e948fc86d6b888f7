"""Who answers for a loan besides the borrower on a day, and by when each must have written notice of a default."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.group import LiabilityForm, NetworkGroup
from mikrolaan.domain.guarantee_rules import GuaranteeRules
from mikrolaan.domain.guarantor import Binding
from mikrolaan.domain.journal import Recorded
from mikrolaan.domain.money import Money
from mikrolaan.domain.months import months_later
from mikrolaan.domain.text import checked_text

ANSWERING_FORMS = frozenset({LiabilityForm.PRO_RATA, LiabilityForm.JOINT})  # members answer for each other's debt
LONGEST_WHO = 250
LEAD_DAYS = 30  # so long before the last day the office proposes the notice, however short the default
MEMBER_LEAD_DAYS = 7  # the same for members, where their last day comes after weeks


@dataclass(frozen=True, slots=True)
class Answering:
    """One person who answers for a loan: as guarantor, as member of the borrower's group, or both."""

    guarantor_id: UUID | None
    borrower_id: UUID | None  # the member's or the linked borrower's; None: a guarantor without a case
    since: date | None  # when the guarantee was signed; None: as a member
    at_most: Money  # a guarantor's promised amount, on top of which interest and costs may come; a member's share
    share: Money | None = None  # of the debt, as a member of the group; None: as guarantor alone

    @property
    def is_member(self) -> bool:
        """Whether the person answers as a member of the borrower's group, perhaps besides a guarantee."""
        return self.share is not None or self.guarantor_id is None


@dataclass(frozen=True, slots=True)
class GuarantorNotice:
    """Written notice of the borrower's default, given to one person who answers for the loan."""

    id: UUID
    loan_id: UUID
    on: date
    who: str  # the name that the notice was addressed to
    recorded: Recorded
    guarantor_id: UUID | None = None  # to a guarantor, or
    member_id: UUID | None = None  # to a member of the group: the borrower it is
    document_id: UUID | None = None  # the letter; None: another paper than the program's

    def __post_init__(self) -> None:
        if (self.guarantor_id is None) == (self.member_id is None):
            raise InvalidValue("guarantor_id", Problem.NOT_TOGETHER, "member_id")
        checked_text("who", self.who, longest=LONGEST_WHO, needed=True)

    def reaches(self, person: Answering) -> bool:
        """Whether it was given to this person."""
        if self.guarantor_id is not None:
            return self.guarantor_id == person.guarantor_id
        return self.member_id == person.borrower_id


def other_members(group: NetworkGroup, borrower_id: UUID, on: date) -> tuple[UUID, ...]:
    """The borrowers who are members with this one on a day."""
    ids = (held.borrower_id for held in group.memberships if held.holds_on(on) and held.borrower_id != borrower_id)
    return tuple(dict.fromkeys(ids))


def answering(
    bindings: Iterable[Binding], members: Sequence[UUID], form: LiabilityForm | None, debt: Money, on: date
) -> tuple[Answering, ...]:
    """Who answers for `debt` on a day and with how much at most; guarantors first, in their order.

    A guarantor answers for the promised amount. `members` are the other members of the borrower's group. By joint liability each answers for all of the debt, pro
    rata for an equal share: the shares add up exactly, the earliest carry the remainder. By the other forms nobody
    pays for another. Who is both member and guarantor stands there once, with the larger amount.
    """
    found = [
        Answering(one.guarantor_id, one.borrower_id, one.signed_on, one.at_most) for one in bindings if one.holds_on(on)
    ]
    if form not in ANSWERING_FORMS or not members:
        return tuple(found)
    shares = [debt] * len(members) if form is LiabilityForm.JOINT else debt.split(len(members))
    for member_id, share in zip(members, shares, strict=True):
        place = next((n for n, one in enumerate(found) if one.borrower_id == member_id), None)
        if place is None:
            found.append(Answering(None, member_id, None, share, share))
        else:
            found[place] = replace(found[place], at_most=max(found[place].at_most, share), share=share)
    return tuple(found)


def notice_due_on(
    person: Answering,
    since: date,
    notices: Iterable[GuarantorNotice],
    told_all_on: Iterable[date],
    rules: GuaranteeRules,
) -> date | None:
    """The last day for the written notice of a default that began on `since`; None where it was given.

    Three months for a guarantor in Norway (finansavtaleloven § 6-3(1)), counted from the signing where that came later;
    three weeks for a member of the group (§§ 5-18, 5-21); for who is both, the day that comes first. A default of two
    months at most that is over may go without a notice to guarantors (§ 6-3(2)); a new default needs a new notice.
    `told_all_on` are days on which the officer recorded by hand that everybody who answers was told.
    """
    if any(given > since for given in told_all_on):
        return None
    if any(notice.on > since and notice.reaches(person) for notice in notices):
        return None
    days = []
    if person.guarantor_id is not None:
        days.append(rules.notice_due_on(_began(person, since)))
    if person.is_member:
        days.append(rules.member_notice_due_on(since))
    return min(days)


def notice_proposed_on(person: Answering, since: date, rules: GuaranteeRules) -> date:
    """The first day on which the office proposes the notice of a default that began on `since`.

    For a guarantor a short delay may go without (§ 6-3(2)), so it is the day on which the default has lasted longer than
    the law calls short; and `LEAD_DAYS` before the last day at the latest, also where the law knows no short delay. For a
    member whose last day comes after weeks it is `MEMBER_LEAD_DAYS` before that day.
    """
    if person.is_member and rules.member_weeks is not None:
        return rules.member_notice_due_on(since) - timedelta(days=MEMBER_LEAD_DAYS)
    began = _began(person, since)
    latest = rules.notice_due_on(began) - timedelta(days=LEAD_DAYS)
    return latest if rules.short_months is None else min(latest, months_later(began, rules.short_months))


def _began(person: Answering, since: date) -> date:
    """When the default began for this person: not before the guarantee was signed."""
    return since if person.since is None else max(since, person.since)


def guarantors_notice_due_on(
    since: date,
    people: Iterable[Answering],
    notices: Sequence[GuarantorNotice],
    told_all_on: Sequence[date],
    rules: GuaranteeRules,
) -> date | None:
    """The earliest of these days over everybody who answers for the loan; None where nobody is still to be told."""
    days = (notice_due_on(person, since, notices, told_all_on, rules) for person in people)
    return min(filter(None, days), default=None)


def still_to_tell(
    since: date,
    people: Iterable[Answering],
    notices: Sequence[GuarantorNotice],
    told_all_on: Sequence[date],
    rules: GuaranteeRules,
) -> tuple[Answering, ...]:
    """Those who answer for the loan and have had no notice of the default that began on `since`, in their order."""
    return tuple(one for one in people if notice_due_on(one, since, notices, told_all_on, rules) is not None)
