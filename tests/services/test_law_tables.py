"""Rates and fees of the law as an administrator keeps them, and what they change in loans that are under way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from mikrolaan.domain.audit import Act
from mikrolaan.domain.collection_fees import CollectionLetter, FeeRow, fee_for
from mikrolaan.domain.errors import ConflictError, InvalidValue
from mikrolaan.domain.identity import Country
from mikrolaan.domain.journal import Refund
from mikrolaan.domain.law_tables import LawPeriodTaken, OwnRate
from mikrolaan.domain.loan import LaterEntryRests, Step
from mikrolaan.domain.rate_table import RateRow
from mikrolaan.domain.trial_balance import Period
from mikrolaan.services.desk import NotAllowed
from mikrolaan.services.queries import Slice
from mikrolaan.services.session import Session
from mikrolaan.storage.check import Finding
from mikrolaan.storage.open_file import OpenOfficeFile
from tests.builders import nok
from tests.offices import TestOffice
from tests.ui.lending import a_loan_at, auditor

SECOND_HALF = (date(2026, 7, 1), date(2026, 12, 31))
RATE = RateRow(*SECOND_HALF, Decimal("12.25"), "Norges Bank, 20 June 2026")
FEE = FeeRow(CollectionLetter.REMINDER, date(2027, 1, 1), None, Decimal(39), 14, 14, 2, 2, 6, "Finanstilsynet")


def findings(office: TestOffice) -> list[Finding]:
    """What the check of the whole file finds."""
    file = office.session.file
    assert isinstance(file, OpenOfficeFile)
    return file.check()


def kept(rate: OwnRate | None) -> OwnRate:
    """The rate that an act which nobody cancelled has kept."""
    assert rate is not None
    return rate


def test_a_rate_that_is_entered_counts_in_every_statement_from_then_on(office: TestOffice):
    loan = a_loan_at(office, Step.REPAYING)  # 1 000 on the 15th of every month from February 2026
    office.clock.turn(186)  # 20 July 2026, nothing paid
    before = office.session.loans.statement(office.session.loans.get(loan.id))

    office.session.law.enter_rate(RATE)

    after = office.session.loans.statement(office.session.loans.get(loan.id))
    assert (before.missing_rates[0].first, before.missing_rates[0].last) == (date(2026, 7, 1), office.clock.today())
    assert after.missing_rates == ()
    assert after.late_interest > before.late_interest


def test_a_payment_under_a_rate_entered_later_is_settled_anew_in_every_list(office: TestOffice):
    loan = a_loan_at(office, Step.REPAYING)  # 1 000 on the 15th of every month from February 2026
    office.clock.turn(186)
    office.session.payments.take(loan.id, nok(6_100), received_on=office.clock.today())
    rows = office.session.loans.statement(office.session.loans.get(loan.id)).rows

    entered = kept(office.session.law.enter_rate(RATE))
    later = office.session.loans.statement(office.session.loans.get(loan.id)).rows
    found = findings(office)
    office.session.law.withdraw_rate(entered)

    assert sum(row.paid_late_interest.minor for row in later) > sum(row.paid_late_interest.minor for row in rows)
    assert found == []  # the rows for lists follow the new rate
    assert office.session.loans.statement(office.session.loans.get(loan.id)).rows == rows
    assert findings(office) == []


def test_a_rate_entered_after_credit_was_paid_back_lets_what_it_takes_of_that_be_owed(office: TestOffice):
    # Six instalments of 1 000 are overdue from 1 to 20 July: 5 000 of them for 20 days and one for five, at 12.25 %.
    loan, session = a_loan_at(office, Step.REPAYING), office.session
    office.clock.turn(186)
    today = office.clock.today()
    closing = session.loans.statement(session.loans.get(loan.id)).payoff_amount
    session.payments.take(loan.id, closing + nok(100), today, is_meant=True)
    session.life.refund(loan.id, Refund(uuid4(), today, nok(100), session.life.stamp()))

    session.law.enter_rate(RATE)

    told = session.loans.statement(session.loans.get(loan.id))
    assert (told.outstanding_principal, told.credit, told.due_unpaid) == (nok(0), nok(0), nok("35.24"))
    year = Period(date(2026, 1, 1), today)
    balance = session.ledger.trial_balance(year)
    assert balance is not None and balance.difference == nok(0)
    assert findings(office) == []
    with pytest.raises(LaterEntryRests):  # by hand, nothing takes the rest of the ground from it
        session.payments.reverse(loan.id, session.loans.get(loan.id).journal.payments[0].id, reason="wrong loan")
    session.payments.take(loan.id, nok("35.24"), today)
    assert session.loans.get(loan.id).is_repaid


def test_a_rate_that_is_cancelled_while_loans_are_counted_anew_changes_nothing(office: TestOffice):
    loan_ids = [a_loan_at(office, Step.REPAYING).id for _ in range(2)]
    office.clock.turn(186)
    for loan_id in loan_ids:
        office.session.payments.take(loan_id, nok(6_100), received_on=office.clock.today())
    before = [office.session.loans.statement(office.session.loans.get(loan_id)) for loan_id in loan_ids]
    told: list[tuple[int, int]] = []

    answer = office.session.law.enter_rate(RATE, lambda *so_far: told.append(so_far), lambda: bool(told))

    assert (answer, told) == (None, [(0, 2)])  # heard after some rows were made anew
    assert [line.own for line in office.session.law.rates() if line.own] == []
    after = [office.session.loans.statement(office.session.loans.get(loan_id)) for loan_id in loan_ids]
    assert after == before
    assert findings(office) == []
    assert office.session.law.enter_rate(RATE) is not None  # and can be entered again


def test_the_tables_tell_what_ships_and_what_the_office_entered(office: TestOffice):
    law = office.session.law
    assert law.country() is Country.NO
    assert {line.own for line in law.rates()} == {None}

    rate = law.enter_rate(RATE)
    fee = law.enter_fee(FEE)

    assert law.rates()[0].row == RATE
    assert law.rates()[0].own == rate
    assert law.rates()[1].own is None
    assert [line.row.letter for line in law.fees()][:4] == [
        CollectionLetter.REMINDER,
        CollectionLetter.REMINDER,
        CollectionLetter.NOTICE,
        CollectionLetter.DEMAND,
    ]
    assert law.fees()[0].own == fee
    assert law.fees()[1].row.last == date(2026, 12, 31)  # the shipped row ends where the office's begins
    assert fee_for(law.fee_table(), CollectionLetter.REMINDER, date(2027, 2, 1)) == nok(39)


def test_a_rate_of_the_office_is_corrected_withdrawn_and_brought_back(office: TestOffice):
    law = office.session.law
    entered = kept(law.enter_rate(RATE))

    corrected = kept(law.correct_rate(entered, replace(RATE, percent=Decimal("12.5"))))
    assert law.rates()[0].row.percent == Decimal("12.5")
    with pytest.raises(ConflictError):
        law.correct_rate(entered, RATE)
    withdrawn = kept(law.withdraw_rate(corrected))
    assert law.rates()[0].row.percent is None
    law.bring_back_rate(withdrawn)
    assert law.rates()[0].row.percent == Decimal("12.5")
    acts = [row.act for row in office.session.queries.history([entered.id], Slice())]
    assert acts == [Act.LATE_RATE_CHANGED] * 4


def test_a_fee_of_the_office_is_corrected_withdrawn_and_brought_back(office: TestOffice):
    law = office.session.law
    entered = law.enter_fee(FEE)

    corrected = law.correct_fee(entered, replace(FEE, amount=Decimal(41)))
    assert fee_for(law.fee_table(), CollectionLetter.REMINDER, date(2027, 2, 1)) == nok(41)
    withdrawn = law.withdraw_fee(corrected)
    assert fee_for(law.fee_table(), CollectionLetter.REMINDER, date(2027, 2, 1)) == nok(38)
    law.bring_back_fee(withdrawn)
    assert fee_for(law.fee_table(), CollectionLetter.REMINDER, date(2027, 2, 1)) == nok(41)
    assert findings(office) == []


def test_what_cannot_hold_is_refused(office: TestOffice):
    law = office.session.law
    entered = kept(law.enter_rate(RATE))

    with pytest.raises(LawPeriodTaken):
        law.enter_rate(replace(RATE, first=date(2026, 12, 1)))
    with pytest.raises(InvalidValue) as refused:
        law.enter_rate(RateRow(date(2027, 1, 1), date(2027, 6, 30), Decimal(12)))
    assert refused.value.field == "source"  # the law is never without one
    with pytest.raises(InvalidValue) as refused:
        law.enter_rate(RateRow(date(2027, 1, 1), date(2028, 1, 2), Decimal(12), "Norges Bank"))
    assert (refused.value.field, refused.value.limit) == ("last", date(2028, 1, 1))
    with pytest.raises(InvalidValue):
        law.correct_rate(entered, replace(RATE, percent=None))
    law.withdraw_rate(entered)
    law.enter_rate(replace(RATE, first=date(2026, 12, 1)))


def test_only_an_administrator_changes_the_tables_and_everyone_reads_them(office: TestOffice):
    rate, fee = kept(office.session.law.enter_rate(RATE)), office.session.law.enter_fee(FEE)
    reader: Session = auditor(office)

    for act in (
        lambda: reader.law.enter_rate(RATE),
        lambda: reader.law.correct_rate(rate, RATE),
        lambda: reader.law.withdraw_rate(rate),
        lambda: reader.law.enter_fee(FEE),
        lambda: reader.law.correct_fee(fee, FEE),
        lambda: reader.law.withdraw_fee(fee),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert reader.law.rates()[0].row == RATE
    assert reader.law.fees()[0].row == FEE


def test_half_years_without_a_rate_are_told(office: TestOffice):
    assert office.session.law.unknown_half_years() == (SECOND_HALF,)  # in January 2026

    office.session.law.enter_rate(RATE)

    assert office.session.law.unknown_half_years() == ()
