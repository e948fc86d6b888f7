"""The plan in words and figures of the screen's language: cells of a table, and text for a spreadsheet."""

from __future__ import annotations

from mikrolaan.i18n import Language, _, current_language
from mikrolaan.i18n.conventions import MINUS, THIN_SPACE
from mikrolaan.services.calculation import Calculation
from mikrolaan.services.plan_lines import LineKind, PlanLine, plan_lines
from mikrolaan.ui.words import months_told, repayment_form_told


def headings() -> tuple[str, ...]:
    """The words above the seven columns."""
    return (_("No."), _("Due"), _("Principal"), _("Interest"), _("Fees"), _("Instalment"), _("Balance"))


def cells(line: PlanLine, speaks: Language) -> tuple[str, ...]:
    """The seven texts of a line."""
    if line.kind is LineKind.YEAR:
        named = str(line.number)
    else:
        named = speaks.date(line.due_on) if line.due_on is not None else _("In all")
    amounts = (line.principal, line.interest, line.fees, line.due)
    return (
        str(line.number) if line.kind is LineKind.INSTALMENT else "",
        named,
        *(speaks.amount(amount) for amount in amounts),
        speaks.amount(line.balance) if line.balance is not None else "",
    )


def for_spreadsheet(calculation: Calculation) -> str:
    """Figures and plan with its sums as lines with tabs, in the language of the screen.

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
        *([(_("Payment-free instalments"), str(free))] if (free := terms.payment_free_instalments) else []),
        *([(_("Interest-only instalments"), str(only))] if (only := terms.interest_only_instalments) else []),
        *([(_("Months without principal"), months_told(terms))] if terms.months_without_principal else []),
        (_("Repayment form"), repayment_form_told(terms)),
        (_("Payout"), speaks.date(terms.disbursed_on)),
        (_("Instalment"), money(calculation.regular.due)),
        (_("Effective rate"), rate),
        (_("Total cost"), money(plan.total_cost)),
        (_("Paid out"), money(plan.paid_out)),
        (_("Total to pay"), money(calculation.to_pay)),
        (),
        headings(),
        *(cells(line, speaks) for line in plan_lines(plan)),
    ]
    text = "\n".join("\t".join(line) for line in lines)
    return text.replace(THIN_SPACE, "").replace(MINUS, "-") + "\n"
