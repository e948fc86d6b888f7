"""What the usual loan of a product costs, beside its form, moving as one types."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from mikrolaan.domain.product import Product
from mikrolaan.i18n import _, current_language
from mikrolaan.services.calculation import Calculation
from mikrolaan.ui.products.product_facts import unit_word
from mikrolaan.ui.widgets.basics import hairline, label, set_look
from mikrolaan.ui.widgets.cards import Card, KeyFigure


class Preview(Card):
    """Instalment, effective rate and total cost of the loan that the product proposes."""

    def __init__(self) -> None:
        super().__init__(_("The usual loan"))
        self.about = label("", "muted", wraps=True)
        self.body.addWidget(self.about)
        self.instalment = KeyFigure(
            _("Instalment"),
            explanation=_("The first regular instalment: principal + interest + instalment fee."),
            large=True,
        )
        self.rate = KeyFigure(
            _("Effective rate"),
            explanation=_("What the loan costs in a year with all interest and fees, by the European Union's formula."),
        )
        self.cost = KeyFigure(
            _("Total cost"),
            explanation=_("Everything the borrower pays, less what the borrower receives."),
        )
        for figure in (self.instalment, self.rate, self.cost):
            self.body.addWidget(figure)
        for second in (self.rate, self.cost):
            set_look(second.figure, "role", "title")
        self.body.addWidget(hairline())
        self.paid_out = KeyFigure(_("Paid out"), explanation=_("What the borrower receives."))
        self.to_pay = KeyFigure(_("Total to pay"), explanation=_("The sum of all instalments, and of a separate fee."))
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.paid_out)
        row.addWidget(self.to_pay)
        row.addStretch(1)
        self.body.addLayout(row)
        self.last_due = KeyFigure(_("Repaid"), explanation=_("The day on which the last instalment falls due."))
        self.body.addWidget(self.last_due)

    def show_calculation(self, product: Product, calculation: Calculation) -> None:
        """Show the figures of the usual loan."""
        speaks = current_language()
        terms, plan = calculation.terms, calculation.plan
        told = {
            "amount": speaks.money(terms.principal),
            "rate": speaks.percent(terms.annual_rate_percent, decimals=None),
            "count": speaks.number(terms.instalments),
            "every": speaks.number(product.every),
            "unit": unit_word(product.unit),
        }
        self.about.setText(
            _("{amount} at {rate}, {count} instalments, paid out today").format(**told)
            if product.every == 1
            else _("{amount} at {rate}, {count} instalments, one every {every} {unit}, paid out today").format(**told)
        )
        self.instalment.show_figure(speaks.amount(calculation.regular.due))
        rate = calculation.effective_rate
        self.rate.show_figure("–" if rate is None else speaks.percent(rate))
        self.cost.show_figure(speaks.amount(plan.total_cost))
        self.paid_out.show_figure(speaks.amount(plan.paid_out))
        self.to_pay.show_figure(speaks.amount(calculation.to_pay))
        self.last_due.show_figure(speaks.date(calculation.last.due_on))

    def show_none(self, reason: str) -> None:
        """Show that there is no such loan yet, and why."""
        for figure in (self.instalment, self.rate, self.cost, self.paid_out, self.to_pay, self.last_due):
            figure.show_figure("–")
        self.about.setText(reason)
