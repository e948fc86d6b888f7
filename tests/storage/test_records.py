"""What is kept comes back equal, a stale save is refused, and leaving without commit undoes everything."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from uuid import uuid4

import pytest

from mikrolaan.domain.borrower import Enterprise, LegalForm, Person
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.errors import ConflictError, NotFound
from mikrolaan.domain.group import GroupRole, LiabilityForm, Membership, NetworkGroup
from mikrolaan.domain.identity import Country, read_identity
from mikrolaan.domain.loan import Decision, GroupView, Outcome, Withdrawal
from mikrolaan.domain.money import Rounding
from mikrolaan.domain.office import OfficeSettings
from mikrolaan.domain.product import Span
from mikrolaan.domain.synthetic import synthetic_identity
from mikrolaan.domain.terms import BusinessDayRule, DayCount, FeePaid, Repayment
from tests.builders import APPLIED_ON, OFFICER, PAID_OUT_ON, a_borrower, a_person, a_product, nok, terms
from tests.storage.samples import Kept, a_document, a_payment, a_payout, a_reversal, dear_terms

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
BORN = date(1990, 5, 17)
NUMBER = read_identity(synthetic_identity(Country.NO, BORN, 3), Country.NO, date(2026, 1, 1))


@pytest.mark.parametrize(
    "borrower",
    [
        a_borrower(),
        a_borrower(enterprise=None),
        a_borrower(person=Person("Nora", "Vik", identity_number=NUMBER)),
        a_borrower(person=Person("Nora", "Vik", identity_number=replace(NUMBER, birth_date=None), birth_date=BORN)),
        a_borrower(person=a_person(given_names="李 小龙", family_name="أحمد", interpreter_needed=True)),
        a_borrower(
            enterprise=Enterprise("Vik & Sønn", LegalForm.LIMITED_COMPANY, "999888777", "Fiske", date(2020, 2, 29))
        ),
    ],
    ids=["full", "no enterprise", "with number", "number and birth date", "other scripts", "company"],
)
def test_a_borrower_comes_back_equal(kept: Kept, borrower):
    kept.add_borrowers(borrower)
    kept.reopen()

    assert kept.borrower(borrower.id) == replace(borrower, version=1)


def test_the_office_and_its_officers_come_back_equal(kept: Kept):
    with kept.unit() as unit:
        office = unit.office.get()
        changed = replace(
            office, logo=PNG, organisation_number="999888777", settings=OfficeSettings(3, 4, 6), email="a@example.org"
        )
        unit.office.save(changed)
        unit.commit()
    kept.reopen()

    with kept.unit(None) as unit:
        assert unit.office.get() == replace(changed, version=2)
        assert unit.officers.all() == [replace(kept.founding.officer, version=1)]


def test_a_group_comes_back_with_its_members_in_order(kept: Kept):
    borrowers = [a_borrower(number) for number in range(1, 5)]
    kept.add_borrowers(*borrowers)
    members = [Membership(borrower.id, date(2026, 1, 2)) for borrower in reversed(borrowers)]
    members[1] = replace(members[1], role=GroupRole.LEADER)
    members[2] = replace(members[2], left_on=date(2026, 1, 4))
    group = NetworkGroup(uuid4(), 1, "Strandgata", date(2026, 1, 2), tuple(members), LiabilityForm.PRO_RATA)
    with kept.unit() as unit:
        unit.groups.add(group)
        unit.commit()
    assert _group(kept, group) == replace(group, version=1)

    grown = replace(group, version=1, memberships=(*group.memberships, Membership(borrowers[1].id, date(2026, 2, 1))))
    with kept.unit() as unit:
        unit.groups.save(grown)
        unit.commit()

    assert _group(kept, group) == replace(grown, version=2)


def _group(kept: Kept, group: NetworkGroup) -> NetworkGroup:
    with kept.unit(None) as unit:
        return unit.groups.get(group.id)


def test_a_product_comes_back_equal_and_a_new_version_takes_its_place_among_those_offered(kept: Kept):
    first = kept.founding.products[0]
    second = replace(
        first,
        id=uuid4(),
        number=2,
        rate_percent=Span(Decimal("0"), Decimal("12.345"), Decimal("4.50")),
        repayment=Repayment.SERIAL,
        day_count=DayCount.ACTUAL_365,
        business_day_rule=BusinessDayRule.NONE,
        calendar=None,
        establishment_fee_paid=FeePaid.ADDED,
    )
    other = replace(a_product(), name="Ågots lån")
    with kept.unit() as unit:
        unit.products.save(replace(unit.products.get(first.id), is_offered=False))
        unit.products.add(second)
        unit.products.add(other)
        unit.commit()

    with kept.unit(None) as unit:
        assert unit.products.offered() == [replace(second, version=1), replace(other, version=1)]
        assert unit.products.get(first.id) == replace(first, version=2, is_offered=False)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"purpose": "Kiln,\nclay & glaze", "group_view": GroupView(APPLIED_ON, False, "not yet")},
        {"decision": Decision(APPLIED_ON, Outcome.REFUSED, OFFICER, "too early"), "terms": dear_terms(due_day=31)},
        {"withdrawal": Withdrawal(APPLIED_ON, "found other money")},
        {
            "terms": terms(
                annual_rate_percent=Decimal("7.125"),
                rounding=Rounding.HALF_EVEN,
                calendar="NO",
                business_day_rule=BusinessDayRule.FOLLOWING,
                interest_only_instalments=2,
                payment_free_instalments=1,
                first_due_on=date(2026, 3, 1),
            )
        },
    ],
    ids=["application", "group's view", "refused", "withdrawn", "many terms"],
)
def test_a_loan_comes_back_equal(kept: Kept, changes):
    loan = kept.add_loan(**changes)
    before = loan
    kept.reopen()

    assert kept.loan(loan.id) == before
    assert all(getattr(loan, name) == value for name, value in changes.items())
    assert loan.plan() == before.plan()


def test_a_journal_comes_back_in_the_order_of_typing_with_its_reversals(kept: Kept):
    loan = kept.add_paid_out_loan()
    late, early = a_payment("1000.50", date(2026, 3, 15)), a_payment(500, date(2026, 2, 1))
    for entry in (late, early, a_reversal(late.id, date(2026, 3, 16))):
        loan = kept.save_entry(loan.id, entry)
    kept.reopen()

    assert kept.loan(loan.id) == loan
    assert [entry.id for entry in loan.journal.entries][1:3] == [late.id, early.id]
    assert loan.journal.payments == (early,)


def test_a_document_comes_back_byte_for_byte(kept: Kept):
    loan = kept.add_loan()
    document = a_document(loan, bytes(range(256)) * 100)
    with kept.unit() as unit:
        unit.documents.add(document)
        unit.commit()

    with kept.unit(None) as unit:
        assert unit.documents.get(document.id) == document


def test_what_is_not_there_is_told(kept: Kept):
    with kept.unit(None) as unit, pytest.raises(NotFound):
        unit.borrowers.get(uuid4())


def test_a_stale_save_is_refused_and_changes_nothing(kept: Kept):
    borrower = a_borrower()
    kept.add_borrowers(borrower)
    mine = yours = kept.borrower(borrower.id)
    with kept.unit() as unit:
        unit.borrowers.save(replace(yours, person=a_person(given_names="Sunniva")))
        unit.commit()

    with pytest.raises(ConflictError), kept.unit() as unit:
        unit.borrowers.save(replace(mine, person=a_person(given_names="Turid")))
        unit.commit()

    assert kept.borrower(borrower.id).person.given_names == "Sunniva"
    assert kept.borrower(borrower.id).version == 2


def test_a_stale_loan_never_loses_another_officers_payment(kept: Kept):
    stale = kept.add_paid_out_loan()
    loan = kept.save_entry(stale.id, a_payment(1000, date(2026, 2, 15)))

    with pytest.raises(ConflictError), kept.unit() as unit:
        unit.loans.save(stale.with_entry(a_payment(700, date(2026, 2, 16))))
        unit.commit()
    with pytest.raises(ConflictError), kept.unit() as unit:
        unit.loans.save(replace(stale, version=loan.version))
        unit.commit()

    assert kept.loan(loan.id) == loan


def test_two_borrowers_never_share_an_identity_number(kept: Kept):
    kept.add_borrowers(a_borrower(1, person=Person("Nora", "Vik", identity_number=NUMBER)))

    with pytest.raises(ConflictError):
        kept.add_borrowers(a_borrower(2, person=Person("Nora", "Wiik", identity_number=NUMBER)))

    assert kept.file.queries.count_borrowers() == 1


def test_leaving_without_commit_undoes_everything(kept: Kept):
    loan = kept.add_paid_out_loan()
    history = kept.file.queries.count_history([])
    with kept.unit() as unit:
        unit.borrowers.add(a_borrower(99))
        unit.loans.save(loan.with_entry(a_payment(1000, date(2026, 2, 15))))
    with pytest.raises(ZeroDivisionError), kept.unit() as unit:
        unit.borrowers.add(a_borrower(99))
        raise ZeroDivisionError

    assert kept.file.queries.count_borrowers() == 1
    assert kept.loan(loan.id) == loan
    assert kept.file.queries.count_history([]) == history


def test_a_unit_for_reading_keeps_nothing(kept: Kept):
    with kept.unit(None) as unit:
        with pytest.raises(RuntimeError):
            unit.borrowers.add(a_borrower())
        with pytest.raises(RuntimeError):
            unit.loans.next_number()
        with pytest.raises(RuntimeError):
            unit.commit()


def test_a_unit_reads_one_moment_of_the_file(kept: Kept):
    borrower = a_borrower()
    kept.add_borrowers(borrower)
    with kept.unit(None) as reading:
        before = reading.borrowers.get(borrower.id)
        with kept.unit() as unit:
            unit.borrowers.save(replace(before, person=a_person(given_names="Sunniva")))
            unit.commit()

        assert reading.borrowers.get(borrower.id) == before


def test_numbers_are_counted_per_series_and_never_come_again(kept: Kept):
    with kept.unit() as unit:
        assert [unit.borrowers.next_number() for _ in range(3)] == [1, 2, 3]
        assert unit.loans.next_number() == 1
        assert unit.documents.next_number(DocumentKind.LOAN_CONTRACT) == 1
        assert unit.documents.next_number(DocumentKind.REPAYMENT_PLAN) == 1
        unit.commit()
    kept.reopen()

    with kept.unit() as unit:
        assert unit.borrowers.next_number() == 4
        assert unit.documents.next_number(DocumentKind.LOAN_CONTRACT) == 2


def test_changes_read_and_written_by_two_threads_all_survive(kept: Kept):
    loan = kept.add_paid_out_loan()

    def pay() -> None:
        for day in range(1, 26):
            kept.save_entry(loan.id, a_payment(1, date(2026, 2, day)))

    threads = [threading.Thread(target=pay) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(kept.loan(loan.id).journal.payments) == 50
    assert kept.file.check() == []


def test_a_payout_is_dated_as_it_was_typed(kept: Kept):
    loan = kept.add_paid_out_loan(terms=dear_terms())

    assert loan.paid_out_on == PAID_OUT_ON
    assert loan.journal.payouts[0].amount == a_payout(loan).amount == nok(49_500)


def test_the_file_grows_evenly_with_its_payments(kept: Kept):
    loan_ids = [kept.add_paid_out_loan().id for _ in range(10)]
    sizes = []
    for _ in range(4):
        for loan_id in loan_ids:
            for day in range(1, 11):
                kept.save_entry(loan_id, a_payment(1, date(2026, 2, day)))
        kept.reopen()
        sizes.append(kept.path.stat().st_size)
    growth = [later - earlier for earlier, later in pairwise(sizes)]

    assert max(growth) < 1.5 * min(growth)
    assert max(growth) < 100 * 2_000  # bytes per payment, with its entry in the audit trail
