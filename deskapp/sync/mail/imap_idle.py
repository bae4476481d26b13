"""A wake-up by IMAP IDLE: the server says by itself that a letter came. Polling goes on beside it; this only makes it
earlier."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from collections.abc import Callable
from typing import Any

from deskapp.core.errors import EnvironmentTrouble, UserFacingError

log = logging.getLogger(__name__)

#: Seconds after which IDLE is begun anew; servers end it after half an hour (RFC 2177).
RENEWAL = 25 * 60.0
#: Seconds to the next try after a lost connection, doubled each time.
FIRST_PAUSE = 15.0
LONGEST_PAUSE = 30 * 60.0


class ImapIdle:
    """Waits in a thread and over a connection of its own, from `open`, and calls ``woken`` when something came.

    A server that cannot do it, or refuses the login, is left alone: polling does the work.
    """

    def __init__(
        self,
        open_: Callable[[], Any],
        folder: str,
        woken: Callable[[], None],
        broken: tuple[type[Exception], ...],
    ) -> None:
        self._open, self._folder, self._woken = open_, folder, woken
        self.lost = False  # it opens its connection again by itself
        self._broken = broken  # what the library raises where a connection fails
        self._stop = threading.Event()
        self._box: Any = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="imap-idle", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def stop(self) -> None:
        """End the connection and the thread; returns when it has ended."""
        self._stop.set()
        with self._lock:
            if self._box is not None:
                with contextlib.suppress(OSError):
                    self._box.client.sock.shutdown(socket.SHUT_RDWR)  # wakes the thread out of its waiting
        if threading.current_thread() is not self._thread:
            self._thread.join(10)

    def _run(self) -> None:
        pause = FIRST_PAUSE
        while not self._stop.is_set():
            try:
                box = self._open()
            except EnvironmentTrouble as error:
                log.info("IDLE waits: %s", error.title)
            except UserFacingError as error:  # a refused password is never tried again by itself
                log.info("IDLE is given up: %s", error.title)
                return
            except self._broken as error:
                log.info("IDLE waits: %s", type(error).__name__)
            else:
                with self._lock:
                    self._box = box
                try:
                    answer = box.client.capability()[1]
                    if b"IDLE" not in (answer[0] or b"").upper().split():
                        log.info("the mail server knows no IDLE; it is asked from time to time")
                        return
                    box.folder.set(self._folder, readonly=True)
                    while not self._stop.is_set():
                        self._wait(box)
                        pause = FIRST_PAUSE
                except self._broken as error:
                    if not self._stop.is_set():
                        log.info("IDLE was broken off: %s", type(error).__name__)
                finally:
                    self._close(box)
            self._stop.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _wait(self, box: Any) -> None:
        """Until something comes, or it is time to begin anew."""
        box.idle.start()
        told = list(box.idle.poll(RENEWAL))
        if self._stop.is_set():
            return
        _result, rest = box.idle.stop()
        if any(b"EXISTS" in line for line in [*told, *(one for one in rest if isinstance(one, bytes))]):
            try:
                self._woken()
            except RuntimeError:  # whom it should wake is gone: the application ends
                self._stop.set()

    def _close(self, box: Any) -> None:
        with self._lock:
            self._box = None
        with contextlib.suppress(*self._broken):
            if not self._stop.is_set():
                box.logout()
        with contextlib.suppress(*self._broken):
            box.client.shutdown()
