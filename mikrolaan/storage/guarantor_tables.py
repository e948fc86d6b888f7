"""The tables of guarantors and of the notices given to those who answer for a loan."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Integer, String, Table, Text, Uuid

from mikrolaan.storage.tables import metadata
from mikrolaan.storage.types import UtcTime

guarantors = Table(
    "guarantors",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("loan_id", Uuid, ForeignKey("loans.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),  # on the loan's list, in the order of adding
    Column("as_borrower_id", Uuid, ForeignKey("borrowers.id"), index=True),  # a case of the office, or a person:
    Column("given_names", Text),
    Column("family_name", Text),
    Column("identity_country", String),
    Column("identity_kind", String),
    Column("identity_digits", String),  # the same person may guarantee several loans
    Column("identity_synthetic", Boolean),
    Column("identity_birth_date", Date),
    Column("birth_date", Date),
    Column("street", Text),
    Column("postal_code", Text),
    Column("city", Text),
    Column("phone", Text),
    Column("email", Text),
    Column("paper_language", Text),
    Column("interpreter_needed", Boolean),
    Column("relation", Text, nullable=False, server_default=""),
    Column("guarantee_kind", String, nullable=False),
    Column("at_most_minor", BigInteger, nullable=False),
    Column("currency", String, nullable=False),
    Column("on_top", Boolean, nullable=False),  # interest and costs, on top of the amount
    Column("is_consumer", Boolean, nullable=False),
    Column("until", Date),
    Column("paper_document_id", Uuid, ForeignKey("documents.id")),
    Column("paper_on", Date),
    Column("signed_on", Date),
    Column("expires_on", Date),
    Column("released_on", Date),
    Column("release_reason", Text, nullable=False, server_default=""),
    Column("release_taken_back_on", Date),
    Column("release_taken_back_reason", Text, nullable=False, server_default=""),
    Column("is_removed", Boolean, nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
    Column("recorded_by", Uuid, ForeignKey("officers.id"), nullable=False),
    Column("version", Integer, nullable=False),
)

guarantor_notices = Table(
    "guarantor_notices",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("loan_id", Uuid, ForeignKey("loans.id"), nullable=False, index=True),
    Column("on", Date, nullable=False),
    Column("who", Text, nullable=False, server_default=""),
    Column("guarantor_id", Uuid, ForeignKey("guarantors.id")),  # the guarantor, or the member of the group:
    Column("member_id", Uuid, ForeignKey("borrowers.id")),
    Column("document_id", Uuid, ForeignKey("documents.id")),
    Column("recorded_at", UtcTime, nullable=False),
    Column("recorded_by", Uuid, ForeignKey("officers.id"), nullable=False),
)
