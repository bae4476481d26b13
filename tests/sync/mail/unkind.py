"""A server of the test's own that can be told what to do wrong next."""

from __future__ import annotations

import socket
import ssl
import threading
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any


@dataclass
class _Fault:
    operation: str
    how: str
    times: int


class Http(ThreadingHTTPServer):
    """Threads that end with the test; what its handlers answer from is ``behind``."""

    daemon_threads = True
    context: ssl.SSLContext | None = None

    def __init__(self, handler: type, behind: Any) -> None:
        self.behind = behind
        super().__init__(("127.0.0.1", 0), handler)

    def finish_request(self, request: Any, client_address: Any) -> None:
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.context is not None:
            try:
                request = self.context.wrap_socket(request, server_side=True)
            except OSError:
                return
        try:
            super().finish_request(request, client_address)
        except OSError:
            pass  # the client went away
        finally:
            if self.context is not None:
                request.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


class Unkind:
    """``released``: set, it ends slow answers."""

    def __init__(self, handler: type, certificate: Path | None) -> None:
        self.lock = threading.RLock()
        self.released = threading.Event()
        self._faults: list[_Fault] = []
        self._http = Http(handler, self)
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._http.context = context
        self.port = self._http.server_address[1]

    def start(self) -> None:
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self.released.set()
        self._http.shutdown()
        self._http.server_close()

    def fail(self, operation: str, how: str, times: int = 1) -> None:
        """The next calls of ``operation`` ("*": of any): ``busy:<how long>``, ``status:<code>``, ``hangup`` (nothing
        was done), ``deaf`` (done, but not answered), ``slow`` (done, answered when `released` is set),
        ``error:<what>`` or ``fault:<code>`` (in the response)."""
        self._faults.append(_Fault(operation, how, times))

    def fault(self, operation: str) -> str:
        with self.lock:
            for fault in self._faults:
                if fault.operation in ("*", operation) and fault.times > 0:
                    fault.times -= 1
                    return fault.how
        return ""
