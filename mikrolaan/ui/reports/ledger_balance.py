"""The trial balance on the screen: what is proved, the accounts, and their totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.money import Money
from mikrolaan.domain.trial_balance import AccountBalance, TrialBalance
from mikrolaan.i18n import _, current_language, pgettext
from mikrolaan.ui.loans.totals_row import TotalsRow
from mikrolaan.ui.reports.ledger_words import for_spreadsheet, role_word
from mikrolaan.ui.widgets.cards import EmptyState, State, StateChip
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel

AMOUNT_WIDTH = 132
NUMBER_WIDTH = 84
AMOUNTS: tuple[Callable[[AccountBalance], Money], ...] = (
    lambda row: row.opening,
    lambda row: row.debit,
    lambda row: row.credit,
    lambda row: row.closing,
)
FIRST_AMOUNT = 2  # the column


class BalanceView(QWidget):
    """Shows one trial balance; a double click on an account asks for its vouchers."""

    account_opened = Signal(object)  # AccountBalance

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[AccountBalance] = ()
        self.balances = StateChip()
        self.equals_loans = StateChip()
        self.closed = StateChip()
        self.until = StateChip()
        chips = QHBoxLayout()
        chips.setSpacing(8)
        for chip in (self.balances, self.equals_loans, self.closed, self.until):
            chips.addWidget(chip)
        chips.addStretch(1)
        self.warning = InlineMessage()
        self.model: PagedTableModel[AccountBalance] = PagedTableModel(
            columns(), lambda: len(self._rows), lambda offset, limit: self._rows[offset : offset + limit]
        )
        self.table = Table(self.model, _("Trial balance"))
        self.table.row_opened.connect(self.account_opened)
        self.none_yet = EmptyState(
            "scales",
            _("Accounts are listed here once a loan is paid out on or before the last day of the period."),
            title=_("Nothing posted yet"),
        )
        self.none_yet.cover(self.table.viewport())
        self.totals = TotalsRow(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(chips)
        layout.addWidget(self.warning)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.totals)
        self.show_balance(None)

    def show_balance(self, balance: TrialBalance | None) -> None:
        """Show another one; None while it is worked out."""
        self._rows = balance.rows if balance is not None else ()
        self.table.reload()
        self.none_yet.setVisible(balance is not None and not balance.rows)
        self.totals.setVisible(bool(self._rows))
        speaks = current_language()
        if balance is None:
            for chip in (self.balances, self.equals_loans, self.closed, self.until):
                chip.show_state(None)
            self.warning.say("")
            return
        amounts = [speaks.amount(of(balance.total)) for of in AMOUNTS]
        self.totals.show_totals(dict(enumerate(amounts, start=FIRST_AMOUNT)))
        self.balances.show_state(_balances(balance))
        self.equals_loans.show_state(_equals_loans(balance))
        self.closed.show_state(
            None
            if balance.closed_until is None
            else State(_("Closed until {date}").format(date=speaks.date(balance.closed_until)), "lock", "muted")
        )
        self.until.show_state(
            None
            if balance.until == balance.period.last
            else State(_("Until {date}").format(date=speaks.date(balance.until)), "clock", "muted")
        )
        moved = ", ".join(map(speaks.date, balance.differs_from_closing))
        self.warning.say(
            _(
                "The balances of {date} are no longer what they were when the books were closed. Keep this file as it "
                "is, and ask whoever looks after the program."
            ).format(date=moved)
            if moved
            else "",
            "bad",
        )


def columns() -> list[Column[AccountBalance]]:
    """Account, what it is called, and its four amounts."""

    def amount(of: Callable[[AccountBalance], Money]) -> Callable[[AccountBalance], str]:
        return lambda row: current_language().amount(of(row))

    titles: tuple[Callable[[], str], ...] = (
        lambda: _("Opening balance"),
        lambda: pgettext("side of an account", "Debit"),
        lambda: pgettext("side of an account", "Credit"),
        lambda: _("Closing balance"),
    )
    return [
        Column(lambda: _("Account"), lambda row: row.number, width=NUMBER_WIDTH),
        Column(lambda: _("Name"), lambda row: row.name, tooltip=_roles),
        *(Column(title, amount(of), Align.END, width=AMOUNT_WIDTH) for title, of in zip(titles, AMOUNTS, strict=True)),
    ]


def table_text(balance: TrialBalance) -> str:
    """The balance with its totals as lines with tabs, for a spreadsheet."""
    shown = columns()
    speaks = current_language()
    total = ["", _("Total"), *(speaks.amount(of(balance.total)) for of in AMOUNTS)]
    lines = [[column.title() for column in shown], *([c.text(row) for c in shown] for row in balance.rows), total]
    return for_spreadsheet(lines)


def _roles(row: AccountBalance) -> str:
    """What is posted on the account, for its tooltip."""
    return "\n".join(role_word(role) for role in row.roles)


def _balances(balance: TrialBalance) -> State:
    if not balance.difference:
        return State(_("Debit equals credit"), "check-circle", "good")
    told = current_language().money(abs(balance.difference))
    return State(_("Debit and credit differ by {amount}").format(amount=told), "prohibit", "bad")


def _equals_loans(balance: TrialBalance) -> State:
    speaks = current_language()
    if not balance.loans_difference:
        told = speaks.money(balance.outstanding)
        return State(_("The loans and their account are {amount}").format(amount=told), "check-circle", "good")
    told = speaks.money(abs(balance.loans_difference))
    return State(_("The loans and their account differ by {amount}").format(amount=told), "prohibit", "bad")
