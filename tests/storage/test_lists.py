"""Lists answer from the query: searched in any spelling, sorted by each column, with the figures of the statement."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mikrolaan.domain.address import Address
from mikrolaan.domain.borrower import Enterprise, Person
from mikrolaan.domain.group import GroupRole, Membership, NetworkGroup
from mikrolaan.domain.identity import Country, read_identity
from mikrolaan.domain.loan import Loan, Step
from mikrolaan.domain.statement import statement
from mikrolaan.domain.synthetic import synthetic_identity
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.storage.projections import projected
from mikrolaan.storage.sorting import sort_key
from tests.builders import PAID_OUT_ON, a_borrower, a_loan, nok, paid_out
from tests.storage.samples import ALL, ANY, Kept, a_payment, a_reversal, dear_terms, with_journal

BORN = date(1990, 5, 17)
NUMBER = read_identity(synthetic_identity(Country.NO, BORN, 3), Country.NO, date(2026, 1, 1))


def person(given_names: str, family_name: str, **more) -> Person:
    return Person(given_names, family_name, **{"birth_date": BORN, **more})


@pytest.fixture
def people(kept: Kept) -> Kept:
    kept.add_borrowers(
        a_borrower(1, person=person("Åse", "Ødegård", phone="+4790000001"), enterprise=None),
        a_borrower(2, person=person("Zoë", "Aasen", address=Address("", "", "Ås")), enterprise=Enterprise("Blå Kafé")),
        a_borrower(3, person=person("Ærlig", "Bø", identity_number=NUMBER, birth_date=None), enterprise=None),
        a_borrower(4, person=person("Øyvind", "Bø", birth_date=date(1950, 1, 1)), enterprise=Enterprise("Alfa")),
        a_borrower(5, person=person("Anne Marie", "Hansen", address=Address("", "", "Bergen")), enterprise=None),
    )
    return kept


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("åse", [1, 2]),  # Aasen begins alike
        ("aase ode", [1]),
        ("ase odegaard", [1]),
        ("ødegård åse", [1]),
        ("zoe", [2]),
        ("kafe", [2]),
        ("900 00 001", [1]),
        ("+47 900 00 001", [1]),
        (NUMBER.formatted, [3]),
        (NUMBER.digits[:6], [3]),
        ("ø", [1, 3, 4]),
        ("bo", [3, 4]),
        ("%", []),
        ("bø%", [3, 4]),
        ("nobody", []),
        ("'; DROP TABLE borrowers", []),
    ],
)
def test_a_borrower_is_found_however_the_name_is_spelt(people: Kept, typed: str, found: list[int]):
    rows = people.file.queries.borrowers(typed, Order("number"), ALL)

    assert [row.number for row in rows if row.number in found] == found
    assert people.file.queries.count_borrowers(typed) == len(rows)
    if len(typed) > 2:
        assert len(rows) == len(found)


@pytest.mark.parametrize(
    ("column", "numbers"),
    [
        ("", [5, 2, 3, 4, 1]),
        ("name", [5, 2, 3, 4, 1]),  # Anne, Zoë, Ærlig, Øyvind, Åse
        ("number", [1, 2, 3, 4, 5]),
        ("identity_number", [1, 2, 4, 5, 3]),
        ("birth_date", [4, 1, 2, 3, 5]),
        ("enterprise", [1, 3, 5, 4, 2]),
        ("phone", [2, 3, 4, 5, 1]),
        ("city", [1, 3, 4, 5, 2]),
        ("loans", [1, 2, 3, 4, 5]),
        ("outstanding", [1, 2, 3, 4, 5]),
        ("unknown", [5, 2, 3, 4, 1]),
    ],
)
def test_borrowers_are_sorted_by_each_column_both_ways_and_page_by_page(people: Kept, column: str, numbers: list[int]):
    queries = people.file.queries

    assert [row.number for row in queries.borrowers("", Order(column), ALL)] == numbers
    assert [row.number for row in queries.borrowers("", Order(column, descending=True), ALL)] == numbers[::-1]
    paged = [row.number for at in range(0, 6, 2) for row in queries.borrowers("", Order(column), Slice(at, 2))]
    assert paged == numbers


def test_names_sort_as_in_a_norwegian_index():
    names = ["Aaberg", "Zoë", "Ærlig", "Østby", "Åse", "Bø", "Ali", "Özil", "Äng", "de Lange", "Eide", "Élise"]

    assert sorted(names, key=sort_key) == [
        "Ali", "Bø", "de Lange", "Eide", "Élise", "Zoë", "Äng", "Ærlig", "Østby", "Özil", "Aaberg", "Åse"
    ]  # fmt: skip


def test_a_borrowers_row_adds_up_the_loans(kept: Kept):
    loan = kept.add_paid_out_loan()
    kept.save_entry(loan.id, a_payment(1000, date(2026, 2, 15)))
    kept.add_loan(borrower_id=loan.borrower_id)
    kept.clock.day = date(2026, 3, 1)

    (row,) = [row for row in kept.file.queries.borrowers("", ANY, ALL) if row.id == loan.borrower_id]

    assert (row.loans, row.outstanding) == (2, nok(11_000))


@pytest.mark.parametrize(
    ("name", "digits", "birth_date", "phone", "numbers"),
    [
        ("", NUMBER.digits, None, "", [3]),
        ("", "", None, "90 00 00 01", [1]),
        ("Aase Odegaard", "", None, "", [1]),
        ("Ødegård Åse", "", None, "", [1]),
        ("Anne Hansen", "", None, "", [5]),
        ("Annemarie Hansen", "", None, "", [5]),
        ("Anne Marie Lie", "", BORN, "", [5]),  # another family name, born the same day
        ("Anne Marie Lie", "", date(1991, 1, 1), "", []),
        ("", "", BORN, "", []),
        ("Turid Vik", "", None, "", []),
        ("", "", None, "", []),
        ("å", "", None, "", []),
    ],
)
def test_similar_borrowers_are_shown_while_typing(people: Kept, name, digits, birth_date, phone, numbers):
    found = people.file.queries.similar_borrowers(name, digits, birth_date, phone)

    assert [borrower.number for borrower in found] == numbers
    assert [borrower.same_identity_number for borrower in found] == [number == 3 for number in numbers]


def test_similar_borrowers_leave_out_the_case_itself_and_are_at_most_five(kept: Kept):
    same = [a_borrower(number) for number in range(1, 9)]
    kept.add_borrowers(*same)

    found = kept.file.queries.similar_borrowers(same[0].name, "", BORN, "", without=same[0].id)

    assert [borrower.number for borrower in found] == [2, 3, 4, 5, 6]


def test_loans_are_filtered_searched_and_sorted(kept: Kept):
    first = kept.add_loan()
    second = kept.add_paid_out_loan(terms=dear_terms())
    group = NetworkGroup(uuid4(), 1, "Strandgata", date(2026, 1, 2), (Membership(first.borrower_id, BORN),))
    with kept.unit() as unit:
        unit.groups.add(group)
        unit.commit()
    third = kept.add_loan(group_id=group.id)
    queries = kept.file.queries

    def numbers(chosen: LoanFilter = LoanFilter(), order: Order = ANY) -> list[int]:
        rows = queries.loans(chosen, order, ALL)
        assert queries.count_loans(chosen) == len(rows)
        return [row.number for row in rows]

    assert numbers() == [3, 2, 1]
    assert numbers(LoanFilter(step=Step.REPAYING)) == [2]
    assert numbers(LoanFilter(borrower_id=first.borrower_id)) == [1]
    assert numbers(LoanFilter(group_id=group.id)) == [third.number]
    assert numbers(LoanFilter("odegard")) == [3, 2, 1]
    assert numbers(LoanFilter("nobody")) == []
    assert numbers(LoanFilter("strandgata")) == [third.number]
    assert numbers(order=Order("number")) == [1, 2, 3]
    assert numbers(order=Order("principal", descending=True))[0] == second.number
    assert numbers(order=Order("step")) == [3, 1, 2]
    assert numbers(order=Order("next_due_on"))[0] == 2
    assert numbers(order=Order("outstanding", descending=True))[0] == 2
    for column in ("borrower", "group", "applied_on"):
        assert sorted(numbers(order=Order(column))) == [1, 2, 3]
    assert queries.loans(LoanFilter(group_id=group.id), ANY, ALL)[0].group == "Strandgata"


def test_a_groups_page_lists_members_and_what_they_owe(kept: Kept):
    loan = kept.add_paid_out_loan()
    others = [a_borrower(number) for number in (7, 8)]
    kept.add_borrowers(*others)
    left = date(2026, 1, 4)
    group = NetworkGroup(
        uuid4(),
        1,
        "Strandgata",
        date(2026, 1, 2),
        (
            Membership(others[1].id, date(2026, 1, 2), left_on=left),
            Membership(loan.borrower_id, date(2026, 1, 2), GroupRole.LEADER),
            Membership(others[0].id, date(2026, 1, 2)),
        ),
    )
    with kept.unit() as unit:
        unit.groups.add(group)
        unit.commit()
    queries = kept.file.queries

    leader, member, former = queries.members(group.id)

    assert (leader.role, leader.loans, leader.outstanding) == (GroupRole.LEADER, 1, nok(12_000))
    assert (member.borrower_id, member.loans, member.outstanding) == (others[0].id, 0, nok(0))
    assert former.left_on == left
    (row,) = queries.groups("strand", ANY, ALL)
    assert (row.members, row.leader, row.loans) == (2, "Amina Ødegård", 0)
    assert queries.count_groups("strand") == 1
    assert queries.groups_of(loan.borrower_id) == [row]
    assert queries.groups_of(others[1].id) == []
    for column in ("number", "name", "formed_on", "members", "leader", "loans", "outstanding"):
        assert queries.groups("", Order(column), ALL) == [row]


def test_a_loans_documents_are_listed_without_their_pages(kept: Kept):
    loan = kept.add_paid_out_loan()

    (row,) = kept.file.queries.documents(loan_id=loan.id)

    assert (row.loan_number, row.issued_by, row.number) == (loan.number, "Ingrid Tangen", f"K-{loan.number:05d}-00001")
    assert kept.file.queries.documents(borrower_id=loan.borrower_id) == [row]
    assert kept.file.queries.documents(loan_id=uuid4()) == []


def test_history_is_read_page_by_page_newest_first(kept: Kept):
    loan = kept.add_paid_out_loan()
    queries = kept.file.queries

    assert queries.count_history([loan.id]) == 3
    assert [row.sequence for row in queries.history([loan.id], Slice(1, 2))] == [
        row.sequence for row in queries.history([loan.id], ALL)
    ][1:3]
    assert queries.count_history([]) == queries.history([], ALL)[0].sequence


@pytest.mark.parametrize(
    "payments",
    [
        [],
        [(1000, 0)],
        [(400, 40), (100, 50)],
        [(2500, 0)],  # ahead: what is beyond the running instalment repays principal
        [(1000, 20), (7000, 25)],
        [(12_000, 3)],
        [(6_000, 1), (6_000, 2)],
    ],
)
def test_the_list_says_on_every_day_what_the_statement_says(kept: Kept, payments):
    loan = kept.add_paid_out_loan()
    for amount, days in payments:
        loan = kept.save_entry(loan.id, a_payment(amount, PAID_OUT_ON + timedelta(days=days)))
    last = PAID_OUT_ON + timedelta(days=max((days for _, days in payments), default=0))

    for days in range(0, 420, 13):
        kept.clock.day = last + timedelta(days=days)
        (row,) = kept.file.queries.loans(LoanFilter(), ANY, ALL)
        told = statement(loan, kept.clock.day)
        assert row.outstanding == told.outstanding_principal
        assert row.next_due_on == (told.next_due.instalment.due_on if told.next_due else None)


amounts = st.integers(min_value=1, max_value=60_000_00)
payments_made = st.lists(st.tuples(amounts, st.integers(0, 400), st.booleans()), max_size=6)


@given(payments=payments_made, later=st.integers(0, 900))
@settings(max_examples=60)
def test_from_the_rows_alone_follow_outstanding_next_due_and_arrears_on_any_later_day(payments, later):
    loan = a_loan_with(payments)
    day = max(entry.on for entry in loan.journal.entries) + timedelta(days=later)
    told = statement(loan, day)

    loan_row, instalments, owed = projected(loan)
    joined = [row.capitalised_minor for row in instalments if row.due_on <= day]
    outstanding = loan_row.outstanding_minor + sum(joined)
    late = [row for row in owed if row.due_on < day]

    assert outstanding == told.outstanding_principal.minor
    assert (owed[0].due_on if owed else None) == (told.next_due and told.next_due.instalment.due_on)
    assert told.days_past_due == ((day - late[0].due_on).days if late else 0)
    due = [row for row in owed if row.due_on <= day]
    assert sum(row.left_minor for row in due) == told.due_unpaid.minor
    paid = [line for line in told.particulars.rows if line.instalment.due_on <= day]
    assert sum(row.principal_minor + row.interest_minor for row in due) == sum(
        line.unpaid_without_fees.minor for line in paid
    )
    assert (loan_row.grows_until is None) == (not any(row.capitalised_minor for row in instalments))


def a_loan_with(payments: list[tuple[int, int, bool]]) -> Loan:
    loan = paid_out(a_loan(terms=dear_terms()))
    for minor, days, reversed_later in payments:
        entry = a_payment(f"{minor // 100}.{minor % 100:02d}", PAID_OUT_ON + timedelta(days=days))
        loan = with_journal(loan, *loan.journal.entries, entry)
        if reversed_later:
            loan = with_journal(loan, *loan.journal.entries, a_reversal(entry.id, entry.on))
    return loan
