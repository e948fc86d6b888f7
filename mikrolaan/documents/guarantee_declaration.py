"""The declaration of guarantee: what a guarantor signs who comes after the loan's contract, with how the debt stands."""

from __future__ import annotations

from dataclasses import replace

from reportlab.platypus import Flowable, KeepTogether

from mikrolaan.documents.clause import Clause
from mikrolaan.documents.facts import Fact, two_columns
from mikrolaan.documents.figures import whole_day
from mikrolaan.documents.guarantee_clause import check_facts, guarantee_clause
from mikrolaan.documents.letterhead import letterhead
from mikrolaan.documents.loan_contract import numbered_clause, subtitle
from mikrolaan.documents.page import Foot, build_pdf, check_of
from mikrolaan.documents.parties import Signatory, by_hand, party_names, signature_places
from mikrolaan.documents.style import paragraph
from mikrolaan.domain.arrears import Arrears, arrears_of
from mikrolaan.domain.guarantor import KnownGuarantor
from mikrolaan.domain.statement import Statement, statement
from mikrolaan.i18n import Language, language
from mikrolaan.services.documents import LoanPaper, Printed

TEXT_VERSION = "guarantee-declaration 2026-11-28b"


def print_declaration(paper: LoanPaper) -> Printed:
    """The declaration as PDF in the language of the paper; without a number, every page is marked as a draft.

    A guarantor is told whether older debt is included and whether it is in default (finansavtaleloven § 3-36(1)).
    """
    known = paper.guarantor
    if known is None:
        raise ValueError("a declaration of guarantee needs the guarantor who makes it")
    speech = language(paper.language)
    _ = speech.gettext
    title = _("Declaration of guarantee")
    told, arrears = statement(paper.loan, paper.issued_on), arrears_of(paper.loan, paper.issued_on)
    story: list[Flowable] = [
        letterhead(paper.office, speech),
        paragraph(title, "title"),
        paragraph(subtitle(paper, speech), "subtitle"),
        party_names(paper, speech),
        *by_hand(paper, speech),
        _facts(paper, told, arrears, speech),
    ]
    clauses = [_guarantee(paper, known, speech), _debt(paper, told, arrears, speech)]
    for number, clause in enumerate(clauses, start=1):
        story += numbered_clause(number, clause)
    story.append(_last_clause(len(clauses) + 1, paper, known, speech))
    return Printed(build_pdf(story, _foot(title, paper, known, told, arrears), speech), TEXT_VERSION)


def _foot(title: str, paper: LoanPaper, known: KnownGuarantor, told: Statement, arrears: Arrears | None) -> Foot:
    if not paper.number:
        return Foot(title, "", paper.office.name, is_draft=True)
    facts = (
        paper.issued_on.isoformat(),
        str(paper.loan.number),
        paper.borrower.name,
        str(told.outstanding_principal.minor),
        str(arrears.overdue.minor if arrears is not None else 0),
        *check_facts([known]),
    )
    return Foot(title, paper.number, paper.office.name, check_of(paper.number, facts))


def _facts(paper: LoanPaper, told: Statement, arrears: Arrears | None, language: Language) -> Flowable:
    _ = language.gettext
    loan = paper.loan
    terms = loan.terms_on(paper.issued_on)
    last = told.rows[-1].instalment if told.rows else loan.plan().instalments[-1]
    signed_on, paid_out_on = loan.signed_on, loan.paid_out_on
    left: list[Fact] = [
        (_("Contract signed"), language.long_date(signed_on) if signed_on is not None else "–"),
        (_("Day of payout"), language.long_date(paid_out_on) if paid_out_on is not None else "–"),
        (_("Last due date"), language.long_date(last.due_on)),
    ]
    right: list[Fact] = [
        (_("Loan amount"), language.money(loan.terms.principal)),
        (_("Nominal rate"), language.percent(terms.annual_rate_percent, decimals=None)),
        (_("Due and unpaid"), language.money(arrears.overdue) if arrears is not None else _("Nothing")),
    ]
    return two_columns(left, right)


def _guarantee(paper: LoanPaper, known: KnownGuarantor, language: Language) -> Clause:
    """The clause of the contract, and what is said there in clauses that a declaration does not have."""
    _ = language.gettext
    clause = guarantee_clause([known], paper, language)
    rights = _(
        "This declaration takes away none of the rights that the law gives the guarantor in any case. The lender keeps "
        "only the information that is needed to follow up the guarantee."
    )
    return replace(clause, paragraphs=(*clause.paragraphs, rights))


def _debt(paper: LoanPaper, told: Statement, arrears: Arrears | None, language: Language) -> Clause:
    """That older debt is included, and how it stands."""
    _ = language.gettext
    day = whole_day(paper.issued_on, language)
    if paper.loan.paid_out_on is None:
        stands = _("On {date} nothing of the loan has been paid out.").format(date=day)
    else:
        stands = _("The guarantee includes debt that is older than it. On {date}, {amount} of the principal is unpaid.")
        stands = stands.format(date=day, amount=language.money(told.outstanding_principal))
        if arrears is None:
            stands += " " + _("Nothing is overdue.")
        else:
            late = _("{amount} is overdue, the oldest of it since {since}: the borrower is in default.")
            stands += " " + late.format(
                amount=language.money(arrears.overdue), since=whole_day(arrears.since, language)
            )
    return Clause(_("The debt today"), (stands,))


def _last_clause(number: int, paper: LoanPaper, known: KnownGuarantor, language: Language) -> Flowable:
    """Copies and signatures; kept on one page, so that nobody signs a sheet without text.

    It is short, so that what room a page has left is enough for it.
    """
    _ = language.gettext
    told = _(
        "This declaration is made in two copies, one for each. With the signature the guarantor confirms having read it "
        "and received a copy of it, of the loan contract and of the repayment plan."
    )
    office = paper.office.name
    signing = signature_places(
        [
            Signatory(_("Guarantor"), known.name),
            Signatory(
                _("For the lender"),
                _("{officer}, for {office}").format(officer=paper.officer_name, office=office)
                if paper.officer_name
                else office,
            ),
        ],
        language,
    )
    clause = Clause(_("Copies and signatures"), (told,))
    return KeepTogether([*numbered_clause(number, clause), signing])
