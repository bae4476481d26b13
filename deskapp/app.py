"""The composition root: a desk opened for the command line, and the window with everything behind it.

Qt and the mail room are imported inside functions: the command line pays for neither.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from deskapp.core import log
from deskapp.core.clock import Clock, FixedClock, ShiftedClock, SystemClock
from deskapp.core.errors import UserFacingError
from deskapp.core.paths import Profile, resources
from deskapp.core.secrets import KeyringSecrets
from deskapp.core.settings import Settings
from deskapp.desk.desk import Desk

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from deskapp.desk.doctor import Finding
    from deskapp.desk.mailport import MailRound
    from deskapp.models.database import Replica
    from deskapp.ui.runner import Lane
    from deskapp.ui.stage import Stage


def clock_of(settings: Settings) -> Clock:
    """The system's clock; a demo desk's runs from its own moment."""
    start = settings.text("demo_start")
    return ShiftedClock(datetime.fromisoformat(start)) if start else SystemClock()


class LateReplica:
    """The replica of a window that is painted before the desk is opened: its lanes wait here until it is."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = threading.Event()
        self._replica: Replica | None = None

    def open(self) -> Replica:
        """Open it in this thread; errors as of ``Replica.open``, and the lanes then fail instead of waiting."""
        from deskapp.models.database import Replica

        try:
            self._replica = Replica(self._path).open()
            return self._replica
        finally:
            self._known.set()

    def connect(self, readonly: bool = False) -> None:
        self._waited().connect(readonly)

    def disconnect(self) -> None:
        self._waited().disconnect()

    def interrupt(self, thread: int) -> None:
        self._waited().interrupt(thread)

    def _waited(self) -> Replica:
        self._known.wait()
        if self._replica is None:
            raise RuntimeError("the desk could not be opened")
        return self._replica


def _unopened(folder: Path, clock: Clock | None = None) -> tuple[Desk, LateReplica]:
    """The desk of a profile with nothing of it read but its settings: enough for the first picture of a window."""
    profile = Profile(folder).make()
    log.start(profile.log)
    settings = Settings(profile.settings)
    late = LateReplica(profile.database)
    desk = Desk(profile, cast("Replica", late), settings, clock or clock_of(settings), KeyringSecrets())
    desk.opened = False
    return desk, late


def _open(desk: Desk, late: LateReplica) -> None:
    """Open the desk in this thread, and make it usable if it is new."""
    desk.replica = late.open()
    desk.opened = True
    if desk.replica.state("hub"):  # only a shared desk pays for the rooms of sharing
        from deskapp.sync.hub import commands

        commands.opened(desk)
    if not desk.begun:
        from deskapp.desk import setup

        setup.begin(desk)
    if desk.replica.value("SELECT 1 FROM search_due LIMIT 1"):  # very many letters came, and the process was killed
        from deskapp.desk import derive

        derive.catch_up(desk)


@contextmanager
def open_desk(folder: Path, clock: Clock | None = None) -> Iterator[Desk]:
    """The desk of a profile, made usable if it is new; connected in this thread until the block ends."""
    desk, late = _unopened(folder, clock)
    try:
        _open(desk, late)
        yield desk
    finally:
        if desk.opened:
            desk.replica.disconnect()


def lanes(replica: Replica | LateReplica) -> dict[str, Lane]:
    """One long-lived connection a lane: one writes, two only read, one works for the network."""
    from deskapp.ui.runner import Lane

    threads: dict[str, int] = {}

    def start(name: str, readonly: bool) -> None:
        threads[name] = threading.get_ident()
        replica.connect(readonly)

    def interrupt(name: str) -> None:
        if name in threads:
            replica.interrupt(threads[name])

    return {
        name: Lane(
            partial(start, name, name in ("reader", "reports")),
            replica.disconnect,
            partial(interrupt, name) if name in ("reader", "reports") else None,
        )
        for name in ("writer", "reader", "reports", "net", "hub")
    }


def _must_see() -> None:
    """UserFacingError where no window can be opened: Qt would end the process with a core dump."""
    known = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in known):
        if os.environ.get("XDG_SESSION_TYPE") == "wayland":
            return
        raise UserFacingError(
            "There is no display here",
            "The window needs one. Without it “deskapp agent” fetches and sends letters, and “deskapp --help” names "
            "what else works.",
        )


def run(folder: Path, word: str = "raise") -> int:
    """Open the window on a profile; a second start passes its ``word`` to the first one's window, which comes up."""
    _must_see()
    gc.disable()  # nothing of a start is garbage; looking for it costs a tenth of the time
    from deskapp.ui import instance

    from PySide6.QtWidgets import QApplication  # isort: skip

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    try:
        first = instance.SingleInstance(Profile(folder).make().root)
        if not first.claim():
            first.call(word)
            return 0
        try:
            return _window(app, folder, first, word)
        finally:
            first.close()
    except Exception as error:
        from deskapp.ui.messages import tell_no_start

        tell_no_start(error)  # from a menu there is no terminal to read
        raise


_opening = threading.Lock()
#: The rooms of mail and sharing take the processor for a while; the first rows come before them.
_ROUNDS_MS = 700


def _open_rooms(desk: Desk) -> None:
    """The rooms of mail and sharing, by whichever lane comes first: no round of either runs without the other."""
    with _opening:
        if desk.mail is None:
            from deskapp.sync.hub.door import HubDoor
            from deskapp.sync.mail.mailroom import MailRoom

            desk.hub = HubDoor()
            desk.mail = MailRoom()


