"""Paper on the screen: the pages of a PDF exactly as they are printed, with zoom, save and print."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from mikrolaan.i18n import _
from mikrolaan.ui import theme
from mikrolaan.ui.widgets.basics import action_button, icon_button, label, make_action

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

GAP = 16
ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
PIXELS_PER_POINT = 96 / 72  # at 100 %
IMAGES_KEPT = 6


class PdfDocument:
    """A PDF in memory. It is opened anew for each page drawn, which takes less than a millisecond and leaves nothing
    open behind."""

    def __init__(self, content: bytes) -> None:
        import pypdfium2

        self.content = content
        with pypdfium2.PdfDocument(content) as pdf:
            self.sizes: tuple[tuple[float, float], ...] = tuple(
                pdf.get_page_size(number) for number in range(len(pdf))
            )  # width and height of every page in points

    def draw(self, number: int, scale: float) -> QImage:
        """The page as a picture, `scale` pixels to a point."""
        import pypdfium2
        from pypdfium2.raw import FPDFBitmap_BGRx

        with pypdfium2.PdfDocument(self.content) as pdf:
            bitmap: Any = pdf[number].render(scale=scale, force_bitmap_format=FPDFBitmap_BGRx)
            picture = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            ).copy()
            bitmap.close()
        return picture


class _Pages(QWidget):
    """The pages below each other; only those in sight are drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.document: PdfDocument | None = None
        self.zoom = 1.0
        self._drawn: OrderedDict[tuple[int, float], QImage] = OrderedDict()

    def show_document(self, document: PdfDocument | None) -> None:
        self.document = document
        self._drawn.clear()
        self.lay_out()

    def lay_out(self) -> None:
        rects = self.page_rects(0)
        width = max((rect.width() for rect in rects), default=0)
        height = rects[-1].bottom() + 1 if rects else 0
        self.setFixedSize(QSize(width + 2 * GAP, height + GAP))
        self.update()

    def page_rects(self, width: int) -> list[QRect]:
        """Where each page stands, centred in `width`."""
        rects: list[QRect] = []
        top = GAP
        for points_wide, points_high in self.document.sizes if self.document is not None else ():
            wide = round(points_wide * PIXELS_PER_POINT * self.zoom)
            high = round(points_high * PIXELS_PER_POINT * self.zoom)
            rects.append(QRect(max(GAP, (width - wide) // 2), top, wide, high))
            top += high + GAP
        return rects

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for number, rect in enumerate(self.page_rects(self.width())):
            if not rect.intersects(event.rect()):
                continue
            painter.fillRect(rect, QColor(Qt.GlobalColor.white))
            painter.drawImage(rect, self._picture(number))
            painter.setPen(QColor(theme.current().line))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        painter.end()

    def _picture(self, number: int) -> QImage:
        assert self.document is not None
        scale = PIXELS_PER_POINT * self.zoom * self.devicePixelRatioF()
        picture = self._drawn.get((number, scale))
        if picture is None:
            picture = self._drawn[number, scale] = self.document.draw(number, scale)
            if len(self._drawn) > IMAGES_KEPT:
                self._drawn.popitem(last=False)
        return picture


class PdfView(QWidget):
    """Preview of one document. `save_asked` and `print_asked` leave the act to the page."""

    save_asked = Signal()
    print_asked = Signal()

    def __init__(self, content: bytes | None = None) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        self.bar = QHBoxLayout()
        self.bar.setSpacing(8)
        outer.addLayout(self.bar)
        self.before_button = icon_button("caret-up", _("Previous page"))
        self.after_button = icon_button("caret-down", _("Next page"))
        self.page_label = label("", "muted")
        self.smaller_button = icon_button("minus-magnifying-glass", _("Smaller"))
        self.larger_button = icon_button("plus-magnifying-glass", _("Larger"))
        self.zoom_label = label("", "muted")
        for widget in (self.before_button, self.after_button, self.page_label):
            self.bar.addWidget(widget)
        self.bar.addSpacing(16)
        for widget in (self.smaller_button, self.zoom_label, self.larger_button):
            self.bar.addWidget(widget)
        self.bar.addStretch(1)
        self.save_act = make_action(
            self,
            _("Save as PDF…"),
            self.save_asked.emit,
            tip=_("Save the document as a file"),
            icon_name="download-simple",
        )
        self.print_act = make_action(
            self,
            _("Print…"),
            self.print_asked.emit,
            shortcut="Ctrl+P",
            tip=_("Print the document"),
            icon_name="printer",
        )
        self.bar.addWidget(action_button(self.save_act))
        self.bar.addWidget(action_button(self.print_act))
        self._pages = _Pages()
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area.setWidget(self._pages)
        self.area.setAccessibleName(_("Preview of the document"))
        self.area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        outer.addWidget(self.area, 1)
        self.before_button.clicked.connect(lambda _checked=False: self.show_page(self.current_page - 1))
        self.after_button.clicked.connect(lambda _checked=False: self.show_page(self.current_page + 1))
        self.smaller_button.clicked.connect(lambda _checked=False: self._step_zoom(-1))
        self.larger_button.clicked.connect(lambda _checked=False: self._step_zoom(1))
        self.area.verticalScrollBar().valueChanged.connect(lambda _value: self._show_place())
        self._zoom_is_chosen = False
        self.area.viewport().installEventFilter(self)
        self.show_content(content)

    def show_content(self, content: bytes | None) -> None:
        """Show another PDF from its first page; None shows nothing."""
        self._pages.show_document(PdfDocument(content) if content else None)
        self.save_act.setEnabled(content is not None)
        self.print_act.setEnabled(content is not None)
        self.area.verticalScrollBar().setValue(0)
        self._fit()
        self._show_place()

    @property
    def content(self) -> bytes | None:
        """The PDF shown, byte for byte."""
        return None if self._pages.document is None else self._pages.document.content

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return 0 if self._pages.document is None else len(self._pages.document.sizes)

    @property
    def current_page(self) -> int:
        """The number, from 0, of the page in the middle of the view."""
        middle = self.area.verticalScrollBar().value() + self.area.viewport().height() // 2
        rects = self._pages.page_rects(self._pages.width())
        return next((number for number, rect in enumerate(rects) if rect.bottom() + GAP >= middle), len(rects) - 1)

    @property
    def zoom(self) -> float:
        """1.0 shows the paper at its true size on a screen of 96 points to the inch."""
        return self._pages.zoom

    def show_page(self, number: int) -> None:
        """Scroll to a page; a number outside is taken to the nearest."""
        rects = self._pages.page_rects(self._pages.width())
        if rects:
            self.area.verticalScrollBar().setValue(rects[max(0, min(number, len(rects) - 1))].top() - GAP)

    def set_zoom(self, zoom: float) -> None:
        """Show the pages larger or smaller, keeping the page in view."""
        page = self.current_page
        self._pages.zoom = max(ZOOMS[0] / 2, min(zoom, ZOOMS[-1]))
        self._pages.lay_out()
        self.show_page(page)
        self._show_place()

    def _step_zoom(self, step: int) -> None:
        self._zoom_is_chosen = True
        smaller = [zoom for zoom in ZOOMS if zoom < self.zoom - 0.01]
        larger = [zoom for zoom in ZOOMS if zoom > self.zoom + 0.01]
        self.set_zoom((larger or [ZOOMS[-1]])[0] if step > 0 else (smaller or [ZOOMS[0]])[-1])

    def _fit(self) -> None:
        """Until a zoom is chosen, the page is as wide as the view allows, up to its true size and a quarter."""
        if self._zoom_is_chosen or self._pages.document is None or not self._pages.document.sizes:
            return
        widest = max(width for width, _height in self._pages.document.sizes) * PIXELS_PER_POINT
        room = self.area.viewport().width() - 2 * GAP
        self.set_zoom(max(0.4, min(1.25, room / widest)))

    def _show_place(self) -> None:
        count = self.page_count
        page = self.current_page
        self.page_label.setText(
            _("Page {page} of {count}").format(page=page + 1, count=count) if count else _("No document")
        )
        self.zoom_label.setText(f"{round(self.zoom * 100)} %")
        self.before_button.setEnabled(page > 0)
        self.after_button.setEnabled(page < count - 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
            self._show_place()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._pages.update()


def print_pdf(content: bytes, printer: QPrinter) -> None:
    """Print every page at the printer's own resolution, at true size, onto the whole sheet."""
    document = PdfDocument(content)
    printer.setFullPage(True)
    first = printer.fromPage() - 1 if printer.fromPage() else 0
    last = printer.toPage() if printer.toPage() else len(document.sizes)
    painter = QPainter(printer)
    scale = min(printer.resolution(), 600) / 72  # beyond 600 dots to the inch only the memory grows
    for number in range(max(0, first), min(last, len(document.sizes))):
        if number > first:
            printer.newPage()
        width, height = document.sizes[number]
        unit = printer.resolution() / 72
        painter.drawImage(QRectF(0, 0, width * unit, height * unit), document.draw(number, scale))
    painter.end()


def ask_and_print(content: bytes, name: str, parent: QWidget | None) -> bool:
    """The system's print dialog, then paper; False when the officer cancelled."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(_("Print"))
    if not dialog.exec():
        return False
    print_pdf(content, printer)
    return True
