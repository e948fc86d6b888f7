"""Everything an officer can do to a running loan, on a real encrypted file: 12 000 kroner, 1 000 of principal a month, 1 %."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from mikrolaan.domain.audit import Act
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.journal import (
    EntryRefused,
    Fee,
    HolidayInterest,
    NewPlan,
    NewPlanFor,
    PaymentHoliday,
    Payout,
    RateChange,
    Recovery,
    Refund,
    Waived,
    Waiver,
    WriteOff,
)
from mikrolaan.domain.loan import LaterEntryRests, Loan, Outcome, Step, StepNotOpen
from mikrolaan.domain.loan_rules import EarlyRepayment, LoanRules
from mikrolaan.domain.money import Money
from mikrolaan.domain.office import Officer, Role
from mikrolaan.domain.outlook import interest_saved, outlook
from mikrolaan.domain.statement import Statement, Status, statement
from mikrolaan.domain.terms import PeriodUnit, Repayment
from mikrolaan.services.desk import NotAllowed
from mikrolaan.services.loan_life import LoanLifeService, RateRaisedTooSoon
from mikrolaan.services.new_terms import (
    DueDayFixed,
    NewPlanChoices,
    NothingOutstanding,
    SettleFirst,
    rest_is_late,
    terms_of_the_rest,
    terms_with_due_day,
)
from mikrolaan.services.payments import SeemsTooMuch
from mikrolaan.services.queries import Slice
from tests.builders import a_person, nok, terms
from tests.offices import TestOffice

FIRST, SECOND = date(2026, 2, 15), date(2026, 3, 15)


def a_loan(office: TestOffice, *, pay_out: bool = True, **of: Any) -> Loan:
    """Paid out on 15 January; the first instalment, 1 120, falls due today."""
    session = office.session
    borrower = session.borrowers.register(a_person())
    chosen = terms(**{"annual_rate_percent": Decimal(12), "repayment": Repayment.SERIAL, **of})
    loan = session.loans.apply(borrower.id, session.products.offered()[0], chosen)
    session.loans.decide(loan.id, Outcome.APPROVED, on=office.clock.day)
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    session.loans.sign(loan.id, office.clock.day)
    office.clock.day = date(2026, 1, 15)
    if pay_out:
        session.loans.pay_out(loan.id, office.clock.day)
        office.clock.day = FIRST
    return session.loans.get(loan.id)


def paid(office: TestOffice, loan: Loan, amount: int | str = 1_120, on: date = FIRST, **how: Any) -> Loan:
    office.clock.day = max(on, office.clock.day)
    office.session.payments.take(loan.id, nok(amount), on, **how)
    return office.session.loans.get(loan.id)


def reloaded(office: TestOffice, loan: Loan) -> Loan:
    return office.reopen().loans.get(loan.id)


def acts(office: TestOffice, loan: Loan) -> list[Act]:
    return [row.act for row in office.session.queries.history((loan.id,), Slice(0, 9))]


def dues(told: Statement) -> list[Money]:
    return [row.instalment.due for row in told.rows]


def test_a_fee_is_asked_for_on_its_day_and_can_be_let_go(office: TestOffice) -> None:
    loan, life = a_loan(office), office.session.life
    fee = Fee(uuid4(), FIRST, nok(38), date(2026, 3, 1), life.stamp(), "Reminder")

    before, after = life.preview(loan, fee)
    assert (after.payoff_amount - before.payoff_amount, after.due_unpaid) == (nok(38), nok(1_120))
    assert len(office.session.loans.get(loan.id).journal.entries) == 1  # a preview keeps nothing

    life.charge_fee(loan.id, fee)
    assert statement(reloaded(office, loan), date(2026, 3, 1)).due_unpaid == nok(1_158)
    assert acts(office, loan)[0] is Act.FEE_CHARGED

    life = office.session.life
    office.clock.day = date(2026, 3, 1)
    told = life.waive(loan.id, Waiver(uuid4(), date(2026, 3, 1), Waived.FEES, nok(38), life.stamp(), "Was ill"))
    assert told.due_unpaid == nok(1_120)


def test_a_fee_is_not_due_before_it_is_asked_for(office: TestOffice) -> None:
    loan, life = a_loan(office), office.session.life

    with pytest.raises(InvalidValue) as refused:
        life.charge_fee(loan.id, Fee(uuid4(), FIRST, nok(38), date(2026, 2, 14), life.stamp()))

    assert (refused.value.field, refused.value.limit) == ("due_on", FIRST)


def test_late_interest_is_let_go_but_no_more_than_there_is(office: TestOffice) -> None:
    loan, life = a_loan(office), office.session.life
    office.clock.day = date(2026, 2, 25)  # 1 120 × 12 % × 10/365 = 3.68

    def waiver(amount: str) -> Waiver:
        return Waiver(uuid4(), office.clock.day, Waived.LATE_INTEREST, nok(amount), life.stamp(), "Agreed by phone")

    before, after = life.preview(loan, waiver("3.68"))
    assert (before.late_interest, after.late_interest) == (nok("3.68"), nok(0))
    with pytest.raises(EntryRefused) as refused:
        life.waive(loan.id, waiver("3.69"))
    assert refused.value.limit == Decimal("3.68")


def raised_to_18(office: TestOffice, on: date, told_on: date | None = FIRST) -> RateChange:
    return RateChange(uuid4(), on, Decimal(18), office.session.life.stamp(), "New rates", told_on)


def test_a_higher_rate_waits_for_its_notice_and_keeps_the_end(office: TestOffice) -> None:
    loan = a_loan(office)
    with pytest.raises(RateRaisedTooSoon) as refused:
        office.session.life.change_rate(loan.id, raised_to_18(office, date(2026, 4, 14)))
    assert refused.value.earliest == date(2026, 4, 15)

    before, after = office.session.life.preview(loan, raised_to_18(office, date(2026, 4, 15)))
    assert after.rows[3].instalment.interest == nok(135)  # 9 000 × 1.5 %, from 90
    assert outlook(after).last_due_on == outlook(before).last_due_on == date(2027, 1, 15)

    office.session.life.change_rate(loan.id, raised_to_18(office, date(2026, 4, 15)))
    kept = reloaded(office, loan).journal.standing[-1]
    assert isinstance(kept, RateChange)
    assert (kept.told_on, kept.on) == (FIRST, date(2026, 4, 15))


def test_a_higher_rate_needs_the_day_on_which_the_borrower_was_told(office: TestOffice) -> None:
    loan = a_loan(office)

    with pytest.raises(InvalidValue) as refused:
        office.session.life.change_rate(loan.id, raised_to_18(office, date(2026, 6, 1), None))

    assert (refused.value.field, refused.value.problem) == ("told_on", Problem.MISSING)


def test_a_lower_rate_holds_at_once(office: TestOffice) -> None:
    loan, life = paid(office, a_loan(office)), office.session.life

    life.change_rate(loan.id, RateChange(uuid4(), FIRST, Decimal(6), life.stamp()))

    assert statement(reloaded(office, loan), FIRST).rows[1].instalment.interest == nok(55)  # 11 000 × 0.5 %


def test_without_notice_in_the_rules_a_higher_rate_holds_at_once(office: TestOffice) -> None:
    loan = replace(a_loan(office), rules=LoanRules(rate_notice_months=0))

    office.session.life.preview(loan, raised_to_18(office, FIRST))


def test_a_new_plan_takes_in_what_is_owed_and_is_marked(office: TestOffice) -> None:
    loan, life = a_loan(office), office.session.life
    office.clock.day = on = date(2026, 4, 5)  # 1 120 and 1 110 are overdue; 70 of interest have run since 15 March
    chosen = NewPlanChoices(24, Decimal(12), date(2026, 5, 5), Repayment.SERIAL, takes_in=True)
    late = statement(loan, on).late_interest

    new = terms_of_the_rest(loan, on, chosen)
    assert new.principal == nok(12_300) + late  # 12 000, 120 and 110 due, 70 run
    told = life.make_new_plan(loan.id, NewPlan(uuid4(), on, new, life.stamp(), "Illness"))

    assert (told.is_restructured, told.status, told.due_unpaid) == (True, Status.CURRENT, nok(0))
    assert acts(office, loan)[0] is Act.NEW_PLAN_MADE
    assert statement(reloaded(office, loan), on) == told


def test_a_new_plan_can_leave_what_is_due_as_it_is(office: TestOffice) -> None:
    loan, life = a_loan(office), office.session.life
    chosen = NewPlanChoices(12, Decimal(12), SECOND, Repayment.SERIAL, takes_in=False)

    new = terms_of_the_rest(loan, FIRST, chosen)
    _before, after = life.preview(loan, NewPlan(uuid4(), FIRST, new, life.stamp(), "More time"))

    assert (after.outstanding_principal, after.due_unpaid) == (nok(12_000), nok(120))  # the interest stays due


@pytest.mark.parametrize("missing", ["plan", "holiday", "waiver", "write-off"])
def test_what_is_granted_needs_its_reason(office: TestOffice, missing: str) -> None:
    loan, life = a_loan(office), office.session.life
    stamp = life.stamp()
    chosen = NewPlanChoices(12, Decimal(12), SECOND, Repayment.SERIAL, takes_in=True)
    new = terms_of_the_rest(loan, FIRST, chosen)
    ask: dict[str, Callable[[], object]] = {
        "plan": lambda: life.make_new_plan(loan.id, NewPlan(uuid4(), FIRST, new, stamp, " ")),
        "holiday": lambda: life.grant_holiday(
            loan.id, PaymentHoliday(uuid4(), FIRST, 1, HolidayInterest.CARRIED, stamp)
        ),
        "waiver": lambda: life.waive(loan.id, Waiver(uuid4(), FIRST, Waived.INTEREST, nok(1), stamp)),
        "write-off": lambda: life.write_off(loan.id, WriteOff(uuid4(), FIRST, nok(1), stamp)),
    }

    with pytest.raises(InvalidValue) as refused:
        ask[missing]()

    assert (refused.value.field, refused.value.problem) == ("note", Problem.MISSING)
    assert len(office.session.loans.get(loan.id).journal.entries) == 1


def test_the_due_day_moves_and_everything_else_stays(office: TestOffice) -> None:
    loan, life = paid(office, a_loan(office)), office.session.life
    office.clock.day = on = date(2026, 2, 25)

    new = terms_with_due_day(loan, on, 20)
    moved = NewPlan(uuid4(), on, new, life.stamp(), purpose=NewPlanFor.DUE_DAY)
    before, after = life.preview(loan, moved)
    assert outlook(before).last_due_on == date(2027, 1, 15)
    assert outlook(after).last_due_on == date(2027, 1, 20)
    assert after.rows[1].instalment.due_on == date(2026, 3, 20)
    assert after.rows[1].instalment.principal == nok(1_000)
    assert after.rows[1].instalment.interest == nok(121)  # 36.67 for ten days run, 84.33 for 23 to come

    told = life.move_due_day(loan.id, moved)
    assert (told.is_restructured, acts(office, loan)[0]) == (False, Act.DUE_DAY_MOVED)
    kept = reloaded(office, loan).journal.standing[-1]
    assert isinstance(kept, NewPlan)
    assert kept.purpose is NewPlanFor.DUE_DAY


def test_an_earlier_day_of_the_month_falls_in_the_month_after(office: TestOffice) -> None:
    loan = paid(office, a_loan(office))

    assert terms_with_due_day(loan, FIRST, 5).first_due_on == date(2026, 4, 5)  # nobody pays before 15 March


def test_an_instalment_paid_ahead_is_not_asked_for_again_on_the_new_day(office: TestOffice) -> None:
    loan = paid(office, paid(office, a_loan(office)), 1_110, date(2026, 2, 20))  # March is paid

    new = terms_with_due_day(loan, date(2026, 2, 20), 20)

    assert (new.instalments, new.disbursed_on, new.first_due_on) == (10, SECOND, date(2026, 4, 20))


def test_a_fee_on_an_instalment_paid_ahead_makes_the_moved_loan_no_longer(office: TestOffice) -> None:
    loan = paid(office, paid(office, a_loan(office)), 1_110, date(2026, 2, 20))  # March is paid
    day_after = date(2026, 2, 21)
    loan = loan.with_entry(Fee(uuid4(), day_after, nok(38), SECOND, office.session.life.stamp()))

    new = terms_with_due_day(loan, day_after, 20)

    assert (new.instalments, new.first_due_on) == (10, date(2026, 4, 20))


def test_the_due_day_is_not_moved_while_something_is_overdue(office: TestOffice) -> None:
    loan = a_loan(office)

    with pytest.raises(SettleFirst) as refused:
        terms_with_due_day(loan, FIRST, 20)

    assert refused.value.overdue == nok(1_120)


def test_the_due_day_of_a_loan_whose_principal_is_all_repaid_is_not_moved(office: TestOffice) -> None:
    loan = a_loan(office, repayment=Repayment.BULLET)
    loan = paid(office, loan, 12_000, date(2026, 2, 14))
    assert not loan.is_repaid

    with pytest.raises(NothingOutstanding):
        terms_with_due_day(loan, date(2026, 2, 14), 20)


def test_a_plan_in_weeks_has_no_due_day(office: TestOffice) -> None:
    loan = a_loan(office, unit=PeriodUnit.WEEKS, every=4)

    with pytest.raises(DueDayFixed):
        terms_with_due_day(loan, date(2026, 1, 20), 20)


def test_a_holiday_of_three_months_lengthens_the_loan_by_three(office: TestOffice) -> None:
    loan, life = paid(office, a_loan(office)), office.session.life
    holiday = PaymentHoliday(uuid4(), FIRST, 3, HolidayInterest.CARRIED, life.stamp(), "Parental leave")

    before, after = life.preview(loan, holiday)
    assert (outlook(before).last_due_on, outlook(after).last_due_on) == (date(2027, 1, 15), date(2027, 4, 15))
    assert interest_saved(before, after) == -nok(330)  # three months at 110
    life.grant_holiday(loan.id, holiday)

    assert dues(statement(reloaded(office, loan), FIRST))[1:5] == [nok(0), nok(0), nok(0), nok(1_440)]


def test_written_off_wholly_the_loan_leaves_the_books_and_a_recovery_comes_in(office: TestOffice) -> None:
    loan, life = a_loan(office), office.session.life
    told = life.write_off(loan.id, WriteOff(uuid4(), FIRST, nok(2_000), life.stamp(), "Shop burnt"))
    assert (told.outstanding_principal, told.status) == (nok(10_000), Status.CURRENT)

    told = life.write_off(loan.id, WriteOff(uuid4(), FIRST, nok(10_000), life.stamp(), "Moved away"))
    assert (told.status, told.payoff_amount, told.written_off) == (Status.WRITTEN_OFF, nok(0), nok(12_000))
    with pytest.raises(StepNotOpen):
        life.charge_fee(loan.id, Fee(uuid4(), FIRST, nok(38), FIRST, life.stamp()))

    told = life.record_recovery(loan.id, Recovery(uuid4(), FIRST, nok(3_000), life.stamp()))
    assert told.recovered == nok(3_000)
    with pytest.raises(EntryRefused):
        life.record_recovery(loan.id, Recovery(uuid4(), FIRST, nok(9_001), life.stamp()))
    assert acts(office, loan)[:2] == [Act.LOSS_RECOVERED, Act.LOAN_WRITTEN_OFF]


def test_a_loss_is_not_reversed_while_its_recovery_stands(office: TestOffice) -> None:
    loan, life = a_loan(office), office.session.life
    loss = WriteOff(uuid4(), FIRST, nok(12_000), life.stamp(), "Moved away")
    life.write_off(loan.id, loss)
    recovery = Recovery(uuid4(), FIRST, nok(3_000), life.stamp())
    life.record_recovery(loan.id, recovery)

    with pytest.raises(LaterEntryRests) as refused:
        life.reverse(loan.id, loss.id, reason="Found again")
    assert refused.value.later == recovery

    life.reverse(loan.id, recovery.id, reason="Another borrower's")
    told = life.reverse(loan.id, loss.id, reason="Found again")
    assert (told.status, told.due_unpaid) == (Status.CURRENT, nok(1_120))


def test_credit_is_paid_back(office: TestOffice) -> None:
    loan = paid(office, a_loan(office), 12_620)  # 12 120 close the loan
    life = office.session.life

    told = life.refund(loan.id, Refund(uuid4(), FIRST, nok(500), life.stamp()))

    assert (told.credit, told.status, reloaded(office, loan).step) == (nok(0), Status.REPAID, Step.CLOSED)


def test_a_payment_that_leaves_more_than_an_instalment_over_asks_whether_it_is_meant(office: TestOffice) -> None:
    loan = a_loan(office)
    with pytest.raises(SeemsTooMuch) as refused:
        office.session.payments.take(loan.id, nok(112_000), FIRST)
    assert (refused.value.needed, refused.value.credit) == (nok(12_120), nok(99_880))
    assert not office.session.loans.get(loan.id).journal.payments

    told = office.session.payments.take(loan.id, nok(112_000), FIRST, is_meant=True)
    assert told.credit == nok(99_880)


@pytest.mark.parametrize(
    ("rule", "instalment", "last_due_on", "saved"),
    [
        (EarlyRepayment.KEEP_PLAN, nok(1_085), date(2026, 11, 15), nok(255)),  # 660 by the plan; 85 + 75 + … + 5 = 405
        (EarlyRepayment.LOWER_INSTALMENT, nok("857.73"), date(2027, 1, 15), nok(150)),  # 85 × (11 + 10 + … + 1) / 11
        (EarlyRepayment.SHORTEN, nok(1_085), date(2026, 11, 15), nok(255)),
    ],
)
def test_early_repayment_shows_what_it_saves(
    office: TestOffice, rule: EarlyRepayment, instalment: Money, last_due_on: date, saved: Money
) -> None:
    loan = a_loan(office)

    before, after = office.session.payments.preview(loan, nok(3_620), date(2026, 2, 10), rule)  # 2 500 beyond 1 120

    assert (before.outstanding_principal, after.outstanding_principal) == (nok(12_000), nok(8_500))
    assert outlook(after).instalment == instalment
    assert outlook(after).last_due_on == last_due_on
    assert interest_saved(before, after) == saved


def test_the_loan_is_paid_out_in_parts_also_to_a_supplier(office: TestOffice) -> None:
    loan, life = a_loan(office, pay_out=False), office.session.life
    on = office.clock.day

    life.pay_out(loan.id, Payout(uuid4(), on, nok(7_500), life.stamp(), "Invoice 17", "Nordsøm AS"))
    kept = reloaded(office, loan)
    life = office.session.life
    assert (kept.left_to_pay_out, kept.journal.payouts[0].payee) == (nok(4_500), "Nordsøm AS")
    assert statement(kept, on).outstanding_principal == nok(7_500)

    with pytest.raises(InvalidValue) as refused:
        life.pay_out(loan.id, Payout(uuid4(), on, nok(4_501), life.stamp()))
    assert refused.value.limit == Decimal("4500.00")
    told = life.pay_out(loan.id, Payout(uuid4(), on, nok(4_500), life.stamp()))
    assert (told.outstanding_principal, reloaded(office, loan).left_to_pay_out) == (nok(12_000), nok(0))


def lent_in_part(office: TestOffice) -> Loan:
    """7 500 of 12 000 were paid out on 15 January; it is 16 February, and the first instalment, 1 120, was paid."""
    loan, life = a_loan(office, pay_out=False), office.session.life
    life.pay_out(loan.id, Payout(uuid4(), office.clock.day, nok(7_500), life.stamp()))
    office.clock.day = date(2026, 2, 16)
    return paid(office, loan)


def what_was_lent(office: TestOffice, loan: Loan, first_due_on: date = SECOND) -> NewPlan:
    choices = NewPlanChoices(11, Decimal(12), first_due_on, Repayment.SERIAL, takes_in=False)
    new, stamp = terms_of_the_rest(loan, office.clock.day, choices), office.session.life.stamp()
    return NewPlan(uuid4(), office.clock.day, new, stamp, "Bought less", NewPlanFor.LENT_LESS)


def test_when_no_more_is_paid_out_a_new_plan_asks_for_interest_on_what_was_lent(office: TestOffice) -> None:
    loan = lent_in_part(office)
    assert rest_is_late(loan, office.clock.day)
    assert not rest_is_late(loan, FIRST)

    told = office.session.life.make_new_plan(loan.id, what_was_lent(office, loan))

    kept = reloaded(office, loan)
    assert (told.is_restructured, told.outstanding_principal) == (False, nok(6_500))
    assert told.rows[2].instalment.interest == nok("59.09")  # 1 % of 6 500 less 590.91; 100 as printed
    assert (kept.left_to_pay_out, rest_is_late(kept, office.clock.day)) == (nok(0), False)
    assert kept.journal.standing[-1] == replace(what_was_lent(office, loan), id=kept.journal.standing[-1].id)


def test_such_a_plan_hides_no_arrears_and_no_restructuring(office: TestOffice) -> None:
    loan = lent_in_part(office)
    office.clock.day = date(2026, 3, 16)
    with pytest.raises(SettleFirst):
        office.session.life.preview(loan, what_was_lent(office, loan, date(2026, 4, 15)))

    office.clock.day = date(2026, 1, 5)
    whole = paid(office, a_loan(office))
    with pytest.raises(InvalidValue) as refused:
        office.session.life.make_new_plan(whole.id, what_was_lent(office, whole))
    assert refused.value.field == "purpose"


def test_nothing_is_dated_tomorrow_but_a_change_of_rate(office: TestOffice) -> None:
    loan, life = a_loan(office), office.session.life

    with pytest.raises(InvalidValue) as refused:
        life.preview(loan, WriteOff(uuid4(), date(2026, 2, 16), nok(1), life.stamp()))

    assert (refused.value.field, refused.value.limit) == ("on", FIRST)


def as_officer(office: TestOffice, role: Role) -> LoanLifeService:
    desk = office.session.file.desk()
    return LoanLifeService(replace(desk, officer=Officer(desk.officer.id, "Ola Nordlys", frozenset({role}))))


def test_each_act_asks_for_its_role(office: TestOffice) -> None:
    loan = a_loan(office)
    stamp = office.session.life.stamp()
    bookkeeper, approver = as_officer(office, Role.BOOKKEEPER), as_officer(office, Role.APPROVER)
    fee = Fee(uuid4(), FIRST, nok(38), FIRST, stamp)
    waiver = Waiver(uuid4(), FIRST, Waived.FEES, nok(38), stamp, "Agreed")

    for refused in (
        lambda: approver.charge_fee(loan.id, fee),
        lambda: bookkeeper.waive(loan.id, waiver),
        lambda: bookkeeper.write_off(loan.id, WriteOff(uuid4(), FIRST, nok(1), stamp, "Lost")),
        lambda: bookkeeper.grant_holiday(loan.id, PaymentHoliday(uuid4(), FIRST, 1, HolidayInterest.WAIVED, stamp)),
        lambda: approver.refund(loan.id, Refund(uuid4(), FIRST, nok(1), stamp)),
        lambda: approver.record_recovery(loan.id, Recovery(uuid4(), FIRST, nok(1), stamp)),
    ):
        with pytest.raises(NotAllowed):
            refused()

    bookkeeper.charge_fee(loan.id, fee)
    approver.waive(loan.id, waiver)
    with pytest.raises(NotAllowed):  # what an approver granted, an approver takes back
        bookkeeper.reverse(loan.id, waiver.id, reason="Mistake")
    assert approver.reverse(loan.id, waiver.id, reason="Mistake").due_unpaid == nok(1_158)
