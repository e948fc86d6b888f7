"""The tab Plan and budget of a borrower's case: the budget is drawn up, saved and held against an instalment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mikrolaan.domain.budget import Budget
from mikrolaan.domain.errors import ConflictError, MikrolaanError
from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.borrowers.form_footer import FormFooter
from mikrolaan.ui.budget.budget_form import BudgetForm, Typed
from mikrolaan.ui.budget.result_card import ResultCard
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.widgets.basics import make_action
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.page import MARGIN, scrolling

RESULT_WIDTH = 14.5  # heights of a line of text
BESIDE_FROM = 36  # the same; narrower, the result stands above the lines
GAP, SCROLL_BAR = 16, 12  # pixels
WIDEST = 16_777_215  # Qt's word for no limit


@dataclass(frozen=True, slots=True)
class BudgetDraft:
    """What was typed and not saved, and the budget it began from."""

    base: Budget
    typed: Typed


class BudgetTab(QWidget):
    """Nothing is kept before Save. A stale save keeps what was typed and shows the other version beside it."""

    saved = Signal(object)  # Budget

    def __init__(self, session: Session, drafts: dict[UUID, BudgetDraft]) -> None:
        """`drafts` outlives the tab, by borrower."""
        super().__init__()
        self._session, self._drafts = session, drafts
        self._currency = session.office.get().currency
        self._borrower_id: UUID | None = None
        self._base: Budget | None = None
        self._loaded: Typed = {}
        self.message = InlineMessage()
        self.form = BudgetForm(self._currency, session.today())
        self.results = ResultCard(self._currency)
        self.save_act = make_action(
            self, _("&Save"), self.save, shortcut="Ctrl+S", tip=_("Save the budget"), icon_name="floppy-disk"
        )
        self.undo_act = make_action(
            self, _("&Undo changes"), self.undo, tip=_("Show what was last saved"), icon_name="arrow-counter-clockwise"
        )
        self.begin_act = make_action(
            self, _("Draw up a &budget"), self.begin, tip=_("Begin with the usual lines"), icon_name="plus"
        )
        self.footer = FormFooter(self.save_act, self.undo_act)
        self._lay_out()
        self.form.changed.connect(self._on_changed)
        self._reaching = QTimer(self)  # after a new line has found its place
        self._reaching.setSingleShot(True)
        self._reaching.timeout.connect(self._show_focused)
        self.form.reached.connect(lambda: self._reaching.start(0))
        self._show_acts()

    def _lay_out(self) -> None:
        may_change = self._session.budgets.may_change
        self.form.set_read_only(not may_change)
        self.area = scrolling(self.form)
        self.result_area = scrolling(self.results)
        self.sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.sides.setSpacing(GAP)
        self.sides.addWidget(self.area, 1)
        self.sides.addWidget(self.result_area)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.message)
        layout.addLayout(self.sides, 1)
        layout.addWidget(self.footer)
        self.footer.setVisible(may_change)
        told = _(
            "What household and business earn and spend in a month stands here. It shows what is left after the "
            "instalment, and whether it can still be paid when sales fall."
        )
        self.empty = EmptyState("wallet", told, self.begin_act if may_change else None, _("No budget yet"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    # -- what is shown

    def show_borrower(self, borrower_id: UUID) -> None:
        """Show the budget of a case as it stands, or the draft that was left on it."""
        same = self._borrower_id == borrower_id
        if not same:
            self.results.show_case(None)
            self.results.follow()
        self._borrower_id = borrower_id
        self.results.show_case(self._session.budgets.instalment_of(borrower_id))
        if same and self.is_touched:
            return  # what is being typed stays; a save will tell whether the budget changed meanwhile
        budget, draft = self._session.budgets.of(borrower_id), self._drafts.get(borrower_id)
        if same and self._base is not None and self._base.version == (budget.version if budget is not None else 0):
            return  # nothing new to show, and the cursor stays
        self.message.say("")
        if draft is not None:
            self._load(draft.base)
            self.form.restore_typed(draft.typed)
            self._on_changed()
            self.message.say(_("Unsaved draft restored"))
            self.message.offer(_("Discard"), self.undo)
        elif budget is not None:
            self._load(budget)
        else:
            self._base, self._loaded = None, {}
            self.stack.setCurrentIndex(0)
            self._show_acts()

    @property
    def is_touched(self) -> bool:
        """Whether something was typed that is not saved."""
        return bool(self._loaded) and self.form.typed() != self._loaded

    def begin(self) -> None:
        """Begin a budget with the usual lines, the cursor in the first."""
        if self._borrower_id is not None and self._base is None:
            self._load(self._session.budgets.begin(self._borrower_id, self._currency))
            self.form.begin()

    # -- acts

    def save(self) -> None:
        """Save the budget; nothing is kept unless everything is right."""
        if self._base is None or not self.is_touched:
            return
        if not self.form.check_all():
            self._show_first_wrong()
            return
        try:
            saved = self._session.budgets.save(self.form.budget())
        except ConflictError:
            self._on_stale()
        except MikrolaanError as error:
            self.message.say(sentence_for(error), "bad")
        else:
            self._drafts.pop(saved.borrower_id, None)
            self.message.say("")
            self._base = saved
            self.form.settle(saved)
            self._loaded = self.form.typed()
            self._show_acts()
            self.saved.emit(saved)

    def undo(self) -> None:
        """Show what was last saved; without anything saved, that there is no budget yet."""
        if self._borrower_id is not None:
            self._drafts.pop(self._borrower_id, None)
            self._base, self._loaded = None, {}
            self.show_borrower(self._borrower_id)

    # -- when the budget changed meanwhile

    def _on_stale(self) -> None:
        self.message.say(
            _("Somebody else changed this budget meanwhile. What you typed is still here and was not saved."), "warn"
        )
        self.message.offer(_("Show the new version"), self.show_theirs)

    def show_theirs(self) -> None:
        """Show the file's version; what was typed can be taken back and saved over it."""
        if self._borrower_id is None:
            return
        mine = self.form.typed()
        theirs = self._session.budgets.of(self._borrower_id)
        if theirs is None:
            return
        self._drafts.pop(self._borrower_id, None)
        self._load(theirs)
        self.message.say(_("This is what was saved meanwhile. What you typed is kept until you leave the case."))
        self.message.offer(_("Take back what I typed"), lambda: self._take_mine(mine))

    def _take_mine(self, mine: Typed) -> None:
        self.form.restore_typed(mine)
        self.message.say(_("What you typed stands here again. Saving it replaces what was saved meanwhile."), "warn")
        self._on_changed()

    # -- parts

    def _load(self, budget: Budget) -> None:
        self._base = budget
        self.stack.setCurrentIndex(1)
        self.form.show_budget(budget)
        self._loaded = self.form.typed()
        self.results.show_budget(budget)
        self._show_acts()

    def _on_changed(self) -> None:
        if self._base is None:
            return
        self.results.show_budget(self.form.peek())
        if self.is_touched:
            self._drafts[self._base.borrower_id] = BudgetDraft(replace(self._base), self.form.typed())
        else:
            self._drafts.pop(self._base.borrower_id, None)
        self._show_acts()

    def _show_acts(self) -> None:
        touched, begun = self.is_touched, self._base is not None and self._base.version == 0
        self.save_act.setEnabled(touched and self._session.budgets.may_change)
        self.undo_act.setEnabled(touched or begun)
        self.begin_act.setEnabled(self._base is None and self._session.budgets.may_change)
        self.footer.note.setText(_("Kept as a draft while the office file is open") if touched else "")

    def _show_first_wrong(self) -> None:
        first = self.form.first_wrong()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(first, 0, MARGIN)

    def _show_focused(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and self.form.isAncestorOf(now):
            self.area.ensureWidgetVisible(now, 0, MARGIN)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The result beside the lines, or above them where there is no room."""
        height = self.fontMetrics().height()
        beside = self.width() >= BESIDE_FROM * height
        self.sides.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.BottomToTop)
        self.result_area.setMinimumWidth(round(RESULT_WIDTH * height) if beside else 0)
        self.result_area.setMaximumWidth(round(RESULT_WIDTH * height) if beside else WIDEST)
        taken = round(RESULT_WIDTH * height) + GAP if beside else 0
        self.form.fit(self.width() - taken - SCROLL_BAR)
