"""What the office offers, to be read: each product with its limits and fees."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.money import Money
from mikrolaan.domain.product import Product, Span
from mikrolaan.domain.terms import BusinessDayRule
from mikrolaan.i18n import _, current_language
from mikrolaan.services.session import Session
from mikrolaan.ui.settings.sections import Section, facts
from mikrolaan.ui.widgets.basics import empty, label
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.words import day_count_word, fee_paid_word, repayment_word


class ProductsSection(Section):
    """One card for each product."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.column.addWidget(
            label(_("The loans that the office offers. A loan keeps the rules it was made with."), "muted", wraps=True)
        )
        self._holder = QWidget()
        self._cards = QVBoxLayout(self._holder)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(16)
        self.column.addWidget(self._holder)
        self.end()

    def refresh(self) -> None:
        """Show what is offered now."""
        empty(self._cards)
        try:
            offered = self._session.products.offered()
        except MikrolaanError as error:
            self.tell(error)
            return
        if not offered:
            self._cards.addWidget(label(_("The office offers no loans yet."), "muted"))
        for product in offered:
            card = Card(product.name)
            card.body.setContentsMargins(24, 20, 24, 24)
            card.body.addWidget(facts(product_facts(product)))
            self._cards.addWidget(card)


def product_facts(product: Product) -> list[tuple[str, str]]:
    """The rules of a product as words and figures."""
    language = current_language()

    def money(amount: Decimal) -> str:
        return language.money(Money.from_decimal(amount, product.currency))

    def fee(minor: int) -> str:
        return language.money(Money(minor, product.currency)) if minor else _("No fee")

    def span(limits: Span, least: str, most: str, usual: str) -> str:
        if limits.least == limits.most:
            return usual
        return _("{least} to {most}, usually {usual}").format(least=least, most=most, usual=usual)

    amount, rate, count = product.amount, product.rate_percent, product.instalments
    establishment = fee(product.establishment_fee_minor)
    if product.establishment_fee_minor:
        establishment = f"{establishment} · {fee_paid_word(product.establishment_fee_paid)}"
    return [
        (_("Amount"), span(amount, money(amount.least), money(amount.most), money(amount.usual))),
        (
            _("Nominal interest a year"),
            span(rate, language.percent(rate.least), language.percent(rate.most), language.percent(rate.usual)),
        ),
        (
            _("Instalments, one a month"),
            span(count, language.number(count.least), language.number(count.most), language.number(count.usual)),
        ),
        (_("Repayment"), repayment_word(product.repayment)),
        (_("Days of interest"), day_count_word(product.day_count)),
        (_("When a due date is not a working day"), _business_day_words(product.business_day_rule)),
        (_("Establishment fee"), establishment),
        (_("Fee with each instalment"), fee(product.instalment_fee_minor)),
    ]


def _business_day_words(rule: BusinessDayRule) -> str:
    if rule is BusinessDayRule.NONE:
        return _("It stays as it is")
    if rule is BusinessDayRule.FOLLOWING:
        return _("It moves to the next working day")
    return _("It moves to a working day of the same month")
