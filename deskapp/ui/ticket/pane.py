"""One ticket on the screen: reads it, shows it, and turns gestures into intentions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QMenu,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ...desk import closing, files, knowledge, letters, slipping, ticket, triage
from ...desk.knowledge import Suggestions
from ...desk.values import Changes, Directory, Entry, FileItem, TicketView, Trace
from .. import theme, words
from ..actions import ActionRegistry
from ..acts import Acts
from ..composer.composer import Composer
from ..i18n import fill, translate
from ..marks import NOTHING, Marks
from ..runner import TaskRunner
from ..sync.ticket_bars import ChoiceBar, PresenceBar
from ..trace import TracePopup
from ..widgets import Panel
from .attached import Picture, decode
from .corrections import with_corrections
from .entries import CORRECTABLE
from .header import TicketHeader
from .notice_bar import NoticeBar
from .sender import ask as ask_sender
from .service import Service
from .side import SidePanel
from .slip_bar import SlipBar
from .teamwork import Teamwork
from .timeline import Timeline
from .triage import Target, Triage

if TYPE_CHECKING:
    from ...desk.nextslot import Overtaken

#: Entries read at first, and by each press on "earlier".
ENTRIES = 40
#: A ticket that is only passed by on the way through the list stays unread.
READ_AFTER_MS = 1200


class TicketMain(Panel):
    """Header, timeline and composer, one above the other."""

    def __init__(self, composer: Composer) -> None:
        super().__init__("bg-base", "")
        self.setObjectName("ticket")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = TicketHeader()
        column.addWidget(self.header)
        self.notice = NoticeBar()
        column.addWidget(self.notice)
        self.slip = SlipBar()
        column.addWidget(self.slip)
        self.choice = ChoiceBar()
        column.addWidget(self.choice)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.timeline = Timeline()
        self.split.addWidget(self.timeline)
        self.composer = composer
        self.presence = PresenceBar()
        composer.put_above(self.presence)
        self.split.addWidget(composer)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)
        column.addWidget(self.split, 1)
        self._column, self._nothing = column, QWidget()
        column.addWidget(self._nothing, 1)
        self._heights: dict[str, int] = {}  # kind of tab -> height that a person gave it
        self.split.splitterMoved.connect(self._moved)
        composer.tab_opened.connect(self.share_out)

    def set_empty(self, empty: bool) -> None:
        """Nothing is chosen: the room stays, with what was put there for it."""
        self.header.setVisible(not empty)
        if empty:
            self.slip.hide()
            self.notice.hide()
            self.choice.hide()
            self.presence.set_mark(NOTHING)
        self.split.setVisible(not empty)
        self._nothing.setVisible(empty)
        self._column.activate()  # or the parts would be shared out over the height of before

    def put_nothing(self, widget: QWidget) -> None:
        """What stands here while no ticket does."""
        self._column.replaceWidget(self._nothing, widget)
        self._nothing.deleteLater()
        self._nothing = widget
        self._column.setStretchFactor(widget, 1)

    def share_out(self) -> None:
        """A line of protocol needs little room, a letter half of it, a promise with its cards most."""
        bars = sum(bar.height() for bar in (self.notice, self.slip, self.choice) if bar.isVisible())
        if self.header.fit(self.height() - bars - self.split.minimumSizeHint().height()):
            self._column.activate()
        whole = self.split.height()
        if whole < 10:
            return
        kind = _size_kind(self.composer.current_tab())
        share = {
            "line": 36 * theme.current().u,
            "letter": round(whole * 0.5),
            "form": round(whole * 0.6),
            "promise": round(whole * 0.7),
        }[kind]
        least = self.composer.minimumSizeHint().height()
        height = max(self._heights.get(kind, share), least)
        if self.split.sizes()[1] != height:
            self.split.setSizes([whole - height, height])

    def _moved(self) -> None:
        self._heights[_size_kind(self.composer.current_tab())] = self.split.sizes()[1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_out()


def _size_kind(tab: str) -> str:
    if tab == "promise":
        return "promise"
    if tab == "finish":  # two fields and the letter that they write
        return "form"
    return "line" if tab in ("protocol", "note", "correct") else "letter"


class TicketPane(QObject):
    """`main` and `side` are its two widgets; `shown` tells that a view has come (or None).

    `opened` asks for another ticket, `calendar_wanted` for the calendar with this one, `left` for the list (Esc).
    """

    shown = Signal(object)
    opened = Signal(str)
    calendar_wanted = Signal(str)
    customers_wanted = Signal()
    pick_in_calendar = Signal(str, int)
    left = Signal()
    side_changed = Signal()
    seen = Signal(str)
    open_day = Signal(object)
    resolve_wanted = Signal(str)  # the choice that waits in a ticket
    article_wanted = Signal(str)
    article_made = Signal(str)
    visit_wanted = Signal(str)
    part_wanted = Signal(str)

    def __init__(
        self,
        runner: TaskRunner,
        acts: Acts,
        actions: ActionRegistry,
        now: Callable[[], datetime],
        host: QWidget,
        undo_seconds: Callable[[], int] = lambda: 15,
    ) -> None:
        super().__init__(host)
        self._runner, self._acts, self._now = runner, acts, now
        self._directory: Directory | None = None
        self._view: TicketView | None = None
        self._wanted = ""
        self._entries = ENTRIES
        self._focus_tab = ""
        self._alike_to = ("", "")
        self._rendering = False
        self.composer = Composer(runner, actions, host, acts, undo_seconds)
        self.main = TicketMain(self.composer)
        self.main.slip.write_wanted.connect(self._write_slip)
        self.main.slip.slot_wanted.connect(self._other_slot)
        self.main.slip.why_wanted.connect(self._why_late)
        self._marks = Marks()
        self._overtaken: Overtaken | None = None
        self.main.choice.slot_wanted.connect(self.take_next_slot)
        self.main.choice.resolve_wanted.connect(lambda: self.resolve_wanted.emit(self._wanted))
        self.side = QStackedWidget()
        self.side.setObjectName("ticket.sides")
        self.facts = SidePanel()
        self._nothing = QWidget()
        self.side.addWidget(self.facts)
        self.side.addWidget(self._nothing)
        self.triage = Triage(acts, host)
        self.team = Teamwork(self, runner, acts, actions)
        self.main.notice.pressed.connect(self.team.press)
        self.service = Service(self, runner, acts, actions)
        self._connect()
        self.main.set_empty(True)
        self.side.setCurrentWidget(self._nothing)
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(READ_AFTER_MS)
        self._reading.timeout.connect(self._mark_read)

    def _connect(self) -> None:
        header, timeline, stream = self.main.header, self.main.timeline, self.main.timeline.stream
        timeline.set_clock(self._now)
        header.field_wanted.connect(self.edit)
        header.why.connect(self.explain)
        header.menu_wanted.connect(self._menu)
        timeline.why_wanted.connect(lambda: self.why(timeline.why_rect()))
        stream.earlier_wanted.connect(self._more)
        stream.save_wanted.connect(self.save_file)
        stream.original_wanted.connect(self._original)
        stream.undo_wanted.connect(self._cancel_letter)
        stream.retry_wanted.connect(lambda letter: self._act(letters.retry, letter))
        stream.settle_wanted.connect(lambda letter: self._act(letters.settle, letter))
        stream.picture_wanted.connect(self._load_picture)
        stream.correct_wanted.connect(self.composer.correct)
        self.facts.field_wanted.connect(self.edit)
        self.facts.opened.connect(self.opened)
        self.facts.save_wanted.connect(self.save_file)
        self.facts.calendar_wanted.connect(self.calendar_wanted)
        self.facts.why_wanted.connect(self.explain)
        self.facts.sender_wanted.connect(self._whose)
        self.facts.address_works.connect(self._address_works)
        self.facts.article_wanted.connect(self.article_wanted)
        self.facts.visit_wanted.connect(self.service.visit)
        self.facts.part_wanted.connect(self.service.part)
        self.composer.open_article.connect(self.article_wanted)
        self.composer.side_changed.connect(self._sides)
        self.composer.escaped.connect(self.left)
        self.composer.sent.connect(self.enter)
        self.composer.open_ticket.connect(self.opened)
        self.composer.open_day.connect(self.open_day)
        self.composer.pick_in_calendar.connect(self.pick_in_calendar)

    # -- which ticket

    def view(self) -> TicketView | None:
        return self._view

    def ticket_id(self) -> str:
        return self._wanted

    def directory(self) -> Directory | None:
        return self._directory

    def set_directory(self, directory: Directory) -> None:
        self._directory = directory
        self.triage.set_directory(directory, self._now)
        self.render()

    def show_ticket(self, ticket_id: str) -> None:
        """Show another ticket; empty shows none."""
        if ticket_id == self._wanted:
            return
        self._wanted = ticket_id
        self._reading.stop()
        self._entries = ENTRIES
        self._focus_tab = ""
        if not ticket_id:
            self._runner.cancel("ticket.view")
            self._view = None
            self.main.set_empty(True)
            self.side.setCurrentWidget(self._nothing)
            self.shown.emit(None)
            return
        self.read()

    def enter(self) -> None:
        """Into the ticket: the timeline takes the focus, single keys are for this ticket."""
        self.main.timeline.stream.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        if self._wanted:
            self._runner.run("reader", ticket.view, self._wanted, self._entries, on_done=self._read, key="ticket.view")

    def refresh(self, changes: Changes) -> None:
        if self._wanted and (self._wanted in changes.tickets or (not changes.tickets and changes.tables)):
            self.read()

    def _read(self, view: TicketView) -> None:
        if view.id != self._wanted:
            return
        self._view = view
        self._look_for_similar(view)
        self.service.read(view.id)
        self.render()
        self._show_mark()
        if self._focus_tab:
            self.composer.open_tab(self._focus_tab)
            self._focus_tab = ""
        self.shown.emit(view)
        self._reading.start()

    def _look_for_similar(self, view: TicketView) -> None:
        if self._alike_to != (view.id, view.subject):
            self._alike_to = (view.id, view.subject)
            self.composer.set_similar(())
            found = partial(self._similar_found, view.id)
            self._runner.run("reader", knowledge.suggest, view.id, on_done=found, key="ticket.similar")

    def _similar_found(self, ticket_id: str, found: Suggestions) -> None:
        if ticket_id == self._wanted:
            self.facts.set_similar(ticket_id, found.tickets, found.articles)
            self.composer.set_similar((*found.articles, *found.tickets))

    def _mark_read(self) -> None:
        """A letter that stood before somebody's eyes for a while has been read."""
        if self._view is not None and self._view.id == self._wanted and self.main.isVisible():
            self.seen.emit(self._view.id)

    def times(self) -> words.Times:
        zone = self._directory.zone_name if self._directory else "UTC"
        return words.Times(ZoneInfo(zone), self._now())

    def composing(self) -> bool:
        """A first promise is being written: the answer's clock stands in the header, the dates step back."""
        return self.composer.side_panel() is not None

    def render(self) -> None:
        view, directory = self._view, self._directory
        if view is None or directory is None:
            return
        self._rendering = True
        self.composer.set_ticket(view, directory)
        self._rendering = False
        self.facts.set_view(view, directory, self.times())
        self._sides()
        self.main.set_empty(False)
        self.main.share_out()

    def _sides(self) -> None:
        """The composer's own panel takes the place of the facts while a promise is composed."""
        view, directory = self._view, self._directory
        if self._rendering or view is None or directory is None:
            return
        panel = self.composer.side_panel()
        if panel is not None and self.side.indexOf(panel) < 0:
            self.side.addWidget(panel)
        self.side.setCurrentWidget(panel or self.facts)
        composing = self.composing()
        times = self.times()
        self.main.header.set_view(view, directory, times, composing)
        self.main.slip.show_view(view, times)
        self.main.notice.show_view(view, directory, times)
        self.main.timeline.set_view(view, times, bare=composing and view.promised_at is None)
        self.side_changed.emit()

    def retranslate(self) -> None:
        self.main.timeline.retranslate()
        self.facts.retranslate()
        self.render()

    # -- colleagues

    def set_marks(self, marks: Marks) -> None:
        """Who is in which ticket, and where something is to be chosen."""
        self._marks = marks
        self.composer.set_offline(marks.offline)
        self._show_mark()

    def _show_mark(self) -> None:
        """Nothing is asked of the desk for a ticket without a choice."""
        mark = self._marks.of_ticket(self._wanted)
        self.main.header.set_mark(mark)
        self.main.presence.set_mark(mark)
        if mark.choice and self._wanted:
            from ...desk import nextslot

            self._runner.run(
                "reader", nextslot.of_ticket, self._wanted, on_done=self._overtaken_read, key="ticket.choice"
            )
        else:
            self._overtaken_read(None)

    def _overtaken_read(self, found: Overtaken | None) -> None:
        if found is not None and (found.ticket_id != self._wanted or not self._marks.of_ticket(self._wanted).choice):
            found = None  # of the ticket before
        self._overtaken = found
        self.main.choice.show_choice(self._overtaken, self.times())

    def may_take_next(self) -> bool:
        offered = self._overtaken.offered if self._overtaken is not None else None
        return offered is not None and offered.ticket_id == self._wanted and offered.slot is not None

    def take_next_slot(self) -> None:
        """Promise the slot that is offered in the place of a lost one."""
        if self.may_take_next():
            from ...desk import nextslot

            assert self._overtaken is not None
            self._acts.act(nextslot.give, self._overtaken.offered)

    # -- acts

    def target(self) -> Target:
        """The shown ticket, as popups want it."""
        view = self._view
        assert view is not None
        last = next((entry for entry in reversed(view.entries) if entry.kind == "letter_in"), None)
        spoke = view.finished_at is None or (last is not None and last.at > view.finished_at)
        return Target(
            (view.id,),
            view.urgency,
            view.cause_id,
            view.owner_id,
            view.effort,
            view.line,
            view.zone_id,
            view.product,
            view.subject,
            view.requester.name,
            view.usual[1] if view.usual else view.effort_assumed,
            "mail" if spoke else "phone",
            view.terms,
        )

    def edit(self, field: str, anchor: QRect) -> None:
        """Open what sets a field, where the person pointed."""
        if self._view is None:
            return
        if field == "status":
            self._menu(anchor)
            return
        opener: Callable[[Target, QRect], None] = getattr(self.triage, field)
        opener(self.target(), anchor)

    def open_composer(self, tab: str) -> None:
        """Open a tab of the composer; a ticket that is still being read opens it when it comes."""
        if self._view is not None and self._view.id == self._wanted:
            self.composer.open_tab(tab)
        else:
            self._focus_tab = tab

    def correct(self) -> None:
        """F2: the entry that the focus is in, else what I wrote last."""
        entry = self.main.timeline.stream.entry_at_hand()
        me = self._directory.me if self._directory else None
        if entry is None and self._view is not None and me is not None:
            found = reversed(with_corrections(self._view.entries))
            entry = next((one for one in found if one.author_id == me.id and one.kind in CORRECTABLE), None)
        if entry is not None:
            self.composer.correct(entry)

    def may_correct(self) -> bool:
        view = self._view
        return view is not None and any(entry.kind in CORRECTABLE for entry in view.entries)

    def _write_slip(self) -> None:
        self.composer.open_tab("slip")

    def _other_slot(self) -> None:
        """Where its work would fit without breaking a promise: seen first, done on Apply."""
        from ..calendar.plan_dialog import open_diff

        if self._view is not None:
            title = fill(translate("Ticket", "Another place for %1"), words.number(self._view.number))
            open_diff(self.main, self._runner, self._acts, self.times(), title, slipping.another_view, self._view.id)

    def _why_late(self) -> None:
        bar = self.main.slip
        self.why(QRect(bar.mapToGlobal(bar.why.geometry().bottomLeft()), bar.why.size()))

    def why(self, anchor: QRect | None = None) -> None:
        """W: the promise if there is one, else the answer's clock, else the forecast."""
        view = self._view
        if view is None:
            return
        what = "promised" if view.promised_at else "answer" if view.answer_due else "forecast"
        self.explain(what, anchor or self.main.header.anchor("dates"))

    def explain(self, what: str, anchor: QRect) -> None:
        if self._view is None:
            return
        ticket_id = self._view.id

        def done(trace: Trace) -> None:
            if self._wanted == ticket_id:
                popup = TracePopup(self.main, trace, self.times(), self._directory)
                popup.open_at(anchor)

        self._runner.run("reader", ticket.trace, ticket_id, what, on_done=done, key="ticket.trace")

    def _whose(self, anchor: QRect) -> None:
        if self._view is not None:
            contact = self._view.requester.contact_id
            ask_sender(self, self._runner, self._acts, contact, anchor, self.customers_wanted.emit)

    def _address_works(self) -> None:
        if self._view is not None:
            self._act(letters.mark_deliverable, self._view.requester.contact_id)

    def _act(self, intention: Callable[..., Any], *args: Any) -> None:
        self._acts.act(intention, *args)

    def _cancel_letter(self, held_id: str) -> None:
        self._acts.act(letters.cancel, held_id, undoable=False)

    def _more(self) -> None:
        self._entries += ENTRIES
        self.read()

    # -- files

    def save_file(self, file: FileItem) -> None:
        """Ask where to save an attachment; it is never opened by itself."""
        path, _ = QFileDialog.getSaveFileName(
            self.main, translate("Ticket", "Save as"), files.suggested_name(file.name)
        )
        if path:
            self._runner.run("reader", files.save_as, file.sha256, path)

    def _load_picture(self, picture: Picture) -> None:
        def read(desk: Any, sha256: str) -> QImage:
            return decode(files.read(desk, sha256))

        def done(image: QImage) -> None:
            if _alive(picture) and picture.set_image(image):
                picture.show()

        # A picture whose content is not here yet is no trouble worth a message: its place stays empty.
        self._runner.run("reader", read, picture.file.sha256, on_done=done, on_error=lambda _error: None)

    def _original(self, entry: Entry) -> None:
        def done(data: bytes) -> None:
            OriginalWindow(self.main, entry, data).show()

        self._runner.run("reader", ticket.raw, entry.raw_sha256, on_done=done, key="ticket.raw")

    # -- the menu of everything else

    def _menu(self, anchor: QRect) -> None:
        menu = self.build_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(anchor.bottomLeft())

    def build_menu(self) -> QMenu:
        view = self._view
        menu = QMenu(self.main)
        if view is None:
            return menu
        target = self.target()
        anchor = self.main.header.anchor("subject")
        entries: list[tuple[str, str, Callable[[], object]]] = [
            (translate("Ticket", "Change the subject"), "", lambda: self.triage.subject(target, anchor)),
            (translate("Ticket", "Mark as unread"), "", lambda: self._act(triage.mark_read, view.id, False)),
        ]
        if "agree" in view.acts:
            entries.append((translate("Ticket", "Consent received"), "S", lambda: self.triage.consent(target, anchor)))
        if "disagree" in view.acts:
            entries.append((translate("Ticket", "Not fixed"), "Shift+S", lambda: self.triage.disagree(target, anchor)))
        if "reopen" in view.acts:
            entries.append((translate("Ticket", "Open again"), "", lambda: self._act(closing.reopen, view.id)))
        if view.set_aside:
            entries.append((translate("Ticket", "Bring back"), "Z", lambda: self.triage.set_aside(target, "")))
        else:
            entries += [
                (translate("Ticket", "Not a request"), "Z", lambda: self.triage.set_aside(target, "not_request")),
                (translate("Ticket", "Spam"), "Shift+Z", lambda: self.triage.set_aside(target, "spam")),
            ]
        entries += self.team.menu()
        if view.merged_into:
            entries.append((translate("Ticket", "Open the ticket it was merged into"), "", self._open_merged))
        if view.looks_like is not None:
            other, number = view.looks_like
            text = fill(translate("Ticket", "Looks like %1: open it"), words.number(number))
            entries.append((text, "", lambda: self.opened.emit(other)))
        if self._directory is None or "erase" in self._directory.rights:
            entries.append((translate("Ticket", "Erase for ever…"), "", self._erase))
        for text, key, run in entries:
            action = menu.addAction(f"{text}\t{key}" if key else text)
            action.triggered.connect(lambda _=False, run=run: run())
        return menu

    def _erase(self) -> None:
        from ..erasing import EraseDialog  # seldom

        if self._view is not None:
            EraseDialog(self.main, self._runner, self._acts, self._view.id, self.times()).open()

    def _open_merged(self) -> None:
        if self._view is not None:
            self.opened.emit(self._view.merged_into)


class OriginalWindow(QDialog):
    """The raw source of a letter, to read and to copy."""

    def __init__(self, parent: QWidget, entry: Entry, data: bytes) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("ticket.original")
        self.setWindowTitle(fill(translate("Ticket", "Original letter: %1"), entry.subject))
        u = theme.current().u
        self.resize(200 * u, 150 * u)
        column = QVBoxLayout(self)
        self.text = QPlainTextEdit(data[:2_000_000].decode("utf-8", "replace"))
        self.text.setReadOnly(True)
        self.text.setFont(theme.current().fixed_font())
        self.text.setAccessibleName(translate("Ticket", "Source of the letter"))
        self.text.setTabChangesFocus(True)
        column.addWidget(self.text)


def _alive(widget: QObject) -> bool:
    from shiboken6 import isValid

    return isValid(widget)
