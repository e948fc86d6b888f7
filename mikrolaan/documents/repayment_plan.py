"""The repayment plan alone: key figures, a picture of the loan, and the table."""

from __future__ import annotations

from reportlab.platypus import Flowable

from mikrolaan.documents.facts import key_figures
from mikrolaan.documents.figures import effective_rate_text
from mikrolaan.documents.letterhead import letterhead
from mikrolaan.documents.loan_contract import foot_of, subtitle
from mikrolaan.documents.page import build_pdf
from mikrolaan.documents.parties import borrower_block
from mikrolaan.documents.payment_reference import how_to_pay
from mikrolaan.documents.plan_picture import plan_picture
from mikrolaan.documents.plan_table import PlanTable
from mikrolaan.documents.style import paragraph
from mikrolaan.i18n import language
from mikrolaan.services.documents import LoanPaper, Printed

TEXT_VERSION = "repayment-plan 2026-11-22c"


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
        paragraph(_("All amounts are in {currency}.").format(currency=plan.terms.currency.value), "body"),
        paragraph(how_to_pay(paper.payment_reference, paper.office, speech), "body"),
        PlanTable(plan, speech),
    ]
    return Printed(build_pdf(story, foot, speech), TEXT_VERSION)
