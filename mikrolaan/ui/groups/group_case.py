"""The case of a network group: its members, their loans, and what happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.group import GroupLimits, GroupRole, NetworkGroup
from mikrolaan.domain.money import Currency, total
from mikrolaan.i18n import _, current_language
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.rows import LoanRow, MemberRow
from mikrolaan.services.session import Session
from mikrolaan.ui.find_borrowers import borrower_search
from mikrolaan.ui.history.history_tab import HistoryTab
from mikrolaan.ui.loans.loan_columns import loan_columns
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import action_button, label
from mikrolaan.ui.widgets.cards import EmptyState, KeyFigure, State
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.form_dialog import FormDialog
from mikrolaan.ui.widgets.page import CasePage
from mikrolaan.ui.widgets.picker import PickerField
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel
from mikrolaan.ui.widgets.value_fields import ChoiceField, DateField
from mikrolaan.ui.words import group_role_word, liability_word


class GroupCasePage(CasePage):
    """One group: who is in it, who leads it, and the loans given in its context."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._currency = session.office.get().currency
        self._group: NetworkGroup | None = None
        self._shown_id: UUID | None = None
        self.add_member_act = self.add_act(_("Add a member"), self._add_member, shortcut="Ctrl+N", icon_name="plus")
        self.role_act = self.add_act(
            _("Give a role"),
            self._give_role,
            shortcut="F2",
            icon_name="crown",
            tip=_("Give the chosen member another role"),
        )
        self.sheet_act = self.add_act(
            _("Take the group's payments"),
            self._open_sheet,
            icon_name="receipt",
            tip=_("Open the group's sheet on the Payments page"),
        )
        self.leave_act = self.add_act(
            _("Note that a member left"),
            self._end_membership,
            icon_name="sign-out",
            tip=_("Note when the chosen member left the group"),
        )

        self._members: Sequence[MemberRow] = ()
        self._member_model: PagedTableModel[MemberRow] = PagedTableModel(
            _member_columns(self._currency),
            lambda: len(self._members),
            lambda offset, limit: self._members[offset : offset + limit],
        )
        self.members = Table(self._member_model, _("Members"))
        self.members.row_opened.connect(self._open_member)
        self.members.row_selected.connect(lambda _row: self._enable())
        self._about = label("", "muted", wraps=True)
        members_tab = QWidget()
        layout = QVBoxLayout(members_tab)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self._about, 1)
        acts.addWidget(action_button(self.sheet_act))
        acts.addWidget(action_button(self.role_act))
        acts.addWidget(action_button(self.leave_act))
        layout.addLayout(acts)
        layout.addWidget(self.members, 1)
        self.add_tab("members", _("Members"), members_tab)

        self._loan_model: PagedTableModel[LoanRow] = PagedTableModel(
            loan_columns(self._currency), self._count_loans, self._fetch_loans
        )
        self.loans = Table(
            self._loan_model,
            _("Loans of the group"),
            EmptyState(
                "money",
                _("Loans given in this group's context are listed here. Choose the group when an application is made."),
                title=_("No loans yet"),
            ),
        )
        self.loans.row_opened.connect(self._open_loan)
        self.add_tab("loans", _("Loans"), self.loans)
        self.history = HistoryTab(session)
        self.add_tab("history", _("History"), self.history)

    def refresh(self) -> None:
        if self.destination is None or self.destination.record_id is None:
            return
        group_id = self.destination.record_id
        try:
            self._group = group = self._session.groups.get(group_id)
        except MikrolaanError as error:
            self._show_none(error)
            return
        if self._shown_id != group_id:
            self.members.setCurrentIndex(QModelIndex())  # the chosen member was the other group's
            self.loans.setCurrentIndex(QModelIndex())
        self._shown_id = group_id
        self.message.say("")
        self.tabs.show()
        self.add_member_act.setEnabled(True)
        self.set_main_action(self.add_member_act)
        self._members = self._session.queries.members(group_id)
        self.members.reload()
        self.loans.reload()
        self.history.show_records((group_id,))
        self.set_breadcrumb([(_("Network groups"), Destination("groups")), (group.name, None)])
        self.set_case(group.name, self._key_figures(group), _size_state(group, self._session.groups.limits()))
        self._about.setText(
            _("Formed {date}. Liability: {form}.").format(
                date=current_language().date(group.formed_on), form=liability_word(group.liability_form)
            )
        )
        self._enable()

    def _show_none(self, error: MikrolaanError) -> None:
        """Say why there is no group to show; nothing of the one shown before stays."""
        self._group = self._shown_id = None
        self.tabs.hide()
        self.set_breadcrumb([(_("Network groups"), Destination("groups")), (_("Network group"), None)])
        self.set_case(_("Network group"))
        self.set_main_action(None)
        for act in (self.add_member_act, self.role_act, self.leave_act):
            act.setEnabled(False)
        self.tell(error)

    def _key_figures(self, group: NetworkGroup) -> list[KeyFigure]:
        leader = next((row.name for row in self._members if row.borrower_id == group.leader_id), _("none chosen"))
        owed = total([row.outstanding for row in self._members if row.left_on is None], self._currency)
        return [
            KeyFigure(_("Members"), str(len(group.current)), _("Borrowers who are in the group now.")),
            KeyFigure(_("Leader"), leader),
            KeyFigure(
                _("Outstanding"),
                current_language().money(owed),
                _("Principal that the present members owe on all their loans."),
            ),
        ]

    def _count_loans(self) -> int:
        return self._session.queries.count_loans(self._loan_filter())

    def _fetch_loans(self, offset: int, limit: int) -> Sequence[LoanRow]:
        return self._session.queries.loans(self._loan_filter(), Order(), Slice(offset, limit))

    def _loan_filter(self) -> LoanFilter:
        return LoanFilter(group_id=self._group.id if self._group is not None else UUID(int=0))

    def _enable(self) -> None:
        row = self.members.selected_row()
        present = isinstance(row, MemberRow) and row.left_on is None
        self.role_act.setEnabled(present)
        self.leave_act.setEnabled(present)

    def _open_member(self, row: object) -> None:
        if isinstance(row, MemberRow):
            self.go_to.emit(Destination("borrower", row.borrower_id))

    def _open_loan(self, row: object) -> None:
        if isinstance(row, LoanRow):
            self.go_to.emit(Destination("loan", row.id))

    # -- acts

    def _add_member(self) -> None:
        if self._group is None:
            return
        group_id = self._group.id
        form = Form()
        borrower = form.add(
            PickerField("members", _("Borrower"), borrower_search(self._session), placeholder=_("Type a name"))
        )
        role = form.add(_role_field())
        role.set_value(GroupRole.MEMBER)
        joined_on = form.add(self._day_field("joined_on", _("Joined on")))

        def save() -> None:
            self._session.groups.add_member(group_id, borrower.value(), joined_on.value(), role.value())

        self._ask(_("Add a member"), form, save, _("Add"), _("The member is added."))

    def _open_sheet(self) -> None:
        if self._group is not None:
            self.go_to.emit(Destination("payments", self._group.id, "group"))

    def _give_role(self) -> None:
        row = self.members.selected_row()
        if self._group is None or not isinstance(row, MemberRow):
            return
        group_id = self._group.id
        form = Form()
        role = form.add(_role_field())
        role.set_value(row.role)

        def save() -> None:
            self._session.groups.give_role(group_id, row.borrower_id, role.value())

        self._ask(_("Role of {name}").format(name=row.name), form, save, _("Save"), _("The role is saved."))

    def _end_membership(self) -> None:
        row = self.members.selected_row()
        if self._group is None or not isinstance(row, MemberRow):
            return
        group_id = self._group.id
        form = Form()
        left_on = form.add(self._day_field("left_on", _("Last day in the group")))

        def save() -> None:
            self._session.groups.end_membership(group_id, row.borrower_id, left_on.value())

        self._ask(
            _("{name} leaves the group").format(name=row.name),
            form,
            save,
            _("Note it"),
            _("{name} is no longer in the group.").format(name=row.name),
        )

    def _day_field(self, name: str, text: str) -> DateField:
        field = DateField(name, text, self._session.today, latest=self._session.today(), in_past=True)
        field.set_value(self._session.today())
        return field

    def _ask(self, title: str, form: Form, save: Callable[[], object], yes: str, told: str) -> None:
        def done() -> None:
            self.refresh()
            self.toast.emit(told)

        FormDialog.ask(self, title, form, yes, save, done)


def _role_field() -> ChoiceField[GroupRole]:
    return ChoiceField("role", _("Role"), [(role, group_role_word(role)) for role in GroupRole])


def _size_state(group: NetworkGroup, limits: GroupLimits) -> State:
    if len(group.current) < limits.least:
        return State(_("Too few members"), "warning", "warn")
    if group.leader_id is None:
        return State(_("No leader"), "warning", "warn")
    return State(_("Complete"), "check-circle", "good")


def _member_columns(currency: Currency) -> tuple[Column[MemberRow], ...]:
    return (
        Column(lambda: _("Name"), lambda row: row.name),
        Column(lambda: _("Role"), lambda row: group_role_word(row.role), width=120),
        Column(lambda: _("Joined"), lambda row: current_language().date(row.joined_on), width=120),
        Column(
            lambda: _("Left"),
            lambda row: current_language().date(row.left_on) if row.left_on else "–",
            width=120,
        ),
        Column(lambda: _("Loans"), lambda row: str(row.loans), Align.END, width=80),
        Column(
            lambda: _("Outstanding, {currency}").format(currency=currency.value),
            lambda row: current_language().amount(row.outstanding) if row.outstanding else "–",
            Align.END,
            width=160,
        ),
    )
