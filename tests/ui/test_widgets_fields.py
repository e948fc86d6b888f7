"""What an adviser types is read as meant, or refused with a sentence beside the field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLineEdit

from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.domain.money import Currency, Money
from mikrolaan.i18n import use_language
from mikrolaan.ui.widgets.basics import unnamed_focusable
from mikrolaan.ui.widgets.fields import (
    Field,
    IdentityField,
    MultilineField,
    PasswordField,
    SearchField,
    TextField,
)
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.value_fields import (
    CalendarPopup,
    ChoiceField,
    CountField,
    DateField,
    MoneyField,
    PercentField,
    YesNoField,
)


def nok(kroner):
    return Money.from_decimal(kroner, Currency.NOK)


def today():
    return date(2026, 3, 10)


@pytest.fixture
def amount(qtbot):
    field = MoneyField("principal", "&Amount", Currency.NOK, smallest=nok(1_000), largest=nok(200_000))
    qtbot.addWidget(field)
    field.show()
    return field


@pytest.mark.parametrize("typed", ["50000", "50 000", " 50 000,00 \n", "50\u202f000", "50000.00"])
def test_one_amount_in_many_ways_of_writing(qtbot, amount, typed):
    amount.line.setText(typed)

    assert amount.value() == nok(50_000)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Fill this in."),
        ("fifty", "Write a number with digits only."),
        ("999", "The smallest allowed is 1\u202f000.00."),
        ("200000,01", "The largest allowed is 200\u202f000.00."),
        ("-5000", None),
        ("9" * 39, None),
        ("50000,123", None),
        ("🙂", None),
    ],
)
def test_a_wrong_amount_is_told_beside_the_field(qtbot, amount, typed, sentence):
    amount.line.setText(typed)

    assert not amount.check()
    assert amount.peek() is None
    assert amount.error
    assert amount.error_label.isVisible()
    assert sentence is None or amount.error == sentence
    assert amount.editor.accessibleDescription() == amount.error


def test_the_sentence_goes_away_as_soon_as_one_types(qtbot, amount):
    amount.check()

    qtbot.keyClicks(amount.line, "5")

    assert amount.error == ""


def test_leaving_the_field_writes_the_amount_as_the_language_does(qtbot):
    use_language("nb")
    form = Form()
    qtbot.addWidget(form)
    amount = form.add(MoneyField("principal", "Beløp", Currency.NOK))
    form.add(TextField("purpose", "Formål"))
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    amount.line.setFocus()

    qtbot.keyClicks(amount.line, "1234,5")
    form.fields["purpose"].editor.setFocus()

    assert amount.line.text() == "1\u202f234,50"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_no_typed_text_raises_out_of_a_check(qtbot, typed):
    for field in _one_of_each():
        if isinstance(field.editor, QLineEdit):
            field.line.setText(typed)
        field.check()
        assert field.peek() is None or not field.error


def _one_of_each(cache=[]):  # noqa: B006 - the widgets are made once for all examples
    if not cache:
        cache += [
            TextField("name", "Name"),
            MoneyField("amount", "Amount", Currency.NOK),
            PercentField("rate", "Rate"),
            CountField("term", "Term"),
            DateField("due", "Due", today),
            PasswordField("password", "Password"),
        ]
    return cache


def test_a_rate_is_exact(qtbot):
    field = PercentField("rate", "Rate", largest=Decimal(40))
    qtbot.addWidget(field)

    field.line.setText("8,25")
    assert field.value() == Decimal("8.25")

    field.line.setText("40,01")
    with pytest.raises(InvalidValue) as raised:
        field.value()
    assert (raised.value.field, raised.value.problem) == ("rate", Problem.TOO_LARGE)


@pytest.mark.parametrize("typed", ["0", "-5", "121", "99999999999999"])
def test_a_count_outside_its_limits_is_told_the_limits_of_its_own_field(qtbot, typed):
    field = CountField("term", "Term", unit="months", smallest=1, largest=120)
    qtbot.addWidget(field)

    field.line.setText(typed)
    assert not field.check()
    assert field.error in ("The smallest allowed is 1.", "The largest allowed is 120.")


def test_a_count_of_months_has_limits(qtbot):
    field = CountField("term", "Term", unit="months", smallest=1, largest=120)
    qtbot.addWidget(field)

    field.line.setText("0")
    assert not field.check()
    field.line.setText("1.5")
    assert not field.check()
    assert field.error == "Write a whole number."
    field.line.setText("36")
    assert field.value() == 36


def test_a_date_is_typed_or_chosen_in_the_calendar(qtbot):
    field = DateField("due", "First &due", today, earliest=date(2026, 3, 10))
    qtbot.addWidget(field)
    field.show()

    field.line.setText("9.3.2026")
    assert not field.check()
    assert "10 Mar 2026" in field.error

    field.open_calendar()
    popup = field.findChild(CalendarPopup)
    assert popup is not None
    calendar = popup.calendar
    calendar.setSelectedDate(calendar.selectedDate().addDays(21))
    calendar.clicked.emit(calendar.selectedDate())

    assert field.value() == date(2026, 3, 31)


def test_a_day_in_the_calendar_may_be_clicked_twice(qtbot, qapp):
    field = DateField("due", "First &due", today)
    qtbot.addWidget(field)
    field.show()
    field.open_calendar()
    popup = field.findChild(CalendarPopup)
    assert popup is not None
    day = popup.calendar.selectedDate().addDays(1)

    with qtbot.captureExceptions() as raised:
        popup.calendar.clicked.emit(day)
        popup.calendar.activated.emit(day)
        qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
        field._on_chosen(day)

    assert not raised
    assert field.value() == date(2026, 3, 11)


def test_an_optional_text_left_empty_is_no_text(qtbot):
    field = TextField("note", "Note", required=False)
    notes = MultilineField("notes", "Notes", required=False, longest=5)
    qtbot.addWidget(field)
    qtbot.addWidget(notes)

    assert field.value() == ""
    assert field.check()
    assert field.given() is None
    notes.box.setPlainText("longer than five")
    assert not notes.check()


def test_pasted_names_lose_line_breaks_and_double_spaces(qtbot):
    field = TextField("name", "Name")
    qtbot.addWidget(field)

    field.line.insert("  Kari\n  Example \t")

    assert field.value() == "Kari Example"


def test_a_choice_is_made_by_words_and_read_as_a_value(qtbot):
    field = ChoiceField("kind", "Kind", [("annuity", "Annuity"), ("serial", "Serial")])
    qtbot.addWidget(field)

    assert not field.check()
    with qtbot.waitSignal(field.changed):
        field.box.setCurrentIndex(1)

    assert field.value() == "serial"
    field.set_choices([("serial", "Equal principal"), ("bullet", "All at the end")])
    assert field.value() == "serial"


def test_setting_a_value_is_not_a_change_by_the_officer(qtbot):
    fields: list[Field[Any]] = [
        ChoiceField("kind", "Kind", [(1, "One"), (2, "Two")]),
        YesNoField("interpreter", "Interpreter needed"),
        CountField("term", "Term"),
    ]
    for field, value in zip(fields, (2, True, 12), strict=True):
        qtbot.addWidget(field)
        with qtbot.assertNotEmitted(field.changed):
            field.set_value(value)
        assert field.value() == value


def test_an_identity_number_is_read_by_the_reader_given(qtbot):
    def read(text):
        if len(text.replace(" ", "")) != 11:
            raise InvalidValue("identity", Problem.MALFORMED)
        return text.replace(" ", "")

    field = IdentityField("identity", "Identity number", read, lambda number: f"{number[:6]} {number[6:]}")
    qtbot.addWidget(field)

    field.line.setText("123456")
    with pytest.raises(RuleError):
        field.value()
    field.line.setText("010190 12345")
    assert field.value() == "01019012345"
    field.set_value("01019012345")
    assert field.line.text() == "010190 12345"


def test_a_password_is_neither_trimmed_nor_kept(qtbot):
    field = PasswordField("password", "Password")
    qtbot.addWidget(field)
    field.line.setText(" with spaces ")

    assert field.value() == " with spaces "
    assert field.typed() == ""
    assert field.line.echoMode() == QLineEdit.EchoMode.Password
    field.eye.click()
    assert field.line.echoMode() == QLineEdit.EchoMode.Normal


def test_a_search_waits_for_a_pause(qtbot):
    field = SearchField("search", "Search borrowers")
    qtbot.addWidget(field)

    with qtbot.waitSignal(field.searched) as searched:
        qtbot.keyClicks(field.line, "kari")

    assert searched.args == ["kari"]


# -- forms


@pytest.fixture
def form(qtbot):
    form = Form(columns=2)
    qtbot.addWidget(form)
    form.add(TextField("name", "&Name"))
    form.add(MoneyField("amount", "&Amount", Currency.NOK))
    form.add(DateField("due", "First &due", today))
    form.add(PasswordField("password", "&Password"))
    form.add(MultilineField("notes", "N&otes", required=False), wide=True)
    form.show()
    return form


def test_a_form_tells_all_that_is_wrong_at_once(form):
    form.fields["amount"].line.setText("1000")

    assert not form.check_all()

    assert [name for name, field in form.fields.items() if field.error] == ["name", "due", "password"]
    assert form.first_error is form.fields["name"]


def test_tab_goes_in_reading_order(form):
    stop = form.fields["name"].editor
    visited = [stop]
    for _ in range(6):
        stop = stop.nextInFocusChain()
        while not (stop.focusPolicy() & Qt.FocusPolicy.TabFocus) or stop.focusProxy() is not None:
            stop = stop.nextInFocusChain()
        visited.append(stop)

    expected = [stop for field in form.fields.values() for stop in field.tab_stops()]
    assert visited == expected


def test_an_error_of_a_service_stands_beside_its_field_or_above_the_form(form):
    form.show_problem(InvalidValue("amount", Problem.TOO_LARGE, 5000))
    assert form.fields["amount"].error == "The largest allowed is 5\u202f000."

    form.show_problem(InvalidValue("elsewhere", Problem.MISSING))
    assert form.message.label.text() == "Fill this in."
    assert form.message.isVisible()


def test_what_is_typed_survives_a_change_of_language(form, qtbot):
    form.fields["name"].restore_typed("Kari Exa")
    form.fields["amount"].set_value(nok("1234.50"))
    form.fields["due"].set_value(date(2026, 5, 6))
    typed = form.typed()

    use_language("nb")
    again = Form()
    qtbot.addWidget(again)
    again.add(TextField("name", "Navn"))
    amount = again.add(MoneyField("amount", "Beløp", Currency.NOK))
    due = again.add(DateField("due", "Forfall", today))
    again.restore_typed(typed)

    assert again.fields["name"].value() == "Kari Exa"
    assert amount.line.text() == "1\u202f234,50"
    assert due.line.text() == "06.05.2026"


def test_every_field_has_a_name_for_a_screen_reader(form):
    assert unnamed_focusable(form) == []
