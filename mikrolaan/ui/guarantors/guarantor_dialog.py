"""The dialog in which a guarantor is added or changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from mikrolaan.domain.guarantor import KnownGuarantor
from mikrolaan.domain.loan import Loan
from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.guarantors.guarantor_form import GuarantorForm
from mikrolaan.ui.widgets.form_dialog import FormDialog
from mikrolaan.ui.widgets.page import scrolling

NARROW = 920  # fits the smallest window beside its edges
WIDE = 1200  # three parts beside each other, so that a window of usual size shows all of them
EDGE = 40  # of the window that stays seen at both sides together


class GuarantorDialog(FormDialog):
    """Who it is at the left, what is promised at the right; scrolls where the window is too small for all of it."""

    form: GuarantorForm

    def __init__(
        self, parent: QWidget, session: Session, loan: Loan, known: KnownGuarantor | None, keep: Callable[[], object]
    ) -> None:
        """`known` is the guarantor to be changed, None for a new one."""
        is_wide = parent.window().width() >= WIDE + EDGE
        form = GuarantorForm(session, loan, is_wide=is_wide)
        form.set_guarantor(known)
        title, word = _("Change the guarantor"), _("Save")
        if known is None:
            title, word = _("Add a guarantor"), _("Add")
        super().__init__(parent, title, form, word, keep)
        self.area: QScrollArea = scrolling(form)
        self.body.removeWidget(form)
        self.body.addWidget(self.area, 1)
        self.body.addWidget(form.doubts)
        form.setContentsMargins(2, 2, 10, 2)  # the frame of what has the cursor, and air before the scroll bar
        for watched in (form, self):
            watched.installEventFilter(self)
        self.setFixedWidth(WIDE if is_wide else NARROW)
        form.is_borrower.setFocus(Qt.FocusReason.OtherFocusReason)  # the form lost it on its way into the area
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self._fit)  # once Qt has asked everything inside for its new height
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """As high as the form, but within the window."""
        inside, outside, parent = self.form.layout(), self.layout(), self.parentWidget()
        assert inside is not None and outside is not None and parent is not None  # a dialog over its window
        inside.activate()
        around = outside.totalMinimumSize().height() - self.area.minimumSizeHint().height()
        wanted = around + inside.totalHeightForWidth(self.area.viewport().width())
        self.resize(self.width(), min(wanted, parent.window().height() - EDGE))

    def _make_room(self) -> None:
        self._fit()
        first = self.form.first_error
        if first is not None:
            self.area.ensureWidgetVisible(first)
        else:
            self.area.verticalScrollBar().setValue(0)


def ask_guarantor(
    parent: QWidget,
    session: Session,
    loan: Loan,
    known: KnownGuarantor | None,
    done: Callable[[KnownGuarantor], object],
) -> GuarantorDialog:
    """Open the dialog over its window; `done` is given the guarantor that was kept, never after Cancel."""
    kept: list[KnownGuarantor] = []

    def keep() -> None:
        who, guarantee = dialog.form.who(), dialog.form.guarantee()
        if known is None:
            kept.append(session.guarantors.add(loan.id, who, guarantee))
        else:
            kept.append(session.guarantors.change(known.guarantor, who, guarantee))

    dialog = GuarantorDialog(parent, session, loan, known, keep)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: done(kept[0]))
    dialog.open()
    return dialog
