"""The screens of the window: how each is made, and where it sends a person.

A screen is imported when it is first opened. A new one gets a method here, a place in ``screen.py`` and a line in
``specs``.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from .screen import Screen, ScreenSpec, spec

if TYPE_CHECKING:
    from .desktop import Desktop
    from .main_window import MainWindow


class Screens(QObject):
    """Those of one window."""

    def __init__(self, desktop: Desktop, window: MainWindow) -> None:
        super().__init__(window)
        self._desktop, self._window, self._runner = desktop, window, window.runner

    def specs(self) -> tuple[ScreenSpec, ...]:
        return (
            spec("queue", self._queue),
            spec("calendar", self._calendar),
            spec("knowledge", self._knowledge),
            spec("sync", self._sync),
            spec("customers", self._customers),
            spec("visits", self._visits),
            spec("reports", self._reports),
            spec("settings", self._settings),
        )

    # -- making

    def _queue(self) -> Screen:
        from .queue.screen import QueueScreen

        desktop = self._desktop
        screen = QueueScreen(
            self._runner,
            desktop.acts,
            self._window.registry,
            desktop.desk.clock.now,
            desktop.desk.settings,
            self._window,
        )
        screen.counts_changed.connect(desktop.counts_changed)
        screen.calendar_wanted.connect(self.show_in_calendar)
        screen.pick_in_calendar.connect(self.pick_in_calendar)
        screen.day_wanted.connect(self.show_day)
        screen.pane.seen.connect(desktop.finding.remember)
        screen.pane.customers_wanted.connect(lambda: self._window.open("customers"))
        screen.pane.resolve_wanted.connect(self.show_choice)
        screen.pane.article_wanted.connect(self.show_article)
        screen.pane.article_made.connect(self.edit_article)
        screen.pane.visit_wanted.connect(self.show_visit)
        screen.pane.part_wanted.connect(self.show_part)
        watch = desktop.sync_watch
        watch.marks_changed.connect(screen.set_marks)
        screen.set_marks(watch.marks())
        watch.follow(screen.pane, self._window)
        return screen

    def _calendar(self) -> Screen:
        from .calendar.screen import CalendarScreen

        desktop = self._desktop
        screen = CalendarScreen(self._runner, desktop.acts, self._window.registry, desktop.messages, self._window)
        screen.open_ticket.connect(self.show_ticket)
        screen.emergency_wanted.connect(desktop.emergency)
        return screen

    def _sync(self) -> Screen:
        from .sync.screen import SyncScreen

        desktop = self._desktop
        watch = desktop.sync_watch
        screen = SyncScreen(self._runner, desktop.acts, self._window.registry, desktop.messages, self._window)
        screen.open_ticket.connect(self.show_ticket)
        screen.open_composer.connect(self.open_composer)
        screen.round_wanted.connect(watch.round)
        screen.share_wanted.connect(self.show_sharing)
        screen.compare_wanted.connect(partial(self.show_sharing, True))
        watch.told.connect(screen.heard)
        if watch.last() is not None:
            screen.heard(watch.last())
        return screen

    def _customers(self) -> Screen:
        from .customers.screen import CustomersScreen

        desktop = self._desktop
        screen = CustomersScreen(self._runner, desktop.acts, self._window.registry)
        screen.open_ticket.connect(self.show_ticket)
        screen.import_wanted.connect(lambda: self.show_setting("exchange"))
        return screen

    def _knowledge(self) -> Screen:
        from .knowledge.screen import KnowledgeScreen

        desktop = self._desktop
        screen = KnowledgeScreen(
            self._runner, desktop.acts, self._window.registry, desktop.desk.clock.now, self._window
        )
        screen.ticket_wanted.connect(self.show_ticket)
        return screen

    def _reports(self) -> Screen:
        from .reports.screen import ReportsScreen

        desktop = self._desktop
        screen = ReportsScreen(
            self._runner, desktop.acts, self._window.registry, desktop.messages, self._window.times, self._window
        )
        screen.open_ticket.connect(self.show_ticket)
        return screen

    def _visits(self) -> Screen:
        from .visits.screen import VisitsScreen

        desktop = self._desktop
        now, registry = desktop.desk.clock.now, self._window.registry
        screen = VisitsScreen(self._runner, desktop.acts, registry, desktop.messages, now, self._window)
        screen.ticket_wanted.connect(self.show_ticket)
        return screen

    def _settings(self) -> Screen:
        from .settings.screen import SettingsScreen

        desktop = self._desktop
        screen = SettingsScreen(self._runner, desktop.acts, self._window.registry, self._window, desktop.desk.settings)
        screen.person_switched.connect(desktop.person_switched)
        screen.setting_switched.connect(desktop.setting_switched)
        screen.sharing_changed.connect(desktop.sync_watch.go_on)
        return screen

    # -- going there

    def show_ticket(self, ticket_id: str) -> None:
        screen: Any = self._window.open("queue")
        screen.show_ticket(ticket_id)

    def open_composer(self, ticket_id: str, tab: str) -> None:
        """A ticket with a tab of its composer open."""
        screen: Any = self._window.open("queue")
        screen.show_ticket(ticket_id)
        screen.pane.open_composer(tab)

    def show_sharing(self, compare: bool = False) -> None:
        """The page on which a desk is shared, joined, compared and left."""
        screen: Any = self._window.open("settings")
        screen.open_page("sharing")
        if compare:
            screen.stack.currentWidget().panel.compare_now()

    def show_choice(self, ticket_id: str = "") -> None:
        """The Sync screen with the first choice, or with that of a ticket."""
        screen: Any = self._window.open("sync")
        screen.show_choice(ticket_id)

    def show_article(self, article_id: str, edit: bool = False) -> None:
        screen: Any = self._window.open("knowledge")
        screen.show_article(article_id, edit)

    def edit_article(self, article_id: str) -> None:
        self.show_article(article_id, edit=True)

    def show_part(self, part_id: str) -> None:
        screen: Any = self._window.open("visits")
        screen.show_part(part_id)

    def show_visit(self, visit_id: str) -> None:
        screen: Any = self._window.open("visits")
        screen.show_visit(visit_id)

    def show_in_calendar(self, ticket_id: str) -> None:
        screen: Any = self._window.open("calendar")
        screen.show_ticket(ticket_id)

    def pick_in_calendar(self, ticket_id: str, minutes: int) -> None:
        """The week, with the ticket in hand."""
        screen: Any = self._window.open("calendar")
        screen.hold(ticket_id, minutes)

    def refine_in_calendar(self, ticket_id: str, minutes: int, person_id: str, at: object) -> None:
        """The same, with a person and a time already shown as a preview."""
        screen: Any = self._window.open("calendar")
        screen.hold_at(ticket_id, minutes, person_id, at)

    def show_customer(self, customer_id: str, contact_id: str = "") -> None:
        screen: Any = self._window.open("customers")
        screen.show_customer(customer_id, contact_id)

    def show_setting(self, page_id: str) -> None:
        screen: Any = self._window.open("settings")
        screen.open_page(page_id)

    def show_day(self, day: object) -> None:
        screen: Any = self._window.open("calendar")
        screen.go_to(day)
