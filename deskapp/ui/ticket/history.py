"""The whole list of what was changed of a ticket: when, by whom, what it was and what it became."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ...core.clock import from_ms
from ...desk import history
from ...desk.history import Changed
from ...desk.values import Directory
from .. import letterwords, theme, words
from ..columns import column
from ..i18n import translate
from ..readtable import ReadTable
from ..runner import TaskRunner


def what(change: Changed) -> str:
    """What was changed, in words; a name of the table where there are none."""
    table = {
        "ticket": "",
        "promise": translate("History", "Promise"),
        "booking": translate("History", "Plan"),
        "note": translate("History", "Protocol"),
        "time_entry": translate("History", "Time"),
        "escalation": translate("History", "Hand-over"),
        "follower": translate("History", "Follower"),
        "message": translate("History", "Letter"),
        "outgoing": translate("History", "Sending"),
        "attachment": translate("History", "File"),
        "reminder": translate("History", "Reminder"),
        "visit": translate("History", "Visit"),
        "rating": translate("History", "Rating"),
        "part_reservation": translate("History", "Spare part"),
        "stock_movement": translate("History", "Spare part"),
    }.get(change.table, change.table.replace("_", " "))
    return ", ".join(part for part in (table, column(change.column)) if part)


def value_words(change: Changed, value: Any, directory: Directory, times: words.Times) -> str:
    """A stored value as people read it."""
    column = change.column
    if value in (None, ""):
        return ""
    if isinstance(value, int) and (column.endswith(("_at", "_until")) or column == "at"):
        return times.moment(from_ms(value))
    if column in ("owner_id", "specialist_id", "from_id", "to_id", "made_by", "answered_by"):
        return directory.people[value].name if value in directory.people else str(value)
    if column == "cause_id":
        return directory.cause(value) or str(value)
    for choices, name in ((directory.zones, "zone_id"), (directory.skills, "skill_id")):
        if column == name:
            return next((one.name for one in choices if one.id == value), str(value))
    if column == "status":
        return words.status(value)
    if column == "urgency" and isinstance(value, int):
        return words.urgency(value)
    if (
        column in ("effort", "minutes", "margin", "piece_minutes", "travel_minutes")
        and isinstance(value, int)
        and value > 0
    ):
        return words.duration(value)
    if column == "number" and isinstance(value, int):
        return words.number(value)
    if column == "kind":
        if change.table == "note":
            return words.note_kind(value)
        return letterwords.chip(str(value)) or str(value)
    return " ".join(str(value).split())


class HistoryDialog(QDialog):
    """A window beside the work: it may stay open. Typing narrows the list."""

    def __init__(
        self,
        parent: QWidget,
        runner: TaskRunner,
        ticket_id: str,
        title: str,
        directory: Directory,
        times: words.Times,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("ticket.history")
        self.setWindowTitle(title)
        u = theme.current().u
        self.resize(230 * u, 140 * u)
        column = QVBoxLayout(self)
        column.setSpacing(2 * u)
        self.line = QLineEdit()
        self.line.setObjectName("ticket.history.filter")
        self.line.setPlaceholderText(translate("History", "Find in the list"))
        self.line.setAccessibleName(translate("History", "Find in the list"))
        self.line.setMinimumHeight(7 * u)
        column.addWidget(self.line)
        self._directory, self._times = directory, times
        self.table = ReadTable(
            "ticket.history.table",
            title,
            [
                (translate("History", "When"), 34),
                (translate("History", "Who"), 40),
                (translate("History", "What"), 48),
                (translate("History", "Before"), 48),
                (translate("History", "After"), -48),
            ],
        )
        self.line.textChanged.connect(self.table.narrow)
        column.addWidget(self.table, 1)
        self.line.setFocus()
        runner.run("reader", history.read, ticket_id, on_done=self._read, key="ticket.history")

    def _read(self, changes: tuple[Changed, ...]) -> None:
        people, away, nobody = (
            self._directory.people,
            translate("History", "taken away"),
            translate("History", "by itself"),
        )
        self.table.set_cells(
            [
                (
                    f"{self._times.local(one.at):%d.%m.%Y  %H:%M}",
                    people[one.author_id].name if one.author_id in people else nobody,
                    what(one) + (f" ({away})" if one.op == "D" else ""),
                    value_words(one, one.before, self._directory, self._times),
                    value_words(one, one.after, self._directory, self._times),
                )
                for one in changes
            ]
        )
