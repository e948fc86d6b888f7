"""Network groups: the list, forming one, and the case of a group."""

from __future__ import annotations

from mikrolaan.i18n import _
from mikrolaan.services.queries import Order, Slice
from mikrolaan.services.session import Session
from mikrolaan.ui.commands import Hit, Provider
from mikrolaan.ui.navigation import Destination, PageEntry
from mikrolaan.ui.widgets.page import Page

HITS = 5


def group_pages(session: Session) -> list[PageEntry]:
    """The pages of network groups, made when they are first opened."""

    def group_list() -> Page:
        from mikrolaan.ui.groups.group_list import GroupListPage

        return GroupListPage(session)

    def group_case() -> Page:
        from mikrolaan.ui.groups.group_case import GroupCasePage

        return GroupCasePage(session)

    def group_form() -> Page:
        from mikrolaan.ui.groups.group_form import GroupFormPage

        return GroupFormPage(session)

    return [
        PageEntry("groups", lambda: _("Network groups"), "users-three", group_list),
        PageEntry("group", lambda: _("Network group"), "users-three", group_case, under="groups"),
        PageEntry("group_form", lambda: _("Form a group"), "users-three", group_form, under="groups"),
    ]


def group_provider(session: Session) -> Provider:
    """Finds network groups for the command palette, by name, leader or member."""

    def find(typed: str) -> list[Hit]:
        if not typed.strip():
            return []
        return [
            Hit(row.name, _("Network group"), "users-three", Destination("group", row.id))
            for row in session.queries.groups(typed, Order(), Slice(0, HITS))
        ]

    return find
