"""The words of arrears: ages, steps, why a step waits, contacts and promises."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mikrolaan.domain.arrears import Age
from mikrolaan.domain.dunning import CountedFrom, NextStep, WaitsFor
from mikrolaan.domain.follow_up import ContactKind, Promise, PromiseState, StepKind
from mikrolaan.i18n import _, current_language, ngettext, pgettext
from mikrolaan.services.arrears import ArrearsLine
from mikrolaan.services.arrears_rows import LogKind, LogLine
from mikrolaan.ui.widgets.cards import State


def age_word(age: Age | None) -> str:
    """How old arrears are; None is all of them."""
    if age is None:
        return _("All")
    return {
        Age.TO_30: _("1–30 days"),
        Age.TO_60: _("31–60 days"),
        Age.TO_90: _("61–90 days"),
        Age.OVER_90: _("More than 90 days"),
    }[age]


def age_state(age: Age) -> State:
    """The age with its icon, darker the older."""
    icon, tone = {
        Age.TO_30: ("clock", "warn"),
        Age.TO_60: ("warning-circle", "warn"),
        Age.TO_90: ("warning", "bad"),
        Age.OVER_90: ("warning", "bad"),
    }[age]
    return State(age_word(age), icon, tone)


def step_word(kind: StepKind) -> str:
    """What the office does."""
    return {
        StepKind.CALL: _("Friendly call"),
        StepKind.REMINDER: _("Reminder"),
        StepKind.NOTICE: _("Notice of debt collection"),
        StepKind.DEMAND: _("Demand for payment"),
        StepKind.HANDING_OVER: _("Handing over"),
    }[kind]


def step_act(kind: StepKind) -> str:
    """What the button says that takes the step."""
    return {
        StepKind.CALL: _("Record the call"),
        StepKind.REMINDER: _("Send the reminder"),
        StepKind.NOTICE: _("Send the notice"),
        StepKind.DEMAND: _("Send the demand"),
        StepKind.HANDING_OVER: _("Hand over"),
    }[kind]


def dunning_step_word(told: Mapping[str, Any]) -> str:
    """One of the office's steps, as the history keeps it."""
    when = when_word(int(told["days"]), CountedFrom(told["counted_from"]))
    return _("{step}: {when}").format(step=step_word(StepKind(told["kind"])), when=when)


def when_word(days: int, counted_from: CountedFrom) -> str:
    """How long after what a step comes."""
    counted = ngettext("{count} day", "{count} days", days).format(count=current_language().number(days))
    if counted_from is CountedFrom.DUE_DATE:
        return _("{days} after the due date").format(days=counted)
    return _("{days} after the step before").format(days=counted)


def next_word(line: ArrearsLine, today: date) -> str:
    """The next step of a row, with its day while it waits."""
    if line.next is None:
        return _("Every step is taken")
    word = step_word(line.next.step.kind)
    if line.next.is_open(today):
        return word
    if line.next.is_about_too_little:
        return _("{step}: below the smallest amount").format(step=word)
    return _("{step} from {date}").format(step=word, date=current_language().date(line.next.earliest_on))


def next_state(line: ArrearsLine, today: date) -> State:
    """The same with an icon: open, waiting, or nothing left."""
    word = next_word(line, today)
    if line.next is None:
        return State(word, "check", "muted")
    if not line.next.is_open(today):
        return State(word, "hourglass", "muted")
    icon = {StepKind.CALL: "phone", StepKind.HANDING_OVER: "scales"}.get(line.next.step.kind, "envelope")
    return State(word, icon, "primary")


def why_word(coming: NextStep | None, today: date) -> str:
    """One sentence on when the next step may be taken, and if not yet, why."""
    if coming is None:
        return _("Every step of the office has been taken on this loan.")
    if coming.is_open(today):
        return _("It may be taken today.")
    if coming.is_about_too_little:
        return _("Less is overdue than the office sends letters about.")
    day = current_language().date(coming.earliest_on)
    return {
        WaitsFor.OFFICE: _("It may be taken from {date}: the office lets so many days pass before it."),
        WaitsFor.DEADLINE: _("It may be taken from {date}, when the deadline of the letter before has passed."),
        WaitsFor.LAW: _("It may be taken from {date}: the law lets it cost the borrower only from then on."),
        WaitsFor.PROMISE: _("It may be taken from {date}, when the day of the promise has passed."),
    }[coming.waits_for].format(date=day)


