"""The migrations build the tables that the program knows, and an older file is copied before it is changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from mikrolaan.services.file_errors import FileFromNewerVersion
from mikrolaan.storage import migrate, office_file
from mikrolaan.storage.tables import metadata
from tests.builders import a_borrower
from tests.offices import PASSWORD
from tests.storage.samples import Kept
from tests.storage.tampering import reading

AFTER = f"{int(migrate.HEAD) + 1:04d}"
NEXT = f"""
import sqlalchemy as sa
from alembic import op

revision = "{AFTER}"
down_revision = "{migrate.HEAD}"


def upgrade():
    op.add_column("borrowers", sa.Column("nickname", sa.Text(), nullable=False, server_default="none"))
    {{then}}
"""


def test_the_migrations_build_exactly_the_tables_of_the_program(kept: Kept):
    with reading(kept) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_program_knows_every_migration_in_order():
    scripts = ScriptDirectory.from_config(migrate.configuration())

    assert [script.revision for script in scripts.walk_revisions()] == list(reversed(migrate.REVISIONS))
    assert scripts.get_current_head() == migrate.HEAD


def know_one_more(monkeypatch, folder: Path, then: str = "") -> None:
    """Let the program be one version further."""
    scripts = folder / "migrations"
    shutil.copytree(Path(migrate.__file__).parent / "migrations", scripts)
    (scripts / "versions" / f"{AFTER}_nickname.py").write_text(NEXT.format(then=then), encoding="utf-8")

    def configuration() -> Config:
        config = Config()
        config.set_main_option("script_location", str(scripts))
        config.set_main_option("path_separator", "os")
        return config

    monkeypatch.setattr(migrate, "configuration", configuration)
    known = (*migrate.REVISIONS, AFTER)
    for module in (migrate, office_file):
        monkeypatch.setattr(module, "REVISIONS", known)
        monkeypatch.setattr(module, "HEAD", AFTER)


def test_an_older_file_is_copied_and_brought_up_to_date(kept: Kept, tmp_path: Path, monkeypatch):
    kept.add_borrowers(a_borrower())
    kept.file.close()
    know_one_more(monkeypatch, tmp_path)
    kept.reopen()

    assert kept.file.queries.count_borrowers() == 1
    with reading(kept) as connection:
        assert connection.exec_driver_sql("SELECT nickname FROM borrowers").scalar_one() == "none"
    (copy,) = tmp_path.glob("office-before-upgrade-2026-*.mikrolaan")
    monkeypatch.undo()
    opened = kept.store.open(copy, PASSWORD)
    assert opened.queries.count_borrowers() == 1
    opened.close()
    kept.file.close()
    with pytest.raises(FileFromNewerVersion):
        kept.store.open(kept.path, PASSWORD)


def test_a_migration_that_fails_leaves_the_file_as_it_was(kept: Kept, tmp_path: Path, monkeypatch):
    kept.add_borrowers(a_borrower())
    kept.file.close()
    with monkeypatch.context() as patch:
        know_one_more(patch, tmp_path, then="raise ZeroDivisionError")
        with pytest.raises(ZeroDivisionError):
            kept.store.open(kept.path, PASSWORD)

    kept.reopen()
    assert kept.file.queries.count_borrowers() == 1
    assert kept.file.check() == []
