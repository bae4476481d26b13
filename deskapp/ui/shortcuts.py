"""The overlay of keys (?): what can be pressed, and what of it makes sense right here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMarginsF, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from . import theme
from .actions import Action, ActionRegistry, scope_words, shown_keys
from .palette_box import match
from .widgets import Button, Label, ToolButton, key_cap_size, key_text, paint_key_cap

COLUMNS = 3

#: Words, command (None: a heading), valid here.
Line = tuple[str, Action | None, bool]


class _KeyTable(QWidget):
    """The commands in three columns, painted: words at the left, key at the right, headings between."""

    def __init__(self, actions: ActionRegistry, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self._needle = ""
        self._top = 0
        self._scopes: tuple[str, ...] = actions.active_scopes()

    def show_for(self, needle: str, scopes: tuple[str, ...]) -> None:
        self._needle, self._scopes, self._top = needle, scopes, 0
        self.update()

    def lines(self) -> list[Line]:
        """All lines in reading order."""
        result: list[Line] = []
        for scope in self._actions.scopes():
            found = [
                action
                for action in self._actions.in_scope(scope)
                if action.key and match(self._needle, action.search_words())
            ]
            if found:
                result.append((scope_words(scope), None, scope in self._scopes))
                result += [
                    (action.words(), action, scope in self._scopes and action.enabled_when()) for action in found
                ]
        return result

    def _row(self) -> int:
        return 7 * theme.current().u

    def columns(self) -> list[list[Line]]:
        """The lines in columns of about equal length; a heading never stands last in one."""
        lines = self.lines()
        per_column = max(1, -(-len(lines) // COLUMNS))
        columns: list[list[Line]] = [[]]
        for place, line in enumerate(lines):
            last = len(columns) == COLUMNS
            heading_at_end = line[1] is None and len(columns[-1]) >= per_column - 1 and place + 1 < len(lines)
            if columns[-1] and not last and (len(columns[-1]) >= per_column or heading_at_end):
                columns.append([])
            columns[-1].append(line)
        return columns

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.scroll_by(-event.angleDelta().y() // 2)

    def scroll_by(self, pixels: int) -> None:
        longest = max(len(column) for column in self.columns())
        hidden = max(0, longest * self._row() - self.height())
        self._top = min(max(0, self._top + pixels), hidden)
        self.update()

    def paintEvent(self, _event: Any) -> None:
        look = theme.current()
        u, row = look.u, self._row()
        painter = QPainter(self)
        gap = 8 * u
        width = (self.width() - gap * (COLUMNS - 1)) // COLUMNS
        for place, column in enumerate(self.columns()):
            for line, (text, action, valid) in enumerate(column):
                rect = QRect(place * (width + gap), line * row - self._top, width, row)
                self._paint_line(painter, rect, text, action, valid)

    def _paint_line(self, painter: QPainter, rect: QRect, text: str, action: Action | None, valid: bool) -> None:
        look = theme.current()
        u = look.u
        painter.setPen(look.color("text" if valid else "text3"))
        if action is None:
            painter.setFont(look.font("strong"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            return
        right = rect.right() + 1
        for key in reversed(shown_keys(action)):
            shown = key_text(key)
            size = key_cap_size(shown)
            right -= size.width()
            top = rect.y() + (rect.height() - size.height()) // 2
            paint_key_cap(painter, QRect(QPoint(right, top), size), shown, "text" if valid else "text3")
            right -= u
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text" if valid else "text3"))
        area = QRect(rect.x(), rect.y(), right - rect.x() - 2 * u, rect.height())
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class ShortcutsOverlay(QFrame):
    """A panel over the main part. Typing filters, Esc closes and gives the focus back, Print makes a PDF."""

    closed = Signal()

    def __init__(self, window: QWidget, actions: ActionRegistry) -> None:
        super().__init__(window)
        self.setObjectName("shortcuts")
        self._actions = actions
        self._came_from: QWidget | None = None
        column = QVBoxLayout(self)
        u = theme.current().u
        column.setContentsMargins(6 * u, 4 * u, 6 * u, 4 * u)
        column.setSpacing(3 * u)
        head = QHBoxLayout()
        self._title = Label(role="title")
        self.filter = QLineEdit()
        self.filter.setObjectName("shortcuts.filter")
        self.filter.setFixedSize(60 * u, 7 * u)
        self.filter.textChanged.connect(self._filter)
        self._print = Button(icon="printer")
        self._print.setObjectName("shortcuts.print")
        self._print.clicked.connect(self._ask_where_to_print)
        self._close = ToolButton("x", "", "Esc")
        self._close.clicked.connect(self.close_overlay)
        head.addWidget(self._title)
        head.addStretch(1)
        for widget in (self.filter, self._print, self._close):
            head.addWidget(widget)
        column.addLayout(head)
        self.table = _KeyTable(actions, self)
        column.addWidget(self.table, 1)
        self.filter.installEventFilter(self)
        self._say()
        self.hide()

    def _say(self) -> None:
        self._title.setText(self.tr("Keys"))
        self.filter.setPlaceholderText(self.tr("Find a command"))
        self.filter.setAccessibleName(self.tr("Find a command"))
        self._print.setText(self.tr("Save as PDF"))
        self._close.set_words(self.tr("Close"), "Esc")

    def open(self, focus: QWidget | None, area: QRect) -> None:
        """Show it over `area`; `focus` is where the focus returns to."""
        self._came_from = focus
        self._say()
        self.table.show_for("", self._actions.active_scopes())
        self.filter.clear()
        self.setGeometry(area)
        self.show()
        self.raise_()
        self.filter.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_overlay(self) -> None:
        if not self.isVisible():
            return
        self.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)
        self._came_from = None
        self.closed.emit()

    def _filter(self, text: str) -> None:
        self.table.show_for(text.strip(), self._actions.active_scopes())

    def eventFilter(self, watched: Any, event: Any) -> bool:
        if watched is self.filter and isinstance(event, QKeyEvent):
            key = event.key()
            if event.type() == QKeyEvent.Type.ShortcutOverride and key == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() == QKeyEvent.Type.KeyPress:
                if key == Qt.Key.Key_Escape:
                    self.close_overlay()
                    return True
                step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
                if key in step:
                    self.table.scroll_by(step[Qt.Key(key)] * 28)
                    return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: Any) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("bg-base"))
        painter.setPen(QPen(look.color("line-ctl"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _ask_where_to_print(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, self.tr("Save as PDF"), "deskapp.pdf", "PDF (*.pdf)")
        if path:
            self.save_pdf(Path(path))

    def save_pdf(self, path: Path) -> None:
        """All keys on one page."""
        writer = QPdfWriter(str(path))
        writer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                QPageLayout.Orientation.Landscape,
                QMarginsF(10, 10, 10, 10),
            )
        )
        writer.setTitle(self.tr("Keys"))
        document = QTextDocument()
        document.setDefaultFont(theme.current().font("body"))
        document.setHtml(self._html())
        page = QRectF(0, 0, writer.width(), writer.height())
        painter = QPainter(writer)
        document.documentLayout().setPaintDevice(writer)
        document.setPageSize(page.size())
        painter.save()
        shrink = min(1.0, page.height() / max(1.0, document.documentLayout().documentSize().height()))
        if shrink < 1.0:
            document.setTextWidth(page.width() / shrink)
            shrink = min(shrink, page.height() / max(1.0, document.size().height()))
            painter.scale(shrink, shrink)
        document.drawContents(painter)
        painter.restore()
        painter.end()

    def _html(self) -> str:
        from html import escape

        cells = []
        for column in self.table.columns():
            lines = [
                f"<p><b>{escape(text)}</b></p>"
                if action is None
                else f"<p>{escape(text)}&nbsp;&nbsp;<b>{escape(', '.join(map(key_text, shown_keys(action))))}</b></p>"
                for text, action, _valid in column
            ]
            cells.append(f"<td width='33%'>{''.join(lines)}</td>")
        return f"<h3>{escape(self.tr('Keys'))}</h3><table width='100%'><tr>{''.join(cells)}</tr></table>"
