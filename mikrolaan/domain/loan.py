"""A loan: its terms, the steps it has taken and its journal; every figure is computed from these."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from enum import Enum
from operator import attrgetter
from uuid import UUID

from mikrolaan.domain.errors import CurrencyMismatch, InvalidValue, Problem, RuleError
from mikrolaan.domain.journal import (
    Entry,
    EntryRefused,
    Happening,
    Journal,
    NewPlan,
    Payment,
    Payout,
    RateChange,
    Reversal,
    WriteOff,
)
from mikrolaan.domain.loan_rules import LoanRules
from mikrolaan.domain.money import Money, total
from mikrolaan.domain.payment_reference import PaymentReference
from mikrolaan.domain.plan import Plan
from mikrolaan.domain.printed_plan import printed
from mikrolaan.domain.replay import Replay
from mikrolaan.domain.terms import Terms
from mikrolaan.domain.text import checked_text

_REPLAYS_KEPT = 2  # of a loan: one to the day that is asked about, and one to its last entry, by which its step is told


class Step(Enum):
    """The steps on a loan's way, in order; the step bar shows them all."""

    ENQUIRY = "enquiry"  # a first talk, nothing applied for
    APPLICATION = "application"  # amount and plan are chosen
    GROUP_VIEW = "group's view"  # the network group says what it thinks
    DECISION = "decision"  # the office approves or refuses
    CONTRACT = "contract"  # the contract is issued on paper
    SIGNED = "signed"
    PAID_OUT = "paid out"
    REPAYING = "repaying"
    CLOSED = "closed"  # repaid, refused or withdrawn


class Outcome(Enum):
    """What the office decided."""

    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(eq=False)
class StepNotOpen(RuleError):
    """The loan is not at the step that this act belongs to."""

    wanted: Step
    current: Step
    field: str = "step"


@dataclass(eq=False)
class PaymentBeforePayout(RuleError):
    """A payment cannot be dated before the loan was paid out."""

    paid_out_on: date
    field: str = "received_on"


@dataclass(eq=False)
class DueBeforePayout(RuleError):
    """The first instalment falls due too early for the loan to be paid out before it; `step` is what was asked for."""

    first_due_on: date
    step: Step
    field: str = "on"


@dataclass(eq=False)
class PayoutHasPayments(RuleError):
    """A payout cannot be reversed while payments stand on it."""

    payments: int
    field: str = "entry"


@dataclass(eq=False)
class LaterEntryRests(EntryRefused):
    """An entry is not reversed while a later one has its ground in it: a refund of its credit, a recovery of its loss."""

    later: Entry | None = None


@dataclass(frozen=True, slots=True)
class GroupView:
    """What the network group said of a member's application."""

    on: date
    supports: bool
    note: str = ""

    def __post_init__(self) -> None:
        checked_text("note", self.note, longest=1000, lines=True)


@dataclass(frozen=True, slots=True)
class Decision:
    """The office's decision on an application, with its conditions or grounds."""

    on: date
    outcome: Outcome
    decided_by: UUID
    note: str = ""

    def __post_init__(self) -> None:
        checked_text("note", self.note, longest=2000, lines=True)


