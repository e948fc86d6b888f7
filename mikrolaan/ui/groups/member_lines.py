"""The lines of a group to be: who joins, and in which role."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.group import GroupRole
from mikrolaan.i18n import _
from mikrolaan.ui.widgets.picker import PickerField, Search
from mikrolaan.ui.widgets.value_fields import ChoiceField
from mikrolaan.ui.words import group_role_word

Member = tuple[UUID, GroupRole]


class MemberLine(QWidget):
    """One member to be: a borrower and a role. The first line carries the words above its fields."""

    def __init__(self, search: Search, number: int) -> None:
        super().__init__()
        self._number = number
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        self.borrower = PickerField(f"member_{number}", _("Borrower"), search, placeholder=_("Type a name"))
        self.borrower.required = False  # how many lines must be filled is the group's rule, not the line's
        self.borrower.editor.setAccessibleName(_("Member {number}").format(number=number + 1))
        self.role = ChoiceField(
            f"member_role_{number}", _("Role"), [(role, group_role_word(role)) for role in GroupRole]
        )
        self.role.editor.setAccessibleName(_("Role of member {number}").format(number=number + 1))
        for field in (self.borrower, self.role):
            field.label.setVisible(number == 0)
        layout.addWidget(self.borrower, 3)
        layout.addWidget(self.role, 2)
        self.clear()

    def clear(self) -> None:
        """Nobody yet; the first is proposed as leader."""
        self.borrower.choose(None)
        self.role.set_value(GroupRole.LEADER if self._number == 0 else GroupRole.MEMBER)

    def member(self) -> Member | None:
        """Who joins in which role; None while the line is empty."""
        borrower_id = self.borrower.given()
        return None if borrower_id is None else (borrower_id, self.role.value())


class MemberLines(QWidget):
    """As many lines as a group needs at least, and one more whenever all are filled, up to the most it may have."""

    grown = Signal()

    def __init__(self, search: Search) -> None:
        super().__init__()
        self._search = search
        self._least = self._most = 0
        self.lines: list[MemberLine] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)

    @property
    def shown(self) -> list[MemberLine]:
        """The lines that can be filled now."""
        return [line for line in self.lines if not line.isHidden()]

    @property
    def may_grow(self) -> bool:
        """Whether one more line may be shown."""
        return len(self.shown) < self._most

    def set_limits(self, least: int, most: int) -> None:
        """Show lines for the least and allow the most; what is typed stays where there is room for it."""
        self._least, self._most = least, most
        filled = [number for number, line in enumerate(self.lines) if not line.borrower.is_empty()]
        self.show_lines(max([least, *(number + 1 for number in filled)]))

    def show_lines(self, count: int) -> None:
        """Show so many lines, at most as many as a group may have members."""
        count = min(count, self._most)
        while len(self.lines) < count:
            line = MemberLine(self._search, len(self.lines))
            line.borrower.changed.connect(self._on_changed)
            self._layout.addWidget(line)
            if self.lines:
                QWidget.setTabOrder(self.lines[-1].role.editor, line.borrower.editor)
                QWidget.setTabOrder(line.borrower.editor, line.role.editor)
            self.lines.append(line)
        for number, line in enumerate(self.lines):
            line.setVisible(number < count)
        self.grown.emit()

    def grow(self) -> None:
        """Show one more line, with the cursor in it."""
        self.show_lines(len(self.shown) + 1)
        self.shown[-1].borrower.line.setFocus()

    def clear(self) -> None:
        """Empty every line."""
        for line in self.lines:
            line.clear()
        self.show_lines(self._least)

    def check(self) -> bool:
        """Whether every filled line names a borrower; says beside a line where it does not."""
        right = [line.borrower.check() for line in self.shown]
        return all(right)

    def members(self) -> list[Member]:
        """Who joins, in which role."""
        return [member for member in (line.member() for line in self.shown) if member is not None]

    def line_of(self, borrower_id: UUID) -> MemberLine:
        """The last line that names the borrower."""
        return [line for line in self.shown if line.borrower.peek() == borrower_id][-1]

    def first_empty(self) -> MemberLine:
        """The first line that names nobody, else the last."""
        return next((line for line in self.shown if line.borrower.is_empty()), self.shown[-1])

    def _on_changed(self) -> None:
        if self.may_grow and all(line.borrower.chosen is not None for line in self.shown):
            self.show_lines(len(self.shown) + 1)
