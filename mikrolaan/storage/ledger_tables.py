"""The tables of the lending ledger."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text, Uuid

from mikrolaan.storage.tables import metadata
from mikrolaan.storage.types import UtcTime

ledger_accounts = Table(
    "ledger_accounts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("role", String, nullable=False, unique=True),
    Column("number", String, nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False),
)

ledger_closings = Table(
    "ledger_closings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("until", Date, nullable=False, unique=True),
    Column("closed_at", UtcTime, nullable=False),
    Column("closed_by", Uuid, ForeignKey("officers.id"), nullable=False),
    Column("balances", Text, nullable=False, server_default=""),  # canonical JSON: minor units by role, debit positive
    Column("version", Integer, nullable=False),
)
