"""The one place where everything is put together: office file, services, paper and windows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mikrolaan import __version__
from mikrolaan.domain.long_work import Progress, no_progress
from mikrolaan.paths import PROGRAM

if TYPE_CHECKING:
    from mikrolaan.domain.document import DocumentKind
    from mikrolaan.services.bank_import import BankFileReader
    from mikrolaan.services.calculation import CalculationPaper, CalculationPress
    from mikrolaan.services.documents import LoanPaper, Printed
    from mikrolaan.services.group_sheet import GroupSheetPaper
    from mikrolaan.services.ledger import BalancePaper
    from mikrolaan.services.office import Founding
    from mikrolaan.services.session import OfficeFiles, OpenFile, Session
    from mikrolaan.ui.main_window import MainWindow
    from mikrolaan.ui.navigation import PageEntry
    from mikrolaan.ui.task_runner import TaskRunner
    from mikrolaan.ui.widgets.page import Page
    from mikrolaan.ui.window_flow import WindowFlow


def today() -> date:
    """The day on this machine's calendar."""
    return date.today()  # noqa: DTZ011 - the officer's own calendar day is meant


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


def office_files() -> OfficeFiles:
    """The store of encrypted office files, with this machine's clock and the full cost of passwords."""
    from mikrolaan.storage.office_door import OfficeDoor

    return OfficeDoor(today=today, now=now)


def print_paper(kind: DocumentKind, paper: LoanPaper) -> Printed:
    """Print a document; the printing press is loaded when the first page is asked for."""
    from mikrolaan.documents import press

    return press.print_paper(kind, paper)


def calculation_press() -> CalculationPress:
    """How a calculation becomes a page, a workbook or a table; each is loaded when the first is asked for."""
    from mikrolaan.services.calculation import CalculationPress

    def sheet(paper: CalculationPaper) -> bytes:
        from mikrolaan.documents.calculation_sheet import print_calculation

        return print_calculation(paper)

    def workbook(paper: CalculationPaper) -> bytes:
        from mikrolaan.documents.plan_export import plan_as_workbook

        return plan_as_workbook(paper)

    def table(paper: CalculationPaper) -> bytes:
        from mikrolaan.documents.plan_export import plan_as_csv

        return plan_as_csv(paper)

    return CalculationPress(sheet, workbook, table)


def open_session(file: OpenFile) -> Session:
    """Every service over an unlocked file."""
    from mikrolaan.services.session import Session

    return Session(file, print_paper)


def create(files: OfficeFiles, path: Path, founding: Founding, password: str) -> tuple[Session, str]:
    """A new office file and the session of its first officer, with the recovery key."""
    file, recovery_key = files.create(path, founding, password)
    return open_session(file), recovery_key


def unlock(
    files: OfficeFiles, path: Path, password: str, officer_name: str = "", progress: Progress = no_progress
) -> Session:
    """The session of the officer whose password it is; `progress` is told of an older file being brought up to date."""
    return open_session(files.open(path, password, officer_name, progress))


def recover(files: OfficeFiles, path: Path, recovery_key: str, new_password: str) -> Session:
    """The session of the administrator who has the printed recovery key, with a new password."""
    return open_session(files.recover(path, recovery_key, new_password))


def print_trial_balance(paper: BalancePaper) -> bytes:
    """The trial balance of the lending ledger on paper."""
    from mikrolaan.documents.trial_balance import print_trial_balance

    return print_trial_balance(paper)


def print_group_sheet(paper: GroupSheetPaper) -> bytes:
    """A group's payment sheet for its meeting."""
    from mikrolaan.documents.group_sheet import print_group_sheet

    return print_group_sheet(paper)


def bank_reader() -> BankFileReader:
    """What reads the bank's files; the readers are loaded when the payments are first opened."""
    from mikrolaan.bank_files.detect import BankFiles

    return BankFiles()


def recovery_sheet(office_name: str, officer_name: str, recovery_key: str, made_on: date, language: str) -> bytes:
    """The recovery key on paper."""
    from mikrolaan.documents.recovery_sheet import recovery_sheet

    return recovery_sheet(office_name, officer_name, recovery_key, made_on, language)


