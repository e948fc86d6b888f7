"""Who answers for a loan on a day, with how much, and by when each must have notice of a default."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from mikrolaan.domain.answering import (
    Answering,
    GuarantorNotice,
    answering,
    guarantors_notice_due_on,
    notice_due_on,
    notice_proposed_on,
    other_members,
    still_to_tell,
)
from mikrolaan.domain.errors import InvalidValue
from mikrolaan.domain.group import GroupRole, LiabilityForm, Membership, NetworkGroup
from mikrolaan.domain.guarantee_rules import guarantee_rules
from mikrolaan.domain.guarantor import Guarantor, Release
from mikrolaan.domain.identity import Country
from mikrolaan.domain.money import Money
from tests.builders import nok, recorded
from tests.guaranteeing import NO, SIGNED_ON, a_guarantee, a_guarantor, bound

SINCE = date(2026, 2, 15)
BEA, CLEO, DINA = uuid4(), uuid4(), uuid4()


def who_answers(
    guarantors: list[Guarantor], members: tuple[UUID, ...], form: LiabilityForm | None, debt: Money, on: date
) -> tuple[Answering, ...]:
    bindings = [one.binding for one in guarantors if one.binding is not None]
    return answering(bindings, members, form, debt, on)


def member(borrower_id: UUID) -> Answering:
    return Answering(None, borrower_id, None, nok(1_000))


def notice(on: date, *, guarantor_id: UUID | None = None, member_id: UUID | None = None) -> GuarantorNotice:
    return GuarantorNotice(uuid4(), uuid4(), on, "Kari Vik", recorded(), guarantor_id, member_id)


def test_guarantors_answer_with_what_they_promised_while_they_are_bound() -> None:
    kari, unsigned = bound(), a_guarantor()
    released = bound().released(Release(date(2026, 2, 1), "Another guarantor"))

    found = who_answers([kari, unsigned, released], (), None, nok(5_000), date(2026, 3, 1))

    assert found == (Answering(kari.id, None, SIGNED_ON, nok(12_000)),)


def test_members_answer_for_all_or_for_shares_that_add_up_or_for_nothing() -> None:
    def shares(form: LiabilityForm | None) -> list[tuple[UUID | None, object]]:
        return [
            (one.borrower_id, one.at_most) for one in who_answers([], (BEA, CLEO, DINA), form, nok("100.01"), SINCE)
        ]

    assert shares(LiabilityForm.JOINT) == [(BEA, nok("100.01")), (CLEO, nok("100.01")), (DINA, nok("100.01"))]
    assert shares(LiabilityForm.PRO_RATA) == [(BEA, nok("33.34")), (CLEO, nok("33.34")), (DINA, nok("33.33"))]
    for form in (LiabilityForm.NONE, LiabilityForm.MORAL, LiabilityForm.SAVINGS_BACKED, None):
        assert shares(form) == []
    assert who_answers([], (), LiabilityForm.JOINT, nok(100), SINCE) == ()


def test_a_member_who_is_a_guarantor_too_stands_there_once_with_the_larger_amount() -> None:
    bea = bound(person=None, borrower_id=BEA, guarantee=a_guarantee(at_most=nok(500)))

    found = who_answers([bea], (BEA, CLEO), LiabilityForm.JOINT, nok(2_000), SINCE)

    assert [(one.guarantor_id, one.borrower_id, one.at_most) for one in found] == [
        (bea.id, BEA, nok(2_000)),
        (None, CLEO, nok(2_000)),
    ]


def test_only_those_who_are_members_on_the_day_are_other_members() -> None:
    group = NetworkGroup(
        uuid4(),
        1,
        "Solsikken",
        date(2026, 1, 1),
        (
            Membership(BEA, date(2026, 1, 1), GroupRole.LEADER),
            Membership(CLEO, date(2026, 1, 1), left_on=date(2026, 2, 28)),
            Membership(DINA, date(2026, 3, 1)),
        ),
    )

    assert other_members(group, BEA, date(2026, 2, 28)) == (CLEO,)
    assert other_members(group, BEA, date(2026, 3, 1)) == (DINA,)
    assert other_members(group, DINA, date(2026, 3, 1)) == (BEA,)


def guarantor() -> Answering:
    return Answering(uuid4(), None, date(2026, 1, 10), nok(12_000))


def test_notice_to_a_guarantor_is_due_three_months_after_the_default_began() -> None:
    """Finansavtaleloven § 6-3(1)."""
    assert guarantors_notice_due_on(SINCE, [guarantor()], [], [], NO) == date(2026, 5, 15)
    assert guarantors_notice_due_on(SINCE, [], [], [], NO) is None


def test_notice_to_a_member_of_the_group_is_due_three_weeks_after_the_default_began() -> None:
    """Finansavtaleloven §§ 5-18 and 5-21, of co-debtors; 15 February and 21 days."""
    assert notice_due_on(member(BEA), SINCE, [], [], NO) == date(2026, 3, 8)
    assert guarantors_notice_due_on(SINCE, [guarantor(), member(BEA)], [], [], NO) == date(2026, 3, 8)


def test_a_guarantor_who_is_a_member_too_is_told_by_the_day_that_comes_first() -> None:
    signed_late = a_guarantor(person=None, borrower_id=BEA).signed(date(2026, 4, 1), NO)
    for bea in (bound(person=None, borrower_id=BEA), signed_late):
        (person,) = who_answers([bea], (BEA,), LiabilityForm.JOINT, nok(5_000), date(2026, 4, 1))
        assert notice_due_on(person, SINCE, [], [], NO) == date(2026, 3, 8)


def test_where_no_weeks_are_known_members_are_told_in_the_months_of_guarantors() -> None:
    for country in (Country.SE, Country.DK):
        rules = guarantee_rules(country, SINCE)
        assert rules.member_weeks is None
        assert notice_due_on(member(BEA), SINCE, [], [], rules) == date(2026, 5, 15)


def test_a_notice_to_one_guarantor_does_not_count_for_another() -> None:
    kari, ola = bound(), bound()
    people = who_answers([kari, ola], (), None, nok(5_000), SINCE)
    to_kari = notice(date(2026, 3, 1), guarantor_id=kari.id)

    assert notice_due_on(people[0], SINCE, [to_kari], [], NO) is None
    assert notice_due_on(people[1], SINCE, [to_kari], [], NO) == date(2026, 5, 15)
    assert guarantors_notice_due_on(SINCE, people, [to_kari], [], NO) == date(2026, 5, 15)
    to_ola = notice(date(2026, 3, 2), guarantor_id=ola.id)
    assert guarantors_notice_due_on(SINCE, people, [to_kari, to_ola], [], NO) is None


def test_a_notice_to_a_member_counts_for_the_same_person_as_guarantor() -> None:
    bea = bound(person=None, borrower_id=BEA)
    (person,) = who_answers([bea], (BEA,), LiabilityForm.JOINT, nok(5_000), SINCE)

    assert notice_due_on(person, SINCE, [notice(date(2026, 3, 1), member_id=BEA)], [], NO) is None
    assert notice_due_on(person, SINCE, [notice(date(2026, 3, 1), member_id=CLEO)], [], NO) is not None


def test_a_notice_recorded_by_hand_counts_for_everybody() -> None:
    assert guarantors_notice_due_on(SINCE, [member(BEA), member(CLEO)], [], [date(2026, 3, 1)], NO) is None


def test_a_notice_of_an_earlier_default_does_not_count_for_a_new_one() -> None:
    earlier = notice(date(2025, 12, 1), member_id=BEA)

    assert guarantors_notice_due_on(SINCE, [member(BEA)], [earlier], [date(2025, 12, 1)], NO) == date(2026, 3, 8)


def test_months_count_from_the_signing_where_the_guarantor_came_during_the_default() -> None:
    late = a_guarantor().signed(date(2026, 4, 1), NO)
    (person,) = who_answers([late], (), None, nok(5_000), date(2026, 4, 1))

    assert notice_due_on(person, SINCE, [], [], NO) == date(2026, 7, 1)


def test_a_notice_is_to_one_person() -> None:
    with pytest.raises(InvalidValue):
        notice(SINCE)
    with pytest.raises(InvalidValue):
        notice(SINCE, guarantor_id=uuid4(), member_id=BEA)


# -- when the office proposes the notice


@pytest.mark.parametrize(
    ("since", "proposed", "last"),
    [
        (date(2026, 2, 15), date(2026, 4, 15), date(2026, 5, 15)),  # two months; 30 days before the last day, too
        (date(2026, 4, 30), date(2026, 6, 30), date(2026, 7, 30)),
        (date(2026, 12, 31), date(2027, 2, 28), date(2027, 3, 31)),  # two months come a day before the 30 days
        (date(2026, 11, 30), date(2027, 1, 29), date(2027, 2, 28)),  # 30 days before 28 February come first
    ],
)
def test_the_notice_is_proposed_when_the_delay_is_no_longer_short_or_the_last_day_is_near(
    since: date, proposed: date, last: date
) -> None:
    """Finansavtaleloven § 6-3(2): a delay that is over within two months may go without."""
    assert notice_proposed_on(guarantor(), since, NO) == proposed
    assert NO.notice_due_on(since) == last


def test_the_notice_to_a_member_is_proposed_a_week_before_its_last_day() -> None:
    """14 days after the due date, when the first reminder may cost a fee, too."""
    assert notice_proposed_on(member(BEA), SINCE, NO) == date(2026, 3, 1)


def test_where_the_law_knows_no_short_delay_the_notice_is_proposed_thirty_days_before_the_last() -> None:
    se = guarantee_rules(Country.SE, SINCE)

    assert se.short_months is None
    for person in (guarantor(), member(BEA)):
        assert notice_proposed_on(person, SINCE, se) == date(2026, 4, 15)  # the last is 15 May, an assumption there


def test_a_guarantor_who_signed_during_the_default_is_told_by_the_months_after_the_signing() -> None:
    kari = Answering(uuid4(), None, date(2026, 3, 10), nok(12_000))

    assert notice_proposed_on(kari, SINCE, NO) == date(2026, 5, 10)  # 30 days before 10 June come a day later


def test_those_still_to_be_told_are_those_without_a_notice_of_this_default() -> None:
    people = [member(BEA), member(CLEO), member(DINA)]
    notices = [
        notice(date(2026, 4, 1), member_id=BEA),
        notice(date(2026, 2, 1), member_id=CLEO),
    ]  # Cleo's: the one before

    assert still_to_tell(SINCE, people, notices, [], NO) == (people[1], people[2])
    assert still_to_tell(SINCE, people, notices, [date(2026, 4, 2)], NO) == ()
