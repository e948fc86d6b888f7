"""What was typed and not saved, kept in memory while the office file is open; never on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from mikrolaan.ui.budget.budget_tab import BudgetDraft

Typed = dict[str, object]


class Drafts:
    """One draft for each case being changed, and one (under None) for a new borrower."""

    def __init__(self) -> None:
        self._kept: dict[UUID | None, Typed] = {}
        self.budgets: dict[UUID, BudgetDraft] = {}  # by borrower
        self.search_to_register = ""  # what was searched for in vain and is to be registered

    def get(self, borrower_id: UUID | None) -> Typed | None:
        """What was typed on that case, or None."""
        return self._kept.get(borrower_id)

    def keep(self, borrower_id: UUID | None, typed: Typed) -> None:
        """Keep what is typed, instead of what was kept before."""
        self._kept[borrower_id] = typed

    def drop(self, borrower_id: UUID | None) -> None:
        """Forget the draft, after it was saved or discarded."""
        self._kept.pop(borrower_id, None)

    def take_search(self) -> str:
        """What is to be registered, once."""
        text, self.search_to_register = self.search_to_register, ""
        return text
