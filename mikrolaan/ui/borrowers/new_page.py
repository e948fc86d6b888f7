"""The page on which a new borrower is registered; what is typed is kept as a draft until it is saved or discarded."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.i18n import _
from mikrolaan.services.borrowers import IdentityNumberTaken
from mikrolaan.services.session import Session
from mikrolaan.ui.borrowers.borrower_form import BorrowerForm
from mikrolaan.ui.borrowers.drafts import Drafts
from mikrolaan.ui.borrowers.form_footer import FormFooter
from mikrolaan.ui.borrowers.similar_panel import SimilarPanel
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.page import MARGIN, Page, scrolling


class NewBorrowerPage(Page):
    """The form, and beside it borrowers who may be the same person."""

    def __init__(self, session: Session, runner: TaskRunner, drafts: Drafts) -> None:
        super().__init__(_("New borrower"))
        self._session, self._drafts = session, drafts
        self.form = BorrowerForm(session.office.get().country, session.today)
        self.first_focus = self.form.given_names.line
        self._untouched = self.form.typed()
        self.restored = InlineMessage()
        self.similar = SimilarPanel(session, self.form)
        self.similar.go_to.connect(self.go_to)
        self.save_act = self.add_act(
            _("&Save"), self.save, shortcut="Ctrl+S", tip=_("Register the borrower"), icon_name="floppy-disk"
        )
        self.cancel_act = self.add_act(
            _("Cancel"), self.cancel, shortcut="Esc", tip=_("Back to the list; what is typed is kept")
        )
        self.footer = FormFooter(self.save_act, self.cancel_act)
        card = Card()
        card.body.addWidget(self.restored)
        card.body.addWidget(self.form)
        content = QWidget()
        content.setObjectName("page_body")
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(card, 1)
        row.addWidget(self.similar)
        self.area = scrolling(content)
        self.body.addWidget(self.area, 1)
        self.body.addWidget(self.footer)
        self.form.changed.connect(self._on_changed)

    def opened(self, destination: Destination) -> None:
        self.message.say("")
        searched = self._drafts.take_search()
        draft = self._drafts.get(None)
        if draft is not None:
            self.form.restore_typed(draft)
        elif searched:
            self._begin_with(searched)
        self._offer_discard(draft is not None)
        self.area.verticalScrollBar().setValue(0)
        self.similar.start(None)
        super().opened(destination)

    def restore_typed(self, typed: dict[str, object]) -> None:
        super().restore_typed(typed)
        self.form.follow()
        self.similar.start(None)

    @property
    def is_touched(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.form.typed() != self._untouched

    # -- acts

    def save(self) -> None:
        """Register the borrower; nothing is kept unless everything is right."""
        self.similar.look()
        is_right = self.form.check_all()
        same = self.similar.same_person
        if same is not None:
            self.form.show_problem(IdentityNumberTaken(same.id, same.number, same.name))
        if same is not None or not is_right:
            self._show_first_error()
            return
        try:
            borrower = self._session.borrowers.register(self.form.person(), self.form.enterprise())
        except MikrolaanError as error:
            self.form.show_problem(error)
            self.similar.start(None)
            self._show_first_error()
        else:
            self._empty()
            self.toast.emit(
                _("{name} now has case number {number}.").format(name=borrower.name, number=borrower.number)
            )
            self.go_to.emit(Destination("borrower", borrower.id))

    def cancel(self) -> None:
        """Go back to the list; a draft stays."""
        if self.is_touched:
            self.toast.emit(_("What you typed is kept until you come back."))
        self.go_to.emit(Destination("borrowers"))

    def discard(self) -> None:
        """Throw the draft away and begin afresh; can be undone."""
        typed = self.form.typed()
        self._empty()
        self.form.given_names.setFocus()
        self.toast_with_undo.emit(_("The draft was discarded."), lambda: self._bring_back(typed))

    # -- parts

    def _show_first_error(self) -> None:
        first = self.form.first_error
        if first is not None:
            first.editor.setFocus()
            self.area.ensureWidgetVisible(first, 0, MARGIN)
        else:
            self.area.verticalScrollBar().setValue(0)

    def _bring_back(self, typed: dict[str, object]) -> None:
        self.form.restore_typed(typed)
        self._on_changed()
        self.similar.start(None)

    def _empty(self) -> None:
        self._drafts.drop(None)
        self.form.set_borrower(None)
        self._offer_discard(False)
        self._show_draft_note()
        self.similar.start(None)

    def _begin_with(self, searched: str) -> None:
        """A searched name goes into the names, its last word as the family name; figures into the number."""
        self.form.set_borrower(None)
        if any(character.isdigit() for character in searched):
            field = (
                self.form.phone if searched.startswith(("+", "00")) or len(searched) <= 8 else self.form.identity_number
            )
            field.restore_typed(searched)
        else:
            given, _space, family = searched.rpartition(" ")
            self.form.given_names.restore_typed(given or family)
            self.form.family_name.restore_typed(family if given else "")
        self.form.follow()
        self._on_changed()

    def _on_changed(self) -> None:
        if self.is_touched:
            self._drafts.keep(None, self.form.typed())
        else:
            self._drafts.drop(None)
        self._show_draft_note()

    def _show_draft_note(self) -> None:
        self.footer.note.setText(_("Kept as a draft while the office file is open") if self.is_touched else "")

    def _offer_discard(self, restored: bool) -> None:
        self.restored.say(_("Unsaved draft restored") if restored else "")
        if restored:
            self.restored.offer(_("Discard"), self.discard)
        self._show_draft_note()
