"""A plan that is being agreed by hand: amounts typed one by one, what they leave over, and how the rest is spread."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import Money
from mikrolaan.domain.plan import Plan, draft_plan, make_plan
from mikrolaan.domain.terms import AgreedAmountsOff, Terms
from mikrolaan.services.calculation import Choices


@dataclass(frozen=True, slots=True)
class HandPlan:
    """The principal of each instalment, agreed or about to be; those that somebody typed are known by their places.

    Places are counted from 0. `choices` are those the amounts belong to, without any amounts agreed.
    """

    choices: Choices
    principals_minor: tuple[int, ...]
    typed: frozenset[int] = frozenset()
    terms: Terms = field(init=False, compare=False)  # as the form gives them, without a season
    to_repay: Money = field(init=False, compare=False)  # what is lent, with an added fee and capitalised interest

    def __post_init__(self) -> None:
        terms = self.choices.terms().by_form
        object.__setattr__(self, "terms", terms)
        object.__setattr__(self, "to_repay", make_plan(terms).principal)

    @classmethod
    def of(cls, choices: Choices) -> HandPlan:
        """What is agreed already, else the plan that the choices give, ready to be changed."""
        plan = make_plan(choices.terms())
        missing = choices.instalments - len(plan.principals_minor)  # after a season the loan may end early
        return cls(choices.by_form, plan.principals_minor + (0,) * missing)

    def fits(self, choices: Choices) -> bool:
        """Whether the amounts still belong to these choices; rate and dates may change, what is lent and when not."""
        own = self.choices
        return choices.by_form == replace(
            own,
            rate_percent=choices.rate_percent,
            disbursed_on=choices.disbursed_on,
            first_due_on=choices.first_due_on,
        )

    def follow(self, choices: Choices) -> HandPlan:
        """The same amounts with another rate or other dates."""
        return replace(self, choices=choices.by_form)

    @property
    def left(self) -> Money:
        """What the amounts leave over; below zero what they repay too much."""
        return self.to_repay - Money(sum(self.principals_minor), self.to_repay.currency)

    @property
    def plan(self) -> Plan:
        """The plan with these amounts, whether or not they repay the loan."""
        return draft_plan(self.terms, self.principals_minor)

    @property
    def agreed(self) -> Choices:
        """The choices with these amounts agreed; they have a plan only where nothing is left over."""
        return replace(self.choices, agreed_principals_minor=self.principals_minor)

    def may_change(self, place: int) -> bool:
        """Whether the instalment asks for anything at all."""
        return self.terms.payment_free_instalments <= place < len(self.principals_minor)

    def with_principal(self, place: int, principal: Money) -> HandPlan:
        """Another principal in that instalment; InvalidValue below zero, or above all that is to be repaid."""
        if principal.minor < 0:
            raise InvalidValue("principal", Problem.TOO_SMALL, Money.zero(principal.currency).to_decimal())
        if principal > self.to_repay:
            raise InvalidValue("principal", Problem.TOO_LARGE, self.to_repay.to_decimal())
        changed = list(self.principals_minor)
        changed[place] = principal.minor
        return replace(self, principals_minor=tuple(changed), typed=self.typed | {place})

    def with_due(self, place: int, due: Money) -> HandPlan:
        """Another whole amount in that instalment: its interest and fees first, principal what is beyond them."""
        row = self.plan.instalments[place]
        besides = row.interest + row.fees
        if due < besides:
            raise InvalidValue("due", Problem.TOO_SMALL, besides.to_decimal())
        if due - besides > self.to_repay:
            raise InvalidValue("due", Problem.TOO_LARGE, (self.to_repay + besides).to_decimal())
        return self.with_principal(place, due - besides)

    def spread(self) -> HandPlan:
        """Nothing left over: the instalments after the last one typed share it, in the proportion they have now.

        Where none of those repays anything they share equally; where there are none, all that nobody typed share.
        AgreedAmountsOff where the amounts typed repay more than the loan by themselves.
        """
        free = self.terms.payment_free_instalments
        count = len(self.principals_minor)
        after = max(self.typed, default=free - 1) + 1
        sharing = list(range(max(free, after), count)) or [n for n in range(free, count) if n not in self.typed]
        present = [self.principals_minor[place] for place in sharing]
        whole = sum(present) + self.left.minor
        if whole < 0 or not sharing:
            raise AgreedAmountsOff.by(Money(whole, self.to_repay.currency) if sharing else self.left)
        weights = present if any(present) else [1] * len(sharing)
        changed = list(self.principals_minor)
        passed = given = 0
        for place, weight in zip(sharing, weights, strict=True):
            passed += weight
            changed[place] = whole * passed // sum(weights) - given
            given += changed[place]
        return replace(self, principals_minor=tuple(changed))
