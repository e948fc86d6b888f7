"""The clauses of the loan contract in plain language; a change of wording is a new TEXT_VERSION in `loan_contract`."""

from __future__ import annotations

from mikrolaan.documents.clause import Clause
from mikrolaan.documents.figures import NO_RATE, whole_day
from mikrolaan.documents.guarantee_clause import contract_guarantors, guarantee_clause
from mikrolaan.documents.payment_reference import how_to_pay
from mikrolaan.documents.rule_clauses import changes, early_repayment, late_payment, use_of_payments
from mikrolaan.documents.style import as_typed
from mikrolaan.documents.words import day_count_in_words, establishment_fee_in_words, frequency, repayment_in_words
from mikrolaan.domain.answering import ANSWERING_FORMS
from mikrolaan.domain.contact import format_phone
from mikrolaan.domain.identity import Country
from mikrolaan.domain.money import Money
from mikrolaan.domain.plan import Plan
from mikrolaan.domain.terms import InterestMethod, PaymentFreeInterest, Repayment
from mikrolaan.i18n import Language
from mikrolaan.services.calculation import last_paying
from mikrolaan.services.documents import LoanPaper


def clauses(paper: LoanPaper, plan: Plan, effective_rate: str, language: Language) -> list[Clause]:
    """All clauses before the plan, in order; those that the loan has no use for are left out."""
    rules, guarantors = paper.loan.rules, contract_guarantors(paper)
    found = [
        _payout(paper, plan, language),
        _purpose(paper, language),
        _interest(plan, effective_rate, language),
        _fees(plan, language),
        _repayment(paper, plan, language),
        use_of_payments(rules, language),
        early_repayment(rules, language),
        late_payment(rules, paper.office.country, language),
        changes(rules, language),
        _termination(language),
        guarantee_clause(guarantors, paper, language) if guarantors else None,
        _group(paper, language),
        _personal_data(paper, language),
        _complaint_and_law(paper, language),
    ]
    return [clause for clause in found if clause is not None]


def _payout(paper: LoanPaper, plan: Plan, language: Language) -> Clause:
    _ = language.gettext
    terms = plan.terms
    lent = _("The lender lends the borrower {amount}.").format(amount=language.money(terms.principal))
    if plan.paid_out != terms.principal:
        lent += " " + _("{paid_out} is paid out, because the establishment fee is kept back.").format(
            paid_out=language.money(plan.paid_out)
        )
    if terms.tranches:
        parts = "; ".join(
            _("{amount} on {date}").format(amount=language.money(tranche.amount), date=whole_day(tranche.on, language))
            for tranche in terms.tranches
        )
        lent += " " + _("The loan is paid out in parts: {parts}.").format(parts=parts)
    else:
        lent += " " + _("The planned day of the payout is {date}.").format(date=whole_day(terms.disbursed_on, language))
    text = (
        _(
            "The money is paid out when all have signed this contract, to the borrower's account number "
            "{blank_line} (filled in at signing)."
        )
        if contract_guarantors(paper)
        else _(
            "The money is paid out when both have signed this contract, to the borrower's account number "
            "{blank_line} (filled in at signing)."
        )
    )
    account = text.format(blank_line="_" * 22)
    return Clause(_("Loan and payout"), (lent, account))


def _purpose(paper: LoanPaper, language: Language) -> Clause | None:
    _ = language.gettext
    if not paper.loan.purpose.strip():
        return None
    used = _("The borrower uses the loan for: {purpose}").format(purpose=as_typed(paper.loan.purpose.strip()))
    return Clause(_("Purpose"), (used,))


def _interest(plan: Plan, effective_rate: str, language: Language) -> Clause:
    _ = language.gettext
    terms = plan.terms
    if not terms.annual_rate_percent:
        computed = _("The loan bears no interest.")
    else:
        by_method = {
            InterestMethod.DECLINING: _(
                "The nominal rate is {rate} a year. Interest is computed on the debt that is left, from "
                "{date}, and falls due with each instalment."
            ),
            InterestMethod.FLAT: _(
                "The nominal rate is {rate} a year. Interest is computed on the whole amount first lent, also "
                "after a part is repaid, from {date}, and falls due with each instalment."
            ),
        }[terms.interest_method]
        rate = language.percent(terms.annual_rate_percent, decimals=None)
        computed = by_method.format(rate=rate, date=whole_day(terms.disbursed_on, language))
        computed += " " + day_count_in_words(terms.day_count, language)
        computed += " " + _("The interest of each instalment is rounded once, to two decimals.")
    effective = _(
        "The effective rate is {rate}. It shows what the loan costs in a year when all interest and all fees "
        "are counted and every instalment is paid on its due date. It is computed by the formula of directive "
        "2008/48/EC, annex I."
    ).format(rate=effective_rate)
    return Clause(_("Interest"), (computed,) if effective_rate == NO_RATE else (computed, effective))


def _fees(plan: Plan, language: Language) -> Clause:
    _ = language.gettext
    each = Money(plan.terms.instalment_fee_minor, plan.terms.currency)
    sentences = [establishment_fee_in_words(plan, language)]
    if each:
        sentences.append(_("The fee for each instalment is {fee}.").format(fee=language.money(each)))
    if any(sentences):
        sentences.append(_("The lender charges no other fees, except for late payment."))
    else:
        sentences.append(_("The lender charges no fees, except for late payment."))
    return Clause(_("Fees"), (" ".join(filter(None, sentences)),))


