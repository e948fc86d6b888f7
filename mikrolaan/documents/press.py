"""The printing press: gives each kind of document to the module that prints it."""

from __future__ import annotations

from mikrolaan.documents.guarantee_declaration import print_declaration
from mikrolaan.documents.guarantor_notice import print_notice
from mikrolaan.documents.loan_contract import print_contract
from mikrolaan.documents.receipt import print_receipt
from mikrolaan.documents.reminder_letter import print_letter
from mikrolaan.documents.repayment_plan import print_plan
from mikrolaan.domain.document import DocumentKind
from mikrolaan.services.documents import LoanPaper, Printed


def print_paper(kind: DocumentKind, paper: LoanPaper) -> Printed:
    """The pages of one document: a pure function of what the paper holds, to the byte.

    Importing this module loads ReportLab; whoever starts a program imports it when the first page is wanted.
    """
    printers = {
        DocumentKind.LOAN_CONTRACT: print_contract,
        DocumentKind.REPAYMENT_PLAN: print_plan,
        DocumentKind.GUARANTEE: print_declaration,
        DocumentKind.RECEIPT: print_receipt,
        DocumentKind.REMINDER: print_letter,
        DocumentKind.COLLECTION_NOTICE: print_letter,
        DocumentKind.PAYMENT_DEMAND: print_letter,
        DocumentKind.GUARANTOR_NOTICE: print_notice,
    }
    return printers[kind](paper)
