"""Asks before a payment is kept that looks like a mistake; Enter goes back, so that haste keeps nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mikrolaan.i18n import _
from mikrolaan.services.taking_payments import UnusualPayment
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.widgets.dialogs import Dialog


def ask_about(
    parent: QWidget, error: UnusualPayment, take: Callable[[], object], go_back: Callable[[], object]
) -> Dialog:
    """Show every doubt; `take` is called when the officer is sure, `go_back` when not."""
    dialog = Dialog(parent, _("Is this right?"), sentence_for(error))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    back = dialog.add_cancel(_("Go &back"))
    sure = dialog.add_button(_("&Take it anyway"), "danger")
    sure.clicked.connect(dialog.accept)
    dialog.accepted.connect(take)
    dialog.rejected.connect(go_back)
    dialog.open()
    back.setFocus()
    return dialog
