"""Forming a group: name, date, what members owe for each other, and who they are."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.group import GroupRole, LiabilityForm
from mikrolaan.i18n import _, ngettext
from mikrolaan.services.session import Session
from mikrolaan.ui.find_borrowers import borrower_search
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import action_button, button, label
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.fields import TextField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.page import Page
from mikrolaan.ui.widgets.picker import PickerField
from mikrolaan.ui.widgets.value_fields import ChoiceField, DateField
from mikrolaan.ui.words import group_role_word, liability_word


class MemberLine(QWidget):
    """One member to be: a borrower and a role."""

    def __init__(self, session: Session, number: int) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        self.borrower = PickerField(
            f"member_{number}",
            _("Member {number}").format(number=number + 1),
            borrower_search(session),
            required=False,
            placeholder=_("Type a name"),
        )
        self.borrower.label.setText(_("Member {number}").format(number=number + 1))
        self.role = ChoiceField(
            f"member_role_{number}",
            _("Role"),
            [(role, group_role_word(role)) for role in GroupRole],
        )
        self.role.set_value(GroupRole.LEADER if number == 0 else GroupRole.MEMBER)
        layout.addWidget(self.borrower, 3)
        layout.addWidget(self.role, 2)

    def member(self) -> tuple[UUID, GroupRole] | None:
        """Who joins in which role; None while the line is empty."""
        borrower_id = self.borrower.given()
        return None if borrower_id is None else (borrower_id, self.role.value())


class GroupFormPage(Page):
    """Form a group of borrowers who have a case already."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("Form a group"), scrolls=True)
        self._session = session
        limits = session.groups.limits()
        self.save_act = self.add_act(_("Form the group"), self._save, shortcut="Ctrl+S", icon_name="check")
        self.cancel_act = self.add_act(_("Cancel"), self._cancel, shortcut="Esc")

        self.form = Form(columns=2)
        self.name = self.form.add(TextField("group_name", _("Name of the group"), longest=120))
        self.formed_on = self.form.add(
            DateField("formed_on", _("Formed on"), session.today, latest=session.today(), in_past=True)
        )
        self.formed_on.set_value(session.today())
        self.liability = self.form.add(
            ChoiceField(
                "liability_form",
                _("What members owe for each other"),
                [(form, liability_word(form)) for form in LiabilityForm],
                help_text=_("Printed in the contract. In most Nordic groups each answers for the own loan only."),
            ),
            wide=True,
        )
        self.liability.set_value(LiabilityForm.NONE)
        group_card = Card(_("The group"))
        group_card.body.addWidget(self.form)

        members_card = Card(_("Members"))
        members_card.body.addWidget(
            label(
                ngettext(
                    "A group has {least} to {most} member, one of them leader.",
                    "A group has {least} to {most} members, one of them leader.",
                    limits.most,
                ).format(least=limits.least, most=limits.most),
                "muted",
                wraps=True,
            )
        )
        self.lines = [MemberLine(session, number) for number in range(limits.most)]
        lines = QVBoxLayout()
        lines.setSpacing(12)
        for line in self.lines:
            lines.addWidget(line)
        members_card.body.addLayout(lines)
        new_borrower = button(_("Register a new borrower first"), "link", "plus")
        new_borrower.clicked.connect(lambda: self.go_to.emit(Destination("borrower_new")))
        row = QHBoxLayout()
        row.addWidget(new_borrower)
        row.addStretch(1)
        members_card.body.addLayout(row)

        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(action_button(self.cancel_act, "quiet"))
        acts.addWidget(action_button(self.save_act, "primary"))
        for part in (group_card, members_card):
            part.setMaximumWidth(880)
            self.body.addWidget(part)
        holder = QWidget()
        holder.setMaximumWidth(880)
        holder.setLayout(acts)
        acts.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(holder)
        self.body.addStretch(1)
        self.form.fields["members"] = self.lines[0].borrower

    def opened(self, destination: Destination) -> None:
        super().opened(destination)
        self.name.editor.setFocus()

    def clear(self) -> None:
        """Empty the form for the next group."""
        self.name.set_value(None)
        for number, line in enumerate(self.lines):
            line.borrower.choose(None)
            line.role.set_value(GroupRole.LEADER if number == 0 else GroupRole.MEMBER)

    def _save(self) -> None:
        right = [self.form.check_all(), *[line.borrower.check() for line in self.lines]]
        if not all(right):
            return
        members = [member for member in (line.member() for line in self.lines) if member is not None]
        try:
            group = self._session.groups.form(
                self.name.value(), self.formed_on.value(), members, self.liability.value()
            )
        except MikrolaanError as error:
            self.form.show_problem(error)
            return
        self.clear()
        self.toast.emit(_("The group {name} is formed.").format(name=group.name))
        self.go_to.emit(Destination("group", group.id))

    def _cancel(self) -> None:
        self.go_to.emit(Destination("groups"))
