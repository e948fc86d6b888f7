"""A group's payments from one meeting: a row per loan, one day and one way for all, kept together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError, RuleError
from mikrolaan.domain.group import NetworkGroup
from mikrolaan.domain.journal import PaymentMeans
from mikrolaan.domain.money import Money, total
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.group_sheet import GroupSheetPaper, PrintGroupSheet
from mikrolaan.services.queries import Order, Slice
from mikrolaan.services.session import Session
from mikrolaan.services.taking_payments import GroupPaymentRefused, Taken, UnusualPayment
from mikrolaan.ui.documents.paper_dialog import PaperDialog
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.payments.doubt_dialog import ask_about
from mikrolaan.ui.payments.sheet_lines import SheetLines
from mikrolaan.ui.payments.work_tab import UndoPasses, WorkTab
from mikrolaan.ui.widgets.basics import action_button, label, make_action
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.page import scrolling
from mikrolaan.ui.widgets.picker import Found, PickerField
from mikrolaan.ui.widgets.value_fields import ChoiceField, DateField
from mikrolaan.ui.words import means_word


class GroupTab(WorkTab):
    """Choose the group, fill in what each member paid, and keep it with one act; or print the sheet beforehand."""

    key = "group"

    def __init__(self, session: Session, print_sheet: PrintGroupSheet) -> None:
        super().__init__()
        self._session, self._print = session, print_sheet
        self._group: NetworkGroup | None = None
        self.paper: PaperDialog | None = None
        self.save_act = make_action(
            self,
            _("&Save all payments"),
            self.save,
            shortcut="Ctrl+S",
            tip=_("Keep every amount on the sheet, all of them or none"),
            icon_name="check",
        )
        self.print_act = make_action(
            self,
            _("&Print the sheet"),
            self.print_sheet,
            shortcut="Ctrl+P",
            tip=_("Show the sheet for the meeting, with room for amounts and signatures"),
            icon_name="printer",
        )
        self.fill_act = make_action(
            self,
            _("&Fill in what is due"),
            self.fill,
            tip=_("Put what is due, else the next instalment, into every row"),
            icon_name="note-pencil",
        )
        self.group = PickerField("group", _("&Group"), self._search, placeholder=_("Name of the network group"))
        self.received_on = DateField("received_on", _("&Date of the meeting"), session.today)
        self.means = ChoiceField("means", _("Paid &by"), [(means, means_word(means)) for means in PaymentMeans])
        self.message = InlineMessage()
        self.lines = SheetLines(session.office.get().currency)
        self.nothing = EmptyState(
            "users-three",
            _("Choose a group. Every member's loan gets a row here, with what is due on it."),
            title=_("The payments of a meeting"),
        )
        self._lay_out()
        self.group.changed.connect(self._on_group)
        self.received_on.changed.connect(self._on_day)
        self.lines.changed.connect(self._show_total)
        self.lines.submitted.connect(self.save)
        self.first_focus = self.group.line
        UndoPasses(self.group.line)
        self._begin()

    def title(self) -> str:
        return _("Group sheet")

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(12)
        for field, width in ((self.group, 0), (self.received_on, 176), (self.means, 132)):
            if width:
                field.setFixedWidth(width)
            fields.addWidget(field, 0 if width else 1, Qt.AlignmentFlag.AlignTop)
        fields.addStretch(1)
        self.sum = label("", "strong")
        acts = QHBoxLayout()
        acts.setSpacing(12)
        acts.addWidget(self.sum, 1)
        kinds = ((self.fill_act, ""), (self.print_act, ""), (self.save_act, "primary"))
        self._buttons = [action_button(act, kind) for act, kind in kinds]
        for made in self._buttons:
            acts.addWidget(made)
        self.area = scrolling(self.lines)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(fields)
        layout.addWidget(self.message)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.nothing, 1)
        layout.addLayout(acts)

    def _begin(self) -> None:
        self.received_on.set_value(self._session.today())
        self.means.set_value(PaymentMeans.CASH)
        self._show_group(None)

    # -- what the page asks

    def opened(self, record_id: UUID | None) -> None:
        if record_id is not None:
            group = self._session.groups.get(record_id)
            self.group.choose(Found(group.id, group.name))
            self.received_on.set_value(self._session.today())
            self._show_group(group.id)

    def refresh(self) -> None:
        if self._group is not None:
            self._show_group(self._group.id, keep_typed=True)

    def kept(self) -> object | None:
        return self.lines.typed() if self._group is not None else None

    def restore(self, kept: object) -> None:
        if isinstance(kept, dict):
            self.lines.restore_typed(kept)

    # -- the acts

    def fill(self) -> None:
        """Propose in every row what the member most likely pays."""
        self.lines.fill()

    def print_sheet(self) -> None:
        """Show the sheet as it would be printed for the day in the field."""
        if self._group is None:
            return
        day = self.received_on.peek() or self._session.today()
        group, lines = self._session.taking.group_lines(self._group.id, day)
        office = self._session.office.get()
        content = self._print(GroupSheetPaper(office, group, lines, day, current_language().code))
        title = _("Payment sheet {group}").format(group=group.name)
        self.paper = PaperDialog(title, content, self.window(), note=_("For the meeting; it is not kept."))
        self.paper.open()

    def save(self) -> None:
        """Keep every amount on the sheet at once."""
        self._save(is_sure=False)

    def _save(self, *, is_sure: bool) -> None:
        if self._group is None or not (self.received_on.check() and self.means.check() and self.lines.check()):
            return
        paid = self.lines.paid()
        if not paid:
            self.message.say(_("Type at least one amount. A member who pays nothing stays empty."), "warn")
            return
        try:
            taken = self._session.taking.take_group(paid, self.received_on.value(), self.means.value(), is_sure=is_sure)
        except UnusualPayment as doubt:
            number = doubt.doubts[0].loan_number
            ask_about(self, doubt, lambda: self._save(is_sure=True), lambda: self.lines.focus_loan(number))
        except GroupPaymentRefused as refused:
            self.lines.set_error(refused.loan_id, sentence_for(refused.cause))
            self.message.say(
                _("Nothing is saved yet, because one payment cannot be taken. Mend it and save again."), "bad"
            )
        except MikrolaanError as error:
            if isinstance(error, RuleError) and error.field == "received_on":
                self.received_on.set_error(sentence_for(error))
                self.received_on.editor.setFocus()
            else:
                self.message.say(sentence_for(error), "bad")
        else:
            self._done(taken, [amount for _loan, amount in paid])

    def _done(self, taken: Sequence[Taken], amounts: list[Money]) -> None:
        speaks = current_language()
        summed = speaks.money(total(amounts, amounts[0].currency))
        told = ngettext("{count} payment taken, {amount}.", "{count} payments taken, {amount}.", len(taken))
        self.message.say("")
        self.lines.clear()
        self.refresh()
        self.group.line.setFocus()
        self.toast_with_undo.emit(told.format(count=len(taken), amount=summed), self._undo(taken))

    def _undo(self, taken: Sequence[Taken]) -> Callable[[], None]:
        def undo() -> None:
            try:
                self._session.taking.reverse(taken, reason=_("Undone right after it was typed"))
            except MikrolaanError as error:
                self.toast.emit(sentence_for(error))
                return
            self.refresh()
            self.toast.emit(_("All payments of the sheet are reversed."))

        return undo

    # -- what moves

    def _search(self, text: str, most: int) -> Sequence[Found]:
        rows = self._session.queries.groups(text, Order(), Slice(0, most))
        words = {row.id: ngettext("{count} member", "{count} members", row.members) for row in rows}
        return [Found(row.id, row.name, words[row.id].format(count=row.members)) for row in rows]

    def _on_group(self) -> None:
        chosen = self.group.chosen
        self._show_group(chosen.id if chosen is not None else None)
        if chosen is not None:
            self.lines.focus_first()

    def _on_day(self) -> None:
        if self.received_on.peek() is not None:
            self.refresh()

    def _show_group(self, group_id: UUID | None, *, keep_typed: bool = False) -> None:
        self.message.say("")
        if group_id is None:
            self._group = None
            self.lines.show_lines(())
        else:
            day = self.received_on.peek() or self._session.today()
            self._group, lines = self._session.taking.group_lines(group_id, day)
            self.lines.show_lines(lines, keep_typed=keep_typed)
            self._order_buttons()
            if not lines:
                self.message.say(_("No member of this group has a loan that is being repaid."), "primary")
        has_lines = self.lines.count > 0
        self.area.setVisible(has_lines)
        self.nothing.setVisible(not has_lines)
        for act in (self.save_act, self.print_act, self.fill_act):
            act.setEnabled(has_lines)
        self._show_total()

    def _order_buttons(self) -> None:
        """Let Tab come to the buttons after the amounts, which are made anew for each group."""
        for before, after in pairwise([*(field.line for field in self.lines.fields[-1:]), *self._buttons]):
            QWidget.setTabOrder(before, after)

    def _show_total(self) -> None:
        count, summed = len(self.lines.peek()), self.lines.sum_so_far()
        if not count or summed is None:
            self.sum.setText("")
            return
        told = ngettext("{count} payment, {amount}", "{count} payments, {amount}", count)
        self.sum.setText(told.format(count=count, amount=current_language().money(summed)))
