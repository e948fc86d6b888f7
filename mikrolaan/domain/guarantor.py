"""Guarantors: persons who answer for somebody else's loan, with how much, from when and until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from uuid import UUID

from mikrolaan.domain.borrower import Borrower, Person
from mikrolaan.domain.errors import CurrencyMismatch, InvalidValue, Problem, RuleError
from mikrolaan.domain.guarantee_rules import GuaranteeKind, GuaranteeRules
from mikrolaan.domain.journal import Recorded
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.money import Money
from mikrolaan.domain.text import checked_text

LONGEST_RELATION = 120
LONGEST_REASON = 500


@dataclass(eq=False)
class GuaranteesOwnLoan(RuleError):
    """Nobody guarantees a loan that is his or her own."""

    name: str
    field: str = "person"


@dataclass(eq=False)
class GuaranteesTwice(RuleError):
    """The person guarantees this loan already."""

    name: str
    field: str = "person"


@dataclass(eq=False)
class GuaranteeSigned(RuleError):
    """A guarantee that was signed is neither changed nor removed, only released."""

    signed_on: date
    field: str = ""


@dataclass(eq=False)
class GuaranteeNotSigned(RuleError):
    """Nobody is released from what was not signed."""

    guarantor_id: UUID
    field: str = ""


@dataclass(eq=False)
class GuarantorReleased(RuleError):
    """The guarantor was released already."""

    released_on: date
    field: str = ""


@dataclass(eq=False)
class GuarantorNotReleased(RuleError):
    """There is no release to take back."""

    guarantor_id: UUID
    field: str = ""


@dataclass(eq=False)
class GuaranteeNotOnPaper(RuleError):
    """No paper was issued that states the guarantee as it stands, so there is nothing to sign."""

    guarantor_id: UUID
    field: str = "signed_on"


@dataclass(eq=False)
class ContractOutOfDate(RuleError):
    """The guarantors of the loan are others, or answer otherwise, than the issued contract says."""

    issued_on: date
    field: str = "signed_on"


@dataclass(frozen=True, slots=True)
class Guarantee:
    """What a guarantor promises.

    A guarantee binds nobody unless it states its total or largest amount and whether interest and costs come on top
    (finansavtaleloven §§ 3-36(2) and 3-9(3)), so neither has a default.
    """

    at_most: Money
    interest_and_costs_on_top: bool
    kind: GuaranteeKind = GuaranteeKind.SIMPLE
    is_consumer: bool = True  # a person who does not promise it in the course of business (§ 1-4)
    until: date | None = None  # the last day that was agreed; None: as long as the law allows
    relation: str = ""  # to the borrower: "sister", "supplier"

    def __post_init__(self) -> None:
        if self.at_most.minor <= 0:
            raise InvalidValue("at_most", Problem.TOO_SMALL, Money(1, self.at_most.currency).to_decimal())
        checked_text("relation", self.relation, longest=LONGEST_RELATION)


@dataclass(frozen=True, slots=True)
class GuaranteePaper:
    """The issued paper that states the guarantee as it stands: the loan's contract or a declaration of its own."""

    document_id: UUID
    on: date


@dataclass(frozen=True, slots=True)
class Release:
    """The office let the guarantor go; one that was typed wrongly is taken back with its reason."""

    on: date  # from this day the guarantor answers no more
    reason: str
    taken_back_on: date | None = None
    taken_back_reason: str = ""

    def __post_init__(self) -> None:
        checked_text("reason", self.reason, longest=LONGEST_REASON, needed=True, lines=True)
        needed = self.taken_back_on is not None
        checked_text("taken_back_reason", self.taken_back_reason, longest=LONGEST_REASON, needed=needed, lines=True)


