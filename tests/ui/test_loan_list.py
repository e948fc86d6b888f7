"""The list of loans: finding, narrowing, sorting and opening one, by keys alone."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from mikrolaan.domain.journal import WriteOff
from mikrolaan.domain.loan import Outcome, Step
from mikrolaan.i18n import use_language
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import unnamed_focusable
from tests.builders import nok
from tests.ui.lending import a_group, a_loan_at, an_application, choose, open_window, press, write

NUMBER, NAME, GROUP, AMOUNT, OUTSTANDING, DUE, STATE = range(7)


@pytest.fixture
def page(qtbot, office):
    an_application(office, "Amina Ødegård", principal=nok(30_000))
    an_application(office, "Bo Lie")
    a_loan_at(office, Step.REPAYING, "Cleo Eng")
    window = open_window(qtbot, office.session)
    window.go_to(Destination("loans"))
    page = window.current_page
    page.window_of_test = window
    return page


def shown(page, column):
    model = page.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def search(qtbot, page, text):
    write(page.search.line, text)
    qtbot.waitUntil(lambda: not page.search._pause.isActive())


def test_the_newest_loan_stands_first_with_its_figures_and_state(page):
    assert shown(page, NAME) == ["Cleo Eng", "Bo Lie", "Amina Ødegård"]
    assert shown(page, AMOUNT) == ["12\u202f000.00", "12\u202f000.00", "30\u202f000.00"]
    assert shown(page, OUTSTANDING) == ["12\u202f000.00", "–", "–"]
    assert shown(page, STATE)[1:] == ["Waits for decision"] * 2
    assert page.count.text() == "3 loans"


def test_the_list_and_the_page_of_a_loan_say_the_same_word(qtbot, office):
    """One loan for each way in which a loan can stand on 16 February, the day after the first instalment."""
    session, today = office.session, office.clock.day
    a_loan_at(office, Step.DECISION, "Ada Berg")
    a_loan_at(office, Step.CONTRACT, "Bea Dahl")
    a_loan_at(office, Step.SIGNED, "Cleo Eng")
    a_loan_at(office, Step.PAID_OUT, "Dina Foss")
    withdrawn, refused = (an_application(office, name) for name in ("Eli Gran", "Frøya Haug"))
    session.loans.withdraw(withdrawn.id, reason="Found another lender")
    session.loans.decide(refused.id, Outcome.REFUSED, on=today, note="Too little is left")
    paid_out = {}
    for name in ("Gro Iversen", "Hilde Juul", "Ida Krog", "Jorunn Lie", "Kari Moe"):
        office.clock.day = today
        paid_out[name] = a_loan_at(office, Step.REPAYING, name)
    on_time, _overdue, repaid, lost, partly_lost = paid_out.values()
    office.clock.day = date(2026, 2, 15)
    for loan, paid in ((on_time, 1_000), (repaid, 12_000), (lost, 1_000), (partly_lost, 1_000)):
        session.payments.take(loan.id, nok(paid), office.clock.day)
    for loan, written_off in ((lost, 11_000), (partly_lost, 2_000)):
        session.life.write_off(
            loan.id, WriteOff(uuid4(), office.clock.day, nok(written_off), session.life.stamp(), "Moved")
        )
    office.clock.day = date(2026, 2, 16)
    session.payments.take(partly_lost.id, nok(9_000), office.clock.day)

    window = open_window(qtbot, session)
    window.go_to(Destination("loans"))
    page = window.current_page
    said = dict(zip(shown(page, NAME), shown(page, STATE), strict=True))
    assert said == {
        "Ada Berg": "Waits for decision",
        "Bea Dahl": "Approved, no contract",
        "Cleo Eng": "Waits for signature",
        "Dina Foss": "Ready for payout",
        "Eli Gran": "Withdrawn",
        "Frøya Haug": "Refused",
        "Gro Iversen": "On time",
        "Hilde Juul": "Overdue",
        "Ida Krog": "Repaid",
        "Jorunn Lie": "Written off",
        "Kari Moe": "Repaid",
    }
    for row in session.queries.loans(LoanFilter(), Order(), Slice()):
        window.go_to(Destination("loan", row.id))
        assert window.current_page.chip.word.text() == said[row.borrower]


@pytest.mark.parametrize("typed", ["ødeg", "odegard", "ØDEGÅRD"])
def test_a_name_is_found_in_any_spelling(qtbot, page, typed):
    search(qtbot, page, typed)

    assert shown(page, NAME) == ["Amina Ødegård"]
    assert page.count.text() == "1 of 3"


def test_enter_opens_the_only_loan_found(qtbot, page):
    search(qtbot, page, "cleo")
    with qtbot.waitSignal(page.go_to) as went:
        press(Qt.Key.Key_Return)

    assert page.window_of_test.current_page.title() == "Loan 3 · Cleo Eng"
    assert went.args[0].page == "loan"


def test_enter_goes_into_the_list_and_enter_again_opens(page):
    page.search.line.setFocus()
    press(Qt.Key.Key_Return)
    assert page.table.hasFocus()

    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)

    assert page.window_of_test.current_page.title() == "Loan 2 · Bo Lie"


def test_only_loans_that_wait_for_a_decision(page):
    choose(page.step, "Waits for decision")

    assert shown(page, NAME) == ["Bo Lie", "Amina Ødegård"]


def test_a_click_on_a_heading_sorts_and_another_turns_it_round(page):
    heading = page.table.horizontalHeader()

    def click(column):
        left = heading.sectionViewportPosition(column) + 8
        QTest.mouseClick(heading.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(left, 10))

    click(NAME)
    assert shown(page, NAME) == ["Amina Ødegård", "Bo Lie", "Cleo Eng"]
    click(NAME)
    assert shown(page, NAME) == ["Cleo Eng", "Bo Lie", "Amina Ødegård"]


def test_nothing_found_offers_to_show_all_again(qtbot, page):
    search(qtbot, page, "zzz")
    assert page.nothing_found.isVisible()
    assert not page.none_yet.isVisible()

    page.clear_act.trigger()

    assert page.search.line.text() == ""
    assert len(shown(page, NAME)) == 3
    assert not page.nothing_found.isVisible()


def test_signs_alone_find_no_loan(qtbot, page):
    search(qtbot, page, "!!!")

    assert page.model.rowCount() == 0
    assert page.nothing_found.isVisible()


def test_a_list_without_loans_offers_the_first(qtbot, office):
    window = open_window(qtbot, office.session)
    window.go_to(Destination("loans"))
    page = window.current_page
    assert page.none_yet.isVisible()

    with qtbot.waitSignal(page.go_to) as went:
        QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    assert went.args[0] == Destination("calculator")


def test_f5_shows_what_was_done_elsewhere(office, page):
    an_application(office, "Dina Foss")
    assert len(shown(page, NAME)) == 3

    press(Qt.Key.Key_F5)

    assert shown(page, NAME)[0] == "Dina Foss"


def test_the_search_and_the_step_stay_when_the_language_changes(qtbot, page):
    window = page.window_of_test
    choose(page.step, "Waits for decision")
    write(page.search.line, "bo")

    use_language("nb")

    again = window.current_page
    qtbot.waitUntil(lambda: not again.search._pause.isActive())
    assert again is not page
    assert (again.search.line.text(), again.step.value()) == ("bo", Step.DECISION)
    assert shown(again, NAME) == ["Bo Lie"]


@pytest.mark.parametrize("language", ["en", "nb"])
def test_names_are_readable_in_the_smallest_window(qtbot, office, language):
    use_language(language)
    group = a_group(office)
    an_application(office, group_id=group.id)
    a_loan_at(office, Step.REPAYING, "Abdirahman Mohamed Aden")
    window = open_window(qtbot, office.session)
    window.go_to(Destination("loans"))
    window.resize(1024, 700)
    table = window.current_page.table
    qtbot.waitUntil(lambda: table.isColumnHidden(GROUP))

    qtbot.waitUntil(lambda: table.columnWidth(NAME) >= 200)
    assert "Solsikken" in table.model().index(1, NAME).data(Qt.ItemDataRole.ToolTipRole)
    assert table.horizontalScrollBar().maximum() == 0
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: not table.isColumnHidden(GROUP))


def test_everything_that_tab_reaches_has_a_name(page):
    assert unnamed_focusable(page) == []


def test_the_model_keeps_qts_rules(page, qtmodeltester):
    qtmodeltester.check(page.model)


def test_the_palette_finds_a_loan_by_the_words_of_its_page(office):
    from mikrolaan.ui.loans import loan_provider

    loan = an_application(office)
    find = loan_provider(office.session)

    for typed in ("1", "Loan 1", "loan  1 "):
        assert [hit.target for hit in find(typed)] == [Destination("loan", loan.id)]
    assert find("Loan") == []
