"""The tab in which a case's person and enterprise are changed, saved and undone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.errors import ConflictError, MikrolaanError
from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.borrowers.borrower_form import BorrowerForm
from mikrolaan.ui.borrowers.conflict_card import ConflictCard, Difference
from mikrolaan.ui.borrowers.drafts import Drafts
from mikrolaan.ui.borrowers.form_footer import FormFooter
from mikrolaan.ui.borrowers.similar_panel import SimilarPanel
from mikrolaan.ui.widgets.basics import make_action
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.page import MARGIN, scrolling


class PersonTab(QWidget):
    """The form of one case. A stale save keeps what was typed and shows both versions."""

    saved = Signal(object)  # Borrower
    go_to = Signal(object)  # Destination

    def __init__(self, session: Session, drafts: Drafts) -> None:
        super().__init__()
        self._session, self._drafts = session, drafts
        country = session.office.get().country
        self.form = BorrowerForm(country, session.today)
        self._theirs = BorrowerForm(country, session.today)  # never shown: reads the file's version for comparing
        self._borrower: Borrower | None = None
        self._loaded: dict[str, object] = {}
        self.restored = InlineMessage()
        self.stale = InlineMessage()
        self.conflict = ConflictCard()
        self.conflict.taken.connect(self._take_theirs)
        self.similar = SimilarPanel(session, self.form)
        self.similar.go_to.connect(self.go_to)
        self.save_act = make_action(
            self, _("&Save"), self.save, shortcut="Ctrl+S", tip=_("Save the changes"), icon_name="floppy-disk"
        )
        self.undo_act = make_action(
            self, _("&Undo changes"), self.undo, tip=_("Show what was last saved"), icon_name="arrow-counter-clockwise"
        )
        self.footer = FormFooter(self.save_act, self.undo_act)
        card = Card()
        card.body.addWidget(self.restored)
        card.body.addWidget(self.stale)
        card.body.addWidget(self.form)
        content = QWidget()
        content.setObjectName("page_body")
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.conflict)
        left.addWidget(card)
        left.addStretch(1)
        row.addLayout(left, 1)
        row.addWidget(self.similar)
        self.area = scrolling(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.footer)
        self.form.changed.connect(self._on_changed)
        self._show_acts()

    def show_borrower(self, borrower: Borrower) -> None:
        """Show a case as it stands, or the draft that was left on it."""
        if self._borrower is not None and self._borrower.id == borrower.id and self.is_touched:
            return  # what is being typed stays; a save will tell whether the case changed meanwhile
        self._load(borrower)
        draft = self._drafts.get(borrower.id)
        if draft is not None:
            self.form.restore_typed(draft)
        self.restored.say(_("Unsaved draft restored") if self.is_touched else "")
        if self.is_touched:
            self.restored.offer(_("Discard"), self.undo)
        self._show_acts()
        self.similar.start(borrower.id)

    @property
    def is_touched(self) -> bool:
        """Whether something was typed that is not saved."""
        return bool(self._loaded) and self.form.typed() != self._loaded

    def begin(self) -> None:
        """Put the cursor into the first field."""
        self.form.given_names.line.setFocus()
        self.form.given_names.line.selectAll()

    def save(self) -> None:
        """Save the changes; nothing is kept unless everything is right."""
        if self._borrower is None or not self.is_touched:
            return
        self.similar.look()
        if not self.form.check_all():
            self._show_first_error()
            return
        try:
            changed = self._session.borrowers.change(self._borrower, self.form.person(), self.form.enterprise())
        except ConflictError:
            self._on_stale()
        except MikrolaanError as error:
            self.form.show_problem(error)
            self.similar.start(self._borrower.id)
            self._show_first_error()
        else:
            self._drafts.drop(changed.id)
            self._load(changed)
            self.saved.emit(changed)

    def undo(self) -> None:
        """Show what was last saved."""
        if self._borrower is not None:
            self._drafts.drop(self._borrower.id)
            self._load(self._session.borrowers.get(self._borrower.id))
            self.similar.start(self._borrower.id)

    # -- when the case changed meanwhile

    def _on_stale(self) -> None:
        self.stale.say(
            _("Somebody else changed this case meanwhile. What you typed is still here and was not saved."), "warn"
        )
        self.stale.offer(_("Load the new version"), self.compare)
        self.area.verticalScrollBar().setValue(0)

    def compare(self) -> None:
        """Load the file's version: fields that were not touched take it, for the others both values are shown."""
        if self._borrower is None:
            return
        mine, base = self.form.typed(), self._loaded
        current = self._session.borrowers.get(self._borrower.id)
        self._theirs.set_borrower(current)
        theirs = self._theirs.typed()
        untouched = {name: theirs[name] for name in mine if mine[name] == base.get(name)}
        self._borrower, self._loaded = current, theirs
        self.form.restore_typed(untouched)
        self.stale.say("")
        self._show_differences()
        self._on_changed()

    def _show_differences(self) -> None:
        self.conflict.show_differences(
            [
                Difference(
                    name,
                    self.form.word_of(field),
                    self.form.shown_text(field),
                    self._theirs.shown_text(self._theirs.fields[name]),
                )
                for name, field in self.form.fields.items()
                if field.typed() != self._theirs.fields[name].typed()
            ]
        )

    def _take_theirs(self, name: str) -> None:
        self.form.restore_typed({name: self._theirs.fields[name].typed()})
        self._show_differences()
        self._on_changed()

    # -- parts

    def _show_first_error(self) -> None:
        first = self.form.first_error
        if first is not None:
            self.area.ensureWidgetVisible(first, 0, MARGIN)
        else:
            self.area.verticalScrollBar().setValue(0)

    def _load(self, borrower: Borrower) -> None:
        self._borrower = borrower
        self.form.set_borrower(borrower)
        self._loaded = self.form.typed()
        self.restored.say("")
        self.stale.say("")
        self.conflict.hide()
        self._show_acts()

    def _on_changed(self) -> None:
        if self._borrower is not None:
            if self.is_touched:
                self._drafts.keep(self._borrower.id, self.form.typed())
            else:
                self._drafts.drop(self._borrower.id)
        if self.conflict.isVisibleTo(self):
            self._show_differences()
        self._show_acts()

    def _show_acts(self) -> None:
        touched = self.is_touched
        self.save_act.setEnabled(touched)
        self.undo_act.setEnabled(touched)
        self.footer.note.setText(_("Kept as a draft while the office file is open") if touched else "")
