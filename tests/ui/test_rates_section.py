"""Rates and fees in the settings, as an administrator enters and corrects them and as others read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from threading import Semaphore
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mikrolaan.domain.collection_fees import CollectionLetter, fee_for
from mikrolaan.domain.guarantee_rules import guarantee_rules
from mikrolaan.domain.identity import Country
from mikrolaan.domain.loan import Step
from mikrolaan.domain.rate_table import RateRow
from mikrolaan.i18n import use_language
from mikrolaan.services.session import Session
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination, PageEntry
from mikrolaan.ui.settings.guarantee_facts import guarantee_facts
from mikrolaan.ui.settings.law_card import LawCard
from mikrolaan.ui.settings.rates_section import RatesSection
from mikrolaan.ui.settings.settings_page import SettingsPage
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import unnamed_focusable
from mikrolaan.ui.widgets.form_dialog import FormDialog
from tests.builders import nok
from tests.offices import TestOffice
from tests.ui.front_door import HOSTILE
from tests.ui.lending import a_loan_at, auditor, choose, press, write

Open = Callable[..., MainWindow]


@pytest.fixture
def open_rates(qtbot: QtBot, qapp: QApplication, office: TestOffice) -> Open:
    """The window on the rates of the settings, for the office's administrator or another officer."""

    def opened(session: Session | None = None) -> MainWindow:
        session = session or office.session

        def settings() -> SettingsPage:
            return SettingsPage(
                session,
                TaskRunner(qapp),
                theme_name=lambda: "",
                choose_language=lambda _code: None,
                choose_theme=lambda _name: None,
            )

        window = MainWindow([PageEntry("settings", lambda: "Settings", "gear", settings)], "Fjordfondet", "Ingrid")
        qtbot.addWidget(window)
        window.resize(1280, 800)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.go_to(Destination("settings", tab="rates"))
        return window

    return opened


def section(window: MainWindow) -> RatesSection:
    page = window.pages["settings"]
    assert isinstance(page, SettingsPage)
    return page.rates


def dialog(window: MainWindow) -> Any:
    """The form that is open."""
    (found,) = [made for made in window.findChildren(FormDialog) if made.isVisible()]
    return found


def fill(shown: FormDialog, **values: str) -> None:
    for name, text in values.items():
        field: Any = shown.form.fields[name]
        write(field.line, text)


def act(shown: Any) -> None:
    QTest.mouseClick(shown.act_button, Qt.MouseButton.LeftButton)


def said(window: MainWindow, qtbot: QtBot, text: str) -> None:
    qtbot.waitUntil(lambda: window.toast.label.text().startswith(text), timeout=5_000)


def row(card: LawCard[Any], at: int = 0) -> list[str]:
    model = card.table.model()
    return [
        str(model.index(at, column).data()).replace("\u202f", " ").replace("\u00a0", " ")
        for column in range(model.columnCount())
    ]


def choose_row(card: LawCard[Any], at: int) -> None:
    card.table.setCurrentIndex(card.table.model().index(at, 0))


def test_a_half_year_without_a_rate_is_told_and_entered_from_the_message(
    open_rates: Open, office: TestOffice, qtbot: QtBot
):
    office.clock.turn(200)  # 24 July 2026
    window = open_rates()
    rates = section(window)
    assert rates.notice.label.text().startswith("The law's rate of late interest for 1 Jul 2026 to 31 Dec 2026 is not")
    assert row(rates.rates)[:3] == ["1 Jul 2026", "31 Dec 2026", "–"]
    assert row(rates.rates)[-1] == "Not entered"

    (link,) = [made for made in rates.notice.findChildren(QPushButton) if made.text() == "Enter it"]
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    shown = dialog(window)
    assert shown.form.fields["first"].peek() == date(2026, 7, 1)
    assert shown.form.fields["last"].peek() == date(2026, 12, 31)
    fill(shown, percent="12,25", source="Norges Bank, 20 June 2026")
    act(shown)

    said(window, qtbot, "The rate is entered.")
    assert office.session.law.rates()[0].row.percent == Decimal("12.25")
    assert row(rates.rates) == ["1 Jul 2026", "31 Dec 2026", "12.25%", "Norges Bank, 20 June 2026", "The office"]
    assert "1 Jan 2027" in rates.notice.label.text()  # the next half-year is not known yet either


