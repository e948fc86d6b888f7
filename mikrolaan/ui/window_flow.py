"""One window from start to end: welcome, founding, signing in, the office at work, locked, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QByteArray, QLocale, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.i18n import OFFERED, _, best_language, ngettext, on_language_changed, use_language
from mikrolaan.paths import data_directory
from mikrolaan.settings import Settings, keep_settings, load_settings
from mikrolaan.ui import theme
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.start.idle_watch import IdleWatch
from mikrolaan.ui.start.office_path import SUFFIX
from mikrolaan.ui.start.sign_in_page import SignInPage
from mikrolaan.ui.start.start_page import StartPage
from mikrolaan.ui.start.waiting_page import WaitingPage
from mikrolaan.ui.start.welcome_page import WelcomePage
from mikrolaan.ui.task_runner import Progress, TaskRunner
from mikrolaan.ui.widgets.dialogs import ask_what_to_open
from mikrolaan.ui.widgets.messages import InlineMessage

if TYPE_CHECKING:
    from mikrolaan.domain.office import Office
    from mikrolaan.services.session import OfficeFiles, Session
    from mikrolaan.ui.main_window import MainWindow
    from mikrolaan.ui.start.founding_page import Found, FoundingPage, RecoverySheet

MakeSession = Callable[
    [Path, str, str, Progress], "Session"
]  # file, password, officer's name, whom to tell how far it is
Recover = Callable[[Path, str, str], "Session"]  # file, recovery key, new password
BuildExample = Callable[[Path], tuple[Path, str] | None]  # folder → file and password
LOOK_AGAIN_MS = 100


@dataclass(frozen=True, slots=True)
class _Locked:
    """Where an officer was when the file was locked."""

    path: Path
    officer_id: UUID
    officer_name: str
    here: Destination | None


class _Frame(QMainWindow):
    """The one window; it tells when it is seen for the first time, and before it closes."""

    first_painted = Signal()
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.first_painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)


class WindowFlow(QObject):
    """Leads from page to page and owns the session while an office is open."""

    opened = Signal(object)  # Session
    locked = Signal()

    def __init__(
        self,
        runner: TaskRunner,
        files: OfficeFiles,
        *,
        make_session: MakeSession,
        found: Found,
        recover: Recover,
        make_main_window: Callable[[Session], MainWindow],
        recovery_sheet: RecoverySheet,
        today: Callable[[], date],
        build_example: BuildExample | None = None,
        load: Callable[[], Settings] = load_settings,
        keep: Callable[[Settings], object] = keep_settings,
        idle_watch: IdleWatch | None = None,
    ) -> None:
        super().__init__()
        self._runner, self._files = runner, files
        self._make_session, self._found, self._recover = make_session, found, recover
        self._make_main_window, self._recovery_sheet, self._today = make_main_window, recovery_sheet, today
        self._build_example = build_example
        self._load, self._keep = load, keep
        self.session: Session | None = None
        self.main_window: MainWindow | None = None
        self._founding: FoundingPage | None = None
        self._was: _Locked | None = None
        self._example: tuple[Path, str] | None = None

        self.window = _Frame()
        self.window.setMinimumSize(640, 480)
        self.window.resize(1280, 800)
        self.window.closing.connect(self._on_closing)
        centre = QWidget()
        centre.setObjectName("centre")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.banner = InlineMessage("", "warn")
        self.stack = QStackedWidget()
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        self.window.setCentralWidget(centre)

        self.idle_watch = idle_watch or IdleWatch(self)
        self.idle_watch.warned.connect(self._on_warned)
        self.idle_watch.moved.connect(lambda: self.banner.say("", "warn"))
        self.idle_watch.idle.connect(self._on_idle)
        self.idle_watch.lock_pressed.connect(self.lock)
        self._end_listening = on_language_changed(self._on_language_changed)

    # -- beginning

    def start(self, path: Path | None = None) -> None:
        """Dress as the settings say, and open `path`, else the office used last, else the welcome page."""
        settings = self._load()
        wanted = [settings.language, *QLocale.system().uiLanguages()]
        use_language(settings.language if settings.language in OFFERED else best_language(filter(None, wanted)))
        self._dress(settings.theme)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_colours)
        if settings.window:
            self.window.restoreGeometry(QByteArray.fromBase64(QByteArray(settings.window.encode())))
        if path is not None:
            self.sign_in_to(path)
        elif settings.last_office:
            self.sign_in_to(Path(settings.last_office))
        else:
            self.go_home()
        self.window.show()

    # -- pages

    @property
    def page(self) -> QWidget | None:
        """What the window shows now."""
        return self.stack.currentWidget()

    def go_home(self) -> None:
        """The welcome page."""
        page = WelcomePage(offers_example=self._build_example is not None)
        page.create_asked.connect(self.found_an_office)
        page.open_asked.connect(self.open_other)
        page.example_asked.connect(self.open_example)
        self._show(page)

    def found_an_office(self) -> None:
        """The guide, as it was left."""
        if self._founding is None:
            from mikrolaan.ui.start.founding_page import FoundingPage

            page = FoundingPage(self._runner, self._found, data_directory, self._today, self._recovery_sheet)
            page.left.connect(self.go_home)
            page.founded.connect(self._on_founded)
            page.started.connect(self._on_founding_done)
            self._founding = page
        self._show(self._founding)

    def sign_in_to(self, path: Path, note: Callable[[], str] | None = None) -> None:
        """The sign-in page of a file, or what hinders it."""
        path = path.absolute()
        try:
            officers = self._files.officers(path)
            wait_seconds = self._files.wait_seconds(path)
        except MikrolaanError as error:
            self._show_problem(path, error)
            return
        proposed = self._proposed(path)
        if proposed[1]:
            note = self._example_note
        page = SignInPage(
            self._runner,
            path,
            lambda password, name, progress: self._make_session(path, password, name, progress),
            officers=officers,
            wait_seconds=wait_seconds,
            note=note,
            proposed=proposed,
        )
        page.unlocked.connect(self._on_session)
        page.file_refused.connect(lambda error: self._show_problem(path, error))
        page.forgotten.connect(lambda: self.recover_with_key(path))
        page.other_asked.connect(self.open_other)
        self._show(page)

    def recover_with_key(self, path: Path) -> None:
        """The page for the recovery key of a file."""
        from mikrolaan.ui.start.recovery_page import RecoveryPage

        page = RecoveryPage(self._runner, path, lambda key, password: self._recover(path, key, password))
        page.recovered.connect(self._on_session)
        page.left.connect(lambda: self.sign_in_to(path))
        self._show(page)

    def open_other(self) -> None:
        """Let a person choose an office file."""
        last = self._load().last_office
        folder = Path(last).parent if last else data_directory()
        chosen = ask_what_to_open(self.window, _("Open an office file"), folder, _("Office file"), SUFFIX)
        if chosen is not None:
            self.sign_in_to(chosen)

    def open_example(self) -> None:
        """Make the example office and lead to its sign-in page, with the password filled in."""
        build, page = self._build_example, self.page
        if build is None or not isinstance(page, WelcomePage):
            return
        page.tell(None)
        page.set_making_example(True)
        folder = data_directory() / "example"

        def done(made: tuple[Path, str] | None) -> None:
            page.set_making_example(False)
            if made is not None:
                self._example = (made[0].absolute(), made[1])
                self.sign_in_to(made[0])

        def failed(error: Exception) -> None:
            page.set_making_example(False)
            page.tell(error if isinstance(error, MikrolaanError) else MikrolaanError())

        task = self._runner.submit(lambda _progress, _cancelled: build(folder))
        task.finished.connect(done)
        task.failed.connect(failed)

    def _show_problem(self, path: Path, error: MikrolaanError) -> None:
        from mikrolaan.ui.start.problem_page import ProblemPage

        page = ProblemPage(path, error)
        page.again_asked.connect(lambda: self.sign_in_to(path))
        page.key_asked.connect(lambda: self.recover_with_key(path))
        page.other_asked.connect(self.open_other)
        page.left.connect(self.go_home)
        self._show(page)

    def _proposed(self, path: Path) -> tuple[str, str]:
        if self._example is not None and self._example[0] == path:
            return "", self._example[1]
        return (self._was.officer_name if self._was is not None and self._was.path == path else ""), ""

    def _example_note(self) -> str:
        assert self._example is not None
        return _("This is an example with invented people. Its password is filled in: {password}").format(
            password=self._example[1]
        )

    def _show(self, page: QWidget) -> None:
        old = self.stack.currentWidget()
        if old is not page:
            if self.stack.indexOf(page) < 0:
                self.stack.addWidget(page)
                if isinstance(page, StartPage):
                    page.language_chosen.connect(self.choose_language)
            self.stack.setCurrentWidget(page)
            if old is not None and old is not self._founding:
                self.stack.removeWidget(old)
                old.deleteLater()
        if isinstance(page, StartPage):
            page.shown()
            self.window.setWindowTitle(page.title())

    # -- an office is open

    def _on_founded(self, session: Session) -> None:
        self.session = session
        self._remember(last_office=str(session.file.path))

    def _on_founding_done(self) -> None:
        self._founding = None
        if self.session is not None:
            self._on_session(self.session)

    def _on_session(self, session: Session) -> None:
        path = Path(session.file.path)
        try:
            minutes = session.office.get().settings.auto_lock_minutes
            main = self._make_main_window(session)
        except MikrolaanError as error:
            self.session = None
            session.close()
            self._show_problem(path, error)
            return
        self.session, self.main_window = session, main
        self._remember(last_office=str(path))
        main.lock_asked.connect(self.lock)
        main.language_chosen.connect(lambda code: self._remember(language=code))
        main.theme_chosen.connect(lambda name: self._remember(theme=name))
        main.windowTitleChanged.connect(self.window.setWindowTitle)
        self.window.setWindowTitle(main.windowTitle())
        self._show(main)
        was, self._was = self._was, None
        if was is not None and was.here is not None and (was.path, was.officer_id) == (path, session.officer.id):
            main.go_to(was.here)
        if main.history.here is None:
            main.go_to(Destination(next(iter(main.entries))))
        self.idle_watch.start(minutes)
        self.opened.emit(session)

    def note_office(self, office: Office) -> None:
        """The settings of the office changed: show its name, and lock after the minutes it now wants."""
        if self.session is None or self.main_window is None:
            return
        self.main_window.show_office(office.name, self.session.officer.name)
        self.idle_watch.start(office.settings.auto_lock_minutes)

    # -- locking

    def lock(self) -> None:
        """Close the file and ask for the password; work under way is finished first."""
        self._lock(lambda: _("Locked. Sign in to go on where you were. Forms that were not saved are empty again."))

    def _on_idle(self) -> None:
        self._lock(
            lambda: _(
                "Locked, because nobody used it for a while. Sign in to go on where you were. Forms that were not saved "
                "are empty again."
            )
        )

    def _lock(self, note: Callable[[], str]) -> None:
        if self.session is None or self.main_window is None:
            return
        self.idle_watch.stop()
        self.banner.say("", "warn")
        for other in QApplication.topLevelWidgets():
            if isinstance(other, QDialog) and other.isVisible():
                other.reject()
            elif other is not self.window and other.isVisible():
                other.close()
        here = self.main_window.history.here
        self._was = _Locked(Path(self.session.file.path), self.session.officer.id, self.session.officer.name, here)
        self._leave_main_window(WaitingPage())
        # Later: a dialog that was just closed first ends the loop of its own.
        QTimer.singleShot(0, self, lambda: self._close_when_done(note))

    def _leave_main_window(self, page: StartPage) -> None:
        main, self.main_window = self.main_window, None
        if main is not None:
            main.close()  # it stops listening for changes of language
        self._show(page)

    def _close_when_done(self, note: Callable[[], str]) -> None:
        if self.session is None:
            return
        if self._runner.is_busy:
            QTimer.singleShot(LOOK_AGAIN_MS, self, lambda: self._close_when_done(note))
            return
        session, self.session = self.session, None
        path = Path(session.file.path)
        session.close()
        self.locked.emit()
        self.sign_in_to(path, note)

    def _on_warned(self, seconds: int) -> None:
        self.banner.say(
            ngettext(
                "This locks in {seconds} second, because nobody is using it. Move the mouse or press a key to stay.",
                "This locks in {seconds} seconds, because nobody is using it. Move the mouse or press a key to stay.",
                seconds,
            ).format(seconds=seconds),
            "warn",
        )

    # -- language, colours, settings of this machine

    def choose_language(self, code: str) -> None:
        """Speak another language from now on, and remember it."""
        self._remember(language=code)
        use_language(code)

    def choose_theme(self, name: str) -> None:
        """Wear "light", "dark" or, with an empty name, the system's colours; and remember it."""
        self._remember(theme=name)
        self._dress(name)

    @property
    def theme_name(self) -> str:
        """What is chosen: "light", "dark" or empty for the system's."""
        return self._load().theme

    def _dress(self, name: str) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply_theme(app, name if name in ("light", "dark") else system_theme())

    def _on_system_colours(self) -> None:
        if not self.theme_name:
            self._dress("")

    def _on_language_changed(self) -> None:
        page = self.page
        for shown in {page, self._founding}:
            if isinstance(shown, StartPage):
                shown.retranslate()
        if isinstance(page, StartPage):
            self.window.setWindowTitle(page.title())

    def _remember(self, **changes: str) -> None:
        self._keep(replace(self._load(), **changes))

    # -- ending

    def _on_closing(self) -> None:
        self.idle_watch.stop()
        self._end_listening()
        self._remember(window=bytes(self.window.saveGeometry().toBase64().data()).decode())
        if self.main_window is not None:
            self.main_window.close()
        self._runner.stop()
        session, self.session = self.session, None
        if session is not None:
            session.close()


def system_theme() -> str:
    """The system's colours: "dark" where it says so, else "light"."""
    from PySide6.QtCore import Qt

    return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"
