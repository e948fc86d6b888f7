"""Prints the pages of a PDF on a printer, as exact pictures of what was issued."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

PRINTED_DPI = 300  # finer makes the print job larger and nothing sharper on office paper
POINTS_PER_INCH = 72


def print_pages(content: bytes, printer: QPrinter, title: str) -> bool:
    """Print the pages that the officer chose on that printer; False when the printer refused."""
    import pypdfium2

    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    pages = pypdfium2.PdfDocument(content)
    try:
        numbers = chosen_pages(printer, len(pages))
        painter = QPainter()
        if not painter.begin(printer):
            return False
        try:
            dpi = min(printer.resolution(), PRINTED_DPI)
            for position, number in enumerate(numbers):
                if position and not printer.newPage():
                    return False
                picture = _picture(pages[number], dpi)
                width, height = pages[number].get_size()
                scale = printer.resolution() / POINTS_PER_INCH
                painter.drawImage(QRectF(0, 0, width * scale, height * scale), picture)
        finally:
            painter.end()
    finally:
        pages.close()
    return True


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """Which pages to print, counted from 0, in the order in which they come out."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    numbers = [number for number in range(count) if first <= number + 1 <= last]
    return numbers[::-1] if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst else numbers


def _picture(page: object, dpi: int) -> QImage:
    bitmap = page.render(scale=dpi / POINTS_PER_INCH, prefer_bgrx=True)  # type: ignore[attr-defined]  # untyped library
    pixels = bytes(bitmap.buffer)
    return QImage(pixels, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
