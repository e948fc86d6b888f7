"""The lending ledger through the service, on a real encrypted file."""

from __future__ import annotations

from datetime import date
from itertools import count
from uuid import uuid4

import pytest

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.identity import Country
from mikrolaan.domain.journal import Fee, PaymentMeans
from mikrolaan.domain.ledger import ClosedAlready
from mikrolaan.domain.ledger_accounts import AccountRole, AccountShared, standard_chart
from mikrolaan.domain.ledger_replay import VoucherKind
from mikrolaan.domain.trial_balance import Period, TrialBalance
from mikrolaan.services.desk import NotAllowed
from mikrolaan.services.session import Session
from mikrolaan.storage.check import Finding, Proof
from mikrolaan.storage.open_file import OpenOfficeFile
from tests.builders import nok
from tests.offices import TestOffice
from tests.services.test_payments import FIRST_DUE, a_loan
from tests.ui.lending import auditor

JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31))
FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))


def figures(balance: TrialBalance | None) -> dict[str, tuple[int, ...]]:
    """Opening, debit, credit and closing in kroner, by account."""
    assert balance is not None
    assert balance.difference == balance.loans_difference == balance.total.opening == nok(0)
    return {
        row.number: tuple(amount.minor // 100 for amount in (row.opening, row.debit, row.credit, row.closing))
        for row in balance.rows
    }


def proved(session: Session) -> list[Finding]:
    """What the check of the whole file finds."""
    file = session.file
    assert isinstance(file, OpenOfficeFile)
    return file.check()


def test_a_trial_balance_shows_what_each_account_began_with_and_moved(office: TestOffice) -> None:
    loan = a_loan(office)  # 12 000 kroner paid out on 15 January
    office.session.payments.take(loan.id, nok(1_000), FIRST_DUE)
    office.session.payments.take(loan.id, nok(250), FIRST_DUE, PaymentMeans.CASH)

    assert figures(office.session.ledger.trial_balance(JANUARY)) == {
        "1390": (0, 12_000, 0, 12_000),
        "1920": (0, 0, 12_000, -12_000),
    }
    assert figures(office.session.ledger.trial_balance(FEBRUARY)) == {
        "1390": (12_000, 0, 1_250, 10_750),
        "1900": (0, 250, 0, 250),
        "1920": (-12_000, 1_000, 0, -11_000),
    }


def test_an_office_without_loans_has_an_empty_balance(office: TestOffice) -> None:
    balance = office.session.ledger.trial_balance(JANUARY)

    assert balance is not None
    assert (balance.rows, balance.loans, balance.difference) == ((), 0, nok(0))


def test_results_begin_at_nothing_every_year_and_earlier_years_stand_by_themselves(office: TestOffice) -> None:
    session, loan = office.session, a_loan(office)
    office.clock.day = date(2026, 3, 1)
    session.life.charge_fee(loan.id, Fee(uuid4(), date(2026, 3, 1), nok(70), date(2026, 3, 15), session.life.stamp()))
    year = Period(date(2027, 1, 1), date(2027, 12, 31))

    found = figures(session.ledger.trial_balance(year))

    assert "8079" not in found
    assert found["2050"] == (-70, 0, 0, -70)


def test_the_vouchers_of_an_account_open_down_to_the_loan(office: TestOffice) -> None:
    loan = a_loan(office)
    office.session.payments.take(loan.id, nok(1_000), FIRST_DUE)

    told = office.session.ledger.vouchers("1390", FEBRUARY)

    assert told is not None
    (row,) = told.rows
    assert (told.name, told.opening) == ("Utlån", nok(12_000))
    assert (row.kind, row.loan_id, row.amount, row.balance) == (
        VoucherKind.PAYMENT,
        loan.id,
        nok(-1_000),
        nok(11_000),
    )
    assert row.borrower == "Amina Ødegård"


def test_work_on_the_ledger_can_be_cancelled_and_tells_how_far_it_is(office: TestOffice) -> None:
    a_loan(office)
    seen: list[tuple[int, int]] = []
    ledger = office.session.ledger

    ledger.trial_balance(JANUARY, lambda done, total: seen.append((done, total)))

    assert seen == [(0, 1), (1, 1)]
    assert ledger.trial_balance(JANUARY, cancelled=lambda: True) is None
    assert ledger.vouchers("1390", JANUARY, cancelled=lambda: True) is None
    asked = count()
    assert ledger.close(date(2026, 1, 31), cancelled=lambda: next(asked) > 0) is None
    assert ledger.closed_until() is None


def test_an_account_gets_the_offices_own_number_and_keeps_it(office: TestOffice) -> None:
    a_loan(office)

    office.session.ledger.set_account(AccountRole.LOANS, "1395", "  Utlån  mikrokreditt ")
    office.session.ledger.set_account(AccountRole.LOANS, "1396", "Utlån mikrokreditt")

    chart = office.reopen().ledger.chart()
    assert (chart.of(AccountRole.LOANS).number, chart.of(AccountRole.LOANS).name) == ("1396", "Utlån mikrokreditt")
    assert "1396" in figures(office.session.ledger.trial_balance(JANUARY))
    assert proved(office.session) == []


def test_accounts_can_be_shared_but_not_with_the_loans(office: TestOffice) -> None:
    ledger = office.session.ledger
    ledger.set_account(AccountRole.CASH, "1920", "Bankinnskudd")

    with pytest.raises(AccountShared):
        ledger.set_account(AccountRole.INTEREST_DUE, "1390", "Utlån")
    for number, problem in (("", Problem.MISSING), ("19A0", Problem.MALFORMED), ("1" * 11, Problem.TOO_LONG)):
        with pytest.raises(InvalidValue) as error:
            ledger.set_account(AccountRole.CASH, number, "Kasse")
        assert (error.value.field, error.value.problem) == ("number", problem)
    assert ledger.chart().of(AccountRole.CASH).number == "1920"


def test_who_may_only_look_changes_no_account_and_closes_no_books(office: TestOffice) -> None:
    office.clock.day = date(2026, 2, 2)
    ledger = auditor(office).ledger

    with pytest.raises(NotAllowed):
        ledger.set_account(AccountRole.CASH, "1901", "Kasse")
    with pytest.raises(NotAllowed):
        ledger.close(date(2026, 1, 31))
    assert ledger.trial_balance(JANUARY) is not None


@pytest.mark.parametrize("country", Country)
def test_every_country_has_a_standard_chart_where_the_loans_stand_alone(country: Country) -> None:
    chart = standard_chart(country)

    assert len(chart.accounts) == len(AccountRole)
    numbers = [account.number for account in chart.accounts]
    assert numbers.count(chart.of(AccountRole.LOANS).number) == 1
    names = {account.number: account.name for account in chart.accounts}
    assert all(names[account.number] == account.name for account in chart.accounts)


def test_closed_books_stay_as_they_were_reported_whatever_is_typed_later(office: TestOffice) -> None:
    session, loan = office.session, a_loan(office)
    session.payments.take(loan.id, nok(1_000), FIRST_DUE)
    office.clock.day = date(2026, 3, 2)
    session.ledger.close(FEBRUARY.last)
    reported = session.ledger.trial_balance(FEBRUARY)
    office.clock.day = date(2026, 3, 9)
    (paid,) = session.loans.get(loan.id).journal.payments
    session.payments.reverse(loan.id, paid.id, reason="wrong loan")

    session = office.reopen()
    march = session.ledger.trial_balance(Period(date(2026, 3, 1), date(2026, 3, 31)))
    assert session.ledger.closed_until() == FEBRUARY.last
    assert session.ledger.trial_balance(FEBRUARY) == reported
    assert figures(march)["1390"] == (11_000, 1_000, 0, 12_000)
    assert proved(session) == []


def test_books_are_closed_once_and_only_for_days_that_are_over(office: TestOffice) -> None:
    office.clock.day = date(2026, 2, 2)
    ledger = office.session.ledger
    ledger.close(date(2026, 1, 31))

    with pytest.raises(ClosedAlready):
        ledger.close(date(2026, 1, 31))
    with pytest.raises(InvalidValue) as error:
        ledger.close(date(2026, 2, 2))
    assert error.value.limit == date(2026, 2, 1)


def test_a_balance_that_is_not_the_closed_one_is_told(office: TestOffice) -> None:
    """The clock of the machine was set back: a payment then looks as if it had been known when the books were closed."""
    session, loan = office.session, a_loan(office)
    office.clock.day = date(2026, 3, 2)
    closing = session.ledger.close(FEBRUARY.last)
    office.clock.day = FIRST_DUE
    session.payments.take(loan.id, nok(1_000), FIRST_DUE)

    balance = session.ledger.trial_balance(FEBRUARY)

    assert balance is not None and closing is not None
    assert balance.differs_from_closing == (FEBRUARY.last,)
    (finding,) = proved(session)
    assert (finding.proof, finding.record) == (Proof.LEDGER, str(closing.id))
