"""The first start (ui.md 5.18): language and look, data store, team, working calendar, mail, the first promise.

Every step can be passed over and none needs the network. The step is stored: closed, the assistant comes back where it
was. The pages are those of Settings; what is set here is found there again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from ...core.errors import UserFacingError
from ...desk import directory, firststeps, hubport
from ...desk.firststeps import First
from ...desk.hubport import Sharing
from ...desk.values import Changes, Directory
from .. import i18n, registering, theme, words
from ..fields import Body, Choice
from ..i18n import fill, translate
from ..messages import error_words
from ..settings.screen import SettingsScreen
from ..sync.assistant import SharePanel
from ..widgets import Button, Label, LinkButton, Panel, PrimaryButton, Segmented
from . import story as stories
from . import weeks
from .story import Story
from .weeks import FourWeeks

if TYPE_CHECKING:
    from ..desktop import Desktop

STEPS = ("look", "store", "team", "calendar", "mail", "promise")
#: Steps that somebody who joins a shared desk has behind them: the colleagues did them.
_SHARED = ("calendar", "mail")
KEY = "first_run"
_AGAIN_MS = 1_500


class FirstRun(QDialog):
    """``sample_wanted``: a desk with sample data beside this one; ``ticket_wanted``: the first promise."""

    sample_wanted = Signal()
    ticket_wanted = Signal(str)
    ended = Signal()

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop.window)
        self.setObjectName("firstrun")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._desktop = desktop
        self._runner, self._acts, self._settings = desktop.runner, desktop.acts, desktop.desk.settings
        self._directory: Directory | None = None
        self._sharing = Sharing()
        self._first = First()
        self._kept = self._settings.number(KEY) > 0  # looked at once more later, it does not come back by itself
        self._step = ""
        self._language = QTimer(self)
        self._language.setSingleShot(True)
        self._language.setInterval(0)
        self._language.timeout.connect(self._rebuild)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._frame: QWidget | None = None
        self._build()
        self._acts.changed.connect(self._changed)
        for key in ("Ctrl+Return", "Ctrl+Enter"):  # as a shortcut: a button of a dialog would take it for a press
            QShortcut(QKeySequence(key), self, partial(self._go, 1))
        self._read()
        place = min(max(1, self._settings.number(KEY)), len(STEPS))
        self.show_step(STEPS[place - 1])
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        u = theme.current().u
        room = self.parentWidget().size()
        return QSize(min(270 * u, room.width() - 8 * u), min(190 * u, room.height() - 8 * u))

    # -- building

    def _build(self) -> None:
        u = theme.current().u
        self.setWindowTitle(self.tr("First steps"))
        self._frame = QWidget()
        whole = QVBoxLayout(self._frame)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        head = Panel("bg-base", "b")
        row = QHBoxLayout(head)
        row.setContentsMargins(6 * u, 4 * u, 6 * u, 4 * u)
        row.setSpacing(4 * u)
        self.title = Label("", "title")
        self.title.setObjectName("firstrun.title")
        self.count = _Dots()
        self.place = Label("", "small", "text2")
        row.addWidget(self.title, 1)
        row.addWidget(self.place)
        row.addWidget(self.count)
        whole.addWidget(head)
        self.pages = QStackedWidget()
        self._host = SettingsScreen(
            self._runner, self._acts, self._desktop.window.registry, self._desktop.window, self._settings
        )
        self._host.setParent(self._frame)
        self._host.hide()
        self._host.person_switched.connect(self._desktop.person_switched)
        self._made: dict[str, QWidget] = {}
        self.me: Choice | None = None
        whole.addWidget(self.pages, 1)
        foot = Panel("bg-base", "t")
        row = QHBoxLayout(foot)
        row.setContentsMargins(6 * u, 3 * u, 6 * u, 3 * u)
        row.setSpacing(2 * u)
        self.back = Button(self.tr("Back"))
        self.back.setObjectName("firstrun.back")
        self.back.clicked.connect(partial(self._go, -1))
        self.later = LinkButton(self.tr("Not now"))
        self.later.setObjectName("firstrun.later")
        self.later.setToolTip(self.tr("The assistant comes back at the next start, at this step"))
        self.later.clicked.connect(self.close)
        self.skip = Button(self.tr("Skip this step"))
        self.skip.setObjectName("firstrun.skip")
        self.skip.clicked.connect(partial(self._go, 1))
        self.next = PrimaryButton(self.tr("Next"), key="Ctrl+Return")
        self.next.setObjectName("firstrun.next")
        self.next.clicked.connect(partial(self._go, 1))
        row.addWidget(self.later)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.skip)
        row.addWidget(self.next)
        whole.addWidget(foot)
        self._column.addWidget(self._frame)

    def _rebuild(self) -> None:
        """Another language: the same step, made anew."""
        old, step = self._frame, self._step
        assert old is not None
        self._column.removeWidget(old)
        old.hide()
        old.deleteLater()
        self._build()
        self._read()
        self._step = ""
        self.show_step(step)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._language.start()

    # -- steps

    def steps(self) -> list[str]:
        """The steps of this desk: who joins a shared one finds calendar and mail done."""
        joined = bool(self._sharing.where)
        return [step for step in STEPS if not (joined and step in _SHARED)]

    def step(self) -> str:
        return self._step

    def show_step(self, step: str) -> None:
        steps = self.steps()
        if step not in steps:
            step = next((one for one in steps if STEPS.index(one) > STEPS.index(step)), steps[-1])
        self._step = step
        if self._kept:
            self._settings.set(KEY, STEPS.index(step) + 1)
        page = self._made.get(step)
        if page is None:
            page = self._made[step] = self._make(step)
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        place = steps.index(step)
        self.title.setText(self._title(step))
        self._tell_place()
        self.back.setEnabled(place > 0)
        last = place == len(steps) - 1
        self.skip.setVisible(not last)
        self.next.setText(self.tr("Done") if last else self.tr("Next"))
        if step == "promise":
            self._look()
        if step in ("calendar", "promise"):
            self._read_weeks()
        self.next.setFocus()

    def _make(self, step: str) -> QWidget:
        makers: dict[str, Callable[[], QWidget]] = {
            "look": self._look_and_language,
            "store": self._store,
            "team": self._team,
            "calendar": self._calendar,
            "mail": self._mail,
            "promise": self._promise,
        }
        return makers[step]()

    def _title(self, step: str) -> str:
        return {
            "look": self.tr("Language and look"),
            "store": self.tr("Where the data is"),
            "team": self.tr("Who you are, and who works with you"),
            "calendar": self.tr("Working calendar"),
            "mail": self.tr("Mail"),
            "promise": self.tr("The first promise"),
        }[step]

    def _go(self, step: int) -> None:
        steps = self.steps()
        place = steps.index(self._step) + step
        if place >= len(steps):
            self.finish()
        elif place >= 0:
            self.show_step(steps[place])

    def finish(self) -> None:
        """Done: it does not come back by itself."""
        self._settings.set(KEY, 0)
        self.accept()
        self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter alone belongs to the field that it was pressed in."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.ended.emit()

    def reject(self) -> None:
        """Esc: not now."""
        super().reject()
        self.ended.emit()

    # -- what the steps read

    def _read(self) -> None:
        self._runner.run("reader", directory.read, on_done=self._alive(self._directory_read), key="firstrun.directory")
        self._read_sharing()

    def _read_sharing(self) -> None:
        self._runner.run("hub", hubport.sharing, on_done=self._alive(self._sharing_read), on_error=self._not_yet)

    def _not_yet(self, trouble: BaseException) -> None:
        """The rooms of sharing open a moment after the window."""
        if not isinstance(trouble, UserFacingError):
            raise trouble
        if isValid(self):
            QTimer.singleShot(_AGAIN_MS, self, self._read_sharing)

    def _alive(self, done: Callable[[Any], None]) -> Callable[[Any], None]:
        def arrived(result: Any) -> None:
            if isValid(self):
                done(result)

        return arrived

    def _sharing_read(self, found: Sharing) -> None:
        was, self._sharing = self._sharing, found
        if was.where != found.where:
            self._tell_place()

    def _tell_place(self) -> None:
        steps = self.steps()
        place = steps.index(self._step) if self._step in steps else 0
        self.count.set(place, len(steps))
        self.place.setText(self.count.accessibleName())

    def _directory_read(self, found: Directory) -> None:
        self._directory = found
        self._host.take_directory(found)
        self._fill_people()

    def _changed(self, changes: Changes) -> None:
        if not self.isVisible():
            return
        self._host.refresh(changes)
        if changes.touches("specialist", "desk_setting"):
            self._read()
        if changes.touches("work_calendar", "calendar_day", "desk_setting") and self._step == "calendar":
            self._read_weeks()

    def _embed(self, column: QVBoxLayout, page_id: str) -> None:
        """A page of Settings, as it is there."""
        page = self._host.embed(page_id)
        column.addWidget(page, 1)
        page.show()  # it was hidden among the pages of its own screen

    # -- 1: language and look

    def _page(self) -> tuple[QWidget, QVBoxLayout, Story]:
        """A page, the column of what is chosen there, and beside it the story of what follows."""
        u = theme.current().u
        area = Body()
        row = QHBoxLayout()
        row.setContentsMargins(6 * u, 5 * u, 6 * u, 5 * u)
        row.setSpacing(8 * u)
        column = QVBoxLayout()
        column.setSpacing(3 * u)
        story = Story()
        row.addLayout(column, 6)
        beside = QVBoxLayout()
        beside.addWidget(story)
        beside.addStretch(1)
        row.addLayout(beside, 5)
        row.addStretch(0)  # what is over stands at the end
        area.column.addLayout(row, 1)
        return area, column, story

    def _said(self, column: QVBoxLayout, text: str, role: str = "body", token: str = "text2") -> Label:
        label = Label(text, role, token)
        label.setWordWrap(True)
        column.addWidget(label)
        return label

    def _look_and_language(self) -> QWidget:
        area, column, story = self._page()
        story.tell(self.tr("How a request goes"), stories.of_a_request())
        self._said(
            column,
            self.tr("Requests come as letters or calls, and each gets a date that is kept. Every step can be skipped."),
        )
        self._said(column, self.tr("Language"), "strong", "text")
        self.languages = Segmented(["Русский", "English"])
        self.languages.setObjectName("firstrun.language")
        self.languages.setAccessibleName(self.tr("Language"))
        self.languages.set_index(0 if i18n.language() == "ru" else 1)
        self.languages.chosen.connect(lambda place: self._desktop.window.set_language(("ru", "en")[place]))
        column.addWidget(self.languages)
        self._said(column, self.tr("Theme"), "strong", "text")
        modes = ("system", "light", "dark")
        self.themes = Segmented([self.tr("As the system"), self.tr("Light"), self.tr("Dark")])
        self.themes.setObjectName("firstrun.theme")
        self.themes.setAccessibleName(self.tr("Theme"))
        self.themes.set_index(modes.index(self._settings.text("theme")))
        self.themes.chosen.connect(lambda place: self._desktop.window.set_theme(modes[place]))  # type: ignore[arg-type]
        column.addWidget(self.themes)
        self.register = Button(self.tr("Register with the system"), "link")
        self.register.setObjectName("firstrun.register")
        self.register.clicked.connect(self._register)
        self.registered = Label(registering.what(), "small", "text2")
        self.registered.setObjectName("firstrun.registered")
        self.registered.setWordWrap(True)
        about = Label(self.tr("Menu and links"), "strong")
        self._registering = (about, self.register, self.registered)
        for one in self._registering:
            one.hide()
            column.addWidget(one)
        self._runner.run("reader", registering.known_of, on_done=self._alive(self._known), key="firstrun.known")
        self._said(column, self.tr("Only looking around?"), "strong", "text")
        self.sample = Button(self.tr("Try with sample data"), "flask-conical")
        self.sample.setObjectName("firstrun.sample")
        self.sample.clicked.connect(self.sample_wanted)
        column.addWidget(self.sample)
        self._said(column, self.tr("A second window with a made-up desk opens; this one stays empty."), "small")
        column.addStretch(1)
        return area

    def _known(self, found: registering.Known | None) -> None:
        """Offered where the system does not know this copy yet, as after unpacking it."""
        for one in self._registering:
            one.setVisible(found not in (None, registering.Known.HERE))

    def _register(self) -> None:
        def done(_nothing: object) -> None:
            self.register.setEnabled(False)
            self.registered.setText(self.tr("Done. Settings, Me, take it back."))

        def failed(trouble: BaseException) -> None:
            if not isinstance(trouble, UserFacingError):
                raise trouble
            if isValid(self):
                self.registered.setText(". ".join(error_words(trouble)))

        self._runner.run("reports", registering.switch, True, on_done=self._alive(done), on_error=failed)

    # -- 2: data store

    def _store(self) -> QWidget:
        area, column, self.store_story = self._page()
        self.store_story.tell(*stories.of_a_store(0))
        self._said(
            column,
            self.tr(
                "The data is on this computer, always, and works without a network. If several people work here, they "
                "share one store beside it. This can be done later, in Settings."
            ),
        )
        self.stores = Segmented(
            [self.tr("This computer alone"), self.tr("I was invited"), self.tr("Share with colleagues")]
        )
        self.stores.setObjectName("firstrun.store")
        self.stores.setAccessibleName(self.tr("Where the data is"))
        column.addWidget(self.stores)
        self.panel = SharePanel(self._runner, self._acts, joining=True)
        self.panel.changed.connect(self._desktop.sync_watch.go_on)
        self.panel.joined.connect(self._joined)
        self.panel.way.hide()
        self.panel.hide()
        column.addWidget(self.panel)
        self.stores.chosen.connect(self._store_chosen)
        column.addStretch(1)
        return area

    def _store_chosen(self, place: int) -> None:
        self.store_story.tell(*stories.of_a_store(place))
        self.panel.setVisible(place > 0)
        if place > 0:
            self.panel.offer(joining=place == 1)

    def _joined(self) -> None:
        """The desk is another one now: who sits here is the next question."""
        self._desktop.person_switched()
        for step in ("team", "calendar", "mail"):
            page = self._made.pop(step, None)
            if page is not None:
                self.pages.removeWidget(page)
        self._read()

    # -- 3: team

    def _team(self) -> QWidget:
        u = theme.current().u
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4 * u, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(6 * u, 0, 6 * u, 2 * u)
        row.setSpacing(3 * u)
        row.addWidget(Label(self.tr("I am"), "strong"))
        self.me = Choice()
        self.me.setObjectName("firstrun.me")
        self.me.setAccessibleName(self.tr("I am"))
        self.me.setMinimumWidth(60 * u)
        self.me.setMaximumWidth(90 * u)
        self.me.setMinimumHeight(7 * u)
        self.me.activated.connect(self._me_chosen)
        row.addWidget(self.me)
        row.addWidget(Label(self.tr("Your queue, your plan and your signature follow from it."), "small", "text2"))
        row.addStretch(1)
        column.addLayout(row)
        self._embed(column, "team")
        self._fill_people()
        return page

    def _fill_people(self) -> None:
        found, field = self._directory, self.me
        if found is None or field is None:
            return
        field.blockSignals(True)
        field.clear()
        if found.me is None:
            field.addItem(self.tr("choose yourself"), "")
        for person in found.people.values():
            if person.active:
                field.addItem(person.name, person.id)
        field.select(found.me.id if found.me is not None else "")
        field.blockSignals(False)

    def _me_chosen(self, _index: int) -> None:
        chosen = self.me.currentData() if self.me is not None else ""
        if chosen:
            self._settings.set("me", str(chosen))
            self._desktop.person_switched()
            self._read()

    # -- 4: calendar

    def _calendar(self) -> QWidget:
        u = theme.current().u
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._embed(column, "calendars")
        below = Panel("bg-base", "t")
        inner = QVBoxLayout(below)
        inner.setContentsMargins(6 * u, 2 * u, 6 * u, 3 * u)
        inner.setSpacing(u)
        inner.addWidget(Label(self.tr("The next four weeks"), "strong"))
        self.weeks = FourWeeks()
        inner.addWidget(self.weeks)
        column.addWidget(below)
        return page

    def _read_weeks(self) -> None:
        self._runner.run("reader", weeks.read, on_done=self._alive(self._weeks_read), key="firstrun.weeks")

    def _weeks_read(self, found: Any) -> None:
        zone = ZoneInfo(self._directory.zone_name) if self._directory is not None else ZoneInfo("UTC")
        today = self._runner.now().astimezone(zone).date()
        if "calendar" in self._made:
            self.weeks.show_days(*found, today)
        if "promise" in self._made:
            told = stories.of_a_promise(weeks.working_days(*found, today))
            self.promise_story.tell(self.tr("How a date comes about"), told)

    # -- 5: mail

    def _mail(self) -> QWidget:
        u = theme.current().u
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        note = QHBoxLayout()
        note.setContentsMargins(6 * u, 4 * u, 6 * u, 0)
        said = Label(
            self.tr(
                "Letters to this address become tickets. Old letters are read in and never answered; without a mailbox "
                "tickets are taken down by hand or by phone."
            ),
            "body",
            "text2",
        )
        said.setWordWrap(True)
        note.addWidget(said)
        column.addLayout(note)
        self._embed(column, "mail")
        return page

    # -- 6: the first promise

    def _promise(self) -> QWidget:
        area, column, self.promise_story = self._page()
        self._said(
            column,
            self.tr(
                "A promise is a date that the calendar can keep: say how long the work takes, take one of three free "
                "slots, and the letter is ready. Try it with a letter."
            ),
        )
        self.real = PrimaryButton("")
        self.real.setObjectName("firstrun.real")
        self.real.clicked.connect(self._open_real)
        self.real.hide()
        column.addWidget(self.real)
        self.made_up = Button(self.tr("Take a sample request"), "mail")
        self.made_up.setObjectName("firstrun.made_up")
        self.made_up.clicked.connect(self._take_sample)
        column.addWidget(self.made_up)
        self._said(column, self.tr("It has no address: nobody gets a letter. Set it aside afterwards with Z."), "small")
        column.addStretch(1)
        return area

    def _look(self) -> None:
        self._runner.run("reader", firststeps.look, on_done=self._alive(self._first_found), key="firstrun.look")

    def _first_found(self, found: First) -> None:
        self._first = found
        self.real.setVisible(bool(found.ticket_id))
        if found.ticket_id:
            self.real.setText(fill(self.tr("Open %1"), words.number(found.number)))
            self.real.setToolTip(found.subject)

    def _open_real(self) -> None:
        self._finish_with(self._first.ticket_id)

    def _take_sample(self) -> None:
        self._acts.act(firststeps.sample, on_done=lambda changes: self._finish_with(str(changes.result)))

    def _finish_with(self, ticket_id: str) -> None:
        self.finish()
        self.ticket_wanted.emit(ticket_id)


class _Dots(QWidget):
    """Which step of how many."""

    def __init__(self) -> None:
        super().__init__()
        self._place, self._count = 0, 1
        theme.current().changed.connect(self.update)

    def set(self, place: int, count: int) -> None:
        self._place, self._count = place, count
        self.setAccessibleName(fill(translate("FirstRun", "Step %1 of %2"), place + 1, count))
        self.setToolTip(self.accessibleName())
        self.setFixedSize(self.sizeHint())
        self.update()

    def value(self) -> tuple[int, int]:
        return self._place + 1, self._count

    def sizeHint(self) -> QSize:
        u = theme.current().u
        return QSize(self._count * 6 * u, 4 * u)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for at in range(self._count):
            painter.setBrush(look.color("accent-fill" if at <= self._place else "line"))
            painter.drawRoundedRect(at * 6 * u, (self.height() - u) // 2, 5 * u, u + 1, u / 2, u / 2)
