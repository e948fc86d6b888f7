"""What an officer can do with the guarantors of a loan: add, change, sign, release, and note who was told of a default."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from mikrolaan.domain.answering import Answering, GuarantorNotice, answering, notice_due_on, other_members
from mikrolaan.domain.arrears import arrears_of
from mikrolaan.domain.audit import Act
from mikrolaan.domain.borrower import Person
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.follow_up import ContactKind
from mikrolaan.domain.guarantee_rules import GuaranteeRules, guarantee_rules
from mikrolaan.domain.guarantor import (
    ContractOutOfDate,
    Guarantee,
    GuaranteeDoubt,
    GuaranteeNotOnPaper,
    GuaranteePaper,
    Guarantor,
    KnownGuarantor,
    Release,
    check_contract_is_current,
    check_may_guarantee,
    doubts_about,
    named_in_contract,
)
from mikrolaan.domain.identity import IdentityNumber
from mikrolaan.domain.journal import Recorded
from mikrolaan.domain.loan import Loan, Step, StepNotOpen
from mikrolaan.domain.money import Money
from mikrolaan.domain.office import Role
from mikrolaan.domain.search_text import folded
from mikrolaan.domain.statement import statement
from mikrolaan.domain.unit_of_work import UnitOfWork
from mikrolaan.services.desk import Desk
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.rows import LoanRow, SimilarBorrower

ALL = Slice(0, 1000)  # more than any one person guarantees, and than any group borrows
Who = Person | UUID  # a person of its own, or the borrower of the office it is


@dataclass(frozen=True, slots=True)
class Answerer:
    """One person who answers for a loan, and how it stands with the notice of the default there is."""

    answering: Answering
    person: Person
    is_told: bool  # of the present default
    notice_due_on: date | None  # the last day for the notice; None: nothing is overdue, or the person was told

    def notice(self, loan_id: UUID, on: date, recorded: Recorded, document_id: UUID | None = None) -> GuarantorNotice:
        """That this person was told in writing on a day."""
        guarantor_id = self.answering.guarantor_id
        member_id = None if guarantor_id is not None else self.answering.borrower_id
        return GuarantorNotice(uuid4(), loan_id, on, self.person.name, recorded, guarantor_id, member_id, document_id)


@dataclass(frozen=True, slots=True)
class GuaranteeForOther:
    """A loan of somebody else that a borrower answers for, or once did or will."""

    loan: LoanRow
    at_most: Money  # the promised amount, or the share of a member
    guarantor: Guarantor | None = None  # None: as a member of the borrower's group

    def stands_on(self, day: date) -> bool:
        """Whether the borrower answers that day for a loan that is not closed, or will when it is signed."""
        if self.loan.step is Step.CLOSED:
            return False
        if self.guarantor is None:
            return True
        last = self.guarantor.expires_on
        return self.guarantor.stands and (last is None or day <= last)


class GuarantorService:
    """Guarantors of loans.

    A list may change while the loan is open. What an issued contract that waits for its signatures then says wrongly
    is told by `contract_is_current`, and `LoanService.sign` raises ContractOutOfDate until it is issued again.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # -- looking

    def of_loan(self, loan_id: UUID) -> Sequence[KnownGuarantor]:
        """Everybody on the list in the order of adding, released ones too; those removed are left out."""
        with self._desk.reading() as unit:
            return known_guarantors(unit, loan_id)

    def history_ids(self, loan_id: UUID) -> tuple[UUID, ...]:
        """The records whose changes belong to the loan's history: guarantors, removed ones too, and notices."""
        with self._desk.reading() as unit:
            guarantors, notices = unit.guarantors.of_loan(loan_id), unit.guarantors.notices_of(loan_id)
            return (*(one.id for one in guarantors), *(one.id for one in notices))

    def doubts(self, loan_id: UUID, guarantee: Guarantee) -> tuple[GuaranteeDoubt, ...]:
        """What to tell the officer of a guarantee before it is kept."""
        with self._desk.reading() as unit:
            return doubts_about(guarantee, unit.loans.get(loan_id), self._rules(unit), self._desk.today())

    def rules(self) -> GuaranteeRules:
        """What the law of the office's country says today, with its source."""
        with self._desk.reading() as unit:
            return self._rules(unit)

    def contract_is_current(self, loan_id: UUID) -> bool:
        """Whether an issued contract that waits for signatures names the guarantors as they stand."""
        with self._desk.reading() as unit:
            try:
                check_contract_is_current(unit.loans.get(loan_id), unit.guarantors.of_loan(loan_id))
            except ContractOutOfDate:
                return False
        return True

    def answering(self, loan_id: UUID) -> Sequence[Answerer]:
        """Everybody who answers for the loan today besides the borrower, guarantors first."""
        with self._desk.reading() as unit:
            return answerers(unit, unit.loans.get(loan_id), self._desk.today())

    def for_others(self, borrower_id: UUID) -> Sequence[GuaranteeForOther]:
        """The loans of others that a borrower guarantees or answers for as a member of a group, newest first."""
        today, queries = self._desk.today(), self._desk.queries
        groups = queries.groups_of(borrower_id)
        of_groups = [row for group in groups for row in queries.loans(LoanFilter(group_id=group.id), Order(), ALL)]
        with self._desk.reading() as unit:
            number = unit.borrowers.get(borrower_id).person.identity_number
            guaranteed = [one for one in unit.guarantors.of_borrower(borrower_id, number) if not one.is_removed]
            as_member = []
            for row in of_groups:
                if row.borrower_id == borrower_id or row.step is Step.CLOSED:
                    continue
                for one in answerers(unit, unit.loans.get(row.id), today):
                    if one.answering.borrower_id == borrower_id and one.answering.guarantor_id is None:
                        as_member.append(GuaranteeForOther(row, one.answering.at_most))
        ids = tuple(one.loan_id for one in guaranteed)
        rows = {row.id: row for row in queries.loans(LoanFilter(ids=ids), Order(), ALL)} if ids else {}
        found = [GuaranteeForOther(rows[one.loan_id], one.guarantee.at_most, one) for one in guaranteed]
        found = [one for one in found if one.loan.borrower_id != borrower_id]  # a number may be known only later
        return sorted([*found, *as_member], key=lambda one: one.loan.number, reverse=True)

    def same_borrower(self, name: str, number: IdentityNumber | None, born_on: date | None) -> SimilarBorrower | None:
        """The borrower of the office who has this identity number, or else this name and birth date.

        `name` and the others are what is known of a guarantor so far; a name is the same in any spelling.
        """
        digits = number.digits if number is not None else ""
        if not digits and (born_on is None or not name):
            return None
        rows = self._desk.queries.similar_borrowers(name, digits, born_on, "")
        same_name = (row for row in rows if born_on and row.birth_date == born_on and folded(row.name) == folded(name))
        return next((row for row in rows if row.same_identity_number), next(same_name, None))

    # -- acting

    def add(self, loan_id: UUID, who: Who, guarantee: Guarantee) -> KnownGuarantor:
        """Put a guarantor on the list of an open loan; also one that comes after the contract."""
        self._desk.require(Role.ADVISER, Role.APPROVER)
        with self._desk.open_unit(Act.GUARANTOR_ADDED) as unit:
            person, borrower_id = _parted(who)
            made = Guarantor(uuid4(), loan_id, guarantee, self._desk.recorded(), person, borrower_id)
            self._check(unit, made)
            unit.guarantors.add(made)
            unit.commit()
        return self._get(made.id)

    def change(self, guarantor: Guarantor, who: Who, guarantee: Guarantee) -> KnownGuarantor:
        """Keep what was typed on a guarantor loaded before; GuaranteeSigned once it is signed, ConflictError when it changed."""
        self._desk.require(Role.ADVISER, Role.APPROVER)
        with self._desk.open_unit(Act.GUARANTOR_CHANGED) as unit:
            changed = guarantor.with_guarantee(guarantee, *_parted(who))
            self._check(unit, changed)
            unit.guarantors.save(changed)
            unit.commit()
        return self._get(guarantor.id)

    def remove(self, guarantor_id: UUID) -> None:
        """Take somebody off the list who has not signed."""
        self._desk.require(Role.ADVISER, Role.APPROVER)
        with self._desk.open_unit(Act.GUARANTOR_REMOVED) as unit:
            unit.guarantors.save(unit.guarantors.get(guarantor_id).removed())
            unit.commit()

    def sign(self, guarantor_id: UUID, on: date, *, on_other_paper: bool = False) -> KnownGuarantor:
        """Note that a guarantor signed after the loan's contract was signed.

        The paper is the contract, where the guarantor had not signed it yet, or the declaration issued since;
        GuaranteeNotOnPaper where neither states the guarantee as it stands, unless it is `on_other_paper`.
        """
        self._desk.require(Role.ADVISER, Role.APPROVER, Role.BOOKKEEPER)
        self._not_later("signed_on", on)
        with self._desk.open_unit(Act.GUARANTEE_SIGNED) as unit:
            guarantor = unit.guarantors.get(guarantor_id)
            loan = unit.loans.get(guarantor.loan_id)
            if loan.signed_on is None or loan.step is Step.CLOSED:
                raise StepNotOpen(Step.PAID_OUT, loan.step)
            if guarantor.paper is None and not on_other_paper:
                raise GuaranteeNotOnPaper(guarantor_id)
            if on < loan.applied_on:
                raise InvalidValue("signed_on", Problem.TOO_EARLY, loan.applied_on)
            unit.guarantors.save(guarantor.signed(on, rules_in(unit, on)))
            unit.commit()
        return self._get(guarantor_id)

    def release(self, guarantor_id: UUID, on: date, *, reason: str) -> KnownGuarantor:
        """Let a guarantor go from a day on; the row stays in the list."""
        self._desk.require(Role.APPROVER)
        self._not_later("on", on)
        with self._desk.open_unit(Act.GUARANTOR_RELEASED) as unit:
            unit.guarantors.save(unit.guarantors.get(guarantor_id).released(Release(on, reason)))
            unit.commit()
        return self._get(guarantor_id)

    def take_back_release(self, guarantor_id: UUID, *, reason: str) -> KnownGuarantor:
        """Undo a release that was typed wrongly: the guarantor answers as if it had not been."""
        self._desk.require(Role.APPROVER)
        today = self._desk.today()
        with self._desk.open_unit(Act.RELEASE_TAKEN_BACK) as unit:
            guarantor = unit.guarantors.get(guarantor_id).with_release_taken_back(today, reason)
            loan = unit.loans.get(guarantor.loan_id)
            known = known_of(unit, guarantor)
            others = known_guarantors(unit, loan.id)
            check_may_guarantee(known, loan, unit.borrowers.get(loan.borrower_id), others, today)
            unit.guarantors.save(guarantor)
            unit.commit()
        return self._get(guarantor_id)

    def record_notice(
        self,
        loan_id: UUID,
        on: date,
        *,
        guarantor_id: UUID | None = None,
        member_id: UUID | None = None,
        document_id: UUID | None = None,
    ) -> GuarantorNotice:
        """Note that one person who answers for the loan was told of the default in writing.

        InvalidValue on "who" where that person does not answer for it on that day.
        """
        self._desk.require(Role.ADVISER, Role.BOOKKEEPER)
        self._not_later("on", on)
        with self._desk.open_unit(Act.GUARANTOR_NOTIFIED) as unit:
            for one in answerers(unit, unit.loans.get(loan_id), on):
                wanted = one.answering.guarantor_id if guarantor_id else one.answering.borrower_id
                if wanted == (guarantor_id or member_id) and wanted is not None:
                    notice = one.notice(loan_id, on, self._desk.recorded(), document_id)
                    unit.guarantors.add_notice(notice)
                    unit.commit()
                    return notice
        raise InvalidValue("who", Problem.UNKNOWN_CHOICE)

    def _get(self, guarantor_id: UUID) -> KnownGuarantor:
        with self._desk.reading() as unit:
            return known_of(unit, unit.guarantors.get(guarantor_id))

    def _rules(self, unit: UnitOfWork) -> GuaranteeRules:
        return rules_in(unit, self._desk.today())

    def _check(self, unit: UnitOfWork, wanted: Guarantor) -> None:
        loan = unit.loans.get(wanted.loan_id)
        if loan.step is Step.CLOSED:
            raise StepNotOpen(Step.CONTRACT, loan.step)
        borrower, today = unit.borrowers.get(loan.borrower_id), self._desk.today()
        check_may_guarantee(known_of(unit, wanted), loan, borrower, known_guarantors(unit, loan.id), today)

    def _not_later(self, field: str, day: date) -> None:
        if day > self._desk.today():
            raise InvalidValue(field, Problem.TOO_LATE, self._desk.today())


