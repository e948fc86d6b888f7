"""Products as an administrator meets them: the table in the settings, the form beside its usual loan, the versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mikrolaan.domain.loan_rules import (
    EarlyRepayment,
    InterestRule,
    LateInterest,
    LateInterestBase,
    LoanRules,
    Part,
)
from mikrolaan.domain.product import Product, Span
from mikrolaan.domain.terms import FeePaid, PaymentFreeInterest, Repayment
from mikrolaan.i18n import use_language
from mikrolaan.services.session import Session
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination, PageEntry
from mikrolaan.ui.products import product_pages
from mikrolaan.ui.products.product_page import ProductPage
from mikrolaan.ui.settings.products_section import ProductsSection
from mikrolaan.ui.settings.settings_page import SettingsPage
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import unnamed_focusable
from tests.builders import a_product
from tests.offices import TestOffice
from tests.ui.front_door import HOSTILE
from tests.ui.lending import auditor, choose, press, write

Open = Callable[..., MainWindow]
PRODUCTS = Destination("settings", tab="products")


@pytest.fixture
def open_settings(qtbot: QtBot, qapp: QApplication, office: TestOffice) -> Open:
    """The window on the products of the settings, for the office's administrator or another officer."""

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

        entries = [*product_pages(session), PageEntry("settings", lambda: "Settings", "gear", settings)]
        window = MainWindow(entries, "Fjordfondet", session.officer.name)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.go_to(PRODUCTS)
        return window

    return opened


def section(window: MainWindow) -> ProductsSection:
    page = window.pages["settings"]
    assert isinstance(page, SettingsPage)
    return page.products


def form_page(window: MainWindow) -> ProductPage:
    page = window.current_page
    assert isinstance(page, ProductPage)
    return page


