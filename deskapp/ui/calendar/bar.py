"""The preview bar: what a change of plan would do, and the three ways on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ...planning.values import PlanDiff
from .. import access, theme, words
from ..i18n import fill, translate
from ..widgets import Button, Chip, ElidedLabel, Panel, PrimaryButton
from .preview import Held, others, own_moves

_TITLE_WIDTH = 64  # of u


def bar_chips(diff: PlanDiff, held: Held) -> list[tuple[str, str, str]]:
    """(text, colour family, icon) of what the diff does; each piece of work is counted once."""
    chips: list[tuple[str, str, str]] = []
    own = {move.busy.ticket_id or move.busy.id for move in own_moves(diff, held)}
    placed = len({ticket for ticket, _, _ in diff.assigned}) or len(own) or bool(diff.copies)
    if placed:
        chips.append((translate("Calendar", "Assigned %n", None, placed), "ok", "check"))
    moved = others(diff.moved, held)
    if moved:
        chips.append((translate("Calendar", "Moved %n within slack", None, len(moved)), "norm", "arrow-right"))
    reassigned = others(diff.reassigned, held)
    if reassigned:
        chips.append((translate("Calendar", "Reassigned %n", None, len(reassigned)), "esc", "arrow-left-right"))
    if diff.broken:
        worst: dict[str, tuple[int | None, int]] = {}
        for move in diff.broken:
            key = move.busy.ticket_id or move.busy.id
            worst[key] = max(worst.get(key, (move.busy.number, 0)), (move.busy.number, move.late), key=lambda w: w[1])
        text = translate("Calendar", "Promises broken %n", None, len(worst))
        named = [
            fill(translate("Calendar", "%1 by %2", "ticket, lateness"), words.number(n), words.working_duration(late))
            for n, late in list(worst.values())[:3]
        ]
        if len(worst) > len(named):
            named.append("…")
        chips.append(
            (fill(translate("Calendar", "%1: %2", "count, which"), text, ", ".join(named)), "crit", "triangle-alert")
        )
    if diff.wont_fit:
        count = len(set(diff.wont_fit))
        chips.append((translate("Calendar", "Won't fit %n", None, count), "high", "ban"))
    return chips


class _ChipRow(QWidget):
    """Chips side by side in the middle of the height; they wrap where they must."""

    def __init__(self) -> None:
        super().__init__()
        self._chips: list[Chip] = []

    def set_chips(self, chips: list[tuple[str, str, str]]) -> None:
        for old in self._chips:
            old.hide()
            old.deleteLater()
        self._chips = [Chip(text, token, icon or None, parent=self) for text, token, icon in chips]
        for chip in self._chips:
            chip.show()
        self._settle()

    def texts(self) -> list[str]:
        return [chip.text() for chip in self._chips]

    def wanted_width(self) -> int:
        """Width of all chips in one line."""
        return sum(chip.sizeHint().width() + 2 * theme.current().u for chip in self._chips)

    def _settle(self) -> None:
        gap = theme.current().u
        x = y = line = 0
        places: list[QPoint] = []
        for chip in self._chips:
            size = chip.sizeHint()
            if x and x + size.width() > self.width():
                x, y = 0, y + line + gap
            places.append(QPoint(x, y))
            chip.resize(min(size.width(), max(1, self.width())), size.height())
            x, line = x + size.width() + 2 * gap, size.height()
        needed = y + line
        self.setMinimumHeight(needed)
        top = max(0, (self.height() - needed) // 2)
        for chip, place in zip(self._chips, places, strict=True):
            chip.move(place + QPoint(0, top))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()


class PreviewBar(Panel):
    """Shown while a change of plan is only proposed."""

    find_wanted = Signal()
    cancel_wanted = Signal()
    apply_wanted = Signal()
    anyway_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("accent-bg", "", parent)
        self.setObjectName("preview.bar")
        self.setProperty("scope", "calendar")
        u = theme.current().u
        self.heading = ElidedLabel("", "strong")
        self.heading.setObjectName("preview.title")
        self.when = ElidedLabel("", "small", "text2")
        self.when.setObjectName("preview.when")
        left = QWidget()
        left.setFixedWidth(_TITLE_WIDTH * u)
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.heading)
        lines.addWidget(self.when)
        self.chips = _ChipRow()
        self.chips.setObjectName("preview.chips")
        self.find = Button("", key="Space")
        self.find.setObjectName("preview.find")
        self.find.clicked.connect(self.find_wanted)
        self.cancel = Button("", key="Esc")
        self.cancel.setObjectName("preview.cancel")
        self.cancel.clicked.connect(self.cancel_wanted)
        self.apply = PrimaryButton("", key="Return")
        self.apply.setObjectName("preview.apply")
        self.apply.clicked.connect(self.apply_wanted)
        self.anyway = Button("")
        self.anyway.setObjectName("preview.anyway")
        self.anyway.clicked.connect(self.anyway_wanted)
        self.anyway.hide()
        self._row = QHBoxLayout()
        self._row.setSpacing(3 * u)
        self._row.addWidget(left)
        self._row.addWidget(self.chips, 1)
        self._row.addStretch(0)
        for button in (self.anyway, self.find, self.cancel, self.apply):
            self._row.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4 * u, 2 * u + 2, 4 * u, 2 * u)
        self._column.setSpacing(2 * u)
        self._column.addLayout(self._row)
        self._below = False
        self.say()

    def say(self) -> None:
        for button, text in (
            (self.anyway, translate("Calendar", "Place anyway")),
            (self.find, translate("Calendar", "Find without breaks")),
            (self.cancel, translate("Calendar", "Cancel")),
            (self.apply, translate("Calendar", "Apply")),
        ):
            button.setText(text)
            button.setAccessibleName(text)
            button.updateGeometry()
        self.setAccessibleName(translate("Calendar", "Preview of the change"))

    def show_diff(
        self,
        title: str,
        when: str,
        diff: PlanDiff | None,
        held: Held,
        note: str = "",
        anyway: bool = False,
        find: bool = True,
        said: Sequence[tuple[str, str, str]] = (),
    ) -> None:
        """Without a diff it is still being counted: the last chips go, nothing can be applied yet. ``said``: chips
        (text, colour family, icon) of why it lies there, and of what has happened to the plan meanwhile."""
        self.heading.setText(title)
        self.when.setText(when)
        parts = [] if diff is None else bar_chips(diff, held)
        if note:
            parts.append((note, "low", ""))
        parts += said
        self.chips.set_chips(parts)
        self.anyway.setVisible(anyway)
        self.find.setVisible(find)
        self._arrange()
        something = diff is not None and (diff.assigned or diff.moved or diff.reassigned or diff.broken or diff.copies)
        self.apply.setEnabled(bool(something))
        told = ". ".join(one for one in [title, when, *(text for text, _, _ in parts)] if one)
        if diff is not None and told != self.accessibleDescription():
            access.say(self, told)  # the focus stays with the block that is being moved
        self.setAccessibleDescription(told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The chips stand beside the buttons, or below them where these leave too little room."""
        buttons = [b for b in (self.anyway, self.find, self.cancel, self.apply) if not b.isHidden()]
        taken = sum(button.sizeHint().width() + self._row.spacing() for button in buttons)
        below = self.chips.wanted_width() > self.width() - taken - _TITLE_WIDTH * theme.current().u - 60
        if below == self._below:
            return
        self._below = below
        if below:
            self._row.removeWidget(self.chips)
            self._column.addWidget(self.chips)
            self._row.setStretch(1, 1)
        else:
            self._column.removeWidget(self.chips)
            self._row.insertWidget(1, self.chips, 1)
            self._row.setStretch(2, 0)

    def texts(self) -> list[str]:
        """The words of the chips, in order."""
        return self.chips.texts()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.say()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QPainter(self).fillRect(0, 0, self.width(), 2, theme.current().color("accent"))
