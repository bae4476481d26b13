"""Why a date is what it is: the rows that the planner gives, as a plain table, and a popup around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ..desk.values import Directory, Trace
from ..planning.values import TraceRow
from . import theme, words, wrapping
from .i18n import fill, translate
from .popups import Popup
from .widgets import KeyCap, Label, LinkButton


def row_text(row: TraceRow) -> str:
    """What happens in that stretch, in words: "busy: #4104", "lunch", "work 2 h 30 min"."""
    args = row.args
    minutes = int(str(args.get("minutes") or row.span.minutes))
    name = str(args.get("name") or "")
    if row.code == "busy":
        number = args.get("number")
        if number is None:
            return name or translate("Trace", "busy")
        return fill(translate("Trace", "busy: %1"), words.number(int(str(number))))
    if row.code == "work":
        return fill(translate("Trace", "work %1"), words.duration(minutes))
    if row.code == "clock":
        return fill(translate("Trace", "the answer clock runs, %1"), words.duration(minutes))
    if row.code.startswith("sla_"):
        return _of_contract(row)
    if row.code == "overrun":
        return fill(translate("Trace", "work beyond the plan %1"), words.duration(minutes))
    if row.code == "margin":
        return fill(translate("Trace", "margin %1"), words.duration(minutes))
    if row.code == "not_before":
        by_part = args.get("by") == "part"
        return translate("Trace", "the part is not here yet") if by_part else translate("Trace", "too early, as agreed")
    if row.code == "travel":
        return fill(translate("Trace", "the way %1"), words.duration(minutes))
    if row.code == "short_gap":
        return fill(translate("Trace", "%1, too short"), words.duration(minutes))
    if row.code == "holiday":
        return fill(translate("Trace", "holiday: %1"), name) if name else translate("Trace", "holiday")
    if row.code == "waiting" and name:
        if args.get("known") is False:
            return fill(translate("Trace", "waiting for %1, no date known"), name)
        return fill(translate("Trace", "waiting for %1"), name)
    plain = {
        "lunch": translate("Trace", "lunch"),
        "weekend": translate("Trace", "weekend"),
        "off": translate("Trace", "not working"),
        "absence": translate("Trace", "absent"),
        "training": translate("Trace", "training"),
        "reserve": translate("Trace", "kept for the unforeseen"),
        "done_day": translate("Trace", "day is over"),
        "waiting": translate("Trace", "waiting for a part"),
        "promise": translate("Trace", "promise"),
        "rounded": translate("Trace", "rounded up"),
        "free": translate("Trace", "free"),
    }.get(row.code, row.code)
    return name if name and row.code in ("absence", "training", "off") else plain


def _of_contract(row: TraceRow) -> str:
    args = row.args
    if row.code == "sla_runs":
        return fill(translate("Trace", "the clock runs, %1"), words.duration(int(str(args.get("minutes") or 0))))
    if row.code == "sla_paused":
        why = {
            "customer": translate("Trace", "stands still: waiting for the customer"),
            "third": translate("Trace", "stands still: waiting for a third party"),
            "parts": translate("Trace", "stands still: waiting for a part"),
            "visit": translate("Trace", "stands still: waiting for the visit"),
        }
        return why.get(str(args.get("why")), translate("Trace", "stands still"))
    if row.code == "sla_reopened":
        return fill(translate("Trace", "opened again, %1 left"), words.duration(int(str(args.get("left") or 0))))
    if row.code == "sla_due":
        return translate("Trace", "due")
    return fill(
        translate("Trace", "contract %1, %2, urgency %3: %4"),
        args.get("contract"),
        args.get("hours"),
        words.urgency(int(str(args.get("urgency") or 3))).lower(),
        words.duration(int(str(args.get("granted") or 0))),
    )


def row_token(row: TraceRow) -> str:
    return {"holiday": "crit", "work": "accent", "margin": "ok"}.get(row.code, "text")


#: What is done and what is kept free for it stands out.
_STRONG = ("accent", "ok")


@dataclass(frozen=True)
class Line:
    """One painted line; an empty day means the same as above."""

    day: str
    span: str
    text: str
    token: str


def lines(rows: Sequence[TraceRow], times: words.Times) -> list[Line]:
    """The table's lines. A stretch of whole days says so instead of its hours."""
    result: list[Line] = []
    before = ""
    for row in rows:
        if row.code == "promise" or (row.code == "busy" and row.span.start == row.span.end):
            continue  # the sum says the one; of two tickets at the same time one takes nothing more
        start, end = times.local(row.span.start), times.local(row.span.end)
        last = (end - timedelta(microseconds=1)).date() if end > start else start.date()
        day = words.date_short(start.date())
        if last != start.date():
            span = fill(translate("Trace", "to %1"), words.date_short(last))
        elif row.code in ("holiday", "weekend", "done_day") or _whole_day(start, end):
            span = translate("Trace", "all day")
        elif start == end:
            span = times.time(row.span.start)
        else:
            span = times.span(row.span.start, row.span.end)
        result.append(Line("" if day == before else day, span, row_text(row), row_token(row)))
        before = day
    return result


