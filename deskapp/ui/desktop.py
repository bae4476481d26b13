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

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, QTimer
from PySide6.QtWidgets import QApplication

from . import access, i18n, theme, words
from .actions import Action
from .acts import Acts
from .i18n import fill
from .main_window import MainWindow
from .messages import Banner, Level, Messages
from .runner import Lane, TaskRunner
from .screens import Screens
from .undo import UndoStack

if TYPE_CHECKING:
    from ..desk import slipping, watch
    from ..desk.desk import Desk
    from ..desk.timer import TimerState
    from ..desk.values import Changes, Clockwork, Directory, SearchHit
    from .call.dialog import CallDialog
    from .callwatch import CallWatch
    from .crashes import CrashWatch
    from .dutywatch import DutyWatch
    from .mailwatch import MailWatch
    from .new_ticket import NewTicketDialog
    from .palette_box import Hit
    from .syncwatch import SyncWatch

WATCH_MS = 300_000
TAIL_MS = 2_000
MAIL_MS = 45_000
#: Copies of the desk: looked after each hour, at first when the start is long over.
CARE_MS, CARE_FIRST_MS = 3_600_000, 180_000
#: Texts of letters are kept as they are typed; a letter leaves at most this long after its time.
LEAVE_MS = 500
#: Tickets that the empty palette offers.
RECENT = 5
_PATIENCE_S = 10


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
        self.window = MainWindow(
            self.runner,
            self.messages,
            self.acts,
            self.undo,
            desk.settings,
            desk.clock.now,
            ZoneInfo(str(desk.zone)),
            _day_clock,
        )
        self._ticking = ticking
        self._tail: watch.Tail | None = None
        self._own: set[str] = set()
        self._recent: dict[str, Hit] = {}  # the newest last
        self._timer: TimerState | None = None
        self._call: CallDialog | None = None
        self.screens = Screens(self)
        self.window.register(*self.screens.specs())
        self._commands()
        self.acts.changed.connect(self._changed)
        self.window.screen_opened.connect(self._opened)
        self.window.closing.connect(self.stop)
        self.window.language_switched.connect(self._language_switched)
        self._leave = self._single(self._release)
        self._timers = [
            self._repeat(WATCH_MS, self._watch),
            self._repeat(TAIL_MS, self._look),
            self._repeat(MAIL_MS, self.mail),
            self._repeat(CARE_MS, self._care),
        ]

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
    def mail_watch(self) -> MailWatch:
        from .mailwatch import MailWatch

        return MailWatch(self.runner, self.acts, self.messages, self.window, self)

    @cached_property
    def crash_watch(self) -> CrashWatch:
        from .crashes import CrashWatch

        return CrashWatch(self.runner, self.messages, self.window, self)

    @cached_property
    def call_watch(self) -> CallWatch:
        from .callwatch import CallWatch

        return CallWatch(self.runner, self.messages, self.window, self)

    @cached_property
    def duty_watch(self) -> DutyWatch:
        from .dutywatch import DutyWatch

        return DutyWatch(self.runner, self.messages, self.window, self)

    @cached_property
    def sync_watch(self) -> SyncWatch:
        from .syncwatch import SyncWatch

        watch = SyncWatch(self.runner, self.acts, self.messages, self.window, self)
        watch.choice_wanted.connect(self.screens.show_choice)
        watch.password_wanted.connect(self.ask_hub_password)
        watch.sharing_wanted.connect(self.screens.show_sharing)
        return watch

    def person_switched(self) -> None:
        """Somebody else works here: every screen reads anew."""
        self._read_directory()
        self.call_watch.forget()
        from ..desk.values import Changes

        self.acts.changed.emit(Changes(tables={"specialist": frozenset({self.desk.me})}))
        self._watch()

    def setting_switched(self, key: str) -> None:
        queue: Any = self.window.built("queue")
        if key == "density" and queue is not None:
            queue.list.set_compact(self.desk.settings.text("density") == "compact")

    def _commands(self) -> None:
        self.window.registry.add(
            Action("ticket.new", QT_TRANSLATE_NOOP("Actions", "New ticket"), self.new_ticket, "plus", "Ctrl+N"),
            Action("call.new", QT_TRANSLATE_NOOP("Actions", "Phone call"), self.call, "phone", "F4"),
            Action("timer.toggle", QT_TRANSLATE_NOOP("Actions", "Timer start, stop"), self.toggle_timer, "clock", "F8"),
            Action(
                "calendar.emergency",
                QT_TRANSLATE_NOOP("Actions", "Emergency re-plan"),
                self.ask_emergency,
                "zap",
                "Ctrl+Shift+E",
            ),
            Action(
                "sharing.open",
                QT_TRANSLATE_NOOP("Actions", "Share this desk, invite, join"),
                self.screens.show_sharing,
                "users",
                keywords=QT_TRANSLATE_NOOP("Actions", "hub folder PostgreSQL invitation colleague"),
            ),
            Action("help.first_steps", QT_TRANSLATE_NOOP("Actions", "First steps"), self.first_steps, "flag"),
            Action("mail.now", QT_TRANSLATE_NOOP("Actions", "Fetch and send mail now"), self.mail, "mail"),
        )
        self.undo.correction_wanted.connect(self._write_correction)

    # -- running

    def start(self, rounds: bool = True) -> None:
        """Show the first screen and let things tick; without ``rounds`` those of mail and sharing are begun apart."""
        self.window.open("queue")
        self.window.palette_box.set_search(self._search, self._recently)
        self.window.palette_box.open_hit.connect(self._open_hit)
        self.window.palette_box.open_number.connect(self.open_number)
        self._sign_in()
        self._read_timer()
        self._plan_release()
        self.mail_watch.retell()
        if self.desk.settings.number("first_run"):
            self.first_steps()
        if self._ticking:
            for timer in self._timers:
                timer.start()
            self.call_watch.start()
            self.duty_watch.start()
            self._look()
            QTimer.singleShot(CARE_FIRST_MS, self, self._care)
            if rounds:
                self.start_rounds()

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
        released = threading.Event()
        self.runner.run("writer", _release_all, released)
        if self.mail_watch.mailboxes():
            self.runner.run("net", _last_round, released)
        self.runner.close()

    def raise_window(self) -> None:
        """A second start: come to the front."""
        self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()

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

    def _opened(self, screen_id: str) -> None:
        self.window.status.setVisible(True)

    def _language_switched(self, _code: str) -> None:
        self._read_directory()
        self.mail_watch.retell()

    def counts_changed(self, counts: dict[str, int]) -> None:
        self.window.set_count("queue", counts.get("answer", 0))

    def _sign_in(self) -> None:
        """The system's user says who works here, where somebody has that login."""
        from ..desk import rights

        self.runner.run("reader", rights.sign_in, on_done=lambda _me: self._read_directory())

    def _read_directory(self) -> None:
        from ..desk import directory

        self.runner.run("reader", directory.read, on_done=self._directory_read, key="desktop.directory")

    def _directory_read(self, found: Directory) -> None:
        self.mail_watch.set_directory(found)
        self.sync_watch.set_directory(found)
        self._ask_who(found)
        self.window.set_zone(ZoneInfo(found.zone_name))
        if found.me is not None:
            self.window.set_person(found.me.initials, found.me.id, found.me.name)

    def _ask_who(self, found: Directory) -> None:
        """A desk that was joined has people, but this machine does not know which of them sits here."""
        if found.me is None and found.people:
            say = (self.tr("Say who"), partial(self.window.open, "settings"))
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
        for slip in found.fresh[:3]:
            text = self.tr("%1 %2 will be late by %3. A letter is prepared.")
            late = words.working_duration(slip.late)
            self.messages.say(fill(text, words.number(slip.number), slip.customer, late))
            QApplication.alert(self.window)

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

    def _search(self, text: str, answer: Callable[[list[Hit]], object]) -> None:
        from ..desk import search

        found = partial(self._found, answer)
        self.runner.run("reader", search.everything, text, 12, on_done=found, key="desktop.search")

    def _found(self, answer: Callable[[list[Hit]], object], hits: tuple[SearchHit, ...]) -> None:
        from .palette_box import Hit

        answer(
            [
                Hit(
                    hit.kind,
                    f"{words.number(hit.number)}  {hit.subject}" if hit.kind == "ticket" else hit.subject,
                    hit.customer or hit.snippet,
                    payload=hit.ticket_id if hit.kind != "person" else hit.subject,
                )
                for hit in hits
            ]
        )

    def remember(self, ticket_id: str) -> None:
        """A ticket that was before somebody's eyes for a while is among the recent ones of the palette."""
        from .palette_box import Hit

        queue: Any = self.window.built("queue")
        view = queue.pane.view()
        if view is not None and view.id == ticket_id:
            detail = view.requester.customer or view.requester.name
            title = f"{words.number(view.number)}  {view.subject}"
            self._recent.pop(ticket_id, None)
            self._recent[ticket_id] = Hit("ticket", title, detail, payload=ticket_id)

    def _recently(self) -> list[Hit]:
        return list(reversed(self._recent.values()))[:RECENT]

    def _open_hit(self, hit: Hit, _second_window: bool) -> None:
        """A ticket itself; a customer or an article on its screen; of a colleague what they have."""
        if hit.kind == "person":
            queue: Any = self.window.open("queue")
            queue.look_for(f'owner:"{hit.title}"')
            return
        show = {"customer": self.screens.show_customer, "article": self.screens.show_article}
        show.get(hit.kind, self.show_ticket)(hit.payload)

    def open_number(self, number: int, _second_window: bool = False) -> None:
        from ..desk import ticket

        self.runner.run("reader", ticket.find, number, on_done=partial(self._number_found, number))

    def _number_found(self, number: int, ticket_id: str | None) -> None:
        if ticket_id is None:
            self.messages.say(fill(self.tr("There is no ticket %1"), words.number(number)))
        else:
            self.show_ticket(ticket_id)

    def _write_correction(self, number: object) -> None:
        if isinstance(number, int):
            self.open_number(number)

    def new_ticket(self) -> NewTicketDialog:
        from .new_ticket import NewTicketDialog

        dialog = NewTicketDialog(self.runner, self.acts, self.window)
        dialog.created.connect(self.show_ticket)
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
        """What a second start or a link passes on. The window itself was raised already, or is new."""
        from . import links

        links.hear(self, word)

    # -- an outage

    def ask_emergency(self) -> None:
        """For the ticket at hand, on whatever screen."""
        screen: Any = self.window.screen_now()
        at_hand = getattr(screen, "ticket_id", None) or getattr(getattr(screen, "pane", None), "ticket_id", None)
        self.emergency(at_hand() if at_hand is not None else "")

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
        if state is None:
            self.window.top.timer.set_state(None, 0, False, shown=False)
        else:
            self.window.top.timer.set_state(state.number, state.seconds, state.running)


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
    from .style import DeskStyle

    app.setApplicationName("deskapp")
    app.setStyle(DeskStyle())
    access.install()
    mode = desk.settings.text("theme")
    theme.apply(app, "dark" if mode == "dark" else "light" if mode == "light" else "system")
    i18n.install(desk.settings.text("language") or i18n.system_language())
