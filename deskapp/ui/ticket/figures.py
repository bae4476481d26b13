"""Drawn figures of the side panel: effort spent of the estimate, and today's plan as a strip."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ...desk.values import DayStripBlock, TicketView
from ...planning.values import Interval
from .. import theme, words
from ..i18n import fill, translate


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
