"""What the office offers: a table of products; below it the rules, the versions and the history of the one chosen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.audit import Act
from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.money import Money
from mikrolaan.domain.office import Role
from mikrolaan.domain.product import Product
from mikrolaan.i18n import _, current_language, pgettext
from mikrolaan.services.products import ProductEvent
from mikrolaan.services.session import Session
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.products.product_facts import changes, product_facts, short_fees
from mikrolaan.ui.settings.sections import Section, facts
from mikrolaan.ui.widgets.basics import action_button, empty, label, make_action
from mikrolaan.ui.widgets.cards import Card, EmptyState, State
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel

WIDEST = 1040
ROWS_SHOWN = 8


class ProductsSection(Section):
    """Products in a table; an administrator makes new ones, changes them and stops offering them."""

    go_to = Signal(object)  # Destination
    toast = Signal(str)
    toast_with_undo = Signal(str, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.may_change = Role.ADMINISTRATOR in session.officer.roles
        holder = self.column.parentWidget()
        assert holder is not None  # a layout of a widget
        holder.setMaximumWidth(WIDEST)
        self._products: list[Product] = []
        self._make_acts()
        self.column.addWidget(
            label(_("The loans that the office offers. A loan keeps the rules it was made with."), "muted", wraps=True)
        )
        self.column.addLayout(self._acts_row())
        self._model = PagedTableModel(_columns(), lambda: len(self._products), self._rows)
        self.table = Table(
            self._model,
            _("Products"),
            EmptyState("scales", _("The office offers no loans yet."), self.new_act if self.may_change else None),
        )
        self.table.row_selected.connect(lambda _row: self._show_chosen())
        if self.may_change:
            self.table.row_opened.connect(lambda _row: self.change_act.trigger())
        self.column.addWidget(self.table)
        self.details = QWidget()
        self._details = QVBoxLayout(self.details)
        self._details.setContentsMargins(0, 0, 0, 0)
        self._details.setSpacing(16)
        self.column.addWidget(self.details)
        if not self.may_change:
            self.say_why_read_only()
        self.end()

    def _make_acts(self) -> None:
        self.new_act = make_action(
            self,
            _("New product"),
            lambda: self.go_to.emit(Destination("product_form")),
            shortcut="Ctrl+N",
            tip=_("Offer another kind of loan"),
            icon_name="plus",
        )
        self.change_act = make_action(
            self,
            _("Change"),
            self._change,
            shortcut="F2",
            tip=_("Make a new version of the product chosen"),
            icon_name="pencil",
        )
        self.withdraw_act = make_action(
            self,
            _("Withdraw"),
            self._withdraw,
            tip=_("Stop offering the product chosen; its loans go on"),
            icon_name="prohibit",
        )
        self.offer_act = make_action(
            self,
            _("Offer again"),
            self._offer_again,
            tip=_("Offer the product chosen as it was last"),
            icon_name="check",
        )

    def _acts_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.buttons = [
            action_button(act, "primary" if act is self.new_act else "")
            for act in (self.new_act, self.change_act, self.withdraw_act, self.offer_act)
        ]
        for act in (self.new_act, self.change_act, self.withdraw_act, self.offer_act):
            act.setVisible(self.may_change)
            act.setEnabled(self.may_change)
        for made in self.buttons:
            row.addWidget(made)
        row.addStretch(1)
        return row

    # -- showing

    @property
    def chosen(self) -> Product | None:
        """The product chosen in the table."""
        row = self.table.selected_row()
        return row if isinstance(row, Product) else None

    def refresh(self) -> None:
        """Show the products as they are now, with the same one chosen."""
        chosen = self.chosen.product_id if self.chosen is not None else None
        try:
            self._products = list(self._session.products.all())
        except MikrolaanError as error:
            self.tell(error)
            return
        self._model.reload()
        self._fit_table()
        self.choose(chosen)
        if not self._products:
            self._show_chosen()

    def choose(self, product_id: UUID | None) -> None:
        """Choose a product, or the first where it is not there."""
        ids = [product.product_id for product in self._products]
        if ids:
            at = ids.index(product_id) if product_id is not None and product_id in ids else 0
            self.table.setCurrentIndex(self._model.index(at, 0))

    def _rows(self, offset: int, limit: int) -> list[Product]:
        return self._products[offset : offset + limit]

    def _fit_table(self) -> None:
        """As high as its rows, up to a few; it scrolls beyond."""
        rows = min(max(len(self._products), 1), ROWS_SHOWN)
        height = (
            self.table.horizontalHeader().sizeHint().height() + rows * self.table.verticalHeader().defaultSectionSize()
        )
        self.table.setFixedHeight(max(height + 4, 200 if not self._products else 0))

    def _show_chosen(self) -> None:
        product = self.chosen
        is_offered = product is not None and product.is_offered
        self.change_act.setEnabled(self.may_change and product is not None)
        self.withdraw_act.setVisible(self.may_change and (is_offered or product is None))
        self.withdraw_act.setEnabled(self.may_change and is_offered)
        self.offer_act.setVisible(self.may_change and product is not None and not is_offered)
        self.offer_act.setEnabled(self.may_change and product is not None and not is_offered)
        empty(self._details)
        if product is None:
            return
        self._details.addWidget(_rules_card(product))
        try:
            events = self._session.products.events(product.product_id)
            versions = list(self._session.products.versions(product.product_id))
        except MikrolaanError as error:
            self.tell(error)
            return
        self._details.addWidget(_versions_card(events, versions))

    # -- acts

    def _change(self) -> None:
        if self.chosen is not None:
            self.go_to.emit(Destination("product_form", self.chosen.id))

    def _withdraw(self) -> None:
        product = self.chosen
        if product is None:
            return
        try:
            self._session.products.withdraw(product.product_id)
        except MikrolaanError as error:
            self.tell(error)
            return
        self.refresh()
        self.toast_with_undo.emit(
            _("{name} is no longer offered.").format(name=product.name), lambda: self._offer(product)
        )

    def _offer_again(self) -> None:
        if self.chosen is not None:
            self._offer(self.chosen)

    def _offer(self, product: Product) -> None:
        try:
            self._session.products.offer_again(product.product_id)
        except MikrolaanError as error:
            self.tell(error)
            return
        self.refresh()
        self.toast.emit(_("{name} is offered again.").format(name=product.name))


def _columns() -> list[Column[Product]]:
    def span(least: str, most: str) -> str:
        return least if least == most else f"{least}–{most}"

    def amount(product: Product) -> str:
        language = current_language()
        least, most = (
            language.whole_amount(Money.from_decimal(bound, product.currency))
            for bound in (product.amount.least, product.amount.most)
        )
        return span(least, most)

    def rate(product: Product) -> str:
        language, limits = current_language(), product.rate_percent
        return f"{span(language.number(limits.least), language.number(limits.most))} %"

    def count(product: Product) -> str:
        language, limits = current_language(), product.instalments
        return span(language.number(limits.least), language.number(limits.most))

    return [
        Column(lambda: _("Product"), lambda product: product.name),
        Column(lambda: _("State"), lambda product: _state(product).word, state=_state, width=145),
        Column(lambda: _("Amount"), amount, Align.END, width=130),
        Column(lambda: _("Nominal rate"), rate, Align.END, width=110),
        Column(lambda: _("Instalments"), count, Align.END, width=85),
        Column(lambda: _("Fees"), short_fees, Align.END, width=180),
    ]


def _state(product: Product) -> State:
    if product.is_offered:
        return State(pgettext("product state", "Offered"), "check-circle", "good")
    return State(pgettext("product state", "Withdrawn"), "prohibit", "muted")


def _rules_card(product: Product) -> Card:
    card = Card(product.name)
    card.body.setContentsMargins(24, 20, 24, 24)
    if product.description:
        card.body.addWidget(label(product.description, "muted", wraps=True))
    card.body.addWidget(facts(product_facts(product)))
    return card


def _versions_card(events: Sequence[ProductEvent], versions: list[Product]) -> Card:
    card = Card(_("Versions"))
    card.body.setContentsMargins(24, 20, 24, 24)
    former = {later.id: earlier for later, earlier in pairwise(versions)}
    for event in events:
        told = {
            "number": event.product.number,
            "when": current_language().moment(event.at),
            "officer": event.officer,
        }
        if event.is_new:
            heading = _("Version {number} · {when}, by {officer}")
        elif event.act is Act.PRODUCT_WITHDRAWN:
            heading = _("Withdrawn · {when}, by {officer}")
        else:
            heading = _("Offered again · {when}, by {officer}")
        card.body.addWidget(label(heading.format(**told), "strong", wraps=True))
        if event.is_new and event.product.id in former:
            told_changes = changes(former[event.product.id], event.product)
            card.body.addWidget(label("\n".join(told_changes), "muted", wraps=True))
    return card
