"""The office file as the windows see it: create, open, recover, and work in it while it is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from mikrolaan.domain.long_work import Progress, no_progress
from mikrolaan.domain.office import Officer
from mikrolaan.services.arrears import ArrearsService
from mikrolaan.services.bank_import import BankImportService
from mikrolaan.services.borrowers import BorrowerService
from mikrolaan.services.budgets import BudgetService
from mikrolaan.services.default_notices import NoticeService
from mikrolaan.services.desk import Desk
from mikrolaan.services.documents import DocumentService, Print
from mikrolaan.services.groups import GroupService
from mikrolaan.services.guarantors import GuarantorService
from mikrolaan.services.law_tables import LawTableService
from mikrolaan.services.ledger import LedgerService
from mikrolaan.services.letters import LetterService
from mikrolaan.services.loan_life import LoanLifeService
from mikrolaan.services.loans import LoanService
from mikrolaan.services.office import Founding, OfficeService
from mikrolaan.services.payments import PaymentService
from mikrolaan.services.portfolio import PortfolioService
from mikrolaan.services.products import ProductService
from mikrolaan.services.queries import Queries
from mikrolaan.services.taking_payments import TakingService


class OpenFile(Protocol):
    """An unlocked office file: storage for one signed-in officer."""

    path: Path
    officer: Officer
    queries: Queries

    def desk(self) -> Desk:
        """Storage, clock and officer, for the services."""
        ...

    def change_password(self, old: str, new: str) -> None:
        """Give the signed-in officer another password; WrongPassword when `old` is not the present one."""
        ...

    def back_up(self, folder: Path) -> Path:
        """Write an encrypted, dated copy (with its keys) and return where it lies."""
        ...

    def close(self) -> None:
        """Finish writing, let go of the file and forget the key."""
        ...


class OfficeFiles(Protocol):
    """Makes and unlocks office files."""

    def create(self, path: Path, founding: Founding, password: str) -> tuple[OpenFile, str]:
        """A new encrypted file and its recovery key; FileExists, FileReadOnly or DiskFull leave nothing behind."""
        ...

    def open(self, path: Path, password: str, officer_name: str = "", progress: Progress = no_progress) -> OpenFile:
        """Unlock; raises WrongPassword or one of the OfficeFileErrors. The name is needed among several officers.

        `progress` is told how many loans are done where an older file is brought up to date.
        """
        ...

    def recover(self, path: Path, recovery_key: str, new_password: str) -> OpenFile:
        """Unlock with the printed key and give the administrator a new password."""
        ...

    def officers(self, path: Path) -> int:
        """How many officers can sign in to the file."""
        ...

    def wait_seconds(self, path: Path) -> float:
        """How long the next try with a password must wait after wrong ones; 0 when it need not."""
        ...


class Session:
    """One officer at work in one open file: every service in one place."""

    def __init__(self, file: OpenFile, print_paper: Print, on_close: Callable[[], None] | None = None) -> None:
        desk = file.desk()
        self.file = file
        self.officer = file.officer
        self.queries = file.queries
        self.today = desk.today
        self.office = OfficeService(desk)
        self.borrowers = BorrowerService(desk)
        self.budgets = BudgetService(desk)
        self.groups = GroupService(desk)
        self.products = ProductService(desk)
        self.law = LawTableService(desk)
        self.loans = LoanService(desk)
        self.guarantors = GuarantorService(desk)
        self.payments = PaymentService(desk)
        self.taking = TakingService(desk)
        self.life = LoanLifeService(desk)
        self.bank_imports = BankImportService(desk)
        self.documents = DocumentService(desk, print_paper)
        self.ledger = LedgerService(desk)
        self.arrears = ArrearsService(desk)
        self.notices = NoticeService(desk, print_paper)
        self.letters = LetterService(desk, self.arrears, self.notices, print_paper)
        self.portfolio = PortfolioService(desk)
        self._on_close = on_close

    def close(self) -> None:
        """Lock the file; the session is over."""
        self.file.close()
        if self._on_close is not None:
            self._on_close()
