"""Budgets are kept with their case, versioned and audited, and an instalment is held against them by the month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from mikrolaan.domain.audit import Act
from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.budget import Budget, BudgetLine, Part, Per
from mikrolaan.domain.errors import ConflictError, InvalidValue, NotFound, Problem
from mikrolaan.domain.money import Currency
from mikrolaan.domain.office import Role
from mikrolaan.domain.plan import make_plan
from mikrolaan.domain.terms import PeriodUnit, Repayment
from mikrolaan.services.budgets import BudgetService, monthly_instalment
from mikrolaan.services.desk import NotAllowed
from mikrolaan.services.queries import Slice
from mikrolaan.storage.check import check_database
from tests.builders import a_person, nok, terms
from tests.offices import TestOffice
from tests.services.test_loan_service import a_paid_out_loan

LINES = (
    BudgetLine(Part.INCOME, "Wage", nok(18_000)),
    BudgetLine(Part.COST, "Insurance", nok(12_000), Per.YEAR),
    BudgetLine(Part.DEBT, "Ågots bank", nok(1_000), remaining=nok("90000.50")),
)


@pytest.fixture
def amina(office: TestOffice) -> Borrower:
    return office.session.borrowers.register(a_person())


def kept(office: TestOffice, borrower: Borrower, *lines: BudgetLine) -> Budget:
    begun = office.session.budgets.begin(borrower.id, Currency.NOK)
    return office.session.budgets.save(replace(begun, lines=lines or LINES, notes="From the tax return.\nApproximate."))


def test_a_budget_comes_back_equal_after_the_file_was_closed(office: TestOffice, amina: Borrower):
    saved = kept(office, amina)

    session = office.reopen()

    assert session.budgets.of(amina.id) == saved
    assert saved.version == 1
    assert saved.lines == LINES
    assert saved.drawn_up_on == office.clock.day


def test_a_case_without_a_budget_has_none(office: TestOffice, amina: Borrower):
    assert office.session.budgets.of(amina.id) is None


def test_a_change_is_another_version_and_the_history_tells_it(office: TestOffice, amina: Borrower):
    first = kept(office, amina)
    second = office.session.budgets.save(replace(first, lines=LINES[:1]))

    assert (second.version, second.lines) == (2, LINES[:1])
    changed, made = office.session.queries.history([first.id], Slice())
    assert changed.act is made.act is Act.BUDGET_SAVED
    assert made.before is None
    assert "Ågots bank" in str(changed.before)
    assert "Ågots bank" not in str(changed.after)


def test_a_stale_save_is_refused_and_nothing_changes(office: TestOffice, amina: Borrower):
    first = kept(office, amina)
    second = office.session.budgets.save(replace(first, notes="Theirs"))

    with pytest.raises(ConflictError):
        office.session.budgets.save(replace(first, notes="Mine"))

    assert office.session.budgets.of(amina.id) == second


def test_two_first_budgets_of_one_case_do_not_overwrite_each_other(office: TestOffice, amina: Borrower):
    mine = office.session.budgets.begin(amina.id, Currency.NOK)
    theirs = kept(office, amina)

    with pytest.raises(ConflictError):
        office.session.budgets.save(mine)

    assert office.session.budgets.of(amina.id) == theirs


def test_a_budget_is_not_dated_after_today(office: TestOffice, amina: Borrower):
    tomorrow = office.clock.day + timedelta(days=1)
    begun = replace(office.session.budgets.begin(amina.id, Currency.NOK), drawn_up_on=tomorrow)

    with pytest.raises(InvalidValue) as caught:
        office.session.budgets.save(begun)

    assert (caught.value.field, caught.value.problem) == ("drawn_up_on", Problem.TOO_LATE)


def test_a_budget_that_is_gone_is_not_found(office: TestOffice, amina: Borrower):
    with pytest.raises(NotFound), office.session.file.desk().reading() as unit:
        unit.budgets.get(UUID(int=1))


def test_an_auditor_reads_budgets_and_saves_none(office: TestOffice, amina: Borrower):
    saved = kept(office, amina)
    desk = office.session.file.desk()
    auditor = BudgetService(replace(desk, officer=replace(desk.officer, roles=frozenset({Role.AUDITOR}))))

    assert auditor.of(amina.id) == saved
    assert not auditor.may_change
    with pytest.raises(NotAllowed):
        auditor.save(replace(saved, notes="changed"))


def test_the_check_proves_budgets_and_finds_a_line_that_was_altered(office: TestOffice, amina: Borrower):
    kept(office, amina)
    kept(office, office.session.borrowers.register(a_person(given_names="Mai")), *LINES[1:])
    engine = office.session.file._engine  # type: ignore[attr-defined]
    assert check_database(engine) == []

    with office.session.file.desk().open_unit(Act.EXAMPLE_MADE) as unit:
        unit._connection.exec_driver_sql("UPDATE budget_lines SET amount_minor = 1 WHERE name = 'Wage'")  # type: ignore[attr-defined]
        unit._transaction.commit()  # type: ignore[attr-defined]

    (found,) = check_database(engine)
    assert "budget" in found.detail


# -- the instalment of the case


def apply_for(office: TestOffice, borrower: Borrower, **changes):
    product = replace(office.session.products.offered()[0])
    return office.session.loans.apply(borrower.id, product, terms(**changes))


def test_the_newest_open_loan_of_the_case_gives_the_instalment(office: TestOffice, amina: Borrower):
    apply_for(office, amina)
    newest = apply_for(office, amina, principal=nok(24_000))

    own = office.session.budgets.instalment_of(amina.id)

    assert own is not None
    assert (own.loan_number, own.monthly, own.other_loans) == (newest.number, nok(2_000), ())


def test_a_withdrawn_application_gives_none(office: TestOffice, amina: Borrower):
    loan = apply_for(office, amina)
    office.session.loans.withdraw(loan.id, reason="found other money")

    assert office.session.budgets.instalment_of(amina.id) is None


def test_a_loan_being_repaid_beside_an_application_is_named(office: TestOffice):
    running = a_paid_out_loan(office)
    borrower = office.session.borrowers.get(running.borrower_id)
    newest = apply_for(office, borrower, principal=nok(24_000), disbursed_on=office.clock.day)

    own = office.session.budgets.instalment_of(borrower.id)

    assert own is not None
    assert (own.loan_number, own.other_loans) == (newest.number, (running.number,))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, nok(1_000)),
        ({"every": 3, "instalments": 4}, nok(1_000)),  # 3 000 every quarter
        ({"unit": PeriodUnit.WEEKS, "every": 2}, nok("2166.67")),  # 1 000 × 26 / 12
        ({"unit": PeriodUnit.DAYS, "every": 10}, nok("3041.67")),  # 1 000 × 36.5 / 12
    ],
)
def test_an_instalment_of_any_rhythm_comes_to_a_month(changes, expected):
    assert monthly_instalment(make_plan(terms(**changes))) == expected


def test_a_loan_repaid_at_the_end_says_so(office: TestOffice, amina: Borrower):
    apply_for(
        office,
        amina,
        annual_rate_percent=Decimal(12),
        repayment=Repayment.INTEREST_ONLY,
        first_due_on=date(2026, 2, 15),
    )

    own = office.session.budgets.instalment_of(amina.id)

    assert own is not None
    assert own.ends_larger
