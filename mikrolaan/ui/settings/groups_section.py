"""How many members a network group has, by the office's own rule."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.office import Role
from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.settings.sections import Section, button_row
from mikrolaan.ui.widgets.basics import button
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.value_fields import CountField


class GroupsSection(Section):
    """The least and the most members; groups formed before keep the members they have."""

    saved = Signal(object)  # Office

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.may_change = Role.ADMINISTRATOR in session.officer.roles
        card = self.add_card(
            _("Size of network groups"),
            _("Holds when a group is formed and when a member joins. Groups that exist keep the members they have."),
        )
        self.form = Form(columns=2)
        self.least = self.form.add(
            CountField("group_members_least", _("&Least members"), unit=_("members"), smallest=2, largest=50)
        )
        self.most = self.form.add(
            CountField("group_members_most", _("&Most members"), unit=_("members"), smallest=2, largest=50)
        )
        card.body.addWidget(self.form)
        self.save_button = button(_("&Save"), "primary")
        self.undo_button = button(_("&Undo changes"), "quiet")
        self.save_button.clicked.connect(self.save)
        self.undo_button.clicked.connect(self.refresh)
        if self.may_change:
            card.body.addLayout(button_row(self.save_button, self.undo_button))
            self.form.changed.connect(lambda: self._set_changed(True))
            self.form.submitted.connect(self.save)
        else:
            self.say_why_read_only()
            self.least.set_read_only(True)
            self.most.set_read_only(True)
        self._set_changed(False)
        self.end()

    def refresh(self) -> None:
        """Show what is kept."""
        try:
            settings = self._session.office.get().settings
        except MikrolaanError as error:
            self.tell(error)
            return
        self.least.set_value(settings.group_members_least)
        self.most.set_value(settings.group_members_most)
        self.form.clear_errors()
        self._set_changed(False)

    def save(self) -> None:
        """Keep the two numbers."""
        if not self.may_change or not self.form.check_all():
            return
        try:
            settings = replace(
                self._session.office.get().settings,
                group_members_least=self.least.value(),
                group_members_most=self.most.value(),
            )
            office = self._session.office.change_settings(settings)
        except MikrolaanError as error:
            self.form.show_problem(error)
            return
        self.refresh()
        self.saved.emit(office)

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.save_button.isEnabled()

    def _set_changed(self, changed: bool) -> None:
        self.save_button.setEnabled(changed)
        self.undo_button.setEnabled(changed)
