"""What is left to say before a calculation becomes an application: who borrows, for what, and in which group."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.product import Product
from mikrolaan.i18n import _, current_language
from mikrolaan.services.calculation import Calculation
from mikrolaan.services.rows import GroupRow
from mikrolaan.services.session import Session
from mikrolaan.ui.find_borrowers import borrower_search
from mikrolaan.ui.widgets.basics import button, label
from mikrolaan.ui.widgets.dialogs import Dialog
from mikrolaan.ui.widgets.fields import MultilineField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.picker import PickerField
from mikrolaan.ui.widgets.value_fields import ChoiceField

LONGEST_PURPOSE = 500


class UseDialog(Dialog):
    """Makes the application, or stays open and says what is wrong."""

    applied = Signal(object)  # Loan
    new_borrower_asked = Signal()

    def __init__(
        self,
        parent: QWidget | None,
        session: Session,
        product: Product,
        calculation: Calculation,
        borrower: Borrower | None,
    ) -> None:
        """Without a borrower the dialog asks for one."""
        super().__init__(parent, _("Make the application"), _summary(calculation))
        self._session, self._product, self._calculation = session, product, calculation
        self._borrower = borrower
        self._groups: Sequence[GroupRow] = ()
        self.form = Form()
        self.picker = PickerField(
            "borrower",
            _("&Borrower"),
            borrower_search(session),
            placeholder=_("Type a name, a number or an enterprise"),
        )
        if borrower is None:
            self.form.add(self.picker)
            self.form.add_widget(self._new_borrower_link())
            self.picker.changed.connect(self._show_groups)
        else:
            self.picker.setParent(self)
            self.picker.hide()
            self.form.add_widget(label(_("For {borrower}").format(borrower=borrower.name), "strong", wraps=True))
        self.purpose = self.form.add(
            MultilineField("purpose", _("&Purpose of the loan"), required=False, lines=2, longest=LONGEST_PURPOSE)
        )
        self.group: ChoiceField[UUID | str] = self.form.add(
            ChoiceField(
                "group_id",
                _("&Network group"),
                [],
                help_text=_("In the group's context the group says what it thinks before the office decides."),
            )
        )
        self.body.addWidget(self.form)
        self.add_cancel()
        self.use_button = self.add_button(_("Make the application"), "primary")
        self.use_button.clicked.connect(self._apply)
        self.form.submitted.connect(self._apply)
        self._show_groups()
        (self.purpose if borrower is not None else self.picker).setFocus(Qt.FocusReason.OtherFocusReason)

    def _new_borrower_link(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        self.new_borrower = button(_("Register a new borrower"), "link", "user-plus")
        self.new_borrower.clicked.connect(self._on_new_borrower)
        row.addWidget(self.new_borrower)
        row.addStretch(1)
        return holder

    def _on_new_borrower(self) -> None:
        self.reject()
        self.new_borrower_asked.emit()

    def _borrower_id(self) -> UUID | None:
        return self._borrower.id if self._borrower is not None else self.picker.peek()

    def _show_groups(self) -> None:
        """Ask about the group only where the borrower is a member of one."""
        borrower_id = self._borrower_id()
        self._groups = self._session.queries.groups_of(borrower_id) if borrower_id is not None else ()
        alone: list[tuple[UUID | str, str]] = [("", _("Outside any group"))]
        self.group.set_choices([*((group.id, group.name) for group in self._groups), *alone])
        self.group.setVisible(bool(self._groups))
        self.adjustSize()

    def _apply(self) -> None:
        if not self.form.check_all():
            return
        chosen = self.group.peek() if self._groups else None
        try:
            borrower_id = self._borrower.id if self._borrower is not None else self.picker.value()
            loan: Loan = self._session.loans.apply(
                borrower_id,
                self._product,
                self._calculation.terms,
                purpose=self.purpose.value(),
                group_id=chosen if isinstance(chosen, UUID) else None,
            )
        except MikrolaanError as error:
            self.form.show_problem(error)
            return
        self.accept()
        self.applied.emit(loan)


def _summary(calculation: Calculation) -> str:
    """The calculation in one sentence."""
    speaks = current_language()
    rate = calculation.effective_rate
    terms = calculation.terms
    grace = terms.payment_free_instalments + terms.interest_only_instalments
    if grace:
        told = _(
            "{amount}, repaid in {count} instalments of {instalment} after {grace} without repayment, "
            "effective rate {rate}."
        )
    else:
        told = _("{amount}, repaid in {count} instalments of {instalment}, effective rate {rate}.")
    return told.format(
        amount=speaks.money(terms.principal),
        count=speaks.number(terms.instalments - grace),
        instalment=speaks.money(calculation.regular.due),
        grace=speaks.number(grace),
        rate="–" if rate is None else speaks.percent(rate),
    )
