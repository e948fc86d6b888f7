"""The plan as it runs: the instalments of a loan with what is paid of each, made anew where its life departs from it.

Amounts are whole minor units; interest not yet rounded is a whole number over one denominator, `RunningPlan.of`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from mikrolaan.domain.day_count import share_between, share_so_far
from mikrolaan.domain.edited_plan import seasonal_rows, shared_rows
from mikrolaan.domain.loan_rules import EarlyRepayment
from mikrolaan.domain.money import Rounding
from mikrolaan.domain.printed_plan import ASKING, CARRYING, FEES, INTEREST, PRINCIPAL, Kind, Line, printed
from mikrolaan.domain.schedule import Columns, Lending, divided, repaying
from mikrolaan.domain.terms import MOST_INSTALMENTS, InterestMethod, Repayment, Terms

RATE_SCALE = 10**10  # a rate in percent as a whole number: terms allow ten decimals


def scaled(rate_percent: Decimal) -> int:
    """A rate in percent as a whole number."""
    return int(rate_percent * RATE_SCALE)


class RunningPlan:
    """The lines of a plan, from terms; after a new plan also those that stay of the plans before it."""

    def __init__(self, terms: Terms) -> None:
        known = printed(terms)
        self.terms = terms
        self.before: list[Line] = []
        self.rate = scaled(terms.annual_rate_percent)
        self.of = known.share_of * 100 * RATE_SCALE
        self.paid_out = known.paid_out  # what the borrower receives by the terms
        self.flat = terms.interest_method is InterestMethod.FLAT
        self._half_even = terms.rounding is Rounding.HALF_EVEN
        self._lent = known.opening
        self.capitalises = known.capitalises  # whether any line may
        self.lines = [line.copy() for line in known.lines]

    def copy(self, copies: dict[int, Line]) -> RunningPlan:
        """The same plan, to live on by itself; `copies` is filled: of each line by the identity of the line."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        for line in (*self.before, *self.lines):
            copies[id(line)] = line.copy()
        other.before = [copies[id(line)] for line in self.before]
        other.lines = [copies[id(line)] for line in self.lines]
        return other

    def rounded(self, numerator: int) -> int:
        """An amount over `of`, to the nearest minor unit by the rounding of the terms."""
        return divided(numerator, self.of, half_even=self._half_even)

    def opening(self, index: int) -> int:
        """The planned balance at the beginning of a line: all that the lines from it on repay."""
        return sum([line.due[PRINCIPAL] - line.capitalised - line.paid_in for line in self.lines[index:]])

    def share_until(self, line: Line, day: date) -> int:
        """How much of the line's period has run at the end of `day`."""
        if day >= line.due_on:
            return line.share
        return share_so_far(self.terms, line.counted_from, day, line.share)

    def share_after(self, start: date, day: date) -> int:
        """How much of a year lies between two days after the last due date."""
        return share_so_far(self.terms, start, day)

    def run(self, index: int, day: date) -> int:
        """The interest of a line until `day` on its planned balance, over `of`; carried interest left out."""
        line = self.lines[index]
        if line.kind is Kind.FREE or day <= line.counted_from:
            return 0
        base = self._base(index)
        until = self.share_until(line, day)
        if not line.rates:
            total = base * self.rate * until
        else:
            total, starts = 0, [0, *(min(until, self.share_until(line, on)) for on, _ in line.rates[1:])]
            for (_, rate), start, end in zip(line.rates, starts, [*starts[1:], until], strict=True):
                total += base * rate * (end - start)
        if day >= line.due_on:
            return total + line.paid_in_parts * self.rate
        for tranche in line.tranches:
            if tranche.on < day:
                total += tranche.amount.minor * self.rate * (until - self.share_until(line, tranche.on))
        return total

    def carried(self, index: int) -> int:
        """The interest of the lines just before that carry theirs to this one, over `of`."""
        first, total = index, 0
        while first and self.lines[first - 1].kind in CARRYING:
            first -= 1
        for place, line in enumerate(self.lines[first:index], start=first):
            total = max(0, total + self.run(place, line.due_on) - line.had_interest * self.of)
        return total

    def change_rate(self, index: int, day: date, rate: int) -> None:
        """Another rate from a day inside that line on; the amounts stay until the lines are made anew."""
        line = self.lines[index]
        line.rates = (*(line.rates or ((line.counted_from, self.rate),)), (day, rate))
        self.rate = rate

    def remake(
        self,
        index: int,
        balance: int,
        *,
        extra: int | None = None,
        carried: int | None = None,
        keep_level: bool = False,
    ) -> None:
        """Make the lines from one on anew for a balance.

        `extra` is interest (over `of`) that the first of them asks for beyond that of its period at the present rate,
        by default what other rates inside its period, and what was written off in it, give; `carried` is interest of
        earlier periods that the first paying line asks for, by default what the lines before carry as planned. With
        `keep_level` the instalment (serial: the share of principal) stays as it was and lines that are no longer needed
        go.
        """
        lines = self.lines[index:]
        if not lines:
            return
        level = self._level(index) if keep_level else None
        lending = Lending(
            factors=tuple([0 if line.kind is Kind.FREE else self.rate * line.share for line in lines]),
            of=self.of,
            opening=balance,
            paid_in=[line.paid_in for line in lines],
            paid_in_interest=[line.paid_in_parts * self.rate for line in lines],
            flat=self.flat,
            half_even=self._half_even,
        )
        if self.flat:
            lending.lent = [self._lent_until(index + place) for place in range(len(lines))]
        if extra is None:
            extra = 0
            if lines[0].rates or lines[0].lost:
                extra = self.run(index, lines[0].due_on) - lending.accrued(0, balance)
        lending.paid_in_interest[0] += extra
        place = 0
        carried = self.carried(index) if carried is None else carried
        while place < len(lines) and lines[place].kind is not Kind.REPAYS:
            balance, carried = self._ask_nothing(lines[place], lending, place, balance, carried)
            place += 1
        if place == len(lines):
            return
        rests = [line.kind is Kind.RESTS for line in lines]
        rows = None if level is None else _with_level(lending, place, balance, carried, level, self._is_serial, rests)
        if rows is None:
            rows = self._repaying(lending, place, balance, carried, rests)
        for line, (principal, interest) in zip(lines[place:], rows, strict=False):
            line.due[PRINCIPAL] = principal
            self._ask(line, interest)
        del self.lines[index + place + len(rows) :]

    def _repaying(
        self, lending: Lending, place: int, balance: int, carried: int, rests: list[bool]
    ) -> list[tuple[int, int]]:
        """Principal and interest of the lines that repay a balance: as agreed, around a season, or by the form."""
        if self.terms.is_agreed:
            shares = [line.due[PRINCIPAL] for line in self.lines[-len(rests) :][place:]]
            made = Columns.of_rows(shared_rows(lending, place, balance, carried, shares))
        elif any(rests):
            made = Columns.of_rows(seasonal_rows(self.terms, lending, place, balance, carried, rests))
        else:
            made = repaying(self.terms, lending, place, balance, carried)
        return list(zip(made.principals, made.interests, strict=True))

    def cut_from_end(self, index: int, amount: int, *, keep_interest_until: int = 0, before: int | None = None) -> None:
        """Take principal off the last lines, none before `index`; a line to come that is left with none of it goes.

        The other lines keep their principal; from `keep_interest_until` on their interest follows the lower balance, also
        that which joins the principal, and those before stay even without principal: their interest is owed. With `before`
        nothing is taken off lines from that one on.
        """
        last = len(self.lines) if before is None else before
        for place in range(last - 1, index - 1, -1):
            line = self.lines[place]
            taken = min(amount, line.principal_left)
            amount -= taken
            line.due[PRINCIPAL] -= taken
            rests = place >= keep_interest_until and (line.kind is Kind.RESTS or self.terms.is_agreed)
            is_empty = (taken or rests) and not line.due[PRINCIPAL] and not line.is_touched
            if is_empty and place == len(self.lines) - 1 and place >= max(1, keep_interest_until):
                self.lines.pop()
            elif place >= keep_interest_until and line.kind in ASKING and not line.is_touched:
                interest = self.rounded(self.run(place, line.due_on) + self.carried(place))
                self._ask(line, min(interest, line.due[INTEREST]))
        if self.capitalises and before is None:
            self._join_less(max(index, keep_interest_until), keep_interest_until)

    def _join_less(self, index: int, keep_interest_until: int) -> None:
        """The interest that joins the principal from a line on, on the balance as it is now: what joins no more is not repaid."""
        for place in range(index, len(self.lines)):
            line = self.lines[place]
            if line.kind is not Kind.CAPITALISES or not line.capitalised:
                continue
            joins = self.rounded(self.run(place, line.due_on) + self.carried(place)) - line.had_interest
            gone = line.capitalised - max(0, joins)
            if gone > 0:
                line.capitalised -= gone
                self.cut_from_end(place + 1, gone, keep_interest_until=keep_interest_until)
                return  # it went on with the lines after this one

    def repay_early(
        self, index: int, amount: int, rule: EarlyRepayment, *, extra: int | None = None, carried: int | None = None
    ) -> None:
        """Take `amount` off the balance with which the lines from `index` on begin, by the rule."""
        balance = self.opening(index) - amount
        spread = self.terms.repayment in {Repayment.ANNUITY, Repayment.SERIAL}
        stays = rule is EarlyRepayment.KEEP_PLAN or (rule is EarlyRepayment.SHORTEN and self.terms.is_agreed)
        if stays and spread:
            self.cut_from_end(index, amount)
            self.ask_for_days_before(index, extra, carried)
        else:
            shorten = rule is EarlyRepayment.SHORTEN and spread
            self.remake(index, balance, extra=extra, carried=carried, keep_level=shorten)

    def ask_for_days_before(self, index: int, extra: int | None, carried: int | None) -> None:
        """Let a line ask for interest (over `of`) of days before its period too: what one that was paid ahead left to it."""
        if not extra or index >= len(self.lines):
            return
        line = self.lines[index]
        if line.kind in ASKING:
            self._ask(line, self.rounded(self.run(index, line.due_on) + (carried or 0) + extra))

    def put_off(
        self, index: int, count: int, kind: Kind, *, extra: int | None = None, carried: int | None = None
    ) -> None:
        """Let the next `count` lines ask for nothing more; the plan ends as many periods later."""
        balance = self.opening(index)
        kinds = [kind] * count + [line.kind for line in self.lines[index:]]
        shares = [0] * count + [line.due[PRINCIPAL] for line in self.lines[index:]]
        if self.terms.months_without_principal:
            kinds = self._around_season(index, kinds)
        longer = printed(replace(self.terms.by_form, instalments=index + len(kinds)))
        for place in range(len(self.lines), index + len(kinds)):
            more, number = longer.lines[place], place + len(self.before) + 1
            line = Line(number, more.begins_on, more.counted_from, more.due_on, more.share, kind, [0] * 4, [0] * 4)
            self.lines.append(line)
        for line, chosen in zip(self.lines[index:], kinds, strict=True):
            line.kind = chosen
        self.capitalises |= kind is Kind.CAPITALISES
        if self.terms.is_agreed:
            for line, share in zip(self.lines[index:], shares, strict=True):
                line.due[PRINCIPAL] = share
        self.remake(index, balance, extra=extra, carried=carried)

    def _around_season(self, index: int, kinds: list[Kind]) -> list[Kind]:
        """The kinds of lines that have moved: months without principal stay where they are in the year.

        As many more lines as it takes for no fewer to repay than before.
        """
        found: list[Kind] = []
        wanted = kinds.count(Kind.REPAYS)
        while len(found) < len(kinds) or (wanted > found.count(Kind.REPAYS) and len(found) <= MOST_INSTALMENTS):
            kind = kinds[len(found)] if len(found) < len(kinds) else Kind.REPAYS
            if kind in (Kind.REPAYS, Kind.RESTS):
                kind = Kind.RESTS if self.terms.rests(index + len(found)) else Kind.REPAYS
            found.append(kind)
        return found

    def forget_parts(self, amount: int) -> None:
        """So much was never paid out: the latest planned parts are gone."""
        for line in reversed(self.lines):
            gone = min(amount, line.paid_in)
            line.paid_in -= gone
            amount -= gone

    def count_as_lent(self, index: int, amount: int) -> None:
        """So much of the parts planned from a line on was paid out before: its balance holds them already."""
        for line in self.lines[index:]:
            gone = min(amount, line.paid_in)
            if gone:
                amount -= gone
                line.paid_in_parts = line.paid_in_parts * (line.paid_in - gone) // line.paid_in
                line.paid_in -= gone
                line.tranches = line.tranches if line.paid_in else ()

    def begin_earlier(self, day: date) -> None:
        """Let the first period begin on the day of a payout before the day that the terms name."""
        first = self.lines[0]
        if day < first.begins_on:
            first.begins_on = first.counted_from = day
            first.share = share_between(self.terms, day, first.due_on)

    @property
    def _is_serial(self) -> bool:
        return self.terms.repayment is Repayment.SERIAL

    def _base(self, index: int) -> int:
        if self.flat:
            return self._lent_until(index)
        return self.opening(index) + sum([line.lost for line in self.lines[index:]])

    def _lent_until(self, index: int) -> int:
        return self._lent + sum(line.paid_in for line in self.lines[:index])

    def _level(self, index: int) -> int | None:
        """The regular instalment, or share of principal, of the lines from one on; None when only the last is left."""
        repaying = [line for line in self.lines[index:-1] if line.kind is Kind.REPAYS]
        if not repaying:
            return None
        usual = repaying[1] if len(repaying) > 1 else repaying[0]  # the first may bear carried interest
        if self._is_serial:
            return usual.due[PRINCIPAL]
        return usual.due[PRINCIPAL] + usual.due[INTEREST] + usual.waived[INTEREST]

    def _ask(self, line: Line, interest: int) -> None:
        fee = self.terms.instalment_fee_minor if line.due[PRINCIPAL] or interest else 0
        line.ask(interest, fee + line.once_fee)

    def _ask_nothing(self, line: Line, lending: Lending, place: int, balance: int, carried: int) -> tuple[int, int]:
        """A line before repayment begins: it keeps what is paid of it, and the rest goes on; balance and carried."""
        numerator = lending.accrued(place, balance) + carried
        balance += line.paid_in - line.paid[PRINCIPAL]
        line.due[PRINCIPAL] = line.paid[PRINCIPAL]
        line.capitalised = 0
        if line.kind in ASKING:
            self._ask(line, self.rounded(numerator))
            return balance, 0
        line.due[INTEREST], line.due[FEES] = line.paid[INTEREST], line.paid[FEES]
        if line.kind is Kind.CAPITALISES:
            line.capitalised = max(0, self.rounded(numerator) - line.had_interest)
            return balance + line.capitalised, 0
        return balance, max(0, numerator - line.had_interest * self.of)


def _with_level(
    lending: Lending, first: int, balance: int, carried: int, level: int, serial: bool, rests: list[bool]
) -> list[tuple[int, int]] | None:
    """Principal and interest of the lines that repay a balance by a given instalment; None when it never would."""
    if any(lending.paid_in[first:]):
        return None
    rows: list[tuple[int, int]] = []
    last = max(period for period, does_rest in enumerate(rests) if not does_rest)
    for period in range(first, len(lending.factors)):
        own = lending.rounded(lending.accrued(period, balance))
        principal = 0 if rests[period] else level if serial else level - own
        if principal <= 0 and not rests[period]:
            return None
        if period == last or principal > balance:
            principal = balance
        balance -= principal
        rows.append((principal, lending.rounded(lending.accrued(period, balance + principal) + carried)))
        carried = 0
        if not balance:
            break
    return rows
