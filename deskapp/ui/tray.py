"""The icon in the system's tray: how many answers are owed, the commands of every hour, notifications.

Where a system has no tray, or a person wants no icon, nothing is missing: notifications come by the session's bus
(``busnotes``), and the window tells the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from ..core import paths
from . import theme
from .i18n import translate
from .notices import Notice

if TYPE_CHECKING:
    from .busnotes import BusNotes
    from .desktop import Desktop

_SIDES = (16, 22, 24, 32, 48, 64)
#: How long a system shows a notification, where it lets us say so.
_SHOWN_MS = 12_000


class Tray(QObject):
    """Shows itself from ``follow`` on. Where it is to stay, closing the last window ends nothing."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._desktop, self._settings = desktop, desktop.desk.settings
        self._count = 0
        self._last: object = None
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._notes: BusNotes | None = None
        theme.current().changed.connect(self._paint)
        desktop.notices.aloud.connect(self.show)
        desktop.windows.stays = self.stays
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.commitDataRequest.connect(self._session_ends)

    def visible(self) -> bool:
        return self._icon is not None

    def follow(self) -> None:
        """Come or go, as the system and the settings have it now."""
        there = self._settings.flag("tray") and QSystemTrayIcon.isSystemTrayAvailable()
        if there and self._icon is None:
            self._menu = QMenu()
            self._menu.setObjectName("tray.menu")
            self._menu.aboutToShow.connect(self._fill)
            self._fill()
            self._icon = QSystemTrayIcon(self)
            self._icon.setContextMenu(self._menu)
            self._icon.activated.connect(self._activated)
            self._icon.messageClicked.connect(self._message_clicked)
            self._paint()
            self._tell()
            self._icon.show()
        elif not there:
            self._take_icon()
        # with an icon that stays, the end is said by the desk and not by the last window
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.setQuitOnLastWindowClosed(not self.stays())

    def stays(self) -> bool:
        """Whether the desk goes on without a window."""
        return self.visible() and self._settings.flag("close_to_tray")

    def close(self) -> None:
        """The end: no icon, and nothing more is told."""
        if self._notes is not None:
            self._notes.close()
            self._notes = None
        self._take_icon()

    def _take_icon(self) -> None:
        if self._icon is not None and self._menu is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._menu.deleteLater()
        self._icon = self._menu = None

    def set_count(self, count: int) -> None:
        """How many answers are owed."""
        if count != self._count:
            self._count = count
            self._paint()
            self._tell()

    def show(self, text: str, notice: Notice) -> None:
        """Let the system tell it; a click on it opens what it is about."""
        from . import busnotes

        if not busnotes.possible():
            self._show_by_icon(text, notice)
            return
        if self._notes is None:
            self._notes = busnotes.BusNotes(self._desktop.runner, self._show_by_icon, self)
            self._notes.clicked.connect(self._open_about)
        self._notes.tell(text, notice, _SHOWN_MS)

    def retell(self) -> None:
        """With another language."""
        self._tell()

    # -- inside

    def _show_by_icon(self, text: str, notice: object) -> None:
        self._last = notice
        if self._icon is not None:
            self._icon.showMessage("deskapp", text, self._icon.icon(), _SHOWN_MS)

    def _session_ends(self) -> None:
        """The person signs out: nothing stays, or the system would wait for it."""
        self._desktop.windows.quitting = True

    def _tell(self) -> None:
        if self._icon is not None:
            answers = translate("Tray", "%n answer(s) due", None, self._count)
            self._icon.setToolTip(f"deskapp: {answers}" if self._count else "deskapp")

    def _paint(self) -> None:
        if self._icon is not None:
            self._icon.setIcon(badged(self._count))

    def _fill(self) -> None:
        assert self._menu is not None
        desktop = self._desktop
        self._menu.clear()
        self._menu.addAction(self.tr("Open")).triggered.connect(desktop.raise_window)
        self._menu.addAction(self.tr("New ticket")).triggered.connect(partial(self._over, desktop.new_ticket))
        self._menu.addAction(self.tr("Phone call")).triggered.connect(partial(self._over, desktop.call))
        self._menu.addAction(self.tr("Timer start, stop")).triggered.connect(desktop.toggle_timer)
        self._menu.addSeparator()
        quiet = self._menu.addAction(self.tr("Do not disturb"))
        quiet.setCheckable(True)
        quiet.setChecked(self._settings.text("quiet") == "always")
        quiet.triggered.connect(self._quieten)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Quit")).triggered.connect(desktop.windows.quit)

    def _over(self, form: Callable[[], object], _checked: bool = False) -> None:
        """A form over the window, wherever that was."""
        self._desktop.raise_window()
        form()

    def _quieten(self, on: bool) -> None:
        self._settings.set("quiet", "always" if on else "hours")

    def _activated(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how != QSystemTrayIcon.ActivationReason.Context:
            self._desktop.raise_window()

    def _message_clicked(self) -> None:
        """An icon does not tell which notification was clicked: to what the last one was about."""
        self._open_about(self._last)

    def _open_about(self, notice: object) -> None:
        self._desktop.raise_window()
        if not isinstance(notice, Notice):
            return
        if notice.ticket_id:
            self._desktop.show_ticket(notice.ticket_id)
        elif notice.kind == "conflict":
            self._desktop.screens.show_choice()


def badged(count: int) -> QIcon:
    """The application's icon, with a figure in its corner while answers are owed."""
    base = QIcon(str(paths.resources() / "desktop" / "deskapp.png"))
    if not count:
        return base
    icon = QIcon()
    for side in _SIDES:
        picture = QPixmap(base.pixmap(side, side))
        if picture.width() != side:
            picture = picture.scaled(side, side, mode=Qt.TransformationMode.SmoothTransformation)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        text = str(count) if count < 10 else "9+"
        high = side * (0.62 if side < 32 else 0.5)
        wide = high if len(text) == 1 else min(side, high * 1.3)
        badge = QRectF(side - wide, side - high, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("crit"))
        painter.drawRoundedRect(badge, high / 2, high / 2)
        font = look.font("strong")
        font.setPixelSize(max(7, round(high * 0.78)))
        painter.setFont(font)
        painter.setPen(look.color("bg-base"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        icon.addPixmap(picture)
    return icon


def application_icon() -> None:
    """The windows' own picture in the task bar, and the name under which a Wayland desktop looks for it."""
    QGuiApplication.setWindowIcon(QIcon(str(paths.resources() / "desktop" / "deskapp.png")))
    QGuiApplication.setDesktopFileName("deskapp")
