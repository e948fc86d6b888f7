"""Bank files among the payments: choose one, see every line, save, and reverse a whole import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout

from mikrolaan.domain.bank_file import BankFile, BankFileRefused, BankFormat, Cancelled, Progress
from mikrolaan.domain.bank_import import BankImport, LineRefused, LineTaken, PaidMeanwhile
from mikrolaan.domain.csv_guide import CsvGuide, CsvSample
from mikrolaan.domain.office import Role
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.bank_import import BankFileReader, BankReview
from mikrolaan.services.bank_matching import LineState
from mikrolaan.services.session import Session
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.payments.bank_guide_dialog import BankGuideDialog
from mikrolaan.ui.payments.bank_review import BankReviewView
from mikrolaan.ui.payments.bank_start import BankStart
from mikrolaan.ui.payments.work_tab import WorkTab
from mikrolaan.ui.task_runner import Task, TaskRunner, Work
from mikrolaan.ui.widgets.basics import make_action
from mikrolaan.ui.widgets.dialogs import ReasonDialog, ask_what_to_open
from mikrolaan.ui.widgets.progress import ProgressPanel

SAMPLE_BYTES = 20_000  # of a list, for trying out its columns


@dataclass(frozen=True, slots=True)
class Opened:
    """What reading gave: the lines, or a list whose columns nobody has told yet or told otherwise."""

    name: str
    content: bytes
    sample: CsvSample | None
    review: BankReview | None
    refused: BankFileRefused | None = None  # of a list that is not as the office explained those of its headings


@dataclass(frozen=True, slots=True)
class Kept:
    """What must not be lost when the tab is made anew: the file with its decisions, and work beside the window."""

    opened: Opened | None
    accepted: dict[int, UUID]
    state_shown: LineState | None
    place: int | None
    task: Task | None
    what: Callable[[], str]
    looks_again: bool


class BankTab(WorkTab):
    """One file at a time; reading, saving and reversing run beside the window."""

    key = "bank"

    def __init__(self, session: Session, runner: TaskRunner, reader: BankFileReader) -> None:
        super().__init__()
        self._session, self._runner, self._reader = session, runner, reader
        self._folder = Path.home()
        self._opened: Opened | None = None
        self.task: Task | None = None
        self._what: Callable[[], str] = str
        self._looks_again = False
        self.guide_dialog: BankGuideDialog | None = None
        self.may_change = bool({Role.BOOKKEEPER, Role.ADVISER, Role.ADMINISTRATOR} & session.officer.roles)
        self.choose_act = make_action(
            self, _("&Choose a file…"), self.choose, shortcut="Ctrl+O", tip=_("Read a file from the bank")
        )
        self.reverse_act = make_action(
            self,
            _("Reverse whole import…"),
            self.reverse,
            tip=_("Reverse every payment that came by the chosen file"),
            icon_name="arrow-counter-clockwise",
        )
        self.start = BankStart(session.bank_imports, self.choose_act, self.reverse_act, may_change=self.may_change)
        self.start.zone.path_dropped.connect(self.read)
        self.review = BankReviewView(session)
        self.review.closed.connect(self.show_start)
        self.review.save_asked.connect(self.save)
        self.review.columns_asked.connect(self._ask_columns_again)
        self.progress = ProgressPanel()
        self.views = QStackedWidget()
        self.views.addWidget(self.start)
        self.views.addWidget(self.review)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.progress)
        layout.addWidget(self.views, 1)
        self.show_start()

    def title(self) -> str:
        return _("Bank files")

    def opened(self, record_id: UUID | None) -> None:
        self.refresh()

    def refresh(self) -> None:
        if self.views.currentWidget() is self.start:
            self.start.reload()
            self._show_acts()

    def kept(self) -> object | None:
        if self._opened is None and self.task is None:
            return None
        review = self.review
        return Kept(
            self._opened,
            dict(review.accepted),
            review.filter.given(),
            review.place,
            self.task,
            self._what,
            self._looks_again,
        )

    def restore(self, kept: object) -> None:
        if not isinstance(kept, Kept):
            return
        if kept.opened is not None and kept.opened.review is not None:
            self._opened = kept.opened
            self._show_review(kept.opened.review, kept.accepted)
            self.review.show_again(kept.state_shown, kept.place)
        if kept.task is not None and not kept.task.is_over:
            self._follow(kept.task, kept.what, looks_again=kept.looks_again)
        elif kept.task is not None:
            self._look_again()  # it ended while nobody looked

    def show_start(self) -> None:
        """Let go of the file, and show what was imported before."""
        self._opened = None
        self.review.review = None
        self.views.setCurrentWidget(self.start)
        self.first_focus = self.start.zone.button
        self.start.reload()
        self._show_acts()

    def _show_acts(self) -> None:
        is_start = self.views.currentWidget() is self.start
        self.choose_act.setEnabled(is_start and self.may_change and self.task is None)
        self.start.zone.setAcceptDrops(self.choose_act.isEnabled())
        if self.task is not None:
            self.reverse_act.setEnabled(False)
        for act in self.review.acts():
            act.setEnabled(not is_start and self.task is None)
        if self.review.review is not None and not self.review.accepted:
            self.review.save_act.setEnabled(False)

    # -- reading

    def choose(self) -> None:
        """Ask for a file and read it."""
        path = ask_what_to_open(self, _("Choose a file from the bank"), self._folder, _("Bank files"), "")
        if path is not None:
            self._folder = path.parent
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a file and show its lines; a list that is new is asked about first."""

        def work(progress: Progress, cancelled: Cancelled) -> Opened:
            content = self._reader.load(path)
            sample, guide = None, None
            if self._reader.format_of(content) is BankFormat.CSV:
                sample = self._reader.sample(content)
                guide = self._session.bank_imports.guide_for(sample)
                if guide is None:
                    return Opened(path.name, content, sample, None)
            opened = Opened(path.name, content, sample, None)
            try:
                return self._reviewed(opened, guide, progress, cancelled)
            except BankFileRefused as error:
                if sample is None:
                    raise
                return replace(opened, refused=error)

        self.start.message.say("")
        self._run(work, lambda: _("Reading {name}…").format(name=path.name))

    def _read_by(self, opened: Opened, guide: CsvGuide) -> None:
        def work(progress: Progress, cancelled: Cancelled) -> Opened:
            read = self._reviewed(opened, guide, progress, cancelled)
            if opened.sample is not None and read.review is not None:
                self._session.bank_imports.keep_guide(opened.sample, guide)
            return read

        self._run(work, lambda: _("Reading {name}…").format(name=opened.name))

    def _reviewed(self, opened: Opened, guide: CsvGuide | None, progress: Progress, cancelled: Cancelled) -> Opened:
        service = self._session.bank_imports
        file = self._reader.read(opened.content, guide, service.currency.value, progress, cancelled)
        review = service.review(file, opened.name) if file is not None else None
        return Opened(opened.name, opened.content if opened.sample else b"", opened.sample, review)

    def _on_read(self, opened: object) -> None:
        assert isinstance(opened, Opened)  # what the work returns
        if opened.review is not None:
            self._opened = opened
            self._show_review(opened.review)
        elif opened.refused is not None:  # the bank may write days or amounts in another way than before
            self.start.message.say(sentence_for(opened.refused), "bad")
            self.start.message.offer(self.review.columns_act.text(), lambda: self._explain_anew(opened))
        elif opened.sample is not None:
            self._ask_columns(opened, None)

    def _show_review(self, review: BankReview, accepted: dict[int, UUID] | None = None) -> None:
        self.views.setCurrentWidget(self.review)
        self.review.show_review(review, accepted)
        self.first_focus = self.review.table
        self._show_acts()

    def _ask_columns_again(self) -> None:
        if self._opened is not None:
            self._explain_anew(self._opened)

    def _explain_anew(self, opened: Opened) -> None:
        sample = opened.sample
        if self.task is not None or sample is None:
            return
        guide = self._session.bank_imports.guide_for(sample)
        if guide is not None and opened.refused is not None and sample.guide is not None:
            seems = (
                sample.guide
            )  # the columns are as they were; how days and amounts are written seems to be another way
            guide = replace(guide, date_form=seems.date_form, decimal_sign=seems.decimal_sign)
        self._ask_columns(opened, guide)

    def _ask_columns(self, opened: Opened, guide: CsvGuide | None) -> None:
        assert opened.sample is not None  # only lists have columns
        beginning = _beginning(opened.content, opened.sample.encoding)
        currency = self._session.bank_imports.currency.value

        def try_out(tried: CsvGuide) -> BankFile | None:
            return self._reader.read(beginning, tried, currency, lambda _done, _total: None, lambda: False)

        self.guide_dialog = dialog = BankGuideDialog(self, opened.sample, guide, try_out)
        dialog.finished.connect(lambda result: self._on_columns(opened, dialog, result))
        dialog.open()

    def _on_columns(self, opened: Opened, dialog: BankGuideDialog, result: int) -> None:
        if result == QDialog.DialogCode.Accepted and dialog.guide is not None:
            self._read_by(opened, dialog.guide)
        dialog.deleteLater()
        self.guide_dialog = None

    # -- saving and reversing

    def save(self) -> None:
        """Make payments of the accepted lines, all or none."""
        review, accepted = self.review.review, dict(self.review.accepted)
        if review is None or not accepted or self.task is not None:
            return
        service = self._session.bank_imports
        self._run(
            lambda progress, cancelled: service.save(review, accepted, progress, cancelled),
            lambda: _("Saving payments…"),
            looks_again=True,
        )

    def reverse(self) -> None:
        """Ask why, and reverse every payment of the chosen import that still counts."""
        chosen = self.start.chosen
        if chosen is None or chosen.is_reversed:
            return
        text = ngettext(
            "{count} payment of {amount} came by the file {name}. It is reversed with your reason, and stays visible.",
            "{count} payments of {amount} came by the file {name}. All are reversed with your reason, and stay visible.",
            chosen.accepted,
        ).format(
            count=current_language().number(chosen.accepted),
            amount=current_language().money(chosen.accepted_total),
            name=chosen.file_name,
        )
        reason = ReasonDialog.ask(self, _("Reverse the whole import"), text, _("Reverse"))
        if reason is not None:
            service = self._session.bank_imports
            self._run(
                lambda progress, cancelled: service.reverse(
                    chosen.id, reason=reason, progress=progress, cancelled=cancelled
                ),
                lambda: _("Reversing the import…"),
            )

    def _on_done(self, done: BankImport) -> None:
        self.show_start()
        told = {"amount": current_language().money(done.accepted_total), "name": done.file_name}
        count = current_language().number(done.accepted)
        if done.reversed is not None:
            sentence = _("The import of {name} is reversed.").format(**told)
        else:
            sentence = ngettext(
                "{count} payment of {amount} saved from {name}.",
                "{count} payments of {amount} saved from {name}.",
                done.accepted,
            ).format(count=count, **told)
        self.start.message.say(sentence, "good")

    def _look_again(self) -> None:
        """After a cancel that may have come too late: show what the lines are now."""
        review, opened = self.review.review, self._opened
        if review is not None and opened is not None:
            service = self._session.bank_imports
            self._run(
                lambda _progress, _cancelled: replace(opened, review=service.review(review.file, review.file_name)),
                lambda: _("Looking at the lines again…"),
            )

    # -- work beside the window

    def _run(self, work: Work, what: Callable[[], str], *, looks_again: bool = False) -> None:
        """`looks_again`: after a cancel, which may come too late."""
        if self.task is None:
            self._follow(self._runner.submit(work), what, looks_again=looks_again)

    def _follow(self, task: Task, what: Callable[[], str], *, looks_again: bool) -> None:
        self.task, self._what, self._looks_again = task, what, looks_again
        task.finished.connect(self._on_finished)
        task.failed.connect(self._on_failed)
        task.ended.connect(self._on_ended)  # a method of the tab, which Qt lets go of when the tab is gone
        self.progress.follow(task, what())
        self._show_acts()

    def _on_finished(self, result: object) -> None:
        self.task = None
        if isinstance(result, BankImport):
            self._on_done(result)
        elif isinstance(result, Opened):
            self._on_read(result)

    def _on_failed(self, error: Exception) -> None:
        self.task = None
        shown = self.review.message if self.views.currentWidget() is self.review else self.start.message
        shown.say(sentence_for(error), "bad")
        if isinstance(error, LineTaken | PaidMeanwhile | LineRefused) and self.review.review is not None:
            self.review.select(error.place)

    def _on_ended(self) -> None:
        cancelled, self.task = self.task, None  # of work that came to its end, the answer has taken it away already
        if cancelled is not None and self._looks_again:
            self._look_again()
        self._show_acts()
        if self.views.currentWidget() is self.start:
            self.start.show_act()


def _beginning(content: bytes, encoding: str) -> bytes:
    """The first whole lines of a list, in whatever letters and with whatever ends of lines it is written."""
    if len(content) <= SAMPLE_BYTES:
        return content
    text = content[:SAMPLE_BYTES].decode(encoding, errors="ignore")
    return text[: max(text.rfind("\n"), text.rfind("\r")) + 1].encode(encoding)
