"""Paper of an invented office, and the text read back from its pages."""

from __future__ import annotations

import ctypes
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pypdfium2
from PIL import Image

from mikrolaan.documents.press import print_paper
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.identity import Country, read_identity
from mikrolaan.domain.synthetic import synthetic_identity, synthetic_organisation_number
from mikrolaan.domain.terms import Terms
from mikrolaan.services.documents import LoanPaper
from tests.builders import a_borrower, a_loan, a_person, a_product, an_office, nok

ISSUED_ON = date(2026, 11, 22)


def some_terms(**changes: Any) -> Terms:
    """100 000 kroner at 8 %, 24 months from 1 December 2026, with an establishment and an instalment fee."""
    terms = Terms(
        principal=nok(100_000),
        annual_rate_percent=Decimal(8),
        disbursed_on=date(2026, 12, 1),
        first_due_on=date(2027, 1, 15),
        instalments=24,
        establishment_fee_minor=1_000_00,
        instalment_fee_minor=45_00,
    )
    return replace(terms, **changes)


def some_paper(**changes: Any) -> LoanPaper:
    identity = read_identity(synthetic_identity(Country.NO, date(1988, 4, 17), 2), Country.NO, ISSUED_ON)
    paper = LoanPaper(
        office=an_office(organisation_number=synthetic_organisation_number(3, Country.NO), phone="+4773000000"),
        borrower=a_borrower(person=a_person(identity_number=identity)),
        loan=a_loan(number=12, terms=some_terms()),
        product=a_product(),
        group_name="",
        number="K-00012-00001",
        issued_on=ISSUED_ON,
        language="en",
        officer_name="Kari Lund",
    )
    return replace(paper, **changes)


def a_logo(kind: str = "PNG", size: tuple[int, int] = (600, 200)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind)
    return written.getvalue()


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page without any white space: where a line or a figure breaks does not matter."""
    return [squeezed(page) for page in _texts_of(pdf)]


def lines_of(pdf: bytes) -> list[str]:
    """The lines of all pages, as they are printed."""
    return [line.strip() for page in _texts_of(pdf) for line in page.splitlines()]


def font_of(pdf: bytes, text: str) -> str:
    """The name of the typeface in which the last occurrence of a text on the first page is printed."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].get_textpage()
        place = page.get_text_range().rindex(text)
        name, flags = ctypes.create_string_buffer(100), ctypes.c_int()
        pypdfium2.raw.FPDFText_GetFontInfo(page, place, name, len(name), flags)
        return name.value.decode()
    finally:
        document.close()


def _texts_of(pdf: bytes) -> list[str]:
    """The text of each page; the reader tells a hyphen at the end of a line by a character of its own."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range().replace("\ufffe", "-\n") for page in document]
    finally:
        document.close()


def printed(paper: LoanPaper, kind: DocumentKind = DocumentKind.LOAN_CONTRACT) -> list[str]:
    return pages_of(print_paper(kind, paper).content)


def squeezed(text: str) -> str:
    return "".join(text.split())
