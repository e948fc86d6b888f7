"""Guarantors: what a guarantee must state, who may give it, from when until when it binds, and when it is a doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from mikrolaan.domain.errors import CurrencyMismatch, InvalidValue, RuleError
from mikrolaan.domain.guarantee_rules import GuaranteeKind, guarantee_rules
from mikrolaan.domain.guarantor import (
    ContractOutOfDate,
    GuaranteeDoubt,
    GuaranteeNotSigned,
    GuaranteePaper,
    GuaranteeSigned,
    GuaranteesOwnLoan,
    GuaranteesTwice,
    Guarantor,
    GuarantorNotReleased,
    GuarantorReleased,
    KnownGuarantor,
    Release,
    check_contract_is_current,
    check_may_guarantee,
    doubts_about,
    is_same_person,
    named_in_contract,
)
from mikrolaan.domain.identity import Country, read_identity
from mikrolaan.domain.loan import ContractIssued
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.synthetic import synthetic_identity
from tests.builders import APPLIED_ON, a_borrower, a_loan, a_person, approved, nok, signed, terms
from tests.guaranteeing import KARI, NO, SIGNED_ON, a_guarantee, a_guarantor, bound


def known(guarantor: Guarantor) -> KnownGuarantor:
    assert guarantor.person is not None
    return KnownGuarantor(guarantor, guarantor.person)


@pytest.mark.parametrize("amount", [nok(0), nok(-1)])
def test_a_guarantee_states_an_amount(amount: Money) -> None:
    with pytest.raises(InvalidValue) as refused:
        a_guarantee(at_most=amount)
    assert refused.value.field == "at_most"


def test_a_guarantor_is_either_a_person_or_a_borrower_of_the_office() -> None:
    assert a_guarantor(person=None, borrower_id=uuid4()).person is None
    for who in ({"person": None}, {"borrower_id": uuid4()}):
        with pytest.raises(InvalidValue):
            a_guarantor(**who)


def test_a_guarantor_answers_from_the_signature_for_ten_years_in_norway() -> None:
    kari = bound()

    assert kari.expires_on == date(2036, 1, 10)
    assert [kari.answers_on(day) for day in (date(2026, 1, 9), SIGNED_ON, date(2036, 1, 10), date(2036, 1, 11))] == [
        False,
        True,
        True,
        False,
    ]
    assert not a_guarantor().answers_on(SIGNED_ON)


def test_an_agreed_last_day_holds_where_it_is_sooner() -> None:
    assert bound(guarantee=a_guarantee(until=date(2028, 6, 30))).expires_on == date(2028, 6, 30)
    assert bound(guarantee=a_guarantee(until=date(2040, 6, 30))).expires_on == date(2036, 1, 10)
    with pytest.raises(InvalidValue):
        bound(guarantee=a_guarantee(until=date(2026, 1, 9)))


def test_sweden_and_denmark_have_no_limit_of_years_that_is_known() -> None:
    for country in (Country.SE, Country.DK):
        rules = guarantee_rules(country, SIGNED_ON)
        assert a_guarantor().signed(SIGNED_ON, rules).expires_on is None
        assert rules.notice_months == 3
        assert "assumed" in rules.source


def test_the_weeks_for_members_are_told_with_their_source_and_how_sure_it_is() -> None:
    rules = guarantee_rules(Country.NO, SIGNED_ON)

    assert rules.member_weeks == 3
    for told in ("§§ 5-18 and 5-21", "§ 5-16", "assumed"):
        assert told in rules.member_source


def test_the_first_row_of_the_law_holds_for_older_days_too() -> None:
    assert guarantee_rules(Country.NO, date(1999, 1, 1)).longest_years == 10


def test_a_released_guarantor_answers_no_more_and_a_release_taken_back_counts_as_if_it_had_not_been() -> None:
    kari = bound()
    released = kari.released(Release(date(2026, 5, 1), "The car was pledged instead"))

    assert released.answers_on(date(2026, 4, 30))
    assert not released.answers_on(date(2026, 5, 1))
    assert not released.stands
    with pytest.raises(GuarantorReleased):
        released.released(Release(date(2026, 6, 1), "Again"))
    back = released.with_release_taken_back(date(2026, 6, 2), "Typed on the wrong loan")
    assert back.answers_on(date(2026, 5, 15))
    assert back.released_on is None
    with pytest.raises(GuarantorNotReleased):
        back.with_release_taken_back(date(2026, 6, 3), "Once more")
    assert back.released(Release(date(2026, 7, 1), "Repaid half")).released_on == date(2026, 7, 1)


def test_a_release_has_its_reason_and_is_not_before_the_signature() -> None:
    with pytest.raises(InvalidValue):
        Release(date(2026, 5, 1), " ")
    with pytest.raises(InvalidValue):
        Release(date(2026, 5, 1), "Sold", taken_back_on=date(2026, 5, 2))
    with pytest.raises(InvalidValue):
        bound().released(Release(date(2026, 1, 9), "Sold"))
    with pytest.raises(GuaranteeNotSigned):
        a_guarantor().released(Release(date(2026, 5, 1), "Sold"))


def test_what_was_signed_is_neither_changed_nor_removed_nor_signed_again() -> None:
    kari = bound()

    for act in (
        kari.removed,
        lambda: kari.with_guarantee(a_guarantee(at_most=nok(1)), KARI, None),
        lambda: kari.signed(SIGNED_ON, NO),
        lambda: kari.with_paper(GuaranteePaper(uuid4(), SIGNED_ON)),
    ):
        with pytest.raises(GuaranteeSigned):
            act()


def test_another_promise_needs_another_paper_but_the_same_one_does_not() -> None:
    printed = a_guarantor().with_paper(GuaranteePaper(uuid4(), APPLIED_ON))

    assert printed.with_guarantee(a_guarantee(), KARI, None).paper is not None
    assert printed.with_guarantee(a_guarantee(at_most=nok(9_000)), KARI, None).paper is None
    assert printed.with_guarantee(a_guarantee(), replace(KARI, phone="+4790000099"), None).paper is None


def test_nobody_guarantees_a_loan_of_their_own() -> None:
    loan = a_loan()
    borrower = a_borrower(id=loan.borrower_id, person=KARI)

    for own in (a_guarantor(), a_guarantor(person=replace(KARI, phone=""))):
        with pytest.raises(GuaranteesOwnLoan):
            check_may_guarantee(known(own), loan, borrower, [], SIGNED_ON)
    linked = KnownGuarantor(a_guarantor(person=None, borrower_id=loan.borrower_id), a_person())
    with pytest.raises(GuaranteesOwnLoan):
        check_may_guarantee(linked, loan, borrower, [], SIGNED_ON)


def test_the_same_person_guarantees_a_loan_once_at_a_time() -> None:
    loan, borrower = a_loan(), a_borrower()
    first, again = bound(), a_guarantor()

    with pytest.raises(GuaranteesTwice):
        check_may_guarantee(known(again), loan, borrower, [known(first)], SIGNED_ON)
    check_may_guarantee(known(first), loan, borrower, [known(first)], SIGNED_ON)
    check_may_guarantee(known(again), loan, borrower, [known(a_guarantor().removed())], SIGNED_ON)
    released = first.released(Release(SIGNED_ON, "Another bank"))
    check_may_guarantee(known(again), loan, borrower, [known(released)], SIGNED_ON)
    check_may_guarantee(known(again), loan, borrower, [known(first)], date(2036, 1, 11))


def test_a_guarantee_is_in_the_currency_of_the_loan() -> None:
    swedish = a_guarantor(guarantee=a_guarantee(at_most=Money(100_00, Currency.SEK)))

    with pytest.raises(CurrencyMismatch):
        check_may_guarantee(known(swedish), a_loan(), a_borrower(), [], SIGNED_ON)


def test_people_are_the_same_by_identity_number_else_by_name_and_birth_date() -> None:
    number = read_identity(synthetic_identity(Country.NO, date(1970, 3, 1), 1), Country.NO, SIGNED_ON)
    other = read_identity(synthetic_identity(Country.NO, date(1970, 3, 1), 2), Country.NO, SIGNED_ON)
    numbered = replace(KARI, identity_number=number, birth_date=None)

    assert is_same_person(numbered, replace(numbered, family_name="Nilsen"))
    assert not is_same_person(numbered, replace(numbered, identity_number=other))
    assert is_same_person(numbered, replace(KARI, given_names="KARI"))
    assert not is_same_person(KARI, replace(KARI, birth_date=date(1971, 3, 1)))


def test_doubts_are_told_and_nothing_is_refused() -> None:
    loan = a_loan()  # 12 000 in all, the last instalment on 15 January 2027

    def doubts(**changes: Any) -> tuple[GuaranteeDoubt, ...]:
        return doubts_about(a_guarantee(**changes), loan, NO, SIGNED_ON)

    assert doubts() == ()
    assert doubts(at_most=nok("12000.01")) == (GuaranteeDoubt.MORE_THAN_LOAN,)
    assert doubts(kind=GuaranteeKind.OWN_DEBT) == (GuaranteeDoubt.NOT_FOR_CONSUMER,)
    assert doubts(kind=GuaranteeKind.OWN_DEBT, is_consumer=False) == ()
    assert doubts(until=date(2027, 1, 14)) == (GuaranteeDoubt.ENDS_BEFORE_LOAN,)
    assert doubts(until=date(2027, 1, 15)) == ()
    swedish = guarantee_rules(Country.SE, SIGNED_ON)
    assert doubts_about(a_guarantee(kind=GuaranteeKind.OWN_DEBT), loan, swedish, SIGNED_ON) == ()


def test_a_loan_longer_than_ten_years_outlasts_its_guarantee() -> None:
    long = a_loan(terms=terms(instalments=132))

    assert doubts_about(a_guarantee(), long, NO, SIGNED_ON) == (GuaranteeDoubt.ENDS_BEFORE_LOAN,)


def test_a_contract_waiting_for_signatures_is_out_of_date_when_the_list_is_another() -> None:
    contract = ContractIssued(uuid4(), APPLIED_ON)
    loan = approved(a_loan()).with_contract(contract)
    paper = GuaranteePaper(contract.document_id, contract.on)
    stated = a_guarantor().with_paper(paper)

    check_contract_is_current(loan, [stated])
    check_contract_is_current(a_loan(), [a_guarantor()])
    for others in (
        [stated, a_guarantor()],
        [stated.removed()],
        [stated.with_guarantee(a_guarantee(at_most=nok(1)), KARI, None)],
        [a_guarantor().with_paper(GuaranteePaper(uuid4(), APPLIED_ON))],
    ):
        with pytest.raises(ContractOutOfDate):
            check_contract_is_current(loan, others)
    check_contract_is_current(loan.with_signature(APPLIED_ON), [stated, a_guarantor()])


def test_a_signed_contract_names_those_it_was_issued_with_and_no_later_ones() -> None:
    loan = signed(a_loan())
    assert loan.contract is not None
    first = a_guarantor().with_paper(GuaranteePaper(loan.contract.document_id, APPLIED_ON))
    later = a_guarantor().with_paper(GuaranteePaper(uuid4(), date(2026, 3, 1)))

    assert named_in_contract(loan, [first, later, a_guarantor()]) == [first]
    assert named_in_contract(a_loan(), [later, later.removed()]) == [later]


def test_a_removed_guarantor_has_not_signed() -> None:
    with pytest.raises(RuleError):
        replace(bound(), is_removed=True)
    assert not a_guarantor().removed().stands