def contact_word(kind: ContactKind) -> str:
    """How somebody spoke with the office."""
    return {
        ContactKind.CALL: pgettext("contact", "Call"),
        ContactKind.NO_ANSWER: pgettext("contact", "Call without answer"),
        ContactKind.MEETING: pgettext("contact", "Meeting"),
        ContactKind.MESSAGE: pgettext("contact", "Message"),
        ContactKind.EMAIL: pgettext("contact", "E-mail"),
        ContactKind.POST: pgettext("contact", "Letter by post"),
        ContactKind.GUARANTOR_NOTICE: pgettext("contact", "Notice to guarantors"),
    }[kind]


def promise_word(promise: Promise | None, state: PromiseState | None) -> str:
    """A promise in a cell: how much until when."""
    if promise is None:
        return "–"
    speaks = current_language()
    told = {"amount": speaks.amount(promise.amount), "date": speaks.date(promise.due_on)}
    if state is PromiseState.BROKEN:
        return _("{amount} by {date}, not kept").format(**told)
    if state is PromiseState.KEPT:
        return _("{amount} by {date}, kept").format(**told)
    return _("{amount} by {date}").format(**told)


def promise_short(promise: Promise | None) -> str:
    """The day of a promise, where there is little room; the icon beside it tells what became of it."""
    return "–" if promise is None else current_language().date(promise.due_on)


def promise_look(promise: Promise | None, state: PromiseState | None) -> State | None:
    """The same with an icon; None where nothing is promised."""
    if promise is None or state is None:
        return None
    icon, tone = {
        PromiseState.OPEN: ("hourglass", "primary"),
        PromiseState.KEPT: ("check-circle", "good"),
        PromiseState.BROKEN: ("x-circle", "bad"),
        PromiseState.TAKEN_BACK: ("x", "muted"),
    }[state]
    return State(promise_word(promise, state), icon, tone)


def log_word(line: LogLine) -> str:
    """What a line of the log is about."""
    speaks = current_language()
    if line.kind is LogKind.PROMISE and line.promise is not None:
        told = {"amount": speaks.money(line.promise.amount), "date": speaks.date(line.promise.due_on)}
        if line.promise.taken_back_on is not None:
            return _("Promise of {amount} by {date}, taken back").format(**told)
        return _("Promise of {amount} by {date}").format(**told)
    if line.kind is LogKind.STEP and line.step is not None:
        if line.deadline is None:
            return step_word(line.step)
        return _("{step}, to be paid by {date}").format(step=step_word(line.step), date=speaks.date(line.deadline))
    if line.kind is LogKind.NOTICE:
        return _("Notice of default")
    return contact_word(line.contact) if line.contact is not None else "–"


def log_state(line: LogLine) -> State:
    """The same with an icon."""
    word = log_word(line)
    if line.kind is LogKind.PROMISE:
        return State(word, "handshake", "primary")
    if line.kind is LogKind.STEP:
        return State(word, "phone" if line.step is StepKind.CALL else "envelope", "warn")
    if line.kind is LogKind.NOTICE:
        return State(word, "shield-check", "warn")
    icon = {
        ContactKind.CALL: "phone",
        ContactKind.NO_ANSWER: "phone",
        ContactKind.MEETING: "users",
        ContactKind.MESSAGE: "chats-circle",
        ContactKind.GUARANTOR_NOTICE: "shield-check",
    }.get(line.contact or ContactKind.CALL, "envelope")
    return State(word, icon, "muted")


def log_note(line: LogLine, *, on_one_line: bool = True) -> str:
    """Whom one spoke with and what was said."""
    note = " ".join(line.note.split()) if on_one_line else line.note
    return _("{who}: {note}").format(who=line.who, note=note) if line.who and note else line.who or note or "–"
