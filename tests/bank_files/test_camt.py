"""camt.053 and camt.054 in the versions that banks write; bombs, strangers and broken files are refused with a place."""

from __future__ import annotations

from datetime import date

import pytest

from mikrolaan.bank_files.camt import DEEPEST, read_camt
from mikrolaan.domain.bank_file import BankFile, BankFileProblem, BankFileRefused, BankFormat, BankTrouble, LineKind
from tests.bank_files.writers import camt, entry, transaction


def read(content: bytes) -> BankFile:
    file = read_camt(content, lambda _done, _total: None, lambda: False)
    assert file is not None
    return file


def refusal(content: bytes) -> BankFileProblem:
    with pytest.raises(BankFileRefused) as refused:
        read(content)
    return refused.value.problems[0]


@pytest.mark.parametrize("version", ["02", "03", "04", "05", "06", "07", "08"])
@pytest.mark.parametrize("kind", [53, 54])
def test_a_credit_is_read_from_every_version(kind: int, version: str) -> None:
    older = "02" if version < "08" else "08"
    status = "<Sts>BOOK</Sts>" if version < "08" else "<Sts><Cd>BOOK</Cd></Sts>"
    told = transaction("1000", "00000018", name="Amina Ødegård", account="12345678903", version=older)
    file = read(camt(entry("1000", told, status=status), version=version, kind=kind))

    (line,) = file.lines
    assert file.format is (BankFormat.CAMT_053 if kind == 53 else BankFormat.CAMT_054)
    assert (line.amount_minor, line.currency, line.booked_on) == (100_000, "NOK", date(2026, 2, 15))
    assert (line.reference, line.payer, line.payer_account) == ("00000018", "Amina Ødegård", "12345678903")
    assert line.account == "NO9386011117947"


def test_a_batch_is_one_line_for_each_payment() -> None:
    details = "<Btch><NbOfTxs>2</NbOfTxs></Btch>" + transaction("400", "1111") + transaction("600", "2222")
    file = read(camt(entry("1000", details, bank_reference="B-1")))

    assert [(line.reference, line.amount_minor) for line in file.lines] == [("1111", 40_000), ("2222", 60_000)]


def test_an_entry_of_two_batches_counts_the_payments_of_both() -> None:
    first = "<Btch><NbOfTxs>2</NbOfTxs></Btch>" + transaction("300", "1111") + transaction("200", "2222")
    second = "</NtryDtls><NtryDtls><Btch><NbOfTxs>1</NbOfTxs></Btch>" + transaction("500", "3333")

    assert len(read(camt(entry("1000", first + second))).lines) == 3
    assert refusal(camt(entry("1000", first + second.replace(">1<", ">2<")))).trouble is BankTrouble.WRONG_COUNT


def test_payments_to_which_the_bank_gives_the_name_of_their_batch_are_known_apart_in_any_order() -> None:
    told = [transaction("500", reference, bank_reference="B-1") for reference in ("1111", "2222")]
    one, other = (read(camt(entry("1000", "".join(order), bank_reference="B-1"))) for order in (told, told[::-1]))

    assert {(line.reference, line.identity) for line in one.lines} == {
        (line.reference, line.identity) for line in other.lines
    }


def test_equal_amounts_of_two_payers_are_two_movements_where_the_bank_says_that_it_gives_no_name() -> None:
    first, other = (transaction(reference=reference) for reference in ("1111", "2222"))
    told = [read(camt(entry("500", each, bank_reference="NOTPROVIDED"))).lines[0] for each in (first, other)]

    assert told[0].bank_reference == ""
    assert told[0].identity != told[1].identity


def test_a_batch_without_details_is_one_line() -> None:
    assert [line.amount_minor for line in read(camt(entry("1000"))).lines] == [100_000]


@pytest.mark.parametrize(
    ("details", "trouble", "field"),
    [
        (transaction("400", "1") + transaction("601", "2"), BankTrouble.WRONG_SUM, "Ntry/Amt"),
        (transaction("400", "1"), BankTrouble.WRONG_SUM, "Ntry/Amt"),
        (transaction("400", "1") + transaction("", "2"), BankTrouble.MISSING, "TxDtls/Amt"),
        (transaction("400", "1") + transaction("6OO", "2"), BankTrouble.NOT_A_NUMBER, "TxDtls/Amt"),
        ("<Btch><NbOfTxs>3</NbOfTxs></Btch>" + transaction("1000"), BankTrouble.WRONG_COUNT, "Btch/NbOfTxs"),
    ],
)
def test_a_batch_that_does_not_add_up_is_refused(details: str, trouble: BankTrouble, field: str) -> None:
    problem = refusal(camt(entry("1000", details)))

    assert (problem.trouble, problem.field) == (trouble, field)


