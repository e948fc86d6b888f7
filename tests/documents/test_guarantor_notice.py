"""Notices of default to those who answer for a loan, read back from their pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from mikrolaan.documents.guarantor_notice import TEXT_VERSION, print_notice
from mikrolaan.documents.press import print_paper
from mikrolaan.domain.answering import answering
from mikrolaan.domain.default_notice import DefaultNotice, notice_about
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.group import LiabilityForm
from mikrolaan.domain.guarantee_rules import GuaranteeKind
from mikrolaan.domain.guarantor import Guarantor
from mikrolaan.domain.identity import Country
from mikrolaan.domain.journal import Fee
from mikrolaan.services.documents import LoanPaper
from tests.builders import a_borrower, a_loan, a_person, an_office, nok, paid_out, payment, recorded
from tests.documents.paper import a_logo, printed, some_paper, squeezed
from tests.guaranteeing import KARI, a_guarantee, bound

ON = date(2026, 4, 20)
BEA, CLEO, DINA = uuid4(), uuid4(), uuid4()
MEMBERS = (BEA, CLEO, DINA)


def the_notice(guarantor: Guarantor | None = None, liability: LiabilityForm | None = None) -> DefaultNotice:
    """600 of the instalment of 15 February, and all of those of 15 March and 15 April, are unpaid: 2 600 in all.

    Of the 12 000, 11 600 are unpaid. The guarantor is told, or the first of three members where there is none.
    """
    loan = paid_out(a_loan(number=12)).with_entry(payment(nok(400), date(2026, 2, 15)))
    bindings = [guarantor.binding] if guarantor is not None and guarantor.binding is not None else []
    told = answering(bindings, MEMBERS if liability else (), liability, nok(11_600), ON)[0]
    return notice_about(loan, KARI, told, guarantor, liability, ON)


def paper_of(notice: DefaultNotice, **changes: Any) -> LoanPaper:
    loan = paid_out(a_loan(number=12)).with_entry(payment(nok(400), date(2026, 2, 15)))
    group = "Solsikken" if notice.liability else ""
    usual: dict[str, Any] = {"loan": loan, "number": "V-00012-00001", "issued_on": ON, "group_name": group}
    return some_paper(**{**usual, "notice": notice, **changes})


def read(notice: DefaultNotice, **changes: Any) -> str:
    """The text of the letter without any white space."""
    return "".join(printed(paper_of(notice, **changes), DocumentKind.GUARANTOR_NOTICE))


def test_a_notice_tells_who_owes_what_since_when_and_what_the_guarantor_answers_for() -> None:
    text = read(the_notice(bound()))

    for told in (
        "Kari Vik",
        "You are a guarantor of loan number 12, which Fjordfondet gave to Amina Ødegård.",
        "in default since 15 February 2026",
        "Overdue on 20 Apr 2026",
        "Instalment 1, due 15 Feb 2026 600.00 0.00 0.00 600.00",
        "Instalment 2, due 15 Mar 2026 1 000.00 0.00 0.00 1 000.00",
        "Instalment 3, due 15 Apr 2026 1 000.00 0.00 0.00 1 000.00",
        "Overdue in all 2 600.00",
        "NOK 11 600.00",
        "On 10 January 2026 you signed a guarantee of at most NOK 12 000.00. Interest and the costs of collecting the "
        "debt come on top of this amount. The guarantee holds until 10 January 2036 at the latest.",
        "Number V-00012-00001",
        "20 April 2026",
    ):
        assert squeezed(told) in text, told


def test_a_notice_speaks_the_readers_language() -> None:
    text = read(the_notice(bound()), language="nb")

    for told in (
        "Varsel om mislighold",
        "Du er kausjonist for lån nummer 12, som Fjordfondet har gitt til Amina Ødegård.",
        "misligholdt siden 15. februar 2026",
        "Termin 1, forfalt 15.02.2026 600,00 0,00 0,00 600,00",
        "Forfalt og ubetalt i alt 2 600,00",
        "10. januar 2026 skrev du under på en kausjon på høyst 12 000,00 kr.",
    ):
        assert squeezed(told) in text, told
    for told in ("default", "guarant", "{"):
        assert told not in text


@pytest.mark.parametrize("code", ["en", "nb"])
def test_late_interest_is_not_asked_of_a_guarantor_and_nothing_is_demanded(code: str) -> None:
    text = read(the_notice(bound()), language=code)

    late = {
        "en": "Late interest that the borrower owes is not included, and it is not asked of you.",
        "nb": "Forsinkelsesrenter som låntakeren skylder, er ikke med, og de kreves ikke av deg.",
    }
    demand = {
        "en": "This letter is a notice and not a demand for payment: you need not pay anything now.",
        "nb": "Dette brevet er et varsel og ikke et krav om betaling: Du trenger ikke å betale noe nå.",
    }
    assert squeezed(late[code]) in text
    assert squeezed(demand[code]) in text
    assert "§6-3" in text
    assert squeezed("8.15") not in text


def test_a_fee_that_is_overdue_is_told_and_late_interest_is_in_no_figure() -> None:
    """38 for a reminder, due on 16 March; a borrower's letter would ask for late interest besides."""
    fee = Fee(uuid4(), date(2026, 3, 2), nok(38), date(2026, 3, 16), recorded())
    loan = paid_out(a_loan(number=12)).with_entry(payment(nok(400), date(2026, 2, 15))).with_entry(fee)
    before = the_notice(bound())
    notice = notice_about(loan, KARI, before.answering, before.guarantor, None, ON)

    assert notice.overdue == nok(2_638)
    assert squeezed("Fee, due 16 Mar 2026 0.00 0.00 38.00 38.00") in read(notice, loan=loan)


