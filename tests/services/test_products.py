"""What an administrator does with products: offering, changing, withdrawing; and what a new office begins with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mikrolaan.domain.audit import Act
from mikrolaan.domain.errors import ConflictError, NotFound
from mikrolaan.domain.identity import Country
from mikrolaan.domain.loan_rules import InterestRule, LateInterest, LoanRules
from mikrolaan.domain.money import Currency
from mikrolaan.domain.plan import make_plan
from mikrolaan.domain.product import Product, ProductNameTaken, Span
from mikrolaan.domain.terms import BusinessDayRule, Repayment
from mikrolaan.i18n.product_words import product_words
from mikrolaan.services.desk import NotAllowed
from mikrolaan.services.example_products import example_data, example_products
from mikrolaan.services.products import default_product
from tests.builders import a_person, a_product, nok, terms
from tests.offices import TestOffice
from tests.ui.lending import auditor


def the_product(office: TestOffice) -> Product:
    return office.session.products.offered()[0]


def dearer(product: Product) -> Product:
    """The same at 8 % as the usual rate."""
    return replace(product, rate_percent=Span(Decimal(0), Decimal(15), Decimal(8)))


def test_a_new_product_is_offered_in_the_currency_of_the_office(office: TestOffice):
    draft = default_product(Country.SE, "Harvest loan")

    added = office.session.products.add(draft)

    assert (added.name, added.currency, added.number, added.is_offered) == ("Harvest loan", Currency.NOK, 1, True)
    assert [product.name for product in office.session.products.offered()] == ["Start-up loan", "Harvest loan"]


def test_a_change_makes_a_version_and_an_old_loan_keeps_its_own(office: TestOffice):
    first = the_product(office)
    borrower = office.session.borrowers.register(a_person())
    loan = office.session.loans.apply(borrower.id, first, terms())

    second = office.session.products.change(first, dearer(first))

    assert (second.number, second.product_id, second.is_offered) == (2, first.product_id, True)
    assert office.session.products.offered() == [second]
    kept = office.session.products.get(office.session.loans.get(loan.id).product_id)
    assert (kept.id, kept.number, kept.rate_percent.usual, kept.is_offered) == (first.id, 1, Decimal(6), False)
    assert [version.number for version in office.session.products.versions(first.product_id)] == [2, 1]


def test_a_change_that_changes_nothing_makes_no_version(office: TestOffice):
    first = the_product(office)

    assert office.session.products.change(first, replace(first)) == first
    assert len(office.session.products.versions(first.product_id)) == 1


def test_a_change_of_what_somebody_else_changed_is_refused(office: TestOffice):
    first = the_product(office)
    office.session.products.change(first, dearer(first))

    with pytest.raises(ConflictError):
        office.session.products.change(first, replace(first, name="Another name"))

    assert [product.name for product in office.session.products.offered()] == ["Start-up loan"]


def test_a_change_of_what_was_withdrawn_meanwhile_is_refused(office: TestOffice):
    first = the_product(office)
    office.session.products.withdraw(first.product_id)

    with pytest.raises(ConflictError):
        office.session.products.change(first, dearer(first))


def test_a_withdrawn_product_is_seen_but_not_offered_until_it_is_offered_again(office: TestOffice):
    first = the_product(office)

    office.session.products.withdraw(first.product_id)

    assert office.session.products.offered() == []
    (withdrawn,) = office.session.products.all()
    assert (withdrawn.id, withdrawn.is_offered) == (first.id, False)
    with pytest.raises(ConflictError):
        office.session.products.withdraw(first.product_id)
    changed = office.session.products.change(withdrawn, dearer(withdrawn))
    assert not changed.is_offered
    office.session.products.offer_again(first.product_id)
    assert [product.id for product in office.session.products.offered()] == [changed.id]


def test_two_products_cannot_have_one_name(office: TestOffice):
    with pytest.raises(ProductNameTaken):
        office.session.products.add(replace(a_product(), name="START-UP loan"))
    other = office.session.products.add(replace(a_product(), name="Harvest loan"))
    with pytest.raises(ProductNameTaken):
        office.session.products.change(other, replace(other, name="Start-up loan"))
    assert office.session.products.change(other, replace(other, name="Harvest Loan")).name == "Harvest Loan"


def test_only_an_administrator_changes_products(office: TestOffice):
    first = the_product(office)
    products = auditor(office).products

    for act in (
        lambda: products.add(replace(first, name="Harvest loan")),
        lambda: products.change(first, dearer(first)),
        lambda: products.withdraw(first.product_id),
        lambda: products.offer_again(first.product_id),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert [product.id for product in products.all()] == [first.id]


def test_every_act_is_told_with_who_and_when(office: TestOffice):
    first = the_product(office)
    office.clock.turn(1)
    office.session.products.change(first, dearer(first))
    office.clock.turn(1)
    office.session.products.withdraw(first.product_id)
    office.clock.turn(1)
    office.session.products.offer_again(first.product_id)

    events = office.session.products.events(first.product_id)

    assert [(event.product.number, event.is_new, event.act) for event in events] == [
        (2, False, Act.PRODUCT_OFFERED_AGAIN),
        (2, False, Act.PRODUCT_WITHDRAWN),
        (2, True, Act.PRODUCT_CHANGED),
        (1, True, Act.OFFICE_FOUNDED),
    ]
    assert {event.officer for event in events} == {"Ingrid Tangen"}
    assert [event.at.date() for event in events] == [date(2026, 1, day) for day in (8, 7, 6, 5)]


def test_a_product_that_is_not_there_cannot_be_withdrawn(office: TestOffice):
    with pytest.raises(NotFound):
        office.session.products.withdraw(a_product().product_id)


# -- what a new office begins with


@pytest.mark.parametrize("country", list(Country))
def test_every_country_begins_with_three_products_whose_usual_loans_repay(country: Country):
    examples = example_products(country, product_words)

    assert [example.name for example in examples] == [
        "Start-up loan",
        "Group member's first loan",
        "Interest-free municipal loan",
    ]
    for example in examples:
        assert example.currency is country.currency
        assert make_plan(example.usual_terms(date(2026, 1, 15))).instalments[-1].balance.minor == 0


def test_only_norwegian_examples_move_due_dates_by_themselves():
    rules = {
        country: {(product.business_day_rule, product.calendar) for product in example_products(country, product_words)}
        for country in Country
    }

    assert rules == {
        Country.NO: {(BusinessDayRule.FOLLOWING, "NO")},  # gjeldsbrevlova § 5
        Country.SE: {(BusinessDayRule.NONE, None)},
        Country.DK: {(BusinessDayRule.NONE, None)},
    }


def test_the_municipal_loan_is_repaid_by_200_a_month_after_three_free_months():
    municipal = example_products(Country.DK, product_words)[2]

    plan = make_plan(municipal.usual_terms(date(2026, 1, 15)))

    assert [row.due.minor for row in plan.instalments] == [0] * 3 + [200_00] * 50
    assert plan.total_cost.minor == 0


def test_examples_live_by_the_usual_rules_and_the_municipal_one_asks_for_nothing_late():
    start_up, group_first, municipal = example_products(Country.NO, product_words)

    assert start_up.rules == group_first.rules == LoanRules()
    assert municipal.rules == LoanRules(late_interest=LateInterest.NONE, reminder_fees=False)


def test_a_loan_lives_by_the_rules_of_the_version_it_was_made_with(office: TestOffice):
    first = the_product(office)
    borrower = office.session.borrowers.register(a_person())
    loan = office.session.loans.apply(borrower.id, first, terms())
    by_day = LoanRules(interest=InterestRule.BY_DAY, rate_notice_months=0)

    second = office.session.products.change(first, replace(first, rules=by_day))

    assert office.session.loans.get(loan.id).rules == first.rules == LoanRules()
    changed = office.session.loans.change_terms(loan.id, second, terms())
    assert changed.rules == by_day
    assert office.session.loans.apply(borrower.id, second, terms()).rules == by_day


def test_the_plain_default_is_the_start_up_loan_of_the_data():
    first = example_products(Country.NO, product_words)[0]
    plain = default_product(Country.NO, first.name)

    for field in ("amount", "rate_percent", "instalments", "establishment_fee_minor", "instalment_fee_minor"):
        assert getattr(plain, field) == getattr(first, field)
    assert first.repayments_allowed == frozenset(Repayment)


def test_every_figure_of_the_examples_says_where_it_comes_from():
    data = example_data()
    figures = [figure for example in data["products"] for key, figure in example.items() if key != "key"]
    figures += [country["business_day_rule"] for country in data["countries"].values()]
    figures += data["rules"].values()

    assert len(figures) > 15
    for figure in figures:
        assert figure["source"] in data["sources"]


def test_examples_speak_the_language_asked_for():
    shouted = example_products(Country.NO, lambda key: product_words(key, str.upper))

    assert shouted[0].name == "START-UP LOAN"
    assert nok(50_000).to_decimal() == shouted[0].amount.usual
