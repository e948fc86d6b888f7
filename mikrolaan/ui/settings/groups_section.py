"""How many members a network group has, by the office's own rule."""

from __future__ import annotations

from dataclasses import replace

from mikrolaan.domain.office import Office
from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.settings.form_section import FormSection
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.value_fields import CountField


class GroupsSection(FormSection):
    """The least and the most members; groups formed before keep the members they have."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
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
        self.end_with(card)

    def show_office(self, office: Office) -> None:
        self.least.set_value(office.settings.group_members_least)
        self.most.set_value(office.settings.group_members_most)

    def keep(self) -> Office:
        settings = replace(
            self._session.office.get().settings,
            group_members_least=self.least.value(),
            group_members_most=self.most.value(),
        )
        return self._session.office.change_settings(settings)
