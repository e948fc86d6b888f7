"""Letters about arrears, a plain version per step: what is due line by line, by when, how to pay, and what follows."""

from __future__ import annotations

from reportlab.platypus import Flowable, KeepTogether, Spacer

from mikrolaan.documents.facts import KeyFigures
from mikrolaan.documents.figures import whole_day
from mikrolaan.documents.letterhead import letterhead
from mikrolaan.documents.loan_contract import subtitle
from mikrolaan.documents.overdue_table import Extra, overdue_table
from mikrolaan.documents.page import Foot, build_pdf, check_of
from mikrolaan.documents.payment_reference import how_to_pay
from mikrolaan.documents.style import as_typed, paragraph
from mikrolaan.domain.borrower import Person
from mikrolaan.domain.follow_up import StepKind
from mikrolaan.domain.letter import Letter
from mikrolaan.domain.loan_rules import LateInterest, LoanRules
from mikrolaan.i18n import Language, language
from mikrolaan.services.documents import LoanPaper, Printed

TEXT_VERSION = "reminder-letter 2026-11-28"


def print_letter(paper: LoanPaper) -> Printed:
    """The letter as PDF in the language of the paper; without a number, every page is marked as a draft."""
    letter = paper.letter
    if letter is None:
        raise ValueError("a letter about arrears needs what it asks for")
    speech = language(paper.language)
    story: list[Flowable] = [
        letterhead(paper.office, speech),
        *recipient(paper.borrower.person),
        paragraph(_title(letter, speech), "title"),
        paragraph(subtitle(paper, speech), "subtitle"),
        *(paragraph(text) for text in _opening(paper, letter, speech)),
        _key_figures(letter, speech),
        _lines(letter, speech),
        *(paragraph(text, "small") for text in _on_interest(letter, speech)),
        *_closing(paper, letter, speech),
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


def recipient(person: Person) -> list[Flowable]:
    """Name and address where a window envelope shows them."""
    lines = [paragraph(as_typed(line), "address") for line in (person.name, *person.address.lines) if line]
    return [Spacer(0, 12), *lines, Spacer(0, 16)]


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
    """What is overdue, then late interest and the fee, and the sum."""
    _ = language.gettext
    more: list[Extra] = []
    if letter.late_interest:
        told = _("Late interest until {date}").format(date=language.date(letter.as_of))
        more.append((told, letter.late_interest))
    if letter.fee is not None:
        more.append((_("Fee for this letter"), letter.fee))
    return overdue_table(letter.lines, more, (_("To pay now"), letter.total), language)


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
    """How to pay, what follows, and where to turn; each part stays together, and the name is on no page of its own."""
    _ = language.gettext
    help_offered = _(
        "Can you not pay all of it now, or do you think that something here is wrong? Call us before the deadline. "
        "We would rather find a solution together with you."
    )
    ignore = _("Have you paid in the last few days? Then you need not do anything more.")
    parts: tuple[list[Flowable], ...] = (
        [
            paragraph(_("How to pay"), "section"),
            paragraph(how_to_pay(paper.payment_reference, paper.office, language)),
        ],
        [
            paragraph(_("What happens if you do not pay"), "section"),
            paragraph(_what_follows(letter.kind, paper.loan.rules, language)),
        ],
        [
            paragraph(_("Talk to us"), "section"),
            paragraph(help_offered),
            paragraph(ignore),
            *signed_by(paper, language),
        ],
    )
    return [KeepTogether(part) for part in parts]


def _what_follows(kind: StepKind, rules: LoanRules, language: Language) -> str:
    """The next step and what it costs; no fee or late interest that the loan's own rules do not know."""
    _ = language.gettext
    if kind is StepKind.NOTICE:
        return _(
            "If you do not pay by the deadline, we will collect the debt. That costs more: fees for collection are "
            "added to what you owe. If you have given security, we may make use of it."
        )
    if kind is StepKind.DEMAND:
        return _(
            "If you do not pay by the deadline, we may hand the claim over to a debt collector or the court. The costs "
            "of that are added to what you owe, and it may lead to an attachment in what you own or earn."
        )
    told = _("If you do not pay by the deadline, we will send you a notice of debt collection.")
    if rules.reminder_fees:
        told += " " + _("It may cost you a fee.")
    if rules.late_interest is not LateInterest.NONE:
        told += " " + _("Late interest keeps running.")
    return told


def signed_by(paper: LoanPaper, language: Language) -> list[Flowable]:
    """Who wrote the letter for the office."""
    _ = language.gettext
    signed = (
        _("{officer}, for {office}").format(officer=paper.officer_name, office=paper.office.name)
        if paper.officer_name
        else paper.office.name
    )
    return [Spacer(0, 12), paragraph(as_typed(signed))]
