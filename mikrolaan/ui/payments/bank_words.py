"""Words of bank files: formats, states of lines, what a payment settles, and one sentence for everything that can be wrong."""

from __future__ import annotations

from mikrolaan.domain.bank_file import BankFileProblem, BankFileRefused, BankFormat, BankTrouble
from mikrolaan.domain.bank_import import ImportAlreadyReversed, LineRefused, LineTaken, NothingAccepted, PaidMeanwhile
from mikrolaan.i18n import _, current_language, ngettext, pgettext
from mikrolaan.services.bank_matching import LineState, ReviewedLine, Settles
from mikrolaan.ui.error_sentence import sentence_for
from mikrolaan.ui.widgets.cards import State

SHOWN_PROBLEMS = 3


def format_word(kind: BankFormat) -> str:
    """What the bank calls the format."""
    return {
        BankFormat.OCR_GIRO: _("OCR giro"),
        BankFormat.CAMT_053: _("camt.053 account statement"),
        BankFormat.CAMT_054: _("camt.054 credit notification"),
        BankFormat.BGMAX: _("BgMax"),
        BankFormat.CSV: _("List (CSV)"),
    }[kind]


def state_of(state: LineState) -> State:
    """The state of a line as word, icon and tone."""
    return {
        LineState.MATCHED: State(pgettext("bank line", "Matched"), "check-circle", "good"),
        LineState.SUGGESTED: State(pgettext("bank line", "Suggested"), "question", "primary"),
        LineState.UNMATCHED: State(pgettext("bank line", "No loan found"), "magnifying-glass", "warn"),
        LineState.ALREADY_IMPORTED: State(pgettext("bank line", "Imported before"), "clock-counter-clockwise", "muted"),
        LineState.REVERSED_BEFORE: State(pgettext("bank line", "Reversed before"), "arrow-counter-clockwise", "warn"),
        LineState.SEEMS_TAKEN: State(pgettext("bank line", "Seems paid"), "copy", "warn"),
        LineState.REPEATED: State(pgettext("bank line", "Twice in the file"), "copy", "warn"),
        LineState.WRONG_CURRENCY: State(pgettext("bank line", "Other currency"), "globe", "bad"),
        LineState.LOAN_NOT_OPEN: State(pgettext("bank line", "Not running"), "prohibit", "warn"),
        LineState.TAKEN_BACK: State(pgettext("bank line", "Taken back"), "arrow-counter-clockwise", "bad"),
        LineState.NOT_YET: State(pgettext("bank line", "Later than today"), "calendar-x", "warn"),
    }[state]


def state_sentence(reviewed: ReviewedLine) -> str:
    """What the state of a line means and what the officer can do."""
    paid_on = reviewed.known.on if reviewed.known is not None else reviewed.line.booked_on
    return {
        LineState.MATCHED: _("The payment reference is that of this loan."),
        LineState.SUGGESTED: _(
            "The amount and the payer, the message, or a reference with fewer or more zeros before it point to this loan. "
            "Accept it if you agree."
        ),
        LineState.UNMATCHED: _("No loan has this reference. Choose the loan, or leave the line out.")
        if reviewed.line.reference
        else _("Without a reference, the line could be for any loan. Choose the loan, or leave the line out."),
        LineState.ALREADY_IMPORTED: _("This line became a payment by an earlier import, and is not taken again."),
        LineState.REVERSED_BEFORE: _(
            "This line was imported, and its payment reversed on the loan. Accept it only if it is to count again."
        ),
        LineState.SEEMS_TAKEN: _(
            "The loan has a payment of this amount for {date} already. Accept this one only if there were two."
        ).format(date=current_language().date(paid_on)),
        LineState.REPEATED: _(
            "A line above is the same in everything, also in what the bank calls it. Accept this one only if there were two payments."
        ),
        LineState.WRONG_CURRENCY: _("The amount is in another currency than the loan, so it cannot be saved here."),
        LineState.LOAN_NOT_OPEN: _(
            "The loan was repaid, closed or not paid out on that day. Choose another loan, or leave the line out."
        ),
        LineState.TAKEN_BACK: _(
            "The bank took this money back. Find the payment on the loan and reverse it; nothing is saved here."
        ),
        LineState.NOT_YET: _("The day has not come yet. Import the file again on that day."),
    }[reviewed.state]


def settles_word(settled: Settles) -> str:
    """What the payment is against what is due, in few words."""
    return {
        Settles.WHAT_IS_DUE: pgettext("settles", "What is due"),
        Settles.PART_OF_DUE: pgettext("settles", "Part of what is due"),
        Settles.MORE_THAN_DUE: pgettext("settles", "More than is due"),
        Settles.NEXT_INSTALMENT: pgettext("settles", "Next instalment"),
        Settles.AHEAD: pgettext("settles", "Paid ahead"),
        Settles.NOTHING: pgettext("settles", "Kept as credit"),
    }[settled]


