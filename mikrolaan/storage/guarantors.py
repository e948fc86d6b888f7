"""Guarantors in the office file, and the notices given to those who answer for a loan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from mikrolaan.domain.answering import GuarantorNotice
from mikrolaan.domain.guarantee_rules import GuaranteeKind
from mikrolaan.domain.guarantor import Binding, Guarantee, GuaranteePaper, Guarantor, Release
from mikrolaan.domain.identity import IdentityNumber
from mikrolaan.domain.journal import Recorded
from mikrolaan.domain.money import Currency, Money
from mikrolaan.storage.borrowers import PERSON_COLUMNS, person_to_row, row_to_person
from mikrolaan.storage.guarantor_tables import guarantor_notices, guarantors
from mikrolaan.storage.records import Values, Work

KIND, NOTICE = "guarantor", "guarantor notice"

_NOBODY: Values = dict.fromkeys(PERSON_COLUMNS)  # of a guarantor who is a borrower of the office

BINDING_COLUMNS = (
    guarantors.c.id,
    guarantors.c.as_borrower_id,
    guarantors.c.at_most_minor,
    guarantors.c.currency,
    guarantors.c.signed_on,
    guarantors.c.expires_on,
    guarantors.c.released_on,
    guarantors.c.release_taken_back_on,
)


class SqlGuarantors:
    """Keeps guarantors, also those removed and released; a notice never changes."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, record_id: UUID) -> Guarantor:
        return row_to_guarantor(self._work.row(guarantors, record_id, KIND))

    def add(self, aggregate: Guarantor) -> None:
        counted = select(func.count()).where(guarantors.c.loan_id == aggregate.loan_id)
        position = self._work.connection.execute(counted).scalar_one()  # none is ever deleted
        self._work.add(guarantors, {**guarantor_to_row(aggregate), "position": position, "version": 1}, KIND)

    def save(self, aggregate: Guarantor) -> None:
        self._work.save(guarantors, guarantor_to_row(aggregate), KIND)

    def of_loan(self, loan_id: UUID) -> Sequence[Guarantor]:
        of_loan = select(guarantors).where(guarantors.c.loan_id == loan_id)
        ordered = of_loan.order_by(guarantors.c.position)
        return [row_to_guarantor(row) for row in self._work.connection.execute(ordered)]

    def of_borrower(self, borrower_id: UUID, number: IdentityNumber | None) -> Sequence[Guarantor]:
        is_same: ColumnElement[bool] = guarantors.c.as_borrower_id == borrower_id
        if number is not None:
            has_number = guarantors.c.identity_digits == number.digits
            is_same = or_(is_same, and_(has_number, guarantors.c.identity_country == number.country.value))
        ordered = select(guarantors).where(is_same).order_by(guarantors.c.recorded_at, guarantors.c.position)
        return [row_to_guarantor(row) for row in self._work.connection.execute(ordered)]

    def add_notice(self, notice: GuarantorNotice) -> None:
        self._work.add(guarantor_notices, notice_to_row(notice), NOTICE)

    def notices_of(self, loan_id: UUID) -> Sequence[GuarantorNotice]:
        of_loan = select(guarantor_notices).where(guarantor_notices.c.loan_id == loan_id)
        ordered = of_loan.order_by(guarantor_notices.c.on, guarantor_notices.c.recorded_at)
        return [row_to_notice(row) for row in self._work.connection.execute(ordered)]


def guarantor_to_row(guarantor: Guarantor) -> Values:
    """The columns of a guarantor."""
    guarantee, paper, release = guarantor.guarantee, guarantor.paper, guarantor.release
    return {
        "id": guarantor.id,
        "loan_id": guarantor.loan_id,
        "as_borrower_id": guarantor.borrower_id,
        **(_NOBODY if guarantor.person is None else person_to_row(guarantor.person)),
        "relation": guarantee.relation,
        "guarantee_kind": guarantee.kind.value,
        "at_most_minor": guarantee.at_most.minor,
        "currency": guarantee.at_most.currency.value,
        "on_top": guarantee.interest_and_costs_on_top,
        "is_consumer": guarantee.is_consumer,
        "until": guarantee.until,
        "paper_document_id": paper.document_id if paper else None,
        "paper_on": paper.on if paper else None,
        "signed_on": guarantor.signed_on,
        "expires_on": guarantor.expires_on,
        "released_on": release.on if release else None,
        "release_reason": release.reason if release else "",
        "release_taken_back_on": release.taken_back_on if release else None,
        "release_taken_back_reason": release.taken_back_reason if release else "",
        "is_removed": guarantor.is_removed,
        "recorded_at": guarantor.recorded.at,
        "recorded_by": guarantor.recorded.by,
        "version": guarantor.version,
    }


def row_to_guarantor(row: Row[Any]) -> Guarantor:
    """A guarantor from its row; a row that no longer is one raises as its making does."""
    return Guarantor(
        id=row.id,
        loan_id=row.loan_id,
        guarantee=Guarantee(
            Money(row.at_most_minor, Currency(row.currency)),
            row.on_top,
            GuaranteeKind(row.guarantee_kind),
            row.is_consumer,
            row.until,
            row.relation,
        ),
        recorded=Recorded(row.recorded_at, row.recorded_by),
        person=None if row.given_names is None else row_to_person(row),
        borrower_id=row.as_borrower_id,
        paper=None if row.paper_document_id is None else GuaranteePaper(row.paper_document_id, row.paper_on),
        signed_on=row.signed_on,
        expires_on=row.expires_on,
        release=_release(row),
        is_removed=row.is_removed,
        version=row.version,
    )


def _release(row: Row[Any]) -> Release | None:
    if row.released_on is None:
        return None
    return Release(row.released_on, row.release_reason, row.release_taken_back_on, row.release_taken_back_reason)


def row_to_binding(row: Any) -> Binding:
    """What binds a guarantor who signed, from the columns named for it."""
    is_released = row.released_on is not None and row.release_taken_back_on is None
    return Binding(
        row.id,
        row.as_borrower_id,
        Money(row.at_most_minor, Currency(row.currency)),
        row.signed_on,
        row.expires_on,
        row.released_on if is_released else None,
    )


def notice_to_row(notice: GuarantorNotice) -> Values:
    """The columns of a notice."""
    return {
        "id": notice.id,
        "loan_id": notice.loan_id,
        "on": notice.on,
        "who": notice.who,
        "guarantor_id": notice.guarantor_id,
        "member_id": notice.member_id,
        "document_id": notice.document_id,
        "recorded_at": notice.recorded.at,
        "recorded_by": notice.recorded.by,
    }


def row_to_notice(row: Row[Any]) -> GuarantorNotice:
    """A notice from its row."""
    return GuarantorNotice(
        id=row.id,
        loan_id=row.loan_id,
        on=row.on,
        who=row.who,
        recorded=Recorded(row.recorded_at, row.recorded_by),
        guarantor_id=row.guarantor_id,
        member_id=row.member_id,
        document_id=row.document_id,
    )
