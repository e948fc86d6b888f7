"""Fills fields as a person would, for pictures of forms."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from mikrolaan.ui.widgets.fields import Field


def fill(root: QWidget, **typed: object) -> None:
    """Type into the fields of those names, wherever they stand below `root`."""
    fields: dict[str, Field[Any]] = {}
    for field in root.findChildren(Field):
        fields.setdefault(field.name, field)
    for name, text in typed.items():
        if name not in fields:
            raise LookupError(f"there is no field {name} among {', '.join(fields)}")
        fields[name].restore_typed(text)
        fields[name].changed.emit()
