"""The loan contract: parties, figures, clauses, the whole plan, and the places for signatures."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether

from mikrolaan.documents.clause import Clause
from mikrolaan.documents.clauses import clauses
from mikrolaan.documents.facts import Fact, key_figures, two_columns
from mikrolaan.documents.figures import all_interest, effective_rate_text, instalment_fees
from mikrolaan.documents.guarantee_clause import check_facts, contract_guarantors
from mikrolaan.documents.letterhead import letterhead
from mikrolaan.documents.page import Foot, build_pdf, check_of
from mikrolaan.documents.parties import Signatory, parties, signature_places
from mikrolaan.documents.payment_reference import reference_fact
from mikrolaan.documents.plan_table import PlanTable
from mikrolaan.documents.style import as_typed, paragraph
from mikrolaan.documents.words import day_count_name, repayment_name
from mikrolaan.domain.enterprise_numbers import format_account_number
from mikrolaan.domain.plan import Plan
from mikrolaan.i18n import Language, language
from mikrolaan.services.documents import LoanPaper, Printed

TEXT_VERSION = "loan-contract 2026-11-28e"
MOST_ON_SHEET = 8  # who sign below one another, two in a row, with the clause above them


def print_contract(paper: LoanPaper) -> Printed:
    """The contract as PDF in the language of the paper; without a number, every page is marked as a draft."""
    speech = language(paper.language)
    plan = paper.loan.plan()
    rate = effective_rate_text(plan, speech)
    _ = speech.gettext
    title = _("Loan contract")
    foot = foot_of(title, paper, plan, check_facts(contract_guarantors(paper)))
    story: list[Flowable] = [
        letterhead(paper.office, speech),
        paragraph(title, "title"),
        paragraph(subtitle(paper, speech), "subtitle"),
        *parties(paper, speech),
        paragraph(_("The loan in figures"), "section"),
        key_figures(plan, rate, speech),
        _facts(paper, plan, speech),
        paragraph(_("What we agree"), "section"),
    ]
    agreed = clauses(paper, plan, rate, speech)
    for number, clause in enumerate(agreed, start=1):
        story += numbered_clause(number, clause)
    story += _plan_clause(len(agreed) + 1, plan, speech)
    story += _last_clause(len(agreed) + 2, paper, speech)
    return Printed(build_pdf(story, foot, speech), TEXT_VERSION)


def subtitle(paper: LoanPaper, language: Language) -> str:
    """The numbers and the day under the title of a document about a loan."""
    _ = language.gettext
    day = language.long_date(paper.issued_on)
    if not paper.number:
        return _("Draft · loan number {loan} · {date}").format(loan=paper.loan.number, date=day)
    return _("Number {number} · loan number {loan} · {date}").format(
        number=as_typed(paper.number), loan=paper.loan.number, date=day
    )


def foot_of(title: str, paper: LoanPaper, plan: Plan, more: Sequence[str] = ()) -> Foot:
    """The foot of a document about a loan: a draft until it has a number, with a check from then on.

    `more` is what the check is computed over besides the facts of the loan.
    """
    if not paper.number:
        return Foot(title, "", paper.office.name, is_draft=True)
    return Foot(title, paper.number, paper.office.name, check_of(paper.number, (*checked_facts(paper, plan), *more)))


def checked_facts(paper: LoanPaper, plan: Plan) -> tuple[str, ...]:
    """What the check in the foot is computed over, besides the number: who owes how much, at what rate, until when."""
    person = paper.borrower.person
    terms = plan.terms
    return (
        paper.issued_on.isoformat(),
        str(paper.loan.number),
        person.name,
        person.identity_number.digits if person.identity_number is not None else str(person.born_on),
        f"{terms.principal.minor} {terms.currency.value}",
        str(terms.annual_rate_percent.normalize()),
        str(len(plan.instalments)),
        plan.instalments[0].due_on.isoformat(),
        plan.instalments[-1].due_on.isoformat(),
        str((plan.due + plan.paid_separately).minor),
    )


def _facts(paper: LoanPaper, plan: Plan, language: Language) -> Flowable:
    _ = language.gettext
    terms = plan.terms
    account = paper.office.account_number
    left: list[Fact] = [
        (_("Repayment"), repayment_name(terms, language)),
        (_("Nominal rate"), language.percent(terms.annual_rate_percent, decimals=None)),
        (_("Counting of days"), day_count_name(terms.day_count, language)),
        (_("Instalments"), language.number(len(plan.instalments))),
        (_("First due date"), language.long_date(plan.instalments[0].due_on)),
        (_("Last due date"), language.long_date(plan.instalments[-1].due_on)),
    ]
    right: list[Fact] = [
        (_("Paid out to the borrower"), language.money(plan.paid_out)),
        (_("Interest in all"), language.money(all_interest(plan))),
        (_("Establishment fee"), language.money(plan.establishment_fee)),
        (_("Instalment fees in all"), language.money(instalment_fees(plan))),
        (_("What the loan costs in all"), language.money(plan.total_cost)),
        (_("Pay to account"), format_account_number(account, paper.office.country) if account else "–"),
        reference_fact(paper.payment_reference, language),
    ]
    return two_columns(left, right)


def numbered_clause(number: int, clause: Clause) -> list[Flowable]:
    """A clause under its number."""
    heading = paragraph(clause.title, "clause", f"{number}.")
    return [heading, *(paragraph(text, "clause text") for text in clause.paragraphs)]


def _plan_clause(number: int, plan: Plan, language: Language) -> list[Flowable]:
    _ = language.gettext
    told = _("The plan is a part of this contract. All amounts are in {currency}.").format(
        currency=plan.terms.currency.value
    )
    clause = Clause(_("Repayment plan"), (told,))
    return [CondPageBreak(150), *numbered_clause(number, clause), PlanTable(plan, language)]


def _last_clause(number: int, paper: LoanPaper, language: Language) -> list[Flowable]:
    """Copies and signatures; kept on one page, so that nobody signs a sheet without text.

    More people than fit on it sign a sheet on which the clause stands once more.
    """
    _ = language.gettext
    guarantors = contract_guarantors(paper)
    if guarantors:
        text = language.ngettext(
            "This contract is made in {count} copies, one for each who signs. With their signatures the borrower and the "
            "guarantor confirm having read the contract and the repayment plan and received a copy of both.",
            "This contract is made in {count} copies, one for each who signs. With their signatures the borrower and the "
            "guarantors confirm having read the contract and the repayment plan and received a copy of both.",
            len(guarantors),
        )
        told = text.format(count=2 + len(guarantors))
    else:
        told = _(
            "This contract is made in two copies, one for each. With the signature the borrower confirms having read the "
            "contract and the repayment plan and received a copy of both."
        )
    signatories = [
        Signatory(_("The borrower"), paper.borrower.name),
        Signatory(
            _("For the lender"),
            _("{officer}, for {office}").format(officer=paper.officer_name, office=paper.office.name)
            if paper.officer_name
            else paper.office.name,
        ),
        *(Signatory(_("Guarantor"), known.name) for known in guarantors),
    ]
    clause = Clause(_("Copies and signatures"), (told,))
    return [
        KeepTogether(
            [*numbered_clause(number, clause), signature_places(signatories[start : start + MOST_ON_SHEET], language)]
        )
        for start in range(0, len(signatories), MOST_ON_SHEET)
    ]
