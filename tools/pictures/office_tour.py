"""The way through the pages, tabs and dialogs of an open office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic, sleep
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QApplication, QDialog

from mikrolaan.domain.budget import Part
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.loan import Step
from mikrolaan.domain.money import Money
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.rows import LoanRow
from mikrolaan.services.session import Session
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.reports.ledger_words import Span
from mikrolaan.ui.widgets.form import Form
from tools.pictures.bank_files import tour_bank_files
from tools.pictures.camera import Camera, close_dialogs
from tools.pictures.filling import fill
from tools.pictures.loan_life import tour_loan_life
from tools.pictures.payments import tour_payments
from tools.pictures.security import tour_security

BORROWER_TABS = ("overview", "person", "loans", "documents", "history")
LOAN_TABS = ("overview", "plan", "payments", "security", "log", "documents", "history")
GROUP_TABS = ("members", "loans", "history")
SETTINGS_TABS = ("office", "computer", "security", "groups", "products", "references", "rates", "arrears", "about")
ALL = Slice(0, 1000)
LONGEST_WAIT_S = 60
BUDGET = {
    Part.INCOME: ("18000", "", "1900"),
    Part.COST: ("9500", "1200", "6000", "900"),
    Part.SALES: ("32000",),
    Part.GOODS: ("11000",),
    Part.BUSINESS_COST: ("4500", "800"),
}


class OfficeTour:
    """Visits everything in one window; each stop that raises is noted and the tour goes on."""

    def __init__(self, camera: Camera, window: MainWindow, session: Session) -> None:
        self._camera = camera
        self._window = window
        self._session = session

    def whole(self) -> None:
        """Every page, tab and important dialog of an office at work."""
        for stop in (
            self._borrowers,
            self._new_borrower,
            self._budget,
            self._loans,
            self._loan_steps,
            self._loan_acts,
            self._payments,
            self._loan_life,
            self._security,
            self._paper,
            self._calculator,
            self._groups,
            self._group_dialogs,
            self._payments_page,
            self._bank_files,
            self._ledger,
            self._settings,
            self._arrears,
            self._arrears_dialogs,
            self._letters,
            self._notices,
            self._reports,
            self._palette,
        ):
            self._stop(stop)

    def empty(self) -> None:
        """The lists of an office in which nothing happened yet."""
        for page in ("borrowers", "loans", "calculator", "groups"):
            self._stop(partial(self._go, f"new-office-{page}", Destination(page)))

    # -- going

    def _stop(self, visit: Callable[[], object]) -> None:
        with self._camera.watching(getattr(visit, "__name__", "new office").strip("_")):
            visit()
        close_dialogs()

    def _go(self, name: str, place: Destination) -> Any:
        if place.page not in self._window.entries:
            raise LookupError(f"there is no page {place.page}")
        self._window.go_to(place)
        self._camera.shoot(name, self._window)
        return self._window.current_page

    def _open(self, place: Destination) -> Any:
        self._window.go_to(place)
        return self._window.current_page

    def _shoot(self, name: str) -> None:
        self._camera.shoot(name, self._window)

    def _dialog(self, name: str, act: Callable[[], object], prepare: Callable[[QDialog], object] | None = None) -> None:
        self._camera.shoot_dialog(name, self._window, act, prepare)

    # -- borrowers

    def _borrowers(self) -> None:
        page = self._go("borrowers", Destination("borrowers"))
        page.table.setCurrentIndex(page.model.index(2, 0))
        page.search.line.setText("an")
        page.refresh()
        self._shoot("borrowers-searched")
        page.search.line.setText("Qvigstad Zachariassen")
        page.refresh()
        self._shoot("borrowers-nobody-found")
        page.clear_search()
        borrower = self._borrower_with_most()
        for tab in BORROWER_TABS:
            self._go(f"borrower-{tab}", Destination("borrower", borrower, tab))
        self._open(Destination("borrower", borrower, "person")).edit()
        self._shoot("borrower-person-edited")

    def _borrower_with_most(self) -> UUID:
        rows = self._session.queries.borrowers("", Order("loans", descending=True), ALL)
        with_enterprise = [row for row in rows if row.loans and row.enterprise]
        return min(with_enterprise, key=lambda row: (-row.loans, row.number)).id

    def _new_borrower(self) -> None:
        page = self._go("borrower-new", Destination("borrower_new"))
        page.save()
        self._shoot("borrower-new-errors")
        like = self._session.borrowers.get(self._borrower_with_most()).person
        fill(
            page.form,
            given_names=like.given_names,
            family_name=like.family_name,
            phone=like.phone,
            has_enterprise=True,
        )
        page.form.clear_errors()  # what is typed by hand goes with the typing
        page.form.follow()
        page.similar.look()
        self._shoot("borrower-new-similar")
        fill(page.form, identity_number="01019012345", email="kari@", postal_code="60")
        page.form.follow()
        page.save()
        self._shoot("borrower-new-wrong-values")
        page.discard()
        self._window.toast.hide()  # it would lie over what is drawn next

    def _budget(self) -> None:
        page = self._go("budget-none-yet", Destination("borrower", self._borrower_with_most(), "budget"))
        page.budget.begin()
        for part, amounts in BUDGET.items():
            for row, amount in zip(page.budget.form.parts[part].rows, amounts, strict=False):
                row.amount.restore_typed(amount)
                row.amount.changed.emit()
        self._shoot("budget-begun")
        page.budget.save()
        self._shoot("budget-saved")
        self._window.toast.hide()
        page.budget.area.verticalScrollBar().setValue(page.budget.area.verticalScrollBar().maximum())
        self._shoot("budget-below")
        self._open(Destination("borrower", self._borrower_with_most(), "history"))
        self._shoot("budget-in-history")

    # -- loans

    def _rows(self, step: Step) -> Sequence[LoanRow]:
        return self._session.queries.loans(LoanFilter(step=step), Order("number"), ALL)

    def _loans(self) -> None:
        self._go("loans", Destination("loans"))

    def _loan_steps(self) -> None:
        for step in (Step.GROUP_VIEW, Step.DECISION, Step.CONTRACT, Step.SIGNED, Step.PAID_OUT, Step.CLOSED):
            rows = self._rows(step)
            if rows:
                word = step.value.replace("_", "-")
                self._go(f"loan-at-{word}", Destination("loan", rows[0].id, "overview"))
        loan = self._loan_with_history()
        for tab in LOAN_TABS:
            self._go(f"loan-{tab}", Destination("loan", loan, tab))

    def _loan_with_history(self) -> UUID:
        """The loan with the longest journal: reversals, late payments and paper."""
        rows = self._rows(Step.REPAYING)
        return max(rows, key=lambda row: (len(self._session.loans.get(row.id).journal.entries), -row.number)).id

    def _loan_acts(self) -> None:
        for step, name, act in (
            (Step.GROUP_VIEW, "dialog-group-view", "group_view_act"),
            (Step.DECISION, "dialog-decide", "decide_act"),
            (Step.SIGNED, "dialog-sign", "sign_act"),
            (Step.PAID_OUT, "dialog-pay-out", "pay_out_act"),
        ):
            rows = self._rows(step)
            if rows:
                page = self._open(Destination("loan", rows[0].id, "overview"))
                self._dialog(name, getattr(page, act).trigger)
        waiting = self._rows(Step.DECISION)[0]
        page = self._open(Destination("loan", waiting.id, "overview"))
        self._dialog("dialog-decide-refused-without-grounds", page.decide_act.trigger, refuse_without_grounds)
        self._dialog("dialog-withdraw", page.withdraw_act.trigger)

    def _payments(self) -> None:
        page = self._open(Destination("loan", self._loan_with_history(), "payments"))
        page.payments.ready()
        self._shoot("payment-previewed")
        fill(page.payments.form, amount="1.5.0", received_on="30.02.2026")
        page.payments.take()
        self._shoot("payment-wrong")
        page.payments.form.clear()
        for row in range(page.payments.model.rowCount()):
            page.payments.table.setCurrentIndex(page.payments.model.index(row, 0))
            if page.payments.reverse_act.isEnabled():
                break
        self._shoot("payment-chosen")
        self._dialog("dialog-reverse", page.payments.reverse_act.trigger, press_without_reason)

    def _loan_life(self) -> None:
        tour_loan_life(self._camera, self._window, self._session)

    def _security(self) -> None:
        tour_security(self._camera, self._window, self._session)

    def _paper(self) -> None:
        page = self._open(Destination("loan", self._rows(Step.CONTRACT)[0].id, "overview"))
        for kind, name in ((DocumentKind.LOAN_CONTRACT, "contract"), (DocumentKind.REPAYMENT_PLAN, "plan")):
            page.show_draft(kind)
            if page.paper is None:
                raise LookupError(f"no viewer opened for the {name}")
            self._camera.shoot(f"dialog-paper-{name}", self._window, page.paper)
            page.paper.reject()

    # -- calculator

    def _calculator(self) -> None:
        page = self._go("calculator", Destination("calculator"))
        for count in (24, 60):
            fill(page, instalments=str(count))
            self._shoot(f"calculator-{count}-instalments")
            page.keep_act.trigger()
        fill(page, instalments="36")
        page.keep_act.trigger()
        self._window.toast.hide()
        page.results.tabs.show_tab("alternatives")
        self._shoot("calculator-alternatives")
        page.results.tabs.show_tab("plan")
        self._shoot("calculator-plan")
        self._agree_by_hand(page)
        page.results.tabs.show_tab("picture")
        fill(page, principal="5", instalments="0", first_due_on="29.02.2027")
        form = page.findChild(Form)
        if form is not None:
            form.check_all()
        self._shoot("calculator-wrong-values")
        self._go("calculator-for-borrower", Destination("calculator", self._borrower_with_most()))

    def _agree_by_hand(self, page: Any) -> None:
        """Two amounts typed over, what they leave, and the rest spread; then a season."""
        for place, kroner in ((2, 5_000), (7, 400)):
            page.results.table.amount_typed.emit(place, False, Money(kroner * 100, page.form.amount.currency))
        self._shoot("calculator-by-hand-left-over")
        page.by_hand.spread_act.trigger()
        self._shoot("calculator-by-hand-agreed")
        page.by_hand.back_act.trigger()
        page.form.more.open()
        for month in (12, 1, 2):
            page.form.more.season.buttons[month - 1].click()
        page.results.tabs.show_tab("picture")
        self._shoot("calculator-season")
        page.form.more.season.set_value(None)
        page.form.more.season.changed.emit()

    # -- groups

    def _groups(self) -> None:
        self._go("groups", Destination("groups"))
        group = self._group()
        for tab in GROUP_TABS:
            self._go(f"group-{tab}", Destination("group", group, tab))
        page = self._go("group-form", Destination("group_form"))
        page.save_act.trigger()
        self._shoot("group-form-errors")

    def _group(self) -> UUID:
        return self._session.queries.groups("", Order("number"), ALL)[0].id

    def _group_dialogs(self) -> None:
        page = self._open(Destination("group", self._group(), "members"))
        page.members.setCurrentIndex(page.members.model().index(1, 0))
        self._shoot("group-member-chosen")
        self._dialog("dialog-add-member", page.add_member_act.trigger)
        self._dialog("dialog-give-role", page.role_act.trigger)
        self._dialog("dialog-member-left", page.leave_act.trigger)

    # -- arrears and reports

    def _arrears(self) -> None:
        page = self._go("arrears", Destination("arrears"))
        page.search.line.setText("qzx")
        page.refresh()
        self._shoot("arrears-nobody-found")
        page.clear_search()

    def _arrears_dialogs(self) -> None:
        page = self._open(Destination("arrears"))
        self._dialog("dialog-contact", page.panel.log.contact_act.trigger, press_without_reason)
        self._dialog("dialog-promise", page.panel.log.promise_act.trigger, press_without_reason)
        steps = self._open(Destination("settings", None, "arrears")).arrears
        steps.table.setCurrentIndex(steps.model.index(1, 0))
        self._dialog("dialog-dunning-step", steps.change_act.trigger)

    def _letters(self) -> None:
        page = self._open(Destination("arrears"))
        page.open_letters()
        shown = page.letters_dialog
        if shown is None:
            raise LookupError("no letter is due today")
        self._settle(shown)
        self._camera.shoot("dialog-letters", self._window, shown)
        shown.reject()

    def _notices(self) -> None:
        """A loan whose guarantor is to be told of the default: the panel, the notice, and the log afterwards."""
        page = self._open(Destination("arrears"))
        rows = range(page.model.rowCount())
        place = next(row for row in rows if page.model.row(row).to_tell)
        page.table.setCurrentIndex(page.model.index(place, 0))
        self._shoot("arrears-notice-due")
        page.notify_guarantors()
        shown = page.letters_dialog
        self._settle(shown)
        self._camera.shoot("dialog-notices", self._window, shown)
        shown.send()
        self._settle(shown)
        self._camera.shoot("dialog-notices-issued", self._window, shown)
        shown.reject()
        page.table.setCurrentIndex(page.model.index(place, 0))
        self._shoot("arrears-notice-given")

    def _reports(self) -> None:
        page = self._open(Destination("reports", None, "portfolio"))
        self._settle(page.report)
        self._shoot("report-portfolio")
        page.report.choose("par30")
        self._shoot("report-portfolio-par")

    # -- the rest

    def _settle(self, tab: Any) -> None:
        """Let what is worked out beside the window come to its end."""
        until = monotonic() + LONGEST_WAIT_S
        while tab.is_working and monotonic() < until:
            QApplication.processEvents()
            sleep(0.005)

    def _ledger(self) -> None:
        page = self._open(Destination("reports", None, "ledger"))
        tab = page.report
        self._settle(tab)
        self._shoot("ledger-month")
        tab.period.choose(Span.YEAR, self._session.today())
        self._settle(tab)
        self._shoot("ledger-year")
        tab.open_account(tab.balance.rows[0])
        self._settle(tab)
        self._shoot("ledger-account")
        self._dialog("ledger-accounts", tab.show_accounts)
        self._settle(tab)
        self._dialog("ledger-closing", tab.ask_closing)
        tab.show_balance()
        self._settle(tab)
        self._dialog("ledger-paper", tab.print)

    def _settings(self) -> None:
        for tab in SETTINGS_TABS:
            self._go(f"settings-{tab}", Destination("settings", None, tab))
        page = self._open(Destination("settings", None, "rates"))
        self._dialog("dialog-rate-of-late-interest", page.rates.enter_rate, answer_empty)
        self._dialog("dialog-fee-for-a-letter", page.rates.enter_fee)
        self._go("product-new", Destination("product_form"))
        self._go("product-changed", Destination("product_form", self._session.products.all()[0].id))

    def _payments_page(self) -> None:
        tour_payments(self._camera, self._window, self._session)

    def _bank_files(self) -> None:
        tour_bank_files(self._camera, self._window, self._session)

    def _palette(self) -> None:
        self._open(Destination("borrowers"))
        self._window.search_act.trigger()
        self._shoot("palette")
        self._window.palette_box.line.setText("be")
        self._shoot("palette-typed")
        self._window.palette_box.line.setText("qzx")
        self._shoot("palette-nothing-found")
        self._window.palette_box.hide()
        self._window.header.menu.popup(self._window.mapToGlobal(self._window.rect().center()))
        self._camera.shoot("officer-menu", self._window, self._window.header.menu)
        self._window.header.menu.hide()


def answer_empty(dialog: QDialog) -> None:
    """Press the act with fields left empty, so that sentences stand beside them."""
    shown: Any = dialog
    shown.act_button.click()


def refuse_without_grounds(dialog: QDialog) -> None:
    """Choose the refusal and press the act, so that the rule answers."""
    shown: Any = dialog
    shown.form.fields["outcome"].box.setCurrentIndex(1)
    shown.act_button.click()


def press_without_reason(dialog: QDialog) -> None:
    """Press the act without a reason, so that the rule answers."""
    shown: Any = dialog
    shown.act_button.click()
