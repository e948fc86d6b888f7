"""Letters about arrears, read back from their pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mikrolaan.documents.press import print_paper
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.follow_up import StepKind
from mikrolaan.domain.letter import Letter, letter_about
from mikrolaan.domain.loan_rules import LateInterest, LoanRules
from mikrolaan.domain.months import months_later
from mikrolaan.i18n import language
from mikrolaan.services.documents import LoanPaper
from tests.builders import a_borrower, a_loan, a_person, an_office, nok, paid_out, payment, terms
from tests.documents.paper import a_logo, font_of, printed, some_paper, squeezed

ON = date(2026, 3, 20)


def a_letter(kind: StepKind = StepKind.REMINDER, **changes: Any) -> LoanPaper:
    """600 of the instalment of 15 February and 1 000 of 15 March are unpaid."""
    loan = paid_out(a_loan(number=12)).with_entry(payment(nok(400), date(2026, 2, 15)))
    letter = letter_about(loan, kind, ON, deadline_days=14, fee=nok(38), letter_before_on=None, country="NO")
    return some_paper(loan=loan, number="M-00012-00001", issued_on=ON, letter=replace(letter, **changes))


def read(paper: LoanPaper) -> str:
    """The text of the letter without any white space."""
    return "".join(printed(paper, DocumentKind.REMINDER))


def asked(paper: LoanPaper) -> Letter:
    assert paper.letter is not None
    return paper.letter


def test_a_letter_tells_what_is_due_line_by_line_by_when_and_what_it_costs() -> None:
    paper = a_letter()

    text = read(paper)

    # 600 × 12 % × 33 days ÷ 365 = 6.51, and 1 000 × 12 % × 5 days ÷ 365 = 1.64
    assert asked(paper).late_interest == nok("8.15")
    assert asked(paper).total == nok("1646.15")
    assert squeezed("Instalment 1, due 15 Feb 2026 600.00 0.00 0.00 600.00") in text
    assert squeezed("Instalment 2, due 15 Mar 2026 1 000.00 0.00 0.00 1 000.00") in text
    assert squeezed("Late interest until 20 Mar 2026 8.15") in text
    assert squeezed("Fee for this letter 38.00") in text
    assert squeezed("To pay now 1 646.15") in text
    assert squeezed("7 April 2026") in text
    assert squeezed("12.00% a year") in text


def test_a_letter_tells_how_to_pay() -> None:
    text = read(a_letter())

    assert squeezed("8601.11.17947") in text
    assert squeezed("0000 0125") in text


def test_a_letter_speaks_the_borrowers_language() -> None:
    text = read(replace(a_letter(), language="nb"))

    assert squeezed("Purring") in text
    assert squeezed("Termin 1, forfalt 15.02.2026 600,00 0,00 0,00 600,00") in text
    assert squeezed("Forsinkelsesrenter til 20.03.2026 8,15") in text
    assert squeezed("Betal innen 7. april 2026") in text
    assert squeezed("Reminder") not in text


@pytest.mark.parametrize(
    ("kind", "title", "follows"),
    [
        (StepKind.REMINDER, "Reminder of payment", "we will send you a notice of debt collection"),
        (StepKind.NOTICE, "Notice of debt collection", "we will collect the debt"),
        (StepKind.DEMAND, "Demand for payment", "may hand the claim over to a debt collector or the court"),
    ],
)
@pytest.mark.parametrize("language", ["en", "nb"])
def test_each_step_says_what_follows(kind: StepKind, title: str, follows: str, language: str) -> None:
    text = read(replace(a_letter(kind), language=language))

    assert (squeezed(title) in text) is (language == "en")
    assert (squeezed(follows) in text) is (language == "en")
    assert squeezed("{") not in text


def test_the_demand_names_the_letter_before() -> None:
    text = read(a_letter(StepKind.DEMAND, letter_before_on=date(2026, 3, 1)))

    assert squeezed("We wrote to you about this on 1 March 2026.") in text


def test_a_letter_without_fee_and_late_interest_asks_for_what_is_overdue_alone() -> None:
    text = read(a_letter(fee=None, late_interest=nok(0), late_percent=None))

    assert squeezed("Fee for this letter") not in text
    assert squeezed("Late interest until") not in text
    assert squeezed("Late interest runs") not in text
    assert squeezed("To pay now 1 600.00") in text


@pytest.mark.parametrize(
    ("rules", "told", "untold"),
    [
        (LoanRules(), "It may cost you a fee. Late interest keeps running.", "nothing"),
        (LoanRules(reminder_fees=False), "Late interest keeps running.", "cost you a fee"),
        (LoanRules(late_interest=LateInterest.NONE), "It may cost you a fee.", "ate interest"),
    ],
)
def test_a_reminder_threatens_with_nothing_that_the_loan_does_not_know(
    rules: LoanRules, told: str, untold: str
) -> None:
    paper = a_letter(fee=None, late_interest=nok(0), late_percent=None)

    text = read(replace(paper, loan=replace(paper.loan, rules=rules)))

    assert squeezed(told) in text
    assert squeezed(untold) not in text


@pytest.mark.parametrize("kind", [StepKind.REMINDER, StepKind.NOTICE, StepKind.DEMAND])
@pytest.mark.parametrize("code", ["en", "nb"])
def test_a_letter_about_many_instalments_uses_the_room_of_its_first_page(kind: StepKind, code: str) -> None:
    """Eleven are overdue; how to pay stands below them, and whoever sends the letter on no page of its own."""
    loan = paid_out(a_loan(number=12))
    letter = letter_about(
        loan, kind, date(2026, 12, 20), deadline_days=14, fee=nok(38), letter_before_on=date(2026, 4, 1), country="NO"
    )
    paper = some_paper(loan=loan, letter=letter, language=code, office=an_office(logo=a_logo()))

    first, last = printed(paper, DocumentKind.REMINDER)

    speech = language(code)
    assert squeezed(speech.gettext("How to pay")) in first
    assert last.index(squeezed(speech.gettext("Talk to us"))) < last.index("KariLund")


def test_the_sum_of_a_letter_is_printed_in_strong_letters() -> None:
    content = print_paper(DocumentKind.REMINDER, a_letter()).content

    assert "SemiBold" in font_of(content, "646.15")
    assert "SemiBold" not in font_of(content, "8.15")


@pytest.mark.parametrize("months", range(10, 50))
def test_the_sum_of_a_letter_stands_below_its_last_line(months: int) -> None:
    loan = paid_out(a_loan(number=12, terms=terms(principal=nok(50_000), instalments=50)))
    day = months_later(date(2026, 1, 20), months)
    letter = letter_about(loan, StepKind.REMINDER, day, deadline_days=14, fee=None, letter_before_on=None, country="NO")
    paper = some_paper(loan=loan, letter=replace(letter, late_interest=nok(0), late_percent=None))

    pages = printed(paper, DocumentKind.REMINDER)

    page = next(page for page in reversed(pages) if "Topaynow" in page)
    assert squeezed(f"Instalment {months}, due") in page


def test_a_draft_says_so_and_the_same_letter_gives_the_same_bytes() -> None:
    draft = replace(a_letter(), number="")

    assert "DRAFT" in read(draft)
    assert (
        print_paper(DocumentKind.REMINDER, a_letter()).content
        == print_paper(DocumentKind.REMINDER, replace(a_letter(), loan=a_letter().loan)).content
    )


def test_marks_in_a_name_are_printed_as_they_are() -> None:
    person = a_person(given_names="<b>Amina</b> & Co")
    text = read(replace(a_letter(), borrower=a_borrower(person=person)))

    assert squeezed("<b>Amina</b> & Co Ødegård") in text
