"""What an officer can do with the lending ledger: look at it, name its accounts, close its books."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from mikrolaan.domain.audit import Act
from mikrolaan.domain.ledger import Closing, Voucher, books, check_closing
from mikrolaan.domain.ledger_accounts import AccountRole, Chart, standard_chart
from mikrolaan.domain.ledger_replay import VoucherKind
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.long_work import Cancelled, Progress, never, no_progress
from mikrolaan.domain.money import Money
from mikrolaan.domain.office import Office, Role
from mikrolaan.domain.trial_balance import Period, Tally, TrialBalance, role_in_opening
from mikrolaan.domain.unit_of_work import UnitOfWork
from mikrolaan.services.desk import Desk

STEP = 20  # loans between two reports of progress


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """One voucher as a list shows it: what it posts on the account that is looked at, debit positive."""

    on: date
    kind: VoucherKind
    loan_id: UUID
    loan_number: int
    borrower: str
    amount: Money
    balance: Money  # of the account, after this voucher
    voucher: Voucher


@dataclass(frozen=True, slots=True)
class AccountVouchers:
    """The vouchers of one account in a period, by day and loan, with what it began with."""

    number: str
    name: str
    period: Period
    opening: Money
    rows: tuple[VoucherRow, ...]


@dataclass(frozen=True, slots=True)
class BalancePaper:
    """What a printed trial balance holds."""

    office: Office
    balance: TrialBalance
    printed_on: date
    officer_name: str
    language: str


class LedgerService:
    """The ledger of all loans. What takes long reports its progress, and answers None when it was cancelled."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def chart(self) -> Chart:
        """The office's accounts: the standard chart of its country, with what the office has changed."""
        with self._desk.reading() as unit:
            return _chart(unit)

    def set_account(self, role: AccountRole, number: str, name: str) -> Chart:
        """Give an account another number and name; raises InvalidValue, and AccountShared where loans would share."""
        self._desk.require(Role.BOOKKEEPER)
        with self._desk.open_unit(Act.LEDGER_ACCOUNT_CHANGED) as unit:
            chart = _chart(unit)
            account = replace(chart.of(role), number=number.strip(), name=" ".join(name.split()))
            if account == chart.of(role):
                return chart
            chart.with_account(account)
            unit.ledger.keep_account(account)
            unit.commit()
        return self.chart()

    def closed_until(self) -> date | None:
        """The last closed day, or None."""
        with self._desk.reading() as unit:
            return max((closing.until for closing in unit.ledger.closings()), default=None)

    def trial_balance(
        self, period: Period, progress: Progress = no_progress, cancelled: Cancelled = never
    ) -> TrialBalance | None:
        """What every account stood at, moved and stands at; of a period that is not over, until today."""
        with self._desk.reading() as unit:
            chart, closings = _chart(unit), unit.ledger.closings()
            tally, until = Tally(period, closings), min(period.last, self._desk.today())
            for loan, _ in _counted(unit, progress, cancelled):
                tally.add(books(loan, until, closings, accruals_from=tally.accruals_from))
            if cancelled():
                return None
            return tally.trial_balance(chart, unit.office.get().currency, until)

    def vouchers(
        self, number: str, period: Period, progress: Progress = no_progress, cancelled: Cancelled = never
    ) -> AccountVouchers | None:
        """Everything that was posted on the account of that number in the period, by day and loan."""
        with self._desk.reading() as unit:
            chart, closings = _chart(unit), unit.ledger.closings()
            currency = unit.office.get().currency
            accounts = [account for account in chart.accounts if account.number == number]
            roles = {account.role for account in accounts}
            until = min(period.last, self._desk.today())
            opening = 0
            found: list[tuple[Voucher, int, Loan, str]] = []
            for loan, borrower in _counted(unit, progress, cancelled):
                for voucher in books(loan, until, closings, accruals_from=period.day_before).vouchers:
                    amount = sum(posting.minor for posting in voucher.postings if posting.role in roles)
                    if voucher.on >= period.first:
                        if amount:
                            found.append((voucher, amount, loan, borrower))
                        continue
                    for posting in voucher.postings:
                        if role_in_opening(posting.role, voucher.on, period.first) in roles:
                            opening += posting.minor
            if cancelled():
                return None
        found.sort(key=lambda one: (one[0].on, one[2].number))
        rows, balance = [], opening
        for voucher, amount, loan, borrower in found:
            balance += amount
            rows.append(
                VoucherRow(
                    on=voucher.on,
                    kind=voucher.kind,
                    loan_id=loan.id,
                    loan_number=loan.number,
                    borrower=borrower,
                    amount=Money(amount, currency),
                    balance=Money(balance, currency),
                    voucher=voucher,
                )
            )
        name = accounts[0].name if accounts else ""
        return AccountVouchers(number, name, period, Money(opening, currency), tuple(rows))

    def check_close(self, until: date) -> None:
        """Raise what `close` would raise for that day, before the long work begins."""
        self._desk.require(Role.BOOKKEEPER)
        with self._desk.reading() as unit:
            check_closing(until, unit.ledger.closings(), self._desk.today())

    def close(self, until: date, progress: Progress = no_progress, cancelled: Cancelled = never) -> Closing | None:
        """Close the books up to and including a day that is over; what is posted there stays from now on.

        Raises InvalidValue for a day not over yet and ClosedAlready for one that is closed.
        """
        self._desk.require(Role.BOOKKEEPER)
        at = self._desk.now()
        with self._desk.reading() as unit:
            closings = unit.ledger.closings()
            check_closing(until, closings, self._desk.today())
            closing = Closing(uuid4(), until, at, self._desk.officer.id, {})
            tally = Tally(Period(until, until), [closing])
            for loan, _ in _counted(unit, progress, cancelled):
                tally.add(books(loan, until, [*closings, closing], accruals_from=until))
        if cancelled():
            return None
        closing = replace(closing, balances=tally.balances_at(until))
        with self._desk.open_unit(Act.BOOKS_CLOSED) as unit:
            check_closing(until, unit.ledger.closings(), self._desk.today())
            unit.ledger.add_closing(closing)
            unit.commit()
        return closing

    def paper(self, balance: TrialBalance, language: str) -> BalancePaper:
        """What a printed trial balance holds."""
        with self._desk.reading() as unit:
            office = unit.office.get()
        return BalancePaper(office, balance, self._desk.today(), self._desk.officer.name, language)


def _chart(unit: UnitOfWork) -> Chart:
    return standard_chart(unit.office.get().country).with_accounts(unit.ledger.accounts())


def _counted(unit: UnitOfWork, progress: Progress, cancelled: Cancelled) -> Iterator[tuple[Loan, str]]:
    """Every loan that was paid out with its borrower's name; ends early when cancelled."""
    total = unit.ledger.count_lent()
    progress(0, total)
    for done, lent in enumerate(unit.ledger.lent(), start=1):
        if cancelled():
            return
        yield lent
        if done % STEP == 0 or done == total:
            progress(done, total)
