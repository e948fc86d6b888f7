"""The rows for lists against the replay, for random lives in a real office file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mikrolaan.domain.arrears import arrears_of
from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.loan import ContractIssued, Decision, Loan, Outcome
from mikrolaan.domain.loan_rules import LoanRules
from mikrolaan.domain.statement import statement
from mikrolaan.services.arrears_rows import ArrearsFilter
from mikrolaan.services.queries import LoanFilter
from tests.builders import APPLIED_ON, OFFICER, a_product
from tests.domain import lives
from tests.storage.samples import ALL, ANY, Kept, a_document, a_founding


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(lives.whole(), min_size=4, max_size=10))
def test_lists_and_arrears_say_what_the_replay_says_and_loans_come_back_as_they_were(lived: list[Loan]) -> None:
    rules = lived[0].rules
    product = replace(a_product(), rules=rules)
    with TemporaryDirectory() as folder:
        kept = Kept(Path(folder) / "office.mikrolaan", founding=replace(a_founding(), products=(product,)))
        loans = [loan for loan in (_kept(kept, one, rules) for one in lived) if loan.journal.standing]
        kept.reopen()
        assert kept.file.check() == []
        for loan in loans:
            again = kept.loan(loan.id)
            assert (again.journal, again.terms, again.rules) == (loan.journal, loan.terms, rules)
        last = max((loan.journal.last_on for loan in loans if loan.journal.last_on), default=APPLIED_ON)
        for day in (last, last + timedelta(days=1), last + timedelta(days=45), last + timedelta(days=500)):
            kept.clock.day = day
            shown = {row.id: row for row in kept.file.queries.loans(LoanFilter(), ANY, ALL)}
            overdue = {row.loan_id: row for row in kept.file.queries.arrears(ArrearsFilter(), ANY, ALL)}
            for loan in loans:
                told, found = statement(loan, day), arrears_of(loan, day)
                assert shown[loan.id].outstanding == told.outstanding_principal
                assert (found is None) == (loan.id not in overdue)
                if found is not None:
                    assert (overdue[loan.id].overdue, overdue[loan.id].days) == (found.overdue, told.days_past_due)
        kept.file.close()


def _kept(kept: Kept, lived: Loan, rules: LoanRules) -> Loan:
    """The same life by those rules, typed entry by entry into the file; what they refuse is left out."""
    loan = kept.add_loan(terms=lived.terms, rules=rules)
    document = a_document(loan)
    with kept.unit() as unit:
        loan = loan.with_decision(Decision(APPLIED_ON, Outcome.APPROVED, OFFICER))
        unit.loans.save(loan.with_contract(ContractIssued(document.id, APPLIED_ON)).with_signature(APPLIED_ON))
        unit.documents.add(document)
        unit.commit()
    for one in lived.journal.entries:
        with suppress(RuleError):
            entry = replace(one, id=uuid4())
            shown_before = statement(kept.loan(loan.id).with_entry(entry), entry.on)  # as every preview is made
            assert statement(kept.save_entry(loan.id, entry), entry.on) == shown_before
    return kept.loan(loan.id)
