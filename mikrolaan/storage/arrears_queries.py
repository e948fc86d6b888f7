"""The lists of arrears: overdue loans from the projections, and what was done about each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Engine,
    Integer,
    Row,
    Select,
    Table,
    bindparam,
    case,
    func,
    select,
)

from mikrolaan.domain.answering import ANSWERING_FORMS
from mikrolaan.domain.arrears import Age
from mikrolaan.domain.follow_up import ContactKind
from mikrolaan.domain.guarantor import Binding
from mikrolaan.domain.money import Currency, Money
from mikrolaan.services.arrears_rows import AgeTotal, ArrearsFilter, ArrearsRow, FollowUp, LogKind, LogLine
from mikrolaan.services.queries import Order, Slice
from mikrolaan.storage.arrears import row_to_contact, row_to_promise, row_to_step_taken
from mikrolaan.storage.found import loan_found
from mikrolaan.storage.guarantor_tables import guarantor_notices, guarantors
from mikrolaan.storage.guarantors import BINDING_COLUMNS, row_to_binding, row_to_notice
from mikrolaan.storage.prepared import Prepared
from mikrolaan.storage.tables import (
    borrowers,
    contacts,
    due_rows,
    groups,
    journal_entries,
    loan_rows,
    loans,
    memberships,
    officers,
    products,
    promises,
    steps_taken,
)

Figure = ColumnElement[Any]
OLDEST_DAYS = 100_000  # no debt is older
MOST_NAMED = 500  # loans named one by one in a question; more are asked for all at once


def overdue_minor(today: date | Figure) -> Figure:
    """What of a loan fell due before today and is unpaid, as the rows of its debts tell."""
    owed: Figure = (
        select(func.sum(due_rows.c.left_minor))
        .where(due_rows.c.loan_id == loan_rows.c.loan_id, due_rows.c.due_on < today)
        .scalar_subquery()
    )
    return owed


def count_arrears(engine: Engine, today: date, chosen: ArrearsFilter) -> int:
    """How many loans are overdue."""
    counted = select(func.count()).select_from(loan_rows).where(*_aged(today, chosen.age))
    if chosen.search:
        counted = (
            counted.join(loans, loans.c.id == loan_rows.c.loan_id)
            .join(borrowers, borrowers.c.id == loans.c.borrower_id)
            .outerjoin(groups, groups.c.id == loans.c.group_id)
            .where(*loan_found(chosen.search))
        )
    with engine.connect() as connection:
        return int(connection.execute(counted).scalar_one())


def arrears(engine: Engine, today: date, chosen: ArrearsFilter, order: Order, part: Slice) -> list[ArrearsRow]:
    """One page of overdue loans, the longest overdue first where no column is chosen."""
    with engine.connect() as connection:
        rows = _prepared(chosen, order).tuples(connection, **question_values(today, chosen, part))
        return [ArrearsRow._make((*row, today)) for row in rows]


def question_values(today: date, chosen: ArrearsFilter, part: Slice) -> dict[str, Any]:
    """What the query behind the list is asked with."""
    age = chosen.age
    return {
        "today": today,
        "due_from": today - timedelta(days=age.most_days if age and age.most_days else OLDEST_DAYS),
        "due_until": today - timedelta(days=age.least_days if age else 1),
        "limit": part.limit,
        "offset": part.offset,
    }


@lru_cache(maxsize=64)
def _prepared(chosen: ArrearsFilter, order: Order) -> Prepared:
    """Built once for each choice, since that takes longer than the query itself."""
    return Prepared(arrears_question(chosen, order))


def arrears_question(chosen: ArrearsFilter, order: Order) -> Select[Any]:
    """The one query behind the list; its columns are those of an `ArrearsRow`, in that order."""
    owed = overdue_minor(bindparam("today", type_=Date))
    since = loan_rows.c.overdue_from
    columns: dict[str, Sequence[Figure]] = {
        "": (since,),
        "number": (),
        "borrower": (borrowers.c.name_sort,),
        "group": (func.coalesce(groups.c.name_sort, ""),),
        "overdue": (owed,),
        "since": (since,),
    }
    # More days overdue are an older due date: that column sorts the other way round.
    descending = order.descending != (order.column == "days")
    by = [*columns.get(order.column, (since,)), loans.c.number]
    return (
        select(
            loans.c.id,
            loans.c.number,
            borrowers.c.given_names,
            borrowers.c.family_name,
            groups.c.name.label("group_name"),
            groups.c.liability_form,
            loans.c.currency,
            since.label("since"),
            owed.label("overdue_minor"),
            products.c.reminder_fees,
        )
        .select_from(loan_rows)
        .join(loans, loans.c.id == loan_rows.c.loan_id)
        .join(borrowers, borrowers.c.id == loans.c.borrower_id)
        .join(products, products.c.id == loans.c.product_id)
        .outerjoin(groups, groups.c.id == loans.c.group_id)
        .where(
            since >= bindparam("due_from", type_=Date),
            since <= bindparam("due_until", type_=Date),
            *loan_found(chosen.search),
        )
        .order_by(*(column.desc() if descending else column.asc() for column in by))
        .limit(bindparam("limit", type_=Integer))
        .offset(bindparam("offset", type_=Integer))
    )


def age_totals(engine: Engine, today: date, currency: Currency, search: str = "") -> dict[Age, AgeTotal]:
    """For each age how many loans are overdue and with how much."""
    since = loan_rows.c.overdue_from
    ages = list(Age)
    place = case(
        *((since > today - timedelta(days=age.most_days + 1), n) for n, age in enumerate(ages) if age.most_days),
        else_=len(ages) - 1,
    )
    summed = select(place.label("place"), func.count().label("loans"), func.sum(overdue_minor(today)).label("minor"))
    summed = summed.select_from(loan_rows).where(*_aged(today, None)).group_by("place")
    if search:
        summed = (
            summed.join(loans, loans.c.id == loan_rows.c.loan_id)
            .join(borrowers, borrowers.c.id == loans.c.borrower_id)
            .outerjoin(groups, groups.c.id == loans.c.group_id)
            .where(*loan_found(search))
        )
    with engine.connect() as connection:
        told = {ages[row.place]: AgeTotal(row.loans, Money(row.minor, currency)) for row in connection.execute(summed)}
    return {age: told.get(age, AgeTotal(0, Money.zero(currency))) for age in ages}


def follow_ups(engine: Engine, loan_ids: Sequence[UUID], today: date) -> dict[UUID, FollowUp]:
    """What was done about each of these loans and who answers for it; a loan with neither is left out."""
    named = loan_ids if len(loan_ids) <= MOST_NAMED else None
    with engine.connect() as connection:
        promised = _by_loan(map(row_to_promise, _rows(connection, promises, named, promises.c.made_on)))
        taken = _by_loan(map(row_to_step_taken, _rows(connection, steps_taken, named, steps_taken.c.on)))
        spoken = _by_loan(map(row_to_contact, _rows(connection, contacts, named, contacts.c.on)))
        paid = _paid(connection, [*promised])
        bound = _bindings(connection, named)
        told = _by_loan(map(row_to_notice, _rows(connection, guarantor_notices, named, guarantor_notices.c.on)))
        members = _answering_members(connection, named, today)
    found = {}
    for loan_id in loan_ids:
        mine = (promised[loan_id], taken[loan_id], spoken[loan_id], told[loan_id], bound[loan_id], members[loan_id])
        if any(mine):
            days = [one.made_on for one in mine[0]] + [one.on for one in (*mine[1], *mine[2], *mine[3])]
            found[loan_id] = FollowUp(
                promises=tuple(mine[0]),
                taken=tuple(mine[1]),
                last_contact_on=max(days, default=None),
                told_all_on=tuple(one.on for one in mine[2] if one.kind is ContactKind.GUARANTOR_NOTICE),
                bindings=tuple(mine[4]),
                members=tuple(mine[5]),
                notices=tuple(mine[3]),
                paid=tuple(paid[loan_id]),
            )
    return found


def contact_log(engine: Engine, loan_id: UUID) -> list[LogLine]:
    """Everything that was done about a loan, the latest first."""
    lines = []
    with engine.connect() as connection:
        names = {row.id: row.name for row in connection.execute(select(officers.c.id, officers.c.name))}
        for contact in map(row_to_contact, _rows(connection, contacts, [loan_id], contacts.c.on)):
            told = contact.recorded
            lines.append(
                LogLine(
                    contact.id,
                    LogKind.CONTACT,
                    contact.on,
                    told.at,
                    names[told.by],
                    contact.note,
                    contact=contact.kind,
                    who=contact.who,
                )
            )
        for promise in map(row_to_promise, _rows(connection, promises, [loan_id], promises.c.made_on)):
            told = promise.recorded
            lines.append(
                LogLine(
                    promise.id,
                    LogKind.PROMISE,
                    promise.made_on,
                    told.at,
                    names[told.by],
                    promise.note,
                    promise=promise,
                )
            )
        for step in map(row_to_step_taken, _rows(connection, steps_taken, [loan_id], steps_taken.c.on)):
            told = step.recorded
            lines.append(
                LogLine(
                    step.id,
                    LogKind.STEP,
                    step.on,
                    told.at,
                    names[told.by],
                    step.note,
                    step=step.kind,
                    deadline=step.deadline,
                    document_id=step.document_id,
                )
            )
        for notice in map(row_to_notice, _rows(connection, guarantor_notices, [loan_id], guarantor_notices.c.on)):
            told = notice.recorded
            lines.append(
                LogLine(
                    notice.id,
                    LogKind.NOTICE,
                    notice.on,
                    told.at,
                    names[told.by],
                    "",
                    who=notice.who,
                    document_id=notice.document_id,
                )
            )
    return sorted(lines, key=lambda line: (line.on, line.recorded_at), reverse=True)


def _aged(today: date, age: Age | None) -> list[Figure]:
    since = loan_rows.c.overdue_from
    where: list[Figure] = [since <= today - timedelta(days=age.least_days if age else 1)]
    if age is not None and age.most_days is not None:
        where.append(since >= today - timedelta(days=age.most_days))
    return where


def _rows(connection: Connection, table: Table, loan_ids: Sequence[UUID] | None, order: Figure) -> Sequence[Row[Any]]:
    asked = select(table).order_by(order, table.c.recorded_at)
    if loan_ids is not None:
        asked = asked.where(table.c.loan_id.in_(loan_ids))
    return connection.execute(asked).all()


def _by_loan(records: Iterable[Any]) -> dict[UUID, list[Any]]:
    of_loans: dict[UUID, list[Any]] = defaultdict(list)
    for record in records:
        of_loans[record.loan_id].append(record)
    return of_loans


def _bindings(connection: Connection, loan_ids: Sequence[UUID] | None) -> dict[UUID, list[Binding]]:
    """What binds the guarantors of these loans, in the order of each list."""
    asked = select(guarantors.c.loan_id, *BINDING_COLUMNS).where(guarantors.c.signed_on.is_not(None))
    if loan_ids is not None:
        asked = asked.where(guarantors.c.loan_id.in_(loan_ids))
    found: dict[UUID, list[Binding]] = defaultdict(list)
    for row in connection.execute(asked.order_by(guarantors.c.position)):
        found[row.loan_id].append(row_to_binding(row))
    return found


def _answering_members(connection: Connection, loan_ids: Sequence[UUID] | None, on: date) -> dict[UUID, list[UUID]]:
    """The other members, on a day, of the groups that answer for these loans."""
    asked = (
        select(loans.c.id, memberships.c.borrower_id)
        .join(groups, groups.c.id == loans.c.group_id)
        .join(memberships, memberships.c.group_id == groups.c.id)
        .where(
            groups.c.liability_form.in_([form.value for form in ANSWERING_FORMS]),
            memberships.c.borrower_id != loans.c.borrower_id,
            memberships.c.joined_on <= on,
            memberships.c.left_on.is_(None) | (memberships.c.left_on >= on),
        )
        .order_by(memberships.c.position)
    )
    if loan_ids is not None:
        asked = asked.where(loans.c.id.in_(loan_ids))
    members: dict[UUID, list[UUID]] = defaultdict(list)
    for loan_id, borrower_id in connection.execute(asked):
        if borrower_id not in members[loan_id]:
            members[loan_id].append(borrower_id)
    return members


def _paid(connection: Connection, loan_ids: Sequence[UUID]) -> dict[UUID, list[tuple[date, int]]]:
    paid: dict[UUID, list[tuple[date, int]]] = defaultdict(list)
    if loan_ids:
        undone = journal_entries.alias()
        counts = select(journal_entries).where(
            journal_entries.c.kind == "payment",
            journal_entries.c.loan_id.in_(loan_ids if len(loan_ids) <= MOST_NAMED else select(promises.c.loan_id)),
            ~select(undone.c.id)
            .where(undone.c.loan_id == journal_entries.c.loan_id, undone.c.reverses == journal_entries.c.id)
            .exists(),
        )
        for row in connection.execute(counts):
            paid[row.loan_id].append((row.on, row.amount_minor))
    return paid
