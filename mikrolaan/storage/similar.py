"""Borrowers that resemble the one being typed, found by number, phone, birth date and the sound of the name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, case, func, select

from mikrolaan.domain.search_text import SIMILAR_FROM, folded, folded_digits, similarity
from mikrolaan.services.rows import SimilarBorrower
from mikrolaan.storage.tables import borrowers

MOST = 5
CANDIDATES = 40  # names that share most letters, compared exactly
LIKE_NAME_SAME_BIRTH = 0.5  # another surname, the same day of birth
SHORTEST_PHONE = 5  # digits; fewer say nothing
MOST_PIECES = 24  # three-letter pieces of the typed name that are looked for

_SHOWN = (
    borrowers.c.id,
    borrowers.c.number,
    borrowers.c.given_names,
    borrowers.c.family_name,
    borrowers.c.name_folded,
    borrowers.c.born_on,
    borrowers.c.enterprise_name,
    borrowers.c.phone,
    borrowers.c.phone_digits,
    borrowers.c.identity_digits,
)


def similar_borrowers(
    connection: Connection, name: str, identity_digits: str, birth_date: date | None, phone: str, without: UUID | None
) -> list[SimilarBorrower]:
    """At most five, likest first: the same identity number, the same phone, the same birth date or name nearly."""
    typed = folded(name)
    phone_digits = folded_digits(phone)
    same: list[ColumnElement[bool]] = []
    if identity_digits:
        same.append(borrowers.c.identity_digits == identity_digits)
    if len(phone_digits) >= SHORTEST_PHONE:
        same.append(borrowers.c.phone_digits == phone_digits)
    if birth_date is not None:
        same.append(borrowers.c.born_on == birth_date)
    found: dict[UUID, Row[Any]] = {}
    for reason in same:  # one question per reason: each has its index, which a joint OR might not use
        found |= {row.id: row for row in connection.execute(select(*_SHOWN).where(reason).limit(200))}
    if len(typed) >= 3:
        found |= {row.id: row for row in _alike(connection, typed)}
    if without is not None:
        found.pop(without, None)
    ranked: list[tuple[float, int, Row[Any]]] = []
    for row in found.values():
        likeness = similarity(typed, row.name_folded) if typed else 0.0
        score = _score(row, likeness, identity_digits, birth_date, phone_digits)
        if score > 0:
            ranked.append((-score, row.number, row))
    ranked.sort(key=lambda item: item[:2])
    return [_similar(row, identity_digits) for _, _, row in ranked[:MOST]]


def _alike(connection: Connection, typed: str) -> Sequence[Any]:
    """The borrowers whose names hold most three-letter pieces of the typed one."""
    padded = [f" {word} " for word in typed.split()]
    pieces = list(dict.fromkeys(word[at : at + 3] for word in padded for at in range(len(word) - 2)))[:MOST_PIECES]
    text = (" " + borrowers.c.name_folded + " ").label("text")
    spaced = select(borrowers.c.name_folded, text).distinct().subquery()
    shared: ColumnElement[int] = sum(
        (case((spaced.c.text.contains(piece, autoescape=True), 1), else_=0) for piece in pieces[1:]),
        start=case((spaced.c.text.contains(pieces[0], autoescape=True), 1), else_=0),
    )
    best = (
        select(spaced.c.name_folded)
        .where(shared * 3 >= len(pieces))
        .order_by(shared.desc(), func.length(spaced.c.text))
        .limit(CANDIDATES)
    )
    names = [row.name_folded for row in connection.execute(best)]
    return connection.execute(select(*_SHOWN).where(borrowers.c.name_folded.in_(names)).limit(4 * CANDIDATES)).all()


def _score(row: Row[Any], likeness: float, identity_digits: str, birth_date: date | None, phone_digits: str) -> float:
    """How much a borrower resembles what is typed; 0 when not enough to be shown."""
    if identity_digits and row.identity_digits == identity_digits:
        return 10 + likeness
    score = 0.0
    if len(phone_digits) >= SHORTEST_PHONE and row.phone_digits == phone_digits:
        score += 2
    if birth_date is not None and row.born_on == birth_date and likeness >= LIKE_NAME_SAME_BIRTH:
        score += 2
    if likeness >= SIMILAR_FROM:
        score += 1
    return score + likeness if score else 0.0


def _similar(row: Row[Any], identity_digits: str) -> SimilarBorrower:
    return SimilarBorrower(
        id=row.id,
        number=row.number,
        name=f"{row.given_names} {row.family_name}",
        birth_date=row.born_on,
        enterprise=row.enterprise_name or "",
        phone=row.phone,
        same_identity_number=bool(identity_digits) and row.identity_digits == identity_digits,
    )
