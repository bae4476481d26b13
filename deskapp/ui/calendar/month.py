"""The month: how full the days are, what could be promised today, what is on a day and how to get it off there."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ...desk import loads
from ...desk.loads import DayDetail, DayItem, MonthView
from ...desk.values import Directory, Person
from ...planning.relief import Relief
from .. import i18n, theme, words
from ..acts import Acts
from ..buttons import EnterPresses
from ..fields import Body
from ..i18n import fill, translate
from ..panes import DRAWER_BELOW, scaled
from ..runner import TaskRunner
from ..style import control_frame
from ..widgets import (
    Avatar,
    Chip,
    ElidedLabel,
    Label,
    Line,
    LinkButton,
    Panel,
    Segmented,
    UrgencyGlyph,
    key_cap_size,
    paint_key_cap,
)
from ..words import Times
from . import texts
from .month_grid import MonthGrid
from .painting import Look, wrapped
from .plan_dialog import open_diff

_SIDE = 63  # of u


class HeatLegend(QWidget):
    """What the colours of the cells mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.update)

    def _entries(self) -> list[tuple[str, str]]:
        return [
            ("l0", translate("Month", "up to 25")),
            ("l1", f"26{words.EN_DASH}60"),
            ("l2", f"61{words.EN_DASH}85"),
            ("l3", f"86{words.EN_DASH}94"),
            ("l4", f"95{words.EN_DASH}100"),
            ("l5", translate("Month", "over 100")),
        ]

    def sizeHint(self) -> QSize:
        look, u = Look(), theme.current().u
        return QSize(int(sum(8 * u + look.width(look.caption, text) for _token, text in self._entries())), 5 * u)

    def minimumSizeHint(self) -> QSize:
        return QSize(20, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, u = Look(), theme.current().u
        painter = QPainter(self)
        x = 0.0
        for token, text in self._entries():
            width = look.width(look.caption, text)
            if x + 5 * u + width > self.width():
                break
            painter.setPen(QPen(look.color("line"), 1))
            painter.setBrush(look.color(token))
            painter.drawRect(int(x), self.height() // 2 - 5, 4 * u - 2, 10)
            painter.setFont(look.caption)
            painter.setPen(look.color("text2"))
            painter.drawText(int(x + 5 * u), 0, int(width) + 2, self.height(), Qt.AlignmentFlag.AlignVCenter, text)
            x += 8 * u + width


class Answers(Panel):
    """What could we promise today: skill by effort."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg-base", "tblr", parent)
        self.setObjectName("month.answers")
        u = theme.current().u
        self.title = Label("", "strong")
        self.note = ElidedLabel("", "small", "text2")
        head = QHBoxLayout()
        head.setSpacing(2 * u)
        head.addWidget(self.title)
        head.addWidget(self.note, 1)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4 * u)
        self._grid.setVerticalSpacing(u // 2)
        for column, stretch in enumerate((3, 4, 4, 4, 4)):
            self._grid.setColumnStretch(column, stretch)
        inner = QWidget()
        inner.setLayout(self._grid)
        self._inner = inner
        inner.installEventFilter(self)
        self._body = Body()
        self._body.column.addWidget(inner)
        self._body.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * u, 2 * u, 4 * u, u)
        column.setSpacing(u)
        column.addLayout(head)
        column.addWidget(self._body, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        u = theme.current().u
        return QSize(200, 5 * u + self.title.sizeHint().height() + self._inner.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 30 * theme.current().u)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # new rows are measured once they are shown; the scroll area keeps it to itself
        return super().eventFilter(watched, event)

    def show_view(self, view: MonthView, directory: Directory, times: Times) -> None:
        self.title.setText(translate("Month", "What could we promise today?"))
        text = translate("Month", "earliest finish with a margin of %1, nobody is pushed")
        self.note.setText(fill(text, words.duration(view.margin)))
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        heads = [translate("Month", "Skill"), translate("Month", "Best person")]
        heads += [fill(translate("Month", "%1 of work"), words.duration(minutes)) for minutes in loads.EFFORTS]
        for column, text in enumerate(heads):
            self._grid.addWidget(ElidedLabel(text, "caption", "text2"), 0, column)
        for row, answer in enumerate(view.answers, 1):
            person = directory.people.get(answer.person_id)
            self._grid.addWidget(Line(), 2 * row - 1, 0, 1, 5)
            self._grid.addWidget(ElidedLabel(answer.skill.name, "small"), 2 * row, 0)
            self._grid.addWidget(_named(person), 2 * row, 1)
            for place, (at, far) in enumerate(answer.dates):
                text = times.moment(at) if at is not None else translate("Month", "no room yet")
                self._grid.addWidget(ElidedLabel(text, "small", "high" if far else "text"), 2 * row, place + 2)
        self._inner.updateGeometry()
        self.updateGeometry()


def _named(person: Person | None) -> QWidget:
    """Initials and name; a dash for nobody."""
    u = theme.current().u
    cell = QWidget()
    row = QHBoxLayout(cell)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2 * u)
    if person is not None:
        row.addWidget(Avatar(person.initials, person.id, 4 * u))
    row.addWidget(ElidedLabel(person.name if person else words.EN_DASH, "small"), 1)
    return cell


class DayPanel(Panel):
    """The chosen cell: what is planned, ways out (keys 1 to 3), all overloaded days."""

    way_wanted = Signal(object)
    ticket_wanted = Signal(str)
    cell_wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg-window", "l", parent)
        self.setObjectName("month.day")
        u = theme.current().u
        self.setFixedWidth(_SIDE * u)
        self.avatar = Avatar("", "", 7 * u)
        self.name = ElidedLabel("", "body")
        self.name.setObjectName("month.day.name")
        self.when = ElidedLabel("", "small", "text2")
        head = QHBoxLayout()
        head.setSpacing(2 * u)
        head.addWidget(self.avatar)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.name)
        lines.addWidget(self.when)
        head.addLayout(lines, 1)
        self.load = ElidedLabel("", "title")
        self.load.setObjectName("month.day.load")
        self.over = Chip("", "crit", "triangle-alert")
        self.over.setObjectName("month.day.over")
        figures = QHBoxLayout()
        figures.setSpacing(2 * u)
        figures.addWidget(self.load, 1)
        figures.addWidget(self.over)
        self._body = Body()
        self._list = QVBoxLayout()
        self._list.setSpacing(2 * u)
        self._body.column.addLayout(self._list)
        self._body.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u)
        column.setSpacing(3 * u)
        column.addLayout(head)
        column.addLayout(figures)
        column.addWidget(self._body, 1)
        self.ways: tuple[Relief, ...] = ()
        self._titles: list[str] = []

    def show_day(self, detail: DayDetail, month: MonthView, directory: Directory, times: Times) -> None:
        self.avatar.set_person(detail.person.initials, detail.person.id)
        self.name.setText(detail.person.name)
        self.when.setText(words.date_long(detail.day))
        told = texts.load(detail.load.booked, detail.load.working)
        if detail.load.reserve:
            told = f"{told}, {texts.kept_free(detail.load.reserve)}"
        self.load.setText(told)
        over = detail.load.booked - detail.load.working
        self.over.setVisible(over > 0)
        if over > 0:
            self.over.set(fill(translate("Month", "over by %1"), words.short_duration(over)), "crit", "triangle-alert")
        self._clear(self._list)
        self.ways = detail.ways
        self._heading(translate("Month", "Planned"))
        for item in detail.items:
            self._list.addWidget(self._item(item))
        if not detail.items:
            self._list.addWidget(Label(translate("Month", "Nothing yet."), "small", "text2"))
        if detail.ways:
            self._heading(translate("Month", "Ways out, nobody breaks"))
            self._titles = [way_title(way, directory, times) for way in detail.ways]
            for place, way in enumerate(detail.ways):
                self._list.addWidget(self._way(place, way))
            self._said_below(translate("Month", "Each choice opens a preview first."), "text2")
        elif over > 0:
            self._said_below(translate("Month", "No way out without breaking a promise."), "high")
        if month.overloaded:
            self._heading(translate("Month", "Overloaded days"))
            for person_id, day, minutes in month.overloaded[:8]:
                self._list.addWidget(self._overload(directory.people.get(person_id), day, minutes))

    def title_of(self, place: int) -> str:
        return self._titles[place]

    def _clear(self, layout: QVBoxLayout) -> None:
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _heading(self, text: str) -> None:
        self._list.addWidget(Label(text, "small", "text2"))

    def _said_below(self, text: str, token: str) -> None:
        label = Label(text, "small", token)
        label.setWordWrap(True)
        self._list.addWidget(label)

    def _item(self, item: DayItem) -> QWidget:
        u = theme.current().u
        card = Panel("bg-base", "tblr")
        row = QGridLayout(card)
        row.setContentsMargins(2 * u, u, 2 * u, u)
        row.setHorizontalSpacing(2 * u)
        row.setVerticalSpacing(0)
        row.addWidget(UrgencyGlyph(item.urgency, 3 * u), 0, 0)
        row.addWidget(ElidedLabel(f"{words.number(item.number)}  {item.customer}", "small"), 0, 1)
        row.addWidget(Label(words.duration(item.minutes), "small"), 0, 2)
        if item.slack is None:
            text, token = translate("Month", "no promise yet"), "text2"
            if item.promised:
                text = translate("Calendar", "Done")
        else:
            text, token = words.slack(item.slack), "high" if item.slack < 120 else "text2"
        row.addWidget(ElidedLabel(text, "caption", token), 1, 1, 1, 2)
        row.setColumnStretch(1, 1)
        return card

    def _overload(self, person: Person | None, day: date, minutes: int) -> QWidget:
        """A day that is too full: whose, which, by how much."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * theme.current().u)
        over = f"+{words.duration(minutes)}"
        link = LinkButton(words.date_short(day), "small")
        link.setAccessibleName(f"{person.short if person else ''}, {words.date_short(day)}, {over}")
        if person is not None:
            row.addWidget(Avatar(person.initials, person.id, 4 * theme.current().u))
            link.clicked.connect(partial(self.cell_wanted.emit, person.id, day))
            line.setToolTip(person.name)
        row.addWidget(link)
        row.addStretch(1)
        row.addWidget(Label(over, "small", "crit"))
        return line

    def _way(self, place: int, way: Relief) -> QWidget:
        button = WayButton(str(place + 1), self._titles[place], way_note(way))
        button.setObjectName(f"month.way.{place + 1}")
        button.clicked.connect(partial(self.way_wanted.emit, place))
        return button


class WayButton(EnterPresses, QAbstractButton):
    """A way out: what is done, in two lines where one is too short for it, and what it costs; its key at the right."""

    def __init__(self, key: str, title: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._title, self._note = key, title, note
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{title}. {note}")
        self.setToolTip(f"{title}\n{note}")

    def sizeHint(self) -> QSize:
        lines = len(self._lines(self.width()))
        height = 11 * theme.current().u
        return QSize(100, height + (lines - 1) * QFontMetrics(theme.current().font("small")).height())

    def _lines(self, width: int) -> tuple[str, ...]:
        font = theme.current().font("small")
        room = width - 5 * theme.current().u - key_cap_size(self._key).width()
        if QFontMetrics(font).horizontalAdvance(self._title) <= room:
            return (self._title,)
        return wrapped(self._title, font.toString(), room, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, u = theme.current(), theme.current().u
        painter = QPainter(self)
        control_frame(painter, self.rect(), "bg-hover" if self.underMouse() else "bg-base", "line-ctl")
        size = key_cap_size(self._key)
        area = self.rect().adjusted(2 * u, u, -2 * u, -u)
        cap = QRect(area.right() - size.width(), area.center().y() - size.height() // 2, size.width(), size.height())
        paint_key_cap(painter, cap, self._key)
        width = cap.left() - area.left() - u
        texts = [(text, "small", "text") for text in self._lines(self.width())] + [(self._note, "caption", "text2")]
        part = area.height() // len(texts)
        for place, (text, role, token) in enumerate(texts):
            painter.setFont(look.font(role))
            painter.setPen(look.color(token))
            line = QRect(area.left(), area.top() + place * part, width, part)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def way_title(way: Relief, directory: Directory, times: Times) -> str:
    """ "Move #4081 to Wed 18 Nov", "Give #4081 to Svetlana Kim", "Split #4074: 2 h on Thu 19 Nov"."""
    number = words.number(way.busy.number)
    day = words.date_short(times.local(way.start).date())
    if way.code == "give":
        person = directory.people.get(way.person_id)
        return fill(translate("Month", "Give %1 to %2"), number, person.name if person else "")
    if way.code == "split":
        return fill(translate("Month", "Split %1: %2 on %3"), number, words.short_duration(way.minutes), day)
    return fill(translate("Month", "Move %1 to %2"), number, day)


def way_note(way: Relief) -> str:
    """What it costs."""
    if way.code == "give":
        return fill(translate("Month", "%1 free that day"), words.duration(way.free))
    if way.slack_before is None or way.slack_after is None:
        return translate("Month", "no promise yet")
    text = translate("Month", "slack %1 becomes %2")
    return fill(text, words.working_duration(way.slack_before), words.working_duration(way.slack_after))


class MonthPage(QWidget):
    """`told`: title and note for the toolbar. `day_wanted` opens a day, `ticket_wanted` a ticket."""

    told = Signal(str, str)
    day_wanted = Signal(object)

    def __init__(self, runner: TaskRunner, acts: Acts, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("month")
        self._runner, self._acts, self._host = runner, acts, host
        self._of: date | None = None
        self._view: MonthView | None = None
        self._directory: Directory | None = None
        self._times: Times | None = None
        self._said: tuple[object, ...] = ()
        u = theme.current().u
        self.grid = MonthGrid()
        self.grid.key_handler = self._key
        self.grid.chosen.connect(self._chosen)
        self.grid.day_wanted.connect(self.day_wanted)
        self.legend = HeatLegend()
        self.figures = Segmented()
        self.figures.setObjectName("month.figures")
        self.figures.chosen.connect(self._figures_chosen)
        self.hint = Label("", "small", "text2")
        strip = QHBoxLayout()
        strip.setContentsMargins(4 * u, u, 4 * u, u)
        strip.setSpacing(4 * u)
        strip.addWidget(self.legend, 1)
        strip.addWidget(self.hint)
        strip.addWidget(self.figures)
        self.answers = Answers()
        lower = QHBoxLayout()
        lower.setContentsMargins(4 * u, 0, 4 * u, 3 * u)
        lower.addWidget(self.answers)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(u)
        left.addWidget(self.grid, 1)
        left.addLayout(strip)
        left.addLayout(lower)
        left.addStretch()
        self.side = DayPanel()
        self.side.way_wanted.connect(self.take_way)
        self.side.cell_wanted.connect(self.go_to_cell)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.side)
        self.setFocusProxy(self.grid)

    # -- what is shown

    def show_month(self, of: date, directory: Directory, times: Times) -> None:
        self._of, self._directory, self._times = of, directory, times
        self.reload()

    def month(self) -> date | None:
        return self._of

    def reload(self) -> None:
        if self._of is not None:
            self._runner.run("reader", loads.month, self._of, on_done=self._show, key="calendar.month")

    def step(self, steps: int) -> None:
        """Earlier or later by months."""
        if self._of is None:
            return
        first = self._of.replace(day=1)
        self._of = (first + timedelta(days=32)).replace(day=1) if steps > 0 else first - timedelta(days=1)
        self.reload()

    def _show(self, view: MonthView) -> None:
        if self._directory is None or self._times is None:
            return
        self._view = view
        name = words.month(view.first)
        working = translate("Month", "%n working day(s), %1 h a person", None, view.working_days)
        self.told.emit(name, fill(working, words.hours(view.minutes)))
        said = (view, self._directory, self._times.zone, self._times.today(), i18n.language())
        if said == self._said:  # some hundred cells say the same as before
            self._choose_current()
            return
        self._said = said
        self.figures.set_options([translate("Month", "% of day"), translate("Month", "Free hours")])
        self.figures.setAccessibleName(translate("Month", "What the cells show"))
        self.hint.setText(translate("Month", "Arrows move, Enter opens the day"))
        self.grid.describe(name)
        me = self._directory.me.id if self._directory.me is not None else ""
        self.grid.show_view(view, self._times, me)
        self.answers.show_view(view, self._directory, self._times)

    def _choose_current(self) -> None:
        index = self.grid.currentIndex()
        row, day = self.grid.cells.row_of(index.row()), self.grid.cells.day_of(index.column())
        if row is not None and day is not None:
            self._chosen(row.person.id, day)

    def _figures_chosen(self, index: int) -> None:
        self.grid.cells.set_hours(index == 1)

    def _chosen(self, person_id: str, day: date) -> None:
        self._runner.run("reader", loads.day, person_id, day, on_done=self._show_day, key="calendar.month.day")

    def _show_day(self, detail: DayDetail) -> None:
        if self._view is not None and self._directory is not None and self._times is not None:
            self.side.show_day(detail, self._view, self._directory, self._times)

    def go_to_cell(self, person_id: str, day: date) -> None:
        """The cell of a person's day."""
        view = self._view
        if view is None or not view.days[0] <= day <= view.days[-1]:
            return
        row = next((i for i, one in enumerate(view.rows) if one.person.id == person_id), 0)
        self.grid.setCurrentIndex(self.grid.cells.index(row, 1 + (day - view.first).days))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- keys and ways out

    def _key(self, event: QKeyEvent) -> bool:
        place = event.key() - Qt.Key.Key_1
        if not event.modifiers() and 0 <= place < len(self.side.ways):
            self.take_way(place)
            return True
        return False

    def take_way(self, place: int) -> None:
        """1 to 3: a way out, previewed first."""
        if self._times is None or place >= len(self.side.ways):
            return
        way = self.side.ways[place]
        title = self.side.title_of(place)
        open_diff(self._host, self._runner, self._acts, self._times, title, loads.relief_view, way)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setVisible(self.window().width() >= scaled(DRAWER_BELOW))
        self.hint.setVisible(self.width() > 260 * theme.current().u)
