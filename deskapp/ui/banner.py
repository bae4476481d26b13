"""The banner over a screen, and the details behind it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from . import icons, theme
from .i18n import translate
from .messages import Banner, Level
from .widgets import Button, ElidedLabel, Label, LinkButton, Panel, ToolButton

_LOOKS = {
    Level.INFO: ("info", "norm"),
    Level.OFFLINE: ("cloud-off", "high"),
    Level.CONFLICT: ("git-fork", "crit"),
    Level.ERROR: ("triangle-alert", "crit"),
}


class BannerBar(Panel):
    """One line of importance: glyph, words, what can be done, a cross."""

    dismissed = Signal(str)
    details_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("high-bg", "b", parent)
        self.setObjectName("banner")
        self._banner: Banner | None = None
        self.text = ElidedLabel()
        self.text.setObjectName("banner.text")
        self._actions = QHBoxLayout()
        self._cross = ToolButton("x", translate("Banner", "Dismiss"))
        self._cross.clicked.connect(self._dismiss)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.text, 1)
        self._row.addLayout(self._actions)
        self._row.addWidget(self._cross)
        theme.current().changed.connect(self._measure)
        self._measure()
        self.hide()

    def _measure(self) -> None:
        u = theme.current().u
        self.setFixedHeight(10 * u)
        self._row.setContentsMargins(10 * u, 0, 2 * u, 0)
        self._row.setSpacing(4 * u)
        self._actions.setSpacing(4 * u)

    def show_banner(self, banner: Banner | None) -> None:
        self._banner = banner
        while self._actions.count():
            widget = self._actions.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if banner is None:
            self.hide()
            return
        _icon, token = _LOOKS[banner.level]
        self.set_token(f"{token}-bg")
        self.text.set_token(token)
        self.text.setText(banner.text)
        for text, act in banner.actions:
            self._add(text, act)
        if banner.details:
            self._add(translate("Banner", "Details"), self._details)
        self._cross.set_words(translate("Banner", "Dismiss"))
        self.setAccessibleName(banner.text)
        self.show()
        self.update()

    def banner(self) -> Banner | None:
        return self._banner

    def _add(self, text: str, act) -> None:  # type: ignore[no-untyped-def]
        link = LinkButton(text)
        link.clicked.connect(act)
        self._actions.addWidget(link)

    def _details(self) -> None:
        self.details_wanted.emit(self._banner)

    def _dismiss(self) -> None:
        if self._banner is not None:
            self.dismissed.emit(self._banner.id)

    def paintEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().paintEvent(event)
        if self._banner is not None:
            u = theme.current().u
            icon, token = _LOOKS[self._banner.level]
            icons.paint(QPainter(self), QRect(4 * u, 0, 4 * u, self.height()), icon, token)


class DetailsDialog(QDialog):
    """The whole of a message with its technical lines, to read and to copy."""

    def __init__(self, title: str, text: str, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        u = theme.current().u
        self.resize(140 * u, 80 * u)
        column = QVBoxLayout(self)
        column.setSpacing(3 * u)
        words = Label(text)
        words.setWordWrap(True)
        column.addWidget(words)
        from PySide6.QtWidgets import QPlainTextEdit  # no first window has one

        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setFont(theme.current().fixed_font())
        self.details.setAccessibleName(self.tr("Technical details"))
        column.addWidget(self.details, 1)
        row = QHBoxLayout()
        copy = Button(self.tr("Copy"), "copy")
        copy.clicked.connect(self._copy)
        close = Button(self.tr("Close"))
        close.clicked.connect(self.accept)
        row.addStretch(1)
        row.addWidget(copy)
        row.addWidget(close)
        column.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
