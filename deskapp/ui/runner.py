"""Work off the main thread, in lanes: one thread and one long-lived connection each.

Results come home through one signal of one long-lived object, connected to a method of that object: a signal
of a short-lived worker object, or one connected to a lambda, would run callbacks in the wrong thread or on
dead widgets.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from .messages import Messages

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

log = logging.getLogger(__name__)

LANES = ("writer", "reader", "reports", "net", "hub")

Callback = Callable[[Any], object]


class Lane(NamedTuple):
    """What a lane's thread does at its start and end, and how its running work is interrupted from outside.

    `start` and `finish` run in the lane's thread (open and close the connection there); `interrupt` runs in
    the main thread while the lane is busy (sqlite3_interrupt) and may come too late, which is harmless.
    """

    start: Callable[[], object] | None = None
    finish: Callable[[], object] | None = None
    interrupt: Callable[[], object] | None = None


class _Task:
    def __init__(
        self,
        lane: str,
        fn: Callable[..., Any],
        args: tuple[Any, ...],
        on_done: Callback | None,
        on_error: Callback | None,
        key: str | None,
        steady: bool,
    ) -> None:
        self.lane, self.fn, self.args = lane, fn, args
        self.on_done, self.on_error, self.key, self.steady = on_done, on_error, key, steady
        self.begun = self.superseded = False

    def asks_as(self, other: _Task) -> bool:
        """Whether both want to know the same."""
        return (self.lane, self.fn, self.args) == (other.lane, other.fn, other.args)


class TaskRunner(QObject):
    """Runs `fn(desk, *args)` in a lane and brings the result to the main thread.

    Lanes keep their order. With `key`, a later call of the same key supersedes the earlier ones: those still
    waiting never run, a running one is interrupted, and its result or error is dropped. With `steady` too, what has
    begun is left to come home when the very same is asked again: what is read anew with every change would else
    never be shown while changes come quicker than it is read. Errors without `on_error` go to `messages`.
    `synchronous=True` runs everything at once in the caller's thread (for tests and for painting without an event
    loop).
    """

    busy_changed = Signal(bool)
    _home = Signal(object, object, object)  # task, result, error
    _lane_failed = Signal(object)

    def __init__(
        self,
        desk: Any,
        messages: Messages,
        lanes: dict[str, Lane] | None = None,
        synchronous: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._messages = messages
        self._lanes = {name: (lanes or {}).get(name, Lane()) for name in {*LANES, *(lanes or {})}}
        self._synchronous = synchronous
        self._pools: dict[str, ThreadPoolExecutor] = {}
        self._wanted: dict[str, list[_Task]] = {}
        self._running: dict[str, _Task] = {}
        self._lock = threading.Lock()
        self._open = 0
        self._closed = False
        self._home.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._lane_failed.connect(messages.error, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: str,
        fn: Callable[..., Any],
        *args: Any,
        on_done: Callback | None = None,
        on_error: Callback | None = None,
        key: str | None = None,
        steady: bool = False,
    ) -> None:
        """Queue the work. KeyError for an unknown lane. After `close` nothing is accepted any more."""
        if self._closed:
            log.info("dropped after close: %s", getattr(fn, "__name__", fn))
            return
        task = _Task(lane, fn, args, on_done, on_error, key, steady)
        if self._synchronous:
            if lane not in self._lanes:
                raise KeyError(lane)
            self._run_here(task)
            return
        pool = self._pool(lane)
        if key is not None:
            self._supersede(key, task)
            self._wanted.setdefault(key, []).append(task)
        self._count(1)
        pool.submit(self._work, task)

    def now(self) -> datetime:
        """The desk's present instant, aware; a demo desk has one of its own. No I/O."""
        return self._desk.clock.now()

    def hub(self) -> Any:
        """The desk's way to its hub, for what waits outside the lanes; None while there is none."""
        return self._desk.hub

    def cancel(self, key: str) -> None:
        """Drop what was asked for under this key."""
        self._supersede(key)

    def seat(self, name: str) -> Seat:
        """The same lanes for one window of several."""
        return Seat(self, name)

    def idle(self) -> bool:
        """Nothing waits, runs, or is on its way home."""
        return self._open == 0

    def drain(self, timeout_ms: int = 60_000) -> None:
        """Turn the event loop until idle (tests, quitting). TimeoutError when it takes longer."""
        if self.idle():
            return
        loop = QEventLoop()
        timer = QTimer()
        timer.setSingleShot(True)
        timer.timeout.connect(loop.quit)
        self.busy_changed.connect(loop.quit)
        timer.start(timeout_ms)
        while not self.idle():
            loop.exec()
            if not timer.isActive() and not self.idle():
                raise TimeoutError("work is still running")

    def close(self) -> None:
        """Let what is queued finish, then let each lane close its connection in its own thread. Blocks; once."""
        self._closed = True
        for name, pool in self._pools.items():
            finish = self._lanes[name].finish
            if finish is not None:
                pool.submit(self._guarded, finish)
            pool.shutdown(wait=True)
        self._pools.clear()

    # -- in the main thread

    def _pool(self, lane: str) -> ThreadPoolExecutor:
        pool = self._pools.get(lane)
        if pool is None:
            start = self._lanes[lane].start
            from concurrent.futures import ThreadPoolExecutor

            pool = ThreadPoolExecutor(1, thread_name_prefix=f"deskapp-{lane}")
            self._pools[lane] = pool
            if start is not None:
                pool.submit(self._guarded, start)
        return pool

    def _supersede(self, key: str, later: _Task | None = None) -> None:
        kept: list[_Task] = []
        # Under the lock the task is either still waiting, or surely running while it is interrupted: an
        # interrupt must never hit the next task of the lane.
        with self._lock:
            for earlier in self._wanted.pop(key, ()):
                if later is not None and later.steady and earlier.begun and earlier.asks_as(later):
                    kept.append(earlier)
                    continue
                earlier.superseded = True
                interrupt = self._lanes[earlier.lane].interrupt
                if interrupt is not None and self._running.get(earlier.lane) is earlier:
                    interrupt()
        if kept:
            self._wanted[key] = kept

    def _count(self, step: int) -> None:
        before = self._open
        self._open += step
        if (before == 0) != (self._open == 0):
            self.busy_changed.emit(self._open > 0)

    def _arrived(self, task: _Task, result: Any, error: BaseException | None) -> None:
        wanted = self._wanted.get(task.key or "", [])
        if task in wanted:
            wanted.remove(task)
            if not wanted:
                del self._wanted[task.key or ""]
        try:
            if not task.superseded:
                self._deliver(task, result, error)
        finally:
            self._count(-1)

    def _deliver(self, task: _Task, result: Any, error: BaseException | None) -> None:
        try:
            if error is None:
                if task.on_done is not None and _wanted(task.on_done):
                    task.on_done(result)
            elif task.on_error is not None:
                if _wanted(task.on_error):
                    task.on_error(error)
            else:
                self._messages.error(error)
        except Exception as trouble:  # a bug in a callback must not stop the queue of results
            self._messages.error(trouble)

    def _run_here(self, task: _Task) -> None:
        try:
            result = task.fn(self._desk, *task.args)
        except Exception as error:
            self._deliver(task, None, error)
        else:
            self._deliver(task, result, None)

    # -- in the lane's thread

    def _guarded(self, fn: Callable[[], object]) -> None:
        try:
            fn()
        except Exception as error:
            log.error("a lane could not start or end", exc_info=error)
            self._lane_failed.emit(error)

    def _work(self, task: _Task) -> None:
        with self._lock:
            if not task.superseded:
                task.begun = True
                self._running[task.lane] = task
        result: Any = None
        error: BaseException | None = None
        if not task.superseded:
            try:
                result = task.fn(self._desk, *task.args)
            except BaseException as trouble:
                error = trouble
        with self._lock:
            self._running.pop(task.lane, None)
        self._home.emit(task, result, error)


def _wanted(callback: Callback) -> bool:
    """Whether what asked is still there: a form or a window may have gone meanwhile."""
    while isinstance(callback, partial):
        callback = callback.func
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


class Seat:
    """The runner as one window has it: what is asked there under a key supersedes nothing of another window."""

    def __init__(self, runner: TaskRunner, name: str) -> None:
        self._runner, self._name = runner, name
        self.now, self.hub, self.idle = runner.now, runner.hub, runner.idle

    def run(
        self,
        lane: str,
        fn: Callable[..., Any],
        *args: Any,
        on_done: Callback | None = None,
        on_error: Callback | None = None,
        key: str | None = None,
        steady: bool = False,
    ) -> None:
        key = None if key is None else self._name + key
        self._runner.run(lane, fn, *args, on_done=on_done, on_error=on_error, key=key, steady=steady)

    def cancel(self, key: str) -> None:
        self._runner.cancel(self._name + key)
