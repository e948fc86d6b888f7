"""The way through the pages before an office is open: welcome, founding, signing in, recovery, what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from PySide6.QtWidgets import QMainWindow

from mikrolaan.domain.errors import OfficeFileError
from mikrolaan.domain.identity import Country
from mikrolaan.services.file_errors import (
    DiskFull,
    FileDamaged,
    FileFromNewerVersion,
    FileInUse,
    FileMissing,
    FileReadOnly,
    WrongPassword,
    WrongRecoveryKey,
)
from mikrolaan.services.office import Founding
from mikrolaan.services.session import Session
from mikrolaan.storage.recovery_key import SECRET_BYTES, written
from mikrolaan.ui.start.founding_page import FoundingPage
from mikrolaan.ui.start.problem_page import ProblemPage
from mikrolaan.ui.start.recovery_page import RecoveryPage
from mikrolaan.ui.start.sign_in_page import SignInPage
from mikrolaan.ui.start.start_page import StartPage
from mikrolaan.ui.start.waiting_page import WaitingPage
from mikrolaan.ui.start.welcome_page import WelcomePage
from mikrolaan.ui.task_runner import Progress, TaskRunner
from mikrolaan.ui.widgets.bug_dialog import BugDialog
from tools.pictures.camera import Camera
from tools.pictures.filling import fill

FOLDER = Path("/home/solfrid/Dokumenter/Mikrolaan")
FILE = FOLDER / "fjordbygda-mikrofond.mikrolaan"
GOOD_PASSWORD = "kopper ferge vinter 41"
FIXED_KEY = written(bytes(range(7, 7 + SECRET_BYTES)))


class StartTour:
    """Shows each page in a window of its own size, without an office behind it."""

    def __init__(
        self,
        camera: Camera,
        window: QMainWindow,
        runner: TaskRunner,
        found: Callable[[Path, Founding], Session],
        folder: Path,
        today: date,
    ) -> None:
        """`found` makes an office of what was filled in, in `folder`."""
        self._camera, self._window, self._runner = camera, window, runner
        self._found, self._folder, self._today = found, folder, today

    def whole(self) -> None:
        """Every start page, each as it opens and with what can go wrong."""
        for stop in (self._welcome, self._founding, self._sign_in, self._recovery, self._problems, self._others):
            with self._camera.watching(stop.__name__.strip("_")):
                stop()

    def _show(self, name: str, page: StartPage) -> None:
        self._window.setCentralWidget(page)
        page.shown()
        self._camera.shoot(name, self._window)

    def _again(self, name: str) -> None:
        self._camera.shoot(name, self._window)

    def _welcome(self) -> None:
        page = WelcomePage()
        self._show("welcome", page)
        page.set_making_example(True)
        self._again("welcome-making-example")
        page.set_making_example(False)
        page.tell(DiskFull(FILE))
        self._again("welcome-disk-full")

    def _founding(self) -> None:
        def found(path: Path, founding: Founding, _password: str) -> tuple[Session, str]:
            return self._found(path, founding), FIXED_KEY

        page = FoundingPage(self._runner, found, lambda: FOLDER, lambda: self._today, lambda *_told: b"")
        self._show("founding-country", page)
        page.go_on()
        self._again("founding-country-missing")
        page.country_step.country.set_value(Country.NO)
        page.go_on()
        self._again("founding-office")
        page.go_on()
        self._again("founding-office-missing")
        fill(page.office_step, office_name="Fjordbygda mikrofond", organisation_number="123456789")
        page.go_on()
        self._again("founding-office-wrong")
        fill(page.office_step, organisation_number="")
        page.go_on()
        self._again("founding-officer")
        fill(page.officer_step, officer_name="Solfrid Eksempel")
        for name, password in (("weak", "sommer2026"), ("strong", GOOD_PASSWORD)):
            page.officer_step.password.restore_typed((password, GOOD_PASSWORD))
            if name == "weak":
                page.officer_step.password.check()
            self._again(f"founding-password-{name}")
            page.officer_step.form.clear_errors()
        page.officer_step.path.set_value(self._folder / FILE.name)  # not drawn: a folder that exists
        page.go_on()
        self._again("founding-recovery-key")
        if page.made is None:
            raise LookupError("the office was not founded")
        page.made.session.close()

    def _sign_in(self) -> None:
        def refuse(_password: str, _name: str, _progress: Progress) -> NoReturn:
            raise WrongPassword(0)

        def refuse_and_wait(_password: str, _name: str, _progress: Progress) -> NoReturn:
            raise WrongPassword(64)

        self._show("sign-in", SignInPage(self._runner, FILE, refuse))
        self._show("sign-in-several-officers", SignInPage(self._runner, FILE, refuse, officers=3))
        for name, unlock in (("wrong-password", refuse), ("wrong-password-wait", refuse_and_wait)):
            page = SignInPage(self._runner, FILE, unlock)
            page.password.set_value("feil passord")
            page.sign_in()
            self._show(f"sign-in-{name}", page)

    def _recovery(self) -> None:
        def refuse(_key: str, _password: str) -> NoReturn:
            raise WrongRecoveryKey(mistyped=True)

        page = RecoveryPage(self._runner, FILE, refuse)
        self._show("recovery", page)
        page.key.set_value(FIXED_KEY.lower())
        page.password.restore_typed((GOOD_PASSWORD, GOOD_PASSWORD))
        page.open()
        self._again("recovery-mistyped-key")

    def _problems(self) -> None:
        problems: dict[str, OfficeFileError] = {
            "in-use": FileInUse(FILE),
            "newer": FileFromNewerVersion(FILE),
            "damaged": FileDamaged(FILE),
            "missing": FileMissing(FILE),
            "keys-missing": FileMissing(FILE, keys=True),
            "read-only": FileReadOnly(FILE),
            "disk-full": DiskFull(FILE),
        }
        for name, error in problems.items():
            self._show(f"problem-{name}", ProblemPage(FILE, error))

    def _others(self) -> None:
        self._show("locking", WaitingPage())
        error: Any = ValueError("an example")
        error.__traceback__ = None
        dialog = BugDialog(error, self._window)
        dialog.open()
        self._camera.shoot("dialog-bug", self._window, dialog)
        dialog.reject()
