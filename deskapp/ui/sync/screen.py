"""The Sync screen: what waits for a choice, what waits for the connection, what joined by itself (ui.md 5.12)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ...core.errors import Lapsed
from ...desk import conflicts, directory, letters, nextslot, syncboard
from ...desk.hubport import SyncRound
from ...desk.nextslot import NextSlot
from ...desk.syncboard import Choice, FailedLetter, Joined, SyncBoard, Waiting
from ...desk.values import Changes, Directory
from .. import words
from ..actions import Action, ActionRegistry
from ..acts import Acts
from ..columns import column
from ..i18n import fill, translate
from ..messages import Messages
from ..panes import Panes
from ..runner import TaskRunner
from ..screen import Screen
from ..syncwatch import EVERY_MS
from ..widgets import EmptyState
from . import cases, values
from .choice_page import ChoicePage
from .facts import Facts
from .letter_page import LetterPage, PlainPage, kind_words
from .lines import Kind, Line, Lines

_ICONS = {
    "letter": "mail",
    "promise": "calendar-clock",
    "note": "sticky-note",
    "protocol": "list",
    "ticket": "inbox",
    "plan": "calendar",
    "time": "timer",
    "fields": "sliders-horizontal",
    "other": "settings",
}


class SyncScreen(Screen):
    """``open_ticket`` and ``open_composer`` (ticket, tab) lead to the queue, ``share_wanted`` to the assistant."""

    open_ticket = Signal(str)
    open_composer = Signal(str, str)
    share_wanted = Signal()
    round_wanted = Signal()
    compare_wanted = Signal()

    def __init__(
        self, runner: TaskRunner, acts: Acts, actions: ActionRegistry, messages: Messages, host: QWidget
    ) -> None:
        super().__init__(host)
        self.setObjectName("sync")
        self._runner, self._acts, self._messages = runner, acts, messages
        self._directory: Directory | None = None
        self._board: SyncBoard | None = None
        self._round: SyncRound | None = None
        self._offers: dict[str, NextSlot] = {}
        self._shown = ""
        self._first_wanted = False
        self.list = Lines()
        self.list.shown.connect(self._show)
        self.pages = QStackedWidget()
        self.choice = ChoicePage()
        self.choice.applied.connect(self._apply)
        self.choice.third.connect(self._third)
        self.choice.later.connect(partial(self._step, 1))
        self.letter = LetterPage()
        self.letter.done.connect(self._letter_done)
        self.plain = PlainPage()
        self.plain.open_wanted.connect(self.open_ticket)
        self.empty = EmptyState("", icon="refresh-cw")
        self.empty.acted.connect(self.share_wanted)
        self.empty.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # keys find it at the side; here they choose
        for page in (self.choice, self.letter, self.plain, self.empty):
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(self.empty)
        self.side = Facts()
        self.side.check_wanted.connect(self.round_wanted)
        self.side.share_wanted.connect(self.share_wanted)
        self.side.compare_wanted.connect(self.compare_wanted)
        self.panes = Panes("sync", self.list, self.pages, self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panes)
        self._declare(actions)
        self._say()

    def _declare(self, actions: ActionRegistry) -> None:
        if "sync.next" in actions:
            return
        actions.add(
            Action(
                "sync.next",
                QT_TRANSLATE_NOOP("Actions", "Next choice"),
                partial(self._step, 1),
                "arrow-down",
                "J",
                "sync",
            ),
            Action(
                "sync.previous",
                QT_TRANSLATE_NOOP("Actions", "Previous choice"),
                partial(self._step, -1),
                "arrow-up",
                "K",
                "sync",
            ),
            Action(
                "sync.first",
                QT_TRANSLATE_NOOP("Actions", "Keep what is shared"),
                partial(self._number, 0),
                "check",
                "1",
                "sync",
            ),
            Action(
                "sync.second", QT_TRANSLATE_NOOP("Actions", "Keep mine"), partial(self._number, 1), "check", "2", "sync"
            ),
            Action(
                "sync.third",
                QT_TRANSLATE_NOOP("Actions", "The third way"),
                partial(self._number, 2),
                "forward",
                "3",
                "sync",
            ),
            Action(
                "sync.apply", QT_TRANSLATE_NOOP("Actions", "Apply the choice"), self._enter, "check", "Return", "sync"
            ),
        )

    # -- Screen

    def title(self) -> str:
        return self.tr("Sync")

    def activate(self) -> None:
        """The first choice is what the chip in the corner speaks of."""
        (self.empty.button if self.list.isHidden() else self.list).setFocus()
        self._first_wanted = self._current_choice() is None
        self.read()

    def refresh(self, changes: Changes) -> None:
        if changes.touches("specialist", "cause", "fault_zone", "skill", "desk_setting", "work_calendar"):
            self._read_directory()
        if self.isVisible() and (changes.tables or changes.tickets):
            self.read()

    def scopes(self) -> Sequence[str]:
        return ("sync",)

    def parts(self) -> Sequence[QWidget]:
        return (self.list, self.pages, self.side)

    def toggle_side(self) -> None:
        self.panes.toggle_side()

    def has_side(self) -> bool:
        return True

    # -- what comes

    def read(self) -> None:
        if self._directory is None:
            self._read_directory()
        self._runner.run("reader", syncboard.view, on_done=self._read, key="sync.board")

    def _read_directory(self) -> None:
        self._runner.run("reader", directory.read, on_done=self._directory_read, key="sync.directory")

    def _directory_read(self, found: Directory) -> None:
        self._directory = found
        self._fill()

    def _read(self, board: SyncBoard) -> None:
        self._board = board
        self._fill()
        if self._first_wanted and board.choices:
            self._first_wanted = False
            self.list.choose(f"choice:{board.choices[0].conflict.id}")

    def heard(self, found: SyncRound) -> None:
        """How a round went."""
        was, self._round = self._round, found
        if was is None or was.kind != found.kind:
            self._say()
        if self.isVisible():
            self._facts()
        if was is None or (was.kind, was.waiting, was.conflicts) != (found.kind, found.waiting, found.conflicts):
            if self.isVisible():
                self.read()

    def show_choice(self, ticket_id: str = "") -> None:
        """The first choice there is, or that of a ticket."""
        self._first_wanted = not ticket_id
        if ticket_id and self._board is not None:
            self._go(ticket_id)
        self._runner.run("reader", syncboard.view, on_done=partial(self._read_for, ticket_id), key="sync.board")

    def _read_for(self, ticket_id: str, board: SyncBoard) -> None:
        self._read(board)
        if ticket_id:
            self._go(ticket_id)

    def _go(self, ticket_id: str) -> None:
        for one in self._board.choices if self._board is not None else ():
            if one.conflict.ticket_id == ticket_id:
                self.list.choose(f"choice:{one.conflict.id}")
                return

    def times(self) -> words.Times:
        zone = self._directory.zone_name if self._directory else "UTC"
        return words.Times(ZoneInfo(zone), self._runner.now())

    # -- the list

    def _fill(self) -> None:
        board = self._board
        if board is None or self._directory is None:
            return
        lines = self._lines(board)
        self.list.set_lines(lines)
        self._make_room(bool(lines))
        self._facts()

    def _make_room(self, wanted: bool) -> None:
        """Of a desk that nobody shares there is nothing to list: what can be done about it stands alone."""
        alone = self._round is None or self._round.kind == "alone"
        had = self.list.hasFocus()
        self.list.setVisible(wanted or not alone)
        if had and self.list.isHidden():
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _facts(self) -> None:
        copy = self._board.copy if self._board is not None else None
        self.side.show_facts(self._round, copy, self.times(), EVERY_MS // 1000, self._directory)

    def _lines(self, board: SyncBoard) -> list[Line]:
        found: list[Line] = []
        if board.choices:
            found.append(self._group("choice", self.tr("Your choice needed"), len(board.choices)))
            found += [self._choice_line(one) for one in board.choices]
        if board.letters:
            found.append(self._group("letter", self.tr("Letters that failed"), len(board.letters)))
            found += [self._letter_line(one) for one in board.letters]
        if board.waiting:
            title = self.tr("Waiting for connection")
            found.append(self._group("waiting", title, board.waiting_count, self.tr("leave by themselves")))
            found += [self._waiting_line(place, one) for place, one in enumerate(board.waiting)]
        if board.joined:
            title = self.tr("Joined without questions")
            found.append(self._group("joined", title, len(board.joined), self.tr("last day")))
            found += [self._joined_line(place, one) for place, one in enumerate(board.joined)]
        return found

    def _group(self, key: str, title: str, count: int, detail: str = "") -> Line:
        return Line(Kind.GROUP, f"group:{key}", title, str(count), detail)

    def _choice_line(self, one: Choice) -> Line:
        name, what = cases.title(one, self.times())
        title = fill(translate("Sync", "%1: %2", "ticket: field"), name, what)
        detail = values.of_two(one.conflict, self._directory, self.times())
        if one.conflict.why == "slot":
            detail = fill(self.tr("%1 stands there now"), values.ticket(one.taken_by))
        key = f"choice:{one.conflict.id}"
        return Line(Kind.CHOICE, key, title, self.tr("choose"), detail, "git-fork", "crit", "crit", one)

    def _letter_line(self, one: FailedLetter) -> Line:
        title = f"{values.ticket(one.ticket)}: {one.subject}" if one.ticket is not None else one.subject or one.who
        when = self.times().moment_brief(one.at)
        key = f"letter:{one.kind}:{one.id}"
        return Line(Kind.LETTER, key, title, when, kind_words(one.kind), "mail", "crit", "text2", one)

    def _waiting_line(self, place: int, one: Waiting) -> Line:
        number = words.number(one.ticket.number) if one.ticket is not None else ""
        if one.ticket is not None and one.ticket.number is None:
            number = self.tr("number after sync")
        titles = {
            "letter": fill(self.tr("Letter for %1"), number),
            "promise": fill(self.tr("Promise for %1"), number),
            "note": fill(self.tr("Note to %1"), number),
            "protocol": fill(self.tr("Protocol of %1, an entry"), number),
            "ticket": fill(self.tr("New ticket, %1"), number),
            "plan": fill(self.tr("Plan of %1"), number),
            "time": fill(self.tr("Work on %1"), number),
            "fields": fill(self.tr("%1: changed"), number),
        }
        title = titles.get(one.kind) if number else None
        columns = values.told(one.columns, 4)
        customer = one.ticket.customer if one.ticket is not None else ""
        detail = words.quoted(" ".join(one.text.split())) if one.text and one.kind != "other" else columns
        if customer and one.kind != "note":
            detail = fill(translate("Sync", "%1: %2", "customer: text"), customer, detail) if detail else customer
        key = f"waiting:{one.at.isoformat()}:{place}"
        when = self.times().moment_brief(one.at)
        return Line(
            Kind.WAITING, key, title or self.tr("Settings of the desk"), when, detail, _ICONS[one.kind], payload=one
        )

    def _joined_line(self, place: int, one: Joined) -> Line:
        when = self.times().moment_brief(one.at)
        conflict = one.conflict
        if conflict is not None:
            what = column(values.main_column(conflict)).lower()
            if conflict.why == "deleted":
                detail = self.tr("deleted by one, changed by another: kept")
            elif conflict.why == "slot":
                what, detail = self.tr("slot"), self.tr("the first one keeps it, the other goes back")
            elif conflict.why == "number":
                what, detail = self.tr("number"), self.tr("both numbers lead here")
            else:
                detail = values.of_two(conflict, self._directory, self.times())
            key = f"joined:{conflict.id}"
        else:
            what = {
                "note": self.tr("entry in the protocol"),
                "letter": self.tr("letter"),
                "plan": self.tr("plan"),
                "ticket": self.tr("new ticket"),
            }.get(one.kind, values.told(one.columns))
            detail = fill(self.tr("only %1"), values.person(one.author, self._directory))
            if one.text:
                detail = f"{detail}: {words.quoted(' '.join(one.text.split())[:80])}"
            key = f"joined:{one.ticket.id if one.ticket else ''}:{one.kind}:{one.author}"
        name = words.number(one.ticket.number) if one.ticket is not None else ""
        title = fill(translate("Sync", "%1: %2", "ticket: field"), name, what)
        return Line(Kind.JOINED, key, title, when, detail, "check", "ok", "ok", one)

    # -- the main part

    def _show(self, line: Line | None) -> None:
        if line is None:
            self._shown = ""
            self.pages.setCurrentWidget(self.empty)
            return
        fresh, self._shown = line.key != self._shown, line.key
        if isinstance(line.payload, Choice):
            self._show_choice(line.payload, fresh)
        elif isinstance(line.payload, FailedLetter):
            self.letter.show_letter(line.payload, self.times())
            if fresh:
                show = partial(self._source_read, line.payload.id)
                self._runner.run("reader", syncboard.source, line.payload, on_done=show, key="sync.source")
            self.pages.setCurrentWidget(self.letter)
        else:
            about = self.tr("Waits for the connection; nothing is to be done.")
            if line.kind == Kind.JOINED:
                about = self.tr("Joined by the rules; both versions are in the record.")
            text = getattr(line.payload, "text", "") or line.detail
            self.plain.show_line(line.title, about, text, line.payload.ticket)
            self.pages.setCurrentWidget(self.plain)

    def _source_read(self, letter_id: str, text: str) -> None:
        if self.letter.letter is not None and self.letter.letter.id == letter_id:
            self.letter.set_source(text)

    def _show_choice(self, choice: Choice, fresh: bool) -> None:
        conflict = choice.conflict
        offered = self._offers.get(conflict.id)
        self.choice.show_case(cases.make(choice, offered, self._directory, self.times()), fresh)
        self.pages.setCurrentWidget(self.choice)
        if conflict.why == "slot" and (fresh or offered is None):
            show = partial(self._offered, conflict.id)
            self._runner.run("reader", nextslot.offer, conflict.id, on_done=show, key="sync.offer")

    def _offered(self, conflict_id: str, offered: NextSlot | None) -> None:
        if offered is not None:
            self._offers[conflict_id] = offered
        line = self.list.current()
        if line is not None and isinstance(line.payload, Choice) and line.payload.conflict.id == conflict_id:
            case = cases.make(line.payload, offered, self._directory, self.times())
            self.choice.show_case(case, fresh=False)

    # -- acts

    def _current_choice(self) -> Choice | None:
        line = self.list.current()
        return line.payload if line is not None and isinstance(line.payload, Choice) else None

    def _number(self, place: int) -> None:
        """1, 2, 3."""
        page = self.pages.currentWidget()
        if page is self.letter:
            self.letter.press(place)
        elif page is self.choice and place < 2:
            self.choice.choose(place)
        elif page is self.choice and self.choice.other.isVisible():
            self._third()

    def _enter(self) -> None:
        page = self.pages.currentWidget()
        if page is self.choice:
            self.choice.press()
        elif page is self.plain:
            self.plain.press()

    def _step(self, step: int) -> None:
        self.list.move(step)

    def _apply(self, place: int) -> None:
        choice = self._current_choice()
        if choice is None:
            return
        conflict = choice.conflict
        if conflict.why == "slot":
            offered = self._offers.get(conflict.id)
            if place == 1 or offered is None:
                self._third()
            else:
                self._acts.act(
                    nextslot.give, offered, on_done=self._chosen, on_error=partial(self._slot_lapsed, conflict.id)
                )
        elif conflict.why == "told" and place == 1:
            self._third()
        else:
            which = "theirs" if place == 0 else "mine"
            self._acts.act(conflicts.choose, conflict.id, which, on_done=self._chosen, on_error=self._lapsed)

    def _chosen(self, _changes: Changes) -> None:
        self.list.setFocus()
        self.read()

    def _lapsed(self, trouble: BaseException) -> None:
        self._messages.error(trouble)
        self.read()

    def _slot_lapsed(self, conflict_id: str, trouble: BaseException) -> None:
        """The offered slot went too: the one after it is offered."""
        self._messages.error(trouble)
        if isinstance(trouble, Lapsed):
            self._offers.pop(conflict_id, None)
            show = partial(self._offered, conflict_id)
            self._runner.run("reader", nextslot.offer, conflict_id, on_done=show, key="sync.offer")

    def _third(self) -> None:
        choice = self._current_choice()
        if choice is not None and choice.conflict.ticket_id:
            tab = "slip" if choice.conflict.why == "told" else "promise"
            self.open_composer.emit(choice.conflict.ticket_id, tab)

    def _letter_done(self, what: str) -> None:
        letter = self.letter.letter
        if letter is None:
            return
        if what == "open" and letter.ticket is not None:
            self.open_ticket.emit(letter.ticket.id)
        elif what == "again":
            self._acts.act(letters.retry, letter.id, on_done=self._chosen, on_error=self._lapsed)
        elif what == "settled":
            self._acts.act(letters.settle, letter.id, on_done=self._chosen, on_error=self._lapsed)
        elif what == "deliverable":
            self._acts.act(letters.mark_deliverable, letter.contact_id, on_done=self._chosen, on_error=self._lapsed)

    # -- words

    def _say(self) -> None:
        self.list.setAccessibleName(self.tr("What waits and what has joined"))
        if self._round is None or self._round.kind == "alone":
            hint = self.tr("Every colleague then works on an own copy, also without a connection.")
            self.empty.set(self.tr("This desk is on this computer alone"), self.tr("Share this desk"), hint)
        else:
            self.empty.set(self.tr("Everything is sent."))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
            self.title_changed.emit()
            self._fill()
