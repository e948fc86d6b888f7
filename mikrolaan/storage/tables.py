"""The tables of the office file; a change here needs a migration beside it."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    false,
)

from mikrolaan.storage.types import UtcTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False)


office = Table(
    "office",
    metadata,
    Column("id", Uuid, primary_key=True),
    _text("name"),
    Column("country", String, nullable=False),
    _text("organisation_number"),
    _text("street"),
    _text("postal_code"),
    _text("city"),
    _text("account_number"),
    _text("phone"),
    _text("email"),
    Column("logo", LargeBinary),
    Column("auto_lock_minutes", Integer, nullable=False),
    Column("group_members_least", Integer, nullable=False),
    Column("group_members_most", Integer, nullable=False),
    Column("reference_kind", String),  # how payment references are built; none of it set: as usual in the country
    Column("reference_check", String),
    Column("reference_length", Integer),
    Column("reference_prefix", String),
    Column("reference_has_length_digit", Boolean),
    Column("reference_creditor", String),
    _version(),
)

officers = Table(
    "officers",
    metadata,
    Column("id", Uuid, primary_key=True),
    _text("name"),
    _text("roles"),  # values joined by commas, in alphabetical order
    _version(),
)

counters = Table(
    "counters",
    metadata,
    Column("series", String, primary_key=True),
    Column("last", Integer, nullable=False),  # the last number given; numbers never come back
)

borrowers = Table(
    "borrowers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    _text("given_names"),
    _text("family_name"),
    Column("identity_country", String),
    Column("identity_kind", String),
    Column("identity_digits", String, unique=True),  # an identity number belongs to one borrower only
    Column("identity_synthetic", Boolean),
    Column("identity_birth_date", Date),
    Column("birth_date", Date),  # as given; the one to search by is born_on
    _text("street"),
    _text("postal_code"),
    _text("city"),
    _text("phone"),
    _text("email"),
    _text("paper_language"),
    Column("interpreter_needed", Boolean, nullable=False),
    Column("enterprise_name", Text),
    Column("enterprise_legal_form", String),
    _text("enterprise_organisation_number"),
    _text("enterprise_industry"),
    Column("enterprise_started_on", Date),
    Column("registered_on", Date, nullable=False),
    # Made from the columns above for searching and sorting.
    Column("born_on", Date),
    _text("phone_digits"),
    _text("name_folded"),
    _text("search_text"),
    _text("name_sort"),
    _text("enterprise_sort"),
    _text("city_sort"),
    _version(),
)
Index("ix_borrowers_name_sort", borrowers.c.name_sort, borrowers.c.number, borrowers.c.search_text)
Index("ix_borrowers_born_on", borrowers.c.born_on)
Index("ix_borrowers_phone_digits", borrowers.c.phone_digits)
Index("ix_borrowers_name_folded", borrowers.c.name_folded)

budgets = Table(
    "budgets",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("borrower_id", Uuid, ForeignKey("borrowers.id"), nullable=False, unique=True),
    Column("currency", String, nullable=False),
    Column("drawn_up_on", Date, nullable=False),
    _text("notes"),
    _version(),
)

budget_lines = Table(
    "budget_lines",
    metadata,
    Column("budget_id", Uuid, ForeignKey("budgets.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("part", String, nullable=False),
    _text("name"),
    Column("amount_minor", BigInteger, nullable=False),
    Column("per", String, nullable=False),  # a month or a year
    Column("remaining_minor", BigInteger),  # of a debt, where it is known
    sqlite_with_rowid=False,  # found by budget and position only
)

groups = Table(
    "groups",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    _text("name"),
    Column("formed_on", Date, nullable=False),
    Column("liability_form", String, nullable=False),
    _text("search_text"),
    _text("name_sort"),
    _version(),
)

memberships = Table(
    "memberships",
    metadata,
    Column("group_id", Uuid, ForeignKey("groups.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("borrower_id", Uuid, ForeignKey("borrowers.id"), nullable=False, index=True),
    Column("role", String, nullable=False),
    Column("joined_on", Date, nullable=False),
    Column("left_on", Date),
    sqlite_with_rowid=False,  # found by group and position only: the key is the row's place
)

products = Table(
    "products",
    metadata,
    Column("id", Uuid, primary_key=True),  # of this version
    Column("product_id", Uuid, nullable=False, index=True),  # the same for every version
    Column("number", Integer, nullable=False),  # of the version
    Column("position", Integer, nullable=False),  # of the product among those of the office
    _text("name"),
    _text("description"),
    Column("currency", String, nullable=False),
    *(
        Column(f"{choice}_{bound}", String, nullable=False)  # exact decimals as text
        for choice in ("amount", "rate_percent", "instalments", "interest_only", "payment_free")
        for bound in ("least", "most", "usual")
    ),
    Column("payment_free_interest", String, nullable=False),
    Column("every", Integer, nullable=False),
    Column("unit", String, nullable=False),
    Column("repayment", String, nullable=False),
    _text("repayments_allowed"),  # values joined by commas, in alphabetical order
    Column("interest_method", String, nullable=False),
    Column("day_count", String, nullable=False),
    Column("rounding", String, nullable=False),
    Column("business_day_rule", String, nullable=False),
    Column("calendar", String),
    Column("instalment_multiple_minor", BigInteger, nullable=False),
    Column("establishment_fee_minor", BigInteger, nullable=False),
    Column("establishment_fee_percent", String, nullable=False),
    Column("establishment_fee_paid", String, nullable=False),
    Column("instalment_fee_minor", BigInteger, nullable=False),
    Column("interest_rule", String, nullable=False, server_default="by-plan"),
    Column("allocation", Text, nullable=False, server_default="fees,late-interest,interest,principal"),  # in order
    Column("early_repayment", String, nullable=False, server_default="shorten"),
    Column("late_interest", String, nullable=False, server_default="statutory"),
    Column("late_interest_percent", String),  # of an agreed one
    Column("late_interest_base", String, nullable=False, server_default="principal-and-interest"),
    Column("reminder_fees", Boolean, nullable=False, server_default="1"),
    Column("rate_notice_months", Integer, nullable=False, server_default="2"),
    Column("is_offered", Boolean, nullable=False),
    _version(),
)

law_rates = Table(  # of late interest, over those that ship with the program
    "law_rates",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("percent", String, nullable=False),  # exact decimal as text
    _text("source"),
    Column("is_withdrawn", Boolean, nullable=False),
    _version(),
)

law_fees = Table(  # for letters about overdue claims, over those that ship with the program
    "law_fees",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("letter", String, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date),  # none: until further notice
    Column("amount", String, nullable=False),  # exact decimal as text, in the office's currency
    Column("waiting_days", Integer, nullable=False),
    Column("apart_days", Integer, nullable=False),
    Column("most", Integer),
    Column("most_so_far", Integer),
    Column("restart_months", Integer),
    _text("source"),
    Column("is_withdrawn", Boolean, nullable=False),
    _version(),
)

loans = Table(
    "loans",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("borrower_id", Uuid, ForeignKey("borrowers.id"), nullable=False, index=True),
    Column("product_id", Uuid, ForeignKey("products.id"), nullable=False),
    Column("group_id", Uuid, ForeignKey("groups.id"), index=True),
    Column("terms", Text, nullable=False),  # canonical JSON
    Column("principal_minor", BigInteger, nullable=False),
    Column("currency", String, nullable=False),
    Column("applied_on", Date, nullable=False),
    _text("purpose"),
    Column("group_view_on", Date),
    Column("group_view_supports", Boolean),
    _text("group_view_note"),
    Column("decided_on", Date),
    Column("decision_outcome", String),
    Column("decided_by", Uuid, ForeignKey("officers.id")),
    _text("decision_note"),
    Column("contract_document_id", Uuid),  # no foreign key: documents point to loans, and a circle cannot be built
    Column("contract_issued_on", Date),
    Column("signed_on", Date),
    Column("withdrawn_on", Date),
    _text("withdrawal_reason"),
    Column("payment_reference", String, unique=True, index=True),
    Column("payment_reference_kind", String),
    _version(),
)

journal_entries = Table(
    "journal_entries",
    metadata,
    Column("id", Uuid, nullable=False, unique=True),
    Column("loan_id", Uuid, ForeignKey("loans.id"), primary_key=True),
    Column("position", Integer, primary_key=True),  # the order of typing
    Column("kind", String, nullable=False),
    Column("on", Date, nullable=False),
    Column("amount_minor", BigInteger),
    Column("currency", String),
    Column("means", String),
    Column("note", Text, nullable=False, server_default=""),  # of a reversal its reason
    Column("reverses", Uuid, ForeignKey("journal_entries.id")),
    Column("recorded_at", UtcTime, nullable=False, index=True),
    Column("recorded_by", Uuid, ForeignKey("officers.id"), nullable=False),
    Column("due_on", Date),  # of a fee
    Column("details", Text),  # canonical JSON: what one kind of entry says beyond the others
    sqlite_with_rowid=False,  # the entries of a loan lie together: it is read and written as a whole
)
Index(
    "ix_journal_entries_reverses",
    journal_entries.c.reverses,
    unique=True,
    sqlite_where=journal_entries.c.reverses.is_not(None),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("loan_id", Uuid, ForeignKey("loans.id"), nullable=False, index=True),
    Column("borrower_id", Uuid, ForeignKey("borrowers.id"), nullable=False, index=True),
    Column("language", String, nullable=False),
    Column("text_version", String, nullable=False),
    Column("issued_at", UtcTime, nullable=False),
    Column("issued_by", Uuid, ForeignKey("officers.id"), nullable=False),
    Column("sha256_hex", String, nullable=False),
    Column("content", LargeBinary, nullable=False),  # last, so that lists need not read past it
)

receipts = Table(
    "receipts",
    metadata,
    Column("entry_id", Uuid, ForeignKey("journal_entries.id"), primary_key=True),  # the payment; it has one receipt
    Column("document_id", Uuid, ForeignKey("documents.id"), nullable=False, unique=True),
)

dunning_steps = Table(
    "dunning_steps",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("days", Integer, nullable=False),
    Column("counted_from", String, nullable=False),
    Column("deadline_days", Integer, nullable=False),
    Column("has_fee", Boolean, nullable=False),
)

dunning_amounts = Table(  # one row, or none where the usual amount holds
    "dunning_amounts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("letters_from_minor", BigInteger, nullable=False),
)

contacts = Table(
    "contacts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("loan_id", Uuid, ForeignKey("loans.id"), nullable=False, index=True),
    Column("on", Date, nullable=False),
    Column("contact_kind", String, nullable=False),
    _text("who"),
    _text("note"),
    Column("recorded_at", UtcTime, nullable=False),
    Column("recorded_by", Uuid, ForeignKey("officers.id"), nullable=False),
)

promises = Table(
    "promises",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("loan_id", Uuid, ForeignKey("loans.id"), nullable=False, index=True),
    Column("made_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", String, nullable=False),
    _text("note"),
    Column("taken_back_on", Date),
    Column("recorded_at", UtcTime, nullable=False),
    Column("recorded_by", Uuid, ForeignKey("officers.id"), nullable=False),
    _version(),
)

steps_taken = Table(
    "steps_taken",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("loan_id", Uuid, ForeignKey("loans.id"), nullable=False, index=True),
    Column("step_kind", String, nullable=False),
    Column("on", Date, nullable=False),
    Column("deadline", Date),
    Column("document_id", Uuid, ForeignKey("documents.id")),
    Column("fee_entry_id", Uuid, ForeignKey("journal_entries.id")),
    _text("note"),
    Column("recorded_at", UtcTime, nullable=False),
    Column("recorded_by", Uuid, ForeignKey("officers.id"), nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("officer_id", Uuid, ForeignKey("officers.id"), nullable=False),
    Column("act", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("record_id", Uuid, nullable=False, index=True),
    Column("before", Text),
    Column("after", Text),
    Column("previous_hash", String, nullable=False),
    Column("hash", String, nullable=False),
)

bank_imports = Table(
    "bank_imports",
    metadata,
    Column("id", Uuid, primary_key=True),
    _text("file_name"),
    Column("sha256", String, nullable=False, index=True),
    Column("format", String, nullable=False),
    Column("read_at", UtcTime, nullable=False, index=True),
    Column("read_by", Uuid, ForeignKey("officers.id"), nullable=False),
    Column("lines", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("currency", String, nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("accepted_minor", BigInteger, nullable=False),
    Column("reversed_at", UtcTime),
    Column("reversed_by", Uuid, ForeignKey("officers.id")),
    _text("reversal_reason"),
    _version(),
)

bank_import_lines = Table(
    "bank_import_lines",
    metadata,
    Column("import_id", Uuid, ForeignKey("bank_imports.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("line", Integer, nullable=False),  # of the file
    Column("identity", String, nullable=False),
    Column("claim", String, unique=True),  # the identity while the line is a payment; so no line is paid in twice
    Column("amount_minor", BigInteger),
    Column("currency", String),
    Column("booked_on", Date, nullable=False),
    _text("payer_mark"),  # a hash of the account that paid
    Column("loan_id", Uuid, ForeignKey("loans.id")),
    Column("entry_id", Uuid, ForeignKey("journal_entries.id"), unique=True),
)

bank_guides = Table(
    "bank_guides",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("key", String, nullable=False, unique=True),  # a hash of the headings
    _text("guide"),  # canonical JSON
    _version(),
)

# Projections: derived from loans and journals in the same transaction, never from today's date.

loan_rows = Table(
    "loan_rows",
    metadata,
    Column("loan_id", Uuid, ForeignKey("loans.id"), primary_key=True),
    Column("step", String, nullable=False, index=True),
    Column("step_order", Integer, nullable=False),
    Column("outstanding_minor", BigInteger, nullable=False),  # after the last entry
    Column("next_due_on", Date),  # of the first instalment with anything left
    Column("grows_until", Date),  # until then interest still joins the principal on due dates
    Column("paid_out_on", Date),  # the first payout
    Column("last_entry_on", Date),  # from that day on the rows hold
    Column("overdue_from", Date, index=True),  # overdue on every later day, while nothing more happens
    Column("is_restructured", Boolean, nullable=False, server_default=false()),
    Column("follows_plan_until", Date),  # before that day the loan follows from its rows
    sqlite_with_rowid=False,
)

instalment_rows = Table(
    "instalment_rows",
    metadata,
    Column("loan_id", Uuid, ForeignKey("loans.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("begins_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("principal_minor", BigInteger, nullable=False),
    Column("interest_minor", BigInteger, nullable=False),
    Column("fees_minor", BigInteger, nullable=False),
    Column("paid_late_minor", BigInteger, nullable=False),  # late interest; what is left of the rest: `due_rows`
    Column("capitalised_minor", BigInteger, nullable=False),  # joins the principal when it falls due
    sqlite_with_rowid=False,
)

due_rows = Table(
    "due_rows",
    metadata,
    Column("loan_id", Uuid, ForeignKey("loans.id"), primary_key=True),
    Column("due_on", Date, primary_key=True),
    Column("left_minor", BigInteger, nullable=False),  # once that day has come; late interest left out
    Column("principal_minor", BigInteger, nullable=False),  # of it
    Column("interest_minor", BigInteger, nullable=False),  # of it
    sqlite_with_rowid=False,
)
