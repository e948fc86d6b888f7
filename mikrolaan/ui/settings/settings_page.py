"""The settings: the office, this computer, security, groups, products, the law's rates, and what the program is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from mikrolaan.domain.office import Office
from mikrolaan.i18n import _, pgettext
from mikrolaan.services.session import Session
from mikrolaan.ui.arrears.steps_section import StepsSection
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.settings.about_section import AboutSection
from mikrolaan.ui.settings.computer_section import ComputerSection
from mikrolaan.ui.settings.groups_section import GroupsSection
from mikrolaan.ui.settings.office_section import OfficeSection
from mikrolaan.ui.settings.payment_section import PaymentSection
from mikrolaan.ui.settings.products_section import ProductsSection
from mikrolaan.ui.settings.rates_section import RatesSection
from mikrolaan.ui.settings.security_section import SecuritySection
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.page import MARGIN, Page
from mikrolaan.ui.widgets.tabs import Tabs


class SettingsPage(Page):
    """One tab for each part; a destination may name it: office, computer, security, groups, products, rates, arrears, about."""

    office_changed = Signal(object)  # Office

    def __init__(
        self,
        session: Session,
        runner: TaskRunner,
        *,
        theme_name: Callable[[], str],
        choose_language: Callable[[str], object],
        choose_theme: Callable[[str], object],
    ) -> None:
        super().__init__(_("Settings"))
        self.office = OfficeSection(session)
        self.computer = ComputerSection(theme_name(), choose_language, choose_theme)
        self.security = SecuritySection(session, runner)
        self.groups = GroupsSection(session)
        self.products = ProductsSection(session)
        self.rates = RatesSection(session, runner)
        self.references = PaymentSection(session)
        self.arrears = StepsSection(session)
        self.about = AboutSection(session)
        self.tabs = Tabs()
        for key, title, section in (
            ("office", _("Office"), self.office),
            ("computer", pgettext("settings tab", "Computer"), self.computer),
            ("security", _("Security"), self.security),
            ("groups", pgettext("settings tab", "Groups"), self.groups),
            ("products", _("Products"), self.products),
            ("references", pgettext("settings tab", "References"), self.references),
            ("rates", _("Rates and fees"), self.rates),
            ("arrears", _("Arrears"), self.arrears),
            ("about", pgettext("settings tab", "About"), self.about),
        ):
            self.tabs.add(key, title, section, scrolls=True)
        self.tabs.changed.connect(self.tab_changed)
        self.body.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.body.addWidget(self.tabs, 1)
        for saving in (self.office, self.security, self.groups, self.references):
            saving.saved.connect(self._on_saved)
        self.products.go_to.connect(self.go_to)
        for listing in (self.products, self.rates, self.arrears):
            listing.toast.connect(self.toast)
            listing.toast_with_undo.connect(self.toast_with_undo)
        self.security.password_changed.connect(lambda: self.toast.emit(_("The password is changed.")))

    def opened(self, destination: Destination) -> None:
        self.tabs.show_tab(destination.tab or self.tabs.current_key)
        self.message.say("")
        super().opened(destination)

    def refresh(self) -> None:
        """Show what is kept, except where something typed is not saved yet."""
        for section in (self.office, self.security, self.groups, self.references):
            if not section.is_changed:
                section.refresh()
        self.products.refresh()
        self.rates.refresh()
        self.arrears.refresh()

    def restore_typed(self, typed: dict[str, object]) -> None:
        kept = {name: value for name, value in typed.items() if not name.startswith("screen_")}
        if not self.office.may_change:
            return
        forms = (self.office.form, self.security.lock_form, self.groups.form, self.references.form)
        before = [form.typed() for form in forms]
        super().restore_typed(kept)
        for form, was in zip(forms, before, strict=True):
            if form.typed() != was:
                form.changed.emit()

    def _on_saved(self, office: Office) -> None:
        self.toast.emit(_("Saved."))
        self.office.note(office)
        self.office_changed.emit(office)
