"""The pages of the paper, as pictures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2

from mikrolaan.documents.recovery_sheet import recovery_sheet
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.loan import Step
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.session import Session
from tools.pictures.start_tour import FIXED_KEY

SCALE = 1.5  # pixels to a point
ALL = Slice(0, 1000)


def draw_papers(session: Session, today: date, language: str, folder: Path) -> None:
    """Contract, plan and recovery sheet in one language, and a notice of default in its reader's, every page of each."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = session.queries.loans(LoanFilter(step=Step.CONTRACT), Order("number"), ALL)
    in_group = [row for row in rows if row.group_id is not None] or rows
    for name, row in (("", rows[0]), ("-in-group", in_group[0])):
        loan = session.loans.get(row.id)
        for kind, word in ((DocumentKind.LOAN_CONTRACT, "contract"), (DocumentKind.REPAYMENT_PLAN, "plan")):
            if name and (row.id == rows[0].id or kind is DocumentKind.REPAYMENT_PLAN):
                continue
            _draw(session.documents.draft(kind, loan, language), folder, f"{word}{name}-{language}")
    waiting = session.notices.to_tell(line.row.loan_id for line in session.arrears.due_today().notices)
    _draw(session.notices.draft(waiting[0].to), folder, "notice-of-default")
    office = session.office.get().name
    _draw(recovery_sheet(office, session.officer.name, FIXED_KEY, today, language), folder, f"recovery-{language}")


def _draw(content: bytes, folder: Path, name: str) -> None:
    with pypdfium2.PdfDocument(content) as pages:
        for number, page in enumerate(pages, start=1):
            page.render(scale=SCALE).to_pil().save(folder / f"{name}-{number}.png")
