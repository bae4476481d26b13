"""A desk with sample data in a window of its own: another process with a profile that goes when it is closed."""

from __future__ import annotations

import sys

from PySide6.QtCore import QProcess


def command(language: str, theme: str) -> tuple[str, list[str]]:
    """(program, arguments), also of an application that was packed into one file."""
    own = [] if getattr(sys, "frozen", False) else ["-m", "deskapp"]
    look = ["--theme", theme] if theme in ("light", "dark") else []
    return sys.executable, [*own, "demo", "--lang", language, *look]


def start(language: str, theme: str) -> bool:
    """Open it; whether the process could be started."""
    program, arguments = command(language, theme)
    return bool(QProcess.startDetached(program, arguments)[0])
