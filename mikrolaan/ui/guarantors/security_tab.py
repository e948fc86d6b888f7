"""The Security tab of a loan: its guarantors, and who else answers for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError, NotFound
from mikrolaan.domain.guarantor import KnownGuarantor
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.money import Currency
from mikrolaan.i18n import _, current_language
from mikrolaan.services.guarantors import Answerer
from mikrolaan.services.session import Session
from mikrolaan.ui.error_sentence import sentence_for
from mikrolaan.ui.guarantors import guarantor_acts
from mikrolaan.ui.guarantors.answering_card import AnsweringCard, fit_rows
from mikrolaan.ui.guarantors.guarantor_dialog import ask_guarantor
from mikrolaan.ui.guarantors.guarantor_words import guarantee_state, kind_word, on_top_word, person_told
from mikrolaan.ui.guarantors.security_acts import SecurityActs
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import action_button, button, icon_button, label
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.page import Page
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel
from mikrolaan.ui.words import guarantee_word

NARROW = 960  # a narrower list leaves out the kind, which stands below it, so that names have room
KIND_COLUMN = 2
EMPTY_ROWS = 8  # room for what an empty list says


class SecurityTab(QWidget):
    """The guarantors with their acts above, the chosen one's details below; then everybody who answers today."""

    recorded = Signal(str)  # a sentence about what was kept
    recorded_with_undo = Signal(str, object)  # the sentence, and a callable that undoes it
    wanted = Signal()  # an act from elsewhere wants the tab to be seen
    go_to = Signal(object)  # Destination
    declaration_asked = Signal(object)  # of the KnownGuarantor

    def __init__(self, session: Session, page: Page) -> None:
        """`page` is the loan's: the acts are its own, so that the command palette offers them."""
        super().__init__()
        self._session = session
        self._loan: Loan | None = None
        self._rows: Sequence[KnownGuarantor] = ()
        office = session.office.get()
        self._country = office.country
        self.acts = SecurityActs(
            page,
            session.officer.roles,
            add=self.add,
            change=self.change,
            remove=self.remove,
            sign=self.sign,
            release=self.release,
            take_back=self.take_back,
            declare=lambda: self.declaration_asked.emit(self.chosen),
            notify=self.notify,
        )
        self.model: PagedTableModel[KnownGuarantor] = PagedTableModel(
            _columns(office.currency, session.today),
            lambda: len(self._rows),
            lambda at, most: self._rows[at : at + most],
        )
        empty = EmptyState(
            "shield-check",
            _("Persons who answer for the loan with an amount of their own will be listed here."),
            self.acts.add,
            _("No guarantors"),
        )
        self.table = Table(self.model, _("Guarantors"), empty)
        self.table.row_selected.connect(lambda _row: self._on_chosen())
        self.table.row_opened.connect(lambda _row: self._open())
        self.message = InlineMessage()
        self.details = label("", "muted", wraps=True)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.case_link = button(_("Open the case"), "link")
        self.case_link.clicked.connect(lambda _checked=False: self._open_case())
        self.card = AnsweringCard(office.currency, self.acts.notify)
        self.card.chosen_changed.connect(self._offer)
        self.card.opened.connect(self._open_answerer)
        self._lay_out()
        self._on_chosen()

    def _lay_out(self) -> None:
        self.more_button = icon_button("dots-three", _("More acts on the guarantor"))
        self.more_button.setProperty("kind", "outlined")
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more_button)
        menu.setToolTipsVisible(True)  # they say why an act is not possible
        menu.addActions([self.acts.declare, self.acts.release, self.acts.take_back, self.acts.remove])
        self.more_button.setMenu(menu)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        self.row_buttons = [action_button(act) for act in (self.acts.change, self.acts.sign)]
        self.add_button = action_button(self.acts.add)
        for made in (self.add_button, *self.row_buttons, self.more_button):
            acts.addWidget(made)
        acts.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self.details, 1)
        below.addWidget(self.case_link, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.card.message)
        layout.addLayout(acts)
        layout.addWidget(self.message)
        layout.addWidget(self.table)
        layout.addLayout(below)
        layout.addWidget(self.card)
        layout.addStretch(1)

    def show_loan(self, loan: Loan | None, guarantors: Sequence[KnownGuarantor] = ()) -> None:
        """Show another loan, or the same one after it changed; None shows nothing."""
        self.message.say("")
        is_other = self._loan is None or loan is None or self._loan.id != loan.id
        self._loan, self._rows = loan, guarantors
        if is_other:
            self.table.clearSelection()
            self.table.setCurrentIndex(self.model.index(-1, -1))
        self.table.reload()
        fit_rows(self.table, 1 if guarantors else EMPTY_ROWS)
        if guarantors and self.chosen is None:
            self.table.setCurrentIndex(self.model.index(0, 0))
        if loan is None:
            self.card.show_people((), None, date.min)
        else:
            group = self._session.groups.get(loan.group_id) if loan.group_id is not None else None
            self.card.show_people(self._session.guarantors.answering(loan.id), group, self._session.today())
        for part in (self.add_button, *self.row_buttons, self.more_button):
            part.setVisible(bool(guarantors))  # an empty list offers the first act itself
        self._on_chosen()

    @property
    def chosen(self) -> KnownGuarantor | None:
        """The guarantor of the chosen line."""
        row = self.table.selected_row()
        return row if isinstance(row, KnownGuarantor) else None

    # -- acts

    def add(self) -> None:
        """Ask for a new guarantor."""
        if self._loan is not None:
            self.wanted.emit()
            ask_guarantor(self.window(), self._session, self._loan, None, self._on_added)

    def change(self) -> None:
        """Ask for the chosen guarantor anew."""
        if self._loan is not None and self.chosen is not None:
            ask_guarantor(self.window(), self._session, self._loan, self.chosen, self._on_changed)

    def remove(self) -> None:
        """Take the chosen guarantor off the list; can be undone."""
        known = self.chosen
        if known is None:
            return
        try:
            self._session.guarantors.remove(known.guarantor.id)
        except MikrolaanError as error:
            self.message.say(sentence_for(error), "bad")
            return
        told = _("{name} is removed from the guarantors.").format(name=known.name)
        self.recorded_with_undo.emit(told, lambda: self._add_again(known))

    def sign(self) -> None:
        """Ask when the chosen guarantor signed."""
        self._ask(guarantor_acts.note_signature, _("{name} answers for the loan."))

    def release(self) -> None:
        """Ask from when and why the chosen guarantor is let go; can be undone."""
        known = self.chosen
        if known is not None:
            told = _("{name} is released.").format(name=known.name)
            done = partial(self.recorded_with_undo.emit, told, lambda: self._answers_again(known))
            guarantor_acts.release(self.window(), self._session, known, done)

    def take_back(self) -> None:
        """Ask why the release of the chosen guarantor was wrong."""
        self._ask(guarantor_acts.take_back_release, _("The release of {name} is taken back."))

    def notify(self) -> None:
        """Ask when the chosen person was told of the default."""
        one = self.card.chosen
        if self._loan is not None and one is not None:
            told = _("The notice to {name} is noted.").format(name=one.person.name)
            guarantor_acts.note_notice(
                self.window(), self._session, self._loan.id, one, lambda: self.recorded.emit(told)
            )

    def _ask(self, act: Callable[[QWidget, Session, KnownGuarantor, Callable[[], object]], object], told: str) -> None:
        known = self.chosen
        if known is not None:
            text = told.format(name=known.name)
            act(self.window(), self._session, known, lambda: self.recorded.emit(text))

    def _on_added(self, known: KnownGuarantor) -> None:
        told = _("{name} is a guarantor of the loan, and has not signed yet.").format(name=known.name)
        self.recorded_with_undo.emit(told, lambda: self._remove_again(known))
        self._choose(known)

    def _on_changed(self, known: KnownGuarantor) -> None:
        self.recorded.emit(_("The guarantee of {name} is changed.").format(name=known.name))

    def _remove_again(self, known: KnownGuarantor) -> None:
        try:
            self._session.guarantors.remove(known.guarantor.id)
        except MikrolaanError as error:
            self.recorded.emit(sentence_for(error))  # another loan may stand on the page by now
        else:
            self.recorded.emit(_("{name} is removed from the guarantors.").format(name=known.name))

    def _add_again(self, known: KnownGuarantor) -> None:
        gone = known.guarantor
        who = gone.borrower_id or known.person
        try:
            self._session.guarantors.add(gone.loan_id, who, gone.guarantee)
        except MikrolaanError as error:
            self.recorded.emit(sentence_for(error))
        else:
            self.recorded.emit(_("{name} is on the list again.").format(name=known.name))

    def _answers_again(self, known: KnownGuarantor) -> None:
        reason = _("Undone right after it was typed")
        try:
            self._session.guarantors.take_back_release(known.guarantor.id, reason=reason)
        except MikrolaanError as error:
            self.recorded.emit(sentence_for(error))
        else:
            self.recorded.emit(_("The release of {name} is taken back.").format(name=known.name))

    # -- the chosen line

    def _choose(self, known: KnownGuarantor) -> None:
        for number, row in enumerate(self._rows):
            if row.guarantor.id == known.guarantor.id:
                self.table.setCurrentIndex(self.model.index(number, 0))

    def _on_chosen(self) -> None:
        known = self.chosen
        lines = [] if known is None else self._told(known)
        self.details.setText("\n".join(filter(None, lines)))
        self.details.setVisible(known is not None)
        self.case_link.setVisible(known is not None and known.guarantor.borrower_id is not None)
        self._offer()

    def _told(self, known: KnownGuarantor) -> list[str]:
        one, speaks = known.guarantor, current_language()
        lines = [
            " · ".join(filter(None, (known.name, one.guarantee.relation, guarantee_word(one.guarantee.kind)))),
            person_told(known.person, self._country),
        ]
        lines.append(
            _("Added {moment} by {officer}.").format(
                moment=speaks.moment(one.recorded.at), officer=self._officer(known)
            )
        )
        if one.signed_on is not None:
            lines[-1] += " " + _("Signed {date}.").format(date=speaks.date(one.signed_on))
        release = one.release
        if release is not None and release.taken_back_on is None:
            lines.append(
                _("Released from {date}: {reason}").format(date=speaks.date(release.on), reason=release.reason)
            )
        elif release is not None and release.taken_back_on is not None:
            lines.append(
                _("A release was taken back on {date}: {reason}").format(
                    date=speaks.date(release.taken_back_on), reason=release.taken_back_reason
                )
            )
        return lines

    def _officer(self, known: KnownGuarantor) -> str:
        try:
            return self._session.office.officer_name(known.guarantor.recorded.by)
        except NotFound:
            return _("somebody unknown")

    def _offer(self) -> None:
        told = self.card.chosen if not self.card.isHidden() else None
        self.acts.offer(self._loan, self.chosen, told, is_shown=self.isVisible())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(KIND_COLUMN, self.width() < NARROW)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._offer()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._offer()

    # -- going

    def _open(self) -> None:
        """Enter on a line: change what can be changed, else show the case."""
        if self.acts.change.isEnabled():
            self.change()
        else:
            self._open_case()

    def _open_case(self) -> None:
        known = self.chosen
        if known is not None and known.guarantor.borrower_id is not None:
            self.go_to.emit(Destination("borrower", known.guarantor.borrower_id))

    def _open_answerer(self, one: Answerer) -> None:
        if one.answering.borrower_id is not None:
            self.go_to.emit(Destination("borrower", one.answering.borrower_id))


def _columns(currency: Currency, today: Callable[[], date]) -> list[Column[KnownGuarantor]]:
    return [
        Column(lambda: _("Name"), lambda known: known.name),
        Column(lambda: _("Relation"), lambda known: known.guarantor.guarantee.relation or "–", width=120),
        Column(lambda: _("Kind"), lambda known: kind_word(known.guarantor.guarantee.kind), width=116),
        Column(
            lambda: _("At most, {currency}").format(currency=currency.value),
            lambda known: current_language().amount(known.guarantor.guarantee.at_most),
            Align.END,
            width=124,
        ),
        Column(
            lambda: _("Interest and costs"),
            lambda known: on_top_word(known.guarantor.guarantee.interest_and_costs_on_top),
            width=130,
        ),
        Column(
            lambda: _("State"),
            lambda known: guarantee_state(known.guarantor, today()).word,
            state=lambda known: guarantee_state(known.guarantor, today()),
            width=236,
        ),
    ]
