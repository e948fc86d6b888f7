"""The lists: each question one query, searched, sorted and cut into pages by the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, Row, Select, and_, func, select

from mikrolaan.domain.arrears import Age
from mikrolaan.domain.audit import Act
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.group import GroupRole
from mikrolaan.domain.identity import Country
from mikrolaan.domain.loan import Loan, Step
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.portfolio import LoanFacts
from mikrolaan.services.arrears_rows import AgeTotal, ArrearsFilter, ArrearsRow, FollowUp, LogLine
from mikrolaan.services.bank_rows import BankQueries
from mikrolaan.services.payment_rows import FoundLoan, PaymentSearch, TakenRow
from mikrolaan.services.portfolio_rows import KeptFlow, PortfolioLoan
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.rows import (
    BorrowerRow,
    DocumentRow,
    GroupRow,
    HistoryRow,
    LoanRow,
    MemberRow,
    SimilarBorrower,
)
from mikrolaan.storage import arrears_queries, payment_queries, portfolio_queries
from mikrolaan.storage.bank_queries import SqlBankQueries
from mikrolaan.storage.figures import next_due_on, outstanding_minor
from mikrolaan.storage.found import found, loan_found
from mikrolaan.storage.loan_status import STATUS_COLUMNS, statuses
from mikrolaan.storage.similar import similar_borrowers
from mikrolaan.storage.tables import (
    audit,
    borrowers,
    documents,
    groups,
    loan_rows,
    loans,
    memberships,
    office,
    officers,
)

Column = ColumnElement[Any]


class SqlQueries:
    """Answers what lists ask; every answer is of today."""

    def __init__(self, engine: Engine, today: Callable[[], date]) -> None:
        self._engine = engine
        self._today = today
        self.bank: BankQueries = SqlBankQueries(engine)

    @cached_property
    def currency(self) -> Currency:
        """What the office lends in; it never changes."""
        return Country(self._all(select(office.c.country))[0].country).currency

    def count_borrowers(self, search: str = "") -> int:
        return self._count(select(func.count()).select_from(borrowers).where(*found(borrowers.c.search_text, search)))

    def borrowers(self, search: str, order: Order, part: Slice) -> Sequence[BorrowerRow]:
        per_case = self._per_borrower()
        loans_had = func.coalesce(per_case.c.loans, 0)
        owed = func.coalesce(per_case.c.outstanding_minor, 0)
        columns: dict[str, Sequence[Column]] = {
            "": (borrowers.c.name_sort,),
            "number": (),
            "name": (borrowers.c.name_sort,),
            "identity_number": (func.coalesce(borrowers.c.identity_digits, ""),),
            "birth_date": (borrowers.c.born_on,),
            "enterprise": (borrowers.c.enterprise_sort,),
            "phone": (borrowers.c.phone_digits,),
            "city": (borrowers.c.city_sort,),
            "loans": (loans_had,),
            "outstanding": (owed,),
        }
        # The page is picked first: only its own rows are read whole.
        ordering = _ordering(columns, order, borrowers.c.number)
        chosen = select(borrowers.c.id).where(*found(borrowers.c.search_text, search))
        if order.column in ("loans", "outstanding"):
            chosen = chosen.outerjoin(per_case, per_case.c.borrower_id == borrowers.c.id)
        page = chosen.order_by(*ordering).limit(part.limit).offset(part.offset)
        ids = [row.id for row in self._all(page)]
        wanted = self._per_borrower(ids)
        rows = {
            row.id: row
            for row in self._all(
                select(borrowers, wanted.c.loans, wanted.c.outstanding_minor)
                .outerjoin(wanted, wanted.c.borrower_id == borrowers.c.id)
                .where(borrowers.c.id.in_(ids))
            )
        }
        return [self._borrower_row(rows[each]) for each in ids if each in rows]

    def similar_borrowers(
        self, name: str, identity_digits: str, birth_date: date | None, phone: str, without: UUID | None = None
    ) -> Sequence[SimilarBorrower]:
        with self._engine.connect() as connection:
            return similar_borrowers(connection, name, identity_digits, birth_date, phone, without)

    def count_loans(self, chosen: LoanFilter) -> int:
        counted = select(func.count()).select_from(loans).join(loan_rows, loan_rows.c.loan_id == loans.c.id)
        if chosen.search:
            counted = counted.join(borrowers, borrowers.c.id == loans.c.borrower_id)
            counted = counted.outerjoin(groups, groups.c.id == loans.c.group_id)
        return self._count(counted.where(*_chosen(chosen)))

    def loans(self, chosen: LoanFilter, order: Order, part: Slice) -> Sequence[LoanRow]:
        today = self._today()
        owed, due = outstanding_minor(today), next_due_on(today)
        columns: dict[str, Sequence[Column]] = {
            "": (),
            "number": (),
            "borrower": (borrowers.c.name_sort,),
            "group": (func.coalesce(groups.c.name_sort, ""),),
            "principal": (loans.c.principal_minor,),
            "step": (loan_rows.c.step_order,),
            "outstanding": (owed,),
            "next_due_on": (due.is_(None), due),
            "applied_on": (loans.c.applied_on,),
        }
        if order.column not in columns or not order.column:
            order = Order("number", descending=True)  # the list's own order: the newest first
        rows = self._all(
            select(
                *STATUS_COLUMNS,
                loans.c.number,
                loans.c.borrower_id,
                borrowers.c.given_names,
                borrowers.c.family_name,
                loans.c.group_id,
                groups.c.name.label("group_name"),
                loans.c.principal_minor,
                loans.c.currency,
                owed.label("outstanding_minor"),
                due.label("next_due_on"),
                loans.c.applied_on,
            )
            .join(borrowers, borrowers.c.id == loans.c.borrower_id)
            .join(loan_rows, loan_rows.c.loan_id == loans.c.id)
            .outerjoin(groups, groups.c.id == loans.c.group_id)
            .where(*_chosen(chosen))
            .order_by(*_ordering(columns, order, loans.c.number))
            .limit(part.limit)
            .offset(part.offset)
        )
        status = statuses(self._engine, rows, today)
        return [
            LoanRow(
                id=row.id,
                number=row.number,
                borrower_id=row.borrower_id,
                borrower=f"{row.given_names} {row.family_name}",
                group_id=row.group_id,
                group=row.group_name or "",
                principal=Money(row.principal_minor, Currency(row.currency)),
                step=Step(row.step),
                status=status[row.id],
                outstanding=Money(row.outstanding_minor, Currency(row.currency)),
                next_due_on=row.next_due_on,
                applied_on=row.applied_on,
            )
            for row in rows
        ]

    def loans_to_pay(self, search: PaymentSearch, most: int) -> Sequence[FoundLoan]:
        return payment_queries.loans_to_pay(self._engine, self._today(), search, most)

    def payments_taken(self, since: datetime, until: datetime) -> Sequence[TakenRow]:
        return payment_queries.payments_taken(self._engine, since, until)

    def loans_of_members(self, group_id: UUID) -> Sequence[UUID]:
        return payment_queries.loans_of_members(self._engine, group_id)

    def count_groups(self, search: str = "") -> int:
        return self._count(select(func.count()).select_from(groups).where(*found(groups.c.search_text, search)))

    def groups(self, search: str, order: Order, part: Slice) -> Sequence[GroupRow]:
        return self._groups(found(groups.c.search_text, search), order, part)

    def groups_of(self, borrower_id: UUID) -> Sequence[GroupRow]:
        belongs = select(memberships.c.group_id).where(
            memberships.c.borrower_id == borrower_id, memberships.c.left_on.is_(None)
        )
        return self._groups([groups.c.id.in_(belongs)], Order(), Slice(0, 1000))

    def members(self, group_id: UUID) -> Sequence[MemberRow]:
        per_case = self._per_borrower()
        rows = self._all(
            select(
                memberships,
                borrowers.c.given_names,
                borrowers.c.family_name,
                func.coalesce(per_case.c.loans, 0).label("loans"),
                func.coalesce(per_case.c.outstanding_minor, 0).label("outstanding_minor"),
            )
            .join(borrowers, borrowers.c.id == memberships.c.borrower_id)
            .outerjoin(per_case, per_case.c.borrower_id == memberships.c.borrower_id)
            .where(memberships.c.group_id == group_id)
            .order_by(memberships.c.left_on.is_not(None), memberships.c.position)
        )
        return [
            MemberRow(
                borrower_id=row.borrower_id,
                name=f"{row.given_names} {row.family_name}",
                role=GroupRole(row.role),
                joined_on=row.joined_on,
                left_on=row.left_on,
                loans=row.loans,
                outstanding=Money(row.outstanding_minor, self.currency),
            )
            for row in rows
        ]

    def documents(self, *, borrower_id: UUID | None = None, loan_id: UUID | None = None) -> Sequence[DocumentRow]:
        shown = [column for column in documents.c if column.name != "content"]
        of = []
        if borrower_id is not None:
            of.append(documents.c.borrower_id == borrower_id)
        if loan_id is not None:
            of.append(documents.c.loan_id == loan_id)
        rows = self._all(
            select(*shown, loans.c.number.label("loan_number"), officers.c.name.label("officer"))
            .join(loans, loans.c.id == documents.c.loan_id)
            .join(officers, officers.c.id == documents.c.issued_by)
            .where(*of)
            .order_by(documents.c.issued_at.desc(), documents.c.number.desc())
        )
        return [
            DocumentRow(
                id=row.id,
                number=row.number,
                kind=DocumentKind(row.kind),
                loan_id=row.loan_id,
                loan_number=row.loan_number,
                language=row.language,
                text_version=row.text_version,
                issued_at=row.issued_at,
                issued_by=row.officer,
                sha256_hex=row.sha256_hex,
            )
            for row in rows
        ]

    def count_arrears(self, chosen: ArrearsFilter) -> int:
        return arrears_queries.count_arrears(self._engine, self._today(), chosen)

    def arrears(self, chosen: ArrearsFilter, order: Order, part: Slice) -> Sequence[ArrearsRow]:
        return arrears_queries.arrears(self._engine, self._today(), chosen, order, part)

    def age_totals(self, search: str = "") -> dict[Age, AgeTotal]:
        return arrears_queries.age_totals(self._engine, self._today(), self.currency, search)

    def follow_ups(self, loan_ids: Sequence[UUID]) -> dict[UUID, FollowUp]:
        return arrears_queries.follow_ups(self._engine, loan_ids, self._today())

    def contact_log(self, loan_id: UUID) -> Sequence[LogLine]:
        return arrears_queries.contact_log(self._engine, loan_id)

    def kept_facts(self, as_of: date) -> tuple[list[LoanFacts], list[UUID]]:
        return portfolio_queries.kept_facts(self._engine, as_of)

    def kept_flows(self, first: date, last: date) -> tuple[list[KeptFlow], list[UUID]]:
        return portfolio_queries.kept_flows(self._engine, first, last)

    def loans_until(self, loan_ids: Sequence[UUID], until: date) -> Iterator[Loan]:
        return portfolio_queries.loans_until(self._engine, loan_ids, until)

    def portfolio_loans(self, loan_ids: Sequence[UUID]) -> dict[UUID, PortfolioLoan]:
        return portfolio_queries.portfolio_loans(self._engine, loan_ids)

    def count_history(self, record_ids: Sequence[UUID]) -> int:
        return self._count(select(func.count()).select_from(audit).where(*_of_records(record_ids)))

    def history(self, record_ids: Sequence[UUID], part: Slice) -> Sequence[HistoryRow]:
        rows = self._all(
            select(audit, officers.c.name.label("officer"))
            .join(officers, officers.c.id == audit.c.officer_id)
            .where(*_of_records(record_ids))
            .order_by(audit.c.sequence.desc())
            .limit(part.limit)
            .offset(part.offset)
        )
        return [
            HistoryRow(row.sequence, row.at, row.officer, Act(row.act), row.kind, row.before, row.after) for row in rows
        ]

    def _all(self, question: Select[Any]) -> Sequence[Row[Any]]:
        with self._engine.connect() as connection:
            return connection.execute(question).all()

    def _count(self, question: Select[int]) -> int:
        with self._engine.connect() as connection:
            return connection.execute(question).scalar_one()

    def _per_borrower(self, ids: Sequence[UUID] | None = None) -> Any:
        """How many loans each borrower has and what is outstanding on them together."""
        summed = (
            select(
                loans.c.borrower_id,
                func.count().label("loans"),
                func.sum(outstanding_minor(self._today())).label("outstanding_minor"),
            )
            .join(loan_rows, loan_rows.c.loan_id == loans.c.id)
            .group_by(loans.c.borrower_id)
        )
        return (summed if ids is None else summed.where(loans.c.borrower_id.in_(ids))).subquery()

    def _groups(self, where: Sequence[Column], order: Order, part: Slice) -> Sequence[GroupRow]:
        held = (
            select(memberships.c.group_id, func.count().label("members"))
            .where(memberships.c.left_on.is_(None))
            .group_by(memberships.c.group_id)
            .subquery()
        )
        lead = memberships.alias()
        leader = borrowers.alias()
        owed = (
            select(
                loans.c.group_id,
                func.count().label("loans"),
                func.sum(outstanding_minor(self._today())).label("outstanding_minor"),
            )
            .join(loan_rows, loan_rows.c.loan_id == loans.c.id)
            .where(loans.c.group_id.is_not(None))
            .group_by(loans.c.group_id)
            .subquery()
        )
        columns: dict[str, Sequence[Column]] = {
            "": (groups.c.name_sort,),
            "number": (),
            "name": (groups.c.name_sort,),
            "formed_on": (groups.c.formed_on,),
            "members": (func.coalesce(held.c.members, 0),),
            "leader": (func.coalesce(leader.c.name_sort, ""),),
            "loans": (func.coalesce(owed.c.loans, 0),),
            "outstanding": (func.coalesce(owed.c.outstanding_minor, 0),),
        }
        leads = and_(lead.c.group_id == groups.c.id, lead.c.left_on.is_(None), lead.c.role == GroupRole.LEADER.value)
        rows = self._all(
            select(
                groups,
                held.c.members,
                leader.c.given_names,
                leader.c.family_name,
                owed.c.loans,
                owed.c.outstanding_minor,
            )
            .outerjoin(held, held.c.group_id == groups.c.id)
            .outerjoin(lead, leads)
            .outerjoin(leader, leader.c.id == lead.c.borrower_id)
            .outerjoin(owed, owed.c.group_id == groups.c.id)
            .where(*where)
            .order_by(*_ordering(columns, order, groups.c.number))
            .limit(part.limit)
            .offset(part.offset)
        )
        return [
            GroupRow(
                id=row.id,
                number=row.number,
                name=row.name,
                formed_on=row.formed_on,
                members=row.members or 0,
                leader=f"{row.given_names} {row.family_name}" if row.family_name is not None else "",
                loans=row.loans or 0,
                outstanding=Money(row.outstanding_minor or 0, self.currency),
            )
            for row in rows
        ]

    def _borrower_row(self, row: Row[Any]) -> BorrowerRow:
        return BorrowerRow(
            id=row.id,
            number=row.number,
            name=f"{row.given_names} {row.family_name}",
            identity_number=row.identity_digits or "",
            birth_date=row.born_on,
            enterprise=row.enterprise_name or "",
            phone=row.phone,
            city=row.city,
            loans=row.loans or 0,
            outstanding=Money(row.outstanding_minor or 0, self.currency),
        )


def _chosen(chosen: LoanFilter) -> list[Column]:
    where = loan_found(chosen.search)
    if chosen.step is not None:
        where.append(loan_rows.c.step == chosen.step.value)
    if chosen.borrower_id is not None:
        where.append(loans.c.borrower_id == chosen.borrower_id)
    if chosen.group_id is not None:
        where.append(loans.c.group_id == chosen.group_id)
    if chosen.ids is not None:
        where.append(loans.c.id.in_(chosen.ids))
    return where


def _ordering(columns: dict[str, Sequence[Column]], order: Order, number: Column) -> list[Column]:
    """The chosen column, then the number, so that no two pages share a row."""
    chosen = [*columns.get(order.column, columns[""]), number]
    return [column.desc() if order.descending else column.asc() for column in chosen]


def _of_records(record_ids: Sequence[UUID]) -> list[Column]:
    return [audit.c.record_id.in_(record_ids)] if record_ids else []
