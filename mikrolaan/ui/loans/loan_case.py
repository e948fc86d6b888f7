"""The case of a loan: its head with the step bar, and its tabs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction

from mikrolaan.domain.borrower import Person
from mikrolaan.domain.document import Document, DocumentKind
from mikrolaan.domain.effective_rate import effective_rate_of
from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.guarantor import KnownGuarantor
from mikrolaan.domain.loan import Loan, Step
from mikrolaan.domain.plan import Plan
from mikrolaan.domain.statement import Statement
from mikrolaan.i18n import _, current_language, language_name
from mikrolaan.services.calculation import regular_instalment
from mikrolaan.services.new_terms import rest_is_late
from mikrolaan.services.session import Session
from mikrolaan.ui.arrears.contact_log import ContactLog
from mikrolaan.ui.documents.documents_tab import DocumentsTab
from mikrolaan.ui.documents.paper_dialog import PaperDialog, show_document
from mikrolaan.ui.guarantors.guarantor_words import guarantors_told
from mikrolaan.ui.guarantors.security_tab import SecurityTab
from mikrolaan.ui.history.history_tab import HistoryTab
from mikrolaan.ui.loans import loan_acts, money_acts
from mikrolaan.ui.loans.life_menu import LifeAct, LifeMenu
from mikrolaan.ui.loans.overview_tab import OverviewTab
from mikrolaan.ui.loans.payments_tab import PaymentsTab
from mikrolaan.ui.loans.plan_tab import PlanTab
from mikrolaan.ui.loans.steps import ANEW, NEXT, missing, shown_steps
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.cards import KeyFigure
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.page import CasePage
from mikrolaan.ui.widgets.step_bar import StepBar
from mikrolaan.ui.words import document_word, loan_state


class LoanCasePage(CasePage):
    """One loan from application to closing."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._loan: Loan | None = None
        self.paper: PaperDialog | None = None
        self._make_acts()
        self.steps = StepBar()
        self.steps.go_to.connect(self._follow_step)
        self.add_to_head(self.steps)
        self.outdated = InlineMessage()
        self.add_to_head(self.outdated)
        self.unpaid_rest = InlineMessage()
        self.add_to_head(self.unpaid_rest)
        self.overview = OverviewTab(session)
        self.plan = PlanTab(session.office.get().currency)
        self.payments = PaymentsTab(session)
        self.payments.recorded.connect(self._recorded)
        self.payments.recorded_with_undo.connect(self._recorded_with_undo)
        self.security = SecurityTab(session, self)
        self.security.recorded.connect(self._recorded)
        self.security.recorded_with_undo.connect(self._recorded_with_undo)
        self.security.wanted.connect(lambda: self.tabs.show_tab("security"))
        self.security.declaration_asked.connect(self.show_declaration)
        self.security.go_to.connect(self.go_to)
        self.documents = DocumentsTab(session)
        self.log = ContactLog(session)
        self.log.recorded.connect(self.toast)
        self.history = HistoryTab(session)
        self.add_tab("overview", _("Overview"), self.overview, scrolls=True)
        self.add_tab("plan", _("Plan"), self.plan)
        self.add_tab("payments", _("Payments and journal"), self.payments)
        self.add_tab("security", _("Security"), self.security, scrolls=True)
        self.add_tab("log", _("Log"), self.log)
        self.add_tab("documents", _("Documents"), self.documents)
        self.add_tab("history", _("History"), self.history)

    def _make_acts(self) -> None:
        self.group_view_act = self.add_act(
            _("Record the group's view"),
            lambda: self._ask(loan_acts.record_group_view, _("The group's view is kept.")),
            icon_name="chats-circle",
        )
        self.decide_act = self.add_act(
            _("Decide"), lambda: self._ask(loan_acts.decide, _("The decision is kept.")), icon_name="scales"
        )
        self.contract_act = self.add_act(
            _("Make the contract"),
            lambda: self.show_draft(DocumentKind.LOAN_CONTRACT),
            shortcut="Ctrl+P",
            icon_name="file-text",
            tip=_("See the contract as it will be printed, and issue it"),
        )
        self.sign_act = self.add_act(
            _("Note the signatures"),
            lambda: self._ask(loan_acts.note_signatures, _("The signatures are noted.")),
            icon_name="note-pencil",
        )
        self.pay_out_act = self.add_act(
            _("Pay out"), lambda: self._ask(money_acts.pay_out, _("The payout is noted.")), icon_name="money"
        )
        self.payment_act = self.add_act(_("Take a payment"), self.open_payments, shortcut="Ctrl+N", icon_name="receipt")
        self.plan_act = self.add_act(
            _("Print the repayment plan…"),
            lambda: self.show_draft(DocumentKind.REPAYMENT_PLAN),
            shortcut="Ctrl+Shift+P",
            icon_name="printer",
        )
        self.terms_act = self.add_act(_("Change the terms"), self._change_terms, icon_name="calculator")
        self.withdraw_act = self.add_act(
            _("Withdraw the application…"),
            lambda: self._ask(loan_acts.withdraw, _("The application is withdrawn.")),
            icon_name="x-circle",
        )
        self.life = LifeMenu(self, self._ask)
        self._main_by_step: dict[Step, QAction] = {
            Step.GROUP_VIEW: self.group_view_act,
            Step.DECISION: self.decide_act,
            Step.CONTRACT: self.contract_act,
            Step.SIGNED: self.sign_act,
            Step.PAID_OUT: self.pay_out_act,
            Step.REPAYING: self.payment_act,
        }

    # -- showing

    def opened(self, destination: Destination) -> None:
        self.first_focus = None
        super().opened(destination)
        if destination.tab == "payments" and self._loan is not None and self._loan.step is Step.REPAYING:
            self.payments.ready()
            self.first_focus = self.payments.amount.line

    def refresh(self) -> None:
        if self.destination is None or self.destination.record_id is None:
            return
        try:
            loan = self._session.loans.get(self.destination.record_id)
            borrower = self._session.borrowers.get(loan.borrower_id)
        except MikrolaanError as error:
            self._show_none(error)
            return
        self._loan = loan
        self.message.say("")
        self.steps.show()
        self.tabs.show()
        told = self._session.loans.expected(loan)
        plan = loan.plan()
        title = _("Loan {number} · {name}").format(number=loan.number, name=borrower.name)
        self.set_breadcrumb(
            [
                (_("Loans"), Destination("loans")),
                (borrower.name, Destination("borrower", borrower.id)),
                (_("Loan {number}").format(number=loan.number), None),
            ]
        )
        self.set_case(title, _key_figures(loan, plan, told), loan_state(loan.step, told.status))
        is_current = self._session.guarantors.contract_is_current(loan.id)
        self.steps.show_steps(shown_steps(loan), missing(loan, contract_is_current=is_current))
        self._offer_acts(loan, told, contract_is_current=is_current)
        self._tell_outdated(is_current)
        self._tell_unpaid_rest(loan)
        group = self._session.groups.get(loan.group_id).name if loan.group_id is not None else ""
        product = self._session.products.get(loan.product_id).name
        guarantors = self._session.guarantors.of_loan(loan.id)
        self.overview.show_loan(
            loan,
            plan,
            told,
            product=product,
            group=group,
            officer=self._decider(loan),
            guarantors=guarantors_told(guarantors, self._session.today()),
        )
        self.plan.show_plan(loan, plan, told)
        self.payments.show_loan(loan, told)
        self.security.show_loan(loan, guarantors)
        self.documents.show_record(loan_id=loan.id)
        self.log.show_loan(loan.id, told.due_unpaid if told.due_unpaid else None, borrower.name)
        self.history.show_records((loan.id, *self._session.guarantors.history_ids(loan.id)))

    def _show_none(self, error: MikrolaanError) -> None:
        """Say why there is no loan to show; nothing of the one shown before stays."""
        self._loan = None
        self.steps.hide()
        self.tabs.hide()
        self.set_breadcrumb([(_("Loans"), Destination("loans")), (_("Loan"), None)])
        self.set_case(_("Loan"))
        self.set_main_action(None)
        self.set_more_actions([])
        for act in (*self._main_by_step.values(), self.plan_act, self.terms_act, self.withdraw_act):
            act.setEnabled(False)
        self.life.offer(None, None)
        self.security.show_loan(None)
        self.outdated.say("")
        self.unpaid_rest.say("")
        self.tell(error)

    def _tell_outdated(self, contract_is_current: bool) -> None:
        if contract_is_current:
            self.outdated.say("")
            return
        self.outdated.say(
            _("The guarantors have changed since the contract was issued, so nobody should sign it."), "warn"
        )
        self.outdated.offer(_("Issue the contract again"), lambda: self.show_draft(DocumentKind.LOAN_CONTRACT))

    def _tell_unpaid_rest(self, loan: Loan) -> None:
        """Offer a new plan once a part should have been paid out and was not: the plan asks for its interest."""
        if not rest_is_late(loan, self._session.today()):
            self.unpaid_rest.say("")
            return
        text = _("{amount} is not paid out, and the plan asks for interest on it. Will no more be paid out?")
        self.unpaid_rest.say(text.format(amount=current_language().money(loan.left_to_pay_out)), "warn")
        self.unpaid_rest.offer(_("Make a new plan"), self.life.new_plan.trigger)

    def _decider(self, loan: Loan) -> str:
        if loan.decision is None:
            return ""
        return self._session.office.officer_name(loan.decision.decided_by)

    def _offer_acts(self, loan: Loan, told: Statement, *, contract_is_current: bool) -> None:
        step = loan.step
        next_act = self._main_by_step.get(step) if contract_is_current else self.contract_act
        if next_act is not None:
            next_act.setEnabled(True)
        self.set_main_action(next_act)  # before the earlier act is switched off, which would move the cursor elsewhere
        for at, act in self._main_by_step.items():
            act.setEnabled(at is step)
        self.contract_act.setEnabled(step in (Step.CONTRACT, Step.SIGNED))
        self.contract_act.setText(_("Make the contract") if step is Step.CONTRACT else _("Make a new contract"))
        undecided = step in (Step.GROUP_VIEW, Step.DECISION)
        self.plan_act.setEnabled(True)
        self.terms_act.setEnabled(undecided)
        self.withdraw_act.setEnabled(undecided or step in (Step.CONTRACT, Step.SIGNED, Step.PAID_OUT))
        more = [self.plan_act, self.contract_act, self.terms_act, self.withdraw_act]
        papers = [act for act in more if act.isEnabled() and act is not next_act]
        self.set_more_actions([*self.life.offer(loan, told), *papers])

    def _follow_step(self, destination: Destination) -> None:
        if destination.tab not in (NEXT, ANEW) or self._loan is None:
            self.go_to.emit(destination)
            return
        act = self.contract_act if destination.tab == ANEW else self._main_by_step.get(self._loan.step)
        if act is not None:
            act.trigger()

    # -- acts

    def open_payments(self) -> None:
        """Go to the Payments tab with the cursor in the amount."""
        self.tabs.show_tab("payments")
        self.payments.ready()

    def show_draft(self, kind: DocumentKind) -> None:
        """Show a document as it would be issued now, with the act that issues it."""
        if self._loan is None:
            return
        loan, documents = self._loan, self._session.documents
        person = self._session.borrowers.get(loan.borrower_id).person
        self._show_draft(kind, person, lambda: documents.draft(kind, loan), lambda: documents.issue(kind, loan.id))

    def show_declaration(self, known: KnownGuarantor) -> None:
        """Show the declaration of a guarantor as it would be issued now, with the act that issues it."""
        guarantor_id, documents = known.guarantor.id, self._session.documents
        self._show_draft(
            DocumentKind.GUARANTEE,
            known.person,
            lambda: documents.draft_guarantee(guarantor_id),
            lambda: documents.issue_guarantee(guarantor_id),
        )

    def _show_draft(
        self, kind: DocumentKind, person: Person, draft: Callable[[], bytes], issue: Callable[[], Document]
    ) -> None:
        try:
            pages = draft()
        except MikrolaanError as error:
            self.tell(error)
            return
        dialog = PaperDialog(
            _("{document} for {name}").format(document=document_word(kind), name=person.name),
            pages,
            self.window(),
            note=_(
                "A draft in {language}. It gets its number when it is issued, and is kept as it was printed."
            ).format(language=language_name(person.paper_language)),
        )
        dialog.add_act(_("Issue"), lambda: self._issue(issue, dialog), shortcut="Ctrl+Return", icon_name="check")
        self.paper = dialog
        dialog.open()

    def _issue(self, issue: Callable[[], Document], dialog: PaperDialog) -> None:
        if self._loan is None:
            return
        try:
            document = issue()
        except MikrolaanError as error:
            dialog.tell(error)
            return
        dialog.accept()
        self.refresh()
        word = document_word(document.kind)
        self.toast.emit(_("{document} {number} is issued and kept.").format(document=word, number=document.number))
        self.paper = show_document(self._session, document.id, self.window())

    def _ask(self, act: LifeAct, told: str) -> None:
        if self._loan is not None:
            act(self, self._session, self._loan, lambda: self._recorded(told))

    def _change_terms(self) -> None:
        if self._loan is not None:
            self.go_to.emit(Destination("calculator", self._loan.id, "loan"))

    def _recorded(self, told: str) -> None:
        self.refresh()
        self.toast.emit(told)

    def _recorded_with_undo(self, told: str, undo: object) -> None:
        self.refresh()
        self.toast_with_undo.emit(told, undo)


def _key_figures(loan: Loan, plan: Plan, told: Statement) -> list[KeyFigure]:
    speaks = current_language()
    if told.rows:
        due = told.next_due.instalment.due_on if told.next_due is not None else None
        return [
            KeyFigure(
                _("Outstanding"),
                speaks.money(told.outstanding_principal),
                _("Principal that is not yet repaid, today."),
            ),
            KeyFigure(
                _("Due and unpaid"), speaks.money(told.due_unpaid), _("What fell due until today and is unpaid.")
            ),
            KeyFigure(
                _("Due since") if due is not None and due < told.as_of else _("Next due"),
                speaks.date(due) if due is not None else "–",
                _("The earliest instalment with something left to pay."),
            ),
        ]
    rate = effective_rate_of(plan)
    return [
        KeyFigure(_("Amount"), speaks.money(loan.terms.principal), _("The principal that was applied for.")),
        KeyFigure(
            _("Instalment"), speaks.money(regular_instalment(plan).due), _("The first regular instalment with fees.")
        ),
        KeyFigure(
            _("Effective rate"),
            speaks.percent(rate) if rate is not None else "–",
            _("What the loan costs in a year, interest and fees together, by the EU formula."),
        ),
    ]
