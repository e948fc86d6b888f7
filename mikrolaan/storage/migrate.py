"""Brings the tables of an office file to the shape this program knows; Alembic is loaded only when there is work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text

from mikrolaan.domain.long_work import Progress, no_progress
from mikrolaan.storage.database import begun_to_write, without_references

if TYPE_CHECKING:
    from alembic.config import Config

REVISIONS = tuple(f"{number:04}" for number in range(1, 13))  # every revision this program knows, in order
HEAD = REVISIONS[-1]


def revision_of(engine: Engine) -> str | None:
    """The revision the file was last written with; None when it has no tables of ours."""
    with engine.connect() as connection:
        known = text("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'")
        if connection.execute(known).first() is None:
            return None
        row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
        return None if row is None else str(row[0])


def upgrade(engine: Engine, to: str = "head", progress: Progress = no_progress) -> None:
    """Run the migrations that the file lacks and make the rows for lists anew, all in one transaction.

    A table to which others point can be made anew only while nobody looks where they point; FileDamaged where one of them points
    nowhere afterwards, and the file stays as it was.
    """
    with engine.connect() as connection, without_references(connection) as prove, begun_to_write(connection):
        upgrade_within(connection, to)
        if to == "head":
            from mikrolaan.storage.loans import project_all

            project_all(connection, progress)
        prove()


def upgrade_within(connection: Connection, to: str) -> None:
    """Run the missing migrations inside a transaction that is under way."""
    from alembic import command

    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def configuration() -> Config:
    """Alembic's configuration: where the scripts lie, from source and in a built program alike."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
