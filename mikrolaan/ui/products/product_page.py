"""One product in the page area: its rules left, what its usual loan costs right, and a new version on saving."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mikrolaan.domain.errors import ConflictError, MikrolaanError, RuleError
from mikrolaan.domain.office import Role
from mikrolaan.domain.plan import make_plan
from mikrolaan.domain.product import Product
from mikrolaan.i18n import _
from mikrolaan.services.calculation import calculation_of
from mikrolaan.services.products import default_product
from mikrolaan.services.session import Session
from mikrolaan.ui.borrowers.form_footer import FormFooter
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.products.preview import Preview
from mikrolaan.ui.products.product_form import ProductForm
from mikrolaan.ui.widgets.cards import Breadcrumb, Card
from mikrolaan.ui.widgets.page import Page, scrolling

PAUSE_MS = 600
PREVIEW_WIDTH = 12.5  # heights of a line of text
SIDE_BY_SIDE_FROM = 760  # pixels; narrower, the preview stands above the form
WIDEST = 16_777_215  # Qt's word for no limit
BACK = Destination("settings", tab="products")


class ProductPage(Page):
    """Opened with the id of a version to change it, with none for a new product. What is typed stays until saved."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("New product"))
        self._session = session
        self._product: Product | None = None
        self._is_stale = False
        self._is_changed = False
        self._half_typed: dict[Destination, tuple[Product | None, dict[str, object]]] = {}
        self.may_change = Role.ADMINISTRATOR in session.officer.roles
        self.breadcrumb = Breadcrumb()
        self.breadcrumb.go_to.connect(self.go_to)
        self.head.insertWidget(0, self.breadcrumb)
        self.save_act = self.add_act(_("Save"), self.save, shortcut="Ctrl+S", icon_name="check")
        self.cancel_act = self.add_act(_("Cancel"), self.cancel, shortcut="Esc")
        self.footer = FormFooter(self.save_act, self.cancel_act)
        self.form = ProductForm(self._blank())
        self.preview = Preview()
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._mark_problem)
        self.form.changed.connect(self._on_changed)
        self.first_focus = self.form.product_name.line

    def _lay_out(self) -> None:
        card = Card()
        card.body.setContentsMargins(24, 16, 24, 24)
        card.body.addWidget(self.form)
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.area = scrolling(card)
        sides = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, sides)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(20)
        self._sides.addWidget(self.area, 1)
        beside = QWidget()
        beside.setObjectName("page_body")
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview)
        column.addStretch(1)
        self._beside = scrolling(beside)
        self._sides.addWidget(self._beside)
        self.body.addWidget(sides, 1)
        self.body.addWidget(self.footer)

    def _blank(self) -> Product:
        """What a new product begins with: the country's usual rules."""
        return default_product(self._session.office.get().country, _("New product"))

    # -- opening

    def opened(self, destination: Destination) -> None:
        if destination == self.destination and self._is_changed:  # one comes back to what is half typed
            return
        if self.destination is not None and self._is_changed:
            self._half_typed[self.destination] = (self._product, self.typed())
        self.destination = destination
        self.message.say("")
        self._load()
        base, typed = self._half_typed.pop(destination, (None, {}))
        if typed and base == self._product:  # else the rules it was typed over are no longer the latest
            self.restore_typed(typed)

    def refresh(self) -> None:
        """Load again, unless something typed would be lost; after a conflict always."""
        if self._is_stale or not self._is_changed:
            self._load()

    def _load(self) -> None:
        record_id = self.destination.record_id if self.destination is not None else None
        try:
            if record_id is None:
                self._product = None
                self.form.show_product(self._blank())
                self.form.product_name.set_value("")
            else:
                opened = self._session.products.get(record_id)
                self._product = self._session.products.versions(opened.product_id)[0]
                self.form.show_product(self._product)
        except MikrolaanError as error:
            self.tell(error)
            return
        self._is_stale = False
        self._set_changed(False)
        self.form.set_read_only(not self.may_change)
        self.save_act.setVisible(self.may_change)
        if not self.may_change:
            self.message.say(
                _("Only an administrator can change this. You can read it; ask an administrator for a change.")
            )
        self._name()
        self._preview()
        self.area.verticalScrollBar().setValue(0)

    def _name(self) -> None:
        product = self._product
        shown = _("New product") if product is None else product.name
        self.title_label.setText(shown)
        self.breadcrumb.show_steps([(_("Settings"), Destination("settings")), (_("Products"), BACK), (shown, None)])
        self.footer.note.setText(
            _("Offered as soon as it is saved.")
            if product is None
            else _("This becomes version {next}. Loans made before keep the version they were made with.").format(
                next=product.number + 1
            )
            if self.may_change
            else ""
        )

    def restore_typed(self, typed: dict[str, object]) -> None:
        super().restore_typed(typed)
        self._preview()

    # -- typing

    def _on_changed(self) -> None:
        self._set_changed(True)
        self._preview()
        self._pause.start()

    def _set_changed(self, changed: bool) -> None:
        self._is_changed = changed
        self.save_act.setEnabled(changed and self.may_change)
        if not changed:
            self._pause.stop()

    def _preview(self) -> None:
        """Work the usual loan out anew."""
        try:
            draft = self.form.draft(name=_("New product"))
            calculation = calculation_of(make_plan(draft.usual_terms(self._session.today())))
        except RuleError:
            self.preview.show_none(_("The figures come back when the limits and rules fit together."))
        else:
            self.preview.show_calculation(draft, calculation)

    def _mark_problem(self) -> None:
        """Once typing pauses, say beside its field what does not fit together."""
        try:
            self.form.draft(name=_("New product"))
        except RuleError as error:
            self.form.mark(error)

    # -- acts

    def save(self) -> None:
        """Keep a new product, or a new version of the one shown."""
        if not self.may_change or not self._is_changed:
            return
        if not self.form.check_all():
            self._mark_problem()
            self._show_first_wrong()
            return
        try:
            draft = self.form.draft()
            if self._product is None:
                kept = self._session.products.add(draft)
            else:
                kept = self._session.products.change(self._product, draft)
        except MikrolaanError as error:
            self._is_stale = isinstance(error, ConflictError)
            if self._is_stale:
                self.message.say(sentence_for(error), "bad")
            else:
                self.form.show_problem(error)
                self._show_first_wrong()
            return
        self._set_changed(False)
        self.toast.emit(_("{name} is saved as version {number}.").format(name=kept.name, number=kept.number))
        self.go_to.emit(BACK)

    def cancel(self) -> None:
        """Leave without saving; what was typed can be brought back while the message stands."""
        typed, was_changed, destination = self.typed(), self._is_changed, self.destination

        def bring_back() -> None:
            assert destination is not None  # a page that was cancelled had been opened
            self.go_to.emit(destination)
            self.restore_typed(typed)

        self._set_changed(False)
        self.destination = None
        self.go_to.emit(BACK)
        if was_changed:
            self.toast_with_undo.emit(_("The product is not changed."), bring_back)

    def _show_first_wrong(self) -> None:
        wrong = self.form.first_error
        self.area.ensureWidgetVisible(wrong if wrong is not None else self.form.message)

    # -- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        line = self.fontMetrics().height()
        beside = self.width() >= SIDE_BY_SIDE_FROM * line / 19
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.BottomToTop)
        self._beside.setMinimumWidth(round(line * PREVIEW_WIDTH) if beside else 0)
        self._beside.setMaximumWidth(round(line * PREVIEW_WIDTH) if beside else WIDEST)
