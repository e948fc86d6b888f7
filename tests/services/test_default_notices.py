"""Notices of default on a real office file: who gets one and when, each once, and in one run with the letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from mikrolaan.domain.audit import Act
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.follow_up import ContactKind
from mikrolaan.domain.group import LiabilityForm
from mikrolaan.domain.guarantor import Guarantee
from mikrolaan.domain.journal import Fee
from mikrolaan.services.arrears_rows import LogKind
from mikrolaan.services.default_notices import NoNoticeDue, NoticeDue, NoticeTo
from mikrolaan.services.desk import NotAllowed
from mikrolaan.services.queries import Slice
from mikrolaan.services.session import Session
from mikrolaan.storage.check import check_database
from tests.builders import nok
from tests.documents.paper import pages_of, squeezed
from tests.guaranteeing import KARI
from tests.offices import TestOffice
from tests.services.test_guarantors import OLA, a_loan_in_a_joint_group, a_repaying_loan_with
from tests.ui.lending import auditor

SHOWN: Callable[[int, int], None] = lambda _done, _total: None  # noqa: E731 - the progress of a run nobody watches
GO_ON: Callable[[], bool] = lambda: False  # noqa: E731 - a run that nobody cancels
TWO_MONTHS = date(2026, 4, 15)  # after 15 February, which is unpaid
ENGLISH = replace(KARI, paper_language="en")


def due(session: Session) -> list[NoticeDue]:
    """The notices that a run of letters would send today."""
    return session.notices.to_tell(line.row.loan_id for line in session.arrears.due_today().notices)


def run(session: Session) -> list[str]:
    """Send what is due, letters left out; the numbers of the documents."""
    sent = session.letters.send([], SHOWN, GO_ON, [notice.to for notice in due(session)])
    assert sent.problems == []
    return [document.number for document in sent.documents]


def test_each_guarantor_is_proposed_once_the_default_has_lasted_two_months(office: TestOffice) -> None:
    loan = a_repaying_loan_with(office, KARI, OLA)
    session = office.session
    office.clock.day = date(2026, 4, 14)
    assert due(session) == []
    assert len(session.notices.to_tell([loan.id])) == 2  # and may be told all the same

    office.clock.day = TWO_MONTHS

    assert [(one.loan_number, one.name, one.due_on) for one in due(session)] == [
        (1, "Kari Vik", date(2026, 5, 15)),
        (1, "Ola Moen", date(2026, 5, 15)),
    ]
    assert [(line.to_tell, line.notices_from) for line in session.arrears.due_today().notices] == [(2, TWO_MONTHS)]


def test_a_notice_is_numbered_kept_as_printed_and_noted_with_the_person(office: TestOffice) -> None:
    loan = a_repaying_loan_with(office, ENGLISH)
    office.clock.day = TWO_MONTHS
    session = office.session
    (waiting,) = due(session)

    document = session.notices.send_one(waiting.to)

    assert (document.kind, document.number, document.language) == (
        DocumentKind.GUARANTOR_NOTICE,
        "V-00001-00001",
        "en",
    )
    assert office.reopen().documents.open(document.id).content == document.content
    session = office.session
    (told,) = [line for line in session.arrears.log(loan.id) if line.kind is LogKind.NOTICE]
    assert (told.who, told.on, told.document_id) == ("Kari Vik", TWO_MONTHS, document.id)
    assert document.id in {row.id for row in session.queries.documents(loan_id=loan.id)}
    text = "".join(pages_of(document.content))
    for part in ("Kari Vik", "Overdue in all 2 000.00", "NOK 12 000.00", "V-00001-00001"):  # February and March
        assert squeezed(part) in text
    acts = [row.act for row in session.queries.history(session.guarantors.history_ids(loan.id), Slice())]
    assert acts[0] is Act.GUARANTOR_NOTIFIED
    assert check_database(session.queries._engine) == []  # type: ignore[attr-defined]


def test_nobody_is_told_twice_of_one_default(office: TestOffice) -> None:
    a_repaying_loan_with(office, KARI, OLA)
    office.clock.day = TWO_MONTHS
    session = office.session
    asked = [notice.to for notice in due(session)]

    assert run(session) == ["V-00001-00001", "V-00001-00002"]

    assert due(session) == []
    line = session.arrears.line(asked[0].loan_id)
    assert line is not None and (line.to_tell, line.guarantors_due_on, line.notices_from) == (0, None, None)
    again = session.letters.send([], SHOWN, GO_ON, asked)
    assert again.documents == []
    assert [type(error) for _loan_id, error in again.problems] == [NoNoticeDue, NoNoticeDue]
    for to in asked:
        with pytest.raises(NoNoticeDue):
            session.notices.draft(to)


def test_a_new_default_needs_a_new_notice(office: TestOffice) -> None:
    loan = a_repaying_loan_with(office, KARI)
    office.clock.day = TWO_MONTHS
    session = office.session
    run(session)
    session.payments.take(loan.id, nok(2_100), office.clock.day)  # February and March, with late interest
    assert session.notices.to_tell([loan.id]) == []
    owed = session.loans.statement(session.loans.get(loan.id))
    assert owed.days_past_due == 0

    office.clock.day = date(2026, 7, 15)  # two months after 15 May, of which all but what was paid ahead is unpaid

    assert [(one.name, one.due_on) for one in session.notices.to_tell([loan.id])] == [("Kari Vik", date(2026, 7, 15))]
    assert run(session) == ["V-00001-00002"]


def test_a_guarantor_who_was_released_or_whose_guarantee_ended_is_not_told(office: TestOffice) -> None:
    session = office.session
    loan = a_repaying_loan_with(office, KARI, OLA)
    kari, ola = (known.guarantor for known in session.guarantors.of_loan(loan.id))
    ends = Guarantee(nok(3_000), interest_and_costs_on_top=False, until=date(2026, 4, 14))
    short = session.guarantors.add(loan.id, replace(OLA, given_names="Per"), ends).guarantor
    session.guarantors.sign(short.id, office.clock.day, on_other_paper=True)
    session.guarantors.release(kari.id, office.clock.day, reason="The car was pledged instead")
    office.clock.day = TWO_MONTHS

    assert [one.to for one in due(session)] == [NoticeTo(loan.id, ola.id)]
    for gone in (kari, short):
        with pytest.raises(NoNoticeDue):
            session.notices.send_one(NoticeTo(loan.id, gone.id))


def test_the_other_members_of_a_group_that_answers_are_told_each_with_a_letter(office: TestOffice) -> None:
    loan, (ada, bea, cleo) = a_loan_in_a_joint_group(office)
    office.clock.day = TWO_MONTHS
    session = office.session

    assert [one.to for one in due(session)] == [NoticeTo(loan.id, None, bea), NoticeTo(loan.id, None, cleo)]
    with pytest.raises(NoNoticeDue):
        session.notices.send_one(NoticeTo(loan.id, None, ada))  # the borrower
    document = session.notices.send_one(NoticeTo(loan.id, None, bea))

    debt = session.loans.statement(session.loans.get(loan.id)).payoff_amount
    text = "".join(pages_of(document.content))
    assert "BeaDahl" in text
    assert squeezed(f"{debt.to_decimal():.2f}".replace(".", ",")) in text
    assert [one.name for one in due(session)] == ["Cleo Eng"]


def test_a_member_who_is_a_guarantor_too_has_one_letter(office: TestOffice) -> None:
    loan, (_ada, bea, cleo) = a_loan_in_a_joint_group(office)
    session = office.session
    promised = Guarantee(nok(5_000), interest_and_costs_on_top=True)
    guarantor = session.guarantors.add(loan.id, bea, promised).guarantor
    session.guarantors.sign(guarantor.id, office.clock.day, on_other_paper=True)
    office.clock.day = TWO_MONTHS

    assert [one.to for one in due(session)] == [NoticeTo(loan.id, guarantor.id), NoticeTo(loan.id, None, cleo)]
    assert len(run(session)) == 2
    assert due(session) == []


@pytest.mark.parametrize("form", [LiabilityForm.NONE, LiabilityForm.MORAL])
def test_members_who_pay_for_nobody_are_not_told(office: TestOffice, form: LiabilityForm) -> None:
    loan, _members = a_loan_in_a_joint_group(office, form)
    office.clock.day = TWO_MONTHS

    assert due(office.session) == []
    assert office.session.notices.to_tell([loan.id]) == []


def test_a_notice_recorded_by_hand_leaves_nothing_to_send(office: TestOffice) -> None:
    loan = a_repaying_loan_with(office, KARI, OLA)
    office.clock.day = TWO_MONTHS
    session = office.session
    (kari, _ola) = due(session)

    session.guarantors.record_notice(loan.id, TWO_MONTHS, guarantor_id=kari.to.guarantor_id)
    assert [one.name for one in due(session)] == ["Ola Moen"]
    session.arrears.record_contact(loan.id, ContactKind.GUARANTOR_NOTICE, TWO_MONTHS, note="By post")

    assert due(session) == []


def test_a_remainder_that_the_office_sends_no_letters_about_proposes_no_notice(office: TestOffice) -> None:
    """40 kroner of the instalment of 15 February are unpaid; the office's least is 50."""
    loan = a_repaying_loan_with(office, KARI)
    session = office.session
    session.payments.take(loan.id, nok(960), date(2026, 1, 15))
    office.clock.day = date(2026, 3, 15)
    line = session.arrears.line(loan.id)
    assert line is not None and line.row.overdue == nok(40)

    assert (line.to_tell, line.notices_from) == (1, None)
    office.clock.day = date(2026, 3, 16)  # and now the whole instalment of 15 March, too
    line = session.arrears.line(loan.id)
    assert line is not None and line.notices_from == TWO_MONTHS


