"""The Security tab of a loan: who answers for it, who signed, was released and told, and what each role may do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import cast
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mikrolaan.app import print_paper
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.group import LiabilityForm
from mikrolaan.domain.loan import Step
from mikrolaan.domain.office import Officer, Role
from mikrolaan.i18n import use_language
from mikrolaan.services.session import OpenFile, Session
from mikrolaan.ui.widgets.basics import unnamed_focusable
from tests.builders import a_person
from tests.ui.lending import (
    a_loan_at,
    activate,
    auditor,
    dialog,
    no_dialog,
    press,
)
from tests.ui.security import NAME, STATE, add, cells, field, in_default, opened, plain

CONTROL = Qt.KeyboardModifier.ControlModifier


def with_roles(office, *roles):
    """The same file in the hands of an officer with these roles alone."""
    file = office.session.file
    officer = Officer(uuid4(), "Ole Berg", frozenset(roles))
    desk = replace(file.desk(), officer=officer)
    seen = SimpleNamespace(path=file.path, officer=officer, queries=file.queries, desk=lambda: desk, close=file.close)
    return Session(cast(OpenFile, seen), print_paper)


# -- the contract


def test_a_contract_that_does_not_name_the_guarantors_is_issued_again(qtbot, office):
    loan = a_loan_at(office, Step.SIGNED)
    page = opened(qtbot, office.session, loan, "overview")
    assert not page.outdated.isVisible()
    add(office, loan)
    press(Qt.Key.Key_F5)
    assert page.outdated.isVisible()
    assert page._main_button.text() == "Make a new contract"

    page.sign_act.trigger()
    dialog().act_button.click()
    assert field("signed_on").error.startswith(
        "The guarantors have changed since the contract was issued on 5 Jan 2026."
    )
    dialog().reject()
    assert office.session.loans.get(loan.id).step is Step.SIGNED

    page.outdated._link.click()
    activate(page.paper)
    QTest.keyClick(page.paper, Qt.Key.Key_Return, CONTROL)
    page.paper.reject()
    assert not page.outdated.isVisible()
    assert page._main_button.text() == "Note the signatures"

    page.sign_act.trigger()
    assert field("guarantor_0").box.text() == "Kari Vik"
    dialog().act_button.click()
    page.tabs.show_tab("security")
    assert cells(page.security.table)[0][STATE] == "Answers until 5 Jan 2036"  # ten years


def test_a_guarantor_may_sign_later_than_the_others(qtbot, office):
    loan = a_loan_at(office, Step.CONTRACT)
    add(office, loan)
    add(office, loan, a_person(given_names="Per", family_name="Li", birth_date=date(1960, 1, 1)))
    office.session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    page = opened(qtbot, office.session, loan)
    assert page.security.acts.sign.toolTip().startswith("Guarantors sign with the contract.")
    page.sign_act.trigger()
    field("guarantor_1").box.click()
    dialog().act_button.click()
    assert [row[STATE] for row in cells(page.security.table)] == ["Answers until 5 Jan 2036", "Not signed"]

    office.clock.turn(7)
    page.security.table.setCurrentIndex(page.security.model.index(1, 0))
    page.security.acts.sign.trigger()
    assert not field("on_other_paper").isVisible()  # the contract states the guarantee
    dialog().act_button.click()
    assert cells(page.security.table)[1][STATE] == "Answers until 12 Jan 2036"
    assert page.window_of_test.toast.label.text() == "Per Li answers for the loan."


def test_the_overview_names_the_guarantors_only_where_there_are_any(qtbot, office):
    loan = a_loan_at(office, Step.DECISION)
    page = opened(qtbot, office.session, loan, "overview")
    assert "Guarantors" not in words_of(page.overview.decision_card)

    add(office, loan)
    press(Qt.Key.Key_F5)
    assert plain(words_of(page.overview.decision_card)["Guarantors"]) == "Kari Vik, at most NOK 12 000.00, not signed"


def words_of(card):
    grid = card._grid
    shown = range(grid.rowCount())
    pairs = [(grid.itemAtPosition(row, 0), grid.itemAtPosition(row, 1)) for row in shown]
    return {word.widget().text(): told.widget().text() for word, told in pairs if word is not None}


# -- signing on another paper, releasing, taking back


def test_a_guarantor_who_comes_later_signs_a_declaration(qtbot, office):
    loan = a_loan_at(office, Step.REPAYING)
    add(office, loan)
    page = opened(qtbot, office.session, loan)
    page.security.acts.sign.trigger()
    dialog().act_button.click()
    assert field("signed_on").error.startswith("No paper states this guarantee as it stands.")
    dialog().reject()

    page.security.acts.declare.trigger()
    activate(page.paper)
    QTest.keyClick(page.paper, Qt.Key.Key_Return, CONTROL)
    assert "G-" in page.paper.windowTitle()
    page.paper.reject()
    page.security.acts.sign.trigger()
    dialog().act_button.click()
    assert no_dialog()
    assert cells(page.security.table)[0][STATE] == "Answers until 15 Jan 2036"


def test_a_guarantor_is_released_with_a_reason_and_the_release_taken_back(qtbot, office):
    loan = a_loan_at(office, Step.REPAYING)
    add(office, loan)
    page = opened(qtbot, office.session, loan)
    acts = page.security.acts
    assert acts.release.toolTip().startswith("This guarantee was never signed")
    acts.sign.trigger()
    field("on_other_paper").box.click()
    dialog().act_button.click()
    assert not acts.sign.isEnabled()

    acts.release.trigger()
    dialog().act_button.click()
    assert field("reason").error == "Fill this in."
    QTest.keyClicks(field("reason").box, "Half the loan is repaid")
    dialog().act_button.click()
    assert cells(page.security.table)[0][STATE] == "Released on 15 Jan 2026"
    assert "Half the loan is repaid" in page.security.details.text()
    assert (acts.release.isEnabled(), acts.take_back.isEnabled()) == (False, True)

    acts.take_back.trigger()
    QTest.keyClicks(field("reason").box, "Wrong loan")
    dialog().act_button.click()
    assert cells(page.security.table)[0][STATE] == "Answers until 15 Jan 2036"
    assert page.window_of_test.toast.label.text() == "The release of Kari Vik is taken back."
    assert "Wrong loan" in page.security.details.text()


def test_a_release_is_undone_from_its_message(qtbot, office):
    loan = a_loan_at(office, Step.REPAYING)
    guarantor = add(office, loan)
    office.session.guarantors.sign(guarantor.id, office.clock.day, on_other_paper=True)
    page = opened(qtbot, office.session, loan)
    page.security.acts.release.trigger()
    QTest.keyClicks(field("reason").box, "Half the loan is repaid")
    dialog().act_button.click()

    page.window_of_test.toast.undo_button.click()

    assert cells(page.security.table)[0][STATE] == "Answers until 15 Jan 2036"
    assert "Undone right after it was typed" in page.security.details.text()


def test_a_guarantee_that_has_run_out_is_told(qtbot, office):
    loan = a_loan_at(office, Step.REPAYING)
    guarantor = add(office, loan, until=date(2026, 6, 30))
    office.session.guarantors.sign(guarantor.id, office.clock.day, on_other_paper=True)
    office.clock.day = date(2026, 7, 1)

    page = opened(qtbot, office.session, loan)

    assert cells(page.security.table)[0][STATE] == "Expired on 30 Jun 2026"


# -- who answers, and the notice of a default


@pytest.mark.parametrize(
    ("liability", "sentence", "share"),
    [  # 12 000 kroner are owed, without interest
        (LiabilityForm.JOINT, "each for everything that is owed.", "12 000.00"),
        (LiabilityForm.PRO_RATA, "each for an equal share of what is owed.", "6 000.00"),
    ],
)
def test_members_who_answer_for_each_other_are_listed(qtbot, office, liability, sentence, share):
    loan = in_default(office, liability)
    office.clock.day = date(2026, 2, 1)  # nothing is due yet

    card = opened(qtbot, office.session, loan).security.card

    assert card.isVisible()
    assert not card.message.isVisible()
    assert card.members.text().endswith(sentence)
    assert "Solsikken" in card.members.text()
    assert cells(card.table) == [
        ["Bea Dahl", "Member of the group", share, "–"],
        ["Cleo Eng", "Member of the group", share, "–"],
    ]


@pytest.mark.parametrize("liability", [LiabilityForm.MORAL, LiabilityForm.SAVINGS_BACKED])
def test_members_who_do_not_answer_are_not_listed(qtbot, office, liability):
    assert not opened(qtbot, office.session, in_default(office, liability)).security.card.isVisible()


@pytest.mark.parametrize(
    ("day", "state", "tone", "sentence"),
    [  # the default began on 15 February; three weeks later the notice to members must be given
        (date(2026, 2, 21), "Due by 8 Mar 2026", "muted", "must have written notice by 8 Mar 2026."),
        (date(2026, 2, 22), "Due by 8 Mar 2026", "warn", "must have written notice by 8 Mar 2026, in 14 days."),
        (date(2026, 3, 8), "Due by 8 Mar 2026", "warn", "must have written notice today."),
        (date(2026, 3, 9), "Was due 8 Mar 2026", "bad", "was due 8 Mar 2026. Give it now."),
    ],
)
def test_the_notice_of_a_default_grows_urgent(qtbot, office, day, state, tone, sentence):
    loan = in_default(office, LiabilityForm.JOINT)
    office.clock.day = day

    card = opened(qtbot, office.session, loan).security.card

    assert cells(card.table)[0][3] == state
    assert card.model.columns[3].state(card.model.row(0)).tone == tone
    assert card.message.label.text().endswith(sentence)


def test_a_notice_given_on_another_paper_is_noted_for_each(qtbot, office):
    loan = in_default(office, LiabilityForm.JOINT)
    page = opened(qtbot, office.session, loan)
    card = page.security.card
    page.security.acts.notify.trigger()
    assert "Bea Dahl had written notice" in dialog().text.text()
    dialog().act_button.click()
    assert [row[3] for row in cells(card.table)] == ["Given", "Due by 8 Mar 2026"]
    assert page.security.acts.notify.toolTip() == "This person has had notice of the default already."

    card.table.setCurrentIndex(card.model.index(1, 0))
    page.security.acts.notify.trigger()
    dialog().act_button.click()
    assert card.message.label.text() == "Everybody who answers for the loan has had written notice of the default."
    assert page.window_of_test.toast.label.text() == "The notice to Cleo Eng is noted."


def test_a_guarantor_is_told_of_a_default_too(qtbot, office):
    loan = in_default(office)
    guarantor = add(office, loan)
    office.session.guarantors.sign(guarantor.id, date(2026, 1, 20), on_other_paper=True)

    card = opened(qtbot, office.session, loan).security.card

    assert cells(card.table) == [["Kari Vik", "Guarantor", "12 000.00", "Due by 15 May 2026"]]
    assert not card.members.isVisible()


# -- hands, roles, and what is heard


def test_the_command_palette_offers_the_acts_that_can_be_done(qtbot, office):
    loan = a_loan_at(office, Step.DECISION)
    add(office, loan)
    page = opened(qtbot, office.session, loan)

    offered = [act.text() for act in page.window_of_test._acts_to_offer() if act.isEnabled()]
    assert {"Add a guarantor…", "Change the guarantor…", "Remove the guarantor"} <= set(offered)
    assert "Release the guarantor…" not in offered

    page.tabs.show_tab("overview")  # one no longer sees who is chosen
    offered = [act.text() for act in page.window_of_test._acts_to_offer() if act.isEnabled()]
    assert "Add a guarantor…" in offered
    assert "Change the guarantor…" not in offered


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.ADVISER, {"sign"}),
        (Role.APPROVER, {"sign", "release"}),
        (Role.BOOKKEEPER, {"sign"}),
    ],
)
def test_every_role_may_do_its_own(qtbot, office, role, may):
    loan = a_loan_at(office, Step.REPAYING)
    signed = add(office, loan)
    office.session.guarantors.sign(signed.id, office.clock.day, on_other_paper=True)
    add(office, loan, a_person(given_names="Per", family_name="Li", birth_date=date(1960, 1, 1)))
    page = opened(qtbot, with_roles(office, role), loan)
    acts = page.security.acts

    assert acts.release.isEnabled() == ("release" in may)
    page.security.table.setCurrentIndex(page.security.model.index(1, 0))
    assert acts.sign.isEnabled() == ("sign" in may)
    writes = role is not Role.BOOKKEEPER
    assert [act.isEnabled() for act in (acts.add, acts.change, acts.remove, acts.declare)] == [writes] * 4


def test_an_auditor_sees_the_list_and_changes_nothing(qtbot, office):
    loan = a_loan_at(office, Step.REPAYING)
    add(office, loan)
    page = opened(qtbot, auditor(office), loan)

    assert cells(page.security.table)[0][NAME] == "Kari Vik"
    assert not any(act.isEnabled() for act in page.security.acts.all)
    assert page.security.acts.add.toolTip().startswith("Your role does not allow this.")


def test_a_closed_loan_takes_no_guarantor(qtbot, office):
    loan = a_loan_at(office, Step.DECISION)
    office.session.loans.withdraw(loan.id, reason="Changed her mind")
    page = opened(qtbot, office.session, loan)

    assert not page.security.acts.add.isEnabled()
    assert page.security.acts.add.toolTip().startswith("The loan is at the step “Closed”")


@pytest.mark.parametrize("language", ["en", "nb"])
def test_everything_that_tab_reaches_has_a_name(qtbot, office, language):
    use_language(language)
    loan = in_default(office, LiabilityForm.JOINT)
    add(office, loan)
    page = opened(qtbot, office.session, loan)
    assert unnamed_focusable(page.window_of_test) == []

    page.security.acts.add.trigger()
    shown = dialog()
    assert unnamed_focusable(shown) == []
    letters = [
        made.text()[made.text().index("&") + 1].lower()
        for made in (each.label for each in shown.form.fields.values() if each.isVisible())
        if "&" in made.text()
    ]
    assert sorted(letters) == sorted(set(letters))
    shown.reject()
