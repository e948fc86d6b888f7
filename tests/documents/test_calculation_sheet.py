"""The calculation that a client takes home, read back from its pages."""

from __future__ import annotations

import pytest

from mikrolaan.documents.calculation_sheet import print_calculation
from mikrolaan.i18n import OFFERED, language
from mikrolaan.i18n.conventions import conventions
from tests.builders import nok
from tests.documents.calculations import a_calculation
from tests.documents.paper import pages_of, squeezed


@pytest.mark.parametrize("code", OFFERED)
def test_it_holds_the_figures_and_every_instalment_in_the_clients_language(code):
    paper, speech = a_calculation(language=code), language(code)
    plan, rate = paper.calculation.plan, paper.calculation.effective_rate
    assert rate is not None

    text = "".join(pages_of(print_calculation(paper)))

    assert squeezed("Amina Ødegård") in text
    assert squeezed(speech.money(nok(100_000))) in text
    assert squeezed(speech.percent(rate)) in text
    assert squeezed(speech.money(paper.calculation.regular.due)) in text
    assert squeezed(speech.money(plan.total_cost)) in text
    for row in plan.instalments:
        cells = (str(row.number), speech.date(row.due_on), *map(speech.amount, (row.principal, row.interest, row.fees)))
        assert squeezed("".join((*cells, speech.amount(row.due), speech.amount(row.balance)))) in text


def test_every_page_says_that_it_is_no_offer():
    pages = pages_of(print_calculation(a_calculation({"instalments": 60})))

    assert len(pages) > 1
    assert all(squeezed("Calculation, not an offer") in page for page in pages)


def test_a_usual_calculation_takes_two_pages_at_most():
    assert len(pages_of(print_calculation(a_calculation({"instalments": 36})))) <= 2


def test_it_says_how_many_instalments_have_no_payment_or_only_interest():
    paper = a_calculation({"payment_free_instalments": 2, "interest_only_instalments": 3})

    text = pages_of(print_calculation(paper))[0]

    assert squeezed("Without payment 2") in text
    assert squeezed("With interest only 3") in text


def test_without_a_client_nobody_is_named():
    assert "For" + squeezed("Start-up loan") not in pages_of(print_calculation(a_calculation(borrower_name="")))[0]


def test_names_with_signs_of_mark_up_are_printed_as_typed():
    paper = a_calculation(borrower_name="<b>Åse & Ødegård</b>", product_name="Loan <1>")

    text = pages_of(print_calculation(paper))[0]

    assert squeezed("<b>Åse & Ødegård</b> · Loan <1>") in text


def test_the_same_calculation_prints_the_same_bytes():
    assert print_calculation(a_calculation()) == print_calculation(a_calculation())


def test_a_plan_of_a_hundred_years_is_printed_whole():
    paper = a_calculation({"instalments": 1200})

    text = "".join(pages_of(print_calculation(paper)))

    assert squeezed("1200 15 Dec 2126") in text


@pytest.mark.parametrize("code", ["nb", "en"])
def test_a_season_is_told_even_where_it_is_nearly_the_whole_year(code):
    terms = {"instalments": 24, "months_without_principal": frozenset(range(1, 12))}

    text = squeezed("".join(pages_of(print_calculation(a_calculation(terms=terms, language=code)))))

    for month in conventions(code).months[:11]:
        assert squeezed(month) in text
