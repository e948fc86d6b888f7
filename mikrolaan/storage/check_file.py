"""The check of an office file from outside, as `mikrolaan check` runs it."""

from __future__ import annotations

from pathlib import Path

from mikrolaan.services.file_errors import FileDamaged
from mikrolaan.storage.check import Finding, Proof
from mikrolaan.storage.office_file import OfficeFileStore


def check_file(
    path: Path, password: str, officer_name: str = "", store: OfficeFileStore | None = None
) -> list[Finding]:
    """Everything that is wrong with the file; empty when it is whole.

    The file is opened as an officer opens it, so a sign-in is written to its audit trail. Raises
    what opening raises (WrongPassword, FileInUse …), except that a file too damaged to open is a finding.
    """
    try:
        file = (store or OfficeFileStore()).open(path, password, officer_name)
    except FileDamaged:
        return [Finding(Proof.PAGES, path.name)]
    try:
        return file.check()
    finally:
        file.close()
