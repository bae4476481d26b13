"""One instance a profile: a lock for the truth, a local socket to pass a word to the first one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PROTOCOL = 1
_WAIT_MS = 2_000


class SingleInstance(QObject):
    """``raised``: a second start asked for the window; ``asked`` carries any other word of it."""

    raised = Signal()
    asked = Signal(str)

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # the socket's name: short (system limits) and the same for every spelling of the folder
        named = QCryptographicHash.hash(str(profile.resolve()).encode(), QCryptographicHash.Algorithm.Sha256)
        self._name = "deskapp-" + named.toHex().toStdString()[:20]
        self._lock = QLockFile(str(profile / "instance.lock"))
        self._lock.setStaleLockTime(0)  # stale only when its process is gone
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Whether this process is the first on the profile."""
        if self._lock.tryLock(0):
            return True
        # Qt takes a file for held that a power cut emptied, or whose dead process has given its number to another one.
        # One that is held is not removed: its owner keeps it open and locked.
        return self._lock.removeStaleLockFile() and self._lock.tryLock(0)

    def listen(self) -> None:
        """From now on a second start can pass its word here."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)  # what a killed instance left behind
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._incoming)
        self._server.listen(self._name)

    def call(self, word: str) -> bool:
        """Pass a word to the first instance; False if it does not listen."""
        from PySide6.QtNetwork import QLocalSocket

        if sys.platform == "win32":  # only whom the person's own process lets may come to the front; the others blink
            import ctypes

            anybody = -1
            ctypes.windll.user32.AllowSetForegroundWindow(anybody)
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(json.dumps({"protocol": _PROTOCOL, "word": word}).encode() + b"\n")
        done = socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        return done

    def _incoming(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._take(socket)

    def _read(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._take(socket)

    def _take(self, socket: QLocalSocket) -> None:
        while socket.canReadLine():
            try:
                said = json.loads(bytes(socket.readLine().data()))
            except (ValueError, RecursionError):
                continue
            if not isinstance(said, dict) or said.get("protocol") != _PROTOCOL:
                continue
            word = str(said.get("word", ""))
            if word == "raise":
                self.raised.emit()
            else:
                self.asked.emit(word)

    def close(self) -> None:
        """Stop listening and let the profile go."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()
