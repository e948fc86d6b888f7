"""The ledger among the reports: the trial balance of a period, down to vouchers and loans."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QGuiApplication, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.ledger import Closing
from mikrolaan.domain.office import Role
from mikrolaan.domain.trial_balance import AccountBalance, TrialBalance
from mikrolaan.i18n import _, current_language
from mikrolaan.services.ledger import AccountVouchers, BalancePaper
from mikrolaan.services.session import Session
from mikrolaan.ui.documents.paper_dialog import PaperDialog
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.reports import ledger_account, ledger_balance
from mikrolaan.ui.reports.ledger_account import AccountView
from mikrolaan.ui.reports.ledger_balance import BalanceView
from mikrolaan.ui.reports.ledger_dialogs import AccountsDialog, ask_closing
from mikrolaan.ui.reports.ledger_period import PeriodBar
from mikrolaan.ui.reports.ledger_words import Span
from mikrolaan.ui.reports.report_page import Report
from mikrolaan.ui.task_runner import Task, TaskRunner, Work
from mikrolaan.ui.widgets.basics import action_button, make_action
from mikrolaan.ui.widgets.form_dialog import FormDialog
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.progress import ProgressPanel

SHOW_AFTER_MS = 200  # work that is done by then shows no bar
PrintBalance = Callable[[BalancePaper], bytes]


class LedgerTab(Report):
    """Works figures out beside the window; one piece of work at a time, the latest wins."""

    def __init__(self, session: Session, runner: TaskRunner, print_balance: PrintBalance) -> None:
        super().__init__()
        self._session, self._runner, self._print_balance = session, runner, print_balance
        self._task: Task | None = None
        self._followed: Task | None = None  # whose progress is shown
        self._is_closing = self._closed_now = False
        self.balance: TrialBalance | None = None
        self.vouchers: AccountVouchers | None = None
        self.dialog: AccountsDialog | FormDialog | PaperDialog | None = None
        self.period = PeriodBar(session.today)
        self.period.changed.connect(lambda _period: self._on_period())
        self.may_change = bool({Role.BOOKKEEPER, Role.ADMINISTRATOR} & session.officer.roles)
        self.print_act = self._act(
            _("P&rint"), self.print, "printer", "Ctrl+P", _("Show the trial balance as paper, to print or save")
        )
        self.copy_act = self._act(_("Cop&y"), self.copy, "copy", "Ctrl+Shift+C", _("Copy the table for a spreadsheet"))
        self.accounts_act = self._act(
            _("&Accounts…"), self.show_accounts, "list", "", _("Numbers and names of accounts")
        )
        self.close_act = self._act(
            _("C&lose the books…"), self.ask_closing, "lock", "", _("Let what is posted up to a day stay for good")
        )
        self.close_act.setEnabled(self.may_change)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.period, 1)
        self.message = InlineMessage()
        self.progress = ProgressPanel()
        self.balance_view = BalanceView()
        self.balance_view.account_opened.connect(self.open_account)
        self.account_view = AccountView()
        self.account_view.back_asked.connect(self.show_balance)
        self.account_view.loan_opened.connect(lambda loan_id: self.go_to.emit(Destination("loan", loan_id)))
        self.views = QStackedWidget()
        self.views.addWidget(self.balance_view)
        self.views.addWidget(self.account_view)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for act in (self.print_act, self.copy_act, self.accounts_act, self.close_act):
            acts.addWidget(action_button(act))
        acts.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.message)
        layout.addWidget(self.progress)
        layout.addWidget(self.views, 1)
        layout.addLayout(acts)
        self._show_acts()

    def _act(self, text: str, triggered: Callable[[], object], icon_name: str, shortcut: str, tip: str) -> QAction:
        return make_action(self, text, triggered, shortcut=shortcut, tip=tip, icon_name=icon_name)

    def refresh(self) -> None:
        """Work the figures out again; not while the books are being closed."""
        if self._is_closing:
            return
        if self.views.currentWidget() is self.account_view and self.vouchers is not None:
            self._work_out_vouchers(self.vouchers.number)
        else:
            self._work_out_balance()

    def kept(self) -> object | None:
        account = ""
        if self.views.currentWidget() is self.account_view and self.vouchers is not None:
            account = self.vouchers.number
        return self.period.span, self.period.period.first, account

    def restore(self, kept: object | None) -> None:
        if isinstance(kept, tuple):
            span, first, account = kept
            if span is not Span.FREE:  # whose days stand in their fields
                self.period.choose(span, first)
            if account:
                self._work_out_vouchers(account)

    @property
    def is_working(self) -> bool:
        """Whether figures are being worked out."""
        return self._task is not None

    def open_account(self, row: object) -> None:
        """Show the vouchers of an account of the trial balance."""
        if isinstance(row, AccountBalance):
            self._work_out_vouchers(row.number)

    def show_balance(self) -> None:
        """Go back from an account to all of them."""
        self._stop()
        self.vouchers = None
        self.views.setCurrentWidget(self.balance_view)
        self.balance_view.table.setFocus()
        if self.balance is None or self.balance.period != self.period.period:
            self._work_out_balance()
        self._show_acts()

    def print(self) -> None:
        """Show the trial balance as it is printed."""
        if self.balance is None:
            return
        paper = self._session.ledger.paper(self.balance, current_language().code)
        self.dialog = PaperDialog(
            _("Trial balance"),
            self._print_balance(paper),
            self,
            note=self.period.told,
            file_name=f"{_('Trial balance')} {self.balance.period.first} {self.balance.period.last}",
        )
        self.dialog.open()

    def copy(self) -> None:
        """Put what is shown on the clipboard."""
        text = ""
        if self.views.currentWidget() is self.account_view and self.vouchers is not None:
            text = ledger_account.table_text(self.vouchers)
        elif self.balance is not None:
            text = ledger_balance.table_text(self.balance)
        if text:
            QGuiApplication.clipboard().setText(text)
            self.toast.emit(_("The table is copied."))

    def show_accounts(self) -> None:
        """Show the accounts, to change them."""
        self.dialog = AccountsDialog(self, self._session.ledger, self.may_change)
        self.dialog.finished.connect(lambda _result: self.refresh())
        self.dialog.open()

    def ask_closing(self) -> None:
        """Ask until when the books are to be closed, and close them."""

        self.dialog = ask_closing(self, self._session.ledger, self._session.today(), self._close)

    def _on_period(self) -> None:
        self.balance = None
        self.balance_view.show_balance(None)
        self.refresh()

    def _work_out_balance(self) -> None:
        period, ledger = self.period.period, self._session.ledger
        self._run(
            lambda progress, cancelled: ledger.trial_balance(period, progress, cancelled), _("Adding up every loan…")
        )

    def _work_out_vouchers(self, number: str) -> None:
        period, ledger = self.period.period, self._session.ledger
        self._run(
            lambda progress, cancelled: ledger.vouchers(number, period, progress, cancelled),
            _("Looking for the vouchers of the account…"),
        )

    def _close(self, until: date) -> None:
        ledger = self._session.ledger
        self._run(lambda progress, cancelled: ledger.close(until, progress, cancelled), _("Closing the books…"))
        self._let_choose(False)

    def _let_choose(self, may: bool) -> None:
        """Whether another period or account can be asked for; not while the books are being closed."""
        self._is_closing = not may
        for widget in (self.period, self.views):
            widget.setEnabled(may)
        self.accounts_act.setEnabled(may)
        self.close_act.setEnabled(may and self.may_change)

    def _run(self, work: Work, what: str) -> None:
        self._stop()
        self.message.say("")
        task = self._task = self._runner.submit(work)
        task.finished.connect(self._on_finished)
        task.failed.connect(self._tell)
        task.ended.connect(self._on_ended)
        QTimer.singleShot(SHOW_AFTER_MS, self, lambda: self._follow(task, what))

    def _follow(self, task: Task, what: str) -> None:
        if task is self._task:
            self._followed = task
            self.progress.follow(task, what)

    def _on_ended(self) -> None:
        task, self._task = self._task, None
        if self._is_closing:
            self._let_choose(True)
        if task is not None and task.is_cancelled:
            self.message.say(_("Stopped. Nothing was changed; choose a period or press F5 to begin again."))
        elif self._closed_now:
            self._closed_now = False
            self._work_out_balance()

    def _stop(self) -> None:
        """Give up what is being worked out, since something else is asked for."""
        if self._task is not None:
            task, self._task = self._task, None
            task.ended.disconnect(self._on_ended)
            task.ended.connect(self._on_given_up)
            task.cancel()

    def _on_given_up(self) -> None:
        if self._task is not None and self._task is self._followed:
            self.progress.show()  # the panel hid when the work that was given up came to its end

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous() and not self._is_closing:
            self._stop()  # opening the tab begins again

    def _on_finished(self, result: object) -> None:
        if isinstance(result, TrialBalance):
            self.balance = result
            self.balance_view.show_balance(result)
        elif isinstance(result, AccountVouchers):
            self.vouchers = result
            self.views.setCurrentWidget(self.account_view)
            self.account_view.show_vouchers(result, self.period.told)
        elif isinstance(result, Closing):
            day = current_language().date(result.until)
            self.toast.emit(_("The books are closed until {date}.").format(date=day))
            self._closed_now = True
        self._show_acts()

    def _tell(self, error: object) -> None:
        if isinstance(error, MikrolaanError):
            self.message.say(sentence_for(error), "bad")

    def _show_acts(self) -> None:
        on_account = self.views.currentWidget() is self.account_view
        self.print_act.setEnabled(not on_account and self.balance is not None and bool(self.balance.rows))
        self.copy_act.setEnabled(on_account or (self.balance is not None and bool(self.balance.rows)))
