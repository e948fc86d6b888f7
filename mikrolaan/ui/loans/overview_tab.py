"""The Overview tab of a loan: what was agreed, where it stands, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.effective_rate import effective_rate_of
from mikrolaan.domain.loan import Loan, Outcome
from mikrolaan.domain.plan import Plan
from mikrolaan.domain.statement import Statement
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.ui.widgets.basics import empty, label
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.words import day_count_word, fee_paid_word, repayment_word

Fact = tuple[str, str]
WORDS_WIDTH = 168


class FactsCard(Card):
    """Words on the left, what holds for this loan on the right."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts; empty ones are left out."""
        empty(self._grid)
        for row, (word, fact) in enumerate((word, fact) for word, fact in facts if fact):
            name = label(word, "muted", wraps=True)
            name.setMinimumWidth(WORDS_WIDTH)
            value = label(fact, wraps=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)


class OverviewTab(QWidget):
    """Three cards: the terms, the loan today, the decision."""

    def __init__(self) -> None:
        super().__init__()
        self.terms_card = FactsCard(_("The terms"))
        self.today_card = FactsCard(_("The loan today"))
        self.decision_card = FactsCard(_("Application and decision"))
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self.today_card)
        right.addWidget(self.decision_card)
        right.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self.terms_card)
        left.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addLayout(left, 1)
        layout.addLayout(right, 1)

    def show_loan(self, loan: Loan, plan: Plan, told: Statement, *, product: str, group: str, officer: str) -> None:
        """Show another loan; `officer` is the name of who decided, where that is known."""
        self.terms_card.show_facts(_terms(loan, plan, product))
        self.today_card.show_facts(_today(told))
        self.today_card.setVisible(bool(told.rows))
        self.decision_card.show_facts(_decision(loan, group, officer))


def _terms(loan: Loan, plan: Plan, product: str) -> list[Fact]:
    speaks, terms = current_language(), loan.terms
    rate = effective_rate_of(plan)
    fee = plan.establishment_fee
    first, last = plan.instalments[0], plan.instalments[-1]
    return [
        (_("Product"), product),
        (_("Amount"), speaks.money(terms.principal)),
        (_("Paid out to the borrower"), speaks.money(plan.paid_out)),
        (_("Nominal rate"), speaks.percent(terms.annual_rate_percent, None)),
        (_("Effective rate"), speaks.percent(rate) if rate is not None else _("none")),
        (_("Repayment"), repayment_word(terms.repayment)),
        (
            _("Instalments"),
            ngettext(
                "{count} instalment, due {first}", "{count} instalments, {first} to {last}", terms.instalments
            ).format(count=terms.instalments, first=speaks.date(first.due_on), last=speaks.date(last.due_on)),
        ),
        (_("Each instalment"), speaks.money(first.due)),
        (_("Establishment fee"), f"{speaks.money(fee)} · {fee_paid_word(terms.establishment_fee_paid)}" if fee else ""),
        (_("Instalment fee"), speaks.money(first.fees) if terms.instalment_fee_minor else ""),
        (_("Total cost"), speaks.money(plan.total_cost)),
        (_("Total to pay"), speaks.money(plan.due + plan.paid_separately)),
        (_("Counting of days"), day_count_word(terms.day_count)),
    ]


def _today(told: Statement) -> list[Fact]:
    speaks = current_language()
    next_due = told.next_due
    return [
        (_("Outstanding principal"), speaks.money(told.outstanding_principal)),
        (_("Due and unpaid"), speaks.money(told.due_unpaid)),
        (
            _("Days past due"),
            ngettext("{count} day", "{count} days", told.days_past_due).format(count=told.days_past_due)
            if told.days_past_due
            else "",
        ),
        (
            _("Next instalment"),
            _("{amount} on {date}").format(
                amount=speaks.money(next_due.unpaid), date=speaks.date(next_due.instalment.due_on)
            )
            if next_due is not None
            else "",
        ),
        (_("Paid so far"), speaks.money(told.paid_total)),
        (_("Paid ahead"), speaks.money(told.credit) if told.credit else ""),
        (_("Left to pay by the plan"), speaks.money(told.left_to_pay)),
    ]


def _decision(loan: Loan, group: str, officer: str) -> list[Fact]:
    speaks = current_language()
    view, decision = loan.group_view, loan.decision
    facts = [
        (_("Applied on"), speaks.date(loan.applied_on)),
        (_("Purpose"), loan.purpose),
        (_("Network group"), group),
    ]
    if view is not None:
        said = _("In favour, {date}") if view.supports else _("Not in favour, {date}")
        facts += [(_("The group's view"), said.format(date=speaks.date(view.on))), ("", view.note)]
    if decision is None:
        facts.append((_("Decision"), _("Not decided yet")))
    else:
        approved = decision.outcome is Outcome.APPROVED
        said = _("Approved {date} by {officer}") if approved else _("Refused {date} by {officer}")
        facts += [
            (_("Decision"), said.format(date=speaks.date(decision.on), officer=officer)),
            (_("Conditions") if approved else _("Grounds"), decision.note),
        ]
    if loan.signed_on is not None:
        facts.append((_("Signed on"), speaks.date(loan.signed_on)))
    if loan.paid_out_on is not None:
        facts.append((_("Paid out on"), speaks.date(loan.paid_out_on)))
    if loan.withdrawal is not None:
        facts += [
            (_("Withdrawn on"), speaks.date(loan.withdrawal.on)),
            (_("Reason"), loan.withdrawal.reason),
        ]
    return facts
