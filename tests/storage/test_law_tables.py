"""The office's own rates and fees in the office file, and the rules that loans are loaded with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from mikrolaan.domain.collection_fees import CollectionLetter, FeeRow
from mikrolaan.domain.errors import ConflictError, NotFound
from mikrolaan.domain.law_tables import OwnFee, OwnRate, rates_with
from mikrolaan.domain.loan_rules import LateInterest, LoanRules
from mikrolaan.domain.rate_table import RateRow
from mikrolaan.domain.shipped_tables import shipped_rates
from mikrolaan.storage.check import Proof
from tests.builders import nok, payment
from tests.storage.samples import Kept
from tests.storage.tampering import tamper

RATE = OwnRate(uuid4(), RateRow(date(2026, 7, 1), date(2026, 12, 31), Decimal("12.25"), "Norges Bank"))
FEE = OwnFee(
    uuid4(),
    FeeRow(CollectionLetter.NOTICE, date(2027, 1, 1), None, Decimal("39.50"), 14, 15, 1, None, 7, "Finanstilsynet"),
)


def keep(kept: Kept) -> None:
    with kept.unit() as unit:
        unit.law_rates.add(RATE)
        unit.law_fees.add(FEE)
        unit.commit()


def test_rates_and_fees_come_back_as_they_were_entered(kept: Kept):
    keep(kept)
    kept.reopen()

    with kept.unit(None) as unit:
        assert unit.law_rates.all() == [replace(RATE, version=1)]
        assert unit.law_fees.get(FEE.id) == replace(FEE, version=1)
    assert kept.file.check() == []


def test_a_stale_rate_is_refused_and_one_that_is_not_there_is_not_found(kept: Kept):
    keep(kept)
    with kept.unit() as unit:
        unit.law_rates.save(replace(unit.law_rates.get(RATE.id), is_withdrawn=True))
        unit.commit()

    with kept.unit() as unit, pytest.raises(ConflictError):
        unit.law_rates.save(replace(RATE, version=1))
    with kept.unit(None) as unit, pytest.raises(NotFound):
        unit.law_fees.get(RATE.id)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE law_rates SET percent = '13'",
        "UPDATE law_rates SET percent = 'much'",
        "UPDATE law_fees SET amount = '390'",
        "DELETE FROM law_fees",
    ],
)
def test_a_row_changed_behind_the_program_is_found(kept: Kept, harm: str):
    keep(kept)

    tamper(kept, harm)

    assert {finding.proof for finding in kept.file.check()} == {Proof.RECORDS}


def test_a_rate_changed_behind_the_program_shows_in_what_late_payments_settled(kept: Kept):
    loan = kept.add_paid_out_loan()
    keep(kept)
    with kept.unit() as unit:
        unit.loans.save(unit.loans.get(loan.id).with_entry(payment(nok(6_100), date(2026, 7, 20))))
        unit.commit()
    assert kept.file.check() == []

    tamper(kept, "UPDATE law_rates SET percent = '13'")

    assert {finding.proof for finding in kept.file.check()} == {Proof.RECORDS, Proof.LISTS}


def test_a_loan_carries_the_rules_of_its_version_and_the_rates_of_the_office(kept: Kept):
    loan = kept.add_loan()
    assert loan.rules == LoanRules()

    keep(kept)

    table = rates_with(shipped_rates("no"), [RATE])
    assert kept.loan(loan.id).rules == LoanRules(statutory=table)
    none = replace(kept.founding.products[0], id=uuid4(), number=2, rules=LoanRules(late_interest=LateInterest.NONE))
    with kept.unit() as unit:
        unit.products.add(none)
        other = replace(unit.loans.get(loan.id), id=uuid4(), number=99, product_id=none.id, version=0)
        unit.loans.add(other)  # in one unit with its product, after the rules were looked up
        assert unit.loans.get(other.id).rules == LoanRules(late_interest=LateInterest.NONE)
        unit.commit()


def test_a_rate_changed_in_a_unit_holds_for_the_loans_loaded_after_it(kept: Kept):
    loan = kept.add_loan()
    with kept.unit() as unit:
        before = unit.loans.get(loan.id)
        unit.law_rates.add(RATE)
        after = unit.loans.get(loan.id)

    assert before.rules.statutory is None
    assert after.rules.statutory == rates_with(shipped_rates("no"), [RATE])


def test_the_rules_are_looked_up_once_for_many_loans(kept: Kept):
    loans = [kept.add_loan() for _ in range(5)]
    kept.reopen()  # so that none of them is at hand
    asked: list[str] = []

    with kept.unit(None) as unit:
        unit._connection.connection.driver_connection.set_trace_callback(asked.append)  # type: ignore[attr-defined]
        for loan in loans:
            unit.loans.get(loan.id)
        unit._connection.connection.driver_connection.set_trace_callback(None)  # type: ignore[attr-defined]

    assert sum("products.interest_rule" in statement for statement in asked) == 1
    assert sum("law_rates.percent" in statement for statement in asked) == 1
