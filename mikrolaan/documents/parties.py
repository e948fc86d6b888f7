"""Who the paper is about: lender, borrower and enterprise, and the places where they sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Table

from mikrolaan.documents.facts import COLUMN_GAP, HALF_WIDTH, side_by_side
from mikrolaan.documents.fonts import REGULAR, unprintable
from mikrolaan.documents.style import INK, as_typed, paragraph
from mikrolaan.documents.words import identity_label, legal_form
from mikrolaan.domain.borrower import Person
from mikrolaan.domain.contact import format_phone
from mikrolaan.domain.enterprise_numbers import format_organisation_number
from mikrolaan.domain.office import Office
from mikrolaan.i18n import Language
from mikrolaan.services.documents import LoanPaper


def parties(paper: LoanPaper, language: Language) -> list[Flowable]:
    """Lender and borrower beside each other; letters that cannot be printed get a line to write them by hand."""
    return [side_by_side(_lender(paper.office, language), borrower_block(paper, language)), *by_hand(paper, language)]


def party_names(paper: LoanPaper, language: Language) -> Flowable:
    """Lender and borrower beside each other by name alone, for paper that others than the two read and sign."""
    _ = language.gettext
    lender = _block(_("Lender"), paper.office.name, ())
    return side_by_side(lender, _block(_("Borrower"), paper.borrower.name, ()))


def by_hand(paper: LoanPaper, language: Language) -> list[Flowable]:
    """A line to write letters by hand that cannot be printed; nothing where all can."""
    _ = language.gettext
    blocks: list[Flowable] = []
    if unprintable(*_typed_texts(paper)):
        note = _(
            "Letters that this typeface lacks are shown as boxes. Write the text by hand here: {blank_line}"
        ).format(blank_line="_" * 40)
        blocks.append(paragraph(note, "small"))
    return blocks


def _typed_texts(paper: LoanPaper) -> tuple[str, ...]:
    person, enterprise = paper.borrower.person, paper.borrower.enterprise
    of_enterprise = (enterprise.name, enterprise.industry) if enterprise is not None else ()
    of_office = (paper.office.name, *paper.office.address.lines, paper.officer_name, paper.group_name)
    guarantors = [text for known in paper.guarantors for text in (known.name, *known.person.address.lines)]
    return (person.name, *person.address.lines, *of_enterprise, *of_office, paper.loan.purpose, *guarantors)


def _lender(office: Office, language: Language) -> list[Flowable]:
    _ = language.gettext
    number = office.organisation_number
    lines = [
        _("Organisation number {number}").format(number=format_organisation_number(number, office.country))
        if number
        else "",
        *office.address.lines,
        format_phone(office.phone),
        office.email,
    ]
    return _block(_("Lender"), office.name, lines)


def borrower_block(paper: LoanPaper, language: Language) -> list[Flowable]:
    """The borrower with number or birth date, and how to reach the borrower."""
    _ = language.gettext
    person = paper.borrower.person
    lines = [
        identity_line(person, language),
        *(person.address.lines or (_("No address given"),)),
        format_phone(person.phone),
        person.email,
        _enterprise_line(paper, language),
    ]
    return _block(_("Borrower"), person.name, lines)


def identity_line(person: Person, language: Language) -> str:
    """The identity number with what it is called, or the birth date while there is none."""
    _ = language.gettext
    number = person.identity_number
    if number is not None:
        return _("{kind} {number}").format(kind=identity_label(number.kind, language), number=number.formatted)
    born_on = person.born_on
    return _("Born {date}").format(date=language.long_date(born_on)) if born_on is not None else ""


def _enterprise_line(paper: LoanPaper, language: Language) -> str:
    _ = language.gettext
    enterprise = paper.borrower.enterprise
    if enterprise is None:
        return ""
    form = legal_form(enterprise.legal_form, language)
    if not enterprise.organisation_number:
        return _("Enterprise: {name}, {form}, not registered").format(name=enterprise.name, form=form)
    number = format_organisation_number(enterprise.organisation_number, paper.office.country)
    return _("Enterprise: {name}, {form}, organisation number {number}").format(
        name=enterprise.name, form=form, number=number
    )


def _block(label: str, name: str, lines: Sequence[str]) -> list[Flowable]:
    block: list[Flowable] = [paragraph(as_typed(label), "label"), paragraph(as_typed(name), "strong")]
    block.extend(paragraph(as_typed(line), "value") for line in lines if line)
    return block


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who signs: in which part, and the name in print (empty: to be written)."""

    part: str
    name: str


def signature_places(signatories: Sequence[Signatory], language: Language) -> Flowable:
    """Places to sign, two beside each other: part, place and date, signature, name in print."""
    _ = language.gettext
    rows: list[list[Paragraph | str]] = []
    heights: list[float | None] = []
    lines: list[Any] = []
    for start in range(0, len(signatories), 2):
        pair = signatories[start : start + 2]
        top = len(rows)
        rows.append(_beside([paragraph(as_typed(one.part), "strong") for one in pair]))
        rows.append(["", "", ""])
        rows.append(_beside([paragraph(_("Place and date"), "small") for _one in pair]))
        rows.append(["", "", ""])
        rows.append(_beside([paragraph(_("Signature"), "small") for _one in pair]))
        rows.append(_beside([paragraph(as_typed(one.name), "value") for one in pair]))
        lines.append(("NOSPLIT", (0, top), (-1, top + 5)))
        if start:
            lines.append(("TOPPADDING", (0, top), (-1, top), 14))
        heights += [None, 8 * mm, None, 12 * mm, None, None]
        for column in range(0, 2 * len(pair), 2):
            lines.append(("LINEABOVE", (column, top + 2), (column, top + 2), 0.6, INK))
            lines.append(("LINEABOVE", (column, top + 4), (column, top + 4), 0.6, INK))
    table = Table(rows, colWidths=[HALF_WIDTH, COLUMN_GAP, HALF_WIDTH], rowHeights=heights)
    table.setStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), REGULAR),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *lines,
        ]
    )
    table.spaceBefore = 10
    return table


def _beside(cells: Sequence[Paragraph]) -> list[Paragraph | str]:
    return [cells[0], "", cells[1] if len(cells) > 1 else ""]