def trouble_sentence(problem: BankFileProblem) -> str:
    """What is wrong at one place of a file, with the place."""
    what = _what(problem)
    if problem.line and problem.field:
        return _("Line {line}, {field}: {what}").format(
            line=current_language().number(problem.line), field=problem.field, what=what
        )
    if problem.line:
        return _("Line {line}: {what}").format(line=current_language().number(problem.line), what=what)
    return what[:1].upper() + what[1:]


def _what(problem: BankFileProblem) -> str:
    told = {
        BankTrouble.UNREADABLE: _("The file cannot be read. See that its disk is connected and that you may open it."),
        BankTrouble.EMPTY: _("The file is empty. Fetch it from the bank again."),
        BankTrouble.TOO_LARGE: _(
            "The file is larger than 50 MB, far more than payments need. Fetch a shorter period from the bank."
        ),
        BankTrouble.NOT_TEXT: _(
            "this is not text. Choose the file as the bank gave it, not a picture, PDF or archive."
        ),
        BankTrouble.UNKNOWN_FORMAT: _(
            "The program does not know this kind of file. It reads OCR giro, camt.053, camt.054, BgMax and CSV."
        ),
        BankTrouble.WRONG_ENCODING: _("there are signs that cannot be read. Fetch the file again, without opening it."),
        BankTrouble.CUT_OFF: _("the rest of the file is missing. Fetch it from the bank again."),
        BankTrouble.WRONG_LENGTH: _("the line is not as long as it must be."),
        BankTrouble.UNEXPECTED: _("“{found}” does not belong here; expected {expected}."),
        BankTrouble.MISSING: _("something that must be here is missing."),
        BankTrouble.NOT_A_NUMBER: _("“{found}” is not a number."),
        BankTrouble.NOT_A_DATE: _("“{found}” is not a date."),
        BankTrouble.WRONG_SUM: _("the file says {found}, its lines add up to {expected}."),
        BankTrouble.WRONG_COUNT: _("the file says {found}, but there are {expected}."),
        BankTrouble.NOT_XML: _("the file is damaged here. Fetch it from the bank again."),
        BankTrouble.FORBIDDEN_XML: _("there are declarations that no bank writes and that can do harm."),
        BankTrouble.TOO_DEEP: _("the elements lie deeper in each other than any bank writes."),
        BankTrouble.TOO_MANY: _("there is more here than any bank writes."),
        BankTrouble.NO_LINES: _("No payment is in this file."),
    }[problem.trouble]
    if problem.trouble is BankTrouble.UNEXPECTED and not problem.expected:
        return _("“{found}” does not belong here.").format(found=problem.found)
    return told.format(found=problem.found, expected=problem.expected)


def refused(error: BankFileRefused) -> str:
    """The first problems of a file, and that nothing of it was used."""
    shown = [trouble_sentence(problem) for problem in error.problems[:SHOWN_PROBLEMS]]
    more = len(error.problems) - len(shown)
    if more:
        shown.append(ngettext("{count} more problem.", "{count} more problems.", more).format(count=more))
    return "\n".join([_("Nothing was imported: the file is not as it should be."), *shown])


def already_reversed(error: ImportAlreadyReversed) -> str:
    """The import was reversed before."""
    return _("This import is reversed already. Press F5 to see the list as it is now.")


def nothing_accepted(error: NothingAccepted) -> str:
    """Nothing to save."""
    return _("No line is accepted, so there is nothing to save. Accept at least one.")


def line_taken(error: LineTaken) -> str:
    """A line became a payment meanwhile."""
    return _("Line {line} has become a payment meanwhile, so nothing was saved. Read the file again.").format(
        line=current_language().number(error.line)
    )


def paid_meanwhile(error: PaidMeanwhile) -> str:
    """A payment like that of the line was taken after the file was read."""
    return _(
        "Line {line}: since the file was read, loan {loan} got a payment of this amount for {date}. Nothing was saved. "
        "Leave the line out, or read the file again."
    ).format(
        line=current_language().number(error.line),
        loan=error.loan_number,
        date=current_language().date(error.paid_on),
    )


def line_refused(error: LineRefused) -> str:
    """One line cannot be a payment on its loan."""
    return _("Line {line}, loan {loan}: {reason} Nothing was saved.").format(
        line=current_language().number(error.line), loan=error.loan_number, reason=sentence_for(error.reason)
    )
