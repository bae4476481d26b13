"""The composer's tabs: a word and the key that opens it, a line under the current one."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from .. import theme
from ..widgets import key_cap_size, paint_key_cap


class KeyTabs(QTabBar):
    """Arrows move between the tabs; the keys are drawn while there is room for all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self._shown: list[tuple[str, str, str]] = []
        self._caps = True
        self._tight = False  # less room beside the words, where they would not all fit
        self._small = False  # and smaller words, where that is not enough
        self.currentChanged.connect(self._current_changed)
        theme.current().changed.connect(self._relook)

    def set_tabs(self, tabs: list[tuple[str, str, str]]) -> None:
        """(name, words, key) in order; the current one is kept by name where it still exists."""
        if tabs == self._shown:
            return
        self._shown = list(tabs)
        before = self.name()
        blocked = self.blockSignals(True)
        while self.count() > len(tabs):
            self.removeTab(self.count() - 1)
        for index, (name, text, key) in enumerate(tabs):
            if index == self.count():
                self.addTab(text)
            elif self.tabText(index) != text:
                self.setTabText(index, text)
            self.setTabData(index, (name, key))
            self.setAccessibleTabName(index, text)
            self.setTabToolTip(index, f"{text}  {key}")
        self.blockSignals(blocked)
        if not self.select(before):
            self.setCurrentIndex(0)
        self._choose_caps()

    def names(self) -> list[str]:
        return [self.tabData(i)[0] for i in range(self.count())]

    def name(self) -> str:
        data = self.tabData(self.currentIndex()) if self.count() else None
        return data[0] if data else ""

    def select(self, name: str) -> bool:
        names = self.names()
        if name not in names:
            return False
        self.setCurrentIndex(names.index(name))
        return True

    def tabSizeHint(self, index: int) -> QSize:
        look = theme.current()
        u = look.u
        room = 6 if self._caps else 2 if self._tight else 4
        width = QFontMetrics(self._font(index, laid_out=True)).horizontalAdvance(self.tabText(index)) + room * u
        if self._caps:
            width += key_cap_size(self.tabData(index)[1] if self.tabData(index) else "W").width() + u
        return QSize(width, max(9 * u, QFontMetrics(look.font("strong")).height() + 4 * u))

    def _font(self, index: int, laid_out: bool = False) -> QFont:
        """Of a tab's words. There is room for all of them to be the current one, but where it is scarce."""
        strong = index == self.currentIndex() or (laid_out and not self._small)
        font = theme.current().font("small" if self._small else "body")
        if strong:
            font.setWeight(theme.current().font("strong").weight())
        return font

    def _current_changed(self, _index: int) -> None:
        if self._small:
            self._relook()

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._choose_caps()
        super().resizeEvent(event)

    def _choose_caps(self) -> None:
        """Keys are drawn only if all tabs fit with them."""
        before = (self._caps, self._tight, self._small)
        self._caps, self._tight, self._small = True, False, False
        self._caps = self._fits()
        self._tight = not self._caps and not self._fits()
        self._small = self._tight and not self._fits()
        if (self._caps, self._tight, self._small) != before:
            self._relook()

    def _fits(self) -> bool:
        return sum(self.tabSizeHint(i).width() for i in range(self.count())) <= max(self.width(), 1)

    def _relook(self) -> None:
        for index in range(self.count()):
            self.setTabText(index, self.tabText(index))  # lays the tabs out again
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(40 * theme.current().u, self.tabSizeHint(0).height() if self.count() else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        for index in range(self.count()):
            rect = self.tabRect(index)
            current = index == self.currentIndex()
            if current and self.hasFocus():
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(look.color("accent"), 2))
                painter.drawRoundedRect(QRectF(rect).adjusted(1, 2, -1, -4), 5, 5)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            font = self._font(index)
            painter.setFont(font)
            painter.setPen(look.color("text" if current else "text2"))
            left = rect.left() + (u if self._tight else 2 * u)
            width = QFontMetrics(self._font(index, laid_out=True)).horizontalAdvance(self.tabText(index)) + 2
            painter.drawText(
                QRect(left, rect.top(), width, rect.height()), Qt.AlignmentFlag.AlignVCenter, self.tabText(index)
            )
            if self._caps:
                key = self.tabData(index)[1]
                size = key_cap_size(key)
                used = QFontMetrics(font).horizontalAdvance(self.tabText(index))
                top = rect.center().y() - size.height() // 2
                paint_key_cap(painter, QRect(left + used + 2 * u, top, size.width(), size.height()), key)
            if current:
                painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), look.color("accent"))


class Stack(QStackedWidget):
    """As high as the page that is shown, not as the highest one."""

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.sizeHint() if page else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page else super().minimumSizeHint()