def rules_in(unit: UnitOfWork, on: date) -> GuaranteeRules:
    """What the law of the office's country says of guarantees on a day."""
    return guarantee_rules(unit.office.get().country, on)


def known_guarantors(unit: UnitOfWork, loan_id: UUID) -> list[KnownGuarantor]:
    """The guarantors on a loan's list with the persons they are, released ones too, without those removed."""
    return [known_of(unit, one) for one in unit.guarantors.of_loan(loan_id) if not one.is_removed]


def answerers(unit: UnitOfWork, loan: Loan, on: date) -> list[Answerer]:
    """Everybody who answers for the loan on a day besides the borrower, guarantors first, then members of the group."""
    guarantors = unit.guarantors.of_loan(loan.id)
    group = None if loan.group_id is None else unit.groups.get(loan.group_id)
    members = () if group is None else other_members(group, loan.borrower_id, on)
    form = None if group is None else group.liability_form
    bindings = [one.binding for one in guarantors if one.binding is not None]
    people = answering(bindings, members, form, debt_on(loan, on), on)
    arrears = arrears_of(loan, on) if people else None
    notices = unit.guarantors.notices_of(loan.id)
    contacts = unit.follow_up.contacts_of(loan.id)
    told_all = [contact.on for contact in contacts if contact.kind is ContactKind.GUARANTOR_NOTICE]
    found = []
    for one in people:
        due_on = None
        if arrears is not None:
            due_on = notice_due_on(one, arrears.since, notices, told_all, rules_in(unit, on))
        person = _person_of(unit, one, guarantors)
        found.append(Answerer(one, person, arrears is not None and due_on is None, due_on))
    return found


