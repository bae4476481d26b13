"""What every tab of the composer is: fields, a foot with the one button, and text that survives everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from ...desk import templates
from ...desk.values import Directory, LetterDraft, TicketView
from .. import theme, words
from ..i18n import fill, translate
from ..widgets import Label, PrimaryButton

if TYPE_CHECKING:
    from .composer import Composer
    from .letter_box import LetterBox


class Page(QWidget):
    """One tab. The composer calls `load` for another ticket, `refresh` when the shown one changed, `submit` for
    Ctrl+Enter; `state` is what a draft keeps, empty when nothing was typed."""

    name = ""
    edited = Signal()
    left = Signal()

    def __init__(self, composer: Composer) -> None:
        super().__init__()
        self.composer = composer
        self.view: TicketView | None = None
        self.setObjectName(f"composer.{self.name}")
        u = theme.current().u
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(4 * u, 2 * u, 4 * u, 2 * u)
        self.column.setSpacing(2 * u)
        self._busy = False

    # -- to be said by each tab

    def title(self) -> str:
        raise NotImplementedError

    def fill_in(self, draft: Mapping[str, Any]) -> None:
        """Show `self.view`; `draft` holds what was typed before."""
        raise NotImplementedError

    def refresh_view(self) -> None:
        """The shown ticket changed; typed text stays."""

    def state(self) -> dict[str, Any]:
        raise NotImplementedError

    def send(self) -> None:
        """Check and start the intention, by `self.act`."""
        raise NotImplementedError

    def wipe(self) -> None:
        """Forget what was typed: it has become part of the ticket."""
        raise NotImplementedError

    def first_focus(self) -> QWidget:
        raise NotImplementedError

    def attach(self) -> None:
        """Let the person choose files, where the tab sends any."""

    def step_back(self) -> bool:
        """Esc: close what is open within the form; False when nothing is, so that the form is left."""
        return False

    # -- given to each tab

    @property
    def directory(self) -> Directory:
        return self.composer.directory

    @property
    def times(self) -> words.Times:
        return self.composer.times()

    def load(self, view: TicketView, draft: Mapping[str, Any]) -> None:
        self.view = view
        self.complain("")
        self.fill_in(draft)

    def refresh(self, view: TicketView) -> None:
        self.view = view
        self.refresh_view()

    def submit(self) -> None:
        if self.view is not None and not self._busy:
            self.complain("")
            self.send()

    def act(self, intention: Callable[..., Any], *args: Any, **named: Any) -> None:
        """Start the intention; refused, the form stays as it is and says why."""
        self._busy = True
        if self.button.hasFocus():  # a button that goes off would push the cursor out of the form
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self.button.setEnabled(False)
        self.composer.start(self, intention, args, named)

    def ended(self, trouble: str = "") -> None:
        self._busy = False
        self.button.setEnabled(True)
        if trouble:
            self.complain(trouble)

    def complain(self, text: str, where: QWidget | None = None) -> None:
        self.foot.say(text)
        if where is not None:
            where.setFocus(Qt.FocusReason.OtherFocusReason)

    def finished(self, box: LetterBox) -> LetterDraft | None:
        """The letter as it would leave, or None after saying what it lacks."""
        problem = box.problem()
        if problem:
            self.complain(problem, box.first_wrong())
            return None
        missing = templates.unfilled(box.edit.text())
        if missing:
            text = translate("Composer", "Still to fill in: %1.")
            self.complain(fill(text, ", ".join(missing)), box.edit)
            return None
        return box.draft()

    def make_foot(self, button: str, hint: str = "", icon: str | None = "send") -> None:
        """The last row: what will happen, and the button."""
        self.foot = Foot(hint)
        self.button = PrimaryButton(button, icon, "Ctrl+Return")
        self.button.setObjectName(f"composer.{self.name}.send")
        self.button.setAccessibleName(button)
        self.button.clicked.connect(self.submit)
        self.foot.row.addWidget(self.button)
        self.column.addWidget(self.foot)

    def undo_hint(self) -> str:
        seconds = self.composer.undo_seconds()
        return fill(translate("Composer", "%1 s to undo"), seconds) if seconds else ""


class Foot(QWidget):
    """A hint at the left that gives way to a complaint, then what the page adds at the right."""

    def __init__(self, hint: str = "") -> None:
        super().__init__()
        self._hint = hint
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(3 * theme.current().u)
        self.label = Label(hint, "small", "text2")
        self.label.setObjectName("composer.says")
        self.label.setWordWrap(True)
        self.row.addWidget(self.label, 1)
        self._trouble = ""
        self._wrap = False

    def set_hint(self, hint: str) -> None:
        self._hint = hint
        if not self._trouble:
            self.label.setText(hint)

    def shrink(self) -> None:
        """Other things stand in this row: the words take a line of their own, above it, when there are any."""
        self._wrap = True
        self.row.removeWidget(self.label)
        column = self.parentWidget().layout() if self.parentWidget() else None
        if isinstance(column, QVBoxLayout):
            column.insertWidget(column.indexOf(self), self.label)
        self.label.setVisible(bool(self.label.text()))

    def trouble(self) -> str:
        return self._trouble

    def say(self, trouble: str) -> None:
        self._trouble = trouble
        self.label.setText(trouble or self._hint)
        self.label.set_token("crit" if trouble else "text2")
        if self._wrap:
            self.label.setVisible(bool(self.label.text()))


class OwnFields:
    """What the ticket itself says of the fields that a promise is computed from: where it gets another value after
    something was typed, that one is newer. ``kept`` is what it said when the fields were filled in from it."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def begin(self, view: TicketView, draft: Mapping[str, Any]) -> dict[str, Any]:
        """The same, after a draft was opened that may have been written to another state of the ticket."""
        self.kept = dict(draft.get("of") or self._of(view))
        return self.newer(view, draft)

    def newer(self, view: TicketView, typed: Mapping[str, Any]) -> dict[str, Any]:
        """What it got since, all of it where nothing was typed; not what was taken over from here."""
        now = self._of(view)
        found = {name: value for name, value in now.items() if value not in (self.kept[name], typed.get(name))}
        self.kept |= found
        return found if typed else now

    @staticmethod
    def _of(view: TicketView) -> dict[str, Any]:
        return {"urgency": view.urgency, "cause": view.cause_id, "effort": view.effort or 0}
