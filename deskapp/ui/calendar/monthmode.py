"""The calendar while it shows a month: built when first asked for, in the place of the board."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ..acts import Acts
from ..runner import TaskRunner
from .month import MonthPage

if TYPE_CHECKING:
    from .screen import CalendarScreen

#: Its place among day, week, two weeks.
MONTH = 3


class MonthMode(QObject):
    """`on` while the month is shown."""

    def __init__(self, screen: CalendarScreen, runner: TaskRunner, acts: Acts) -> None:
        super().__init__(screen)
        self._screen, self._runner, self._acts = screen, runner, acts
        self._page: MonthPage | None = None
        self.on = False
        self._told = ("", "")

    @property
    def page(self) -> MonthPage:
        if self._page is None:
            self._page = MonthPage(self._runner, self._acts, self._screen)
            self._page.told.connect(self._tell)
            self._page.day_wanted.connect(self._open_day)
            self._screen.stack.addWidget(self._page)
        return self._page

    def open(self, day: date) -> None:
        self.on = True
        self._dress()
        self.go_to(day)
        self._screen.stack.setCurrentWidget(self.page)
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        if self.on:
            self.on = False
            self._dress()

    def _dress(self) -> None:
        toolbar = self._screen.toolbar
        for control in (toolbar.filter, toolbar.table):
            control.setEnabled(not self.on)
        if self.on:
            toolbar.spans.set_index(MONTH)

    def go_to(self, day: date) -> None:
        directory = self._screen.directory()
        if directory is not None:
            self.page.show_month(day, directory, self._screen.times())

    def reload(self) -> None:
        """Something was planned elsewhere."""
        month = self.page.month()
        if month is not None:
            self.go_to(month)

    def show_balance(self) -> None:
        """Open work against free hours, for the lead."""
        from .balance import BalanceDialog

        directory = self._screen.directory()
        if directory is not None:
            BalanceDialog(self._runner, self._acts, directory, self._screen.times(), self._screen).open()

    def _tell(self, title: str, note: str) -> None:
        self._told = (title, note)
        self.retell()

    def retell(self) -> None:
        if self.on:
            toolbar = self._screen.toolbar
            toolbar.heading.setText(self._told[0])
            toolbar.hours.setText(self._told[1])

    def _open_day(self, day: date) -> None:
        self._screen.show_span(0)
        self._screen.go_to(day)
