"""Every kind of journal entry comes back as it was kept, and the rows for lists are what the replay gives."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mikrolaan.domain.entry_id import next_entry_id
from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.journal import (
    Entry,
    Fee,
    HolidayInterest,
    NewPlan,
    Payment,
    PaymentHoliday,
    RateChange,
    Recovery,
    Refund,
    Waived,
    Waiver,
    WriteOff,
)
from mikrolaan.domain.loan_rules import EarlyRepayment
from mikrolaan.domain.statement import Status, statement
from mikrolaan.domain.terms import PaymentFreeInterest
from mikrolaan.services.queries import LoanFilter
from mikrolaan.storage.projections import projected
from tests.builders import PAID_OUT_ON, a_loan, nok, paid_out, payment, terms
from tests.domain import lives
from tests.storage.samples import ALL, ANY, Kept, a_reversal, recorded

DAY = date(2026, 3, 1)
ENTRIES: list[Entry] = [
    Payment(uuid4(), DAY, nok(5_000), recorded(), early_repayment=EarlyRepayment.LOWER_INSTALMENT),
    Fee(uuid4(), DAY, nok(38), date(2026, 3, 15), recorded(), "reminder"),
    RateChange(uuid4(), DAY, Decimal("7.25"), recorded(), "policy rate"),
    NewPlan(uuid4(), DAY, terms(disbursed_on=DAY, instalments=18), recorded(), "illness"),
    PaymentHoliday(uuid4(), DAY, 3, HolidayInterest.CAPITALISED, recorded(), "birth"),
    Waiver(uuid4(), DAY, Waived.LATE_INTEREST, nok(1), recorded(), "first time"),
    WriteOff(uuid4(), DAY, nok(2_000), recorded(), "moved\naway"),
]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: type(entry).__name__)
def test_an_entry_of_every_kind_is_loaded_as_it_was_kept(kept: Kept, entry: Entry):
    loan = kept.add_paid_out_loan()
    before = loan

    loan = kept.save_entry(loan.id, entry)

    assert loan.journal.entries[-1] == entry
    told = statement(loan, date(2026, 12, 1))
    kept.reopen()
    assert statement(kept.loan(loan.id), date(2026, 12, 1)) == told
    assert kept.file.check() == []
    loan = kept.save_entry(loan.id, a_reversal(entry.id, DAY))
    assert statement(loan, date(2026, 12, 1)) == statement(before, date(2026, 12, 1))


def test_a_recovery_and_a_refund_are_loaded_as_they_were_kept(kept: Kept):
    loan = kept.add_paid_out_loan()
    later: list[Entry] = [
        WriteOff(uuid4(), DAY, nok(2_000), recorded()),
        Recovery(uuid4(), DAY, nok(500), recorded(), "sold the oven"),
        Payment(uuid4(), date(2026, 3, 10), nok(12_000), recorded()),
        Refund(uuid4(), date(2026, 3, 11), nok(100), recorded(), "paid too much"),
    ]
    for entry in later:
        loan = kept.save_entry(loan.id, entry)

    assert loan.journal.entries[1:] == tuple(later)
    assert kept.file.check() == []


def test_interest_that_joins_the_principal_is_in_the_list_from_its_due_date(kept: Kept):
    growing = terms(
        annual_rate_percent=Decimal(12),
        payment_free_instalments=3,
        payment_free_interest=PaymentFreeInterest.CAPITALISED,
    )
    loan = kept.add_paid_out_loan(terms=growing)

    for days in range(0, 150, 10):
        kept.clock.day = PAID_OUT_ON + timedelta(days=days)
        (row,) = kept.file.queries.loans(LoanFilter(), ANY, ALL)
        assert row.outstanding == statement(loan, kept.clock.day).outstanding_principal


def test_a_fee_to_come_that_credit_pays_is_nothing_to_be_paid_next():
    loan = paid_out(a_loan(terms=terms(annual_rate_percent=Decimal(0), instalments=3)))
    loan = loan.with_entry(payment(nok(12_000), PAID_OUT_ON)).with_entry(payment(nok(38), PAID_OUT_ON))
    day = PAID_OUT_ON + timedelta(days=1)
    loan = loan.with_entry(Fee(next_entry_id(), day, nok(38), day + timedelta(days=14), recorded()))

    assert statement(loan, day).credit == nok(38)
    assert statement(loan, day).next_due is None
    assert projected(loan).loan_row.next_due_on is None
    assert statement(loan, day + timedelta(days=14)).status is Status.REPAID


@given(
    made=st.lists(lives.entries, max_size=12, unique_by=lambda entry: entry.id), chosen=lives.terms, rules=lives.rules
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_rows_for_lists_say_what_the_replay_says_whatever_happened(made, chosen, rules):
    loan = paid_out(a_loan(terms=chosen, rules=rules))
    for entry in made:
        try:
            loan = loan.with_entry(entry)
        except RuleError:
            continue
    last = loan.journal.last_on
    assert last is not None

    loan_row, instalments, _debts = projected(loan)

    for day in (last, last + timedelta(days=40), last + timedelta(days=400)):
        told = statement(loan, day)
        joined = sum(row.capitalised_minor for row in instalments if row.due_on <= day)
        assert loan_row.outstanding_minor + joined == told.outstanding_principal.minor
        assert loan_row.next_due_on == (told.next_due.instalment.due_on if told.next_due else None)
