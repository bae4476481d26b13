"""Notifications by the desktop's own service, which needs no tray: org.freedesktop.Notifications on the session's bus.

Qt reaches that service only through an icon in the tray, which plain GNOME does not have. Each notification is known
by its number, so that a click opens what that one was about, and not the last one. See the Desktop Notifications
Specification of freedesktop.org. jeepney speaks to the bus: Qt's own words for it know no unsigned numbers in Python.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from html import escape
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal
from shiboken6 import isValid

from ..core import paths
from .i18n import translate
from .runner import TaskRunner

log = logging.getLogger(__name__)

_NAME = _INTERFACE = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
#: What a service is given to answer when it is first asked, seconds; the bus may have to start it.
_PATIENCE = 5
_Otherwise = Callable[[str, object], None]


def possible() -> bool:
    """Whether this session has a bus at all."""
    return sys.platform not in ("win32", "darwin") and bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))


class BusNotes(QObject):
    """``clicked`` carries what was told with the notification. What the service does not take goes to ``otherwise``."""

    clicked = Signal(object)

    def __init__(self, runner: TaskRunner, otherwise: _Otherwise, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._otherwise = runner, otherwise
        self._bus: Any = None
        self._asked = self._broken = False
        self._markup = False
        self._ear: QSocketNotifier | None = None
        self._waiting: list[tuple[str, object, int]] = []  # until the bus is there
        self._sent: dict[int, tuple[str, object]] = {}  # by the serial of the call, until it is answered
        self._told: dict[int, object] = {}  # by the number that the service gave

    def tell(self, text: str, about: object, shown_ms: int) -> None:
        """Show a text; in the order of the calls."""
        if self._broken:
            self._otherwise(text, about)
        elif self._bus is not None:
            self._send(text, about, shown_ms)
        else:
            self._waiting.append((text, about, shown_ms))
            if not self._asked:
                self._asked = True
                # a service that has to be started takes its time, which the window has not
                self._runner.run("reports", _open, on_done=self._opened, on_error=self._no_bus)

    def close(self) -> None:
        """Hear nothing more."""
        self._broken = True
        if self._ear is not None:
            self._ear.setEnabled(False)
            self._ear = None
        if self._bus is not None:
            self._bus.close()
            self._bus = None

    # -- inside

    def _opened(self, found: tuple[Any, bool]) -> None:
        bus, self._markup = found
        if self._broken or not isValid(self):
            bus.close()
            return
        self._bus = bus
        self._ear = QSocketNotifier(bus.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._ear.activated.connect(self._hear)
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            self.tell(*one)
        self._hear()  # what came with the first answers waits in the reader, not in the socket

    def _no_bus(self, trouble: BaseException) -> None:
        """No service of notifications: the icon, where there is one."""
        if not isinstance(trouble, OSError):
            raise trouble
        log.info("no service of notifications: %s", type(trouble).__name__)
        self._give_up()

    def _give_up(self) -> None:
        if self._broken or not isValid(self):
            return
        self.close()
        left = [*self._sent.values(), *((text, about) for text, about, _shown in self._waiting)]
        self._sent.clear()
        self._waiting.clear()
        for text, about in left:
            self._otherwise(text, about)

    def _send(self, text: str, about: object, shown_ms: int) -> None:
        from jeepney import new_method_call

        picture = (paths.resources() / "desktop" / "deskapp.png").as_uri()
        body = escape(text, quote=False) if self._markup else text  # a letter's subject is no markup of ours
        actions = ["default", translate("Tray", "Open")]
        hints = {"desktop-entry": ("s", "deskapp")}
        call = new_method_call(
            _service(), "Notify", "susssasa{sv}i", ("deskapp", 0, picture, "deskapp", body, actions, hints, shown_ms)
        )
        serial = next(self._bus.outgoing_serial)
        self._sent[serial] = (text, about)
        try:
            self._bus.send(call, serial=serial)
        except OSError:
            self._give_up()

    def _hear(self) -> None:
        while self._bus is not None:
            try:
                message = self._bus.receive(timeout=0)
            except TimeoutError:
                return
            except OSError:  # the session's bus has gone
                self._give_up()
                return
            self._understand(message)

    def _understand(self, message: Any) -> None:
        from jeepney import HeaderFields, MessageType

        fields = message.header.fields
        kind = message.header.message_type
        sent = self._sent.pop(fields.get(HeaderFields.reply_serial, -1), None)
        if sent is not None and kind is MessageType.method_return:
            self._told[message.body[0]] = sent[1]
        elif sent is not None:
            log.info("a notification was not taken: %s", fields.get(HeaderFields.error_name))
            self._otherwise(*sent)
        elif kind is MessageType.signal and fields.get(HeaderFields.interface) == _INTERFACE:
            self._signal(fields.get(HeaderFields.member), message.body)

    def _signal(self, member: str, body: tuple[Any, ...]) -> None:
        if not body or body[0] not in self._told:
            return  # of another program
        if member == "ActivationToken":
            # with it a Wayland desktop lets our window come to the front; Qt takes it from there
            os.environ["XDG_ACTIVATION_TOKEN"] = str(body[1])
        elif member == "ActionInvoked":
            self.clicked.emit(self._told[body[0]])
        elif member == "NotificationClosed":
            del self._told[body[0]]


def _service() -> Any:
    from jeepney import DBusAddress

    return DBusAddress(_PATH, bus_name=_NAME, interface=_INTERFACE)


def _open(_desk: object) -> tuple[Any, bool]:
    """(connection, whether the service reads markup). OSError where there is no bus or no service."""
    from jeepney import MatchRule, MessageType, message_bus, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    try:
        bus = open_dbus_connection("SESSION")
    except (ValueError, RuntimeError, EOFError) as error:  # refused, or an address of a kind that is not known
        raise ConnectionRefusedError(str(error)) from error
    try:
        rule = MatchRule(type="signal", sender=_NAME, interface=_INTERFACE, path=_PATH)
        bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=_PATIENCE)
        answer = bus.send_and_get_reply(new_method_call(_service(), "GetCapabilities"), timeout=_PATIENCE)
        if answer.header.message_type is not MessageType.method_return:
            raise ConnectionRefusedError("nobody serves notifications")
    except BaseException:
        bus.close()
        raise
    return bus, "body-markup" in answer.body[0]
