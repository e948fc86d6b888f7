"""The way through the guarantors of a loan: added, in the contract, signed, released, and told of a default."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QDialog

from mikrolaan.domain.arrears import arrears_of
from mikrolaan.domain.borrower import Person
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.group import GroupRole, LiabilityForm
from mikrolaan.domain.guarantee_rules import GuaranteeKind
from mikrolaan.domain.guarantor import Guarantee
from mikrolaan.domain.loan import Loan, Outcome, Step
from mikrolaan.domain.money import Money
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.session import Session
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination
from tools.pictures.camera import Camera
from tools.pictures.filling import fill

SISTER = Person("Kari", "Vik", birth_date=date(1970, 3, 1), phone="+4790000017", email="kari.vik@example.org")
LONG = Person(
    "Anne-Margrethe Wilhelmine Elisabeth", "Christoffersen-Abrahamsen von Hohenlohe", birth_date=date(1961, 12, 24)
)

NEPHEW = Person("Ola", "Moen", birth_date=date(1980, 5, 17))


def tour_security(camera: Camera, window: MainWindow, session: Session) -> None:
    """Draw the tab in its states and every dialog of it."""
    waiting = _waiting_for_signatures(session)
    page = _opened(window, waiting.id, "security")
    camera.shoot("security-none-yet", window)
    camera.shoot_dialog("dialog-guarantor-new", window, page.security.add)
    camera.shoot_dialog("dialog-guarantor-errors", window, page.security.add, _press)
    known = session.borrowers.get(session.queries.borrowers("", Order("number"), Slice(2, 1))[0].id)
    camera.shoot_dialog("dialog-guarantor-known", window, page.security.add, partial(_type, known.person))
    camera.shoot_dialog("dialog-guarantor-borrower-doubts", window, page.security.add, partial(_own_debt, waiting))
    _add(session, waiting, SISTER, "Søster")
    _add(session, waiting, LONG, "Leverandør av symaskiner og mangeårig forretningsforbindelse", GuaranteeKind.OWN_DEBT)
    page = _opened(window, waiting.id, "security")
    camera.shoot("security-contract-out-of-date", window)
    camera.shoot_dialog("dialog-guarantor-change", window, page.security.change)
    camera.shoot_dialog("dialog-sign-out-of-date", window, page.sign_act.trigger, _press)
    _opened(window, waiting.id, "overview")
    camera.shoot("overview-with-guarantors", window)
    _in_default(camera, window, session)
    _of_a_group(camera, window, session, waiting)
    _for_others(camera, window, session, waiting)


def _in_default(camera: Camera, window: MainWindow, session: Session) -> None:
    """A loan in arrears whose guarantors signed, one of them released, and one who has not signed yet."""
    rows = session.queries.loans(LoanFilter(step=Step.REPAYING), Order("number"), Slice(0, 1000))
    loans = [session.loans.get(row.id) for row in rows]
    loan = next(one for one in loans if arrears_of(one, session.today()) is not None)
    first, second, unsigned = (
        _add(session, loan, SISTER, "Søster"),
        _add(session, loan, LONG, "Venn"),
        _add(session, loan, NEPHEW, ""),
    )
    for guarantor_id in (first, second):
        session.guarantors.sign(guarantor_id, loan.paid_out_on or session.today(), on_other_paper=True)
    page = _opened(window, loan.id, "security")
    camera.shoot_dialog("dialog-guarantor-release", window, page.security.release, _press)
    camera.shoot_dialog("dialog-notice", window, page.security.notify)
    session.guarantors.release(second, session.today(), reason="Lånet er halvert, og søsteren står alene")
    page.refresh()
    _choose(page, second)
    camera.shoot("security-in-default", window)
    menu = page.security.more_button.menu()
    menu.popup(window.mapToGlobal(window.rect().center()))
    camera.shoot("security-menu", window, menu)
    menu.hide()
    camera.shoot_dialog("dialog-release-taken-back", window, page.security.take_back)
    _choose(page, unsigned)
    camera.shoot_dialog("dialog-guarantor-sign", window, page.security.sign, _press)
    page.security.acts.declare.trigger()
    camera.shoot("dialog-declaration", window, page.paper)
    page.paper.reject()


def _choose(page: Any, guarantor_id: UUID) -> None:
    model = page.security.model
    (row,) = (at for at in range(model.rowCount()) if model.row(at).guarantor.id == guarantor_id)
    page.security.table.setCurrentIndex(model.index(row, 0))


def _of_a_group(camera: Camera, window: MainWindow, session: Session, like: Loan) -> None:
    """An application whose borrower's fellow members answer for it."""
    people = [row.id for row in session.queries.borrowers("", Order("number"), Slice(0, 4))]
    roles = [GroupRole.LEADER, *[GroupRole.MEMBER] * (len(people) - 1)]
    members = list(zip(people, roles, strict=True))
    group = session.groups.form("Solsikken", session.today(), members, LiabilityForm.PRO_RATA)
    product = session.products.get(like.product_id)
    loan = session.loans.apply(people[0], product, like.terms, purpose="Symaskin", group_id=group.id)
    _opened(window, loan.id, "security")
    camera.shoot("security-of-a-group", window)


