"""The table of what is overdue, instalment by instalment, in letters to the borrower and to those who answer for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable, Table

from mikrolaan.documents.fonts import REGULAR
from mikrolaan.documents.style import GROUND, LINE, TEXT_WIDTH, as_typed, paragraph
from mikrolaan.domain.arrears import OverdueLine
from mikrolaan.domain.money import Money
from mikrolaan.i18n import Language

SHARES = (0.36, 0.16, 0.16, 0.14, 0.18)  # of the text's width: what, principal, interest, fees, unpaid
Extra = tuple[str, Money]  # what it is called, and how much


def overdue_table(lines: Sequence[OverdueLine], more: Sequence[Extra], total: Extra, language: Language) -> Flowable:
    """Every instalment with what is unpaid of it, then what comes in addition, and the sum."""
    _ = language.gettext

    def words(line: OverdueLine) -> str:
        day = language.date(line.due_on)
        if line.number is None:
            return _("Fee, due {date}").format(date=day)
        return _("Instalment {number}, due {date}").format(number=line.number, date=day)

    def cells(*texts: str, style: str = "figure") -> list[Any]:
        return [paragraph(as_typed(texts[0]), "value" if style == "figure" else style)] + [
            paragraph(as_typed(text), "figure") if text else "" for text in texts[1:]
        ]

    amount = language.amount
    heads = (
        _("In {currency}").format(currency=total[1].currency.value),
        _("Principal"),
        _("Interest"),
        _("Fees"),
        _("Unpaid"),
    )
    rows = [cells(*heads, style="label")]
    rows += [
        cells(words(line), amount(line.principal), amount(line.interest), amount(line.fees), amount(line.unpaid))
        for line in lines
    ]
    rows += [cells(name, "", "", "", amount(added)) for name, added in more]
    last = len(rows)
    summed = paragraph(f"<b>{amount(total[1])}</b>", "figure")
    rows.append([paragraph(as_typed(total[0]), "strong"), "", "", "", summed])
    table = Table(rows, colWidths=[TEXT_WIDTH * share for share in SHARES], repeatRows=1)
    table.setStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), REGULAR),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
            ("LINEBELOW", (0, 0), (-1, last - 1), 0.35, LINE),
            ("BACKGROUND", (0, last), (-1, last), GROUND),
            ("NOSPLIT", (0, last - 1), (-1, last)),  # no sum alone on a page
        ]
    )
    table.spaceAfter = 8
    return table
