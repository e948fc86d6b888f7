"""Builds an example office file: invents the people, lets their lives run day by day, keeps everything encrypted."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

from mikrolaan.documents.press import print_paper
from mikrolaan.domain.address import Address
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.identity import Country
from mikrolaan.domain.office import Office
from mikrolaan.domain.product import Product
from mikrolaan.domain.synthetic import synthetic_organisation_number
from mikrolaan.domain.terms import EARLIEST_DATE, LATEST_DATE
from mikrolaan.example.bulk import BulkOffice
from mikrolaan.example.clock import Clock, working_day
from mikrolaan.example.lives import FATES, Backer, Fate, Life, Start, World, circle, single
from mikrolaan.example.names import GROUP_NAMES
from mikrolaan.example.people import PeopleMaker
from mikrolaan.example.plain_page import plain_page
from mikrolaan.example.trades import RELATIONS
from mikrolaan.i18n import language
from mikrolaan.i18n.product_words import product_words
from mikrolaan.services.documents import LoanPaper, Print, Printed
from mikrolaan.services.example_products import example_products
from mikrolaan.services.office import Founding, first_officer
from mikrolaan.services.session import OpenFile, Session
from mikrolaan.storage.keys import KeyCost
from mikrolaan.storage.office_file import OfficeFileStore

FILE_NAME = "example.mikrolaan"
PASSWORD = "blue kettle on the quay 7"
OFFICE_NAME = "Fjordbygda mikrofond (eksempel)"
OFFICE_ACCOUNT = "12345678903"  # invented; the check digit is right
OFFICER_NAME = "Solfrid Eksempel"
MOST_BORROWERS = 50_000
HISTORY = timedelta(days=790)  # the office was founded so long before the example's end
ACT_BY_ACT_UP_TO = 400  # borrowers; above, many acts are kept in one transaction
GUARANTEED = (Fate.STUCK, Fate.LATE, Fate.PRINTED)  # whose loans have a guarantor
SHARE_IN_GROUPS = 0.07  # how often the next borrowers come as a group of three to five


@dataclass(frozen=True, slots=True)
class ExampleOffice:
    """Where the example lies and how it is opened."""

    path: Path
    password: str
    recovery_key: str


def build_example(
    directory: Path,
    borrowers: int,
    seed: int,
    today: date,
    key_cost: KeyCost | None = None,
    documents: int | None = None,
) -> ExampleOffice:
    """Make an example office of invented borrowers that ends on the day before `today`.

    The same seed and day give the same office: the same people, amounts, dates, entries and numbers, in the same order.
    Only the ids, made by the services as for any other record, the encryption, and what hangs on them differ. Up to
    400 borrowers every act is a transaction of its own with its own line in the history; a larger office is lived
    through in memory by the same services and then kept in a few large transactions, marked as an example.

    `documents` is how many contracts are printed (None: all up to 400 borrowers, else 20); any other contract is one
    plain page that says so. `key_cost` is for tests and measurements, as `OfficeFileStore` takes it. Raises
    InvalidValue on "borrowers" or "today", FileExists and the other errors of the store.
    """
    _check(borrowers, today)
    clock = Clock(working_day(today - HISTORY))
    store = OfficeFileStore(today=clock.today, now=clock.now, cost=key_cost)
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / FILE_NAME
    founding = _founding()
    file, recovery_key = store.create(path, founding, PASSWORD)
    try:
        _live(file, clock, borrowers, seed, today, documents)
    finally:
        file.close()
    return ExampleOffice(path, PASSWORD, recovery_key)


def _check(borrowers: int, today: date) -> None:
    if borrowers < 1:
        raise InvalidValue("borrowers", Problem.TOO_SMALL, 1)
    if borrowers > MOST_BORROWERS:
        raise InvalidValue("borrowers", Problem.TOO_LARGE, MOST_BORROWERS)
    if today < EARLIEST_DATE + HISTORY * 2:
        raise InvalidValue("today", Problem.TOO_EARLY, EARLIEST_DATE + HISTORY * 2)
    if today > date(LATEST_DATE.year - 20, 1, 1):
        raise InvalidValue("today", Problem.TOO_LATE, date(LATEST_DATE.year - 20, 1, 1))


def _founding() -> Founding:
    office = Office(
        id=uuid4(),
        name=OFFICE_NAME,
        country=Country.NO,
        organisation_number=synthetic_organisation_number(0, Country.NO),
        account_number=OFFICE_ACCOUNT,
        address=Address("Bryggegata 4", "6002", "Ålesund"),
        phone="+4787999999",
        email="post@example.org",
    )
    return Founding(office, first_officer(OFFICER_NAME), _products())


def _products() -> tuple[Product, ...]:
    norwegian = language("nb")
    return example_products(Country.NO, lambda key: product_words(key, norwegian.gettext))


def _live(file: OpenFile, clock: Clock, borrowers: int, seed: int, today: date, documents: int | None) -> None:
    """Let every life run to the example's end, and keep what happened."""
    act_by_act = borrowers <= ACT_BY_ACT_UP_TO
    printing = _printer(documents if documents is not None else borrowers if act_by_act else 20)
    bulk = None if act_by_act else BulkOffice(file)
    session = Session(file if bulk is None else bulk.file, printing)
    _run(clock, today, lambda begin: _begin_all(session, begin, borrowers, seed, today, act_by_act=act_by_act))
    if bulk is not None:
        bulk.write()


