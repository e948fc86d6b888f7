"""Lets amounts of the plan be agreed by hand: takes what is typed in the table, and knows the way back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.domain.money import Money
from mikrolaan.domain.terms import AgreedAmountsOff
from mikrolaan.i18n import _, current_language
from mikrolaan.services.calculation import SPREADING, Choices
from mikrolaan.services.hand_plan import HandPlan
from mikrolaan.ui.calculator.hand_bar import HandBar
from mikrolaan.ui.calculator.plan_table import PlanTable
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.widgets.page import Page


class ByHand(QObject):
    """Holds the plan that is agreed by hand, while there is one."""

    changed = Signal()  # other amounts, or none any more
    let_go = Signal(object)  # a HandPlan whose amounts no longer belong to what is chosen

    def __init__(self, page: Page, table: PlanTable) -> None:
        super().__init__(page)
        self.hand: HandPlan | None = None
        self._table = table
        self._before: list[HandPlan | None] = []  # what Undo brings back, the last first
        self._choices: Choices | None = None
        self.spread_act = page.add_act(
            _("Spread the rest over the remaining instalments"),
            self.spread,
            tip=_("Let the instalments after the last typed amount share what is left over or too much"),
            icon_name="scales",
        )
        self.undo_act = page.add_act(
            _("Undo the last amount"),
            self.undo,
            tip=_("Bring back the plan as it was before the last amount by hand"),
            icon_name="arrow-counter-clockwise",
        )
        self.back_act = page.add_act(
            _("Back to the computed plan"),
            self.back,
            tip=_("Let go of all amounts set by hand"),
            icon_name="arrow-left",
        )
        self.bar = HandBar(self.spread_act, self.back_act, self.undo_act)
        table.amount_typed.connect(self._on_typed, Qt.ConnectionType.QueuedConnection)  # once the editor is closed
        table.misread.connect(self.bar.show_problem)
        table.itemDelegate().closeEditor.connect(lambda *_args: self.show())  # what was misread is gone
        self.show()

    # -- what the page tells

    def follow(self, choices: Choices) -> HandPlan | None:
        """The amounts by hand under these choices; None where there are none, or they no longer belong to them."""
        self._choices, hand = choices.by_form, self.hand
        if hand is not None and not hand.fits(choices):
            self.take(None)
            self.let_go.emit(hand)
        elif hand is not None and hand.choices != self._choices:
            self.hand = hand.follow(choices)
        return self.hand

    def take(self, hand: HandPlan | None) -> None:
        """Go on with these amounts, or with none; what was typed before is not brought back by Undo."""
        self.hand, self._before = hand, []

    def take_up(self, choices: Choices) -> None:
        """Go on with what is agreed in these choices."""
        try:
            self.take(HandPlan.of(choices) if choices.agreed_principals_minor else None)
        except RuleError:  # what is wrong is shown beside its field
            self.take(None)

    def show(self) -> None:
        """Say how it stands, mark what was typed, and let amounts be changed where they can."""
        hand = self.hand
        may_edit = self._choices is not None and self._choices.repayment in SPREADING
        self._table.mark_typed(hand.typed if hand is not None else frozenset())
        self._table.may_change = self._may_change if may_edit else None
        self.spread_act.setEnabled(hand is not None and bool(hand.left))
        self.undo_act.setEnabled(bool(self._before))
        self.back_act.setEnabled(hand is not None)
        if hand is None:
            self.bar.show_hint(may_edit=may_edit)
        else:
            self.bar.show_hand(hand)

    def _may_change(self, place: int) -> bool:
        return self._choices is not None and self._choices.payment_free <= place < self._choices.instalments

    # -- what the officer does

    def _on_typed(self, place: int, is_whole: bool, amount: Money) -> None:
        choices = self._choices
        if choices is None:
            return
        try:
            hand = self.hand or HandPlan.of(choices)
            changed = hand.with_due(place, amount) if is_whole else hand.with_principal(place, amount)
        except RuleError as error:
            self._refuse(place, error)
            return
        if changed.principals_minor != hand.principals_minor:
            self._change(changed)
        self._table.go_on()

    def _refuse(self, place: int, error: RuleError) -> None:
        speaks = current_language()
        told = sentence_for(error)
        if isinstance(error, InvalidValue) and error.field == "due" and error.problem is Problem.TOO_SMALL:
            told = _("Interest and fees alone are more than that. {problem}").format(problem=told)
        self.bar.show_problem(_("No. {number}: {problem}").format(number=speaks.number(place + 1), problem=told))

    def spread(self) -> None:
        """Share what is left over, or too much, so that the loan is repaid exactly."""
        if self.hand is None:
            return
        try:
            self._change(self.hand.spread())
        except AgreedAmountsOff as error:
            too_much = current_language().money(-error.left) if error.left is not None else ""
            self.bar.show_hand(
                self.hand,
                _("The amounts typed repay {amount} more than the loan by themselves. Lower one of them.").format(
                    amount=too_much
                ),
            )

    def undo(self) -> None:
        """Back to what was before the last change."""
        if self._before:
            self.hand = self._before.pop()
            self.changed.emit()

    def back(self) -> None:
        """Let go of every amount; Undo brings them back."""
        if self.hand is not None:
            self._change(None)

    def _change(self, hand: HandPlan | None) -> None:
        self._before.append(self.hand)
        self.hand = hand
        self.changed.emit()

    # -- over a change of language

    def typed(self) -> object:
        """What is agreed by hand, for the page made anew."""
        return None if self.hand is None else (self.hand.principals_minor, self.hand.typed)

    def restore(self, typed: object, choices: Choices) -> None:
        """Go on with what `typed` gave."""
        if isinstance(typed, tuple):
            principals, places = typed
            self.take(HandPlan(choices.by_form, principals, places))
