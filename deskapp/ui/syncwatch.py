"""The shared desk as the window sees it: rounds in a lane of their own, the chip in the corner, who else is here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from ..desk import hubport
from ..desk.hubport import Here, SyncRound
from . import words
from .acts import Acts
from .i18n import fill, translate
from .marks import Marks
from .messages import Banner, Level, Messages, error_words
from .notices import Notice, Notices
from .runner import TaskRunner
from .status_bar import SyncState
from .windows import Windows

if TYPE_CHECKING:
    from ..desk.values import Changes, Directory
    from .main_window import MainWindow
    from .ticket.pane import TicketPane

LANE = "hub"
#: A folder is looked at this often; PostgreSQL calls by itself and is looked at as well.
EVERY_MS = 2_000
#: After a change of ours: soon, but several gestures in a row make one round.
SOON_MS = 150
STALE = timedelta(minutes=2)
#: A round that takes longer than this may hang in a share that does not answer: the chip says how old all is.
OVERDUE_MS = 10_000
#: So long after the last word somebody is no longer said to be writing.
WRITING_MS = 60_000
#: The doorbell is listened to in portions, so that a window can close.
_LISTEN_S = 5.0


class Bell(QObject):
    """Listens for a call of the hub in a thread of its own; ``rang`` comes home to the main thread."""

    rang = Signal()

    def __init__(self, wait: Callable[[float], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wait = wait
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._listen, name="deskapp-bell", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def _listen(self) -> None:
        quiet = 0.0
        while not self._stop.wait(quiet):
            rang = self._wait(_LISTEN_S)
            if rang and not self._stop.is_set():
                self.rang.emit()
            quiet = 0.0 if rang else 0.5  # a hub that cannot call answers at once


class SyncWatch(QObject):
    """``round()`` once; the next one follows by itself while ``start`` was called and the desk is shared.

    ``told`` carries how each round went, ``marks_changed`` what rows and tickets show of colleagues and choices;
    ``choice_wanted`` leads to the first choice.
    """

    told = Signal(object)
    marks_changed = Signal(object)
    choice_wanted = Signal()
    password_wanted = Signal()
    sharing_wanted = Signal()

    def __init__(
        self,
        runner: TaskRunner,
        acts: Acts,
        messages: Messages,
        windows: Windows,
        notices: Notices,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._notices = notices
        self._choices = 0
        self._fast = 0
        self._put = ("", "")  # what the banner of last time was about, and its words
        self._runner, self._acts, self._messages, self._windows = runner, acts, messages, windows
        self._running = self._going = self._again = False
        self._offline_since: str = ""
        self._last: SyncRound | None = None
        self._names: Mapping[str, str] = {}
        self._me = ""
        self._tickets: frozenset[str] = frozenset()
        self._marks = Marks()
        self._bell: Bell | None = None
        self._viewing = ""
        self._away = False
        self._writing = ("", "", "")
        self._silent = QTimer(self)
        self._silent.setSingleShot(True)
        self._silent.timeout.connect(self._stopped)
        self._overdue = QTimer(self)
        self._overdue.setSingleShot(True)
        self._overdue.timeout.connect(self._tell_overdue)
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self.round)
        acts.changed.connect(self._changed)
        windows.switched.connect(self._look_where)

    def start(self) -> None:
        self._running = True
        self.round()

    def go_on(self) -> None:
        """The desk was shared, joined, moved or left: look at once."""
        self._running = True
        self.round()

    def stop(self) -> None:
        self._running = False
        self._next.stop()
        self._overdue.stop()
        if self._bell is not None:
            self._bell.stop()

    def last(self) -> SyncRound | None:
        return self._last

    def marks(self) -> Marks:
        return self._marks

    def soon(self) -> None:
        """Something was changed here: tell the others."""
        if not self._running:
            return
        if self._going:
            self._again = True
        elif self._next.isActive() and self._next.remainingTime() > SOON_MS:
            self._next.start(SOON_MS)

    def round(self) -> None:
        """One round in the hub's lane. Asked for while one runs, another follows it: what each brings must be told."""
        if self._going:
            self._again = True
            return
        self._going = True
        self._overdue.start(OVERDUE_MS)
        self._next.stop()
        self._runner.run(LANE, hubport.round_, on_done=self._done, on_error=self._failed)

    # -- who is here

    def follow(self, pane: TicketPane, window: MainWindow) -> None:
        """Tell the others which ticket stands in this pane, and while a letter is written in it."""
        pane.shown.connect(self._look_where)
        pane.composer.wrote.connect(self._wrote)
        window.screen_opened.connect(self._look_where)

    def _look_where(self, _shown: object = None) -> None:
        """One is where the window is that was used last."""
        window = self._windows.now().window
        queue: Any = window.built("queue")
        view = queue.pane.view() if queue is not None else None
        self._viewing = view.id if view is not None else ""
        self._away = window.screen_id() != "queue"
        self._say_present()

    def _wrote(self, ticket_id: str, tab: str, text: str) -> None:
        self._writing = (ticket_id, tab, text) if tab else ("", "", "")
        if tab:
            self._silent.start(WRITING_MS)
        self._say_present()

    def _stopped(self) -> None:
        self._writing = ("", "", "")
        self._say_present()

    def _say_present(self) -> None:
        hub = self._runner.hub()
        if hub is not None and self._last is not None and self._last.kind != "alone":
            hub.present("" if self._away else self._viewing, *self._writing)

    def set_directory(self, directory: Directory) -> None:
        self._names = {person.id: person.short for person in directory.people.values()}
        self._me = directory.me.id if directory.me is not None else ""
        self._mark(self._last.others if self._last is not None else ())

    def _changed(self, changes: Changes) -> None:
        if changes.touches("conflict", "promise"):
            self._read_choices()

    def _read_choices(self) -> None:
        from ..desk import conflicts

        self._runner.run("reader", conflicts.tickets, on_done=self._choices_read, key="hub.choices")

    def _choices_read(self, tickets: frozenset[str]) -> None:
        self._tickets = tickets
        self._mark(self._last.others if self._last is not None else ())

    def _mark(self, others: tuple[Here, ...]) -> None:
        offline = self._last is not None and self._last.kind == "offline"
        marks = Marks.of(self._tickets, others, self._names, self._me, offline)
        if marks != self._marks:
            self._marks = marks
            self.marks_changed.emit(marks)

    # -- how it went

    def _done(self, found: SyncRound) -> None:
        first = self._last is None
        was, self._last = self._last, found
        self._going = False
        self._overdue.stop()
        for changes in found.changes:
            self._acts.heard(changes)
        self._tell(found)
        if first:
            self._say_present()
        if first or (was is not None and was.conflicts != found.conflicts):
            self._read_choices()
        self._mark(found.others)
        self.told.emit(found)
        if self._running and found.kind != "alone":
            self._listen()
            self._next.start(SOON_MS if self._again else EVERY_MS)
        self._again = False

    def _listen(self) -> None:
        if self._bell is None:
            hub = self._runner.hub()
            if hub is not None:
                self._bell = Bell(hub.wait, self)
                self._bell.rang.connect(self.round)
                self._bell.start()

    def _failed(self, trouble: BaseException) -> None:
        """A bug in a round must not end the rounds."""
        self._going = self._again = False
        self._overdue.stop()
        self._messages.error(trouble)
        if self._running:
            self._next.start(EVERY_MS * 5)

    def _tell(self, found: SyncRound) -> None:
        now = self._windows.now().window.times().now
        if found.kind in ("fresh", "conflict") and found.waiting and now - found.at > STALE:
            kind = "stale"
        else:
            kind = found.kind
        count = found.conflicts if kind == "conflict" else found.waiting
        fast = hubport.fast(found.others)
        self._tell_clock(fast)
        state = SyncState("clock" if fast and kind == "fresh" else kind, at=found.at, count=count, minutes=fast)
        self._windows.every("sync", partial(_show_state, state, found.conflicts))
        if found.conflicts > self._choices:
            text = translate("SyncWatch", "Your choice is needed in %n places.", None, found.conflicts)
            self._notices.tell([Notice("conflict", text)])
        self._choices = found.conflicts
        if kind == "offline":
            self._tell_offline(found)
            return
        self._offline_since = ""
        if kind == "error" and found.problem is not None:
            self._tell_trouble(found)
        elif kind == "conflict":
            text = translate("SyncWatch", "Your choice is needed in %n places.", None, found.conflicts)
            choose = (self.tr("Choose"), self.choice_wanted.emit)
            self._put_banner(f"conflict {found.conflicts}", Banner("hub", text, Level.CONFLICT, (choose,)))
        else:
            self._put = ("", "")
            self._messages.take_banner("hub")

    def _put_banner(self, about: str, banner: Banner) -> None:
        """Rounds come every other second: what stands there already is left alone, with the focus in it, and what a
        person closed comes back only when it is ``about`` something else."""
        if self._put[0] == about and (self._put[1] == banner.text or not self._messages.has_banner(banner.id)):
            return
        self._put = (about, banner.text)
        self._messages.put_banner(banner)

    def _tell_clock(self, fast: int) -> None:
        if not fast:
            self._messages.take_banner("clock")
        elif fast != self._fast:
            self._messages.put_banner(Banner("clock", clock_words(fast), Level.INFO))
        self._fast = fast

    def _tell_overdue(self) -> None:
        """The round has not come back: what is shown as fresh is getting old."""
        last = self._last
        if last is not None and last.kind in ("fresh", "conflict"):
            state = SyncState("stale", at=last.at, count=last.waiting)
            self._windows.every("sync", partial(_show_state, state, last.conflicts))

    def _tell_offline(self, found: SyncRound) -> None:
        if not self._offline_since:
            times = self._windows.now().window.times()
            self._offline_since = times.time(found.since or times.now)
        lost = (
            self.tr("There is no room in the shared store since %1. You can keep working.")
            if found.full
            else self.tr("No connection since %1. You can keep working.")
        )
        parts = [fill(lost, self._offline_since)]
        if found.waiting:
            parts.append(translate("SyncWatch", "%n change(s) wait for it.", None, found.waiting))
        if found.conflicts:
            parts.append(translate("SyncWatch", "Your choice is needed in %n places.", None, found.conflicts))
        text = " ".join(parts)
        about = f"offline {found.full} {found.conflicts}"
        self._put_banner(about, Banner("hub", text, Level.OFFLINE, ((self.tr("Check now"), self.round),)))

    def _tell_trouble(self, found: SyncRound) -> None:
        from ..core.errors import WrongPassword

        assert found.problem is not None
        title, message = error_words(found.problem)
        actions = [(self.tr("Retry now"), self.round)]
        if found.moved_to:
            actions = [(self.tr("Follow"), self.sharing_wanted.emit)]
        if isinstance(found.problem, WrongPassword):
            actions = [(self.tr("Enter the password"), self.password_wanted.emit)]  # the same one is not tried again
        text, details = f"{title}. {message}".strip(), ""
        if not found.moved_to:  # an address may be longer than the line, and what is safe must be seen
            text, details = f"{title}. {self.tr('Keep working: everything is kept here.')}", text
        self._put_banner(f"error {details or text}", Banner("hub", text, Level.ERROR, tuple(actions), details))


def clock_words(fast: int) -> str:
    """What a clock that disagrees with the colleagues' means; ``fast``: minutes, negative if it is behind."""
    off = translate("SyncWatch", "By your colleagues’ clocks, the one of this computer is %1 fast.")
    if fast < 0:
        off = translate("SyncWatch", "By your colleagues’ clocks, the one of this computer is %1 slow.")
    check = translate("SyncWatch", "Look which is right: times of entries and promised dates go by it.")
    return f"{fill(off, words.duration(abs(fast)))} {check}"


def _show_state(state: SyncState, conflicts: int, window: MainWindow) -> None:
    window.set_sync(state)
    window.set_count("sync", conflicts)
    window.rail.button("sync").set_icon("cloud-off" if state.kind == "offline" else "refresh-cw")
