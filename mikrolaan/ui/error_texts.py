"""One sentence for every foreseen error: what is wrong and what to do, in the officer's language.

An error class gets its sentence by a function marked `@sentence(ErrorClass)` below; a test sees that none is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from math import ceil
from typing import TypeVar

from mikrolaan.domain.bank_file import BankFileRefused
from mikrolaan.domain.bank_import import ImportAlreadyReversed, LineRefused, LineTaken, NothingAccepted, PaidMeanwhile
from mikrolaan.domain.document import DocumentAltered
from mikrolaan.domain.errors import (
    ConflictError,
    CurrencyMismatch,
    InvalidValue,
    Limit,
    MikrolaanError,
    NotFound,
    OfficeFileError,
    Problem,
    RuleError,
)
from mikrolaan.domain.follow_up import PromiseOver
from mikrolaan.domain.group import AlreadyMember, GroupNeedsOneLeader, GroupSize, NotMember
from mikrolaan.domain.guarantor import (
    ContractOutOfDate,
    GuaranteeNotOnPaper,
    GuaranteeNotSigned,
    GuaranteeSigned,
    GuaranteesOwnLoan,
    GuaranteesTwice,
    GuarantorNotReleased,
    GuarantorReleased,
)
from mikrolaan.domain.journal import AlreadyReversed, EntryRefused, EntryUnknown
from mikrolaan.domain.law_tables import LawPeriodTaken
from mikrolaan.domain.ledger import ClosedAlready
from mikrolaan.domain.ledger_accounts import AccountShared
from mikrolaan.domain.loan import (
    DueBeforePayout,
    LaterEntryRests,
    PaymentBeforePayout,
    PayoutHasPayments,
    Step,
    StepNotOpen,
)
from mikrolaan.domain.payment_reference import ReferenceTaken, ReferenceTooShort
from mikrolaan.domain.product import ProductNameTaken, RepaymentNotAllowed
from mikrolaan.domain.terms import AgreedAmountsOff, SeasonTakesAll
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.arrears import StepWaits, TooLittleForLetter
from mikrolaan.services.borrowers import IdentityNumberTaken
from mikrolaan.services.default_notices import NoNoticeDue
from mikrolaan.services.desk import NotAllowed
from mikrolaan.services.file_errors import (
    DiskFull,
    FileDamaged,
    FileExists,
    FileFromNewerVersion,
    FileInUse,
    FileMissing,
    FileReadOnly,
    WrongPassword,
    WrongRecoveryKey,
)
from mikrolaan.services.loan_life import RateRaisedTooSoon
from mikrolaan.services.new_terms import DueDayFixed, NothingOutstanding, SettleFirst
from mikrolaan.services.payments import SeemsTooMuch
from mikrolaan.services.taking_payments import GroupPaymentRefused, LoanWrittenOff, UnusualPayment
from mikrolaan.ui.loans import error_words as of_loans
from mikrolaan.ui.loans import guarantor_errors as of_guarantors
from mikrolaan.ui.payments import bank_words as of_bank_files
from mikrolaan.ui.payments import payment_words as of_payments
from mikrolaan.ui.reports import ledger_errors as of_ledger
from mikrolaan.ui.start.password_rules import PasswordsDiffer, WeakPassword

E = TypeVar("E", bound=MikrolaanError)
_sentences: dict[type[MikrolaanError], Callable[..., str]] = {}


def sentence(error_class: type[E]) -> Callable[[Callable[[E], str]], Callable[[E], str]]:
    """Mark the function that words an error class."""

    def remember(words: Callable[[E], str]) -> Callable[[E], str]:
        _sentences[error_class] = words
        return words

    return remember


def has_sentence(error_class: type[MikrolaanError]) -> bool:
    """Whether this class has words of its own, not only its parent's."""
    return error_class in _sentences


def sentence_for(error: BaseException) -> str:
    """What the officer reads; an error that nobody foresaw gets a sentence without details."""
    for error_class in type(error).__mro__:
        if error_class in _sentences:
            return _sentences[error_class](error)
    return _("Something went wrong inside the program. Nothing was saved; please try again.")


@sentence(MikrolaanError)
def _any(error: MikrolaanError) -> str:
    return _("This could not be done. Nothing was changed.")


@sentence(RuleError)
def _rule(error: RuleError) -> str:
    return _("The lender's rules do not allow this. Nothing was changed.")


@sentence(ConflictError)
def _conflict(error: ConflictError) -> str:
    return _("Somebody else changed this meanwhile. Press F5 to see it as it is now, then make your change again.")


