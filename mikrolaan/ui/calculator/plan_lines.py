"""The lines of a plan as a table shows them: its instalments, a sum for each year, and the sum of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from mikrolaan.domain.money import Money
from mikrolaan.domain.plan import Instalment, Plan
from mikrolaan.i18n import Language, _, current_language
from mikrolaan.i18n.conventions import MINUS, THIN_SPACE
from mikrolaan.services.calculation import Calculation
from mikrolaan.ui.words import repayment_word


class LineKind(Enum):
    """What a line of the table stands for."""

    INSTALMENT = "instalment"
    YEAR = "year"  # the sum of the instalments due in a calendar year
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line; its words are looked up when it is shown."""

    kind: LineKind
    number: int  # of the instalment; the year; 0 for the sum of all
    due_on: str
    principal: Money
    interest: Money
    fees: Money
    due: Money
    balance: Money | None  # None in the sum of all


def plan_lines(plan: Plan, speaks: Language) -> tuple[PlanLine, ...]:
    """All lines; a plan within one year needs no sum for it."""
    by_year = [(year, list(rows)) for year, rows in groupby(plan.instalments, key=lambda row: row.due_on.year)]
    lines: list[PlanLine] = []
    for year, rows in by_year:
        lines.extend(_instalment(row, speaks) for row in rows)
        if len(by_year) > 1:
            lines.append(_sum_of(LineKind.YEAR, year, str(year), rows, rows[-1].balance))
    lines.append(_sum_of(LineKind.TOTAL, 0, _("In all"), plan.instalments, None))
    return tuple(lines)


def _sum_of(kind: LineKind, number: int, words: str, rows: Sequence[Instalment], balance: Money | None) -> PlanLine:
    currency = rows[0].balance.currency
    principal = sum(row.principal.minor for row in rows)
    interest = sum(row.interest.minor for row in rows)
    fees = sum(row.fees.minor for row in rows)
    return PlanLine(
        kind,
        number,
        words,
        Money(principal, currency),
        Money(interest, currency),
        Money(fees, currency),
        Money(principal + interest + fees, currency),
        balance,
    )


def _instalment(row: Instalment, speaks: Language) -> PlanLine:
    return PlanLine(
        LineKind.INSTALMENT,
        row.number,
        speaks.date(row.due_on),
        row.principal,
        row.interest,
        row.fees,
        row.due,
        row.balance,
    )


def headings() -> tuple[str, ...]:
    """The words above the seven columns."""
    return (_("No."), _("Due"), _("Principal"), _("Interest"), _("Fees"), _("Instalment"), _("Balance"))


def cells(line: PlanLine, speaks: Language) -> tuple[str, ...]:
    """The seven texts of a line."""
    amounts = (line.principal, line.interest, line.fees, line.due)
    return (
        str(line.number) if line.kind is LineKind.INSTALMENT else "",
        line.due_on,
        *(speaks.amount(amount) for amount in amounts),
        speaks.amount(line.balance) if line.balance is not None else "",
    )


def for_spreadsheet(calculation: Calculation) -> str:
    """Figures and plan as lines with tabs, in the language of the screen.

    Amounts stand without a space between thousands and with a plain minus, so that a spreadsheet reads them as numbers.
    """
    speaks = current_language()
    plan, terms = calculation.plan, calculation.terms
    rate = speaks.percent(calculation.effective_rate) if calculation.effective_rate is not None else ""
    money = speaks.amount
    lines: list[tuple[str, ...]] = [
        (_("Amount"), money(terms.principal)),
        (_("Currency"), terms.currency.value),
        (_("Nominal rate"), speaks.percent(terms.annual_rate_percent, decimals=None)),
        (_("Instalments"), str(terms.instalments)),
        (_("Repayment form"), repayment_word(terms.repayment)),
        (_("Payout"), speaks.date(terms.disbursed_on)),
        (_("Instalment"), money(calculation.regular.due)),
        (_("Effective rate"), rate),
        (_("Total cost"), money(plan.total_cost)),
        (_("Paid out"), money(plan.paid_out)),
        (_("To pay in all"), money(calculation.to_pay)),
        (),
        headings(),
        *(cells(line, speaks) for line in plan_lines(plan, speaks) if line.kind is not LineKind.YEAR),
    ]
    text = "\n".join("\t".join(line) for line in lines)
    return text.replace(THIN_SPACE, "").replace(MINUS, "-") + "\n"
