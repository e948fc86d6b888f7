"""The example office: the same seed gives the same lives, every state occurs, and the file proves whole."""

from __future__ import annotations

import io
import json
from collections import Counter
from contextlib import redirect_stdout
from datetime import date, timedelta

import pytest

from mikrolaan.app import unlock
from mikrolaan.cli import main
from mikrolaan.domain.enterprise_numbers import read_account_number
from mikrolaan.domain.errors import InvalidValue
from mikrolaan.domain.identity import Country
from mikrolaan.domain.journal import Reversal
from mikrolaan.domain.loan import Loan, Step
from mikrolaan.domain.statement import Status, statement
from mikrolaan.example import build
from mikrolaan.example.build import build_example
from mikrolaan.services.arrears_rows import ArrearsFilter, LogKind
from mikrolaan.services.file_errors import FileExists
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.storage.check_file import check_file
from mikrolaan.storage.keys import KeyCost
from mikrolaan.storage.office_file import OfficeFileStore

TODAY = date(2026, 6, 15)
QUICK = KeyCost(memory_kib=8, passes=1, lanes=1)
ALL = Slice(0, 10_000)


def loans_of(session) -> list[Loan]:
    rows = session.queries.loans(LoanFilter(), Order("number"), ALL)
    return sorted((session.loans.get(row.id) for row in rows), key=lambda loan: loan.number)


def told(example) -> list[object]:
    """What the office holds, without ids."""
    store = OfficeFileStore(today=lambda: TODAY, cost=QUICK)
    session = unlock(store, example.path, example.password)
    try:
        borrowers = session.queries.borrowers("", Order("number"), ALL)
        people = sorted(
            (row.number, row.name, row.identity_number, row.enterprise, row.outstanding) for row in borrowers
        )
        loans = [
            (
                loan.number,
                loan.step,
                loan.terms,
                [
                    (type(entry).__name__, entry.on, entry.recorded.at, getattr(entry, "amount", None))
                    for entry in loan.journal.entries
                ],
            )
            for loan in loans_of(session)
        ]
        groups = [
            (row.name, row.formed_on, row.members, row.leader) for row in session.queries.groups("", Order(), ALL)
        ]
        return [*people, *loans, *groups]
    finally:
        session.close()


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    return build_example(tmp_path_factory.mktemp("example"), 40, 7, TODAY, QUICK, documents=2)


def test_the_same_seed_and_day_give_the_same_office(example, tmp_path):
    again = build_example(tmp_path, 40, 7, TODAY, QUICK, documents=0)

    assert told(again) == told(example)


def test_another_seed_gives_other_people(tmp_path, example):
    other = build_example(tmp_path, 40, 8, TODAY, QUICK, documents=0)

    assert told(other)[:40] != told(example)[:40]


def test_every_state_of_a_loan_occurs(example):
    session = unlock(OfficeFileStore(today=lambda: TODAY, cost=QUICK), example.path, example.password)
    try:
        loans = loans_of(session)
        groups = session.queries.groups("", Order(), ALL)
        members = [session.queries.members(group.id) for group in groups]
    finally:
        session.close()

    statuses = Counter(statement(loan, TODAY).status for loan in loans)
    assert set(statuses) == set(Status) - {Status.WRITTEN_OFF}
    assert {loan.step for loan in loans} >= {Step.DECISION, Step.CONTRACT, Step.SIGNED, Step.PAID_OUT, Step.REPAYING}
    assert any(isinstance(entry, Reversal) for loan in loans for entry in loan.journal.entries)
    assert groups
    assert all(3 <= len(group) <= 5 for group in members)
    assert all(entry.on < TODAY for loan in loans for entry in loan.journal.entries)


def test_some_loans_have_guarantors_and_one_of_them_waits_for_its_notice(example):
    session = unlock(OfficeFileStore(today=lambda: TODAY, cost=QUICK), example.path, example.password)
    try:
        loans = loans_of(session)
        guarantors = {loan.id: session.guarantors.of_loan(loan.id) for loan in loans}
        due = [line.guarantors_due_on for line in session.arrears.page(ArrearsFilter(), Order(), ALL)]
        told = [line for loan in loans for line in session.arrears.log(loan.id) if line.kind is LogKind.NOTICE]
    finally:
        session.close()

    signed = {loan.id for loan in loans if loan.signed_on is not None}
    assert sum(len(known) for known in guarantors.values()) >= 5
    for loan_id, known in guarantors.items():
        assert all((one.guarantor.signed_on is not None) == (loan_id in signed) for one in known)
    soon = [day for day in due if day is not None and TODAY <= day <= TODAY + timedelta(days=30)]
    assert len(soon) == 1
    assert told
    assert all(line.document_id is not None for line in told)  # each letter is kept