@dataclass(frozen=True, slots=True)
class Binding:
    """A signed guarantee as far as it decides who answers for a loan: whom it binds, with how much, on which days."""

    guarantor_id: UUID
    borrower_id: UUID | None  # of a guarantor who is a borrower of the office
    at_most: Money
    signed_on: date
    expires_on: date | None
    released_on: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the guarantor is bound on that day: signed, not expired, not released."""
        if day < self.signed_on or (self.expires_on is not None and day > self.expires_on):
            return False
        return self.released_on is None or day < self.released_on


@dataclass(frozen=True, slots=True)
class Guarantor:
    """One person's guarantee of one loan; either a person of its own or a borrower of the office."""

    id: UUID
    loan_id: UUID
    guarantee: Guarantee
    recorded: Recorded  # who added it and when
    person: Person | None = None
    borrower_id: UUID | None = None
    paper: GuaranteePaper | None = None  # None: no paper states it as it stands
    signed_on: date | None = None
    expires_on: date | None = None  # the last day, known from the signing on; None: no limit
    release: Release | None = None
    is_removed: bool = False  # taken off the list before it was signed; kept for the history
    version: int = 0

    def __post_init__(self) -> None:
        if self.person is None and self.borrower_id is None:
            raise InvalidValue("person", Problem.MISSING)
        if self.person is not None and self.borrower_id is not None:
            raise InvalidValue("person", Problem.NOT_TOGETHER, "borrower_id")
        if self.signed_on is None and (self.release is not None or self.expires_on is not None):
            raise InvalidValue("signed_on", Problem.MISSING)
        if self.signed_on is not None and self.is_removed:
            raise GuaranteeSigned(self.signed_on)

    @property
    def released_on(self) -> date | None:
        """From which day the guarantor answers no more; None while no release stands."""
        return self.release.on if self.release is not None and self.release.taken_back_on is None else None

    @property
    def stands(self) -> bool:
        """Whether it is on the list of the loan's guarantors: neither removed nor released."""
        return not self.is_removed and self.released_on is None

    @property
    def binding(self) -> Binding | None:
        """What binds the guarantor; None while nothing is signed."""
        if self.signed_on is None:
            return None
        promised = self.guarantee.at_most
        return Binding(self.id, self.borrower_id, promised, self.signed_on, self.expires_on, self.released_on)

    def answers_on(self, day: date) -> bool:
        """Whether the guarantor is bound on that day."""
        return self.binding is not None and self.binding.holds_on(day)

    def with_guarantee(self, guarantee: Guarantee, person: Person | None, borrower_id: UUID | None) -> Guarantor:
        """Another promise or another person, before anything is signed; what was printed is out of date then."""
        self._check_unsigned()
        changed = replace(self, guarantee=guarantee, person=person, borrower_id=borrower_id)
        return self if changed == self else replace(changed, paper=None)

    def removed(self) -> Guarantor:
        """Taken off the list; GuaranteeSigned when it was signed."""
        self._check_unsigned()
        return replace(self, is_removed=True)

    def with_paper(self, paper: GuaranteePaper) -> Guarantor:
        """After a paper was issued that states it as it stands."""
        self._check_unsigned()
        return replace(self, paper=paper)

    def signed(self, on: date, rules: GuaranteeRules) -> Guarantor:
        """After the guarantor signed; it holds until the agreed day, and no longer than the law of that day allows."""
        self._check_unsigned()
        if self.paper is not None and on < self.paper.on:
            raise InvalidValue("signed_on", Problem.TOO_EARLY, self.paper.on)
        until = self.guarantee.until
        if until is not None and on > until:
            raise InvalidValue("signed_on", Problem.TOO_LATE, until)
        return replace(self, signed_on=on, expires_on=rules.expires_on(on, until))

    def released(self, release: Release) -> Guarantor:
        """After the office let the guarantor go; the row stays."""
        if self.signed_on is None:
            raise GuaranteeNotSigned(self.id)
        if self.released_on is not None:
            raise GuarantorReleased(self.released_on)
        if release.on < self.signed_on:
            raise InvalidValue("on", Problem.TOO_EARLY, self.signed_on)
        return replace(self, release=release)

    def with_release_taken_back(self, on: date, reason: str) -> Guarantor:
        """After a release was found wrong: the guarantor answers as if it had not been."""
        if self.release is None or self.released_on is None:
            raise GuarantorNotReleased(self.id)
        return replace(self, release=replace(self.release, taken_back_on=on, taken_back_reason=reason))

    def _check_unsigned(self) -> None:
        if self.signed_on is not None:
            raise GuaranteeSigned(self.signed_on)