@sentence(OfficeFileError)
def _office_file(error: OfficeFileError) -> str:
    return _("The office file could not be used. Check that the disk is connected and has room, then try again.")


@sentence(NotFound)
def _not_found(error: NotFound) -> str:
    return _("This record is not in the office file. Go back to the list and press F5.")


@sentence(CurrencyMismatch)
def _currency(error: CurrencyMismatch) -> str:
    return _("{first} and {second} cannot be counted together. Use one currency.").format(
        first=error.first, second=error.second
    )


@sentence(InvalidValue)
def _invalid(error: InvalidValue) -> str:
    if error.field == "identity_number" and error.problem is Problem.NOT_A_DATE:
        return _("No birth date is in this number. Look for a mistyped digit.")
    return problem_sentence(error.problem, error.limit)


@sentence(SeasonTakesAll)
def _season_takes_all(error: SeasonTakesAll) -> str:
    return _("No instalment is left that repays the loan. Leave out fewer months.")


@sentence(AgreedAmountsOff)
def _agreed_amounts_off(error: AgreedAmountsOff) -> str:
    left = error.left
    if left is None:
        return _invalid(error)
    speaks = current_language()
    if left.minor > 0:
        return _("The agreed amounts leave {left} of the loan unpaid.").format(left=speaks.money(left))
    return _("The agreed amounts repay {amount} more than the loan.").format(amount=speaks.money(-left))


def problem_sentence(problem: Problem, limit: Limit = None) -> str:
    """What is wrong with one typed value; the limit is written as the officer's language writes it."""
    told = _limit_text(limit)
    if limit is None:
        return _without_limit().get(problem) or _plain_texts()[problem]
    if problem is Problem.TOO_MANY_DECIMALS and limit == 0:
        return _("Write a whole number.")
    return _plain_texts()[problem].format(limit=told)


def _plain_texts() -> dict[Problem, str]:
    return {
        Problem.MISSING: _("Fill this in."),
        Problem.NOT_A_NUMBER: _("Write a number with digits only."),
        Problem.NOT_A_DATE: _("Write a date as day, month and year."),
        Problem.NO_SUCH_DAY: _("The calendar has no such day. Look at the day, the month and the year."),
        Problem.AMBIGUOUS: _("This can be read in two ways. Write it without a thousands sign, or with two decimals."),
        Problem.TOO_SMALL: _("The smallest allowed is {limit}."),
        Problem.TOO_LARGE: _("The largest allowed is {limit}."),
        Problem.TOO_EARLY: _("The earliest allowed date is {limit}."),
        Problem.TOO_LATE: _("The latest allowed date is {limit}."),
        Problem.TOO_LONG: _("This is too long. There is room for {limit} characters."),
        Problem.TOO_MANY_DECIMALS: _("There are too many decimals. Use at most {limit}."),
        Problem.UNKNOWN_CHOICE: _("Choose one of these: {limit}."),
        Problem.UNKNOWN_FIELD: _("The program does not know a field of this name. Check how it is written."),
        Problem.NOT_TOGETHER: _("This cannot be given together with {limit}. Leave one of them empty."),
        Problem.MALFORMED: _("This is not written as expected. Check it against the example."),
        Problem.WRONG_CHECK_DIGIT: _("The check digits do not match. Look for a mistyped digit."),
        Problem.DOES_NOT_REPAY: _("With these terms the loan is never repaid. Raise the instalment or the term."),
    }


def _without_limit() -> dict[Problem, str]:
    return {
        Problem.TOO_SMALL: _("This is too small. Write a larger value."),
        Problem.TOO_LARGE: _("This is too large. Write a smaller value."),
        Problem.TOO_EARLY: _("This date is too early. Choose a later one."),
        Problem.TOO_LATE: _("This date is too late. Choose an earlier one."),
        Problem.TOO_LONG: _("This is too long. Shorten it."),
        Problem.TOO_MANY_DECIMALS: _("There are too many decimals. Use fewer."),
        Problem.UNKNOWN_CHOICE: _("Choose one of the choices offered."),
        Problem.NOT_TOGETHER: _("This cannot be given together with another field. Leave one of them empty."),
    }


def _limit_text(limit: Limit) -> str:
    if isinstance(limit, date):
        return current_language().date(limit)
    if isinstance(limit, (int, Decimal)):
        return current_language().number(limit)
    return "" if limit is None else str(limit)


# -- signing in