def _window(app: QApplication, folder: Path, first: object, word: str) -> int:
    from PySide6.QtCore import QTimer

    from deskapp.ui.desktop import Desktop, prepare
    from deskapp.ui.garbage import MainThreadGarbage

    trouble: list[Exception] = []

    def begin() -> None:
        """What the frame does not wait for."""
        if not desk.opened:
            try:
                _open(desk, late)
            except Exception as error:
                trouble.append(error)
                app.quit()
                return
        from deskapp.core import crash

        desktop.start(rounds=False)
        desktop.crash_watch.hook()
        desktop.crash_watch.tell_last(crash.watch_faults(desk.profile.log, "window"))
        desktop.hear(word)
        QTimer.singleShot(_ROUNDS_MS, go_round)
        first.listen()  # type: ignore[attr-defined]
        gc.freeze()  # what the start has made stays to the end: it is not looked through again and again
        MainThreadGarbage(desktop)

    def go_round() -> None:
        for lane in ("net", "hub"):
            desktop.runner.run(lane, _open_rooms)
        desktop.start_rounds()

    new = not Profile(folder).database.exists()
    desk, late = _unopened(folder)
    try:
        if new:  # there is nothing yet that a picture could be of
            desk.settings.set("first_run", 1)
            _open(desk, late)
        prepare(app, desk)
        desktop = Desktop(desk, lanes(late))
        first.raised.connect(desktop.raise_window)  # type: ignore[attr-defined]
        first.asked.connect(desktop.hear)  # type: ignore[attr-defined]
        desktop.window.restore_size()
        desktop.window.painted.connect(begin)
        desktop.window.show()
        code = app.exec()
        desktop.stop()
        if trouble:
            raise trouble[0]
        if desk.mail is not None:
            desk.mail.close()
        from deskapp.core import crash

        crash.end_faults()
        return code
    finally:
        if desk.opened:
            desk.replica.disconnect()


def demo(folder: Path | None, shots: Path | None, language: str | None, theme: str | None) -> int:
    """A desk with sample data: in the window, or with ``shots`` the main job played offscreen and drawn as PNG."""
    if shots is not None:
        return _play(shots, language, theme)
    import tempfile

    with tempfile.TemporaryDirectory(prefix="deskapp-demo-", ignore_cleanup_errors=True) as scratch:
        root = folder or Path(scratch)
        make_demo(root, language, theme)
        return run(root)


def _play(shots: Path, language: str | None, theme: str | None) -> int:
    """Play the main job through the window with no display, drawing each screen into ``shots``."""
    import tempfile

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from deskapp.sync.mail.mailroom import MailRoom
    from deskapp.ui.desktop import Desktop, prepare
    from deskapp.ui.stage import Stage, play

    shots.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory(prefix="deskapp-demo-", ignore_cleanup_errors=True) as scratch:
        root = Path(scratch)
        make_demo(root, language, theme)
        clock = FixedClock(clock_of(Settings(Profile(root).settings)).now())
        with open_desk(root, clock) as desk:
            desk.mail = MailRoom()
            prepare(app, desk)
            desktop = Desktop(desk, lanes(desk.replica), ticking=False)
            stage = Stage(desktop, shots)
            play(stage, partial(_deliver, stage), partial(clock.advance, seconds=60))
            desktop.stop()
            desktop.window.close()
    for picture in stage.pictures:
        print(picture)
    return 0


def _deliver(stage: Stage) -> str:
    """Put the demo's waiting letter into the mailbox and let the mail go round; the ticket that it opens."""
    from deskapp.desk import mailport, setup

    desk = stage.desktop.desk
    folder = Path(next(row["options"]["folder"] for row in setup.mailboxes(desk)))
    new = folder / "inbox" / "new"
    for name in ("new", "cur", "tmp"):
        (folder / "inbox" / name).mkdir(parents=True, exist_ok=True)
    (new / "arrives").write_bytes((resources() / "demo" / "arrives.eml").read_bytes())
    found: list[MailRound] = []
    stage.desktop.runner.run("net", mailport.round_, on_done=found.append)
    stage.settle()
    for changes in found[0].changes:
        stage.desktop.acts.heard(changes)
    return found[0].arrivals[0].ticket_id


def window_findings() -> Iterator[Finding]:
    """What the window stands on, looked at without a display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from deskapp.ui import selftest

    found: Iterator[Finding] = selftest.findings()
    return found


def register(folder: Path) -> list[str]:
    """Make the system know this copy, with that profile; returns what was written, by its places."""
    from deskapp.ui import registering

    places: list[str] = registering.register(folder)
    return places


def unregister() -> list[str]:
    """Take that back; returns the places."""
    from deskapp.ui import registering

    places: list[str] = registering.unregister()
    return places


def make_demo(root: Path, language: str | None = None, theme: str | None = None) -> None:
    """Fill a profile with the demo desk, once; a profile that has a desk of its own is refused with words."""
    from deskapp.desk import demo as sample
    from deskapp.models.database import Replica
    from deskapp.sync.mail.stages import take

    profile = Profile(root).make()
    settings = Settings(profile.settings)
    look = {key: value for key, value in (("language", language), ("theme", theme)) if value}
    if settings.text("demo_start"):
        for key, value in look.items():
            settings.set(key, value)
        return
    replica = Replica(profile.database).open()
    try:
        desk = Desk(profile, replica, settings, FixedClock(sample.moment()))
        sample.must_be_new(desk)  # of a desk of its own not even a setting is touched
        for key, value in look.items():
            settings.set(key, value)
        sample.fill(desk, take)
        settings.set("demo_start", sample.moment().isoformat())  # the clock of the window runs from there
    finally:
        replica.disconnect()
