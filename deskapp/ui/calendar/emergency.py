"""The emergency re-plan: who can begin at once, what the contract says, what it costs; nothing is done before Apply."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ...desk import emergency, stock
from ...desk.emergency import Clause, EmergencyView, Way
from ...desk.stock import PartItem
from ...desk.values import Directory
from ...planning.values import Reason
from .. import icons, theme, words
from ..acts import Acts
from ..fields import Captioned, Choice, EffortEdit, LineField
from ..i18n import fill, translate
from ..keys import bind
from ..runner import TaskRunner
from ..style import control_frame
from ..widgets import Chip, ElidedLabel, Label, UrgencyGlyph, key_cap_size, paint_avatar, paint_key_cap
from ..words import Times
from .plan_dialog import PlanDialog

_PAUSE = 200


def clause_words(clause: Clause) -> str:
    if clause.minutes is None:
        return translate("Replan", "The contract sets no time to start")
    return fill(translate("Replan", "Contract: start within %1, %2"), words.duration(clause.minutes), clause.hours)


def verdict(way: Way, clause: Clause) -> tuple[str, str, str]:
    """(icon, colour role, words): the contract first, then what breaks."""
    option = way.option
    breaks = fill(translate("Replan", "Promises broken: %1"), option.breaks)
    if clause.minutes is None:
        text = breaks
    elif option.contract_met:
        text = fill(translate("Replan", "Contract met. %1"), breaks)
    else:
        text = fill(translate("Replan", "Starts %1 late. %2"), words.duration(option.starts_late), breaks)
    if option.breaks:
        return "triangle-alert", "crit", text
    if not option.contract_met:
        return "triangle-alert", "high", text
    return "check", "ok", text


def evidence(way: Way, view: EmergencyView, directory: Directory, times: Times) -> str:
    """Why this person, in one line."""
    said = [text for reason in way.option.reasons if (text := _reason(reason, view, directory, times))]
    return ". ".join(said) + ("." if said else "")


def _reason(reason: Reason, view: EmergencyView, directory: Directory, times: Times) -> str:
    args = reason.args
    skill = next((one.name for one in directory.skills if one.id == view.skill_id), "")
    if reason.code == "similar":
        text = translate("Replan", "%n similar", None, int(str(args["n"])))
        return f"{skill}, {text}" if skill else text
    if reason.code == "needs_briefing":
        return fill(translate("Replan", "Does not know “%1”, needs a briefing"), skill)
    if reason.code == "on_the_road":
        return fill(translate("Replan", "On the road for %1"), words.number(args.get("number")))  # type: ignore[arg-type]
    if reason.code == "busy_until":
        text = translate("Replan", "Busy with %1 until %2")
        return fill(text, words.number(args.get("number")), times.time(args["until"]))  # type: ignore[arg-type]
    return ""


def price(way: Way) -> str:
    """What it moves."""
    diff = way.option.diff
    moved = {m.busy.ticket_id for m in (*diff.moved, *diff.reassigned, *diff.broken) if m.busy.kind != "travel"}
    other = {m.busy.ticket_id for m in diff.reassigned}
    if not moved:
        return translate("Replan", "Moves nobody.")
    text = translate("Replan", "Moves %n ticket(s)", None, len(moved))
    if other:
        text = fill(translate("Replan", "%1, %2", "moves, of whom"), text, _to_others(len(other)))
    if way.option.slack_used:
        used = fill(translate("Replan", "uses %1 of slack"), words.working_duration(way.option.slack_used))
        text = fill(translate("Replan", "%1, %2", "moves, of whom"), text, used)
    return f"{text}."


def _to_others(count: int) -> str:
    return translate("Replan", "%n to another person", None, count)


class WayCard(QAbstractButton):
    """One way: who, from when until when, why, at what price, and the verdict."""

    def __init__(self, ordinal: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ordinal = ordinal
        self.setObjectName(f"emergency.way.{ordinal}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name = self._initials = self._person = self._when = self._why = self._price = ""
        self._verdict = ("check", "ok", "")
        theme.current().changed.connect(self.updateGeometry)

    def show_way(self, way: Way, view: EmergencyView, directory: Directory, times: Times) -> None:
        person = directory.people.get(way.option.person_id)
        self._person = way.option.person_id
        self._name = person.name if person else ""
        self._initials = person.initials if person else ""
        start, finish = way.option.start, way.option.finish
        text = translate("Replan", "Start %1, done %2")
        ends = times.moment_brief(finish) if times.local(finish).date() != times.local(start).date() else ""
        self._when = fill(text, times.moment_brief(start), ends or times.time(finish))
        self._why = evidence(way, view, directory, times)
        self._price = price(way)
        self._verdict = verdict(way, view.clause)
        lines = [self._name, self._when, self._why, self._price, self._verdict[2]]
        self.setAccessibleName(" ".join(line if line.endswith(".") else f"{line}." for line in lines if line))
        self.setToolTip("\n".join(line for line in lines if line))
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        small = QFontMetrics(look.font("small")).height()
        heading = QFontMetrics(look.font("heading")).height()
        return QSize(50 * look.u, 8 * look.u + heading + 3 * small + 9 * look.u)

    def minimumSizeHint(self) -> QSize:
        return QSize(30 * theme.current().u, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, u = theme.current(), theme.current().u
        painter = QPainter(self)
        chosen = self.isChecked()
        ground = "accent-bg" if chosen else "bg-hover" if self.underMouse() else "bg-base"
        control_frame(painter, self.rect(), ground, "accent" if chosen else "line-ctl", 2.0 if chosen else 1.0)
        area = self.rect().adjusted(3 * u, 2 * u + 2, -3 * u, -2 * u)
        key = f"Alt {self.ordinal}"
        cap = key_cap_size(key)
        row = QRect(area.left(), area.top(), area.width(), 6 * u)
        paint_avatar(painter, QRect(row.left(), row.top(), 6 * u, 6 * u), self._initials, self._person)
        spot = QRect(row.right() - cap.width() + 1, row.center().y() - cap.height() // 2, cap.width(), cap.height())
        paint_key_cap(painter, spot, key)
        self._line(painter, row.adjusted(8 * u, 0, -cap.width() - 2 * u, 0), "body", "text", self._name)
        top = row.bottom() + 2 * u
        for role, text in (("heading", self._when), ("small", self._why), ("small", self._price)):
            height = QFontMetrics(look.font(role)).height()
            line = QRect(area.left(), top, area.width(), height)
            self._line(painter, line, role, "text" if role == "heading" else "text2", text)
            top += height
        icon, token, text = self._verdict
        height = QFontMetrics(look.font("small")).height()
        last = QRect(area.left(), area.bottom() - height + 1, area.width(), height)
        icons.paint(painter, QRect(last.left(), last.top(), 3 * u + 1, last.height()), icon, token)
        self._line(painter, last.adjusted(5 * u, 0, 0, 0), "small", token, text)

    def _line(self, painter: QPainter, rect: QRect, role: str, token: str, text: str) -> None:
        look = theme.current()
        painter.setFont(look.font(role))
        painter.setPen(look.color(token))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class EmergencyDialog(PlanDialog):
    """Opened for a ticket. `refine_wanted`: (ticket, minutes, person, start) to go on with in the calendar."""

    refine_wanted = Signal(str, int, str, object)

    def __init__(
        self, runner: TaskRunner, acts: Acts, times: Times, ticket_id: str, parent: QWidget | None = None
    ) -> None:
        self.ticket_id = ticket_id
        self._view: EmergencyView | None = None
        self._spares = ""
        self._way: Way | None = None
        self._minutes: int | None = None
        self._skill: str | None = None
        super().__init__(runner, acts, times, parent)
        self.setObjectName("emergency")
        self.setWindowTitle(translate("Replan", "Emergency re-plan"))
        self.refine.clicked.connect(self._refine)
        for ordinal in (1, 2, 3):
            QShortcut(QKeySequence(f"Alt+{ordinal}"), self).activated.connect(partial(self.choose, ordinal - 1))
        bind(self, "Alt+E", self.panel.edit_notice)
        self.panel.setVisible(False)
        self.start()

    def build(self) -> None:
        u = theme.current().u
        column = self.body.column
        head = QHBoxLayout()
        head.setSpacing(3 * u)
        head.addWidget(UrgencyGlyph(1, 5 * u), 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        self.heading = ElidedLabel("", "title")
        self.heading.setObjectName("emergency.title")
        self.reported = ElidedLabel("", "small", "text2")
        self.reported.setObjectName("emergency.reported")
        lines.addWidget(self.heading)
        lines.addWidget(self.reported)
        head.addLayout(lines, 1)
        self.clause = Chip("", "crit", "clock")
        self.clause.setObjectName("emergency.clause")
        head.addWidget(self.clause, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        fields = QHBoxLayout()
        fields.setSpacing(2 * u)
        self.effort = EffortEdit(translate("Replan", "Effort"))
        self.effort.setObjectName("emergency.effort")
        self.effort.setFixedWidth(26 * u)
        self.skill = Choice()
        self.skill.setObjectName("emergency.skill")
        self.skill.setAccessibleName(translate("Replan", "Skill"))
        self.skill.setMinimumWidth(34 * u)
        self.interrupt = QCheckBox(translate("Replan", "Lay down work in progress"))
        self.interrupt.setObjectName("emergency.interrupt")
        self.handover = LineField(translate("Replan", "Handover"), "")
        self.handover.setObjectName("emergency.handover")
        for control in (self.effort, self.skill, self.handover):
            control.setMinimumHeight(7 * u)
        fields.addWidget(Captioned(translate("Replan", "Effort"), self.effort))
        fields.addWidget(Captioned(translate("Replan", "Skill"), self.skill))
        fields.addSpacing(3 * u)
        fields.addWidget(self.interrupt, 0, Qt.AlignmentFlag.AlignBottom)
        fields.addWidget(self.handover, 20, Qt.AlignmentFlag.AlignBottom)
        fields.addStretch(1)
        column.addLayout(fields)
        self._cards_box = QWidget()
        cards = QHBoxLayout(self._cards_box)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(3 * u)
        self.cards = [WayCard(ordinal) for ordinal in (1, 2, 3)]
        for index, card in enumerate(self.cards):
            card.clicked.connect(partial(self.choose, index))
            card.hide()
            cards.addWidget(card, 1)
        column.addWidget(self._cards_box)
        self.problem = Label("", "body", "high")
        self.problem.setObjectName("emergency.problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        column.addWidget(self.problem)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.ask)
        self.effort.minutes_changed.connect(self._effort_changed)
        self.skill.activated.connect(self._skill_changed)
        self.interrupt.toggled.connect(self._interrupt_toggled)
        self.handover.setVisible(False)
        self.interrupt.setVisible(False)

    # -- computing

    def ask(self) -> None:
        self._runner.run(
            "reader",
            emergency.view,
            self.ticket_id,
            self._minutes,
            self._skill,
            on_done=self._show,
            on_error=self._failed,
            key="emergency.view",
        )

    def _effort_changed(self, minutes: int | None) -> None:
        self._minutes = minutes
        self._pause.start()

    def _skill_changed(self, _index: int) -> None:
        self._skill = str(self.skill.currentData() or "")
        self.ask()

    def _show(self, view: EmergencyView) -> None:
        assert self.directory is not None
        first = self._view is None
        self._view = view
        text = translate("Replan", "%1 %2: %3", "number, customer, subject")
        self.heading.setText(fill(text, words.number(view.number), view.customer, view.subject))
        self.reported.setText(self._reported(view))
        self.clause.set(clause_words(view.clause), "crit" if view.clause.minutes else "low", "clock")
        if first:
            self.effort.set_minutes(view.minutes)
            self.skill.addItem(translate("Replan", "any skill"), "")
            for skill in self.directory.skills:
                self.skill.addItem(skill.name, skill.id)
            self.skill.select(view.skill_id)
        for card, way in zip(self.cards, [*view.ways, None, None, None], strict=False):
            card.setVisible(way is not None)
            if way is not None:
                card.show_way(way, view, self.directory, self.times)
        self._cards_box.setVisible(bool(view.ways))
        self.problem.setVisible(bool(view.problem))
        self.problem.setText(
            translate("Replan", "Give an effort: without it nobody can be chosen.")
            if view.problem == "no_estimate"
            else translate("Replan", "Nobody can begin within the horizon. Try another skill, or less work.")
        )
        self._tell_interrupting(view)
        if first:
            spares = self._spares_read
            self._runner.run("reader", stock.spares_for, view.ticket_id, on_done=spares, key="emergency.spares")
        if first and not view.minutes:
            self.effort.setFocus(Qt.FocusReason.OtherFocusReason)
        if view.ways:
            self.choose(0)
            if first:
                self.cards[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif view.interrupting is None:
            self._way = None
            self.panel.setVisible(False)
            self.apply.setEnabled(False)
        self.fit()

    def _spares_read(self, found: tuple[PartItem, ...]) -> None:
        """What the emergency stock has for it."""
        said = [
            fill(translate("Replan", "%1 is in stock: %2"), one.name, f"{one.free} {one.unit.rstrip('.')}".strip())
            for one in found
        ]
        if said and self._view is not None:
            self._spares = f" {'. '.join(said)}."
            self.reported.setText(self._reported(self._view))

    def _reported(self, view: EmergencyView) -> str:
        how = {
            "phone": translate("Replan", "Reported by phone at %1"),
            "mail": translate("Replan", "Reported by mail at %1"),
        }.get(view.channel, translate("Replan", "Reported at %1"))
        said = fill(how, self.times.moment_brief(view.reported_at))
        if view.reported_by and view.reported_by != view.customer:
            said = fill(translate("Replan", "%1 by %2", "reported, person"), said, view.reported_by)
        if view.minutes:
            said = f"{said}. {fill(translate('Replan', 'Effort %1'), words.duration(view.minutes))}"
            if view.assumed:
                said = fill(translate("Replan", "%1 (assumed)"), said)
        return f"{said}.{self._spares}"

    # -- choosing

    def choose(self, index: int) -> None:
        """The way of that card; what it changes is shown below."""
        if self._view is None or index >= len(self._view.ways):
            return
        self.interrupt.blockSignals(True)
        self.interrupt.setChecked(False)
        self.interrupt.blockSignals(False)
        self.handover.setVisible(False)
        self.cards[index].setChecked(True)
        self._take(self._view.ways[index])

    def _take(self, way: Way) -> None:
        self._way = way
        self.show_diff(way.view)
        self.apply.setEnabled(True)
        self.refine.setEnabled(True)

    def _tell_interrupting(self, view: EmergencyView) -> None:
        way = view.interrupting
        self.interrupt.setVisible(way is not None)
        if way is None or way.option.interrupts is None or self.directory is None:
            return
        person = self.directory.people.get(way.option.person_id)
        self.interrupt.setText(
            fill(
                translate("Replan", "Lay down %1 of %2, start %3"),
                words.number(way.option.interrupts.number),
                person.short if person else "",
                self.times.moment_brief(way.option.start),
            )
        )

    def _interrupt_toggled(self, on: bool) -> None:
        if self._view is None or self._view.interrupting is None:
            return
        if not on:
            self.choose(0)
            return
        way = self._view.interrupting
        for card in self.cards:
            card.setAutoExclusive(False)
            card.setChecked(False)
            card.setAutoExclusive(True)
        number = words.number(way.option.interrupts.number if way.option.interrupts else None)
        self.handover.setPlaceholderText(
            fill(translate("Replan", "How far is %1? Whoever goes on will read it"), number)
        )
        self.handover.setVisible(True)
        self.handover.setFocus(Qt.FocusReason.OtherFocusReason)
        self._take(way)

    # -- doing

    def run_apply(self) -> None:
        if self._way is None:
            self._working = False
            return
        handover = self.handover.text() if self.interrupt.isChecked() else ""
        self.act(emergency.apply, self.ticket_id, self._way, self.panel.notices(), handover, self._minutes, self._skill)

    def _refine(self) -> None:
        if self._way is not None:
            option = self._way.option
            self.refine_wanted.emit(self.ticket_id, option.minutes, option.person_id, option.start)
            self.reject()
