"""The lives of invented borrowers: each is a generator that acts on a day and says when it goes on."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from random import Random
from uuid import UUID

from mikrolaan.domain.borrower import Borrower, Person
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.group import GroupRole, LiabilityForm
from mikrolaan.domain.guarantor import Guarantee
from mikrolaan.domain.loan import Loan, Outcome, Step
from mikrolaan.domain.money import Money
from mikrolaan.domain.product import Product
from mikrolaan.domain.statement import statement
from mikrolaan.example.people import Invented
from mikrolaan.example.trades import CONDITIONS, GROUP_NOTES, REFUSALS, REVERSAL_REASON, WITHDRAWALS
from mikrolaan.services.session import Session

Life = Generator[date, None, None]  # yields the day on which it goes on


class Fate(Enum):
    """How a borrower's loan goes."""

    ON_TIME = "on time"
    REPAID = "repaid"  # a short loan, long ago; often followed by another
    LATE = "late"  # every payment comes, some weeks late
    STUCK = "stuck"  # pays for a while, then a half, then nothing
    AHEAD = "ahead"  # pays several instalments at once
    MISTAKE = "mistake"  # one payment was entered wrongly and reversed
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    GUIDANCE = "guidance"  # a case without a loan
    WAITING = "waiting"  # applied lately, not decided
    APPROVED = "approved"  # decided lately, no contract yet
    PRINTED = "printed"  # the contract waits for its signatures
    SIGNED = "signed"  # waits for the money


FATES = (
    *(Fate.ON_TIME,) * 6,
    *(Fate.REPAID,) * 2,
    *(Fate.LATE,) * 2,
    *(Fate.STUCK,) * 1,
    Fate.AHEAD,
    Fate.MISTAKE,
    Fate.REFUSED,
    Fate.WITHDRAWN,
    Fate.GUIDANCE,
    Fate.WAITING,
    Fate.APPROVED,
    Fate.PRINTED,
    Fate.SIGNED,
)
"""Twenty borrowers have these fates, in an order that the dice make."""

_DAYS_AGO = {  # how long before the example's end the loan was applied for: at the most, at the least
    Fate.REPAID: (720, 480),
    Fate.WAITING: (9, 4),
    Fate.APPROVED: (16, 12),
    Fate.PRINTED: (18, 14),
    Fate.SIGNED: (20, 17),
}
_ANY_TIME = (700, 130)
NOTICE_AFTER = timedelta(days=62)  # a default that is over by then needs no notice to guarantors


@dataclass(slots=True)
class World:
    """What lives share: the officers' services, the office's product, and the way to begin another life."""

    session: Session
    product: Product
    end: date
    begin: Callable[[Life], None]
    act_by_act: bool  # else kept in a few transactions: fewer papers are printed and fewer letters are noted

    def today(self) -> date:
        """The day of the example."""
        return self.session.today()


@dataclass(frozen=True, slots=True)
class Backer:
    """Somebody who will guarantee the loan, and with which share of it in percent."""

    person: Person
    relation: str
    percent: int


@dataclass(frozen=True, slots=True)
class Start:
    """One borrower before anything happened: who it is, how it will go, and the dice that decide the rest."""

    invented: Invented
    fate: Fate
    dice: Random
    backer: Backer | None = None
    notice_waits: bool = False  # of a loan that is stuck: since about eighty days, and its guarantor is not told yet

    def applies_on(self, end: date) -> date:
        """The day of the application; drawn once per call."""
        if self.notice_waits:
            return end - timedelta(days=190)  # two instalments are paid; the third falls due 110 days later or so
        most, least = _DAYS_AGO.get(self.fate, _ANY_TIME)
        return end - timedelta(days=self.dice.randint(least, most))


def single(world: World, start: Start) -> Life:
    """Somebody who comes alone: a case, some guidance, then perhaps a loan."""
    applies_on = start.applies_on(world.end)
    yield applies_on - timedelta(days=start.dice.randint(0, 12))
    borrower = world.session.borrowers.register(start.invented.person, start.invented.enterprise)
    yield from loan(world, start, borrower, None, applies_on)


def circle(world: World, starts: Sequence[Start], name: str) -> Life:
    """A network group: its members register, form the group, and apply in its context."""
    dice = starts[0].dice
    days = [start.applies_on(world.end) for start in starts]
    day = min(*days, world.end - timedelta(days=60)) - timedelta(days=25)
    members: list[tuple[Borrower, Start, date]] = []
    for start, applies_on in zip(starts, days, strict=True):
        day += timedelta(days=dice.randint(0, 3))
        yield day
        borrower = world.session.borrowers.register(start.invented.person, start.invented.enterprise)
        members.append((borrower, start, applies_on))
    roles = [GroupRole.LEADER, GroupRole.SECRETARY, GroupRole.TREASURER, GroupRole.MEMBER, GroupRole.MEMBER]
    yield day + timedelta(days=3)
    group = world.session.groups.form(
        name,
        world.today(),
        [(borrower.id, role) for (borrower, _start, _on), role in zip(members, roles, strict=False)],
        dice.choice(list(LiabilityForm)),
    )
    for borrower, start, applies_on in members:
        world.begin(loan(world, start, borrower, group.id, max(applies_on, world.today())))


