"""What hangs on an entry: its files, and the pictures of a letter."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QImageReader, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ...desk import files
from ...desk.values import FileItem
from .. import icons, theme, words
from ..buttons import EnterPresses
from ..chips import chip_size
from ..i18n import fill, translate

#: A picture is shown at most this high, logical pixels.
PICTURE_HEIGHT = 320


class FileChip(EnterPresses, QAbstractButton):
    """An attachment: name and size; a click or Enter asks where to save it."""

    def __init__(self, file: FileItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = file
        self.setText(f"{file.name}, {words.size(file.size)}")
        self.risk = files.risk(file.name)
        warning = words.risk(self.risk)
        self.setAccessibleName(". ".join(filter(None, [fill(translate("Timeline", "File %1"), self.text()), warning])))
        self.setToolTip("\n".join(filter(None, [fill(translate("Timeline", "Save %1 as"), file.name), warning])))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        look = theme.current()
        size = chip_size(self.text(), "paperclip", QFontMetrics(look.font("small")))
        return QSize(min(size.width(), 70 * look.u), max(size.height(), 24))

    def minimumSizeHint(self) -> QSize:
        return QSize(16 * theme.current().u, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("bg-sel" if self.underMouse() else "bg-hover"))
        area = self.rect().adjusted(0, 1, 0, -1)
        painter.drawRoundedRect(QRectF(area), 4, 4)
        image = self.file.type.startswith("image/")
        name, token = ("triangle-alert", "high") if self.risk else ("image" if image else "paperclip", "text2")
        icons.paint(painter, QRect(area.left() + 2 * u, area.top(), 3 * u, area.height()), name, token)
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text2"))
        text = area.adjusted(6 * u, 0, -u, 0)
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class Picture(QWidget):
    """A picture of a letter, scaled down to the width there is. Only its own bytes are read, nothing is fetched."""

    def __init__(self, file: FileItem) -> None:
        super().__init__()
        self.file = file
        self._image = QImage()
        self.setAccessibleName(fill(translate("Timeline", "Picture %1"), file.name))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def set_image(self, image: QImage) -> bool:
        self._image = image
        self.updateGeometry()
        self.update()
        return not image.isNull()

    def _size(self, width: int) -> QSize:
        if self._image.isNull():
            return QSize(0, 0)
        size = self._image.size()
        return size.scaled(min(width, size.width()), PICTURE_HEIGHT, Qt.AspectRatioMode.KeepAspectRatio).boundedTo(size)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._size(width).height()

    def sizeHint(self) -> QSize:
        return self._size(max(self.width(), 200))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRect(0, 0, *self._size(self.width()).toTuple())
        painter.drawImage(area, self._image)
        painter.setPen(QPen(theme.current().color("line"), 1))
        painter.drawRect(area.adjusted(0, 0, -1, -1))


def decode(data: bytes) -> QImage:
    """A picture of at most 4,096 pixels a side; a null image for anything else. Bombs are refused by Qt's limit."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > 4096:
        reader.setScaledSize(size.scaled(4096, 4096, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
