"""Which acts there are on the guarantors of a loan, and why one cannot be done now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.guarantor import (
    GuaranteeNotSigned,
    GuaranteeSigned,
    GuarantorNotReleased,
    GuarantorReleased,
    KnownGuarantor,
)
from mikrolaan.domain.loan import Loan, Step, StepNotOpen
from mikrolaan.domain.office import Role
from mikrolaan.i18n import _
from mikrolaan.services.desk import NotAllowed
from mikrolaan.services.guarantors import Answerer
from mikrolaan.ui.error_sentence import sentence_for
from mikrolaan.ui.widgets.page import Page

WRITERS = (Role.ADVISER, Role.APPROVER)
SIGNERS = (Role.ADVISER, Role.APPROVER, Role.BOOKKEEPER)
RELEASERS = (Role.APPROVER,)
NOTIFIERS = (Role.ADVISER, Role.BOOKKEEPER)


class SecurityActs:
    """The acts as QActions of the loan's page; one that is not possible says why where its tip stood."""

    def __init__(
        self,
        page: Page,
        roles: frozenset[Role],
        *,
        add: Callable[[], object],
        change: Callable[[], object],
        remove: Callable[[], object],
        sign: Callable[[], object],
        release: Callable[[], object],
        take_back: Callable[[], object],
        declare: Callable[[], object],
        notify: Callable[[], object],
    ) -> None:
        """`roles` are those of the officer; what remains is what each act does."""
        self._roles = roles
        self.add = page.add_act(
            _("Add a guarantor…"),
            add,
            shortcut="Ctrl+Shift+G",
            tip=_("Put somebody on the list who answers for the loan"),
            icon_name="user-plus",
        )
        self.change = page.add_act(
            _("Change the guarantor…"),
            change,
            shortcut="F2",
            tip=_("Change the chosen guarantor before anything is signed"),
            icon_name="pencil",
        )
        self.remove = page.add_act(
            _("Remove the guarantor"),
            remove,
            tip=_("Take the chosen guarantor off the list before anything is signed"),
            icon_name="trash",
        )
        self.sign = page.add_act(
            _("Note the guarantor's signature…"),
            sign,
            tip=_("Note that the chosen guarantor signed after the contract"),
            icon_name="note-pencil",
        )
        self.release = page.add_act(
            _("Release the guarantor…"),
            release,
            tip=_("Let the chosen guarantor go, with the reason"),
            icon_name="sign-out",
        )
        self.take_back = page.add_act(
            _("Take back the release…"),
            take_back,
            tip=_("Undo a release that was wrong, with the reason"),
            icon_name="arrow-counter-clockwise",
        )
        self.declare = page.add_act(
            _("Print the declaration of guarantee…"),
            declare,
            tip=_("See the paper that the chosen guarantor signs after the contract, and issue it"),
            icon_name="file-text",
        )
        self.notify = page.add_act(
            _("Note a notice of the default…"),
            notify,
            tip=_("Note that the chosen person had written notice of the default"),
            icon_name="envelope",
        )
        self._tips = {act: (act.toolTip(), act.statusTip()) for act in self.all}
        self.offer(None, None, None, is_shown=False)

    @property
    def all(self) -> tuple[QAction, ...]:
        """Every act."""
        return (
            self.add,
            self.change,
            self.remove,
            self.sign,
            self.release,
            self.take_back,
            self.declare,
            self.notify,
        )

    def offer(self, loan: Loan | None, known: KnownGuarantor | None, told: Answerer | None, *, is_shown: bool) -> None:
        """Enable what can be done now with the chosen guarantor and the chosen person who answers.

        `is_shown`: the list is on the screen, so that one sees who is chosen.
        """
        chosen, told = (known, told) if is_shown else (None, None)
        self._allow(self.add, self._why_none(WRITERS) or _why_closed(loan))
        self._allow(self.change, self._why_none(WRITERS) or _why_closed(loan) or _why_signed(chosen))
        self._allow(self.remove, self._why_none(WRITERS) or _why_signed(chosen))
        self._allow(self.sign, self._why_none(SIGNERS) or _why_not_to_sign(loan, chosen))
        self._allow(self.release, self._why_none(RELEASERS) or _why_not_to_release(chosen))
        self._allow(self.take_back, self._why_none(RELEASERS) or _why_nothing_to_take_back(chosen))
        self._allow(self.declare, self._why_none(WRITERS) or _why_not_to_declare(loan, chosen))
        self._allow(self.notify, self._why_none(NOTIFIERS) or _why_not_to_tell(told))

    def _why_none(self, wanted: tuple[Role, ...]) -> str:
        """Why the officer's roles do not do."""
        return "" if self._roles & {*wanted, Role.ADMINISTRATOR} else sentence_for(NotAllowed(wanted))

    def _allow(self, act: QAction, why_not: str) -> None:
        tool_tip, status_tip = self._tips[act]
        act.setEnabled(not why_not)
        act.setToolTip(why_not or tool_tip)
        act.setStatusTip(why_not or status_tip)


def _why_closed(loan: Loan | None) -> str:
    if loan is None:
        return _("There is no loan to do this with.")
    return sentence_for(StepNotOpen(Step.CONTRACT, loan.step)) if loan.step is Step.CLOSED else ""


def _why_signed(known: KnownGuarantor | None) -> str:
    if known is None:
        return _choose_first()
    signed_on = known.guarantor.signed_on
    return "" if signed_on is None else sentence_for(GuaranteeSigned(signed_on))


def _why_not_to_sign(loan: Loan | None, known: KnownGuarantor | None) -> str:
    if why := _why_closed(loan) or _why_signed(known):
        return why
    if loan is not None and loan.signed_on is None:
        return _("Guarantors sign with the contract. Note their signatures when the contract is signed.")
    return ""


def _why_not_to_declare(loan: Loan | None, known: KnownGuarantor | None) -> str:
    if why := _why_closed(loan) or _why_signed(known):
        return why
    if loan is not None and loan.signed_on is None:
        return _("The loan contract itself states the guarantee. A declaration is for those who come after it.")
    return ""


def _why_not_to_release(known: KnownGuarantor | None) -> str:
    if known is None:
        return _choose_first()
    one = known.guarantor
    error: MikrolaanError | None = None
    if one.signed_on is None:
        error = GuaranteeNotSigned(one.id)
    elif one.released_on is not None:
        error = GuarantorReleased(one.released_on)
    return "" if error is None else sentence_for(error)


def _why_nothing_to_take_back(known: KnownGuarantor | None) -> str:
    if known is None:
        return _choose_first()
    return "" if known.guarantor.released_on is not None else sentence_for(GuarantorNotReleased(known.guarantor.id))


def _why_not_to_tell(one: Answerer | None) -> str:
    if one is None:
        return _("Choose in the list below who had the notice.")
    if one.is_told:
        return _("This person has had notice of the default already.")
    return "" if one.notice_due_on is not None else _("Nothing is overdue, so there is no default to tell of.")


def _choose_first() -> str:
    return _("Choose a guarantor in the list first.")
