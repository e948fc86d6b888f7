"""An office file of its own for tests of storage, below the services, and invented records of every kind."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from mikrolaan.domain.audit import Act
from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.document import Document, DocumentKind
from mikrolaan.domain.journal import Entry, Journal, Payment, PaymentMeans, Payout, Recorded, Reversal
from mikrolaan.domain.loan import ContractIssued, Decision, Loan, Outcome
from mikrolaan.domain.office import Officer, Role
from mikrolaan.domain.unit_of_work import UnitOfWork
from mikrolaan.services.office import Founding
from mikrolaan.services.queries import Order, Slice
from mikrolaan.storage.loans import SqlLoans
from mikrolaan.storage.loans_at_hand import LoansAtHand
from mikrolaan.storage.office_file import OfficeFileStore
from mikrolaan.storage.open_file import OpenOfficeFile
from mikrolaan.storage.rules_in_force import RulesInForce
from mikrolaan.storage.unit import SqlUnit
from tests.builders import APPLIED_ON, OFFICER, PAID_OUT_ON, a_borrower, a_loan, a_product, an_office, nok, terms
from tests.offices import CHEAP, PASSWORD, Clock

AT = datetime(2026, 1, 15, 9, 30, 12, 345678, tzinfo=UTC)
ALL = Slice(0, 1000)
ANY = Order()


def a_founding() -> Founding:
    officer = Officer(OFFICER, "Ingrid Tangen", frozenset({Role.ADMINISTRATOR, Role.ADVISER}))
    return Founding(an_office(), officer, (a_product(),))


@dataclass
class Kept:
    """An open office file with the clock it follows and the store that opens it again."""

    path: Path
    clock: Clock = field(default_factory=Clock)
    founding: Founding = field(default_factory=a_founding)

    def __post_init__(self) -> None:
        self.store = OfficeFileStore(today=self.clock.today, now=self.clock.now, cost=CHEAP)
        self.file, self.recovery_key = self.store.create(self.path, self.founding, PASSWORD)

    def reopen(self) -> OpenOfficeFile:
        self.file.close()
        self.file = self.store.open(self.path, PASSWORD)
        return self.file

    def unit(self, act: Act | None = Act.EXAMPLE_MADE) -> UnitOfWork:
        return self.file.unit(act)

    def add_borrowers(self, *borrowers: Borrower) -> None:
        with self.unit() as unit:
            for borrower in borrowers:
                unit.borrowers.add(borrower)
            unit.commit()

    def add_loan(self, **changes: Any) -> Loan:
        """An application on a borrower of its own and the office's product; as it stands in the file."""
        product = self.founding.products[0]
        with self.unit() as unit:
            borrower = a_borrower(unit.borrowers.next_number())
            unit.borrowers.add(borrower)
            changes = {"number": unit.loans.next_number(), "borrower_id": borrower.id, **changes}
            loan = a_loan(product_id=product.id, **changes)
            unit.loans.add(loan)
            unit.commit()
        return self.loan(loan.id)

    def add_paid_out_loan(self, **changes: Any) -> Loan:
        """A loan with its contract kept and its money paid out."""
        loan = self.add_loan(**changes)
        document = a_document(loan)
        with self.unit() as unit:
            loan = loan.with_decision(Decision(APPLIED_ON, Outcome.APPROVED, OFFICER, "on the usual terms"))
            loan = loan.with_contract(ContractIssued(document.id, APPLIED_ON)).with_signature(APPLIED_ON)
            unit.loans.save(loan)
            unit.documents.add(document)
            unit.commit()
        return self.save_entry(loan.id, a_payout(loan))

    def save_entry(self, loan_id: UUID, entry: Entry) -> Loan:
        with self.unit() as unit:
            unit.loans.save(unit.loans.get(loan_id).with_entry(entry))
            unit.commit()
        return self.loan(loan_id)

    def loan(self, loan_id: UUID) -> Loan:
        """The loan as an officer gets it, which is the loan that the file holds at that moment."""
        with self.unit(None) as unit:
            loan = unit.loans.get(loan_id)
            assert loan == read_anew(unit, loan_id)
        return loan

    def read_anew(self, loan_id: UUID) -> Loan:
        """The loan from the file, whatever is at hand of it."""
        with self.unit(None) as unit:
            return read_anew(unit, loan_id)

    def borrower(self, borrower_id: UUID) -> Borrower:
        with self.unit(None) as unit:
            return unit.borrowers.get(borrower_id)


def read_anew(unit: UnitOfWork, loan_id: UUID) -> Loan:
    assert isinstance(unit, SqlUnit)
    return SqlLoans(unit._work, RulesInForce(unit._connection), LoansAtHand()).get(loan_id)


def recorded() -> Recorded:
    return Recorded(AT, OFFICER)


def a_payout(loan: Loan) -> Payout:
    return Payout(uuid4(), PAID_OUT_ON, loan.plan().paid_out, recorded())


def a_payment(amount: int | str, on: date) -> Payment:
    return Payment(uuid4(), on, nok(amount), recorded(), PaymentMeans.CASH, "at the counter")


def a_reversal(of: UUID, on: date) -> Reversal:
    return Reversal(uuid4(), on, of, "typed on\nthe wrong loan", recorded())


def a_document(loan: Loan, content: bytes = b"%PDF-1.7 pages") -> Document:
    return Document(
        id=uuid4(),
        number=f"K-{loan.number:05d}-00001",
        kind=DocumentKind.LOAN_CONTRACT,
        loan_id=loan.id,
        borrower_id=loan.borrower_id,
        language="nb",
        text_version="2026-1",
        issued_at=AT,
        issued_by=OFFICER,
        content=content,
    )


def with_journal(loan: Loan, *entries: Entry) -> Loan:
    return replace(loan, journal=Journal(entries))


def dear_terms(**changes: Any) -> Any:
    """24 months with interest and fees."""
    return terms(
        principal=nok(50_000),
        annual_rate_percent=Decimal("7.25"),
        instalments=24,
        establishment_fee_minor=500_00,
        instalment_fee_minor=35_00,
        **changes,
    )


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
