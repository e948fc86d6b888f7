"""The side panel that shows, while one types, borrowers who may be the same person."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mikrolaan.domain.contact import format_phone
from mikrolaan.i18n import _, current_language
from mikrolaan.services.rows import SimilarBorrower
from mikrolaan.services.session import Session
from mikrolaan.ui.borrowers.borrower_form import BorrowerForm
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import button, empty, hairline, label
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.messages import InlineMessage

PAUSE_MS = 300
PANEL_WIDTH = 288


class SimilarPanel(QWidget):
    """Follows a form; `go_to` leads to a case that was found."""

    go_to = Signal(object)  # Destination

    def __init__(self, session: Session, form: BorrowerForm) -> None:
        super().__init__()
        self._session, self._form = session, form
        self._without: UUID | None = None
        self._asked: tuple[object, ...] = ()
        self.found: Sequence[SimilarBorrower] = ()
        self.setFixedWidth(PANEL_WIDTH)
        self.taken = InlineMessage()
        self.card = Card(_("Similar borrowers"))
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.card.body.addLayout(self._list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.taken)
        layout.addWidget(self.card)
        layout.addStretch(1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        form.changed.connect(self._pause.start)
        self._show()

    def start(self, without: UUID | None) -> None:
        """Look afresh; `without` leaves out the case that the form shows."""
        self._without = without
        self._asked = ()
        self.look()

    @property
    def same_person(self) -> SimilarBorrower | None:
        """The borrower who has exactly the identity number typed."""
        return next((row for row in self.found if row.same_identity_number), None)

    def look(self) -> None:
        """Ask for borrowers like what is typed now; nothing is asked twice."""
        self._pause.stop()
        form = self._form
        number = form.typed_number
        digits = number.digits if number is not None else ""
        asked = (form.typed_name, digits, form.typed_birth_date, form.phone.peek() or "")
        if asked == self._asked:
            return
        self._asked = asked
        enough = len(form.typed_name) >= 3 or digits or asked[3]
        self.found = self._session.queries.similar_borrowers(*asked, self._without) if enough else ()
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is asked for a form that is out of sight: the office file may be locked by then."""
        self._pause.stop()
        super().hideEvent(event)

    def _show(self) -> None:
        empty(self._list)
        same = self.same_person
        if same is None:
            self.taken.say("")
        else:
            self.taken.say(_("{name} has this identity number already.").format(name=same.name), "bad")
            self.taken.offer(_("Open case"), lambda: self._open(same.id))
        if not self.found:
            self._list.addWidget(label(_("Nobody like this so far."), "muted", wraps=True))
        for position, row in enumerate(self.found):
            if position:
                self._list.addWidget(hairline())
            self._list.addWidget(self._entry(row))

    def _entry(self, row: SimilarBorrower) -> QWidget:
        entry = QWidget()
        layout = QVBoxLayout(entry)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(label(row.name, "strong", wraps=True))
        born = current_language().date(row.birth_date) if row.birth_date else ""
        told = [
            _("No. {number}").format(number=row.number),
            _("born {date}").format(date=born) if born else "",
        ]
        layout.addWidget(label(" · ".join(filter(None, told)), "caption"))
        for line in (row.enterprise, format_phone(row.phone) if row.phone else ""):
            if line:
                layout.addWidget(label(line, "caption", wraps=True))
        link = button(_("Open case"), "link")
        link.setAccessibleName(_("Open the case of {name}").format(name=row.name))
        link.clicked.connect(lambda _checked=False: self._open(row.id))
        layout.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        return entry

    def _open(self, borrower_id: UUID) -> None:
        self.go_to.emit(Destination("borrower", borrower_id))