def test_the_example_proves_whole(example):
    assert check_file(example.path, example.password) == []


def test_many_borrowers_kept_together_are_the_same_office_as_kept_one_by_one(example, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "ACT_BY_ACT_UP_TO", 10)

    together = build_example(tmp_path, 40, 7, TODAY, QUICK, documents=0)

    assert check_file(together.path, together.password) == []
    people, people_one_by_one = told(together)[:40], told(example)[:40]
    assert people == people_one_by_one


def test_an_example_never_overwrites_another(example):
    with pytest.raises(FileExists):
        build_example(example.path.parent, 3, 1, TODAY, QUICK)


@pytest.mark.parametrize(
    ("borrowers", "today"), [(0, TODAY), (50_001, TODAY), (3, date(1971, 1, 1)), (3, date(2150, 1, 1))]
)
def test_an_example_that_cannot_be_is_refused(tmp_path, borrowers, today):
    with pytest.raises(InvalidValue):
        build_example(tmp_path, borrowers, 1, today, QUICK)
    assert list(tmp_path.iterdir()) == []


def run(*arguments: str) -> tuple[int, str]:
    output = io.StringIO()
    with redirect_stdout(output):
        status = main(arguments)
    return status, output.getvalue()


@pytest.fixture
def in_english(monkeypatch):
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


def test_demo_tells_the_password_that_check_takes(tmp_path, monkeypatch, in_english):
    status, output = run("demo", str(tmp_path), "--borrowers", "3", "--documents", "0", "--json")
    made = json.loads(output)
    monkeypatch.setenv("MIKROLAAN_PASSWORD", made["password"])

    assert status == 0
    status, output = run("check", made["path"], "--json")
    assert status == 0
    assert json.loads(output)["whole"] is True


def test_check_tells_a_damaged_file_by_exit_status_1(tmp_path, monkeypatch, in_english):
    made = build_example(tmp_path, 3, 1, TODAY, QUICK, documents=0)
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    made.path.write_bytes(content)
    password_file = tmp_path / "password"
    password_file.write_text(made.password + "\n", encoding="utf-8")

    status, output = run("check", str(made.path), "--password-file", str(password_file))

    assert status == 1
    assert "the database itself is damaged" in output


def test_check_without_the_right_password_ends_with_one_sentence(example, monkeypatch, capsys, in_english):
    monkeypatch.setenv("MIKROLAAN_PASSWORD", "not this one")

    assert main(["check", str(example.path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--borrowers", "0"], "borrowers must be at least 1."),
        (["--borrowers", "many"], "--borrowers must be a whole number."),
        (["--seed", "1.5"], "--seed must be a whole number."),
        (["--today", "yesterday"], 'today must be a date such as "2026-12-31".'),
        (["--documents", "-1"], "documents must be at least 0."),
    ],
)
def test_demo_refuses_what_cannot_be(tmp_path, capsys, in_english, arguments, words):
    assert main(["demo", str(tmp_path), *arguments]) == 2
    assert capsys.readouterr().err.strip() == words


def test_play_writes_the_contract_and_the_plan_in_both_languages(tmp_path, capsys, in_english):
    assert main(["play", str(tmp_path / "papers")]) == 0

    told_text = capsys.readouterr().out
    for name in ("contract.pdf", "contract-en.pdf", "plan.pdf", "plan-en.pdf"):
        assert (tmp_path / "papers" / name).read_bytes().startswith(b"%PDF-")
        assert str(tmp_path / "papers" / name) in told_text


def test_the_self_test_passes_here(capsys, in_english):
    assert main(["--self-test"]) == 0
    assert "passed" in capsys.readouterr().out


def test_the_example_offices_account_number_is_one_the_program_would_take():
    assert read_account_number(build.OFFICE_ACCOUNT, Country.NO) == build.OFFICE_ACCOUNT
