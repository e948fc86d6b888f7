"""The replay: a journal lived through again from the first payout to a day; every figure of a loan comes from here.

What the rules leave open is decided so (docs/decisions/0006-statement.md gives the reasons):

- The period of an instalment begins on the due date before it, the first on the day of payout.
- A payment that covers the payoff amount closes the loan: the running instalment becomes the last, with the interest
  to the day of payment and without a fee that is not yet due; what is beyond is credit.
- Early repayment counts as principal of the instalment in whose period it came. By plan the interest of that
  instalment stays as printed; the instalments after it are made anew.
- By day, the principal of each instalment is as planned and its interest runs on what is owed from day to day. One that
  is paid ahead is closed with the interest to that day; later days belong to the next.
- Overdue principal bears ordinary interest only where no late interest is asked for.
"""

from __future__ import annotations

from datetime import date
from typing import NoReturn
from uuid import UUID

from mikrolaan.domain.errors import InvalidValue, Limit, Problem
from mikrolaan.domain.journal import (
    EntryRefused,
    Fee,
    Happening,
    HolidayInterest,
    Journal,
    NewPlan,
    NewPlanFor,
    Payment,
    PaymentHoliday,
    Payout,
    RateChange,
    Recovery,
    Refund,
    Waived,
    Waiver,
    WriteOff,
)
from mikrolaan.domain.loan_rules import LoanRules
from mikrolaan.domain.money import Money
from mikrolaan.domain.printed_plan import ASKING, FEES, INTEREST, LATE, PRINCIPAL, Kind, Line
from mikrolaan.domain.restructure import new_running_plan
from mikrolaan.domain.running_loan import RunningLoan
from mikrolaan.domain.running_plan import scaled
from mikrolaan.domain.settling import Claim, Lot
from mikrolaan.domain.terms import Repayment, Terms

CREDIT = 4  # the place of credit in the effect of an entry, after the four parts
_HOLIDAY = {
    HolidayInterest.CARRIED: Kind.CARRIES,
    HolidayInterest.CAPITALISED: Kind.CAPITALISES,
    HolidayInterest.WAIVED: Kind.FREE,
}


