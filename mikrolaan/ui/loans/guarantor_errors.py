"""The sentences of errors about guarantors; `ui/error_texts.py` takes them in."""

from __future__ import annotations

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
from mikrolaan.i18n import _, current_language


def guarantees_own_loan(error: GuaranteesOwnLoan) -> str:
    """Who it is."""
    return _("{name} is the borrower. Nobody can guarantee a loan of their own.").format(name=error.name)


def guarantees_twice(error: GuaranteesTwice) -> str:
    """Who it is, and what to do instead."""
    return _("{name} is a guarantor of this loan already. Change that guarantee, or release it first.").format(
        name=error.name
    )


def guarantee_signed(error: GuaranteeSigned) -> str:
    """Since when, and what can be done."""
    return _("This guarantee was signed on {date} and can no longer be changed. Release the guarantor instead.").format(
        date=current_language().date(error.signed_on)
    )


def guarantee_not_signed(_error: GuaranteeNotSigned) -> str:
    """What to do instead."""
    return _("This guarantee was never signed, so nobody is to be released. Remove the guarantor instead.")


def guarantor_released(error: GuarantorReleased) -> str:
    """Since when."""
    return _("This guarantor was released on {date} already.").format(date=current_language().date(error.released_on))


def guarantor_not_released(_error: GuarantorNotReleased) -> str:
    """What was found."""
    return _("This guarantor is not released, so there is nothing to take back. Press F5 to see the list as it is now.")


def guarantee_not_on_paper(_error: GuaranteeNotOnPaper) -> str:
    """What to do first."""
    return _("No paper states this guarantee as it stands. Issue the declaration of guarantee first.")


def contract_out_of_date(error: ContractOutOfDate) -> str:
    """What to do first."""
    return _(
        "The guarantors have changed since the contract was issued on {date}. Issue the contract again first."
    ).format(date=current_language().date(error.issued_on))
