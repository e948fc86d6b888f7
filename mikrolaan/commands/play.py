"""The main job without a window: from a name to a contract on paper, payout and payment, on example data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from mikrolaan import app
from mikrolaan.commands.output import CommandFailed, Exit, quoted, say
from mikrolaan.domain.address import Address
from mikrolaan.domain.borrower import Borrower, Enterprise, LegalForm, Person
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.effective_rate import effective_rate_of
from mikrolaan.domain.identity import Country, read_identity
from mikrolaan.domain.loan import Loan, Outcome
from mikrolaan.domain.money import Money
from mikrolaan.domain.office import Office
from mikrolaan.domain.statement import Statement
from mikrolaan.domain.synthetic import synthetic_identity, synthetic_organisation_number
from mikrolaan.i18n import _, current_language, language
from mikrolaan.services.office import Founding, first_officer
from mikrolaan.services.products import default_product
from mikrolaan.services.session import Session

PASSWORD = "green ladder by the barn 4"
PAPERS = (  # the Norwegian contract is issued after the English one, so that it is the one to sign
    ("contract-en.pdf", DocumentKind.LOAN_CONTRACT, "en"),
    ("contract.pdf", DocumentKind.LOAN_CONTRACT, "nb"),
    ("plan.pdf", DocumentKind.REPAYMENT_PLAN, "nb"),
    ("plan-en.pdf", DocumentKind.REPAYMENT_PLAN, "en"),
)


@dataclass(frozen=True, slots=True)
class Played:
    """What the main job left: the people and figures, and the pages by file name."""

    borrower: Borrower
    loan: Loan
    statement: Statement  # after the first payment
    papers: dict[str, bytes]
    effective_rate: Decimal


def play(folder: str) -> Exit:
    """Play the main job in a temporary office file, write its papers to the folder, and say where they lie."""
    target = Path(folder)
    with TemporaryDirectory() as temporary:
        played = play_main_job(Path(temporary), app.today())
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, content in played.papers.items():
            (target / name).write_bytes(content)
    except (OSError, ValueError):
        raise CommandFailed(_("The papers cannot be written to {name}.").format(name=quoted(folder))) from None
    _tell(played, target)
    return Exit.DONE


def play_main_job(folder: Path, today: date) -> Played:
    """Found an office in the folder and take one loan from a name to its first payment, through the services.

    The file is closed and opened again with the password before the last figures are read.
    """
    path = folder / "play.mikrolaan"
    session, _recovery_key = app.create(app.office_files(), path, _founding(), PASSWORD)
    try:
        borrower, loan, papers = _until_payout(session, today)
        first = loan.plan().instalments[0]
        session.payments.take(loan.id, first.due, today)
    finally:
        session.close()
    session = app.unlock(app.office_files(), path, PASSWORD)
    try:
        loan = session.loans.get(loan.id)
        statement = session.loans.statement(loan)
    finally:
        session.close()
    rate = effective_rate_of(loan.plan())
    assert rate is not None  # a loan with interest has one
    return Played(borrower, loan, statement, papers, rate)


def _founding() -> Founding:
    office = Office(
        id=uuid4(),
        name="Fjordbygda mikrofond (eksempel)",
        country=Country.NO,
        organisation_number=synthetic_organisation_number(0, Country.NO),
        address=Address("Bryggegata 4", "6002", "Ålesund"),
        email="post@example.org",
    )
    return Founding(office, first_officer("Solfrid Eksempel"), (default_product(Country.NO, "Oppstartslån"),))


def _until_payout(session: Session, today: date) -> tuple[Borrower, Loan, dict[str, bytes]]:
    born_on = date(today.year - 34, 3, 14)
    number = read_identity(synthetic_identity(Country.NO, born_on, 0), Country.NO, today)
    borrower = session.borrowers.register(
        Person("Åse Hodan", "Øygard", number, address=Address("Elvebredden 12", "6002", "Ålesund")),
        Enterprise("Øygard Søm", LegalForm.SOLE_TRADER, synthetic_organisation_number(1, Country.NO), "Søm"),
    )
    product = session.products.offered()[0]
    amount = Money.from_decimal(50_000, product.currency)
    terms = product.terms(amount, Decimal(6), 24, today, today + timedelta(days=30))
    loan = session.loans.apply(borrower.id, product, terms, purpose="To industrisymaskiner")
    session.loans.decide(loan.id, Outcome.APPROVED, on=today)
    papers = {
        name: session.documents.issue(kind, loan.id, paper_language).content for name, kind, paper_language in PAPERS
    }
    session.loans.sign(loan.id, today)
    return borrower, session.loans.pay_out(loan.id, today), papers


def _tell(played: Played, folder: Path) -> None:
    shown = current_language()
    plan = played.loan.plan()
    money: Callable[[Money], str] = shown.money
    say(_("The main job was played in a temporary office file: a borrower, a loan, a contract, a payout, a payment."))
    say()
    for label, figure in (
        (_("Borrower"), played.borrower.name),
        (_("Loan amount"), money(plan.principal)),
        (_("Nominal rate"), shown.percent(played.loan.terms.annual_rate_percent)),
        (_("Effective rate"), shown.percent(played.effective_rate)),
        (_("Instalments"), shown.number(len(plan.instalments))),
        (_("First instalment"), f"{money(plan.instalments[0].due)}, {shown.date(plan.instalments[0].due_on)}"),
        (_("Total cost"), money(plan.total_cost)),
        (_("Paid out"), money(plan.paid_out)),
        (_("Outstanding after the first payment"), money(played.statement.outstanding_principal)),
    ):
        say(f"{label + ':':<38}{figure}")
    say()
    say(_("The papers lie here:"))
    for name, _kind, paper_language in PAPERS:
        say(f"  {folder / name}  ({language(paper_language).own_name})")
