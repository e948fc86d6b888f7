"""A loan on a date, with figures that can be checked by hand: 1 000 kroner a month, due on the 15th."""

from __future__ import annotations

import gc
import pickle
import weakref
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.journal import AlreadyReversed, EntryUnknown, Journal, Payout, Reversal
from mikrolaan.domain.loan import Loan, PaymentBeforePayout, PayoutHasPayments, Step, StepNotOpen
from mikrolaan.domain.money import Money
from mikrolaan.domain.statement import Statement, Status, statement
from tests.builders import a_loan, nok, paid_out, payment, recorded, signed, terms

FIRST_DUE = date(2026, 2, 15)


def test_before_payout_nothing_is_owed() -> None:
    stood = statement(signed(a_loan()), FIRST_DUE)

    assert (stood.status, stood.outstanding_principal, stood.due_unpaid) == (Status.APPROVED, nok(0), nok(0))


def test_a_loan_is_current_on_the_due_day_and_overdue_the_day_after() -> None:
    loan = paid_out(a_loan())

    on_the_day = statement(loan, FIRST_DUE)
    the_day_after = statement(loan, FIRST_DUE + timedelta(days=1))

    assert (on_the_day.status, on_the_day.due_unpaid, on_the_day.days_past_due) == (Status.CURRENT, nok(1_000), 0)
    assert (the_day_after.status, the_day_after.days_past_due) == (Status.OVERDUE, 1)


def test_a_payment_on_time_settles_its_instalment() -> None:
    loan = paid_out(a_loan()).with_entry(payment(nok(1_000), FIRST_DUE))

    stood = statement(loan, FIRST_DUE)

    assert stood.outstanding_principal == nok(11_000)
    assert stood.due_unpaid == nok(0)
    assert stood.rows[0].paid_on == FIRST_DUE


def test_a_part_payment_pays_fees_then_interest_then_principal() -> None:
    dear = terms(annual_rate_percent=Decimal(12), instalment_fee_minor=30_00)  # first interest 12 000 × 1 % = 120
    loan = paid_out(a_loan(terms=dear)).with_entry(payment(nok(100), FIRST_DUE))

    first = statement(loan, FIRST_DUE).rows[0]

    assert (first.paid_fees, first.paid_interest, first.paid_principal) == (nok(30), nok(70), nok(0))


def test_a_statement_stands_when_the_replay_it_was_read_from_is_gone() -> None:
    loan = paid_out(a_loan()).with_entry(payment(nok(1_000), FIRST_DUE))
    told, replay = statement(loan, FIRST_DUE), weakref.ref(loan.replayed(FIRST_DUE))

    del loan
    gc.collect()

    assert replay() is None
    assert (told.rows[0].paid_principal, told.rows[1].unpaid) == (nok(1_000), nok(1_000))
    assert [share.amount for share in told.allocations[0].shares] == [nok(1_000)]
    assert [effect.principal for effect in told.effects] == [nok(12_000), nok(1_000)]


def test_statements_are_equal_when_they_tell_the_same_whatever_was_asked_of_them() -> None:
    unpaid = paid_out(a_loan())
    loan = unpaid.with_entry(payment(nok(1_000), FIRST_DUE))
    asked, kept = statement(loan, FIRST_DUE), statement(replace(loan), FIRST_DUE)
    assert len(asked.rows) == 12

    assert asked == kept == pickle.loads(pickle.dumps(asked))
    assert hash(asked) == hash(kept)
    assert asked.particulars != statement(unpaid, FIRST_DUE).particulars


def test_money_beyond_the_running_instalment_repays_principal_early() -> None:
    loan = paid_out(a_loan()).with_entry(payment(nok(1_500), date(2026, 2, 10)))

    stood = statement(loan, date(2026, 2, 10))

    assert (stood.outstanding_principal, stood.credit) == (nok(10_500), nok(0))
    assert [row.instalment.due for row in stood.rows] == [nok(1_500), *[nok(1_000)] * 10, nok(500)]
    assert stood.allocations[0].early == nok(500)


def test_money_beyond_what_is_due_pays_the_next_instalment_once_its_period_has_begun() -> None:
    loan = paid_out(a_loan()).with_entry(payment(nok(2_000), FIRST_DUE))

    assert [row.paid_on for row in statement(loan, FIRST_DUE).rows[:3]] == [FIRST_DUE, FIRST_DUE, None]


def test_paying_everything_at_once_repays_the_loan() -> None:
    loan = paid_out(a_loan()).with_entry(payment(nok(12_000), FIRST_DUE))

    stood = statement(loan, FIRST_DUE)

    assert (stood.status, stood.outstanding_principal, stood.credit) == (Status.REPAID, nok(0), nok(0))
    assert loan.step is Step.CLOSED


def test_paying_too_much_leaves_the_rest_as_credit() -> None:
    loan = paid_out(a_loan()).with_entry(payment(nok(12_345), FIRST_DUE))

    assert statement(loan, FIRST_DUE).credit == nok(345)


