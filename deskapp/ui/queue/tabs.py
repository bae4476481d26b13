"""The tabs of the queue with their live counts, and the line above the list: filter and order."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ...desk.queries import parse
from ...desk.queue import TABS
from .. import theme
from ..filters import FilterChips
from ..i18n import fill, translate
from ..style import _focus_ring
from ..widgets import Chip, ElidedLabel, KeyCap, Label, Panel, ToolButton
from . import rows

#: Below this width of the window the tabs take their short names.
SHORT_BELOW = 1120
#: Only the first two counts are coloured.
_COUNT_TOKENS = {"answer": "crit", "slipping": "high"}


class Tabs(QWidget):
    """`chosen` carries the name of a tab. Left and Right walk; Ctrl+Tab is the window's."""

    accessible_role = "PageTabList"
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queue.tabs")
        self.setAccessibleName(translate("Queue", "Tabs of the queue"))
        self._tab = TABS[0]
        self._counts: Mapping[str, int] = {}
        self._short = False
        self._kept: dict[str, str] = {}  # tabs of saved searches -> their names
        self._hover = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ownFocus", True)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self._relook)
        self._tell()

    def _relook(self) -> None:
        self.updateGeometry()
        self.update()

    def tab(self) -> str:
        return self._tab

    def counts(self) -> Mapping[str, int]:
        return self._counts

    def set_counts(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._tell()
        self.update()

    def set_short(self, short: bool) -> None:
        if short != self._short:
            self._short = short
            self.update()

    def set_kept(self, kept: Mapping[str, str]) -> None:
        """Saved searches by their tabs; one that is gone is left for the tab of everything."""
        if kept == self._kept:
            return
        self._kept = dict(kept)
        if self._tab not in self.names():
            self.choose("all")
        self._relook()

    def kept(self) -> Mapping[str, str]:
        return self._kept

    def names(self) -> tuple[str, ...]:
        """The tabs shown; what was set aside only while it is being looked at."""
        return (*TABS, *self._kept, "aside") if self._tab == "aside" else (*TABS, *self._kept)

    def choose(self, tab: str) -> None:
        if tab != self._tab:
            self._tab = tab
            self._tell()
            self.update()
            self.chosen.emit(tab)

    def step(self, by: int) -> None:
        names = self.names()
        self.choose(names[(names.index(self._tab) + by) % len(names)])

    def _tell(self) -> None:
        count = self._counts.get(self._tab, 0)
        self.setAccessibleDescription(f"{self._title(self._tab)}, {count}")

    def _title(self, tab: str, short: bool | None = None) -> str:
        if tab in self._kept:
            return self._kept[tab]
        return rows.tab_short(tab) if (self._short if short is None else short) else rows.tab_title(tab)

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(100 * look.u, max(10 * look.u, QFontMetrics(look.font("body")).height() + 4 * look.u))

    def minimumSizeHint(self) -> QSize:
        return QSize(60 * theme.current().u, self.sizeHint().height())

    def needed(self, short: bool) -> int:
        """Width that all tabs ask for."""
        return sum(self._widths(short).values())

    def _widths(self, short: bool) -> dict[str, int]:
        look = theme.current()
        u = look.u
        strong, caption = QFontMetrics(look.font("strong")), QFontMetrics(self._count_font())
        widths = {}
        for tab in self.names():
            count = self._counts.get(tab, 0)
            badge = caption.horizontalAdvance(str(count)) + 5 * u if count else 0
            widths[tab] = strong.horizontalAdvance(self._title(tab, short)) + badge + 5 * u
        return widths

    def tab_rects(self) -> dict[str, QRect]:
        widths = self._widths(self._short)
        # Where even short names do not fit, all give up the same share; what is cut then is elided.
        over = sum(widths.values()) - self.width()
        squeeze = -(-over // len(widths)) if over > 0 else 0
        found: dict[str, QRect] = {}
        left = 0
        for tab, width in widths.items():
            found[tab] = QRect(left, 0, width - squeeze, self.height())
            left += width - squeeze
        return found

    def _count_font(self):  # type: ignore[no-untyped-def]
        font = theme.current().font("caption")
        font.setWeight(theme.current().font("strong").weight())
        return font

    def _at(self, point: QPoint) -> str:
        return next((tab for tab, rect in self.tab_rects().items() if rect.contains(point)), "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tab = self._at(event.position().toPoint())
        if tab:
            self.choose(tab)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hover = self._at(event.position().toPoint())
        if hover != self._hover:
            self._hover = hover
            self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover = ""
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.step(by)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for tab, rect in self.tab_rects().items():
            current = tab == self._tab
            painter.setFont(look.font("strong" if current else "body"))
            painter.setPen(look.color("text" if current or tab == self._hover else "text2"))
            count = self._counts.get(tab, 0)
            figure = QFontMetrics(self._count_font()).horizontalAdvance(str(count)) + 3 * u if count else 0
            room = rect.width() - (figure + 2 * u if count else 0) - u
            title = painter.fontMetrics().elidedText(self._title(tab), Qt.TextElideMode.ElideRight, room)
            width = painter.fontMetrics().horizontalAdvance(title)
            whole = width + (figure + 2 * u if count else 0)
            left = rect.left() + (rect.width() - whole) // 2
            painter.drawText(QRect(left, 0, width + 2, rect.height()), middle, title)
            if count:
                self._paint_count(painter, QRect(left + width + 2 * u, 0, figure, rect.height()), tab, count)
            if current:
                painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), look.color("accent"))
                if self.hasFocus():
                    _focus_ring(painter, QRectF(rect).adjusted(2, 3, -2, -4))

    def _paint_count(self, painter: QPainter, area: QRect, tab: str, count: int) -> None:
        look = theme.current()
        token = _COUNT_TOKENS.get(tab)
        painter.setFont(self._count_font())
        height = painter.fontMetrics().height() + 3
        badge = QRectF(area.left(), (area.height() - height) / 2, max(area.width(), height), height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(f"{token}-bg" if token else "bg-hover"))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.restore()
        painter.setPen(look.color(token or "text2"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(count))


class TabBar(Panel):
    """Tabs at the left, the key of the next one and the menu at the right."""

    menu_wanted = Signal(QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg-base", "b", parent)
        u = theme.current().u
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * u, 0, 3 * u, 1)
        row.setSpacing(2 * u)
        self.tabs = Tabs()
        row.addWidget(self.tabs, 1)
        self.cap = KeyCap("Ctrl+Tab")
        self.next = Label(translate("Queue", "next tab"), "small", "text2")
        row.addWidget(self.cap)
        row.addWidget(self.next)
        self.menu = ToolButton("ellipsis", translate("Queue", "More"))
        self.menu.setObjectName("queue.menu")
        self.menu.clicked.connect(
            lambda: self.menu_wanted.emit(QRect(self.menu.mapToGlobal(QPoint(0, 0)), self.menu.size()))
        )
        row.addWidget(self.menu)

    def resizeEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Short names where the long ones do not fit; the hint only where nothing else needs its room."""
        u = theme.current().u
        room = self.width() - self.menu.sizeHint().width() - 8 * u
        short = self.window().width() < SHORT_BELOW or self.tabs.needed(short=False) > room
        self.tabs.set_short(short)
        hint = self.cap.sizeHint().width() + self.next.sizeHint().width() + 6 * u
        roomy = self.tabs.needed(short) + hint <= room
        self.cap.setVisible(roomy)
        self.next.setVisible(roomy)

    def retranslate(self) -> None:
        self.next.setText(translate("Queue", "next tab"))
        self.menu.set_words(translate("Queue", "More"))
        self.tabs.setAccessibleName(translate("Queue", "Tabs of the queue"))
        self.tabs.update()


class _FilterLine(QLineEdit):
    """Esc empties and leaves, Down and Enter go to the list."""

    left = Signal(bool)  # emptied
    finished = Signal()  # what was typed so far is whole
    backwards = Signal()  # a step back from an empty line

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.backwards.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and ":" in self.text():
            self.finished.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit(True)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit(False)
        else:
            super().keyPressEvent(event)


class FilterBar(Panel):
    """Above the list: filter words, the chip of a chosen specialist, how many are marked, the order in words.

    An operator that is followed by a space or Enter leaves the line and becomes a chip below it; a step back from the
    empty line takes the last chip off.
    """

    words_changed = Signal(str)
    keep_wanted = Signal(QRect)
    owner_wanted = Signal(QRect)
    owner_cleared = Signal()
    unmark = Signal()
    to_list = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg-base", "b", parent)
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 1)
        column.setSpacing(0)
        row = QHBoxLayout()
        column.addLayout(row)
        self._quiet = False  # the line is being set, not typed in
        self.chips = FilterChips("queue.filter.chips")
        self.chips.setContentsMargins(3 * u, 0, 3 * u, u)
        self.chips.taken_off.connect(self._take_off)
        column.addWidget(self.chips)
        row.setContentsMargins(2 * u, u // 2, 3 * u, u // 2)
        row.setSpacing(2 * u)
        self.button = ToolButton("funnel", translate("Queue", "Filter by specialist"))
        self.button.setObjectName("queue.filter.button")
        self.button.clicked.connect(
            lambda: self.owner_wanted.emit(QRect(self.button.mapToGlobal(QPoint(0, 0)), self.button.size()))
        )
        row.addWidget(self.button)
        self.line = _FilterLine()
        self.line.setObjectName("queue.filter")
        self.line.setFixedHeight(7 * u)
        self.line.setMinimumWidth(18 * u)
        self.line.setClearButtonEnabled(True)
        row.addWidget(self.line, 2)
        self.keep = ToolButton("star", translate("Queue", "Keep this search as a tab"))
        self.keep.setObjectName("queue.filter.keep")
        self.keep.clicked.connect(
            lambda: self.keep_wanted.emit(QRect(self.keep.mapToGlobal(QPoint(0, 0)), self.keep.size()))
        )
        self.keep.hide()
        row.addWidget(self.keep)
        self.owner = Chip(token="low", closable=True)
        self.owner.setObjectName("queue.filter.owner")
        self.owner.closed.connect(self.owner_cleared)
        self.owner.hide()
        row.addWidget(self.owner)
        self._mine = False
        self.fixed = Chip(token="low")
        self.fixed.hide()
        row.addWidget(self.fixed)
        self.marks = Chip(token="accent", closable=True)
        self.marks.setObjectName("queue.marks")
        self.marks.closed.connect(self.unmark)
        self.marks.hide()
        row.addWidget(self.marks)
        self.order = ElidedLabel("", "small", "text2")
        self.order.setObjectName("queue.order")
        self.order.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.order, 3)
        self.line.textChanged.connect(self._typed)
        self.line.finished.connect(self._finish)
        self.line.backwards.connect(self._step_back)
        self.line.left.connect(self._left)
        self.retranslate()

    def retranslate(self) -> None:
        self.button.set_words(translate("Queue", "Filter by specialist"))
        self.keep.set_words(translate("Queue", "Keep this search as a tab"))
        self.line.setPlaceholderText(fill(translate("Queue", "Filter  %1"), "/"))
        self.line.setAccessibleName(translate("Queue", "Filter inside the tab"))

    # -- operators

    def text(self) -> str:
        """Chips and line together."""
        return " ".join([*(one.typed for one in self.chips.shown()), self.line.text()]).strip()

    def set_text(self, text: str) -> None:
        """Show a search without telling."""
        query = parse(text)
        self.chips.show_filters(query.filters)
        self._quiet = True
        self.line.setText(query.words.strip())
        self._quiet = False
        self.keep.setVisible(bool(self.text()))
        self._fit()

    def _typed(self, text: str) -> None:
        if self._quiet:
            return
        if text.endswith(" ") and not text.count('"') % 2 and text.count("«") == text.count("»"):
            self._finish(tell=False)
        self._tell()

    def _finish(self, tell: bool = True) -> None:
        query = parse(self.line.text())
        if not query.filters:
            if tell:
                self.to_list.emit()
            return
        self.chips.show_filters((*self.chips.shown(), *query.filters))
        self._quiet = True
        self.line.setText(query.words.strip())
        self._quiet = False
        if tell:
            self._tell()

    def _step_back(self) -> None:
        if self.chips.shown():
            self._take_off(self.chips.shown()[-1])

    def _take_off(self, one: object) -> None:
        self.chips.show_filters(tuple(each for each in self.chips.shown() if each is not one))
        self.line.setFocus()
        self._tell()

    def _left(self, emptied: bool) -> None:
        if emptied:
            self.chips.show_filters(())
            self._tell()
        self.to_list.emit()

    def _tell(self) -> None:
        self.keep.setVisible(bool(self.text()))
        self._fit()
        self.words_changed.emit(self.text())

    def set_state(self, tab: str, owner: str, mine: bool, marked: int) -> None:
        """`owner` is the chosen specialist's name; `mine`: the tab itself is about me."""
        self.order.setText(rows.order_words(tab))
        self.owner.setVisible(bool(owner) and not mine)
        if owner:
            self.owner.set(fill(translate("Queue", "Specialist: %1"), owner))
            self.owner.setToolTip(translate("Queue", "Take the filter off"))
        self._mine = mine
        if mine:
            self.fixed.set(translate("Queue", "Specialist: me"))
        self.marks.setVisible(bool(marked))
        if marked:
            self.marks.set(translate("Queue", "%n marked", None, marked), "accent")
        self.order.setVisible(not marked)
        self._fit()

    def resizeEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The chip that only says what the tab says already goes first when there is no room."""
        u = theme.current().u
        taken = self.button.sizeHint().width() + self.line.minimumWidth() + 20 * u
        fits = taken + self.fixed.sizeHint().width() <= self.width()
        self.fixed.setVisible(self._mine and fits and self.marks.isHidden())
