"""Facts beside a ticket: who asks, its fields, effort, today's plan, similar tickets, files."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...desk.values import DayStripBlock, Directory, FileItem, Similar, TicketView
from ...planning.values import Interval
from .. import i18n, icons, theme, words
from ..i18n import fill, translate
from ..widgets import (
    Avatar,
    Chip,
    ElidedLabel,
    Label,
    Line,
    LinkButton,
    SectionHeader,
    initials,
    paint_avatar,
    urgency_icon,
)
from .entries import FileChip

#: Fields that a popup or a line sets in place, in their order.
FIELDS = ("urgency", "cause", "zone", "owner", "line", "product")


def field_name(field: str) -> str:
    return {
        "urgency": translate("Side", "Urgency"),
        "cause": translate("Side", "Cause"),
        "zone": translate("Side", "Zone"),
        "owner": translate("Side", "Specialist"),
        "line": translate("Side", "Line"),
        "product": translate("Side", "Product"),
        "channel": translate("Side", "Channel"),
        "phone": translate("Side", "Phone"),
        "contract": translate("Side", "Contract"),
        "address": translate("Side", "Mail"),
    }[field]


def channel_name(channel: str) -> str:
    return {
        "mail": translate("Side", "mail"),
        "phone": translate("Side", "phone"),
        "visit": translate("Side", "visit"),
        "hand": translate("Side", "by hand"),
        "chat": translate("Side", "chat"),
        "form": translate("Side", "web form"),
    }.get(channel, channel)


class FieldButton(QAbstractButton):
    """Name at the left, value beside it; a click or Enter opens its editor."""

    def __init__(self, field: str, editable: bool = True) -> None:
        super().__init__()
        self.field = field
        self._icon: tuple[str, str] | None = None
        self._person: tuple[str, str] | None = None
        self._key = ""
        self.setObjectName(f"ticket.field.{field}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if editable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._editable = editable
        theme.current().changed.connect(self.update)

    def set_value(
        self,
        text: str,
        icon: tuple[str, str] | None = None,
        person: tuple[str, str] | None = None,
        key: str = "",
    ) -> None:
        self.setText(text)
        self._icon, self._person, self._key = icon, person, key
        shown = text or translate("Side", "not given")
        self.setAccessibleName(f"{field_name(self.field)}: {shown}")
        self._tell()
        self.update()

    def _tell(self) -> None:
        cut = QFontMetrics(theme.current().font("body")).horizontalAdvance(self.text()) > self._area().width()
        hint = f"{field_name(self.field)}  {self._key}" if self._key else ""
        self.setToolTip("\n".join(part for part in (self.text() if cut else "", hint) if part))

    def _area(self) -> QRect:
        u = theme.current().u
        left = label_width() + (6 * u if self._icon or self._person else 0)
        return self.rect().adjusted(left, 0, 0, 0)

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(50 * look.u, max(6 * look.u, QFontMetrics(look.font("body")).height() + look.u))

    def resizeEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().resizeEvent(event)
        self._tell()

    def minimumSizeHint(self) -> QSize:
        return QSize(label_width() + 8 * theme.current().u, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if self._editable and self.underMouse():
            painter.fillRect(self.rect(), look.color("bg-hover"))
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text2"))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(field_name(self.field), Qt.TextElideMode.ElideRight, label_width() - u)
        painter.drawText(QRect(0, 0, label_width(), self.height()), middle, name)
        area = self._area()
        if self._icon is not None:
            side = round(3.25 * u)
            icons.paint(painter, QRect(label_width(), 0, side, self.height()), *self._icon)
        elif self._person is not None:
            side = 5 * u
            paint_avatar(painter, QRect(label_width() - u // 2, (self.height() - side) // 2, side, side), *self._person)
        painter.setPen(look.color("text" if self.text() else "text3"))
        shown = self.text() or translate("Side", "not given")
        painter.drawText(area, middle, metrics.elidedText(shown, Qt.TextElideMode.ElideRight, area.width()))


def label_width() -> int:
    """The column of names, wide enough for the longest."""
    return _label_width(i18n.language(), theme.current().font("body").toString(), theme.current().u)


@lru_cache(maxsize=8)
def _label_width(_language: str, font: str, u: int) -> int:
    body = QFont()
    body.fromString(font)
    metrics = QFontMetrics(body)
    names = [field_name(name) for name in (*FIELDS, "channel", "phone", "contract", "address")]
    return min(max(metrics.horizontalAdvance(name) for name in names), 26 * u) + 3 * u


class EffortBar(QWidget):
    """Spent, a bar, the estimate; below what is left and when it ends."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ticket.effort")
        self._view: TicketView | None = None
        self._times: words.Times | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.update)

    def set_view(self, view: TicketView, times: words.Times) -> None:
        self._view, self._times = view, times
        spent, whole, left = self._texts()
        self.setAccessibleName(translate("Side", "Effort"))
        self.setAccessibleDescription(", ".join(part for part in (spent, whole, left) if part))
        self.updateGeometry()
        self.update()

    def _texts(self) -> tuple[str, str, str]:
        view, times = self._view, self._times
        if view is None or times is None:
            return "", "", ""
        spent = words.duration(view.spent)
        whole = words.duration(view.effort) if view.effort else translate("Side", "no estimate")
        left = ""
        if view.finished_at is None and view.effort is None and view.effort_assumed:
            left = fill(translate("Side", "usual for this cause: %1"), words.duration(view.effort_assumed))
        elif view.finished_at is None and view.remaining is not None and view.effort:
            if view.spent > view.effort:
                over = words.duration(view.spent - view.effort)
                left = fill(translate("Side", "over the estimate by %1"), over)
            elif view.forecast_at is not None:
                text = translate("Side", "%1 left, ends %2")
                left = fill(text, words.duration(view.remaining), times.moment_brief(view.forecast_at))
            else:
                left = fill(translate("Side", "%1 left"), words.duration(view.remaining))
        return spent, whole, left

    def sizeHint(self) -> QSize:
        look = theme.current()
        body = QFontMetrics(look.font("body")).height()
        small = QFontMetrics(look.font("small")).height() + look.u
        return QSize(50 * look.u, body + look.u + (small if self._texts()[2] else 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(30 * theme.current().u, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        view = self._view
        if view is None:
            return
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spent, whole, left = self._texts()
        painter.setFont(look.font("body"))
        metrics = painter.fontMetrics()
        height = metrics.height()
        first = QRect(0, 0, self.width(), height)
        painter.setPen(look.color("text"))
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, spent)
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, whole)
        start = metrics.horizontalAdvance(spent) + 2 * u
        end = self.width() - metrics.horizontalAdvance(whole) - 2 * u
        if end - start > 4 * u and view.effort:
            bar = QRectF(start, height / 2 - 3, end - start, 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("hatch"))
            painter.drawRoundedRect(bar, 3, 3)
            share = min(1.0, view.spent / view.effort)
            painter.setBrush(look.color("crit-bar" if view.spent > view.effort else "ok-bar"))
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * share, 6), 3, 3)
        if left:
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text2"))
            second = QRect(0, height + u, self.width(), painter.fontMetrics().height() + 2)
            shown = painter.fontMetrics().elidedText(left, Qt.TextElideMode.ElideRight, second.width())
            painter.drawText(second, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class DayPlan(QWidget):
    """Today of whoever works on it: bookings, breaks, the now line, and the promise as a dashed line."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ticket.plan")
        self._blocks: tuple[DayStripBlock, ...] = ()
        self._hours: tuple[Interval, ...] = ()
        self._zone = ZoneInfo("UTC")
        self._times: words.Times | None = None
        self._promise: datetime | None = None
        self._ticket = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.update)

    def set_view(self, view: TicketView, times: words.Times) -> None:
        self._blocks, self._hours = view.today, view.today_hours
        self._zone = ZoneInfo(view.day_zone)
        self._times, self._promise, self._ticket = times, view.promised_at, view.id
        said = [
            f"{times.span(block.start, block.end)} {words.number(block.number)}"
            for block in self._blocks
            if block.ticket_id
        ]
        self.setAccessibleName(translate("Side", "Plan for today"))
        self.setAccessibleDescription(", ".join(said))
        self.setToolTip("\n".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(50 * look.u, 7 * look.u + QFontMetrics(look.font("caption")).height())

    def minimumSizeHint(self) -> QSize:
        return QSize(30 * theme.current().u, self.sizeHint().height())

    def _minute(self, at: datetime) -> float:
        local = at.astimezone(self._zone)
        now = self._times.now.astimezone(self._zone) if self._times else local
        days = (local.date() - now.date()).days
        return days * 1440 + local.hour * 60 + local.minute

    def _range(self) -> tuple[float, float]:
        low = min((start for start, _ in self._hours), default=9 * 60)
        high = max((end for _, end in self._hours), default=18 * 60)
        for block in self._blocks:
            low = min(low, max(0.0, self._minute(block.start)))
            high = max(high, min(1440.0, self._minute(block.end)))
        return low // 60 * 60, -(-high // 60) * 60

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._times is None:
            return
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, high = self._range()
        width, height = self.width() - 1, 6 * u

        def x(minute: float) -> float:
            return width * (min(max(minute, low), high) - low) / max(1.0, high - low)

        band = QRectF(0, 0, width, height)
        painter.fillRect(band, look.color("off"))
        painter.fillRect(band, QBrush(look.color("hatch"), Qt.BrushStyle.BDiagPattern))
        for start, end in self._hours:
            painter.fillRect(QRectF(x(start), 0, x(end) - x(start), height), look.color("bg-base"))
        for block in self._blocks:
            token = theme.URGENCY_TOKENS[min(max(block.urgency, 1), 4) - 1]
            left, right = x(self._minute(block.start)), x(self._minute(block.end))
            if right - left < 1:
                continue
            mine = block.ticket_id == self._ticket
            painter.setPen(QPen(look.color(f"{token}-bar"), 2 if mine else 1))
            painter.setBrush(look.color(f"{token}-bg"))
            painter.drawRoundedRect(QRectF(left + 0.5, 1.5, right - left - 1, height - 3), 2, 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self._promise is not None and low <= self._minute(self._promise) <= high:
            painter.setPen(QPen(look.color("crit-bar"), 2, Qt.PenStyle.DashLine))
            at = round(x(self._minute(self._promise)))
            painter.drawLine(at, 0, at, height)
        now = self._minute(self._times.now)
        if low <= now <= high:
            painter.fillRect(QRectF(x(now) - 1, -1, 2, height + 2), look.color("crit-bar"))
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("text2"))
        metrics = painter.fontMetrics()
        step = max(1, round((high - low) / 60 / 4))
        for minute in range(int(low), int(high) + 1, step * 60):
            text = f"{minute // 60 % 24:02}"
            wide = metrics.horizontalAdvance(text)
            spot = min(max(0.0, x(minute) - wide / 2), self.width() - wide)
            painter.drawText(QRectF(spot, height + u, wide + 2, metrics.height()), text)


class SimilarRow(QAbstractButton):
    """A ticket like this one: solved in how long, or still open."""

    def __init__(self, similar: Similar) -> None:
        super().__init__()
        self.similar = similar
        solved = similar.status in ("resolved", "closed")
        self._icon = "check" if solved else "link"
        self._right = words.duration(similar.minutes) if solved else translate("Side", "open")
        self.setText(f"{words.number(similar.number)} {similar.subject}")
        self.setAccessibleName(f"{self.text()}, {self._right}")
        self.setToolTip(self.text())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(50 * look.u, max(6 * look.u, QFontMetrics(look.font("body")).height() + look.u))

    def minimumSizeHint(self) -> QSize:
        return QSize(30 * theme.current().u, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), look.color("bg-hover"))
        icons.paint(painter, QRect(0, 0, 4 * u, self.height()), self._icon, "text2")
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text2"))
        width = painter.fontMetrics().horizontalAdvance(self._right)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(self.rect(), right, self._right)
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text"))
        area = self.rect().adjusted(round(5.5 * u), 0, -width - 2 * u, 0)
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class Section(QWidget):
    """A head that folds what is under it."""

    def __init__(self, name: str, title: str, right: QWidget | None = None) -> None:
        super().__init__()
        self.setObjectName(f"ticket.section.{name}")
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * u, 0, round(2.5 * u))
        column.setSpacing(0)
        self.head = SectionHeader(title, right)
        column.addWidget(self.head)
        self.body = QWidget()
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(0, u, 0, 0)
        self.column.setSpacing(u // 2)
        column.addWidget(self.body)
        self.head.toggled_open.connect(self.body.setVisible)


class SidePanel(QScrollArea):
    """`field_wanted` carries a field and where its editor stands; `opened` another ticket."""

    field_wanted = Signal(str, QRect)
    opened = Signal(str)
    save_wanted = Signal(object)
    calendar_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ticket.side")
        self.setAccessibleName(translate("Side", "About the ticket"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view: TicketView | None = None
        self.inner = QWidget()
        self.setWidget(self.inner)
        u = theme.current().u
        column = QVBoxLayout(self.inner)
        column.setContentsMargins(round(3.5 * u), u, round(3.5 * u), 3 * u)
        column.setSpacing(0)
        self._lines: list[tuple[QWidget, Line]] = []
        for section in (
            self._customer(),
            self._fields(),
            self._effort(),
            self._plan(),
            self._similar(),
            self._files(),
            self._watchers(),
        ):
            line = Line()
            if self._lines:
                column.addWidget(line)
            self._lines.append((section, line))
            column.addWidget(section)
        column.addStretch(1)
        theme.current().changed.connect(self._relook)
        self._relook()

    def _relook(self) -> None:
        palette = QPalette(theme.current().palette())
        self.setPalette(palette)
        self.viewport().setPalette(palette)

    # -- the sections

    def _customer(self) -> QWidget:
        u = theme.current().u
        self.customer = Section("customer", translate("Side", "Customer"))
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        self.avatar = Avatar("", "", 7 * u + 2)
        row.addWidget(self.avatar, alignment=Qt.AlignmentFlag.AlignTop)
        names = QVBoxLayout()
        names.setSpacing(0)
        first = QHBoxLayout()
        self.requester = ElidedLabel("", "strong")
        self.requester.setObjectName("ticket.requester")
        self.vip = Chip(translate("Side", "VIP"), "high")
        first.addWidget(self.requester, 1)
        first.addWidget(self.vip)
        self.post = ElidedLabel("", "small", "text2")
        names.addLayout(first)
        names.addWidget(self.post)
        row.addLayout(names, 1)
        self.customer.column.addLayout(row)
        self.customer.column.addSpacing(u)
        self.phone, self.address, self.contract = (
            FieldButton(name, editable=False) for name in ("phone", "address", "contract")
        )
        for field in (self.phone, self.address, self.contract):
            self.customer.column.addWidget(field)
        self.undeliverable = Label(translate("Side", "Letters to this address come back"), "small", "crit")
        self.undeliverable.setWordWrap(True)
        self.unknown = Label(translate("Side", "Unknown sender"), "small", "high")
        self.customer.column.addWidget(self.undeliverable)
        self.customer.column.addWidget(self.unknown)
        return self.customer

    def _fields(self) -> QWidget:
        self.fields_section = Section("fields", translate("Side", "Fields"))
        self.fields: dict[str, FieldButton] = {}
        for name in FIELDS:
            button = FieldButton(name)
            button.clicked.connect(lambda _=False, button=button: self._field(button))
            self.fields[name] = button
            self.fields_section.column.addWidget(button)
        self.channel = FieldButton("channel", editable=False)
        self.fields_section.column.addWidget(self.channel)
        return self.fields_section

    def _effort(self) -> QWidget:
        self.usual = LinkButton("", "small")
        self.usual.setObjectName("ticket.field.effort")
        self.usual.clicked.connect(lambda: self.field_wanted.emit("effort", _rect_of(self.usual)))
        self.effort_section = Section("effort", translate("Side", "Effort"), self.usual)
        self.effort = EffortBar()
        self.effort_section.column.addWidget(self.effort)
        return self.effort_section

    def _plan(self) -> QWidget:
        self.to_calendar = LinkButton(translate("Side", "In the calendar"), "small")
        self.to_calendar.setObjectName("ticket.to_calendar")
        self.to_calendar.clicked.connect(lambda: self.calendar_wanted.emit(self._view.id if self._view else ""))
        self.plan_section = Section("plan", translate("Side", "Plan for today"), self.to_calendar)
        self.plan = DayPlan()
        self.plan_section.column.addWidget(self.plan)
        return self.plan_section

    def _similar(self) -> QWidget:
        self.similar_section = Section("similar", translate("Side", "Similar"))
        return self.similar_section

    def _files(self) -> QWidget:
        self.files_section = Section("files", translate("Side", "Files"))
        return self.files_section

    def _watchers(self) -> QWidget:
        self.watchers_section = Section("watchers", translate("Side", "Followers"))
        self.watchers = Label("", "body", "text")
        self.watchers.setWordWrap(True)
        self.watchers_section.column.addWidget(self.watchers)
        return self.watchers_section

    def _field(self, button: FieldButton) -> None:
        self.field_wanted.emit(button.field, _rect_of(button))

    # -- filling

    def set_view(self, view: TicketView, directory: Directory, times: words.Times) -> None:
        self._view = view
        asked = view.requester
        self.avatar.set_person(initials(asked.name), asked.contact_id)
        self.requester.setText(asked.name)
        self.post.setText(", ".join(part for part in (asked.customer, asked.post) if part))
        self.vip.setVisible(asked.vip)
        for field, value in ((self.phone, asked.phone), (self.address, asked.address), (self.contract, asked.contract)):
            field.setVisible(bool(value))
            field.set_value(value)
        self.undeliverable.setVisible(asked.undeliverable)
        self.unknown.setVisible(not asked.known)
        self._set_fields(view, directory)
        if view.usual is not None:
            self.usual.setText(fill(translate("Side", "usually %1"), words.duration(view.usual[1])))
        else:
            self.usual.setText(translate("Side", "Set"))
        self.usual.setToolTip(fill(translate("Side", "Effort  %1"), "M"))
        self.usual.updateGeometry()
        self.effort.set_view(view, times)
        self.plan.set_view(view, times)
        self.plan_section.setVisible(bool(view.today_hours or view.today))
        self._refill(self.similar_section, [SimilarRow(similar) for similar in view.similar])
        for row in self.similar_section.body.findChildren(SimilarRow):
            row.clicked.connect(lambda _=False, row=row: self.opened.emit(row.similar.ticket_id))
        self._set_files(view)
        self.watchers.setText(", ".join(view.followers))
        self.watchers_section.setVisible(bool(view.followers))
        shown_before = False
        for section, line in self._lines:
            shown = not section.isHidden()
            line.setVisible(shown and shown_before)
            shown_before = shown_before or shown

    def _set_fields(self, view: TicketView, directory: Directory) -> None:
        owner = directory.people.get(view.owner_id)
        zone = next((zone.name for zone in directory.zones if zone.id == view.zone_id), "")
        self.fields["urgency"].set_value(words.urgency(view.urgency), urgency_icon(view.urgency), key="U")
        self.fields["cause"].set_value(directory.cause(view.cause_id), key="C")
        self.fields["zone"].set_value(zone)
        self.fields["owner"].set_value(
            owner.name if owner else "",
            person=(owner.initials, owner.id) if owner else None,
            key="A",
        )
        self.fields["line"].set_value(fill(translate("Side", "L%1"), view.line))
        self.fields["product"].set_value(view.product)
        self.channel.set_value(channel_name(view.channel))

    def _set_files(self, view: TicketView) -> None:
        found: dict[str, FileItem] = {}
        for entry in view.entries:
            for file in entry.files:
                if not file.inline:
                    found.setdefault(file.sha256 or file.id, file)
        chips: list[QWidget] = []
        for file in list(found.values())[-8:]:
            chip = FileChip(file)
            chip.clicked.connect(lambda _=False, file=file: self.save_wanted.emit(file))
            chips.append(chip)
        self._refill(self.files_section, chips)

    @staticmethod
    def _refill(section: Section, widgets: list[QWidget]) -> None:
        while section.column.count():
            old = section.column.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        for widget in widgets:
            section.column.addWidget(widget)
        section.setVisible(bool(widgets))


def _rect_of(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(widget.rect().topLeft()), widget.size())
