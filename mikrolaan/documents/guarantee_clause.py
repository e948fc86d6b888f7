"""The clause on guarantees in plain language, the same in the loan contract and in a declaration of guarantee."""

from __future__ import annotations

from collections.abc import Sequence

from mikrolaan.documents.clause import Clause
from mikrolaan.documents.figures import whole_day
from mikrolaan.documents.style import as_typed
from mikrolaan.domain.borrower import Person
from mikrolaan.domain.guarantee_rules import GuaranteeKind, GuaranteeRules, guarantee_rules
from mikrolaan.domain.guarantor import KnownGuarantor, named_in_contract
from mikrolaan.domain.identity import Country
from mikrolaan.i18n import Language
from mikrolaan.services.documents import LoanPaper


def contract_guarantors(paper: LoanPaper) -> list[KnownGuarantor]:
    """The guarantors whom the contract of the paper's loan names, in the order of the list."""
    named = {one.id for one in named_in_contract(paper.loan, [known.guarantor for known in paper.guarantors])}
    return [known for known in paper.guarantors if known.guarantor.id in named]


def guarantee_clause(people: Sequence[KnownGuarantor], paper: LoanPaper, language: Language) -> Clause:
    """Who answers for the loan with how much, when each may be asked, when each is told, and when it ends."""
    _ = language.gettext
    country = paper.office.country
    rules = guarantee_rules(country, paper.issued_on)
    kinds = {known.guarantor.guarantee.kind for known in people}
    paragraphs = [_promise(known, country, language) for known in people]
    paragraphs.append(" ".join(_kind(kind, language) for kind in GuaranteeKind if kind in kinds))
    if len(people) > 1:
        paragraphs[-1] += " " + _(
            "The lender may ask each guarantor for the whole amount that this guarantor promised."
        )
    paragraphs.append(_notice(rules, language))
    paragraphs.append(_end(rules, language))
    return Clause(language.pgettext("clause", "Guarantee"), tuple(paragraphs))


def check_facts(people: Sequence[KnownGuarantor]) -> tuple[str, ...]:
    """What the check in the foot is computed over for each guarantor."""
    facts: list[str] = []
    for known in people:
        person, promised = known.person, known.guarantor.guarantee
        number = person.identity_number
        facts += [
            person.name,
            number.digits if number is not None else str(person.born_on),
            f"{promised.at_most.minor} {promised.at_most.currency.value}",
            promised.kind.value,
            "+" if promised.interest_and_costs_on_top else "=",
        ]
    return tuple(facts)


def _promise(known: KnownGuarantor, country: Country, language: Language) -> str:
    """Who promises what; typed text in it is escaped."""
    _ = language.gettext
    promised, person = known.guarantor.guarantee, known.person
    who = ", ".join(filter(None, (person.name, _identified(person, language), *person.address.lines)))
    text = {
        GuaranteeKind.SIMPLE: _(
            "{guarantor}, answers for the borrower's debt on this loan as a simple guarantor, with at most {amount}."
        ),
        GuaranteeKind.OWN_DEBT: _(
            "{guarantor}, answers for the borrower's debt on this loan as for a debt of their own, with at most {amount}."
        ),
    }[promised.kind]
    told = text.format(guarantor=as_typed(who), amount=language.money(promised.at_most))
    if promised.interest_and_costs_on_top:
        told += " " + _("Interest and the costs of collecting the debt come on top of this amount.")
    else:
        told += " " + _("Interest and the costs of collecting the debt are included in this amount.")
    if country is Country.NO:  # finansavtaleloven § 6-11; not known of the others
        told += " " + _("Late interest that the borrower owes is not asked of the guarantor.")
    if promised.until is not None:
        told += " " + _("This guarantee ends on {date} at the latest.").format(date=whole_day(promised.until, language))
    return told


def _identified(person: Person, language: Language) -> str:
    """The identity number, or the birth date while there is none, inside a sentence."""
    _ = language.gettext
    if person.identity_number is not None:
        return _("identity number {number}").format(number=person.identity_number.formatted)
    return _("born {date}").format(date=language.long_date(person.born_on)) if person.born_on is not None else ""


def _kind(kind: GuaranteeKind, language: Language) -> str:
    """What the kind means for the guarantor."""
    _ = language.gettext
    return {
        GuaranteeKind.SIMPLE: _(
            "A simple guarantor is asked to pay only after the lender has taken legal steps against the borrower, and "
            "only for what is still unpaid then."
        ),
        GuaranteeKind.OWN_DEBT: _(
            "Whoever guarantees as for a debt of their own may be asked to pay as soon as the borrower has not paid in "
            "time, without legal steps against the borrower first."
        ),
    }[kind]


def _notice(rules: GuaranteeRules, language: Language) -> str:
    """By when the guarantor is told of a default, and what later agreements may not do."""
    _ = language.gettext
    months = rules.notice_months
    text = language.ngettext(
        "When the borrower does not pay in time, the lender tells each guarantor in writing within {count} month.",
        "When the borrower does not pay in time, the lender tells each guarantor in writing within {count} months.",
        months,
    )
    told = text.format(count=months)
    if rules.short_months is not None:
        short = language.ngettext(
            "No notice is needed of a delay that was over within {count} month.",
            "No notice is needed of a delay that was over within {count} months.",
            rules.short_months,
        )
        told += " " + short.format(count=rules.short_months)
    return f"{told} " + _(
        "The guarantee follows the repayment plan: what the lender and the borrower agree on later makes it neither "
        "larger nor longer, unless the guarantor consents in writing."
    )


def _end(rules: GuaranteeRules, language: Language) -> str:
    """When it ends, and what a guarantor who has paid may claim."""
    _ = language.gettext
    if rules.longest_years is None:
        told = _("A guarantee ends when the loan is repaid.")
    else:
        text = language.ngettext(
            "A guarantee ends when the loan is repaid, and at the latest {count} year after the guarantor signed.",
            "A guarantee ends when the loan is repaid, and at the latest {count} years after the guarantor signed.",
            rules.longest_years,
        )
        told = text.format(count=rules.longest_years)
    return f"{told} " + _("A guarantor who has paid for the borrower may claim the money back from the borrower.")
