"""What an officer can do with a loan: apply, decide, sign, pay out, withdraw."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from uuid import UUID, uuid4

from mikrolaan.domain.audit import Act
from mikrolaan.domain.entry_id import next_entry_id
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.expected import expected
from mikrolaan.domain.group import NotMember
from mikrolaan.domain.journal import Payout
from mikrolaan.domain.loan import Decision, GroupView, Loan, Outcome, Withdrawal
from mikrolaan.domain.office import Role
from mikrolaan.domain.payout_fee import with_payout
from mikrolaan.domain.product import Product
from mikrolaan.domain.statement import Statement, statement
from mikrolaan.domain.terms import Terms
from mikrolaan.services.desk import Desk
from mikrolaan.services.guarantors import sign_with_contract


class LoanService:
    """Loans from application to payout."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def apply(
        self, borrower_id: UUID, product: Product, terms: Terms, *, purpose: str = "", group_id: UUID | None = None
    ) -> Loan:
        """Make an application on a borrower, in a group's context where the borrower is a member of it."""
        self._desk.require(Role.ADVISER, Role.APPROVER)
        today = self._desk.today()
        with self._desk.open_unit(Act.APPLICATION_MADE) as unit:
            unit.borrowers.get(borrower_id)
            rules = unit.products.get(product.id).rules
            if group_id is not None and not unit.groups.get(group_id).is_member(borrower_id, today):
                raise NotMember(borrower_id)
            loan = Loan(
                id=uuid4(),
                number=unit.loans.next_number(),
                borrower_id=borrower_id,
                product_id=product.id,
                terms=terms,
                applied_on=today,
                purpose=purpose,
                group_id=group_id,
                rules=rules,
            )
            loan.plan()  # terms without a plan raise here, before anything is kept
            unit.loans.add(loan)
            unit.commit()
        return self.get(loan.id)

    def get(self, loan_id: UUID) -> Loan:
        """The loan as it stands."""
        with self._desk.reading() as unit:
            return unit.loans.get(loan_id)

    def statement(self, loan: Loan) -> Statement:
        """The loan's figures today."""
        return statement(loan, self._desk.today())

    def expected(self, loan: Loan) -> Statement:
        """The same with the instalments that a new rate to come will ask for, as they will be."""
        return expected(loan, self.statement(loan))

    def change_terms(self, loan_id: UUID, product: Product, terms: Terms) -> Loan:
        """Let an application have other terms, before the decision; the group is asked anew."""
        self._desk.require(Role.ADVISER, Role.APPROVER)
        return self._change(
            loan_id, Act.APPLICATION_CHANGED, lambda loan: loan.with_terms(terms, product.id, product.rules)
        )

    def record_group_view(self, loan_id: UUID, *, supports: bool, on: date, note: str = "") -> Loan:
        """Keep what the network group said of the application."""
        self._desk.require(Role.ADVISER, Role.APPROVER)
        self._not_later(on)
        view = GroupView(on, supports, note)
        return self._change(loan_id, Act.GROUP_VIEW_RECORDED, lambda loan: loan.with_group_view(view))

    def decide(self, loan_id: UUID, outcome: Outcome, *, on: date, note: str = "") -> Loan:
        """Approve, with conditions where there are any, or refuse with the grounds."""
        self._desk.require(Role.APPROVER)
        self._not_later(on)
        decision = Decision(on, outcome, self._desk.officer.id, note)
        return self._change(loan_id, Act.LOAN_DECIDED, lambda loan: loan.with_decision(decision))

    def sign(self, loan_id: UUID, signed_on: date, *, unsigned: Collection[UUID] = ()) -> Loan:
        """Note that everybody has signed the contract on paper, its guarantors too, those `unsigned` left out.

        ContractOutOfDate when the guarantors changed since it was issued.
        """
        self._desk.require(Role.ADVISER, Role.APPROVER, Role.BOOKKEEPER)
        self._not_later(signed_on)
        with self._desk.open_unit(Act.CONTRACT_SIGNED) as unit:
            loan = unit.loans.get(loan_id)
            signed = loan.with_signature(signed_on)
            sign_with_contract(unit, loan, signed_on, unsigned)
            unit.loans.save(signed)
            unit.commit()
        return self.get(loan_id)

    def withdraw(self, loan_id: UUID, *, reason: str) -> Loan:
        """Let an application go before payout."""
        self._desk.require(Role.ADVISER, Role.APPROVER)
        withdrawal = Withdrawal(self._desk.today(), reason)
        return self._change(loan_id, Act.APPLICATION_WITHDRAWN, lambda loan: loan.with_withdrawal(withdrawal))

    def pay_out(self, loan_id: UUID, on: date) -> Loan:
        """Note that the office has paid the borrower what the contract says; a fee paid by itself falls due then."""
        self._desk.require(Role.BOOKKEEPER, Role.APPROVER)
        self._not_later(on)

        def paid_out(loan: Loan) -> Loan:
            recorded = self._desk.recorded()
            return with_payout(loan, Payout(next_entry_id(), on, loan.plan().paid_out, recorded))

        return self._change(loan_id, Act.PAID_OUT, paid_out)

    def _not_later(self, day: date) -> None:
        if day > self._desk.today():
            raise InvalidValue("on", Problem.TOO_LATE, self._desk.today())

    def _change(self, loan_id: UUID, act: Act, change: Callable[[Loan], Loan]) -> Loan:
        with self._desk.open_unit(act) as unit:
            unit.loans.save(change(unit.loans.get(loan_id)))
            unit.commit()
        return self.get(loan_id)
