"""Two versions of a case beside each other, after somebody else saved it meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from mikrolaan.i18n import _
from mikrolaan.ui.widgets.basics import button, label
from mikrolaan.ui.widgets.cards import Card


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs: what stands in the form, and what the file holds now."""

    name: str
    word: str
    mine: str
    theirs: str


class ConflictCard(Card):
    """Lists the differences; each offers to take what the file holds."""

    taken = Signal(str)  # the name of the field in which the file's value is to be taken

    def __init__(self) -> None:
        super().__init__(_("This case changed while you were typing"))
        self.body.addWidget(
            label(
                _(
                    "Nothing you typed is lost. Choose for each field, then save; your values stand where you choose none."
                ),
                wraps=True,
            )
        )
        self._content = QWidget()
        self.body.addWidget(self._content)
        self.hide()

    def show_differences(self, differences: Sequence[Difference]) -> None:
        """Show the fields that differ; none hides the card."""
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for column, title in enumerate(("", _("You typed"), _("Now in the file"))):
            grid.addWidget(label(title, "caption"), 0, column)
            grid.setColumnStretch(column, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, difference in enumerate(differences, start=1):
            grid.addWidget(label(difference.word, "label", wraps=True), row, 0, top)
            grid.addWidget(label(difference.mine or _("empty"), wraps=True), row, 1, top)
            grid.addWidget(label(difference.theirs or _("empty"), wraps=True), row, 2, top)
            take = button(_("Take this"), "link")
            take.setAccessibleName(
                _("{field}: take {value}").format(field=difference.word, value=difference.theirs or _("empty"))
            )
            take.clicked.connect(lambda _checked=False, name=difference.name: self.taken.emit(name))
            grid.addWidget(take, row, 3, top)
        self.body.replaceWidget(self._content, content)
        self._content.hide()
        self._content.deleteLater()
        self._content = content
        self.setVisible(bool(differences))
