"""A loan around a season, and one whose amounts are agreed by hand, from the calculator to a paid instalment."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from mikrolaan.domain.loan import Loan
from mikrolaan.domain.statement import statement
from mikrolaan.i18n import language
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.ui.calculator.calculator_page import CalculatorPage
from tests.builders import nok
from tests.end_to_end.officer import OfficerAtScreen
from tests.end_to_end.test_first_day import (
    Desk,
    desk,
    found_the_office,
    issue_the_contract,
    keep,
    register_amina,
    text_of,
)

__all__ = ["desk"]  # the fixture


def leave_out_the_winter(officer: OfficerAtScreen, _qtbot: QtBot) -> None:
    officer.click("More choices")
    for month in ("December", "January", "February"):
        officer.click(f"{month} without principal")


def agree_three_amounts(officer: OfficerAtScreen, qtbot: QtBot) -> None:
    """Nothing at first, and twice 10 000 in the summer; the rest is spread."""
    (page,) = (one for one in officer.window.findChildren(CalculatorPage) if one.isVisible())
    page.results.tabs.show_tab("plan")
    table = page.results.table
    for number, amount in ((1, "0"), (5, "10 000"), (6, "10 000")):
        table.edit_amount(number)
        editor = table.findChild(QLineEdit, "amount_editor")
        assert editor is not None
        qtbot.keyClicks(editor, amount)
        with qtbot.waitSignal(table.amount_typed):
            qtbot.keyClick(editor, Qt.Key.Key_Return)
        QApplication.processEvents()
    officer.click("Spread the rest over the remaining instalments")


def squeezed(text: str) -> str:
    return "".join(text.split())


def apply_with(officer: OfficerAtScreen, qtbot: QtBot, plan_by: Callable[[OfficerAtScreen, QtBot], None]) -> None:
    officer.click("New loan")
    officer.type("principal", "50 000")
    officer.type("annual_rate_percent", "8")
    officer.type("instalments", "12")
    plan_by(officer, qtbot)

    def confirm(dialog: QDialog) -> None:
        officer.type("purpose", "Sewing machine", dialog)
        officer.click("Make the application", dialog)

    officer.click_and_answer("Use this", confirm)


def loan_of(desk: Desk) -> Loan:
    (row,) = desk.session.queries.loans(LoanFilter(), Order(), Slice())
    return desk.session.loans.get(row.id)


def by_season(loan: Loan) -> None:
    rows = loan.plan().instalments
    assert {row.due_on.month for row in rows if row.principal}.isdisjoint({12, 1, 2})
    assert rows[-1].due_on.month == 11


def by_hand(loan: Loan) -> None:
    rows = loan.plan().instalments
    assert [rows[place].principal for place in (0, 4, 5)] == [nok(0), nok(10_000), nok(10_000)]


@pytest.mark.parametrize(
    ("plan_by", "is_right", "told"),
    [
        (leave_out_the_winter, by_season, "fall due in these months: January, February, December."),
        (agree_three_amounts, by_hand, "The principal of each instalment is agreed one by one"),
    ],
    ids=["season", "by hand"],
)
def test_an_agreed_plan_goes_from_the_calculator_over_the_contract_to_a_paid_instalment(
    qtbot: QtBot,
    desk: Desk,  # the fixture of the first day
    plan_by: Callable[[OfficerAtScreen, QtBot], None],
    is_right: Callable[[Loan], None],
    told: str,
) -> None:
    officer = desk.start()
    found_the_office(officer)
    register_amina(officer)
    officer.waits_to_read("Amina Ødegård")
    apply_with(officer, qtbot, plan_by)
    officer.waits_to_read("Loan 1 · Amina Ødegård")
    keep(officer, "Decide", "Keep the decision", outcome="Approve")
    text = squeezed(text_of(issue_the_contract(officer)))

    loan = loan_of(desk)
    is_right(loan)
    speech = language("en")
    assert squeezed(told) in text
    for row in loan.plan().instalments:
        cells = (speech.date(row.due_on), *map(speech.amount, (row.principal, row.interest, row.fees, row.due)))
        assert squeezed("".join(cells)) in text, f"instalment {row.number}"

    keep(officer, "Note the signatures", "Note the signatures")
    keep(officer, "Pay out", "Note the payout")
    desk.clock.turn(40)
    first, second = loan.plan().instalments[:2]
    officer.click("Take a payment")
    officer.type("amount", str(first.due.to_decimal()))
    officer.click("Take the payment")
    officer.waits_to_read("taken. Outstanding principal is now")

    figures = statement(loan_of(desk), desk.clock.today())
    assert figures.due_unpaid == nok(0)
    assert figures.outstanding_principal == nok(50_000) - first.principal
    assert figures.next_due is not None
    assert (figures.next_due.instalment.due_on, figures.next_due.unpaid) == (second.due_on, second.due)
