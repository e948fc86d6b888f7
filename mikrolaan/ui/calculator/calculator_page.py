"""The loan calculator: controls left, what they lead to right, and the ways on from there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.errors import MikrolaanError, RuleError
from mikrolaan.domain.loan import Loan, Step
from mikrolaan.i18n import _
from mikrolaan.services.calculation import (
    Calculation,
    CalculationPress,
    Choices,
    calculate,
    choices_of,
    usual_choices,
)
from mikrolaan.services.hand_plan import HandPlan
from mikrolaan.services.session import Session
from mikrolaan.ui.calculator.by_hand import ByHand
from mikrolaan.ui.calculator.choices_form import ChoicesForm
from mikrolaan.ui.calculator.keeping import Keeping
from mikrolaan.ui.calculator.language_bar import LanguageBar
from mikrolaan.ui.calculator.memory import Memory
from mikrolaan.ui.calculator.outlets import Outlets
from mikrolaan.ui.calculator.results import Results
from mikrolaan.ui.calculator.use_dialog import UseDialog
from mikrolaan.ui.documents.paper_dialog import PaperDialog
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import button
from mikrolaan.ui.widgets.cards import Card, EmptyState
from mikrolaan.ui.widgets.page import Page, scrolling

CONTROLS_WIDTH = 17.7  # heights of a line of text: the longest date beside its calendar fits twice
SIDE_BY_SIDE_FROM = 930  # pixels; narrower, the results stand below the controls
WIDEST = 16_777_215  # Qt's word for no limit
GAP = 14
LOAN_TAB = "loan"
TAB_KEPT, FOCUS_KEPT, OPEN_KEPT = "tab in front", "cursor", "more choices open"  # beside the names of fields
BY_HAND_KEPT = "amounts agreed by hand"


class CalculatorPage(Page):
    """Everything moves with each change. Opened for nobody, for a borrower, or for an application's new terms."""

    def __init__(self, session: Session, press: CalculationPress, memory: Memory | None = None) -> None:
        """`memory` outlives the page: what one made anew in another language goes on with."""
        super().__init__(_("Loan calculator"))
        self._session = session
        self._memory = memory or Memory()
        self._outlets = Outlets(self, session, press)
        self._borrower: Borrower | None = None
        self._loan: Loan | None = None
        self.calculation: Calculation | None = None
        self.use_dialog: UseDialog | None = None
        self.paper_dialog: PaperDialog | None = None
        self._add_acts()
        self._add_whom()
        self._add_language_bar()
        products = session.products.offered()
        if not products:
            self.body.addWidget(
                EmptyState("calculator", _("The office offers no kind of loan yet. An administrator adds one."))
            )
            self.has_products = False
            return
        self.has_products = True
        self.form = ChoicesForm(session, products)
        self.results = Results(self.keep_act)
        self.by_hand = ByHand(self, self.results.table)
        self.results.add_above_plan(self.by_hand.bar)
        self._lay_out()
        self.form.moved.connect(self._recalculate)
        self.by_hand.changed.connect(self._recalculate)
        self.by_hand.let_go.connect(self._tell_let_go)
        self.results.alternatives.chosen.connect(self._go_on_with)
        self.keeping = Keeping(self, self.form, self.results, self._memory.alternatives)
        self.first_focus = self.form.amount
        self._recalculate()

    # -- building

    def _add_acts(self) -> None:
        self.use_act = self.add_act(
            _("Use this"), self._use, tip=_("Make an application of this calculation"), icon_name="check"
        )
        self.use_act.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        self.use_act.setToolTip(f"{_('Make an application of this calculation')} (Ctrl+Enter)")
        self.keep_act = self.add_act(
            _("Keep as alternative"),
            self._keep,
            shortcut="Ctrl+D",
            tip=_("Keep these choices beside others, to compare them"),
            icon_name="scales",
        )
        self.print_act = self.add_act(
            _("Print the calculation"),
            self._print,
            shortcut="Ctrl+P",
            tip=_("Show the calculation as paper in the client's language, to print or save as PDF"),
            icon_name="printer",
        )
        self.workbook_act = self.add_act(
            _("Save the plan for Excel"),
            lambda: self._save(self._outlets.save_workbook),
            shortcut="Ctrl+E",
            tip=_("Save figures and plan as an Excel workbook (XLSX)"),
            icon_name="export",
        )
        self.table_act = self.add_act(
            _("Save the plan as CSV"),
            lambda: self._save(self._outlets.save_table),
            tip=_("Save the plan as a table that every program reads (CSV)"),
            icon_name="file-text",
        )
        self.copy_act = self.add_act(
            _("Copy figures and plan"),
            self._copy,
            shortcut="Ctrl+Shift+C",
            tip=_("Copy the figures and the plan for a spreadsheet or a message"),
            icon_name="copy",
        )
        self.language_act = self.add_act(
            _("Show in the client's language"),
            self._switch_language,
            shortcut="F8",
            tip=_("Show the calculator in the client's language, and back again"),
            icon_name="globe",
        )
        self.reset_act = self.add_act(
            _("Start again"),
            self._reset,
            shortcut="Ctrl+N",
            tip=_("Go back to the usual values of the product"),
            icon_name="arrow-counter-clockwise",
        )
        self.set_main_action(self.use_act)
        self.set_more_actions(
            [
                self.keep_act,
                self.language_act,
                self.print_act,
                self.workbook_act,
                self.table_act,
                self.copy_act,
                self.reset_act,
            ]
        )

    def _add_whom(self) -> None:
        """Below the title: for whom one calculates, with the way back to the case."""
        self.whom = QWidget()
        row = QHBoxLayout(self.whom)
        row.setContentsMargins(0, 0, 0, 0)
        self.whom_link = button("", "link")
        self.whom_link.clicked.connect(self._to_case)
        row.addWidget(self.whom_link)
        row.addStretch(1)
        self.whom.hide()
        self.head.setSpacing(4)
        self.head.insertWidget(1, self.whom)

    def _add_language_bar(self) -> None:
        """Above all, while the client's language is shown: the way back, in the officer's own."""
        self.language_bar = LanguageBar(self._memory.client)
        self.head.insertWidget(0, self.language_bar)
        if self.language_bar.back_words:
            self.head.insertSpacing(1, 8)
            self.language_act.setText(self.language_bar.back_words)

    def _lay_out(self) -> None:
        controls = Card()
        controls.body.setContentsMargins(12, 14, 12, 14)
        controls.body.addWidget(self.form)
        controls.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._controls = controls
        content = QWidget()
        content.setObjectName("page_body")
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(GAP)
        self._sides.addWidget(controls, 0, Qt.AlignmentFlag.AlignTop)
        self._sides.addWidget(self.results, 1)
        self.body.addWidget(scrolling(content))

    # -- opening

    def opened(self, destination: Destination) -> None:
        super().opened(destination)
        if self.has_products:
            try:
                self._open_for(destination)
            except MikrolaanError as error:
                self._borrower = self._loan = None
                self.tell(error)
            borrower = self._borrower
            self.keeping.open_for(borrower.id if borrower is not None else None)
            self.results.show_budget(self._session.budgets.of(borrower.id) if borrower is not None else None)
            self._show_whom()

    def _open_for(self, destination: Destination) -> None:
        if destination.tab == LOAN_TAB and destination.record_id is not None:
            self._open_loan(destination.record_id)
        elif destination.record_id is not None:
            self._loan = None
            self._borrower = self._session.borrowers.get(destination.record_id)
        else:
            self._loan = self._borrower = None

    def _open_loan(self, loan_id: UUID) -> None:
        """Show the terms of the application, unless one only comes back to it with changes half made."""
        loan = self._session.loans.get(loan_id)
        known = self._loan
        self._borrower = self._session.borrowers.get(loan.borrower_id)
        self._loan = loan
        if known is None or known.id != loan.id or known.version != loan.version:
            product = self._session.products.get(loan.product_id)
            self._show_choices(choices_of(loan.terms, product))
        if not _is_open(loan):
            self.message.say(_("This loan is decided. Its terms can no longer change."), "warn")
        elif loan.group_view is not None:
            self.message.say(_("The group has said what it thinks. With new terms it is asked again."), "warn")

    def _show_whom(self) -> None:
        loan, borrower = self._loan, self._borrower
        self.whom.setVisible(borrower is not None)
        if borrower is not None:
            self.whom_link.setText(
                _("New terms for loan {number} of {borrower}").format(number=loan.number, borrower=borrower.name)
                if loan is not None
                else _("For {borrower}").format(borrower=borrower.name)
            )
        self.use_act.setText(_("Save new terms") if loan is not None else _("Use this"))
        tip = _("Let the application have these terms") if loan else _("Make an application of this calculation")
        self.use_act.setStatusTip(tip)
        self.use_act.setToolTip(f"{tip} (Ctrl+Enter)")
        self._enable_acts()

    def _to_case(self) -> None:
        if self._loan is not None:
            self.go_to.emit(Destination("loan", self._loan.id))
        elif self._borrower is not None:
            self.go_to.emit(Destination("borrower", self._borrower.id))

    def typed(self) -> dict[str, object]:
        """What is typed, and where one looks: the tab, and the field or button with the cursor."""
        found = super().typed()
        if self.has_products:
            found |= {
                TAB_KEPT: self.results.tabs.current_key,
                FOCUS_KEPT: next((one.objectName() for one in self.findChildren(QWidget) if one.hasFocus()), ""),
                OPEN_KEPT: self.form.more.is_open,
                BY_HAND_KEPT: self.by_hand.typed(),
            }
        return found

    def restore_typed(self, typed: dict[str, object]) -> None:
        super().restore_typed(typed)
        if self.has_products:
            self.form.restored()
            with suppress(RuleError):  # what is wrong in the fields is shown beside them
                self.by_hand.restore(typed.get(BY_HAND_KEPT), self.form.choices())
            self._recalculate()
            self.form.show_problems()
            self.results.tabs.show_tab(str(typed.get(TAB_KEPT, "")))
            if typed.get(OPEN_KEPT):
                self.form.more.open()
            focused = self.findChild(QWidget, str(typed.get(FOCUS_KEPT) or "no such widget"))
            if focused is not None:
                focused.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- calculating

    def _recalculate(self) -> None:
        """Work the choices out anew; fade the last result where they do not fit."""
        self.calculation = None
        try:
            choices = self.form.choices().by_form
            hand = self.by_hand.follow(choices)
            draft = hand.plan if hand is not None and hand.left else None
            calculation = calculate(choices if hand is None or draft is not None else hand.agreed)
        except RuleError:
            self.results.show_stale()
            self.form.show_first_due(None)
        else:
            self.form.agreed_principals_minor = () if hand is None or draft is not None else hand.principals_minor
            if draft is not None:
                self.results.show_draft(draft)
            else:
                self.calculation = calculation
                self.results.show_calculation(calculation, None if hand is None else hand.plan)
            self.form.show_first_due(calculation.plan.instalments[0].due_on)
        self.by_hand.show()
        self.keeping.follow(self.calculation)
        self._enable_acts()

    def _show_choices(self, choices: Choices) -> None:
        """Show these in the fields, and in the plan what is agreed by hand in them."""
        self.by_hand.take_up(choices)
        self.form.show_choices(choices)
        self._recalculate()

    def _tell_let_go(self, hand: HandPlan) -> None:
        """Amounts agreed by hand belong to what is lent and to when it comes back; with another loan they are gone."""

        def bring_back() -> None:
            self.form.show_choices(hand.choices)
            self.by_hand.take(hand)
            self._recalculate()

        self.toast_with_undo.emit(
            _("The amounts agreed by hand are gone: they were for another amount or other instalments."), bring_back
        )

    def _enable_acts(self) -> None:
        is_right = self.has_products and self.calculation is not None
        is_open = self._loan is None or _is_open(self._loan)
        self.use_act.setEnabled(is_right and is_open)
        for act in (self.keep_act, self.print_act, self.workbook_act, self.table_act, self.copy_act):
            act.setEnabled(is_right)

    # -- acts

    def _use(self) -> None:
        if self.calculation is None:
            return
        if self._loan is not None:
            self._save_terms(self._loan, self.calculation)
            return
        dialog = UseDialog(self, self._session, self.form.chosen_product, self.calculation, self._borrower)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.applied.connect(self._on_applied)
        dialog.new_borrower_asked.connect(lambda: self.go_to.emit(Destination("borrower_form")))
        self.use_dialog = dialog
        dialog.open()

    def _on_applied(self, loan: Loan) -> None:
        self.toast.emit(_("Application {number} is made.").format(number=loan.number))
        self.go_to.emit(Destination("loan", loan.id))

    def _save_terms(self, loan: Loan, calculation: Calculation) -> None:
        try:
            self._loan = self._session.loans.change_terms(loan.id, self.form.chosen_product, calculation.terms)
        except MikrolaanError as error:
            self.tell(error)
            return
        self.toast.emit(_("Loan {number} has new terms.").format(number=loan.number))
        self.go_to.emit(Destination("loan", loan.id))

    def _print(self) -> None:
        if self.calculation is None:
            return
        try:
            self.paper_dialog = self._outlets.print(self.calculation, self.form.chosen_product.name, self._borrower)
        except MikrolaanError as error:
            self.tell(error)

    def _save(self, save: Callable[[Calculation, str, Borrower | None], str]) -> None:
        if self.calculation is None:
            return
        try:
            told = save(self.calculation, self.form.chosen_product.name, self._borrower)
        except MikrolaanError as error:
            self.tell(error)
            return
        if told:
            self.toast.emit(told)

    def _copy(self) -> None:
        if self.calculation is not None:
            self.toast.emit(self._outlets.copy(self.calculation))

    def _reset(self) -> None:
        if self.has_products:
            self._show_choices(usual_choices(self.form.chosen_product, self._session.today()))
            self.form.amount.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        if self.calculation is not None:
            self.keeping.keep()

    def _go_on_with(self, place: int) -> None:
        self._show_choices(self.keeping.choices_at(place))

    def _switch_language(self) -> None:
        self.language_bar.switch(self._borrower, self.title_label)

    # -- Qt

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        client = self._memory.client
        if client.is_on and not client.is_switching and not event.spontaneous():
            QTimer.singleShot(0, client.back)  # once the page one goes to is there

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.has_products:
            return
        beside = self.width() >= SIDE_BY_SIDE_FROM * self.fontMetrics().height() / 19
        width = round(self.fontMetrics().height() * CONTROLS_WIDTH)
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._controls.setMinimumWidth(width if beside else 0)
        self._controls.setMaximumWidth(width if beside else WIDEST)
        self.results.setMinimumHeight(0 if beside else 480)


def _is_open(loan: Loan) -> bool:
    """Whether the terms of the loan may still change."""
    return loan.step in (Step.DECISION, Step.GROUP_VIEW)
