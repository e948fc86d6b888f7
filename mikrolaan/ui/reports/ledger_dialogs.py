"""The accounts of the ledger, to give them other numbers and names, and the closing of the books."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mikrolaan.domain.ledger_accounts import LONGEST_NAME, LONGEST_NUMBER, LedgerAccount
from mikrolaan.i18n import _, current_language
from mikrolaan.services.ledger import LedgerService
from mikrolaan.ui.reports.ledger_words import role_word
from mikrolaan.ui.widgets.basics import action_button, make_action
from mikrolaan.ui.widgets.dialogs import Dialog
from mikrolaan.ui.widgets.fields import TextField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.form_dialog import FormDialog
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Column, PagedTableModel
from mikrolaan.ui.widgets.value_fields import DateField


class AccountsDialog(Dialog):
    """Every account with what it is for; Enter or a double click changes one."""

    def __init__(self, parent: QWidget | None, ledger: LedgerService, may_change: bool) -> None:
        super().__init__(
            parent,
            _("Accounts of the ledger"),
            _(
                "Use the numbers of your accounting. Several may share an account, but the loans have one of their own. "
                "A change holds for every period at once; what was posted stays the same."
            ),
        )
        self._ledger, self._may_change = ledger, may_change
        self._rows: Sequence[LedgerAccount] = ledger.chart().accounts
        self.editor: FormDialog | None = None
        model: PagedTableModel[LedgerAccount] = PagedTableModel(
            [
                Column(lambda: _("Use of the account"), lambda row: role_word(row.role)),
                Column(lambda: _("Number"), lambda row: row.number, width=96),
                Column(lambda: _("Name"), lambda row: row.name),
            ],
            lambda: len(self._rows),
            lambda offset, limit: self._rows[offset : offset + limit],
        )
        self.table = Table(model, _("Accounts of the ledger"))
        self.table.row_opened.connect(self._edit)
        self.table.selectRow(0)
        self.body.addWidget(self.table, 1)
        self.change_act = make_action(
            self, _("C&hange…"), lambda: self._edit(self.table.selected_row()), shortcut="F2", icon_name="pencil"
        )
        self.change_act.setEnabled(may_change)
        self._buttons.addWidget(action_button(self.change_act))
        self.add_cancel(_("&Close"))
        self.resize(760, 660)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edit(self, row: object) -> None:
        if not isinstance(row, LedgerAccount) or not self._may_change:
            return
        form = Form()
        number = form.add(TextField("number", _("&Number"), longest=LONGEST_NUMBER))
        name = form.add(TextField("name", _("N&ame"), longest=LONGEST_NAME))
        number.set_value(row.number)
        name.set_value(row.name)
        number.line.selectAll()
        self.editor = FormDialog.ask(
            self,
            role_word(row.role),
            form,
            _("&Save"),
            lambda: self._ledger.set_account(row.role, number.value(), name.value()),
            self._reload,
        )

    def _reload(self) -> None:
        self._rows = self._ledger.chart().accounts
        self.table.reload()


def ask_closing(
    parent: QWidget | None, ledger: LedgerService, today: date, close: Callable[[date], object]
) -> FormDialog:
    """Ask until when the books are closed; `close` begins the long work with that day."""
    closed = ledger.closed_until()
    month_before = today.replace(day=1) - timedelta(days=1)
    form = Form()
    until = form.add(
        DateField(
            "until",
            _("Close up to and &including"),
            lambda: today,
            latest=today - timedelta(days=1),
            earliest=None if closed is None else closed + timedelta(days=1),
            in_past=True,
        )
    )
    if closed is None or closed < month_before:
        until.set_value(month_before)
    told = _(
        "What is posted up to that day stays as it is, for good. Entries that are typed later about these days are "
        "posted on the first open day."
    )
    if closed is not None:
        told += " " + _("The books are closed until {date}.").format(date=current_language().date(closed))
    return FormDialog.ask(
        parent,
        _("Close the books"),
        form,
        _("&Close the books"),
        lambda: ledger.check_close(until.value()),
        lambda: close(until.value()),
        told,
    )
