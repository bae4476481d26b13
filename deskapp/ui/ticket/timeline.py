"""Letters and work in one stream, oldest first, opened at the newest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ...desk.values import Entry, TicketView
from .. import theme, words
from ..i18n import fill, translate
from ..widgets import KeyCap, LinkButton, Panel, Segmented
from . import entries as rows
from .corrections import with_corrections
from .entries import DayRow, EntryRow, LetterRow

#: Older entries that were asked for are laid out by then.
SETTLE_MS = 1000

#: Above the rows of the stream stands the link to earlier ones.
FIRST_ROW = 1

FILTERS = ("all", "letters", "protocol", "events")


def passes(kind: str, filter_: str) -> bool:
    """Whether an entry of a kind is shown under a filter."""
    if filter_ == "letters":
        return kind in rows.LETTERS
    if filter_ == "protocol":
        return kind in rows.PROTOCOL or kind in ("note", "escalation")
    if filter_ == "events":
        return kind in ("event", "auto")
    return True


class Stream(QScrollArea):
    """The scrolled part. It stays at the end while nobody scrolls, and under the eye when older entries come."""

    earlier_wanted = Signal()
    save_wanted = Signal(object)
    original_wanted = Signal(object)
    undo_wanted = Signal(str)
    retry_wanted = Signal(str)
    settle_wanted = Signal(str)
    picture_wanted = Signal(object)
    correct_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ticket.timeline")
        self.setAccessibleName(translate("Timeline", "Timeline"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        self.inner = QWidget()
        self.inner.setObjectName("ticket.timeline.inner")
        u = theme.current().u
        self.column = QVBoxLayout(self.inner)
        self.column.setContentsMargins(3 * u, 2 * u, 4 * u, 2 * u)
        self.column.setSpacing(u)
        self.earlier = LinkButton("")
        self.earlier.setObjectName("ticket.earlier")
        self.earlier.clicked.connect(self._earlier)
        self.column.addWidget(self.earlier, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.column.addStretch(1)
        self.setWidget(self.inner)
        self._widgets: dict[str, EntryRow] = {}
        self._shown: list[QWidget] = []
        self._at_end = True
        self._from_end: int | None = None
        self._letter: EntryRow | None = None
        self._hand = False  # the next move of the bar is a person's
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLE_MS)
        self._settled.timeout.connect(self._release)
        self.verticalScrollBar().rangeChanged.connect(self._range_moved)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().actionTriggered.connect(self._by_hand)
        theme.current().changed.connect(self._relook)
        self._relook()

    def minimumSizeHint(self) -> QSize:
        """It scrolls: where all is short of height (a large font), what is being written comes first."""
        return QSize(super().minimumSizeHint().width(), 0)

    def _relook(self) -> None:
        palette = QPalette(theme.current().palette())
        palette.setColor(QPalette.ColorRole.Window, theme.current().color("bg-base"))
        self.setPalette(palette)
        self.viewport().setPalette(palette)
        self.verticalScrollBar().setSingleStep(10 * theme.current().u)

    # -- filling

    def entry_rows(self) -> list[EntryRow]:
        return [widget for widget in self._shown if isinstance(widget, EntryRow)]

    def clear(self) -> None:
        self._lay_out([])
        self._widgets.clear()
        self.earlier.hide()
        self._letter = None
        self._at_end = True
        self._from_end = None

    def show_entries(self, shown: list[Entry], earlier: int, times: words.Times) -> None:
        """Entries that did not change keep their widgets where they are: focus and selection included."""
        wanted: list[QWidget] = []
        days = {widget.text: widget for widget in self._shown if isinstance(widget, DayRow)}
        known, fresh = self._widgets, {}
        day = None
        for entry in shown:
            local = times.local(entry.at).date()
            if local != day:
                day = local
                text = _day_words(times, entry.at)
                wanted.append(days.pop(text, None) or DayRow(text))
            old = known.get(entry.id)
            widget = old if old is not None and old.entry == entry else self._make(entry, times)
            fresh[entry.id] = widget
            wanted.append(widget)
        self._widgets = fresh
        self._lay_out(wanted)
        if self._letter is not None and self._letter not in wanted:
            self._letter = None
        self.earlier.setText(translate("Timeline", "%n earlier entry(ies)", None, earlier) if earlier else "")
        self.earlier.updateGeometry()
        if not earlier and self.earlier.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.earlier.setVisible(bool(earlier))

    def _lay_out(self, wanted: list[QWidget]) -> None:
        # A row that is shown within a visible stream has everything around it laid out at once, each row anew.
        fresh = bool(wanted) and not self._shown
        if fresh:
            self.inner.hide()
        staying = set(wanted)
        for widget in self._shown:
            if widget not in staying:
                self.column.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        for place, widget in enumerate(wanted, FIRST_ROW):
            item = self.column.itemAt(place)
            if item is None or item.widget() is not widget:
                self.column.insertWidget(place, widget)
                widget.show()
        self._shown = wanted
        if fresh:
            self.inner.show()

    def _make(self, entry: Entry, times: words.Times) -> EntryRow:
        widget = rows.make(entry, times)
        widget.save_wanted.connect(self.save_wanted)
        widget.correct_wanted.connect(self.correct_wanted)
        if isinstance(widget, LetterRow):
            widget.original_wanted.connect(self.original_wanted)
            widget.undo_wanted.connect(self.undo_wanted)
            widget.retry_wanted.connect(self.retry_wanted)
            widget.settle_wanted.connect(self.settle_wanted)
            widget.picture_wanted.connect(self.picture_wanted)
            widget.load_pictures()
        return widget

    def entry_in_focus(self) -> Entry | None:
        focus = QApplication.focusWidget()
        return next((row.entry for row in self.entry_rows() if focus is not None and row.isAncestorOf(focus)), None)

    def entry_at_hand(self) -> Entry | None:
        """The entry that may be corrected and has the focus."""
        focus = QApplication.focusWidget()
        inside = [row.entry for row in self.entry_rows() if focus is not None and row.isAncestorOf(focus)]
        return inside[0] if inside and inside[0].kind in rows.CORRECTABLE else None

    def tick(self, now: datetime) -> bool:
        """Count held letters down; says whether any is held."""
        held = False
        for widget in self.entry_rows():
            if isinstance(widget, LetterRow):
                widget.tick(now)
                held = held or widget.entry.leaves_at is not None
        return held

    # -- where the eye is

    def _earlier(self) -> None:
        bar = self.verticalScrollBar()
        self._from_end = bar.maximum() - bar.value()
        self._settled.start()
        self.earlier_wanted.emit()

    def to_end(self) -> None:
        self._at_end = True
        self._from_end = None
        self._range_moved()

    def to_letter(self) -> None:
        """To what is to be answered: the requester's last letter, as much of it as there is room for."""
        asked = [row for row in self.entry_rows() if row.entry.kind == "letter_in"]
        self._letter = asked[-1] if asked else None
        self.to_end()

    def _range_moved(self) -> None:
        """Rows came, went or were laid out: what was before the eye stays there."""
        bar = self.verticalScrollBar()
        if self._from_end is not None:
            bar.setValue(bar.maximum() - self._from_end)
        elif self._at_end and self._letter is not None:
            bar.setValue(min(bar.maximum(), max(0, self._letter.y() - 2 * theme.current().u)))
        elif self._at_end:
            bar.setValue(bar.maximum())

    def _release(self) -> None:
        self._from_end = None
        bar = self.verticalScrollBar()
        self._at_end = bar.value() >= bar.maximum() - 2

    def _by_hand(self) -> None:
        self._hand = True

    def _scrolled(self, _value: int) -> None:
        # A value that changes because rows were laid out is nobody's wish.
        if self._hand:
            self._hand = False
            self._letter = None
            self._release()

    def focusNextPrevChild(self, forward: bool) -> bool:
        self._hand = True
        moved = super().focusNextPrevChild(forward)
        self._hand = False
        return moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        moves = {
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            event.ignore()
        else:
            self._hand = True
            bar.setValue(bar.value() + move)
            self._hand = False


def _day_words(times: words.Times, at: datetime) -> str:
    day = times.local(at).date()
    if day == times.today():
        return translate("Timeline", "Today")
    text = words.date_long(day)
    return text if day.year == times.today().year else f"{text} {day.year}"


class Timeline(Panel):
    """The filter, the link to the trace, and the stream."""

    why_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg-base", "", parent)
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = Panel("bg-base", "b")
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(4 * u, round(1.5 * u), 4 * u, round(1.5 * u))
        row.setSpacing(2 * u)
        self.filter = Segmented([])
        self.filter.setObjectName("ticket.filter")
        self.filter.setAccessibleName(translate("Timeline", "What the timeline shows"))
        self.why = LinkButton(translate("Timeline", "Why this date"))
        self.why.setObjectName("ticket.why")
        self.why.clicked.connect(self.why_wanted)
        row.addWidget(self.filter)
        row.addStretch(1)
        row.addWidget(self.why)
        self.cap = KeyCap("W")
        row.addWidget(self.cap)
        column.addWidget(self.bar)
        self.stream = Stream()
        column.addWidget(self.stream, 1)
        self._view: TicketView | None = None
        self._times: words.Times | None = None
        self._dated = False
        self.filter.chosen.connect(self._filtered)
        self._countdown = QTimer(self)
        self._countdown.setInterval(1000)
        self._countdown.timeout.connect(self._tick)
        self._now: Callable[[], datetime] | None = None

    def set_clock(self, now: Callable[[], datetime]) -> None:
        """`now()` gives the present instant, for countdowns."""
        self._now = now

    def retranslate(self) -> None:
        """Another language: every entry is worded anew."""
        self.why.setText(translate("Timeline", "Why this date"))
        self.why.updateGeometry()
        self.filter.setAccessibleName(translate("Timeline", "What the timeline shows"))
        self.stream.clear()

    def chosen_filter(self) -> str:
        return FILTERS[self.filter.index()]

    def set_view(self, view: TicketView | None, times: words.Times | None, bare: bool = False) -> None:
        """`bare`: a promise is being composed, only the stream is shown."""
        other = view is None or self._view is None or view.id != self._view.id
        self._view, self._times = view, times
        if other:
            self.stream.clear()
            self.filter.set_index(0)
        if view is None or times is None:
            self._countdown.stop()
            return
        self.bar.setVisible(not bare)
        letters = sum(passes(entry.kind, "letters") for entry in view.entries)
        protocol = sum(passes(entry.kind, "protocol") for entry in view.entries)
        self.filter.set_options(
            [
                translate("Timeline", "All"),
                _counted(translate("Timeline", "Letters"), letters),
                _counted(translate("Timeline", "Protocol"), protocol),
                translate("Timeline", "Events"),
            ]
        )
        self._dated = any((view.promised_at, view.forecast_at, view.answer_due))
        self._fit()
        self._fill()
        if other and bare:
            self.stream.to_letter()
        elif other:
            self.stream.to_end()

    def _fill(self) -> None:
        if self._view is None or self._times is None:
            return
        entries = with_corrections(self._view.entries)
        shown = [entry for entry in entries if passes(entry.kind, self.chosen_filter())]
        self.stream.show_entries(shown, self._view.earlier, self._times)
        if any(entry.leaves_at is not None for entry in self._view.entries):
            self._countdown.start()
        else:
            self._countdown.stop()

    def _filtered(self, _index: int) -> None:
        self._fill()
        self.stream.to_end()

    def _tick(self) -> None:
        if self._now is not None and not self.stream.tick(self._now()):
            self._countdown.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for both the filter stays; the key and the dates themselves explain."""
        u = theme.current().u
        needed = self.filter.sizeHint().width() + self.why.sizeHint().width() + self.cap.sizeHint().width()
        self.why.setVisible(self._dated and needed + 14 * u <= self.width())
        self.cap.setVisible(self.why.isVisibleTo(self.bar))

    def why_rect(self) -> QRect:
        return QRect(self.why.mapToGlobal(QPoint(0, 0)), self.why.size())


def _counted(text: str, count: int) -> str:
    return fill("%1 %2", text, count) if count else text
