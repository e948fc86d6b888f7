"""What hinders the opening of an office file: each its own error, so that each has its own sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mikrolaan.domain.errors import OfficeFileError, RuleError


@dataclass(eq=False)
class WrongPassword(RuleError):
    """No officer's password; the next try is heard after `wait_seconds`."""

    wait_seconds: float
    field: str = "password"


@dataclass(eq=False)
class WrongRecoveryKey(RuleError):
    """The recovery key is not this file's, or was mistyped."""

    mistyped: bool  # its own check characters do not fit
    field: str = "recovery_key"


@dataclass(eq=False)
class FileInUse(OfficeFileError):
    """Another window or machine has the file open."""

    path: Path


@dataclass(eq=False)
class FileFromNewerVersion(OfficeFileError):
    """The file was last written by a newer version of the program."""

    path: Path


@dataclass(eq=False)
class FileDamaged(OfficeFileError):
    """The file cannot be read: cut off, overwritten or not an office file."""

    path: Path


@dataclass(eq=False)
class FileMissing(OfficeFileError):
    """There is no office file there, or the key file beside it is gone (`keys` True)."""

    path: Path
    keys: bool = False


@dataclass(eq=False)
class FileExists(OfficeFileError):
    """There is a file of that name already; nothing is overwritten."""

    path: Path


@dataclass(eq=False)
class FileReadOnly(OfficeFileError):
    """The file or its folder may not be written to."""

    path: Path


@dataclass(eq=False)
class DiskFull(OfficeFileError):
    """There is no room on the disk; what was saved before is safe."""

    path: Path