@sentence(WrongPassword)
def _wrong_password(error: WrongPassword) -> str:
    seconds = ceil(error.wait_seconds)
    if seconds <= 0:
        return _("This is not the password. Look at Caps Lock and try again.")
    return ngettext(
        "This is not the password. You can try again in {seconds} second.",
        "This is not the password. You can try again in {seconds} seconds.",
        seconds,
    ).format(seconds=current_language().number(seconds))


@sentence(WrongRecoveryKey)
def _wrong_recovery_key(error: WrongRecoveryKey) -> str:
    if error.mistyped:
        return _("Something in the key is mistyped. Compare it with the paper, group by group.")
    return _("This key belongs to another office file. Look for the paper with this office's name.")


@sentence(WeakPassword)
def _weak_password(error: WeakPassword) -> str:
    if error.least_characters is not None:
        return _("The password is too short. Use at least {count} characters.").format(count=error.least_characters)
    return _("This password is too easy to guess. Three or four words together are strong and easy to remember.")


@sentence(PasswordsDiffer)
def _passwords_differ(error: PasswordsDiffer) -> str:
    return _("The two passwords are not the same. Type the password again.")


@sentence(NotAllowed)
def _not_allowed(error: NotAllowed) -> str:
    return _("Your role does not allow this. Ask someone who has that role, or an administrator.")


# -- the office file


@sentence(FileInUse)
def _file_in_use(error: FileInUse) -> str:
    return _("The office file is open in another window or on another machine. Close it there, then try again.")


@sentence(FileFromNewerVersion)
def _file_newer(error: FileFromNewerVersion) -> str:
    return _(
        "The office file was last used with a newer Mikrolaan. Install the newest version here, then open it again."
    )


@sentence(FileDamaged)
def _file_damaged(error: FileDamaged) -> str:
    return _(
        "The office file cannot be read: it is damaged, or it is not an office file. Leave it where it is and open the "
        "newest backup instead."
    )


@sentence(FileMissing)
def _file_missing(error: FileMissing) -> str:
    if error.keys:
        return _(
            "The key file that belongs beside the office file is missing, so no password can open it. Put it back from "
            "a backup, or use the recovery key."
        )
    return _("There is no office file in this place. Connect the disk it lies on, or look for it in another folder.")


@sentence(FileExists)
def _file_exists(error: FileExists) -> str:
    return _("There is a file of this name already, and nothing is overwritten. Choose another name or folder.")


@sentence(FileReadOnly)
def _file_read_only(error: FileReadOnly) -> str:
    return _(
        "The office file or its folder may not be written to. Ask for the right to write there, or move the file and its "
        "key file to a folder of your own."
    )


@sentence(DiskFull)
def _disk_full(error: DiskFull) -> str:
    return _("The disk is full. What was saved before is safe. Make room on the disk, then try again.")


@sentence(DocumentAltered)
def _document_altered(error: DocumentAltered) -> str:
    return _(
        "The pages of document {number} are not those that were issued. Do not use them; open a backup and compare."
    ).format(number=error.number)


# -- products


@sentence(RepaymentNotAllowed)
def _repayment_not_allowed(error: RepaymentNotAllowed) -> str:
    from mikrolaan.ui.words import repayment_word  # it uses widgets, which use this module

    forms = ", ".join(repayment_word(form) for form in error.allowed)
    return _("The product does not allow this form. Choose one of these: {forms}.").format(forms=forms)


@sentence(ProductNameTaken)
def _product_name_taken(error: ProductNameTaken) -> str:
    return _("There is a product called {name} already. Give this one another name.").format(name=error.name)


@sentence(LawPeriodTaken)
def _law_period_taken(error: LawPeriodTaken) -> str:
    speaks = current_language()
    first = speaks.date(error.taken_from)
    if error.taken_to is None:
        return _("The office has entered a row that holds from {first} on. Give that one a last day first.").format(
            first=first
        )
    return _("The office has entered a row for {first} to {last}. Correct that one instead.").format(
        first=first, last=speaks.date(error.taken_to)
    )


# -- borrowers, groups and loans


@sentence(IdentityNumberTaken)
def _identity_taken(error: IdentityNumberTaken) -> str:
    return _("This number belongs to {name}, case {number}. Open that case instead.").format(
        name=error.name, number=error.number
    )


@sentence(GroupSize)
def _group_size(error: GroupSize) -> str:
    return _("A group has {least} to {most} members. This one would have {members}.").format(
        least=error.least, most=error.most, members=error.members
    )


@sentence(GroupNeedsOneLeader)
def _one_leader(error: GroupNeedsOneLeader) -> str:
    return _("A group has one leader. Choose exactly one.")


