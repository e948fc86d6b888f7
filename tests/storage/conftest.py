"""What tests of storage stand on: a real encrypted file in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tests.storage.list_rows import empty_rows
from tests.storage.samples import Kept


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path / "office.mikrolaan")
    yield made
    made.file.close()


@pytest.fixture
def rows() -> Iterator[Connection]:
    """The tables of the rows for lists, empty."""
    connection = empty_rows()
    yield connection
    connection.close()
    connection.engine.dispose()