def _run(clock: Clock, end: date, begin_all: Callable[[Callable[[Life], None]], None]) -> None:
    """Always wake the life whose day comes first; lives that would act on the last day or later stay as they are."""
    waiting: list[tuple[date, int, Life]] = []
    begun = 0

    def wait(life: Life, order: int) -> None:
        wanted = next(life, None)
        if wanted is not None and (day := working_day(max(wanted, clock.today()))) < end:
            heapq.heappush(waiting, (day, order, life))

    def begin(life: Life) -> None:
        nonlocal begun
        begun += 1
        wait(life, begun)

    begin_all(begin)
    while waiting:
        day, order, life = heapq.heappop(waiting)
        clock.move_to(day)
        wait(life, order)


def _begin_all(
    session: Session, begin: Callable[[Life], None], borrowers: int, seed: int, today: date, *, act_by_act: bool
) -> None:
    """Invent everybody, alone or in groups."""
    product = session.products.offered()[0]  # the start-up loan
    world = World(session, product, today, begin, act_by_act)
    dice = Random(f"{seed}/{today.isoformat()}")
    people = PeopleMaker(today)
    fates = list(FATES)
    starts: list[Start] = []
    for number in range(borrowers):
        place = number % len(fates)
        if place == 0:
            dice.shuffle(fates)
        starts.append(Start(people.make(dice), fates[place], Random(dice.getrandbits(64))))
    starts = _with_guarantors(starts, people, Random(f"{seed}/{today.isoformat()}/guarantors"))
    groups = 0
    while starts:
        size = dice.randint(3, 5)
        if len(starts) >= size and (groups == 0 or dice.random() < SHARE_IN_GROUPS):
            begin(circle(world, starts[:size], _group_name(groups)))
            groups += 1
            del starts[:size]
        else:
            begin(single(world, starts.pop(0)))


def _with_guarantors(starts: list[Start], people: PeopleMaker, dice: Random) -> list[Start]:
    """Give some of them somebody who answers for the loan; the first that gets stuck waits for its notice."""
    found: list[Start] = []
    for start in starts:
        if start.fate in GUARANTEED:
            backer = Backer(people.make(dice).person, dice.choice(RELATIONS), dice.choice((50, 75, 100)))
            is_first = all(other.fate is not Fate.STUCK for other in found)
            start = replace(start, backer=backer, notice_waits=start.fate is Fate.STUCK and is_first)
        found.append(start)
    return found


def _group_name(number: int) -> str:
    rounds, place = divmod(number, len(GROUP_NAMES))
    return GROUP_NAMES[place] if not rounds else f"{GROUP_NAMES[place]} {rounds + 1}"


def _printer(documents: int) -> Print:
    """The press for the first contracts and for every plan; a plain page for the other contracts."""
    left = documents

    def printed(kind: DocumentKind, paper: LoanPaper) -> Printed:
        nonlocal left
        if kind is DocumentKind.LOAN_CONTRACT:
            left -= 1
            if left < 0:
                return plain_page(paper)
        return print_paper(kind, paper)

    return printed
