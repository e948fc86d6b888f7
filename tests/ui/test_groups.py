"""Network groups in the window: found, formed, and kept as members join, take roles and leave."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mikrolaan.domain.group import GroupRole, LiabilityForm
from mikrolaan.i18n import use_language
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import unnamed_focusable
from tests.ui.lending import (
    a_group,
    activate,
    an_application,
    auditor,
    choose,
    dialog,
    no_dialog,
    open_window,
    pick,
    press,
    register,
    write,
)

NAME, ROLE, JOINED, LEFT, LOANS, OWED = range(6)


def open_form(qtbot, office):
    window = open_window(qtbot, office.session)
    window.go_to(Destination("group_form"))
    return window, window.current_page


def open_group(qtbot, session, group, tab=""):
    window = open_window(qtbot, session)
    window.go_to(Destination("group", group.id, tab))
    return window, window.current_page


def fill(page, name, *people):
    write(page.name.line, name)
    for number, person in enumerate(people):
        pick(page.members.lines[number].borrower.line, person)


def groups(office):
    return office.session.queries.count_groups("")


def members(page, column):
    model = page.members.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def select(page, name):
    page.members.setCurrentIndex(page.members.model().index(members(page, NAME).index(name), 0))


# -- forming


def test_a_group_is_formed_of_people_found_by_name(qtbot, office):
    register(office, "Ada Berg", "Bea Dahl", "Cleo Eng")
    window, page = open_form(qtbot, office)
    fill(page, "Solsikken", "ada berg", "Bea Dahl", "CLEO ENG")

    page.save_act.trigger()

    assert window.current_page.title() == "Solsikken"
    assert window.current_page.chip.word.text() == "Complete"
    assert members(window.current_page, NAME) == ["Ada Berg", "Bea Dahl", "Cleo Eng"]
    assert members(window.current_page, ROLE) == ["Leader", "Member", "Member"]
    assert window.toast.label.text() == "The group Solsikken is formed."


def test_the_keyboard_alone_forms_a_group(qtbot, office):
    register(office, "Ada Berg", "Bea Dahl", "Cleo Eng")
    window, page = open_form(qtbot, office)
    activate(window)
    assert window.focusWidget() is page.name.line
    page.name.line.setFocus()
    QTest.keyClicks(page.name.line, "Solsikken")
    for _stop in range(4):  # day, calendar, liability, first member
        press(Qt.Key.Key_Tab)
    for letters in ("ada", "bea", "cle"):
        assert window.focusWidget() in [line.borrower.line for line in page.members.lines]
        QTest.keyClicks(window.focusWidget(), letters)
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Tab)
        press(Qt.Key.Key_Tab)
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert members(window.current_page, NAME) == ["Ada Berg", "Bea Dahl", "Cleo Eng"]


def test_too_few_members_are_told_beside_the_line_to_fill(qtbot, office):
    register(office, "Ada Berg", "Bea Dahl")
    _window, page = open_form(qtbot, office)
    fill(page, "Solsikken", "Ada Berg", "Bea Dahl")

    page.save_act.trigger()

    assert page.members.lines[2].borrower.error == "A group has 3 to 5 members. This one would have 2."
    assert groups(office) == 0
    assert page.name.value() == "Solsikken"


def test_the_same_person_twice_is_told_beside_the_second(qtbot, office):
    register(office, "Ada Berg", "Bea Dahl")
    _window, page = open_form(qtbot, office)
    fill(page, "Solsikken", "Ada Berg", "Bea Dahl", "Ada Berg")

    page.save_act.trigger()

    assert page.members.lines[0].borrower.error == ""
    assert page.members.lines[2].borrower.error == "This borrower is a member of the group already."
    assert groups(office) == 0


@pytest.mark.parametrize("roles", [["Member", "Member"], ["Leader", "Leader"]])
def test_a_group_has_exactly_one_leader(qtbot, office, roles):
    register(office, "Ada Berg", "Bea Dahl", "Cleo Eng")
    _window, page = open_form(qtbot, office)
    fill(page, "Solsikken", "Ada Berg", "Bea Dahl", "Cleo Eng")
    for line, role in zip(page.members.lines, roles, strict=False):
        choose(line.role, role)

    page.save_act.trigger()

    assert page.members.lines[0].role.error == "A group has one leader. Choose exactly one."
    assert groups(office) == 0


@pytest.mark.parametrize(
    ("name", "day", "field", "sentence"),
    [
        ("", "5.1.2026", "name", "Fill this in."),
        ("   ", "5.1.2026", "name", "Fill this in."),
        ("Solsikken", "6.1.2026", "formed_on", "The latest allowed date is 5 Jan 2026."),
        ("Solsikken", "soon", "formed_on", "Write a date as day, month and year."),
    ],
)
def test_wrong_input_gets_its_sentence_and_forms_nothing(qtbot, office, name, day, field, sentence):
    register(office, "Ada Berg", "Bea Dahl", "Cleo Eng")
    _window, page = open_form(qtbot, office)
    fill(page, name, "Ada Berg", "Bea Dahl", "Cleo Eng")
    write(page.formed_on.line, day)

    page.save_act.trigger()

    assert getattr(page, field).error == sentence
    assert groups(office) == 0


def test_somebody_who_has_no_case_is_told_beside_the_line(qtbot, office):
    register(office, "Ada Berg", "Bea Dahl", "Cleo Eng")
    _window, page = open_form(qtbot, office)
    fill(page, "Solsikken", "Ada Berg", "Nobody Here", "Cleo Eng")

    page.save_act.trigger()

    assert "Nothing is found" in page.members.lines[1].borrower.error
    assert groups(office) == 0


def test_lines_appear_as_they_are_needed_up_to_the_most_a_group_may_have(qtbot, office):
    _window, page = open_form(qtbot, office)
    assert len(page.members.shown) == 3

    page.more_act.trigger()
    page.more_act.trigger()

    assert len(page.members.shown) == 5
    assert not page.more_act.isVisible()


def test_cancel_empties_the_form_and_undo_brings_back_what_was_typed(qtbot, office):
    register(office, "Ada Berg")
    window, page = open_form(qtbot, office)
    fill(page, "Solsikken", "Ada Berg")
    window.go_to(Destination("groups"))
    window.go_back()
    assert page.name.value() == "Solsikken"

    page.cancel_act.trigger()

    assert window.history.here == Destination("groups")
    assert page.name.is_empty()
    assert page.members.lines[0].borrower.is_empty()
    window.toast.undo_button.click()
    assert window.current_page is page
    assert page.name.value() == "Solsikken"
    assert page.members.lines[0].borrower.line.text() == "Ada Berg"


def test_what_is_typed_stays_when_the_language_changes(qtbot, office):
    (ada,) = register(office, "Ada Berg")
    window, page = open_form(qtbot, office)
    fill(page, "Solsikken", "Ada Berg")
    page.members.lines[0].borrower.check()
    page.more_act.trigger()
    pick(page.members.lines[3].borrower.line, "Half a na")

    use_language("nb")

    again = window.current_page
    assert again is not page
    assert again.name.value() == "Solsikken"
    assert again.members.lines[0].borrower.value() == ada.id
    assert again.members.lines[3].borrower.line.text() == "Half a na"


# -- the list


def test_a_group_is_found_by_letters_of_its_name_and_opened_with_enter(qtbot, office):
    a_group(office, "Solsikken")
    a_group(office, "Fjellrosa", register(office, "Dina Foss", "Eli Gran", "Frøya Haug"))
    window = open_window(qtbot, office.session)
    window.go_to(Destination("groups"))
    page = window.current_page
    assert page.count.text() == "2 groups"

    write(page.search.line, "fjell")
    press(Qt.Key.Key_Return)

    assert window.current_page.title() == "Fjellrosa"


def test_signs_alone_find_no_group(qtbot, office):
    a_group(office)
    window = open_window(qtbot, office.session)
    window.go_to(Destination("groups"))
    page = window.current_page
    with qtbot.waitSignal(page.search.searched):
        write(page.search.line, "...")

    assert page.model.rowCount() == 0
    assert page.nothing_found.isVisible()


def test_a_list_without_groups_offers_the_first(qtbot, office):
    window = open_window(qtbot, office.session)
    window.go_to(Destination("groups"))
    page = window.current_page
    assert page.none_yet.isVisible()
    assert page.count.text() == ""

    write(page.search.line, "zzz")
    page.refresh()
    assert page.none_yet.isVisible()  # no spelling would find one
    assert not page.nothing_found.isVisible()
    page.form_act.trigger()

    assert window.history.here == Destination("group_form")
    qtbot.waitUntil(lambda: not page.search._pause.isActive())


# -- the case


def test_a_member_joins(qtbot, office):
    group = a_group(office)
    register(office, "Dina Foss")
    window, page = open_group(qtbot, office.session, group)
    page.add_member_act.trigger()
    write(dialog().form.fields["members"].line, "din")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)

    assert no_dialog()
    assert members(page, NAME)[-1] == "Dina Foss"
    assert window.toast.label.text() == "The member is added."


@pytest.mark.parametrize(
    ("who", "role", "day", "field", "sentence"),
    [
        ("Ada Berg", "Member", "5.1.2026", "members", "This borrower is a member of the group already."),
        ("Dina Foss", "Leader", "5.1.2026", "members", "A group has one leader. Choose exactly one."),
        ("Dina Foss", "Member", "6.1.2026", "joined_on", "The latest allowed date is 5 Jan 2026."),
        ("Dina Foss", "Member", "4.1.2026", "joined_on", "The earliest allowed date is 5 Jan 2026."),
        ("", "Member", "5.1.2026", "members", "Fill this in."),
    ],
)
def test_a_wrong_member_stays_in_the_dialog(qtbot, office, who, role, day, field, sentence):
    group = a_group(office)
    register(office, "Dina Foss")
    _window, page = open_group(qtbot, office.session, group)
    page.add_member_act.trigger()
    fields = dialog().form.fields
    write(fields["members"].line, who)
    if who:
        press(Qt.Key.Key_Return)
    choose(fields["role"], role)
    write(fields["joined_on"].line, day)

    dialog().act_button.click()

    assert fields[field].error == sentence
    assert office.session.groups.get(group.id) == group


def test_a_sixth_member_is_one_too_many(qtbot, office):
    people = register(office, "Ada Berg", "Bea Dahl", "Cleo Eng", "Dina Foss", "Eli Gran")
    group = a_group(office, people=people)
    register(office, "Frøya Haug")
    _window, page = open_group(qtbot, office.session, group)
    page.add_member_act.trigger()
    pick(dialog().form.fields["members"].line, "Frøya Haug")

    dialog().act_button.click()

    assert dialog().form.fields["members"].error == "A group has 3 to 5 members. This one would have 6."


def test_a_new_leader_takes_over_from_the_former(qtbot, office):
    group = a_group(office)
    _window, page = open_group(qtbot, office.session, group)
    select(page, "Cleo Eng")
    page.role_act.trigger()
    choose(dialog().form.fields["role"], "Leader")
    dialog().act_button.click()

    roles = dict(zip(members(page, NAME), members(page, ROLE), strict=True))
    assert (roles["Cleo Eng"], roles["Ada Berg"]) == ("Leader", "Member")


def test_a_member_leaves_and_the_group_says_that_it_is_too_small(qtbot, office):
    group = a_group(office)
    office.clock.turn(30)
    window, page = open_group(qtbot, office.session, group)
    select(page, "Cleo Eng")
    page.leave_act.trigger()
    write(dialog().form.fields["left_on"].line, "1.1.2026")
    press(Qt.Key.Key_Return)
    assert dialog().form.fields["left_on"].error == "The earliest allowed date is 5 Jan 2026."
    write(dialog().form.fields["left_on"].line, "31.1.2026")
    press(Qt.Key.Key_Return)

    assert no_dialog()
    assert page.chip.word.text() == "Too few members"
    assert "31 Jan 2026" in members(page, LEFT)
    assert window.toast.label.text() == "Cleo Eng is no longer in the group."
    select(page, "Cleo Eng")
    assert not page.role_act.isEnabled()
    assert not page.leave_act.isEnabled()


def test_the_loans_of_the_group_open_with_enter(qtbot, office):
    group = a_group(office)
    an_application(office, group_id=group.id)
    window, page = open_group(qtbot, office.session, group, "loans")
    assert page.loans.model().rowCount() == 1

    activate(window)
    page.loans.setFocus()
    page.loans.setCurrentIndex(page.loans.model().index(0, 0))
    press(Qt.Key.Key_Return)

    assert window.current_page.title() == "Loan 1 · Ada Berg"


def test_a_group_without_loans_says_what_will_be_there(qtbot, office):
    _window, page = open_group(qtbot, office.session, a_group(office), "loans")

    assert page.loans.empty.isVisible()


def test_one_page_shows_one_group_after_another_and_nothing_of_the_former(qtbot, office):
    first = a_group(office)
    second = a_group(office, "Fjellrosa", register(office, "Dina Foss", "Eli Gran", "Frøya Haug"))
    window, page = open_group(qtbot, office.session, first)
    select(page, "Bea Dahl")
    assert page.role_act.isEnabled()

    window.go_to(Destination("group", second.id))

    assert members(page, NAME) == ["Dina Foss", "Eli Gran", "Frøya Haug"]
    assert page.members.selected_row() is None
    assert not page.role_act.isEnabled()

    window.go_to(Destination("group", uuid4()))

    assert "not in the office file" in page.message.label.text()
    assert not page.tabs.isVisible()
    assert not page.add_member_act.isEnabled()
    window.go_to(Destination("group", first.id))
    assert page.tabs.isVisible()
    assert page.add_member_act.isEnabled()


def test_f5_shows_who_joined_meanwhile(qtbot, office):
    group = a_group(office)
    (dina,) = register(office, "Dina Foss")
    window, page = open_group(qtbot, office.session, group)
    office.session.groups.add_member(group.id, dina.id, office.clock.day, GroupRole.MEMBER)

    activate(window)
    QTest.keyClick(window, Qt.Key.Key_F5)

    assert "Dina Foss" in members(page, NAME)


def test_an_auditor_changes_nothing_in_a_group(qtbot, office):
    group = a_group(office)
    register(office, "Dina Foss")
    _window, page = open_group(qtbot, auditor(office), group)
    page.add_member_act.trigger()
    pick(dialog().form.fields["members"].line, "Dina Foss")

    dialog().act_button.click()

    assert dialog().form.message.label.text().startswith("Your role does not allow this.")
    assert office.session.groups.get(group.id) == group


def test_what_members_owe_for_each_other_is_written_on_the_case(qtbot, office):
    people = register(office, "Ada Berg", "Bea Dahl", "Cleo Eng")
    roles = [GroupRole.LEADER, GroupRole.MEMBER, GroupRole.MEMBER]
    chosen = [(person.id, role) for person, role in zip(people, roles, strict=True)]
    group = office.session.groups.form("Solsikken", date(2026, 1, 2), chosen, LiabilityForm.PRO_RATA)
    _window, page = open_group(qtbot, office.session, group)

    assert page._about.text() == "Formed 2 Jan 2026. Liability: Each for an equal share."


def test_everything_that_tab_reaches_has_a_name(qtbot, office):
    group = a_group(office)
    window = open_window(qtbot, office.session)
    for place in ("groups", "group_form"):
        window.go_to(Destination(place))
        assert unnamed_focusable(window.current_page) == []
    for tab in ("members", "loans", "history"):
        window.go_to(Destination("group", group.id, tab))
        assert unnamed_focusable(window.current_page) == []


def test_the_models_keep_qts_rules(qtbot, office, qtmodeltester):
    window, page = open_group(qtbot, office.session, a_group(office))
    qtmodeltester.check(page.members.model())
    window.go_to(Destination("groups"))
    qtmodeltester.check(window.current_page.model)