@dataclass(frozen=True, slots=True)
class ContractIssued:
    """The contract that was printed for signature."""

    document_id: UUID
    on: date


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The borrower or the office let the application go before any money was paid."""

    on: date
    reason: str

    def __post_init__(self) -> None:
        checked_text("reason", self.reason, longest=500, needed=True, lines=True)


@dataclass(frozen=True, slots=True)
class Loan:
    """One loan from application to closing."""

    id: UUID
    number: int
    borrower_id: UUID
    product_id: UUID
    terms: Terms
    applied_on: date
    purpose: str = ""
    group_id: UUID | None = None  # the network group in whose context it is given
    group_view: GroupView | None = None
    decision: Decision | None = None
    contract: ContractIssued | None = None
    signed_on: date | None = None
    withdrawal: Withdrawal | None = None
    journal: Journal = field(default_factory=Journal)
    version: int = 0
    rules: LoanRules = field(default_factory=LoanRules)  # of the product's version it was made with
    payment_reference: PaymentReference | None = None  # given when the first paper is issued, and never changed

    _lived: list[Replay] = field(default_factory=list, init=False, repr=False, compare=False)  # the last replays

    def __post_init__(self) -> None:
        checked_text("purpose", self.purpose, longest=500, lines=True)

    @property
    def step(self) -> Step:
        """The step that comes next: what the loan is waiting for; REPAYING while it is paid back."""
        if self.withdrawal is not None:
            return Step.CLOSED
        if self.journal.payouts:
            return Step.CLOSED if self.is_settled else Step.REPAYING
        if self.decision is None:
            if self.group_id is not None and self.group_view is None:
                return Step.GROUP_VIEW
            return Step.DECISION
        if self.decision.outcome is Outcome.REFUSED:
            return Step.CLOSED
        if self.contract is None:
            return Step.CONTRACT
        return Step.SIGNED if self.signed_on is None else Step.PAID_OUT

    @property
    def is_repaid(self) -> bool:
        """Whether everything that the loan asks for has been paid, on whatever day."""
        run = self._at_the_end()
        return run is not None and run.is_repaid and not run.is_written_off

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is waited for: repaid, or written off to nothing."""
        run = self._at_the_end()
        return run is not None and (run.is_repaid or run.is_written_off)

    def _at_the_end(self) -> Replay | None:
        """The loan after its last entry; None while less has come in or been written off than was paid out."""
        journal, last_on = self.journal, self.journal.last_on
        gone = sum(entry.amount.minor for entry in journal.standing if isinstance(entry, Payment | WriteOff))
        if last_on is None or not gone or gone < sum(payout.amount.minor for payout in journal.payouts):
            return None
        return self.replayed(last_on)

    def replayed(self, until: date, *, keep: bool = True) -> Replay:
        """The loan after everything until a day; to be read only, for the last ones that were to `keep` are given again."""
        for kept in self._lived:
            if kept.until == until:
                return kept
        run = self._replay(self.journal, until)
        if keep:
            self._lived[:] = [run, *self._lived[: _REPLAYS_KEPT - 1]]
        return run

    def _lived_with(self, entry: Entry, journal: Journal, until: date) -> Replay:
        """The life with a new entry; EntryRefused where it cannot stand, or takes the ground from another.

        An entry that lacked its ground before, for a rate of the law that was entered later, is no reason to refuse.
        """
        try:
            return self._replay(journal, until, strict=entry.id)
        except EntryRefused:
            before = self.replayed(self.journal.last_on).lacking if self.journal.last_on else {}
            run = self._replay(journal, until) if before else None
            if run is None or any(minor > before.get(known, 0) for known, minor in run.lacking.items()):
                raise
            return run

    def _replay(self, journal: Journal, until: date, *, strict: UUID | bool = False) -> Replay:
        """A journal of this loan until a day: from what is kept if its life goes on from there, else from the beginning."""
        for kept in sorted(self._lived, key=lambda kept: kept.until, reverse=True):
            if kept.until <= until and kept.has_lived_the_beginning_of(journal):
                return kept.gone_on(journal, until, strict=strict)
        return Replay(self.terms, self.rules, journal, until, strict=strict)

    @property
    def paid_out_on(self) -> date | None:
        """The day of the payout that stands."""
        payouts = self.journal.payouts
        return payouts[0].on if payouts else None

    @property
    def left_to_pay_out(self) -> Money:
        """What the contract promises and no payout has paid yet.

        Nothing once the loan is settled, has a new plan or was written off in part: these end the paying out.
        """
        paid_out, last_on = [payout.amount for payout in self.journal.payouts], self.journal.last_on
        promised = self.plan().paid_out
        if not paid_out or last_on is None:
            return promised
        left = promised - total(paid_out, self.terms.currency)
        none = Money.zero(self.terms.currency)
        return min(left, Money(self.replayed(last_on).unlent, self.terms.currency)) if left > none else none

    def plan(self) -> Plan:
        """The plan as the contract prints it."""
        return printed(self.terms).plan

    def terms_on(self, day: date) -> Terms:
        """The terms in force at the end of a day: the contract's, or those of the latest new plan, at the rate of then."""
        terms = self.terms
        for entry in self.journal.standing:
            if entry.on > day:
                break
            if isinstance(entry, NewPlan):
                terms = entry.terms
            elif isinstance(entry, RateChange):
                terms = replace(terms, annual_rate_percent=entry.annual_rate_percent)
        return terms

    def _at(self, *steps: Step) -> None:
        if self.step not in steps:
            raise StepNotOpen(steps[0], self.step)

    def with_terms(self, terms: Terms, product_id: UUID, rules: LoanRules) -> Loan:
        """The application with other terms, and the rules of their product's version; only before the decision."""
        self._at(Step.DECISION, Step.GROUP_VIEW)
        return replace(self, terms=terms, product_id=product_id, rules=rules, group_view=None)

    def with_group_view(self, view: GroupView) -> Loan:
        """The application after the group has said what it thinks."""
        self._at(Step.GROUP_VIEW)
        _not_before("on", view.on, self.applied_on)
        return replace(self, group_view=view)

    def with_decision(self, decision: Decision) -> Loan:
        """The application after the office decided; a refusal needs its grounds."""
        self._at(Step.DECISION)
        _not_before("on", decision.on, self.applied_on)
        if decision.outcome is Outcome.REFUSED and not decision.note.strip():
            raise InvalidValue("note", Problem.MISSING)
        if decision.outcome is Outcome.APPROVED:
            self._check_in_time("on", decision.on)
        return replace(self, decision=decision)

    def with_contract(self, issued: ContractIssued) -> Loan:
        """The loan after its contract was issued; a later issue replaces one that nobody signed."""
        self._at(Step.CONTRACT, Step.SIGNED)
        self._check_in_time("on", issued.on)
        return replace(self, contract=issued)

    def with_reference(self, reference: PaymentReference) -> Loan:
        """The loan with its payment reference; one that it has already stays."""
        return self if self.payment_reference is not None else replace(self, payment_reference=reference)

    def with_signature(self, signed_on: date) -> Loan:
        """The loan after everybody signed."""
        self._at(Step.SIGNED)
        assert self.contract is not None  # the step says so
        _not_before("signed_on", signed_on, self.contract.on)
        self._check_in_time("signed_on", signed_on)
        return replace(self, signed_on=signed_on)

    def with_withdrawal(self, withdrawal: Withdrawal) -> Loan:
        """The application withdrawn; only before payout."""
        self._at(Step.DECISION, Step.GROUP_VIEW, Step.CONTRACT, Step.SIGNED, Step.PAID_OUT)
        return replace(self, withdrawal=withdrawal)

    def with_entry(self, entry: Entry) -> Loan:
        """The loan with one more journal entry, when the rules allow it."""
        amount = getattr(entry, "amount", None)
        if isinstance(amount, Money) and amount.currency is not self.terms.currency:
            raise CurrencyMismatch(amount.currency.value, self.terms.currency.value)
        if isinstance(entry, Payout):
            self._check_payout(entry)
        elif isinstance(entry, Reversal):
            self._check_reversal(entry)
        else:
            paid_out_on = self.paid_out_on
            if paid_out_on is None:
                raise StepNotOpen(Step.REPAYING, self.step)
            if entry.on < paid_out_on:
                raise PaymentBeforePayout(paid_out_on)
        journal = self.journal.with_entry(entry)
        lived: list[Replay] = []
        if journal.last_on is not None:
            try:
                lived.append(self._lived_with(entry, journal, journal.last_on))
            except EntryRefused as error:
                if not isinstance(entry, Reversal):
                    raise
                later = next(known for known in journal.standing if known.id == error.entry_id)
                raise LaterEntryRests("entry", error.problem, error.limit, error.entry_id, later) from None
        loan = replace(self, journal=journal)
        loan._lived[:] = lived
        return loan

    def with_last_entry_as(self, entry: Happening) -> Loan:
        """The same loan with its last entry told otherwise, where no figure asks: recorded when, by what means, which note.

        The entry has the identity of the last one, and its last replay stays at hand.
        """
        loan = replace(self, journal=self.journal.with_last_as(entry))
        loan._lived[:] = self._lived
        return loan

    def differs_in_journal_only(self, other: Loan) -> bool:
        """Whether all but the journal, and the rules by which it is read, is the same in both."""
        return bool(_beside_the_journal(self) == _beside_the_journal(other))

    def _check_in_time(self, field: str, day: date) -> None:
        """Nobody decides on, prints or signs a loan that can no longer be paid out before its first due date."""
        first_due_on = self.plan().instalments[0].due_on
        if day >= first_due_on:
            raise DueBeforePayout(first_due_on, self.step, field)

    def _check_payout(self, payout: Payout) -> None:
        plan, before = self.plan(), self.journal.payouts
        left = plan.paid_out
        if before:
            left -= total([earlier.amount for earlier in before], self.terms.currency)
            latest = plan.instalments[-1].due_on - timedelta(days=1)
        if not before or not left:
            self._at(Step.PAID_OUT)
            assert self.signed_on is not None  # the step says so
            _not_before("paid_out_on", payout.on, self.signed_on)
            latest = plan.instalments[0].due_on - timedelta(days=1)
        if payout.on > latest:
            raise InvalidValue("paid_out_on", Problem.TOO_LATE, latest)
        if payout.amount > left:
            raise InvalidValue("amount", Problem.TOO_LARGE, left.to_decimal())

    def _check_reversal(self, reversal: Reversal) -> None:
        payments = len(self.journal.payments)
        if payments and any(payout.id == reversal.of for payout in self.journal.payouts):
            raise PayoutHasPayments(payments)


_beside_the_journal = attrgetter(
    *[each.name for each in fields(Loan) if each.compare and each.name not in {"journal", "rules"}]
)


def _not_before(name: str, day: date, earliest: date) -> None:
    if day < earliest:
        raise InvalidValue(name, Problem.TOO_EARLY, earliest)
