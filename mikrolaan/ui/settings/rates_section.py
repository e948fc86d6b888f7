"""Rates and fees that the law sets: what is in force, from where, and what an administrator adds or corrects."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from PySide6.QtCore import Signal

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.law_tables import OwnFee, OwnRate, check_free
from mikrolaan.domain.money import Money
from mikrolaan.domain.office import Role
from mikrolaan.i18n import _, current_language, pgettext
from mikrolaan.services.law_tables import FeeLine, RateLine
from mikrolaan.services.session import Session
from mikrolaan.ui import words
from mikrolaan.ui.products.rule_words import letter_word
from mikrolaan.ui.settings.counting_panel import CountingPanel
from mikrolaan.ui.settings.guarantee_facts import guarantee_facts
from mikrolaan.ui.settings.law_card import CardWords, LawCard
from mikrolaan.ui.settings.law_forms import FeeForm, RateForm
from mikrolaan.ui.settings.sections import Section, facts
from mikrolaan.ui.task_runner import Cancelled, Progress, TaskRunner
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.form_dialog import FormDialog
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.table_model import Align, Column

WIDEST = 1040


class RatesSection(Section):
    """Two tables. A change of a rate settles old payments anew, so it runs beside the window."""

    toast = Signal(str)
    toast_with_undo = Signal(str, object)

    def __init__(self, session: Session, runner: TaskRunner) -> None:
        super().__init__()
        self._session = session
        self.may_change = Role.ADMINISTRATOR in session.officer.roles
        self._currency = session.office.get().country.currency
        holder = self.column.parentWidget()
        assert holder is not None  # a layout of a widget
        holder.setMaximumWidth(WIDEST)
        self.notice = InlineMessage()
        self.column.addWidget(self.notice)
        country = words.country_word(session.law.country())
        self.column.addWidget(
            label(
                _("What the law of {country} sets, and where it is from. What the office enters holds.").format(
                    country=country
                ),
                "muted",
                wraps=True,
            )
        )
        may_change = self.may_change
        self.rates = LawCard(_rate_words(), _rate_columns(), _source, may_change=may_change, shortcut="Ctrl+N")
        self.fees = LawCard(_fee_words(), self._fee_columns(), _about_fee, may_change=may_change, shortcut="")
        self.counting = CountingPanel(runner)
        self.counting.began.connect(self._on_counting)
        self.counting.ended.connect(self._on_counted)
        self.counting.failed.connect(self.tell)
        self.counting.stopped.connect(self._on_stopped)
        self.column.addWidget(self.counting)
        self.column.addWidget(self.rates)
        self.column.addWidget(self.fees)
        self.guarantees = self.add_card(
            _("Guarantees"),
            _(
                "When those who answer for a loan are told of a default, and how long they answer. These rules ship with "
                "the program; the office does not change them."
            ),
        )
        self.guarantees.body.addWidget(facts(guarantee_facts(session.guarantors.rules())))
        self.rates.new_asked.connect(self.enter_rate)
        self.rates.correction_asked.connect(self._correct_rate)
        self.rates.withdrawal_asked.connect(self._withdraw_rate)
        self.fees.new_asked.connect(self.enter_fee)
        self.fees.correction_asked.connect(self._correct_fee)
        self.fees.withdrawal_asked.connect(self._withdraw_fee)
        if not self.may_change:
            self.say_why_read_only()
        self.end()

    def refresh(self) -> None:
        """Show the tables as they are now, and which half-years have no rate."""
        law = self._session.law
        try:
            rates, fees, unknown = law.rates(), law.fees(), law.unknown_half_years()
        except MikrolaanError as error:
            self.tell(error)
            return
        self.rates.show_lines(rates)
        self.fees.show_lines(fees)
        self._warn(unknown)

    def _warn(self, unknown: tuple[tuple[date, date], ...]) -> None:
        if not unknown:
            self.notice.say("")
            return
        speaks, (first, last) = current_language(), unknown[0]
        told = {"first": speaks.date(first), "last": speaks.date(last)}
        if first <= self._session.today():
            text = _(
                "The law's rate of late interest for {first} to {last} is not entered. Until it is, no late interest "
                "by law is counted for these days."
            )
            self.notice.say(text.format(**told), "warn")
        else:
            text = _("The law's rate of late interest for {first} to {last} is not entered yet.")
            self.notice.say(text.format(**told), "primary")
        if self.may_change:
            self.notice.offer(_("Enter it"), self.enter_rate)

    # -- rates

    def enter_rate(self) -> None:
        """Ask for a new rate; the first half-year without one is proposed."""
        form = RateForm(self._session.today)
        unknown = self._session.law.unknown_half_years()
        if unknown:
            form.show_days(*unknown[0])
        self._ask_rate(_("A rate of late interest"), form, None, _("Enter the rate"))

    def _correct_rate(self, line: RateLine) -> None:
        form = RateForm(self._session.today)
        form.show_row(line.row, with_source=line.own is not None)
        self._ask_rate(_("Correct a rate of late interest"), form, line.own, _("Correct the rate"))

    def _ask_rate(self, title: str, form: RateForm, own: OwnRate | None, act_word: str) -> None:
        taken = [line.own for line in self.rates.lines if line.own is not None]

        def check() -> None:
            check_free(OwnRate(own.id if own is not None else uuid4(), form.row()), taken)

        def keep() -> None:
            row, law = form.row(), self._session.law

            def act(progress: Progress, cancelled: Cancelled) -> OwnRate | None:
                if own is None:
                    return law.enter_rate(row, progress, cancelled)
                return law.correct_rate(own, row, progress, cancelled)

            self.counting.run(act, done)

        def done(_kept: OwnRate) -> None:
            self.refresh()
            self.toast.emit(_("The rate is entered. Late interest is counted with it from now on."))

        text = _("Late interest of all loans is counted anew with it, and so is what payments since then settled.")
        FormDialog.ask(self, title, form, act_word, check, keep, text)

    def _withdraw_rate(self, line: RateLine) -> None:
        own, law = line.own, self._session.law
        if own is None:
            return

        def done(withdrawn: OwnRate) -> None:
            self.refresh()
            self.toast_with_undo.emit(_("The rate is withdrawn."), lambda: self._bring_back_rate(withdrawn))

        self.counting.run(lambda progress, cancelled: law.withdraw_rate(own, progress, cancelled), done)

    def _bring_back_rate(self, withdrawn: OwnRate) -> None:
        law = self._session.law
        self.counting.run(
            lambda progress, cancelled: law.bring_back_rate(withdrawn, progress, cancelled),
            lambda _kept: self.refresh(),
        )

    def _on_counting(self) -> None:
        self.message.say("")
        self._let_choose(False)

    def _on_counted(self) -> None:
        self._let_choose(True)

    def _on_stopped(self) -> None:
        self.message.say(_("Stopped. Nothing was changed."))

    def _let_choose(self, may: bool) -> None:
        for widget in (self.notice, self.rates, self.fees):
            widget.setEnabled(may)

    # -- fees

    def enter_fee(self) -> None:
        """Ask for a new fee; what holds now for the letter chosen is proposed, from a day to be filled in."""
        form = FeeForm(self._session.today, self._currency)
        chosen = self.fees.chosen
        if chosen is not None:
            form.show_row(chosen.row, with_source=False)
            form.first.set_value(None)
            form.last.set_value(None)
        law = self._session.law
        self._ask_fee(
            _("A fee for a letter"),
            form,
            _("Enter the fee"),
            lambda: law.enter_fee(form.row()),
            _("The fee is entered."),
        )

    def _correct_fee(self, line: FeeLine) -> None:
        form = FeeForm(self._session.today, self._currency)
        form.show_row(line.row, with_source=line.own is not None)
        law, own = self._session.law, line.own
        self._ask_fee(
            _("Correct a fee for a letter"),
            form,
            _("Correct the fee"),
            lambda: law.enter_fee(form.row()) if own is None else law.correct_fee(own, form.row()),
            _("The fee is corrected."),
        )

    def _ask_fee(self, title: str, form: FeeForm, act_word: str, act: Callable[[], object], said: str) -> None:
        def done() -> None:
            self.refresh()
            self.toast.emit(said)

        text = _("Letters that were sent before keep the fee they had.")
        FormDialog.ask(self, title, form, act_word, act, done, text)

    def _withdraw_fee(self, line: FeeLine) -> None:
        if line.own is None:
            return
        try:
            withdrawn = self._session.law.withdraw_fee(line.own)
        except MikrolaanError as error:
            self.tell(error)
            return
        self.refresh()
        self.toast_with_undo.emit(_("The fee is withdrawn."), lambda: self._bring_back_fee(withdrawn))

    def _bring_back_fee(self, withdrawn: OwnFee) -> None:
        try:
            self._session.law.bring_back_fee(withdrawn)
        except MikrolaanError as error:
            self.tell(error)
            return
        self.refresh()

    def _fee_columns(self) -> list[Column[FeeLine]]:
        def amount(line: FeeLine) -> str:
            return current_language().money(Money.from_decimal(line.row.amount, self._currency))

        return [
            Column(lambda: _("Letter"), lambda line: letter_word(line.row.letter), width=180),
            Column(lambda: _("From"), lambda line: current_language().date(line.row.first), width=100),
            Column(lambda: _("To"), lambda line: _day_or_open(line.row.last), width=110),
            Column(lambda: _("Fee"), amount, Align.END, width=100),
            Column(lambda: _("Limits"), _limits),
        ]


def _rate_words() -> CardWords:
    return CardWords(
        _("Late interest"),
        _("The rate on each day that something is overdue. It is set for half a year at a time."),
        _("New rate"),
        _("Enter the rate of a half-year"),
        _("There are no rates for this country. Enter the first."),
    )


def _fee_words() -> CardWords:
    return CardWords(
        _("Fees for letters"),
        _(
            "What a reminder and the letters after it may cost, how long one waits, and how many may cost for one claim."
        ),
        _("New fee"),
        _("Enter what a kind of letter may cost from a day on"),
        _("There are no fees for this country. Enter the first."),
    )


def _rate_columns() -> list[Column[RateLine]]:
    def percent(line: RateLine) -> str:
        return "–" if line.row.percent is None else current_language().percent(line.row.percent)

    return [
        Column(lambda: _("From"), lambda line: current_language().date(line.row.first), width=120),
        Column(lambda: _("To"), lambda line: current_language().date(line.row.last), width=120),
        Column(lambda: _("Rate"), percent, Align.END, width=100),
        Column(lambda: _("Source"), lambda line: line.row.source, tooltip=lambda line: line.row.source),
    ]


def _day_or_open(day: date | None) -> str:
    return pgettext("until", "Further notice") if day is None else current_language().date(day)


def _limits(line: FeeLine) -> str:
    """Days of waiting and numbers per claim, in the room of a column."""
    row, number = line.row, current_language().number
    told = []
    if row.waiting_days or row.apart_days:
        told.append(_("after {days} days").format(days=number(max(row.waiting_days, row.apart_days))))
    if row.most is not None:
        told.append(_("at most {count}").format(count=number(row.most)))
    return ", ".join(told) or _("None")


def _source(line: RateLine | FeeLine) -> str:
    return _("Source: {source}").format(source=line.row.source)


def _about_fee(line: FeeLine) -> str:
    """When such a letter may carry the fee, and how often, in full; below it the source."""
    row, number = line.row, current_language().number
    told = []
    if row.waiting_days:
        told.append(_("from {days} days after the due date").format(days=number(row.waiting_days)))
    if row.apart_days:
        told.append(_("{days} days after the letter before").format(days=number(row.apart_days)))
    if row.most is not None:
        told.append(_("at most {count} for one claim").format(count=number(row.most)))
    if row.most_so_far is not None:
        told.append(_("at most {count} together with gentler letters").format(count=number(row.most_so_far)))
    if row.restart_months is not None:
        told.append(_("counted anew after {months} months").format(months=number(row.restart_months)))
    return "\n".join([*([" · ".join(told)] if told else []), _source(line)])
