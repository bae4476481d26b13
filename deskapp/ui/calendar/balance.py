"""The lead's view: open work against free hours by skill and by line, and what would level the load."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ...desk import loads
from ...desk.loads import Balance, BalanceRow
from ...desk.values import Directory
from .. import theme, words
from ..acts import Acts
from ..fields import Body
from ..i18n import fill, translate
from ..runner import TaskRunner
from ..widgets import Button, ElidedLabel, Label, Panel
from ..words import Times
from .month import WayButton, way_note, way_title
from .plan_dialog import open_diff


class BalanceDialog(QDialog):
    """Window-modal; keys 1 to 3 open a preview of a suggestion, Esc closes."""

    def __init__(
        self, runner: TaskRunner, acts: Acts, directory: Directory, times: Times, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runner, self._acts, self._directory, self._times = runner, acts, directory, times
        self.values: Balance | None = None
        self.setObjectName("balance")
        self.setWindowTitle(translate("Balance", "Balance of work"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        u = theme.current().u
        self.title = Label(translate("Balance", "Open work against free hours"), "title")
        self.note = ElidedLabel("", "small", "text2")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4 * u)
        self._grid.setVerticalSpacing(u)
        self._grid.setColumnStretch(0, 1)
        frame = Panel("bg-base", "tblr")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u)
        inner.addLayout(self._grid)
        self._ways = QVBoxLayout()
        self._ways.setSpacing(2 * u)
        self._body = body = Body()
        body.column.addWidget(frame)
        body.column.addLayout(self._ways)
        body.column.addStretch(1)
        close = Button(translate("Balance", "Close"), key="Esc")
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * u, 4 * u, 5 * u, 4 * u)
        column.setSpacing(2 * u)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addWidget(body, 1)
        column.addLayout(foot)
        self.resize(170 * u, 150 * u)
        runner.run("reader", loads.balance, on_done=self._show)

    def _show(self, values: Balance) -> None:
        self.values = values
        text = translate("Balance", "Until %1, everybody's bookings and absences taken off")
        self.note.setText(fill(text, self._times.day(self._times.local(values.until).date())))
        heads = (
            translate("Balance", "Skill or line"),
            translate("Balance", "People"),
            translate("Balance", "Open work"),
            translate("Balance", "Not planned"),
            translate("Balance", "Free"),
            "",
        )
        for column, head in enumerate(heads):
            self._grid.addWidget(Label(head, "caption", "text2"), 0, column)
        for place, row in enumerate(values.rows, 1):
            self._add(place, row)
        said = (
            translate("Balance", "Suggestions") if values.suggestions else translate("Balance", "No day is too full.")
        )
        self._ways.addWidget(Label(said, "strong"))
        for place, way in enumerate(values.suggestions[:3]):
            title = way_title(way, self._directory, self._times)
            button = WayButton(str(place + 1), title, way_note(way))
            button.setObjectName(f"balance.way.{place + 1}")
            button.clicked.connect(partial(self.take, place))
            self._ways.addWidget(button)
        QTimer.singleShot(0, self, self._fit)  # what was added just now is shown, and measured, by then

    def _fit(self) -> None:
        """No higher than its lines."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        inner = self._body.widget()
        over = self._body.height() - max(inner.sizeHint().height(), self._body.minimumSizeHint().height())
        if over > 0:
            self.resize(self.width(), self.height() - over)

    def _add(self, place: int, row: BalanceRow) -> None:
        name = fill(translate("Balance", "Line %1"), row.name) if row.kind == "line" else row.name
        short = row.unplanned > row.free
        self._grid.addWidget(Label(name, "body"), place, 0)
        right = Qt.AlignmentFlag.AlignRight
        for column, text in enumerate((str(row.people), *(_hours(m) for m in (row.work, row.unplanned, row.free))), 1):
            self._grid.addWidget(Label(text, "body", "crit" if short and column == 4 else "text"), place, column, right)
        said = translate("Balance", "too little room") if short else ""
        self._grid.addWidget(Label(said, "small", "crit"), place, 5)

    def take(self, place: int) -> None:
        """A suggestion, previewed first."""
        if self.values is None or place >= len(self.values.suggestions):
            return
        way = self.values.suggestions[place]
        title = way_title(way, self._directory, self._times)
        host = self.parentWidget() or self
        self.accept()
        open_diff(host, self._runner, self._acts, self._times, title, loads.relief_view, way)

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < 3 and not event.modifiers():
            self.take(place)
        else:
            super().keyPressEvent(event)


def _hours(minutes: int) -> str:
    return f"{words.hours(minutes)}{words.NBSP}{translate('Words', 'h')}"
