"""The repayment plan alone: key figures, a picture of the loan, and the table."""

from __future__ import annotations

from reportlab.platypus import Flowable

from mikrolaan.documents.facts import key_figures
from mikrolaan.documents.figures import effective_rate_text
from mikrolaan.documents.letterhead import letterhead
from mikrolaan.documents.loan_contract import foot_of, subtitle
from mikrolaan.documents.page import build_pdf
from mikrolaan.documents.parties import borrower_block
from mikrolaan.documents.plan_picture import plan_picture
from mikrolaan.documents.plan_table import PlanTable
from mikrolaan.documents.style import as_typed, paragraph
from mikrolaan.domain.enterprise_numbers import format_account_number
from mikrolaan.domain.plan import Plan
from mikrolaan.i18n import Language, language
from mikrolaan.services.documents import LoanPaper, Printed

TEXT_VERSION = "repayment-plan 2026-11-22b"


def print_plan(paper: LoanPaper) -> Printed:
    """The plan as PDF in the language of the paper; without a number, every page is marked as a draft."""
    speech = language(paper.language)
    plan = paper.loan.plan()
    _ = speech.gettext
    title = _("Repayment plan")
    foot = foot_of(title, paper, plan)
    story: list[Flowable] = [
        letterhead(paper.office, speech),
        paragraph(title, "title"),
        paragraph(subtitle(paper, speech), "subtitle"),
        *borrower_block(paper, speech),
        paragraph(_("The loan in figures"), "section"),
        key_figures(plan, effective_rate_text(plan, speech), speech),
        plan_picture(plan, speech),
        paragraph(_("Instalments"), "section"),
        paragraph(_how_to_pay(paper, plan, speech), "body"),
        PlanTable(plan, speech),
    ]
    return Printed(build_pdf(story, foot, speech), TEXT_VERSION)


def _how_to_pay(paper: LoanPaper, plan: Plan, language: Language) -> str:
    _ = language.gettext
    told = _("All amounts are in {currency}.").format(currency=plan.terms.currency.value)
    account = paper.office.account_number
    if account:
        told += " " + _("Pay to account {account} and mark the payment with loan number {number}.").format(
            account=as_typed(format_account_number(account, paper.office.country)), number=paper.loan.number
        )
    return told