def click(root: QWidget, text: str) -> None:
    (found,) = [made for made in root.findChildren(QPushButton) if made.text() == text and made.isVisible()]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def cells(products: ProductsSection) -> list[list[str]]:
    model = products.table.model()
    return [
        [str(model.index(row, column).data()).replace("\u202f", " ") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def told(root: QWidget) -> str:
    QApplication.processEvents()  # what was just put on the page is shown now
    shown = [made.text() for made in root.findChildren(QLabel) if made.isVisibleTo(root)]
    return " | ".join(shown).replace("\u202f", " ").replace("\u00a0", " ")


def fill(page: ProductPage, **values: str) -> None:
    for name, text in values.items():
        field: Any = page.form.fields[name]
        write(field.line, text)


def test_products_stand_in_a_table_with_state_limits_and_fees(open_settings: Open, office: TestOffice):
    municipal = replace(
        a_product(),
        name="Municipal loan",
        rate_percent=Span.only(0),
        establishment_fee_minor=0,
        instalment_fee_minor=0,
    )
    office.session.products.withdraw(office.session.products.add(municipal).product_id)

    products = section(open_settings())

    assert cells(products) == [
        ["Start-up loan", "Offered", "5 000–200 000", "0–15 %", "3–60", "500, then 35 each"],
        ["Municipal loan", "Withdrawn", "5 000–200 000", "0 %", "3–60", "None"],
    ]


def test_a_new_product_is_made_with_the_keyboard_and_offered(open_settings: Open, office: TestOffice):
    window = open_settings()
    section(window).new_act.trigger()
    page = form_page(window)
    assert page.form.product_name.line.hasFocus()
    assert not page.save_act.isEnabled()

    QTest.keyClicks(page.form.product_name.line, "Harvest loan")
    fill(page, amount_most="80 000", rate_percent_usual="4,5", interest_only_most="6", interest_only_usual="2")
    fill(page, establishment_fee="0", establishment_fee_percent="1.5", instalment_fee="0")
    choose(page.form.repayment, "Serial")
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    kept = office.session.products.offered()[1]
    assert (kept.name, kept.amount.most, kept.rate_percent.usual) == ("Harvest loan", Decimal(80_000), Decimal("4.5"))
    assert (int(kept.interest_only.usual), kept.repayment) == (2, Repayment.SERIAL)
    assert (kept.establishment_fee_minor, kept.establishment_fee_percent) == (0, Decimal("1.5"))
    assert window.toast.label.text() == "Harvest loan is saved as version 1."
    assert window.history.here == PRODUCTS
    assert cells(section(window))[1][0] == "Harvest loan"


def test_a_change_becomes_a_version_that_tells_what_it_changed_and_who_made_it(open_settings: Open, office: TestOffice):
    first = office.session.products.offered()[0]
    office.clock.turn(3)
    window = open_settings()
    click(section(window), "Change")
    page = form_page(window)
    assert page.title() == "Start-up loan"
    assert "This becomes version 2." in told(page.footer)

    fill(page, rate_percent_usual="7")
    click(page, "Save")

    second = office.session.products.offered()[0]
    assert (second.number, second.product_id, second.rate_percent.usual) == (2, first.product_id, Decimal(7))
    shown = told(section(window).details)
    assert "Version 2 · 8 Jan 2026 09:30, by Ingrid Tangen" in shown
    assert "Nominal rate: 0.00% to 15.00%, usually 6.00% → 0.00% to 15.00%, usually 7.00%" in shown
    assert "Version 1 · 5 Jan 2026 09:30, by Ingrid Tangen" in shown
    assert shown.count("→") == 1


def test_the_usual_loan_moves_as_one_types(open_settings: Open):
    window = open_settings()
    section(window).change_act.trigger()
    page = form_page(window)
    fill(page, amount_usual="12 000", rate_percent_usual="0", instalments_usual="12")
    fill(page, establishment_fee="0", instalment_fee="0")

    assert told(page.preview).startswith("The usual loan | NOK 12 000.00 at 0.00%, 12 instalments, paid out today")
    assert page.preview.instalment.figure.text().replace("\u202f", " ") == "1 000.00"
    assert page.preview.rate.figure.text() == "0.00%"
    assert page.preview.cost.figure.text() == "0.00"

    fill(page, instalment_fee="35")
    assert page.preview.instalment.figure.text().replace("\u202f", " ") == "1 035.00"
    assert page.preview.cost.figure.text() == "420.00"

    fill(page, amount_usual="")
    assert page.preview.cost.figure.text() == "–"
    assert "The figures come back when the limits and rules fit together." in told(page.preview)


def test_what_does_not_fit_is_told_beside_its_field_and_not_kept(qtbot: QtBot, open_settings: Open, office: TestOffice):
    window = open_settings()
    section(window).new_act.trigger()
    page = form_page(window)

    fill(page, rate_percent_usual="20")
    qtbot.waitUntil(lambda: bool(page.form.fields["rate_percent_usual"].error), timeout=5_000)
    assert page.form.fields["rate_percent_usual"].error == "The largest allowed is 15."
    page.save()
    assert page.form.product_name.error == "Fill this in."
    assert page.form.fields["rate_percent_usual"].error == "The largest allowed is 15."

    QTest.keyClicks(page.form.product_name.line, "start-up LOAN")
    fill(page, rate_percent_usual="5")
    page.save()
    assert page.form.product_name.error.startswith("There is a product called Start-up loan already.")

    fill(page, product_name="Harvest loan", interest_only_most="60")
    page.save()
    assert page.form.fields["interest_only_most"].error == "The largest allowed is 59."

    fill(page, interest_only_most="0", establishment_fee="6000")
    page.save()
    assert page.form.establishment_fee.error.replace("\u202f", " ") == "The largest allowed is 4 999.99."
    assert len(office.session.products.all()) == 1


def test_forms_that_nobody_may_choose_are_told(open_settings: Open, office: TestOffice):
    window = open_settings()
    section(window).change_act.trigger()
    page = form_page(window)
    for form in (Repayment.ANNUITY, Repayment.BULLET):
        page.form.allowed[form].box.click()

    page.save()
    assert page.form.repayment.error == "Choose one of the forms that are ticked above."

    page.form.allowed[Repayment.SERIAL].box.click()
    assert page.form.repayment.value() is Repayment.INTEREST_ONLY  # the only one left is the one proposed
    assert "Locked: only one form may be chosen." in told(page.form.repayment)
    assert not page.form.repayment.box.isEnabled()
    page.form.allowed[Repayment.INTEREST_ONLY].box.click()
    page.save()
    assert page.form.allowed[Repayment.ANNUITY].error == "Tick at least one form."
    assert office.session.products.offered()[0].number == 1


def test_fields_that_another_choice_makes_needless_are_locked_with_the_reason(open_settings: Open, office: TestOffice):
    window = open_settings()
    section(window).change_act.trigger()
    form = form_page(window).form
    page = form_page(window)
    assert "Locked: no instalment of this product is free of payment." in told(form.payment_free_interest)
    assert "Locked" not in told(form.calendar)

    fill(page, payment_free_most="3", establishment_fee="0")
    choose(form.payment_free_interest, "Paid with")
    choose(form.business_day_rule, "Stays")

    assert form.payment_free_interest.box.isEnabled()
    assert "Locked: no due date is moved" in told(form.calendar)
    assert "Locked: there is no establishment fee." in told(form.establishment_fee_paid)
    page.save()
    kept = office.session.products.offered()[0]
    assert (kept.payment_free_interest, kept.calendar) == (PaymentFreeInterest.ACCRUED, None)

    fill_again = section(window)
    fill_again.change_act.trigger()
    choose(form.business_day_rule, "Moves to the open day before")
    page.save()
    assert form.calendar.error == "Fill this in."


def test_the_rules_by_which_a_loan_lives_are_chosen_and_told(open_settings: Open, office: TestOffice):
    window = open_settings()
    section(window).change_act.trigger()
    page = form_page(window)
    rules = page.form.rules
    assert "Locked: the contract fixes no rate of its own." in told(rules.percent)
    assert "In Norway the law asks for two." in told(rules.notice)

    choose(rules.interest, "By the day")
    choose(rules.allocation, "Principal, interest")
    choose(rules.early_repayment, "Keep the plan")
    choose(rules.late_interest, "A rate that the contract fixes")
    page.save()
    assert rules.percent.error == "Fill this in."
    fill(page, late_interest_percent="9,5", rate_notice_months="25")
    page.save()
    assert rules.notice.error == "The largest allowed is 24."
    choose(rules.base, "Overdue principal only")
    fill(page, rate_notice_months="1")
    rules.reminder_fees.box.click()
    page.save()

    assert office.session.products.offered()[0].rules == LoanRules(
        interest=InterestRule.BY_DAY,
        allocation=(Part.PRINCIPAL, Part.INTEREST, Part.FEES, Part.LATE_INTEREST),
        early_repayment=EarlyRepayment.KEEP_PLAN,
        late_interest=LateInterest.AGREED,
        late_interest_percent=Decimal("9.5"),
        late_interest_base=LateInterestBase.PRINCIPAL,
        reminder_fees=False,
        rate_notice_months=1,
    )
    shown = told(section(window).details)
    assert "A payment settles, in this order: Fees, late interest, interest, principal → Principal, interest" in shown
    assert "Notice of a higher rate: 2 months → 1 month" in shown
    assert "9.50%\nOverdue principal only" in shown


def test_without_late_interest_its_rate_and_base_are_locked_and_an_unusual_order_stays(
    open_settings: Open, office: TestOffice
):
    first = office.session.products.offered()[0]
    unusual = (Part.LATE_INTEREST, Part.PRINCIPAL, Part.FEES, Part.INTEREST)
    office.session.products.change(first, replace(first, rules=LoanRules(allocation=unusual)))
    window = open_settings()
    section(window).change_act.trigger()
    page = form_page(window)
    rules = page.form.rules

    choose(rules.late_interest, "None")
    assert "Locked: no late interest is asked for." in told(rules.base)
    fill(page, late_interest_percent="rubbish")  # a locked field is right as it is
    page.save()

    kept = office.session.products.offered()[0].rules
    assert kept == LoanRules(allocation=unusual, late_interest=LateInterest.NONE)


def test_a_product_is_withdrawn_brought_back_by_undo_and_offered_again(open_settings: Open, office: TestOffice):
    window = open_settings()
    products = section(window)

    click(products, "Withdraw")
    assert office.session.products.offered() == []
    assert cells(products)[0][1] == "Withdrawn"
    assert window.toast.label.text() == "Start-up loan is no longer offered."
    window.undo()
    assert len(office.session.products.offered()) == 1

    click(products, "Withdraw")
    assert "Withdrawn · 5 Jan 2026 09:30, by Ingrid Tangen" in told(products.details)
    click(products, "Offer again")
    assert cells(products)[0][1] == "Offered"
    assert window.toast.label.text() == "Start-up loan is offered again."


def test_a_change_meanwhile_is_told_and_what_is_typed_stays_until_the_page_is_refreshed(
    open_settings: Open, office: TestOffice
):
    window = open_settings()
    section(window).change_act.trigger()
    page = form_page(window)
    fill(page, rate_percent_usual="7")
    first = office.session.products.offered()[0]
    office.session.products.change(first, replace(first, name="Renamed by another"))

    page.save()
    assert "Somebody else changed this meanwhile." in page.message.label.text()
    assert page.form.fields["rate_percent_usual"].peek() == Decimal(7)
    page.refresh()

    assert page.form.product_name.value() == "Renamed by another"
    assert page.form.fields["rate_percent_usual"].peek() == Decimal(6)
    assert office.session.products.offered()[0].number == 2


def test_esc_leaves_without_saving_and_undo_brings_back_what_was_typed(open_settings: Open, office: TestOffice):
    window = open_settings()
    section(window).change_act.trigger()
    page = form_page(window)
    fill(page, rate_percent_usual="7")

    press(Qt.Key.Key_Escape)
    assert window.history.here == PRODUCTS
    assert office.session.products.offered()[0].number == 1
    window.undo()

    assert form_page(window).form.fields["rate_percent_usual"].peek() == Decimal(7)
    page.save()
    assert office.session.products.offered()[0].rate_percent.usual == Decimal(7)


def test_a_half_typed_product_is_there_again_after_a_look_at_another(open_settings: Open, office: TestOffice):
    window = open_settings()
    section(window).new_act.trigger()
    QTest.keyClicks(form_page(window).form.product_name.line, "Harvest loan")
    window.go_to(Destination("product_form", office.session.products.offered()[0].id))
    assert form_page(window).form.product_name.value() == "Start-up loan"
    assert not form_page(window).save_act.isEnabled()

    window.go_to(Destination("product_form"))

    assert form_page(window).form.product_name.value() == "Harvest loan"
    assert form_page(window).save_act.isEnabled()


def test_a_half_typed_product_survives_a_change_of_language(open_settings: Open):
    window = open_settings()
    section(window).new_act.trigger()
    QTest.keyClicks(form_page(window).form.product_name.line, "Høstlån")
    fill(form_page(window), amount_usual="12000", rate_percent_usual="4.5")
    choose(form_page(window).form.establishment_fee_paid, "Added")

    use_language("nb")

    form = form_page(window).form
    assert form.product_name.value() == "Høstlån"
    assert form.fields["rate_percent_usual"].peek() == Decimal("4.5")
    assert form.establishment_fee_paid.value() is FeePaid.ADDED
    assert form_page(window).save_act.isEnabled()
    use_language("en")


@pytest.mark.parametrize("rubbish", HOSTILE)
def test_rubbish_is_answered_and_not_kept(open_settings: Open, office: TestOffice, rubbish: str):
    window = open_settings()
    section(window).change_act.trigger()
    page = form_page(window)
    before = office.session.products.offered()
    for name in ("amount_most", "rate_percent_usual", "instalments_least", "every", "establishment_fee_percent"):
        field: Any = page.form.fields[name]
        field.line.setText(rubbish)
        field.changed.emit()

    page.save()

    assert office.session.products.offered() == before
    assert page.form.first_error is not None


def test_others_than_administrators_read_everything_and_are_told_why(open_settings: Open, office: TestOffice):
    window = open_settings(auditor(office))
    products = section(window)

    assert not [made for made in products.buttons if made.isVisible()]
    assert products.message.label.text().startswith("Only an administrator can change this.")
    assert "NOK 5 000.00 to NOK 200 000.00, usually NOK 50 000.00" in told(products.details)

    window.go_to(Destination("product_form", office.session.products.offered()[0].id))
    page = form_page(window)
    assert page.message.label.text().startswith("Only an administrator can change this.")
    assert page.form.product_name.line.isReadOnly()
    assert not page.form.repayment.box.isEnabled()
    assert not page.save_act.isVisible()


def test_every_field_has_a_name_and_everything_fits_a_narrow_window(open_settings: Open):
    window = open_settings()
    window.resize(1024, 700)
    assert unnamed_focusable(section(window)) == []

    section(window).change_act.trigger()
    QApplication.processEvents()
    page = form_page(window)

    assert unnamed_focusable(page) == []
    content = page.area.widget()
    assert content is not None
    assert content.minimumSizeHint().width() <= page.area.viewport().width()


def test_an_office_without_products_offers_the_first(open_settings: Open, office: TestOffice, monkeypatch):
    monkeypatch.setattr(office.session.products, "all", list)

    products = section(open_settings())

    assert "The office offers no loans yet." in told(products)
    assert not products.change_act.isEnabled()


def test_a_version_opened_by_its_old_id_shows_the_latest(open_settings: Open, office: TestOffice):
    first: Product = office.session.products.offered()[0]
    office.session.products.change(first, replace(first, name="Renamed"))
    window = open_settings()

    window.go_to(Destination("product_form", first.id))

    assert form_page(window).form.product_name.value() == "Renamed"
