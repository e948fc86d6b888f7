"""The receipt of one payment: who paid how much on which loan, what it settled, and what is left."""

from __future__ import annotations

from datetime import date
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Table

from mikrolaan.documents.facts import Fact, KeyFigures, two_columns
from mikrolaan.documents.fonts import REGULAR, STRONG
from mikrolaan.documents.letterhead import letterhead
from mikrolaan.documents.loan_contract import subtitle
from mikrolaan.documents.page import Foot, build_pdf, check_of
from mikrolaan.documents.parties import Signatory, borrower_block, signature_places
from mikrolaan.documents.payment_reference import how_to_pay, reference_fact
from mikrolaan.documents.style import GROUND, INK, LINE, TEXT_WIDTH, paragraph
from mikrolaan.domain.journal import EntryUnknown, Payment, PaymentMeans
from mikrolaan.domain.money import Money, total
from mikrolaan.domain.particulars import Allocation
from mikrolaan.domain.statement import Statement, Status, statement
from mikrolaan.i18n import Language, language
from mikrolaan.i18n.conventions import NO_BREAK_SPACE
from mikrolaan.services.documents import LoanPaper, Printed

TEXT_VERSION = "receipt 2026-11-28"


def print_receipt(paper: LoanPaper) -> Printed:
    """The receipt as PDF in the language of the paper.

    What is left is told as of the day of the payment. Raises EntryUnknown when the payment does not count.
    """
    speech = language(paper.language)
    _ = speech.gettext
    payment = _payment_of(paper)
    told = statement(paper.loan, payment.on)
    allocation = next(known for known in told.allocations if known.payment_id == payment.id)
    title = _("Receipt")
    checked = (
        paper.issued_on.isoformat(),
        str(paper.loan.number),
        paper.borrower.name,
        payment.on.isoformat(),
        f"{payment.amount.minor} {payment.amount.currency.value}",
        str(payment.id),
    )
    foot = Foot(title, paper.number, paper.office.name, check_of(paper.number, checked))
    story: list[Flowable] = [
        letterhead(paper.office, speech),
        paragraph(title, "title"),
        paragraph(subtitle(paper, speech), "subtitle"),
        *borrower_block(paper, speech),
        paragraph(_("Received"), "section"),
        KeyFigures(
            (
                (_("Amount"), speech.money(payment.amount)),
                (_("Date"), speech.date(payment.on)),
                (_("Means of payment"), means_name(payment.means, speech)),
            ),
            stressed=0,
        ),
        paragraph(_("What it settled"), "section"),
        _settled(told, allocation, payment, speech),
        KeepTogether(_end(paper, told, payment.on, speech)),
    ]
    return Printed(build_pdf(story, foot, speech), TEXT_VERSION)


def _end(paper: LoanPaper, told: Statement, on: date, language: Language) -> list[Flowable]:
    """What is left, how it is paid, and the receiver's signature; together, so that nobody signs a sheet without text."""
    _ = language.gettext
    if told.status is Status.REPAID:
        follows = _("The loan is repaid.")
    else:
        follows = how_to_pay(paper.payment_reference, paper.office, language)
    return [
        paragraph(_("What is left"), "section"),
        two_columns(*_left_after(paper, told, on, language)),
        paragraph(follows),
        signature_places([_receiver(paper, language)], language),
    ]


def means_name(means: PaymentMeans, language: Language) -> str:
    """How the money came in."""
    return {
        PaymentMeans.BANK: language.pgettext("payment", "Bank"),
        PaymentMeans.CASH: language.pgettext("payment", "Cash"),
        PaymentMeans.OTHER: language.pgettext("payment", "Other"),
    }[means]


def _payment_of(paper: LoanPaper) -> Payment:
    payment = next((known for known in paper.loan.journal.payments if known.id == paper.payment_id), None)
    if payment is None:
        raise EntryUnknown(paper.loan.id if paper.payment_id is None else paper.payment_id)
    return payment


