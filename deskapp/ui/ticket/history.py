"""The whole list of what was changed of a ticket: when, by whom, what it was and what it became."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ...desk import history
from ...desk.history import Changed
from ...desk.values import Directory
from .. import stored, theme, words
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
        "erasure": translate("History", "Erased for ever"),
    }.get(change.table, change.table.replace("_", " "))
    own = {
        ("rating", "asked_at"): translate("History", "asked on"),
        ("time_entry", "channel"): translate("History", "kind of work"),
        ("time_entry", "start_at"): translate("History", "begun"),
        ("erasure", "columns"): translate("History", "what of it"),
        ("erasure", "why"): translate("History", "why"),
    }.get((change.table, change.column))
    name = own or (column(change.column) if change.column else "")
    return ", ".join(dict.fromkeys(part for part in (table, name) if part))


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
                    stored.value(one.column, one.before, self._directory, self._times, one.table),
                    stored.value(one.column, one.after, self._directory, self._times, one.table),
                )
                for one in changes
            ]
        )
