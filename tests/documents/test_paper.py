"""What every document about a loan prints, read back from its pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from mikrolaan.documents.page import check_of
from mikrolaan.documents.press import print_paper
from mikrolaan.domain.address import Address
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.effective_rate import effective_rate_of
from mikrolaan.domain.terms import DayCount, FeePaid, InterestMethod, PeriodUnit, Repayment
from mikrolaan.i18n import language
from tests.builders import a_borrower, a_loan, a_person, an_office, nok
from tests.documents.paper import a_logo, pages_of, printed, some_paper, some_terms, squeezed

KINDS = (DocumentKind.LOAN_CONTRACT, DocumentKind.REPAYMENT_PLAN)
LANGUAGES = ("nb", "en")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_document_holds_the_borrower_the_amount_every_due_date_and_the_effective_rate(kind, code):
    paper = some_paper(language=code)
    plan, speech = paper.loan.plan(), language(code)
    identity, rate = paper.borrower.person.identity_number, effective_rate_of(plan)
    assert identity is not None and rate is not None

    text = "".join(printed(paper, kind))

    assert squeezed("Amina Ødegård") in text
    assert squeezed(identity.formatted) in text
    assert squeezed(speech.money(nok(100_000))) in text
    assert squeezed(speech.percent(rate)) in text
    assert squeezed(speech.money(plan.due)) in text
    for row in plan.instalments:
        cells = (str(row.number), speech.date(row.due_on), *map(speech.amount, (row.principal, row.interest, row.fees)))
        assert squeezed("".join((*cells, speech.amount(row.due), speech.amount(row.balance)))) in text
    sums = map(speech.amount, (plan.principal, plan.interest, plan.fees, plan.due))
    assert squeezed(speech.gettext("Total") + "".join(sums)) in text


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_loan_prints_the_same_bytes(kind):
    paper = some_paper(office=an_office(logo=a_logo()))

    assert print_paper(kind, paper) == print_paper(kind, paper)


def test_a_year_has_its_own_sum():
    # 12 000 kroner without interest, 1 000 on the 15th of each month from February 2026: eleven of them in 2026.
    text = "".join(printed(some_paper(loan=a_loan())))

    assert squeezed("Sum 2026 11 000.00 0.00 0.00 11 000.00") in text
    assert squeezed("Sum 2027 1 000.00 0.00 0.00 1 000.00") in text
    assert squeezed("Total 12 000.00 0.00 0.00 12 000.00") in text


def test_a_loan_within_one_year_has_no_sum_of_the_year():
    terms = some_terms(first_due_on=None, disbursed_on=date(2027, 1, 4), instalments=6)

    assert "Sum2027" not in "".join(printed(some_paper(loan=a_loan(terms=terms))))


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_plan_repeats_the_head_of_its_table_and_counts_its_pages(kind):
    pages = printed(some_paper(loan=a_loan(terms=some_terms(instalments=60))), kind)

    head = squeezed("No. Due date Principal Interest Fees Instalment Balance")
    with_rows = [page for page in pages if squeezed("15 Mar 20") in page]
    assert len(with_rows) >= 2
    assert all(head in page for page in with_rows)
    for number, page in enumerate(pages, start=1):
        assert squeezed(f"Page {number} of {len(pages)}") in page
        assert "K-00012-00001" in page


@pytest.mark.parametrize("instalments", range(2, 62))
def test_no_sum_is_parted_from_the_row_before_it(instalments):
    pages = printed(some_paper(loan=a_loan(terms=some_terms(instalments=instalments))), DocumentKind.REPAYMENT_PLAN)

    head = squeezed("Instalment Balance")
    for page in pages:
        after_head = page.split(head)[1] if head in page else ""
        assert not after_head.startswith(("Sum", "Total"))


def test_a_draft_says_so_on_every_page_and_an_issued_document_on_none():
    drafts, issued = printed(some_paper(number="")), printed(some_paper())

    assert all("DRAFT" in page and squeezed("not for signature") in page for page in drafts)
    assert not any("DRAFT" in page or "Draft" in page for page in issued)


def test_the_check_in_the_foot_follows_the_facts():
    def check(paper):
        text = printed(paper)[0]
        start = text.index("Check") + len("Check")
        return text[start : start + 16]

    usual = check(some_paper())

    assert check(some_paper(language="en")) == usual
    assert check(some_paper(loan=a_loan(number=12, terms=some_terms(principal=nok(100_001))))) != usual
    assert check(some_paper(number="K-00012-00002")) != usual
    assert check(some_paper(borrower=a_borrower(person=a_person()))) != usual
    assert check_of("K-1", ("a", "b")) != check_of("K-1", ("ab",))


@pytest.mark.parametrize("kind", KINDS)
def test_what_people_typed_is_printed_literally(kind):
    name = '<b>&amp;</b> "Robert" <a href="x">{0}</a>'
    borrower = a_borrower(person=a_person(given_names=name, address=Address("<br/>&nbsp;", "7013", "<font>")))
    purpose = ("<para>&lt;{purpose}%s\n" * 24)[:500]
    paper = some_paper(
        borrower=borrower,
        loan=a_loan(terms=some_terms(), purpose=purpose),
        office=an_office(name="Fond & <i>Sønn</i>"),
        group_name="A<B>C&D",
        officer_name="<u>Kari</u>",
    )

    text = "".join(printed(paper, kind))

    assert squeezed(name) in text
    assert squeezed("<br/>&nbsp;") in text
    assert squeezed("Fond & <i>Sønn</i>") in text
    if kind is DocumentKind.LOAN_CONTRACT:
        assert squeezed(purpose) in text
        assert "A<B>C&D" in text
        assert "<u>Kari</u>" in text


@pytest.mark.parametrize("kind", KINDS)
def test_very_long_names_are_printed_whole(kind):
    given, family, unbroken = "Maximiliana " * 9, "von " * 20 + "Ås", "W" * 120
    for person in (
        a_person(given_names=given, family_name=family, address=Address("Storgata " * 20, "7013", "B" * 100)),
        a_person(given_names=unbroken, family_name=unbroken),
    ):
        pages = printed(some_paper(borrower=a_borrower(person=person), office=an_office(name="Ø" * 120)), kind)

        assert squeezed(person.name) in pages[0]


def test_a_borrower_without_address_phone_and_number_gets_a_contract():
    person = a_person(address=Address(), phone="", email="")
    paper = some_paper(borrower=a_borrower(person=person, enterprise=None), office=an_office(address=Address()))

    text = printed(paper)[0]

    assert squeezed("Born 17 April 1988") in text
    assert squeezed("No address given") in text


@pytest.mark.parametrize("logo", [None, a_logo("PNG"), a_logo("JPEG", (40, 900)), b"\x89PNG\r\n\x1a\nnot a picture"])
def test_a_logo_of_any_shape_or_none_leaves_the_text_as_it_is(logo):
    paper = some_paper(office=an_office(logo=logo))

    assert printed(paper)[0] == printed(some_paper(office=an_office()))[0]


def test_a_logo_is_no_larger_in_the_file_than_on_paper():
    with_logo = some_paper(office=an_office(logo=a_logo("PNG", (4000, 3000))))

    assert len(print_paper(DocumentKind.LOAN_CONTRACT, with_logo).content) < 100_000


@pytest.mark.parametrize("name", ["Анна Каренина", "Ελένη Παπαδοπούλου", "Nguyễn Thị Hồng", "Łukasz Żółć"])
def test_names_in_latin_cyrillic_and_greek_letters_are_printed(name):
    given, family = name.rsplit(" ", 1)
    text = printed(some_paper(borrower=a_borrower(person=a_person(given_names=given, family_name=family))))[0]

    assert squeezed(name) in text
    assert "byhand" not in text


@pytest.mark.parametrize(("given", "family"), [("أمينة", "الحسن"), ("ሰላም", "ተስፋይ"), ("小", "林"), ("Amina 🌻", "Ås")])
def test_letters_that_the_typeface_lacks_leave_a_line_to_write_by_hand(given, family):
    text = printed(some_paper(borrower=a_borrower(person=a_person(given_names=given, family_name=family))))[0]

    assert squeezed("Write the text by hand here") in text


def test_letters_that_the_typeface_lacks_can_still_be_copied_from_the_file():
    text = printed(some_paper(borrower=a_borrower(person=a_person(given_names="ሰላም", family_name="小林"))))[0]

    assert "ሰላም小林" in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "changes",
    [
        {"repayment": Repayment.SERIAL, "day_count": DayCount.ACTUAL_365},
        {"repayment": Repayment.BULLET, "day_count": DayCount.ACTUAL_ACTUAL},
        {"repayment": Repayment.INTEREST_ONLY, "day_count": DayCount.ACTUAL_360},
        {"interest_method": InterestMethod.FLAT, "day_count": DayCount.PERIOD},
        {"payment_free_instalments": 3, "interest_only_instalments": 2},
        {"establishment_fee_paid": FeePaid.ADDED},
        {"establishment_fee_paid": FeePaid.FIRST_INSTALMENT},
        {"establishment_fee_paid": FeePaid.SEPARATELY},
        {"annual_rate_percent": Decimal(0), "establishment_fee_minor": 0, "instalment_fee_minor": 0},
        {"instalments": 1, "first_due_on": None},
        {"instalments": 52, "unit": PeriodUnit.WEEKS, "day_count": DayCount.ACTUAL_364},
        {"principal": nok(9_000_000_000), "annual_rate_percent": Decimal("999.1234567891")},
        {"principal": nok("0.01"), "establishment_fee_minor": 0, "instalments": 2},
    ],
)
def test_terms_of_every_kind_are_printed_with_their_total(kind, changes):
    paper = some_paper(loan=a_loan(terms=some_terms(**changes)))
    plan = paper.loan.plan()

    text = "".join(printed(paper, kind))

    total = map(language("en").amount, (plan.principal, plan.interest, plan.fees, plan.due))
    assert squeezed("Total" + "".join(total)) in text
    assert squeezed(language("en").money(plan.due + plan.paid_separately)) in text


def test_the_longest_plan_there_is_prints_its_last_instalment():
    terms = some_terms(instalments=1200)

    pages = pages_of(print_paper(DocumentKind.REPAYMENT_PLAN, some_paper(loan=a_loan(terms=terms))).content)

    assert squeezed("15 Dec 2126") in pages[-1]


def test_paper_without_account_number_asks_for_none():
    text = "".join(printed(replace(some_paper(), office=an_office(account_number="")), DocumentKind.REPAYMENT_PLAN))

    assert squeezed("Pay to account") not in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_small_and_carries_all_its_typefaces(kind):
    content = print_paper(kind, some_paper()).content

    assert len(content) < 60_000
    assert content.count(b"/FontFile2") == 2
    assert b"/Helvetica" not in content


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_document_tells_its_title_author_and_language_to_the_reader_program(code):
    document = pypdfium2.PdfDocument(print_paper(DocumentKind.LOAN_CONTRACT, some_paper(language=code)).content)
    told = document.get_metadata_dict()
    document.close()

    assert told["Title"] == f"{language(code).gettext('Loan contract')} K-00012-00001"
    assert told["Author"] == "Fjordfondet"
    assert f"/Lang ({code})".encode() in print_paper(DocumentKind.LOAN_CONTRACT, some_paper(language=code)).content
