"""What keeping costs: a payment against a bare commit, and how the file grows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from uuid import uuid4

from mikrolaan.domain.loan import Step
from mikrolaan.domain.money import Currency, Money
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.session import Session
from mikrolaan.storage.database import connect, make_database
from tools.benches.figure import Figure, at_most, median, seconds_of, told
from tools.benches.offices import DAY, FOLDER, office_of

PAYMENTS = 120
PAYMENT_GOAL = 5
MUCH = Money(100_000, Currency.NOK)  # of a loan that owes less the amount is asked about first
LINEAR_WITHIN = 1.15  # bytes per borrower may differ so much between two sizes


def payments(session: Session) -> Iterator[Figure]:
    """A payment with its audit entry and derived rows, against one inserted row, both safe on the disk.

    As on the Payments page: the loan is found by its number and the preview shown before the payment is taken, and the taking alone is
    measured. Every other loan is taken as it comes, without anybody having looked at it: that figure is told beside it.
    """
    rows = session.queries.loans(LoanFilter(step=Step.REPAYING), Order("number"), Slice(0, PAYMENTS))
    amount = Money(10_000, Currency.NOK)
    path = FOLDER / "bare.db"
    path.unlink(missing_ok=True)
    make_database(path, bytes(32))
    bare = connect(path, bytes(32))
    bare.execute("CREATE TABLE entry (id TEXT PRIMARY KEY, amount_minor INTEGER)")

    def commit() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO entry VALUES (?, ?)", (str(uuid4()), amount.minor))
        bare.execute("COMMIT")

    shown: list[float] = []
    unseen: list[float] = []
    commits: list[float] = []
    for place, row in enumerate(rows):
        is_shown = place % 2 == 0
        if is_shown:
            found = next(hit for hit in session.taking.find(str(row.number), on=DAY) if hit.loan.id == row.id)
            session.taking.preview(found.loan, amount, DAY)
        take = partial(session.taking.take, row.id, amount, DAY, is_sure=row.outstanding < MUCH)
        seconds = seconds_of(take)
        (shown if is_shown else unseen).append(seconds)
        commits.append(seconds_of(commit))
    bare.close()
    own, cold, theirs = median(shown), median(unseen), median(commits)
    yield at_most("saving a payment ÷ bare SQLCipher commit", own / theirs, PAYMENT_GOAL, "×")
    yield told("  saving a payment, bare commit", f"{own * 1000:.2f} ms, {theirs * 1000:.2f} ms")
    yield told("  on a loan that nobody has looked at", f"{cold / theirs:.1f} × ({cold * 1000:.2f} ms)")


def growth(sizes: tuple[int, ...]) -> Iterator[Figure]:
    """The bytes of each further borrower with loans and history, without paper; straight when they stay the same."""
    measured = {size: office_of(size).stat().st_size for size in sizes}
    for size, total in measured.items():
        yield told(
            f"  file at {size:_} borrowers".replace("_", " "), f"{total / 1e6:.2f} MB, {total / size:.0f} B each"
        )
    few, more, most = sizes
    early = (measured[more] - measured[few]) / (more - few)
    late = (measured[most] - measured[more]) / (most - more)
    name = f"bytes of a borrower from {more:_} to {most:_} ÷ from {few:_} to {more:_}".replace("_", " ")
    yield Figure(name, f"{late / early:.2f} ×", f"≤ {LINEAR_WITHIN} ×", late / early <= LINEAR_WITHIN)
