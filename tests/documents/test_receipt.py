"""Receipts and group sheets, read back from their pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from mikrolaan.documents.group_sheet import print_group_sheet
from mikrolaan.documents.receipt import TEXT_VERSION, print_receipt
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.group import GroupRole, Membership, NetworkGroup
from mikrolaan.domain.identity import Country
from mikrolaan.domain.journal import EntryUnknown
from mikrolaan.domain.loan_rules import LateInterest, LoanRules
from mikrolaan.domain.office import OfficeSettings
from mikrolaan.domain.payment_reference import ReferenceKind, ReferenceRule, reference_for
from mikrolaan.domain.statement import statement
from mikrolaan.i18n import language
from mikrolaan.services.documents import LoanPaper
from mikrolaan.services.group_sheet import GroupSheetPaper
from mikrolaan.services.payment_rows import Match
from mikrolaan.services.taking_payments import PayableLoan
from tests.builders import a_loan, an_office, nok, paid_out, payment, terms
from tests.documents.paper import a_logo, lines_of, pages_of, printed, some_paper, squeezed

ON = date(2026, 3, 15)
WITHOUT_LATE_INTEREST = LoanRules(late_interest=LateInterest.NONE)


def a_receipt(amount: int, language: str = "en") -> LoanPaper:
    """For a payment on 15 March; 12 000 kroner without interest, 1 000 due on 15 February and as much that day."""
    paid = payment(nok(amount), ON)
    loan = paid_out(a_loan(number=12, terms=terms(), rules=WITHOUT_LATE_INTEREST)).with_entry(paid)
    return some_paper(loan=loan, number="R-00012-00001", issued_on=ON, payment_id=paid.id, language=language)


def text_of(paper: LoanPaper) -> str:
    (page,) = printed(paper, DocumentKind.RECEIPT)
    return page.replace("\u202f", "")


def test_a_receipt_says_what_was_settled_and_what_is_left():
    text = text_of(a_receipt(1_500))

    for told in ("Receipt", "R-00012-00001", "AminaØdegård", "1500.00", "15Feb2026", "500.00", "00000125"):
        assert told in text
    assert squeezed("Outstanding principal on 15 Mar 2026 NOK 10 500.00") in text
    assert squeezed("Still due NOK 500.00") in text
    assert squeezed("Next instalment, 15 Apr 2026 NOK 1 000.00") in text


def test_what_is_beyond_the_loan_is_told_as_credit():
    text = text_of(a_receipt(12_300))

    assert squeezed("Paid beyond what is owed, kept as credit 300.00") in text
    assert squeezed("Outstanding principal on 15 Mar 2026 NOK 0.00") in text
    assert "Stilldue" not in text


@pytest.mark.parametrize(
    ("code", "repaid", "pay"), [("en", "is repaid", "Pay to"), ("nb", "er nedbetalt", "Betal til")]
)
def test_who_has_repaid_the_loan_is_told_so_and_not_how_to_pay(code: str, repaid: str, pay: str):
    last, before = text_of(a_receipt(12_000, code)), text_of(a_receipt(11_000, code))

    assert squeezed(repaid) in last
    assert squeezed(pay) not in last
    assert squeezed(repaid) not in before
    assert squeezed(pay) in before


@pytest.mark.parametrize("months", range(1, 25))
def test_nobody_signs_a_receipt_on_a_page_without_text(months: int):
    """A payment that settles many instalments at once fills more than the page."""
    paid = payment(nok(1_000 * months), date(2028, 1, 15))
    loan = a_loan(number=12, terms=terms(principal=nok(24_000), instalments=24), rules=WITHOUT_LATE_INTEREST)
    loan = paid_out(loan).with_entry(paid)
    paper = some_paper(loan=loan, issued_on=paid.on, payment_id=paid.id, office=an_office(logo=a_logo()))

    pages = printed(paper, DocumentKind.RECEIPT)

    assert len(pages) == (1 if months <= 8 else 2)
    assert pages[-1].index(squeezed("What is left")) < pages[-1].index(squeezed("Received by"))


@pytest.mark.parametrize("beyond", [0, 500])
@pytest.mark.parametrize("months", range(12, 48))
def test_the_sum_of_a_receipt_stands_below_its_last_instalment(months: int, beyond: int):
    paid = payment(nok(1_000 * months + beyond), date(2030, 1, 15))
    loan = a_loan(number=12, terms=terms(principal=nok(1_000 * months), instalments=months))
    loan = paid_out(replace(loan, rules=WITHOUT_LATE_INTEREST)).with_entry(paid)

    pages = printed(some_paper(loan=loan, issued_on=paid.on, payment_id=paid.id), DocumentKind.RECEIPT)

    last = language("en").date(loan.plan().instalments[-1].due_on)
    (page,) = [page for page in pages if squeezed(f"{months} {last}") in page]
    assert "Total" in page
    assert (squeezed("kept as credit") in page) is bool(beyond)


def test_the_receipt_speaks_the_borrowers_language_and_is_the_same_to_the_byte():
    paper = a_receipt(1_000, "nb")

    assert "Kvittering" in text_of(paper)
    assert print_receipt(paper) == print_receipt(paper)
    assert print_receipt(paper).text_version == TEXT_VERSION


def test_there_is_no_receipt_without_its_payment():
    with pytest.raises(EntryUnknown):
        print_receipt(some_paper())


def test_the_reference_on_paper_is_the_loans_own_and_not_the_offices_new_one():
    rule = ReferenceRule(ReferenceKind.KID, length=12, prefix="77")
    office = an_office(settings=OfficeSettings(payment_reference=rule))
    loan = a_loan(number=12, terms=terms())
    given = loan.with_reference(reference_for(12, ReferenceRule(ReferenceKind.KID)))

    for kind in (DocumentKind.LOAN_CONTRACT, DocumentKind.REPAYMENT_PLAN):
        assert "KID00000125" in "".join(printed(some_paper(loan=given, office=office), kind))
        assert "KID770000000" in "".join(printed(some_paper(loan=loan, office=office), kind))


def test_a_danish_plan_carries_the_whole_line_of_the_slip():
    rule = ReferenceRule(ReferenceKind.FIK_71, length=15, creditor_number="12345678")
    office = an_office(country=Country.DK, account_number="", settings=OfficeSettings(payment_reference=rule))

    text = "".join(printed(some_paper(office=office, language="en"), DocumentKind.REPAYMENT_PLAN))

    assert "+71<000000000000125+12345678<" in text


def a_sheet(*names: str) -> bytes:
    """A loan of 12 000 kroner for each, of which 2 000 are due on the day of the meeting."""
    leader = uuid4()
    members = (Membership(leader, date(2026, 1, 5), GroupRole.LEADER),)
    group = NetworkGroup(uuid4(), 1, "Solsikken & Søn", date(2026, 1, 5), members)
    loan = paid_out(a_loan(number=12, terms=terms(), rules=WITHOUT_LATE_INTEREST))
    lines = [PayableLoan(loan, name, statement(loan, ON), Match.NUMBER) for name in names]
    return print_group_sheet(GroupSheetPaper(an_office(), group, lines, ON, "en"))


def test_a_groups_sheet_has_a_row_for_every_loan_and_their_sum():
    (page,) = pages_of(a_sheet("Ada Berg", "Bartholomew Featherstonehaugh-Cholmondeley", "<b>Cleo"))

    text = page.replace("\u202f", "")
    for told in ("Solsikken&Søn", "15March2026", "AdaBerg", "<b>Cleo", "Signature", "Receivedby"):
        assert told in text
    assert text.count("2000.00") == 3
    assert "6000.00" in text
    assert text.count("15Apr2026") == 3


def test_a_double_name_that_is_too_wide_parts_at_its_hyphen():
    lines = lines_of(a_sheet("Bartholomew Featherstonehaugh-Cholmondeley"))

    start = lines.index("Bartholomew")
    assert lines[start + 1 : start + 3] == ["Featherstonehaugh-", "Cholmondeley"]


@pytest.mark.parametrize("loans", range(1, 40))
def test_the_last_page_of_a_sheet_has_a_loan_above_the_sum_and_the_signatures(loans: int):
    pages = pages_of(a_sheet(*("Ada Berg" for _ in range(loans))))

    assert sum(page.count("AdaBerg") for page in pages) == loans
    assert pages[-1].index("AdaBerg") < pages[-1].index("Total") < pages[-1].index("Receivedby")
    assert "Receivedby" not in "".join(pages[:-1])


def test_a_sheet_without_loans_can_still_be_signed():
    (page,) = pages_of(a_sheet())

    assert page.index("Total") < page.index("Receivedby")
