"""The notice of default: a letter to one person who answers for a loan, in plain words, which asks for nothing."""

from __future__ import annotations

from reportlab.platypus import Flowable, KeepTogether

from mikrolaan.documents.facts import KeyFigures
from mikrolaan.documents.figures import whole_day
from mikrolaan.documents.letterhead import letterhead
from mikrolaan.documents.loan_contract import subtitle
from mikrolaan.documents.overdue_table import overdue_table
from mikrolaan.documents.page import Foot, build_pdf, check_of
from mikrolaan.documents.payment_reference import how_to_pay
from mikrolaan.documents.reminder_letter import recipient, signed_by
from mikrolaan.documents.style import as_typed, paragraph
from mikrolaan.domain.default_notice import DefaultNotice
from mikrolaan.domain.group import LiabilityForm
from mikrolaan.domain.guarantee_rules import GuaranteeKind
from mikrolaan.domain.guarantor import Guarantor
from mikrolaan.domain.identity import Country
from mikrolaan.i18n import Language, language
from mikrolaan.services.documents import LoanPaper, Printed

TEXT_VERSION = "guarantor-notice 2026-11-28c"


def print_notice(paper: LoanPaper) -> Printed:
    """The notice as PDF in the language of the paper; without a number, every page is marked as a draft."""
    notice = paper.notice
    if notice is None:
        raise ValueError("a notice of default needs whom it tells what")
    speech = language(paper.language)
    _ = speech.gettext
    title = _("Notice of default")
    story: list[Flowable] = [
        letterhead(paper.office, speech),
        *recipient(notice.person),
        paragraph(title, "title"),
        paragraph(subtitle(paper, speech), "subtitle"),
        *(paragraph(text) for text in _opening(paper, notice, speech)),
        _key_figures(notice, speech),
        overdue_table(notice.lines, (), (_("Overdue in all"), notice.overdue), speech),
        *(paragraph(text, "small") for text in _left_out(paper, notice, speech)),
        KeepTogether(
            [
                paragraph(_("What you answer for"), "section"),
                *(paragraph(text) for text in _answering(paper, notice, speech)),
            ]
        ),
        *_closing(paper, notice, speech),
    ]
    return Printed(build_pdf(story, _foot(title, paper, notice), speech), TEXT_VERSION)


def _foot(title: str, paper: LoanPaper, notice: DefaultNotice) -> Foot:
    if not paper.number:
        return Foot(title, "", paper.office.name, is_draft=True)
    facts = (
        notice.as_of.isoformat(),
        str(paper.loan.number),
        notice.person.name,
        f"{notice.overdue.minor} {notice.overdue.currency.value}",
        str(notice.answering.at_most.minor),
    )
    return Foot(title, paper.number, paper.office.name, check_of(paper.number, facts))


def _opening(paper: LoanPaper, notice: DefaultNotice, language: Language) -> list[str]:
    """Who has not paid since when, that nothing is asked for, and why it is told.

    The borrower is named here alone: the letter keeps to its page however long the name is.
    """
    _ = language.gettext
    told = (
        _("You are a guarantor of loan number {loan}, which {lender} gave to {borrower}.")
        if notice.guarantor is not None
        else _(
            "You are in the network group {group}, whose members answer for loan number {loan}. {lender} gave it to "
            "{borrower}."
        )
    )
    told = told.format(
        group=as_typed(paper.group_name),
        loan=paper.loan.number,
        lender=as_typed(paper.office.name),
        borrower=as_typed(paper.borrower.name),
    )
    told += " " + _(
        "The borrower has not paid all that has fallen due. The loan has been in default since {since}, when the oldest "
        "unpaid amount fell due."
    ).format(since=whole_day(notice.since, language))
    only = _("This letter is a notice and not a demand for payment: you need not pay anything now.")
    if (
        paper.office.country is Country.NO and notice.guarantor is not None
    ):  # of members a lawyer has not answered which
        why = _("The law requires us to tell everybody who answers for the loan (finansavtaleloven § 6-3).")
    else:
        why = _("We tell everybody who answers for the loan, so that you know how it stands.")
    return [told, f"<b>{only}</b> {why}"]