def test_notices_and_letters_go_out_in_one_run_as_they_were_shown(office: TestOffice) -> None:
    loan, _members = a_loan_in_a_joint_group(office)
    office.clock.day = TWO_MONTHS
    session = office.session
    lines, notices = session.arrears.letters_due(), due(session)
    drafts = session.letters.preview(lines, SHOWN, GO_ON, notices)

    sent = session.letters.send([loan.id], SHOWN, GO_ON, [notice.to for notice in notices])

    assert [document.number[0] for document in sent.documents] == ["V", "V", "M"]
    for draft, document in zip(drafts, sent.documents, strict=True):
        shown, kept = (figures_of(content) for content in (draft.content, document.content))
        assert shown == kept != []
    assert [fee.amount for fee in session.loans.get(loan.id).journal.entries if isinstance(fee, Fee)] == [nok(38)]


def figures_of(content: bytes) -> list[str]:
    """The amounts on the pages, by their two decimals."""
    return re.findall(r"\d+,\d\d", "".join(pages_of(content)))


def test_a_run_that_is_cancelled_keeps_whole_notices_and_the_next_run_does_the_rest(office: TestOffice) -> None:
    a_repaying_loan_with(office, KARI, OLA)
    office.clock.day = TWO_MONTHS
    session = office.session
    looks = iter((False, True))

    stopped = session.letters.send([], SHOWN, lambda: next(looks), [notice.to for notice in due(session)])

    assert (len(stopped.documents), stopped.was_cancelled) == (1, True)
    assert [one.name for one in due(session)] == ["Ola Moen"]
    assert run(session) == ["V-00001-00002"]


def test_an_auditor_looks_at_drafts_and_sends_none(office: TestOffice) -> None:
    loan = a_repaying_loan_with(office, KARI)
    office.clock.day = TWO_MONTHS
    seen = auditor(office)
    (waiting,) = seen.notices.to_tell([loan.id])

    assert seen.notices.draft(waiting.to).startswith(b"%PDF")
    with pytest.raises(NotAllowed):
        seen.notices.send_one(waiting.to)
    with pytest.raises(NotAllowed):
        seen.letters.send([], SHOWN, GO_ON, [waiting.to])
    assert [one.name for one in due(office.session)] == ["Kari Vik"]