@dataclass(frozen=True, slots=True)
class KnownGuarantor:
    """A guarantor with the person it is: its own, or the linked borrower's as the case stands."""

    guarantor: Guarantor
    person: Person

    @property
    def name(self) -> str:
        """As written on paper."""
        return self.person.name


def is_same_person(first: Person, second: Person) -> bool:
    """Whether two records are of one person: by identity number where both have one, else by name and birth date."""
    if first.identity_number is not None and second.identity_number is not None:
        return first.identity_number.digits == second.identity_number.digits
    same_name = first.name.casefold().split() == second.name.casefold().split()
    return same_name and first.born_on is not None and first.born_on == second.born_on


def check_may_guarantee(
    wanted: KnownGuarantor, loan: Loan, borrower: Borrower, others: Iterable[KnownGuarantor], today: date
) -> None:
    """Raise GuaranteesOwnLoan, GuaranteesTwice or CurrencyMismatch where the person may not guarantee this loan so.

    Somebody whose guarantee was released or has expired may guarantee anew.
    """
    amount = wanted.guarantor.guarantee.at_most
    if amount.currency is not loan.terms.currency:
        raise CurrencyMismatch(amount.currency.value, loan.terms.currency.value)
    if wanted.guarantor.borrower_id == loan.borrower_id or is_same_person(wanted.person, borrower.person):
        raise GuaranteesOwnLoan(wanted.name)
    for other in others:
        known = other.guarantor
        if known.id == wanted.guarantor.id or not known.stands:
            continue
        if known.expires_on is not None and today > known.expires_on:
            continue
        same_case = known.borrower_id is not None and known.borrower_id == wanted.guarantor.borrower_id
        if same_case or is_same_person(wanted.person, other.person):
            raise GuaranteesTwice(wanted.name)


class GuaranteeDoubt(Enum):
    """What is allowed, and told to the officer because it is seldom meant."""

    MORE_THAN_LOAN = "more than the loan"  # the amount is above all that the plan asks for
    NOT_FOR_CONSUMER = "not for a consumer"  # a kind that the law keeps from consumers
    ENDS_BEFORE_LOAN = "ends before the loan"  # the last instalment falls due after the guarantee's last day


def doubts_about(
    guarantee: Guarantee, loan: Loan, rules: GuaranteeRules, signed_on: date
) -> tuple[GuaranteeDoubt, ...]:
    """What to tell the officer of a guarantee that is signed that day, or would be."""
    plan = loan.plan()
    found = []
    if guarantee.at_most.currency is loan.terms.currency and guarantee.at_most > plan.due + plan.paid_separately:
        found.append(GuaranteeDoubt.MORE_THAN_LOAN)
    if guarantee.is_consumer and guarantee.kind not in rules.consumer_kinds:
        found.append(GuaranteeDoubt.NOT_FOR_CONSUMER)
    last = rules.expires_on(signed_on, guarantee.until)
    if last is not None and last < plan.instalments[-1].due_on:
        found.append(GuaranteeDoubt.ENDS_BEFORE_LOAN)
    return tuple(found)


def named_in_contract(loan: Loan, guarantors: Iterable[Guarantor]) -> list[Guarantor]:
    """Those whom the loan's contract names: until it is signed all on the list, then those it was issued with."""
    if loan.signed_on is None:
        return [one for one in guarantors if one.stands]
    issued = loan.contract.document_id if loan.contract is not None else None
    return [one for one in guarantors if one.paper is not None and one.paper.document_id == issued]


def check_contract_is_current(loan: Loan, guarantors: Sequence[Guarantor]) -> None:
    """Raise ContractOutOfDate when an issued contract that waits for signatures does not state the guarantees."""
    if loan.contract is None or loan.signed_on is not None:
        return
    issued = loan.contract.document_id
    stated = {one.id for one in guarantors if one.paper is not None and one.paper.document_id == issued}
    if stated != {one.id for one in guarantors if one.stands}:
        raise ContractOutOfDate(loan.contract.on)
