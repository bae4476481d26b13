"""The one place through which the window speaks to a person: banner, status line, dialog.

Screens and workers say what happened here; the main window shows it. Tests connect a `Recorder` in its stead.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from ..core.errors import UserCancelled, UserFacingError
from . import i18n, words
from .i18n import fill, translate

log = logging.getLogger(__name__)


class Level(IntEnum):
    """Order of importance: of several banners the highest is shown."""

    INFO = 0
    OFFLINE = 1
    CONFLICT = 2
    ERROR = 3


class Banner(NamedTuple):
    """A line over the screen, kept until it is taken back by its id. `actions` are (words, what to do)."""

    id: str
    text: str
    level: Level = Level.INFO
    actions: tuple[tuple[str, Callable[[], None]], ...] = ()
    details: str = ""


def _local_time(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"


class Messages(QObject):
    """`said` for the status line, `banner_changed` for the banner (None: nothing to show), `asked` for a
    dialog.

    `crashed` carries an exception that is a bug; the composition root turns it into a report.
    """

    said = Signal(str)
    banner_changed = Signal(object)
    failed = Signal(str, str, str)  # title, message, technical line
    crashed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._banners: dict[str, Banner] = {}
        self.time_words: Callable[[datetime], str] = _local_time

    def say(self, text: str) -> None:
        """A line in the status bar until the next one."""
        self.said.emit(text)

    def put_banner(self, banner: Banner) -> None:
        self._banners[banner.id] = banner
        self.banner_changed.emit(self.banner())

    def has_banner(self, banner_id: str) -> bool:
        """Whether it waits; nobody has closed it then."""
        return banner_id in self._banners

    def take_banner(self, banner_id: str) -> None:
        if self._banners.pop(banner_id, None) is not None:
            self.banner_changed.emit(self.banner())

    def banner(self) -> Banner | None:
        """The most important of those that wait; of equals the latest."""
        if not self._banners:
            return None
        return max(reversed(self._banners.values()), key=lambda banner: banner.level)

    def fail(self, title: str, message: str = "", details: str = "") -> None:
        """Something that was asked for could not be done."""
        log.info("failed: %s %s", title, message)
        self.failed.emit(title, message, details)

    def error(self, trouble: BaseException) -> None:
        """Any exception from a worker or a slot: shown, or reported as a bug, or (cancelled) passed over."""
        if isinstance(trouble, UserCancelled):
            return
        if isinstance(trouble, UserFacingError):
            title, message = error_words(trouble, self.time_words)
            cause = trouble.__cause__
            self.fail(title, message, f"{type(cause).__name__}: {cause}" if cause else "")
            return
        log.error("unexpected", exc_info=trouble)
        self.crashed.emit(trouble)


def error_words(trouble: UserFacingError, time_words: Callable[[datetime], str] = _local_time) -> tuple[str, str]:
    """Title and message in the language of the window; instants among the arguments by `time_words`."""
    args = [time_words(arg) if isinstance(arg, datetime) else arg for arg in trouble.args_]
    if "in the state “%2”" in trouble.message and len(args) == 2:
        args = [words.act(str(args[0])), words.status(str(args[1]))]  # the desk names both by their codes
    title = fill(translate("Errors", trouble.title), *args)
    return title, fill(translate("Errors", trouble.message), *args) if trouble.message else ""


#: Platforms of Qt that nobody looks at: a box there would wait for ever.
_UNSEEN = ("offscreen", "minimal", "vnc")


def tell_no_start(trouble: Exception) -> None:
    """Why no window opens, in a box of its own: whoever starts the application from a menu has no terminal to read.

    It waits until it was read, and is not shown where there is nobody to read it. Of a bug it shows the report.
    """
    from PySide6.QtWidgets import QMessageBox

    from ..core import crash

    if QGuiApplication.platformName() in _UNSEEN:
        return
    if not i18n.is_chosen():
        i18n.install(i18n.system_language())
    box = QMessageBox(QMessageBox.Icon.Critical, "deskapp", "", QMessageBox.StandardButton.Close)
    if isinstance(trouble, UserFacingError):
        title, message = error_words(trouble)
        box.setText(title)
        box.setInformativeText(message)
    else:
        box.setText(translate("Errors", "deskapp could not start"))
        box.setInformativeText(translate("Errors", "What is stored is safe. “deskapp doctor” says what may be wrong."))
        box.setDetailedText(crash.report(trouble, "start").text)
    box.exec()


class Recorder(QObject):
    """Keeps what was said, for tests: `said`, `failures`, `crashes`, `banners` in order."""

    def __init__(self, messages: Messages) -> None:
        super().__init__(messages)
        self.said: list[str] = []
        self.failures: list[tuple[str, str, str]] = []
        self.crashes: list[BaseException] = []
        self.banners: list[Banner | None] = []
        messages.said.connect(self.said.append)
        messages.failed.connect(self._failed)
        messages.crashed.connect(self.crashes.append)
        messages.banner_changed.connect(self.banners.append)

    def _failed(self, title: str, message: str, details: str) -> None:
        self.failures.append((title, message, details))
