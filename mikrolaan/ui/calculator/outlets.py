"""How a calculation leaves the screen: as a page to print, as a spreadsheet, and through the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from mikrolaan.domain.borrower import Borrower
from mikrolaan.i18n import OFFERED, _, current_language
from mikrolaan.services.calculation import Calculation, CalculationPaper, CalculationPress
from mikrolaan.services.session import Session
from mikrolaan.ui.calculator.plan_lines import for_spreadsheet
from mikrolaan.ui.documents.paper_dialog import PaperDialog, safe_file_name
from mikrolaan.ui.widgets.dialogs import ask_where_to_save, write_file


class Outlets:
    """Asks where to, writes, and gives the sentence that says what became of it; empty where nothing did."""

    def __init__(self, parent: QWidget, session: Session, press: CalculationPress) -> None:
        self._parent, self._session, self._press = parent, session, press

    def print(self, calculation: Calculation, product_name: str, borrower: Borrower | None) -> PaperDialog:
        """Show the calculation as paper, in the client's language, to print or save."""
        wanted = borrower.person.paper_language if borrower is not None else current_language().code
        code = wanted if wanted in OFFERED else current_language().code
        paper = self._paper(calculation, product_name, borrower, code)
        dialog = PaperDialog(
            _("Loan calculation"),
            self._press.sheet(paper),
            self._parent,
            note=_("A calculation, not an offer. It is not kept in the office file."),
            file_name=self._file_name(borrower),
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def save_workbook(self, calculation: Calculation, product_name: str, borrower: Borrower | None) -> str:
        """Save the plan for Excel and its like."""
        paper = self._paper(calculation, product_name, borrower, current_language().code)
        kind = _("Excel workbook")
        return self._save(paper, self._press.workbook, _("Save as Excel workbook"), kind, ".xlsx", borrower)

    def save_table(self, calculation: Calculation, product_name: str, borrower: Borrower | None) -> str:
        """Save the plan as separated values."""
        paper = self._paper(calculation, product_name, borrower, current_language().code)
        kind = _("Table as text (CSV)")
        return self._save(paper, self._press.table, _("Save as CSV"), kind, ".csv", borrower)

    def copy(self, calculation: Calculation) -> str:
        """Put figures and plan on the clipboard."""
        QGuiApplication.clipboard().setText(for_spreadsheet(calculation))
        return _("The figures and the plan are copied.")

    def _paper(
        self, calculation: Calculation, product_name: str, borrower: Borrower | None, code: str
    ) -> CalculationPaper:
        return CalculationPaper(
            office=self._session.office.get(),
            product_name=product_name,
            calculation=calculation,
            borrower_name=borrower.name if borrower is not None else "",
            officer_name=self._session.officer.name,
            made_on=self._session.today(),
            language=code,
        )

    def _save(
        self,
        paper: CalculationPaper,
        make: Callable[[CalculationPaper], bytes],
        title: str,
        kind: str,
        ending: str,
        borrower: Borrower | None,
    ) -> str:
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        proposed = folder / f"{safe_file_name(self._file_name(borrower))}{ending}"
        target = ask_where_to_save(self._parent, title, proposed, kind, ending)
        if target is None:
            return ""
        if write_file(target, make(paper)):
            return _("Saved as {name}. This copy is not encrypted; keep it safe.").format(name=target.name)
        return _("The file could not be written there. Choose another folder, or make room on the disk.")

    def _file_name(self, borrower: Borrower | None) -> str:
        if borrower is None:
            return _("Loan calculation")
        return _("Loan calculation for {borrower}").format(borrower=borrower.name)
