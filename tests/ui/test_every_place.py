"""A walk through the whole window: room for all words, in longer languages too, and what a screen reader is told."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenuBar, QSplitterHandle, QWidget

from deskapp.ui import i18n
from deskapp.ui.calendar.plan_dialog import PlanDialog
from tests.ui import places
from tests.ui.demo_window import demo_window
from tests.ui.geometry import told, wrong

ROOT = Path(__file__).resolve().parents[2]
#: Roles that tell nothing of what a control does.
_R = QAccessible.Role
#: Roles of what is pressed, turned or opened: a reader must be able to do it.
_PRESSED = {_R.Button, _R.CheckBox, _R.RadioButton, _R.ComboBox, _R.ButtonMenu, _R.Link, _R.PageTabList, _R.Canvas}
_NO_ROLES = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Border, QAccessible.Role.Grouping}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 680)])
def test_later_screens_and_dialogs(qapp: QApplication, tmp_path: Path, language: str, size: tuple[int, int]) -> None:
    found: list[str] = []
    with demo_window(qapp, tmp_path, language, size) as stage:
        for walk in places.LATER:
            for name, root in walk(stage):
                found += [f"{name}: {trouble}" for trouble in wrong(root)]
                if isinstance(root, PlanDialog) and size == (1440, 900):
                    assert root.body.verticalScrollBar().maximum() == 0, "the plan and its letter are seen at once"
    assert found == [], "\n" + "\n".join(dict.fromkeys(found))


# -- what a screen reader is told


def untold(root: QWidget) -> Iterator[str]:
    """Controls that can take the focus and have no name or no role in the tree of accessibility."""
    for one in root.findChildren(QWidget):
        takes = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()
        inner = one.objectName().startswith("qt_") or one.focusProxy() is not None
        if not takes or inner or isinstance(one, QMenuBar | QSplitterHandle):
            continue
        face = QAccessible.queryAccessibleInterface(one)
        if face is None or not face.isValid():
            yield f"{told(one)} is not in the tree"
        elif not face.text(QAccessible.Text.Name):
            yield f"{told(one)} has no name"
        elif face.role() in _NO_ROLES and not isinstance(one, QAbstractScrollArea):
            yield f"{told(one)} has no role but {face.role().name}"
        elif face.role() in _PRESSED and not can_be_pressed(face):
            yield f"{told(one)} is a {face.role().name} and can be pressed by nobody who does not see it"


def can_be_pressed(face: QAccessibleInterface) -> bool:
    """By an action of its own beside that of taking the focus, or of its parts: the tabs of a bar."""
    actions = face.actionInterface()
    if actions is not None and set(actions.actionNames()) - {QAccessibleActionInterface.setFocusAction()}:
        return True
    parts = [face.child(place) for place in range(face.childCount())]
    tabs = [part for part in parts if part is not None and part.role() == _R.PageTab]
    return bool(tabs) and all(QAccessibleActionInterface.pressAction() in _actions(part) for part in tabs)


def _actions(face: QAccessibleInterface) -> list[str]:
    actions = face.actionInterface()
    return list(actions.actionNames()) if actions is not None else []


# -- a language with longer words

_ACCENTS = str.maketrans("aeiouyAEIOUYcnsz", "áéíóúýÁÉÍÓÚÝçñšž")


class Longer(QTranslator):
    """English two fifths longer, in brackets, with accents: what is cut shows an open bracket."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        if not any(sign.isalpha() for sign in source) or "%n" in source or "<" in source:
            return None
        more = max(1, round(len(source) * 0.4) - 2)
        tail = " ".join("õ" * min(8, more - at) for at in range(0, more, 8))
        return f"[{source.translate(_ACCENTS)}{' ' if more > 8 else ''}{tail}]"


def test_longer_words_have_room_and_every_control_a_name_and_a_role(qapp: QApplication, tmp_path: Path) -> None:
    found: list[str] = []
    seen = 0
    with demo_window(qapp, tmp_path) as stage:
        longer = Longer()
        qapp.installTranslator(longer)
        try:
            stage.settle()
            for walk in (*places.FIRST, *places.LATER):
                for name, root in walk(stage):
                    found += [f"{name}: {trouble}" for trouble in (*wrong(root), *untold(root))]
                    seen += 1
            assert stage.window.screen_now().title().startswith("[")
        finally:
            qapp.removeTranslator(longer)
            i18n.install("en")
        queue: Any = stage.window.built("queue")
        face = QAccessible.queryAccessibleInterface(queue.tabs)
        assert face.role() == QAccessible.Role.PageTabList
        assert face.text(QAccessible.Text.Value) == queue.tabs.accessibleDescription() != ""
    assert seen > 70 and found == [], "\n" + "\n".join(dict.fromkeys(found))


# -- twice as fine

_DOUBLED = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from tests.ui import places
from tests.ui.demo_window import demo_window
from tests.ui.geometry import wrong

app = QApplication([])
folder = Path(sys.argv[1])
QSettings.setDefaultFormat(QSettings.Format.IniFormat)
QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder / "settings"))
for language, size in (("ru", (1440, 900)), ("en", (1024, 680))):
    with demo_window(app, folder / language, language, size) as stage:
        for walk in (*places.FIRST, *places.LATER):
            for name, root in walk(stage):
                drawn = root.grab()
                assert (drawn.width(), drawn.height()) == (2 * root.width(), 2 * root.height()), drawn.size()
                assert root is not stage.window or root.size().toTuple() == size, root.size()
                for trouble in wrong(root):
                    print(f"{language} {name}: {trouble}")
print("walked")
"""


@pytest.mark.long
def test_every_place_at_twice_the_scale(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", _DOUBLED, str(tmp_path)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == "walked\n", ended.stdout
