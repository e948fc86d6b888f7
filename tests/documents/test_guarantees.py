"""What paper says of guarantees: the contract's clause and signatures, and the declaration of a later guarantor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mikrolaan.documents import guarantee_clause
from mikrolaan.documents.guarantee_declaration import TEXT_VERSION, print_declaration
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.guarantee_rules import GuaranteeKind, guarantee_rules
from mikrolaan.domain.guarantor import KnownGuarantor, Release
from mikrolaan.domain.identity import Country, read_identity
from mikrolaan.domain.synthetic import synthetic_identity
from mikrolaan.i18n import language
from mikrolaan.services.documents import LoanPaper
from tests.builders import a_loan, a_person, an_office, nok, paid_out, payment, signed
from tests.documents.paper import ISSUED_ON, a_logo, printed, some_paper, some_terms, squeezed
from tests.guaranteeing import KARI, a_guarantee, a_guarantor, bound

BORN = date(1970, 3, 1)
NUMBER = read_identity(synthetic_identity(Country.NO, BORN, 1), Country.NO, ISSUED_ON)
LONG = a_person(
    given_names="Maximiliana-Alexandra Konstantinopolitana",
    family_name="von und zu Løvenskiold-Østergaard",
    identity_number=NUMBER,
    birth_date=None,
)
OLA = a_person(given_names="Ola", family_name="Moen", birth_date=date(1965, 9, 9))


def known(person: Any = KARI, **promise: Any) -> KnownGuarantor:
    return KnownGuarantor(a_guarantor(person=person, guarantee=a_guarantee(**promise)), person)


def contract(*people: KnownGuarantor, **changes: Any) -> list[str]:
    return printed(some_paper(guarantors=people, **changes))


@pytest.mark.parametrize("code", ["nb", "en"])
def test_the_contract_names_each_guarantor_with_the_amount_in_figures(code: str) -> None:
    text = "".join(contract(known(at_most=nok(50_000)), known(LONG, at_most=nok(120_000)), language=code))

    for told in (
        "Kari Vik",
        language(code).long_date(BORN),
        language(code).money(nok(50_000)),
        LONG.name,
        NUMBER.formatted,
        language(code).money(nok(120_000)),
    ):
        assert squeezed(told) in text


def test_a_contract_says_what_each_guarantor_promised() -> None:
    simple = "".join(contract(known()))
    own_debt = "".join(
        contract(
            known(
                kind=GuaranteeKind.OWN_DEBT,
                interest_and_costs_on_top=False,
                is_consumer=False,
                until=date(2029, 6, 30),
            )
        )
    )

    assert squeezed("as a simple guarantor, with at most NOK 12 000.00. Interest and the costs of collecting") in simple
    assert squeezed("the debt come on top of this amount.") in simple
    assert squeezed("only after the lender has taken legal steps against the borrower") in simple
    assert squeezed("as for a debt of their own, with at most NOK 12 000.00") in own_debt
    assert squeezed("are included in this amount.") in own_debt
    assert squeezed("This guarantee ends on 30 June 2029 at the latest.") in own_debt
    assert squeezed("simple guarantor") not in own_debt
    for text in (simple, own_debt):
        assert squeezed("tells each guarantor in writing within 3 months") in text
        assert squeezed("at the latest 10 years after the guarantor signed") in text
        assert squeezed("Late interest that the borrower owes is not asked of the guarantor.") in text
        assert squeezed("may claim the money back from the borrower") in text


@pytest.mark.parametrize("country", [Country.SE, Country.DK])
def test_what_is_norwegian_law_is_not_said_in_sweden_and_denmark(country: Country) -> None:
    office = replace(an_office(account_number=""), country=country)

    text = "".join(contract(known(), office=office))

    assert squeezed("A guarantee ends when the loan is repaid. A guarantor who has paid") in text
    assert squeezed("10 years") not in text
    assert squeezed("Late interest that the borrower owes") not in text
    assert squeezed("No notice is needed of a delay") not in text


@pytest.mark.parametrize("guarantors", [1, 2, 3, 6])
@pytest.mark.parametrize("instalments", [6, 12, 20, 24, 25, 26, 28, 36])
def test_every_guarantor_signs_below_the_last_clause(guarantors: int, instalments: int) -> None:
    people = [known(a_person(given_names=f"Guarantor{number}")) for number in range(guarantors)]

    last = contract(*people, loan=a_loan(terms=some_terms(instalments=instalments)))[-1]

    assert last.index("Copiesandsignatures") < last.index("Placeanddate")
    assert last.count("Placeanddate") == last.count("Signature") == 2 + guarantors
    assert squeezed(f"made in {2 + guarantors} copies, one for each who signs") in last
    for person in people:
        assert squeezed(person.name) in last


@pytest.mark.parametrize(
    ("code", "one", "several"),
    [
        (
            "en",
            "the borrower and the guarantor confirm having read",
            "the borrower and the guarantors confirm having read",
        ),
        ("nb", "bekrefter låntaker og kausjonisten at de", "bekrefter låntaker og kausjonistene at de"),
    ],
)
def test_one_guarantor_is_not_told_of_as_several(code: str, one: str, several: str) -> None:
    alone, both = "".join(contract(known(), language=code)), "".join(contract(known(), known(OLA), language=code))

    assert squeezed(one) in alone
    assert squeezed(several) in both
    for plural in ("the guarantors confirm", "the guarantors in any case", "kausjonistene"):
        assert squeezed(plural) not in alone


def test_more_guarantors_than_fit_sign_a_sheet_that_repeats_the_clause() -> None:
    people = [known(a_person(given_names=f"Guarantor{number}")) for number in range(9)]

    signed_pages = [page for page in contract(*people) if "Signature" in page]

    assert [page.count("Placeanddate") for page in signed_pages] == [8, 3]
    assert all(page.count(squeezed("made in 11 copies, one for each who signs")) == 1 for page in signed_pages)


def test_the_clause_follows_the_laws_table_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    today = guarantee_rules(Country.NO, ISSUED_ON)
    changed = replace(today, notice_months=2, short_months=1, longest_years=5)
    monkeypatch.setattr(guarantee_clause, "guarantee_rules", lambda country, on: changed)

    text = "".join(contract(known()))

    assert squeezed("tells each guarantor in writing within 2 months. No notice is needed of a delay that was") in text
    assert squeezed("over within 1 month.") in text
    assert squeezed("at the latest 5 years after the guarantor signed") in text


def test_a_contract_without_guarantors_says_nothing_of_them() -> None:
    text = "".join(contract()).lower()

    assert "guarant" not in text
    assert squeezed("made in two copies, one for each.") in text


def test_a_member_who_is_a_guarantor_is_not_said_to_owe_nothing() -> None:
    text = "".join(contract(known(), group_name="Nordlys"))

    assert squeezed("members who do not sign as guarantors guarantee nothing and owe nothing") in text
    assert squeezed("the other members guarantee nothing") not in text


def test_who_was_removed_released_or_came_later_is_not_in_the_contract() -> None:
    gone = KnownGuarantor(bound().released(Release(ISSUED_ON, "Paid")), KARI)
    assert "KariVik" not in "".join(contract(gone))
    later = some_paper(loan=signed(a_loan(number=12)), guarantors=(known(),))
    assert "KariVik" not in "".join(printed(later))


def test_the_check_in_the_foot_follows_the_guarantee() -> None:
    def check(paper: LoanPaper) -> str:
        text = printed(paper)[0]
        return text[text.index("Check") + 5 :][:16]

    usual = check(some_paper(guarantors=(known(),)))

    assert check(some_paper(guarantors=(known(),))) == usual
    assert check(some_paper()) != usual
    for other in (
        known(at_most=nok(11_999)),
        known(interest_and_costs_on_top=False),
        known(OLA),
        known(kind=GuaranteeKind.OWN_DEBT),
    ):
        assert check(some_paper(guarantors=(other,))) != usual


# -- the declaration


def declaration(**changes: Any) -> list[str]:
    """Of Kari, on 1 February 2026, for a loan of 12 000 paid out on 15 January."""
    usual: dict[str, Any] = {
        "loan": paid_out(a_loan(number=12)),
        "guarantor": known(),
        "number": "G-00012-00001",
        "issued_on": date(2026, 2, 1),
    }
    return printed(some_paper(**{**usual, **changes}), DocumentKind.GUARANTEE)


@pytest.mark.parametrize(
    ("code", "stands"), [("en", "Nothing is overdue."), ("nb", "Ingenting er forfalt og ubetalt.")]
)
def test_a_declaration_tells_the_loan_the_promise_and_how_the_debt_stands(code: str, stands: str) -> None:
    (page,) = declaration(language=code)

    speech = language(code)
    for told in (
        "Kari Vik",
        "Amina Ødegård",
        speech.money(nok(12_000)),
        speech.long_date(date(2027, 1, 15)),
        stands,
        "G-00012-00001",
    ):
        assert squeezed(told) in page
    assert page.count(squeezed(speech.gettext("Place and date"))) == 2


def test_a_declaration_says_that_the_borrower_is_in_default() -> None:
    loan = paid_out(a_loan(number=12)).with_entry(payment(nok(1_000), date(2026, 2, 15)))

    text = "".join(declaration(loan=loan, issued_on=date(2026, 4, 20)))

    assert squeezed("NOK 11 000.00 of the principal is unpaid.") in text
    assert squeezed("NOK 2 000.00 is overdue, the oldest of it since 15 March 2026") in text
    assert squeezed("the borrower is in default") in text


def test_a_declaration_before_the_payout_says_so() -> None:
    text = "".join(declaration(loan=signed(a_loan(number=12)), issued_on=date(2026, 1, 6)))

    assert squeezed("On 6 January 2026 nothing of the loan has been paid out.") in text


@pytest.mark.parametrize("person", [KARI, LONG])
@pytest.mark.parametrize("day", [date(2026, 2, 1), date(2026, 6, 1)])
def test_nobody_signs_a_declaration_without_its_last_clause(person: Any, day: date) -> None:
    last = declaration(guarantor=known(person), issued_on=day)[-1]

    assert last.index("Copiesandsignatures") < last.index("Placeanddate")
    assert last.count("Signature") == 2
    assert squeezed(person.name) in last


@pytest.mark.parametrize("code", ["en", "nb"])
@pytest.mark.parametrize("day", [date(2026, 2, 1), date(2026, 4, 20)])
def test_a_declaration_is_signed_on_its_one_page_below_a_large_letterhead(code: str, day: date) -> None:
    """Also when the borrower is in default, and the office's name fills two lines beside its logo."""
    office = an_office(
        name="Fjordfondet for nettverkskreditt og mikrofinans i Trøndelag og Nordland",
        logo=a_logo(),
        phone="+4773000000",
        email="post@fjordfondet.example",
    )

    (page,) = declaration(language=code, issued_on=day, office=office)

    assert page.count(squeezed(language(code).gettext("Place and date"))) == 2


def test_a_declaration_says_which_day_the_contract_was_signed() -> None:
    assert squeezed("Contract signed 5 January 2026") in "".join(declaration())


def test_a_draft_of_a_declaration_says_so_and_what_is_typed_is_printed_literally() -> None:
    name = '<b>&amp;</b> "Robert" {0}'
    pages = declaration(number="", guarantor=known(a_person(given_names=name)))

    assert all("DRAFT" in page for page in pages)
    assert squeezed(name) in "".join(pages)


def test_the_wording_of_a_declaration_has_a_version_and_needs_a_guarantor() -> None:
    paper = some_paper(loan=paid_out(a_loan()), guarantor=known(), issued_on=date(2026, 2, 1))

    assert print_declaration(paper) == print_declaration(paper)
    assert print_declaration(paper).text_version == TEXT_VERSION == "guarantee-declaration 2026-11-28b"
    with pytest.raises(ValueError, match="guarantor"):
        print_declaration(replace(paper, guarantor=None))
