"""Makes up persons and enterprises; the same dice give the same people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from mikrolaan.domain.address import Address
from mikrolaan.domain.borrower import Enterprise, LegalForm, Person
from mikrolaan.domain.identity import Country, read_identity
from mikrolaan.domain.synthetic import synthetic_identity, synthetic_organisation_number
from mikrolaan.example.names import ORIGINS, STREETS, TOWNS
from mikrolaan.example.trades import TRADES, Trade

YOUNGEST_DAYS = 20 * 365
OLDEST_DAYS = 66 * 365

_FORMS = (
    LegalForm.SOLE_TRADER,
    LegalForm.SOLE_TRADER,
    LegalForm.SOLE_TRADER,
    LegalForm.LIMITED_COMPANY,
    LegalForm.COOPERATIVE,
    LegalForm.UNDECIDED,
)


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody who does not exist, with the enterprise that he or she runs or plans."""

    person: Person
    enterprise: Enterprise | None
    trade: Trade


class PeopleMaker:
    """Makes people one after the other, each with an identity number of their own."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._born: Counter[date] = Counter()  # how many were born on a day: the serial within its numbers
        self._made = 0

    def make(self, dice: Random) -> Invented:
        """The next person, by these dice."""
        self._made += 1
        origin = dice.choices(ORIGINS, [known.weight for known in ORIGINS])[0]
        given, family = dice.choice(origin.given), dice.choice(origin.family)
        born_on = self._today - timedelta(days=dice.randint(YOUNGEST_DAYS, OLDEST_DAYS))
        has_number = not origin.newcomers or dice.random() < 0.9
        in_english = origin.newcomers and dice.random() < 0.35
        postal_code, city = dice.choice(TOWNS)
        number = None
        if has_number:
            number = read_identity(
                synthetic_identity(Country.NO, born_on, self._born[born_on]), Country.NO, self._today
            )
            self._born[born_on] += 1
        person = Person(
            given_names=given,
            family_name=family,
            identity_number=number,
            birth_date=None if has_number else born_on,
            address=Address(f"{dice.choice(STREETS)} {dice.randint(1, 98)}", postal_code, city),
            phone=f"+4787{self._made % 1_000_000:06d}",  # numbers from 87 belong to nobody
            email=f"kunde{self._made}@example.org",
            paper_language="en" if in_english else "nb",
            interpreter_needed=in_english and dice.random() < 0.4,
        )
        trade = dice.choice(TRADES)
        enterprise = None if dice.random() < 0.08 else self._enterprise(dice, person, trade)
        return Invented(person, enterprise, trade)

    def _enterprise(self, dice: Random, person: Person, trade: Trade) -> Enterprise:
        name = dice.choice(trade.names).format(
            given=person.given_names.split()[0], family=person.family_name, city=person.address.city
        )
        form = dice.choice(_FORMS)
        registered = form is not LegalForm.UNDECIDED
        return Enterprise(
            name=name,
            legal_form=form,
            organisation_number=synthetic_organisation_number(self._made, Country.NO) if registered else "",
            industry=trade.industry,
            started_on=self._today - timedelta(days=dice.randint(100, 2000)) if registered else None,
        )
