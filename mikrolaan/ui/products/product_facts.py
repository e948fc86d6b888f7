"""The rules of a product as words and figures, and what one version changed of another."""

from __future__ import annotations

from decimal import Decimal

from mikrolaan.domain.loan_rules import LoanRules
from mikrolaan.domain.money import Money, Rounding
from mikrolaan.domain.product import Product, Span
from mikrolaan.domain.terms import BusinessDayRule, PeriodUnit
from mikrolaan.i18n import _, current_language, pgettext
from mikrolaan.ui import words
from mikrolaan.ui.loans.entry_words import early_repayment_word
from mikrolaan.ui.products import rule_words

Fact = tuple[str, str]


def product_facts(product: Product) -> list[Fact]:
    """Every rule of a product in reading order, except its name and description: (word, what holds)."""
    language = current_language()
    rows = [
        (_("Amount"), amount_span(product)),
        (_("Nominal rate"), rate_span(product)),
        (_("Instalments"), count_span(product.instalments)),
        (_("Time between instalments"), words.period_word(product.every, product.unit)),
    ]
    if product.payment_free.most:
        rows.append((_("Payment-free instalments"), count_span(product.payment_free)))
        rows.append(
            (_("Interest in payment-free time"), words.payment_free_interest_word(product.payment_free_interest))
        )
    if product.interest_only.most:
        rows.append((_("Interest-only instalments"), count_span(product.interest_only)))
    rows += [
        (_("Repayment form"), _repayment(product)),
        (_("How interest is counted"), words.interest_method_word(product.interest_method)),
        (_("Counting of days"), words.day_count_word(product.day_count)),
        (_("Instalments are rounded to"), multiple_word(product.instalment_multiple_minor, product)),
        (_("Half an øre"), rounding_word(product.rounding)),
        (_("Due date on a closed day"), _closed_days(product)),
        (_("Establishment fee"), _establishment_fee(product)),
        (
            _("Instalment fee"),
            language.money(Money(product.instalment_fee_minor, product.currency))
            if product.instalment_fee_minor
            else _("No fee"),
        ),
        *rules_facts(product.rules),
    ]
    return rows


def rules_facts(rules: LoanRules) -> list[Fact]:
    """The rules by which a loan lives, in reading order."""
    return [
        (_("Interest of an instalment"), rule_words.interest_rule_word(rules.interest)),
        (_("A payment settles, in this order"), rule_words.allocation_word(rules.allocation)),
        (_("When more than what is due is paid"), early_repayment_word(rules.early_repayment)),
        (_("Late interest"), rule_words.late_interest_fact(rules)),
        (_("Reminder fees"), _("As the law allows") if rules.reminder_fees else _("None")),
        (_("Notice of a higher rate"), rule_words.notice_word(rules.rate_notice_months)),
    ]


def changes(former: Product, later: Product) -> list[str]:
    """What the later version changed, a sentence for each rule."""
    before = dict([(_("Name"), former.name), (_("Description"), former.description), *product_facts(former)])
    after = dict([(_("Name"), later.name), (_("Description"), later.description), *product_facts(later)])
    nothing = pgettext("a rule of a product", "none")
    return [
        _("{rule}: {before} → {after}").format(
            rule=word, before=before.get(word) or nothing, after=after.get(word) or nothing
        )
        for word in {**before, **after}
        if before.get(word) != after.get(word)
    ]


def amount_span(product: Product) -> str:
    """The limits of the amount, and the usual one."""
    language = current_language()
    least, most, usual = (
        language.money(Money.from_decimal(bound, product.currency))
        for bound in (product.amount.least, product.amount.most, product.amount.usual)
    )
    return _span(product.amount, least, most, usual)


def rate_span(product: Product) -> str:
    """The limits of the nominal rate, and the usual one."""
    language, rate = current_language(), product.rate_percent
    return _span(rate, language.percent(rate.least), language.percent(rate.most), language.percent(rate.usual))


def count_span(span: Span) -> str:
    """The limits of a number of instalments, and the usual one."""
    language = current_language()
    return _span(span, language.number(span.least), language.number(span.most), language.number(span.usual))


def _span(limits: Span, least: str, most: str, usual: str) -> str:
    if limits.is_fixed:
        return usual
    return _("{least} to {most}, usually {usual}").format(least=least, most=most, usual=usual)


def short_fees(product: Product) -> str:
    """The fees in the room of a column."""
    language = current_language()
    parts = []
    if product.establishment_fee_percent:
        parts.append(language.percent(product.establishment_fee_percent, decimals=None))
    if product.establishment_fee_minor:
        parts.append(language.whole_amount(Money(product.establishment_fee_minor, product.currency)))
    at_start = " + ".join(parts)
    each = language.whole_amount(Money(product.instalment_fee_minor, product.currency))
    if product.instalment_fee_minor:
        return _("{start}, then {fee} each").format(start=at_start or language.number(0), fee=each)
    return at_start or pgettext("fees of a product", "None")


def multiple_word(minor: int, product: Product) -> str:
    """What instalments are rounded to."""
    if minor == 1:
        return _("the øre")
    amount = Money(minor, product.currency)
    return current_language().money(amount)


def rounding_word(rounding: Rounding) -> str:
    """What becomes of an amount that lies half-way between two øre."""
    return {
        Rounding.HALF_UP: _("Rounded up"),
        Rounding.HALF_EVEN: _("Rounded to the even øre"),
    }[rounding]


def unit_word(unit: PeriodUnit) -> str:
    """What the time between instalments is counted in."""
    return {
        PeriodUnit.DAYS: pgettext("unit of time", "days"),
        PeriodUnit.WEEKS: pgettext("unit of time", "weeks"),
        PeriodUnit.MONTHS: pgettext("unit of time", "months"),
    }[unit]


def _repayment(product: Product) -> str:
    usual = words.repayment_word(product.repayment)
    others = [words.repayment_word(form) for form in product.repayment_choices if form is not product.repayment]
    return "\n".join([usual, *(_("or {form}").format(form=form[:1].lower() + form[1:]) for form in others)])


def _closed_days(product: Product) -> str:
    rule = words.business_day_word(product.business_day_rule)
    if product.business_day_rule is BusinessDayRule.NONE or product.calendar is None:
        return rule
    calendar = words.calendar_word(product.calendar)
    return _("{rule} (public holidays of {country})").format(rule=rule, country=calendar)


def _establishment_fee(product: Product) -> str:
    language = current_language()
    parts = []
    if product.establishment_fee_minor:
        parts.append(language.money(Money(product.establishment_fee_minor, product.currency)))
    if product.establishment_fee_percent > Decimal(0):
        percent = language.percent(product.establishment_fee_percent, decimals=None)
        parts.append(_("{percent} of the amount").format(percent=percent))
    if not parts:
        return _("No fee")
    return f"{' + '.join(parts)} · {words.fee_paid_word(product.establishment_fee_paid)}"
