"""Planning a visit, and ending one: the two forms that have more than a few fields."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from ...core.errors import UserFacingError
from ...desk import stock, visits
from ...desk.stock import Place, Reserved
from ...desk.values import Changes, Directory, LetterDraft
from ...desk.visits import Form, Option, VisitView
from .. import letterwords, theme, words
from ..acts import Acts
from ..composer.letter_box import LetterBox
from ..fields import Body, Captioned, Choice, EffortEdit, LineField, TextField, in_order
from ..i18n import fill, translate
from ..messages import error_words
from ..popups import Option as Line
from ..popups import OptionList
from ..runner import TaskRunner
from ..widgets import Button, Label, PrimaryButton, Segmented
from . import texts

_PAUSE_MS = 250


class _Dialog(QDialog):
    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        u = theme.current().u
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(6 * u, 5 * u, 6 * u, 4 * u)
        self.outer.setSpacing(3 * u)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.go)

    def foot(self, button: str, icon: str) -> None:
        u = theme.current().u
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        self.says = Label("", "small", "text2")
        self.says.setObjectName(f"{self.objectName()}.says")
        self.says.setWordWrap(True)
        cancel = Button(translate("Visits", "Cancel"), key="Esc")
        cancel.clicked.connect(self.reject)
        self.button = PrimaryButton(button, icon, "Ctrl+Return")
        self.button.setObjectName(f"{self.objectName()}.go")
        self.button.clicked.connect(self.go)
        row.addWidget(self.says, 1)
        row.addWidget(cancel)
        row.addWidget(self.button)
        self.outer.addLayout(row)

    def go(self) -> None:
        raise NotImplementedError

    def say(self, text: str, trouble: bool = True) -> None:
        self.says.setText(text)
        self.says.set_token("crit" if trouble else "text2")

    def refused(self, trouble: BaseException) -> None:
        if not isinstance(trouble, UserFacingError):
            raise trouble
        self.button.setEnabled(True)
        self.say(". ".join(part.rstrip(".") for part in error_words(trouble) if part) + ".")


class PlanVisitDialog(_Dialog):
    """When somebody goes, and how the customer is told. With ``visit_id`` another time for a visit."""

    def __init__(
        self,
        runner: TaskRunner,
        acts: Acts,
        times: words.Times,
        directory: Directory,
        ticket_id: str,
        parent: QWidget,
        visit_id: str = "",
    ) -> None:
        super().__init__("visit.plan", translate("Visits", "Plan a visit"), parent)
        self._runner, self._acts, self._times, self._directory = runner, acts, times, directory
        self._ticket, self._visit = ticket_id, visit_id
        self._form: Form | None = None
        self._options: tuple[Option, ...] = ()
        self._filled = False
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._propose)
        u = theme.current().u
        self.resize(210 * u, min(190 * u, parent.window().height() - 10 * u))
        runner.run("reader", _form, ticket_id, visit_id, on_done=self._read, key="visit.form")

    def _build(self) -> None:
        u = theme.current().u
        self.head = Label("", "heading")
        self.head.setWordWrap(True)
        self.outer.addWidget(self.head)
        self.terms = Label("", "small", "text2")
        self.terms.setWordWrap(True)
        self.outer.addWidget(self.terms)
        area = Body(30 * u)
        self.site = Choice()
        self.address = LineField(translate("Visits", "Address"))
        self.minutes = EffortEdit(translate("Visits", "Work on site"))
        self.travel = EffortEdit(translate("Visits", "Travel, one way"))
        self.task = TextField(translate("Visits", "Task"), 2, 3)
        self.access = LineField(translate("Visits", "Access"))
        self.safety = LineField(translate("Visits", "Safety"))
        grid = QGridLayout()
        grid.setSpacing(2 * u)
        for place, (widget, name, caption, row, left, span) in enumerate(
            (
                (self.site, "site", translate("Visits", "Site"), 0, 0, 2),
                (self.address, "address", translate("Visits", "Address"), 0, 2, 4),
                (self.minutes, "minutes", translate("Visits", "Work on site"), 1, 0, 1),
                (self.travel, "travel", translate("Visits", "Travel, one way"), 1, 1, 1),
                (self.access, "access", translate("Visits", "Access"), 1, 2, 2),
                (self.safety, "safety", translate("Visits", "Safety"), 1, 4, 2),
                (self.task, "task", translate("Visits", "Task"), 2, 0, 6),
            )
        ):
            widget.setObjectName(f"visit.plan.{name}")
            widget.setAccessibleName(caption)
            if widget is not self.task:
                widget.setMinimumHeight(7 * u)
            grid.addWidget(Captioned(caption, widget), row, left, 1, span)
            grid.setColumnStretch(place if place < 6 else 0, 1)
        area.column.addLayout(grid)
        area.column.addWidget(Label(translate("Visits", "When somebody can go"), "strong", "text2"))
        self.options_box = QVBoxLayout()
        area.column.addLayout(self.options_box)
        self.list = OptionList([])
        self.options_box.addWidget(self.list)
        self.nothing = Label("", "body", "high")
        self.nothing.setWordWrap(True)
        self.nothing.hide()
        area.column.addWidget(self.nothing)
        self.how = Segmented(
            [
                translate("Visits", "Tell by letter"),
                translate("Visits", "Told by phone"),
                translate("Visits", "Tell later"),
            ]
        )
        self.how.setObjectName("visit.plan.how")
        self.how.setAccessibleName(translate("Visits", "How the customer is told"))
        self.how.setFixedHeight(7 * u)
        self.how.chosen.connect(lambda _index: self._show_how())
        row = QHBoxLayout()
        row.addWidget(self.how)
        row.addStretch(1)
        area.column.addLayout(row)
        self.who = LineField(translate("Visits", "Who confirmed"), translate("Visits", "Who confirmed"))
        self.who.setObjectName("visit.plan.who")
        self.who.setMinimumHeight(7 * u)
        area.column.addWidget(self.who)
        self.letter = LetterBox("visit.plan.letter")
        area.column.addWidget(self.letter, 1)
        self.outer.addWidget(area, 1)
        self.foot(translate("Visits", "Plan the visit"), "truck")
        self.site.activated.connect(self._site_chosen)
        for field in (self.minutes, self.travel):
            field.minutes_changed.connect(lambda _minutes: self._pause.start())
        for line in (self.address, self.access):
            line.editingFinished.connect(self._draft)
        self.task.left.connect(self._draft)
        in_order(self.site, self.address, self.minutes, self.travel, self.access, self.safety, self.task)
        self._show_how()

    def _read(self, found: tuple[Form, VisitView | None]) -> None:
        form, known = found
        self._form = form
        self.head.setText(f"{words.number(form.number)} {form.customer}")
        told = [form.contract, fill(translate("Visits", "visits: %1"), form.onsite) if form.onsite else ""]
        if form.due is not None:
            told.append(fill(translate("Visits", "work must begin by %1"), self._times.moment(form.due)))
        if form.parts:
            told.append("; ".join(texts.reserved(one) for one in form.parts))
        self.terms.setText(". ".join(part for part in told if part))
        self.terms.setVisible(bool(self.terms.text()))
        self.site.clear()
        for site in form.sites:
            self.site.addItem(site.name or site.address, site.id)
        self.site.addItem(translate("Visits", "another address"), "")
        self.site.select(form.site_id)
        self.address.setText(form.address)
        self.minutes.set_minutes(form.minutes)
        self.travel.set_minutes(form.travel)
        self.task.set_text(form.task)
        self.access.setText(form.access)
        self.safety.setText(form.safety)
        if known is not None:
            self.site.select(next((one.id for one in form.sites if one.name == known.item.site), ""))
            self.address.setText(known.item.address)
            self.travel.set_minutes(known.item.travel)
            self.task.set_text(known.task)
            self.access.setText(known.access)
            self.safety.setText(known.safety)
        for line in (self.address, self.access, self.safety):
            line.setCursorPosition(0)
        self.minutes.setFocus()
        self._propose()

    def _site_chosen(self, _index: int) -> None:
        form = self._form
        site = next((one for one in form.sites if one.id == self.site.currentData()), None) if form else None
        if site is not None:
            self.address.setText(site.address)
            self.access.setText(site.access)
            self.safety.setText(site.safety)
            if site.travel is not None:
                self.travel.set_minutes(site.travel)
            self._propose()

    def _propose(self) -> None:
        minutes, travel = self.minutes.minutes() or 0, self.travel.minutes() or 0
        self._runner.run(
            "reader",
            visits.propose,
            self._ticket,
            minutes,
            travel,
            on_done=self._proposed,
            on_error=self.refused,
            key="visit.propose",
        )

    def _proposed(self, options: tuple[Option, ...]) -> None:
        self._options = options
        self.say("", trouble=False)
        index = self.list.index() if self._filled else 0
        self._filled = True
        self.options_box.removeWidget(self.list)
        self.list.hide()
        self.list.deleteLater()
        lines = [self._line(place, option) for place, option in enumerate(options)]
        self.list = OptionList(lines, min(index, max(0, len(lines) - 1)))
        self.list.setObjectName("visit.plan.options")
        self.list.setAccessibleName(translate("Visits", "When somebody can go"))
        self.list.taken.connect(self._taken)
        self.options_box.addWidget(self.list)
        self.list.setVisible(bool(options))
        self.nothing.setVisible(not options)
        text = translate("Visits", "Nobody has the time in one piece within the hours of the contract.")
        self.nothing.setText(text)
        self._draft()

    def _line(self, place: int, option: Option) -> Line:
        person = self._directory.people.get(option.slot.person_id)
        start, end = option.window
        when = f"{self._times.day(self._times.local(start).date())}, {self._times.span(start, end)}"
        text = texts.with_breaks(when, [(piece.start, piece.end) for piece in option.slot.work], self._times)
        note = {
            True: translate("Visits", "as the contract wants"),
            False: translate("Visits", "later than the contract wants"),
            None: "",
        }[option.meets]
        who = person.name if person else ""
        return Line(place, f"{text}, {who}", note=note, person=(person.initials, person.id) if person else None)

    def _taken(self, index: int, _enter: bool) -> None:
        self.list.set_index(index)
        self._draft()

    def option(self) -> Option | None:
        index = self.list.index()
        return self._options[index] if 0 <= index < len(self._options) else None

    def _draft(self) -> None:
        option = self.option()
        if option is not None and self.how.index() == 0:
            self._runner.run(
                "reader",
                visits.letter,
                self._ticket,
                option.window,
                option.slot.person_id,
                self.address.text().strip(),
                self.task.text().strip(),
                self.access.text().strip(),
                on_done=self._drafted,
                key="visit.letter",
            )

    def _drafted(self, letter: LetterDraft) -> None:
        self.letter.set_draft(letter, letterwords.title(letter.template))

    def _show_how(self) -> None:
        self.letter.setVisible(self.how.index() == 0)
        self.who.setVisible(self.how.index() == 1)
        self._draft()

    def go(self) -> None:
        option = self.option()
        if option is None:
            self.say(translate("Visits", "Choose when somebody goes."))
            return
        letter = None
        if self.how.index() == 0:
            problem = self.letter.problem()
            if problem:
                self.say(problem)
                return
            letter = self.letter.draft()
        if self.how.index() == 1 and not self.who.text().strip():
            self.say(translate("Visits", "Give the name of the person you spoke to."))
            self.who.setFocus()
            return
        self.button.setEnabled(False)
        call = partial(
            visits.plan,
            site_id=self.site.currentData() or "",
            address=self.address.text(),
            task=self.task.text(),
            access=self.access.text(),
            safety=self.safety.text(),
            letter=letter,
            told_who=self.who.text() if self.how.index() == 1 else "",
            visit_id=self._visit,
        )
        travel = self.travel.minutes() or 0
        self._acts.act(call, self._ticket, option, travel, on_done=self._done, on_error=self.refused)

    def _done(self, _changes: Changes) -> None:
        self.accept()


class EndVisitDialog(_Dialog):
    """What was fixed, who accepted it, which parts went in and which came back."""

    def __init__(
        self, runner: TaskRunner, acts: Acts, visit_id: str, contact: str, minutes: int, parent: QWidget
    ) -> None:
        super().__init__("visit.end", translate("Visits", "The visit is done"), parent)
        self._runner, self._acts, self._visit = runner, acts, visit_id
        self._rows: list[tuple[str, Choice, QSpinBox, QSpinBox]] = []
        u = theme.current().u
        self.fixed = TextField(translate("Visits", "What was fixed"), 4)
        self.fixed.setObjectName("visit.end.fixed")
        self.outer.addWidget(Captioned(translate("Visits", "What was fixed"), self.fixed), 1)
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        self.accepted_by = LineField(translate("Visits", "Accepted by"))
        self.accepted_by.setObjectName("visit.end.accepted_by")
        self.accepted_by.setText(contact)
        self.minutes = EffortEdit(translate("Visits", "Work on site"))
        self.minutes.setObjectName("visit.end.minutes")
        self.minutes.set_minutes(minutes or None)
        for widget, caption, share in (
            (self.accepted_by, translate("Visits", "Accepted by"), 2),
            (self.minutes, translate("Visits", "Work on site"), 1),
        ):
            widget.setMinimumHeight(7 * u)
            row.addWidget(Captioned(caption, widget), share)
        self.outer.addLayout(row)
        self.grid = QGridLayout()
        self.grid.setSpacing(2 * u)
        self.grid.setColumnStretch(0, 1)
        self.outer.addLayout(self.grid)
        self.foot(translate("Visits", "Record"), "check")
        self.setMinimumWidth(140 * u)
        self.fixed.setMinimumHeight(30 * u)
        self.fixed.setFocus()
        runner.run("reader", _parts_and_places, visit_id, on_done=self._read, key="visit.parts")

    def _read(self, found: tuple[Sequence[Reserved], Sequence[Place]]) -> None:
        parts, places = found
        u = theme.current().u
        if not parts or not places:
            return
        heads = (
            translate("Visits", "Part"),
            translate("Visits", "From where"),
            translate("Visits", "Used"),
            translate("Visits", "Returned"),
        )
        for column, text in enumerate(heads):
            self.grid.addWidget(Label(text, "caption", "text2"), 0, column)
        for place, part in enumerate(parts, start=1):
            where = Choice()
            for one in places:
                where.addItem(one.name, one.id)
            where.select(next((one.id for one in places if one.name == part.place), places[0].id))
            used, back = QSpinBox(), QSpinBox()
            used.setValue(part.quantity)
            name = " ".join(filter(None, [part.code, part.name]))
            for spin, head in ((used, heads[2]), (back, heads[3])):
                spin.setAccessibleName(f"{name}: {head}")
                spin.lineEdit().setAccessibleName(spin.accessibleName())
                spin.setMinimumHeight(7 * u)
            where.setAccessibleName(f"{name}: {heads[1]}")
            where.setMinimumHeight(7 * u)
            label = Label(name)
            label.setWordWrap(True)
            for column, widget in enumerate((label, where, used, back)):
                self.grid.addWidget(widget, place, column)
            self._rows.append((part.part_id, where, used, back))
        self.resize(self.size().expandedTo(self.sizeHint()))

    def go(self) -> None:
        used, back = {}, {}
        for part_id, where, went, returned in self._rows:
            if went.value():
                used[part_id, where.currentData()] = went.value()
            if returned.value():
                back[part_id, where.currentData()] = returned.value()
        self.button.setEnabled(False)
        self._acts.act(
            visits.done,
            self._visit,
            self.fixed.text(),
            self.accepted_by.text(),
            self.minutes.minutes() or 0,
            used,
            back,
            on_done=lambda _changes: self.accept(),
            on_error=self.refused,
        )


def _form(desk: Any, ticket_id: str, visit_id: str) -> tuple[Form, VisitView | None]:
    return visits.form(desk, ticket_id), visits.view(desk, visit_id) if visit_id else None


def _parts_and_places(desk: Any, visit_id: str) -> tuple[Sequence[Reserved], Sequence[Place]]:
    return visits.view(desk, visit_id).parts, stock.places(desk)
