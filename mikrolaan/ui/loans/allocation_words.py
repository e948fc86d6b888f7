"""Where a payment goes, in plain sentences."""

from __future__ import annotations

from mikrolaan.domain.money import Money, total
from mikrolaan.domain.particulars import Allocation
from mikrolaan.domain.statement import Statement
from mikrolaan.i18n import _, current_language, ngettext


def allocation_sentence(allocation: Allocation) -> str:
    """One line for a payment that was taken: instalments, and how much was fees, late interest, interest, principal, credit."""
    speaks = current_language()
    currency = allocation.to_credit.currency
    parts = []
    for name, amounts in (
        (_("principal {amount}"), [share.principal for share in allocation.shares]),
        (_("interest {amount}"), [share.interest for share in allocation.shares]),
        (_("late interest {amount}"), [share.late_interest for share in allocation.shares]),
        (_("fees {amount}"), [share.fees for share in allocation.shares]),
        (_("paid ahead {amount}"), [allocation.to_credit]),
    ):
        summed = total(amounts, currency)
        if summed:
            parts.append(name.format(amount=speaks.money(summed)))
    numbers = [str(share.instalment_number) for share in allocation.shares]
    told = ", ".join(parts)
    if not numbers:
        return told
    which = ngettext("Instalment {numbers}: {parts}", "Instalments {numbers}: {parts}", len(numbers))
    return which.format(numbers=", ".join(numbers), parts=told)


def allocation_sentences(before: Statement, after: Statement) -> list[str]:
    """What a payment not yet taken would do: where it goes, and the principal before and after."""
    speaks = current_language()
    known = {allocation.payment_id for allocation in before.allocations}
    told = [allocation_sentence(allocation) for allocation in after.allocations if allocation.payment_id not in known]
    told.append(
        _("Outstanding principal {before} → {after}").format(
            before=speaks.money(before.outstanding_principal), after=speaks.money(after.outstanding_principal)
        )
    )
    too_much = -after.left_to_pay
    if too_much > Money.zero(too_much.currency):
        told.append(_("{amount} more than the loan needs").format(amount=speaks.money(too_much)))
    if after.due_unpaid:
        told.append(_("Still due: {amount}").format(amount=speaks.money(after.due_unpaid)))
    return told
