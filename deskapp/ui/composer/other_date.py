"""A date beside the calendar: written in words, with the reason why the calendar was not asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ...desk import when
from .. import theme, words
from ..fields import LineField
from ..i18n import fill
from ..widgets import Label


class OtherDate(QWidget):
    """Date, reason, and a line that says what is meant and what the date passes over.

    ``date`` is the instant that is written, None while there is none ahead. ``typed`` after each key in the date,
    ``edited`` after any key.
    """

    typed = Signal()
    edited = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        u = theme.current().u
        self.setObjectName("composer.promise.other_box")
        self.date: datetime | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u)
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        self.words = LineField(self.tr("Other date"), self.tr("fri 17:00, 12.11 15:00"))
        self.words.setObjectName("composer.promise.other.date")
        self.words.setFixedWidth(40 * u)
        self.reason = LineField(
            self.tr("Reason for this date"), self.tr("Why not by the calendar: for colleagues only")
        )
        self.reason.setObjectName("composer.promise.other.reason")
        row.addWidget(self.words)
        row.addWidget(self.reason, 1)
        column.addLayout(row)
        self._says = Label("", "small", "high")
        self._says.setWordWrap(True)
        column.addWidget(self._says)
        self.words.textEdited.connect(self.typed)
        self.words.textEdited.connect(self.edited)
        self.reason.textEdited.connect(self.edited)
        for field in (self.words, self.reason):
            field.left.connect(self.left)

    def given(self) -> bool:
        """Whether something is written, in whichever of the two fields."""
        return bool(self.words.text().strip() or self.reason.text().strip())

    def state(self) -> dict[str, Any]:
        return {"other": self.words.text(), "why": self.reason.text()} if self.given() else {}

    def restore(self, draft: Mapping[str, Any]) -> None:
        self.words.setText(str(draft.get("other", "")))
        self.reason.setText(str(draft.get("why", "")))
        self.setVisible(self.given())

    def close_(self) -> None:
        """Empty and out of sight."""
        self.date = None
        self.words.clear()
        self.reason.clear()
        self.hide()

    def open(self) -> None:
        self.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self, times: words.Times, earliest: datetime | None) -> None:
        """Understand what is written. ``earliest``: what the calendar would give."""
        text = self.words.text().strip()
        found = when.parse(text, times.now, times.zone) if text else None
        self.date = found.until if found else None
        said = []
        if text:
            said.append(times.moment_full(self.date) if self.date else self.tr("This is no date ahead."))
        if earliest is not None:
            sentence = self.tr("By the calendar the earliest is %1; this date looks at nobody's load.")
            said.append(fill(sentence, times.moment(earliest)))
        self._says.setText(". ".join(said))
