"""The office's logo: an image chosen from the disk, shown as it will look, or none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mikrolaan.domain.office import LARGEST_LOGO_BYTES
from mikrolaan.i18n import _
from mikrolaan.ui.widgets.basics import button
from mikrolaan.ui.widgets.dialogs import ask_what_to_open
from mikrolaan.ui.widgets.fields import Field

PREVIEW = QSize(160, 72)
LARGEST_SIDE = 8_000  # pixels; a small file can unfold into an image that fills the memory


class LogoField(Field[bytes]):
    """A PNG or JPEG of at most 2 MB. What is refused leaves the present logo as it is."""

    def __init__(self, name: str, label_text: str) -> None:
        self.choose_button = button(_("Choose an ima&ge…"), icon_name="upload-simple")
        self.remove_button = button(_("Remove the logo"), "quiet", "trash")
        self.preview = QLabel()
        self._logo: bytes | None = None
        super().__init__(name, label_text, self.choose_button, required=False)
        self.choose_button.setAccessibleName("")  # the button says its own words
        self.choose_button.clicked.connect(self.choose)
        self.remove_button.clicked.connect(self._on_remove)
        self._show()

    def _editor_row(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        frame = QFrame()
        frame.setProperty("role", "card")
        frame.setFixedSize(PREVIEW.width() + 18, PREVIEW.height() + 18)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(8, 8, 8, 8)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setWordWrap(True)
        self.preview.setProperty("role", "caption")
        inside.addWidget(self.preview)
        layout.addWidget(frame)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addStretch(1)
        return row

    def tab_stops(self) -> list[QWidget]:
        return [self.choose_button, self.remove_button]

    def typed(self) -> object:
        return self._logo

    def restore_typed(self, typed: object) -> None:
        self.set_value(typed if isinstance(typed, bytes) else None)

    def _read(self) -> bytes:
        return self._logo or b""

    def set_value(self, value: bytes | None) -> None:
        self._logo = value
        self._show()
        self.clear_error()

    def set_read_only(self, read_only: bool) -> None:
        self.choose_button.setVisible(not read_only)
        self.remove_button.setVisible(not read_only and self._logo is not None)

    def choose(self) -> None:
        """Let the officer pick a file."""
        chosen = ask_what_to_open(
            self, _("Choose the office's logo"), Path.home(), _("PNG or JPEG image"), ".png *.jpg *.jpeg"
        )
        if chosen is not None:
            self.take(chosen)

    def take(self, path: Path) -> None:
        """Read the image; what is too large or no image is told beside the field."""
        try:
            if path.stat().st_size > LARGEST_LOGO_BYTES:
                self.set_error(_("This image is larger than 2 MB. Save it smaller and choose it again."))
                return
            content = path.read_bytes()
        except OSError:
            self.set_error(_("This file cannot be read. Choose another."))
            return
        if image_of(content) is None:
            self.set_error(_("This is not a PNG or JPEG image. Save the logo as one of these and choose it again."))
            return
        self.set_value(content)
        self.changed.emit()

    def _on_remove(self) -> None:
        self.set_value(None)
        self.choose_button.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        self.remove_button.setVisible(self._logo is not None and self.choose_button.isVisibleTo(self))
        image = image_of(self._logo) if self._logo is not None else None
        if image is None:
            self.preview.setPixmap(QPixmap())
            self.preview.setText(_("No logo"))
            return
        ratio = self.devicePixelRatioF()
        shown = QPixmap.fromImage(image).scaled(
            PREVIEW * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        shown.setDevicePixelRatio(ratio)
        self.preview.setPixmap(shown)


def image_of(content: bytes) -> QImage | None:
    """The image in a PNG or JPEG; None where it is neither, broken or of an absurd size."""
    if not content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > LARGEST_SIDE:
        return None
    image = reader.read()
    return None if image.isNull() else image