def debt_on(loan: Loan, on: date) -> Money:
    """What those who answer for a loan answer for: what closes it that day, before the payout all of the plan."""
    paid_out_on = loan.paid_out_on
    if paid_out_on is None or on < paid_out_on:
        plan = loan.plan()
        return plan.due + plan.paid_separately
    return statement(loan, on).payoff_amount


def put_in_contract(unit: UnitOfWork, loan: Loan, paper: GuaranteePaper) -> None:
    """Note that the contract that was just issued states the guarantees of the list; its pages are kept already."""
    for guarantor in unit.guarantors.of_loan(loan.id):
        if guarantor.stands:
            unit.guarantors.save(guarantor.with_paper(paper))


def sign_with_contract(unit: UnitOfWork, loan: Loan, signed_on: date, unsigned: Collection[UUID]) -> None:
    """Note that the guarantors named in the contract signed with it, those `unsigned` left out.

    `loan` waits for its signatures; ContractOutOfDate when its contract does not name them as they stand.
    """
    guarantors = unit.guarantors.of_loan(loan.id)
    check_contract_is_current(loan, guarantors)
    for guarantor in named_in_contract(loan, guarantors):
        if guarantor.id not in unsigned:
            unit.guarantors.save(guarantor.signed(signed_on, rules_in(unit, signed_on)))


def _parted(who: Who) -> tuple[Person | None, UUID | None]:
    return (None, who) if isinstance(who, UUID) else (who, None)


def known_of(unit: UnitOfWork, guarantor: Guarantor) -> KnownGuarantor:
    """The guarantor with the person it is."""
    if guarantor.person is not None:
        return KnownGuarantor(guarantor, guarantor.person)
    assert guarantor.borrower_id is not None  # a guarantor is one or the other
    return KnownGuarantor(guarantor, unit.borrowers.get(guarantor.borrower_id).person)


def _person_of(unit: UnitOfWork, one: Answering, guarantors: Sequence[Guarantor]) -> Person:
    if one.guarantor_id is not None:
        return known_of(unit, next(known for known in guarantors if known.id == one.guarantor_id)).person
    assert one.borrower_id is not None  # a member is a borrower
    return unit.borrowers.get(one.borrower_id).person
