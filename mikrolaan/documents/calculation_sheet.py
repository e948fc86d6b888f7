"""A calculation on paper, for the client to take home: figures, a picture and the plan; not an offer."""

from __future__ import annotations

from reportlab.platypus import CondPageBreak, Flowable

from mikrolaan.documents.facts import Fact, key_figures, two_columns
from mikrolaan.documents.figures import effective_rate_text, instalment_fees
from mikrolaan.documents.letterhead import letterhead
from mikrolaan.documents.page import Foot, build_pdf
from mikrolaan.documents.plan_picture import plan_picture
from mikrolaan.documents.plan_table import PlanTable
from mikrolaan.documents.style import as_typed, paragraph
from mikrolaan.documents.words import day_count_name, months_in_words, repayment_name
from mikrolaan.i18n import Language, language
from mikrolaan.services.calculation import CalculationPaper

ROOM_FOR_PLAN = 130.0  # points; with less left on a page, the plan begins on the next


def print_calculation(paper: CalculationPaper) -> bytes:
    """The calculation as PDF in the language of the paper; every page says that it is no offer."""
    speech = language(paper.language)
    _ = speech.gettext
    plan = paper.calculation.plan
    title = _("Loan calculation")
    foot = Foot(_("Calculation, not an offer"), "", paper.office.name)
    story: list[Flowable] = [
        letterhead(paper.office, speech),
        paragraph(title, "title"),
        paragraph(_subtitle(paper, speech), "subtitle"),
        paragraph(
            _(
                "This is a calculation, not an offer. It binds neither the client nor the office. The figures hold "
                "when the loan is paid out on the day shown and every instalment is paid on its due date."
            )
        ),
        paragraph(_("The loan in figures"), "section"),
        key_figures(plan, effective_rate_text(plan, speech), speech),
        two_columns(_conditions(paper, speech), _costs(paper, speech)),
        plan_picture(plan, speech),
        CondPageBreak(ROOM_FOR_PLAN),
        paragraph(_("Instalments"), "section"),
        paragraph(_("All amounts are in {currency}.").format(currency=plan.terms.currency.value)),
        PlanTable(plan, speech),
    ]
    return build_pdf(story, foot, speech)


def _subtitle(paper: CalculationPaper, language: Language) -> str:
    """For whom, which kind of loan, by whom and when, in one line."""
    _ = language.gettext
    day = language.long_date(paper.made_on)
    texts = [_("For {borrower}").format(borrower=paper.borrower_name)] if paper.borrower_name else []
    texts.append(paper.product_name)
    told = _("{officer}, {date}").format(officer=paper.officer_name, date=day) if paper.officer_name else day
    return as_typed(" · ".join((*texts, told)))


def _conditions(paper: CalculationPaper, language: Language) -> list[Fact]:
    _ = language.gettext
    plan = paper.calculation.plan
    terms = plan.terms
    free, interest_only = terms.payment_free_instalments, terms.interest_only_instalments
    months = months_in_words(terms, language)
    return [
        (_("Repayment"), repayment_name(terms, language)),
        (_("Nominal rate"), language.percent(terms.annual_rate_percent, decimals=None)),
        (_("Counting of days"), day_count_name(terms.day_count, language)),
        (_("Instalments"), language.number(len(plan.instalments))),
        *([(_("Without payment"), language.number(free))] if free else []),
        *([(_("With interest only"), language.number(interest_only))] if interest_only else []),
        *([(_("Months without principal"), months)] if months else []),
        (_("Payout"), language.long_date(terms.disbursed_on)),
        (_("First due date"), language.long_date(plan.instalments[0].due_on)),
        (_("Last due date"), language.long_date(plan.instalments[-1].due_on)),
    ]


def _costs(paper: CalculationPaper, language: Language) -> list[Fact]:
    _ = language.gettext
    calculation = paper.calculation
    plan = calculation.plan
    return [
        (_("Paid out to the borrower"), language.money(plan.paid_out)),
        (_("Interest in all"), language.money(calculation.interest)),
        (_("Establishment fee"), language.money(plan.establishment_fee)),
        (_("Instalment fees in all"), language.money(instalment_fees(plan))),
        (_("What the loan costs in all"), language.money(plan.total_cost)),
    ]
