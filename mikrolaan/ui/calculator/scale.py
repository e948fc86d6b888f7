"""The steps of a slider: round values between the least and the most of a product."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

MOST_AMOUNT_STEPS = 250  # finer, and one pixel of the slider would be several steps
RATE_STEP = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class Scale:
    """Positions 0, 1, 2 … stand for the multiples of `step` from `least` to `most`, both ends included."""

    least: Decimal
    most: Decimal
    step: Decimal
    big_step: int = 10  # positions that PageUp and PageDown move

    @property
    def _origin(self) -> Decimal:
        return self.least // self.step * self.step

    @property
    def last(self) -> int:
        """The position of `most`."""
        if self.least == self.most:
            return 0
        return int(((self.most - self._origin) / self.step).to_integral_value(ROUND_CEILING))

    def value(self, position: int) -> Decimal:
        """What a position stands for; the ends are exact even where they are no multiple of the step."""
        return min(self.most, max(self.least, self._origin + position * self.step))

    def position(self, value: Decimal) -> int:
        """The position nearest to a value, the nearest end for one outside."""
        if value <= self.least:
            return 0
        if value >= self.most:
            return self.last
        place = ((value - self._origin) / self.step).to_integral_value(ROUND_HALF_UP)
        return max(0, min(self.last, int(place)))


def amount_scale(least: Decimal, most: Decimal) -> Scale:
    """Steps of 100, 500, 1 000, 5 000 … in the currency's main unit, at most some hundred of them."""
    step = Decimal(100)
    while (most - least) / step > MOST_AMOUNT_STEPS:
        step *= 5 if str(step)[0] == "1" else 2
    return Scale(least, most, step, 10)


def rate_scale(least: Decimal, most: Decimal) -> Scale:
    """Quarters of a percent; whole percents with PageUp and PageDown."""
    return Scale(least, most, RATE_STEP, 4)


def count_scale(least: Decimal, most: Decimal) -> Scale:
    """Every count; twelve at a time, a year of months, with PageUp and PageDown."""
    return Scale(least, most, Decimal(1), 12)
