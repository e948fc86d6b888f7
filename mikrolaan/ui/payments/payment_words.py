"""The sentences of taking payments: doubts, refusals and references that cannot be given."""

from __future__ import annotations

from mikrolaan.domain.payment_reference import ReferenceTaken, ReferenceTooShort
from mikrolaan.i18n import _, current_language
from mikrolaan.services.taking_payments import Doubt, GroupPaymentRefused, LoanWrittenOff, UnusualPayment
from mikrolaan.ui.error_sentence import sentence_for


def doubt_sentences(doubt: Doubt) -> list[str]:
    """Why a payment looks like a mistake, in plain words."""
    speaks = current_language()
    told = {"name": doubt.borrower, "number": doubt.loan_number, "amount": speaks.money(doubt.amount)}
    sentences = []
    if doubt.payoff is not None and not doubt.payoff:
        sentences.append(_("{name} owes nothing on loan {number}, and {amount} is to be taken.").format(**told))
    elif doubt.payoff is not None:
        sentences.append(
            _("{amount} is far more than loan {number} of {name} needs: {payoff} closes it.").format(
                **told, payoff=speaks.money(doubt.payoff)
            )
        )
    if doubt.is_second:
        sentences.append(
            _("{amount} is taken on loan {number} of {name} for this day already. Is it the same payment?").format(
                **told
            )
        )
    return sentences


def unusual(error: UnusualPayment) -> str:
    """All doubts under each other."""
    return "\n".join(sentence for doubt in error.doubts for sentence in doubt_sentences(doubt))


def group_refused(error: GroupPaymentRefused) -> str:
    """What is wrong with the one payment for which none was taken."""
    return _("Nothing is taken, because one payment cannot be: {reason}").format(reason=sentence_for(error.cause))


def written_off(error: LoanWrittenOff) -> str:
    """Where money goes that comes in on a loss."""
    return _("Loan {number} is written off. Open the loan and record what came in as a recovered loss.").format(
        number=error.number
    )


def reference_too_short(error: ReferenceTooShort) -> str:
    """What to do when numbers have outgrown the references."""
    return _(
        "The office's payment references have room for numbers of {room} digits, and loan {number} is beyond. Ask an "
        "administrator for longer references under Settings, Payment references."
    ).format(room=error.room, number=error.number)


def reference_taken(error: ReferenceTaken) -> str:
    """What to do when two rules meet in one reference."""
    return _(
        "Another loan has the payment reference {reference} from earlier. Ask an administrator for another prefix or "
        "length under Settings, Payment references."
    ).format(reference=error.digits)
