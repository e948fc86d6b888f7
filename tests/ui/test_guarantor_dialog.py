"""Guarantors of a loan are added, changed and removed as an officer does it: typed, found, corrected, undone."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from mikrolaan.domain.guarantee_rules import GuaranteeKind
from mikrolaan.domain.identity import Country, read_identity
from mikrolaan.domain.loan import Step
from mikrolaan.domain.synthetic import synthetic_identity
from mikrolaan.i18n import use_language
from mikrolaan.ui.navigation import Destination
from tests.builders import a_person, nok
from tests.ui.lending import (
    a_loan_at,
    activate,
    dialog,
    no_dialog,
    pick,
    press,
    register,
    write,
)
from tests.ui.security import AT_MOST, add, cells, field, guarantors, opened, tick, type_kari

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


# -- adding


def test_an_empty_list_says_what_will_be_there_and_offers_to_add(qtbot, office):
    page = opened(qtbot, office.session, a_loan_at(office, Step.DECISION))
    assert page.security.table.empty.isVisible()
    assert "answer for the loan" in page.security.table.empty.text.text()
    assert not page.security.card.isVisible()

    page.security.acts.add.trigger()
    assert dialog().windowTitle() == "Add a guarantor"
    press(Qt.Key.Key_Escape)
    assert no_dialog()
    assert guarantors(office, page._loan) == []


def test_somebody_new_is_added_and_the_addition_undone(qtbot, office):
    loan = a_loan_at(office, Step.DECISION)
    page = opened(qtbot, office.session, loan)
    page.security.acts.add.trigger()
    type_kari()
    write(field("relation").line, "Sister")
    write(field("at_most").line, "6000")
    tick("on_top", False)
    dialog().act_button.click()

    assert no_dialog()
    assert cells(page.security.table) == [["Kari Vik", "Sister", "Simple", "6 000.00", "Within", "Not signed"]]
    toast = page.window_of_test.toast
    assert toast.label.text() == "Kari Vik is a guarantor of the loan, and has not signed yet."
    assert "Born 1 Mar 1970" in page.security.details.text()
    assert page.security.chosen.name == "Kari Vik"

    toast.undo_button.click()
    assert guarantors(office, loan) == []
    assert page.security.table.empty.isVisible()


def test_a_borrower_of_the_office_is_found_by_name_and_the_case_opened(qtbot, office):
    loan = a_loan_at(office, Step.DECISION)
    bea = register(office, "Bea Dahl")[0]
    page = opened(qtbot, office.session, loan)
    page.security.acts.add.trigger()
    tick("is_borrower", True)
    assert not field("given_names").isVisible()
    assert not field("street").isVisible()
    pick(field("borrower").line, "Bea Dahl")
    write(field("at_most").line, "6000")
    tick("on_top", True)
    dialog().act_button.click()

    assert no_dialog()
    assert guarantors(office, loan)[0].guarantor.borrower_id == bea.id
    assert cells(page.security.table) == [["Bea Dahl", "–", "Simple", "6 000.00", "On top", "Not signed"]]
    went: list[Destination] = []
    page.go_to.connect(went.append)
    page.security.case_link.click()
    assert went == [Destination("borrower", bea.id)]


def test_somebody_new_with_the_number_of_a_borrower_is_told_and_the_borrower_taken(qtbot, office):
    number = read_identity(synthetic_identity(Country.NO, date(1988, 4, 17), 0), Country.NO, office.clock.day)
    loan = a_loan_at(office, Step.DECISION)
    bea = office.session.borrowers.register(
        a_person(given_names="Bea", family_name="Dahl", identity_number=number, birth_date=None)
    )
    page = opened(qtbot, office.session, loan)
    page.security.acts.add.trigger()
    write(field("identity_number").line, number.digits[:-1])
    assert not dialog().form.same_number.isVisible()
    QTest.keyClicks(field("identity_number").line, number.digits[-1])

    message = dialog().form.same_number
    assert message.isVisible()
    assert message.label.text() == f"The borrower Bea Dahl, no. {bea.number}, has this identity number."
    qtbot.waitUntil(message.findChild(QPushButton).isVisible)
    for _stop in range(2):  # the country of the number, then what the message offers
        press(Qt.Key.Key_Tab)
    assert dialog().focusWidget().text() == "&Take this borrower"
    press(Qt.Key.Key_Space)
    assert (field("is_borrower").value(), field("borrower").value()) == (True, bea.id)
    assert dialog().focusWidget() is field("relation").line
    assert not message.isVisible()

    write(field("at_most").line, "6000")
    tick("on_top", True)
    dialog().act_button.click()
    assert no_dialog()
    assert guarantors(office, loan)[0].guarantor.borrower_id == bea.id


def test_somebody_new_with_the_name_and_birth_date_of_a_borrower_is_told_in_any_spelling(qtbot, office):
    loan = a_loan_at(office, Step.DECISION)
    born = date(1970, 3, 1)
    asa = office.session.borrowers.register(a_person(given_names="Åse", family_name="Vik", birth_date=born))
    page = opened(qtbot, office.session, loan)
    page.security.acts.add.trigger()
    type_kari()
    message = dialog().form.same_name
    assert not message.isVisible()  # born on the same day, and another person

    write(field("given_names").line, "Ase")
    assert message.label.text() == f"The borrower Åse Vik, no. {asa.number}, has the same name and birth date."
    write(field("birth_date").line, "2.3.1970")
    assert not message.isVisible()
    write(field("birth_date").line, "1.3.1970")
    assert message.isVisible()

    write(field("at_most").line, "6000")
    tick("on_top", True)
    dialog().act_button.click()  # it may be another one: nobody is stopped
    assert guarantors(office, loan)[0].guarantor.borrower_id is None


def test_what_was_typed_of_somebody_new_is_there_again_when_the_borrower_was_not_meant(qtbot, office):
    loan = a_loan_at(office, Step.DECISION)
    office.session.borrowers.register(a_person(given_names="Kari", family_name="Vik", birth_date=date(1970, 3, 1)))
    page = opened(qtbot, office.session, loan)
    page.security.acts.add.trigger()
    type_kari()
    dialog().form.same_name.findChild(QPushButton).click()
    assert not field("given_names").isVisible()

    tick("is_borrower", False)
    assert field("given_names").text() == "Kari"
    assert dialog().form.same_name.isVisible()


@pytest.mark.parametrize("language", ["en", "nb"])
def test_in_a_window_of_usual_size_nothing_of_the_dialog_is_out_of_sight(qtbot, office, language):
    use_language(language)
    loan = a_loan_at(office, Step.DECISION)
    born = date(1970, 3, 1)
    office.session.borrowers.register(a_person(given_names="Kari", family_name="Vik", birth_date=born))
    page = opened(qtbot, office.session, loan)
    page.window_of_test.resize(1280, 800)
    page.security.acts.add.trigger()

    def all_in_sight() -> bool:
        return bool(dialog().height() <= 760 and dialog().area.verticalScrollBar().maximum() == 0)

    qtbot.waitUntil(all_in_sight)
    dialog().act_button.click()  # a sentence beside each field that is missing
    qtbot.waitUntil(all_in_sight)
    type_kari()
    assert dialog().form.same_name.isVisible()
    qtbot.waitUntil(all_in_sight)
    tick("kind", GuaranteeKind.OWN_DEBT)
    tick("is_borrower", True)
    qtbot.waitUntil(all_in_sight)


def test_what_is_missing_is_told_beside_each_field(qtbot, office):
    page = opened(qtbot, office.session, a_loan_at(office, Step.DECISION))
    page.security.acts.add.trigger()
    dialog().act_button.click()

    told = {name: made.error for name, made in dialog().form.fields.items() if made.error}
    assert told == dict.fromkeys(
        ("given_names", "family_name", "identity_number", "at_most", "on_top"), "Fill this in."
    )
    assert dialog().focusWidget() is field("given_names").line

    type_kari()
    write(field("at_most").line, "0")
    dialog().act_button.click()
    assert field("at_most").error == "The smallest allowed is 0.01."
    assert field("on_top").error == "Fill this in."


def test_nobody_guarantees_a_loan_of_their_own(qtbot, office):
    loan = a_loan_at(office, Step.DECISION, "Amina Ødegård")
    page = opened(qtbot, office.session, loan)
    page.security.acts.add.trigger()
    tick("is_borrower", True)
    pick(field("borrower").line, "Amina Ødegård")
    write(field("at_most").line, "6000")
    tick("on_top", True)
    dialog().act_button.click()

    assert field("borrower").error == "Amina Ødegård is the borrower. Nobody can guarantee a loan of their own."
    assert guarantors(office, loan) == []

    tick("is_borrower", False)
    type_kari()
    dialog().act_button.click()
    assert no_dialog()
    page.security.acts.add.trigger()
    type_kari()
    write(field("at_most").line, "3000")
    tick("on_top", True)
    dialog().act_button.click()
    assert field("given_names").error.startswith("Kari Vik is a guarantor of this loan already.")


def test_what_is_doubtful_is_told_and_stops_nobody(qtbot, office):
    loan = a_loan_at(office, Step.DECISION)
    page = opened(qtbot, office.session, loan)
    page.security.acts.add.trigger()
    assert not dialog().form.doubts.isVisible()
    tick("kind", GuaranteeKind.OWN_DEBT)
    assert "A lawyer must say whether it binds this person." in dialog().form.doubts.label.text()
    field("is_business").box.click()
    assert not dialog().form.doubts.isVisible()
    field("is_business").box.click()
    write(field("at_most").line, "12000.01")  # all that the plan asks for is 12 000
    write(field("until").line, "14.1.2027")  # the last instalment falls due on 15 January 2027
    assert dialog().form.doubts.label.text().split("\n") == [
        "The amount is more than everything the plan asks for.",
        "The law keeps this kind of guarantee from consumers. A lawyer must say whether it binds this person.",
        "The guarantee ends before the last instalment falls due.",
    ]

    type_kari()
    tick("on_top", True)
    dialog().act_button.click()
    assert no_dialog()
    kept = guarantors(office, loan)[0].guarantor.guarantee
    assert (kept.at_most, kept.kind, kept.until) == (nok("12000.01"), GuaranteeKind.OWN_DEBT, date(2027, 1, 14))
    assert kept.is_consumer


# -- changing and removing


def test_a_guarantor_is_changed_until_it_is_signed(qtbot, office):
    loan = a_loan_at(office, Step.PAID_OUT)
    added = add(office, loan, relation="Sister")
    page = opened(qtbot, office.session, loan)
    activate(page.window_of_test)
    QTest.keyClick(page.security.table, Qt.Key.Key_F2)
    assert (field("given_names").text(), field("relation").text()) == ("Kari", "Sister")
    assert (field("on_top").value(), field("birth_date").value()) == (True, date(1970, 3, 1))
    write(field("at_most").line, "7000")
    dialog().act_button.click()
    assert cells(page.security.table)[0][AT_MOST] == "7 000.00"

    office.session.guarantors.sign(added.id, office.clock.day, on_other_paper=True)
    press(Qt.Key.Key_F5)
    for act in (page.security.acts.change, page.security.acts.remove):
        assert not act.isEnabled()
        assert act.toolTip().startswith("This guarantee was signed on 5 Jan 2026")
    QTest.keyClick(page.security.table, Qt.Key.Key_F2)
    assert no_dialog()


def test_a_guarantor_who_has_not_signed_is_removed_and_put_back(qtbot, office):
    loan = a_loan_at(office, Step.DECISION)
    add(office, loan)
    page = opened(qtbot, office.session, loan)

    page.security.acts.remove.trigger()
    assert guarantors(office, loan) == []
    toast = page.window_of_test.toast
    assert toast.label.text() == "Kari Vik is removed from the guarantors."

    toast.undo_button.click()
    assert [known.name for known in guarantors(office, loan)] == ["Kari Vik"]
    assert toast.label.text() == "Kari Vik is on the list again."


# -- hands


def test_the_keyboard_alone_adds_a_guarantor(qtbot, office):
    loan = a_loan_at(office, Step.DECISION)
    page = opened(qtbot, office.session, loan, "overview")
    activate(page.window_of_test)
    QTest.keyClick(page.window_of_test, Qt.Key.Key_G, CONTROL | SHIFT)
    assert page.tabs.current_key == "security"
    assert dialog().focusWidget() is field("is_borrower").buttons[False]
    for text in ("Kari", "Vik"):
        press(Qt.Key.Key_Tab)
        QTest.keyClicks(dialog().focusWidget(), text)
    for _stop in range(3):  # number, country, no number
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)
    QTest.keyClicks(dialog().focusWidget(), "1.3.1970")
    while dialog().focusWidget() is not field("relation").line:
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    QTest.keyClicks(dialog().focusWidget(), "6000")
    press(Qt.Key.Key_Tab)
    assert dialog().focusWidget() is field("on_top").buttons[True]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return)

    assert no_dialog()
    assert cells(page.security.table) == [["Kari Vik", "–", "Simple", "6 000.00", "Within", "Not signed"]]
