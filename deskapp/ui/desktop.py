"""One person's desktop: the window, its screens, and what ticks behind them.

Letters leave when their time of undo has passed; every few minutes the forecasts follow the clock; other processes on
the same profile are noticed; mail goes round in its own lane. All of it arrives at the screens by the one road of
``Acts``.

The rooms of the desk are imported where they are first spoken to: the window is on the screen before them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from . import access, i18n, places, theme, words
from .acts import Acts
from .commands import declare_desk
from .i18n import fill
from .main_window import MainWindow
from .messages import Banner, Level, Messages
from .runner import Lane, TaskRunner
from .screens import Screens
from .undo import UndoStack
from .windows import Place, Windows

if TYPE_CHECKING:
    from ..desk import slipping, watch
    from ..desk.desk import Desk
    from ..desk.timer import TimerState
    from ..desk.values import Changes, Clockwork, Directory
    from .call.dialog import CallDialog
    from .callwatch import CallWatch
    from .crashes import CrashWatch
    from .dutywatch import DutyWatch
    from .finding import Finding
    from .mailwatch import MailWatch
    from .new_ticket import NewTicketDialog
    from .notices import Notices
    from .syncwatch import SyncWatch
    from .tray import Tray

WATCH_MS = 300_000
TAIL_MS = 2_000
MAIL_MS = 45_000
#: Copies of the desk: looked after each hour, at first when the start is long over.
CARE_MS, CARE_FIRST_MS = 3_600_000, 180_000
#: Texts of letters are kept as they are typed; a letter leaves at most this long after its time.
LEAVE_MS = 500
_PATIENCE_S = 10
#: The zone of the last time, for a window that is painted before the desk is read.
_ZONE = "window/zone"


class Desktop(QObject):
    """Builds the window over an opened desk. ``ticking`` False leaves the timers off (for pictures and tests)."""

    def __init__(
        self, desk: Desk, lanes: dict[str, Lane] | None = None, synchronous: bool = False, ticking: bool = True
    ) -> None:
        super().__init__()
        self.desk = desk
        self.messages = Messages(self)
        self.runner = TaskRunner(desk, self.messages, lanes, synchronous=synchronous, parent=self)
        self.undo = UndoStack(self.runner, self.messages, _revert, desk.clock.now, self)
        self.acts = Acts(self.runner, self.undo, self)
        self._ticking = ticking
        self._tail: watch.Tail | None = None
        self._own: set[str] = set()
        self._timer: TimerState | None = None
        self._call: CallDialog | None = None
        self.windows = Windows(self._make, self.runner, self)
        self.windows.first()
        self.messages.time_words = self._time_words
        self.acts.changed.connect(self._changed)
        self.windows.made.connect(self._begin_window)
        self.windows.closing.connect(self._closing)
        self.windows.ended.connect(self._end)
        self.undo.correction_wanted.connect(self._write_correction)
        self._leave = self._single(self._release)
        self._timers = [
            self._repeat(WATCH_MS, self._watch),
            self._repeat(TAIL_MS, self._look),
            self._repeat(MAIL_MS, self.mail),
            self._repeat(CARE_MS, self._care),
        ]

    # -- windows

    @property
    def window(self) -> MainWindow:
        """The window that was used last."""
        return self.windows.now().window

    @property
    def screens(self) -> Screens:
        """Its screens."""
        return self.windows.now().screens

    def _make(self, runner: TaskRunner, number: int) -> Place:
        window = MainWindow(
            runner,
            self.messages,
            self.acts,
            self.undo,
            self.desk.settings,
            self.desk.clock.now,
            self._zone(),
            _day_clock,
        )
        place = Place(number, window, Screens(self, window))
        window.register(*place.screens.specs())
        declare_desk(self, place)
        window.language_switched.connect(self._language_switched)
        return place

    def _zone(self) -> ZoneInfo:
        """Of who works here; before the desk is open, as it was the last time."""
        if self.desk.opened:
            return ZoneInfo(str(self.desk.zone))
        return ZoneInfo(str(places.store(self.desk.profile.root).value(_ZONE) or "UTC"))

    def _begin_window(self, place: Place) -> None:
        """What a window can do once the first picture is there."""
        self.finding.attach(place)

    def _closing(self, place: Place) -> None:
        if self._call is not None and self._call.parent() is place.window:
            self._call.reject()

    def _time_words(self, at: datetime) -> str:
        return self.window.times().moment_brief(at)

    # -- building

    def _single(self, run: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(run)
        return timer

    def _repeat(self, milliseconds: int, run: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(run)
        return timer

    @cached_property
    def finding(self) -> Finding:
        from .finding import Finding

        return Finding(self)

    @cached_property
    def notices(self) -> Notices:
        from .notices import Notices

        return Notices(self.runner, self.messages, self.windows, self.desk.settings, self)

    @cached_property
    def tray(self) -> Tray:
        from .tray import Tray

        return Tray(self)

    @cached_property
    def mail_watch(self) -> MailWatch:
        from .mailwatch import MailWatch

        return MailWatch(self.runner, self.acts, self.messages, self.windows, self)

    @cached_property
    def crash_watch(self) -> CrashWatch:
        from .crashes import CrashWatch

        return CrashWatch(self.runner, self.messages, self.windows, self)

    @cached_property
    def call_watch(self) -> CallWatch:
        from .callwatch import CallWatch

        return CallWatch(self.runner, self.notices, self)

    @cached_property
    def duty_watch(self) -> DutyWatch:
        from .dutywatch import DutyWatch

        return DutyWatch(self.runner, self.notices, self)

    @cached_property
    def sync_watch(self) -> SyncWatch:
        from .syncwatch import SyncWatch

        watch = SyncWatch(self.runner, self.acts, self.messages, self.windows, self.notices, self)
        watch.choice_wanted.connect(lambda: self.screens.show_choice())
        watch.password_wanted.connect(self.ask_hub_password)
        watch.sharing_wanted.connect(lambda: self.screens.show_sharing())
        return watch

    def person_switched(self) -> None:
        """Somebody else works here: every screen reads anew."""
        self._read_directory()
        self.call_watch.forget()
        from ..desk.values import Changes

        self.acts.changed.emit(Changes(tables={"specialist": frozenset({self.desk.me})}))
        self._watch()

    def setting_switched(self, key: str) -> None:
        self.tray.follow()
        settings = self.desk.settings
        for place in self.windows.all():
            queue: Any = place.window.built("queue")
            if key == "density" and queue is not None:
                queue.list.set_compact(settings.text("density") == "compact")
            elif key == "single_keys":
                place.window.keys.set_single_letters(settings.flag("single_keys"))

    # -- running

    def start(self, rounds: bool = True) -> None:
        """Show the first screen and let things tick; without ``rounds`` those of mail and sharing are begun apart."""
        self.window.open("queue")
        self.finding.attach(self.windows.now())
        self._sign_in()
        self._read_timer()
        self._plan_release()
        self.mail_watch.retell()
        self.call_watch.look()
        self._begin_rest()
        if self.desk.settings.number("first_run"):
            self.first_steps()
        else:
            self.windows.again()
        if self._ticking:
            for timer in self._timers:
                timer.start()
            self.call_watch.start()
            self.duty_watch.start()
            self._look()
            QTimer.singleShot(CARE_FIRST_MS, self, self._care)
            if rounds:
                self.start_rounds()

    def _begin_rest(self) -> None:
        from .helping import FormHelp
        from .tray import application_icon

        FormHelp(self.windows, self)
        application_icon()
        self.tray.follow()

    def _care(self) -> None:
        from ..desk import backups

        if self._timers[0].isActive():  # not at the end
            self.runner.run("net", backups.keep, key="desktop.care")

    def start_rounds(self) -> None:
        """Mail and sharing, from now on."""
        self.sync_watch.start()
        self.mail()

    def stop(self) -> None:
        """Let letters that are held leave for the outbox, finish what runs, close the connections."""
        for timer in (*self._timers, self._leave):
            timer.stop()
        self.call_watch.stop()
        self.duty_watch.stop()
        self.sync_watch.stop()
        if self.desk.opened:
            released = threading.Event()
            self.runner.run("writer", _release_all, released)
            if self.mail_watch.mailboxes():
                self.runner.run("net", _last_round, released)
        self.runner.close()

    def _end(self) -> None:
        """The last window was closed."""
        self.stop()
        self.tray.close()
        QApplication.quit()

    def raise_window(self) -> None:
        """A second start: come to the front, with the dialog that asks something there, if any, before the window."""
        self.windows.raise_()
        asking = QApplication.activeModalWidget()
        if asking is not None:
            asking.raise_()
            asking.activateWindow()

    def _changed(self, changes: Changes) -> None:
        if changes.tx:
            self._own.add(changes.tx)
        if changes.leaves_at is not None:
            self._plan_release()
        if changes.tables:
            self.sync_watch.soon()
        if changes.touches("specialist", "work_calendar", "desk_setting"):
            self._read_directory()
        self.call_watch.heard(changes)
        if changes.touches("booking", "promise", "absence", "work_calendar", "calendar_day", "time_entry"):
            self._look_for_slips()
        self._read_timer()

    def _language_switched(self, _code: str) -> None:
        self._read_directory()
        self.mail_watch.retell()
        self.tray.retell()

    def counts_changed(self, counts: dict[str, int]) -> None:
        answers = counts.get("answer", 0)
        self.windows.every("answers", lambda window: window.set_count("queue", answers))
        self.tray.set_count(answers)

    def _sign_in(self) -> None:
        """The system's user says who works here, where somebody has that login."""
        from ..desk import rights

        self.runner.run("reader", rights.sign_in, on_done=lambda _me: self._read_directory())

    def _read_directory(self) -> None:
        from ..desk import directory

        self.runner.run("reader", directory.read, on_done=self._directory_read, key="desktop.directory")

    def _directory_read(self, found: Directory) -> None:
        self.sync_watch.set_directory(found)
        self._ask_who(found)
        zone, me = ZoneInfo(found.zone_name), found.me
        self.windows.every("zone", lambda window: window.set_zone(zone))
        places.store(self.desk.profile.root).setValue(_ZONE, found.zone_name)
        if me is not None:
            self.windows.every("me", lambda window: window.set_person(me.initials, me.id, me.name))

    def _ask_who(self, found: Directory) -> None:
        """A desk that was joined has people, but this machine does not know which of them sits here."""
        if found.me is None and found.people:
            say = (self.tr("Say who"), lambda: self.window.open("settings"))
            text = self.tr("This machine does not know who you are: your queue and your signature need it.")
            self.messages.put_banner(Banner("who", text, Level.INFO, (say,)))
        else:
            self.messages.take_banner("who")

    # -- letters, time, other processes

    def _plan_release(self) -> None:
        from ..desk import letters

        self.runner.run("reader", letters.due, on_done=self._due_read, key="desktop.due")

    def _due_read(self, at: datetime | None) -> None:
        if at is None or not self._ticking:
            self._leave.stop()
            return
        left = (at - self.desk.clock.now()).total_seconds() * 1000
        self._leave.start(max(0, int(left)) + LEAVE_MS)

    def _release(self) -> None:
        from ..desk import letters

        self.runner.run("writer", letters.release, on_done=self._released)

    def _released(self, changes: Changes) -> None:
        self.acts.heard(changes)
        self._plan_release()
        if changes.touches("outgoing"):
            self.mail()

    def _watch(self) -> None:
        from ..desk import watch

        self.runner.run("writer", watch.tick, on_done=self._watched)

    def _watched(self, changes: Changes) -> None:
        self.acts.heard(changes)
        self._look_for_slips()

    def _look_for_slips(self) -> None:
        from ..desk import slipping

        self.runner.run("writer", slipping.look, on_done=self._slips_found, key="desktop.slips")

    def _slips_found(self, found: slipping.Watched) -> None:
        """Each slip is told once; its letter is prepared meanwhile."""
        if found.changes.tickets:
            self.acts.heard(found.changes)
        from .notices import Notice

        text = self.tr("%1 %2 will be late by %3. A letter is prepared.")
        told = []
        for slip in found.fresh[:3]:
            late = fill(text, words.number(slip.number), slip.customer, words.working_duration(slip.late))
            told.append(Notice("slip", late, slip.ticket_id, slip.number))
        self.notices.tell(told)

    def _look(self) -> None:
        # in the writer's lane: what it wrote before has come home by then, and is known as our own
        from ..desk import watch

        self.runner.run("writer", watch.look, self._tail, on_done=self._looked, key="desktop.tail")

    def _looked(self, tail: watch.Tail) -> None:
        """Tell what others wrote, as one change; what we wrote has been told."""
        self._tail = tail
        others = [changes for tx, changes in tail.changes.items() if tx not in self._own]
        self._own -= set(tail.changes)
        if not others:
            return
        tables: dict[str, frozenset[str]] = {}
        for changes in others:
            for table, rows in changes.tables.items():
                tables[table] = tables.get(table, frozenset()) | rows
        from ..desk.values import Changes

        self.acts.heard(Changes(tables, frozenset().union(*(changes.tickets for changes in others))))

    # -- mail

    def mail(self) -> None:
        """Fetch and send now."""
        self.mail_watch.round()

    def ask_hub_password(self) -> None:
        """The shared store does not know this account's password, or this machine has none."""
        from .sync.password import ask

        ask(self.window, self.runner, self.messages, self.sync_watch.round)

    # -- the first start

    def first_steps(self) -> None:
        """The assistant of the first start, at the step where it was left."""
        from .firstrun.assistant import FirstRun

        if self.window.findChild(FirstRun) is None:
            dialog = FirstRun(self)
            dialog.sample_wanted.connect(self._sample)
            dialog.ticket_wanted.connect(partial(self.screens.open_composer, tab="promise"))
            dialog.ended.connect(dialog.deleteLater)
            dialog.open()

    def _sample(self) -> None:
        from .firstrun import sample

        if not sample.start(i18n.language(), self.desk.settings.text("theme")):
            self.messages.say(self.tr("The desk with sample data could not be opened"))

    # -- going somewhere

    def show_ticket(self, ticket_id: str) -> None:
        self.screens.show_ticket(ticket_id)

    def open_number(self, number: int, second_window: bool = False) -> None:
        from ..desk import ticket

        found = partial(self._number_found, number, None if second_window else self.windows.now())
        self.runner.run("reader", ticket.find, number, on_done=found)

    def _number_found(self, number: int, place: Place | None, ticket_id: str | None) -> None:
        if ticket_id is None:
            self.messages.say(fill(self.tr("There is no ticket %1"), words.number(number)))
        else:
            (place or self.windows.other()).screens.show_ticket(ticket_id)

    def open_beside(self) -> None:
        """The ticket at hand in the other window; where none is, the screen."""
        ticket_id = self._at_hand()
        place = self.windows.open()
        if ticket_id:
            place.screens.show_ticket(ticket_id)

    def _write_correction(self, number: object) -> None:
        if isinstance(number, int):
            self.open_number(number)

    def new_ticket(self) -> NewTicketDialog:
        from .new_ticket import NewTicketDialog

        dialog = NewTicketDialog(self.runner, self.acts, self.window)
        dialog.created.connect(self.screens.show_ticket)
        dialog.open()
        return dialog

    # -- a call

    def call(self, number: str = "") -> None:
        """The form of a call, with the cursor in "who"; the one that is open already comes to the front."""
        from .call.dialog import CallDialog

        form = self._call
        if form is None:
            form = self._call = CallDialog(self.runner, self.acts, self.desk.clock.now, self.window)
            form.created.connect(self.show_ticket)
            form.date_wanted.connect(self._promise)
            form.emergency_wanted.connect(self.emergency)
            form.finished.connect(self._call_closed)
            form.show()
        form.raise_()
        form.activateWindow()
        if number:
            form.call_from(number)

    def _call_closed(self, _how: int) -> None:
        self._call = None

    def _promise(self, ticket_id: str) -> None:
        """Show a ticket with the cursor in its promise."""
        self.show_ticket(ticket_id)
        queue: Any = self.window.built("queue")
        queue.pane.open_composer("promise")

    def hear(self, word: str) -> None:
        """What a second start or a link passes on; the window comes to the front for it."""
        from . import links

        self.raise_window()

        links.hear(self, word)

    # -- an outage

    def _at_hand(self) -> str:
        """The ticket that is chosen on whatever screen, "" where none is."""
        screen: Any = self.window.screen_now()
        at_hand = getattr(screen, "ticket_id", None) or getattr(getattr(screen, "pane", None), "ticket_id", None)
        return at_hand() if at_hand is not None else ""

    def ask_emergency(self) -> None:
        """For the ticket at hand."""
        self.emergency(self._at_hand())

    def emergency(self, ticket_id: str) -> None:
        """Show the ways to begin at once; without a ticket one is taken down first."""
        if not ticket_id:
            from .new_ticket import NewTicketDialog

            form = NewTicketDialog(self.runner, self.acts, self.window)
            form.urgency.select(1)
            form.created.connect(self.emergency)
            form.open()
            return
        from .calendar.emergency import EmergencyDialog

        dialog = EmergencyDialog(self.runner, self.acts, self.window.times(), ticket_id, self.window)
        dialog.refine_wanted.connect(self.screens.refine_in_calendar)
        dialog.open()

    # -- the timer

    def toggle_timer(self) -> None:
        """Pause the running timer, or start it for the ticket at hand."""
        from ..desk import timer as clockwork

        if self._timer is not None and self._timer.running:
            self.acts.act(clockwork.pause, undoable=False)
            return
        screen: Any = self.window.built("queue")
        current = screen.pane.ticket_id() if screen is not None else ""
        wanted = current or (self._timer.ticket_id if self._timer else "")
        if wanted:
            self.acts.act(clockwork.start, wanted, undoable=False)

    def _read_timer(self) -> None:
        from ..desk import timer as clockwork

        self.runner.run("reader", clockwork.state, on_done=self._timer_read, key="desktop.timer")

    def _timer_read(self, state: TimerState | None) -> None:
        self._timer = state
        shown = (state.number, state.seconds, state.running) if state is not None else (None, 0, False, False)
        self.windows.every("timer", lambda window: window.top.timer.set_state(*shown))


def _release_all(desk: Desk, released: threading.Event) -> None:
    from ..desk import letters

    try:
        letters.release(desk, True)
    finally:
        released.set()


def _last_round(desk: Desk, released: threading.Event) -> None:
    """Send what was released in the other lane a moment ago; what it cannot send leaves after the next start."""
    from ..desk import mailport

    released.wait(_PATIENCE_S)
    mailport.round_(desk)


def _revert(desk: Desk, tx: str) -> Changes:
    from ..desk import undo

    return undo.revert(desk, tx)


def _day_clock(desk: Desk) -> Clockwork:
    from ..desk import planboard

    return planboard.day_clock(desk)


def prepare(app: QApplication, desk: Desk) -> None:
    """Style, theme and language of the application, as the person chose them."""
    app.setApplicationName("deskapp")
    access.install()
    mode = desk.settings.text("theme")
    theme.apply(app, "dark" if mode == "dark" else "light" if mode == "light" else "system")
    i18n.install(desk.settings.text("language") or i18n.system_language())
