"""Finding borrowers by name for a picker."""

from __future__ import annotations

from collections.abc import Sequence

from mikrolaan.i18n import _, current_language
from mikrolaan.services.queries import Order, Slice
from mikrolaan.services.session import Session
from mikrolaan.ui.widgets.picker import Found, Search


def borrower_search(session: Session) -> Search:
    """The search of the borrower list, for a picker: name, with birth date or enterprise to tell people apart."""

    def search(text: str, most: int) -> Sequence[Found]:
        rows = session.queries.borrowers(text, Order(), Slice(0, most))
        speaks = current_language()
        return [
            Found(
                row.id,
                row.name,
                " · ".join(
                    part
                    for part in (
                        _("No. {number}").format(number=row.number),
                        _("born {date}").format(date=speaks.date(row.birth_date)) if row.birth_date else "",
                        row.enterprise,
                    )
                    if part
                ),
            )
            for row in rows
        ]

    return search
