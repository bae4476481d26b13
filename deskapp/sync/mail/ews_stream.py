"""A wake-up by streaming notifications: the Exchange server says by itself that a letter came. Polling goes on beside
it; this only makes it earlier."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from deskapp.core.errors import EnvironmentTrouble, UserFacingError
from deskapp.sync.mail.ews_line import EwsLine

log = logging.getLogger(__name__)

#: Minutes after which the server ends a stream and it is begun anew; 30 is the most that servers allow.
MINUTES = 29
_EVENTS = ("NewMailEvent", "CreatedEvent", "MovedEvent")


class EwsStream:
    """Waits in a thread and over a connection of its own, and calls ``woken`` when something came.

    A stream that breaks ends, and ``lost`` says so: it logs in again only where the mailbox itself has worked since, so
    that a password changed meanwhile is tried once. A server that does not want it is left alone.
    """

    def __init__(self, line: EwsLine, folder: Callable[[Any], Any], woken: Callable[[], None]) -> None:
        self._line, self._folder, self._woken = line, folder, woken
        self._stop = threading.Event()
        self.lost = False
        self._begun = False  # the server has agreed
        self._thread = threading.Thread(target=self._run, name="ews-stream", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def stop(self) -> None:
        """End the connection and the thread; returns when it has ended."""
        self._stop.set()
        self._line.wake()
        self._line.cut()
        if threading.current_thread() is not self._thread:
            self._thread.join(10)

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                self._line.call(self._listen, once=True)
        except EnvironmentTrouble as error:
            if not self._stop.is_set():
                log.info("streaming was broken off: %s", error.title)
                self.lost = self._begun
        except UserFacingError as error:
            log.info("streaming is given up: %s", error.title)
        finally:
            self._line.drop()

    def _listen(self, account: Any) -> None:
        folder = self._folder(account)
        subscription = folder.subscribe_to_streaming(event_types=_EVENTS)
        self._begun = True
        for notification in folder.get_streaming_events(subscription, connection_timeout=MINUTES):
            if self._stop.is_set():
                return
            if notification.events:
                try:
                    self._woken()
                except RuntimeError:  # whom it should wake is gone: the application ends
                    self._stop.set()