@sentence(AlreadyMember)
def _already_member(error: AlreadyMember) -> str:
    return _("This borrower is a member of the group already.")


@sentence(NotMember)
def _not_member(error: NotMember) -> str:
    return _("This borrower is not a member of the group. Choose the borrower's own group, or none.")


@sentence(StepNotOpen)
def _step_not_open(error: StepNotOpen) -> str:
    return _("The loan is at the step “{current}”, so this cannot be done now. Look at the step bar.").format(
        current=_step(error.current)
    )


def _step(step: Step) -> str:
    from mikrolaan.ui.words import step_word  # it uses widgets, which use this module

    return step_word(step)


@sentence(PaymentBeforePayout)
def _payment_before_payout(error: PaymentBeforePayout) -> str:
    return _("The loan was paid out on {date}. A payment cannot be earlier.").format(
        date=current_language().date(error.paid_out_on)
    )


@sentence(PayoutHasPayments)
def _payout_has_payments(error: PayoutHasPayments) -> str:
    return _("Payments have been taken on this loan. Reverse them before the payout.")


@sentence(AlreadyReversed)
def _already_reversed(error: AlreadyReversed) -> str:
    return _("This entry is reversed already. Press F5 to see the journal as it is now.")


@sentence(EntryUnknown)
def _entry_unknown(error: EntryUnknown) -> str:
    return _("This entry is not in the loan's journal. Press F5 to see the journal as it is now.")


@sentence(EntryRefused)
def _entry_refused(error: EntryRefused) -> str:
    return problem_sentence(error.problem, error.limit)


sentence(LaterEntryRests)(of_loans.later_entry_rests)
sentence(DueBeforePayout)(of_loans.due_before_payout)
sentence(RateRaisedTooSoon)(of_loans.rate_raised_too_soon)
sentence(DueDayFixed)(of_loans.due_day_fixed)
sentence(NothingOutstanding)(of_loans.nothing_outstanding)
sentence(SettleFirst)(of_loans.settle_first)
sentence(SeemsTooMuch)(of_loans.seems_too_much)
sentence(GuaranteesOwnLoan)(of_guarantors.guarantees_own_loan)
sentence(GuaranteesTwice)(of_guarantors.guarantees_twice)
sentence(GuaranteeSigned)(of_guarantors.guarantee_signed)
sentence(GuaranteeNotSigned)(of_guarantors.guarantee_not_signed)
sentence(GuarantorReleased)(of_guarantors.guarantor_released)
sentence(GuarantorNotReleased)(of_guarantors.guarantor_not_released)
sentence(GuaranteeNotOnPaper)(of_guarantors.guarantee_not_on_paper)
sentence(ContractOutOfDate)(of_guarantors.contract_out_of_date)
sentence(AccountShared)(of_ledger.account_shared)
sentence(ClosedAlready)(of_ledger.closed_already)
sentence(BankFileRefused)(of_bank_files.refused)
sentence(ImportAlreadyReversed)(of_bank_files.already_reversed)
sentence(NothingAccepted)(of_bank_files.nothing_accepted)
sentence(LineTaken)(of_bank_files.line_taken)
sentence(PaidMeanwhile)(of_bank_files.paid_meanwhile)
sentence(LineRefused)(of_bank_files.line_refused)
sentence(UnusualPayment)(of_payments.unusual)
sentence(GroupPaymentRefused)(of_payments.group_refused)
sentence(LoanWrittenOff)(of_payments.written_off)
sentence(ReferenceTooShort)(of_payments.reference_too_short)
sentence(ReferenceTaken)(of_payments.reference_taken)


@sentence(StepWaits)
def _step_waits(error: StepWaits) -> str:
    if error.earliest_on is None:
        return _("Nothing is to be done about this loan now: it was paid, or the step was taken meanwhile.")
    return _("This step may not be taken before {date}.").format(date=current_language().date(error.earliest_on))


@sentence(TooLittleForLetter)
def _too_little_for_letter(error: TooLittleForLetter) -> str:
    least = current_language().money(error.letters_from)
    return _("Less than {amount} is overdue, and the office sends no letter about so little.").format(amount=least)


@sentence(NoNoticeDue)
def _no_notice_due(_error: NoNoticeDue) -> str:
    return _("No notice is due: the loan is not overdue, or the person was told already or no longer answers for it.")


@sentence(PromiseOver)
def _promise_over(error: PromiseOver) -> str:
    return _("This promise was taken back already. Press F5 to see the log as it is now.")