def test_a_shipped_rate_is_corrected_withdrawn_and_brought_back_by_undo(
    open_rates: Open, office: TestOffice, qtbot: QtBot
):
    window = open_rates()
    card = section(window).rates
    choose_row(card, 1)
    assert not card.withdraw_act.isEnabled()
    card.table.setFocus()
    press(Qt.Key.Key_Return)

    shown = dialog(window)
    assert (shown.form.fields["percent"].peek(), shown.form.fields["source"].text()) == (Decimal("12.00"), "")
    fill(shown, percent="11.75")
    act(shown)
    assert shown.form.fields["source"].error == "Fill this in."
    fill(shown, source="FOR-2025-12-18")
    act(shown)
    said(window, qtbot, "The rate is entered.")
    assert row(card, 1)[2] == "11.75%"

    choose_row(card, 1)
    card.withdraw_act.trigger()
    said(window, qtbot, "The rate is withdrawn.")
    assert row(card, 1)[2] == "12.00%"
    window.undo()
    qtbot.waitUntil(lambda: row(card, 1)[2] == "11.75%", timeout=5_000)


def test_counting_anew_shows_how_far_it_is_and_cancel_changes_nothing(
    open_rates: Open, office: TestOffice, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    loan_ids = [a_loan_at(office, Step.REPAYING).id for _ in range(2)]
    office.clock.turn(200)
    for loan_id in loan_ids:
        office.session.payments.take(loan_id, nok(6_100), received_on=office.clock.today())
    one_more = Semaphore(0)
    monkeypatch.setattr("mikrolaan.storage.loans.TOLD_EVERY", 1)
    monkeypatch.setattr("mikrolaan.storage.loans.project", lambda *_loan: one_more.acquire(timeout=5))
    window = open_rates()
    rates = section(window)
    rates.enter_rate()
    shown = dialog(window)
    fill(shown, percent="12,25", source="Norges Bank, 20 June 2026")
    act(shown)

    qtbot.waitUntil(rates.counting.isVisible, timeout=5_000)
    one_more.release()
    qtbot.waitUntil(lambda: rates.counting.count.text() == "1 of 2", timeout=5_000)
    assert not rates.rates.isEnabled()
    QTest.mouseClick(rates.counting.cancel_button, Qt.MouseButton.LeftButton)
    one_more.release()

    qtbot.waitUntil(rates.rates.isEnabled, timeout=5_000)
    assert rates.message.label.text() == "Stopped. Nothing was changed."
    assert not rates.counting.isVisible()
    assert [line for line in office.session.law.rates() if line.own] == []
    assert row(rates.rates)[2] == "–"


def test_an_undo_pressed_while_loans_are_counted_anew_waits_its_turn(
    open_rates: Open, office: TestOffice, qtbot: QtBot
):
    window = open_rates()
    rates = section(window)
    entered = office.session.law.enter_rate(RateRow(date(2026, 7, 1), date(2026, 12, 31), Decimal(12), "Norges Bank"))
    assert entered is not None
    rates.refresh()
    choose_row(rates.rates, 0)
    rates.rates.withdraw_act.trigger()
    said(window, qtbot, "The rate is withdrawn.")

    rates.enter_rate()
    shown = dialog(window)
    fill(shown, first="1.1.2027", last="30.6.2027", percent="13", source="Norges Bank")
    act(shown)
    window.undo()

    qtbot.waitUntil(lambda: len([line for line in rates.rates.lines if line.own]) == 2, timeout=5_000)


def test_days_that_the_office_has_a_rate_for_are_refused_beside_the_field(
    open_rates: Open, office: TestOffice, qtbot: QtBot
):
    window = open_rates()
    rates = section(window)
    for percent in ("12.25", "12.5"):
        rates.rates.new_act.trigger()
        shown = dialog(window)
        fill(shown, first="1.7.2026", last="31.12.2026", percent=percent, source="Norges Bank")
        act(shown)
        if percent == "12.25":
            said(window, qtbot, "The rate is entered.")

    assert shown.form.fields["first"].error == (
        "The office has entered a row for 1 Jul 2026 to 31 Dec 2026. Correct that one instead."
    )
    press(Qt.Key.Key_Escape)
    assert len([line for line in office.session.law.rates() if line.own]) == 1


def test_a_fee_is_entered_from_the_one_in_force_and_corrected(open_rates: Open, office: TestOffice, qtbot: QtBot):
    window = open_rates()
    card = section(window).fees
    assert row(card)[:5] == ["Reminder", "1 Jan 2026", "Further notice", "NOK 38.00", "after 14 days, at most 2"]
    choose_row(card, 0)

    card.new_act.trigger()
    shown = dialog(window)
    assert shown.form.fields["first"].is_empty()
    fill(shown, first="1.1.2027", amount="39", source="Finanstilsynet", restart_months="")
    act(shown)
    said(window, qtbot, "The fee is entered.")
    table = office.session.law.fee_table()
    assert fee_for(table, CollectionLetter.REMINDER, date(2027, 1, 1)) == nok(39)
    assert fee_for(table, CollectionLetter.REMINDER, date(2026, 12, 31)) == nok(38)

    choose_row(card, 0)
    card.correct_act.trigger()
    shown = dialog(window)
    choose(shown.form.fields["letter"], "Demand")
    fill(shown, amount="117", last="31.12.2027")
    act(shown)
    said(window, qtbot, "The fee is corrected.")
    table = office.session.law.fee_table()
    assert fee_for(table, CollectionLetter.DEMAND, date(2027, 1, 1)) == nok(117)
    assert fee_for(table, CollectionLetter.REMINDER, date(2027, 1, 1)) == nok(38)

    choose_row(card, 1)  # above it what ships goes on in 2028
    card.withdraw_act.trigger()
    said(window, qtbot, "The fee is withdrawn.")
    window.undo()
    assert office.session.law.fees()[1].own is not None


@pytest.mark.parametrize("rubbish", HOSTILE)
def test_rubbish_is_answered_and_not_kept(open_rates: Open, office: TestOffice, rubbish: str):
    window = open_rates()
    before = office.session.law.rates(), office.session.law.fees()
    for card in (section(window).rates, section(window).fees):
        card.new_act.trigger()
        shown = dialog(window)
        for field in shown.form.fields.values():
            if hasattr(field, "line") and field.name != "source":
                field.line.setText(rubbish)
        act(shown)
        assert shown.form.first_error is not None
        shown.reject()

    assert (office.session.law.rates(), office.session.law.fees()) == before


def test_others_than_administrators_read_the_tables_and_are_told_why(open_rates: Open, office: TestOffice):
    window = open_rates(auditor(office))
    rates = section(window)

    assert rates.message.label.text().startswith("Only an administrator can change this.")
    assert not [made for made in rates.findChildren(QPushButton) if made.isVisible()]
    choose_row(rates.rates, 0)
    rates.rates.table.setFocus()
    press(Qt.Key.Key_Return)
    assert not [made for made in window.findChildren(FormDialog) if made.isVisible()]
    assert row(rates.rates, 1)[2] == "12.00%"


def test_everything_has_a_name_and_speaks_bokmal(open_rates: Open):
    window = open_rates()
    assert unnamed_focusable(section(window)) == []
    section(window).fees.new_act.trigger()
    shown = dialog(window)
    assert unnamed_focusable(shown) == []
    shown.reject()

    use_language("nb")

    assert row(section(window).fees)[0] == "Purring"
    use_language("en")


# -- guarantees


@pytest.mark.parametrize("code", ["en", "nb"])
def test_the_rules_of_guarantees_are_told_with_where_they_are_from(open_rates: Open, code: str) -> None:
    use_language(code)
    card = section(open_rates()).guarantees

    shown = [made.text() for made in card.findChildren(QLabel)]

    within = {
        "en": ("Within 3 months after the default began", "Within 3 weeks after the default began"),
        "nb": ("Innen 3 måneder etter at misligholdet begynte", "Innen 3 uker etter at misligholdet begynte"),
    }
    for told in within[code]:
        assert told in shown
    assert any("§§ 6-3(1)(2)" in text for text in shown)
    assert any("§§ 5-18 and 5-21" in text and "assumed" in text for text in shown)


def test_where_no_rule_is_known_the_card_says_so() -> None:
    use_language("en")
    told = dict(guarantee_facts(guarantee_rules(Country.SE, date(2026, 1, 1))))

    assert told["Notice to members of a group"] == "As to guarantors"
    assert told["Longest guarantee"] == "No limit is known"
    assert told["Needs no notice"] == "No such delay is known"
    assert "assumed" in told["Source"]
    assert "Source for members" not in told
