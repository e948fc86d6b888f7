"""A postal address, as printed on letters."""

from __future__ import annotations

from dataclasses import dataclass

from mikrolaan.domain.text import checked_text


@dataclass(frozen=True, slots=True)
class Address:
    """Where post reaches a person, an enterprise or the office; every part may be empty."""

    street: str = ""
    postal_code: str = ""
    city: str = ""

    def __post_init__(self) -> None:
        checked_text("street", self.street, longest=200)
        checked_text("postal_code", self.postal_code, longest=12)
        checked_text("city", self.city, longest=100)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the address that hold something: street, then postal code and city."""
        place = f"{self.postal_code} {self.city}".strip()
        return tuple(line for line in (self.street, place) if line)
