"""Where the windows of a desk stand and which are open: kept with the desk, so that two desks of one person keep apart.

What is a person's own on this machine (widths of panes) stays with the person.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings


def store(profile: Path) -> QSettings:
    """The memory of the desk in this folder; reading it leaves no trace there."""
    return QSettings(str(profile / "windows.ini"), QSettings.Format.IniFormat)