def _whole_day(start: datetime, end: datetime) -> bool:
    return (start.hour, start.minute) == (0, 0) and (end.hour, end.minute) == (0, 0) and start < end


class TraceTable(QWidget):
    """Day, span, what it is filled with; at the bottom the date that follows from it."""

    def __init__(
        self,
        rows: Sequence[TraceRow] = (),
        times: words.Times | None = None,
        date: datetime | None = None,
        caption: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._sum = ("", "")
        # measured once for these words and this font: widths of the columns and of the whole, rows by width
        self._asked: tuple[int, int, int, int] | None = None
        self._wrapped: dict[int, list[list[str]]] = {}
        self.setObjectName("trace.table")
        self.setAccessibleName(translate("Trace", "Why this date"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.current().changed.connect(self._relook)
        if times is not None:
            self.set_rows(rows, times, date, caption)

    def set_rows(
        self, rows: Sequence[TraceRow], times: words.Times, date: datetime | None = None, caption: str = ""
    ) -> None:
        """`date` is the sum line's; `caption` what it is ("Promise" when empty)."""
        self._lines = lines(rows, times)
        self._sum = (caption or translate("Trace", "Promise"), times.moment(date) if date else "")
        self.setAccessibleDescription(self.as_text())
        self._relook()

    def as_text(self) -> str:
        """Tab-separated lines for the clipboard."""
        day = ""
        written = []
        for line in self._lines:
            day = line.day or day
            written.append(f"{day}\t{line.span}\t{line.text}")
        if self._sum[1]:
            written.append(f"{self._sum[0]}\t\t{self._sum[1]}")
        return "\n".join(written).replace(words.NBSP, " ")

    def _relook(self) -> None:
        self._asked = None
        self._wrapped.clear()
        self.updateGeometry()
        self.update()

    def _row_height(self) -> int:
        look = theme.current()
        return QFontMetrics(look.font("small")).height() + 2 * look.u

    def _columns(self) -> tuple[int, int, int, int]:
        """Widths that day, span, text and the whole table ask for."""
        if self._asked is not None:
            return self._asked
        u = theme.current().u
        small, strong = QFontMetrics(theme.current().font("small")), QFontMetrics(_strong_small())
        day = max((strong.horizontalAdvance(line.day) for line in self._lines), default=0)
        span = max((small.horizontalAdvance(line.span) for line in self._lines), default=0)
        text = max((strong.horizontalAdvance(line.text) for line in self._lines), default=0)
        total = strong.horizontalAdvance("".join(self._sum)) + 4 * u
        self._asked = (day, span, text, max(day + span + text + 6 * u + 2, total) + 6 * u)
        return self._asked

    def _width(self) -> int:
        return self._columns()[3]

    def _stacked(self, width: int) -> bool:
        """Too narrow for three columns: days become lines of their own."""
        return width < self._width() and len(self._lines) > 0

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        u = theme.current().u
        rows = len(self._lines) + (1 if self._sum[1] else 0)
        if self._stacked(width):
            rows += sum(1 for line in self._lines if line.day)
        more = sum(len(texts) - 1 for texts in self._texts(width)) * self._text_height()
        return rows * self._row_height() + more + 4 * u + (2 * u if self._sum[1] else 0)

    @staticmethod
    def _text_height() -> int:
        return QFontMetrics(theme.current().font("small")).height()

    def _texts(self, width: int) -> list[list[str]]:
        """What each line says, in the rows that it takes: the name of a holiday is as long as it is."""
        found = self._wrapped.get(width)
        if found is None:
            room = width - 6 * theme.current().u - self._text_left(width)
            small, strong = QFontMetrics(theme.current().font("small")), QFontMetrics(_strong_small())
            found = self._wrapped[width] = [
                wrapping.rows(line.text, strong if line.token in _STRONG else small, room, 3) for line in self._lines
            ]
        return found

    def shown_texts(self) -> list[str]:
        """What the lines say as they are painted, row by row."""
        return [text for texts in self._texts(self.width()) for text in texts]

    def _text_left(self, width: int) -> int:
        """Where texts begin, from the inner edge."""
        day, span, _text, _whole = self._columns()
        u = theme.current().u
        return (0 if self._stacked(width) else day + 3 * u) + span + 3 * u

    def sizeHint(self) -> QSize:
        laid_out = self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        return QSize(self._width(), self.heightForWidth(self.width() if laid_out else self._width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(40 * theme.current().u, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.heightForWidth(event.size().width()) != self.heightForWidth(event.oldSize().width()):
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(look.color("bg-base"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        day_width, span_width, _text, _whole = self._columns()
        stacked = self._stacked(self.width())
        inner = self.rect().adjusted(3 * u, 2 * u, -3 * u, -2 * u)
        span_left = inner.left() if stacked else inner.left() + day_width + 3 * u
        text_left = inner.left() + self._text_left(self.width())
        height = self._row_height()
        y = inner.top()
        for line, texts in zip(self._lines, self._texts(self.width()), strict=True):
            if line.day:
                self._cell(painter, QRect(inner.left(), y, inner.width(), height), line.day, "text", True)
                y += height if stacked else 0
            self._cell(painter, QRect(span_left, y, span_width, height), line.span, "text2")
            for at, text in enumerate(texts):
                y += self._text_height() if at else 0
                area = QRect(text_left, y, inner.right() - text_left + 1, height)
                self._cell(painter, area, text, line.token, line.token in _STRONG)
            y += height
        if self._sum[1]:
            y += u
            painter.fillRect(QRect(inner.left(), y, inner.width(), 1), look.color("line"))
            area = QRect(inner.left(), y + u, inner.width(), height)
            self._cell(painter, area, self._sum[0], "text", True)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(area, right, self._sum[1])

    @staticmethod
    def _cell(painter: QPainter, area: QRect, text: str, token: str, strong: bool = False) -> None:
        look = theme.current()
        painter.setFont(_strong_small() if strong else look.font("small"))
        painter.setPen(look.color(token))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width() + 1)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area.adjusted(0, 0, 2, 0), middle, shown)


def _strong_small():  # type: ignore[no-untyped-def]
    font = theme.current().font("small")
    font.setWeight(theme.current().font("strong").weight())
    return font


def title(trace: Trace, times: words.Times) -> str:
    """ "Why Thu 5 Nov, 17:00"."""
    if trace.date is None:
        return translate("Trace", "Why this date")
    return fill(translate("Trace", "Why %1"), times.moment(trace.date))


def caption(trace: Trace) -> str:
    """The words before the sum: what kind of date it is."""
    return {
        "promised": translate("Trace", "Promise"),
        "forecast": translate("Trace", "Forecast"),
        "answer": translate("Trace", "Answer due"),
        "finished": translate("Trace", "Finished"),
        "received": translate("Trace", "Received"),
        "reaction": translate("Trace", "Reaction due"),
        "solution": translate("Trace", "Solution due"),
        "replacement": translate("Trace", "Part due"),
    }.get(trace.title, translate("Trace", "Promise"))


def whose(trace: Trace, directory: Directory | None) -> str:
    """ "By the working time of Orlov"; without a person the desk's."""
    if trace.title in ("reaction", "solution", "replacement"):
        return translate("Trace", "By the hours of the contract")
    person = directory.people.get(trace.person_id) if directory else None
    if person is None:
        return translate("Trace", "By the working time of the desk")
    return fill(translate("Trace", "By the working time of %1"), person.name)


class TracePopup(Popup):
    """The table next to the date that it explains."""

    def __init__(self, host: QWidget, trace: Trace, times: words.Times, directory: Directory | None = None) -> None:
        super().__init__(host)
        u = theme.current().u
        self.setObjectName("trace.popup")
        self.setAccessibleName(title(trace, times))
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u)
        column.setSpacing(u)
        head = QHBoxLayout()
        head.addWidget(Label(title(trace, times), "heading"))
        head.addStretch(1)
        head.addWidget(KeyCap("W"))
        column.addLayout(head)
        column.addWidget(Label(whose(trace, directory), "small", "text2"))
        column.addSpacing(u)
        self.table = TraceTable(trace.rows, times, trace.date, caption(trace))
        if len(trace.rows) > 16:
            area = QScrollArea()
            area.setWidget(self.table)
            area.setWidgetResizable(True)
            area.setFrameShape(QScrollArea.Shape.NoFrame)
            area.setMinimumSize(self.table.sizeHint().width() + 4 * u, 90 * u)
            column.addWidget(area)
        else:
            column.addWidget(self.table)
        if not trace.rows:
            self.table.hide()
            column.addWidget(Label(translate("Trace", "Nothing is known of this date yet."), token="text2"))
        self.copy = LinkButton(translate("Trace", "Copy as text"))
        self.copy.setObjectName("trace.copy")
        self.copy.clicked.connect(self._copy)
        column.addWidget(self.copy, alignment=Qt.AlignmentFlag.AlignRight)

    def first_focus(self) -> QWidget:
        return self.copy

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.table.as_text())
        self.dismiss()
