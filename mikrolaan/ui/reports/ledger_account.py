"""The vouchers of one account in a period; each opens its loan."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.i18n import _, current_language, ngettext, pgettext
from mikrolaan.services.ledger import AccountVouchers, VoucherRow
from mikrolaan.ui.reports.ledger_words import for_spreadsheet, voucher_word
from mikrolaan.ui.widgets.basics import button, label, make_action
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel

AMOUNT_WIDTH = 124


class AccountView(QWidget):
    """Shows what was posted on an account; Esc and the link lead back to the trial balance."""

    back_asked = Signal()
    loan_opened = Signal(object)  # UUID

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[VoucherRow] = ()
        self.back = button(_("&Trial balance"), "link", "arrow-left")
        self.back.clicked.connect(self.back_asked)
        make_action(self, _("Back to the trial balance"), self.back_asked.emit, shortcut="Esc")
        self.title = label("", "section")
        self.told = label("", "muted")
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.back)
        head.addWidget(self.title)
        head.addWidget(self.told)
        head.addStretch(1)
        self.model: PagedTableModel[VoucherRow] = PagedTableModel(
            columns(), lambda: len(self._rows), lambda offset, limit: self._rows[offset : offset + limit]
        )
        self.table = Table(
            self.model,
            _("Vouchers of the account"),
            EmptyState("receipt", _("Nothing was posted on this account in the period.")),
        )
        self.table.row_opened.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)

    def show_vouchers(self, vouchers: AccountVouchers, period: str) -> None:
        """Show another account; `period` in words."""
        speaks = current_language()
        self._rows = vouchers.rows
        self.title.setText(_("{number} {name}").format(number=vouchers.number, name=vouchers.name))
        count = len(vouchers.rows)
        self.told.setText(
            ngettext(
                "{period}: {count} voucher, opening balance {amount}",
                "{period}: {count} vouchers, opening balance {amount}",
                count,
            ).format(period=period, count=speaks.number(count), amount=speaks.money(vouchers.opening))
        )
        self.table.reload()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, row: object) -> None:
        if isinstance(row, VoucherRow):
            self.loan_opened.emit(row.loan_id)


def columns() -> list[Column[VoucherRow]]:
    """Day, cause, loan, borrower, and the amount on its side."""
    return [
        Column(lambda: _("Date"), lambda row: current_language().date(row.on), width=108),
        Column(lambda: _("Voucher"), _what, tooltip=_what),
        Column(lambda: _("Loan"), lambda row: str(row.loan_number), Align.END, width=72),
        Column(lambda: _("Borrower"), lambda row: row.borrower),
        Column(
            lambda: pgettext("side of an account", "Debit"),
            lambda row: _side(row, debit=True),
            Align.END,
            width=AMOUNT_WIDTH,
        ),
        Column(
            lambda: pgettext("side of an account", "Credit"),
            lambda row: _side(row, debit=False),
            Align.END,
            width=AMOUNT_WIDTH,
        ),
        Column(
            lambda: pgettext("of an account", "Balance"),
            lambda row: current_language().amount(row.balance),
            Align.END,
            width=AMOUNT_WIDTH,
        ),
    ]


def table_text(vouchers: AccountVouchers) -> str:
    """The vouchers as lines with tabs, for a spreadsheet."""
    shown = columns()
    return for_spreadsheet([[c.title() for c in shown], *([c.text(row) for c in shown] for row in vouchers.rows)])


def _what(row: VoucherRow) -> str:
    word = voucher_word(row.kind)
    if row.voucher.happened_on is None:
        return word
    day = current_language().date(row.voucher.happened_on)
    return _("{voucher} of {date}, typed after the books were closed").format(voucher=word, date=day)


def _side(row: VoucherRow, *, debit: bool) -> str:
    if (row.amount.minor > 0) is not debit:
        return ""
    return current_language().amount(row.amount if debit else -row.amount)
