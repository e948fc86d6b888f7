"""Fields that another choice makes needless: locked, with the reason below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QLabel

from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.fields import Field


@dataclass(frozen=True, slots=True)
class Lock:
    """A field, the reason for which it is locked, and when that holds."""

    field: Field[Any]
    reason: QLabel
    holds: Callable[[], bool]

    @classmethod
    def on(cls, field: Field[Any], reason: str, holds: Callable[[], bool]) -> Lock:
        """Put the reason below the field, hidden until the lock holds."""
        shown = label(reason, "caption", wraps=True)
        layout = field.layout()
        assert layout is not None  # every field lays itself out
        layout.addWidget(shown)
        shown.hide()
        return cls(field, shown, holds)

    def follow(self, *, read_only: bool) -> None:
        """Lock or free the field; one that nobody may change stays locked without a reason of its own."""
        locked = self.holds()
        self.reason.setVisible(locked)
        self.field.set_read_only(locked or read_only)
        if locked:
            self.field.clear_error()
            self.field.editor.setAccessibleDescription(self.reason.text())
