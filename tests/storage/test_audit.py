"""Every change is in the audit trail, in one chain that shows where it was broken."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from threading import Thread

import pytest
from sqlalchemy.exc import IntegrityError

from mikrolaan.domain.audit import Act
from mikrolaan.domain.errors import ConflictError
from mikrolaan.storage.audit import ChainEnd, entries, first_broken
from mikrolaan.storage.check import Finding, Proof
from mikrolaan.storage.tables import audit
from tests.builders import OFFICER, a_borrower, a_person
from tests.storage.samples import ALL, Kept, a_payment
from tests.storage.tampering import reading, tamper, writing


def history(kept: Kept, *record_ids):
    return kept.file.queries.history(record_ids, ALL)


def test_the_founding_is_the_first_entry(kept: Kept):
    first = history(kept)[-1]

    assert (first.sequence, first.act, first.kind, first.officer) == (1, Act.OFFICE_FOUNDED, "office", "Ingrid Tangen")
    assert history(kept)[0].act is Act.SIGNED_IN


def test_a_change_tells_what_was_and_what_became_and_nothing_else(kept: Kept):
    borrower = a_borrower()
    kept.add_borrowers(borrower)
    kept.clock.turn(1)
    with kept.unit(Act.BORROWER_CHANGED) as unit:
        unit.borrowers.save(replace(borrower, version=1, person=a_person(phone="+4799999999")))
        unit.commit()

    changed, registered = history(kept, borrower.id)

    assert registered.before is None
    assert json.loads(registered.after)["family_name"] == "Ødegård"
    assert json.loads(changed.before) == {"phone": "+4790000001", "version": 1}
    assert json.loads(changed.after) == {"phone": "+4799999999", "version": 2}
    assert changed.act is Act.BORROWER_CHANGED
    assert changed.at == kept.clock.now()


def test_a_payment_tells_the_new_entry_only(kept: Kept):
    loan = kept.add_paid_out_loan()
    payment = a_payment(1000, date(2026, 2, 15))
    kept.save_entry(loan.id, payment)

    (added,) = json.loads(history(kept, loan.id)[0].after)["journal_added"]

    assert added["id"] == str(payment.id)
    assert added["amount_minor"] == 1000_00
    assert "terms" not in history(kept, loan.id)[0].after


def test_the_logo_is_told_by_its_fingerprint(kept: Kept):
    with kept.unit() as unit:
        office = unit.office.get()
        unit.office.save(replace(office, logo=b"\x89PNG\r\n\x1a\n" + b"x" * 100_000))
        unit.commit()

    assert len(history(kept, office.id)[0].after) < 200


def test_the_chain_is_whole_over_many_units(kept: Kept):
    for number in range(1, 21):
        kept.add_borrowers(a_borrower(number))

    with reading(kept) as connection:
        chain = list(entries(connection))

    assert first_broken(iter(chain)) is None
    assert len({entry.hash for entry in chain}) == len(chain) == 24
    assert {entry.officer_id for entry in chain} == {OFFICER}


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE audit SET after = '{}' WHERE sequence = 3",
        "UPDATE audit SET act = 'paid out' WHERE sequence = 3",
        "UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE sequence = 3",
        "UPDATE audit SET hash = previous_hash WHERE sequence = 3",
        "DELETE FROM audit WHERE sequence = 3",
    ],
)
def test_an_entry_altered_behind_the_program_is_found(kept: Kept, harm: str):
    kept.add_borrowers(a_borrower())
    tamper(kept, harm)

    assert Finding(Proof.AUDIT_CHAIN, "3") in kept.file.check()


def test_acts_of_several_threads_follow_each_other_in_one_chain(kept: Kept):
    def work(first: int) -> None:
        for number in range(first, first + 15):
            kept.add_borrowers(a_borrower(number))

    threads = [Thread(target=work, args=(first,)) for first in (100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert kept.file.queries.count_borrowers() == 45
    assert kept.file.check() == []


def test_an_act_that_fails_leaves_the_chain_as_it_was(kept: Kept):
    kept.add_borrowers(a_borrower(1))
    with pytest.raises(ConflictError):
        kept.add_borrowers(a_borrower(2), a_borrower(1))
    kept.add_borrowers(a_borrower(3))

    assert kept.file.check() == []


def test_the_end_of_the_chain_is_not_known_from_an_act_after_which_another_began(kept: Kept):
    with reading(kept) as connection:
        end, last = ChainEnd(), ChainEnd().take(connection)
        first = end.begun()
        assert end.take(connection) == last
        second = end.begun()

        end.bring(first, (last[0] + 1, "of the first"))
        assert end.take(connection) == last
        end.bring(second, (last[0] + 2, "of the second"))
        assert end.take(connection) == (last[0] + 2, "of the second")
        assert end.take(connection) == last  # until it is brought again


def test_the_newest_entries_cannot_vanish_unseen(kept: Kept):
    kept.add_borrowers(a_borrower())
    tamper(kept, "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit WHERE kind = 'borrower')")
    findings = kept.file.check()

    assert {finding.proof for finding in findings} & {Proof.RECORDS, Proof.AUDIT_CHAIN}


@pytest.mark.parametrize("table", ["audit", "journal_entries", "documents"])
@pytest.mark.parametrize("harm", ["DELETE FROM {}", "UPDATE {} SET id = id", "UPDATE {} SET kind = 'x'"])
def test_what_is_only_added_to_is_neither_changed_nor_deleted(kept: Kept, table: str, harm: str):
    kept.add_paid_out_loan()
    statement = harm.format(table) if table != "audit" else harm.format(table).replace("id = id", "act = 'x'")

    with pytest.raises(IntegrityError), writing(kept) as connection:
        connection.exec_driver_sql(statement)

    assert kept.file.check() == []


def test_the_audit_table_holds_no_document_pages(kept: Kept):
    kept.add_paid_out_loan()

    with reading(kept) as connection:
        told = " ".join(str(row.after) for row in connection.execute(audit.select()))

    assert "PDF-1.7" not in told
    assert "sha256_hex" in told
