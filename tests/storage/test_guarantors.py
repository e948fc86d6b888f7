"""Guarantors and notices come back equal, a stale save is refused, and the check finds what was done behind the program."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from mikrolaan.domain.answering import GuarantorNotice
from mikrolaan.domain.borrower import Person
from mikrolaan.domain.errors import ConflictError, NotFound
from mikrolaan.domain.guarantee_rules import GuaranteeKind
from mikrolaan.domain.guarantor import GuaranteePaper, Guarantor, Release
from mikrolaan.domain.identity import Country, read_identity
from mikrolaan.domain.synthetic import synthetic_identity
from mikrolaan.storage.check import Proof
from tests.builders import a_borrower
from tests.guaranteeing import NO, SIGNED_ON, a_guarantee, a_guarantor
from tests.storage.samples import AT, Kept, a_document, recorded
from tests.storage.tampering import tamper

NUMBER = read_identity(synthetic_identity(Country.NO, date(1990, 5, 17), 3), Country.NO, date(2026, 1, 1))


def put(kept: Kept, *guarantors: Guarantor) -> None:
    with kept.unit() as unit:
        for guarantor in guarantors:
            unit.guarantors.add(guarantor)
        unit.commit()


def got(kept: Kept, guarantor: Guarantor) -> Guarantor:
    with kept.unit(None) as unit:
        return unit.guarantors.get(guarantor.id)


def test_a_guarantor_comes_back_equal_at_every_step(kept: Kept) -> None:
    loan = kept.add_paid_out_loan()
    assert loan.contract is not None
    signed = a_guarantor(loan_id=loan.id, recorded=recorded()).with_paper(
        GuaranteePaper(loan.contract.document_id, date(2026, 1, 5))
    )
    signed = signed.signed(SIGNED_ON, NO)
    released = replace(signed, id=uuid4()).released(Release(date(2026, 5, 1), "Sold\nthe house"))
    steps = [
        a_guarantor(loan_id=loan.id, recorded=recorded()),
        a_guarantor(loan_id=loan.id, recorded=recorded(), person=Person("Nora", "Vik", identity_number=NUMBER)),
        a_guarantor(loan_id=loan.id, recorded=recorded(), person=None, borrower_id=loan.borrower_id),
        a_guarantor(
            loan_id=loan.id,
            recorded=recorded(),
            guarantee=a_guarantee(
                interest_and_costs_on_top=False,
                kind=GuaranteeKind.OWN_DEBT,
                is_consumer=False,
                until=date(2028, 6, 30),
                relation="søster & leverandør",
            ),
        ),
        a_guarantor(loan_id=loan.id, recorded=recorded()).removed(),
        signed,
        released,
        replace(released.with_release_taken_back(date(2026, 5, 2), "Wrong loan"), id=uuid4()),
    ]
    put(kept, *steps)
    kept.reopen()

    assert [got(kept, one) for one in steps] == [replace(one, version=1) for one in steps]
    with kept.unit(None) as unit:
        assert {one.id for one in unit.guarantors.of_loan(loan.id)} == {one.id for one in steps}
        assert unit.guarantors.of_loan(uuid4()) == []
    assert kept.file.check() == []
    done = kept.file.queries.follow_ups([loan.id])[loan.id]
    assert set(done.bindings) == {one.binding for one in steps} - {None}


def test_a_guarantor_who_turns_out_to_be_a_borrower_leaves_no_name_behind(kept: Kept) -> None:
    loan = kept.add_loan()
    other = a_borrower(77)
    kept.add_borrowers(other)
    kari = a_guarantor(loan_id=loan.id, recorded=recorded())
    put(kept, kari)

    with kept.unit() as unit:
        unit.guarantors.save(got(kept, kari).with_guarantee(a_guarantee(), None, other.id))
        unit.commit()

    assert (got(kept, kari).person, got(kept, kari).borrower_id) == (None, other.id)
    assert kept.file.check() == []


def test_a_stale_save_is_refused(kept: Kept) -> None:
    kari = a_guarantor(loan_id=kept.add_loan().id, recorded=recorded())
    put(kept, kari)
    first = got(kept, kari)

    with kept.unit() as unit:
        unit.guarantors.save(first.removed())
        unit.commit()
    with kept.unit() as unit, pytest.raises(ConflictError):
        unit.guarantors.save(first.removed())
    with kept.unit(None) as unit, pytest.raises(NotFound):
        unit.guarantors.get(uuid4())


def test_notices_come_back_equal_in_the_order_of_days(kept: Kept) -> None:
    loan = kept.add_loan()
    kari, letter = a_guarantor(loan_id=loan.id, recorded=recorded()), a_document(loan)
    later = GuarantorNotice(uuid4(), loan.id, date(2026, 3, 2), "Kari Vik", recorded(), kari.id, None, letter.id)
    member = GuarantorNotice(uuid4(), loan.id, date(2026, 3, 1), "Ada", recorded(), None, loan.borrower_id)
    put(kept, kari)
    with kept.unit() as unit:
        unit.documents.add(letter)
        unit.guarantors.add_notice(later)
        unit.guarantors.add_notice(member)
        unit.commit()
    kept.reopen()

    with kept.unit(None) as unit:
        assert unit.guarantors.notices_of(loan.id) == [member, later]
    assert later.recorded.at == AT
    assert kept.file.check() == []


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE guarantors SET at_most_minor = 1",
        "UPDATE guarantors SET on_top = 0",
        "UPDATE guarantors SET given_names = NULL",
        "UPDATE guarantors SET signed_on = '2026-01-02'",
        "UPDATE guarantors SET guarantee_kind = 'verbal'",
        "DELETE FROM guarantors",
    ],
)
def test_the_check_finds_a_guarantee_changed_behind_the_program(kept: Kept, harm: str) -> None:
    put(kept, a_guarantor(loan_id=kept.add_loan().id, recorded=recorded()))
    tamper(kept, harm)

    assert Proof.RECORDS in {finding.proof for finding in kept.file.check()}


def test_a_file_from_before_guarantors_takes_them_after_its_upgrade(kept: Kept) -> None:
    loan = kept.add_paid_out_loan()
    tamper(
        kept,
        "DROP TABLE guarantor_notices",
        "DROP TABLE guarantors",
        "UPDATE alembic_version SET version_num = '0009'",
    )
    kept.reopen()

    put(kept, a_guarantor(loan_id=loan.id, recorded=recorded()))

    with kept.unit(None) as unit:
        assert [one.person.name for one in unit.guarantors.of_loan(loan.id) if one.person] == ["Kari Vik"]
    assert kept.file.check() == []
