"""What each happening posts on which account, with figures anyone can check by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.journal import (
    Entry,
    Fee,
    HolidayInterest,
    NewPlan,
    Payment,
    PaymentHoliday,
    PaymentMeans,
    Payout,
    Recorded,
    Recovery,
    Refund,
    Reversal,
    Waived,
    Waiver,
    WriteOff,
)
from mikrolaan.domain.ledger import ClosedAlready, Closing, Posting, Voucher, books, check_closing
from mikrolaan.domain.ledger_accounts import AccountRole
from mikrolaan.domain.ledger_replay import VoucherKind
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.loan_rules import LateInterest, LoanRules
from mikrolaan.domain.terms import DayCount, FeePaid, PaymentFreeInterest, Repayment, Tranche
from tests.builders import OFFICER, a_loan, nok, paid_out, payment, signed, terms

WITHOUT_LATE = LoanRules(late_interest=LateInterest.NONE)
Postings = dict[str, int]  # kroner by account, debit positive


def typed(on: date) -> Recorded:
    return Recorded(datetime(on.year, on.month, on.day, 12, tzinfo=UTC), OFFICER)


def one_percent_a_month(**changes: object) -> Loan:
    """12 000 kroner, 1 000 of principal a month and 1 % interest a month: first instalment 1 000 + 120."""
    chosen = terms(
        annual_rate_percent=Decimal(12), repayment=Repayment.SERIAL, day_count=DayCount.THIRTY_360, **changes
    )
    return paid_out(a_loan(terms=chosen, rules=WITHOUT_LATE))


def told(voucher: Voucher) -> Postings:
    return {posting.role.value: posting.minor // 100 for posting in voucher.postings}


def on(
    loan: Loan, day: date, closings: tuple[Closing, ...] = (), until: date | None = None
) -> list[tuple[str, Postings]]:
    """What is posted on a day: why, and how many kroner on which account."""
    found = books(loan, until or day, closings).vouchers
    return [(voucher.kind.value, told(voucher)) for voucher in found if voucher.on == day]


def balances(loan: Loan, day: date, closings: tuple[Closing, ...] = ()) -> Postings:
    sums: Postings = {}
    for voucher in books(loan, day, closings).vouchers:
        for posting in voucher.postings:
            sums[posting.role.value] = sums.get(posting.role.value, 0) + posting.minor
    return {role: minor // 100 for role, minor in sums.items() if minor}


def closed(until: date, at: date) -> Closing:
    return Closing(uuid4(), until, datetime(at.year, at.month, at.day, 8, tzinfo=UTC), OFFICER, {})


def test_a_payout_moves_money_from_the_bank_to_the_loans():
    assert on(one_percent_a_month(), date(2026, 1, 15)) == [("payout", {"bank": -12_000, "loans": 12_000})]


@pytest.mark.parametrize(
    ("paid", "bank", "owed"), [(FeePaid.DEDUCTED, -11_500, 12_000), (FeePaid.ADDED, -12_000, 12_500)]
)
def test_an_establishment_fee_that_is_owed_from_the_payout_is_income_then(paid: FeePaid, bank: int, owed: int):
    loan = one_percent_a_month(establishment_fee_minor=500_00, establishment_fee_paid=paid)

    assert on(loan, date(2026, 1, 15)) == [("payout", {"bank": bank, "loans": owed, "fees": -500})]


def test_a_loan_paid_out_in_two_parts_is_owed_part_by_part():
    parts = (Tranche(date(2026, 1, 15), nok(8_000)), Tranche(date(2026, 3, 20), nok(4_000)))
    loan = signed(a_loan(terms=terms(tranches=parts), rules=WITHOUT_LATE))
    for part in parts:
        loan = loan.with_entry(Payout(uuid4(), part.on, part.amount, typed(part.on)))

    assert on(loan, date(2026, 1, 15)) == [("payout", {"bank": -8_000, "loans": 8_000})]
    assert on(loan, date(2026, 3, 20)) == [("payout", {"bank": -4_000, "loans": 4_000})]


def test_interest_and_fee_of_an_instalment_are_income_when_they_fall_due():
    loan = one_percent_a_month(instalment_fee_minor=35_00)

    assert on(loan, date(2026, 2, 15)) == [
        ("fallen due", {"interest due": 120, "fees due": 35, "interest": -120, "fees": -35})
    ]


def test_an_establishment_fee_with_the_first_instalment_is_income_when_that_falls_due():
    loan = one_percent_a_month(establishment_fee_minor=500_00, establishment_fee_paid=FeePaid.FIRST_INSTALMENT)

    assert on(loan, date(2026, 1, 15)) == [("payout", {"bank": -12_000, "loans": 12_000})]
    assert on(loan, date(2026, 2, 15))[0][1]["fees"] == -500


def test_a_payment_settles_what_is_due_and_is_no_income_again():
    loan = one_percent_a_month(instalment_fee_minor=35_00).with_entry(payment(nok(1_155), date(2026, 2, 20)))

    assert on(loan, date(2026, 2, 20)) == [
        ("payment", {"bank": 1_155, "loans": -1_000, "interest due": -120, "fees due": -35})
    ]


def test_interest_paid_before_its_due_date_is_income_when_it_is_paid():
    loan = one_percent_a_month().with_entry(payment(nok(1_120), date(2026, 2, 10)))

    assert on(loan, date(2026, 2, 10)) == [("payment", {"bank": 1_120, "loans": -1_000, "interest": -120})]
    assert on(loan, date(2026, 2, 15)) == []


def test_cash_and_other_means_have_accounts_of_their_own():
    for means, role in ((PaymentMeans.CASH, "cash"), (PaymentMeans.OTHER, "other means")):
        entry = replace(payment(nok(1_120), date(2026, 2, 20)), means=means)
        assert on(one_percent_a_month().with_entry(entry), date(2026, 2, 20))[0][1][role] == 1_120


def test_late_interest_is_income_when_it_is_paid():
    """1 000 kroner overdue for 20 days at 14.6 %: 1 000 × 0.146 × 20 / 365 = 8 kroner."""
    rules = LoanRules(late_interest=LateInterest.AGREED, late_interest_percent=Decimal("14.6"))
    loan = paid_out(a_loan(rules=rules)).with_entry(payment(nok(1_008), date(2026, 3, 7)))

    assert on(loan, date(2026, 3, 7)) == [("payment", {"bank": 1_008, "loans": -1_000, "late interest": -8})]


def test_what_is_paid_too_much_is_owed_to_the_borrower_until_it_is_paid_back():
    loan = paid_out(a_loan(rules=WITHOUT_LATE)).with_entry(payment(nok(12_300), date(2026, 2, 20)))
    loan = loan.with_entry(Refund(uuid4(), date(2026, 3, 1), nok(300), typed(date(2026, 3, 1))))

    assert on(loan, date(2026, 2, 20)) == [("payment", {"bank": 12_300, "loans": -12_000, "credit": -300})]
    assert on(loan, date(2026, 3, 1)) == [("refund", {"bank": -300, "credit": 300})]


def test_a_fee_is_income_when_it_is_charged_and_uses_what_was_paid_too_much():
    day = date(2026, 3, 3)
    charged = Fee(uuid4(), day, nok(70), date(2026, 3, 15), typed(day))
    assert on(one_percent_a_month().with_entry(charged), day) == [("fee", {"fees due": 70, "fees": -70})]

    overpaid = paid_out(a_loan(rules=WITHOUT_LATE)).with_entry(payment(nok(12_300), date(2026, 2, 20)))
    overpaid = overpaid.with_entry(charged)
    assert on(overpaid, day) == [("fee", {"fees due": 70, "fees": -70})]
    assert on(overpaid, date(2026, 3, 15)) == [("fallen due", {"fees due": -70, "credit": 70})]


def test_a_waiver_of_what_is_due_is_a_cost_and_of_what_is_not_due_it_is_nothing():
    def waiver(of: Waived, day: date) -> Waiver:
        return Waiver(uuid4(), day, of, nok(100), typed(day))

    loan = one_percent_a_month().with_entry(waiver(Waived.INTEREST, date(2026, 2, 20)))
    assert on(loan, date(2026, 2, 20)) == [("waiver", {"interest due": -100, "waived": 100})]

    early = one_percent_a_month().with_entry(waiver(Waived.INTEREST, date(2026, 2, 10)))
    assert on(early, date(2026, 2, 10)) == []
    assert on(early, date(2026, 2, 15)) == [("fallen due", {"interest due": 20, "interest": -20})]


def test_a_write_off_takes_principal_and_what_else_was_due_as_a_loss_and_a_recovery_is_income():
    day = date(2026, 2, 20)
    loan = one_percent_a_month().with_entry(WriteOff(uuid4(), day, nok(12_000), typed(day)))
    loan = loan.with_entry(Recovery(uuid4(), date(2026, 6, 1), nok(2_000), typed(date(2026, 6, 1))))

    assert on(loan, day) == [("write-off", {"loans": -12_000, "interest due": -120, "loss": 12_120})]
    assert on(loan, date(2026, 6, 1)) == [("recovery", {"bank": 2_000, "recovered": -2_000})]


def test_a_part_written_off_leaves_the_rest_as_it_was():
    day = date(2026, 2, 20)
    loan = one_percent_a_month().with_entry(WriteOff(uuid4(), day, nok(3_000), typed(day)))

    assert on(loan, day) == [("write-off", {"loans": -3_000, "loss": 3_000})]


def test_interest_that_joins_the_principal_is_income_on_the_due_date_left_out():
    day = date(2026, 1, 20)
    holiday = PaymentHoliday(uuid4(), day, 1, HolidayInterest.CAPITALISED, typed(day))
    assert on(one_percent_a_month().with_entry(holiday), date(2026, 2, 15)) == [
        ("fallen due", {"loans": 120, "interest": -120})
    ]

    agreed = one_percent_a_month(payment_free_instalments=1, payment_free_interest=PaymentFreeInterest.CAPITALISED)
    assert on(agreed, date(2026, 2, 15)) == [("fallen due", {"loans": 120, "interest": -120})]


def test_a_holiday_without_interest_posts_nothing_on_the_due_date_left_out():
    day = date(2026, 1, 20)
    holiday = PaymentHoliday(uuid4(), day, 1, HolidayInterest.WAIVED, typed(day))

    assert on(one_percent_a_month().with_entry(holiday), date(2026, 2, 15)) == []


def test_a_new_plan_takes_unpaid_interest_from_what_is_due_into_the_principal():
    day = date(2026, 2, 15)
    chosen = replace(one_percent_a_month().terms, principal=nok(12_120), disbursed_on=day, first_due_on=None)
    loan = one_percent_a_month().with_entry(NewPlan(uuid4(), day, chosen, typed(day)))

    assert on(loan, day) == [
        ("fallen due", {"interest due": 120, "interest": -120}),
        ("new plan", {"loans": 120, "interest due": -120}),
    ]


def test_a_new_plan_that_asks_sooner_than_an_instalment_paid_in_part_is_posted_on_its_own_due_dates():
    # Ten days of 12 000 at 12 % are paid; the new plan asks for seven more on 1 February, before the old 15 February.
    new = terms(
        annual_rate_percent=Decimal(12), day_count=DayCount.THIRTY_360, first_due_on=date(2026, 2, 1), instalments=4
    )
    new = replace(new, disbursed_on=date(2026, 1, 25))
    loan = one_percent_a_month().with_entry(payment(nok(40), date(2026, 1, 25)))
    loan = loan.with_entry(NewPlan(uuid4(), date(2026, 1, 25), new, typed(date(2026, 1, 25))))

    accrued_back, fallen_due = on(loan, date(2026, 2, 1))
    assert accrued_back == ("accrued back", {"accrued interest": -24, "interest": 24})
    assert fallen_due == ("fallen due", {"interest due": 28, "interest": -28})


def test_interest_run_and_not_due_is_accrued_at_the_end_of_the_month_and_taken_back_the_day_after():
    """By 30/360, 15 January to 31 January is 16 of 30 days of 120 kroner: 64; at the end of February 15 of 110: 55."""
    loan = one_percent_a_month().with_entry(payment(nok(1_120), date(2026, 2, 15)))

    accrued = {"accrued interest": 64, "interest": -64}
    assert on(loan, date(2026, 1, 31)) == [("accrued", accrued)]
    assert on(loan, date(2026, 2, 1)) == [("accrued back", {role: -amount for role, amount in accrued.items()})]
    assert balances(loan, date(2026, 2, 27)) == {"bank": -10_880, "loans": 11_000, "interest": -120}


def test_an_entry_and_its_reversal_are_both_seen_and_together_move_nothing():
    wrong = payment(nok(1_120), date(2026, 2, 20))
    loan = one_percent_a_month().with_entry(wrong)
    loan = loan.with_entry(Reversal(uuid4(), date(2026, 2, 25), wrong.id, "wrong loan", typed(date(2026, 2, 25))))

    assert on(loan, date(2026, 2, 20)) == [
        ("payment", {"bank": 1_120, "loans": -1_000, "interest due": -120}),
        ("reversal", {"bank": -1_120, "loans": 1_000, "interest due": 120}),
    ]
    assert on(loan, date(2026, 2, 25)) == []
    assert balances(loan, date(2026, 2, 25)) == {
        "bank": -12_000,
        "loans": 12_000,
        "interest due": 120,
        "interest": -120,
    }


def test_a_reversal_after_the_books_were_closed_is_posted_on_the_first_open_day():
    wrong = replace(payment(nok(1_120), date(2026, 2, 20)), recorded=typed(date(2026, 2, 20)))
    february = closed(date(2026, 2, 28), at=date(2026, 3, 2))
    loan = one_percent_a_month().with_entry(wrong)
    before = balances(loan, date(2026, 2, 28), (february,))
    loan = loan.with_entry(Reversal(uuid4(), date(2026, 3, 9), wrong.id, "wrong loan", typed(date(2026, 3, 9))))

    assert on(loan, date(2026, 2, 20), (february,)) == [
        ("payment", {"bank": 1_120, "loans": -1_000, "interest due": -120})
    ]
    assert balances(loan, date(2026, 2, 28), (february,)) == before
    (correction,) = [v for v in books(loan, date(2026, 3, 9), (february,)).vouchers if v.kind is VoucherKind.REVERSAL]
    assert told(correction) == {"bank": -1_120, "loans": 1_000, "interest due": 120}
    assert (correction.on, correction.happened_on) == (date(2026, 3, 1), date(2026, 2, 20))


def test_a_payment_typed_late_moves_what_later_payments_were_used_for_only_in_open_days():
    """1 500 kroner on 10 March paid the instalment of February and part of March; then 1 120 of February turn up."""

    def typed_on(day: date, entry: Payment) -> Entry:
        return replace(entry, recorded=typed(day))

    loan = one_percent_a_month()
    loan = loan.with_entry(typed_on(date(2026, 3, 10), payment(nok(1_500), date(2026, 3, 10))))
    march = closed(date(2026, 3, 31), at=date(2026, 4, 2))
    reported = balances(loan, date(2026, 3, 31), (march,))
    late = loan.with_entry(typed_on(date(2026, 4, 7), payment(nok(1_120), date(2026, 2, 15))))

    assert balances(late, date(2026, 3, 31), (march,)) == reported
    (correction,) = [v for v in books(late, date(2026, 4, 7), (march,)).vouchers if v.happened_on is not None]
    assert (correction.on, correction.kind) == (date(2026, 4, 1), VoucherKind.PAYMENT)
    assert correction.amount(AccountRole.BANK) == 1_120_00
    assert balances(late, date(2026, 4, 7), (march,)) == balances(late, date(2026, 4, 7))


def test_an_entry_about_an_open_day_is_posted_on_its_own_day_though_typed_later():
    january = closed(date(2026, 1, 31), at=date(2026, 2, 2))
    late = replace(payment(nok(1_120), date(2026, 2, 20)), recorded=typed(date(2026, 3, 9)))
    loan = one_percent_a_month().with_entry(late)

    assert on(loan, date(2026, 2, 20), (january,))[0][0] == "payment"


def test_books_are_closed_only_for_days_that_are_over_and_not_closed():
    january = closed(date(2026, 1, 31), at=date(2026, 2, 2))
    with pytest.raises(InvalidValue) as early:
        check_closing(date(2026, 3, 9), [january], today=date(2026, 3, 9))
    assert (early.value.problem, early.value.limit) == (Problem.TOO_LATE, date(2026, 3, 8))
    with pytest.raises(ClosedAlready) as again:
        check_closing(date(2026, 1, 31), [january], today=date(2026, 3, 9))
    assert again.value.limit == date(2026, 2, 1)
    check_closing(date(2026, 2, 28), [january], today=date(2026, 3, 9))


def test_a_voucher_that_does_not_balance_cannot_be_made():
    with pytest.raises(ValueError, match="debit and credit differ"):
        Voucher(date(2026, 1, 1), VoucherKind.FEE, (Posting(AccountRole.FEES, -1),), UUID(int=1))