def build_example(folder: Path) -> tuple[Path, str]:
    """The example office in `folder` and its password; made when it is not there yet, else as it was left."""
    from mikrolaan.example.build import FILE_NAME, PASSWORD, build_example

    if (folder / FILE_NAME).exists():
        return folder / FILE_NAME, PASSWORD
    example = build_example(folder, borrowers=40, seed=1996, today=today())
    return example.path, example.password


def page_entries(session: Session, runner: TaskRunner, flow: WindowFlow | None = None) -> list[PageEntry]:
    """Every page that exists, in the order of the sidebar; `flow` lets the settings change the window's looks."""
    from mikrolaan.ui.arrears import arrears_pages
    from mikrolaan.ui.borrowers import borrower_pages
    from mikrolaan.ui.calculator import calculator_pages
    from mikrolaan.ui.groups import group_pages
    from mikrolaan.ui.loans import loan_pages
    from mikrolaan.ui.payments import payment_pages
    from mikrolaan.ui.products import product_pages
    from mikrolaan.ui.reports import report_pages

    return [
        *borrower_pages(session, runner),
        *loan_pages(session),
        *arrears_pages(session, runner),
        *calculator_pages(session, calculation_press()),
        *group_pages(session),
        *payment_pages(session, runner, bank_reader, print_group_sheet),
        *product_pages(session),
        *report_pages(session, runner, print_trial_balance),
        _settings_entry(session, runner, flow),
    ]


def _settings_entry(session: Session, runner: TaskRunner, flow: WindowFlow | None) -> PageEntry:
    from PySide6.QtWidgets import QApplication

    from mikrolaan.i18n import _, use_language
    from mikrolaan.ui import theme
    from mikrolaan.ui.navigation import PageEntry

    def choose_theme(name: str) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply_theme(application, name or "light")

    def settings() -> Page:
        from mikrolaan.ui.settings.settings_page import SettingsPage

        page = SettingsPage(
            session,
            runner,
            theme_name=lambda: flow.theme_name if flow is not None else theme.current().name,
            choose_language=flow.choose_language if flow is not None else use_language,
            choose_theme=flow.choose_theme if flow is not None else choose_theme,
        )
        if flow is not None:
            page.office_changed.connect(flow.note_office)
        return page

    return PageEntry("settings", lambda: _("Settings"), "gear", settings, at_bottom=True)


def make_main_window(session: Session, runner: TaskRunner, flow: WindowFlow | None = None) -> MainWindow:
    """The main window of a session, on its first page."""
    from mikrolaan.ui.borrowers import borrower_provider
    from mikrolaan.ui.groups import group_provider
    from mikrolaan.ui.loans import loan_provider
    from mikrolaan.ui.main_window import MainWindow
    from mikrolaan.ui.navigation import Destination

    entries = page_entries(session, runner, flow)
    providers = [borrower_provider(session), loan_provider(session), group_provider(session)]
    window = MainWindow(entries, session.office.get().name, session.officer.name, providers)
    window.go_to(Destination(entries[0].key))
    return window


def make_flow(runner: TaskRunner, files: OfficeFiles) -> WindowFlow:
    """The one window with everything it leads to."""
    from mikrolaan.ui.window_flow import WindowFlow

    def main_window(session: Session) -> MainWindow:
        return make_main_window(session, runner, flow)

    flow = WindowFlow(
        runner,
        files,
        make_session=partial(unlock, files),
        found=partial(create, files),
        recover=partial(recover, files),
        make_main_window=main_window,
        recovery_sheet=recovery_sheet,
        today=today,
        build_example=build_example,
    )
    return flow


def run_window(arguments: list[str]) -> int:
    """Open the window, with the office file named after the program where there is one; the exit status of Qt."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from mikrolaan.early_loading import load_early
    from mikrolaan.ui.task_runner import TaskRunner
    from mikrolaan.ui.widgets.bug_dialog import BugCatcher

    application = QApplication(arguments[:1])
    application.setApplicationName(PROGRAM)
    application.setApplicationVersion(__version__)
    runner = TaskRunner(application)
    flow = make_flow(runner, office_files())
    BugCatcher(application, runner)
    flow.window.first_painted.connect(lambda: load_early(runner), Qt.ConnectionType.QueuedConnection)
    flow.start(Path(arguments[1]) if len(arguments) > 1 else None)
    return application.exec()