def _for_others(camera: Camera, window: MainWindow, session: Session, like: Loan) -> None:
    """The case of a borrower who guarantees the loans of others, one of them in arrears."""
    rows = session.queries.loans(LoanFilter(step=Step.REPAYING), Order("number"), Slice(0, 1000))
    loans = [session.loans.get(row.id) for row in rows if row.borrower_id != like.borrower_id]
    late = next(one for one in loans if arrears_of(one, session.today()) is not None)
    for loan in (late, loans[0]):
        promised = Guarantee(loan.terms.principal, interest_and_costs_on_top=False)
        session.guarantors.add(loan.id, like.borrower_id, promised)
    for tab in ("overview", "loans"):
        window.go_to(Destination("borrower", like.borrower_id, tab))
        camera.shoot(f"borrower-guarantees-{tab}", window)


def _waiting_for_signatures(session: Session) -> Loan:
    """A new loan with its contract issued, by the terms of another."""
    (row,) = session.queries.loans(LoanFilter(step=Step.SIGNED), Order("number"), Slice(0, 1))
    like = session.loans.get(row.id)
    product = session.products.get(like.product_id)
    loan = session.loans.apply(like.borrower_id, product, like.terms, purpose="Symaskin")
    session.loans.decide(loan.id, Outcome.APPROVED, on=session.today())
    session.documents.issue(DocumentKind.LOAN_CONTRACT, loan.id)
    return session.loans.get(loan.id)


def _opened(window: MainWindow, loan_id: UUID, tab: str) -> Any:
    window.go_to(Destination("loan", loan_id, tab))
    return window.current_page


def _add(
    session: Session, loan: Loan, person: Person, relation: str, kind: GuaranteeKind = GuaranteeKind.SIMPLE
) -> UUID:
    amount = Money(loan.terms.principal.minor // 2, loan.terms.currency)
    promised = Guarantee(amount, interest_and_costs_on_top=True, kind=kind, relation=relation)
    return session.guarantors.add(loan.id, person, promised).guarantor.id


def _press(dialog: QDialog) -> None:
    """Press the act as it stands, so that the rule answers."""
    shown: Any = dialog
    shown.act_button.click()


def _type(person: Person, dialog: QDialog) -> None:
    """Somebody new who is a borrower of the office."""
    shown: Any = dialog
    number = person.identity_number
    assert number is not None  # those of the example have one
    fill(shown.form, given_names=person.given_names, family_name=person.family_name, identity_number=number.digits)
    shown.form.follow()


def _own_debt(loan: Loan, dialog: QDialog) -> None:
    """A borrower of the office who promises more than the loan, as for a debt of one's own, for a short time."""
    shown: Any = dialog
    amount = str((loan.terms.principal * 3).to_decimal().to_integral_value())
    fill(shown.form, is_borrower=1, borrower="Nobody", at_most=amount, kind=1, until="31.12.2026")
    shown.form.show_doubts()
