"""What the calendar asks in a line or a list beside the thing asked about: a date, a skill, an effort, a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget

from ...desk import effort
from ...desk.values import Directory, TrayItem
from .. import words
from ..i18n import fill, translate
from ..popups import ChoicePopup, Option, TypedPopup
from .dates import parse_date

if TYPE_CHECKING:
    from .screen import CalendarScreen


def global_rect(widget: QWidget) -> QRect:
    """A widget's place on the screen, to open something beside it."""
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


class Questions(QObject):
    """Each question opens one popup; the answer comes as a signal."""

    date_given = Signal(object)
    skill_given = Signal(str)
    effort_given = Signal(str, int)  # ticket id, minutes
    reason_given = Signal(str)

    def __init__(self, screen: CalendarScreen) -> None:
        super().__init__(screen)
        self._screen = screen

    def ask_date(self) -> None:
        """A date typed in words."""
        popup = TypedPopup(
            self._screen,
            translate("Calendar", "Go to date"),
            self._parse_date,
            words.date_long,
            hint=translate("Calendar", "5 Nov, Friday, tomorrow"),
            key="G",
        )
        popup.chosen.connect(self._date_chosen)
        popup.open_at(global_rect(self._screen.toolbar.heading))

    def _parse_date(self, text: str) -> date | None:
        times = self._screen.times()
        return parse_date(text, times.now, times.zone)

    def _date_chosen(self, day: date, _go_on: bool) -> None:
        self.date_given.emit(day)

    def ask_skill(self, directory: Directory, people: Mapping[str, frozenset[str]], current: str) -> None:
        """Only people who know a field; `people` says who knows which."""
        options = [Option("", translate("Calendar", "All skills"), "users")]
        for skill in directory.skills:
            options.append(Option(skill.id, skill.name, "wrench", note=str(len(people.get(skill.id, ())))))
        title = translate("Calendar", "Show people with skill")
        popup = ChoicePopup(self._screen, title, options, current, key="Ctrl F")
        popup.chosen.connect(self._skill_chosen)
        popup.open_at(global_rect(self._screen.toolbar.filter))

    def _skill_chosen(self, skill_id: str, _go_on: bool) -> None:
        self.skill_given.emit(skill_id)

    def ask_effort(self, item: TrayItem) -> None:
        """A card without an effort cannot be placed."""
        popup = TypedPopup(
            self._screen,
            fill(translate("Calendar", "Effort of %1"), words.number(item.number)),
            effort.parse,
            words.duration,
            hint=translate("Calendar", "An estimate is needed: 2h30, 2:30, 150"),
            key="+",
        )
        popup.chosen.connect(partial(self._effort_chosen, item.ticket_id))
        tray = self._screen.tray
        if not tray.isVisible():
            popup.open_at(global_rect(self._screen.toolbar.tray))
            return
        rect = tray.list.visualRect(tray.model.index(tray.model.row_of(item.ticket_id)))
        popup.open_at(QRect(tray.list.viewport().mapToGlobal(rect.topLeft()), rect.size()))

    def _effort_chosen(self, ticket_id: str, minutes: int, _go_on: bool) -> None:
        self.effort_given.emit(ticket_id, minutes)

    def ask_reason(self) -> None:
        """Work may lie over other work, but somebody says why."""
        popup = TypedPopup(
            self._screen,
            translate("Calendar", "Place anyway"),
            _words_or_none,
            str,
            hint=translate("Calendar", "Give the reason: it stays with the block"),
        )
        popup.chosen.connect(self._reason_chosen)
        popup.open_at(global_rect(self._screen.bar.anyway))

    def _reason_chosen(self, reason: str, _go_on: bool) -> None:
        self.reason_given.emit(reason)


def _words_or_none(text: str) -> str | None:
    return text.strip() or None
