"""The run of letters and notices: all as they would be sent today, then issued one by one, with progress and cancel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.follow_up import StepKind
from mikrolaan.domain.money import Money, total
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.arrears import ArrearsLine
from mikrolaan.services.default_notices import NoticeDue
from mikrolaan.services.letters import LettersSent, Previewed
from mikrolaan.services.session import Session
from mikrolaan.ui.arrears.arrears_words import step_word
from mikrolaan.ui.documents.paper_dialog import safe_file_name
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.task_runner import Cancelled, Progress, Task, TaskRunner, Work
from mikrolaan.ui.widgets.basics import button, label
from mikrolaan.ui.widgets.dialogs import Modal, ask_where_to_save, write_file
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.pdf_view import PdfView, ask_and_print
from mikrolaan.ui.widgets.progress import ProgressPanel

MOST_PROBLEMS_TOLD = 5


class LettersDialog(Modal):
    """Shows the letters first; nothing is issued, charged or noted before the officer says so.

    `lines` are letters to borrowers, `notices` those to persons who answer for a loan; either may be empty.
    """

    def __init__(
        self,
        parent: QWidget | None,
        session: Session,
        runner: TaskRunner,
        lines: Sequence[ArrearsLine],
        notices: Sequence[NoticeDue] = (),
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._lines = list(lines)
        self._notices = list(notices)
        self._numbers = {line.row.loan_id: line.row.number for line in lines}
        self._numbers |= {notice.to.loan_id: notice.loan_number for notice in notices}
        self._task: Task | None = None
        self.sent: LettersSent | None = None
        self._lacks_rates = False
        self.setModal(True)
        title = _("Letters due today") if lines else _("Notices to guarantors")
        self.setWindowTitle(title)
        room = self.screen().availableGeometry()
        self.resize(min(980, room.width() - 32), min(900, room.height() - 64))
        self.heading = label(title, "section", wraps=True)
        self.summary = label(self._summary(), "muted", wraps=True)
        self.send_button = button(self._send_word(), "primary")
        self.send_button.setEnabled(False)
        self.send_button.clicked.connect(self.send)
        self.close_button = button(_("&Close"))
        self.close_button.clicked.connect(self.reject)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self.summary)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addLayout(words, 1)
        head.addWidget(self.close_button)
        head.addWidget(self.send_button)
        self.warning = InlineMessage()  # about the letters; it stays while they are saved and printed
        self.message = InlineMessage()
        self.progress = ProgressPanel()
        self.pages = PdfView(None)
        self.pages.hide()
        self.pages.save_asked.connect(self._save)
        self.pages.print_asked.connect(self._print)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 24)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.warning)
        layout.addWidget(self.message)
        layout.addWidget(self.progress)
        layout.addWidget(self.pages, 1)
        layout.addStretch(0)

    # -- seeing

    @property
    def is_working(self) -> bool:
        """Whether something is under way."""
        return self._task is not None

    def preview(self) -> None:
        """Make every letter as a draft, beside the window."""
        lines, notices = self._lines, self._notices

        def work(progress: Progress, cancelled: Cancelled) -> object:
            return self._session.letters.preview(lines, progress, cancelled, notices)

        self._run(work, _("Making the letters to look at…"), self._show_preview)

    def _show_preview(self, made: object) -> None:
        assert isinstance(made, list)
        drafts = [draft for draft in made if isinstance(draft, Previewed)]
        good = [draft.content for draft in drafts if draft.content]
        self._lacks_rates = any(draft.lacks_rates for draft in drafts)
        self._warn_of([(draft.number, draft.problem) for draft in drafts if draft.problem is not None])
        self.pages.show_content(joined(good) if good else None)
        self.pages.setVisible(bool(good))
        self.send_button.setEnabled(bool(good))
        if good:
            self.send_button.setFocus()

    # -- sending

    def send(self) -> None:
        """Issue the letters, each with its fee and its note, in transactions of their own."""
        loan_ids = [line.row.loan_id for line in self._lines]
        people = [notice.to for notice in self._notices]
        self.send_button.setEnabled(False)

        def work(progress: Progress, cancelled: Cancelled) -> object:
            self.sent = self._session.letters.send(loan_ids, progress, cancelled, people)
            return self.sent

        self._run(work, _("Issuing the letters…"), self._show_sent)

    def _show_sent(self, run: object) -> None:
        assert isinstance(run, LettersSent)
        count = len(run.documents)
        self.send_button.hide()
        self.heading.setText(_("Letters issued"))
        told = ngettext(
            "{count} letter is issued and kept. Print it now, or later from the loan.",
            "{count} letters are issued and kept. Print them now, or later from each loan.",
            count,
        )
        self.summary.setText(told.format(count=current_language().number(count)))
        self.pages.show_content(joined([document.content for document in run.documents]) if count else None)
        self.pages.setVisible(bool(count))
        self._warn_of([(self._numbers[loan_id], error) for loan_id, error in run.problems])

    def _stopped(self) -> None:
        """After a cancel: what was issued stays issued, and is shown."""
        if self.sent is None:
            self.message.say(_("Stopped. Nothing was issued."), "primary")
            return
        self._show_sent(self.sent)
        self.message.say(
            _("Stopped. What was issued until then is kept; the rest is still due, and can be sent at any time."),
            "warn",
        )

    # -- what both share

    def _run(self, work: Work, what: str, done: Callable[[object], None]) -> None:
        self.message.say("")
        self._task = self._runner.submit(work)
        self._task.finished.connect(done)
        self._task.failed.connect(self._on_failed)
        self._task.ended.connect(self._on_ended)
        self.progress.follow(self._task, what)

    def _on_failed(self, error: object) -> None:
        if isinstance(error, MikrolaanError):
            self.message.say(sentence_for(error), "bad")

    def _on_ended(self) -> None:
        cancelled = self._task is not None and self._task.is_cancelled
        self._task = None
        if cancelled:
            self._stopped()

    def _warn_of(self, problems: Sequence[tuple[int, MikrolaanError]]) -> None:
        """Say which letters were left out and why, and that a rate is missing where one is."""
        told = []
        if self._lacks_rates:
            told.append(
                _(
                    "The rate of late interest is not known for all days, so that the letters ask for too little. "
                    "An administrator can enter it under Settings, Rates and fees."
                )
            )
        if problems:
            count = len(problems)
            left_out = ngettext("{count} letter was left out.", "{count} letters were left out.", count)
            told.append(left_out.format(count=current_language().number(count)))
        told += [
            _("Loan {number}: {reason}").format(number=number, reason=sentence_for(error))
            for number, error in problems[:MOST_PROBLEMS_TOLD]
        ]
        self.warning.say("\n".join(told), "warn")

    def _summary(self) -> str:
        """How many letters of each kind, and what they cost the borrowers; of the notices of one loan, to whom."""
        speaks = current_language()
        notices = self._notices
        if len(self._numbers) == 1 and not self._lines:
            names = ", ".join(notice.name for notice in notices)
            last = min(notice.due_on for notice in notices)
            return _("To {names}, due by {date} at the latest").format(names=names, date=speaks.date(last))
        kinds = [kind for kind in StepKind if kind.is_letter]
        of_kind = {kind: [line for line in self._lines if line.next and line.next.step.kind is kind] for kind in kinds}
        parts = [
            _("{step}: {count}").format(step=step_word(kind), count=speaks.number(len(lines)))
            for kind, lines in of_kind.items()
            if lines
        ]
        if notices:
            parts.append(_("Notices to guarantors: {count}").format(count=speaks.number(len(notices))))
        fees = [line.fee for line in self._lines if line.fee is not None]
        if fees:
            parts.append(_("fees in all {amount}").format(amount=speaks.money(_sum(fees))))
        return " · ".join(parts)

    def _send_word(self) -> str:
        count = len(self._lines) + len(self._notices)
        told = ngettext("&Issue {count} letter", "&Issue {count} letters", count)
        return told.format(count=current_language().number(count))

    def _save(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = Path(folder) / f"{safe_file_name(self.heading.text())}.pdf"
        target = ask_where_to_save(self, _("Save as PDF"), proposed, _("PDF document"), ".pdf")
        if target is None or not self.pages.content:
            return
        if write_file(target, self.pages.content):
            told = _("Saved as {name}. This copy is not encrypted; keep it safe.").format(name=target.name)
            self.message.say(told, "good")
        else:
            told = _("The PDF could not be written there. Choose another folder, or make room on the disk.")
            self.message.say(told, "bad")

    def _print(self) -> None:
        if self.pages.content and ask_and_print(self.pages.content, self.heading.text(), self):
            self.message.say(_("Sent to the printer."), "good")

    def reject(self) -> None:
        """Close; work under way stops at its next letter first, so that what was issued is told."""
        if self._task is not None:
            self._task.cancel()
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._task is not None:
            self._task.cancel()
            event.ignore()
            return
        super().closeEvent(event)


def joined(documents: Sequence[bytes]) -> bytes:
    """All pages of these PDFs in one, in their order."""
    from pypdfium2 import PdfDocument

    written = BytesIO()
    with PdfDocument.new() as whole:
        for content in documents:
            with PdfDocument(content) as part:
                whole.import_pages(part)
        whole.save(written)
    return written.getvalue()


def _sum(fees: Sequence[Money]) -> Money:
    return total(list(fees), fees[0].currency)
