"""The Overview tab of a borrower's case: who, how to reach them, enterprise, groups, loans, what next and what was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.borrower import Borrower, Enterprise, Person
from mikrolaan.domain.contact import format_phone, format_postal_code
from mikrolaan.domain.enterprise_numbers import format_organisation_number
from mikrolaan.domain.identity import Country
from mikrolaan.domain.loan import Step
from mikrolaan.domain.statement import Status
from mikrolaan.i18n import OFFERED, _, current_language, language_name
from mikrolaan.services.guarantors import GuaranteeForOther
from mikrolaan.services.rows import GroupRow, HistoryRow, LoanRow
from mikrolaan.ui.borrowers.identity_words import identity_kind_word
from mikrolaan.ui.borrowers.standing import next_steps
from mikrolaan.ui.history.history_tab import breakable
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import ElidedLabel, IconLabel, button, empty, label
from mikrolaan.ui.widgets.cards import Card, StateChip
from mikrolaan.ui.words import act_word, legal_form_word, loan_state

LOANS_SHOWN = 4
ACTS_SHOWN = 6
ROW_ICON = 18
LONGEST_FACT = 30  # characters of one word that fit beside the words of a card


class Overview(QWidget):
    """Two columns of cards; every link is a `go_to`."""

    go_to = Signal(object)  # Destination

    def __init__(self, country: Country) -> None:
        super().__init__()
        self._country = country
        self.person = Card(_("Person"))
        self.enterprise = Card(_("Enterprise"))
        self.groups = Card(_("Network groups"))
        self.steps = Card(_("Next steps"))
        self.loans = Card(_("Loans"))
        self.guarantees = Card(_("Guarantees for others"))
        self.latest = Card(_("Latest"))
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        self._parts: dict[Card, QVBoxLayout] = {}
        for cards in (
            (self.steps, self.loans, self.guarantees, self.latest),
            (self.person, self.enterprise, self.groups),
        ):
            column = QVBoxLayout()
            column.setSpacing(16)
            for card in cards:
                column.addWidget(card)
                self._parts[card] = QVBoxLayout()
                self._parts[card].setSpacing(10)
                card.body.addLayout(self._parts[card])
            column.addStretch(1)
            columns.addLayout(column, 1)

    def show_case(
        self,
        borrower: Borrower,
        loans: Sequence[LoanRow],
        guarantees: Sequence[GuaranteeForOther],
        groups: Sequence[GroupRow],
        acts: Sequence[HistoryRow],
        today: date,
    ) -> None:
        """Show a case: its loans and last acts, newest first."""
        for part in self._parts.values():
            empty(part)
        self._fill(self.person, _facts(self._person_facts(borrower.person)))
        self._show_enterprise(borrower)
        self._show_groups(groups)
        self._show_steps(borrower, loans, today)
        self._show_loans(borrower, loans, today)
        self._show_guarantees(borrower, guarantees, today)
        self._show_acts(borrower, acts)

    # -- cards

    def _person_facts(self, person: Person) -> list[tuple[str, str]]:
        number, address = person.identity_number, person.address
        place = f"{format_postal_code(address.postal_code, self._country)} {address.city}".strip()
        return [
            (_("Identity number"), number.formatted if number else _("Not known yet")),
            (_("Kind of number"), identity_kind_word(number.kind) if number else ""),
            (_("Born"), current_language().long_date(person.born_on) if person.born_on else ""),
            (_("Address"), "\n".join(filter(None, (address.street, place)))),
            (_("Phone"), format_phone(person.phone) if person.phone else ""),
            (_("E-mail"), person.email),
            (_("Language for paper"), _language(person.paper_language)),
            (_("Interpreter"), _("Needed") if person.interpreter_needed else ""),
        ]

    def _show_enterprise(self, borrower: Borrower) -> None:
        if borrower.enterprise is not None:
            self._fill(self.enterprise, _facts(self._enterprise_facts(borrower.enterprise)))
            return
        self._fill(self.enterprise, label(_("None yet."), "muted"))
        self._link(self.enterprise, _("Add an enterprise"), Destination("borrower", borrower.id, "person"))

    def _enterprise_facts(self, enterprise: Enterprise) -> list[tuple[str, str]]:
        number, started_on = enterprise.organisation_number, enterprise.started_on
        return [
            (_("Name"), enterprise.name),
            (_("Legal form"), legal_form_word(enterprise.legal_form)),
            (_("Organisation number"), format_organisation_number(number, self._country) if number else ""),
            (_("Industry"), enterprise.industry),
            (_("Started on"), current_language().long_date(started_on) if started_on else _("Not started yet")),
        ]

    def _show_groups(self, groups: Sequence[GroupRow]) -> None:
        if not groups:
            self._fill(self.groups, label(_("Not a member of any group."), "muted"))
        for group in groups:
            self._link(self.groups, group.name, Destination("group", group.id))

    def _show_steps(self, borrower: Borrower, loans: Sequence[LoanRow], today: date) -> None:
        steps = next_steps(borrower, loans, today)
        if not steps:
            self._fill(self.steps, label(_("Nothing waits here."), "muted"))
        for step in steps:
            row = _row()
            row.add(IconLabel(step.icon, step.tone, ROW_ICON))
            row.add(label(step.text, wraps=True), 1)
            link = button(step.word, "link")
            link.setAccessibleName(f"{step.text} {step.word}")
            link.clicked.connect(lambda _checked=False, place=step.place: self.go_to.emit(place))
            row.add(link)
            self._fill(self.steps, row)

    def _show_loans(self, borrower: Borrower, loans: Sequence[LoanRow], today: date) -> None:
        self.loans.setVisible(bool(loans))
        speaks = current_language()
        for loan in loans[:LOANS_SHOWN]:
            row = _row()
            link = button(_("Loan {number}").format(number=loan.number), "link")
            link.clicked.connect(lambda _checked=False, place=Destination("loan", loan.id): self.go_to.emit(place))
            row.add(link)
            row.add(StateChip(loan_state(loan.step, loan.status)))
            row.stretch()
            row.add(label(_amounts(loan)))
            self._fill(self.loans, row)
        if len(loans) > LOANS_SHOWN:
            self._link(
                self.loans,
                _("All {count} loans").format(count=speaks.number(len(loans))),
                Destination("borrower", borrower.id, "loans"),
            )

    def _show_guarantees(self, borrower: Borrower, guarantees: Sequence[GuaranteeForOther], today: date) -> None:
        """Those that stand, with a warning where the loan is overdue; one that is over is in the list of the tab."""
        standing = [one for one in guarantees if one.stands_on(today)]
        self.guarantees.setVisible(bool(standing))
        speaks = current_language()
        for one in standing[:LOANS_SHOWN]:
            row = _row()
            link = button(_("Loan {number}").format(number=one.loan.number), "link")
            link.clicked.connect(lambda _checked=False, place=Destination("loan", one.loan.id): self.go_to.emit(place))
            row.add(link)
            row.add(ElidedLabel(one.loan.borrower), 1)
            if one.loan.status is Status.OVERDUE:
                row.add(StateChip(loan_state(one.loan.step, one.loan.status)))
            row.add(label(_("at most {amount}").format(amount=speaks.money(one.at_most))))
            self._fill(self.guarantees, row)
        if len(guarantees) > len(standing[:LOANS_SHOWN]):
            self._link(
                self.guarantees,
                _("All {count} guarantees").format(count=speaks.number(len(guarantees))),
                Destination("borrower", borrower.id, "loans"),
            )

    def _show_acts(self, borrower: Borrower, acts: Sequence[HistoryRow]) -> None:
        speaks = current_language()
        grid_host = QWidget()
        grid = QGridLayout(grid_host)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for number, act in enumerate(acts[:ACTS_SHOWN]):
            grid.addWidget(label(speaks.date(act.at.astimezone()), "muted"), number, 0, top)
            grid.addWidget(
                label(_("{act} – {officer}").format(act=act_word(act.act), officer=act.officer), wraps=True),
                number,
                1,
                top,
            )
        self._fill(self.latest, grid_host)
        self._link(self.latest, _("Whole history"), Destination("borrower", borrower.id, "history"))

    # -- parts

    def _fill(self, card: Card, widget: QWidget) -> None:
        self._parts[card].addWidget(widget)

    def _link(self, card: Card, text: str, place: Destination) -> None:
        link = button(text, "link")
        link.clicked.connect(lambda _checked=False: self.go_to.emit(place))
        self._parts[card].addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)


def _amounts(loan: LoanRow) -> str:
    """What is outstanding of the principal; before payout the principal alone."""
    speaks = current_language()
    principal = speaks.money(loan.principal)
    if loan.step not in (Step.REPAYING, Step.CLOSED):
        return principal
    return _("{outstanding} of {principal}").format(outstanding=speaks.amount(loan.outstanding), principal=principal)


class _Row(QWidget):
    """Things beside each other."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)

    def add(self, widget: QWidget, share: int = 0) -> None:
        self._layout.addWidget(widget, share)

    def stretch(self) -> None:
        self._layout.addStretch(1)


def _row() -> _Row:
    return _Row()


def _facts(facts: Sequence[tuple[str, str]]) -> QWidget:
    """Words and what they stand for, without those that stand for nothing; text can be selected to be copied."""
    host = QWidget()
    grid = QGridLayout(host)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    for number, (word, told) in enumerate((word, told) for word, told in facts if told):
        grid.addWidget(label(word, "muted"), number, 0, top)
        value = label(breakable(told, LONGEST_FACT), wraps=True)
        if value.text() == told:
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(value, number, 1, top)
    return host


def _language(code: str) -> str:
    return language_name(code) if code in OFFERED else code
