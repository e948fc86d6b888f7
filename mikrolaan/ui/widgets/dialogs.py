"""Dialogs with our own words on their buttons: a choice, a reason for what cannot be undone, a place for a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QIODevice, QObject, QSaveFile, Qt, QTimer
from PySide6.QtGui import QColor, QCursor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mikrolaan.i18n import _
from mikrolaan.ui import theme
from mikrolaan.ui.widgets.basics import button, label
from mikrolaan.ui.widgets.fields import MultilineField

LONGEST_REASON = 500
MOUSE_KEYS = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseButtonRelease,
)


class Modal(QDialog):
    """What every dialog is: an edge of its own, and a double click that closes it does not reach what lay behind."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)  # not every system draws a frame, and in the dark nothing else tells the two apart
        painter.setPen(QColor(theme.current().line))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def done(self, result: int) -> None:
        super().done(result)
        _SecondClick()


class _SecondClick(QObject):
    """Takes the mouse's presses where a dialog was just closed, for as long as they may belong to a double click."""

    def __init__(self) -> None:
        application = QApplication.instance()
        super().__init__(application)
        self._at = QCursor.pos()
        if application is not None:
            application.installEventFilter(self)
        QTimer.singleShot(QApplication.doubleClickInterval(), self, self.deleteLater)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOUSE_KEYS and isinstance(event, QMouseEvent):
            away = event.globalPosition().toPoint() - self._at
            return away.manhattanLength() < QApplication.startDragDistance()
        return False


class Dialog(Modal):
    """A heading, content in `body`, and buttons at the lower right; Esc cancels."""

    def __init__(self, parent: QWidget | None, title: str, text: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(440)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        outer.addWidget(label(title, "section", wraps=True))
        self.text = label(text, wraps=True)
        outer.addWidget(self.text)  # first, since a widget shown without a parent is a window for a moment
        self.text.setVisible(bool(text))
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        outer.addLayout(self.body, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        outer.addLayout(self._buttons)

    def add_button(self, word: str, kind: str = "") -> QPushButton:
        """Another button at the right; the primary one answers Enter."""
        made = button(word, kind)
        made.setAutoDefault(True)  # the button with the cursor answers Enter, so that Cancel cancels
        made.setDefault(kind == "primary")
        self._buttons.addWidget(made)
        return made

    def add_cancel(self, word: str = "") -> QPushButton:
        """The button that closes the dialog with nothing done."""
        made = self.add_button(word or _("Cancel"))
        made.clicked.connect(self.reject)
        return made


class ReasonDialog(Dialog):
    """Asks why, before something that stays in the journal: a reversal, a write-off."""

    def __init__(self, parent: QWidget | None, title: str, text: str, act_word: str) -> None:
        """`act_word` is the act itself ("Write off"), never "OK"."""
        super().__init__(parent, title, text)
        self.reason_field = MultilineField(
            "reason",
            _("&Reason"),
            lines=3,
            longest=LONGEST_REASON,
            help_text=_("Kept in the history with your name and the time."),
        )
        self.body.addWidget(self.reason_field)
        self.add_cancel()
        self.act_button = self.add_button(act_word, "danger")
        self.act_button.clicked.connect(self._on_act)
        self.reason_field.setFocus()

    @property
    def reason(self) -> str:
        """The reason given."""
        return self.reason_field.value()

    def _on_act(self) -> None:
        if self.reason_field.check():
            self.accept()
        else:
            self.reason_field.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, title: str, text: str, act_word: str) -> str | None:
        """The reason, or None when the officer thought better of it."""
        dialog = cls(parent, title, text, act_word)
        return dialog.reason if dialog.exec() == QDialog.DialogCode.Accepted else None


def choose(parent: QWidget | None, title: str, text: str, choices: Sequence[tuple[str, str, str]]) -> str:
    """Let the officer choose between acts, each (key, words, kind of button); "" when cancelled."""
    dialog = Dialog(parent, title, text)
    chosen = [""]

    def take(key: str) -> None:
        chosen[0] = key
        dialog.accept()

    dialog.add_cancel()
    for key, words, kind in choices:
        made = dialog.add_button(words, kind)
        made.clicked.connect(lambda _checked=False, key=key: take(key))
    dialog.exec()
    return chosen[0]


def ask_where_to_save(parent: QWidget | None, title: str, proposed: Path, kind: str, ending: str) -> Path | None:
    """A path to write to, which ends as asked (".pdf"); None when cancelled. `kind` is in words: "PDF document"."""
    dialog = QFileDialog(parent, title, str(proposed), f"{kind} (*{ending})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending.removeprefix("."))
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("Save"))
    return _path_from(dialog)


def ask_what_to_open(parent: QWidget | None, title: str, folder: Path, kind: str, ending: str) -> Path | None:
    """The path of a file that exists; None when cancelled."""
    dialog = QFileDialog(parent, title, str(folder), f"{kind} (*{ending})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptOpen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("Open"))
    return _path_from(dialog)


def write_file(target: Path, content: bytes) -> bool:
    """Whether the file was written whole; a file of that name stays as it was where it could not be."""
    file = QSaveFile(str(target))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        return False
    return file.write(content) == len(content) and file.commit()


def _path_from(dialog: QFileDialog) -> Path | None:
    dialog.setLabelText(QFileDialog.DialogLabel.Reject, _("Cancel"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileName, _("File name:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, _("Kind of file:"))
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, _("Folder:"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    if dialog.exec() != QDialog.DialogCode.Accepted or not dialog.selectedFiles():
        return None
    return Path(dialog.selectedFiles()[0])
