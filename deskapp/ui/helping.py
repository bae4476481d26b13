"""F1 in a form over the window: the guide at the chapter that tells of it.

A window's keys do not reach the forms over it, and a window behind a form takes no click: each form gets a key and a
guide of its own, when the focus first comes into it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWhatsThis, QWidget

from .guide import GuideWindow
from .main_window import MainWindow
from .windows import Windows

_KEY = "help.here"
#: Forms that stand in a module of another name than the chapter that tells of them.
_CHAPTERS = {"firstrun": "first", "new_ticket": "ticket", "erasing": "ticket", "care": "data", "first_letters": "mail"}


class FormHelp(QObject):
    def __init__(self, windows: Windows, parent: QObject) -> None:
        super().__init__(parent)
        self._windows = windows
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        form = now.window() if now is not None else None
        if not isinstance(form, QDialog) or isinstance(form, GuideWindow) or form.findChild(QShortcut, _KEY):
            return
        window = self._under(form)
        if window is not None:
            key = QShortcut(QKeySequence("F1"), form)
            key.setObjectName(_KEY)
            key.activated.connect(partial(self._help, form, window))

    def _under(self, form: QWidget) -> MainWindow | None:
        """The window of ours that a form stands over."""
        windows = [place.window for place in self._windows.all()]
        below = form.parentWidget()
        while below is not None and below not in windows:
            below = below.parentWidget()
        return below if isinstance(below, MainWindow) else None

    def _help(self, form: QDialog, window: MainWindow) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and focus.whatsThis():
            QWhatsThis.showText(focus.mapToGlobal(QPoint(0, focus.height())), focus.whatsThis(), focus)
            return
        guide = form.findChild(GuideWindow) or GuideWindow(form)
        screen = window.screen_now()
        guide.open_at((*chapters(form), *([screen.chapter()] if screen else []), window.screen_id()))


def chapters(form: QWidget) -> tuple[str, ...]:
    """What a form may be about, the nearest first: its name, its module, the package of that."""
    names = [form.objectName().partition(".")[0], *reversed(type(form).__module__.split("."))]
    return tuple(_CHAPTERS.get(name, name) for name in names if name)
