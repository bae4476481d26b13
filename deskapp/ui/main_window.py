"""The frame: rail, top bar, banner, the screen, status bar. It knows no screen by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QPoint, QRect, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWhatsThis,
    QWidget,
)
from shiboken6 import isValid

from . import i18n, theme, words
from .actions import Action, ActionRegistry
from .acts import Acts
from .banner import BannerBar, DetailsDialog
from .commands import CommandBar, declare, me_menu
from .i18n import fill, translate
from .messages import Banner, Level, Messages
from .nav_rail import NavRail
from .runner import TaskRunner
from .screen import Screen, ScreenSpec
from .status_bar import StatusBar, SyncState
from .style import FocusRing
from .top_bar import TopBar
from .undo import UndoStack

if TYPE_CHECKING:
    from ..core.settings import Settings
    from ..desk.values import Changes, Clockwork
    from .guide import GuideWindow
    from .keys import KeyRouter
    from .palette_box import PaletteBox
    from .shortcuts import ShortcutsOverlay

MINIMUM = QSize(1024, 680)
#: The clock, and the age of the last synchronisation, are written anew every so often.
_TICK_MS = 5_000


class MainWindow(QMainWindow):
    """One window of the desk.

    `day_clock(desk)` reads the working day for the status bar; it is asked for once a minute and after
    changes.
    """

    screen_opened = Signal(str)
    language_switched = Signal(str)
    closing = Signal()
    quit_wanted = Signal()
    came_forward = Signal()
    painted = Signal()  # for the first time: what could wait may begin

    def __init__(
        self,
        runner: TaskRunner,
        messages: Messages,
        acts: Acts,
        undo: UndoStack,
        settings: Settings,
        now: Callable[[], datetime],
        zone: ZoneInfo,
        day_clock: Callable[[Any], Clockwork] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setMinimumSize(MINIMUM)
        self.runner, self.messages, self.acts, self.undo = runner, messages, acts, undo
        self.settings = settings
        self._now, self._zone, self._day_clock = now, zone, day_clock
        self._day_minute = ""
        self._clockwork: Clockwork | None = None
        self._sync_state = SyncState()
        self._specs: dict[str, ScreenSpec] = {}
        self._screens: dict[str, Screen] = {}
        self._current = ""
        self._alt_alone = False
        self._was_painted = False
        #: Under which name its size is remembered.
        self.place = "window"
        self.store: Callable[[], QSettings] = QSettings  # where it is remembered under that name
        #: Asked before it closes: where it says yes, it is only hidden.
        self.stays: Callable[[], bool] = lambda: False
        self.registry = ActionRegistry(self)
        self._build()
        declare(self)
        self.top.me.setMenu(me_menu(self, self.registry))
        self.top.omnibox.set_key(self.registry.key_text("palette.open"))
        self._ring = FocusRing(self)
        self._connect()
        self._say()
        self._tick.start()
        self._on_tick()

    @cached_property
    def keys(self) -> KeyRouter:
        from .keys import KeyRouter

        router = KeyRouter(self, self.registry)
        router.set_single_letters(self.settings.flag("single_keys"))
        return router

    @cached_property
    def palette_box(self) -> PaletteBox:
        from .palette_box import PaletteBox

        return PaletteBox(self, self.top.omnibox, self.registry)

    @cached_property
    def shortcuts(self) -> ShortcutsOverlay:
        from .shortcuts import ShortcutsOverlay

        return ShortcutsOverlay(self, self.registry)

    @cached_property
    def guide(self) -> GuideWindow:
        from .guide import GuideWindow

        return GuideWindow(self)

    def times(self) -> words.Times:
        """Words for instants, as of now."""
        return words.Times(self._zone, self._now())

    # -- building

    def _build(self) -> None:
        self.rail = NavRail()
        self.top = TopBar()
        self.banner = BannerBar()
        self.stack = QStackedWidget()
        self.stack.setObjectName("screens")
        self.status = StatusBar()
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(column, 1)
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(middle, 1)
        whole.addWidget(self.status)
        frame = QWidget()
        frame.setLayout(whole)
        self.setCentralWidget(frame)
        self._bar = CommandBar(self.registry, self)
        self.setMenuBar(self._bar)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._on_tick)

    def _connect(self) -> None:
        self.status.show_line(self.undo.line())
        self.banner.show_banner(self.messages.banner())
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        theme.current().changed.connect(self._redress)
        self.rail.opened.connect(self._opened_by_mouse)
        self.top.call_wanted.connect(partial(self.registry.trigger, "call.new", "mouse"))
        self.top.new_wanted.connect(partial(self.registry.trigger, "ticket.new", "mouse"))
        self.top.timer_pressed.connect(partial(self.registry.trigger, "timer.toggle", "mouse"))
        self.status.link_pressed.connect(self.undo.follow_link)
        self.status.sync_pressed.connect(partial(self.registry.trigger, "screen.sync", "mouse"))
        self.undo.line_changed.connect(self.status.show_line)
        self.messages.time_words = self._time_words
        self.messages.said.connect(self._said)
        self.messages.banner_changed.connect(self.banner.show_banner)
        self.messages.failed.connect(self._failed)
        self.messages.crashed.connect(self._crashed)
        self.banner.dismissed.connect(self.messages.take_banner)
        self.banner.details_wanted.connect(self._show_details)
        self.acts.changed.connect(self._changed)
        self.registry.changed.connect(self._offer_buttons)
        self.registry.key_hint.connect(self._hint)
        self._offer_buttons()

    # -- screens

    def register(self, *specs: ScreenSpec) -> None:
        """Give the rail its screens. Nothing is made before it is opened."""
        for spec in specs:
            self._specs[spec.id] = spec
            self.rail.add(spec.id, spec.icon, spec.place, spec.bottom)
            self.registry.add(
                Action(
                    f"screen.{spec.id}",
                    spec.text,
                    partial(self.open, spec.id),
                    spec.icon,
                    spec.shortcut(),
                    text_context="Screens",
                )
            )
        self._say()

    def open(self, screen_id: str) -> Screen:
        """Show a screen, making it if need be. KeyError for one that is not registered."""
        spec = self._specs[screen_id]
        screen = self._screens.get(screen_id)
        if screen is None:
            screen = spec.factory()
            self._screens[screen_id] = screen
            self.stack.addWidget(screen)
            screen.title_changed.connect(self._titles)
        self._current = screen_id
        if "shortcuts" in vars(self):
            self.shortcuts.close_overlay()
        self.stack.setCurrentWidget(screen)
        self.rail.choose(screen_id)
        self._titles()
        screen.activate()
        self._scope()
        self.screen_opened.emit(screen_id)
        return screen

    def knows(self, screen_id: str) -> bool:
        return screen_id in self._specs

    def screen_id(self) -> str:
        """Id of the screen that is shown, "" before the first one."""
        return self._current

    def screen_now(self) -> Screen | None:
        return self._screens.get(self._current)

    def built(self, screen_id: str) -> Screen | None:
        """A screen if it was made already."""
        return self._screens.get(screen_id)

    def set_count(self, screen_id: str, count: int) -> None:
        """The red figure in the rail: answers due, conflicts."""
        if screen_id in self._specs:
            self.rail.button(screen_id).set_count(count)

    def _opened_by_mouse(self, screen_id: str) -> None:
        self.registry.trigger(f"screen.{screen_id}", by="mouse")

    def _changed(self, changes: Changes) -> None:
        for screen in self._screens.values():
            screen.refresh(changes)
        if changes.touches("booking", "absence", "calendar_day", "work_calendar"):
            self._read_day()

    # -- words

    def _say(self) -> None:
        for spec in self._specs.values():
            self.rail.button(spec.id).set_words(translate("Screens", spec.text), spec.shortcut())
        self.rail.setAccessibleName(self.tr("Screens"))
        self.set_sync(self._sync_state)
        self._day_words()
        self._titles()

    def _titles(self) -> None:
        screen = self.screen_now()
        if screen is None:
            self.setWindowTitle("deskapp")
            return
        title = screen.title()
        self.top.title.setText(title)
        self.setWindowTitle(", ".join(part for part in (screen.window_title(), title, "deskapp") if part))

    def set_sync(self, state: SyncState) -> None:
        self._sync_state = state
        self.status.sync.set_state(state, self._now())

    def set_mail(self, text: str) -> None:
        self.status.set_mail(text)

    def set_person(self, initials: str, person_id: str, name: str) -> None:
        self.top.set_me(initials, person_id, name)

    def set_zone(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._on_tick()

    def _on_tick(self) -> None:
        times = self.times()
        clock = times.clock()
        self.status.set_clock(clock)
        if self._sync_state.kind in ("fresh", "stale"):
            self.set_sync(self._sync_state)
        if clock != self._day_minute:
            self._day_minute = clock
            if self._was_painted:
                self._read_day()

    def _read_day(self) -> None:
        if self._day_clock is not None:
            self.runner.run("reader", self._day_clock, on_done=self._day_read, key="window.day")

    def _day_read(self, clockwork: Clockwork) -> None:
        self._clockwork = clockwork
        self._day_words()

    def _day_words(self) -> None:
        if self._clockwork is not None:
            self.status.set_day(words.working_day(self._clockwork, self.times()))

    # -- keys and focus

    def open_palette(self) -> None:
        self.palette_box.open()

    def open_keys(self) -> None:
        if self.shortcuts.isVisible():
            self.shortcuts.close_overlay()
            return
        corner = self.stack.mapTo(self, QPoint(0, 0))
        area = QRect(corner, self.stack.size())
        self.shortcuts.open(QApplication.focusWidget(), area)

    def help(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and focus.whatsThis():
            QWhatsThis.showText(focus.mapToGlobal(QPoint(0, focus.height())), focus.whatsThis(), focus)
        else:
            self.open_guide()

    def open_guide(self) -> None:
        """The guide, at the chapter of where the focus is."""
        screen = self.screen_now()
        inner = ("composer",) if "composer" in self.registry.active_scopes() else ()
        self.guide.open_at((*inner, *([screen.chapter()] if screen else []), self._current))

    def has_side(self) -> bool:
        screen = self.screen_now()
        return screen is not None and screen.has_side()

    def toggle_side(self) -> None:
        screen = self.screen_now()
        if screen is not None:
            screen.toggle_side()

    def cycle(self, step: int) -> None:
        """F6: the focus goes to the next part of the window that can take it."""
        screen = self.screen_now()
        inner = [part for part in (screen.parts() if screen else ()) if part.isVisible()]
        from .parts import cycle

        banner = [self.banner] if self.banner.isVisible() else []
        cycle([self.rail, self.top, *banner, *inner, self.status], step)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._ring) or (now is not None and now.window() is not self):
            return  # the window is going, or the focus is in another one
        self._ring.follow(old, now)
        self._scope()

    def _scope(self) -> None:
        scopes: list[str] = []
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None and widget is not self:
            scope = widget.property("scope")
            if isinstance(scope, str) and scope:
                scopes.append(scope)
            widget = widget.parentWidget()
        screen = self.screen_now()
        if screen is not None:
            scopes.extend(screen.scopes())
        self.registry.set_active_scopes(scopes)

    def _offer_buttons(self) -> None:
        self.top.call.setVisible("call.new" in self.registry)
        self.top.new.setVisible("ticket.new" in self.registry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._alt_alone = event.key() == Qt.Key.Key_Alt
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt and self._alt_alone:
            self.toggle_menu()
        self._alt_alone = False
        super().keyReleaseEvent(event)

    def toggle_menu(self) -> None:
        """Alt or F10: every command by its words."""
        self._bar.toggle()

    # -- look and language

    def set_theme(self, mode: theme.Mode) -> None:
        self.settings.set("theme", mode)
        theme.current().set_mode(mode)

    def set_language(self, code: str) -> None:
        """Switch now; open screens hear it as QEvent.LanguageChange."""
        self.settings.set("language", code)
        i18n.install(code)
        self.language_switched.emit(code)

    def _redress(self) -> None:
        self.update()
        for widget in self.findChildren(QWidget):
            widget.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
            self.status.set_clock(self.times().clock())
            self.undo.retell()
        elif event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.came_forward.emit()
        super().changeEvent(event)

    # -- messages

    def _time_words(self, at: datetime) -> str:
        return self.times().moment_brief(at)

    def _said(self, text: str) -> None:
        self.undo.say(text)

    def _hint(self, text: str, key: str) -> None:
        self.messages.say(fill(self.tr("%1: next time %2"), text, key.replace("+", " ")))

    def _failed(self, title: str, message: str, details: str) -> None:
        text = ". ".join(part.rstrip(".") for part in (title, message) if part) + "."
        self.messages.put_banner(Banner("failure", text, Level.ERROR, details=details))

    def _crashed(self, trouble: BaseException) -> None:
        text = self.tr("Something in deskapp itself went wrong. What was saved is safe; try the step again.")
        from ..core import crash  # no start waits for it

        details = crash.report(trouble).text  # never the words of an exception: they may quote a letter
        self.messages.put_banner(Banner("failure", text, Level.ERROR, details=details))

    def _show_details(self, banner: Banner) -> None:
        dialog = DetailsDialog(self.tr("Details"), banner.text, banner.details, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # -- size

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self._begin)

    def _begin(self) -> None:
        """What no first picture waits for."""
        _ = self.keys, self.palette_box  # they answer from now on
        self._read_day()
        self.painted.emit()

    def restore_size(self) -> bool:
        """As large as it was, and where; False if it was never open here."""
        stored = self.store().value(f"{self.place}/geometry")
        if stored is not None and self.restoreGeometry(stored):
            return True
        self.resize(1440, 900)
        return False

    # -- going

    def quit(self) -> None:
        """The end for all windows, not for this one alone."""
        self.quit_wanted.emit()
        self.close()

    def retire(self) -> None:
        """It was closed beside another: it reads nothing any more while it waits for its end."""
        self.acts.changed.disconnect(self._changed)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.store().setValue(f"{self.place}/geometry", self.saveGeometry())
        if self.stays():
            event.ignore()
            self.hide()
            return
        self.closing.emit()
        super().closeEvent(event)
