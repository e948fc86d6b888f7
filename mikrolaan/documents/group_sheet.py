"""A group's payment sheet for the meeting: what is due on each loan, and room for the amount and a signature."""

from __future__ import annotations

from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table

from mikrolaan.documents.fonts import REGULAR, STRONG
from mikrolaan.documents.letterhead import letterhead
from mikrolaan.documents.page import Foot, build_pdf
from mikrolaan.documents.parties import Signatory, signature_places
from mikrolaan.documents.style import GROUND, INK, LINE, TEXT_WIDTH, as_typed, paragraph
from mikrolaan.domain.money import total
from mikrolaan.i18n import Language, language
from mikrolaan.services.group_sheet import GroupSheetPaper
from mikrolaan.services.taking_payments import PayableLoan

AIR = 9.0  # points above and below a row: room to write by hand
SIGNING_AIR = 14.0  # points between the sum and the places to sign
LOAN, AMOUNT, OVERDUE, PAID, SIGNATURE = 12 * mm, 22 * mm, 16 * mm, 24 * mm, 34 * mm


def print_group_sheet(paper: GroupSheetPaper) -> bytes:
    """The sheet as PDF in the language of the paper; figures are of the day of the meeting."""
    speech = language(paper.language)
    _ = speech.gettext
    title = _("Payment sheet")
    told = _("{group} · meeting of {date}").format(group=as_typed(paper.group.name), date=speech.long_date(paper.on))
    story: list[Flowable] = [
        letterhead(paper.office, speech),
        paragraph(title, "title"),
        paragraph(told, "subtitle"),
        paragraph(
            _("Write what each member pays, and let the member sign. All amounts are in {currency}.").format(
                currency=paper.office.currency.value
            )
        ),
        _table(paper, speech),
    ]
    return build_pdf(story, Foot(title, "", paper.office.name), speech)


def _table(paper: GroupSheetPaper, language: Language) -> Flowable:
    """A row for each loan and their sum, and below it the signatures; no page has these without the last loan."""
    _ = language.gettext
    head = [
        _("Member"),
        _("Loan"),
        _("Due now"),
        _("Days overdue"),
        _("Next instalment"),
        _("Paid"),
        _("Signature"),
    ]
    styles = ["value", *["figure"] * 4, "value", "value"]
    rows: list[list[Any]] = [[paragraph(as_typed(word), style) for word, style in zip(head, styles, strict=True)]]
    rows += [_row(line, language) for line in paper.lines]
    due = total([line.due_now for line in paper.lines], paper.office.currency)
    rows.append([_("Total"), "", language.amount(due), "", "", "", ""])
    signing = signature_places([Signatory(_("Received by"), ""), Signatory(_("For the group"), "")], language)
    rows.append([signing, "", "", "", "", "", ""])
    rest = TEXT_WIDTH - LOAN - 2 * AMOUNT - OVERDUE - PAID - SIGNATURE
    table = Table(
        rows,
        colWidths=[rest, LOAN, AMOUNT, OVERDUE, AMOUNT, PAID, SIGNATURE],
        repeatRows=1,
    )
    table.setStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), REGULAR),
            ("FONTNAME", (0, -2), (-1, -2), STRONG),
            ("FONTSIZE", (0, 0), (-1, -1), 9),
            ("TEXTCOLOR", (0, 0), (-1, -1), INK),
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 1), (-1, -2), AIR),
            ("BOTTOMPADDING", (0, 1), (-1, -2), AIR),
            ("ALIGN", (1, 1), (4, -1), "RIGHT"),
            ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ("LEFTPADDING", (5, 0), (6, 0), 6),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
            ("LINEBELOW", (0, 1), (-1, -2), 0.35, LINE),
            ("BOX", (5, 1), (5, -2), 0.6, INK),
            ("BACKGROUND", (0, -2), (4, -2), GROUND),
            ("SPAN", (0, -1), (-1, -1)),
            ("LEFTPADDING", (0, -1), (-1, -1), 0),
            ("RIGHTPADDING", (0, -1), (-1, -1), 0),
            ("TOPPADDING", (0, -1), (-1, -1), SIGNING_AIR),
            ("VALIGN", (0, -1), (-1, -1), "TOP"),
            ("NOSPLIT", (0, -3), (-1, -1)),
        ]
    )
    return table


def _row(line: PayableLoan, language: Language) -> list[Any]:
    told = line.told
    following = next((row for row in told.rows if row.unpaid and row.instalment.due_on > told.as_of), None)
    upcoming = (
        f"{language.amount(following.unpaid)}\n{language.date(following.instalment.due_on)}" if following else "–"
    )
    return [
        paragraph(as_typed(line.borrower), "value"),
        str(line.loan.number),
        language.amount(line.due_now) if line.due_now else "–",
        language.number(told.days_past_due) if told.days_past_due else "–",
        upcoming,
        "",
        "",
    ]
