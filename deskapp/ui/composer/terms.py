"""What was agreed on the time of the work: not before, wanted by, in how many pieces, at the desk or on site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ...desk.values import Terms
from .. import agreed, theme, words
from ..fields import Captioned, Choice, LineField
from ..i18n import fill
from ..widgets import Label

_TYPING_PAUSE = 250  # ms after a key, before slots are computed


class TermsRow(QWidget):
    """A second row of fields, out of sight until asked for or until something is agreed. ``changed`` when slots must be
    computed anew, ``edited`` after any key."""

    changed = Signal()
    edited = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        u = theme.current().u
        self.setObjectName("composer.promise.terms_box")
        self._own = Terms()  # the ticket's
        self._terms = Terms()
        self._times: words.Times | None = None
        self.touched = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u)
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        self.not_before = LineField(agreed.name("not_before"), agreed.hint())
        self.wanted = LineField(agreed.name("wanted"), agreed.hint())
        self.pieces = Choice()
        self.travel = Choice()
        for field, control, least, most in (
            ("not_before", self.not_before, 30, 42),
            ("wanted", self.wanted, 30, 42),
            ("pieces", self.pieces, 28, 42),
            ("travel", self.travel, 28, 46),
        ):
            control.setObjectName(f"composer.promise.{field}")
            control.setAccessibleName(agreed.name(field))
            control.setMinimumWidth(least * u)
            control.setMaximumWidth(most * u)
            control.setMinimumHeight(7 * u)
            row.addWidget(Captioned(agreed.name(field), control), most)
        row.addStretch(1)
        column.addLayout(row)
        self._says = Label("", "small", "text2")
        self._says.setObjectName("composer.promise.terms_says")
        self._says.setWordWrap(True)
        self._says.hide()
        column.addWidget(self._says)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE)
        self._pause.timeout.connect(self.changed)
        for line in (self.not_before, self.wanted):
            line.textEdited.connect(self._typed)
            line.left.connect(self.left)
        for choice in (self.pieces, self.travel):
            choice.activated.connect(self._chosen)

    def controls(self) -> tuple[QWidget, ...]:
        return self.not_before, self.wanted, self.pieces, self.travel

    # -- what it shows

    def set_terms(self, terms: Terms, times: words.Times) -> None:
        """The ticket's own, shown without telling."""
        self._own = self._terms = terms
        self._times = times
        self.touched = False
        self._show()

    def _show(self) -> None:
        times, terms = self._times, self._terms
        assert times is not None
        self.not_before.setText(agreed.typed(terms.not_before, times))
        self.wanted.setText(agreed.typed(terms.wanted, times, terms.wanted_is_day))
        _fill(
            self.pieces,
            [None, agreed.WHOLE, *sorted({*agreed.PIECES, *([terms.piece] if terms.piece else [])})],
            lambda data: agreed.pieces(_of_pieces(Terms(), data)),
            agreed.WHOLE if terms.whole else terms.piece,
        )
        ways = sorted({*agreed.WAYS, *([terms.travel] if terms.travel else [])})
        _fill(self.travel, [None, *ways], agreed.travel, terms.travel)
        self.setVisible(self.touched or terms != Terms())
        self._say()

    def restore(self, draft: Mapping[str, Any]) -> None:
        """What a draft has kept in place of the ticket's own."""
        kept = draft.get("terms")
        if not kept:
            return
        self._terms = Terms(
            not_before=_moment(kept.get("not_before")),
            wanted=_moment(kept.get("wanted")),
            wanted_is_day=bool(kept.get("wanted_is_day")),
            whole=bool(kept.get("whole")),
            piece=kept.get("piece"),
            travel=kept.get("travel"),
        )
        self.touched = True
        self._show()

    def state(self) -> dict[str, Any]:
        """For a draft: nothing while it is the ticket's own."""
        if not self.touched:
            return {}
        terms = self._terms
        return {
            "terms": {
                "not_before": terms.not_before.isoformat() if terms.not_before else None,
                "wanted": terms.wanted.isoformat() if terms.wanted else None,
                "wanted_is_day": terms.wanted_is_day,
                "whole": terms.whole,
                "piece": terms.piece,
                "travel": terms.travel,
            }
        }

    def terms(self) -> Terms | None:
        """What a person has set here; None while it is the ticket's own."""
        return self._terms if self.touched else None

    def wrong(self) -> QWidget | None:
        """The line that means no moment."""
        for line, at in ((self.not_before, self._terms.not_before), (self.wanted, self._terms.wanted)):
            if line.text().strip() and at is None:
                return line
        return None

    def open(self) -> None:
        self.show()
        self.not_before.setFocus()

    # -- what a person does

    def _typed(self) -> None:
        times = self._times
        assert times is not None
        self.touched = True
        before = self._terms
        held = self._read(self.not_before, self._own.not_before)
        wanted = self._read(self.wanted, self._own.wanted, self._own.wanted_is_day)
        self._terms = replace(
            self._terms,
            not_before=held.at if held else None,
            wanted=wanted.at if wanted else None,
            wanted_is_day=bool(wanted and wanted.is_day),
        )
        self._say()
        self.edited.emit()
        if self._terms != before:
            self._pause.start()

    def _read(self, line: LineField, own: datetime | None, is_day: bool = False) -> agreed.Typed | None:
        """What a line means; the ticket's own moment stays it, also when it has passed."""
        assert self._times is not None
        text = line.text().strip()
        if own is not None and text == agreed.typed(own, self._times, is_day):
            return agreed.Typed(own, is_day)
        found = agreed.parse(text, self._times) if text else None
        if found is not None and line is self.not_before and found.is_day:
            return agreed.Typed(found.at, False)  # from the beginning of that day on
        return found

    def _chosen(self, _index: int) -> None:
        self.touched = True
        terms = _of_pieces(self._terms, self.pieces.currentData())
        self._terms = replace(terms, travel=self.travel.currentData())
        self._say()
        self.edited.emit()
        self.changed.emit()

    def _say(self) -> None:
        assert self._times is not None
        wrong = self.wrong()
        if isinstance(wrong, LineField):
            text = fill(self.tr("%1: no moment ahead. Write it as thu 10:00 or 12.11."), wrong.accessibleName())
        else:
            text = agreed.summary(self._terms, self._times)
        self._says.set_token("high" if wrong is not None else "text2")
        self._says.setText(text)
        self._says.setVisible(bool(text))


def _fill(choice: Choice, entries: list[Any], shown: Any, chosen: Any) -> None:
    choice.blockSignals(True)
    choice.clear()
    for data in entries:
        choice.addItem(shown(data), data)
    choice.setCurrentIndex(entries.index(chosen))
    choice.blockSignals(False)


def _of_pieces(terms: Terms, data: int | None) -> Terms:
    return replace(terms, whole=data == agreed.WHOLE, piece=None if data == agreed.WHOLE else data)


def _moment(stored: Any) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
