"""What frames every page: the sidebar with the pages, and the header with search, office and officer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import shorten

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout

from mikrolaan.i18n import _
from mikrolaan.ui import tokens as t
from mikrolaan.ui.icons import icon
from mikrolaan.ui.navigation import PageEntry, page_keys
from mikrolaan.ui.widgets.basics import ElidedLabel, IconLabel, button, icon_button, label, plain_tip

LONGEST_NAME = 32  # characters of the officer's name beside the menu


class Sidebar(QFrame):
    """The pages as icon and word; folded it shows the icons alone, with tooltips."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[PageEntry]) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAccessibleName(_("Pages"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 12, 8, 12)
        layout.setSpacing(4)
        self.brand = label("Mikrolaan", "brand")
        self.brand.setMinimumHeight(32)
        layout.addWidget(self.brand)
        layout.addSpacing(8)
        self.buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._keys = page_keys(entries)
        own = [entry for entry in entries if not entry.under]
        for entry in (*(e for e in own if not e.at_bottom), None, *(e for e in own if e.at_bottom)):
            if entry is None:
                layout.addStretch(1)
                continue
            layout.addWidget(self._button(entry))
        self.fold(False)

    def _button(self, entry: PageEntry) -> QToolButton:
        made = icon_button(entry.icon, entry.title())
        made.setText("  " + entry.title())
        made.setProperty("kind", "page")
        made.setCheckable(True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        keys = self._keys.get(entry.key)
        made.setToolTip(f"{entry.title()} ({keys})" if keys else entry.title())
        made.toggled.connect(lambda on, it=made, name=entry.icon: it.setIcon(icon(name, "primary" if on else "ink")))
        made.clicked.connect(lambda: self.chosen.emit(entry.key))
        self._group.addButton(made)
        self.buttons[entry.key] = made
        return made

    def mark(self, key: str) -> None:
        """Show which page is open."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)

    def fold(self, folded: bool) -> None:
        """Show icons alone, or icons with words."""
        self.brand.setText("M" if folded else "Mikrolaan")
        self.brand.setAlignment(Qt.AlignmentFlag.AlignCenter if folded else Qt.AlignmentFlag.AlignVCenter)
        self.brand.setContentsMargins(0 if folded else 10, 0, 0, 0)
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if folded else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for made in self.buttons.values():
            made.setToolButtonStyle(style)
        widest = max((made.sizeHint().width() for made in self.buttons.values()), default=0) + 18
        self.setFixedWidth(max(t.SIDEBAR_FOLDED_WIDTH if folded else t.SIDEBAR_WIDTH, widest))


class Header(QFrame):
    """Back and forward, the search field, the office's name and the officer's menu."""

    def __init__(self, back: QAction, forward: QAction, search: QAction, officer: str, office: str) -> None:
        super().__init__()
        self.setObjectName("header")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        for act, icon_name in ((back, "arrow-left"), (forward, "arrow-right")):
            made = icon_button(icon_name, act.text())
            made.setDefaultAction(act)
            made.setIcon(icon(icon_name))
            made.setIconSize(QSize(t.ICON_SIZE, t.ICON_SIZE))
            layout.addWidget(made)
        layout.addSpacing(8)
        self.search = button(_("Search or command"), "", "magnifying-glass")
        self.search.setObjectName("search")
        self.search.setToolTip(search.toolTip())
        self.search.setStatusTip(search.statusTip())
        self.search.setMinimumWidth(200)
        self.search.setMaximumWidth(460)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.clicked.connect(search.trigger)
        keys = QHBoxLayout(self.search)
        keys.setContentsMargins(0, 0, 10, 0)
        keys.addStretch(1)
        shortcut = label("Ctrl+K", "caption")
        shortcut.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        keys.addWidget(shortcut)
        layout.addWidget(self.search, 3)
        layout.addStretch(1)
        layout.addWidget(IconLabel("bank", "muted"))
        self.office_label: QLabel = ElidedLabel(office, "muted")
        layout.addWidget(self.office_label)
        layout.addSpacing(8)
        self.officer_button = icon_button("user-circle", _("Officer: {name}").format(name=officer))
        self.show_officer(officer)
        self.officer_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.officer_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.officer_button)
        self.officer_button.setMenu(self.menu)
        layout.addWidget(self.officer_button)

    def show_officer(self, officer: str) -> None:
        """Show the officer's name, shortened where it is long."""
        self.officer_button.setText(shorten(officer, LONGEST_NAME, placeholder="…"))
        self.officer_button.setAccessibleName(_("Officer: {name}").format(name=officer))
        self.officer_button.setToolTip(plain_tip(officer))


def add_choices(menu: QMenu, choices: Sequence[tuple[str, str]], present: str, choose: Callable[[str], object]) -> None:
    """Offer values by their words, one of them ticked; `choose` is given the value taken."""
    group = QActionGroup(menu)
    for value, words in choices:
        act = group.addAction(words)
        act.setCheckable(True)
        act.setChecked(value == present)
        act.setStatusTip(words)
        act.triggered.connect(lambda _checked=False, chosen=value: choose(chosen))
        menu.addAction(act)
