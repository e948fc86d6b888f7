"""A loan that nobody changed is not read again, and whoever asks gets the loan as the file holds it at that moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from threading import Thread
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mikrolaan.domain.audit import Act
from mikrolaan.domain.entry_id import next_entry_id
from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.law_tables import OwnRate
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.loan_rules import InterestRule, LoanRules
from mikrolaan.domain.rate_table import RateRow
from mikrolaan.storage.loans_at_hand import LoansAtHand, Mark
from tests.builders import a_loan, a_product, nok
from tests.domain import lives
from tests.storage.samples import Kept, a_payment

DAY = date(2026, 3, 1)
MARK = Mark(version=3, last_position=2, products=1, law_rates=None)


def test_a_loan_that_nobody_changed_is_the_one_read_before(kept: Kept):
    loan = kept.add_paid_out_loan()

    with kept.unit(None) as unit:
        again = unit.loans.get(loan.id)
    with kept.unit(None) as unit:
        assert unit.loans.get(loan.id) is again


def test_after_a_payment_the_loan_at_hand_is_the_one_that_was_kept(kept: Kept):
    loan = kept.add_paid_out_loan()

    paid = kept.save_entry(loan.id, a_payment(500, DAY))

    assert [entry.amount for entry in paid.journal.payments] == [nok(500)]
    assert kept.read_anew(loan.id) == paid


def test_a_payment_that_was_not_committed_is_on_nobodys_loan(kept: Kept):
    loan = kept.add_paid_out_loan()

    with kept.unit() as unit:
        unit.loans.save(unit.loans.get(loan.id).with_entry(a_payment(500, DAY)))
        assert len(unit.loans.get(loan.id).journal.payments) == 1  # in its own unit it is there
    assert kept.loan(loan.id) == loan

    assert len(kept.save_entry(loan.id, a_payment(700, DAY)).journal.payments) == 1
    assert kept.file.check() == []


def test_who_began_to_read_before_a_payment_sees_the_loan_of_that_moment(kept: Kept):
    loan = kept.add_paid_out_loan()

    with kept.unit(None) as reading:
        assert reading.loans.get(loan.id).journal.payments == ()
        other = Thread(target=kept.save_entry, args=(loan.id, a_payment(500, DAY)))
        other.start()
        other.join()
        assert reading.loans.get(loan.id).journal.payments == ()

    assert len(kept.loan(loan.id).journal.payments) == 1


def test_a_rate_of_late_interest_entered_since_holds_for_the_loan_at_hand(kept: Kept):
    loan = kept.add_paid_out_loan()
    row = RateRow(date(2027, 1, 1), date(2027, 6, 30), Decimal("11.50"), "announced")

    with kept.unit(Act.LATE_RATE_CHANGED) as unit:
        unit.law_rates.add(OwnRate(uuid4(), row))
        unit.commit()

    at_hand = kept.loan(loan.id)
    assert at_hand.rules != loan.rules
    assert at_hand.rules == kept.read_anew(loan.id).rules


def test_a_loan_given_another_product_is_at_hand_with_the_rules_of_that_one(kept: Kept):
    loan = kept.add_loan()
    other = replace(a_product(), name="Ågots lån", rules=LoanRules(interest=InterestRule.BY_DAY))
    with kept.unit() as unit:
        unit.products.add(other)
        unit.commit()

    with kept.unit() as unit:
        unit.loans.save(unit.loans.get(loan.id).with_terms(loan.terms, other.id, LoanRules()))
        unit.commit()

    assert kept.loan(loan.id).rules == other.rules  # whatever rules it was saved with


def test_rates_entered_and_loans_changed_in_one_unit_leave_every_loan_as_the_file_has_it(kept: Kept):
    loan = kept.add_paid_out_loan()
    row = RateRow(date(2027, 1, 1), date(2027, 6, 30), Decimal("11.50"), "announced")

    with kept.unit(Act.LATE_RATE_CHANGED) as unit:
        before = unit.loans.get(loan.id)
        unit.law_rates.add(OwnRate(uuid4(), row))
        unit.loans.save(before.with_entry(a_payment(500, DAY)))
        unit.commit()

    assert kept.loan(loan.id).rules != loan.rules  # which compares it with the file's
    assert kept.file.check() == []


def test_the_loans_used_longest_ago_are_let_go():
    at_hand = LoansAtHand(most=2)
    first, second, third = (a_loan(id=uuid4()) for _ in range(3))
    at_hand.keep(MARK, first)
    at_hand.keep(MARK, second)
    assert at_hand.of(first.id, MARK) is first

    at_hand.keep(MARK, third)

    assert [at_hand.of(loan.id, MARK) for loan in (first, second, third)] == [first, None, third]


@pytest.mark.parametrize("changed", Mark._fields)
def test_a_loan_is_not_at_hand_once_it_or_its_journal_a_product_or_a_rate_has_changed(changed: str):
    at_hand, loan = LoansAtHand(), a_loan()
    at_hand.keep(MARK, loan)

    assert at_hand.of(loan.id, MARK._replace(**{changed: 9})) is None


@given(made=st.lists(lives.entries, max_size=6, unique_by=lambda entry: entry.id))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_whatever_happens_to_a_loan_the_one_at_hand_is_the_one_in_the_file(kept: Kept, made):
    loan: Loan = kept.add_paid_out_loan()
    for entry in made:
        try:
            loan = kept.save_entry(loan.id, replace(entry, id=next_entry_id()))
        except RuleError:
            continue

    with kept.unit(None) as unit:
        assert unit.loans.get(loan.id) == kept.read_anew(loan.id)
