"""Forming a group: name, date, what members owe for each other, and who they are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.group import AlreadyMember, GroupNeedsOneLeader, GroupSize, LiabilityForm
from mikrolaan.i18n import _, ngettext
from mikrolaan.services.session import Session
from mikrolaan.ui.borrowers.form_footer import FormFooter
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.find_borrowers import borrower_search
from mikrolaan.ui.groups.member_lines import MemberLines
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import action_button, button, label
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.fields import Field, TextField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.page import Page, scrolling
from mikrolaan.ui.widgets.value_fields import ChoiceField, DateField
from mikrolaan.ui.words import liability_word

FORM_WIDTH = 880


class GroupFormPage(Page):
    """Form a group of borrowers who have a case already. What is typed stays until it is saved or cancelled."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("Form a group"))
        self._session = session
        self.save_act = self.add_act(_("Form the group"), self._save, shortcut="Ctrl+S", icon_name="check")
        self.cancel_act = self.add_act(_("Cancel"), self._cancel, shortcut="Esc")
        self.more_act = self.add_act(_("One more member"), self._grow, icon_name="plus")
        self.footer = FormFooter(self.save_act, self.cancel_act)
        content = QWidget()
        content.setObjectName("page_body")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for card in (self._group_card(), self._members_card()):
            card.setMaximumWidth(FORM_WIDTH)
            column.addWidget(card)
        column.addStretch(1)
        self.area = scrolling(content)
        self.body.addWidget(self.area, 1)
        self.body.addWidget(self.footer)
        self.first_focus = self.name.line
        self._show_limits()

    def _group_card(self) -> Card:
        today = self._session.today
        self.form = Form(columns=2)
        self.name = self.form.add(TextField("group_name", _("Name of the group"), longest=120))
        self.formed_on = self.form.add(DateField("formed_on", _("Formed on"), today, latest=today, in_past=True))
        self.liability = self.form.add(
            ChoiceField(
                "liability_form",
                _("What members owe for each other"),
                [(form, liability_word(form)) for form in LiabilityForm],
                help_text=_("Printed in the contract. In most Nordic groups each answers for the own loan only."),
            ),
            wide=True,
        )
        self._set_defaults()
        card = Card(_("The group"))
        card.body.addWidget(self.form)
        return card

    def _members_card(self) -> Card:
        self.limits_label = label("", "muted", wraps=True)
        self.members = MemberLines(borrower_search(self._session))
        limits = self._session.groups.limits()
        self.members.set_limits(limits.least, limits.most)  # before the buttons below, for the order of Tab
        self.members.grown.connect(lambda: self.more_act.setVisible(self.members.may_grow))
        new_borrower = button(_("Register a new borrower first"), "link", "user-plus")
        new_borrower.clicked.connect(lambda: self.go_to.emit(Destination("borrower_new")))
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(action_button(self.more_act, "link"))
        row.addWidget(new_borrower)
        row.addStretch(1)
        card = Card(_("Members"))
        card.body.addWidget(self.limits_label)
        card.body.addWidget(self.members)
        card.body.addLayout(row)
        return card

    def opened(self, destination: Destination) -> None:
        super().opened(destination)
        if self.formed_on.peek() == self._proposed_on:
            self._propose_today()  # the form may stay open overnight
        self.formed_on.set_limits(None, self._session.today())

    def refresh(self) -> None:
        self._show_limits()

    def restore_typed(self, typed: dict[str, object]) -> None:
        self.members.show_lines(sum(key.startswith("member_role_") for key in typed))
        super().restore_typed(typed)
        self._show_limits()

    def clear(self) -> None:
        """Empty the form for the next group."""
        self.form.clear()
        self._set_defaults()
        self.members.clear()

    def _set_defaults(self) -> None:
        self._propose_today()
        self.liability.set_value(LiabilityForm.NONE)

    def _propose_today(self) -> None:
        self._proposed_on = self._session.today()
        self.formed_on.set_value(self._proposed_on)

    def _show_limits(self) -> None:
        limits = self._session.groups.limits()
        self.members.set_limits(limits.least, limits.most)
        self.limits_label.setText(
            ngettext(
                "A group has {least} to {most} member, one of them leader.",
                "A group has {least} to {most} members, one of them leader.",
                limits.most,
            ).format(least=limits.least, most=limits.most)
        )

    def _grow(self) -> None:
        self.members.grow()
        self.area.ensureWidgetVisible(self.members.shown[-1])

    def _save(self) -> None:
        if not all([self.form.check_all(), self.members.check()]):
            self._show_first_wrong()
            return
        try:
            group = self._session.groups.form(
                self.name.value(), self.formed_on.value(), self.members.members(), self.liability.value()
            )
        except MikrolaanError as error:
            self._show_problem(error)
            return
        self.clear()
        self.toast.emit(_("The group {name} is formed.").format(name=group.name))
        self.go_to.emit(Destination("group", group.id))

    def _show_problem(self, error: MikrolaanError) -> None:
        """Say beside the line that it concerns what the rules do not allow."""
        if isinstance(error, AlreadyMember):
            self.members.line_of(error.borrower_id).borrower.set_error(sentence_for(error))
        elif isinstance(error, GroupSize):
            self.members.first_empty().borrower.set_error(sentence_for(error))
        elif isinstance(error, GroupNeedsOneLeader):
            self.members.shown[0].role.set_error(sentence_for(error))
        else:
            self.form.show_problem(error)
        self._show_first_wrong()

    def _show_first_wrong(self) -> None:
        lines = [field for line in self.members.shown for field in (line.borrower, line.role)]
        fields: list[Field] = [*self.form.fields.values(), *lines]  # type: ignore[type-arg]
        wrong = next((field for field in fields if field.error), None)
        if wrong is not None:
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(wrong)
        elif self.form.message.isVisible():
            self.area.ensureWidgetVisible(self.form.message)

    def _cancel(self) -> None:
        typed = self.typed()
        was_filled = not self.name.is_empty() or any(not line.borrower.is_empty() for line in self.members.lines)

        def bring_back() -> None:
            self.go_to.emit(Destination("group_form"))
            self.restore_typed(typed)

        self.clear()
        self.go_to.emit(Destination("groups"))
        if was_filled:
            self.toast_with_undo.emit(_("The form is emptied, and no group is formed."), bring_back)