def _repayment(paper: LoanPaper, plan: Plan, language: Language) -> Clause:
    _ = language.gettext
    terms = plan.terms
    first, last = plan.instalments[0], last_paying(plan)
    count = last.number
    if count == 1:
        text = _("The loan is repaid in one instalment on {first}, as the repayment plan shows.")
    else:
        text = _(
            "The loan is repaid in {count} instalments, {often}, from {first} to {last}, as the repayment plan shows."
        )
    repaid = text.format(
        count=count,
        often=frequency(terms, language),
        first=whole_day(first.due_on, language),
        last=whole_day(last.due_on, language),
    )
    if count > 1:
        repaid += " " + repayment_in_words(terms, language) + _start_in_words(plan, language)
        if terms.repayment in (Repayment.ANNUITY, Repayment.SERIAL) and not terms.is_agreed:
            repaid += " " + _("The last instalment settles what rounding has left.")
    paid_to = _(
        "When a due date is a Saturday, a Sunday or a public holiday, payment on the next working day is in time."
    )
    told = how_to_pay(paper.payment_reference, paper.office, language)
    return Clause(_("Repayment"), (repaid, f"{told} {paid_to}"))


def _start_in_words(plan: Plan, language: Language) -> str:
    """What is special about the first instalments, with a space in front; empty when nothing is."""
    terms = plan.terms
    told = ""
    if free := terms.payment_free_instalments:
        if terms.payment_free_interest is PaymentFreeInterest.CAPITALISED:
            text = language.ngettext(
                "Nothing is paid on the first due date; its interest is added to the debt.",
                "Nothing is paid on the first {count} due dates; their interest is added to the debt.",
                free,
            )
        else:
            text = language.ngettext(
                "Nothing is paid on the first due date; its interest is paid with the next instalment.",
                "Nothing is paid on the first {count} due dates; their interest is paid with the next instalment.",
                free,
            )
        told += " " + text.format(count=free)
    only = terms.interest_only_instalments
    if only and not terms.is_agreed:
        text = language.ngettext(
            "For {count} instalment only interest and fees are paid.",
            "For {count} instalments only interest and fees are paid.",
            only,
        )
        told += " " + text.format(count=only)
    return told


def _termination(language: Language) -> Clause:
    _ = language.gettext
    return Clause(
        _("Breach and termination"),
        (
            _(
                "The lender may demand the whole loan before time when the borrower breaks this contract in a serious "
                "way: does not pay, has given wrong information that mattered for the loan, or uses the loan for "
                "something else than agreed."
            ),
            _(
                "The lender first gives written notice, which states the reason and the claim and gives at least "
                "14 days to put the matter right."
            ),
        ),
    )


def _group(paper: LoanPaper, language: Language) -> Clause | None:
    """That this contract binds no other member; where members answer for each other, not that they owe nothing."""
    _ = language.gettext
    if not paper.group_name.strip():
        return None
    if paper.liability in ANSWERING_FORMS:
        text = _(
            "The loan is given in the context of the network group {group}. What its members answer for is agreed in the "
            "group: by this contract only those are bound who sign it."
        )
    elif contract_guarantors(paper):
        text = _(
            "The loan is given in the context of the network group {group}. Each member borrows and repays alone. By "
            "this contract members who do not sign as guarantors guarantee nothing and owe nothing for this loan."
        )
    else:
        text = _(
            "The loan is given in the context of the network group {group}. Each member borrows and repays alone. By "
            "this contract the other members guarantee nothing and owe nothing for this loan."
        )
    told = text.format(group=as_typed(paper.group_name))
    return Clause(_("The network group"), (told,))


def _personal_data(paper: LoanPaper, language: Language) -> Clause:
    _ = language.gettext
    authority = {
        Country.NO: _("the Norwegian Data Protection Authority (Datatilsynet)"),
        Country.SE: _("the Swedish Authority for Privacy Protection (Integritetsskyddsmyndigheten)"),
        Country.DK: _("the Danish Data Protection Agency (Datatilsynet)"),
    }[paper.office.country]
    told = _(
        "The lender keeps the information about the borrower that is needed to assess, give and follow up the loan "
        "and to keep accounts as the law demands. Others receive it only when the law demands or allows it, or the "
        "borrower agrees. The borrower may see the information, have mistakes corrected, and complain to {authority}."
    ).format(authority=authority)
    if contract_guarantors(paper):
        told += " " + _("The same holds for each guarantor.")
    return Clause(_("Personal data"), (told,))


def _complaint_and_law(paper: LoanPaper, language: Language) -> Clause:
    _ = language.gettext
    office = paper.office
    reached = as_typed(", ".join(filter(None, (office.name, format_phone(office.phone), office.email))))
    complaint = _("A complaint goes to the lender first: {lender}. The lender answers in writing.").format(
        lender=reached
    )
    law = {
        Country.NO: _("This contract is governed by Norwegian law."),
        Country.SE: _("This contract is governed by Swedish law."),
        Country.DK: _("This contract is governed by Danish law."),
    }[office.country]
    guarantors = len(contract_guarantors(paper))
    rights = (
        language.ngettext(
            "It takes away none of the rights that the law gives the borrower and the guarantor in any case.",
            "It takes away none of the rights that the law gives the borrower and the guarantors in any case.",
            guarantors,
        )
        if guarantors
        else _("It takes away none of the rights that the law gives the borrower in any case.")
    )
    return Clause(_("Complaints and law"), (f"{complaint} {law} {rights}",))
