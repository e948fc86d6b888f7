"""The History tab: what changed, told field by field in plain words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from mikrolaan.domain.audit import Act
from mikrolaan.domain.group import GroupRole
from mikrolaan.domain.guarantee_rules import GuaranteeKind
from mikrolaan.domain.guarantor import Guarantee
from mikrolaan.domain.ledger_accounts import AccountRole
from mikrolaan.domain.money import Currency
from mikrolaan.domain.months import months_later
from mikrolaan.i18n import current_language, use_language
from mikrolaan.services.queries import Slice
from mikrolaan.services.rows import HistoryRow
from mikrolaan.ui.history.changes import changes_of
from mikrolaan.ui.history.history_tab import BREAK_HERE, HistoryTab, breakable
from tests.builders import a_borrower, a_person, nok
from tests.offices import TestOffice
from tests.services.test_loan_service import a_paid_out_loan


def nobody(_kind: str, _record_id: object) -> str:
    return ""


def told(row: HistoryRow, name_of=nobody) -> dict[str, tuple[str, str]]:
    return {change.word: (change.before, change.after) for change in changes_of(row, Currency.NOK, name_of)}


def a_row(before: str | None, after: str | None) -> HistoryRow:
    return HistoryRow(1, datetime(2026, 1, 5, tzinfo=UTC), "Ingrid", Act.BORROWER_CHANGED, "borrower", before, after)


def rows_of(office: TestOffice, *record_ids) -> list[HistoryRow]:
    return list(office.session.queries.history(record_ids, Slice()))


def test_a_change_is_told_as_what_was_and_what_became(office: TestOffice) -> None:
    amina = office.session.borrowers.register(a_person(), a_borrower().enterprise)
    changed = replace(amina.person, phone="+4790000777", interpreter_needed=True, birth_date=date(1988, 4, 18))
    office.session.borrowers.change(amina, changed, None)

    row = rows_of(office, amina.id)[0]

    assert told(row) == {
        "Birth date": ("17 Apr 1988", "18 Apr 1988"),
        "Phone": ("+47 900 00 001", "+47 900 00 777"),
        "Interpreter needed": ("No", "Yes"),
        "Enterprise": ("Aminas Søm", ""),
        "Legal form": ("Sole trader", ""),
        "Industry": ("Tailoring", ""),
        "Started on": ("1 Aug 2025", ""),
    }


def test_a_registration_tells_what_was_filled_in_and_nothing_technical(office: TestOffice) -> None:
    amina = office.session.borrowers.register(a_person())

    fields = told(rows_of(office, amina.id)[0])

    assert fields["Given names"] == ("", "Amina")
    assert fields["Language for paper"] == ("", "Norsk bokmål")
    assert not {"Id", "Version", "Enterprise", "Identity number"} & set(fields)
    assert not any(str(amina.id) in after for _before, after in fields.values())


def test_the_terms_of_an_application_and_its_payments_are_told_in_words(office: TestOffice) -> None:
    loan = a_paid_out_loan(office)
    office.clock.turn(31)
    office.session.payments.take(loan.id, nok(1_000), date(2026, 2, 15))

    rows = {row.act: told(row) for row in rows_of(office, loan.id)}

    assert rows[Act.APPLICATION_MADE]["Loan amount"] == ("", "NOK\u00a012\u202f000.00")
    assert rows[Act.APPLICATION_MADE]["Nominal rate"] == ("", "0.00%")
    assert rows[Act.LOAN_DECIDED]["Decision"] == ("", "Approved")
    assert rows[Act.PAID_OUT]["Added to the journal"] == ("", "Payout of NOK\u00a012\u202f000.00 on 15 Jan 2026")
    assert rows[Act.PAYMENT_TAKEN]["Added to the journal"] == (
        "",
        "Payment of NOK\u00a01\u202f000.00 on 15 Feb 2026 (Bank)",
    )


def test_members_of_a_group_are_told_by_name(office: TestOffice) -> None:
    people = [office.session.borrowers.register(a_person(given_names=name)) for name in ("Amina", "Fatima", "Mai")]
    roles = (GroupRole.LEADER, GroupRole.MEMBER, GroupRole.MEMBER)
    members = [(person.id, role) for person, role in zip(people, roles, strict=True)]
    group = office.session.groups.form("Solsikken", date(2026, 1, 5), members)

    fields = told(rows_of(office, group.id)[0], lambda _kind, record_id: office.session.borrowers.get(record_id).name)

    assert fields["Members"][1].splitlines()[0] == "Amina Ødegård, Leader, from 5 Jan 2026"


def test_an_account_of_the_ledger_and_a_closing_of_the_books_are_told_in_words(office: TestOffice) -> None:
    """12 000 kroner were lent on 15 January, and nothing has come back by the end of the month."""
    session = office.session
    a_paid_out_loan(office)
    session.ledger.set_account(AccountRole.LOANS, "1375", "Startlån")
    session.ledger.set_account(AccountRole.LOANS, "1376", "Startlån")
    office.clock.day = date(2026, 2, 2)
    session.ledger.close(date(2026, 1, 31))

    rows = rows_of(office)

    changed, named = (told(row) for row in rows if row.act is Act.LEDGER_ACCOUNT_CHANGED)
    assert named == {
        "Number": ("", "1375"),
        "Name": ("", "Startlån"),
        "What the account is for": ("", "Outstanding principal of the loans"),
    }
    assert changed == {"Number": ("1375", "1376")}
    (closed,) = (told(row) for row in rows if row.act is Act.BOOKS_CLOSED)
    assert closed == {
        "Books closed until": ("", "31 Jan 2026"),
        "Balances on that day": (
            "",
            "Payouts and payments by bank: NOK\u00a0\u221212\u202f000.00\n"
            "Outstanding principal of the loans: NOK\u00a012\u202f000.00",
        ),
    }


def test_a_guarantee_its_release_and_a_notice_are_told_in_words(office: TestOffice) -> None:
    session, loan = office.session, a_paid_out_loan(office)
    case = session.borrowers.register(a_person(given_names="Kari", family_name="Vik"))
    own_debt = Guarantee(nok(12_000), True, GuaranteeKind.OWN_DEBT, is_consumer=False, relation="Sister")
    kari = session.guarantors.add(loan.id, case.id, own_debt).guarantor
    session.guarantors.sign(kari.id, office.clock.day, on_other_paper=True)
    session.guarantors.record_notice(loan.id, office.clock.day, guarantor_id=kari.id)
    session.guarantors.release(kari.id, office.clock.day, reason="The car was pledged")
    session.guarantors.take_back_release(kari.id, reason="Wrong loan")

    rows = rows_of(office, *session.guarantors.history_ids(loan.id))
    fields = {row.act: told(row, lambda _kind, record_id: session.borrowers.get(record_id).name) for row in rows}

    assert fields[Act.GUARANTOR_ADDED] == {
        "Guarantor": ("", "Kari Vik"),
        "Relation to the borrower": ("", "Sister"),
        "Kind of guarantee": ("", "Guarantee as for own debt"),
        "Guaranteed at most": ("", "NOK\u00a012\u202f000.00"),
        "Interest and costs on top": ("", "Yes"),
        "Consumer": ("", "No"),
    }
    today = current_language().date(office.clock.day)
    assert fields[Act.GUARANTEE_SIGNED] == {
        "Signed on": ("", today),
        "Ends at the latest": ("", current_language().date(months_later(office.clock.day, 120))),
    }
    assert fields[Act.GUARANTOR_NOTIFIED] == {"Date": ("", today), "With whom": ("", "Kari Vik")}
    assert fields[Act.GUARANTOR_RELEASED] == {
        "Released from": ("", today),
        "Why released": ("", "The car was pledged"),
    }
    assert fields[Act.RELEASE_TAKEN_BACK] == {
        "Release taken back on": ("", today),
        "Why taken back": ("", "Wrong loan"),
    }


@pytest.mark.parametrize(
    ("after", "shown"),
    [
        ('{"paper_language":"xx"}', {"Language for paper": ("", "xx")}),
        ('{"enterprise_legal_form":"guild"}', {"Legal form": ("", "guild")}),
        ('{"something_new":"kept"}', {"Something new": ("", "kept")}),
        ("not json", {"Record": ("", "not json")}),
        ('{"birth_date":"1988-02-31"}', {"Birth date": ("", "1988-02-31")}),
    ],
)
def test_values_of_another_version_are_shown_as_they_are_stored(after: str, shown: dict[str, tuple[str, str]]) -> None:
    assert told(a_row(None, after)) == shown


def test_history_follows_the_language_of_the_screen(office: TestOffice) -> None:
    amina = office.session.borrowers.register(a_person())
    use_language("nb")

    days = [after for _before, after in told(rows_of(office, amina.id)[0]).values()]

    assert "17.04.1988" in days


def test_the_tab_shows_the_newest_change_beside_the_list(qtbot: QtBot, office: TestOffice) -> None:
    amina = office.session.borrowers.register(a_person())
    office.session.borrowers.change(amina, replace(amina.person, phone="+4790000777"), None)
    tab = HistoryTab(office.session, [amina.id])
    qtbot.addWidget(tab)
    tab.show()

    assert tab.model.rowCount() == 2
    assert tab.details.heading.text() == "Changed the borrower"
    tab.table.setCurrentIndex(tab.model.index(1, 0))
    assert tab.details.heading.text() == "Registered the borrower"


def test_no_records_have_no_history_though_the_office_has(qtbot: QtBot, office: TestOffice) -> None:
    office.session.borrowers.register(a_person())

    tab = HistoryTab(office.session, [])
    qtbot.addWidget(tab)
    tab.show_records([uuid4()])

    assert tab.model.rowCount() == 0
    assert not tab.details.isVisibleTo(tab)


def test_a_long_word_may_break_but_reads_the_same() -> None:
    address = "amina.odegard.sewing@example.org"

    shown = breakable(f"{address} {'x' * 40}")

    assert shown.replace(BREAK_HERE, "") == f"{address} {'x' * 40}"
    assert max(len(part) for part in shown.replace(" ", BREAK_HERE).split(BREAK_HERE)) <= 18
    assert breakable("A short text") == "A short text"
