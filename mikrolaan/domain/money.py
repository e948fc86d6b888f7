"""Exact amounts: an integer of the currency's smallest unit, never a float."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction

from mikrolaan.domain.errors import CurrencyMismatch, InvalidValue, Problem

LARGEST_MINOR = 10**15 - 1  # ten thousand milliard kroner: beyond any microloan, inside 64 bits


class Currency(Enum):
    """The currencies an office can lend in; all have two decimals."""

    NOK = "NOK"  # norske kroner
    SEK = "SEK"  # svenska kronor
    DKK = "DKK"  # danske kroner
    EUR = "EUR"  # euro

    @property
    def decimals(self) -> int:
        """How many digits of the main unit stand after the decimal sign."""
        return 2


class Rounding(Enum):
    """How an exact amount becomes a whole number of øre."""

    HALF_UP = "half-up"  # 0.5 øre becomes 1 øre
    HALF_EVEN = "half-even"  # 0.5 øre goes to the even neighbour

    @property
    def decimal_mode(self) -> str:
        """The same rule as the standard library's decimal module names it."""
        return ROUND_HALF_UP if self is Rounding.HALF_UP else ROUND_HALF_EVEN


@dataclass(frozen=True, slots=True, order=False, init=False)
class Money:
    """An exact amount, counted in the currency's smallest unit (øre, cents); may be negative."""

    minor: int
    currency: Currency

    def __init__(self, minor: int, currency: Currency) -> None:
        # Written out, and past the frozen door by the fields' own setters: amounts are made by the thousand.
        if not -LARGEST_MINOR <= minor <= LARGEST_MINOR:
            raise InvalidValue("amount", Problem.TOO_LARGE, Decimal(LARGEST_MINOR) / 100)
        _set_minor(self, minor)
        _set_currency(self, currency)

    @classmethod
    def zero(cls, currency: Currency) -> Money:
        """Nothing, in that currency."""
        return cls(0, currency)

    @classmethod
    def from_decimal(cls, amount: Decimal | str | int, currency: Currency) -> Money:
        """Read an amount in main units ("1500.50"); raises InvalidValue when it is finer than an øre."""
        try:
            exact = Decimal(amount)
        except InvalidOperation:
            raise InvalidValue("amount", Problem.NOT_A_NUMBER) from None
        if not exact.is_finite():
            raise InvalidValue("amount", Problem.NOT_A_NUMBER)
        if exact.adjusted() > 15:
            raise InvalidValue("amount", Problem.TOO_LARGE, Decimal(LARGEST_MINOR) / 100)
        minor = exact.scaleb(currency.decimals)
        if minor != minor.to_integral_value():
            raise InvalidValue("amount", Problem.TOO_MANY_DECIMALS, currency.decimals)
        return cls(int(minor), currency)

    def to_decimal(self) -> Decimal:
        """The amount in main units, always with all its decimals: Decimal("1500.50")."""
        return Decimal(self.minor).scaleb(-self.currency.decimals)

    def split(self, parts: int) -> tuple[Money, ...]:
        """Divide into shares that add up exactly; the earliest shares carry the remainder."""
        share, left_over = divmod(self.minor, parts)
        return tuple(Money(share + (n < left_over), self.currency) for n in range(parts))

    def _same(self, other: Money) -> int:
        if other.currency is not self.currency:
            raise CurrencyMismatch(self.currency.value, other.currency.value)
        return other.minor

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.minor), self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.minor * count, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0


_set_minor: Callable[[Money, int], None] = Money.__dict__["minor"].__set__
_set_currency: Callable[[Money, Currency], None] = Money.__dict__["currency"].__set__


def rounded(exact: Fraction, rule: Rounding) -> int:
    """The whole number nearest to `exact`; a tie goes as `rule` says (away from zero, or to even)."""
    floor, rest = divmod(exact.numerator, exact.denominator)
    doubled = 2 * rest
    if doubled < exact.denominator:
        return floor
    if doubled > exact.denominator:
        return floor + 1
    if rule is Rounding.HALF_EVEN:
        return floor + (floor % 2)
    return floor + (exact >= 0)


def total(amounts: tuple[Money, ...] | list[Money], currency: Currency) -> Money:
    """The sum of the amounts; zero of `currency` when there are none."""
    return sum(amounts, start=Money.zero(currency))