@pytest.mark.parametrize(
    ("kind", "told", "untold"),
    [
        (GuaranteeKind.SIMPLE, "only after we have taken legal steps against the borrower", "debt of your own"),
        (GuaranteeKind.OWN_DEBT, "without taking legal steps against the borrower first", "only after we have"),
    ],
)
def test_a_notice_says_when_the_guarantor_may_be_asked(kind: GuaranteeKind, told: str, untold: str) -> None:
    text = read(the_notice(bound(guarantee=a_guarantee(kind=kind))))

    assert squeezed(told) in text
    assert squeezed(untold) not in text


def test_a_guarantee_with_interest_and_costs_in_its_amount_says_so() -> None:
    text = read(the_notice(bound(guarantee=a_guarantee(interest_and_costs_on_top=False))))

    assert squeezed("Interest and the costs of collecting the debt are included in this amount.") in text


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (LiabilityForm.JOINT, "you answer for all of the debt: today that is NOK 11 600.00."),
        (LiabilityForm.PRO_RATA, "today your share is NOK 3 866.67."),  # 11 600 ÷ 3, the first carries the remainder
    ],
)
def test_a_member_is_told_the_share_by_the_form_of_liability(form: LiabilityForm, told: str) -> None:
    text = read(the_notice(liability=form))

    assert squeezed("You are in the network group Solsikken, whose members answer for loan number 12.") in text
    assert squeezed(told) in text
    assert squeezed("Late interest that the borrower owes is not included.") in text
    assert squeezed("We tell everybody who answers for the loan, so that you know how it stands.") in text
    assert "guarant" not in text
    assert "§" not in text  # whether members are guarantors by law is not asserted


def test_a_member_who_is_a_guarantor_too_is_told_both() -> None:
    guarantor = bound(person=None, borrower_id=BEA, guarantee=a_guarantee(at_most=nok(5_000)))

    text = read(the_notice(guarantor, LiabilityForm.JOINT))

    assert squeezed("you signed a guarantee of at most NOK 5 000.00.") in text
    assert squeezed("you answer for all of the debt: today that is NOK 11 600.00.") in text


def test_a_notice_tells_how_to_pay_for_the_borrower() -> None:
    text = read(the_notice(bound()))

    assert squeezed("You may pay what is overdue on behalf of the borrower.") in text
    assert squeezed("What you pay for the borrower, you may claim back from the borrower.") in text
    assert squeezed("8601.11.17947") in text
    assert squeezed("0000 0125") in text


@pytest.mark.parametrize("country", [Country.SE, Country.DK])
def test_norwegian_law_is_not_told_in_sweden_and_denmark(country: Country) -> None:
    office = an_office(country=country, account_number="", organisation_number="")

    text = read(the_notice(bound()), office=office)

    assert "§" not in text
    assert squeezed("not asked of you") not in text
    assert squeezed("Late interest that the borrower owes is not included.") in text
    assert squeezed("a notice and not a demand for payment") in text


def test_a_draft_says_so_and_the_same_notice_gives_the_same_bytes() -> None:
    paper = paper_of(the_notice(bound()))

    assert "DRAFT" in read(the_notice(bound()), number="")
    assert print_paper(DocumentKind.GUARANTOR_NOTICE, paper) == print_paper(
        DocumentKind.GUARANTOR_NOTICE, replace(paper, loan=paper.loan)
    )
    assert print_notice(paper).text_version == TEXT_VERSION == "guarantor-notice 2026-11-28c"
    with pytest.raises(ValueError, match="notice"):
        print_notice(replace(paper, notice=None))


def test_the_check_in_the_foot_tells_another_person_and_another_amount() -> None:
    usual = the_notice(bound())

    def check(notice: DefaultNotice) -> str:
        text = read(notice)
        return text[text.index("V-00012-00001", text.index("Number") + 30) :]

    dearer = the_notice(bound(guarantee=a_guarantee(at_most=nok(12_001))))
    assert check(usual) == check(the_notice(bound()))
    for other in (replace(usual, person=a_person(given_names="Ola")), dearer):
        assert check(other) != check(usual)


@pytest.mark.parametrize("name", ["Amina", "Anne-Margrethe Kristiane Featherstonehaugh-Løvenskiold"])
@pytest.mark.parametrize("kind", list(GuaranteeKind))
@pytest.mark.parametrize("code", ["en", "nb"])
def test_a_notice_of_three_instalments_fits_a_page_below_a_large_letterhead(
    name: str, kind: GuaranteeKind, code: str
) -> None:
    """In the third month of a default there are three; the office has a logo, and the guarantor an address."""
    guarantor = bound(guarantee=a_guarantee(kind=kind, interest_and_costs_on_top=False))
    office = an_office(logo=a_logo(), phone="+4773000000", email="post@fjordfondet.example")
    borrower = a_borrower(person=a_person(given_names=name))

    pages = printed(
        paper_of(the_notice(guarantor), office=office, borrower=borrower, language=code), DocumentKind.GUARANTOR_NOTICE
    )

    assert len(pages) == 1


def test_marks_in_a_name_are_printed_as_they_are_and_a_long_default_fills_more_pages() -> None:
    person = a_person(given_names="<b>Kari</b> & {0}")
    loan = paid_out(a_loan(number=12))
    before = the_notice(bound())
    notice = notice_about(loan, person, before.answering, before.guarantor, None, date(2027, 3, 1))

    pages = printed(paper_of(notice, loan=loan), DocumentKind.GUARANTOR_NOTICE)

    assert squeezed("<b>Kari</b> & {0} Ødegård") in pages[0]
    assert len(pages) == 2
    assert squeezed("Instalment 12, due 15 Jan 2027") in "".join(pages)
