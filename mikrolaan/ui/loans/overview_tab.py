"""The Overview tab of a loan: what was agreed, where it stands, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.effective_rate import effective_rate_of
from mikrolaan.domain.journal import NewPlan, NewPlanFor, PaymentHoliday, RateChange
from mikrolaan.domain.loan import Loan, Outcome
from mikrolaan.domain.plan import Plan
from mikrolaan.domain.statement import Statement, Status
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.i18n.reference_words import reference_name, reference_text
from mikrolaan.services.calculation import regular_instalment
from mikrolaan.services.debt_course import debt_course
from mikrolaan.services.session import Session
from mikrolaan.ui.loans.debt_picture import DebtPicture
from mikrolaan.ui.loans.payoff_card import PayoffCard
from mikrolaan.ui.widgets.basics import empty, label
from mikrolaan.ui.widgets.cards import Card, State, StateChip
from mikrolaan.ui.words import day_count_word, fee_paid_word, repayment_told

Fact = tuple[str, str]
WORDS_WIDTH = 168
MARKS_IN_ROW = 3  # so many of the longest fit the smallest window


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


class Marks(QWidget):
    """Words that stay with a loan: restructured, losses, a payment holiday, another due day."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self.shown: list[State] = []

    def show_marks(self, marks: list[State]) -> None:
        """Show other marks; without any, nothing is shown."""
        self.shown = marks
        empty(self._layout)
        for first in range(0, len(marks), MARKS_IN_ROW):
            row = QWidget()
            chips = QHBoxLayout(row)
            chips.setContentsMargins(0, 0, 0, 0)
            chips.setSpacing(8)
            for mark in marks[first : first + MARKS_IN_ROW]:
                chips.addWidget(StateChip(mark))
            chips.addStretch(1)
            self._layout.addWidget(row)
        self.setVisible(bool(marks))


class OverviewTab(QWidget):
    """The loan today with its picture, what it would cost to repay it, the terms and the decision."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.marks = Marks()
        self.picture = DebtPicture()
        self.picture_card = Card(_("Planned and actual balance"))
        self.picture_card.body.addWidget(self.picture)
        self.terms_card = FactsCard(_("The terms"))
        self.today_card = FactsCard(_("The loan today"))
        self.payoff_card = PayoffCard(session)
        self.decision_card = FactsCard(_("Application and decision"))
        columns = QHBoxLayout()
        columns.setSpacing(16)
        for cards in (
            (self.picture_card, self.terms_card),
            (self.today_card, self.payoff_card, self.decision_card),
        ):
            column = QVBoxLayout()
            column.setSpacing(16)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            columns.addLayout(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.marks)
        layout.addLayout(columns)

    def show_loan(
        self, loan: Loan, plan: Plan, told: Statement, *, product: str, group: str, officer: str, guarantors: str
    ) -> None:
        """Show another loan; `officer` is the name of who decided, where that is known; `guarantors` a line each."""
        self.terms_card.show_facts(_terms(loan, plan, product))
        self.today_card.show_facts(_today(told))
        self.decision_card.show_facts(_decision(loan, group, officer, guarantors))
        self.marks.show_marks(marks_of(loan, told))
        is_paid_out = bool(told.rows)
        self.today_card.setVisible(is_paid_out)
        self.picture_card.setVisible(is_paid_out)
        self.payoff_card.setVisible(is_paid_out and bool(told.payoff_amount))
        if is_paid_out:
            self.picture.show_course(debt_course(loan, told))
        if told.payoff_amount:
            self.payoff_card.show_loan(loan)


def marks_of(loan: Loan, told: Statement) -> list[State]:
    """What everybody should see at a glance: it stays in the reports even when all is well again."""
    speaks, today = current_language(), told.as_of
    marks: list[State] = []
    if told.is_restructured:
        marks.append(State(_("Restructured"), "arrows-clockwise", "warn"))
    if told.status is Status.WRITTEN_OFF:
        marks.append(State(_("Written off wholly"), "x-circle", "bad"))
    elif told.written_off:
        lost = _("{amount} written off").format(amount=speaks.money(told.written_off))
        marks.append(State(lost, "x-circle", "bad"))
    standing = loan.journal.standing
    if any(isinstance(entry, NewPlan) and entry.purpose is NewPlanFor.DUE_DAY for entry in standing):
        marks.append(State(_("Due day moved"), "calendar-check", "muted"))
    if any(isinstance(entry, NewPlan) and entry.purpose is NewPlanFor.LENT_LESS for entry in standing):
        marks.append(State(_("Not all was paid out"), "money", "muted"))
    if any(isinstance(entry, PaymentHoliday) for entry in standing):
        marks.append(State(_("Payment holiday"), "calendar-x", "muted"))
    coming = [entry for entry in standing if isinstance(entry, RateChange) and entry.on > today]
    for change in coming[:1]:
        told_rate = _("{rate} from {date}").format(
            rate=speaks.percent(change.annual_rate_percent, None), date=speaks.date(change.on)
        )
        marks.append(State(told_rate, "percent", "primary"))
    if told.missing_rates:
        marks.append(State(_("Late interest is not known for all days"), "warning", "warn"))
    return marks


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
        (_("Repayment"), repayment_told(terms)),
        (
            _("Instalments"),
            ngettext(
                "{count} instalment, due {first}", "{count} instalments, {first} to {last}", terms.instalments
            ).format(count=terms.instalments, first=speaks.date(first.due_on), last=speaks.date(last.due_on)),
        ),
        (
            _("Largest instalment") if terms.is_agreed else _("Each instalment"),
            speaks.money(regular_instalment(plan).due),
        ),
        (_("Establishment fee"), f"{speaks.money(fee)} · {fee_paid_word(terms.establishment_fee_paid)}" if fee else ""),
        (_("Instalment fee"), speaks.money(first.fees) if terms.instalment_fee_minor else ""),
        (_("Total cost"), speaks.money(plan.total_cost)),
        (_("Total to pay"), speaks.money(plan.due + plan.paid_separately)),
        (_("Counting of days"), day_count_word(terms.day_count)),
        *(
            [(reference_name(reference.kind), reference_text(reference))]
            if (reference := loan.payment_reference)
            else []
        ),
    ]


def _today(told: Statement) -> list[Fact]:
    speaks = current_language()
    next_due = told.next_due
    is_late = next_due is not None and next_due.instalment.due_on < told.as_of
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
            _("Oldest unpaid instalment") if is_late else _("Next instalment"),
            _("{amount} on {date}").format(
                amount=speaks.money(next_due.unpaid), date=speaks.date(next_due.instalment.due_on)
            )
            if next_due is not None
            else "",
        ),
        (_("Late interest"), speaks.money(told.late_interest) if told.late_interest else ""),
        (_("Interest since the last due date"), speaks.money(told.accrued_interest) if told.accrued_interest else ""),
        (_("Paid so far"), speaks.money(told.paid_total)),
        (_("Paid beyond the plan"), speaks.money(told.credit) if told.credit else ""),
        (_("Written off"), speaks.money(told.written_off) if told.written_off else ""),
        (_("Recovered of it"), speaks.money(told.recovered) if told.recovered else ""),
        (_("Left to pay by the plan"), speaks.money(told.left_to_pay)),
    ]


def _decision(loan: Loan, group: str, officer: str, guarantors: str) -> list[Fact]:
    speaks = current_language()
    view, decision = loan.group_view, loan.decision
    facts = [
        (_("Applied on"), speaks.date(loan.applied_on)),
        (_("Purpose"), loan.purpose),
        (_("Network group"), group),
        (_("Guarantors"), guarantors),
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
