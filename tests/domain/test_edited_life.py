"""How a loan lives on whose plan was agreed by hand or goes around a season; one percent a month, by hand.

The agreed loan: 12 000 kroner, nothing for three instalments, then 4 000 three times, the last on 15 July. The seasonal
one: 12 000 kroner in twelve instalments from 15 February, 1 200 of principal each, none in July and August.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from mikrolaan.domain.errors import InvalidValue
from mikrolaan.domain.journal import (
    Entry,
    HolidayInterest,
    NewPlan,
    Payment,
    PaymentHoliday,
    RateChange,
    WriteOff,
)
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.loan_rules import EarlyRepayment, LateInterest, LoanRules
from mikrolaan.domain.plan import Instalment
from mikrolaan.domain.statement import Status, statement
from mikrolaan.domain.terms import Repayment
from tests.builders import a_loan, nok, paid_out, recorded, terms

FIRST, SECOND = date(2026, 2, 15), date(2026, 3, 15)
RULES = LoanRules(late_interest=LateInterest.NONE)
AGREED = (0, 0, 0, 4000_00, 4000_00, 4000_00)
SUMMER = frozenset({7, 8})


def agreed(**changes: Any) -> Loan:
    chosen = terms(annual_rate_percent=Decimal(12), instalments=6, agreed_principals_minor=AGREED, **changes)
    return paid_out(a_loan(terms=chosen, rules=RULES))


def seasonal(**changes: Any) -> Loan:
    usual = {"annual_rate_percent": Decimal(12), "repayment": Repayment.SERIAL, "months_without_principal": SUMMER}
    return paid_out(a_loan(terms=terms(**{**usual, **changes}), rules=RULES))


def payment(amount: int | str, on: date, early: EarlyRepayment | None = None) -> Payment:
    return Payment(uuid4(), on, nok(amount), recorded(), early_repayment=early)


def holiday(count: int, interest: HolidayInterest, on: date = date(2026, 2, 16)) -> PaymentHoliday:
    return PaymentHoliday(uuid4(), on, count, interest, recorded())


def rows(loan: Loan) -> list[Instalment]:
    """The plan as it runs after all that happened."""
    return [row.instalment for row in statement(loan, loan.journal.last_on or FIRST).rows]


def figures(loan: Loan, name: str) -> list[str]:
    return [str(getattr(row, name).to_decimal()) for row in rows(loan)]


def months(loan: Loan) -> list[int]:
    """The months in which principal falls due."""
    return [row.due_on.month for row in rows(loan) if row.principal]


# -- agreed one by one


def test_paid_as_agreed_the_loan_is_repaid():
    loan = agreed()
    for row in loan.plan().instalments:
        loan = loan.with_entry(payment(str(row.due.to_decimal()), row.due_on))

    told = statement(loan, date(2026, 7, 15))
    assert (told.status, told.paid_total) == (Status.REPAID, nok(12_600))  # 120 four times, 80, 40


def test_an_early_repayment_lowers_what_is_agreed_in_proportion():
    loan = agreed().with_entry(payment(3_240, FIRST, EarlyRepayment.LOWER_INSTALMENT))  # two instalments and 3 000

    assert figures(loan, "principal") == ["0.00", "3000.00", "0.00", "3000.00", "3000.00", "3000.00"]
    assert figures(loan, "interest") == ["120.00", "120.00", "90.00", "90.00", "60.00", "30.00"]


@pytest.mark.parametrize("rule", [EarlyRepayment.SHORTEN, EarlyRepayment.KEEP_PLAN])
def test_an_early_repayment_is_taken_off_the_end_where_the_agreed_amounts_stay(rule):
    loan = agreed().with_entry(payment(3_240, FIRST, rule))

    assert figures(loan, "principal") == ["0.00", "3000.00", "0.00", "4000.00", "4000.00", "1000.00"]
    assert figures(loan, "interest") == ["120.00", "120.00", "90.00", "90.00", "50.00", "10.00"]


def test_an_early_repayment_of_more_than_the_last_amount_ends_the_loan_earlier():
    loan = agreed().with_entry(payment(9_240, FIRST, EarlyRepayment.SHORTEN))

    assert figures(loan, "principal") == ["0.00", "9000.00", "0.00", "3000.00"]


def test_another_rate_leaves_the_agreed_amounts_and_changes_their_interest():
    loan = agreed().with_entry(RateChange(uuid4(), SECOND, Decimal(6), recorded()))

    assert figures(loan, "principal") == ["0.00"] * 3 + ["4000.00"] * 3
    assert figures(loan, "interest") == ["120.00", "120.00", "60.00", "60.00", "40.00", "20.00"]


def test_a_holiday_puts_the_agreed_amounts_off_by_as_many_instalments():
    loan = agreed().with_entry(holiday(2, HolidayInterest.WAIVED, on=date(2026, 3, 16)))

    assert figures(loan, "principal") == ["0.00"] * 5 + ["4000.00"] * 3
    assert figures(loan, "interest") == ["120.00", "120.00", "0.00", "0.00", "120.00", "120.00", "80.00", "40.00"]
    assert rows(loan)[-1].due_on == date(2026, 9, 15)


def test_interest_that_a_holiday_adds_to_the_debt_is_shared_as_the_principal_was_agreed():
    loan = agreed().with_entry(holiday(2, HolidayInterest.CAPITALISED, on=date(2026, 3, 16)))

    # 12 000 + 120 + 121.20 = 12 241.20, a third of it 4 080.40
    assert figures(loan, "principal") == ["0.00"] * 5 + ["4080.40"] * 3


def test_a_write_off_is_taken_off_the_last_agreed_amounts():
    loan = agreed().with_entry(WriteOff(uuid4(), FIRST, nok(5_000), recorded()))

    assert figures(loan, "principal") == ["0.00"] * 3 + ["4000.00", "3000.00"]


def test_what_is_outstanding_cannot_be_agreed_by_hand_in_a_new_plan():
    chosen = replace(agreed().terms, disbursed_on=FIRST)

    with pytest.raises(InvalidValue) as refused:
        NewPlan(uuid4(), FIRST, chosen, recorded())

    assert (refused.value.field, refused.value.limit) == ("terms.agreed_principals", "new-plan")


# -- around a season


def test_paid_around_the_season_the_loan_is_repaid():
    loan = seasonal()
    assert figures(loan, "principal") == ["1200.00"] * 5 + ["0.00"] * 2 + ["1200.00"] * 5
    assert figures(loan, "interest")[4:8] == ["72.00", "60.00", "60.00", "60.00"]
    for row in loan.plan().instalments:
        loan = loan.with_entry(payment(str(row.due.to_decimal()), row.due_on))

    assert statement(loan, date(2027, 1, 15)).status is Status.REPAID


TOGETHER = 7_428  # 1 200 + 120, 1 200 + 108 and 4 800 early: 4 800 are left, with eight instalments outside the season


def test_an_early_repayment_lowers_the_instalments_outside_the_season():
    loan = seasonal().with_entry(payment(TOGETHER, FIRST, EarlyRepayment.LOWER_INSTALMENT))

    assert figures(loan, "principal")[2:] == ["600.00"] * 3 + ["0.00"] * 2 + ["600.00"] * 5
    assert months(loan) == [2, 3, 4, 5, 6, 9, 10, 11, 12, 1]


@pytest.mark.parametrize("rule", [EarlyRepayment.SHORTEN, EarlyRepayment.KEEP_PLAN])
def test_an_early_repayment_shortens_the_loan_around_the_season(rule):
    loan = seasonal().with_entry(payment(TOGETHER, FIRST, rule))

    assert figures(loan, "principal")[2:] == ["1200.00"] * 3 + ["0.00"] * 2 + ["1200.00"]
    assert figures(loan, "interest")[2:] == ["48.00", "36.00", "24.00", "12.00", "12.00", "12.00"]


@pytest.mark.parametrize("rule", [EarlyRepayment.SHORTEN, EarlyRepayment.KEEP_PLAN])
def test_a_season_after_which_nothing_is_left_asks_for_nothing(rule):
    loan = seasonal().with_entry(payment(TOGETHER + 1_200, FIRST, rule))

    assert figures(loan, "principal")[2:] == ["1200.00"] * 3
    assert rows(loan)[-1].due_on == date(2026, 6, 15)


def test_an_annuity_is_shortened_around_the_season_with_the_same_instalment():
    loan = seasonal(repayment=Repayment.ANNUITY)
    level = loan.plan().instalments[0].due
    loan = loan.with_entry(payment(str((level + level + nok(3_000)).to_decimal()), FIRST, EarlyRepayment.SHORTEN))

    later = rows(loan)[2:]
    assert {row.due for row in later[:-1] if row.due_on.month not in SUMMER} == {level}
    assert [row.principal for row in later if row.due_on.month in SUMMER] == [nok(0), nok(0)]
    assert (later[-1].due_on.month, later[-1].due < level) == (11, True)


def test_a_change_of_rate_keeps_the_season():
    loan = seasonal().with_entry(RateChange(uuid4(), FIRST, Decimal(6), recorded()))

    assert figures(loan, "principal") == figures(seasonal(), "principal")
    assert figures(loan, "interest")[1:3] == ["54.00", "48.00"]


@pytest.mark.parametrize("interest", HolidayInterest)
def test_a_holiday_leaves_the_season_where_it_is_in_the_year(interest):
    loan = seasonal().with_entry(holiday(1, interest))

    assert months(loan) == [2, 4, 5, 6, 9, 10, 11, 12, 1, 2]
    assert rows(loan)[-1].due_on == date(2027, 2, 15)
    if interest is not HolidayInterest.CAPITALISED:
        assert set(figures(loan, "principal")) == {"0.00", "1200.00"}


def test_a_holiday_reaches_over_the_season_so_that_no_fewer_instalments_repay():
    loan = seasonal(instalments=5)  # February to June
    loan = loan.with_entry(holiday(1, HolidayInterest.WAIVED))

    assert months(loan) == [2, 4, 5, 6, 9]
    assert figures(loan, "principal") == ["2400.00", "0.00"] + ["2400.00"] * 3 + ["0.00"] * 2 + ["2400.00"]


def test_a_new_plan_may_have_a_season_of_its_own():
    chosen = replace(
        seasonal().terms, principal=nok(12_000), disbursed_on=FIRST, months_without_principal=frozenset({4})
    )
    entry: Entry = NewPlan(uuid4(), FIRST, chosen, recorded())

    loan = seasonal().with_entry(entry)

    assert 4 not in months(loan)
    assert 7 in months(loan)
