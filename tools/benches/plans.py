"""Plans, effective rates and the slider of the calculator."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pyxirr
from amortization.schedule import amortization_schedule  # type: ignore[import-untyped]  # it has no types
from PySide6.QtWidgets import QApplication

from mikrolaan.app import calculation_press
from mikrolaan.domain.budget import BudgetLine, Part
from mikrolaan.domain.effective_rate import effective_rate_of_flows
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.plan import cash_flows, make_plan
from mikrolaan.domain.terms import DayCount, Terms
from mikrolaan.services.queries import Order, Slice
from mikrolaan.services.session import Session
from mikrolaan.ui.calculator.calculator_page import CalculatorPage
from mikrolaan.ui.navigation import Destination
from tools.benches.figure import Figure, at_least, at_most, fastest, p95, told

PLAN_GOAL = 1  # at least its speed
RATE_GOAL = 15  # times slower than compiled Rust
LONG_GOAL_MS = 2
SLIDER_GOAL_MS = 16
LINEAR_WITHIN = 1.5  # an instalment of 1200 against one of 12


def engine() -> Iterator[Figure]:
    """The engine alone."""
    usual = _terms(36, DayCount.THIRTY_360)
    taken = [(_rows_s(usual), _theirs_s()) for _turn in range(8)]  # in turn, for the machine is not always as quick
    plan_s, theirs_s = min(own for own, _theirs in taken), min(theirs for _own, theirs in taken)
    yield at_least("plans per second ÷ package amortization, annuity of 36 months", theirs_s / plan_s, PLAN_GOAL, "×")
    yield told("  plans per second, theirs (no dates, no fees, floats)", f"{1 / plan_s:,.0f}, {1 / theirs_s:,.0f}")
    objects_s = fastest(lambda: make_plan(usual).instalments, 50)
    yield told("  plans per second with an object of each instalment and amount", f"{1 / objects_s:,.0f}")
    flows = cash_flows(make_plan(usual))
    days, amounts = [flow.on for flow in flows], [-flow.amount.minor / 100 for flow in flows]
    own_s = fastest(lambda: effective_rate_of_flows(flows), 50)
    rust_s = fastest(lambda: pyxirr.xirr(days, amounts), 200)
    yield at_most("effective rate ÷ pyxirr (compiled)", own_s / rust_s, RATE_GOAL, "×")
    yield told("  effective rates per second", f"{1 / own_s:,.0f}".replace(",", " "))
    daily = _terms(360, DayCount.ACTUAL_365)
    yield at_most(
        "plan of 360 instalments, interest by the day", fastest(lambda: make_plan(daily), 5) * 1000, LONG_GOAL_MS, "ms"
    )
    short, long = _terms(12, DayCount.ACTUAL_365), _terms(1200, DayCount.ACTUAL_365)
    each = {12: fastest(lambda: make_plan(short), 100) / 12, 1200: fastest(lambda: make_plan(long), 2) / 1200}
    yield at_most("an instalment of 1200 ÷ an instalment of 12", each[1200] / each[12], LINEAR_WITHIN, "×")


def _rows_s(terms: Terms) -> float:
    """Seconds for one plan with its rows: due date, principal, interest, fees and balance, exact."""

    def rows() -> list[tuple[date, int, int, int, int]]:
        plan = make_plan(terms)
        columns = plan.principals_minor, plan.interests_minor, plan.fees_minor, plan.balances_minor
        return list(zip(plan.due_on, *columns, strict=True))

    return fastest(rows, 100)


def _theirs_s() -> float:
    return fastest(lambda: list(amortization_schedule(100_000.0, 0.079, 36)), 100)


def slider(session: Session, app: QApplication) -> Iterator[Figure]:
    """One move of the slider until everything that follows it is painted, for nobody and for a case with a budget."""
    page = CalculatorPage(session, calculation_press())
    page.resize(1072, 744)
    for name, destination in (
        ("a move of the calculator's slider", Destination("calculator")),
        ("  the same with the budget of a case beside it", Destination("calculator", _case_with_budget(session))),
    ):
        page.opened(destination)
        page.show()
        app.processEvents()
        took = _moves(page, app)
        yield at_most(f"{name}, p95 of {len(took)}", p95(took), SLIDER_GOAL_MS, "ms")
    page.close()


def _moves(page: CalculatorPage, app: QApplication) -> list[float]:
    """Milliseconds of each move over the whole scale of the amount."""
    field = page.form.amount
    took = []
    for position in range(0, field.scale.last, max(1, field.scale.last // 120)):
        began = time.perf_counter()
        field.slide_to(position)
        app.processEvents()
        took.append((time.perf_counter() - began) * 1000)
    return took[1:]


def _case_with_budget(session: Session) -> UUID:
    """A borrower whose household and business the instalment is held against."""
    (row,) = session.queries.borrowers("", Order("number"), Slice(0, 1))

    def line(part: Part, name: str, kroner: int) -> BudgetLine:
        return BudgetLine(part, name, Money(kroner * 100, Currency.NOK))

    lines = (
        line(Part.INCOME, "Wage", 18_000),
        line(Part.COST, "Rent", 9_000),
        line(Part.COST, "Food", 6_500),
        line(Part.DEBT, "Car", 2_100),
        line(Part.SALES, "Sales", 52_000),
        line(Part.GOODS, "Goods", 19_000),
        line(Part.BUSINESS_COST, "Premises", 11_000),
    )
    budget = session.budgets.of(row.id) or session.budgets.begin(row.id, Currency.NOK)
    session.budgets.save(replace(budget, lines=lines))
    return row.id


def _terms(instalments: int, day_count: DayCount) -> Terms:
    return Terms(
        principal=Money(10_000_000, Currency.NOK),
        annual_rate_percent=Decimal("7.9"),
        instalments=instalments,
        disbursed_on=date(2026, 1, 15),
        first_due_on=date(2026, 2, 15),
        day_count=day_count,
    )
