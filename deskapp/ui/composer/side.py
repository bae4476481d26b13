"""Beside a promise that is being composed: why this date, who has what that day, whom the planner left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ...desk.knowledge import ArticleItem
from ...desk.values import Directory, Person, PromiseView, Similar, TicketView
from ...planning.values import Slot
from .. import reasons, theme, words
from ..i18n import fill
from ..knowledge import texts
from ..trace import TraceTable
from ..widgets import ElidedLabel, KeyCap, Label, Line, LinkButton, SectionHeader, paint_avatar
from .strip import DayStrips, StripRow


class PromiseSide(QScrollArea):
    """The panel of mock-up 03. ``open_ticket`` carries an id, ``open_day`` a date to look at in the calendar."""

    open_ticket = Signal(str)
    open_article = Signal(str)
    open_day = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("composer.promise.side")
        self.setAccessibleName(self.tr("Why this date"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self._day: date | None = None
        self._inner = QWidget()
        self._inner.setAutoFillBackground(False)
        self.setWidget(self._inner)
        u = theme.current().u
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(4 * u, 3 * u, 4 * u, 4 * u)
        column.setSpacing(2 * u)

        head = QHBoxLayout()
        self.title = ElidedLabel("", "heading")
        head.addWidget(self.title, 1)
        head.addWidget(KeyCap("W"))
        column.addLayout(head)
        self.whose = ElidedLabel("", "small", "text2")
        column.addWidget(self.whose)
        self.trace = TraceTable()
        column.addWidget(self.trace)
        column.addSpacing(2 * u)

        self._day_box = _Section()
        self._calendar = LinkButton(self.tr("To the calendar"), "small")
        self._calendar.setObjectName("composer.promise.to_calendar")
        self._calendar.clicked.connect(self._show_day)
        row = QHBoxLayout()
        self._day_title = Label("", "strong", "text2")
        row.addWidget(self._day_title, 1)
        row.addWidget(self._calendar)
        self._day_box.column.addLayout(row)
        self.strips = DayStrips()
        self._day_box.column.addWidget(self.strips)
        column.addWidget(self._day_box)

        self._out_box, self._out = self._section(self.tr("Not offered"))
        self._out_box.setObjectName("composer.promise.not_offered")
        self._alike_box, self._alike = self._section(self.tr("Similar"))
        self._customer_box, self._customer = self._section(self.tr("Customer"))
        for box in (self._out_box, self._alike_box, self._customer_box):
            column.addWidget(box)
        column.addStretch(1)

    def _section(self, title: str) -> tuple[_Section, QVBoxLayout]:
        box = _Section()
        header = SectionHeader(title)
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.current().u)
        header.toggled_open.connect(body.setVisible)
        box.column.addWidget(Line())
        box.column.addWidget(header)
        box.column.addWidget(body)
        return box, rows

    # -- content

    def set_similar(self, found: Sequence[Similar | ArticleItem]) -> None:
        _empty(self._alike)
        for item in found[:6]:
            row = QHBoxLayout()
            if isinstance(item, ArticleItem):
                article = _TicketLink(texts.titled(item.number, item.title))
                article.clicked.connect(lambda _on=False, article=item.id: self.open_article.emit(article))
                row.addWidget(article, 1)
                row.addWidget(Label(texts.uses(item.uses), "small", "text2"))
                self._alike.addLayout(row)
                continue
            text = f"{words.number(item.number)} {item.subject}"
            link = _TicketLink(text)
            link.clicked.connect(lambda _on=False, ticket=item.ticket_id: self.open_ticket.emit(ticket))
            row.addWidget(link, 1)
            done = item.status in ("closed", "resolved")
            right = words.duration(item.minutes) if done and item.minutes else words.status(item.status)
            row.addWidget(Label(right, "small", "text2"))
            self._alike.addLayout(row)
        self._alike_box.setVisible(bool(found))

    def set_ticket(self, view: TicketView) -> None:
        """What does not hang on the slot: the customer."""
        _empty(self._customer)
        requester = view.requester
        facts = (
            (self.tr("Name"), requester.name),
            (self.tr("Customer"), requester.customer),
            (self.tr("Phone"), requester.phone),
            (self.tr("Contract"), requester.contract),
        )
        shown = [(label, value) for label, value in facts if value]
        for label, value in shown:
            row = QHBoxLayout()
            caption = Label(label, "small", "text2")
            caption.setMinimumWidth(22 * theme.current().u)
            row.addWidget(caption)
            row.addWidget(ElidedLabel(value), 1)
            self._customer.addLayout(row)
        self._customer_box.setVisible(bool(shown))

    def set_slot(
        self,
        slot: Slot | None,
        view: PromiseView | None,
        number: int | None,
        directory: Directory,
        times: words.Times,
    ) -> None:
        """The trace of the chosen slot and the day it is about; without one only who was left out."""
        self.trace.setVisible(slot is not None)
        if slot is None:
            self.title.setText(self.tr("Why this date"))
            self.whose.setText(self.tr("No slot is chosen yet"))
        else:
            person = directory.people.get(slot.person_id)
            self.title.setText(fill(self.tr("Why %1"), times.moment(slot.promise)))
            self.whose.setText(fill(self.tr("By the working time of %1"), person.name if person else slot.person_id))
            self.trace.set_rows(slot.trace, times, slot.promise)
        self._show_strips(slot, view, number, directory, times)
        _empty(self._out)
        out = view.proposals.not_offered if view else ()
        for item in out:
            person = directory.people.get(item.person_id)
            if person is None:
                continue
            self._out.addWidget(_LeftOut(person, reasons.not_offered(item, directory, times)))
        self._out_box.setVisible(bool(out))

    def _show_strips(
        self,
        slot: Slot | None,
        view: PromiseView | None,
        number: int | None,
        directory: Directory,
        times: words.Times,
    ) -> None:
        day = view.strip_day if view else None
        rows = []
        if view and day:
            chosen = {slot.person_id: slot.pieces} if slot else {}
            ghosts = {s.person_id: s.pieces for s in reversed(view.proposals.slots) if not s.diff.broken} | chosen
            for person_id, blocks, hours in view.strips:
                person = directory.people.get(person_id)
                if person is not None:
                    rows.append(StripRow(person, tuple(blocks), tuple(hours), tuple(ghosts.get(person_id, ()))))
            self._day_title.setText(words.date_long(day))
            self.strips.set_rows(rows, day, times, number)
        self._day = day
        self._day_box.setVisible(bool(rows))

    def _show_day(self) -> None:
        if self._day is not None:
            self.open_day.emit(self._day)


class _Section(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, theme.current().u)
        self.column.setSpacing(theme.current().u)


class _LeftOut(QWidget):
    """Who was not offered, and why: beside the name, or under it where both have no room in one row."""

    def __init__(self, person: Person, why: str) -> None:
        super().__init__()
        self._person, self._why = person, why
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{person.name}: {why}")
        self.setToolTip(self.accessibleName())

    def _left(self) -> int:
        return 7 * theme.current().u

    def _stacked(self) -> bool:
        look = theme.current()
        name = QFontMetrics(look.font("body")).horizontalAdvance(self._person.name)
        why = QFontMetrics(look.font("small")).horizontalAdvance(self._why)
        laid_out = self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        return laid_out and self._left() + name + 2 * look.u + why > self.width()

    def sizeHint(self) -> QSize:
        look = theme.current()
        height = max(5 * look.u, QFontMetrics(look.font("body")).height())
        more = QFontMetrics(look.font("small")).height() if self._stacked() else 0
        return QSize(40 * look.u, height + more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        paint_avatar(painter, QRect(0, 0, 5 * u, 5 * u), self._person.initials, self._person.id)
        stacked, middle = self._stacked(), Qt.AlignmentFlag.AlignVCenter
        first = max(5 * u, QFontMetrics(look.font("body")).height())
        area = QRect(self._left(), 0, self.width() - self._left(), first)
        below = QRect(area.left(), first, area.width(), self.height() - first)
        for role, token, text, where, side in (
            ("body", "text", self._person.name, area, Qt.AlignmentFlag.AlignLeft),
            ("small", "text2", self._why, below if stacked else area, Qt.AlignmentFlag.AlignRight),
        ):
            side = Qt.AlignmentFlag.AlignLeft if stacked else side
            painter.setFont(look.font(role))
            painter.setPen(look.color(token))
            shown = text
            if painter.fontMetrics().horizontalAdvance(text) > where.width():
                shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, middle | side, shown)


class _TicketLink(LinkButton):
    """A link that gives way where the panel is narrow."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> Any:
        hint = self.sizeHint()
        hint.setWidth(20)
        return hint

    def paintEvent(self, _event: Any) -> None:
        painter = QPainter(self)
        font = theme.current().font("body")
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(theme.current().color("accent"))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _empty(layout: Any) -> None:
    """Take everything out of a layout, its inner layouts too."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            _empty(inner)
            inner.deleteLater()
