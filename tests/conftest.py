"""Discipline for every test: nobody's home, keyring or network is touched, and every skip is written down."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import tempfile
import time
from pathlib import Path

import hypothesis
import pytest

pytest_plugins = ["tests.servers"]

_HOME = Path(tempfile.mkdtemp(prefix="deskapp-tests-"))

# Set before anything of Qt, keyring or deskapp is imported, and inherited by the processes that tests start.
os.environ.update(
    {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "LANG": "C.UTF-8",
        # An odd zone: a naive datetime, which passes unseen on a machine in UTC, is off by 5:45 here.
        "TZ": "Asia/Kathmandu",
        "HOME": str(_HOME),
        "USERPROFILE": str(_HOME),
        "APPDATA": str(_HOME / "AppData" / "Roaming"),
        "LOCALAPPDATA": str(_HOME / "AppData" / "Local"),
        "XDG_CONFIG_HOME": str(_HOME / ".config"),
        "XDG_DATA_HOME": str(_HOME / ".local" / "share"),
        "XDG_CACHE_HOME": str(_HOME / ".cache"),
        "XDG_STATE_HOME": str(_HOME / ".local" / "state"),
        "XDG_RUNTIME_DIR": str(_HOME / "run"),
    }
)
for _name in ("DISPLAY", "WAYLAND_DISPLAY", "LC_ALL", "LANGUAGE", "DBUS_SESSION_BUS_ADDRESS"):
    os.environ.pop(_name, None)
(_HOME / "run").mkdir(mode=0o700)
if os.name == "posix":
    # Debian keeps servers there, and a plain user's PATH lacks it.
    os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
if hasattr(time, "tzset"):
    time.tzset()

# Two busy cores make single examples slow now and then; that says nothing about the code.
hypothesis.settings.register_profile("deskapp", deadline=None, print_blob=True)
hypothesis.settings.load_profile("deskapp")


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


class NetworkForbidden(RuntimeError):
    """A test tried to reach another machine."""


def _forbid_other_machines() -> None:
    real_connect, real_connect_ex = socket.socket.connect, socket.socket.connect_ex
    real_sendto = socket.socket.sendto
    real_getaddrinfo = socket.getaddrinfo

    def is_here(host: object) -> bool:
        if not isinstance(host, str):
            return True
        if host in ("", "localhost"):
            return True
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False

    def check(host: object) -> None:
        if not is_here(host):
            raise NetworkForbidden(f"tests stay on this machine, but {host!r} was called")

    def check_address(sock: socket.socket, address: object) -> None:
        if sock.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple):
            check(address[0])

    def connect(self, address):  # type: ignore[no-untyped-def]
        check_address(self, address)
        return real_connect(self, address)

    def connect_ex(self, address):  # type: ignore[no-untyped-def]
        check_address(self, address)
        return real_connect_ex(self, address)

    def sendto(self, data, *rest):  # type: ignore[no-untyped-def]
        check_address(self, rest[-1])
        return real_sendto(self, data, *rest)

    def getaddrinfo(host, *rest, **named):  # type: ignore[no-untyped-def]
        check(host)
        return real_getaddrinfo(host, *rest, **named)

    socket.socket.connect = connect  # type: ignore[method-assign]
    socket.socket.connect_ex = connect_ex  # type: ignore[method-assign]
    socket.socket.sendto = sendto  # type: ignore[method-assign,assignment]
    socket.getaddrinfo = getaddrinfo


_forbid_other_machines()


def _note_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """One line a skipped test, "id<TAB>reason", into the file that run.py and .ci/run read."""
    path = os.environ.get("DESKAPP_SKIPS")
    if not path or not report.skipped or hasattr(report, "wasxfail") or "PYTEST_XDIST_WORKER" in os.environ:
        return  # of tests that run side by side, the one that gathers them tells
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = " ".join(reason.removeprefix("Skipped: ").split())
    with open(path, "a", encoding="utf-8") as file:
        file.write(f"{report.nodeid}\t{reason}\n")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _note_skip(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    _note_skip(report)
