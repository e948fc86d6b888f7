"""One plain page in place of a contract, for example offices with thousands of loans."""

from __future__ import annotations

from mikrolaan.services.documents import LoanPaper, Printed

TEXT_VERSION = "example-1"


def plain_page(paper: LoanPaper) -> Printed:
    """A PDF of one page with the document's number that says it stands for a contract; a few hundred bytes."""
    line = f"Example: this page stands for the printed contract {paper.number} of loan {paper.loan.number}."
    content = f"BT /F1 12 Tf 72 770 Td ({line}) Tj ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    page = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(page))
        page += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(page)
    page += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    page += b"".join(b"%010d 00000 n \n" % place for place in places)
    page += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return Printed(page, TEXT_VERSION)
