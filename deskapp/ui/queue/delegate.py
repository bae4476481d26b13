"""Paints the rows of the queue: three lines with room to read, or one compact line."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ...desk.values import QueueItem
from .. import icons, theme
from ..marks import NOTHING, Mark
from ..widgets import urgency_icon
from . import rows
from .model import GroupRow, Role
from .rows import Piece, RowWords

Index = QModelIndex | QPersistentModelIndex
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_ELIDE = Qt.TextElideMode.ElideRight
#: Compact columns from the right: name and share of the width.
_COMPACT = (("slack", 0.13), ("deadline", 0.12), ("owner", 0.12), ("cause", 0.15))


@dataclass(frozen=True)
class _Fonts:
    body: QFont
    strong: QFont
    small: QFont
    caption_strong: QFont
    #: Heights of the three lines of a row, and of a group's head.
    lines: tuple[int, int, int]
    head: int


class QueueDelegate(QStyledItemDelegate):
    """Heights are the same for all rows of a kind, so that scrolling needs no measuring."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.compact = False
        self._fonts: _Fonts | None = None
        theme.current().changed.connect(self._forget)

    def _forget(self) -> None:
        self._fonts = None

    def fonts(self) -> _Fonts:
        if self._fonts is None:
            look = theme.current()
            group = look.font("small")
            group.setWeight(QFont.Weight.DemiBold)
            body, strong, small = look.font("body"), look.font("strong"), look.font("small")
            first, second, third = (QFontMetrics(font).height() for font in (strong, body, small))
            lines = (first, max(first, second), third)
            self._fonts = _Fonts(body, strong, small, group, lines, QFontMetrics(group).height())
        return self._fonts

    def lines(self) -> tuple[int, int, int]:
        """Heights of the three lines of a row."""
        return self.fonts().lines

    def row_height(self, kind: str) -> int:
        u = theme.current().u
        strong, second, third = self.lines()
        if kind == "group":
            return max(6 * u, self.fonts().head + 2 * u)
        if self.compact:
            return max(round(7.5 * u), second + 3 * u)
        return max(round(15.75 * u), strong + second + third + 3 * u)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, self.row_height(index.data(Role.KIND)))

    # -- painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Role.ROW)
        painter.save()
        if isinstance(row, GroupRow):
            self._paint_group(painter, option, row, bool(index.data(Role.OPEN)))
        else:
            shown = index.data(Role.WORDS)
            self._background(painter, option)
            if shown is not None:
                marked = bool(index.data(Role.MARKED))
                draw = self._paint_compact if self.compact else self._paint_full
                draw(painter, option.rect, row, shown, marked, index.data(Role.MARK) or NOTHING)
        painter.restore()

    def _background(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        look = theme.current()
        rect = option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, look.color("bg-sel"))
            active = bool(state & QStyle.StateFlag.State_Active)
            bar = "accent" if active else "line-ctl"
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), look.color(bar))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.color("bg-hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("line"))
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("accent"), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))

    def _paint_group(self, painter: QPainter, option: QStyleOptionViewItem, row: GroupRow, is_open: bool) -> None:
        look = theme.current()
        u, rect = look.u, option.rect
        painter.fillRect(rect, look.color("bg-alt"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("line"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        arrow = QRect(rect.left() + 3 * u, rect.top(), 3 * u, rect.height())
        icons.paint(painter, arrow, "chevron-down" if is_open else "chevron-right", "text2")
        painter.setFont(self.fonts().caption_strong)
        metrics = painter.fontMetrics()
        figure = rows.group_figure(row.code, row.minutes)
        right = rect.right() - 3 * u
        title_width = metrics.horizontalAdvance(rows.group_title(row.code)) + metrics.horizontalAdvance(str(row.count))
        room_left = right - arrow.right() - title_width - 5 * u
        if figure and QFontMetrics(self.fonts().small).horizontalAdvance(figure) <= room_left:
            painter.setFont(self.fonts().small)
            width = painter.fontMetrics().horizontalAdvance(figure)
            painter.setPen(look.color("text2"))
            painter.drawText(QRect(right - width, rect.top(), width + 2, rect.height()), _RIGHT, figure)
            right -= width + 2 * u
        count = str(row.count)
        left = arrow.right() + u
        room = right - left - metrics.horizontalAdvance(count) - 2 * u
        title = metrics.elidedText(rows.group_title(row.code), _ELIDE, room)
        painter.setFont(self.fonts().caption_strong)
        painter.setPen(look.color("text2"))
        painter.drawText(QRect(left, rect.top(), room + 2, rect.height()), _MIDDLE, title)
        left += metrics.horizontalAdvance(title) + 2 * u
        painter.setFont(self.fonts().small)
        painter.drawText(QRect(left, rect.top(), right - left + 2, rect.height()), _MIDDLE, count)

    def _glyph(self, painter: QPainter, area: QRect, item: QueueItem, marked: bool) -> None:
        if marked:
            icons.paint(painter, area, "check", "accent")
        else:
            icons.paint(painter, area, *urgency_icon(item.urgency))

    def _paint_full(
        self, painter: QPainter, rect: QRect, item: QueueItem, shown: RowWords, marked: bool, mark: Mark
    ) -> None:
        look = theme.current()
        u = look.u
        first, second, third = self.lines()
        y = rect.top() + (rect.height() - first - second - third) // 2
        side = round(3.25 * u)
        self._glyph(painter, QRect(rect.left() + 4 * u, y + (first - side) // 2, side, side), item, marked)
        left, right = rect.left() + 9 * u, rect.right() - 3 * u
        # line 1: number, customer, right column
        used = self._right(painter, QRect(left, y, right - left, first), shown.right)
        painter.setFont(self.fonts().body)
        painter.setPen(look.color("text2"))
        number_width = painter.fontMetrics().horizontalAdvance(shown.number)
        painter.drawText(QRect(left, y, number_width + 2, first), _MIDDLE, shown.number)
        painter.setFont(self.fonts().strong)
        painter.setPen(look.color("text"))
        name = QRect(left + number_width + 2 * u, y, right - used - left - number_width - 4 * u, first)
        painter.drawText(name, _MIDDLE, painter.fontMetrics().elidedText(shown.customer, _ELIDE, name.width()))
        # line 2: unread dot, subject
        y += first
        at = left
        if item.unread:
            self._dot(painter, QPoint(at + u, y + second // 2))
            at += 3 * u
        painter.setFont(self.fonts().strong if item.unread else self.fonts().body)
        painter.setPen(look.color("text"))
        fork = 5 * u if mark.choice else 0
        if fork:
            icons.paint(painter, QRect(right - 4 * u, y, 4 * u, second), "git-fork", "crit")
        subject = QRect(at, y, right - at - fork, second)
        middle = Qt.TextElideMode.ElideMiddle
        painter.drawText(subject, _MIDDLE, painter.fontMetrics().elidedText(shown.subject, middle, subject.width()))
        # line 3: the pieces that say why it is here
        line = QRect(left, y + second, right - left, third)
        self._pieces(painter, line.adjusted(0, 0, -self._presence(painter, line, mark), 0), shown.third)

    def _presence(self, painter: QPainter, area: QRect, mark: Mark) -> int:
        """Who is in this ticket, at the right end; the room it takes."""
        if not mark.icon():
            return 0
        look = theme.current()
        u = look.u
        painter.setFont(self.fonts().small)
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(mark.name()), area.width() // 3)
        token = "accent" if mark.writers else "text2"
        icons.paint(painter, QRect(area.right() - width - 4 * u, area.top(), 3 * u, area.height()), mark.icon(), token)
        painter.setPen(look.color(token))
        name = metrics.elidedText(mark.name(), _ELIDE, width + 1)
        painter.drawText(QRect(area.right() - width, area.top(), width + 2, area.height()), _RIGHT, name)
        return width + 6 * u

    def _right(self, painter: QPainter, area: QRect, piece: Piece) -> int:
        if not piece[0]:
            return 0
        look = theme.current()
        painter.setFont(self.fonts().small if piece[1] == "text2" else self._medium_small())
        painter.setPen(look.color(piece[1]))
        width = min(painter.fontMetrics().horizontalAdvance(piece[0]), area.width() // 2)
        text = painter.fontMetrics().elidedText(piece[0], _ELIDE, width + 1)
        painter.drawText(QRect(area.right() - width, area.top(), width + 2, area.height()), _RIGHT, text)
        return width + 2 * look.u

    def _medium_small(self) -> QFont:
        font = QFont(self.fonts().small)
        font.setWeight(QFont.Weight.Medium)
        return font

    def _dot(self, painter: QPainter, center: QPoint) -> None:
        look = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent"))
        painter.drawEllipse(center, round(0.9 * look.u), round(0.9 * look.u))
        painter.restore()

    def _pieces(self, painter: QPainter, area: QRect, pieces: tuple[Piece, ...]) -> None:
        look = theme.current()
        painter.setFont(self.fonts().small)
        metrics = painter.fontMetrics()
        gap = " \u00b7 "
        left = area.left()
        for i, (text, token) in enumerate(pieces):
            room = area.right() - left
            if i:
                if room < metrics.horizontalAdvance(gap) + 3 * look.u:
                    return
                painter.setPen(look.color("text2"))
                painter.drawText(QRect(left, area.top(), room + 2, area.height()), _MIDDLE, gap)
                left += metrics.horizontalAdvance(gap)
                room = area.right() - left
            shown = metrics.elidedText(text, _ELIDE, room)
            painter.setPen(look.color(token))
            painter.drawText(QRect(left, area.top(), room + 2, area.height()), _MIDDLE, shown)
            left += metrics.horizontalAdvance(shown)
            if shown != text:
                return

    def _paint_compact(
        self, painter: QPainter, rect: QRect, item: QueueItem, shown: RowWords, marked: bool, mark: Mark
    ) -> None:
        look = theme.current()
        u = look.u
        side = round(3.25 * u)
        self._glyph(painter, QRect(rect.left() + 3 * u, rect.center().y() - side // 2, side, side), item, marked)
        left, right = rect.left() + 8 * u, rect.right() - 2 * u
        width = right - left
        cells = {"slack": shown.slack, "deadline": (shown.deadline, "text2"), "owner": (shown.owner, "text2"),
                 "cause": (shown.cause, "text2")}  # fmt: skip
        if width < 150 * u:  # a narrow list keeps what its tab is about
            cells = {"slack": shown.right}
        painter.setFont(self.fonts().small)
        for name, share in _COMPACT:
            if name not in cells:
                continue
            text, token = cells[name]
            cell = int(width * (share if len(cells) > 1 else 0.24))
            painter.setPen(look.color(token))
            shown_text = painter.fontMetrics().elidedText(text, _ELIDE, cell - u)
            painter.drawText(QRect(right - cell + u, rect.top(), cell - u + 2, rect.height()), _RIGHT, shown_text)
            right -= cell
        for icon, token in (("git-fork" if mark.choice else "", "crit"), (mark.icon(), "text2")):
            if icon:
                icons.paint(painter, QRect(right - 4 * u, rect.top(), 3 * u, rect.height()), icon, token)
                right -= 5 * u
        painter.setFont(self.fonts().body)
        number = painter.fontMetrics().horizontalAdvance(shown.number) + 2 * u
        painter.setPen(look.color("text2"))
        painter.drawText(QRect(left, rect.top(), number, rect.height()), _MIDDLE, shown.number)
        left += number
        painter.setFont(self.fonts().strong)
        name_width = min(painter.fontMetrics().horizontalAdvance(shown.customer), int((right - left) * 0.42))
        painter.setPen(look.color("text"))
        name = painter.fontMetrics().elidedText(shown.customer, _ELIDE, name_width + 1)
        painter.drawText(QRect(left, rect.top(), name_width + 2, rect.height()), _MIDDLE, name)
        left += name_width + 2 * u
        if item.unread:
            self._dot(painter, QPoint(left + u, rect.center().y()))
            left += 3 * u
        painter.setFont(self.fonts().strong if item.unread else self.fonts().body)
        subject = painter.fontMetrics().elidedText(shown.subject, Qt.TextElideMode.ElideMiddle, right - left - u)
        painter.drawText(QRect(left, rect.top(), right - left, rect.height()), _MIDDLE, subject)
