"""The trial balance on paper, read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mikrolaan.documents.trial_balance import print_trial_balance
from mikrolaan.domain.identity import Country
from mikrolaan.domain.ledger import books
from mikrolaan.domain.ledger_accounts import AccountRole, standard_chart
from mikrolaan.domain.money import Currency
from mikrolaan.domain.trial_balance import Period, Tally, TrialBalance
from mikrolaan.services.ledger import BalancePaper
from tests.builders import a_loan, an_office, nok, paid_out, payment
from tests.documents.paper import pages_of, squeezed

FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))


def a_balance(until: date = FEBRUARY.last) -> TrialBalance:
    """12 000 kroner paid out in January, 1 000 paid in February."""
    loan = paid_out(a_loan()).with_entry(payment(nok(1_000), date(2026, 2, 15)))
    tally = Tally(FEBRUARY)
    tally.add(books(loan, until))
    chart = standard_chart(Country.NO)
    loans = replace(chart.of(AccountRole.LOANS), name="Utlån <mikro> & små")
    return tally.trial_balance(chart.with_account(loans), Currency.NOK, until)


def printed(balance: TrialBalance, code: str = "nb") -> str:
    paper = BalancePaper(an_office(name="Fjordfondet & <Sønn>"), balance, date(2026, 3, 2), "Kari Lund", code)
    (page,) = pages_of(print_trial_balance(paper))
    return page


def test_every_account_stands_with_its_four_amounts_and_the_proofs_below():
    page = printed(a_balance())

    assert squeezed("1390 Utlån <mikro> & små 12 000,00 0,00 1 000,00 11 000,00") in page
    assert squeezed("1920 Bankinnskudd −12 000,00 1 000,00 0,00 −11 000,00") in page
    assert squeezed("I alt 0,00 1 000,00 1 000,00 0,00") in page
    assert squeezed("Debet er lik kredit: differansen er 0,00 kr.") in page
    assert squeezed("Restgjelden på alle lån er 11 000,00 kr, det samme som på kontoen 1390") in page
    assert squeezed("1. februar 2026 til 28. februar 2026 · Kari Lund, 2. mars 2026") in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "still open"),
        ({"closed_until": FEBRUARY.last}, "are closed"),
        ({"closed_until": date(2026, 2, 14)}, "still open"),
        ({"until": date(2026, 2, 20)}, "The period is not over: the figures are those of 20 February 2026"),
        ({"outstanding": nok(10_000)}, "differ by NOK 1 000.00"),
        ({"outstanding": nok(12_000)}, "differ by NOK 1 000.00"),
        ({"differs_from_closing": (date(2026, 1, 31),)}, "31 January 2026 are no longer what they were"),
    ],
)
def test_the_paper_says_what_its_figures_are_worth(changes: dict[str, Any], told: str):
    assert squeezed(told) in printed(replace(a_balance(), **changes), "en")


def test_a_difference_between_debit_and_credit_is_told():
    balance = a_balance()

    for debit in (1_001, 999):
        wrong = replace(balance, total=replace(balance.total, debit=nok(debit)))
        assert squeezed("Debit and credit differ by NOK 1.00") in printed(wrong, "en")


def test_the_same_balance_prints_the_same_bytes():
    paper = BalancePaper(an_office(), a_balance(), date(2026, 3, 2), "Kari Lund", "nb")

    assert print_trial_balance(paper) == print_trial_balance(paper)
