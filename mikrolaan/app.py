"""The one place where everything is put together: office file, services, paper and windows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from mikrolaan.domain.document import DocumentKind
from mikrolaan.services.documents import LoanPaper, Printed
from mikrolaan.services.office import Founding
from mikrolaan.services.session import OfficeFiles, Session


def today() -> date:
    """The day on this machine's calendar."""
    return date.today()


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


def office_files() -> OfficeFiles:
    """The store of encrypted office files, with this machine's clock and the full cost of passwords."""
    from mikrolaan.storage.office_file import OfficeFileStore

    return OfficeFileStore(today=today, now=now)


def print_paper(kind: DocumentKind, paper: LoanPaper) -> Printed:
    """Print a document; the printing press is loaded when the first page is asked for."""
    from mikrolaan.documents import press

    return press.print_paper(kind, paper)


def create(files: OfficeFiles, path: Path, founding: Founding, password: str) -> tuple[Session, str]:
    """A new office file and the session of its first officer, with the recovery key."""
    file, recovery_key = files.create(path, founding, password)
    return Session(file, print_paper), recovery_key


def unlock(files: OfficeFiles, path: Path, password: str, officer_name: str = "") -> Session:
    """The session of the officer whose password it is."""
    return Session(files.open(path, password, officer_name), print_paper)


def recover(files: OfficeFiles, path: Path, recovery_key: str, new_password: str) -> Session:
    """The session of the administrator who has the printed recovery key, with a new password."""
    return Session(files.recover(path, recovery_key, new_password), print_paper)
