"""The contract with its whole plan as PDF: the first in a process, and those after it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.loan import Step
from mikrolaan.services.queries import LoanFilter, Order, Slice
from tools.benches.figure import Figure, at_most, p95, seconds_of, told
from tools.benches.offices import ROOT, open_session

GOAL_MS = 300
CONTRACTS = 30


def measure(path: Path) -> Iterator[Figure]:
    """Contracts of different loans; the first is printed in a process that has printed nothing."""
    cold = subprocess.run(
        [sys.executable, "-m", "tools.benches.paper", str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    session = open_session(path)
    rows = session.queries.loans(LoanFilter(step=Step.CONTRACT), Order("number"), Slice(0, CONTRACTS))
    loans = [session.loans.get(row.id) for row in rows]
    contents: list[bytes] = []
    times = [
        seconds_of(lambda loan=loan: contents.append(session.documents.draft(DocumentKind.LOAN_CONTRACT, loan))) * 1000  # type: ignore[misc]
        for loan in loans
    ]
    yield at_most(f"contract PDF, p95 of {len(times) - 1} after the first", p95(times[1:]), GOAL_MS, "ms")
    session.close()
    yield at_most("contract PDF, first in a process (loads the press)", float(cold.stdout), GOAL_MS, "ms")
    size = sum(map(len, contents)) / len(contents)
    yield told("  bytes of a contract", f"{size / 1000:.0f} kB")


def first(path: Path) -> float:
    """Milliseconds for the first contract of this process."""
    session = open_session(path)
    row = session.queries.loans(LoanFilter(step=Step.CONTRACT), Order("number"), Slice(0, 1))[0]
    loan = session.loans.get(row.id)
    taken = seconds_of(lambda: session.documents.draft(DocumentKind.LOAN_CONTRACT, loan)) * 1000
    session.close()
    return taken


if __name__ == "__main__":
    print(first(Path(sys.argv[1])))
