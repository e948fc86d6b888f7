"""The menu of a running loan: what can be done now, and what is in the way of the rest."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.builders import nok
from tests.ui.lending import no_dialog, press
from tests.ui.test_loan_life import a_running_loan, menu_lines, menu_of, opened, plain


@pytest.fixture
def loan(office):
    return a_running_loan(office)


@pytest.fixture
def case(qtbot, office, loan):
    return opened(qtbot, office, loan)


def possible(case):
    return [act.text().replace("&", "") for act in menu_lines(case) if act.isEnabled()]


def in_the_way(case):
    return {act.text().replace("&", ""): plain(act.toolTip()) for act in menu_lines(case) if not act.isEnabled()}


def test_the_menu_offers_what_can_be_done_now(office, loan, case):
    assert possible(case) == [
        "Charge a fee…",
        "Change the rate…",
        "Grant a payment holiday…",
        "Make a new plan…",
        "Let a claim go…",
        "Write off…",
        "Print the repayment plan…",
    ]

    office.session.payments.take(loan.id, nok(12_620), office.clock.day)
    press(Qt.Key.Key_F5)
    assert menu_of(case) == ["Pay back credit…", "Print the repayment plan…"]


def test_an_act_that_would_change_nothing_says_why(office, loan, case):
    """12 000 outstanding, nothing written off or paid too much; 1 120 fell due today, and is paid in the end."""
    assert in_the_way(case) == {
        "Pay out the next part…": "The whole loan is paid out.",
        "Pay back credit…": "The borrower has paid nothing too much.",
        "Move the due day…": "NOK 1 120.00 is due and unpaid. Take the payment first, or make a new plan.",
        "Record a recovered loss…": "Nothing is written off.",
    }

    office.session.payments.take(loan.id, nok(1_120), office.clock.day)
    office.session.payments.take(loan.id, nok(110), office.clock.day)  # the interest of the month that runs
    press(Qt.Key.Key_F5)
    assert in_the_way(case)["Let a claim go…"] == "No late interest, interest or fee is asked for today."
    assert "Move the due day…" in possible(case)
    menu = case._more_button.menu()
    assert menu.toolTipsVisible()
    assert case.life.waive.toolTip() == case.life.waive.statusTip() == in_the_way(case)["Let a claim go…"]
    case.life.waive.trigger()
    assert no_dialog()


def test_the_palette_says_why_an_act_cannot_be_done(office, loan, case):
    window = case.window_of_test
    window.open_palette()
    QTest.keyClicks(window.palette_box.line, "recovered")
    (hit,) = window.palette_box._hits
    assert (hit.title, hit.subtitle) == ("Record a recovered loss…", "Nothing is written off.")

    QTest.keyClick(window.palette_box.line, Qt.Key.Key_Return)
    assert window.palette_box.isVisible()
    assert no_dialog()


def test_an_act_that_became_possible_has_its_own_tip_again(office, loan, case):
    own = case.life.fee.toolTip()
    office.session.payments.take(loan.id, nok(1_120), office.clock.day)
    press(Qt.Key.Key_F5)

    assert case.life.due_day.toolTip() == "Move the due day…"
    assert case.life.fee.toolTip() == own == "Charge a fee…"


def test_no_two_lines_of_the_menu_share_a_letter(case):
    texts = [act.text() for act in case.life.acts]
    letters = [text[text.index("&") + 1].lower() for text in texts]

    assert sorted(letters) == sorted(set(letters))
