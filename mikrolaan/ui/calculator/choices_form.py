"""The controls of the calculator: product, amount, rate, number of instalments, form, dates and grace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import QTimer, Signal

from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.domain.product import Product
from mikrolaan.domain.terms import EARLIEST_DATE, LATEST_DATE, LONGEST_FIRST_PERIOD, PeriodUnit, Repayment
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.calculation import SPREADING, Choices, usual_choices, usual_first_due_on
from mikrolaan.services.session import Session
from mikrolaan.ui.calculator.more_choices import MoreChoices
from mikrolaan.ui.calculator.sliding_fields import AmountField, InstalmentsField, RateField
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.value_fields import ChoiceField, DateField
from mikrolaan.ui.words import repayment_word

PAUSE_MS = 450  # nobody is told that "5" is too small while typing "50 000"
LATEST_PAYOUT = LATEST_DATE - timedelta(days=366)


class ChoicesForm(Form):
    """Gives `Choices`; what is wrong stands beside its field once typing pauses."""

    moved = Signal()  # something was chosen, and what follows it has followed

    def __init__(self, session: Session, products: Sequence[Product]) -> None:
        """`products` holds at least one."""
        super().__init__(columns=2)
        self._today = session.today
        self.products = list(products)
        self.product = self.add(ChoiceField("product", _("&Product"), _words(products)), wide=True)
        first = products[0]
        self.product.set_value(first.id)
        self.product.setVisible(len(products) > 1)
        self.amount = self.add(AmountField("principal", _("&Amount"), first.currency), wide=True)
        self.rate = self.add(RateField("annual_rate_percent", _("Nominal &rate")), wide=True)
        self.instalments = self.add(InstalmentsField("instalments", _("&Instalments")), wide=True)
        self.rhythm_note = label("", "caption")
        self.add_widget(self.rhythm_note)
        self.repayment = self.add(
            ChoiceField("repayment", _("Repayment &form"), _form_words(first)),
            wide=True,
        )
        self.disbursed_on = self.add(
            DateField("disbursed_on", _("Pa&yout"), session.today, earliest=EARLIEST_DATE, latest=LATEST_PAYOUT)
        )
        self.first_due_on = self.add(DateField("first_due_on", _("First &due"), session.today))
        self.moved_note = label("", "caption", wraps=True)
        self.add_widget(self.moved_note)
        self.more = MoreChoices(self)
        self.agreed_principals_minor: tuple[int, ...] = ()  # agreed by hand in the plan, where they repay the loan
        self._follows_payout = True
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.show_problems)
        self.product.changed.connect(self._on_product)
        self.disbursed_on.changed.connect(self._follow_payout)
        self.first_due_on.changed.connect(self._on_first_due)
        self.instalments.changed.connect(self._follow_instalments)
        self.more.payment_free.changed.connect(self._follow_instalments)
        self.repayment.changed.connect(self._follow_repayment)
        for field in self.fields.values():
            field.changed.connect(self._on_field)
        self.show_choices(usual_choices(first, session.today()))

    # -- the values

    @property
    def chosen_product(self) -> Product:
        """The product whose limits hold now."""
        wanted = self.product.peek()
        return next((product for product in self.products if product.id == wanted), self.products[0])

    @property
    def follows_payout(self) -> bool:
        """Whether the first due date is one month after payout by itself."""
        return self._follows_payout

    def choices(self) -> Choices:
        """What is chosen; raises RuleError where a field is empty or wrong."""
        return Choices(
            self.chosen_product,
            self.amount.value(),
            self.rate.value(),
            self.instalments.value(),
            self.repayment.value(),
            self.disbursed_on.value(),
            None if self._follows_payout else self.first_due_on.value(),
            self.more.interest_only.value(),
            self.more.payment_free.value(),
            self.more.season.value() if self.repayment.value() in SPREADING else frozenset(),
            self.agreed_principals_minor,
        )

    def show_choices(self, choices: Choices) -> None:
        """Show these; a product that is no longer offered is offered here."""
        if all(product.id != choices.product.id for product in self.products):
            self.products.append(choices.product)
            self.product.set_choices(_words(self.products))
            self.product.show()
        self.product.set_value(choices.product.id)
        self._set_limits()
        self.amount.set_value(choices.amount)
        self.rate.set_value(choices.rate_percent)
        self.instalments.set_value(choices.instalments)
        self.repayment.set_value(choices.repayment)
        self.more.payment_free.set_value(choices.payment_free)
        self.more.interest_only.set_value(choices.interest_only)
        self.more.season.set_value(choices.months_without_principal)
        self.agreed_principals_minor = choices.agreed_principals_minor
        self._follow_repayment()
        self._follow_instalments()
        self.more.open_where_unusual()
        self.disbursed_on.set_value(choices.disbursed_on)
        self._follows_payout = choices.first_due_on is None
        self._follow_payout()
        if choices.first_due_on is not None:
            self.first_due_on.set_value(choices.first_due_on)
        self._pause.stop()
        self.clear_errors()

    def restored(self) -> None:
        """Find out, after typed texts were put back, what follows what."""
        self._set_limits()
        paid_out, first_due = self.disbursed_on.peek(), self.first_due_on.peek()
        usual = usual_first_due_on(self.chosen_product, paid_out) if paid_out is not None else None
        self._follows_payout = first_due in (None, usual)
        self._follow_payout()
        self._follow_instalments()
        self._follow_repayment()
        self.more.open_where_unusual()

    # -- what follows what

    def _on_field(self) -> None:
        self._pause.start()
        self.moved.emit()

    def _on_product(self) -> None:
        """Another product brings its own limits, form and grace; the numbers stay where they fit."""
        self._set_limits()
        product = self.chosen_product
        self.repayment.set_value(product.repayment)
        self._follow_repayment()
        self.more.set_usual(product)
        usual = usual_choices(product, self._today())
        if self.amount.peek() is None:
            self.amount.set_value(usual.amount)
        if self.rate.peek() is None:
            self.rate.set_value(usual.rate_percent)
        if self.instalments.peek() is None:
            self.instalments.set_value(usual.instalments)
        self._follow_instalments()
        self._follow_payout()

    def _set_limits(self) -> None:
        product = self.chosen_product
        amount, rate, count = product.amount, product.rate_percent, product.instalments
        self.amount.set_limits(amount.least, amount.most, amount.usual, product.currency)
        self.rate.set_limits(rate.least, rate.most, rate.usual)
        self.instalments.set_limits(count.least, count.most, count.usual)
        self.rhythm_note.setText(_rhythm(product))
        self.rhythm_note.setVisible((product.every, product.unit) != (1, PeriodUnit.MONTHS))
        self.repayment.set_choices(_form_words(product))
        self.more.set_product(product)

    def _follow_instalments(self) -> None:
        """The grace must leave an instalment that repays."""
        self.more.set_limits(self.instalments.peek())

    def _follow_repayment(self) -> None:
        """Only principal that comes back bit by bit can keep away from a season."""
        self.more.set_repayment(self.repayment.peek())

    def _on_first_due(self) -> None:
        """An emptied first due date follows the payout again."""
        self._follows_payout = self.first_due_on.is_empty()

    def _follow_payout(self) -> None:
        paid_out = self.disbursed_on.peek()
        if paid_out is None:
            return
        self.first_due_on.set_limits(paid_out + timedelta(days=1), min(LATEST_DATE, paid_out + LONGEST_FIRST_PERIOD))
        if self._follows_payout:
            self.first_due_on.set_value(usual_first_due_on(self.chosen_product, paid_out))

    # -- what is wrong

    def show_problems(self) -> None:
        """Say beside each field what is wrong with it, without moving the cursor."""
        self.message.say("")
        right = [self._checked(field.name) for field in self._shown()]
        if not all(right):
            return
        try:
            self.choices().terms()
        except RuleError as error:
            self.mark(error)

    def _checked(self, name: str) -> bool:
        if name == "first_due_on" and self._follows_payout:
            self.first_due_on.clear_error()
            return True
        return self.fields[name].check()

    def mark(self, error: RuleError) -> None:
        """Show the sentence beside the field it names, or above the form."""
        if (last := self._ends_too_late(error)) is not None:
            told = _("The last instalment may fall due on {date} at the latest. Choose an earlier payout.")
            self.disbursed_on.set_error(told.format(date=current_language().date(last)))
            return
        field = self.fields.get(error.field)
        if field in (self.more.payment_free, self.more.interest_only, self.more.season):
            self.more.open()
        if field is not None and field.isVisibleTo(self):
            field.set_error(sentence_for(error))
        else:
            self.message.say(sentence_for(error), "bad")

    def _ends_too_late(self, error: RuleError) -> date | None:
        """The last day that any instalment may have, where the payout alone makes the loan run beyond it."""
        if not isinstance(error, InvalidValue) or (error.field, error.problem) != ("instalments", Problem.TOO_LATE):
            return None
        try:
            replace(self.choices(), disbursed_on=self._today(), first_due_on=None).terms()
        except RuleError:
            return None
        return error.limit if isinstance(error.limit, date) else None

    def show_first_due(self, due_on: date | None) -> None:
        """Say when the first instalment falls due, where that is not the date chosen; None: nothing to say."""
        chosen = self.first_due_on.peek()
        speaks = current_language()
        if due_on is None or chosen is None or due_on == chosen:
            self.moved_note.hide()
            return
        self.moved_note.setText(
            _("Banks are closed on {chosen}. The first instalment falls due on {date}.").format(
                chosen=speaks.date(chosen), date=speaks.date(due_on)
            )
        )
        self.moved_note.show()


def _rhythm(product: Product) -> str:
    """How often an instalment falls due."""
    every = product.every
    if product.unit is PeriodUnit.MONTHS:
        often = ngettext("every month", "every {count} months", every)
    elif product.unit is PeriodUnit.WEEKS:
        often = ngettext("every week", "every {count} weeks", every)
    else:
        often = ngettext("every day", "every {count} days", every)
    return _("One instalment {often}").format(often=often.format(count=every))


def _form_words(product: Product) -> list[tuple[Repayment, str]]:
    return [(form, repayment_word(form)) for form in product.repayment_choices]


def _words(products: Sequence[Product]) -> list[tuple[UUID, str]]:
    return [(product.id, product.name) for product in products]
