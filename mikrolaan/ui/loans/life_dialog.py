"""The dialog of an act on a running loan: a form, what it would change shown live, and the act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.domain.journal import Entry
from mikrolaan.domain.loan import Loan, PaymentBeforePayout
from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.error_sentence import sentence_for
from mikrolaan.ui.loans.effect_panel import EffectPanel
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.fields import MultilineField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.form_dialog import FormDialog

Done = Callable[[], object]  # called once the act is kept
E = TypeVar("E", bound=Entry)
T = TypeVar("T")
WIDTH = 880  # fits the smallest window beside its edges
PANEL_WIDTH = 376


class LifeDialog(FormDialog, Generic[E]):
    """Shows the loan before and after the entry that the form would make, until it is kept."""

    def __init__(
        self,
        parent: QWidget | None,
        session: Session,
        loan: Loan,
        title: str,
        form: Form,
        act_word: str,
        make: Callable[[], E],
        keep: Callable[[E], object],
        text: str = "",
        *,
        kind: str = "primary",
    ) -> None:
        """`make` gives the entry, or raises RuleError while something is missing or wrong; `keep` asks the service."""
        super().__init__(parent, title, form, act_word, lambda: _dated(lambda: keep(make())), text, kind=kind)
        self._session, self._loan, self._make = session, loan, make
        self.panel = EffectPanel()
        card = Card(_("What changes"))
        card.body.addWidget(self.panel)
        card.body.addStretch(1)
        card.setFixedWidth(PANEL_WIDTH)
        self.body.removeWidget(form)
        beside = QHBoxLayout()
        beside.setSpacing(24)
        beside.addWidget(form, 1)
        beside.addWidget(card)
        self.body.addLayout(beside)
        self.setMinimumWidth(WIDTH)
        form.changed.connect(self.follow)
        self.act_button.clicked.connect(self._make_room)
        self.follow()

    def follow(self) -> None:
        """Show what the form as it stands would change, or why it cannot be."""
        try:
            before, after = _dated(lambda: self._session.life.preview(self._loan, self._make()))
        except InvalidValue as error:
            missing = error.problem is Problem.MISSING
            self.panel.show_none("" if missing else sentence_for(error))
        except RuleError as error:
            self.panel.show_none(sentence_for(error))
        else:
            self.panel.show_effect(before, after)
        self._make_room()

    def _make_room(self) -> None:
        """Grow with what is said, once Qt has laid it out; wrapped sentences are not in a dialog's least height."""
        QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        layout = self.layout()
        if layout is not None and self.isVisible():
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def open_for(self, done: Done) -> None:
        """Show it over its window; `done` is called once the act is kept, never after Cancel."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.accepted.connect(done)
        self.open()


def _dated(work: Callable[[], T]) -> T:
    """What `work` gives; a day before the payout is told as what it is, whatever else but a payment the entry may be."""
    try:
        return work()
    except PaymentBeforePayout as error:
        raise InvalidValue("on", Problem.TOO_EARLY, error.paid_out_on) from None


def reason_field(*, required: bool = True, text: str = "") -> MultilineField:
    """Why something is done; kept in the journal."""
    return MultilineField(
        "note",
        text or _("&Reason"),
        required=required,
        lines=2,
        longest=500,
        help_text=_("Kept in the journal with your name and the time.") if required else "",
    )


def typed_text(field: MultilineField) -> str:
    """What is typed so far, also nothing: the figures do not wait for the reason."""
    return field.peek() or ""