def test_a_reversed_payment_counts_no_more_and_stays_in_the_journal() -> None:
    wrong = payment(nok(1_000), FIRST_DUE)
    loan = paid_out(a_loan()).with_entry(wrong)
    before = statement(paid_out(a_loan(terms=loan.terms)), FIRST_DUE)

    loan = loan.with_entry(Reversal(uuid4(), FIRST_DUE, wrong.id, "typed on the wrong loan", recorded()))

    assert statement(loan, FIRST_DUE).outstanding_principal == before.outstanding_principal
    assert wrong in loan.journal.entries


def test_an_entry_is_reversed_only_once() -> None:
    wrong = payment(nok(1_000), FIRST_DUE)
    loan = paid_out(a_loan()).with_entry(wrong)
    loan = loan.with_entry(Reversal(uuid4(), FIRST_DUE, wrong.id, "wrong loan", recorded()))

    with pytest.raises(AlreadyReversed):
        loan.with_entry(Reversal(uuid4(), FIRST_DUE, wrong.id, "wrong loan", recorded()))


def test_an_unknown_entry_cannot_be_reversed() -> None:
    with pytest.raises(EntryUnknown):
        paid_out(a_loan()).with_entry(Reversal(uuid4(), FIRST_DUE, uuid4(), "no such entry", recorded()))


def test_a_payout_with_payments_on_it_is_not_reversed() -> None:
    loan = paid_out(a_loan()).with_entry(payment(nok(1_000), FIRST_DUE))

    with pytest.raises(PayoutHasPayments):
        loan.with_entry(Reversal(uuid4(), FIRST_DUE, loan.journal.payouts[0].id, "not sent", recorded()))


def test_a_reversed_payout_opens_the_payout_again() -> None:
    loan = paid_out(a_loan())

    loan = loan.with_entry(Reversal(uuid4(), FIRST_DUE, loan.journal.payouts[0].id, "bank sent it back", recorded()))

    assert loan.step is Step.PAID_OUT


def test_a_loan_is_not_paid_out_twice() -> None:
    loan = paid_out(a_loan())

    with pytest.raises(StepNotOpen):
        loan.with_entry(Payout(uuid4(), FIRST_DUE, nok(12_000), recorded()))


def test_a_payment_before_the_payout_is_refused() -> None:
    with pytest.raises(PaymentBeforePayout):
        paid_out(a_loan()).with_entry(payment(nok(1_000), date(2026, 1, 14)))


amounts = st.lists(st.tuples(st.integers(1, 400_000), st.integers(0, 500)), max_size=8)


def with_payments(loan: Loan, paid: list[tuple[int, int]]) -> Loan:
    for minor, days in paid:
        loan = loan.with_entry(
            payment(Money(minor, loan.terms.currency), loan.terms.disbursed_on + timedelta(days=days))
        )
    return loan


def figures(stood: Statement) -> tuple[object, ...]:
    return (stood.rows, stood.outstanding_principal, stood.due_unpaid, stood.days_past_due, stood.credit, stood.status)


@given(amounts, st.integers(0, 600))
def test_every_payment_goes_somewhere_and_what_is_paid_and_unpaid_make_the_plan(
    paid: list[tuple[int, int]], days: int
) -> None:
    loan = with_payments(paid_out(a_loan(terms=terms(annual_rate_percent=Decimal(9), instalment_fee_minor=2500))), paid)
    stood = statement(loan, loan.terms.disbursed_on + timedelta(days=days))

    for payment_taken, allocation in zip(loan.journal.payments, stood.allocations, strict=False):
        shares = sum(share.amount.minor for share in allocation.shares)
        assert shares + allocation.to_credit.minor == payment_taken.amount.minor
    for row in stood.rows:
        assert row.paid + row.unpaid == row.instalment.due
        assert row.unpaid.minor >= 0
    late = sum(row.paid_late_interest.minor for row in stood.rows)
    assert sum(row.paid.minor for row in stood.rows) + late + stood.credit.minor == stood.paid_total.minor
    assert stood.outstanding_principal.minor >= 0
    assert (stood.status is Status.OVERDUE) == (stood.days_past_due > 0)


@given(amounts, st.randoms())
def test_the_order_of_typing_does_not_matter(paid: list[tuple[int, int]], random: object) -> None:
    loan = with_payments(paid_out(a_loan()), paid)
    payout, *payments = loan.journal.entries
    random.shuffle(payments)  # type: ignore[attr-defined]
    shuffled = replace(loan, journal=Journal((payout, *payments)))

    as_of = date(2027, 6, 1)

    assert figures(statement(shuffled, as_of)) == figures(statement(loan, as_of))


@given(amounts)
def test_a_payment_and_its_reversal_leave_the_figures_as_they_were(paid: list[tuple[int, int]]) -> None:
    loan = with_payments(paid_out(a_loan()), paid)
    extra = payment(nok(777), date(2026, 4, 1))
    undone = loan.with_entry(extra).with_entry(Reversal(uuid4(), date(2026, 5, 1), extra.id, "twice", recorded()))

    assert figures(statement(undone, date(2026, 6, 1))) == figures(statement(loan, date(2026, 6, 1)))