def test_charges_may_lie_between_a_batch_and_its_payments() -> None:
    charges = '<Chrgs><Rcrd><Amt Ccy="NOK">10</Amt></Rcrd></Chrgs>'

    assert len(read(camt(entry("990", transaction("400") + transaction("600", more=charges)))).lines) == 2


def test_a_payment_alone_counts_with_what_reached_the_account() -> None:
    charges = '<Chrgs><Rcrd><Amt Ccy="NOK">10</Amt></Rcrd></Chrgs>'
    euro = transaction("88").replace('"NOK"', '"EUR"')

    file = read(camt(entry("990", transaction("1000", more=charges)) + entry("1000", euro)))

    assert [line.amount_minor for line in file.lines] == [99_000, 100_000]


def test_debits_pending_entries_and_nothing_are_passed_over() -> None:
    pending = entry("500", status="<Sts><Cd>PDNG</Cd></Sts>")
    file = read(camt(entry("45", direction="DBIT") + pending + entry("0") + entry("1000")))

    assert (len(file.lines), file.passed_over) == (1, 3)


def test_a_credit_that_was_taken_back_is_shown_as_such() -> None:
    back = entry("1000", transaction(reference="00000018"), direction="DBIT", reversal="<RvslInd>true</RvslInd>")

    assert [line.kind for line in read(camt(back)).lines] == [LineKind.TAKEN_BACK]


@pytest.mark.parametrize(
    "status", ["<Sts><Cd>INFO</Cd></Sts>", "<Sts>PDNG</Sts>", "<Sts><Prtry>RESERVED</Prtry></Sts>"]
)
def test_money_that_has_not_reached_the_account_pays_no_loan(status: str) -> None:
    file = read(camt(entry("500", transaction(reference="00000018"), status=status)))

    assert (file.lines, file.passed_over) == ((), 1)


RETURNED = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"
REVERSED = "<RvslInd>true</RvslInd>"


def test_a_payment_that_the_payers_bank_asked_back_is_shown_as_taken_back() -> None:
    back = entry("1000", transaction(reference="00000018", more=RETURNED), direction="DBIT")

    assert [line.kind for line in read(camt(back)).lines] == [LineKind.TAKEN_BACK]


@pytest.mark.parametrize(
    "content",
    [
        camt(entry("12000", transaction(reference="00000018"), reversal=REVERSED)),
        camt(entry("12000", transaction(reference="00000018", more=RETURNED))),
    ],
)
def test_a_payout_that_comes_back_pays_no_loan(content: bytes) -> None:
    file = read(content)

    assert (file.lines, file.passed_over) == ((), 1)


def test_a_deduction_among_the_payments_of_a_batch_is_counted_with_what_was_passed_over() -> None:
    debit = transaction("100", more="<CdtDbtInd>DBIT</CdtDbtInd>")

    file = read(camt(entry("900", transaction("1000", "1111") + debit)))

    assert ([line.amount_minor for line in file.lines], file.passed_over) == ([100_000], 1)


def test_text_stands_in_for_a_reference_and_several_references_are_none() -> None:
    two = (
        "<TxDtls><RmtInf>"
        + "".join(f"<Strd><CdtrRefInf><Ref>{number}</Ref></CdtrRefInf></Strd>" for number in (1111, 2222))
        + "</RmtInf></TxDtls>"
    )
    file = read(camt(entry("100", transaction(text="avdrag mars")) + entry("200", two)))

    assert [(line.reference, line.text) for line in file.lines] == [("", "avdrag mars"), ("", "1111 2222")]


def test_the_summary_is_compared() -> None:
    right = "<TxsSummry><TtlCdtNtries><NbOfNtries>1</NbOfNtries><Sum>1000.00</Sum></TtlCdtNtries></TxsSummry>"

    assert len(read(camt(entry("1000"), summary=right)).lines) == 1
    assert refusal(camt(entry("1000"), summary=right.replace("1000.00", "1001"))).trouble is BankTrouble.WRONG_SUM
    assert refusal(camt(entry("1000"), summary=right.replace(">1<", ">2<"))).trouble is BankTrouble.WRONG_COUNT


