"""What officers do with guarantors on a real office file, from the application to the notice of default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from mikrolaan.domain.audit import Act
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.errors import ConflictError, InvalidValue
from mikrolaan.domain.follow_up import ContactKind
from mikrolaan.domain.group import GroupRole, LiabilityForm
from mikrolaan.domain.guarantor import (
    ContractOutOfDate,
    GuaranteeDoubt,
    GuaranteeNotOnPaper,
    GuaranteeSigned,
    GuaranteesOwnLoan,
    GuaranteesTwice,
)
from mikrolaan.domain.loan import Loan, Outcome, Step, StepNotOpen
from mikrolaan.services.arrears_rows import LogKind
from mikrolaan.services.desk import NotAllowed
from mikrolaan.services.queries import Slice
from mikrolaan.storage.check import check_database
from tests.builders import a_person, nok
from tests.documents.paper import pages_of, squeezed
from tests.guaranteeing import KARI, a_guarantee
from tests.offices import TestOffice
from tests.ui.lending import a_loan_at, an_application, auditor, register

OLA = a_person(given_names="Ola", family_name="Moen", birth_date=date(1965, 9, 9))


def a_repaying_loan_with(office: TestOffice, *guarantors: object) -> Loan:
    """A loan paid out on 15 January with these guarantors in its contract, who signed it on 5 January."""
    session, today = office.session, office.clock.day
    loan = an_application(office)
    for who in guarantors:
        session.guarantors.add(loan.id, who, a_guarantee())  # type: ignore[arg-type]
    session.loans.decide(loan.id, Outcome.APPROVED, on=today)
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    session.loans.sign(loan.id, today)
    office.clock.turn(10)
    return session.loans.pay_out(loan.id, office.clock.day)


def test_those_named_in_the_contract_are_bound_when_it_is_signed(office: TestOffice) -> None:
    loan = a_repaying_loan_with(office, KARI, OLA)

    session = office.reopen()
    kari, ola = session.guarantors.of_loan(loan.id)
    assert [kari.name, ola.name] == ["Kari Vik", "Ola Moen"]
    assert {one.guarantor.signed_on for one in (kari, ola)} == {date(2026, 1, 5)}
    assert kari.guarantor.expires_on == date(2036, 1, 5)
    assert loan.contract is not None and kari.guarantor.paper is not None
    assert kari.guarantor.paper.document_id == loan.contract.document_id
    assert check_database(session.queries._engine) == []  # type: ignore[attr-defined]


def test_who_did_not_sign_with_the_others_may_sign_the_same_contract_later(office: TestOffice) -> None:
    session, loan = office.session, an_application(office)
    kari = session.guarantors.add(loan.id, KARI, a_guarantee()).guarantor
    session.guarantors.add(loan.id, OLA, a_guarantee())
    session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)

    session.loans.sign(loan.id, office.clock.day, unsigned={kari.id})

    assert [one.guarantor.signed_on for one in session.guarantors.of_loan(loan.id)] == [None, date(2026, 1, 5)]
    office.clock.turn(2)
    assert session.guarantors.sign(kari.id, date(2026, 1, 7)).guarantor.expires_on == date(2036, 1, 7)


@pytest.mark.parametrize("change", ["added", "changed", "removed"])
def test_a_contract_whose_guarantors_changed_is_issued_again_before_it_is_signed(
    office: TestOffice, change: str
) -> None:
    session, loan = office.session, an_application(office)
    kari = session.guarantors.add(loan.id, KARI, a_guarantee()).guarantor
    session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    kari = session.guarantors.of_loan(loan.id)[0].guarantor
    assert session.guarantors.contract_is_current(loan.id)
    if change == "added":
        session.guarantors.add(loan.id, OLA, a_guarantee())
    elif change == "changed":
        session.guarantors.change(kari, KARI, a_guarantee(at_most=nok(5_000)))
    else:
        session.guarantors.remove(kari.id)

    assert not session.guarantors.contract_is_current(loan.id)
    with pytest.raises(ContractOutOfDate):
        session.loans.sign(loan.id, office.clock.day)
    assert session.loans.get(loan.id).step is Step.SIGNED
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    assert session.loans.sign(loan.id, office.clock.day).step is Step.PAID_OUT
    signed = {"added": 2, "changed": 1, "removed": 0}[change]
    assert sum(one.guarantor.signed_on is not None for one in session.guarantors.of_loan(loan.id)) == signed


def test_a_guarantor_may_come_while_the_loan_is_repaid_and_signs_on_a_day_of_its_own(office: TestOffice) -> None:
    loan = a_repaying_loan_with(office)
    session = office.session
    kari = session.guarantors.add(loan.id, KARI, a_guarantee()).guarantor

    with pytest.raises(GuaranteeNotOnPaper):
        session.guarantors.sign(kari.id, office.clock.day)
    signed = session.guarantors.sign(kari.id, date(2026, 1, 12), on_other_paper=True).guarantor

    assert signed.signed_on == date(2026, 1, 12)
    with pytest.raises(GuaranteeSigned):
        session.guarantors.remove(kari.id)
    with pytest.raises(GuaranteeSigned):
        session.guarantors.change(signed, KARI, a_guarantee(at_most=nok(1)))


def test_a_later_guarantor_signs_a_declaration_that_states_the_guarantee_as_it_stands(office: TestOffice) -> None:
    loan = a_repaying_loan_with(office)
    session = office.session
    kari = session.guarantors.add(loan.id, replace(KARI, paper_language="en"), a_guarantee()).guarantor

    document = session.documents.issue_guarantee(kari.id)

    assert (document.kind, document.number, document.language) == (DocumentKind.GUARANTEE, "G-00001-00001", "en")
    assert session.documents.open(document.id).content == document.content
    stated = session.guarantors.of_loan(loan.id)[0].guarantor
    assert stated.paper is not None and stated.paper.document_id == document.id
    session.guarantors.change(stated, KARI, a_guarantee(at_most=nok(5_000)))
    with pytest.raises(GuaranteeNotOnPaper):
        session.guarantors.sign(kari.id, office.clock.day)
    assert session.documents.draft_guarantee(kari.id).startswith(b"%PDF")
    again = session.documents.issue_guarantee(kari.id, "en")
    office.clock.turn(2)
    with pytest.raises(InvalidValue):
        session.guarantors.sign(kari.id, date(2026, 1, 14))  # the declaration is of the 15th
    assert session.guarantors.sign(kari.id, date(2026, 1, 16)).guarantor.paper is not None
    assert again.number == "G-00001-00002"
    with pytest.raises(GuaranteeSigned):
        session.documents.issue_guarantee(kari.id)
    assert check_database(session.queries._engine) == []  # type: ignore[attr-defined]


def test_no_declaration_is_issued_while_the_contract_is_to_state_the_guarantee(office: TestOffice) -> None:
    waiting = a_loan_at(office, Step.SIGNED)
    kari = office.session.guarantors.add(waiting.id, KARI, a_guarantee()).guarantor

    with pytest.raises(StepNotOpen):
        office.session.documents.issue_guarantee(kari.id)
    with pytest.raises(NotAllowed):
        auditor(office).documents.issue_guarantee(kari.id)


def test_nobody_signs_before_the_contract_or_tomorrow_or_on_a_closed_loan(office: TestOffice) -> None:
    session = office.session
    waiting = a_loan_at(office, Step.SIGNED)
    kari = session.guarantors.add(waiting.id, KARI, a_guarantee()).guarantor
    with pytest.raises(StepNotOpen):
        session.guarantors.sign(kari.id, office.clock.day, on_other_paper=True)
    loan = a_repaying_loan_with(office)
    ola = session.guarantors.add(loan.id, OLA, a_guarantee()).guarantor
    with pytest.raises(InvalidValue):
        session.guarantors.sign(ola.id, date(2026, 1, 16), on_other_paper=True)
    with pytest.raises(InvalidValue):
        session.guarantors.sign(ola.id, date(2026, 1, 4), on_other_paper=True)
    session.payments.take(loan.id, nok(12_000), office.clock.day)
    with pytest.raises(StepNotOpen):
        session.guarantors.sign(ola.id, office.clock.day, on_other_paper=True)
    with pytest.raises(StepNotOpen):
        session.guarantors.add(loan.id, KARI, a_guarantee())


def test_the_borrower_and_the_same_person_twice_are_refused_also_as_cases_of_the_office(office: TestOffice) -> None:
    session, loan = office.session, an_application(office)
    borrower = session.borrowers.get(loan.borrower_id)
    with pytest.raises(GuaranteesOwnLoan):
        session.guarantors.add(loan.id, borrower.id, a_guarantee())
    with pytest.raises(GuaranteesOwnLoan):
        session.guarantors.add(loan.id, borrower.person, a_guarantee())
    case = session.borrowers.register(KARI)
    session.guarantors.add(loan.id, case.id, a_guarantee())
    with pytest.raises(GuaranteesTwice):
        session.guarantors.add(loan.id, KARI, a_guarantee())
    assert [one.name for one in session.guarantors.of_loan(loan.id)] == ["Kari Vik"]


def test_a_linked_guarantor_is_named_as_the_case_stands(office: TestOffice) -> None:
    session, loan = office.session, an_application(office)
    case = session.borrowers.register(KARI)
    session.guarantors.add(loan.id, case.id, a_guarantee())

    session.borrowers.change(case, replace(KARI, family_name="Vik Dahl"), None)

    assert session.guarantors.of_loan(loan.id)[0].name == "Kari Vik Dahl"


def test_a_release_and_its_taking_back_are_told_with_their_reasons_in_the_history(office: TestOffice) -> None:
    loan = a_repaying_loan_with(office, KARI)
    session = office.session
    kari = session.guarantors.of_loan(loan.id)[0].guarantor

    session.guarantors.release(kari.id, date(2026, 1, 10), reason="The car was pledged instead")
    assert session.guarantors.answering(loan.id) == []
    session.guarantors.take_back_release(kari.id, reason="Typed on the wrong loan")

    assert [one.person.name for one in session.guarantors.answering(loan.id)] == ["Kari Vik"]
    rows = session.queries.history(session.guarantors.history_ids(loan.id), Slice())
    assert [row.act for row in rows[:2]] == [Act.RELEASE_TAKEN_BACK, Act.GUARANTOR_RELEASED]
    assert "Typed on the wrong loan" in (rows[0].after or "")


def test_a_release_is_not_taken_back_beside_a_newer_guarantee_of_the_same_person(office: TestOffice) -> None:
    loan = a_repaying_loan_with(office, KARI)
    session = office.session
    kari = session.guarantors.of_loan(loan.id)[0].guarantor
    session.guarantors.release(kari.id, office.clock.day, reason="Signs a larger one")
    session.guarantors.add(loan.id, KARI, a_guarantee(at_most=nok(20_000)))

    with pytest.raises(GuaranteesTwice):
        session.guarantors.take_back_release(kari.id, reason="Typed on the wrong loan")


def test_two_officers_do_not_overwrite_each_others_guarantee(office: TestOffice) -> None:
    session, loan = office.session, an_application(office)
    kari = session.guarantors.add(loan.id, KARI, a_guarantee()).guarantor
    session.guarantors.change(kari, KARI, a_guarantee(at_most=nok(8_000)))

    with pytest.raises(ConflictError):
        session.guarantors.change(kari, KARI, a_guarantee(at_most=nok(9_000)))
    assert session.guarantors.of_loan(loan.id)[0].guarantor.guarantee.at_most == nok(8_000)


def test_an_auditor_sees_guarantors_and_changes_none(office: TestOffice) -> None:
    loan = a_repaying_loan_with(office, KARI)
    seen = auditor(office).guarantors
    (kari,) = seen.of_loan(loan.id)
    acts: tuple[Callable[[], object], ...] = (
        lambda: seen.add(loan.id, OLA, a_guarantee()),
        lambda: seen.change(kari.guarantor, KARI, a_guarantee()),
        lambda: seen.remove(kari.guarantor.id),
        lambda: seen.sign(kari.guarantor.id, office.clock.day),
        lambda: seen.release(kari.guarantor.id, office.clock.day, reason="x"),
        lambda: seen.take_back_release(kari.guarantor.id, reason="x"),
        lambda: seen.record_notice(loan.id, office.clock.day, guarantor_id=kari.guarantor.id),
    )

    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_doubts_are_told_before_a_guarantee_is_kept(office: TestOffice) -> None:
    loan = an_application(office)

    assert office.session.guarantors.doubts(loan.id, a_guarantee(at_most=nok(12_001))) == (
        GuaranteeDoubt.MORE_THAN_LOAN,
    )
    assert office.session.guarantors.rules().notice_months == 3


# -- notices of default


def test_the_list_of_arrears_tells_by_when_guarantors_must_have_their_notice(office: TestOffice) -> None:
    loan = a_repaying_loan_with(office, KARI, OLA)
    office.clock.day = date(2026, 3, 2)  # 15 February is unpaid
    session = office.session

    def due_on() -> date | None:
        line = session.arrears.line(loan.id)
        assert line is not None
        return line.guarantors_due_on

    assert due_on() == date(2026, 5, 15)
    kari, ola = session.guarantors.answering(loan.id)
    assert [one.notice_due_on for one in (kari, ola)] == [date(2026, 5, 15)] * 2
    session.guarantors.record_notice(loan.id, date(2026, 3, 2), guarantor_id=kari.answering.guarantor_id)
    assert due_on() == date(2026, 5, 15)
    assert [one.is_told for one in session.guarantors.answering(loan.id)] == [True, False]
    session.guarantors.record_notice(loan.id, date(2026, 3, 2), guarantor_id=ola.answering.guarantor_id)
    assert due_on() is None
    logged = [line for line in session.arrears.log(loan.id) if line.kind is LogKind.NOTICE]
    assert {line.who for line in logged} == {"Kari Vik", "Ola Moen"}
    assert check_database(session.queries._engine) == []  # type: ignore[attr-defined]


def test_a_notice_recorded_by_hand_counts_for_everybody_of_the_loan(office: TestOffice) -> None:
    loan = a_repaying_loan_with(office, KARI, OLA)
    office.clock.day = date(2026, 3, 2)

    office.session.arrears.record_contact(loan.id, ContactKind.GUARANTOR_NOTICE, office.clock.day, note="By post")

    line = office.session.arrears.line(loan.id)
    assert line is not None and line.guarantors_due_on is None
    assert all(one.is_told for one in office.session.guarantors.answering(loan.id))


def test_a_released_guarantor_needs_no_notice(office: TestOffice) -> None:
    loan = a_repaying_loan_with(office, KARI)
    session = office.session
    session.guarantors.release(session.guarantors.of_loan(loan.id)[0].guarantor.id, office.clock.day, reason="Repaid")
    office.clock.day = date(2026, 3, 2)

    line = session.arrears.line(loan.id)

    assert line is not None and line.guarantors_due_on is None
    assert session.guarantors.answering(loan.id) == []


def a_loan_in_a_joint_group(office: TestOffice, form: LiabilityForm = LiabilityForm.JOINT) -> tuple[Loan, list[UUID]]:
    session = office.session
    people = [person.id for person in register(office, "Ada Berg", "Bea Dahl", "Cleo Eng")]
    roles = (GroupRole.LEADER, GroupRole.MEMBER, GroupRole.MEMBER)
    members = list(zip(people, roles, strict=True))
    group = session.groups.form("Solsikken", office.clock.day, members, form)
    loan = an_application(office, group_id=group.id)
    session.loans.record_group_view(loan.id, supports=True, on=office.clock.day)
    session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    session.loans.sign(loan.id, office.clock.day)
    office.clock.turn(10)
    return session.loans.pay_out(loan.id, office.clock.day), people


def test_each_member_who_answers_has_a_notice_of_its_own(office: TestOffice) -> None:
    loan, (_ada, bea, cleo) = a_loan_in_a_joint_group(office)
    office.clock.day = date(2026, 3, 2)
    session = office.session
    found = session.guarantors.answering(loan.id)
    owed = session.loans.statement(loan).payoff_amount
    assert owed > nok(12_000)  # with late interest on what fell due
    assert [(one.person.name, one.answering.at_most) for one in found] == [("Bea Dahl", owed), ("Cleo Eng", owed)]

    session.guarantors.record_notice(loan.id, date(2026, 3, 2), member_id=bea)
    line = session.arrears.line(loan.id)
    assert line is not None and line.guarantors_due_on == date(2026, 3, 8)  # three weeks after 15 February
    assert line.notices_from == date(2026, 3, 1)
    session.guarantors.record_notice(loan.id, date(2026, 3, 2), member_id=cleo)
    line = session.arrears.line(loan.id)
    assert line is not None and line.guarantors_due_on is None


@pytest.mark.parametrize(("form", "answers"), [(LiabilityForm.JOINT, True), (LiabilityForm.MORAL, False)])
def test_the_contract_knows_what_members_owe_for_each_other(
    office: TestOffice, form: LiabilityForm, answers: bool
) -> None:
    loan, _people = a_loan_in_a_joint_group(office, form)

    text = "".join(pages_of(office.session.documents.draft(DocumentKind.LOAN_CONTRACT, loan, "en")))

    assert (squeezed("What its members answer for is agreed in the group") in text) is answers
    assert (squeezed("the other members guarantee nothing") in text) is not answers


def test_a_notice_is_recorded_only_for_who_answers_and_not_for_tomorrow(office: TestOffice) -> None:
    loan, (ada, bea, _cleo) = a_loan_in_a_joint_group(office)
    session = office.session

    with pytest.raises(InvalidValue):
        session.guarantors.record_notice(loan.id, office.clock.day, member_id=ada)
    with pytest.raises(InvalidValue):
        session.guarantors.record_notice(loan.id, office.clock.day)
    with pytest.raises(InvalidValue):
        session.guarantors.record_notice(loan.id, date(2026, 1, 16), member_id=bea)
