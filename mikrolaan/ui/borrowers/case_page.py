"""The case of a borrower: name, figures and state above; tabs from the overview to the history below."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.i18n import _, current_language
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.rows import LoanRow
from mikrolaan.services.session import Session
from mikrolaan.ui.borrowers.drafts import Drafts
from mikrolaan.ui.borrowers.loans_tab import LoansTab
from mikrolaan.ui.borrowers.overview import ACTS_SHOWN, Overview
from mikrolaan.ui.borrowers.person_tab import PersonTab
from mikrolaan.ui.borrowers.standing import borrower_state, next_due_on, outstanding
from mikrolaan.ui.budget.budget_tab import BudgetTab
from mikrolaan.ui.documents.documents_tab import DocumentsTab
from mikrolaan.ui.history.history_tab import HistoryTab
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.cards import KeyFigure
from mikrolaan.ui.widgets.page import CasePage

MOST_LOANS = 1000  # of one borrower; more are counted but not looked at one by one


class BorrowerCase(CasePage):
    """One borrower; opened with a destination that carries the borrower's id."""

    def __init__(self, session: Session, runner: TaskRunner, drafts: Drafts | None = None) -> None:
        super().__init__()
        self._session = session
        self._office = session.office.get()
        self.borrower: Borrower | None = None
        self.new_loan_act = self.add_act(
            _("Ne&w loan"),
            self.new_loan,
            shortcut="Ctrl+N",
            tip=_("Work out a loan for this borrower"),
            icon_name="calculator",
        )
        self.edit_act = self.add_act(
            _("&Edit person and enterprise"),
            self.edit,
            shortcut="F2",
            tip=_("Change what the case holds"),
            icon_name="pencil",
        )
        self.set_main_action(self.new_loan_act)
        self.set_more_actions([self.edit_act])
        self.overview = Overview(self._office.country)
        drafts = drafts or Drafts()
        self.person = PersonTab(session, drafts)
        self.budget = BudgetTab(session, drafts.budgets)
        self.loans = LoansTab(session, self.new_loan_act)
        self.documents = DocumentsTab(session)
        self.history = HistoryTab(session)
        self.add_tab("overview", _("Overview"), self.overview, scrolls=True)
        self.add_tab("person", _("Person and enterprise"), self.person)
        self.add_tab("budget", _("Plan and budget"), self.budget)
        self.add_tab("loans", _("Loans"), self.loans)
        self.add_tab("documents", _("Documents"), self.documents)
        self.add_tab("history", _("History"), self.history)
        for part in (self.overview, self.person, self.loans):
            part.go_to.connect(self._on_go_to)
        self.person.saved.connect(self._on_saved)
        self.budget.saved.connect(self._on_budget_saved)

    def refresh(self) -> None:
        if self.destination is None or self.destination.record_id is None:
            return
        try:
            borrower = self._session.borrowers.get(self.destination.record_id)
        except MikrolaanError as error:
            self.tell(error)
            return
        self.message.say("")
        self._show(borrower)

    def restore_typed(self, typed: dict[str, object]) -> None:
        super().restore_typed(typed)
        self.person.form.follow()

    # -- acts

    def new_loan(self) -> None:
        """Open the calculator with this borrower."""
        if self.borrower is not None:
            self.go_to.emit(Destination("calculator", self.borrower.id))

    def edit(self) -> None:
        """Open the form and put the cursor into its first field."""
        self._open_tab("person")
        self.person.begin()

    # -- parts

    def _show(self, borrower: Borrower) -> None:
        self.borrower = borrower
        loans = self._loans(borrower.id)
        today = self._session.today()
        self.set_breadcrumb([(_("Borrowers"), Destination("borrowers")), (borrower.name, None)])
        self.set_case(borrower.name, self._key_figures(borrower, loans), borrower_state(loans))
        queries = self._session.queries
        budget = self._session.budgets.of(borrower.id)
        records = (borrower.id, *(() if budget is None else (budget.id,)), *(loan.id for loan in loans))
        guarantees = self._session.guarantors.for_others(borrower.id)
        self.overview.show_case(
            borrower,
            loans,
            guarantees,
            queries.groups_of(borrower.id),
            queries.history(records, Slice(0, ACTS_SHOWN)),
            today,
        )
        self.person.show_borrower(borrower)
        self.budget.show_borrower(borrower.id)
        self.loans.show_borrower(borrower.id, guarantees)
        self.documents.show_record(borrower_id=borrower.id)
        self.history.show_records(records)

    def _loans(self, borrower_id: UUID) -> Sequence[LoanRow]:
        return self._session.queries.loans(LoanFilter(borrower_id=borrower_id), Order(), Slice(0, MOST_LOANS))

    def _key_figures(self, borrower: Borrower, loans: Sequence[LoanRow]) -> list[KeyFigure]:
        speaks = current_language()
        due = next_due_on(loans)
        return [
            KeyFigure(
                _("Outstanding"),
                speaks.money(outstanding(loans, self._office.currency)),
                _("Principal that is not paid back yet, on all loans of this borrower together."),
            ),
            KeyFigure(
                _("Loans"),
                speaks.number(len(loans)),
                _("All loans and applications of this borrower, closed ones too."),
            ),
            KeyFigure(
                _("Due since") if due is not None and due < self._session.today() else _("Next due"),
                speaks.date(due) if due is not None else "–",
                _("The earliest day on which something unpaid is or was due."),
            ),
            KeyFigure(_("Case number"), str(borrower.number), _("The number of this case; it never changes.")),
        ]

    def _on_saved(self, borrower: Borrower) -> None:
        self._show(borrower)
        self.toast.emit(_("Saved."))

    def _on_budget_saved(self) -> None:
        self.refresh()
        self.toast.emit(_("Saved."))

    def _open_tab(self, key: str) -> None:
        self.tabs.show_tab(key)
        self.tab_changed.emit(key)

    def _on_go_to(self, place: Destination) -> None:
        """A place in this case is a tab of it; others are left to the window."""
        if self.borrower is not None and place.page == "borrower" and place.record_id == self.borrower.id:
            self._open_tab(place.tab)
            if place.tab == "person":
                self.person.begin()
        else:
            self.go_to.emit(place)
