"""What a refusal of the disk or of its system means to the officer: the error that the program foresaw for it."""

from __future__ import annotations

import errno
from pathlib import Path

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.services.file_errors import DiskFull, FileMissing, FileReadOnly

_FULL_ERRNO = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def told_by_system(error: OSError, path: Path) -> MikrolaanError | None:
    """The foreseen error, about the office file at `path`; None when it is none: a bug."""
    if error.errno in _FULL_ERRNO:
        return DiskFull(path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return FileReadOnly(path)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return FileMissing(path)
    return None