def test_a_digit_that_counts_nothing_is_a_wrong_number_of_payments() -> None:
    batch = "<Btch><NbOfTxs>²</NbOfTxs></Btch>" + transaction("400") + transaction("600")
    summary = "<TxsSummry><TtlCdtNtries><NbOfNtries>²</NbOfNtries></TtlCdtNtries></TxsSummry>"

    assert refusal(camt(entry("1000", batch))).trouble is BankTrouble.WRONG_COUNT
    assert refusal(camt(entry("1000"), summary=summary)).trouble is BankTrouble.WRONG_COUNT


@pytest.mark.parametrize(
    ("before", "after", "trouble", "field"),
    [
        (">1000<", ">1 000<", BankTrouble.NOT_A_NUMBER, "Ntry/Amt"),
        (">1000<", ">-5<", BankTrouble.NOT_A_NUMBER, "Ntry/Amt"),
        (">1000<", ">10.005<", BankTrouble.NOT_A_NUMBER, "Ntry/Amt"),
        (">1000<", "><", BankTrouble.NOT_A_NUMBER, "Ntry/Amt"),
        (' Ccy="NOK">1000', ">1000", BankTrouble.MISSING, "Ntry/Amt@Ccy"),
        ("CRDT", "CREDIT", BankTrouble.UNEXPECTED, "Ntry/CdtDbtInd"),
        ("<Dt>2026-02-15", "<Dt>2026-02-30", BankTrouble.NOT_A_DATE, "Ntry/BookgDt"),
        ("<Dt>2026-02-15", "<Dt>15.02.2026", BankTrouble.NOT_A_DATE, "Ntry/BookgDt"),
        ("camt.053.001.08", "camt.052.001.08", BankTrouble.UNKNOWN_FORMAT, "Document"),
        ("camt.053.001.08", "pain.001.001.09", BankTrouble.UNKNOWN_FORMAT, "Document"),
        ("<Stmt>", "<Stmnt>", BankTrouble.NOT_XML, ""),
        ("UTF-8", "KOI-99", BankTrouble.WRONG_ENCODING, ""),
    ],
)
def test_a_wrong_field_is_told(before: str, after: str, trouble: BankTrouble, field: str) -> None:
    content = camt(entry("1000")).replace(before.encode(), after.encode(), 1 if before != "<Dt>2026-02-15" else 2)

    problem = refusal(content)

    assert problem.trouble is trouble
    assert problem.field == field or not field
    assert problem.line >= 1


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><Document>&c;</Document>'
)
STRANGER = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><Document>&x;</Document>'


@pytest.mark.parametrize("content", [BOMB, STRANGER, b'<!DOCTYPE d SYSTEM "http://example.org/d.dtd"><Document/>'])
def test_a_document_type_is_refused_before_anything_of_it_is_read(content: bytes) -> None:
    assert refusal(content).trouble is BankTrouble.FORBIDDEN_XML


def test_elements_without_end_in_each_other_are_refused() -> None:
    deep = camt("<A>" * (DEEPEST + 1))

    assert refusal(deep).trouble is BankTrouble.TOO_DEEP


@pytest.mark.parametrize("before", [b"<Stmt>", b"<Document"])
def test_a_name_without_end_is_told_in_words_that_can_be_read(before: bytes) -> None:
    problem = refusal(camt(entry("1000")).replace(before, before[:1] + b"A" * 1_000_000 + before[1:]))

    assert len(problem.field) <= 100
    assert len(problem.found) <= 60


def test_a_text_without_end_is_refused() -> None:
    assert refusal(camt(entry("1" * 20_000))).trouble is BankTrouble.TOO_MANY


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_cut_file_is_refused(part: float) -> None:
    content = camt(entry("1000", transaction("1000", "00000018", name="Amina Ødegård"))).rstrip()

    assert refusal(content[: int(len(content) * part)]).trouble is BankTrouble.CUT_OFF


def test_letters_of_another_encoding_are_told() -> None:
    content = camt(entry("1000", transaction(name="Ødegård"))).decode().encode("iso-8859-1")

    assert refusal(content).trouble is BankTrouble.WRONG_ENCODING


def test_other_encodings_that_are_declared_are_read() -> None:
    text = camt(entry("1000", transaction(name="Ødegård"))).decode()

    for name, codec in (("ISO-8859-1", "iso-8859-1"), ("windows-1252", "cp1252"), ("UTF-16", "utf-16")):
        assert read(text.replace("UTF-8", name).encode(codec)).lines[0].payer == "Ødegård"


def test_reading_stops_when_it_is_cancelled() -> None:
    assert read_camt(camt(entry("1000")), lambda _done, _total: None, lambda: True) is None
