"""The migrations build the tables that the program knows, and an older file is copied before it is changed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import IntegrityError

from mikrolaan.services.file_errors import FileDamaged, FileFromNewerVersion
from mikrolaan.storage import migrate, office_file
from mikrolaan.storage.tables import metadata
from tests.builders import a_borrower, a_loan
from tests.offices import PASSWORD
from tests.storage.samples import Kept, a_document, a_payment, a_reversal
from tests.storage.tampering import raw_database, reading, tamper

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


AS_OF_0010 = (
    """CREATE TABLE journal_entries_before (
        id CHAR(32) NOT NULL, loan_id CHAR(32) NOT NULL, position INTEGER NOT NULL, kind VARCHAR NOT NULL,
        "on" DATE NOT NULL, amount_minor BIGINT, currency VARCHAR, means VARCHAR, note TEXT DEFAULT '' NOT NULL,
        reverses CHAR(32), recorded_at DATETIME NOT NULL, recorded_by CHAR(32) NOT NULL, due_on DATE, details TEXT,
        CONSTRAINT pk_journal_entries PRIMARY KEY (id),
        CONSTRAINT uq_journal_entries_loan_id UNIQUE (loan_id, position),
        CONSTRAINT fk_journal_entries_loan_id FOREIGN KEY(loan_id) REFERENCES loans (id),
        CONSTRAINT fk_journal_entries_recorded_by FOREIGN KEY(recorded_by) REFERENCES officers (id),
        CONSTRAINT fk_journal_entries_reverses FOREIGN KEY(reverses) REFERENCES journal_entries (id))""",
    "INSERT INTO journal_entries_before SELECT * FROM journal_entries",
    "DROP TABLE journal_entries",
    "ALTER TABLE journal_entries_before RENAME TO journal_entries",
    "CREATE INDEX ix_journal_entries_recorded_at ON journal_entries (recorded_at)",
    "CREATE TABLE loan_rows_before AS SELECT * FROM loan_rows",
    "DROP TABLE loan_rows",
    "ALTER TABLE loan_rows_before RENAME TO loan_rows",
    "UPDATE alembic_version SET version_num = '0010'",
)


def with_a_life_behind_it(kept: Kept) -> UUID:
    """A loan with payments, one of them reversed, and a receipt that points to an entry."""
    loan = kept.add_paid_out_loan()
    wrong, right = a_payment(900, date(2026, 2, 15)), a_payment(1000, date(2026, 2, 16))
    for entry in (wrong, a_reversal(wrong.id, date(2026, 2, 16)), right):
        kept.save_entry(loan.id, entry)
    with kept.unit() as unit:
        unit.documents.add_receipt(replace(a_document(loan, b"%PDF-1.7 receipt"), number="R-00001"), right.id)
        unit.commit()
    return loan.id


def test_a_journal_kept_before_its_entries_lay_together_is_taken_over_whole(kept: Kept):
    loan_id = with_a_life_behind_it(kept)
    before = kept.loan(loan_id)
    kept.file.close()
    tamper(kept, *AS_OF_0010)

    kept.reopen()

    assert kept.loan(loan_id) == before
    assert kept.file.check() == []
    with reading(kept) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        (shape,) = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'journal_entries'").one()
        assert "WITHOUT ROWID" in shape
    kept.save_entry(loan_id, a_payment(700, date(2026, 3, 1)))
    assert kept.file.check() == []


def test_an_older_file_in_which_a_receipt_points_nowhere_stays_as_it_was(kept: Kept):
    with_a_life_behind_it(kept)
    kept.file.close()
    tamper(kept, *AS_OF_0010, "UPDATE receipts SET entry_id = '00000000000040008000000000000001'")

    with pytest.raises(FileDamaged):
        kept.reopen()

    with raw_database(kept) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0010",)
        assert raw.execute("PRAGMA foreign_keys").fetchone() == (1,)


@pytest.mark.parametrize(
    "reverses",
    ["reverses", "'00000000000040008000000000000002'"],
    ids=["the same entry again", "an entry that is not there"],
)
def test_an_older_file_with_a_reversal_that_cannot_be_is_told_as_damaged_and_stays_as_it_was(kept: Kept, reverses: str):
    with_a_life_behind_it(kept)
    kept.file.close()
    columns = 'loan_id, kind, "on", note, recorded_at, recorded_by'
    tamper(
        kept,
        *AS_OF_0010,
        f"INSERT INTO journal_entries (id, position, reverses, {columns}) "
        f"SELECT '00000000000040008000000000000001', 99, {reverses}, {columns} FROM journal_entries WHERE kind = 'reversal'",
    )

    with pytest.raises(FileDamaged):
        kept.reopen()

    with raw_database(kept) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0010",)


def test_after_an_upgrade_the_file_looks_again_where_rows_point(kept: Kept):
    kept.file.close()
    tamper(kept, *AS_OF_0010)
    kept.reopen()

    with pytest.raises(IntegrityError), kept.unit() as unit:
        unit.loans.add(a_loan(number=99, product_id=kept.founding.products[0].id))
        unit.commit()
