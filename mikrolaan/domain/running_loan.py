"""A loan as it runs: its plan, what was taken for what, and the interest of every kind, from day to day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mikrolaan.domain.late_interest import MissingRate, late_rates
from mikrolaan.domain.loan_rules import InterestRule, LateInterest, LoanRules
from mikrolaan.domain.money import Rounding
from mikrolaan.domain.printed_plan import ASKING, CARRYING, FEES, INTEREST, PRINCIPAL, Kind, Line
from mikrolaan.domain.running_plan import RunningPlan
from mikrolaan.domain.settling import Claim, Settling
from mikrolaan.domain.shipped_tables import COUNTRY
from mikrolaan.domain.terms import Terms


class RunningLoan:
    """The loan at the end of `day`; amounts are whole minor units of the currency of its terms."""

    def __init__(self, terms: Terms, rules: LoanRules, day: date) -> None:
        self.terms = terms
        self.rules = rules
        self.day = day
        self.plan = RunningPlan(terms)
        self.settling = Settling(rules, terms.rounding is Rounding.HALF_EVEN)
        self.unlent = self.plan.paid_out  # of the plan, what is not paid out yet
        self._by_day = rules.interest is InterestRule.BY_DAY
        self._ran = 0  # by day: interest of the running instalment so far, over plan.of
        self._carried = 0  # by day: interest of instalments before it that asked for nothing
        self._late_rates = late_rates(rules, terms.currency, terms.annual_rate_percent)
        self.paid_out = 0
        self._settled = 0  # how many of the first lines have fallen due and ask for nothing more
        self._due = self._open_until(day)  # what had fallen due and was open when the day came

    @property
    def lines(self) -> list[Line]:
        """Every instalment, of earlier plans too."""
        plan = self.plan
        return [*plan.before, *plan.lines] if plan.before else plan.lines

    @property
    def outstanding(self) -> int:
        """Principal that the borrower owes: paid out or joined by interest, and neither paid nor written off."""
        left = 0
        for line in self.open_lines:
            left += line.due[PRINCIPAL] - line.paid[PRINCIPAL]
            if line.capitalised and line.due_on > self.day:
                left -= line.capitalised
        return max(0, left - self.unlent)

    @property
    def accrued(self) -> int:
        """Interest that has run and is not yet due, rounded once, less what was paid of it ahead."""
        index = self._running()
        if not self.outstanding:
            if index is None or (self.unlent and not self._by_day):
                return 0
            last = self.plan.lines[index]
            if last.closed or not self._by_day:
                return last.due[INTEREST] - last.paid[INTEREST] + last.capitalised
        if self._by_day:
            line = None if index is None or self.plan.lines[index].closed else self.plan.lines[index]
            numerator = self._carried + (0 if self._is_let_go(index) else self._ran)
        elif index is None:
            return 0
        else:
            line = self.plan.lines[index]
            numerator = self.plan.carried(index) + self.plan.run(index, self.day)
            if line.kind in ASKING or line.kind is Kind.CAPITALISES:
                # Never more than of the whole instalment, as printed.
                whole = line.due[INTEREST] + line.waived[INTEREST] + line.capitalised
                numerator = min(numerator, whole * self.plan.of)
        had = 0 if line is None else line.had_interest
        return max(0, self.plan.rounded(numerator) - had)

    def interest_ahead(self, day: date) -> int:
        """By plan: what was paid of the running instalment's interest beyond what it asks for until a day."""
        index = self._running()
        if index is None or self._by_day:
            return 0
        line = self.plan.lines[index]
        ran = self.plan.rounded(self.plan.carried(index) + self.plan.run(index, day))
        return max(0, line.paid[INTEREST] - max(0, ran - line.waived[INTEREST]))

    def _is_let_go(self, index: int | None) -> bool:
        """By day: whether what runs belongs to an instalment whose interest is let go; `index` is the running one."""
        if index is None:
            return False
        own = self.plan.lines[index : index + 2]
        return own[own[0].closed and len(own) > 1].kind is Kind.FREE

    @property
    def late_interest(self) -> int:
        """Late interest that is owed."""
        return self.settling.late_left()

    @property
    def due_unpaid(self) -> int:
        """What has fallen due and is unpaid, late interest left out."""
        lines = sum([line.left for line in self._open_until(self.day)])
        return lines + sum([claim.left for claim in self._claims_due_until(self.day)])

    @property
    def payoff(self) -> int:
        """What closes the loan today: principal, interest to the day, and fees and late interest that are owed."""
        return sum(self.payoff_parts)

    @property
    def payoff_parts(self) -> tuple[int, int, int, int]:
        """Fees, late interest, interest and principal of the payoff amount."""
        due = self._open_until(self.day)
        fees = sum(line.due[FEES] - line.paid[FEES] for line in due)
        interest = sum(line.interest_left for line in due)
        for claim in self.settling.claims:
            if claim.part == FEES:
                fees += claim.left
            else:
                interest += claim.left
        return fees, self.late_interest, interest + self.accrued, self.outstanding

    @property
    def overdue_since(self) -> date | None:
        """The earliest due date before today with something unpaid."""
        days = [line.due_on for line in self._open_until(self.day) if line.due_on < self.day and line.left]
        days += [claim.due_on for claim in self.settling.claims if claim.due_on < self.day and claim.left]
        return min(days, default=None)

    @property
    def is_repaid(self) -> bool:
        """Whether nothing is left to pay, now or later."""
        if any(line.left for line in self.open_lines) or any(claim.left for claim in self.settling.claims):
            return False
        return self.paid_out > 0 and not self.late_interest and not self.unlent

    @property
    def missing_rates(self) -> tuple[MissingRate, ...]:
        """Days of overdue money for which the statutory table holds no rate."""
        return self.settling.missing_rate(COUNTRY.get(self.terms.currency, ""))

    def _running(self) -> int | None:
        """The place of the instalment in whose period the day falls; None after the last due date."""
        lines, day = self.plan.lines, self.day
        index = max(0, self._settled - len(self.plan.before))
        while index < len(lines):
            if lines[index].due_on > day:
                return index
            index += 1
        return None

    @property
    def open_lines(self) -> list[Line]:
        """The lines from the first on that has not fallen due or has something left."""
        lines = self.lines
        return lines[self._first_open(lines) :]

    def _open_until(self, day: date) -> list[Line]:
        """Those of them that fall due by a day."""
        lines = self.lines
        first = end = self._first_open(lines)
        if self.plan.before:  # the next due date of an old plan may lie after the first of the new one
            return [line for line in lines[first:] if line.due_on <= day]
        while end < len(lines) and lines[end].due_on <= day:
            end += 1
        return lines[first:end]

    def _claims_due_until(self, day: date) -> list[Claim]:
        claims = self.settling.claims
        return [claim for claim in claims if claim.due_on <= day] if claims else []

    def _first_open(self, lines: list[Line]) -> int:
        first, day = self._settled, self.day
        while first < len(lines):
            line = lines[first]
            if line.due_on > day or line.left or (line.late and line.paid_on is None):
                break
            first += 1
        self._settled = first
        return first

    def _owes_more_than(self, amount: int) -> bool:
        """Whether certainly more principal than that is outstanding: found out without going through the whole plan."""
        if self.plan.capitalises:
            return False
        left = -self.unlent
        for line in self.lines[self._settled :]:
            left += line.due[PRINCIPAL] - line.paid[PRINCIPAL]
            if left > amount:
                return True
        return False

    def _advance(self, to: date) -> None:
        if self.settling.credit:  # it pays on each due date what would be overdue the day after
            days = {line.due_on for line in self.lines} | {claim.due_on for claim in self.settling.claims}
            for day in sorted(day for day in days if self.day < day <= to):
                self._run_until(day)
                self._spend_credit(day)
        self._run_until(to)

    def _run_until(self, to: date) -> None:
        """Let the days pass up to and including one; nothing is paid on them."""
        start = self.day
        if to > start:
            if self._by_day:
                while self.day < to:
                    self._run_by_day(to)
            elif self.unlent:
                for index, line in enumerate(self.plan.lines):
                    if start < line.due_on <= to:
                        self.day = line.due_on
                        self._ask_no_more_than_lent(index)
            self._due = self._open_until(to)
            if self._due and self._late_rates is not None:
                self.settling.run_late(self._due, self._late_rates, start, to)
            self.day = to

    def _run_by_day(self, to: date) -> None:
        """Let interest run on what is owed, to the next due date at most."""
        index = self._running()
        owed = self._bearing()
        if index is None:
            self._ran += owed * self.plan.rate * self.plan.share_after(self.day, to)
            self.day = to
            return
        line = self.plan.lines[index]
        end = min(to, line.due_on)
        if line.kind is not Kind.FREE:
            share = self.plan.share_until(line, end) - self.plan.share_until(line, self.day)
            self._ran += owed * self.plan.rate * share
        self.day = end
        if end == line.due_on:
            self._fall_due(index, line)
            if self.unlent:
                self._ask_no_more_than_lent(index)

    def _ask_no_more_than_lent(self, index: int) -> None:
        """What a line asks for beyond what is owed moves to the lines after it; with none after it, it is never asked."""
        line = self.plan.lines[index]
        asked = sum(earlier.principal_left for earlier in self.lines if earlier.due_on <= line.due_on)
        beyond = min(asked - self.outstanding, line.principal_left)
        if beyond <= 0:
            return
        balance = self.plan.opening(index + 1) + beyond
        line.due[PRINCIPAL] -= beyond
        if index + 1 == len(self.plan.lines):
            self.unlent -= beyond
            self.plan.forget_parts(beyond)
        elif self._by_day:
            self.plan.remake(index + 1, balance, extra=0, carried=0)
        else:
            self.plan.remake(index + 1, balance)

    def _bearing(self) -> int:
        """What bears ordinary interest: what is owed, but overdue principal only without late interest."""
        owed = self.outstanding
        if self._late_rates is None:
            return owed
        return max(0, owed - sum([line.principal_left for line in self._open_until(self.day)]))

    def _fall_due(self, index: int, line: Line) -> None:
        """By day: the interest of an instalment is known when it falls due."""
        if line.closed:
            return
        if line.kind in CARRYING:
            self._carried += self._ran if line.kind is Kind.CARRIES else 0
            self._carried = max(0, self._carried - line.had_interest * self.plan.of)
        elif line.kind is Kind.CAPITALISES:
            capitalised = max(0, self.plan.rounded(self._carried + self._ran) - line.had_interest)
            more = capitalised - line.capitalised
            self._carried = 0
            if more:
                balance = self.plan.opening(index + 1) + more
                line.capitalised = capitalised
                self.plan.remake(index + 1, balance, extra=0, carried=0)
        else:
            line.ask(self.plan.rounded(self._carried + self._ran), line.due[FEES] + line.waived[FEES])
            self._carried = 0
        self._ran = 0

    def _spend_credit(self, day: date) -> None:
        """What is kept settles what falls due later."""
        due = self._open_until(day)
        claims = self._claims_due_until(day)
        for lot in self.settling.lots:
            if lot.left:
                self.settling.pour(lot, due, claims, day)

    def _contract_rate_is(self, percent: Decimal) -> None:
        """Statutory late interest is asked at the contract rate where that is higher."""
        if self.rules.late_interest is LateInterest.STATUTORY:
            self._late_rates = late_rates(self.rules, self.terms.currency, percent)