class Replay(RunningLoan):
    """A loan after everything until a day has been lived through again.

    EntryRefused names the entry that cannot stand beside the others. An entry other than money that asks for more
    than there is (a write-off after a payment was typed late) counts for what there is, unless it is `strict`. Where
    nothing is strict, money went as the journal says even without its ground, which a rate of the law entered later
    may have taken: those entries are `lacking`, and a refund beyond the credit is owed back.
    """

    def __init__(
        self, terms: Terms, rules: LoanRules, journal: Journal, until: date, *, strict: UUID | bool = False
    ) -> None:
        standing = journal.standing
        super().__init__(terms, rules, standing[0].on if standing else until)
        self.effects: dict[UUID, list[int]] = {}  # of each entry: fees, late interest, interest, principal, credit
        self.early: dict[UUID, int] = {}  # of each payment: what repaid principal before it was asked for
        self.paid_in = 0
        self.written_off = 0
        self.recovered = 0
        self.is_written_off = False
        self.is_restructured = False
        self.lacking: dict[UUID, int] = {}  # of money entries without their ground: how much of it
        self.until = until
        self._strict = strict
        if standing and not isinstance(standing[0], Payout):
            _refuse(standing[0], "on", Problem.TOO_EARLY, journal.payouts[0].on if journal.payouts else None)
        if self._by_day and standing:
            self.plan.begin_earlier(self.day)
        self._lived: tuple[Happening, ...] = ()
        self._live_through(standing)

    def has_lived_the_beginning_of(self, journal: Journal) -> bool:
        """Whether the journal begins with what this replay has lived through, and goes on no earlier than its last day."""
        count = len(self._lived)
        if not count or journal.standing[:count] != self._lived:
            return False
        return count == len(journal.standing) or journal.standing[count].on >= self.until

    def gone_on(self, journal: Journal, until: date, *, strict: UUID | bool = False) -> Replay:
        """The replay until that day or a later one, by a journal of which it has lived the beginning; itself unchanged."""
        later = self._copy()
        later.until, later._strict = until, strict
        later._live_through(journal.standing)
        return later

    def _copy(self) -> Replay:
        """The same replay, to live on by itself."""
        later, lines = object.__new__(type(self)), dict[int, Line]()
        later.__dict__.update(self.__dict__)  # as `copy` does, in a sixth of the time
        later.plan = self.plan.copy(lines)
        later.settling = self.settling.copy(lines)
        later.effects, later.early = {**self.effects}, {**self.early}
        later._due = later._open_until(self.day)
        return later

    def _live_through(self, standing: tuple[Happening, ...]) -> None:
        """The entries that it has not lived through yet, and the days after the last of them."""
        count = len(self._lived)
        for entry in standing[count:]:
            if entry.on > self.until:
                break
            self._advance(entry.on)
            self._live(entry)
            count += 1
        if standing and self.until > self.day:
            self._advance(self.until)
        self._lived = standing[:count]

    def _live(self, entry: Happening) -> None:
        if isinstance(entry, Payment):
            self._pay(entry)
        elif isinstance(entry, Payout):
            self._pay_out(entry)
        elif isinstance(entry, Fee):
            self.settling.claims.append(Claim(entry.due_on, FEES, entry.amount.minor))
            self._note(entry, FEES, entry.amount.minor)
        elif isinstance(entry, RateChange):
            self._change_rate(entry)
        elif isinstance(entry, NewPlan):
            self._restructure(entry)
        elif isinstance(entry, PaymentHoliday):
            self._put_off(entry)
        elif isinstance(entry, Waiver):
            self._waive(entry)
        elif isinstance(entry, WriteOff):
            self._write_off(entry)
        elif isinstance(entry, Recovery):
            self._recover(entry)
        else:
            self._refund(entry)
        if self.settling.credit:
            self._spend_credit(self.day)
        if self._by_day and isinstance(entry, Payment | RateChange | WriteOff | PaymentHoliday):
            self._foresee()

    def _foresee(self) -> None:
        """By day: the instalment that is asked for next shows what it will ask for if nothing else happens until then."""
        index, lines = self._running(), self.plan.lines
        if index is None or self.unlent:
            return
        line = lines[index]
        if line.kind in ASKING and not line.closed:
            if not line.tranches:
                rest = self._bearing() * self.plan.rate * (line.share - self.plan.share_until(line, self.day))
                line.ask(self.plan.rounded(self._carried + self._ran + rest), line.due[FEES] + line.waived[FEES])
            return
        asking = next((later for later in lines[index + 1 :] if later.kind in ASKING), None)
        if asking is None:
            return
        then = self._copy()  # the days until then pass over what was paid ahead or is put off
        then._run_until(asking.due_on)
        for now, later in zip(lines[index:], then.plan.lines[index:], strict=True):
            now.due, now.capitalised = [*later.due], later.capitalised

    def _note(self, entry: Happening, place: int, amount: int) -> None:
        self.effects.setdefault(entry.id, [0] * 5)[place] += amount

    def _money(self, minor: int) -> Limit:
        return Money(minor, self.terms.currency).to_decimal()

    def _counts(self, entry: Happening, wanted: int, there_is: int) -> int:
        """How much of an amount counts; EntryRefused when it is too much and must not be."""
        if wanted > there_is and (self._strict is True or self._strict == entry.id):
            _refuse(entry, "amount", Problem.TOO_LARGE, self._money(there_is))
        return min(wanted, there_is)

    def _pay_out(self, entry: Payout) -> None:
        allowed = self.terms.principal.minor - self.paid_out
        if entry.amount.minor > allowed:
            _refuse(entry, "amount", Problem.TOO_LARGE, self._money(allowed))
        if self.paid_out and not self.unlent:
            _refuse(entry, "amount", Problem.TOO_LARGE, self._money(0))
        self.paid_out += entry.amount.minor
        self.unlent = max(0, self.unlent - entry.amount.minor)
        self._note(entry, PRINCIPAL, entry.amount.minor)
        index = self._running()
        if self.plan.terms.tranches and index is not None:  # of later parts, what was lent before their day
            planned_later = sum(later.paid_in for later in self.plan.lines[index + 1 :])
            self.plan.count_as_lent(index + 1, max(0, planned_later - self.unlent))

    def _pay(self, entry: Payment) -> None:
        lot = Lot(entry.id, entry.amount.minor)
        self.paid_in += lot.left
        self.settling.taken[entry.id] = lot.taken
        if self.is_written_off:
            self.settling.lots.append(lot)
            return
        index = self._running()
        if index is None and self._by_day and (self._ran or self._carried):
            last = self.plan.lines[-1]
            last.due[INTEREST] += self.accrued
            self._settled = 0
            self._ran = self._carried = 0
        there_is = lot.left + self.settling.credit
        covers = not self._owes_more_than(there_is) and self.outstanding <= there_is
        if covers and 0 < self.payoff <= there_is:  # the payoff is dear, and never less than what is outstanding
            self._close()
            for one in (*self.settling.lots, lot):
                self.settling.pour(one, self.lines, self.settling.claims, self.day)
        else:
            claims = self._claims_due_until(self.day)
            if self._due or claims:
                self.settling.pour(lot, self._due, claims, self.day)
            if lot.left and index is not None:
                self._pay_ahead(lot, entry, index)
        if lot.left:
            self.settling.lots.append(lot)

    def _pay_ahead(self, lot: Lot, entry: Payment, index: int) -> None:
        """The next instalment, whose period has begun; then principal that nobody asked for yet."""
        if self.unlent:
            self._ask_no_more_than_lent(index)
        line = self.plan.lines[index]
        claims = [claim for claim in self._claims_due_until(line.due_on) if claim.due_on > self.day]
        pays = line.kind in ASKING and not line.closed
        planned = line.due[INTEREST]
        if self._by_day and pays:
            line.due[INTEREST] = line.paid[INTEREST] + self.accrued
        self.settling.pour(lot, [line], claims, self.day)
        if self._by_day and pays:
            is_paid = not line.left and (line.is_touched or lot.left)
            if not is_paid and (self.outstanding or self.unlent):  # with nothing owed it asks for what has run
                line.due[INTEREST] = max(planned, line.paid[INTEREST])
            else:
                line.closed = True
                self._ran = self._carried = 0
        if not lot.left:
            if line.closed:
                extra, carried = self._rest_by_day(line)
                self.plan.ask_for_days_before(index + 1, extra, carried)
            return
        later = self.plan.opening(index + 1) - line.capitalised  # interest that joins on the due date is not owed yet
        amount = min(lot.left, max(0, later), self.outstanding) if self.unlent else min(lot.left, max(0, later))
        if not amount:
            return
        rule = entry.early_repayment or self.rules.early_repayment
        is_all = amount == later and not self.unlent  # parts to come are repaid by the lines after it
        ran = self.accrued if is_all else 0
        carried_as_printed = self.plan.carried(index + 1)
        self.settling.add_principal(lot, line, amount, self.day)
        self.early[entry.id] = self.early.get(entry.id, 0) + amount
        if is_all:
            del self.plan.lines[index + 1 :]
            if ran:  # of a period that asks for nothing, or since its instalment was paid ahead
                self._ask_at_last(line, ran)
            return
        extra, carried = self._rest_by_day(line, repaid=amount) if self._by_day else (None, carried_as_printed)
        self.plan.repay_early(index + 1, amount, rule, extra=extra, carried=carried)

    def _ask_at_last(self, line: Line, interest: int) -> None:
        """All principal is repaid: the line becomes the last one and asks for the interest that has run."""
        line.kind, line.closed, line.paid_on, line.capitalised = Kind.REPAYS, True, None, 0
        line.due[INTEREST] = line.paid[INTEREST] + interest
        self._ran = self._carried = 0

    def _rest_by_day(self, line: Line, *, repaid: int = 0) -> tuple[int | None, int | None]:
        """By day: what an instalment paid ahead or free leaves to the next in interest, and what is carried to it.

        `repaid` is principal of the instalments after it that was just paid and that they ask for still.
        """
        if not self._by_day:
            return None, None
        bearing = self._bearing() - repaid
        rest = bearing * self.plan.rate * (line.share - self.plan.share_until(line, self.day))
        if line.kind is Kind.CARRIES:
            return 0, self._carried + self._ran + rest
        return (self._ran + rest if line.closed else 0), self._carried

    def _within_by_day(self, index: int) -> tuple[int | None, int | None]:
        """By day: what the running instalment asks for beyond a whole period at the present rate and balance."""
        line = self.plan.lines[index]
        if not self._by_day:
            return None, None
        if self._running() != index or line.kind is Kind.FREE:
            return 0, self._carried
        rest = self._bearing() * self.plan.rate * (line.share - self.plan.share_until(line, self.day))
        return self._ran + rest - self.plan.opening(index) * self.plan.rate * line.share, self._carried

    def _close(self) -> None:
        """The running instalment becomes the last one and asks for all that is owed today."""
        index = self._running()
        outstanding, accrued = self.outstanding, self.accrued
        overdue = sum(line.principal_left for line in self.lines if line.due_on <= self.day)
        self.plan.forget_parts(self.unlent)
        self.unlent = self._ran = self._carried = 0
        if index is None:
            return
        line = self.plan.lines[index]
        line.kind, line.capitalised = Kind.REPAYS, 0
        line.due = [line.paid[FEES], 0, line.paid[INTEREST] + accrued, line.paid[PRINCIPAL] + outstanding - overdue]
        del self.plan.lines[index + 1 :]

    def _change_rate(self, entry: RateChange) -> None:
        rate = scaled(entry.annual_rate_percent)
        self._contract_rate_is(entry.annual_rate_percent)
        index = self._running()
        self._note(entry, INTEREST, 0)
        if index is None or not self.outstanding:
            self.plan.rate = rate
            return
        line = self.plan.lines[index]
        if self._by_day or entry.on <= line.counted_from:
            self.plan.rate = rate
        else:
            self.plan.change_rate(index, entry.on, rate)
        if not line.is_touched:
            extra, carried = self._within_by_day(index)
            self.plan.remake(index, self.plan.opening(index), extra=extra, carried=carried)
            return
        if line.left and not self._by_day:
            interest = self.plan.rounded(self.plan.run(index, line.due_on) + self.plan.carried(index))
            line.ask(interest, line.due[FEES] + line.waived[FEES])
        extra, carried = self._rest_by_day(line)
        self.plan.remake(index + 1, self.plan.opening(index + 1), extra=extra, carried=carried)

    def _put_off(self, entry: PaymentHoliday) -> None:
        lines = self.plan.lines
        index = next((n for n, o in enumerate(lines) if o.due_on > self.day and o.kind in ASKING and o.left), None)
        self._note(entry, INTEREST, 0)
        if index is None or not (self.outstanding or self.unlent):  # the last interest alone is not put off
            self._counts_instalments(entry)
            return
        kind = _HOLIDAY[entry.interest]
        extra, carried = (0, self._carried) if self._by_day and kind is Kind.FREE else self._within_by_day(index)
        self.plan.put_off(index, entry.instalments, kind, extra=extra, carried=carried)

    def _counts_instalments(self, entry: PaymentHoliday) -> None:
        if self._strict is True or self._strict == entry.id:
            _refuse(entry, "instalments", Problem.TOO_LARGE, 0)

    def _restructure(self, entry: NewPlan) -> None:
        outstanding, most = self.outstanding, self.payoff
        wanted = entry.terms.principal.minor
        if self._strict is True or self._strict == entry.id:
            for problem, wrong, limit in (
                (Problem.TOO_SMALL, wanted < outstanding, outstanding),
                (Problem.TOO_LARGE, wanted > most, most),
            ):
                if wrong:
                    _refuse(entry, "terms.principal", problem, self._money(limit))
        self._note(entry, PRINCIPAL, 0)
        if not outstanding:
            return
        principal = min(max(wanted, outstanding), most)
        try:
            plan, taken_in, claim = new_running_plan(self, entry.terms, principal - outstanding)
        except InvalidValue as error:
            _refuse(entry, f"terms.{error.field}", error.problem, error.limit)
        self.plan.forget_parts(self.unlent)
        self.plan = plan
        self._settled = 0
        self._due = self._open_until(self.day)
        if claim is not None:
            self.settling.claims.append(claim)
        for place, amount in enumerate(taken_in):
            self._note(entry, place, amount)
        self._note(entry, PRINCIPAL, principal - outstanding)
        self.unlent = self._ran = self._carried = 0
        self.is_restructured |= entry.purpose is NewPlanFor.RESTRUCTURING
        self._contract_rate_is(entry.terms.annual_rate_percent)

    def _waive(self, entry: Waiver) -> None:
        index = self._running()
        running = [] if index is None else [self.plan.lines[index]]
        lines = [line for line in self.lines if line.due_on <= self.day] + running
        place = {Waived.LATE_INTEREST: LATE, Waived.INTEREST: INTEREST, Waived.FEES: FEES}[entry.of]
        if place == LATE:
            gone = self.settling.waive_late(entry.amount.minor)
        else:
            gone = self.settling.waive(lines, self.settling.claims, place, entry.amount.minor)
        self._note(entry, place, self._counts(entry, entry.amount.minor, gone))

    def _write_off(self, entry: WriteOff) -> None:
        outstanding = self.outstanding
        amount = self._counts(entry, entry.amount.minor, outstanding)
        self._note(entry, PRINCIPAL, amount)
        self.written_off += amount
        if not amount:
            return
        if amount == outstanding:
            self._leave_the_books(entry)
            return
        running = self._running()
        balance = 0 if running is None else self.plan.opening(running)
        if self.unlent:  # a loss ends the paying out
            self.plan.forget_parts(self.unlent)
            amount, self.unlent = amount + self.unlent, 0
        if running is not None and not self._by_day:  # what has run is owed, and the instalment asks for it as printed
            self.plan.lines[running].lost += balance + amount - self.plan.opening(running)
        if self.plan.terms.repayment in {Repayment.ANNUITY, Repayment.SERIAL}:
            begun = len(self.plan.lines) if running is None else running + (not self._by_day)
            first = len(self.plan.lines) if running is None else running
            ahead = self.plan.lines[first:]
            to_come = sum(line.principal_left - line.capitalised for line in ahead)  # what will join is not lost yet
            reached = max(0, amount - max(0, to_come))
            self.plan.cut_from_end(first, amount - reached, keep_interest_until=begun)
            self.plan.cut_from_end(0, reached, keep_interest_until=begun, before=first)
            lines = self.plan.lines
            while self._by_day and len(lines) > max(1, first) and lines[-1].kind not in ASKING:
                lines.pop()  # put off to lines that are gone: what runs is asked for as after the last due date
        else:
            self.plan.lines[-1].due[PRINCIPAL] -= amount
            if running is not None:
                self._follow_the_balance(running)

    def _follow_the_balance(self, index: int) -> None:
        """Less is owed: the instalments after the running one ask for interest on that; by day the running one too."""
        line = self.plan.lines[index]
        if self._by_day and not line.is_touched:
            extra, carried = self._within_by_day(index)
        else:
            extra, carried = self._rest_by_day(line)
            index += 1
        self.plan.remake(index, self.plan.opening(index), extra=extra, carried=carried)

    def _leave_the_books(self, entry: WriteOff) -> None:
        """Written off to nothing: what else was owed is let go, and instalments not yet begun are gone."""
        self.is_written_off = True
        self._note(entry, LATE, self.settling.waive_late(self.late_interest))
        for line in self.lines:
            if line.due_on <= self.day:
                self._note(entry, FEES, line.due[FEES] - line.paid[FEES])
                self._note(entry, INTEREST, line.interest_left)
            else:
                line.capitalised = 0
            line.due = [*line.paid]
            line.due[LATE] = 0
        self._settled = 0
        for claim in self.settling.claims:
            self._note(entry, claim.part, claim.left)
            claim.amount = claim.paid
        lines = self.plan.lines
        begun = [line for line in lines if line.due_on <= self.day or line.is_touched]
        if not begun and not self.plan.before:
            begun = lines[:1]  # one stays, to show a fee that is asked for later
        self.plan.forget_parts(self.unlent)
        lines[:] = begun
        self.unlent = self._ran = self._carried = 0

    def _recover(self, entry: Recovery) -> None:
        self._stands_on(entry, max(0, self.written_off - self.recovered))
        self.recovered += entry.amount.minor
        self._note(entry, PRINCIPAL, entry.amount.minor)

    def _refund(self, entry: Refund) -> None:
        credit = min(entry.amount.minor, self.settling.credit)
        owed_back = entry.amount.minor - credit
        self._stands_on(entry, credit)
        self.settling.refund(credit)
        self._note(entry, CREDIT, credit)
        if owed_back:
            self.settling.claims.append(Claim(self.day, FEES, owed_back))
            self._note(entry, FEES, owed_back)

    def _stands_on(self, entry: Recovery | Refund, ground: int) -> None:
        """Money needs its ground; without it, it is refused, or noted where it can be refused no more."""
        if entry.amount.minor <= ground:
            return
        if self._strict is not False:
            _refuse(entry, "amount", Problem.TOO_LARGE, self._money(ground))
        self.lacking = {**self.lacking, entry.id: entry.amount.minor - ground}


def _refuse(entry: Happening, field: str, problem: Problem, limit: Limit) -> NoReturn:
    raise EntryRefused(field, problem, limit, entry.id)
