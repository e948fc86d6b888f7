"""The words for the fields of a record, in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Callable

from mikrolaan.i18n import _

# Identities and what other fields tell already.
HIDDEN = frozenset(
    {
        "id",
        "version",
        "currency",
        "borrower_id",
        "product_id",
        "loan_id",
        "document_id",
        "fee_entry_id",
        "recorded_by",
        "recorded_at",
        "issued_by",
        "decided_by",
        "contract_document_id",
        "identity_country",
        "identity_synthetic",
        "identity_birth_date",
        "principal_minor",
        "sha256_hex",
        "payment_reference_kind",
        "content",
        "issued_at",
        "logo",
        "unit",
        "rounding",
    }
)

_WORDS: dict[str, Callable[[], str]] = {
    "number": lambda: _("Number"),
    "name": lambda: _("Name"),
    "given_names": lambda: _("Given names"),
    "family_name": lambda: _("Family name"),
    "identity_digits": lambda: _("Identity number"),
    "identity_kind": lambda: _("Kind of number"),
    "birth_date": lambda: _("Birth date"),
    "street": lambda: _("Address"),
    "postal_code": lambda: _("Postal code"),
    "city": lambda: _("Place"),
    "phone": lambda: _("Phone"),
    "email": lambda: _("E-mail"),
    "paper_language": lambda: _("Language for paper"),
    "interpreter_needed": lambda: _("Interpreter needed"),
    "enterprise_name": lambda: _("Enterprise"),
    "enterprise_legal_form": lambda: _("Legal form"),
    "enterprise_organisation_number": lambda: _("Organisation number"),
    "enterprise_industry": lambda: _("Industry"),
    "enterprise_started_on": lambda: _("Started on"),
    "registered_on": lambda: _("Registered"),
    "formed_on": lambda: _("Formed on"),
    "members": lambda: _("Members"),
    "liability_form": lambda: _("What members owe for each other"),
    "applied_on": lambda: _("Applied on"),
    "purpose": lambda: _("Purpose"),
    "group_id": lambda: _("Network group"),
    "principal": lambda: _("Loan amount"),
    "annual_rate_percent": lambda: _("Nominal rate"),
    "instalments": lambda: _("Number of instalments"),
    "every": lambda: _("Time between instalments"),
    "disbursed_on": lambda: _("Day of payout"),
    "first_due_on": lambda: _("First due date"),
    "due_day": lambda: _("Due day of the month"),
    "repayment": lambda: _("Repayment form"),
    "interest_method": lambda: _("How interest is counted"),
    "day_count": lambda: _("Counting of days"),
    "interest_only_instalments": lambda: _("Interest-only instalments"),
    "payment_free_instalments": lambda: _("Payment-free instalments"),
    "months_without_principal": lambda: _("Months without principal"),
    "agreed_principals": lambda: _("Principals agreed one by one"),
    "payment_free_interest": lambda: _("Interest in payment-free time"),
    "instalment_multiple": lambda: _("Instalments are rounded to"),
    "business_day_rule": lambda: _("Due date on a closed day"),
    "calendar": lambda: _("Calendar"),
    "establishment_fee": lambda: _("Establishment fee"),
    "establishment_fee_paid": lambda: _("How the establishment fee is paid"),
    "instalment_fee": lambda: _("Instalment fee"),
    "tranches": lambda: _("Payouts in parts"),
    "group_view_on": lambda: _("Group's view, date"),
    "group_view_supports": lambda: _("The group is in favour"),
    "group_view_note": lambda: _("What the group said"),
    "decided_on": lambda: _("Decided on"),
    "decision_outcome": lambda: _("Decision"),
    "decision_note": lambda: _("Conditions or grounds"),
    "contract_issued_on": lambda: _("Contract issued on"),
    "signed_on": lambda: _("Signed on"),
    "payment_reference": lambda: _("Payment reference"),
    "withdrawn_on": lambda: _("Withdrawn on"),
    "withdrawal_reason": lambda: _("Reason"),
    "journal": lambda: _("Journal"),
    "journal_added": lambda: _("Added to the journal"),
    "contact_kind": lambda: _("Contact"),
    "step_kind": lambda: _("Step"),
    "on": lambda: _("Date"),
    "who": lambda: _("With whom"),
    "note": lambda: _("Note"),
    "made_on": lambda: _("Promised on"),
    "due_on": lambda: _("Promised by"),
    "amount_minor": lambda: _("Amount"),
    "taken_back_on": lambda: _("Taken back on"),
    "deadline": lambda: _("Deadline"),
    "steps": lambda: _("Steps"),
    "letters_from_minor": lambda: _("No letter about less than"),
    "drawn_up_on": lambda: _("Drawn up on"),
    "lines": lambda: _("Lines of the budget"),
    "notes": lambda: _("Notes"),
    "kind": lambda: _("Document"),
    "language": lambda: _("Language"),
    "text_version": lambda: _("Version of the text"),
    "country": lambda: _("Country"),
    "organisation_number": lambda: _("Organisation number"),
    "account_number": lambda: _("Account number"),
    "auto_lock_minutes": lambda: _("Minutes until it locks itself"),
    "group_members_least": lambda: _("Fewest members of a new group"),
    "group_members_most": lambda: _("Most members of a group"),
    "reference_kind": lambda: _("Kind of payment reference"),
    "reference_length": lambda: _("Length of payment references"),
    "reference_prefix": lambda: _("Fixed digits of payment references"),
    "reference_check": lambda: _("Check digit of payment references"),
    "reference_has_length_digit": lambda: _("Payment references tell their length"),
    "reference_creditor": lambda: _("Creditor number"),
    "roles": lambda: _("Roles"),
}
_ORDER = {name: position for position, name in enumerate(_WORDS)}


def field_word(name: str) -> str:
    """What the field is called; one without a word of its own shows its name."""
    word = _WORDS.get(name)
    return word() if word is not None else name.replace("_", " ").capitalize()


def reading_order(name: str) -> tuple[int, str]:
    """A sort key: known fields as a person reads them, then the others by name."""
    return _ORDER.get(name, len(_ORDER)), name
