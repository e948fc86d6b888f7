"""Proves that this program works on this machine: a file, a loan, a contract that can be read back, and every page."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING

from mikrolaan import app
from mikrolaan.commands.output import CommandFailed, Exit, quoted, say
from mikrolaan.commands.play import PAPERS, PASSWORD, Played, play_main_job
from mikrolaan.domain.calendars import closed_days
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.identity import Country
from mikrolaan.i18n import OFFERED, _, language
from mikrolaan.i18n.conventions import THIN_SPACE
from mikrolaan.services.session import Session

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from mikrolaan.ui.task_runner import TaskRunner

NEEDS_A_GROUP = "group"  # the temporary office has none
LONGEST_WAIT = 20  # seconds for the work beside the window


def self_test() -> Exit:
    """Make a loan and its contract in a temporary office file, read the contract back, and open every page unseen.

    Says one line per check. Raises CommandFailed with status 1 and one sentence at the first thing that is not as it
    should be.
    """
    try:
        with TemporaryDirectory() as temporary:
            _check(Path(temporary))
    except CommandFailed:
        raise
    except Exception as error:  # whatever a machine lacks, the answer is one sentence
        raise CommandFailed(
            _("The self-test failed: {kind} {reason}").format(kind=type(error).__name__, reason=quoted(str(error))),
            Exit.DIFFERS,
        ) from error
    say(_("The self-test passed."))
    return Exit.DONE


def _check(folder: Path) -> None:
    played = play_main_job(folder, app.today())
    say(_("The office file was made, closed and opened with its password."))
    _check_figures(played)
    say(_("The plan repays the loan, and the first payment lowers the balance as planned."))
    _check_contract(played)
    say(_("The contract says the borrower, the amount, every due date and the effective rate."))
    _check_languages()
    say(_("Every language has its words: {languages}.").format(languages=", ".join(OFFERED)))
    _check_holidays()
    say(_("The holidays of every country are known."))
    session = app.unlock(app.office_files(), folder / "play.mikrolaan", PASSWORD)
    try:
        for told in _checks_of_window(session, played):
            say(told)
    finally:
        session.close()


def _check_figures(played: Played) -> None:
    plan = played.loan.plan()
    after_first = plan.instalments[0].balance
    if plan.instalments[-1].balance or plan.principal != played.loan.terms.principal:
        raise _differs(_("the plan does not repay the loan"))
    if played.statement.outstanding_principal != after_first:
        raise _differs(_("the first payment does not lower the balance as planned"))


def _check_contract(played: Played) -> None:
    """Every due date, the borrower, the amount and the effective rate stand in the contract."""
    from pypdfium2 import PdfDocument

    shown = language("nb")
    with PdfDocument(played.papers["contract.pdf"]) as pages:
        text = _joined("".join(page.get_textpage().get_text_range() for page in pages))
    plan = played.loan.plan()
    wanted = [
        played.borrower.name,
        shown.amount(plan.principal),
        shown.percent(played.effective_rate),
        *(shown.date(row.due_on) for row in plan.instalments),
    ]
    for words in wanted:
        if _joined(words) not in text:
            raise _differs(_("the contract does not say {words}").format(words=words))


def _joined(text: str) -> str:
    """The text without any blank: a line may have been broken anywhere."""
    return "".join(text.replace(THIN_SPACE, "").split())


def _check_languages() -> None:
    """Every language that the papers were printed in has its catalogue with it, and a catalogue that can be read."""
    if not {paper_language for _name, _kind, paper_language in PAPERS}.issubset(OFFERED):
        raise _differs(_("the words of a language are missing"))
    for code in OFFERED:
        language(code).gettext("Borrower")


def _check_holidays() -> None:
    for country in Country:
        if not closed_days(country.value, app.today().year):
            raise _differs(_("the holidays of {country} are missing").format(country=country.value))


def _checks_of_window(session: Session, played: Played) -> Iterator[str]:
    """Open every page where nobody sees it; a machine without Qt's libraries can still use the command line."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        yield _("No window was drawn, because a part of the system is missing: {part}").format(part=quoted(str(error)))
        return
    from mikrolaan.ui.task_runner import TaskRunner
    from mikrolaan.ui.theme import apply_theme

    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(["mikrolaan"])
    apply_theme(application, "light")
    runner = TaskRunner(application)
    try:
        with _nothing_unforeseen(runner):
            yield from _open_pages(session, played, application, runner)
        _check_preview(played.papers["contract.pdf"])
        yield _("The contract can be previewed page by page.")
        _check_logo(session, played)
        yield _("A logo as PNG and as JPEG is printed in the letterhead.")
        _check_password_rules()
        yield _("Weak passwords are told from strong ones.")
    finally:
        runner.stop()