def loan(world: World, start: Start, borrower: Borrower, group_id: UUID | None, applies_on: date) -> Life:
    """One loan from application to wherever its fate leads."""
    services, dice, fate = world.session, start.dice, start.fate
    yield applies_on
    if fate is Fate.GUIDANCE:
        return
    applied_on = world.today()
    applied = _apply(world, start, borrower, group_id)
    if fate is Fate.WAITING and dice.random() < 0.5:
        return
    if group_id is not None:
        yield applied_on + timedelta(days=dice.randint(1, 2))
        supports = fate is not Fate.REFUSED or dice.random() < 0.5
        services.loans.record_group_view(
            applied.id, supports=supports, on=world.today(), note=dice.choice(GROUP_NOTES) if supports else ""
        )
    if fate is Fate.WAITING:
        return
    yield applied_on + timedelta(days=dice.randint(3, 6))
    if fate is Fate.WITHDRAWN:
        services.loans.withdraw(applied.id, reason=dice.choice(WITHDRAWALS))
        return
    refused = fate is Fate.REFUSED
    services.loans.decide(
        applied.id,
        Outcome.REFUSED if refused else Outcome.APPROVED,
        on=world.today(),
        note=dice.choice(REFUSALS if refused else CONDITIONS),
    )
    if refused or fate is Fate.APPROVED:
        return
    if start.backer is not None:
        _add_guarantor(world, start.backer, applied)
    yield applied_on + timedelta(days=8)
    services.documents.issue(DocumentKind.LOAN_CONTRACT, applied.id)
    if fate is Fate.PRINTED:
        return
    yield applied_on + timedelta(days=10)
    services.loans.sign(applied.id, world.today())
    if fate is Fate.SIGNED:
        return
    yield applied.terms.disbursed_on
    services.loans.pay_out(applied.id, world.today())
    wants_plan = dice.random() < 0.3  # drawn in any case, so that paper changes nothing else
    if wants_plan and world.act_by_act:
        services.documents.issue(DocumentKind.REPAYMENT_PLAN, applied.id)
    yield from _repay(world, start, applied)
    if fate is Fate.REPAID and dice.random() < 0.6:
        another = Start(start.invented, Fate.ON_TIME, dice)
        yield from loan(world, another, borrower, group_id, world.today() + timedelta(days=dice.randint(10, 60)))


def _apply(world: World, start: Start, borrower: Borrower, group_id: UUID | None) -> Loan:
    dice, product = start.dice, world.product
    amount = Money(dice.choice((10, 15, 20, 25, 30, 40, 50, 50, 60, 75, 80, 100, 120, 150)) * 1000_00, product.currency)
    instalments = dice.choice((6, 8, 9)) if start.fate is Fate.REPAID else dice.choice((12, 18, 24, 24, 36, 36, 48))
    rate = dice.choice((Decimal(4), Decimal("4.5"), Decimal(6), Decimal(6), Decimal("7.25")))
    disbursed_on = world.today() + timedelta(days=dice.randint(14, 24))
    terms = product.terms(amount, rate, instalments, disbursed_on)
    purpose = dice.choice(start.invented.trade.purposes)
    return world.session.loans.apply(borrower.id, product, terms, purpose=purpose, group_id=group_id)


def _add_guarantor(world: World, backer: Backer, applied: Loan) -> None:
    at_most = Money(applied.terms.principal.minor * backer.percent // 100, applied.terms.currency)
    guarantee = Guarantee(at_most, interest_and_costs_on_top=True, relation=backer.relation)
    world.session.guarantors.add(applied.id, backer.person, guarantee)


def _tell_guarantor(world: World, loan_id: UUID) -> None:
    """Send a letter to everybody who answers for the loan and has not been told of its default."""
    notices = world.session.notices
    for one in notices.to_tell([loan_id]):
        notices.send_one(one.to)


def _repay(world: World, start: Start, applied: Loan) -> Life:
    dice, fate, payments = start.dice, start.fate, world.session.payments
    rows = applied.plan().instalments
    last_paid = dice.randint(2, 5) if fate is Fate.STUCK else len(rows)
    if start.notice_waits:
        last_paid = 2
    for row in rows:
        if world.session.loans.get(applied.id).step is Step.CLOSED:  # what was paid ahead shortened it
            return
        amount, received_on = row.due, row.due_on - timedelta(days=dice.randint(0, 4))
        if fate is Fate.LATE:
            received_on = row.due_on + timedelta(days=dice.randint(2, 26))
        if row.number > last_paid:  # a half payment, then nothing more
            amount, received_on = Money(row.due.minor // 2, row.due.currency), row.due_on + timedelta(days=14)
        if fate is Fate.AHEAD and row.number == 3:
            amount = row.due * 4
        yield received_on
        if fate is Fate.MISTAKE and row.number == 2:
            payments.take(applied.id, amount * 10, received_on, is_meant=True)
            wrong = world.session.loans.get(applied.id).journal.entries[-1]
            yield world.today() + timedelta(days=2)
            payments.reverse(applied.id, wrong.id, reason=REVERSAL_REASON)
        if row.number <= last_paid:  # the last instalments of a shortened loan are smaller, the late ones dearer
            told = statement(world.session.loans.get(applied.id), received_on)
            amount = min(told.payoff_amount, max(amount, told.due_unpaid + told.late_interest))
        payments.take(applied.id, amount, received_on)
        if row.number > last_paid:
            if world.act_by_act and not start.notice_waits:
                yield row.due_on + NOTICE_AFTER
                _tell_guarantor(world, applied.id)
            return
