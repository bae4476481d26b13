"""The strip over the calendar: back, today, forward, what is shown, how much of it, filter, table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from .. import theme
from ..i18n import fill, translate
from ..widgets import Button, DangerButton, ElidedLabel, Label, Panel, Segmented, ToolButton


class CalendarToolbar(Panel):
    step_wanted = Signal(int)
    today_wanted = Signal()
    span_wanted = Signal(int)  # index of day, week, two weeks
    filter_wanted = Signal()
    table_wanted = Signal()
    tray_wanted = Signal()
    emergency_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg-base", "b", parent)
        self.setObjectName("calendar.toolbar")
        u = theme.current().u
        self.back = ToolButton("chevron-left", "")
        self.back.setObjectName("calendar.back")
        self.back.clicked.connect(self._back)
        self.today = Button("", key="T")
        self.today.setObjectName("calendar.today")
        self.today.clicked.connect(self.today_wanted)
        self.forward = ToolButton("chevron-right", "")
        self.forward.setObjectName("calendar.forward")
        self.forward.clicked.connect(self._forward)
        self.heading = Label("", "strong")
        self.heading.setObjectName("calendar.title")
        self.hours = ElidedLabel("", "small", "text2")
        self.hours.setObjectName("calendar.hours")
        self.spans = Segmented(wraps=True)
        self.spans.setObjectName("calendar.spans")
        self.spans.chosen.connect(self.span_wanted)
        self.filter = Button("", "funnel")
        self.filter.setObjectName("calendar.filter")
        self.filter.clicked.connect(self.filter_wanted)
        self.table = Button("", "table")
        self.table.setObjectName("calendar.table_button")
        self.table.setCheckable(True)
        self.table.clicked.connect(self.table_wanted)
        self.tray = Button("", "inbox")
        self.tray.setObjectName("calendar.tray_button")
        self.tray.clicked.connect(self.tray_wanted)
        self.tray.hide()
        self.emergency = DangerButton("", "zap", "Ctrl+Shift+E")
        self.emergency.setObjectName("calendar.emergency_button")
        self.emergency.clicked.connect(self.emergency_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * u, 2 * u, 4 * u, 2 * u)
        row.setSpacing(2 * u)
        for widget in (self.back, self.today, self.forward):
            row.addWidget(widget)
        row.addSpacing(u)
        row.addWidget(self.heading)
        row.addWidget(self.hours, 100)
        row.addStretch(1)
        row.addSpacing(u)
        for widget in (self.spans, self.filter, self.table, self.tray, self.emergency):
            row.addWidget(widget)
        self._skill = ""
        self._waiting = 0
        self.say()

    def _back(self) -> None:
        self.step_wanted.emit(-1)

    def _forward(self) -> None:
        self.step_wanted.emit(1)

    def say(self) -> None:
        self.back.set_words(translate("Calendar", "Earlier"))
        self.forward.set_words(translate("Calendar", "Later"))
        self.today.setText(translate("Calendar", "Today"))
        self.today.setAccessibleName(translate("Calendar", "Today"))
        self.spans.set_options(
            [
                translate("Calendar", "Day"),
                translate("Calendar", "Week"),
                translate("Calendar", "2 weeks"),
                translate("Calendar", "Month"),
            ]
        )
        self.spans.setAccessibleName(translate("Calendar", "Length of time shown"))
        self.emergency.setText(translate("Calendar", "Emergency"))
        self.emergency.setAccessibleName(translate("Calendar", "Emergency re-plan"))
        self.table.setText(translate("Calendar", "Table"))
        self.table.setAccessibleName(translate("Calendar", "Plan as a table"))
        self.table.setToolTip(f"{translate('Calendar', 'Plan as a table')}  Ctrl T")
        self.set_skill(self._skill)
        self.set_waiting(self._waiting)

    def set_skill(self, name: str) -> None:
        """The skill that people are filtered by; "" for all."""
        self._skill = name
        text = name or translate("Calendar", "All skills")
        self.filter.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, 40 * theme.current().u))
        self.filter.setAccessibleName(fill(translate("Calendar", "Filter by skill: %1"), text))
        self.filter.setToolTip(f"{text}  Ctrl F")
        self.filter.updateGeometry()

    def set_waiting(self, count: int) -> None:
        """How much is unplanned; shown on the button that brings the tray back."""
        self._waiting = count
        text = fill(translate("Calendar", "Unplanned %1"), count)
        self.tray.setText(text)
        self.tray.setAccessibleName(text)
        self.tray.setToolTip(f"{text}  F9")
        self.tray.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Words give way to icons where they have no room, the dates never do.
        narrow = self.width() < 260 * theme.current().u
        self.hours.setVisible(not narrow)
        self.today.set_key("" if narrow else "T")
        self.table.set_bare(narrow)
        self.filter.set_bare(narrow)
        self.emergency.set_bare(narrow)
        self.emergency.set_key("" if narrow else "Ctrl+Shift+E")
        self.tray.set_bare(self.width() < 210 * theme.current().u)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.say()
        super().changeEvent(event)
