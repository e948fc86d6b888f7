"""The window around the pages: going, coming back, finding, and changing language in the middle of typing."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from mikrolaan.domain.errors import ConflictError
from mikrolaan.i18n import _, use_language
from mikrolaan.ui.commands import Hit
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination, History, PageEntry, page_keys
from mikrolaan.ui.widgets.basics import ElidedLabel, unnamed_focusable
from mikrolaan.ui.widgets.cards import Breadcrumb, KeyFigure, State
from mikrolaan.ui.widgets.fields import SearchField, TextField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.page import CasePage, Page
from mikrolaan.ui.widgets.step_bar import Missing, Step, StepBar, StepState

KARI, OLA = UUID(int=1), UUID(int=2)


class ListPage(Page):
    """A list with a search line and one act."""

    def __init__(self):
        super().__init__(_("Cancel"))  # any text that the catalogue of every language has
        self.made: list[int] = []
        self.refreshed = 0
        self.new_act = self.add_act("&New borrower", lambda: self.made.append(1), shortcut="Ctrl+N")
        self.set_main_action(self.new_act)
        self.set_more_actions([self.add_act("Export the list", lambda: None)])
        self.search = SearchField("search", "Search borrowers")
        self.first_focus = self.search
        self.body.addWidget(self.search)

    def refresh(self):
        self.refreshed += 1


class BorrowerPage(CasePage):
    """A case that shows which record it was opened with."""

    def __init__(self):
        super().__init__()
        self.form = Form()
        self.form.add(TextField("name", "&Name"))
        self.steps = StepBar()
        self.steps.go_to.connect(self.go_to)
        self.add_to_head(self.steps)
        self.add_tab("overview", "Overview", QLabel("Overview"))
        self.add_tab("person", "Person", self.form, scrolls=True)

    def refresh(self):
        assert self.destination is not None
        self.set_breadcrumb([("Borrowers", Destination("borrowers")), ("Borrower", None)])
        name = "Kari Example" if self.destination.record_id == KARI else "Ola Example"
        self.set_case(
            name,
            [KeyFigure("Outstanding", "84 200,00 kr", "What is lent and not yet repaid")],
            State("Repaying", "check-circle", "good"),
        )
        self.steps.show_steps(
            [Step("Enquiry", StepState.DONE), Step("Decision", StepState.CURRENT)],
            [Missing("Budget", Destination("borrower", KARI, "person"))],
        )
        self.form.fields["name"].set_value(name)


def find_people(typed):
    people = {"Kari Example": KARI, "Ola Example": OLA}
    return [
        Hit(name, "Borrower", "user", Destination("borrower", record_id))
        for name, record_id in people.items()
        if typed and typed.lower() in name.lower()
    ]


@pytest.fixture
def window(qtbot):
    entries = [
        PageEntry("borrowers", lambda: "Borrowers", "users", ListPage),
        PageEntry("borrower", lambda: "Borrower", "users", BorrowerPage, under="borrowers"),
        PageEntry("settings", lambda: "Settings", "gear", ListPage, at_bottom=True),
    ]
    window = MainWindow(entries, "Fjord Mikrofond", "Ola Adviser", [find_people])
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.go_to(Destination("borrowers"))
    return window


def test_pages_are_made_when_first_opened(window):
    assert set(window.pages) == {"borrowers"}

    window.sidebar.buttons["settings"].click()

    assert set(window.pages) == {"borrowers", "settings"}
    assert window.windowTitle() == "Cancel – Fjord Mikrofond"


def test_a_case_is_under_its_list_in_the_sidebar(window):
    window.current_page.go_to.emit(Destination("borrower", KARI))

    assert window.current_page.title() == "Kari Example"
    assert window.sidebar.buttons["borrowers"].isChecked()
    assert set(window.sidebar.buttons) == {"borrowers", "settings"}


def test_back_and_forward_go_to_the_same_record_and_tab(qtbot, window):
    window.go_to(Destination("borrower", KARI))
    window.current_page.tabs.setCurrentIndex(1)
    window.go_to(Destination("borrower", OLA))
    assert window.current_page.title() == "Ola Example"
    assert window.current_page.tabs.current_key == "overview"

    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.current_page.title() == "Kari Example"
    assert window.current_page.tabs.current_key == "person"

    window.go_back()
    assert not window.back_act.isEnabled()
    window.go_forward()
    window.go_forward()
    assert window.current_page.title() == "Ola Example"
    assert not window.forward_act.isEnabled()


def test_keys_follow_the_sidebar_as_it_is_shown():
    def page(key, **place):
        return PageEntry(key, lambda: key, "house", Page, **place)

    entries = [page("loans"), page("loan", under="loans"), page("arrears"), page("settings", at_bottom=True)]
    assert page_keys([*entries, page("groups")]) == {
        "loans": "Ctrl+1",
        "arrears": "Ctrl+2",
        "groups": "Ctrl+3",
        "settings": "Ctrl+9",
    }
    many = page_keys([*entries, *(page(f"page {number}") for number in range(12))])
    assert (many["page 5"], many["settings"], "page 6" in many) == ("Ctrl+8", "Ctrl+9", False)


def test_history_forgets_what_lay_ahead_and_counts_a_place_once():
    history = History()
    for page in ("a", "b", "b", "c"):
        history.visit(Destination(page))
    history.back()
    history.visit(Destination("d"))

    assert history.here == Destination("d")
    assert not history.can_go_forward
    assert history.back() == Destination("b")
    assert history.back() == Destination("a")
    assert history.back() is None


def test_what_is_typed_stays_when_the_language_changes(window):
    window.go_to(Destination("borrowers"))
    window.current_page.search.line.setText("ka")
    window.go_to(Destination("borrower", KARI, "person"))
    window.current_page.form.fields["name"].line.setText("Kari Unfinished")
    before = window.current_page

    use_language("nb")

    assert window.current_page is not before
    assert window.current_page.tabs.current_key == "person"
    assert window.current_page.form.fields["name"].line.text() == "Kari Unfinished"
    window.go_back()
    assert window.current_page.search.line.text() == "ka"


def test_what_was_typed_in_one_case_is_not_put_into_another(window):
    window.go_to(Destination("borrower", KARI))
    window.current_page.form.fields["name"].line.setText("Kari Unfinished")
    window.go_to(Destination("borrowers"))
    use_language("nb")

    window.go_to(Destination("borrower", OLA))

    assert window.current_page.form.fields["name"].line.text() == "Ola Example"


def test_the_palette_finds_people_pages_and_acts(qtbot, window):
    window.open_palette()
    palette = window.palette_box
    qtbot.keyClicks(palette.line, "ola")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.current_page.title() == "Ola Example"
    assert not palette.isVisible()

    window.go_to(Destination("borrowers"))
    window.open_palette()
    qtbot.keyClicks(palette.line, "new borr")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.current_page.made == [1]

    window.open_palette()
    qtbot.keyClicks(palette.line, "zzz")
    assert palette.nothing.isVisible()
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    qtbot.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_the_keys_of_the_window(qtbot, window):
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_N, control)
    assert window.current_page.made == [1]

    refreshed = window.current_page.refreshed
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert window.current_page.refreshed == refreshed + 1

    with qtbot.waitSignal(window.lock_asked):
        qtbot.keyClick(window, Qt.Key.Key_L, control)
    qtbot.keyClick(window, Qt.Key.Key_K, control)
    assert window.palette_box.isVisible()
    qtbot.keyClick(window.palette_box.line, Qt.Key.Key_Escape)
    qtbot.keyClick(window, Qt.Key.Key_9, control)
    assert window.history.here == Destination("settings")


def test_no_two_acts_share_a_key(window):
    window.go_to(Destination("borrower", KARI))
    window.go_to(Destination("borrowers"))
    acts = [*window.actions(), *window.current_page.actions()]
    keys = [act.shortcut().toString() for act in acts if not act.shortcut().isEmpty()]

    assert sorted(keys) == sorted(set(keys))
    assert all(act.text() and act.statusTip() for act in acts)


def test_everything_that_tab_reaches_has_a_name(window):
    for destination in (Destination("borrowers"), Destination("borrower", KARI, "person"), Destination("settings")):
        window.go_to(destination)
        assert unnamed_focusable(window) == []


def test_a_narrow_window_shows_the_sidebar_as_icons(window):
    window.resize(1280, 800)
    wide = window.sidebar.width()
    window.resize(1024, 700)

    assert window.sidebar.width() < wide / 2
    assert window.width() == 1024
    button = window.sidebar.buttons["borrowers"]
    assert button.accessibleName() == "Borrowers"
    assert button.toolTip()


def test_a_page_of_the_largest_type_still_fits_1024_by_700(window, qapp):
    from mikrolaan.ui.theme import apply_theme

    window.go_to(Destination("borrower", KARI, "person"))
    apply_theme(qapp, "light", 1.4)
    try:
        assert window.minimumSizeHint().width() <= 1024
        assert window.minimumSizeHint().height() <= 700
    finally:
        apply_theme(qapp, "light")


def test_a_toast_offers_undo_once(qtbot, window):
    undone = []
    window.current_page.toast_with_undo.emit("The group was closed.", lambda: undone.append(1))
    assert window.toast.isVisible()
    assert window.toast.label.text() == "The group was closed."

    window.toast.undo_button.click()
    window.toast.undo_button.click()

    assert undone == [1]
    assert not window.toast.isVisible()
    assert not window.undo_act.isEnabled()
    window.current_page.toast_with_undo.emit("The group was closed.", lambda: undone.append(2))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1, 2]
    window.current_page.toast.emit("Saved.")
    assert not window.toast.undo_button.isVisible()


def test_a_missing_thing_on_the_step_bar_leads_there(window):
    window.go_to(Destination("borrower", KARI))
    window.current_page.steps.go_to.emit(Destination("borrower", KARI, "person"))

    assert window.current_page.tabs.current_key == "person"
    assert window.current_page.steps.accessibleName() == "Step: Decision"


def test_the_colours_change_at_once_and_are_told(qtbot, window, qapp):
    try:
        with qtbot.waitSignal(window.theme_chosen) as told:
            window.choose_theme("dark")
        assert told.args == ["dark"]
        assert qapp.palette().window().color().name().upper() == "#14191C"
    finally:
        window.choose_theme("light")


def test_an_error_of_the_whole_page_stands_on_it_with_what_to_do(window):
    window.current_page.tell(ConflictError())

    assert window.current_page.message.isVisible()
    assert "F5" in window.current_page.message.label.text()


def test_names_of_any_length_fit_the_smallest_window(window):
    window.go_to(Destination("borrower", KARI))
    window.show_office("Fond " * 40, "Ola " * 40)
    window.current_page.set_case("Kari " * 40)
    window.current_page.set_breadcrumb([("Borrowers", Destination("borrowers")), ("Kari " * 40, None)])
    window.resize(1024, 700)

    assert window.minimumSizeHint().width() <= 1024
    assert window.width() == 1024


def test_a_long_name_on_the_way_here_keeps_its_beginning_and_the_steps_beside_it_stay_whole(window):
    window.go_to(Destination("borrower", KARI))
    page, name = window.current_page, "Berg & Dahl " * 20
    steps = [("Loans", Destination("borrowers")), (name, Destination("borrower", KARI)), ("Loan 18", None)]
    page.set_breadcrumb(steps)
    window.resize(1024, 700)
    QApplication.processEvents()

    (crumbs,) = page.findChildren(Breadcrumb)
    loans, long = (link for link in crumbs.findChildren(QPushButton) if not link.isHidden())
    last = next(shown for shown in crumbs.findChildren(ElidedLabel) if shown.text() == "Loan 18")
    assert long.width() < long.sizeHint().width()  # cut, as its tooltip tells
    assert (long.toolTip(), long.accessibleName()) == (name, name)
    assert loans.width() >= loans.sizeHint().width()
    assert last.width() >= last.sizeHint().width()
    drawn = long.option().text
    assert drawn.startswith("Berg && Dahl Berg && Dahl")
    assert drawn.endswith("…")


def test_the_language_is_chosen_in_the_officers_menu(qtbot, window):
    menus = [act.menu() for act in window.header.menu.actions() if act.menu() is not None]
    acts = {act.text(): act for menu in menus for act in menu.actions()}

    with qtbot.waitSignal(window.language_chosen) as told:
        acts["Norsk bokmål"].trigger()

    assert told.args == ["nb"]
    assert window.current_page.title() == _("Cancel")


def test_two_fields_of_the_same_name_keep_their_own_texts(qtbot):
    def page_with_two_names():
        page = Page("Person and enterprise")
        for _number in range(2):
            form = Form()
            form.add(TextField("name", "Name"))
            page.body.addWidget(form)
        qtbot.addWidget(page)
        return page

    page = page_with_two_names()
    person, enterprise = page.findChildren(TextField)
    person.set_value("Kari")
    enterprise.set_value("Kari's Bakery")
    again = page_with_two_names()
    again.restore_typed(page.typed())

    assert [field.value() for field in again.findChildren(TextField)] == ["Kari", "Kari's Bakery"]


def test_a_window_that_is_gone_no_longer_hears_of_a_change_of_language(qtbot):
    window = MainWindow([PageEntry("borrowers", lambda: "Borrowers", "users", ListPage)], "Fond", "Ola")
    window.go_to(Destination("borrowers"))
    gone: list[bool] = []
    window.destroyed.connect(lambda: gone.append(True))
    window.deleteLater()
    qtbot.waitUntil(lambda: gone == [True])

    use_language("nb")  # would raise on the window that Qt has deleted
