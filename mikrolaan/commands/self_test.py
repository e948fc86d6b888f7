"""Proves that this program works on this machine: a file, a loan, a contract that can be read back, and a window."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from mikrolaan import app
from mikrolaan.commands.output import CommandFailed, Exit, quoted, say
from mikrolaan.commands.play import Played, play_main_job
from mikrolaan.i18n import _, language
from mikrolaan.i18n.conventions import THIN_SPACE


def self_test() -> Exit:
    """Make a loan and its contract in a temporary office file, read the contract back, and draw a window unseen.

    Raises CommandFailed with status 1 and one sentence at the first thing that is not as it should be.
    """
    try:
        with TemporaryDirectory() as temporary:
            played = play_main_job(Path(temporary), app.today())
        _check_figures(played)
        _check_contract(played)
        window = _check_window()
    except CommandFailed:
        raise
    except Exception as error:  # whatever a machine lacks, the answer is one sentence
        raise CommandFailed(
            _("The self-test failed: {kind} {reason}").format(kind=type(error).__name__, reason=quoted(str(error))),
            Exit.DIFFERS,
        ) from error
    say(_("The self-test passed: office file, loan, contract and password are as they should be."))
    say(window)
    return Exit.DONE


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


def _check_window() -> str:
    """Draw a window where nobody sees it; a machine without Qt's libraries can still use the command line."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from PySide6.QtWidgets import QApplication, QLabel
    except ImportError as error:
        return _("No window was drawn, because a part of the system is missing: {part}").format(part=quoted(str(error)))
    application = QApplication.instance() or QApplication(["mikrolaan"])
    label = QLabel("Mikrolaan")
    label.show()
    application.processEvents()
    drawn = not label.grab().isNull()
    label.close()
    if not drawn:
        raise _differs(_("no window can be drawn"))
    return _("A window was drawn.")


def _differs(what: str) -> CommandFailed:
    return CommandFailed(_("The self-test failed: {what}.").format(what=what), Exit.DIFFERS)
