"""The check finds every harm done to a file behind the program's back, and nothing in a whole one."""

from __future__ import annotations

from datetime import date

import pytest

from mikrolaan.services.file_errors import WrongPassword
from mikrolaan.storage.check import Finding, Proof
from mikrolaan.storage.check_file import check_file
from tests.builders import a_borrower
from tests.offices import PASSWORD
from tests.storage.samples import Kept, a_payment, dear_terms
from tests.storage.tampering import raw_database, tamper


@pytest.fixture
def lived_in(kept: Kept) -> Kept:
    """An office with a borrower, a loan that is being repaid and its contract."""
    kept.add_borrowers(a_borrower(77, enterprise=None))
    loan = kept.add_paid_out_loan(terms=dear_terms())
    kept.save_entry(loan.id, a_payment(3000, date(2026, 2, 15)))
    return kept


def test_a_whole_file_has_no_findings(lived_in: Kept):
    lived_in.file.close()

    assert check_file(lived_in.path, PASSWORD, store=lived_in.store) == []


def test_the_check_asks_for_the_password(lived_in: Kept):
    lived_in.file.close()

    with pytest.raises(WrongPassword):
        check_file(lived_in.path, "wrong", store=lived_in.store)


@pytest.mark.parametrize(
    ("harm", "proof"),
    [
        ("UPDATE loan_rows SET outstanding_minor = outstanding_minor - 1", Proof.LISTS),
        ("UPDATE loan_rows SET next_due_on = '2030-01-01'", Proof.LISTS),
        ("DELETE FROM loan_rows", Proof.LISTS),
        ("UPDATE instalment_rows SET interest_minor = 1 WHERE number = 9", Proof.LISTS),
        ("UPDATE due_rows SET interest_minor = 1 WHERE due_on = '2026-10-15'", Proof.LISTS),
        ("DELETE FROM instalment_rows WHERE number = 24", Proof.LISTS),
        ("UPDATE borrowers SET search_text = 'nobody'", Proof.LISTS),
        ("UPDATE borrowers SET name_sort = 'a'", Proof.LISTS),
        ("UPDATE borrowers SET family_name = 'Nilsen'", Proof.RECORDS),
        ("UPDATE borrowers SET version = version + 1", Proof.RECORDS),
        ("UPDATE borrowers SET given_names = ''", Proof.RECORDS),
        ("UPDATE borrowers SET enterprise_legal_form = 'guild', enterprise_name = 'Smiths'", Proof.RECORDS),
        ("DELETE FROM borrowers WHERE number = 77", Proof.RECORDS),
        ("UPDATE loans SET terms = replace(terms, '7.25', '9.25')", Proof.RECORDS),
        ("UPDATE loans SET terms = '{'", Proof.RECORDS),
        ("UPDATE loans SET signed_on = NULL", Proof.RECORDS),
        ("UPDATE journal_entries SET amount_minor = 1 WHERE kind = 'payment'", Proof.RECORDS),
        ("DELETE FROM journal_entries WHERE kind = 'payment'", Proof.RECORDS),
        ("UPDATE products SET rate_percent_usual = '99'", Proof.RECORDS),
        ("UPDATE office SET account_number = '99999999999'", Proof.RECORDS),
        ("UPDATE officers SET roles = 'auditor'", Proof.RECORDS),
        ("UPDATE documents SET content = x'00'", Proof.DOCUMENTS),
        (
            "UPDATE documents SET content = x'00', "
            "sha256_hex = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'",
            Proof.DOCUMENTS,
        ),
        ("DELETE FROM documents", Proof.DOCUMENTS),
        ("UPDATE loans SET contract_document_id = id", Proof.REFERENCES),
        ("UPDATE loans SET borrower_id = id", Proof.REFERENCES),
        ("UPDATE audit SET record_id = officer_id WHERE sequence = 1", Proof.AUDIT_CHAIN),
        ("UPDATE audit SET act = 'no such act' WHERE sequence = 3", Proof.RECORDS),
        ("UPDATE audit SET after = '[' WHERE sequence = 3", Proof.AUDIT_CHAIN),
        ("UPDATE borrowers SET registered_on = 'yesterday' WHERE number = 77", Proof.RECORDS),
    ],
)
def test_harm_done_behind_the_program_is_found(lived_in: Kept, harm: str, proof: Proof):
    tamper(lived_in, harm)

    assert proof in {finding.proof for finding in lived_in.file.check()}


def test_a_lost_guard_is_found(lived_in: Kept):
    with raw_database(lived_in) as raw:
        raw.execute("DROP TRIGGER audit_no_update")

    assert lived_in.file.check() == [Finding(Proof.GUARDS, "audit", "update")]


def test_damaged_pages_are_found_without_trying_further(lived_in: Kept):
    lived_in.file.close()
    whole = bytearray(lived_in.path.read_bytes())
    whole[-2000] ^= 1
    lived_in.path.write_bytes(whole)

    findings = check_file(lived_in.path, PASSWORD, store=lived_in.store)

    assert {finding.proof for finding in findings} == {Proof.PAGES}


def test_a_file_too_damaged_to_open_is_a_finding(lived_in: Kept):
    lived_in.file.close()
    lived_in.path.write_bytes(b"x" * 8192)

    assert check_file(lived_in.path, PASSWORD, store=lived_in.store) == [Finding(Proof.PAGES, "office.mikrolaan")]
