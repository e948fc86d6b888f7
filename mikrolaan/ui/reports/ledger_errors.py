"""The sentences of what the ledger refuses."""

from __future__ import annotations

from mikrolaan.domain.ledger import ClosedAlready
from mikrolaan.domain.ledger_accounts import AccountShared
from mikrolaan.i18n import _, current_language


def account_shared(error: AccountShared) -> str:
    """The loans would share their account."""
    return _("Account {number} is that of the loans, which have one of their own. Choose another number.").format(
        number=error.limit
    )


def closed_already(error: ClosedAlready) -> str:
    """The books are closed until that day or a later one."""
    return _("The books are closed already. The first open day is {date}.").format(
        date=current_language().date(error.first_open_on)
    )
