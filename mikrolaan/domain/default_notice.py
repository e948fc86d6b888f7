"""The written notice of a borrower's default: what one person who answers for the loan is told, on its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mikrolaan.domain.answering import Answering
from mikrolaan.domain.arrears import OverdueLine, overdue_lines
from mikrolaan.domain.borrower import Person
from mikrolaan.domain.group import LiabilityForm
from mikrolaan.domain.guarantor import Guarantor
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.money import Money, total
from mikrolaan.domain.statement import statement


@dataclass(frozen=True, slots=True)
class DefaultNotice:
    """What a notice tells; late interest is left out, for a guarantor does not owe it (finansavtaleloven § 6-11)."""

    as_of: date
    person: Person  # who is told
    answering: Answering
    guarantor: Guarantor | None  # the guarantee; None: as a member of the group alone
    liability: LiabilityForm | None  # of the borrower's group
    lines: tuple[OverdueLine, ...]  # never empty
    outstanding_principal: Money  # overdue or not

    @property
    def since(self) -> date:
        """The oldest due date with anything unpaid."""
        return self.lines[0].due_on

    @property
    def overdue(self) -> Money:
        """Principal, interest and fees that are overdue."""
        return total([line.unpaid for line in self.lines], self.outstanding_principal.currency)


def notice_about(
    loan: Loan,
    person: Person,
    answering: Answering,
    guarantor: Guarantor | None,
    liability: LiabilityForm | None,
    as_of: date,
) -> DefaultNotice:
    """What the notice of a loan that is overdue tells that day, by replaying the loan until then."""
    return DefaultNotice(
        as_of=as_of,
        person=person,
        answering=answering,
        guarantor=guarantor,
        liability=liability,
        lines=overdue_lines(loan, as_of),
        outstanding_principal=statement(loan, as_of).outstanding_principal,
    )
