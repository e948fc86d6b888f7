"""The form of a guarantor: who it is, typed anew or found among the borrowers, and what is promised."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mikrolaan.domain.errors import MikrolaanError, RuleError
from mikrolaan.domain.guarantee_rules import GuaranteeKind
from mikrolaan.domain.guarantor import LONGEST_RELATION, Guarantee, KnownGuarantor
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.money import Money
from mikrolaan.i18n import _, ngettext
from mikrolaan.services.guarantors import Who
from mikrolaan.services.rows import SimilarBorrower
from mikrolaan.services.session import Session
from mikrolaan.ui.borrowers.person_form import PersonForm
from mikrolaan.ui.error_sentence import sentence_for
from mikrolaan.ui.find_borrowers import borrower_search
from mikrolaan.ui.guarantors.guarantor_words import doubt_sentence
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.fields import TextField
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.picker import Found, PickerField
from mikrolaan.ui.widgets.radio_field import RadioField
from mikrolaan.ui.widgets.value_fields import DateField, MoneyField, YesNoField
from mikrolaan.ui.words import guarantee_word


class GuarantorForm(PersonForm):
    """Fields in; who guarantees and the guarantee out. What is doubtful is told while one types, and stops nobody."""

    def __init__(self, session: Session, loan: Loan, *, is_wide: bool = False) -> None:
        """`is_wide`: person, contact and guarantee stand beside each other, else the first two below each other."""
        super().__init__(session.office.get().country, session.today)
        self._session, self._loan = session, loan
        self._same: SimilarBorrower | None = None
        self.doubts = InlineMessage()  # to be shown where it is seen while one types
        self.is_borrower = self.add(
            RadioField(
                "is_borrower",
                _("&Who guarantees"),
                [(False, _("Somebody new"), ""), (True, _("A borrower of the office"), "")],
                in_row=True,
            )
        )
        self.borrower = self.add(
            PickerField(
                "borrower",
                _("&Borrower"),
                borrower_search(session),
                placeholder=_("Type a name"),
                help_text=_("The paper names the person as the case does."),
            )
        )
        before = set(self.fields)
        parts = [self.begin_below(1 if is_wide else 2)]
        self.same_number, self.same_name = InlineMessage(is_narrow=True), InlineMessage(is_narrow=True)
        self.add_person(_("Person"), self.same_number)
        self.add_widget(self.same_name)
        if is_wide:
            parts.append(self.begin_beside())
        self.add_contact()
        of_person = [field for name, field in self.fields.items() if name not in before]
        self._of_person = [*parts, *of_person]  # each field too: only what is shown is checked
        self.begin_beside(2 if is_wide else 1)
        self._add_guarantee()
        self.is_borrower.changed.connect(self.follow)
        for typed in (self.given_names, self.family_name, self.birth_date):
            typed.changed.connect(self.show_same_borrower)
        for field in (self.at_most, self.kind, self.until, self.is_business):
            field.changed.connect(self.show_doubts)
        self.set_guarantor(None)

    def _add_guarantee(self) -> None:
        self.add_section(_("The guarantee"))
        answers = _(
            "The guarantor answers from the day of signing, on the loan contract or on a declaration of its own."
        )
        self.add_widget(label(answers, "muted", wraps=True))
        currency = self._loan.terms.currency
        self.relation = self.add(
            TextField(
                "relation",
                _("&Relation to the borrower"),
                required=False,
                longest=LONGEST_RELATION,
                placeholder=_("Such as sister or supplier"),
            )
        )
        self.at_most = self.add(
            MoneyField(
                "at_most",
                _("Guaranteed at &most"),
                currency,
                smallest=Money(1, currency),
                help_text=_("A guarantee without an amount binds nobody."),
            )
        )
        self.on_top = self.add(
            RadioField(
                "on_top",
                _("Interest and c&osts"),
                [(True, _("Come on top of the amount"), ""), (False, _("Are within the amount"), "")],
                help_text=_("A guarantee that does not say so binds nobody."),
            )
        )
        self.kind = self.add(
            RadioField(
                "kind",
                _("&Kind of guarantee"),
                [
                    (
                        GuaranteeKind.SIMPLE,
                        guarantee_word(GuaranteeKind.SIMPLE),
                        _("Asked to pay after legal steps against the borrower."),
                    ),
                    (
                        GuaranteeKind.OWN_DEBT,
                        guarantee_word(GuaranteeKind.OWN_DEBT),
                        _("Asked to pay as soon as the borrower is late."),
                    ),
                ],
            )
        )
        self.until = self.add(
            DateField(
                "until",
                _("Last &day"),
                self._session.today,
                required=False,
                earliest=self._session.today(),
                help_text=self._until_told(),
            )
        )
        self.is_business = self.add(YesNoField("is_business", _("Guarantees as part of a b&usiness")))

    def _until_told(self) -> str:
        years = self._session.guarantors.rules().longest_years
        if years is None:
            return _("Left empty, the guarantee holds until the loan is repaid.")
        return ngettext(
            "Left empty, it holds for {count} year from the signature, which is the longest the law allows.",
            "Left empty, it holds for {count} years from the signature, which is the longest the law allows.",
            years,
        ).format(count=years)

    # -- what depends on what is typed

    def follow(self) -> None:
        is_borrower = bool(self.is_borrower.peek())
        self.borrower.setVisible(is_borrower)
        for part in self._of_person:
            part.setVisible(not is_borrower)
        if is_borrower:
            self.recognised.hide()
        else:
            super().follow()
        self.show_same_borrower()

    def show_same_borrower(self) -> None:
        """Say below the number, or below the birth date, that the office has this person as a borrower."""
        asked = (self.typed_name, self.typed_number, self.typed_birth_date)
        found = None if self.is_borrower.peek() else self._session.guarantors.same_borrower(*asked)
        if found == self._same:
            return
        self._same = found
        for message in (self.same_number, self.same_name):
            message.say("")
        if found is None:
            return
        if found.same_identity_number:
            message, before = self.same_number, self.identity_country.tab_stops()
            told = _("The borrower {name}, no. {number}, has this identity number.")
        else:
            message, before = self.same_name, self.birth_date.tab_stops()
            told = _("The borrower {name}, no. {number}, has the same name and birth date.")
        message.say(told.format(name=found.name, number=found.number), "warn")
        link = message.offer(_("&Take this borrower"), lambda: self.take(found))
        QWidget.setTabOrder(before[-1], link)

    def take(self, found: SimilarBorrower) -> None:
        """The guarantor is this borrower of the office; what was typed of somebody new stays until the form closes."""
        self.is_borrower.set_value(True)
        self.borrower.choose(Found(found.id, found.name))
        self.follow()
        self.relation.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def show_doubts(self) -> None:
        """Say what is seldom meant of the guarantee as it stands."""
        currency = self._loan.terms.currency
        promised = Guarantee(
            self.at_most.peek() or Money(1, currency),
            interest_and_costs_on_top=True,
            kind=self.kind.peek() or GuaranteeKind.SIMPLE,
            is_consumer=not self.is_business.value(),
            until=self.until.peek(),
        )
        doubts = self._session.guarantors.doubts(self._loan.id, promised)
        self.doubts.say("\n".join(doubt_sentence(doubt) for doubt in doubts), "warn")

    def restore_typed(self, typed: dict[str, object]) -> None:
        super().restore_typed(typed)
        self.show_doubts()

    # -- values

    def set_guarantor(self, known: KnownGuarantor | None) -> None:
        """Show a guarantor as it stands; None empties the form and proposes what is usual."""
        self.clear()
        guarantor = known.guarantor if known is not None else None
        borrower_id = guarantor.borrower_id if guarantor is not None else None
        self.is_borrower.set_value(borrower_id is not None)
        self.set_person(guarantor.person if guarantor is not None else None)
        self.kind.set_value(GuaranteeKind.SIMPLE)
        if known is not None:
            if borrower_id is not None:
                self.borrower.choose(Found(borrower_id, known.name))
            guarantee = known.guarantor.guarantee
            self.relation.set_value(guarantee.relation)
            self.at_most.set_value(guarantee.at_most)
            self.on_top.set_value(guarantee.interest_and_costs_on_top)
            self.kind.set_value(guarantee.kind)
            self.until.set_value(guarantee.until)
            self.is_business.set_value(not guarantee.is_consumer)
        self.follow()
        self.show_doubts()

    def who(self) -> Who:
        """The person typed or the borrower chosen; raises RuleError naming the field that is missing or wrong."""
        return self.borrower.value() if self.is_borrower.value() else self.person()

    def guarantee(self) -> Guarantee:
        """What is promised; raises RuleError naming the field that is missing or wrong."""
        return Guarantee(
            self.at_most.value(),
            interest_and_costs_on_top=self.on_top.value(),
            kind=self.kind.value(),
            is_consumer=not self.is_business.value(),
            until=self.until.given(),
            relation=self.relation.value(),
        )

    def show_problem(self, error: MikrolaanError) -> None:
        if isinstance(error, RuleError) and error.field == "person":
            field = self.borrower if self.is_borrower.peek() else self.given_names
            self.set_error(field.name, sentence_for(error))
        else:
            super().show_problem(error)
