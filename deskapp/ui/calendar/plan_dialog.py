"""The frame of every large preview of a plan: what is shown, three buttons below, nothing done before Apply."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ...core.errors import Lapsed, UserFacingError
from ...desk import consequences, directory
from ...desk.consequences import Notices, Save
from ...desk.desk import Desk
from ...desk.diffs import DiffView
from ...desk.meanwhile import Happening, since
from ...desk.sla import Preview
from ...desk.values import Changes, Directory
from ...planning.values import Person
from .. import icons, theme
from ..acts import Acts
from ..fields import Body
from ..i18n import fill, translate
from ..messages import error_words
from ..runner import TaskRunner
from ..ticket.contract import due_lines
from ..widgets import Button, Label, Panel, PrimaryButton
from ..words import Times
from . import meanwhile
from .diff_panel import DiffPanel

#: Due times that are named one by one.
_NAMED = 8


class PlanDialog(QDialog):
    """Window-modal. `applied` carries the changes; Esc closes and changes nothing."""

    applied = Signal(object)

    def __init__(self, runner: TaskRunner, acts: Acts, times: Times, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._acts, self.times = runner, acts, times
        self.directory: Directory | None = None
        self._working = False
        self._recomputed = False
        self._happened: tuple[Happening, ...] = ()  # to the plan since it was shown first
        self._seen: tuple[Person, ...] = ()  # the people that what is shown was computed from
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("scope", "dialog")
        u = theme.current().u
        self.body = Body()
        self.body.column.setContentsMargins(5 * u, 4 * u, 5 * u, 3 * u)
        self.body.column.setSpacing(3 * u)
        self.build()
        self.panel = DiffPanel()
        self.body.column.addWidget(self.panel)
        self.body.column.addStretch(1)
        self._foot = Panel("bg-base", "t")
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(5 * u, 3 * u, 5 * u, 3 * u)
        row.setSpacing(2 * u)
        self._glyph = Label()
        self._glyph.setPixmap(icons.pixmap("refresh-cw", "text", 16, self.devicePixelRatioF()))
        self.hint = Label("", "small", "text2")
        self.hint.setObjectName("plan.hint")
        self.hint.setWordWrap(True)
        self.cancel = Button(translate("Calendar", "Cancel"), key="Esc")
        self.cancel.setObjectName("plan.cancel")
        self.cancel.clicked.connect(self.reject)
        self.refine = Button(translate("Replan", "Refine by hand"))
        self.refine.setObjectName("plan.refine")
        self.apply = PrimaryButton(translate("Replan", "Apply re-plan"), key="Ctrl+Return")
        self.apply.setObjectName("plan.apply")
        self.apply.clicked.connect(self.do_apply)
        row.addWidget(self._glyph)
        row.addSpacing(u)
        row.addWidget(self.hint, 1)
        for button in (self.cancel, self.refine, self.apply):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.body, 1)
        column.addWidget(self._foot)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.do_apply)
        self.panel.changed.connect(self.tell)
        self.apply.setEnabled(False)

    def build(self) -> None:
        """What stands above the panel."""

    def fit(self) -> None:
        """As large as it needs, as far as the window behind it allows."""
        window = self.parentWidget().window() if self.parentWidget() is not None else None
        room = window.size() - QSize(24, 64) if window is not None else QSize(1120, 720)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # what was shown just now is measured too
        wanted = self.body.sizeHint().height() + self._foot.sizeHint().height() + 8
        self.resize(min(1130, room.width()), min(max(420, wanted), room.height()))
        if window is not None:
            corner = window.geometry().center() - self.rect().center()
            self.move(corner)

    def start(self) -> None:
        self._runner.run("reader", directory.read, on_done=self._directory_read)

    def _directory_read(self, found: Directory) -> None:
        self.directory = found
        self.ask()

    def ask(self) -> None:
        """Compute what is shown."""
        raise NotImplementedError

    def show_diff(self, view: DiffView) -> None:
        assert self.directory is not None
        self.panel.setVisible(True)
        self.panel.show_view(view, self.directory, self.times)
        self._seen = view.diff.seen
        self.tell()

    def tell(self) -> None:
        text = translate("Replan", "One undo step restores the whole plan.")
        count = len(self.panel.notices())
        if count:
            kept = translate("Replan", "%n slip notice(s) will wait as drafts for your review.", None, count)
            text = f"{text} {kept}"
        if self._recomputed:
            text = f"{self._what_happened()} {text}"
        self.hint.set_token("high" if self._recomputed else "text2")
        self.hint.setText(text)

    def _what_happened(self) -> str:
        names = {person.id: person.short for person in self.directory.people.values()} if self.directory else {}
        told = meanwhile.told(self._happened, names, self.times)
        if not told:
            return translate("Replan", "Recomputed: the plan has changed meanwhile.")
        return fill(translate("Replan", "Recomputed: %1."), told)

    def _meanwhile(self, found: tuple[Happening, ...]) -> None:
        self._happened = found
        self.tell()

    def do_apply(self) -> None:
        if not self.apply.isEnabled() or self._working:
            return
        self._working = True
        self.run_apply()

    def run_apply(self) -> None:
        raise NotImplementedError

    def act(self, intention: Callable[..., Changes], *args: Any) -> None:
        self._acts.act(intention, *args, on_done=self._applied, on_error=self._failed)

    def _applied(self, changes: Changes) -> None:
        self._working = False
        self.applied.emit(changes)
        self.accept()

    def _failed(self, error: BaseException) -> None:
        """A plan that has changed meanwhile is computed anew, and that is said; other trouble is told."""
        self._working = False
        if isinstance(error, Lapsed):
            self._recomputed = True
            if self._seen:
                self._runner.run("reader", since, self._seen, on_done=self._meanwhile)
            self.tell()
            self.ask()
        elif isinstance(error, UserFacingError):
            self.hint.setText(". ".join(part for part in error_words(error) if part))
            self.hint.set_token("crit")
        else:
            raise error


class ConsequencesDialog(PlanDialog):
    """An absence, other hours, somebody who leaves: what it does to the plan, before it is saved."""

    def __init__(
        self,
        runner: TaskRunner,
        acts: Acts,
        times: Times,
        title: str,
        view: DiffView,
        save: Save | None,
        why: str = "absence",
        parent: QWidget | None = None,
        again: Callable[..., DiffView] | None = None,
        args: tuple[Any, ...] = (),
        moved: Preview | None = None,
    ) -> None:
        """``moved``: the due times by contracts that the change moves besides; without any effect on the plan they are
        all that is shown. ``again`` with its arguments computes the diff anew where the plan has changed meanwhile and
        nothing is to be saved besides."""
        self._title, self._view, self._save, self._why = title, view, save, why
        self._again, self._args, self._moved = again, args, moved
        super().__init__(runner, acts, times, parent)
        self.setObjectName("consequences")
        self.setWindowTitle(translate("Replan", "What this does to the plan"))
        self.refine.setVisible(save is not None)
        if save is not None:
            alone = translate("Replan", "Save, all back to the tray")
            self.refine.setText(alone if view.leaving else translate("Replan", "Save without moving"))
            self.refine.setAccessibleName(self.refine.text())
            self.refine.clicked.connect(self._only_save)
            self.apply.setText(translate("Replan", "Save and re-plan"))
        self.panel.setVisible(False)
        if save is not None and not view.effects:
            self.refine.setVisible(False)
            self.apply.setText(translate("Replan", "Save"))

    def build(self) -> None:
        self.heading = Label(self._title, "title")
        self.heading.setWordWrap(True)
        self.body.column.addWidget(self.heading)
        if self._moved is not None and self._moved.moved:
            self._tell_moved(self._moved)

    def _tell_moved(self, moved: Preview) -> None:
        """How contract dates of open tickets move; those that have ended stay as they are."""
        parts = [translate("Replan", "%n due time(s) by contracts would move", None, len(moved.moved))]
        if moved.breaking:
            parts.append(translate("Replan", "%n would be over at once", None, moved.breaking))
        self.body.column.addWidget(Label(", ".join(parts), "heading"))
        lines = due_lines(moved, self.times, _NAMED)
        left = len(moved.moved) - len(lines)
        if left:
            lines.append(translate("Replan", "and %n more", None, left))
        self.dues = Label("\n".join(lines))
        self.dues.setObjectName("plan.dues")
        self.dues.setWordWrap(True)
        self.body.column.addWidget(self.dues)
        note = translate("Replan", "Contract times of tickets that are done stay as they were told.")
        self.body.column.addWidget(Label(note, "small", "text2"))

    def _directory_read(self, found: Directory) -> None:
        self.directory = found
        self._show(self._view)

    def ask(self) -> None:
        if self._save is not None:
            self._runner.run(
                "writer", consequences.preview, self._save, self._why, on_done=self._show, on_error=self._failed
            )
        elif self._again is not None:
            self._runner.run("reader", self._again, *self._args, on_done=self._show, on_error=self._failed)
        else:
            self.reject()

    def _show(self, view: DiffView) -> None:
        self._view = view
        if view.effects or self._moved is None:
            self.show_diff(view)
        else:
            self.hint.setText(translate("Replan", "The plan stays as it is. Undo takes the change back."))
        self.apply.setEnabled(True)
        self.fit()

    def run_apply(self) -> None:
        if self._save is not None and not self._view.effects:
            self.act(self._save)
            return
        self.act(consequences.apply, self._view, self.panel.notices(), self._save)

    def _only_save(self) -> None:
        if self._save is not None and not self._working:
            self._working = True
            self.act(self._save)


def save_with_consequences(
    parent: QWidget,
    runner: TaskRunner,
    acts: Acts,
    times: Times,
    title: str,
    save: Callable[..., Changes],
    *args: Any,
    why: str = "absence",
    on_done: Callable[[Changes], None] | None = None,
    on_error: Callable[[BaseException], None] | None = None,
    on_cancel: Callable[[], object] | None = None,
    moved: Preview | None = None,
    **named: Any,
) -> None:
    """Save a change of hours or people; where it touches the plan, or the due times by contracts that ``moved`` names,
    show first what it does.

    ``save(desk, *args, **named)`` is an intention of ``setup``; ``title`` says what is being changed ("Vacation of
    Igor Belov, 5 to 13 November"). ``on_done`` gets the changes when it was saved, ``on_cancel`` is
    called instead where the person changed their mind.
    """
    bound: Save = _Bound(save, args, named)

    def shown(view: DiffView) -> None:
        if not view.effects and not (moved is not None and moved.moved):
            acts.act(bound, on_done=on_done, on_error=on_error)
            return
        dialog = ConsequencesDialog(runner, acts, times, title, view, bound, why, parent, moved=moved)
        if on_done is not None:
            dialog.applied.connect(on_done)
        if on_cancel is not None:
            dialog.rejected.connect(on_cancel)
        dialog.open()
        dialog.start()

    runner.run("writer", consequences.preview, bound, why, on_done=shown, on_error=on_error)


class _Bound:
    """An intention with its arguments; a partial would put the desk behind them."""

    def __init__(self, save: Callable[..., Changes], args: tuple[Any, ...], named: dict[str, Any]) -> None:
        self._save, self._args, self._named = save, args, named

    def __call__(self, desk: Desk) -> Changes:
        return self._save(desk, *self._args, **self._named)


def open_diff(
    parent: QWidget,
    runner: TaskRunner,
    acts: Acts,
    times: Times,
    title: str,
    ask: Callable[..., DiffView],
    *args: Any,
    say: Callable[[str], object] | None = None,
) -> None:
    """Show a diff that ``ask(desk, *args)`` computes, and make it on Apply: a way out of overload, an overrun.

    ``say``: tells why there is none, where that is an answer and no trouble.
    """

    def opened(view: DiffView) -> None:
        dialog = ConsequencesDialog(runner, acts, times, title, view, None, "plan", parent, ask, args)
        dialog.open()
        dialog.start()

    def none(trouble: BaseException) -> None:
        if not isinstance(trouble, UserFacingError):
            raise trouble
        assert say is not None
        say(". ".join(part.rstrip(".") for part in error_words(trouble) if part) + ".")

    runner.run("reader", ask, *args, on_done=opened, on_error=none if say else None)


__all__ = ["ConsequencesDialog", "Notices", "PlanDialog", "open_diff", "save_with_consequences"]
