"""Products: the lender's rules for a kind of loan; they make an amount and a term into terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.domain.loan_rules import LoanRules
from mikrolaan.domain.money import Currency, Money, Rounding, rounded
from mikrolaan.domain.terms import (
    CALENDARS,
    LARGEST_PRINCIPAL_MINOR,
    LARGEST_RATE_PERCENT,
    LONGEST_PERIOD,
    MOST_INSTALMENTS,
    MOST_RATE_DECIMALS,
    SMALLEST_MULTIPLE_ALLOWED_ABOVE_LOAN,
    BusinessDayRule,
    DayCount,
    FeePaid,
    InterestMethod,
    PaymentFreeInterest,
    PeriodUnit,
    Repayment,
    Terms,
)
from mikrolaan.domain.text import checked_text

LONGEST_NAME = 120
LONGEST_DESCRIPTION = 1000
LONGEST_LOAN_DAYS = 36_600  # a hundred years, as the longest loan of monthly instalments
_LEAST_DAYS = {PeriodUnit.DAYS: 1, PeriodUnit.WEEKS: 7, PeriodUnit.MONTHS: 28}


@dataclass(eq=False)
class RepaymentNotAllowed(InvalidValue):
    """The product does not allow this repayment form; `allowed` are those it does."""

    allowed: tuple[Repayment, ...] = ()


@dataclass(eq=False)
class ProductNameTaken(RuleError):
    """Another product of the office has this name."""

    name: str
    field: str = "product_name"


@dataclass(frozen=True, slots=True)
class Span:
    """The least, the most and the usual value of one choice; whole numbers or exact decimals."""

    least: Decimal
    most: Decimal
    usual: Decimal

    def __post_init__(self) -> None:
        for bound in ("least", "most", "usual"):
            if not getattr(self, bound).is_finite():
                raise InvalidValue(bound, Problem.NOT_A_NUMBER)
        if self.least > self.most:
            raise InvalidValue("most", Problem.TOO_SMALL, self.least)
        if self.usual < self.least:
            raise InvalidValue("usual", Problem.TOO_SMALL, self.least)
        if self.usual > self.most:
            raise InvalidValue("usual", Problem.TOO_LARGE, self.most)

    @classmethod
    def only(cls, value: Decimal | int) -> Span:
        """No choice: one value, always."""
        return cls(Decimal(value), Decimal(value), Decimal(value))

    @property
    def is_fixed(self) -> bool:
        """Whether there is nothing to choose."""
        return self.least == self.most

    def check(self, field: str, value: Decimal) -> None:
        """Raise InvalidValue with the limit when `value` is outside."""
        if value < self.least:
            raise InvalidValue(field, Problem.TOO_SMALL, self.least)
        if value > self.most:
            raise InvalidValue(field, Problem.TOO_LARGE, self.most)


NO_GRACE = Span.only(0)


@dataclass(frozen=True, slots=True)
class Product:
    """One version of a kind of loan that the office offers; old loans keep the version they were made with.

    Every version is valid by itself, and so is its usual loan; else InvalidValue names the field and the limit.
    A bound of a span is named `amount_least`, `rate_percent_usual`, `interest_only_most` and so on.
    """

    id: UUID  # of this version
    product_id: UUID  # the same for every version
    name: str
    currency: Currency
    amount: Span  # main units
    rate_percent: Span
    instalments: Span
    interest_only: Span = NO_GRACE  # instalments of interest alone, before the principal begins to come back
    payment_free: Span = NO_GRACE  # instalments in which nothing is paid, before those
    payment_free_interest: PaymentFreeInterest = PaymentFreeInterest.CAPITALISED
    every: int = 1
    unit: PeriodUnit = PeriodUnit.MONTHS
    repayment: Repayment = Repayment.ANNUITY  # the one proposed
    repayments_allowed: frozenset[Repayment] = frozenset(Repayment)
    interest_method: InterestMethod = InterestMethod.DECLINING
    day_count: DayCount = DayCount.THIRTY_360
    rounding: Rounding = Rounding.HALF_UP
    business_day_rule: BusinessDayRule = BusinessDayRule.NONE
    calendar: str | None = None
    instalment_multiple_minor: int = 1
    establishment_fee_minor: int = 0  # added to the percentage
    establishment_fee_percent: Decimal = Decimal(0)  # of the principal
    establishment_fee_paid: FeePaid = FeePaid.DEDUCTED
    instalment_fee_minor: int = 0
    rules: LoanRules = field(default_factory=LoanRules)  # by which its loans live once they are paid out
    description: str = ""  # for officers
    number: int = 1  # of the version: 1, 2, 3 …
    is_offered: bool = True  # False once withdrawn, or once a later version took its place
    version: int = 0  # of the record, for telling a stale change

    def __post_init__(self) -> None:
        checked_text("product_name", self.name, longest=LONGEST_NAME, needed=True)
        checked_text("description", self.description, longest=LONGEST_DESCRIPTION, lines=True)
        self._check_limits()
        self._check_rhythm()
        self._check_grace()
        self._check_fees()

    # -- the terms of a loan

    def terms(
        self,
        amount: Money,
        rate_percent: Decimal,
        instalments: int,
        disbursed_on: date,
        first_due_on: date | None = None,
        *,
        repayment: Repayment | None = None,
        interest_only_instalments: int | None = None,
        payment_free_instalments: int | None = None,
        due_day: int | None = None,
    ) -> Terms:
        """The terms of a loan of this kind; InvalidValue names the field that breaks a limit of the product.

        Grace that is not given is the usual one, or less where the loan is too short for it.
        """
        self.amount.check("principal", amount.to_decimal())
        self.rate_percent.check("annual_rate_percent", rate_percent)
        self.instalments.check("instalments", Decimal(instalments))
        if repayment is not None and repayment not in self.repayments_allowed:
            allowed = self.repayment_choices
            listed = ", ".join(form.value for form in allowed)
            raise RepaymentNotAllowed("repayment", Problem.UNKNOWN_CHOICE, listed, allowed)
        free, interest_only = payment_free_instalments, interest_only_instalments
        if free is None:
            paying = int(self.interest_only.least) if interest_only is None else interest_only
            free = max(0, min(int(self.payment_free.usual), instalments - 1 - paying))
        if interest_only is None:
            interest_only = max(0, min(int(self.interest_only.usual), instalments - 1 - free))
        self.payment_free.check("payment_free_instalments", Decimal(free))
        self.interest_only.check("interest_only_instalments", Decimal(interest_only))
        return Terms(
            principal=amount,
            annual_rate_percent=rate_percent,
            disbursed_on=disbursed_on,
            instalments=instalments,
            every=self.every,
            unit=self.unit,
            first_due_on=first_due_on,
            due_day=due_day,
            repayment=repayment or self.repayment,
            interest_method=self.interest_method,
            day_count=self.day_count,
            interest_only_instalments=interest_only,
            payment_free_instalments=free,
            payment_free_interest=self.payment_free_interest,
            instalment_multiple_minor=self.instalment_multiple_minor,
            rounding=self.rounding,
            business_day_rule=self.business_day_rule,
            calendar=self.calendar,
            establishment_fee_minor=self.establishment_fee_on(amount).minor,
            establishment_fee_paid=self.establishment_fee_paid,
            instalment_fee_minor=self.instalment_fee_minor,
        )

    def usual_terms(self, disbursed_on: date) -> Terms:
        """The terms that the product proposes, paid out on that day."""
        amount = Money.from_decimal(self.amount.usual, self.currency)
        return self.terms(amount, self.rate_percent.usual, int(self.instalments.usual), disbursed_on)

    def establishment_fee_on(self, principal: Money) -> Money:
        """The fixed fee + the percentage of the principal, rounded once to a whole øre by the product's rule."""
        share = Fraction(self.establishment_fee_percent) * principal.minor / 100
        return Money(self.establishment_fee_minor + rounded(share, self.rounding), principal.currency)

    @property
    def repayment_choices(self) -> tuple[Repayment, ...]:
        """The repayment forms that are allowed, in the order of the enumeration."""
        return tuple(form for form in Repayment if form in self.repayments_allowed)

    # -- what a product must satisfy

    def _check_limits(self) -> None:
        _bounds("amount", self.amount, Decimal("0.01"), Decimal(LARGEST_PRINCIPAL_MINOR).scaleb(-2), decimals=2)
        _bounds("rate_percent", self.rate_percent, Decimal(0), LARGEST_RATE_PERCENT, decimals=MOST_RATE_DECIMALS)
        _bounds("instalments", self.instalments, Decimal(1), Decimal(MOST_INSTALMENTS), decimals=0)
        most = self.instalments.most - 1
        _bounds("payment_free", self.payment_free, Decimal(0), most, decimals=0)
        _bounds("interest_only", self.interest_only, Decimal(0), most, decimals=0)

    def _check_rhythm(self) -> None:
        _between("every", self.every, 1, LONGEST_PERIOD[self.unit])
        longest = LONGEST_LOAN_DAYS // (_LEAST_DAYS[self.unit] * self.every)
        _between("instalments_most", int(self.instalments.most), 1, max(longest, 1))
        if not self.repayments_allowed:
            raise InvalidValue("repayments_allowed", Problem.MISSING)
        if self.repayment not in self.repayments_allowed:
            raise InvalidValue("repayment", Problem.NOT_TOGETHER, "repayments_allowed")
        if self.calendar is not None and self.calendar not in CALENDARS:
            raise InvalidValue("calendar", Problem.UNKNOWN_CHOICE, ", ".join(CALENDARS))
        if self.calendar is None and self.business_day_rule is not BusinessDayRule.NONE:
            raise InvalidValue("calendar", Problem.MISSING)

    def _check_grace(self) -> None:
        """Both graces together leave an instalment that repays, in the shortest loan and in the usual one."""
        for bound in ("least", "usual"):
            left = getattr(self.instalments, bound) - getattr(self.payment_free, bound) - 1
            if left < 0:
                raise InvalidValue(
                    f"payment_free_{bound}", Problem.TOO_LARGE, int(getattr(self.instalments, bound) - 1)
                )
            if getattr(self.interest_only, bound) > left:
                raise InvalidValue(f"interest_only_{bound}", Problem.TOO_LARGE, int(left))

    def _check_fees(self) -> None:
        smallest = int(self.amount.least.scaleb(2))
        _between("instalment_fee", self.instalment_fee_minor, 0, LARGEST_PRINCIPAL_MINOR, money=True)
        most = max(smallest, SMALLEST_MULTIPLE_ALLOWED_ABOVE_LOAN)
        _between("instalment_multiple", self.instalment_multiple_minor, 1, most, money=True)
        percent = Span.only(self.establishment_fee_percent)
        _bounds("establishment_fee_percent", percent, Decimal(0), Decimal(100), decimals=4, field="{name}")
        _between("establishment_fee", self.establishment_fee_minor, 0, LARGEST_PRINCIPAL_MINOR, money=True)
        if self.establishment_fee_paid is FeePaid.DEDUCTED:
            on_smallest = self.establishment_fee_on(Money(smallest, self.currency)).minor
            if on_smallest >= smallest:  # nothing would be left of the smallest loan
                field = "establishment_fee" if self.establishment_fee_minor >= smallest else "establishment_fee_percent"
                limit = Decimal(smallest - 1).scaleb(-2) if field == "establishment_fee" else None
                raise InvalidValue(field, Problem.TOO_LARGE, limit)


def _bounds(
    name: str, span: Span, smallest: Decimal, largest: Decimal, *, decimals: int, field: str = "{name}_{bound}"
) -> None:
    """Check each bound of a span against what any loan may have."""
    for bound in ("least", "most", "usual"):
        value: Decimal = getattr(span, bound)
        told = field.format(name=name, bound=bound)
        if value < smallest:
            raise InvalidValue(told, Problem.TOO_SMALL, smallest)
        if value > largest:
            raise InvalidValue(told, Problem.TOO_LARGE, largest)
        if value != round(value, decimals):
            raise InvalidValue(told, Problem.TOO_MANY_DECIMALS, decimals)


def _between(field: str, value: int, smallest: int, largest: int, *, money: bool = False) -> None:
    for is_wrong, problem, limit in (
        (value < smallest, Problem.TOO_SMALL, smallest),
        (value > largest, Problem.TOO_LARGE, largest),
    ):
        if is_wrong:
            raise InvalidValue(field, problem, Decimal(limit).scaleb(-2) if money else limit)
