"""The guide that founds an office: three steps to fill in, then the recovery key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError, RuleError
from mikrolaan.domain.identity import Country
from mikrolaan.domain.office import Office
from mikrolaan.i18n import _, current_language
from mikrolaan.i18n.product_words import product_words
from mikrolaan.services.example_products import example_products
from mikrolaan.services.file_errors import FileExists
from mikrolaan.services.office import Founding, first_officer
from mikrolaan.services.session import Session
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.start.founding_steps import CountryStep, Draft, OfficerStep, OfficeStep, Step
from mikrolaan.ui.start.key_panel import KeyPanel
from mikrolaan.ui.start.start_page import BusyLine, StartPage
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets import step_bar
from mikrolaan.ui.widgets.basics import button
from mikrolaan.ui.widgets.messages import InlineMessage

Found = Callable[[Path, Founding, str], tuple[Session, str]]
RecoverySheet = Callable[[str, str, str, date, str], bytes]  # office, officer, key, day, language
KEY_STEP = 3


@dataclass(frozen=True, slots=True)
class Founded:
    """The office that was made."""

    session: Session
    key: str
    office_name: str
    officer_name: str


class FoundingPage(StartPage):
    """Back leads everywhere until the file is made; nothing typed is lost on the way or by a change of language."""

    left = Signal()  # back, from the first step
    founded = Signal(object)  # Session, as soon as the file is made
    started = Signal()  # the key is kept and the officer wants to begin

    def __init__(
        self,
        runner: TaskRunner,
        found: Found,
        folder: Callable[[], Path],
        today: Callable[[], date],
        recovery_sheet: RecoverySheet,
    ) -> None:
        """`folder` is where the file is proposed to lie."""
        super().__init__()
        self._runner, self._found, self._folder, self._today = runner, found, folder, today
        self._recovery_sheet = recovery_sheet
        self._draft = Draft()
        self._at = 0
        self._is_kept = False
        self._is_making = False
        self.made: Founded | None = None
        self.build()

    def title(self) -> str:
        return _("Create your office")

    # -- content

    def fill(self, column: QVBoxLayout) -> None:
        self.step_bar = step_bar.StepBar()
        column.addWidget(self.step_bar)
        column.addSpacing(16)
        self.steps: list[Step] = []
        self.key_panel: KeyPanel | None = None
        if self.made is None:
            self.country_step = CountryStep()
            self.country_step.language_chosen.connect(self._on_language)
            self.office_step = OfficeStep(Country.NO)
            self.officer_step = OfficerStep(self._folder, self.office_step.letterhead.office_name.text)
            self.steps = [self.country_step, self.office_step, self.officer_step]
            for step in self.steps:
                step.submitted.connect(self.go_on)
                column.addWidget(step)
        else:
            self.key_panel = self._make_key_panel(self.made)
            column.addWidget(self.key_panel)
        self.message = InlineMessage()
        column.addWidget(self.message)
        self.busy_line = BusyLine("")
        column.addLayout(self._buttons())
        column.addWidget(self.busy_line)
        column.addStretch(1)
        self._show_step()

    def _make_key_panel(self, made: Founded) -> KeyPanel:
        def sheet() -> bytes:
            return self._recovery_sheet(
                made.office_name, made.officer_name, made.key, self._today(), current_language().code
            )

        panel = KeyPanel(made.key, made.office_name, sheet)
        panel.kept_changed.connect(self._on_kept)
        return panel

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.back_button = button(_("&Back"), "", "arrow-left")
        self.next_button = button("", "primary")
        self.back_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_on)
        self.back_button.setVisible(self.made is None)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.next_button)
        return row

    def _show_step(self) -> None:
        words = [_("Language and country"), _("Office"), _("Officer and password"), _("Recovery key")]
        kinds = step_bar.StepState
        self.step_bar.show_steps(
            [
                step_bar.Step(word, kinds.DONE if n < self._at else kinds.CURRENT if n == self._at else kinds.AHEAD)
                for n, word in enumerate(words)
            ]
        )
        for number, step in enumerate(self.steps):
            step.setVisible(number == self._at)
        self.next_button.setText(
            {KEY_STEP - 1: _("&Create the office"), KEY_STEP: _("&Start")}.get(self._at, _("&Continue"))
        )
        self.next_button.setEnabled(self._at != KEY_STEP or self._is_kept)
        self.message.say("")

    def first_field(self) -> QWidget | None:
        if self.key_panel is not None:
            return self.key_panel.print_button
        step = self.steps[self._at]
        if step is self.country_step:
            return self.country_step.country.buttons[self._country()]
        return next(iter(step.form.fields.values())).editor

    # -- what is typed

    def state(self) -> object:
        if self.made is None:
            self._draft = Draft(
                self.country_step.form.typed(),
                self.office_step.form.typed(),
                self.officer_step.form.typed(),
                self.officer_step.password.typed(),
                self.officer_step.path.is_own_choice,
            )
        return self._draft

    def restore(self, state: object) -> None:
        if self.made is not None:
            assert self.key_panel is not None
            self.key_panel.kept_box.setChecked(self._is_kept)
        elif isinstance(state, Draft):
            country = dict(state.country or {})
            country.pop("language", None)  # the screen's own, which changed
            self.country_step.form.restore_typed(country)
            self.office_step.letterhead.set_country(self._country())
            self.office_step.form.restore_typed(state.office or {})
            self.officer_step.form.restore_typed(state.officer or {})
            self.officer_step.password.restore_typed(state.passwords)
            self.officer_step.path.is_own_choice = state.own_path
        self.shown()

    def _on_language(self, code: str) -> None:
        # Later: the change makes this page anew, and with it the field that is speaking.
        QTimer.singleShot(0, self, lambda: self.language_chosen.emit(code))

    # -- going

    def _country(self) -> Country:
        return self.country_step.country.peek() or Country.NO

    def go_back(self) -> None:
        """The step before, or out of the guide."""
        if self._is_making or self.made is not None:
            return
        if self._at == 0:
            self.left.emit()
            return
        self._go_to(self._at - 1)

    def go_on(self) -> None:
        """The next step, when this one is filled in; at the end, make the office or begin to work in it."""
        if self._is_making:
            return
        if self.made is not None:
            if self._is_kept:
                self.started.emit()
            return
        if not self.steps[self._at].check():
            self.scroll_to_focus()
            return
        if self._at == KEY_STEP - 1:
            self._make()
            return
        if self._at == 0:
            self.office_step.letterhead.set_country(self._country())
        self._go_to(self._at + 1)

    def _go_to(self, number: int) -> None:
        self._at = number
        self._show_step()
        if self.steps[number] is self.officer_step:
            self.officer_step.entered()
        self.shown()

    # -- making the office

    def founding(self) -> Founding:
        """What was filled in; raises RuleError."""
        country = self._country()
        office = self.office_step.letterhead.on(
            Office(uuid4(), self.office_step.letterhead.office_name.value(), country)
        )
        return Founding(
            office,
            first_officer(self.officer_step.officer_name.value()),
            example_products(country, product_words),
        )

    def _make(self) -> None:
        for number in (0, 1):  # a letterhead typed before the country was changed is read anew
            if not self.steps[number].check():
                self._go_to(number)
                self.steps[number].check()
                return
        try:
            founding = self.founding()
            path = self.officer_step.path.value()
        except MikrolaanError as error:
            self._tell(error)
            return
        password = self.officer_step.password.value()
        self._set_making(True)
        task = self._runner.submit(lambda _progress, _cancelled: self._found(path, founding, password))
        task.finished.connect(lambda made: self._on_made(made, founding))
        task.failed.connect(self._on_failed)

    def _set_making(self, making: bool) -> None:
        self._is_making = making
        for widget in (*self.steps, self.back_button, self.next_button, self.language_box):
            widget.setEnabled(not making)
        if making:
            self.busy_line.say(
                _("Making the encrypted office file. The password is made hard to guess, which takes a moment.")
            )
        else:
            self.busy_line.hide()

    def _on_made(self, made: tuple[Session, str], founding: Founding) -> None:
        session, key = made
        self._set_making(False)
        self.made = Founded(session, key, founding.office.name, founding.officer.name)
        self._draft = Draft()
        self._at = KEY_STEP
        self.founded.emit(session)
        self.clear()
        self.build()
        self.shown()

    def _on_failed(self, error: Exception) -> None:
        self._set_making(False)
        self._tell(error)

    def _tell(self, error: Exception) -> None:
        if isinstance(error, FileExists):
            self.officer_step.path.set_error(sentence_for(error))
            self.officer_step.path.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        field = error.field if isinstance(error, RuleError) else ""
        for number, step in enumerate(self.steps):
            if isinstance(error, RuleError) and field in step.form.fields:
                if number != self._at:
                    self._go_to(number)
                step.form.show_problem(error)
                self.scroll_to_focus()
                return
        self.message.say(sentence_for(error), "bad")

    def _on_kept(self, kept: bool) -> None:
        self._is_kept = kept
        self.next_button.setEnabled(kept)
