"""The steps of a loan, each opened by the one before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from mikrolaan.domain.errors import CurrencyMismatch, InvalidValue, Problem
from mikrolaan.domain.journal import Journal, PaymentMeans, Payout
from mikrolaan.domain.loan import (
    ContractIssued,
    Decision,
    DueBeforePayout,
    GroupView,
    Outcome,
    Step,
    StepNotOpen,
    Withdrawal,
)
from mikrolaan.domain.loan_rules import InterestRule, LoanRules
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.statement import statement
from tests.builders import APPLIED_ON, OFFICER, a_loan, approved, nok, paid_out, payment, recorded, signed, terms


def test_an_application_without_a_group_waits_for_the_decision() -> None:
    assert a_loan().step is Step.DECISION


def test_an_application_in_a_group_waits_for_the_groups_view_first() -> None:
    loan = a_loan(group_id=uuid4())

    assert loan.step is Step.GROUP_VIEW
    assert loan.with_group_view(GroupView(APPLIED_ON, supports=True)).step is Step.DECISION


def test_the_steps_follow_each_other_to_repaying() -> None:
    loan = a_loan()

    assert approved(loan).step is Step.CONTRACT
    assert approved(loan).with_contract(ContractIssued(uuid4(), APPLIED_ON)).step is Step.SIGNED
    assert signed(loan).step is Step.PAID_OUT
    assert paid_out(loan).step is Step.REPAYING


def test_a_loan_is_not_approved_when_its_first_due_date_leaves_no_day_for_the_payout() -> None:
    loan = a_loan()  # the first instalment falls due on 15 February
    first_due_on = date(2026, 2, 15)

    with pytest.raises(DueBeforePayout) as refused:
        loan.with_decision(Decision(first_due_on, Outcome.APPROVED, OFFICER))

    assert (refused.value.field, refused.value.first_due_on) == ("on", first_due_on)
    assert loan.with_decision(Decision(first_due_on, Outcome.REFUSED, OFFICER, "Too late")).step is not Step.CONTRACT
    assert loan.with_decision(Decision(date(2026, 2, 14), Outcome.APPROVED, OFFICER)).step is Step.CONTRACT


def test_a_loan_is_neither_printed_nor_signed_when_it_can_no_longer_be_paid_out() -> None:
    with pytest.raises(DueBeforePayout):
        approved(a_loan()).with_contract(ContractIssued(uuid4(), date(2026, 2, 15)))

    waiting = approved(a_loan()).with_contract(ContractIssued(uuid4(), APPLIED_ON))
    with pytest.raises(DueBeforePayout) as refused:
        waiting.with_signature(date(2026, 2, 15))

    assert refused.value.field == "signed_on"
    assert waiting.with_signature(date(2026, 2, 14)).step is Step.PAID_OUT


def test_money_does_not_leave_before_the_signature() -> None:
    with pytest.raises(StepNotOpen):
        approved(a_loan()).with_entry(Payout(uuid4(), APPLIED_ON, nok(12_000), recorded()))


def test_only_what_the_contract_says_is_paid_out() -> None:
    with pytest.raises(InvalidValue) as refused:
        signed(a_loan()).with_entry(Payout(uuid4(), APPLIED_ON, nok(12_001), recorded()))

    assert (refused.value.field, refused.value.problem) == ("amount", Problem.TOO_LARGE)


def test_a_deducted_fee_is_kept_back_from_the_payout() -> None:
    loan = paid_out(a_loan(terms=terms(establishment_fee_minor=500_00)))

    assert loan.journal.payouts[0].amount == nok(11_500)


def test_money_of_another_currency_is_never_counted_on_a_loan() -> None:
    with pytest.raises(CurrencyMismatch):
        paid_out(a_loan()).with_entry(payment(Money(100_00, Currency.SEK), date(2026, 2, 15)))


def test_a_payout_on_or_after_the_first_due_date_is_refused() -> None:
    with pytest.raises(InvalidValue) as refused:
        paid_out(a_loan(), on=date(2026, 2, 15))

    assert refused.value.problem is Problem.TOO_LATE


def test_a_refusal_needs_its_grounds() -> None:
    with pytest.raises(InvalidValue) as refused:
        a_loan().with_decision(Decision(APPLIED_ON, Outcome.REFUSED, OFFICER))

    assert refused.value.field == "note"


def test_a_refused_application_is_closed() -> None:
    refused = a_loan().with_decision(Decision(APPLIED_ON, Outcome.REFUSED, OFFICER, "No plan for repayment"))

    assert refused.step is Step.CLOSED


def test_an_application_can_be_withdrawn_until_money_is_paid() -> None:
    withdrawal = Withdrawal(APPLIED_ON, "Found another job")

    assert signed(a_loan()).with_withdrawal(withdrawal).step is Step.CLOSED
    with pytest.raises(StepNotOpen):
        paid_out(a_loan()).with_withdrawal(withdrawal)


def test_terms_change_only_before_the_decision_and_the_group_is_asked_anew() -> None:
    asked = a_loan(group_id=uuid4()).with_group_view(GroupView(APPLIED_ON, supports=True))

    changed = asked.with_terms(terms(instalments=6), asked.product_id, LoanRules(reminder_fees=False))

    assert changed.step is Step.GROUP_VIEW
    assert not changed.rules.reminder_fees
    with pytest.raises(StepNotOpen):
        approved(a_loan()).with_terms(terms(instalments=6), uuid4(), LoanRules())


def test_nobody_signs_before_the_contract_was_issued() -> None:
    issued = approved(a_loan()).with_contract(ContractIssued(uuid4(), date(2026, 1, 10)))

    with pytest.raises(InvalidValue) as refused:
        issued.with_signature(date(2026, 1, 9))

    assert refused.value.problem is Problem.TOO_EARLY


def test_only_the_journal_differs_after_a_payment_and_more_after_another_purpose():
    loan = paid_out(a_loan())
    paid = loan.with_entry(payment(nok(1_000), date(2026, 2, 15)))

    assert paid.differs_in_journal_only(loan)
    assert replace(paid, rules=LoanRules(interest=InterestRule.BY_DAY)).differs_in_journal_only(loan)
    assert not replace(paid, purpose="Another oven").differs_in_journal_only(loan)
    assert not replace(paid, version=loan.version + 1).differs_in_journal_only(loan)


def test_a_last_entry_told_otherwise_leaves_every_figure_as_it_was():
    loan = paid_out(a_loan()).with_entry(payment(nok(1_000), date(2026, 2, 15)))
    last = loan.journal.payments[-1]

    told = loan.with_last_entry_as(replace(last, note="in two notes", means=PaymentMeans.CASH))

    assert told.journal == Journal((*loan.journal.entries[:-1], told.journal.entries[-1]))
    assert told.journal.standing[-1].note == "in two notes"
    assert statement(told, date(2026, 3, 20)) == statement(loan, date(2026, 3, 20))