def _key_figures(notice: DefaultNotice, language: Language) -> Flowable:
    _ = language.gettext
    return KeyFigures(
        (
            (_("Overdue on {date}").format(date=language.date(notice.as_of)), language.money(notice.overdue)),
            (_("Unpaid of the loan amount"), language.money(notice.outstanding_principal)),
            (_("You answer for at most"), language.money(notice.answering.at_most)),
        ),
        stressed=0,
    )


def _left_out(paper: LoanPaper, notice: DefaultNotice, language: Language) -> list[str]:
    """What the figures do not hold; § 6-11 of the Norwegian law frees guarantors of late interest."""
    _ = language.gettext
    if paper.office.country is Country.NO and notice.guarantor is not None:
        late = _("Late interest that the borrower owes is not included, and it is not asked of you.")
    else:
        late = _("Late interest that the borrower owes is not included.")
    return [late]


def _answering(paper: LoanPaper, notice: DefaultNotice, language: Language) -> list[str]:
    """With how much at most, and when the person may be asked to pay."""
    _ = language.gettext
    texts = []
    if notice.guarantor is not None:
        texts.append(_guaranteed(notice.guarantor, language))
    share = notice.answering.share
    if share is not None:
        joint = notice.liability is LiabilityForm.JOINT
        told = (
            _("As a member of the group {group} you answer for all of the debt: today that is {amount}.")
            if joint
            else _(
                "As a member of the group {group} you answer for an equal share of the debt, divided among the members "
                "other than the borrower: today your share is {amount}."
            )
        )
        texts.append(told.format(group=as_typed(paper.group_name), amount=language.money(share)))
    texts.append(_when_asked(notice, language))
    return texts


def _guaranteed(guarantor: Guarantor, language: Language) -> str:
    """What was promised, when, and until when it holds."""
    _ = language.gettext
    promised, signed_on, expires_on = guarantor.guarantee, guarantor.signed_on, guarantor.expires_on
    if signed_on is None:
        raise ValueError("nobody answers for a loan by a guarantee that was not signed")
    told = _("On {date} you signed a guarantee of at most {amount}.").format(
        date=whole_day(signed_on, language), amount=language.money(promised.at_most)
    )
    if promised.interest_and_costs_on_top:
        told += " " + _("Interest and the costs of collecting the debt come on top of this amount.")
    else:
        told += " " + _("Interest and the costs of collecting the debt are included in this amount.")
    if expires_on is not None:
        told += " " + _("The guarantee holds until {date} at the latest.").format(date=whole_day(expires_on, language))
    return told


def _when_asked(notice: DefaultNotice, language: Language) -> str:
    """When the office may ask for the money, by the kind of the guarantee."""
    _ = language.gettext
    if notice.guarantor is None:
        told = ""
    elif notice.guarantor.guarantee.kind is GuaranteeKind.SIMPLE:
        told = _(
            "Your guarantee is a simple one: we may ask you to pay only after we have taken legal steps against the "
            "borrower, and only for what is still unpaid then."
        )
    else:
        told = _(
            "You guarantee as for a debt of your own: we may ask you to pay without taking legal steps against the "
            "borrower first."
        )
    again = _("If we have to ask you to pay, we will write to you again, and you will be given time for it.")
    return " ".join(filter(None, (told, again)))


def _closing(paper: LoanPaper, notice: DefaultNotice, language: Language) -> list[Flowable]:
    """What the person can do: talk, or pay for the borrower; the name at the end stands on no page of its own."""
    _ = language.gettext
    talk = _(
        "You are welcome to talk with the borrower, and to call us at any time: we tell you how the loan stands. Call us "
        "also if you think that something here is wrong."
    )
    pay = _(
        "You may pay what is overdue on behalf of the borrower. Call us first, for the amount changes when something is "
        "paid or falls due."
    )
    pay += " " + how_to_pay(paper.payment_reference, paper.office, language)
    if notice.guarantor is not None:
        pay += " " + _("What you pay for the borrower, you may claim back from the borrower.")
    return [
        KeepTogether([paragraph(_("What you can do"), "section"), paragraph(talk)]),
        KeepTogether([paragraph(pay), *signed_by(paper, language)]),
    ]
