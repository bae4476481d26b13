"""The queue's screen: tabs, list, the chosen ticket beside it, and triage by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMenu, QStackedLayout, QVBoxLayout, QWidget

from ...core.settings import Settings
from ...desk import directory, look, triage
from ...desk.look import QueueLook
from ...desk.values import Changes, Directory
from .. import words
from ..actions import Action, ActionRegistry
from ..acts import Acts
from ..i18n import fill, translate
from ..marks import Marks
from ..panes import Panes
from ..popups import ChoicePopup, Option
from ..runner import TaskRunner
from ..screen import Screen
from ..ticket.pane import TicketPane
from ..ticket.triage import Target
from ..timers import gather, pause
from ..widgets import EmptyState, Panel
from . import rows
from .kept import KeptSearches
from .list_view import QueueList
from .tabs import FilterBar, TabBar
from .welcome import Welcome

PAGE = 200
#: Changes that come in a burst are read once.
_GATHER_MS = 40
#: What is left of the answer clocks is told anew every so often.
_MINUTE_MS = 60_000


class QueueScreen(Screen):
    """`counts_changed` carries the counts of all tabs (answers due stand in the rail)."""

    counts_changed = Signal(dict)
    calendar_wanted = Signal(str)  # a ticket to show in the calendar
    pick_in_calendar = Signal(str, int)  # ticket, minutes
    day_wanted = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        acts: Acts,
        actions: ActionRegistry,
        now: Callable[[], datetime],
        settings: Settings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("queue")
        self._runner, self._acts, self._actions, self._now = runner, acts, actions, now
        self._settings = settings or Settings()
        self._directory: Directory | None = None
        self._words = ""
        self._owner = ""
        self._counts: dict[str, int] = {}
        self._left: dict[str, int] = {}
        self._wanted = ""  # a ticket to select when rows have come
        self._started = False
        self._build()
        self._declare()
        self._soon = pause(self, _GATHER_MS, self.read)
        self._typing = pause(self, 120, self.read)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.read)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = TabBar()
        self.tabs = self.bar.tabs
        column.addWidget(self.bar)
        self.pane = TicketPane(
            self._runner,
            self._acts,
            self._actions,
            self._now,
            self,
            partial(self._settings.number, "undo_seconds"),
        )
        left = Panel("bg-base")
        left.setObjectName("queue.left")
        inner = QVBoxLayout(left)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        self.filter = FilterBar()
        inner.addWidget(self.filter)
        self.list = QueueList()
        self.list.setAccessibleName(translate("Queue", "Tickets"))
        self.list.set_compact(self._settings.text("density") == "compact")
        self.empty = EmptyState("")
        self.empty.setObjectName("queue.empty")
        self.welcome = Welcome(self._actions)
        self.pane.main.put_nothing(self.welcome)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        inner.addLayout(self._stack, 1)
        self.panes = Panes("queue", left, self.pane.main, self.pane.side)
        column.addWidget(self.panes, 1)
        self.tabs.chosen.connect(self._tab_chosen)
        self.bar.menu_wanted.connect(self._menu)
        self.filter.words_changed.connect(self._filtered)
        self.searches = KeptSearches(self, self._acts, self._actions)
        self.filter.owner_wanted.connect(self._choose_owner)
        self.filter.owner_cleared.connect(partial(self.filter_owner, ""))
        self.filter.unmark.connect(self.unmark)
        self.filter.to_list.connect(self._to_list)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._open)
        self.list.clicked.connect(self._clicked)
        self.list.marks_changed.connect(self._say_filter)
        self.list.rows.more_wanted.connect(self._more)
        self.empty.acted.connect(self._take_from_tray)
        self.pane.left.connect(self.back)
        self.pane.opened.connect(self.show_ticket)
        self.pane.calendar_wanted.connect(self.calendar_wanted)
        self.pane.pick_in_calendar.connect(self.pick_in_calendar)
        self.pane.open_day.connect(self.day_wanted)
        self.pane.shown.connect(self._shown)
        self.pane.seen.connect(self._seen)
        popups = self.pane.triage
        popups.opened.connect(partial(self.list.set_editing, True))
        popups.closed.connect(partial(self.list.set_editing, False))
        popups.go_on.connect(self._go_on)

    def set_marks(self, marks: Marks) -> None:
        """Who is in which ticket, and where a choice waits."""
        self.list.rows.set_signs(marks)
        self.pane.set_marks(marks)

    # -- commands

    def _declare(self) -> None:
        has = self._has_target

        def queue(name: str, text: str, key: str, run: Callable[[], object], **more: object) -> Action:
            return Action(f"queue.{name}", text, run, key=key, scope="queue", **more)  # type: ignore[arg-type]

        def ticket(name: str, text: str, key: str, run: Callable[[], object], icon: str = "") -> Action:
            return Action(f"ticket.{name}", text, run, icon, key, "ticket", enabled_when=has)

        self._actions.add(
            queue("next", QT_TRANSLATE_NOOP("Actions", "Next ticket"), "J", partial(self.list.step, 1)),
            queue("previous", QT_TRANSLATE_NOOP("Actions", "Previous ticket"), "K", partial(self.list.step, -1)),
            queue("next_tab", QT_TRANSLATE_NOOP("Actions", "Next tab"), "Ctrl+Tab", partial(self.tabs.step, 1)),
            queue(
                "previous_tab",
                QT_TRANSLATE_NOOP("Actions", "Previous tab"),
                "Ctrl+Shift+Tab",
                partial(self.tabs.step, -1),
                more_keys=("Ctrl+Shift+Backtab",),
            ),
            queue("open", QT_TRANSLATE_NOOP("Actions", "Open the ticket"), "Return", self.pane.enter, by_view=True),
            queue("back", QT_TRANSLATE_NOOP("Actions", "Back to the list"), "Esc", self.back),
            queue("mark", QT_TRANSLATE_NOOP("Actions", "Mark several"), "Space", self.list.toggle_mark, by_view=True),
            queue(
                "filter", QT_TRANSLATE_NOOP("Actions", "Filter inside the tab"), "/", self.focus_filter, icon="funnel"
            ),
            queue(
                "aside", QT_TRANSLATE_NOOP("Actions", "Look at what was set aside"), "", self.show_aside, icon="archive"
            ),
            queue("compact", QT_TRANSLATE_NOOP("Actions", "Compact rows"), "", self.toggle_compact, icon="list"),
            ticket("cause", QT_TRANSLATE_NOOP("Actions", "Cause"), "C", partial(self.triage, "cause"), "tag"),
            ticket("urgency", QT_TRANSLATE_NOOP("Actions", "Urgency"), "U", partial(self.triage, "urgency"), "flag"),
            ticket("effort", QT_TRANSLATE_NOOP("Actions", "Effort"), "M", partial(self.triage, "effort"), "timer"),
            ticket(
                "terms",
                QT_TRANSLATE_NOOP("Actions", "Not before, deadline, pieces, on site"),
                "Shift+T",
                partial(self.triage, "terms"),
                "calendar-clock",
            ),
            ticket("owner", QT_TRANSLATE_NOOP("Actions", "Specialist"), "A", partial(self.triage, "owner"), "user"),
            ticket("snooze", QT_TRANSLATE_NOOP("Actions", "Snooze"), "H", partial(self.triage, "snooze"), "clock"),
            ticket(
                "not_request",
                QT_TRANSLATE_NOOP("Actions", "Not a request"),
                "Z",
                partial(self.set_aside, "not_request"),
                "archive",
            ),
            ticket("spam", QT_TRANSLATE_NOOP("Actions", "Spam"), "Shift+Z", partial(self.set_aside, "spam"), "ban"),
            Action(
                "ticket.correct",
                QT_TRANSLATE_NOOP("Actions", "Correct the entry"),
                self.pane.correct,
                "pencil",
                "F2",
                "ticket",
                enabled_when=self.pane.may_correct,
            ),
            Action(
                "ticket.next_slot",
                QT_TRANSLATE_NOOP("Actions", "Promise the next slot"),
                self.pane.take_next_slot,
                "calendar-clock",
                "Alt+Return",
                "ticket",
                enabled_when=self.pane.may_take_next,
            ),
            ticket("why", QT_TRANSLATE_NOOP("Actions", "Why this date"), "W", self.why, "circle-question-mark"),
            Action(
                "ticket.consent",
                QT_TRANSLATE_NOOP("Actions", "Consent received"),
                partial(self._answer_to_done, "consent"),
                "circle-check",
                "S",
                "ticket",
                enabled_when=partial(self._may, "agree"),
            ),
            Action(
                "ticket.disagree",
                QT_TRANSLATE_NOOP("Actions", "Not fixed"),
                partial(self._answer_to_done, "disagree"),
                "circle-x",
                "Shift+S",
                "ticket",
                enabled_when=partial(self._may, "disagree"),
            ),
        )

    def _has_target(self) -> bool:
        return bool(self.list.targets() or self.pane.view())

    def _may(self, act: str) -> bool:
        view = self.pane.view()
        return view is not None and act in view.acts

    # -- what the window asks

    def title(self) -> str:
        return translate("Queue", "Queue")

    def window_title(self) -> str:
        view = self.pane.view()
        if view is None:
            return ""
        return f"{words.number(view.number)} {view.requester.customer or view.requester.name}"

    def chapter(self) -> str:
        focus = QApplication.focusWidget()
        inside = focus is not None and any(p.isAncestorOf(focus) for p in (self.pane.main, self.pane.side))
        return "ticket" if inside else "queue"

    def scopes(self) -> Sequence[str]:
        return ("ticket", "queue")

    def parts(self) -> Sequence[QWidget]:
        found: list[QWidget] = [self.bar, self.filter, self.list, self.pane.main.header]
        found += [self.pane.main.timeline, self.pane.composer]
        if self.panes.side_visible():
            found.append(self.pane.side)
        return found

    def toggle_side(self) -> None:
        self.panes.toggle_side()

    def has_side(self) -> bool:
        return True

    def activate(self) -> None:
        if not self._started:
            self._started = True
            self._minute.start()
            self._read_directory()
        else:
            self.read()
        self._to_list()

    def refresh(self, changes: Changes) -> None:
        if not self._started:
            return
        if changes.touches(
            "specialist", "cause", "fault_zone", "skill", "desk_setting", "specialist_skill", "work_calendar"
        ):
            self._read_directory()
        self.pane.refresh(changes)
        gather(self._soon)

    # -- reading

    def _read_directory(self) -> None:
        self._runner.run("reader", directory.read, on_done=self._directory_read, key="queue.directory")
        self.read()

    def _directory_read(self, found: Directory) -> None:
        self._directory = found
        self.pane.set_directory(found)
        self._set_setting()
        self._say_filter()

    def times(self) -> words.Times:
        zone = ZoneInfo(self._directory.zone_name) if self._directory else ZoneInfo("UTC")
        return words.Times(zone, self._now())

    def read(self) -> None:
        """The rows read so far, anew, with all counts."""
        limit = max(PAGE, self.list.rows.loaded()) if self.list.rows.tab() == self.tabs.tab() else PAGE
        self._runner.run(
            "reader",
            look.at_queue,
            self.tabs.tab(),
            limit,
            0,
            self._words,
            self._owner,
            on_done=self._page_read,
            key="queue.page",
            steady=True,
        )

    def waits(self) -> bool:
        """Whether something is about to be read."""
        return self._soon.isActive() or self._typing.isActive()

    def read_now(self) -> None:
        self._soon.stop()
        self._typing.stop()
        self.read()

    def _more(self, after: int) -> None:
        self._runner.run(
            "reader",
            look.at_queue,
            self.tabs.tab(),
            PAGE,
            after,
            self._words,
            self._owner,
            on_done=self._more_read,
            key="queue.more",
        )

    def _set_setting(self) -> None:
        if self._directory is not None:
            tab = "all" if self.tabs.tab() in self.tabs.kept() else self.tabs.tab()
            self.list.rows.set_setting(rows.Setting(tab, self.times(), self._directory, self._left))

    def _page_read(self, found: QueueLook) -> None:
        if found.page.tab != self.tabs.tab():
            return
        self._runner.cancel("queue.more")
        other = self.list.rows.tab() != found.page.tab
        if other or self._left != found.left or self._minute_passed():
            self._left = dict(found.left)
            self._set_setting()
        self.list.rows.set_page(found.page)
        self._take_counts(found)
        self._show_empty(found.tightest)
        if self._wanted and self.list.select(self._wanted):
            self._wanted = ""
        elif other and not self._wanted:
            self.list.select_first()
        elif not self.list.current_ticket() or self.list.rows.row_of(self.list.current_ticket()) < 0:
            if not self._wanted and self.list.rows.item(self.list.current_ticket()) is None:
                self.list.select_first()

    _worded = ""

    def _minute_passed(self) -> bool:
        """Whether words that speak of now are stale."""
        clock = f"{self._now():%H:%M}"
        before, self._worded = self._worded, clock
        return clock != before

    def _more_read(self, found: QueueLook) -> None:
        if found.page.tab == self.list.rows.tab():
            self._left.update(found.left)
            self.list.rows.append_page(found.page)
            self._take_counts(found)

    def _take_counts(self, found: QueueLook) -> None:
        self._counts = dict(found.counts)
        self.tabs.set_counts(self._counts)
        self.searches.show(found.kept)
        self.bar.fit()
        self.counts_changed.emit(self._counts)

    def _show_empty(self, tightest: tuple[int | None, int] | None = None) -> None:
        empty = not self.list.rows.loaded()
        self.welcome.tell(empty, bare=not self._counts.get("all"))
        if empty:
            filtered = bool(self._words or self._owner)
            text = translate("Queue", "Nothing matches the filter.") if filtered else rows.empty_text(self.tabs.tab())
            if tightest is not None and not filtered:
                number, slack = words.number(tightest[0]), words.working_duration(tightest[1])
                text = fill(translate("Queue", "All promises hold. Tightest: %1, %2."), number, slack)
            tray = self.tabs.tab() == "mine" and not filtered
            self.empty.set(text, translate("Queue", "Show the tray") if tray else "")
        had_focus = self.list.hasFocus()
        self._stack.setCurrentWidget(self.empty if empty else self.list)
        if empty and had_focus:
            self._to_list()

    # -- the list and the ticket beside it

    def _picked(self, ticket_id: str) -> None:
        self.pane.show_ticket(ticket_id)

    def _clicked(self) -> None:
        """The chosen row was pressed again while another ticket, opened from a link, is shown."""
        self.pane.show_ticket(self.list.current_ticket())

    def _shown(self, _view: object) -> None:
        self.title_changed.emit()

    def _seen(self, ticket_id: str) -> None:
        """Read: its row loses the dot at once, and its place only when the person goes on."""
        item = self.list.rows.item(ticket_id)
        if item is not None and item.unread:
            self.list.hold()
            self._acts.act(triage.mark_read, ticket_id, undoable=False)

    def show_ticket(self, ticket_id: str) -> None:
        """Open a ticket, in this tab or wherever it stands."""
        if not self.list.select(ticket_id):
            self.pane.show_ticket(ticket_id)
            self.pane.enter()
        elif self.pane.ticket_id() != ticket_id:  # its row stayed the current one while another ticket was open
            self.pane.show_ticket(ticket_id)

    def _open(self, _ticket_id: str) -> None:
        self.pane.enter()

    def back(self) -> None:
        """Esc: a drawer closes first, then the focus goes back to the list; there it takes marks off."""
        if self.panes.close_drawer():
            return
        if self.filter.line.hasFocus():
            self.filter.set_text("")
            self._filtered("")
        elif self.list.hasFocus():
            self.unmark()
        self._to_list()

    def _to_list(self) -> None:
        target = self.list if self._stack.currentWidget() is self.list else self.tabs
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def unmark(self) -> None:
        self.list.rows.clear_marks()
        self._say_filter()

    def _tab_chosen(self, _tab: str) -> None:
        self.list.rows.clear_marks()
        self._words = ""
        self.filter.set_text("")
        self._say_filter()
        self.read()

    # -- filter

    def focus_filter(self) -> None:
        self.filter.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.line.selectAll()

    def _filtered(self, text: str) -> None:
        self._words = text
        self.list.rows.ask_anew()
        self._typing.start()

    def look_for(self, words_: str) -> None:
        """Everything that a search finds, its operators as chips."""
        self.tabs.choose("all")
        self.filter.set_text(words_)
        self._words = words_
        self.list.rows.ask_anew()
        self.read()

    def filter_owner(self, person_id: str) -> None:
        self._owner = person_id
        self._say_filter()
        self.list.rows.ask_anew()
        self.read()

    def _choose_owner(self, anchor: QRect) -> None:
        if self._directory is None:
            return
        options = [Option("", translate("Queue", "Everybody"), "users")]
        options += [
            Option(person.id, person.name, person=(person.initials, person.id))
            for person in self._directory.people.values()
            if person.active
        ]
        popup = ChoicePopup(self, translate("Queue", "Filter by specialist"), options, self._owner)
        popup.setObjectName("queue.owner_popup")
        popup.chosen.connect(lambda value, _go_on: self.filter_owner(value))
        popup.open_at(anchor)

    def _say_filter(self) -> None:
        person = self._directory.people.get(self._owner) if self._directory else None
        name = ""
        if person is not None:
            me = self._directory.me if self._directory else None
            name = translate("Queue", "me") if me is not None and me.id == person.id else person.short
        tab = self.tabs.tab()
        self.filter.set_state(tab, name, tab == "mine", len(self.list.rows.marked()))

    def _menu(self, anchor: QRect) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action_id in ("queue.aside", "queue.compact", "queue.filter", "queue.keep_search", "queue.drop_search"):
            action = self._actions.get(action_id)
            text = action.words()
            if action_id == "queue.aside" and self._counts.get("aside"):
                text = f"{text} ({self._counts['aside']})"
            item = menu.addAction(f"{text}\t{action.key}" if action.key else text)
            item.triggered.connect(partial(self._from_menu, action_id))
        menu.popup(anchor.bottomLeft())

    def _from_menu(self, action_id: str, _checked: bool = False) -> None:
        self._actions.trigger(action_id, by="menu")

    def show_aside(self) -> None:
        self.tabs.choose("aside")

    def toggle_compact(self) -> None:
        compact = not self.list.look.compact
        self.list.set_compact(compact)
        self._settings.set("density", "compact" if compact else "normal")

    def _take_from_tray(self) -> None:
        self.calendar_wanted.emit("")

    # -- triage

    def _target(self) -> Target | None:
        """What an act is for: the marked rows, else the chosen one, with the values they share."""
        ids = self.list.targets() if self._at_list() or self.list.rows.marked() else []
        view = self.pane.view()
        if not ids and view is not None:
            return self.pane.target()
        if not ids:
            return None
        if len(ids) == 1 and view is not None and view.id == ids[0]:
            return self.pane.target()
        items = [item for ticket_id in ids if (item := self.list.rows.item(ticket_id)) is not None]
        if not items:
            return None

        def shared(name: str) -> object:
            values = {getattr(item, name) for item in items}
            return values.pop() if len(values) == 1 else None

        return Target(
            tuple(ids),
            shared("urgency"),  # type: ignore[arg-type]
            shared("cause_id"),  # type: ignore[arg-type]
            shared("owner_id"),  # type: ignore[arg-type]
            shared("effort"),  # type: ignore[arg-type]
            shared("line"),  # type: ignore[arg-type]
        )

    def _at_list(self) -> bool:
        """Whether an act is for the row: the list is in use, and no other ticket than its own stands beside it."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.pane.main.isAncestorOf(focus)
        return not inside and self.pane.ticket_id() in ("", self.list.current_ticket())

    def _anchor(self, field: str) -> QRect:
        """Beside the row while the list is in use, else beside the field in the header."""
        if self._at_list():
            rect = self.list.row_rect(self.list.current_ticket())
            inside = QRect(self.list.mapToGlobal(QPoint(0, 0)), self.list.size())
            if not rect.isEmpty() and inside.intersects(rect):
                return rect.translated(9 * 4, 0)
        return self.pane.main.header.anchor(field)

    def triage(self, field: str) -> None:
        target = self._target()
        if target is not None and self._directory is not None:
            getattr(self.pane.triage, field)(target, self._anchor(field))

    def set_aside(self, kind: str) -> None:
        """Out of the queues; in the tab of what was set aside the same key brings it back."""
        target = self._target()
        if target is not None:
            self.pane.triage.set_aside(target, "" if self.tabs.tab() == "aside" else kind)
            self.list.rows.clear_marks()
            self._say_filter()

    def _answer_to_done(self, kind: str) -> None:
        view = self.pane.view()
        if view is not None:
            getattr(self.pane.triage, kind)(self.pane.target(), self._anchor("status"))

    def why(self) -> None:
        self.pane.why()

    def _go_on(self) -> None:
        """Enter in a popup: to the next ticket, whatever becomes of the order."""
        if not self.list.rows.marked():
            self.list.step(1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._started:
            self.bar.retranslate()
            self.filter.retranslate()
            self.pane.retranslate()
            self._read_directory()
            self.title_changed.emit()
