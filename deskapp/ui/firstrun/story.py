"""What a step of the first start leads to, told beside it: a few stations in a row, each with an example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from .. import icons, theme, words
from ..i18n import translate
from ..widgets import Chip, FlowLayout, Label, Panel

#: Number, date and hours of the mock letter; nobody's.
_NUMBER = 1024


@dataclass(frozen=True)
class Station:
    """One thing that happens: its icon, its name, a sentence, and chips (words, colour role) as an example."""

    icon: str
    title: str
    text: str
    chips: tuple[tuple[str, str], ...] = field(default=())


class Story(Panel):
    """Stations under each other, joined by a line."""

    def __init__(self) -> None:
        super().__init__("bg-base", "tblr")
        self.setObjectName("firstrun.story")
        u = theme.current().u
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(5 * u, 4 * u, 5 * u, 5 * u)
        self._column.setSpacing(0)
        self.setMinimumWidth(70 * u)
        self.setMaximumWidth(116 * u)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def tell(self, title: str, stations: Sequence[Station]) -> None:
        """Show these; what was shown before goes."""
        u = theme.current().u
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        heading = Label(title, "heading")
        heading.setWordWrap(True)
        heading.setContentsMargins(0, 0, 0, 3 * u)
        self._column.addWidget(heading)
        for at, station in enumerate(stations):
            self._column.addWidget(_StationRow(station, last=at == len(stations) - 1))


class _StationRow(QWidget):
    def __init__(self, station: Station, last: bool) -> None:
        super().__init__()
        u = theme.current().u
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3 * u)
        row.addWidget(_Stop(station.icon, last))
        column = QVBoxLayout()
        column.setContentsMargins(0, u, 0, 0 if last else 4 * u)
        column.setSpacing(u)
        for label in (Label(station.title, "strong"), Label(station.text, "small", "text2")):
            label.setWordWrap(True)
            column.addWidget(label)
        if station.chips:
            box = QWidget()
            flow = FlowLayout(box, u)
            for text, token in station.chips:
                flow.addWidget(Chip(text, token))
            column.addWidget(box)
        column.addStretch(1)
        row.addLayout(column, 1)


class _Stop(QWidget):
    """The icon in its circle, and the line on to the next one."""

    def __init__(self, icon: str, last: bool) -> None:
        super().__init__()
        self._icon, self._last = icon, last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.current().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        side = 9 * theme.current().u
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        side = self.width()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._last:
            painter.setPen(QPen(look.color("line"), 2))
            painter.drawLine(side // 2, side, side // 2, self.height())
        painter.setPen(QPen(look.color("line-ctl")) if look.high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent-bg"))
        painter.drawEllipse(0, 0, side, side)
        area = QRect(0, 0, side // 2, side // 2)
        area.moveCenter(QRect(0, 0, side, side).center())
        icons.paint(painter, area, self._icon, "accent")


def of_a_request() -> list[Station]:
    """From the letter to the customer's consent."""
    number = words.number(_NUMBER)
    return [
        Station(
            "mail",
            translate("FirstRun", "A letter or a call comes in"),
            translate("FirstRun", "It becomes a ticket with a number, and the sender is told the number."),
            ((number, "low"), (translate("FirstRun", "New"), "accent")),
        ),
        Station(
            "calendar-clock",
            translate("FirstRun", "Within two working hours there is a date"),
            translate("FirstRun", "The calendar offers who can do it and when. Or the customer is told why not."),
            ((translate("FirstRun", "Promised"), "norm"),),
        ),
        Station(
            "wrench",
            translate("FirstRun", "The work has its place in the plan"),
            translate("FirstRun", "If the date would slip, you see it first and write before it does."),
            ((translate("FirstRun", "In progress"), "ok"),),
        ),
        Station(
            "circle-check",
            translate("FirstRun", "The customer agrees"),
            translate("FirstRun", "The ticket stays open until then, and nothing is forgotten."),
            ((translate("FirstRun", "Closed"), "low"),),
        ),
    ]


def of_a_store(way: int) -> tuple[str, list[Station]]:
    """What comes of the choice: 0 this computer alone, 1 invited, 2 shared with colleagues."""
    here = Station(
        "save",
        translate("FirstRun", "A whole copy on this computer"),
        translate("FirstRun", "Everything opens and can be written without a network; copies are kept by age."),
    )
    if way == 0:
        return translate("FirstRun", "This computer alone"), [
            here,
            Station(
                "lock",
                translate("FirstRun", "Nobody else has it"),
                translate("FirstRun", "The folder can be read by you alone, passwords are in the system's keyring."),
            ),
            Station(
                "users",
                translate("FirstRun", "Colleagues can come later"),
                translate("FirstRun", "The desk is shared with everything that is in it by then."),
            ),
        ]
    exchange = Station(
        "refresh-cw",
        translate("FirstRun", "Changes go to and fro by themselves"),
        translate("FirstRun", "Two who changed the same field choose; nothing is lost without a question."),
    )
    if way == 1:
        first = Station(
            "link",
            translate("FirstRun", "A line from a colleague"),
            translate("FirstRun", "Settings, Sharing and data store shows it to whoever takes part already."),
            (("deskapp-join:…", "low"),),
        )
        return translate("FirstRun", "I was invited"), [first, here, exchange]
    first = Station(
        "building-2",
        translate("FirstRun", "One place that all can reach"),
        translate("FirstRun", "A folder of the network or a PostgreSQL server. It is tried before data goes there."),
    )
    invite = Station(
        "user-plus",
        translate("FirstRun", "One line invites"),
        translate("FirstRun", "A colleague pastes it at this step and is in within two minutes."),
    )
    return translate("FirstRun", "Share with colleagues"), [first, here, exchange, invite]


def of_a_promise(days: Sequence[date]) -> list[Station]:
    """How a date comes about: effort, slot, letter. ``days``: those on which somebody works, for an example."""
    shown = [f"{words.date_short(day)}, {time}" for day, time in zip(days, ("17:00", "12:00", "15:30"), strict=False)]
    letter = "  ".join([words.number(_NUMBER), *shown[:1]])
    return [
        Station(
            "timer",
            translate("FirstRun", "Say how long the work takes"),
            translate("FirstRun", "What similar tickets took is shown beside it."),
            ((words.duration(150), "low"),),
        ),
        Station(
            "calendar-days",
            translate("FirstRun", "Take one of three dates"),
            translate("FirstRun", "Free time, lunch, holidays and skills are counted; W shows how."),
            tuple((text, "low" if place else "norm") for place, text in enumerate(shown)),
        ),
        Station(
            "send",
            translate("FirstRun", "Send the letter"),
            translate("FirstRun", "It is written already. For 15 seconds Ctrl+Z takes letter and plan back."),
            ((letter, "ok"),),
        ),
    ]