def _settled(told: Statement, allocation: Allocation, payment: Payment, language: Language) -> Flowable:
    """One line for each instalment, one for what was paid beyond, and the sum."""
    _ = language.gettext
    currency = payment.amount.currency
    due = {row.instalment.number: row.instalment.due_on for row in told.rows}
    head = (
        language.pgettext("head of a column: the instalment's number", "No."),
        _("Due date"),
        language.pgettext("part of an instalment", "Fees"),
        _("Late interest"),
        language.pgettext("part of an instalment", "Interest"),
        language.pgettext("part of an instalment", "Principal"),
        _("Sum, {currency}").format(currency=currency.value),
    )
    rows: list[tuple[str, ...]] = [head]
    for share in allocation.shares:
        parts = (share.fees, share.late_interest, share.interest, share.principal, share.amount)
        number = share.instalment_number
        day = language.date(due[number]) if number in due else ""
        rows.append((str(number), day, *(_or_dash(part, language) for part in parts)))
    if allocation.to_credit:
        credit = language.amount(allocation.to_credit)
        rows.append((_("Paid beyond what is owed, kept as credit"), "", "", "", "", "", credit))
    sums = [
        total([getattr(share, name) for share in allocation.shares], currency)
        for name in ("fees", "late_interest", "interest", "principal")
    ]
    rows.append((_("Total"), "", *(_or_dash(each, language) for each in sums), language.amount(payment.amount)))
    widths = [each * mm for each in (12, 25, 20, 34, 23, 25)]
    widths.append(TEXT_WIDTH - sum(widths))
    table = Table(rows, colWidths=widths, repeatRows=1)
    style: list[Any] = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("FONTNAME", (0, 0), (-1, 0), STRONG),
        ("FONTNAME", (0, -1), (-1, -1), STRONG),
        ("FONTSIZE", (0, 0), (-1, -1), 9),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("ALIGN", (2, 0), (-1, -1), "RIGHT"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
        ("LINEBELOW", (0, 1), (-1, -2), 0.35, LINE),
        ("LINEBELOW", (0, -1), (-1, -1), 0.8, INK),
        ("BACKGROUND", (0, -1), (-1, -1), GROUND),
        ("NOSPLIT", (0, -3 if allocation.to_credit else -2), (-1, -1)),  # no sum alone on a page
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
    if allocation.to_credit:
        style.append(("SPAN", (0, -2), (5, -2)))
    table.setStyle(style)
    table.spaceAfter = 4
    return table


def _or_dash(amount: Money, language: Language) -> str:
    return language.amount(amount) if amount else "–"


def _left_after(paper: LoanPaper, told: Statement, on: date, language: Language) -> tuple[list[Fact], list[Fact]]:
    _ = language.gettext
    due_now = told.due_unpaid + told.late_interest
    left: list[Fact] = [
        (_("Loan number"), str(paper.loan.number)),
        reference_fact(paper.payment_reference, language),
    ]
    right: list[Fact] = [
        (
            _("Outstanding principal on {date}").format(date=_unbroken(on, language)),
            language.money(told.outstanding_principal),
        )
    ]
    if due_now:
        right.append((_("Still due"), language.money(due_now)))
    following = next((row for row in told.rows if row.unpaid and row.instalment.due_on > on), None)
    if following is not None:
        day = _unbroken(following.instalment.due_on, language)
        right.append((_("Next instalment, {date}").format(date=day), language.money(following.unpaid)))
    return left, right


def _unbroken(day: date, language: Language) -> str:
    """A day in figures that stays on one line of a label."""
    return language.date(day).replace(" ", NO_BREAK_SPACE)


def _receiver(paper: LoanPaper, language: Language) -> Signatory:
    _ = language.gettext
    name = paper.officer_name or paper.office.name
    if paper.officer_name:
        name = _("{officer}, for {office}").format(officer=paper.officer_name, office=paper.office.name)
    return Signatory(_("Received by"), name)
