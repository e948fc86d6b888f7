"""What the law of a country says of those who answer for a loan, as dated data: when they are told, how long they answer."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache

from mikrolaan.domain.identity import Country
from mikrolaan.domain.months import months_later
from mikrolaan.paths import resource


class GuaranteeKind(Enum):
    """When the guarantor may be asked to pay."""

    SIMPLE = "simple"  # simpel kausjon: after legal steps against the borrower (finansavtaleloven § 6-10)
    OWN_DEBT = "own-debt"  # selvskyldnerkausjon, borgen såsom för egen skuld: as soon as the borrower is in default


@dataclass(frozen=True, slots=True)
class GuaranteeRules:
    """The rules of a country from a day on; a row names its source, and says where it is a habit and no law."""

    first: date
    notice_months: int  # after the default began, for the written notice to guarantors
    short_months: int | None  # a default that was over by then needs no notice; None: the law knows no such delay
    longest_years: int | None  # a guarantor answers at most so long after signing; None: no limit is known
    consumer_kinds: frozenset[GuaranteeKind]  # what a consumer may promise; others are the office's to answer for
    source: str
    member_weeks: int | None  # as `notice_months`, for members of a group that answers for its loans; None: the months
    member_source: str  # of `member_weeks`, and how sure it is that they hold for members; "" where there are none

    def expires_on(self, signed_on: date, until: date | None) -> date | None:
        """The last day on which a guarantee signed that day holds: the agreed one or the law's, whichever is sooner."""
        longest = None if self.longest_years is None else months_later(signed_on, 12 * self.longest_years)
        return min(filter(None, (until, longest)), default=None)

    def notice_due_on(self, since: date) -> date:
        """The last day for the written notice to guarantors of a default that began on `since`."""
        return months_later(since, self.notice_months)

    def member_notice_due_on(self, since: date) -> date:
        """The last day for the written notice to members of the borrower's group."""
        if self.member_weeks is None:
            return self.notice_due_on(since)
        return since + timedelta(weeks=self.member_weeks)


@cache
def _shipped(country: Country) -> tuple[GuaranteeRules, ...]:
    with resource("guarantees", f"{country.value.lower()}.tsv").open(encoding="utf-8", newline="") as file:
        rows = [
            GuaranteeRules(
                date.fromisoformat(row["from"]),
                int(row["notice_months"]),
                int(row["short_months"]) if row["short_months"] else None,
                int(row["longest_years"]) if row["longest_years"] else None,
                frozenset(map(GuaranteeKind, row["consumer_kinds"].split(",")))
                if row["consumer_kinds"]
                else frozenset(GuaranteeKind),
                row["source"],
                int(row["member_weeks"]) if row["member_weeks"] else None,
                row["member_source"],
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]
    return tuple(sorted(rows, key=lambda row: row.first))


def guarantee_rules(country: Country, on: date) -> GuaranteeRules:
    """The rules of a day as they ship (`resources/guarantees`); of a day before the first row, those of that row.

    An older guarantee is so told of no later than a newer one, and holds no longer.
    """
    rows = _shipped(country)
    return next((row for row in reversed(rows) if row.first <= on), rows[0])
