"""The top of a ticket: number and subject, chips, followers, and the strip of four dates."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...desk.values import Directory, TicketView
from .. import theme, words
from ..buttons import EnterPresses
from ..i18n import fill, translate
from ..marks import Mark
from ..widgets import Chip, ElidedLabel, FlowLayout, Label, Panel, ToolButton, urgency_icon

#: Answers are shown in red from this many working minutes on.
_ANSWER_CRITICAL = 45


class ChipButton(Chip):
    """A chip that opens what sets it."""

    accessible_role = "Button"
    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            event.ignore()


def answer_words(view: TicketView, times: words.Times, brief: bool = False) -> tuple[str, str]:
    """ "Answer by 12:20, 38 min left" and its colour role; empty when no answer is owed. ``brief``: the time alone."""
    if view.answer_due is None:
        return "", "text2"
    left = view.answer_left if view.answer_left is not None else 0
    if left < 0:
        return fill(translate("Ticket", "Answer was due %1 ago"), words.duration(-left)), "crit"
    if brief:
        text = fill(translate("Ticket", "Answer by %1"), times.moment_brief(view.answer_due))
        return text, "crit" if left < _ANSWER_CRITICAL else "high"
    text = fill(translate("Ticket", "Answer by %1, %2 left"), times.moment_brief(view.answer_due), words.duration(left))
    return text, "crit" if left < _ANSWER_CRITICAL else "high"


@dataclass(frozen=True)
class Cell:
    """One date: what it is, its value, a line below; `why` names the trace it opens ("" none)."""

    caption: str
    value: str
    note: str
    token: str = "text"
    note_token: str = "text2"
    why: str = ""
    tooltip: str = ""


def cells(view: TicketView, times: words.Times) -> tuple[Cell, Cell, Cell, Cell]:
    """Received, promised, forecast, finished: never merged (ui.md 4.5)."""
    return _received(view, times), _promised(view, times), _forecast(view, times), _actual(view, times)


def _received(view: TicketView, times: words.Times) -> Cell:
    note, token = "", "text2"
    if view.asked_at is not None:
        asked = times.local(view.asked_at)
        when = times.day(asked.date()) if view.asked_is_day else times.moment(view.asked_at)
        note = fill(translate("Ticket", "asked for %1"), when)
    elif view.answer_minutes is not None:
        note = fill(translate("Ticket", "answered in %1"), words.duration(view.answer_minutes))
    elif view.answer_due is not None:
        note, token = answer_words(view, times, brief=True)
    return Cell(
        translate("Ticket", "Received"),
        times.moment(view.received_at),
        note,
        note_token=token,
        why="answer" if view.answer_due is not None else "",
    )


def _promised(view: TicketView, times: words.Times) -> Cell:
    caption = translate("Ticket", "Promised to customer")
    if view.promised_at is None:
        owed = view.answered_at is None and not view.finished_at
        return Cell(caption, translate("Ticket", "no date yet") if owed else "\u2013", "", "text2")
    if view.moved_count:
        note = translate("Ticket", "moved %n time(s)", None, view.moved_count)
    else:
        note = translate("Ticket", "never moved")
    tooltip = ""
    if view.moved_count and view.first_promised_at is not None:
        tooltip = fill(translate("Ticket", "First promised: %1"), times.moment(view.first_promised_at))
    return Cell(caption, times.moment(view.promised_at), note, why="promised", tooltip=tooltip)


def _forecast(view: TicketView, times: words.Times) -> Cell:
    caption = translate("Ticket", "Forecast")
    if view.finished_at is not None or view.forecast_at is None:
        return Cell(caption, "\u2013" if view.finished_at else translate("Ticket", "not planned"), "", "text2")
    token = "text"
    note = ""
    if view.promised_at is not None and view.slack is not None:
        token = "crit" if view.slack < 0 else "high" if view.slipping else "ok"
        note = words.slack(view.slack)
    return Cell(
        caption,
        times.moment(view.forecast_at),
        note,
        token,
        token if token in ("crit", "high") else "text2",
        "forecast",
    )


def _actual(view: TicketView, times: words.Times) -> Cell:
    caption = translate("Ticket", "Actual")
    spent = ""
    if view.spent or view.status in ("in_progress", "resolved", "closed"):
        text = translate("Ticket", "spent %1 of %2") if view.effort else translate("Ticket", "spent %1")
        spent = fill(text, words.duration(view.spent), words.duration(view.effort or 0))
    if view.finished_at is not None:
        return Cell(caption, times.moment(view.finished_at), spent)
    return Cell(caption, words.status(view.status, view.wait_for).lower(), spent)


class DateCell(EnterPresses, QAbstractButton):
    """One cell of the strip; a click, Enter or W shows why."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cell = Cell("", "", "")
        self._brief = False
        self.setObjectName(f"ticket.dates.{name}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_cell(self, cell: Cell) -> None:
        self.cell = cell
        spoken = ", ".join(part for part in (cell.caption, cell.value, cell.note) if part)
        self.setAccessibleName(spoken.replace(words.NBSP, " "))
        self.setCursor(Qt.CursorShape.PointingHandCursor if cell.why else Qt.CursorShape.ArrowCursor)
        self.setEnabled(True)
        self._tell()
        self.update()

    def _fonts(self):  # type: ignore[no-untyped-def]
        look = theme.current()
        return look.font("caption"), look.font("strong"), look.font("caption")

    def inner_width(self) -> int:
        return self.width() - 5 * theme.current().u

    def date_font(self) -> QFont:
        """A date without its hour says little: where there is little room it is written smaller."""
        return theme.current().fitting_font(self.cell.value, self.inner_width(), "strong", "small", "caption")

    def date(self) -> str:
        return self.cell.value

    def has_room(self, width: int) -> bool:
        """Whether the date could be read whole in a cell of that width."""
        inner = width - 5 * theme.current().u
        font = theme.current().fitting_font(self.cell.value, inner, "strong", "small", "caption")
        return QFontMetrics(font).horizontalAdvance(self.cell.value) + 2 < inner  # parts of pixels are lost on the way

    def sizeHint(self) -> QSize:
        u = theme.current().u
        heights = [QFontMetrics(font).height() for font in self._fonts()]
        return QSize(40 * u, sum(heights) + 3 * u - (self.note_height() if self._brief else 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(24 * theme.current().u, self.sizeHint().height())

    def note_height(self) -> int:
        return QFontMetrics(self._fonts()[2]).height()

    def set_brief(self, brief: bool) -> None:
        """Without the note, which goes to the tooltip."""
        self._brief = brief
        self._tell()
        self.updateGeometry()

    def _texts(self) -> tuple[tuple[str, str], ...]:
        cell = self.cell
        return ((cell.caption, "text2"), (cell.value, cell.token), ("" if self._brief else cell.note, cell.note_token))

    def _tell(self) -> None:
        """What is cut off, and what has no room at all, is in the tooltip."""
        width = self.inner_width()
        texts = (self.cell.caption, self.cell.value, self.cell.note)
        cut = self._brief or any(
            QFontMetrics(font).horizontalAdvance(text) > width for font, text in zip(self._fonts(), texts, strict=True)
        )
        full = "\n".join(filter(None, texts)) if cut else ""
        self.setToolTip("\n".join(part for part in (full, self.cell.tooltip) if part))

    def resizeEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        if self.underMouse() and self.cell.why:
            painter.fillRect(self.rect().adjusted(1, 2, -1, -2), look.color("bg-hover"))
        area = self.rect().adjusted(3 * u, 0, -2 * u, 0)
        y = round(1.5 * u)
        fonts = zip((self._fonts()[0], self.date_font(), self._fonts()[2]), self._fonts(), strict=True)
        for (font, full), (text, token) in zip(fonts, self._texts(), strict=True):
            painter.setFont(font)
            metrics = painter.fontMetrics()
            height = QFontMetrics(full).height()
            painter.setPen(look.color(token))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            line = QRect(area.left(), y, area.width() + 2, height)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            y += height


class DatesStrip(QWidget):
    """Four cells in one frame. `asked` carries what to explain."""

    asked = Signal(str, QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ticket.dates")
        self.setAccessibleName(translate("Ticket", "Dates"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 1, 0, 1)
        self._grid.setSpacing(0)
        self.cells = [DateCell(name) for name in ("received", "promised", "forecast", "actual")]
        self._across = 0
        self._brief = False
        self._arrange(len(self.cells))
        for cell in self.cells:
            cell.clicked.connect(lambda _=False, cell=cell: self._ask(cell))
        theme.current().changed.connect(self.update)

    def set_view(self, view: TicketView, times: words.Times) -> None:
        for widget, cell in zip(self.cells, cells(view, times), strict=True):
            widget.set_cell(cell)
        self._make_room()

    def _arrange(self, across: int) -> None:
        """``across``: cells side by side."""
        if across == self._across:
            return
        self._across = across
        for at, cell in enumerate(self.cells):
            self._grid.addWidget(cell, at // across, at % across)
        for column in range(len(self.cells)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Two by two where a date would have no room beside three others: with a large font in a small window."""
        room = self.width() // len(self.cells)
        self._arrange(len(self.cells) if all(cell.has_room(room) for cell in self.cells) else 2)

    def set_brief(self, brief: bool) -> bool:
        """Leave the notes out, or show them; whether that was new."""
        if brief == self._brief:
            return False
        self._brief = brief
        for cell in self.cells:
            cell.set_brief(brief)
        return True

    def left_out(self) -> int:
        """Height in pixels that the notes would take besides."""
        return len(self.cells) // self._across * self.cells[0].note_height() if self._brief else 0

    def _ask(self, cell: DateCell) -> None:
        if cell.cell.why:
            self.asked.emit(cell.cell.why, QRect(cell.mapToGlobal(cell.rect().topLeft()), cell.size()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(look.color("bg-base"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        for cell in self.cells[1:]:
            if cell.x():
                painter.drawLine(cell.x(), cell.y(), cell.x(), cell.geometry().bottom())
            else:
                painter.drawLine(1, cell.y(), self.width() - 2, cell.y())


_STATUS_ICONS = {"waiting": "pause", "closed": "check", "refused": "x", "merged": "merge"}


class TicketHeader(Panel):
    """`field_wanted` carries the field whose chip was pressed and where it stands; `why` a date to explain."""

    field_wanted = Signal(str, QRect)
    why = Signal(str, QRect)
    menu_wanted = Signal(QRect)
    opened = Signal(str)  # another ticket

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg-window", "b", parent)
        self.setObjectName("ticket.header")
        u = theme.current().u
        self._due: tuple[tuple[str, str], str] = (("", "text2"), "")
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * u, 2 * u, 4 * u, 3 * u)
        column.setSpacing(round(1.5 * u))
        first = QHBoxLayout()
        first.setSpacing(2 * u)
        self.number = Label("", "body", "text2")
        self.number.setObjectName("ticket.number")
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.subject = ElidedLabel("", "title", "text", Qt.TextElideMode.ElideMiddle)
        self.subject.setObjectName("ticket.subject")
        self.due = ChipButton()
        self.due.setObjectName("ticket.due")
        self.due.hide()
        self.menu = ToolButton("ellipsis", translate("Ticket", "More"))
        self.menu.setObjectName("ticket.menu")
        first.addWidget(self.number)
        first.addWidget(self.subject, 1)
        self.presence = Chip()
        self.presence.setObjectName("ticket.header.presence")
        self.presence.hide()
        first.addWidget(self.presence)
        first.addWidget(self.due)
        first.addWidget(self.menu)
        column.addLayout(first)
        self.second = QWidget()
        second = QHBoxLayout(self.second)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(2 * u)
        chips = QWidget()
        flow = FlowLayout(chips, 2 * u)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        chips.setSizePolicy(policy)
        self.status, self.urgency, self.cause, self.line = ChipButton(), ChipButton(), ChipButton(), ChipButton()
        self.mark = Chip()
        for name, chip in (
            ("status", self.status),
            ("urgency", self.urgency),
            ("cause", self.cause),
            ("line", self.line),
            ("mark", self.mark),
        ):
            chip.setObjectName(f"ticket.chip.{name}")
            flow.addWidget(chip)
        self.followers = ElidedLabel("", "small", "text2")
        self.followers.setObjectName("ticket.followers")
        self.followers.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        second.addWidget(chips, 3)
        second.addWidget(self.followers, 1)
        column.addWidget(self.second)
        self.dates = DatesStrip()
        column.addWidget(self.dates)
        self.dates.asked.connect(self.why)
        self.due.clicked.connect(lambda: self.why.emit("answer", self.rect_of(self.due)))
        self.menu.clicked.connect(lambda: self.menu_wanted.emit(self.rect_of(self.menu)))
        self.status.clicked.connect(lambda: self.field_wanted.emit("status", self.rect_of(self.status)))
        for name in ("urgency", "cause", "line"):
            chip = getattr(self, name)
            chip.clicked.connect(lambda name=name, chip=chip: self.field_wanted.emit(name, self.rect_of(chip)))

    @staticmethod
    def rect_of(widget: QWidget) -> QRect:
        return QRect(widget.mapToGlobal(widget.rect().topLeft()), widget.size())

    def anchor(self, field: str) -> QRect:
        """Where the popup of a field stands when no row is at hand."""
        if field == "dates" and self.dates.isVisible():
            return self.rect_of(self.dates)
        chip = {"urgency": self.urgency, "cause": self.cause, "line": self.line}.get(field)
        if chip is not None and chip.isVisible():
            return self.rect_of(chip)
        return self.rect_of(self.subject)

    def set_view(self, view: TicketView, directory: Directory, times: words.Times, composing: bool) -> None:
        """`composing`: a promise is being written, so what counts is the answer's clock."""
        self.number.setText(words.number(view.number))
        self.subject.setText(view.subject)
        self._due = (answer_words(view, times), answer_words(view, times, brief=True)[0])
        self._show_due()
        bare = composing and view.promised_at is None
        self.second.setVisible(not bare)
        self.dates.setVisible(not bare)
        self.dates.set_view(view, times)
        self._set_chips(view, directory, times)
        names = ", ".join(view.followers)
        self.followers.setText(fill(translate("Ticket", "Followed by: %1"), names) if names else "")
        self.followers.setVisible(bool(names))

    def fit(self, height: int) -> bool:
        """Where the height is short (a large font), the notes under the dates give way; whether that changed."""
        return self.dates.set_brief(self.heightForWidth(self.width()) + self.dates.left_out() > height)

    def _show_due(self) -> None:
        """The whole sentence where the subject is not cut for it."""
        (text, token), brief = self._due
        self.due.setVisible(bool(text))
        if not text:
            return
        role = token if token != "text2" else "high"
        self.due.set(text, role, "clock")
        parts = (self.number, self.due, self.menu, *((self.presence,) if self.presence.isVisibleTo(self) else ()))
        others = sum(part.sizeHint().width() + 2 * theme.current().u for part in parts)
        subject = self.subject.fontMetrics().horizontalAdvance(self.subject.text())
        if subject + others > self.contentsRect().width() - 8 * theme.current().u:
            self.due.set(brief, role, "clock")
        self.due.setToolTip("\n".join((text, translate("Ticket", "A question does not stop the answer clock"))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_due()

    def set_mark(self, mark: Mark) -> None:
        """Who else is in this ticket."""
        self.presence.setVisible(bool(mark.icon()))
        if mark.icon():
            self.presence.set(mark.name(), "norm" if mark.writers else "low", mark.icon())
            self.presence.setAccessibleName(mark.sentence())
            self.presence.setToolTip(mark.sentence())

    def _set_chips(self, view: TicketView, directory: Directory, times: words.Times) -> None:
        status = theme.status_token(view.status, view.wait_for)
        self.status.set(words.status(view.status, view.wait_for), status, _STATUS_ICONS.get(view.status, "dot"))
        self.status.setToolTip(view.wait_note)
        icon, bar = urgency_icon(view.urgency)
        self.urgency.set(words.urgency(view.urgency), bar.removesuffix("-bar"), icon)
        self.urgency.setToolTip(fill(translate("Ticket", "Urgency  %1"), "U"))
        cause = directory.cause(view.cause_id)
        self.cause.set(
            fill(translate("Ticket", "Cause: %1"), cause.lower()) if cause else translate("Ticket", "Cause not given"),
            "low",
        )
        self.cause.setToolTip(fill(translate("Ticket", "Cause  %1"), "C"))
        self.line.set(fill(translate("Ticket", "L%1"), view.line), "esc")
        self.line.setToolTip(translate("Ticket", "Line"))
        mark, token = self._mark(view, times)
        self.mark.setVisible(bool(mark))
        if mark:
            self.mark.set(mark, token)

    def _mark(self, view: TicketView, times: words.Times) -> tuple[str, str]:
        """Slipping and the like are marks upon a status, never one."""
        if view.set_aside:
            spam = view.set_aside == "spam"
            return (translate("Ticket", "Spam") if spam else translate("Ticket", "Not a request")), "high"
        if view.needs == "date":
            return translate("Ticket", "A new date is owed"), "crit"
        if view.slipping:
            return translate("Ticket", "Slipping"), "crit" if (view.slack or 0) < 0 else "high"
        if view.snoozed_for_reply:
            return translate("Ticket", "Snoozed until they reply"), "low"
        if view.snoozed_until is not None and view.snoozed_until > times.now:
            return fill(translate("Ticket", "Snoozed until %1"), times.moment(view.snoozed_until)), "low"
        return "", ""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.menu.set_words(translate("Ticket", "More"))
