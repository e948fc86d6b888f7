"""No name, number or amount stands in plain bytes in anything that the program writes."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

from mikrolaan.domain.address import Address
from mikrolaan.domain.borrower import Enterprise
from mikrolaan.domain.identity import Country, read_identity
from mikrolaan.domain.synthetic import synthetic_identity
from mikrolaan.services.file_errors import WrongPassword
from mikrolaan.services.queries import Order
from tests.builders import a_borrower, a_person
from tests.offices import PASSWORD
from tests.storage.samples import ALL, Kept, a_payment, dear_terms

NUMBER = read_identity(synthetic_identity(Country.NO, date(1990, 5, 17), 3), Country.NO, date(2026, 1, 1))
SECRETS = (
    "Kvernhusvik",
    "Ølbergsvingen",
    "Bakeriet Solgløtt",
    NUMBER.digits,
    "+4790123987",
    "90123987",
    "86011117947",
    "Fjordfondet",
    "Ingrid Tangen",
    "Sewing machine",
    "at the counter",
    "7777.77",
    "50000.00",
    PASSWORD,
    "CREATE TABLE",
    "SQLite format",
)


def spellings(secret: str) -> list[bytes]:
    forms = {form(secret) for form in (str, str.lower, str.upper)}
    forms |= {unicodedata.normalize(form, secret) for form in ("NFC", "NFD")}
    return [
        text.encode(code)
        for text in forms
        for code in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")
        if _can(text, code)
    ]


def _can(text: str, code: str) -> bool:
    try:
        text.encode(code)
    except UnicodeEncodeError:
        return False
    return True


def betraying(folder: Path) -> set[tuple[str, str]]:
    return {
        (path.name, secret)
        for path in folder.rglob("*")
        if path.is_file()
        for secret in SECRETS
        for spelling in spellings(secret)
        if spelling in path.read_bytes()
    }


def test_no_file_holds_a_name_number_or_amount_in_plain_bytes(kept: Kept, tmp_path: Path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    person = a_person(
        given_names="Ågot",
        family_name="Kvernhusvik",
        identity_number=NUMBER,
        phone="+4790123987",
        address=Address("Ølbergsvingen 4", "7777", "Namdalseid"),
    )
    kept.add_borrowers(a_borrower(50, person=person, enterprise=Enterprise("Bakeriet Solgløtt")))
    loan = kept.add_paid_out_loan(terms=dear_terms())
    kept.save_entry(loan.id, a_payment("7777.77", date(2026, 2, 1)))
    kept.file.queries.borrowers("kvernhusvik", Order("city"), ALL)
    kept.file.change_password(PASSWORD, "fjell og vidde 9900")
    kept.file.change_password("fjell og vidde 9900", PASSWORD)
    kept.file.back_up(tmp_path / "copies")
    names = {path.name for path in tmp_path.rglob("*")}

    assert {"office.mikrolaan-wal", "office.mikrolaan-keys", "office.mikrolaan-keys-copy"} <= names
    assert (tmp_path / "office.mikrolaan-wal").stat().st_size > 0
    assert betraying(tmp_path) == set()

    kept.file.close()
    try:
        kept.store.open(kept.path, "wrong")
    except WrongPassword:
        pass
    assert betraying(tmp_path) == set()
    kept.reopen()


def test_the_search_itself_would_find_what_is_plain(tmp_path: Path):
    (tmp_path / "note").write_text("Lån til KVERNHUSVIK", encoding="utf-16")

    assert betraying(tmp_path) == {("note", "Kvernhusvik")}


def test_two_files_of_the_same_content_share_no_page(kept: Kept, tmp_path: Path):
    twin = Kept(tmp_path / "twin.mikrolaan", founding=replace(kept.founding))
    twin.file.close()
    kept.file.close()

    def pages(path: Path) -> set[bytes]:
        whole = path.read_bytes()
        return {whole[at : at + 4096] for at in range(0, len(whole), 4096)}

    assert not pages(kept.path) & pages(twin.path)
