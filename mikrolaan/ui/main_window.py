"""The main window: navigation, menus and status around the pages; what a page holds is the page's own affair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from mikrolaan.i18n import OFFERED, _, current_language, language_name, on_language_changed, use_language
from mikrolaan.ui import theme
from mikrolaan.ui import tokens as t
from mikrolaan.ui.commands import CommandPalette, Hit, Provider, acts_provider
from mikrolaan.ui.icons import icon
from mikrolaan.ui.navigation import Destination, History, PageEntry, page_keys
from mikrolaan.ui.widgets.basics import plain
from mikrolaan.ui.widgets.chrome import Header, Sidebar, add_choices
from mikrolaan.ui.widgets.messages import Toast
from mikrolaan.ui.widgets.page import Page


class MainWindow(QMainWindow):
    """Shows one page at a time; pages are made when first opened, and made anew when the language changes."""

    lock_asked = Signal()
    language_chosen = Signal(str)  # for the settings to remember
    theme_chosen = Signal(str)  # "light" or "dark"

    def __init__(
        self,
        entries: Sequence[PageEntry],
        office_name: str,
        officer_name: str,
        providers: Sequence[Provider] = (),
    ) -> None:
        super().__init__()
        self.entries = {entry.key: entry for entry in entries}
        self.pages: dict[str, Page] = {}
        self.history = History()
        self._office_name, self._officer_name = office_name, officer_name
        self._providers = providers
        self._kept: dict[str, tuple[Destination | None, dict[str, object]]] = {}
        self.resize(1280, 800)
        self.setMinimumSize(640, 480)
        self._build()
        self._end_listening = on_language_changed(self.rebuild)
        self.destroyed.connect(self._end_listening)  # a window inside another is never closed itself

    # -- building

    def _build(self) -> None:
        self._make_acts()
        centre = QWidget()
        centre.setObjectName("centre")
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.sidebar = Sidebar(tuple(self.entries.values()))
        self.sidebar.chosen.connect(lambda key: self.go_to(Destination(key)))
        row.addWidget(self.sidebar)
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addLayout(column, 1)
        self.header = Header(self.back_act, self.forward_act, self.search_act, self._officer_name, self._office_name)
        self._fill_officer_menu(self.header.menu)
        column.addWidget(self.header)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.setCentralWidget(centre)
        self.palette_box = CommandPalette(
            self, [self._find_pages, *self._providers, acts_provider(self._acts_to_offer)]
        )
        self.palette_box.go_to.connect(self.go_to)
        self.toast = Toast(self)
        self.toast.undo_offered.connect(self.undo_act.setEnabled)
        self.undo_act.setEnabled(False)
        self._fold()

    def _act(self, text: str, triggered: Callable[[], object], shortcut: str, tip: str, icon_name: str) -> QAction:
        act = QAction(icon(icon_name), text, self)
        act.setShortcut(QKeySequence(shortcut))
        act.setStatusTip(tip)
        act.setToolTip(f"{tip} ({act.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        act.triggered.connect(lambda _checked=False: triggered())
        self.addAction(act)
        return act

    def _make_acts(self) -> None:
        for old in self.actions():
            self.removeAction(old)
            old.deleteLater()
        self.back_act = self._act(_("Back"), self.go_back, "Alt+Left", _("Go back"), "arrow-left")
        self.forward_act = self._act(_("Forward"), self.go_forward, "Alt+Right", _("Go forward"), "arrow-right")
        self.search_act = self._act(
            _("Search or command"),
            self.open_palette,
            "Ctrl+K",
            _("Find a person, a loan or a command"),
            "magnifying-glass",
        )
        self.refresh_act = self._act(
            _("Refresh"), self.refresh, "F5", _("Show this page as it is now"), "arrows-clockwise"
        )
        self.undo_act = self._act(
            _("Undo"),
            self.undo,
            "Ctrl+Z",
            _("Undo what was done last, while the message offers it"),
            "arrow-counter-clockwise",
        )
        self.lock_act = self._act(
            _("Lock"), self.lock_asked.emit, "Ctrl+L", _("Lock the program until the password is given"), "lock"
        )
        self._act(_("Explain"), self.explain, "F1", _("Say what the figure or field means"), "question")
        keys = page_keys(tuple(self.entries.values()))
        for entry in self.entries.values():
            if not entry.under:
                self._act(
                    _("Go to {page}").format(page=entry.title()),
                    partial(self.go_to, Destination(entry.key)),
                    keys.get(entry.key, ""),
                    _("Open the page {page}").format(page=entry.title()),
                    entry.icon,
                )

    def _fill_officer_menu(self, menu: QMenu) -> None:
        menu.addAction(self.lock_act)
        menu.addSeparator()
        languages = menu.addMenu(icon("globe"), _("Language"))
        add_choices(
            languages, [(code, language_name(code)) for code in OFFERED], current_language().code, self.choose_language
        )
        themes = menu.addMenu(icon("circle-half-tilt"), _("Colours"))
        add_choices(themes, [("light", _("Light")), ("dark", _("Dark"))], theme.current().name, self.choose_theme)

    # -- going

    def go_to(self, destination: Destination) -> None:
        """Open a page, record and tab; a page that does not exist is ignored."""
        if destination.page in self.entries:
            self.history.visit(destination)
            self._show(destination)

    def go_back(self) -> None:
        """The place before this one."""
        self._show(self.history.back())

    def go_forward(self) -> None:
        """The place one went back from."""
        self._show(self.history.forward())

    def refresh(self) -> None:
        """Load the present page again."""
        if self.current_page is not None:
            self.current_page.refresh()

    def explain(self) -> None:
        """Say what the figure, field or button with the cursor means."""
        widget = QApplication.focusWidget()
        while isinstance(widget, QWidget) and widget is not self:
            text = widget.toolTip() or widget.accessibleDescription()
            if text:
                QToolTip.showText(widget.mapToGlobal(QPoint(0, widget.height())), text, widget)
                return
            widget = widget.parentWidget()
        self.say(_("Move to a figure or a field with Tab, then press F1 to read what it means."))

    @property
    def current_page(self) -> Page | None:
        """The page shown."""
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Page) else None

    def _show(self, destination: Destination | None) -> None:
        if destination is None:
            return
        entry = self.entries[destination.page]
        page = self._page(entry)
        self.stack.setCurrentWidget(page)
        self.sidebar.mark(entry.under or entry.key)
        page.opened(destination)
        (page.first_focus or page).setFocus(Qt.FocusReason.OtherFocusReason)
        kept_at, typed = self._kept.pop(entry.key, (None, {}))
        if kept_at is not None and kept_at.is_same_place(destination):
            page.restore_typed(typed)
        self.back_act.setEnabled(self.history.can_go_back)
        self.forward_act.setEnabled(self.history.can_go_forward)
        self._name_window()

    def _page(self, entry: PageEntry) -> Page:
        page = self.pages.get(entry.key)
        if page is None:
            page = self.pages[entry.key] = entry.factory()
            page.go_to.connect(self.go_to)
            page.toast.connect(self.say)
            page.toast_with_undo.connect(self.say)
            page.tab_changed.connect(self.history.note_tab)
            self.stack.addWidget(page)
        return page

    def _name_window(self) -> None:
        title = self.current_page.title() if self.current_page is not None else ""
        self.setWindowTitle(f"{title} – {self._office_name}" if title else self._office_name)

    # -- saying

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """A toast: what was done, with Undo where undo exists."""
        self.toast.say(text, undo)

    def undo(self) -> None:
        """Take back what the toast says was done."""
        self.toast.undo()

    def show_office(self, office_name: str, officer_name: str) -> None:
        """Show other names in the header, after the settings changed them."""
        self._office_name, self._officer_name = office_name, officer_name
        self.header.office_label.setText(office_name)
        self.header.show_officer(officer_name)
        self._name_window()

    # -- search and commands

    def open_palette(self) -> None:
        """The command palette."""
        self.palette_box.open()

    def _find_pages(self, typed: str) -> list[Hit]:
        words = typed.casefold().split()
        return [
            Hit(entry.title(), _("Page"), entry.icon, Destination(entry.key))
            for entry in self.entries.values()
            if not entry.under and all(word in entry.title().casefold() for word in words)
        ]

    def _acts_to_offer(self) -> list[QAction]:
        of_page = list(self.current_page.actions()) if self.current_page is not None else []
        going = {plain(_("Go to {page}").format(page=entry.title())) for entry in self.entries.values()}
        own = [act for act in self.actions() if act is not self.search_act and plain(act.text()) not in going]
        return [*of_page, *own]

    # -- language and colours

    def choose_language(self, code: str) -> None:
        """Speak another language from now on."""
        use_language(code)
        self.language_chosen.emit(code)

    def choose_theme(self, name: str) -> None:
        """Other colours from now on."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply_theme(app, name)
        self.theme_chosen.emit(name)

    def rebuild(self) -> None:
        """Make everything anew in the present language, at the same place, with what was typed."""
        for key, page in self.pages.items():
            self._kept[key] = (page.destination, page.typed())
            page.hide()
            page.deleteLater()
        self.pages.clear()
        for gone in (self.palette_box, self.toast):
            gone.hide()
            gone.deleteLater()
        self._build()
        centre = self.centralWidget()
        if self.isVisible() and centre is not None:
            centre.show()  # Qt itself does so later, and until then the page cannot have the cursor
        self._show(self.history.here)

    # -- Qt

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self.current_page is not None:
            self.current_page.order_head()
        return super().focusNextPrevChild(forward)

    def _fold(self) -> None:
        self.sidebar.fold(self.width() < t.FOLD_BELOW_WIDTH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "sidebar"):
            self._fold()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._end_listening()
        super().closeEvent(event)
