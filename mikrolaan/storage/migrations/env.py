"""Alembic's entrance: runs the migrations on the connection that the program hands over."""

from __future__ import annotations

from alembic import context

from mikrolaan.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite can undo a change of tables; the caller's transaction holds it
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
