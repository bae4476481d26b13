"""Files that go with a letter or a note: chosen, dropped in, or pasted as a screenshot."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from .. import icons, theme, words
from ..i18n import fill
from ..widgets import FlowLayout, paint_chip


@dataclass(frozen=True)
class Attached:
    """A file before it leaves: on disk under ``path``, or pasted (``data``, base64 text in a stored draft)."""

    name: str
    type: str
    size: int
    path: str = ""
    data: bytes = b""

    def stored(self) -> dict[str, Any]:
        kept = asdict(self)
        kept["data"] = bytes(QByteArray(self.data).toBase64().data()).decode()
        return kept

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> Attached:
        data = bytes(QByteArray.fromBase64(QByteArray(str(kept.get("data", "")).encode())).data())
        return cls(
            str(kept.get("name", "")),
            str(kept.get("type", "")),
            int(kept.get("size", 0)),
            str(kept.get("path", "")),
            data,
        )


def from_path(path: str) -> Attached:
    """Name, kind and size of a file; OSError when it cannot be read."""
    file = Path(path)
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return Attached(file.name, kind, file.stat().st_size, str(file))


def from_image(image: QImage, name: str) -> Attached:
    """A pasted picture as PNG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Attached(name, "image/png", data.size(), "", bytes(data.data()))


class _FileChip(QWidget):
    """A file's name and size with a cross. Delete takes it off."""

    removed = Signal()

    def __init__(self, file: Attached, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = file
        self._text = f"{file.name}, {words.size(file.size)}"
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._text)
        self.setToolTip(fill(self.tr("%1. Delete takes it off."), self._text))

    def sizeHint(self) -> QSize:
        look = theme.current()
        metrics = QFontMetrics(look.font("small"))
        width = min(metrics.horizontalAdvance(self._text), 60 * look.u)
        return QSize(width + 14 * look.u, max(24, metrics.height() + 2 * look.u))

    def paintEvent(self, _event: QPaintEvent) -> None:
        u = theme.current().u
        painter = QPainter(self)
        paint_chip(painter, self.rect(), "", "low")
        paint_chip(painter, self.rect().adjusted(0, 0, -5 * u, 0), self._text, "low", "paperclip", fill=False)
        icons.paint(painter, QRect(self.width() - 5 * u, 0, 3 * u, self.height()), "x", "text2")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.position().x() >= self.width() - 6 * theme.current().u:
            self.removed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class Attachments(QWidget):
    """The chips of the files, nothing where there are none. ``failed`` carries a path that could not be read."""

    changed = Signal()
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: list[Attached] = []
        self._flow = FlowLayout(self, theme.current().u)
        self.setAccessibleName(self.tr("Attachments"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def files(self) -> tuple[Attached, ...]:
        return tuple(self._files)

    def set_files(self, files: Iterable[Attached]) -> None:
        self._files = list(files)
        self._show()

    def add_paths(self, paths: Iterable[str]) -> None:
        for path in paths:
            try:
                self._files.append(from_path(path))
            except OSError:
                self.failed.emit(path)
        self._show()
        self.changed.emit()

    def add_image(self, image: QImage) -> None:
        shot = sum(1 for file in self._files if not file.path) + 1
        self._files.append(from_image(image, f"screenshot-{shot}.png"))
        self._show()
        self.changed.emit()

    def ask(self) -> None:
        """Let the person choose files."""
        paths, _filter = QFileDialog.getOpenFileNames(self.window(), self.tr("Attach files"))
        if paths:
            self.add_paths(paths)

    def stored(self) -> list[dict[str, Any]]:
        return [file.stored() for file in self._files]

    def restore(self, kept: Iterable[Mapping[str, Any]]) -> None:
        self.set_files(Attached.restored(file) for file in kept)

    def _remove(self, file: Attached) -> None:
        self._files.remove(file)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._flow.clear()
        for number, file in enumerate(self._files, 1):
            chip = _FileChip(file, self)
            chip.setObjectName(f"composer.file.{number}")
            chip.removed.connect(lambda file=file: self._remove(file))
            self._flow.addWidget(chip)
        self.setVisible(bool(self._files))
        self.updateGeometry()
