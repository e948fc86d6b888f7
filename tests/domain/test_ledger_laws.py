"""Laws that the lending ledger keeps to through every life of a loan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.journal import Entry, Journal, Payment, Payout, Recorded, Recovery, Refund, Reversal
from mikrolaan.domain.ledger import Closing, Voucher, books
from mikrolaan.domain.ledger_accounts import AccountRole
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.loan_rules import LoanRules
from mikrolaan.domain.statement import statement
from mikrolaan.domain.terms import Terms, Tranche
from tests.builders import OFFICER, PAID_OUT_ON, a_loan, nok, paid_out, recorded, signed
from tests.builders import terms as some_terms
from tests.domain import lives

END = PAID_OUT_ON + timedelta(days=800)
BACK = st.integers(0, 2**16)  # which of the standing entries a reversal takes
Typed = tuple[Entry | int, int]  # an entry, or which one to reverse; and how many days after the one before it is typed

typing: st.SearchStrategy[list[Typed]] = st.lists(
    st.tuples(st.one_of(lives.entries, lives.entries, lives.entries, BACK), st.integers(0, 90)), max_size=12
)


def lived(terms: Terms, rules: LoanRules, typed: Sequence[Typed]) -> Loan:
    """A loan into whose journal these were typed, one after the other; what the rules forbid is left out."""
    return with_typed(paid_out(a_loan(terms=terms, rules=rules)), typed)


def with_typed(loan: Loan, typed: Sequence[Typed]) -> Loan:
    """The loan after these were typed; payouts stay."""
    day = PAID_OUT_ON
    for number, (one, later) in enumerate(typed):
        day += timedelta(days=later)
        recorded = Recorded(datetime(day.year, day.month, day.day, 9, 30, number, tzinfo=UTC), OFFICER)
        entry: Entry
        if isinstance(one, int):
            standing = [entry for entry in loan.journal.standing if not isinstance(entry, Payout)]
            if not standing:
                continue
            gone = standing[one % len(standing)]
            entry = Reversal(UUID(int=2**100 + number), max(day, gone.on), gone.id, "wrong", recorded)
        elif one.id in {known.id for known in loan.journal.entries}:
            continue
        else:
            entry = replace(one, recorded=recorded)
        try:
            loan = loan.with_entry(entry)
        except RuleError:
            continue
    return loan


def closed(on: date) -> Closing:
    """The books closed until a day, on the morning of the day after."""
    next_day = on + timedelta(days=1)
    return Closing(uuid4(), on, datetime(next_day.year, next_day.month, next_day.day, 8, tzinfo=UTC), OFFICER, {})


def balances(vouchers: Sequence[Voucher], until: date = date.max) -> dict[AccountRole, int]:
    sums: dict[AccountRole, int] = defaultdict(int)
    for voucher in vouchers:
        if voucher.on <= until:
            for posting in voucher.postings:
                sums[posting.role] += posting.minor
    return {role: minor for role, minor in sums.items() if minor}


def days_of(loan: Loan) -> list[date]:
    """Days on which something can have moved, and the days around them."""
    told = statement(loan, END)
    days = {row.instalment.due_on for row in told.rows} | {entry.on for entry in loan.journal.entries}
    return sorted({day + timedelta(days=step) for day in days for step in (-1, 0, 1)} | {END})


law = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@law
@given(lives.terms, lives.rules, typing)
def test_on_every_day_the_accounts_say_what_the_statement_says(
    terms: Terms, rules: LoanRules, typed: list[Typed]
) -> None:
    loan = lived(terms, rules, typed)
    vouchers = books(loan, END).vouchers

    assert all(sum(posting.minor for posting in voucher.postings) == 0 for voucher in vouchers)
    assert [voucher.on for voucher in vouchers] == sorted(voucher.on for voucher in vouchers)
    for day in days_of(loan):
        told, kept = statement(loan, day), balances(vouchers, day)
        assert kept.get(AccountRole.LOANS, 0) == told.outstanding_principal.minor, day
        assert kept.get(AccountRole.CREDIT, 0) == -told.credit.minor, day
        due = [row for row in told.rows if row.instalment.due_on <= day]
        interest = sum((row.instalment.interest - row.paid_interest).minor for row in due)
        assert kept.get(AccountRole.INTEREST_DUE, 0) == interest, day
        fees_due, fees_shown = (
            sum((row.instalment.fees - row.paid_fees).minor for row in rows) for rows in (due, told.rows)
        )
        assert fees_due <= kept.get(AccountRole.FEES_DUE, 0) <= fees_shown, day
        if (day + timedelta(days=1)).day == 1:
            assert kept.get(AccountRole.ACCRUED_INTEREST, 0) == told.accrued_interest.minor, day
        else:
            assert AccountRole.ACCRUED_INTEREST not in kept, day


@law
@given(lives.terms, lives.rules, typing)
def test_money_on_the_accounts_is_the_money_of_the_journal(terms: Terms, rules: LoanRules, typed: list[Typed]) -> None:
    loan = lived(terms, rules, typed)
    kept = balances(books(loan, END).vouchers)
    out = (Payout, Refund)
    moved = sum(
        -entry.amount.minor if isinstance(entry, out) else entry.amount.minor
        for entry in loan.journal.standing
        if isinstance(entry, Payout | Refund | Payment | Recovery)
    )
    money = (AccountRole.BANK, AccountRole.CASH, AccountRole.OTHER_MEANS)
    assert sum(kept.get(role, 0) for role in money) == moved
    told = statement(loan, END)
    assert kept.get(AccountRole.RECOVERED, 0) == -told.recovered.minor
    assert kept.get(AccountRole.LOSS, 0) >= told.written_off.minor
    income = (AccountRole.INTEREST, AccountRole.LATE_INTEREST, AccountRole.FEES)
    assert all(kept.get(role, 0) <= 0 for role in income)


@law
@given(lives.terms, lives.rules, typing, st.integers(0, 2**32))
def test_the_order_of_typing_does_not_matter_while_the_books_are_open(
    terms: Terms, rules: LoanRules, typed: list[Typed], seed: int
) -> None:
    loan = lived(terms, rules, typed)
    mixed = list(loan.journal.entries)
    Random(seed).shuffle(mixed)
    mixed.sort(key=lambda entry: isinstance(entry, Reversal))  # what is reversed was typed before
    other = replace(loan, journal=Journal(tuple(mixed)))
    for day in days_of(loan):
        assert balances(books(other, END).vouchers, day) == balances(books(loan, END).vouchers, day)


@law
@given(lives.terms, lives.rules, typing, st.lists(st.integers(1, 700), min_size=1, max_size=3, unique=True))
def test_what_was_posted_in_a_closed_period_stays_and_the_open_days_are_right(
    terms: Terms, rules: LoanRules, typed: list[Typed], closed_after: list[int]
) -> None:
    loan = lived(terms, rules, typed)
    closings = [closed(PAID_OUT_ON + timedelta(days=count)) for count in sorted(closed_after)]
    for count, closing in enumerate(closings):
        known = tuple(entry for entry in loan.journal.entries if entry.recorded.at <= closing.at)
        then = replace(loan, journal=Journal(known))
        reported = [v for v in books(then, END, closings[:count]).vouchers if v.on <= closing.until]
        now = [v for v in books(loan, END, closings).vouchers if v.on <= closing.until]
        assert now == reported
        assert balances(now).get(AccountRole.LOANS, 0) == statement(then, closing.until).outstanding_principal.minor

    opened = closings[-1].until + timedelta(days=1)
    with_closings, without = books(loan, END, closings), books(loan, END)
    assert with_closings.outstanding_minor == without.outstanding_minor
    for day in days_of(loan):
        if day >= opened:
            assert balances(with_closings.vouchers, day) == balances(without.vouchers, day)
        until_then = books(loan, day, closings)
        assert list(until_then.vouchers) == [v for v in with_closings.vouchers if v.on <= day]
        assert balances(until_then.vouchers).get(AccountRole.LOANS, 0) == until_then.outstanding_minor


@law
@given(lives.rules, st.integers(0, 25), st.integers(0, 2), typing)
def test_a_loan_that_is_paid_out_in_parts_keeps_the_laws(
    rules: LoanRules, later: int, rate: int, typed: list[Typed]
) -> None:
    second_on = PAID_OUT_ON + timedelta(days=later)
    parts = (Tranche(PAID_OUT_ON, nok(8_000)), Tranche(second_on, nok(4_000)))
    loan = signed(a_loan(terms=some_terms(annual_rate_percent=Decimal(rate * 6), tranches=parts), rules=rules))
    for part in parts:
        loan = loan.with_entry(Payout(uuid4(), part.on, part.amount, recorded()))
    loan = with_typed(loan, typed)

    vouchers = books(loan, END).vouchers
    for day in days_of(loan):
        told, kept = statement(loan, day), balances(vouchers, day)
        assert kept.get(AccountRole.LOANS, 0) == told.outstanding_principal.minor, day
        assert kept.get(AccountRole.CREDIT, 0) == -told.credit.minor, day
        assert kept.get(AccountRole.FEES, 0) <= 0, day
