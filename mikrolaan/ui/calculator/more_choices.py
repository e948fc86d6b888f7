"""The choices that most loans do without: a grace at the beginning, and months of the year without principal."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mikrolaan.domain.product import Product
from mikrolaan.domain.terms import PaymentFreeInterest, Repayment
from mikrolaan.i18n import _, current_language
from mikrolaan.services.calculation import SPREADING
from mikrolaan.ui.calculator.season_field import SeasonField
from mikrolaan.ui.icons import icon
from mikrolaan.ui.widgets.basics import button, label
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.value_fields import CountField

STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class GraceField(CountField):
    """How many instalments at the beginning; its limits stand below it, and the arrow keys move it by one."""

    def __init__(self, name: str, label_text: str) -> None:
        super().__init__(name, label_text)
        self.limits = label("", "caption")
        self._layout.insertWidget(2, self.limits)

    def set_limits(self, least: int, most: int) -> None:
        """Allow other counts."""
        self._smallest, self._largest = least, most
        speaks = current_language()
        self.limits.setText(
            _("From {least} to {most}").format(least=speaks.number(least), most=speaks.number(max(least, most)))
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and watched is self.editor and isinstance(event, QKeyEvent):
            step = STEPS.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers():
                least, most = self._smallest or 0, self._largest or 0
                self.set_value(max(least, min(most, (self.peek() or 0) + step)))
                self._on_changed()
                return True
        return super().eventFilter(watched, event)


class MoreChoices(QWidget):
    """A heading that folds its fields away, and says what they hold while they are folded.

    A grace is seen where the product has one, the season always. It stays open while a field in it holds something else than the product's usual value.
    """

    def __init__(self, form: Form) -> None:
        """Add itself and its fields to the form."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.toggle = button("", "link")
        self.toggle.setObjectName("more_choices")
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._show)
        column.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        self.held = label("", "caption", wraps=True)
        column.addWidget(self.held)
        form.add_widget(self)
        self.payment_free = form.add(GraceField("payment_free_instalments", _("Pay&ment-free")))
        self.interest_only = form.add(GraceField("interest_only_instalments", _("I&nterest only")))
        self.note = label("", "caption", wraps=True)
        form.add_widget(self.note)
        self.season = form.add(SeasonField("months_without_principal", _("Months with&out principal")), wide=True)
        self._product: Product | None = None

    @property
    def is_open(self) -> bool:
        """Whether the fields are seen, where the product has them."""
        return self.toggle.isChecked()

    def set_product(self, product: Product) -> None:
        """Offer what this product allows."""
        self._product = product
        carried = product.payment_free_interest is PaymentFreeInterest.ACCRUED
        self.note.setText(
            _("Interest meanwhile is carried along and paid with the first instalment that pays.")
            if carried
            else _("Interest meanwhile is added to the debt.")
        )
        self._show()

    def set_usual(self, product: Product) -> None:
        """Show the product's usual values."""
        self.payment_free.set_value(int(product.payment_free.usual))
        self.interest_only.set_value(int(product.interest_only.usual))
        self.season.set_value(None)

    def set_repayment(self, repayment: Repayment | None) -> None:
        """Offer the season to loans whose principal comes back bit by bit."""
        self.season.set_read_only(repayment is not None and repayment not in SPREADING)
        self._name()

    def set_limits(self, instalments: int | None) -> None:
        """Allow what leaves an instalment that repays; None where the number of instalments cannot be read."""
        product = self._product
        if product is None or instalments is None:
            return
        free, only = product.payment_free, product.interest_only
        most_free = max(free.least, min(free.most, Decimal(instalments - 1)))
        left = instalments - 1 - (self.payment_free.peek() or 0)
        most_only = max(only.least, min(only.most, Decimal(left)))
        self.payment_free.set_limits(int(free.least), int(most_free))
        self.interest_only.set_limits(int(only.least), int(most_only))

    def open_where_unusual(self) -> None:
        """Open where something in it is not usual; it stays open where it was."""
        if self._is_unusual():
            self.toggle.setChecked(True)
        self._name()

    def open(self) -> None:
        """Let the fields be seen: one of them is wrong."""
        self.toggle.setChecked(True)

    def _is_unusual(self) -> bool:
        product = self._product
        if product is None:
            return False
        return (
            self.payment_free.peek() != product.payment_free.usual
            or self.interest_only.peek() != product.interest_only.usual
            or bool(self.season.value())
        )

    def _show(self) -> None:
        product = self._product
        has_free = product is not None and product.payment_free.most > 0
        has_only = product is not None and product.interest_only.most > 0
        self.season.setVisible(self.is_open)
        self.payment_free.setVisible(self.is_open and has_free)
        self.note.setVisible(self.is_open and has_free)
        self.interest_only.setVisible(self.is_open and has_only)
        self._name()

    def _name(self) -> None:
        """The heading, and below it what is folded away where that is something."""
        speaks = current_language()
        free, only = self.payment_free.peek() or 0, self.interest_only.peek() or 0
        told = []
        if free:
            told.append(_("{count} payment-free").format(count=speaks.number(free)))
        if only:
            told.append(_("{count} with interest only").format(count=speaks.number(only)))
        if self.season.editor.isEnabled() and (season := self.season.in_words()):
            told.append(season)
        self.held.setText(", ".join(told))
        self.held.setVisible(bool(told) and not self.is_open)
        self.toggle.setText(_("Fewer choices") if self.is_open else _("More choices"))
        self.toggle.setIcon(icon("caret-up" if self.is_open else "caret-down", "primary"))
        self.toggle.setToolTip(_("Instalments in which nothing, or only interest, is paid; months without principal"))
