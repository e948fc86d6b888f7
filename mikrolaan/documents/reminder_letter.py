"""Letters about arrears, a plain version per step: what is due line by line, by when, how to pay, and what follows."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from mikrolaan.documents.facts import KeyFigures
from mikrolaan.documents.figures import whole_day
from mikrolaan.documents.fonts import REGULAR
from mikrolaan.documents.letterhead import letterhead
from mikrolaan.documents.loan_contract import subtitle
from mikrolaan.documents.page import Foot, build_pdf, check_of
from mikrolaan.documents.payment_reference import how_to_pay
from mikrolaan.documents.style import GROUND, LINE, TEXT_WIDTH, as_typed, paragraph
from mikrolaan.domain.arrears import OverdueLine
from mikrolaan.domain.follow_up import StepKind
from mikrolaan.domain.letter import Letter
from mikrolaan.i18n import Language, language
from mikrolaan.services.documents import LoanPaper, Printed

TEXT_VERSION = "reminder-letter 2026-11-22"
SHARES = (0.36, 0.16, 0.16, 0.14, 0.18)  # of the text's width: what, principal, interest, fees, unpaid


def print_letter(paper: LoanPaper) -> Printed:
    """The letter as PDF in the language of the paper; without a number, every page is marked as a draft."""
    letter = paper.letter
    if letter is None:
        raise ValueError("a letter about arrears needs what it asks for")
    speech = language(paper.language)
    story: list[Flowable] = [
        letterhead(paper.office, speech),
        *_recipient(paper),
        paragraph(_title(letter, speech), "title"),
        paragraph(subtitle(paper, speech), "subtitle"),
        *(paragraph(text) for text in _opening(paper, letter, speech)),
        _key_figures(letter, speech),
        _lines(letter, speech),
        *(paragraph(text, "small") for text in _on_interest(letter, speech)),
        KeepTogether(_closing(paper, letter, speech)),
    ]
    return Printed(build_pdf(story, _foot(paper, letter, speech), speech), TEXT_VERSION)


def _title(letter: Letter, language: Language) -> str:
    _ = language.gettext
    return {
        StepKind.REMINDER: _("Reminder of payment"),
        StepKind.NOTICE: _("Notice of debt collection"),
        StepKind.DEMAND: _("Demand for payment"),
    }[letter.kind]


def _foot(paper: LoanPaper, letter: Letter, language: Language) -> Foot:
    title = _title(letter, language)
    if not paper.number:
        return Foot(title, "", paper.office.name, is_draft=True)
    facts = (
        letter.as_of.isoformat(),
        str(paper.loan.number),
        f"{letter.total.minor} {letter.total.currency.value}",
        letter.deadline.isoformat(),
    )
    return Foot(title, paper.number, paper.office.name, check_of(paper.number, facts))


def _recipient(paper: LoanPaper) -> list[Flowable]:
    """Name and address where a window envelope shows them."""
    person = paper.borrower.person
    lines = [paragraph(as_typed(line)) for line in (person.name, *person.address.lines) if line]
    return [Spacer(0, 12), *lines, Spacer(0, 22)]


def _opening(paper: LoanPaper, letter: Letter, language: Language) -> list[str]:
    """What has happened and what we ask for."""
    _ = language.gettext
    loan = paper.loan.number
    told = {
        StepKind.REMINDER: _("We cannot see that you have paid all that has fallen due on loan number {loan}.").format(
            loan=loan
        ),
        StepKind.NOTICE: _(
            "You still owe what has fallen due on loan number {loan}. This is a notice that the claim goes to debt "
            "collection if you do not pay within the deadline."
        ).format(loan=loan),
        StepKind.DEMAND: _(
            "{lender} asks you to pay what has fallen due on loan number {loan}. This is a demand for payment: the "
            "deadline of our notice has passed."
        ).format(lender=as_typed(paper.office.name), loan=loan),
    }[letter.kind]
    texts = [told]
    if letter.letter_before_on is not None:
        before = whole_day(letter.letter_before_on, language)
        texts.append(_("We wrote to you about this on {date}.").format(date=before))
    texts.append(
        _("In all it is {amount}. Please pay by {deadline}.").format(
            amount=language.money(letter.total), deadline=whole_day(letter.deadline, language)
        )
    )
    return texts


def _key_figures(letter: Letter, language: Language) -> Flowable:
    _ = language.gettext
    return KeyFigures(
        (
            (_("To pay now"), language.money(letter.total)),
            (_("Pay by"), language.date(letter.deadline)),
        ),
        stressed=0,
    )


def _lines(letter: Letter, language: Language) -> Flowable:
    """Every instalment with what is unpaid of it, then late interest and the fee, and the sum."""
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
        _("In {currency}").format(currency=letter.overdue.currency.value),
        _("Principal"),
        _("Interest"),
        _("Fees"),
        _("Unpaid"),
    )
    rows = [cells(*heads, style="label")]
    rows += [
        cells(words(line), amount(line.principal), amount(line.interest), amount(line.fees), amount(line.unpaid))
        for line in letter.lines
    ]
    if letter.late_interest:
        told = _("Late interest until {date}").format(date=language.date(letter.as_of))
        rows.append(cells(told, "", "", "", amount(letter.late_interest)))
    if letter.fee is not None:
        rows.append(cells(_("Fee for this letter"), "", "", "", amount(letter.fee)))
    last = len(rows)
    rows.append(cells(_("To pay now"), "", "", "", amount(letter.total), style="strong"))
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
        ]
    )
    table.spaceAfter = 8
    return table


def _on_interest(letter: Letter, language: Language) -> list[str]:
    """From when and at which rate late interest runs."""
    _ = language.gettext
    if letter.late_percent is None:
        return []
    told = _(
        "Late interest runs from each due date until the amount is paid, at present {percent} a year. What runs after "
        "{date} comes in addition."
    )
    percent = language.percent(letter.late_percent, decimals=None)
    return [told.format(percent=percent, date=whole_day(letter.as_of, language))]


def _closing(paper: LoanPaper, letter: Letter, language: Language) -> list[Flowable]:
    """How to pay, what follows, and where to turn."""
    _ = language.gettext
    follows = {
        StepKind.REMINDER: _(
            "If you do not pay by the deadline, we will send you a notice of debt collection. It may cost you a fee, "
            "and late interest keeps running."
        ),
        StepKind.NOTICE: _(
            "If you do not pay by the deadline, we will collect the debt. That costs more: fees for collection are "
            "added to what you owe. If you have given security, we may make use of it."
        ),
        StepKind.DEMAND: _(
            "If you do not pay by the deadline, we may hand the claim over to a debt collector or the court. The costs "
            "of that are added to what you owe, and it may lead to an attachment in what you own or earn."
        ),
    }[letter.kind]
    help_offered = _(
        "Can you not pay all of it now, or do you think that something here is wrong? Call us before the deadline. "
        "We would rather find a solution together with you."
    )
    ignore = _("Have you paid in the last few days? Then you need not do anything more.")
    signed = (
        _("{officer}, for {office}").format(officer=paper.officer_name, office=paper.office.name)
        if paper.officer_name
        else paper.office.name
    )
    return [
        paragraph(_("How to pay"), "section"),
        paragraph(how_to_pay(paper.payment_reference, paper.office, language)),
        paragraph(_("What happens if you do not pay"), "section"),
        paragraph(follows),
        paragraph(_("Talk to us"), "section"),
        paragraph(help_offered),
        paragraph(ignore),
        Spacer(0, 12),
        paragraph(as_typed(signed)),
    ]