@contextmanager
def _nothing_unforeseen(runner: TaskRunner) -> Iterator[None]:
    """Qt swallows what is raised while it paints or answers a click; here it fails the test."""
    raised: list[BaseException] = []

    def keep(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        raised.append(error)

    before, sys.excepthook = sys.excepthook, keep
    runner.bug_found.connect(raised.append)
    try:
        yield
    finally:
        sys.excepthook = before
        runner.bug_found.disconnect(raised.append)
    if raised:
        raise raised[0]


def _open_pages(session: Session, played: Played, application: QApplication, runner: TaskRunner) -> Iterator[str]:
    """The main window of the temporary office, on each of its pages in turn."""
    from mikrolaan.ui.icons import font_path
    from mikrolaan.ui.navigation import Destination

    if not font_path().is_file():
        raise _differs(_("the icons are missing"))
    window = app.make_main_window(session, runner)
    window.resize(1280, 800)
    window.show()
    try:
        records = {"borrower": played.borrower.id, "loan": played.loan.id}
        for key, entry in window.entries.items():
            if key == NEEDS_A_GROUP:
                continue
            window.go_to(Destination(key, records.get(key)))
            _settle(application, runner)
            page = window.current_page
            if page is None or page is not window.pages.get(key) or window.grab().isNull():
                raise _differs(_("the page {page} does not open").format(page=entry.title()))
            yield _("The page opens: {page}").format(page=entry.title())
    finally:
        window.close()
        window.deleteLater()


def _settle(application: QApplication, runner: TaskRunner) -> None:
    """Wait until a page shows what it asked for."""
    end = monotonic() + LONGEST_WAIT
    application.processEvents()
    while runner.is_busy and monotonic() < end:
        application.processEvents()


def _check_preview(content: bytes) -> None:
    from mikrolaan.ui.widgets.pdf_view import PdfDocument

    document = PdfDocument(content)
    for number in range(len(document.sizes)):
        picture = document.draw(number, 0.5)
        size = picture.size()
        tones = {picture.pixel(x, y) for x in range(0, size.width(), 2) for y in range(0, size.height(), 2)}
        if len(tones) < 2:
            raise _differs(_("a page of the contract cannot be previewed"))


def _check_logo(session: Session, played: Played) -> None:
    """A picture in each form that an office may choose is read by the window and by the printing press."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QColor, QImage

    from mikrolaan.ui.settings.logo_field import image_of

    picture = QImage(40, 20, QImage.Format.Format_RGB32)
    picture.fill(QColor("#2a6f4e"))
    for form in ("PNG", "JPEG"):
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        written = picture.save(buffer, form)  # type: ignore[call-overload]  # the stubs know bytes only
        logo = bytes(content.data())
        if not written or image_of(logo) is None:
            raise _differs(_("a picture in the form {form} cannot be read").format(form=form))
        session.office.change(replace(session.office.get(), logo=logo))
        if b"/Subtype /Image" not in session.documents.draft(DocumentKind.LOAN_CONTRACT, played.loan):
            raise _differs(_("a logo in the form {form} is not printed").format(form=form))


def _check_password_rules() -> None:
    from mikrolaan.ui.start.password_rules import strength

    if strength("password123").is_enough or not strength(PASSWORD).is_enough:
        raise _differs(_("weak passwords are not told from strong ones"))


def _differs(what: str) -> CommandFailed:
    return CommandFailed(_("The self-test failed: {what}.").format(what=what), Exit.DIFFERS)
