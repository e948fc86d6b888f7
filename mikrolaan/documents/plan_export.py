"""The plan of a calculation for a spreadsheet: as a workbook (XLSX) and as separated values (CSV)."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mikrolaan.documents.plan_table import plan_head, sum_label
from mikrolaan.documents.words import months_in_words, repayment_name
from mikrolaan.domain.money import Money
from mikrolaan.i18n import Language, language
from mikrolaan.i18n.conventions import conventions
from mikrolaan.services.calculation import CalculationPaper
from mikrolaan.services.plan_lines import LineKind, PlanLine, plan_lines

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FORMULA_SIGNS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
)  # a spreadsheet runs a text that begins with one (OWASP, CSV injection)
FIRST_AMOUNT = 2  # the columns before it hold number and date
SUMMED = "CDEF"  # principal, interest, fees, instalment


def plan_as_csv(paper: CalculationPaper) -> bytes:
    """One line for each instalment, for the sum of each year and for the sum of all, under the heads of the columns.

    UTF-8 with a byte order mark, so that every spreadsheet reads the letters; semicolon and decimal comma where the
    language writes a comma, else comma and point; days as 2026-12-31; plain figures without thousands.
    """
    speech = language(paper.language)
    decimal_sign = conventions(speech.code).decimal_sign
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";" if decimal_sign == "," else ",", lineterminator="\r\n")
    writer.writerow([harmless(head) for head in plan_head(speech)])
    for line in plan_lines(paper.calculation.plan):
        amounts = (line.principal, line.interest, line.fees, line.due, line.balance)
        writer.writerow([*_named(line, speech), *(_plain(amount, decimal_sign) for amount in amounts)])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _named(line: PlanLine, language: Language) -> tuple[str, str]:
    if line.due_on is not None:
        return str(line.number), line.due_on.isoformat()
    return "", harmless(sum_label(line, language))


def _plain(amount: Money | None, decimal_sign: str) -> str:
    return "" if amount is None else str(amount.to_decimal()).replace(".", decimal_sign)


def plan_as_workbook(paper: CalculationPaper) -> bytes:
    """One sheet: what was chosen and what it costs, then the plan, its sums as formulas over the rows above them.

    Amounts are numbers, days are days, and whatever a person typed is text. The same paper gives the same bytes.
    """
    from xlsxwriter.workbook import Workbook

    speech = language(paper.language)
    _ = speech.gettext
    written = io.BytesIO()
    book = Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    day = paper.made_on
    book.set_properties({"created": datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet(_("Repayment plan"))
    looks = _Looks(book, speech)
    sheet.write_string(0, 0, _("Loan calculation"), looks.title)
    sheet.write_string(1, 0, _("Calculation, not an offer"), looks.muted)
    row = 3
    for word, value, look in _facts(paper, speech, looks):
        sheet.write_string(row, 0, word, looks.muted)
        _write(sheet, row, FIRST_AMOUNT, value, look)
        row += 1
    _write_plan(sheet, row + 1, paper, speech, looks)
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 6, 15)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    book.close()
    return written.getvalue()


class _Looks:
    """The formats of a workbook."""

    def __init__(self, book: Workbook, speech: Language) -> None:
        day = "d mmm yyyy" if speech.code == "en" else "dd.mm.yyyy"
        heavy: dict[str, Any] = {"bold": True, "bg_color": "#F3F1EC", "top": 1}
        amount = "#,##0.00"
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.muted = book.add_format({"font_color": "#57606A"})
        self.head = book.add_format({"bold": True, "bottom": 1, "align": "right", "text_wrap": True})
        self.head_left = book.add_format({"bold": True, "bottom": 1, "align": "left"})
        self.text = book.add_format({"align": "left"})
        self.count = book.add_format({"num_format": "0", "align": "left"})
        self.day = book.add_format({"num_format": day, "align": "left"})
        self.rate = book.add_format({"num_format": "0.00%", "align": "left"})
        self.amount_left = book.add_format({"num_format": amount, "align": "left"})
        self.number = book.add_format({"num_format": "0"})
        self.amount = book.add_format({"num_format": amount})
        self.sum = book.add_format({**heavy, "num_format": amount})
        self.sum_label = book.add_format(heavy)


def _facts(paper: CalculationPaper, speech: Language, looks: _Looks) -> list[tuple[str, Any, Any]]:
    """Word, value and format of each line above the plan."""
    _ = speech.gettext
    calculation = paper.calculation
    plan, terms = calculation.plan, calculation.terms
    rate = calculation.effective_rate
    facts: list[tuple[str, Any, Any]] = [
        (_("Borrower"), paper.borrower_name, looks.text),
        (_("Office"), paper.office.name, looks.text),
        (_("Product"), paper.product_name, looks.text),
        (_("Calculated on"), paper.made_on, looks.day),
        (_("Currency"), terms.currency.value, looks.text),
        (_("Loan amount"), terms.principal, looks.amount_left),
        (_("Nominal rate"), terms.annual_rate_percent / 100, looks.rate),
        (_("Effective rate"), rate / 100 if rate is not None else "–", looks.rate),
        (_("Repayment"), repayment_name(terms, speech), looks.text),
        (_("Instalments"), terms.instalments, looks.count),
        (_("Without payment"), terms.payment_free_instalments, looks.count),
        (_("With interest only"), terms.interest_only_instalments, looks.count),
        (_("Months without principal"), months_in_words(terms, speech), looks.text),
        (_("Payout"), terms.disbursed_on, looks.day),
        (_("Paid out to the borrower"), plan.paid_out, looks.amount_left),
        (_("Establishment fee"), plan.establishment_fee, looks.amount_left),
        (_("What the loan costs in all"), plan.total_cost, looks.amount_left),
        (_("Total to pay"), calculation.to_pay, looks.amount_left),
    ]
    return [fact for fact in facts if fact[1] not in ("", 0) or isinstance(fact[1], Decimal)]


def _write(sheet: Worksheet, row: int, column: int, value: Any, look: Any) -> None:
    """Write a value as what it is; a text is never taken for a formula."""
    if isinstance(value, Money):
        sheet.write_number(row, column, float(value.to_decimal()), look)
    elif isinstance(value, (Decimal, int)):
        sheet.write_number(row, column, float(value), look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    else:
        sheet.write_datetime(row, column, value, look)


def _write_plan(sheet: Worksheet, top: int, paper: CalculationPaper, speech: Language, looks: _Looks) -> None:
    """The plan from row `top`: its head stays in sight, and a sum adds up the instalments since the last sum.

    SUBTOTAL leaves out the sums that stand between the rows it adds, so that no instalment counts twice.
    """
    for column, head in enumerate(plan_head(speech)):
        sheet.write_string(top, column, head, looks.head_left if column < FIRST_AMOUNT else looks.head)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    first = since = top + 1
    for row, line in enumerate(plan_lines(paper.calculation.plan), start=first):
        amounts = (line.principal, line.interest, line.fees, line.due)
        if line.due_on is not None:
            sheet.write_number(row, 0, line.number, looks.number)
            sheet.write_datetime(row, 1, line.due_on, looks.day)
            for column, amount in enumerate((*amounts, line.balance), start=FIRST_AMOUNT):
                _write(sheet, row, column, amount, looks.amount)
            continue
        sheet.write_blank(row, 0, None, looks.sum_label)
        sheet.write_string(row, 1, sum_label(line, speech), looks.sum_label)
        begin = first if line.kind is LineKind.TOTAL else since
        for column, (letter, amount) in enumerate(zip(SUMMED, amounts, strict=True), start=FIRST_AMOUNT):
            formula = f"=SUBTOTAL(9,{letter}{begin + 1}:{letter}{row})"
            sheet.write_formula(row, column, formula, looks.sum, float(amount.to_decimal()))
        if line.balance is not None:
            _write(sheet, row, FIRST_AMOUNT + len(SUMMED), line.balance, looks.sum)
        else:
            sheet.write_blank(row, FIRST_AMOUNT + len(SUMMED), None, looks.sum)
        since = row + 1
