"""What the loan contract says and where people sign."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mikrolaan.documents.figures import all_interest, instalment_fees
from mikrolaan.documents.loan_contract import TEXT_VERSION, print_contract
from mikrolaan.domain.group import LiabilityForm
from mikrolaan.domain.guarantor import KnownGuarantor
from mikrolaan.domain.identity import Country
from mikrolaan.domain.loan_rules import (
    EarlyRepayment,
    InterestRule,
    LateInterest,
    LateInterestBase,
    LoanRules,
    Part,
)
from mikrolaan.domain.terms import FeePaid, PaymentFreeInterest, Repayment
from mikrolaan.i18n import language
from tests.builders import a_loan, an_office, nok
from tests.documents.paper import printed, some_paper, some_terms, squeezed
from tests.guaranteeing import KARI, a_guarantor


@pytest.mark.parametrize("instalments", [1, 6, 12, 18, 23, 24, 25, 26, 27, 28, 36, 48, 60, 72])
def test_nobody_signs_a_page_without_the_last_clause(instalments):
    pages = printed(some_paper(loan=a_loan(terms=some_terms(instalments=instalments))))

    last = pages[-1]
    assert last.index("Copiesandsignatures") < last.index("Placeanddate")
    assert last.count("Placeanddate") == last.count("Signature") == 2
    assert squeezed("Amina Ødegård") in last
    assert squeezed("Kari Lund, for Fjordfondet") in last


def test_a_fee_that_is_kept_back_is_taken_from_the_payout():
    text = "".join(printed(some_paper()))

    assert squeezed("The lender lends the borrower NOK 100 000.00. NOK 99 000.00 is paid out") in text
    assert squeezed("The establishment fee is NOK 1 000.00. It is kept back from the payout.") in text


def test_a_fee_paid_by_itself_leaves_the_payout_whole():
    paper = some_paper(loan=a_loan(terms=some_terms(establishment_fee_paid=FeePaid.SEPARATELY)))

    text = "".join(printed(paper))

    assert squeezed("Paid out to the borrower NOK 100 000.00") in text
    assert squeezed("It is paid by itself on the day of the payout.") in text


def test_a_rate_is_stated_with_all_its_decimals():
    paper = some_paper(loan=a_loan(terms=some_terms(annual_rate_percent=Decimal("7.125"))))

    assert squeezed("The nominal rate is 7.125% a year.") in "".join(printed(paper))


def test_a_loan_without_interest_says_so():
    paper = some_paper(loan=a_loan(terms=some_terms(annual_rate_percent=Decimal(0))))

    assert squeezed("The loan bears no interest.") in "".join(printed(paper))


def test_only_a_loan_in_a_group_tells_that_members_owe_nothing():
    with_group, without = "".join(printed(some_paper(group_name="Nordlys"))), "".join(printed(some_paper()))

    assert squeezed("network group Nordlys") in with_group
    assert squeezed("the other members guarantee nothing and owe nothing") in with_group
    assert squeezed("network group") not in without


@pytest.mark.parametrize(
    ("country", "act", "law"),
    [
        (Country.NO, "forsinkelsesrenteloven", "Norwegian law"),
        (Country.SE, "räntelagen", "Swedish law"),
        (Country.DK, "renteloven", "Danish law"),
    ],
)
def test_late_interest_and_law_are_those_of_the_office(country, act, law):
    office = replace(an_office(account_number=""), country=country)

    text = "".join(printed(some_paper(office=office)))

    assert squeezed(f"({act})") in text
    assert squeezed(f"governed by {law}") in text


def test_no_rate_of_late_interest_is_printed_since_the_law_changes_it():
    text = "".join(printed(some_paper()))
    late = text[text.index("Latepayment") : text.index("Breachandtermination")]

    assert "%" not in late


def said_by(rules: LoanRules) -> str:
    return "".join(printed(some_paper(loan=a_loan(terms=some_terms(), rules=rules))))


def test_the_contract_tells_the_usual_rules_by_which_the_loan_lives():
    text = said_by(LoanRules())

    assert squeezed("it settles fees first, then late interest, then interest, then principal.") in text
    assert squeezed("the instalments stay as large as they are, and the loan is repaid sooner") in text
    assert squeezed("Where the nominal rate of the loan is higher, late interest is counted at that rate.") in text
    assert squeezed("For a written reminder the lender may charge a fee") in text
    assert squeezed("The change takes effect 2 months after the notice at the earliest.") in text


def test_the_contract_tells_other_rules_where_the_product_has_them():
    text = said_by(
        LoanRules(
            interest=InterestRule.BY_DAY,
            allocation=(Part.PRINCIPAL, Part.INTEREST, Part.FEES, Part.LATE_INTEREST),
            early_repayment=EarlyRepayment.LOWER_INSTALMENT,
            late_interest=LateInterest.AGREED,
            late_interest_percent=Decimal("9.125"),
            late_interest_base=LateInterestBase.PRINCIPAL,
            reminder_fees=False,
            rate_notice_months=1,
        )
    )

    assert squeezed("it settles principal first, then interest, then fees, then late interest.") in text
    assert squeezed("Interest is counted from day to day on what is owed") in text
    assert squeezed("the last due date stays, and the instalments become smaller") in text
    assert squeezed("until it is paid, at 9.125% a year. Late interest is counted on overdue principal only.") in text
    assert squeezed("The lender charges no fee for reminders.") in text
    assert squeezed("The change takes effect 1 month after the notice at the earliest.") in text
    assert "forsinkelsesrenteloven" not in text


def test_a_loan_without_late_interest_and_notice_promises_neither():
    text = said_by(
        LoanRules(early_repayment=EarlyRepayment.KEEP_PLAN, late_interest=LateInterest.NONE, rate_notice_months=0)
    )

    assert squeezed("it settles fees first, then interest, then principal.") in text
    assert squeezed("bears no late interest.") in text
    assert squeezed("the last ones become smaller or fall away") in text
    assert squeezed("after the notice at the earliest") not in text


def test_the_wording_has_a_version():
    assert print_contract(some_paper()).text_version == TEXT_VERSION == "loan-contract 2026-11-28e"


@pytest.mark.parametrize("fee_paid", list(FeePaid))
def test_interest_and_fees_add_up_to_what_the_loan_costs(fee_paid):
    # The first three months nothing is paid: their interest is added to the debt and is a cost all the same.
    terms = some_terms(establishment_fee_paid=fee_paid, payment_free_instalments=3)
    plan = a_loan(terms=terms).plan()

    assert instalment_fees(plan) == nok(21 * 45)
    assert all_interest(plan) + nok(1_000) + nok(21 * 45) == plan.total_cost
    assert all_interest(plan) > plan.interest
    text = "".join(printed(some_paper(loan=a_loan(terms=terms))))
    assert squeezed("Interest in all" + language("en").money(all_interest(plan))) in text


def test_interest_without_grace_is_that_of_the_instalments():
    plan = a_loan(terms=some_terms()).plan()

    assert all_interest(plan) == plan.interest


def test_a_season_is_told_by_its_months_and_its_last_date_is_the_last_that_repays():
    seasonal = some_terms(instalments=12, months_without_principal=frozenset({12, 1, 2}))
    paper = some_paper(loan=a_loan(terms=seasonal))
    assert paper.loan.plan().instalments[-1].due_on.month not in seasonal.months_without_principal

    english = "".join(printed(paper))
    norwegian = "".join(printed(replace(paper, language="nb")))

    assert squeezed("fall due in these months: January, February, December. Only interest and fees") in english
    assert squeezed("januar, februar, desember") in norwegian
    assert squeezed(f"to {language('en').long_date(paper.loan.plan().instalments[-1].due_on)}") in english


@pytest.mark.parametrize(
    ("code", "agreed", "never"),
    [
        ("en", "The principal of each instalment is agreed one by one, as the repayment plan shows", "annuity loan"),
        ("nb", "Avdragene er avtalt hvert for seg", "annuitetslån"),
    ],
)
def test_agreed_amounts_are_told_to_stand_in_the_plan(code, agreed, never):
    amounts = (0, 0, 30_000_00, 70_000_00)
    paper = some_paper(
        loan=a_loan(terms=some_terms(instalments=4, agreed_principals_minor=amounts, interest_only_instalments=0)),
        language=code,
    )

    text = "".join(printed(paper))

    assert squeezed(agreed) in text
    assert squeezed(never) not in text
    assert squeezed("what rounding has left") not in text
    assert squeezed(language(code).amount(nok(70_000))) in text


def test_agreed_amounts_tell_of_payment_free_due_dates_but_leave_the_rest_to_the_plan():
    terms = some_terms(
        instalments=4,
        payment_free_instalments=1,
        payment_free_interest=PaymentFreeInterest.ACCRUED,
        interest_only_instalments=1,
    )
    agreed = replace(terms, agreed_principals_minor=(0, 40_000_00, 0, 60_000_00))

    text = "".join(printed(some_paper(loan=a_loan(terms=agreed))))

    assert squeezed("Nothing is paid on the first due date; its interest is paid with the next instalment.") in text
    assert squeezed("only interest and fees are paid") not in text


@pytest.mark.parametrize("form", list(LiabilityForm))
@pytest.mark.parametrize("code", ["en", "nb"])
def test_members_who_answer_for_each_other_are_not_said_to_owe_nothing(form, code):
    for guarantors in ((), (KnownGuarantor(a_guarantor(), KARI),)):
        paper = some_paper(group_name="Nordlys", liability=form, guarantors=guarantors, language=code)

        text = "".join(printed(paper))

        answers = form in (LiabilityForm.JOINT, LiabilityForm.PRO_RATA)
        owe_nothing = {"en": "owe nothing for this loan", "nb": "skylder ingenting for dette lånet"}[code]
        bound = {"en": "only those are bound who sign it", "nb": "binder denne avtalen bare dem som skriver under"}[
            code
        ]
        assert (squeezed(owe_nothing) in text) is not answers
        assert (squeezed(bound) in text) is answers


@pytest.mark.parametrize("code", ["en", "nb"])
@pytest.mark.parametrize("repayment", list(Repayment))
def test_a_contract_without_interest_does_not_explain_how_the_interest_is_paid(repayment, code):
    free = some_terms(annual_rate_percent=Decimal(0), repayment=repayment, interest_only_instalments=0)

    text = "".join(printed(some_paper(loan=a_loan(terms=free), language=code)))

    for never in (
        "at first more of each is interest",
        "the interest falls",
        "all interest are paid",
        "interest is paid on every",
    ):
        assert squeezed(never) not in text
    for never in (
        "først er mer av hvert beløp renter",
        "rentene blir",
        "alle renter betales",
        "renter betales på hver",
    ):
        assert squeezed(never) not in text
    whole = {
        "en": "The whole principal is paid on the last due date.",
        "nb": "Hele hovedstolen betales på siste forfallsdag.",
    }
    same = {"en": "The same principal is repaid with every instalment.", "nb": "Avdraget er like stort i hver termin."}
    told = same if repayment in (Repayment.ANNUITY, Repayment.SERIAL) else whole
    assert squeezed(told[code]) in text


@pytest.mark.parametrize(
    ("code", "alone", "guaranteed"),
    [
        ("en", "when both have signed this contract", "when all have signed this contract"),
        ("nb", "når begge har skrevet under avtalen", "når alle har skrevet under avtalen"),
    ],
)
def test_the_money_is_paid_out_when_guarantors_have_signed_too(code, alone, guaranteed):
    kari = a_guarantor()

    without = "".join(printed(some_paper(language=code)))
    with_guarantor = "".join(printed(some_paper(language=code, guarantors=(KnownGuarantor(kari, KARI),))))

    assert squeezed(alone) in without
    assert squeezed(guaranteed) in with_guarantor
    assert squeezed(alone) not in with_guarantor
