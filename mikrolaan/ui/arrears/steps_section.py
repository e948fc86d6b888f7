"""The office's steps against arrears, in the settings: which, in which order, how long after what, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from mikrolaan.domain.dunning import DEFAULT_STEPS, LONGEST_DAYS, CountedFrom, DunningStep, Steps
from mikrolaan.domain.errors import InvalidValue, MikrolaanError
from mikrolaan.domain.follow_up import StepKind
from mikrolaan.domain.office import Role
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.session import Session
from mikrolaan.ui.arrears.arrears_words import step_word, when_word
from mikrolaan.ui.settings.sections import Section
from mikrolaan.ui.widgets.basics import action_button, label, make_action
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.form_dialog import FormDialog
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel
from mikrolaan.ui.widgets.value_fields import ChoiceField, CountField, MoneyField, YesNoField

ROWS_SHOWN = 7


@dataclass(frozen=True, slots=True)
class _Numbered:
    number: int
    step: DunningStep


class StepsSection(Section):
    """Each change is kept at once, and can be undone from the message."""

    toast = Signal(str)
    toast_with_undo = Signal(str, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._steps: Steps = ()
        self.may_change = Role.ADMINISTRATOR in session.officer.roles
        card = self.add_card(
            _("Steps against arrears"),
            _(
                "What the office does when a payment is late, in this order. The legal waiting days and the largest "
                "fees come on top: a letter never costs the borrower before the law allows it."
            ),
        )
        self._make_acts()
        self.model: PagedTableModel[_Numbered] = PagedTableModel(_columns(), lambda: len(self._steps), self._part)
        self.table = Table(self.model, _("Steps against arrears"))
        self.table.row_opened.connect(lambda _row: self.change() if self.may_change else None)
        self.table.row_selected.connect(lambda _row: self._offer())
        height = self.table.verticalHeader().defaultSectionSize() * ROWS_SHOWN
        self.table.setFixedHeight(height + self.table.horizontalHeader().sizeHint().height())
        card.body.addWidget(self.table)
        rows = ((self.add_act, self.change_act, self.remove_act), (self.up_act, self.down_act, self.usual_act))
        for acts in rows:
            row = QHBoxLayout()
            row.setSpacing(8)
            for act in acts:
                act.setVisible(self.may_change)
                row.addWidget(action_button(act, "primary" if act is self.add_act else ""))
            row.addStretch(1)
            card.body.addLayout(row)
        self.amount_told = label("", wraps=True)
        card.body.addWidget(self.amount_told)
        self.amount_act.setVisible(self.may_change)
        row = QHBoxLayout()
        row.addWidget(action_button(self.amount_act))
        row.addStretch(1)
        card.body.addLayout(row)
        if not self.may_change:
            self.say_why_read_only()
        self.end()

    def _make_acts(self) -> None:
        self.add_act = make_action(self, _("Add a step"), self.add, icon_name="plus")
        self.change_act = make_action(self, _("Change the step"), self.change, icon_name="pencil")
        self.remove_act = make_action(self, _("Remove the step"), self.remove, icon_name="trash")
        self.up_act = make_action(self, _("Move up"), lambda: self.shift(-1), icon_name="arrow-up")
        self.down_act = make_action(self, _("Move down"), lambda: self.shift(1), icon_name="arrow-down")
        self.usual_act = make_action(
            self,
            _("Use the usual steps"),
            lambda: self._keep(DEFAULT_STEPS, _("The usual steps hold now.")),
            icon_name="arrow-counter-clockwise",
        )
        self.amount_act = make_action(self, _("Change the smallest amount"), self.change_amount, icon_name="pencil")

    def refresh(self) -> None:
        """Show the steps that hold."""
        at = self.table.currentIndex().row()
        try:
            self._steps = self._session.arrears.steps()
            least = self._session.arrears.letters_from()
        except MikrolaanError as error:
            self.tell(error)
            return
        told = _("No letter is sent about a loan while less than {amount} is overdue on it.")
        if not least.minor:
            told = _("Letters are sent however little is overdue.")
        self.amount_told.setText(told.format(amount=current_language().money(least)))
        self.table.reload()
        self.table.setCurrentIndex(self.model.index(min(max(at, 0), len(self._steps) - 1), 0))
        self._offer()

    @property
    def _at(self) -> int:
        row = self.table.selected_row()
        return row.number - 1 if isinstance(row, _Numbered) else -1

    def add(self) -> None:
        """Ask for a new step after the chosen one."""
        place = self._at + 1
        self._ask(_("Add a step"), DunningStep(StepKind.REMINDER, 14, deadline_days=14), place, replaces=0)

    def change(self) -> None:
        """Ask for the chosen step anew."""
        if self._at >= 0:
            self._ask(_("Change the step"), self._steps[self._at], self._at, replaces=1)

    def remove(self) -> None:
        """Take the chosen step out."""
        if self._at >= 0:
            self._keep(self._steps[: self._at] + self._steps[self._at + 1 :], _("The step is removed."))

    def shift(self, by: int) -> None:
        """Let the chosen step change places with its neighbour."""
        at, to = self._at, self._at + by
        if at < 0 or not 0 <= to < len(self._steps):
            return
        steps = list(self._steps)
        steps[at], steps[to] = steps[to], steps[at]
        if self._keep(tuple(steps), _("The order of the steps is changed.")):
            self.table.setCurrentIndex(self.model.index(to, 0))

    def change_amount(self) -> None:
        """Ask for the smallest overdue amount that letters are sent about."""
        arrears = self._session.arrears
        before = arrears.letters_from()
        form = Form()
        field = form.add(
            MoneyField(
                "letters_from",
                _("&No letter while less than this is overdue"),
                before.currency,
                help_text=_("0 lets a letter be sent however little is overdue."),
            )
        )
        field.set_value(before)

        def undo() -> None:
            try:
                arrears.change_letters_from(before)
            except MikrolaanError as error:
                self.tell(error)
            self.refresh()

        def kept() -> None:
            self.refresh()
            self.toast_with_undo.emit(_("The smallest amount is changed."), undo)

        def keep() -> None:
            arrears.change_letters_from(field.value())

        FormDialog.ask(self.window(), _("Change the smallest amount"), form, _("Keep the amount"), keep, kept)

    def _ask(self, title: str, step: DunningStep, place: int, *, replaces: int) -> None:
        form = _step_form(step)
        before = self._steps

        def keep() -> None:
            steps = (*before[:place], _read(form), *before[place + replaces :])
            try:
                self._session.arrears.change_steps(steps)
            except InvalidValue as error:
                number, _dot, name = error.field.partition(".")
                raise InvalidValue(name if number == str(place + 1) else "", error.problem, error.limit) from error

        FormDialog.ask(
            self.window(), title, form, _("Keep the step"), keep, lambda: self._kept(before, _("The step is kept."))
        )

    def _keep(self, steps: Steps, told: str) -> bool:
        before = self._steps
        self.message.say("")
        try:
            self._session.arrears.change_steps(steps)
        except MikrolaanError as error:
            self.tell(error)
            return False
        self._kept(before, told)
        return True

    def _kept(self, before: Steps, told: str) -> None:
        self.refresh()
        self.toast_with_undo.emit(told, lambda: self._keep(before, _("The steps are as they were before.")))

    def _offer(self) -> None:
        at = self._at
        self.change_act.setEnabled(self.may_change and at >= 0)
        self.remove_act.setEnabled(self.may_change and at >= 0 and len(self._steps) > 1)
        self.up_act.setEnabled(self.may_change and at > 0)
        self.down_act.setEnabled(self.may_change and 0 <= at < len(self._steps) - 1)
        self.usual_act.setEnabled(self.may_change and self._steps != DEFAULT_STEPS)
        self.add_act.setEnabled(self.may_change)

    def _part(self, offset: int, limit: int) -> Sequence[_Numbered]:
        numbered = [_Numbered(number, step) for number, step in enumerate(self._steps, start=1)]
        return numbered[offset : offset + limit]


def _columns() -> list[Column[_Numbered]]:
    return [
        Column(lambda: _("No."), lambda row: str(row.number), Align.END, width=56),
        Column(lambda: _("Step"), lambda row: step_word(row.step.kind)),
        Column(lambda: _("When"), lambda row: when_word(row.step.days, row.step.counted_from), width=230),
        Column(lambda: _("Deadline"), lambda row: _days(row.step.deadline_days), width=100),
        Column(lambda: _("Fee"), lambda row: _("Yes") if row.step.has_fee else _("No"), width=70),
    ]


def _days(days: int) -> str:
    if not days:
        return "–"
    return ngettext("{count} day", "{count} days", days).format(count=current_language().number(days))


def _step_form(step: DunningStep) -> Form:
    form = Form(columns=2)
    kind = form.add(ChoiceField("kind", _("&Step"), [(each, step_word(each)) for each in StepKind]), wide=True)
    kind.set_value(step.kind)
    days = form.add(CountField("days", _("&Days"), unit=_("days"), smallest=0, largest=LONGEST_DAYS))
    days.set_value(step.days)
    counted = form.add(
        ChoiceField(
            "counted_from",
            _("Counted &from"),
            [
                (CountedFrom.DUE_DATE, _("the oldest unpaid due date")),
                (CountedFrom.STEP_BEFORE, _("the step before")),
            ],
        )
    )
    counted.set_value(step.counted_from)
    deadline = form.add(
        CountField("deadline_days", _("D&eadline in the letter"), unit=_("days"), smallest=0, largest=LONGEST_DAYS)
    )
    deadline.set_value(step.deadline_days)
    fee = form.add(YesNoField("has_fee", _("&Costs the borrower a fee")))
    fee.set_value(step.has_fee)

    def follow() -> None:
        is_letter = kind.value().is_letter
        for field in (deadline, fee):
            field.setVisible(is_letter)

    kind.changed.connect(follow)
    follow()
    return form


def _read(form: Form) -> DunningStep:
    fields = form.fields
    kind = fields["kind"].value()
    return DunningStep(
        kind,
        fields["days"].value(),
        fields["counted_from"].value(),
        fields["deadline_days"].value() if kind.is_letter else 0,
        kind.is_letter and fields["has_fee"].value(),
    )
